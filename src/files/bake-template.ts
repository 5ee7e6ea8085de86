import { peek, rangeFrom, readIdentifier, type Cursor, type Expression, type TemplatePart } from './bake-syntax.ts';
import { piecesOf, placeOf, sliceText, type MappedPiece } from './mapped-text.ts';

/** Reads the expression inside of `${…}`. */
type ReadValue = (cursor: Cursor) => Expression;

type Template = Extract<Expression, { kind: 'template' }>;

/** How the text of a template is written. */
interface Style {
  /** Where the text ends at the latest. */
  readonly to: number;
  readonly quoted: boolean;
  /** Blanks that are cut off at the beginning of each line. */
  readonly indent: number;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['"', '"'],
  ['\\', '\\'],
]);

/** A string in quotes; one that is not closed ends with its line. */
export function readQuoted(cursor: Cursor, readValue: ReadValue): Template {
  cursor.at++;
  const template = readParts(cursor, readValue, { to: cursor.source.text.length, quoted: true, indent: 0 });
  if (peek(cursor) === '"') cursor.at++;
  return template;
}

/** The whole text as a template. */
export function readUnquoted(cursor: Cursor, readValue: ReadValue): Template {
  return readParts(cursor, readValue, { to: cursor.source.text.length, quoted: false, indent: 0 });
}

/** `<<NAME` or `<<-NAME` up to the line that is NAME; `<<-` cuts off the blanks that all lines begin with. */
export function readHeredoc(cursor: Cursor, readValue: ReadValue): Template {
  const { text } = cursor.source;
  cursor.at += 2;
  const dedent = peek(cursor) === '-';
  if (dedent) cursor.at++;
  const name = readIdentifier(cursor);
  const newline = text.indexOf('\n', cursor.at);
  if (name === '' || newline < 0 || text.slice(cursor.at, newline).trim() !== '') {
    return { kind: 'template', parts: [], range: rangeFrom(cursor, cursor.at) };
  }
  const from = newline + 1;
  const { to, behind, indent } = heredocEnd(text, from, name);
  cursor.at = from;
  const template = readParts(cursor, readValue, { to, quoted: false, indent: dedent ? indent : 0 });
  cursor.at = behind;
  return template;
}

/** Where the body ends and what follows its last line begins, and the least indent of its lines. */
function heredocEnd(text: string, from: number, name: string): { to: number; behind: number; indent: number } {
  let indent = Infinity;
  for (let at = from; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end);
    const content = line.trim();
    if (content === name) return { to: at, behind: end, indent: Number.isFinite(indent) ? indent : 0 };
    if (content !== '') indent = Math.min(indent, line.length - line.trimStart().length);
    at = end + 1;
  }
  return { to: text.length, behind: text.length, indent: 0 };
}

function readParts(cursor: Cursor, readValue: ReadValue, style: Style): Template {
  const { text } = cursor.source;
  const begin = cursor.at;
  const parts: TemplatePart[] = [];
  let pieces: MappedPiece[] = [];
  let from = cursor.at;
  const flush = (): void => {
    addText(cursor, pieces, from, cursor.at, style.indent);
    from = cursor.at;
  };
  while (cursor.at < style.to) {
    const unit = text[cursor.at];
    if (style.quoted && (unit === '"' || unit === '\n')) break;
    if (style.quoted && unit === '\\') {
      flush();
      pieces.push(readEscape(cursor));
      from = cursor.at;
    } else if (text.startsWith('$${', cursor.at) || text.startsWith('%%{', cursor.at)) {
      flush();
      from = cursor.at + 1;
      cursor.at += 3;
    } else if (text.startsWith('${', cursor.at) || text.startsWith('%{', cursor.at)) {
      flush();
      if (pieces.length > 0) parts.push({ kind: 'text', pieces });
      pieces = [];
      parts.push(readInterpolation(cursor, readValue));
      from = cursor.at;
    } else cursor.at++;
  }
  flush();
  if (pieces.length > 0) parts.push({ kind: 'text', pieces });
  return { kind: 'template', parts, range: rangeFrom(cursor, begin) };
}

/** The units from `from` on as they stand, without the indent of each line. */
function addText(cursor: Cursor, pieces: MappedPiece[], from: number, to: number, indent: number): void {
  const { source } = cursor;
  if (indent === 0) {
    if (from < to) pieces.push(...piecesOf(sliceText(source, from, to)));
    return;
  }
  for (let at = from; at < to;) {
    const newline = source.text.indexOf('\n', at);
    const end = newline < 0 || newline >= to ? to : newline + 1;
    const begin = source.text[at - 1] === '\n' ? Math.min(at + indent, end) : at;
    const blank = source.text.slice(at, end).trim() === '';
    const start = blank && source.text[at - 1] === '\n' ? Math.max(at, end - 1) : begin;
    if (start < end) pieces.push(...piecesOf(sliceText(source, start, end)));
    at = end;
  }
}

function readInterpolation(cursor: Cursor, readValue: ReadValue): TemplatePart {
  const { text } = cursor.source;
  const from = cursor.at;
  const directive = text[from] === '%';
  cursor.at += 2;
  if (peek(cursor) === '~') cursor.at++;
  const inner = readValue(cursor);
  const value: Expression = directive ? { kind: 'other', terms: [inner] } : inner;
  if (peek(cursor) === '~') cursor.at++;
  if (peek(cursor) === '}') cursor.at++;
  const end = placeOf(cursor.source, Math.max(from, cursor.at - 1)) + 1;
  return { kind: 'value', value, written: text.slice(from, cursor.at), end };
}

/** One escape; it stands at the place of its last unit. */
function readEscape(cursor: Cursor): MappedPiece {
  const { text } = cursor.source;
  const unit = text[cursor.at + 1] ?? '';
  const digits = unit === 'u' ? 4 : 8;
  const code =
    unit === 'u' || unit === 'U' ? Number.parseInt(text.slice(cursor.at + 2, cursor.at + 2 + digits), 16) : NaN;
  const isCode = code >= 0 && code <= 0x10ffff;
  cursor.at += isCode ? 2 + digits : 2;
  const value = isCode ? String.fromCodePoint(code) : (ESCAPES.get(unit) ?? unit);
  return { text: value, start: placeOf(cursor.source, Math.min(cursor.at, text.length) - 1) };
}
