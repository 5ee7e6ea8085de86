import type { YamlScalar } from './yaml-node.ts';

/** YAML 1.2.2, 10.3.2, and what Go's readers (Helm, Kustomize, Compose) take over from YAML 1.1. */
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const NAMED = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const BOOLEAN = /^(?:true|True|TRUE|yes|Yes|YES|on|On|ON|false|False|FALSE|no|No|NO|off|Off|OFF)$/;
const TRUE = /^(?:t|y|on)/i;
const INTEGERS: readonly (readonly [RegExp, number])[] = [
  [/^0b[01]+$/, 2],
  [/^0o[0-7]+$/, 8],
  [/^0[0-7]+$/, 8],
  [/^0x[0-9a-fA-F]+$/, 16],
];

/** Longer ones are no numbers that anyone means. */
const MAX_LENGTH = 64;

/**
 * What YAML reads of a plain scalar that is no string to it, as text: `1.1` for `1.10`, `7222500` for `72225e2`.
 * Undefined for a string and for nothing.
 */
export function misreadValue({ style, text, tag }: YamlScalar): string | undefined {
  if (style !== 'plain' || tag !== undefined || text.length > MAX_LENGTH) return undefined;
  if (BOOLEAN.test(text)) return TRUE.test(text) ? 'true' : 'false';
  if (NAMED.test(text)) return text;
  const digits = text.replaceAll('_', '');
  if (!/^[-+.\d]/.test(text)) return undefined;
  const sign = digits.startsWith('-') ? '-' : '';
  const unsigned = digits.replace(/^[-+]/, '');
  const integer = INTEGERS.find(([pattern]) => pattern.test(unsigned));
  if (integer !== undefined) return sign + Number.parseInt(unsigned.replace(/^0[box]?/, ''), integer[1]);
  return FLOAT.test(digits) ? String(Number(digits)) : undefined;
}
