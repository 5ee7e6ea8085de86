import { LIMITS } from '../core/limits.ts';
import { UserError } from '../core/errors.ts';
import { joinPieces, type MappedPiece, type MappedText } from './mapped-text.ts';

/** A string of a JSON text; `start` and `end` include its quotes. */
export interface JsonString {
  readonly kind: 'string';
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/** A member of an object. */
export interface JsonMember {
  readonly key: JsonString;
  readonly value: JsonNode;
}

/** A value of a JSON text with its place in UTF-16 units. */
export type JsonNode =
  | JsonString
  | { readonly kind: 'object'; readonly start: number; readonly end: number; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly start: number; readonly end: number; readonly items: readonly JsonNode[] }
  /** A number, true, false or null. */
  | { readonly kind: 'literal'; readonly start: number; readonly end: number };

/** `jsonc` also has comments (line and block) and commas behind the last entry. */
export type JsonDialect = 'json' | 'jsonc';

interface Cursor {
  readonly text: string;
  readonly dialect: JsonDialect;
  at: number;
  depth: number;
}

/**
 * The value that a text holds; undefined when it is not of the dialect. Linear in the text's length.
 * @throws UserError `limit` when it is nested deeper than LIMITS.depth.
 */
export function scanJson(text: string, dialect: JsonDialect): JsonNode | undefined {
  const cursor: Cursor = { text, dialect, at: 0, depth: 0 };
  const value = readValue(cursor);
  if (value === undefined || !skipBlanks(cursor) || cursor.at < text.length) return undefined;
  return value;
}

function readValue(cursor: Cursor): JsonNode | undefined {
  if (!skipBlanks(cursor)) return undefined;
  const unit = cursor.text[cursor.at];
  if (unit === '"') return readString(cursor);
  if (unit !== '{' && unit !== '[') return readLiteral(cursor);
  if (++cursor.depth > LIMITS.depth) {
    throw new UserError(
      'limit',
      `JSON nested deeper than ${LIMITS.depth}`,
      'Leave the file out with the input exclude',
    );
  }
  const value = unit === '{' ? readObject(cursor) : readArray(cursor);
  cursor.depth--;
  return value;
}

function readObject(cursor: Cursor): JsonNode | undefined {
  const start = cursor.at;
  const members: JsonMember[] = [];
  const closed = readEntries(cursor, '}', () => {
    const key = cursor.text[cursor.at] === '"' ? readString(cursor) : undefined;
    if (key === undefined || !skipBlanks(cursor) || cursor.text[cursor.at] !== ':') return false;
    cursor.at++;
    const value = readValue(cursor);
    if (value === undefined) return false;
    members.push({ key, value });
    return true;
  });
  return closed ? { kind: 'object', start, end: cursor.at, members } : undefined;
}

function readArray(cursor: Cursor): JsonNode | undefined {
  const start = cursor.at;
  const items: JsonNode[] = [];
  const closed = readEntries(cursor, ']', () => {
    const value = readValue(cursor);
    if (value === undefined) return false;
    items.push(value);
    return true;
  });
  return closed ? { kind: 'array', start, end: cursor.at, items } : undefined;
}

/** Entries between commas up to the closing bracket; false when the text does not go on so. */
function readEntries(cursor: Cursor, close: string, readEntry: () => boolean): boolean {
  cursor.at++;
  for (let first = true; ; first = false) {
    if (!skipBlanks(cursor)) return false;
    if (cursor.text[cursor.at] === close && (first || cursor.dialect === 'jsonc')) break;
    if (!readEntry() || !skipBlanks(cursor)) return false;
    if (cursor.text[cursor.at] === close) break;
    if (cursor.text[cursor.at] !== ',') return false;
    cursor.at++;
  }
  cursor.at++;
  return true;
}

function readLiteral(cursor: Cursor): JsonNode | undefined {
  const start = cursor.at;
  while (/[-+.0-9A-Za-z]/.test(cursor.text[cursor.at] ?? '')) cursor.at++;
  return cursor.at === start ? undefined : { kind: 'literal', start, end: cursor.at };
}

function readString(cursor: Cursor): JsonString | undefined {
  const start = cursor.at;
  let escaped = false;
  for (cursor.at++; ; cursor.at++) {
    const unit = cursor.text[cursor.at];
    if (unit === undefined || unit < ' ') return undefined;
    if (unit === '"') break;
    if (unit !== '\\') continue;
    escaped = true;
    cursor.at++;
  }
  const end = ++cursor.at;
  if (!escaped) return { kind: 'string', start, end, value: cursor.text.slice(start + 1, end - 1) };
  const value = decoded(cursor.text.slice(start, end));
  return value === undefined ? undefined : { kind: 'string', start, end, value };
}

function decoded(quoted: string): string | undefined {
  try {
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Skips blanks, in `jsonc` comments too; false when a comment is not closed or not allowed. */
function skipBlanks(cursor: Cursor): boolean {
  const { text } = cursor;
  for (;;) {
    while (' \t\r\n'.includes(text[cursor.at] ?? 'end')) cursor.at++;
    if (text[cursor.at] !== '/') return true;
    if (cursor.dialect === 'json') return false;
    const line = text[cursor.at + 1] === '/';
    if (!line && text[cursor.at + 1] !== '*') return false;
    const end = text.indexOf(line ? '\n' : '*/', cursor.at + 2);
    if (end < 0 && !line) return false;
    cursor.at = end < 0 ? text.length : end + (line ? 1 : 2);
  }
}

/** The value of a string of this text with the places of its units; an escape stands at the place of its last unit. */
export function mapString(text: string, node: JsonString): MappedText {
  const pieces: MappedPiece[] = [];
  let plain = node.start + 1;
  const end = node.end - 1;
  for (let at = text.indexOf('\\', plain), taken = 0; at >= 0 && at < end; at = text.indexOf('\\', plain)) {
    pieces.push({ text: text.slice(plain, at), start: plain });
    taken += at - plain;
    const length = text[at + 1] === 'u' ? 6 : 2;
    pieces.push({ text: node.value[taken] ?? '', start: at + length - 1 });
    taken++;
    plain = at + length;
  }
  pieces.push({ text: text.slice(plain, end), start: plain });
  return joinPieces(pieces);
}
