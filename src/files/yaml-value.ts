import type { YamlScalar } from './yaml-node.ts';

/*
 * YAML 1.2.2, 10.3.2, and what Go's readers (Helm, Kustomize, kubectl: go.yaml.in/yaml/v2 resolve.go) take over from
 * YAML 1.1. Dates and numbers with colons are texts to them.
 */
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const INTEGER = /^(?:\d+|0[bB][01]+|0[oO][0-7]+|0[xX][0-9a-fA-F]+)$/;
const OCTAL = /^0[0-7]+$/;
const NAMED = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const BOOLEAN = /^(?:true|True|TRUE|yes|Yes|YES|[yYnN]|on|On|ON|false|False|FALSE|no|No|NO|off|Off|OFF)$/;
const TRUE = /^(?:t|y|on)/i;

/** No tag is longer. */
const MAX_LENGTH = 128;

/**
 * What YAML reads of a plain scalar that is no string to it, as text: `1.1` for `1.10`, `7222500` for `72225e2`.
 * Undefined for a string and for nothing.
 */
export function misreadValue({ style, text, tag }: YamlScalar): string | undefined {
  if (style !== 'plain' || tag !== undefined || text.length > MAX_LENGTH) return undefined;
  if (BOOLEAN.test(text)) return TRUE.test(text) ? 'true' : 'false';
  if (NAMED.test(text)) return text;
  if (!/^[-+.\d]/.test(text)) return undefined;
  const digits = text.replaceAll('_', '');
  const sign = digits.startsWith('-') ? '-' : '';
  const unsigned = digits.replace(/^[-+]/, '');
  if (OCTAL.test(unsigned)) return sign + BigInt(`0o${unsigned}`);
  if (INTEGER.test(unsigned)) return sign + BigInt(unsigned.toLowerCase());
  return FLOAT.test(digits) ? String(Number(digits)) : undefined;
}

/** A number as Helm's templates write it: all numbers are floats to them, in the shortest form of Go's `%v`. */
export function helmNumber(value: string): string {
  const number = Number(value);
  const [digits = '', exponent = ''] = number.toExponential().split('e');
  if (!Number.isFinite(number) || number === 0 || (Number(exponent) >= -4 && Number(exponent) < 6)) return value;
  return `${digits}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, '0')}`;
}
