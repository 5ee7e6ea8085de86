import { upperBound } from '../files/position.ts';
import { readPatch, type AddedSpans, type IsSameKind, type LineSpan, type PatchLine } from './diff.ts';
import type { ApiFile } from './pull-request.ts';

/** What a pull request (or push) changes, as far as it is needed to judge. */
export interface Scope {
  /** Whether a file is changed at all. */
  readonly isChanged: (file: string) => boolean;
  /**
   * Whether one of these lines is added. `lineText` gives a line of the file as it was scanned: where only the API's
   * diff is known, the checkout may be another commit and its lines may stand elsewhere.
   */
  readonly isAdded: (file: string, first: number, last: number, lineText: (line: number) => string) => boolean;
}

/** Everything counts. */
export const EVERYTHING: Scope = { isChanged: () => true, isAdded: () => true };

/** What git's own diff says; its lines are those of the checkout. */
export function scopeOfSpans(added: AddedSpans): Scope {
  const sorted = new Map<string, readonly LineSpan[]>();
  const spansOf = (file: string): readonly LineSpan[] => {
    const spans = sorted.get(file) ?? joined(added.get(file) ?? []);
    sorted.set(file, spans);
    return spans;
  };
  return {
    isChanged: (file) => added.has(file),
    isAdded(file, first, last) {
      const spans = spansOf(file);
      const span = spans[upperBound(spans, (one) => one.first <= last) - 1];
      return span !== undefined && first < span.first + span.count;
    },
  };
}

/** The same lines as spans in order that do not overlap. */
function joined(spans: readonly LineSpan[]): readonly LineSpan[] {
  const result: LineSpan[] = [];
  for (const span of spans.toSorted((one, other) => one.first - other.first)) {
    const before = result.at(-1);
    if (before === undefined || before.first + before.count < span.first) result.push(span);
    else {
      const end = Math.max(before.first + before.count, span.first + span.count);
      result[result.length - 1] = { first: before.first, count: end - before.first };
    }
  }
  return result;
}

/** Only these may change nothing. */
const WITHOUT_PATCH: ReadonlySet<string> = new Set(['renamed', 'unchanged']);

/** Whether the row says that no line changed: so does that of a file in which git shows no lines (`FileKinds`). */
export function isWithoutLines({ patch, changes, status }: ApiFile): boolean {
  return patch === undefined && changes === 0 && WITHOUT_PATCH.has(status);
}

/** What the rows of the API do not say of the files. */
export interface FileKinds {
  readonly isSameKind: IsSameKind;
  /** Whether git shows no lines of a file: a NUL in a comment or an attribute is enough, and it may hold new ones. */
  readonly isBinary: (file: string) => boolean;
}

/**
 * What the API says. A file without a patch counts as added altogether, unless nothing in it changed. With `complete`
 * false (the API lists 3,000 files) every file that is not listed counts as added as well.
 */
export function scopeOfApi(files: readonly ApiFile[], complete: boolean, { isSameKind, isBinary }: FileKinds): Scope {
  const rows = new Map(files.filter(({ status }) => status !== 'removed').map((row) => [row.filename, row]));
  const patches = new Map<string, AddedLines>();
  const linesOf = (row: ApiFile): AddedLines => {
    const known = patches.get(row.filename) ?? new AddedLines(row.patch ?? '');
    patches.set(row.filename, known);
    return known;
  };
  return {
    isChanged: (file) => rows.has(file) || !complete,
    isAdded(file, first, last, lineText) {
      const row = rows.get(file);
      if (row === undefined) return !complete;
      if (row.previous !== undefined && !isSameKind(row.previous, file)) return true;
      if (row.patch === undefined) return !isWithoutLines(row) || isBinary(file);
      const added = linesOf(row);
      // A patch that GitHub cut says less than was added.
      if (row.additions !== undefined && added.count < row.additions) return true;
      return added.overlap(first, last, lineText);
    },
  };
}

/** What one patch adds, by number and by text. */
class AddedLines {
  readonly count: number;
  readonly #lines: readonly PatchLine[];
  readonly #numbers: ReadonlySet<number>;
  readonly #texts: ReadonlySet<string>;
  /** Whether the numbers are those of the text that was asked about last. */
  #last: { readonly lineText: (line: number) => string; readonly inPlace: boolean } | undefined;

  constructor(patch: string) {
    // Texts of files are scanned without their byte order mark.
    this.#lines = readPatch(patch).flatMap((one) =>
      one.added ? [{ ...one, text: one.text.replace(/^\uFEFF/, '') }] : [],
    );
    this.count = this.#lines.length;
    this.#numbers = new Set(this.#lines.map(({ line }) => line));
    this.#texts = new Set(this.#lines.map(({ text }) => text));
  }

  overlap(first: number, last: number, lineText: (line: number) => string): boolean {
    if (this.#last?.lineText !== lineText) {
      this.#last = { lineText, inPlace: this.#lines.every(({ line, text }) => lineText(line) === text) };
    }
    const { inPlace } = this.#last;
    for (let line = first; line <= last; line += 1) {
      if (inPlace ? this.#numbers.has(line) : this.#texts.has(lineText(line))) return true;
    }
    return false;
  }
}
