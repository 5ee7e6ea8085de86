import { readPatch, type AddedSpans, type IsSameKind, type PatchLine } from './diff.ts';
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
  return {
    isChanged: (file) => added.has(file),
    isAdded: (file, first, last) =>
      (added.get(file) ?? []).some((span) => first < span.first + span.count && span.first <= last),
  };
}

/** Only these may change nothing: a binary file (a NUL in a comment makes one) has no changes and no patch either. */
const WITHOUT_PATCH: ReadonlySet<string> = new Set(['renamed', 'unchanged']);

/**
 * What the API says. A file without a patch counts as added altogether, unless nothing in it changed. With `complete`
 * false (the API lists 3,000 files) every file that is not listed counts as added as well.
 */
export function scopeOfApi(files: readonly ApiFile[], complete: boolean, isSameKind: IsSameKind): Scope {
  const rows = new Map(files.filter(({ status }) => status !== 'removed').map((row) => [row.filename, row]));
  const patches = new Map<string, readonly PatchLine[]>();
  const linesOf = (row: ApiFile): readonly PatchLine[] => {
    const known = patches.get(row.filename) ?? readPatch(row.patch ?? '').filter(({ added }) => added);
    patches.set(row.filename, known);
    return known;
  };
  return {
    isChanged: (file) => rows.has(file) || !complete,
    isAdded(file, first, last, lineText) {
      const row = rows.get(file);
      if (row === undefined) return !complete;
      if (row.previous !== undefined && !isSameKind(row.previous, file)) return true;
      if (row.patch === undefined) return row.changes > 0 || !WITHOUT_PATCH.has(row.status);
      const added = linesOf(row);
      // A patch that GitHub cut says less than was added.
      if (row.additions !== undefined && added.length < row.additions) return true;
      const inPlace = added.every(({ line, text }) => lineText(line) === text);
      for (let line = first; line <= last; line += 1) {
        const text = lineText(line);
        if (added.some((one) => (inPlace ? one.line === line : one.text === text))) return true;
      }
      return false;
    },
  };
}
