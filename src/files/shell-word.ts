import type { MappedText } from './mapped-text.ts';

/* What a script's words are made of (POSIX.1-2024, Shell Command Language, 2.2, 2.6): scanners that look at no command. */

/** A word after quote removal. */
export interface Word {
  readonly text: MappedText;
  /** Whether a part of it is only known when the script runs; that part is left out of the text. */
  readonly dynamic: boolean;
  /** The word with GitHub's expressions in it as written, when nothing else in it is dynamic. */
  readonly expression?: MappedText;
  /** The word with `$NAME` and `${NAME…}` in it as written, when nothing else in it is dynamic. */
  readonly variable?: MappedText;
  /** Whether one of those stands outside of quotes, where what it gives is split at blanks. */
  readonly isSplit?: true;
}

/** What stands in a word beside literal text. */
export interface Contents {
  readonly computed: boolean;
  readonly expression: boolean;
  readonly variable: boolean;
  readonly split: boolean;
}

/** The word of these texts: without what is dynamic, and with it. */
export function newWord(
  text: MappedText,
  written: MappedText,
  { computed, expression, variable, split }: Contents,
): Word {
  if (computed || (expression && variable)) return { text, dynamic: true };
  if (expression) return { text, dynamic: true, expression: written };
  // A dollar sign or a quote that means itself could not be told from the others any more.
  if (!variable || /[$'"\\]/.test(text.text)) return { text, dynamic: variable };
  return { text, dynamic: true, variable: written, ...(split ? { isSplit: true } : {}) };
}

/** Whether an expansion is a variable's, without commands in it. */
export function isVariable(written: string): boolean {
  return /^\$(?:[A-Za-z_]|\{\w)/.test(written) && !written.includes('`') && !written.includes('$(');
}

/** Behind the quote that ends `$'…'`, in which a backslash escapes. */
export function escapedQuoteEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== "'") at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** Where the units end that mean themselves. */
export function ordinaryEnd(text: string, from: number, stops: string): number {
  let end = from;
  while (end < text.length && !stops.includes(text[end] ?? '')) end++;
  return end;
}

/** Whether an expansion begins at a place. */
export function isExpansion(text: string, at: number): boolean {
  return text[at] === '`' || (text[at] === '$' && /[\w({@*#?$!'"-]/.test(text[at + 1] ?? ''));
}

/** Longer expressions are not told from commands in parentheses. */
const MAX_ARITHMETIC = 512;

/** Behind the `))` of an arithmetic expansion, in which `<<` is no here-document; undefined when this is none. */
export function arithmeticEnd(text: string, at: number): number | undefined {
  if (text[at + 1] !== '(') return undefined;
  const limit = Math.min(text.length, at + MAX_ARITHMETIC);
  let open = 0;
  for (let end = at; end < limit && text[end] !== '\n'; end++) {
    if (text[end] === '(') open++;
    else if (text[end] === ')' && --open === 0) return text[end - 1] === ')' ? end + 1 : undefined;
  }
  return undefined;
}

/** Index of the brace that closes `${`; -1 when none does. */
export function closingBrace(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '{') open++;
    else if (text[at] === '}' && --open === 0) return at;
  }
  return -1;
}
