import { LIMITS } from '../core/limits.ts';

/*
 * Grammar (RFC 9110 §11.6.1), and what servers send beside it (REGISTRIES.md Q45 to Q59):
 *
 *   WWW-Authenticate = #challenge
 *   challenge        := scheme [ 1*SP ( token68 / #parameter ) ]
 *   parameter        := token BWS "=" BWS ( token / quoted-string )
 *
 * Tolerated: unquoted values that hold ":" and "/" (IBM), several challenges in one line (Codeberg), a bare scheme
 * (Gitea), parameters that are separated by blanks or ";".
 */

/** One way to authenticate that a server offers. */
export interface Challenge {
  /** Lower case: `bearer`, `basic`, or another that the caller skips. */
  readonly scheme: string;
  /** Lower-case names; of a repeated parameter the first value. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Schemes that may stand bare where the grammar leaves open whether a word is a scheme or part of a value. */
const KNOWN_SCHEMES: ReadonlySet<string> = new Set(['basic', 'bearer', 'digest', 'negotiate', 'ntlm']);

/**
 * The challenges of all WWW-Authenticate headers of an answer, in their order. A header beyond
 * LIMITS.headerCharacters is ignored, and so is whatever fits no grammar; never throws, linear in the input.
 */
export function parseChallenges(headers: readonly string[]): readonly Challenge[] {
  return headers.filter((header) => header.length <= LIMITS.headerCharacters).flatMap(parseHeader);
}

interface Found {
  readonly value: string;
  /** Where the text goes on. */
  readonly end: number;
}

function parseHeader(text: string): readonly Challenge[] {
  const challenges: Challenge[] = [];
  let parameters: Map<string, string> | undefined;
  let at = 0;
  while ((at = skip(text, at, isSeparator)) < text.length) {
    const name = skip(text, at, isTokenCharacter);
    const word = text.slice(at, name).toLowerCase();
    const equals = skip(text, name, isBlank);
    if (word !== '' && text[equals] === '=') {
      const { value, end } = readValue(text, skip(text, equals + 1, isBlank));
      if (value !== undefined && parameters?.has(word) === false) parameters.set(word, value);
      at = end;
    } else if (word !== '' && (name === text.length || isSeparator(text.charAt(name)))) {
      parameters = new Map();
      challenges.push({ scheme: word, parameters });
      at = skipToken68(text, name);
    } else {
      at = skip(text, name + 1, isWordCharacter);
    }
  }
  return challenges;
}

/** Where the text goes on behind a token68 (`Negotiate YII…==`); `at` itself when there is none. */
function skipToken68(text: string, at: number): number {
  const start = skip(text, at, isBlank);
  const padding = skip(text, start, isToken68Character);
  const end = skip(text, skip(text, padding, isEqualsSign), isBlank);
  if (padding === start || (end < text.length && text[end] !== ',')) return at;
  return KNOWN_SCHEMES.has(text.slice(start, padding).toLowerCase()) ? at : end;
}

function readValue(text: string, at: number): { readonly value: string | undefined; readonly end: number } {
  return text[at] === '"' ? readQuoted(text, at + 1) : readUnquoted(text, at);
}

/** A quoted-string behind its opening quote; without a closing quote it has no value. */
function readQuoted(text: string, start: number): { readonly value: string | undefined; readonly end: number } {
  const parts: string[] = [];
  let from = start;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '"') return { value: parts.join('') + text.slice(from, at), end: at + 1 };
    if (text[at] !== '\\') continue;
    parts.push(text.slice(from, at));
    at += 1;
    from = at;
  }
  return { value: undefined, end: text.length };
}

/** An unquoted value: up to a blank, or to a comma that a parameter or a scheme follows (`scope=repository:a:pull,push`). */
function readUnquoted(text: string, start: number): Found {
  let end = skip(text, start, isWordCharacter);
  while (text[end] === ',') {
    const word = skip(text, end + 1, isTokenCharacter);
    const isAlone = word > end + 1 && (word === text.length || text[word] === ',');
    if (!isAlone || KNOWN_SCHEMES.has(text.slice(end + 1, word).toLowerCase())) break;
    end = word;
  }
  return { value: text.slice(start, end), end };
}

function skip(text: string, from: number, accepts: (character: string) => boolean): number {
  let at = from;
  while (at < text.length && accepts(text.charAt(at))) at += 1;
  return at;
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t';
}

function isSeparator(character: string): boolean {
  return isBlank(character) || character === ',' || character === ';';
}

function isWordCharacter(character: string): boolean {
  return !isBlank(character) && character !== ',';
}

function isEqualsSign(character: string): boolean {
  return character === '=';
}

function isTokenCharacter(character: string): boolean {
  return /[\w!#$%&'*+.^`|~-]/.test(character);
}

function isToken68Character(character: string): boolean {
  return /[\w.~+/-]/.test(character);
}
