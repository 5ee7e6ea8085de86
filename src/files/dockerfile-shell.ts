import { LIMITS } from '../core/limits.ts';
import { variableNameLength } from './dockerfile-heredoc.ts';
import type { EscapeToken } from './dockerfile-words.ts';

/*
 * Words as shell/lex.go ProcessWord reads them:
 *
 *   $name ${name}             the value
 *   ${name-w} ${name:-w}      w when unset (`:`: or empty)        ${name+w} ${name:+w}  w when set (and not empty)
 *   ${name?w} ${name:?w}      an error when unset (or empty)
 *   ${name#p} ${name##p}      without the shortest, longest beginning; % and %% the end
 *   ${name/p/w} ${name//p/w}  the first, every match replaced
 *
 * Quotes are taken away, 'single' ones keep everything, "double" ones expand; the escape token keeps the next
 * character.
 */

/** A part of a word; `from` and `to` are its units in the word. */
export type WordPart =
  | { readonly kind: 'literal'; readonly from: number; readonly to: number }
  | {
      readonly kind: 'variable';
      readonly from: number;
      readonly to: number;
      readonly name: string;
      readonly operation: Operation;
    };

/** What a substitution does with the variable's value. */
export type Operation =
  | { readonly kind: 'value' }
  /** `:` makes an empty value count as none. */
  | { readonly kind: '-' | '+' | '?'; readonly emptyCounts: boolean; readonly word: readonly WordPart[] }
  | { readonly kind: '#' | '%'; readonly word: readonly WordPart[] }
  | {
      readonly kind: '/';
      readonly every: boolean;
      readonly word: readonly WordPart[];
      readonly replacement: readonly WordPart[];
    };

/** What makes a word one that cannot be expanded; the message is told to the user as the reason. */
export class SubstitutionError extends Error {}

interface Lexer {
  readonly text: string;
  readonly escape: EscapeToken;
  at: number;
  depth: number;
  /** Whether escape tokens stay in the text, as patterns need them. */
  raw: boolean;
}

/** The parts of a word. @throws SubstitutionError when BuildKit refuses it. */
export function readWord(text: string, escape: EscapeToken): readonly WordPart[] {
  return readUntil({ text, escape, at: 0, depth: 0, raw: false }, undefined, false);
}

/** Reads up to `stop` (taking it) or to the end. */
function readUntil(lexer: Lexer, stop: string | undefined, raw: boolean): readonly WordPart[] {
  if (++lexer.depth > LIMITS.depth) throw new SubstitutionError(`it is nested deeper than ${LIMITS.depth}`);
  const outer = lexer.raw;
  lexer.raw = raw;
  const parts: WordPart[] = [];
  for (let from = lexer.at; ;) {
    const unit = lexer.text[lexer.at];
    if (unit !== undefined && unit !== stop && !isSpecial(lexer, unit)) {
      lexer.at++;
      continue;
    }
    addLiteral(parts, from, lexer.at);
    if (unit === undefined || unit === stop) break;
    if (unit === '$') readDollar(lexer, parts);
    else if (unit === "'") readSingle(lexer, parts);
    else if (unit === '"') readDouble(lexer, parts);
    else readEscape(lexer, parts);
    from = lexer.at;
  }
  if (stop !== undefined) {
    if (lexer.at >= lexer.text.length) throw new SubstitutionError(`a ${stop} is missing in it`);
    lexer.at++;
  }
  lexer.depth--;
  lexer.raw = outer;
  return parts;
}

function isSpecial(lexer: Lexer, unit: string): boolean {
  return unit === '$' || unit === "'" || unit === '"' || unit === lexer.escape;
}

function addLiteral(parts: WordPart[], from: number, to: number): void {
  if (from < to) parts.push({ kind: 'literal', from, to });
}

/** An escape token at the end of the word is dropped. */
function readEscape(lexer: Lexer, parts: WordPart[]): void {
  if (lexer.raw) addLiteral(parts, lexer.at, lexer.at + 1);
  const to = Math.min(lexer.at + 2, lexer.text.length);
  addLiteral(parts, lexer.at + 1, to);
  lexer.at = to;
}

function readSingle(lexer: Lexer, parts: WordPart[]): void {
  const end = lexer.text.indexOf("'", lexer.at + 1);
  if (end < 0) throw new SubstitutionError('a single quote is not closed in it');
  addLiteral(parts, lexer.at + 1, end);
  lexer.at = end + 1;
}

function readDouble(lexer: Lexer, parts: WordPart[]): void {
  for (let from = ++lexer.at; ;) {
    const unit = lexer.text[lexer.at];
    if (unit === undefined) throw new SubstitutionError('a double quote is not closed in it');
    if (unit !== '"' && unit !== '$' && unit !== lexer.escape) {
      lexer.at++;
      continue;
    }
    addLiteral(parts, from, lexer.at);
    if (unit === '"') break;
    if (unit === '$') readDollar(lexer, parts);
    else readEscapeInQuotes(lexer, parts);
    from = lexer.at;
  }
  lexer.at++;
}

/** Inside double quotes the escape token is text, except before `"`, `$` and itself. */
function readEscapeInQuotes(lexer: Lexer, parts: WordPart[]): void {
  const at = lexer.at++;
  const next = lexer.text[lexer.at];
  if (lexer.raw) addLiteral(parts, at, at + 1);
  if (next === '"' || next === '$' || next === lexer.escape) {
    addLiteral(parts, lexer.at, lexer.at + 1);
    lexer.at++;
  } else if (next !== undefined) addLiteral(parts, at, at + 1);
}

function readDollar(lexer: Lexer, parts: WordPart[]): void {
  const from = lexer.at++;
  if (lexer.text[lexer.at] === '{') {
    const { name, operation } = readBraces(lexer, from);
    parts.push({ kind: 'variable', from, to: lexer.at, name, operation });
    return;
  }
  const name = readName(lexer);
  if (name === '') addLiteral(parts, from, lexer.at);
  else parts.push({ kind: 'variable', from, to: lexer.at, name, operation: { kind: 'value' } });
}

function readName(lexer: Lexer): string {
  const from = lexer.at;
  lexer.at += variableNameLength(lexer.text, from);
  return lexer.text.slice(from, lexer.at);
}

function readBraces(lexer: Lexer, from: number): { name: string; operation: Operation } {
  const first = lexer.text[++lexer.at];
  if (first === undefined || '{}:'.includes(first)) throw badSubstitution(lexer.text, from);
  const name = readName(lexer);
  const unit = lexer.text[lexer.at++];
  if (unit === '}') return { name, operation: { kind: 'value' } };
  if (unit === '#' || unit === '%') return { name, operation: { kind: unit, word: readUntil(lexer, '}', true) } };
  if (unit === '/') return { name, operation: readReplacement(lexer) };
  const emptyCounts = unit === ':';
  const kind = emptyCounts ? lexer.text[lexer.at++] : unit;
  if (kind !== '-' && kind !== '+' && kind !== '?') throw badSubstitution(lexer.text, from);
  return { name, operation: { kind, emptyCounts, word: readUntil(lexer, '}', false) } };
}

function readReplacement(lexer: Lexer): Operation {
  const every = lexer.text[lexer.at] === '/';
  if (every) lexer.at++;
  const word = readUntil(lexer, '/', true);
  return { kind: '/', every, word, replacement: readUntil(lexer, '}', true) };
}

/** For a substitution that BuildKit does not have. */
export function badSubstitution(text: string, from: number): SubstitutionError {
  return new SubstitutionError(`BuildKit has no substitution ${text.slice(from, from + 40)}`);
}
