import type { Range } from './site.ts';

/** From unit `at` of the text on, the units stand one after the other at `start` in the file. */
interface Run {
  readonly at: number;
  readonly start: number;
}

/**
 * A text that was put together from places of a file (continued lines, an unescaped string, a dedented block), which
 * knows for each of its UTF-16 units where in the file it stands.
 */
export interface MappedText {
  readonly text: string;
  /** Ascending by `at`, the first at 0; empty for the empty text. */
  readonly runs: readonly Run[];
}

/** A piece of a mapped text that stands in one place of the file, unit for unit. */
export interface MappedPiece {
  readonly text: string;
  readonly start: number;
}

/** The text as it stands at `start` in the file. */
export function mapText(text: string, start = 0): MappedText {
  return { text, runs: text === '' ? [] : [{ at: 0, start }] };
}

/** The pieces one after the other; neighbours in the file become one run. */
export function joinPieces(pieces: readonly MappedPiece[]): MappedText {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return mapText(only.text, only.start);
  const runs: Run[] = [];
  const texts: string[] = [];
  let length = 0;
  let expected = -1;
  for (const { text, start } of pieces) {
    if (text === '') continue;
    if (start !== expected) runs.push({ at: length, start });
    texts.push(text);
    length += text.length;
    expected = start + text.length;
  }
  return { text: texts.join(''), runs };
}

/** These ranges of the text one after the other, with their places. */
export function joinRanges(source: MappedText, ranges: readonly Range[]): MappedText {
  const [only] = ranges;
  if (only !== undefined && ranges.length === 1) return sliceText(source, only.start, only.end);
  const runs: Run[] = [];
  const texts: string[] = [];
  let length = 0;
  let expected = -1;
  for (const { start: from, end: to } of ranges) {
    if (from >= to) continue;
    for (let index = runIndex(source, from); ; index++) {
      const run = source.runs[index];
      if (run === undefined || run.at >= to) break;
      const skipped = Math.max(0, from - run.at);
      const start = run.start + skipped;
      const at = run.at + skipped;
      if (start !== expected) runs.push({ at: length + at - from, start });
      expected = start + Math.min(to, source.runs[index + 1]?.at ?? to) - at;
    }
    texts.push(source.text.slice(from, to));
    length += to - from;
  }
  return { text: texts.join(''), runs };
}

/** The part of the text from unit `from` up to `to`, with its places. */
export function sliceText(source: MappedText, from: number, to: number = source.text.length): MappedText {
  if (from >= to) return { text: '', runs: [] };
  if (from === 0 && to === source.text.length) return source;
  const first = runIndex(source, from);
  // Most stand in one place. A list that grows has room for 17, which tens of thousands of words do not need.
  if ((source.runs[first + 1]?.at ?? to) >= to) return mapText(source.text.slice(from, to), placeOf(source, from));
  const runs: Run[] = [];
  for (let index = first; index < source.runs.length; index++) {
    const run = source.runs[index];
    if (run === undefined || run.at >= to) break;
    const skipped = Math.max(0, from - run.at);
    runs.push({ at: run.at + skipped - from, start: run.start + skipped });
  }
  return { text: source.text.slice(from, to), runs };
}

/** Where in the file unit `at` of the text stands. */
export function placeOf(source: MappedText, at: number): number {
  const run = source.runs[runIndex(source, at)];
  return run === undefined ? 0 : run.start + at - run.at;
}

/** From the first to behind the last unit of the text, as places in the file. */
export function rangeOf(source: MappedText): Range {
  if (source.text === '') return { start: 0, end: 0 };
  return { start: placeOf(source, 0), end: placeOf(source, source.text.length - 1) + 1 };
}

/** The text as pieces that each stand in one place. */
export function piecesOf(source: MappedText): readonly MappedPiece[] {
  return source.runs.map((run, index) => ({
    text: source.text.slice(run.at, source.runs[index + 1]?.at ?? source.text.length),
    start: run.start,
  }));
}

/** Binary search: the last run that begins at or before `at`. */
function runIndex(source: MappedText, at: number): number {
  let low = 0;
  let high = source.runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.runs[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
