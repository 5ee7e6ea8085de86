import { LIMITS } from '../core/limits.ts';
import { UserError } from '../core/errors.ts';
import { placeOf, type MappedPiece, type MappedText } from './mapped-text.ts';
import type { Range } from './site.ts';

/** A value of HCL; places are those of the file. */
export type Expression =
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[]; readonly range: Range }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly Entry[] }
  /** A variable, or an attribute of one: `item.image`. */
  | { readonly kind: 'variable'; readonly name: string; readonly range: Range }
  /** A function, a condition, an operation: `terms` are the values in it. */
  | { readonly kind: 'other'; readonly terms: readonly Expression[] };

export interface Entry {
  /** Undefined when it is computed. */
  readonly key: string | undefined;
  readonly value: Expression;
}

/** A part of a string: text in its pieces, or `${…}`, which ends in front of the unit at `end`. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly pieces: readonly MappedPiece[] }
  | { readonly kind: 'value'; readonly value: Expression; readonly written: string; readonly end: number };

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
}

export interface Body {
  readonly attributes: readonly Entry[];
  readonly blocks: readonly Block[];
}

/** Where the parser stands; `mentions` counts the variables that any expression names. */
export interface Cursor {
  readonly source: MappedText;
  readonly mentions: Map<string, number>;
  at: number;
  depth: number;
}

/** Begins to read a text. */
export function newCursor(source: MappedText, mentions: Map<string, number>): Cursor {
  return { source, mentions, at: 0, depth: 0 };
}

/** The text of a string without values in it, undefined when it is something else. */
export function literalText(expression: Expression): string | undefined {
  if (expression.kind !== 'template') return undefined;
  const texts = expression.parts.map((part) =>
    part.kind === 'text' ? part.pieces.map(({ text }) => text) : undefined,
  );
  return texts.includes(undefined) ? undefined : texts.flat().join('');
}

/** The entries of an object, or of all objects that a function puts together. */
export function entriesOf(expression: Expression): readonly Entry[] {
  if (expression.kind === 'object') return expression.entries;
  return expression.kind === 'other' ? expression.terms.flatMap(entriesOf) : [];
}

/** Counts a level of nesting. */
export function deeper(cursor: Cursor): void {
  if (++cursor.depth <= LIMITS.depth) return;
  throw new UserError('limit', `HCL nested deeper than ${LIMITS.depth}`, 'Leave the file out with the input exclude');
}

/** The units from `from` up to where the cursor is, as places of the file. */
export function rangeFrom(cursor: Cursor, from: number): Range {
  const start = placeOf(cursor.source, from);
  return { start, end: cursor.at > from ? placeOf(cursor.source, cursor.at - 1) + 1 : start };
}

/** The unit that is read next. */
export function peek(cursor: Cursor): string | undefined {
  return cursor.source.text[cursor.at];
}

const IDENTIFIER_UNIT = /[\p{L}\p{N}_-]/u;

/** A name, empty when none stands here. */
export function readIdentifier(cursor: Cursor): string {
  const { text } = cursor.source;
  const from = cursor.at;
  if (!/[\p{L}_]/u.test(text[from] ?? '')) return '';
  while (IDENTIFIER_UNIT.test(text[cursor.at] ?? '')) cursor.at++;
  return text.slice(from, cursor.at);
}

/** Skips blanks and comments, newlines too when `overLines`. */
export function skipBlanks(cursor: Cursor, overLines: boolean): void {
  const { text } = cursor.source;
  for (;;) {
    const unit = text[cursor.at];
    if (unit === ' ' || unit === '\t' || (overLines && (unit === '\r' || unit === '\n'))) cursor.at++;
    else if (unit === '#' || text.startsWith('//', cursor.at)) {
      const end = text.indexOf('\n', cursor.at);
      cursor.at = end < 0 ? text.length : end;
    } else if (text.startsWith('/*', cursor.at)) {
      const end = text.indexOf('*/', cursor.at + 2);
      cursor.at = end < 0 ? text.length : end + 2;
    } else return;
  }
}

/** The names of all contexts of the file's targets, which stand in the place of images of these names. */
export function contextKeys({ blocks }: Body): readonly string[] {
  const attributes = blocks.flatMap(({ type, body }) => (type === 'target' ? body.attributes : []));
  const contexts = attributes.filter(({ key }) => key === 'contexts');
  return contexts.flatMap(({ value }) => entriesOf(value).flatMap(({ key }) => key ?? []));
}
