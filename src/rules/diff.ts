/*
 * Unified diffs, as `git diff --unified=0` prints them and as the `patch` of GitHub's API holds them. What stands in a
 * hunk is counted by its header, so no line of a file can pass for a header.
 */

/** Lines from `first` on, `count` of them. */
export interface LineSpan {
  readonly first: number;
  readonly count: number;
}

/** The lines that a diff adds, per file that exists afterwards; a file without added lines has none. */
export type AddedSpans = ReadonlyMap<string, readonly LineSpan[]>;

const ALL_LINES: LineSpan = { first: 1, count: Number.MAX_SAFE_INTEGER };
const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** Reads a diff line by line, so that its size does not matter. */
export interface DiffReader {
  readonly push: (line: string) => void;
  readonly result: () => AddedSpans;
}

/**
 * Whether a file that was renamed is still judged as it was. Where it is not (a text that becomes a Dockerfile), all of
 * its lines are new, or a rename would be a way around the check.
 */
export type IsSameKind = (from: string, to: string) => boolean;

/** A reader of what `git diff --unified=0 --src-prefix=a/ --dst-prefix=b/` prints. */
export function createDiffReader(isSameKind: IsSameKind): DiffReader {
  const files = new Map<string, LineSpan[]>();
  let spans: LineSpan[] | undefined;
  let pending = 0;
  let from = '';
  let unread: string | undefined;
  let name: string | undefined;
  // A content that changed without a hunk (git takes it for binary): all of its lines are new, never none.
  const closeFile = (): void => {
    fileOf(files, unread)?.push(ALL_LINES);
    unread = name = undefined;
  };
  const push = (line: string): void => {
    if (pending > 0) {
      // "\ No newline at end of file" belongs to the line before it.
      if (!line.startsWith('\\')) pending -= 1;
      return;
    }
    if (line.startsWith('+++ ')) spans = fileOf(files, newName(line.slice(4)));
    else if (line.startsWith('rename from ')) from = unquotePath(line.slice('rename from '.length));
    else if (line.startsWith('rename to ')) {
      const to = unquotePath(line.slice('rename to '.length));
      name = to;
      const renamed = fileOf(files, to);
      if (!isSameKind(from, to)) renamed?.push(ALL_LINES);
    } else if (line.startsWith('diff --git ')) {
      closeFile();
      spans = undefined;
      name = sameName(line.slice('diff --git '.length));
    } else if (line.startsWith('index ')) unread = name;
    const hunk = HUNK.exec(line);
    if (hunk === null) return;
    unread = undefined;
    const removed = Number(hunk[1] ?? '1');
    const count = Number(hunk[3] ?? '1');
    pending = removed + count;
    if (count > 0) spans?.push({ first: Number(hunk[2]), count });
  };
  const result = (): AddedSpans => {
    closeFile();
    return files;
  };
  return { push, result };
}

/** The path in `a/path b/path`, quoted or not, where both are the same; a rename names its own. */
function sameName(text: string): string | undefined {
  const middle = (text.length - 1) / 2;
  const [before, after] = [text.slice(0, middle), text.slice(middle + 1)].map((half) => unquotePath(half).slice(2));
  return before === after ? after : undefined;
}

/** The path behind `+++`; undefined for `/dev/null`. git writes a tab behind a name with blanks. */
function newName(text: string): string | undefined {
  const path = unquotePath(text.endsWith('\t') ? text.slice(0, -1) : text);
  return path.startsWith('b/') ? path.slice(2) : undefined;
}

function fileOf(files: Map<string, LineSpan[]>, path: string | undefined): LineSpan[] | undefined {
  if (path === undefined) return undefined;
  const spans = files.get(path) ?? [];
  files.set(path, spans);
  return spans;
}

const ESCAPES: ReadonlyMap<string, number> = new Map([
  ['a', 7],
  ['b', 8],
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
  ['"', 34],
  ['\\', 92],
]);

/** A path as git writes it: in quotes with C's escapes, octal ones for bytes, when it holds anything unusual. */
export function unquotePath(text: string): string {
  if (!text.startsWith('"') || !text.endsWith('"') || text.length < 2) return text;
  const bytes: number[] = [];
  const body = new TextEncoder().encode(text.slice(1, -1));
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    if (byte !== 92) {
      bytes.push(byte);
      continue;
    }
    const octal = /^[0-3][0-7]{2}/.exec(String.fromCodePoint(...body.subarray(at + 1, at + 4)));
    if (octal === null) {
      const escaped = String.fromCodePoint(body[at + 1] ?? 0);
      bytes.push(ESCAPES.get(escaped) ?? body[at + 1] ?? 0);
      at += 1;
    } else {
      bytes.push(Number.parseInt(octal[0], 8));
      at += 3;
    }
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** One line of a patch that exists afterwards. */
export interface PatchLine {
  readonly line: number;
  readonly text: string;
  /** Whether the patch adds it; otherwise it is context. */
  readonly added: boolean;
}

/** The lines of the new side in the `patch` of one file of GitHub's API; carriage returns at their ends are left out. */
export function readPatch(patch: string): readonly PatchLine[] {
  const found: PatchLine[] = [];
  let next = 0;
  let pendingNew = 0;
  let pendingOld = 0;
  for (const raw of patch.split('\n')) {
    if (pendingNew <= 0 && pendingOld <= 0) {
      const hunk = HUNK.exec(raw);
      if (hunk === null) continue;
      pendingOld = Number(hunk[1] ?? '1');
      next = Number(hunk[2]);
      pendingNew = Number(hunk[3] ?? '1');
      continue;
    }
    const sign = raw[0] ?? ' ';
    if (sign === '\\') continue;
    if (sign !== '+') pendingOld -= 1;
    if (sign === '-') continue;
    pendingNew -= 1;
    found.push({ line: next, text: raw.slice(1).replace(/\r$/, ''), added: sign === '+' });
    next += 1;
  }
  return found;
}
