import { CONDITIONAL, literalPieces, textOf, unknownIn, type Piece } from './expansion.ts';
import { placeOf, sliceText, type MappedText } from './mapped-text.ts';

/*
 * Interpolation of Compose (compose-spec 12-interpolation.md):
 *
 *   $$                         a dollar sign
 *   $NAME ${NAME}              the value
 *   ${NAME-w} ${NAME:-w}       w when unset (`:`: or empty)
 *   ${NAME+w} ${NAME:+w}       w when set (and not empty)
 *   ${NAME?w} ${NAME:?w}       an error when unset (or empty)
 *
 * The word may hold substitutions itself.
 */

/** Values of variables: of `.env`, beside the file; undefined where a variable has one that cannot be told. */
export type Environment = ReadonlyMap<string, string | undefined>;

/** Most units that values may give in one text: a reference is far shorter, and values that hold values double. */
const MAX_UNITS = 4096;
/** The same for a text that is a whole file. */
export const MAX_FILE_UNITS = 256 * 1024;

/** Nested deeper than this, substitutions are not read. */
const MAX_DEPTH = 16;

interface Substitution {
  readonly name: string;
  /** `-`, `+`, `?`, or nothing. */
  readonly operator: string;
  /** Whether an empty value counts as unset. */
  readonly colon: boolean;
  /** Where the word begins and ends. */
  readonly word: readonly [number, number];
  readonly end: number;
}

/**
 * What a text gives when its variables are put in. With `alternatives`, unset variables are taken for set ones where
 * `+` asks: an image that is used only then is named nowhere else.
 */
export function interpolate(
  source: MappedText,
  environment: Environment,
  alternatives = false,
  limit = MAX_UNITS,
  depth = 0,
): readonly Piece[] {
  const pieces: Piece[] = [];
  const closes = closingBraces(source.text);
  let run = 0;
  let units = 0;
  const flush = (end: number) => pieces.push(...literalPieces(sliceText(source, run, end)));
  for (let at = source.text.indexOf('$'); at >= 0; at = source.text.indexOf('$', at)) {
    const substitution = readSubstitution(source.text, at, closes);
    if (source.text[at + 1] === '$') {
      flush(at + 1);
      run = at += 2;
    } else if (substitution === undefined || depth > MAX_DEPTH) at++;
    else {
      flush(at);
      const value = valuePieces(source, at, substitution, environment, alternatives, limit, depth);
      units += textOf(value).length;
      pieces.push(...(units > limit ? [untold(source.text.slice(at, substitution.end))] : value));
      run = at = substitution.end;
    }
  }
  flush(source.text.length);
  return pieces;
}

/** A value that is too long, or was made of such ones. */
function untold(written: string): Piece {
  const why = 'its value in .env is too long, or depends on a variable that has none there';
  return { text: '', unknown: { written: written.slice(0, MAX_UNITS), why, filled: true } };
}

function valuePieces(
  source: MappedText,
  at: number,
  { name, operator, colon, word, end }: Substitution,
  environment: Environment,
  alternatives: boolean,
  limit: number,
  depth: number,
): readonly Piece[] {
  const value = environment.get(name);
  const isSet = environment.has(name) && !(colon && value === '');
  const inner = () => interpolate(sliceText(source, ...word), environment, alternatives, limit, depth + 1);
  if (operator === '+') return isSet || alternatives ? inner() : [CONDITIONAL];
  if (operator === '-' && !isSet) return inner();
  const written = source.text.slice(at, end);
  if (isSet && value === undefined) return [untold(written)];
  if (isSet) return [{ text: value ?? '', anchor: placeOf(source, end - 1) + 1 }];
  const why = `the variable ${name} has neither a default here nor a value in .env`;
  return [{ text: '', unknown: { written, why, filled: operator === '?' } }];
}

function readSubstitution(text: string, at: number, closes: ReadonlyMap<number, number>): Substitution | undefined {
  const braced = text[at + 1] === '{';
  const from = at + (braced ? 2 : 1);
  let end = from;
  while (isNameUnit(text[end], end > from)) end++;
  if (end === from) return undefined;
  const name = text.slice(from, end);
  if (!braced) return { name, operator: '', colon: false, word: [end, end], end };
  const colon = text[end] === ':';
  const operator = text[end + (colon ? 1 : 0)] ?? '';
  if (operator === '}' && !colon) return { name, operator: '', colon, word: [end, end], end: end + 1 };
  if (!'-+?'.includes(operator) || operator === '') return undefined;
  const word = end + (colon ? 2 : 1);
  const close = closes.get(at);
  return close === undefined ? undefined : { name, operator, colon, word: [word, close], end: close + 1 };
}

function isNameUnit(unit: string | undefined, further: boolean): boolean {
  return unit !== undefined && (further ? /\w/ : /[A-Za-z_]/).test(unit);
}

/** Where each `${` closes, by where it opens; those that never do are left out. */
function closingBraces(text: string): ReadonlyMap<number, number> {
  const closes = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '$' && text[at + 1] === '{') open.push(at);
    else if (text[at] === '}') {
      const from = open.pop();
      if (from !== undefined) closes.set(from, at);
    }
  }
  return closes;
}

/** More of `.env` is not read. */
const MAX_VARIABLES = 1000;

/** The variables of a `.env` file (compose-spec, "Env_file format"): `NAME=value`, quoted or not, with comments. */
export function readEnvironment(text: string): Environment {
  const environment = new Map<string, string | undefined>();
  for (const line of text.split('\n')) {
    const match = /^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*[=:](.*)$/.exec(line.trimEnd());
    if (match === null || environment.size >= MAX_VARIABLES) continue;
    const [, name = '', written = ''] = match;
    environment.set(name, environmentValue(written.trim(), environment));
  }
  return environment;
}

function environmentValue(written: string, environment: Environment): string | undefined {
  const quote = written[0];
  if (quote === "'") return withinLimit(written.slice(1, closingQuote(written)));
  const value = quote === '"' ? written.slice(1, closingQuote(written)) : written.replace(/ #.*$/, '').trimEnd();
  const pieces = interpolate({ text: value, runs: [{ at: 0, start: 0 }] }, environment);
  return unknownIn(pieces) === undefined ? withinLimit(textOf(pieces)) : undefined;
}

function withinLimit(value: string): string | undefined {
  return value.length > MAX_UNITS ? undefined : value;
}

function closingQuote(written: string): number {
  const close = written.indexOf(written[0] ?? '', 1);
  return close < 0 ? written.length : close;
}
