import {
  deeper,
  literalText,
  newCursor,
  peek,
  rangeFrom,
  readIdentifier,
  skipBlanks,
  type Block,
  type Body,
  type Cursor,
  type Entry,
  type Expression,
} from './bake-syntax.ts';
import { readHeredoc, readQuoted, readUnquoted } from './bake-template.ts';
import type { MappedText } from './mapped-text.ts';

/*
 * As much of HCL (hashicorp/hcl hclsyntax/spec.md) as bake files need:
 *
 *   body       := *( attribute | block )
 *   attribute  := identifier "=" expression newline
 *   block      := identifier *( identifier | string ) "{" body "}"
 *   expression := template | list | object | variable | anything else, of which only the terms are kept
 *
 * What is wrong is stepped over: a file that bake would refuse gives what can be read in it.
 */

/** The body that a file is. @throws UserError `limit` when it is nested too deep. */
export function readHcl(source: MappedText, mentions: Map<string, number>): Body {
  return readBody(newCursor(source, mentions));
}

function readBody(cursor: Cursor): Body {
  const attributes: Entry[] = [];
  const blocks: Block[] = [];
  for (;;) {
    skipBlanks(cursor, true);
    const unit = peek(cursor);
    if (unit === undefined || unit === '}') return { attributes, blocks };
    const name = readIdentifier(cursor);
    if (name === '') {
      cursor.at++;
      continue;
    }
    skipBlanks(cursor, false);
    if (peek(cursor) === '=') {
      cursor.at++;
      attributes.push({ key: name, value: readExpression(cursor, false) });
    } else {
      const block = readBlock(cursor, name);
      if (block !== undefined) blocks.push(block);
    }
  }
}

function readBlock(cursor: Cursor, type: string): Block | undefined {
  const labels: string[] = [];
  for (;;) {
    skipBlanks(cursor, false);
    const unit = peek(cursor);
    if (unit === '"') labels.push(literalText(readTerm(cursor)) ?? '');
    else if (unit === '{') break;
    else {
      const label = readIdentifier(cursor);
      if (label === '') return undefined;
      labels.push(label);
    }
  }
  cursor.at++;
  deeper(cursor);
  const body = readBody(cursor);
  cursor.depth--;
  if (peek(cursor) === '}') cursor.at++;
  return { type, labels, body };
}

const OPERATORS = '?:+-*/%&|=!<>.';

/** A string without quotes, as JSON holds them. */
export function readJsonString(source: MappedText, mentions: Map<string, number>): Expression {
  const cursor = newCursor(source, mentions);
  return readUnquoted(cursor, readInBraces);
}

/** An expression up to what cannot go on with it: a newline (unless inside of brackets), a comma, a closing bracket. */
function readExpression(cursor: Cursor, overLines: boolean): Expression {
  deeper(cursor);
  const terms: Expression[] = [];
  let plain = true;
  for (let choices = 0; ;) {
    skipBlanks(cursor, overLines);
    const unit = peek(cursor);
    if (unit === undefined || ',)]}\r\n'.includes(unit)) break;
    if (unit === ':' && choices === 0) break;
    if (cursor.source.text.startsWith('<<', cursor.at)) terms.push(readTerm(cursor));
    else if (OPERATORS.includes(unit)) {
      if (unit === '?') choices++;
      if (unit === ':') choices--;
      plain = false;
      cursor.at++;
    } else terms.push(readTerm(cursor));
  }
  cursor.depth--;
  const [only, ...others] = terms;
  return plain && only !== undefined && others.length === 0 ? only : { kind: 'other', terms };
}

function readInBraces(cursor: Cursor): Expression {
  return readExpression(cursor, true);
}

function readTerm(cursor: Cursor): Expression {
  const unit = peek(cursor);
  if (unit === '"') return readQuoted(cursor, readInBraces);
  if (unit === '<') return readHeredoc(cursor, readInBraces);
  if (unit === '[') return readList(cursor);
  if (unit === '{') return readObject(cursor);
  if (unit === '(') return readTerms(cursor, ')');
  const from = cursor.at;
  const name = readPath(cursor);
  if (name === '') {
    cursor.at++;
    return { kind: 'other', terms: [] };
  }
  const next = peek(cursor);
  if (next === '(') return readTerms(cursor, ')');
  if (name === 'true' || name === 'false' || name === 'null') return { kind: 'other', terms: [] };
  cursor.mentions.set(name, (cursor.mentions.get(name) ?? 0) + 1);
  if (next === '[') return readTerms(cursor, ']');
  return { kind: 'variable', name, range: rangeFrom(cursor, from) };
}

/** A name, or names with dots between them. */
function readPath(cursor: Cursor): string {
  const from = cursor.at;
  let name = readIdentifier(cursor);
  while (name !== '' && peek(cursor) === '.') {
    cursor.at++;
    if (readIdentifier(cursor) === '') {
      cursor.at--;
      break;
    }
    name = cursor.source.text.slice(from, cursor.at);
  }
  return name;
}

/** Whatever stands in brackets that are no plain list or object. */
function readTerms(cursor: Cursor, close: string): Expression {
  const terms: Expression[] = [];
  cursor.at++;
  deeper(cursor);
  for (;;) {
    skipBlanks(cursor, true);
    const unit = peek(cursor);
    if (unit === undefined || unit === close) break;
    if (',)]}:'.includes(unit)) cursor.at++;
    else terms.push(readExpression(cursor, true));
  }
  cursor.at++;
  cursor.depth--;
  return { kind: 'other', terms };
}

function startsLoop(cursor: Cursor): boolean {
  return /^for\s/.test(cursor.source.text.slice(cursor.at, cursor.at + 4));
}

function readList(cursor: Cursor): Expression {
  const before = cursor.at++;
  skipBlanks(cursor, true);
  const loop = startsLoop(cursor);
  cursor.at = before;
  const inner = readTerms(cursor, ']');
  if (loop || inner.kind !== 'other') return inner;
  return { kind: 'list', items: inner.terms };
}

function readObject(cursor: Cursor): Expression {
  const before = cursor.at++;
  skipBlanks(cursor, true);
  if (startsLoop(cursor)) {
    cursor.at = before;
    return readTerms(cursor, '}');
  }
  const entries: Entry[] = [];
  deeper(cursor);
  for (;;) {
    skipBlanks(cursor, true);
    const unit = peek(cursor);
    if (unit === undefined || unit === '}') break;
    const key = readKey(cursor);
    skipBlanks(cursor, false);
    if (peek(cursor) === '=' || peek(cursor) === ':') {
      cursor.at++;
      entries.push({ key, value: readExpression(cursor, false) });
    } else cursor.at++;
  }
  cursor.at++;
  cursor.depth--;
  return { kind: 'object', entries };
}

function readKey(cursor: Cursor): string | undefined {
  const name = readIdentifier(cursor);
  if (name !== '') return name;
  const unit = peek(cursor);
  return unit === '"' || unit === '(' ? literalText(readTerm(cursor)) : undefined;
}
