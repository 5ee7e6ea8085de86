import { applyEdits } from '../files/edit.ts';
import { indexLines, positionAt, type LineIndex } from '../files/position.ts';
import type { Edit } from '../files/site.ts';

/** A file with its edits. */
export interface PatchedFile {
  readonly path: string;
  /** Without byte order mark. */
  readonly text: string;
  readonly hasByteOrderMark: boolean;
  /** Do not overlap (`compatible` of rules/fix). */
  readonly edits: readonly Edit[];
}

/** Lines around a change: what `git apply` wants to see, and finds the place by when lines have moved. */
const CONTEXT = 3;
const BYTE_ORDER_MARK = '\u{feff}';

/** A patch for `git apply`, of files in path order; empty when nothing changes. Bytes elsewhere are as they were. */
export function patchOf(files: readonly PatchedFile[]): string {
  return files
    .filter(({ edits }) => edits.length > 0)
    .toSorted((one, other) => (one.path < other.path ? -1 : 1))
    .map(patchOfFile)
    .join('');
}

function patchOfFile(file: PatchedFile): string {
  const before = quotePath(`a/${file.path}`);
  const after = quotePath(`b/${file.path}`);
  const header = `diff --git ${before} ${after}\n--- ${before}\n+++ ${after}\n`;
  const mark = file.hasByteOrderMark ? BYTE_ORDER_MARK : '';
  const source = markedSource(file, mark);
  const lines = indexLines(source.text);
  let shift = 0;
  const hunks = hunksOf(source.edits, lines, linesIn(source.text, lines)).map((hunk) => {
    const made = writeHunk(source.text, lines, hunk, shift);
    shift = made.shift;
    return made.text;
  });
  return header + hunks.join('');
}

/** Text and edits with the mark in place: it belongs to the first line. */
function markedSource({ text, edits }: PatchedFile, mark: string): { text: string; edits: readonly Edit[] } {
  if (mark === '') return { text, edits };
  const moved = edits.map(({ start, end, text: inserted }) => ({ start: start + 1, end: end + 1, text: inserted }));
  return { text: mark + text, edits: moved };
}

/** Lines that a hunk changes, 1-based and inclusive, with the edits in them. */
interface Change {
  readonly first: number;
  readonly last: number;
  readonly edits: readonly Edit[];
}

/** Several changes so near to each other that they share context. */
interface Hunk {
  readonly first: number;
  readonly last: number;
  readonly changes: readonly Change[];
}

/** Lines of the text; what stands behind the last line end is one when it is not empty. */
function linesIn(text: string, { starts }: LineIndex): number {
  return (starts.at(-1) ?? 0) === text.length ? starts.length - 1 : starts.length;
}

function hunksOf(edits: readonly Edit[], lines: LineIndex, count: number): readonly Hunk[] {
  const hunks: Hunk[] = [];
  for (const change of changesOf(edits, lines)) {
    const first = Math.max(1, change.first - CONTEXT);
    const last = Math.min(count, change.last + CONTEXT);
    const before = hunks.at(-1);
    if (before === undefined || before.last + 1 < first) hunks.push({ first, last, changes: [change] });
    else hunks.splice(-1, 1, { first: before.first, last, changes: [...before.changes, change] });
  }
  return hunks;
}

function changesOf(edits: readonly Edit[], lines: LineIndex): readonly Change[] {
  const changes: Change[] = [];
  for (const edit of edits.toSorted((one, other) => one.start - other.start || one.end - other.end)) {
    const first = positionAt(lines, edit.start).line;
    const last = positionAt(lines, edit.end).line;
    const before = changes.at(-1);
    if (before === undefined || before.last < first) changes.push({ first, last, edits: [edit] });
    else
      changes.splice(-1, 1, { first: before.first, last: Math.max(before.last, last), edits: [...before.edits, edit] });
  }
  return changes;
}

function writeHunk(text: string, lines: LineIndex, hunk: Hunk, shift: number): { text: string; shift: number } {
  const out: string[] = [];
  let removed = 0;
  let added = 0;
  const slice = (first: number, last: number): string => sliceLines(text, lines, first, last);
  const context = (first: number, last: number): void => {
    const kept = splitLines(slice(first, last));
    removed += kept.length;
    added += kept.length;
    out.push(...kept.map((line) => marked(' ', line)));
  };
  let next = hunk.first;
  for (const change of hunk.changes) {
    context(next, change.first - 1);
    const old = slice(change.first, change.last);
    const fresh = applyEdits(old, movedEdits(change.edits, lines.starts[change.first - 1] ?? 0, change.first));
    const { kept, oldLines, newLines, rest } = difference(splitLines(old), splitLines(fresh));
    removed += kept.length + oldLines.length + rest.length;
    added += kept.length + newLines.length + rest.length;
    out.push(
      ...kept.map((line) => marked(' ', line)),
      ...oldLines.map((line) => marked('-', line)),
      ...newLines.map((line) => marked('+', line)),
      ...rest.map((line) => marked(' ', line)),
    );
    next = change.last + 1;
  }
  context(next, hunk.last);
  const header = `@@ -${hunk.first},${removed} +${hunk.first + shift},${added} @@\n`;
  return { text: header + out.join(''), shift: shift + added - removed };
}

interface Difference {
  readonly kept: readonly string[];
  readonly oldLines: readonly string[];
  readonly newLines: readonly string[];
  readonly rest: readonly string[];
}

/** Lines that stay at both ends are context: an edit that adds a line touches the one before it only in its end. */
function difference(before: readonly string[], after: readonly string[]): Difference {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return {
    kept: before.slice(0, start),
    oldLines: before.slice(start, before.length - end),
    newLines: after.slice(start, after.length - end),
    rest: before.slice(before.length - end),
  };
}

/** The first line begins at offset 0 even where the index begins behind a byte order mark. */
function startOf(lines: LineIndex, line: number): number {
  return line === 1 ? 0 : (lines.starts[line - 1] ?? 0);
}

function sliceLines(text: string, lines: LineIndex, first: number, last: number): string {
  return last < first ? '' : text.slice(startOf(lines, first), lines.starts[last] ?? text.length);
}

function movedEdits(edits: readonly Edit[], start: number, line: number): readonly Edit[] {
  const base = line === 1 ? 0 : start;
  return edits.map((edit) => ({ start: edit.start - base, end: edit.end - base, text: edit.text }));
}

/** Lines with their ends; a carriage return is part of the line for git. */
function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function marked(sign: ' ' | '-' | '+', line: string): string {
  return line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\t', String.raw`\t`],
  ['\n', String.raw`\n`],
  ['\r', String.raw`\r`],
  ['"', String.raw`\"`],
  ['\\', String.raw`\\`],
]);

/** A path as git writes it: in quotes with C's escapes when it holds anything that would be read otherwise. */
function quotePath(path: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what has to be escaped
  if (!/[\u0000-\u001f\u007f"\\ ]/.test(path)) return path;
  // oxlint-disable-next-line no-control-regex -- these are what has to be escaped
  const escaped = path.replaceAll(/[\u0000-\u001f\u007f"\\]/g, (character) => {
    const octal = (character.codePointAt(0) ?? 0).toString(8).padStart(3, '0');
    return ESCAPES.get(character) ?? `\\${octal}`;
  });
  return `"${escaped}"`;
}
