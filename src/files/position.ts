import type { Range } from './site.ts';

/** A place in a text file as people and GitHub count it: both 1-based, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The offsets at which the lines of a text begin; made once per file. */
export interface LineIndex {
  readonly starts: readonly number[];
}

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Lines end with LF, alone or after CR: so counts git, whose lines GitHub annotates. A byte order mark that is still
 * in the text does not count.
 */
export function indexLines(text: string): LineIndex {
  const starts = [text.startsWith(BYTE_ORDER_MARK) ? 1 : 0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return { starts };
}

/** Line and column of an offset; an offset behind the text is on its last line. */
export function positionAt(index: LineIndex, offset: number): Position {
  let low = 0;
  let high = index.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((index.starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: Math.max(0, offset - (index.starts[low] ?? 0)) + 1 };
}

/**
 * What a site says of a range: where it begins, and the column behind its last unit. A range that goes on over the
 * line's end is cut there, because a site lies on one line.
 */
export function spanOf(
  index: LineIndex,
  range: Range,
): { readonly line: number; readonly column: number; readonly endColumn: number } {
  const { line, column } = positionAt(index, range.start);
  const lineStart = index.starts[line - 1] ?? 0;
  const nextLine = index.starts[line];
  const end = nextLine === undefined ? range.end : Math.min(range.end, nextLine - 1);
  return { line, column, endColumn: Math.max(column, end - lineStart + 1) };
}

/** How many items stand in front, in an order in which all of those do that `isInFront` says yes of. */
export function upperBound<T>(items: readonly T[], isInFront: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && isInFront(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
