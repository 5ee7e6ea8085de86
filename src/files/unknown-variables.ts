import { literalPieces, type Piece } from './expansion.ts';
import { sliceText, type MappedText } from './mapped-text.ts';

/*
 * Files that have no variables of their own are filled in by other programs before they are used: envsubst and Flux
 * (`${NAME}`, `$NAME`), Kustomize's `vars` (`$(NAME)`), GitHub and GitLab (`${{ … }}`, `$[[ … ]]`), templates
 * (`{{ … }}`, HCL's `%{ … }`). No reference holds a `$` or a brace, so whatever looks like one of them is a value that is not known.
 */

/** Why the values of a template are not known. */
export const TEMPLATE = 'it is a template';
const ELSEWHERE = 'the reference depends on a value that is not in the file';

/** The text in pieces: those that another program fills in are unknown. */
export function unknownPieces(source: MappedText): readonly Piece[] {
  const { text } = source;
  const pieces: Piece[] = [];
  let run = 0;
  for (let at = 0; at < text.length;) {
    const end = variableEnd(text, at);
    if (end === undefined) {
      at++;
      continue;
    }
    const why = text[at] === '{' ? TEMPLATE : ELSEWHERE;
    pieces.push(...literalPieces(sliceText(source, run, at)));
    pieces.push({ text: '', unknown: { written: text.slice(at, end), why, filled: false } });
    run = at = end;
  }
  pieces.push(...literalPieces(sliceText(source, run)));
  return pieces;
}

/** Where the variable or template that begins at `at` ends; undefined when none begins there. */
export function variableEnd(text: string, at: number): number | undefined {
  if (text.startsWith('{{', at)) return endOfBrackets(text, at);
  if (text.startsWith('%{', at)) return endOfBrackets(text, at + 1);
  if (text[at] !== '$') return undefined;
  const next = text[at + 1] ?? '';
  if ('{(['.includes(next) && next !== '') return endOfBrackets(text, at + 1);
  let end = at + 1;
  while (end < text.length && /\w/.test(text[end] ?? '')) end++;
  return end;
}

const CLOSING: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['(', ')'],
  ['[', ']'],
]);

function endOfBrackets(text: string, open: number): number {
  const opening = text[open] ?? '';
  const closing = CLOSING.get(opening);
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === opening) depth++;
    if (text[at] === closing) depth--;
    if (depth === 0) return at + 1;
  }
  return text.length;
}
