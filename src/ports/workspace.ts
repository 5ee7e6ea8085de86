import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS } from '../core/limits.ts';

/*
 * Files of a workspace that strangers may have filled: symbolic links are never followed, in no component of a path;
 * only regular files of a bounded size are opened, and what was opened is looked at again (SAFETY.md T36, T39).
 * Reading is synchronous on purpose: hundreds of small files take a third of the time that promises cost.
 */

/** The paths of a workspace, relative to it, with `/`. */
export interface Listing {
  readonly files: readonly string[];
  /** Whether there are more than the limit, and the rest is left out. */
  readonly truncated: boolean;
  /** Folders that were not entered, with the reason; `unjudged` where only a limit kept them from being so. */
  readonly skipped: readonly { readonly file: string; readonly reason: string; readonly unjudged?: 'more' }[];
}

/** A file's text, or why it is not read. */
export type FileText =
  | { readonly kind: 'text'; readonly text: string; readonly hasByteOrderMark: boolean }
  /** `isFile`: it is a file with contents, which a limit or their encoding keeps from being read. */
  | { readonly kind: 'skipped'; readonly reason: string; readonly isFile?: true };

/** A workspace that can be read. */
export interface Workspace {
  readonly root: string;
  /** The files whose path is wanted, by walking: for a workspace that git does not know. */
  readonly walk: (isWanted: (path: string) => boolean, signal?: AbortSignal) => Promise<Listing>;
  readonly read: (path: string) => FileText;
}

/** Folders that are not entered when git does not say what belongs to the repository. */
const NEVER_ENTERED: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** Entries of all folders that are looked at: beyond them a tree is made to take time. */
const MAX_ENTRIES = 1_000_000;

export type WorkspaceLimits = Readonly<Record<'scannedFileBytes' | 'scannedFiles' | 'depth', number>>;

/** The workspace in `root`. */
export function createWorkspace(root: string, limits: WorkspaceLimits = LIMITS): Workspace {
  const folders = new Map<string, NotRead | undefined>();
  const reader = new Reader(limits.scannedFileBytes);
  return {
    root,
    walk: (isWanted, signal) => walk(root, isWanted, limits, signal),
    read(path) {
      const components = path.split('/');
      if (components.length > limits.depth) return { ...skipped(tooDeep(limits)), isFile: true };
      const refusal = refusalOfPath(components) ?? refusalOfFolders(root, path, folders);
      const read = refusal === undefined ? reader.read(join(root, path)) : refusal;
      // What stands for bytes that are no text is no name under which the file can be found.
      return read.kind === 'skipped' && path.includes('\uFFFD') ? NO_NAME : read;
    },
  };
}

type NotRead = Extract<FileText, { kind: 'skipped' }>;

function skipped(reason: string): NotRead {
  return { kind: 'skipped', reason };
}

const NO_NAME: NotRead = { kind: 'skipped', reason: 'its name is not valid UTF-8', isFile: true };

function refusalOfPath(components: readonly string[]): NotRead | undefined {
  const leaves = components.some((component) => component === '' || component === '.' || component === '..');
  return leaves ? skipped('its path leaves the workspace') : undefined;
}

function tooDeep({ depth }: WorkspaceLimits): string {
  return `it lies deeper than ${depth} folders`;
}

/** Why one of the folders above the file is none; asked once for each. */
function refusalOfFolders(root: string, path: string, known: Map<string, NotRead | undefined>): NotRead | undefined {
  const slash = path.lastIndexOf('/');
  if (slash < 0) return undefined;
  const folder = path.slice(0, slash);
  if (!known.has(folder)) {
    known.set(folder, refusalOfFolders(root, folder, known) ?? refusalOfFolder(join(root, folder)));
  }
  return known.get(folder);
}

function refusalOfFolder(path: string): NotRead | undefined {
  const stats = lstat(path);
  if ('kind' in stats) return stats;
  if (stats.isSymbolicLink()) return skipped('a folder of its path is a symbolic link');
  return stats.isDirectory() ? undefined : skipped('a folder of its path is not a folder');
}

function lstat(path: string): Stats | NotRead {
  try {
    return lstatSync(path);
  } catch (error) {
    return whyNot(error);
  }
}

/** Why the system refuses: its code only, because its message holds absolute paths. What is there may hold references. */
function whyNot(error: unknown): NotRead {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return skipped('it is not in the checkout');
  if (code === 'ENXIO') return skipped(NOT_REGULAR);
  const reason = code === 'EACCES' || code === 'EPERM' ? 'it may not be read' : `it cannot be read (${code})`;
  return { ...skipped(reason), isFile: true };
}

function codeOf(error: unknown): string {
  return Error.isError(error) && 'code' in error ? String(error.code) : 'unknown error';
}

/** Opens without following a link, and without waiting for a pipe that took the file's place. Windows has neither. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
const OPENS_LINKS = constants.O_NOFOLLOW === undefined;

/** Reads regular files into one piece of memory that is used again: hundreds of small ones would keep the collector busy. */
class Reader {
  readonly #limit: number;
  #memory: Buffer | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  read(path: string): FileText {
    if (OPENS_LINKS) {
      const stats = lstat(path);
      if ('kind' in stats) return stats;
      if (stats.isSymbolicLink()) return skipped(IS_LINK);
    }
    let descriptor: number | undefined;
    try {
      descriptor = openSync(path, FLAGS);
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) return skipped(NOT_REGULAR);
      return stats.size > this.#limit ? this.#tooLarge(stats.size) : this.#decode(descriptor, stats.size);
    } catch (error) {
      return codeOf(error) === 'ELOOP' ? skipped(IS_LINK) : whyNot(error);
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }

  #tooLarge(size: number): FileText {
    return { ...skipped(`it has ${size} bytes, at most ${this.#limit} are read`), isFile: true };
  }

  /** A file that grows while it is read is cut at its size of before. */
  #decode(descriptor: number, size: number): FileText {
    this.#memory ??= Buffer.allocUnsafeSlow(this.#limit);
    let done = 0;
    while (done < size) {
      const count = readSync(descriptor, this.#memory, done, size - done, null);
      if (count === 0) break;
      done += count;
    }
    return decode(this.#memory.subarray(0, done));
  }
}

const IS_LINK = 'it is a symbolic link';
const NOT_REGULAR = 'it is not a regular file';

function decode(bytes: Buffer): FileText {
  if (!isUtf8(bytes)) return { ...skipped('it is not valid UTF-8'), isFile: true };
  const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = bytes.toString('utf8', hasByteOrderMark ? 3 : 0);
  return { kind: 'text', text, hasByteOrderMark };
}

async function walk(
  root: string,
  isWanted: (path: string) => boolean,
  limits: WorkspaceLimits,
  signal: AbortSignal | undefined,
): Promise<Listing> {
  const files: string[] = [];
  const left: Listing['skipped'][number][] = [];
  const folders = [''];
  let seen = 0;
  const cut = (): Listing => ({ files: files.slice(0, limits.scannedFiles), truncated: true, skipped: left });
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await entriesOf(join(root, folder));
    if ('kind' in entries) {
      left.push({
        file: folder === '' ? '.' : folder,
        reason: entries.reason,
        ...(entries.isFile === true ? { unjudged: 'more' } : {}),
      });
      continue;
    }
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      seen += 1;
      if (!entry.isDirectory()) {
        if (isWanted(path)) files.push(path);
      } else if (path.split('/').length >= limits.depth) {
        left.push({ file: path, reason: tooDeep(limits), unjudged: 'more' });
      } else if (!NEVER_ENTERED.has(entry.name)) folders.push(path);
      else if (entry.name !== '.git') left.push({ file: path, reason: `it is vendored (${entry.name}/)` });
      if (files.length > limits.scannedFiles || seen > MAX_ENTRIES) return cut();
    }
    if (signal?.aborted === true) return cut();
  }
  return { files: files.toSorted(), truncated: false, skipped: left };
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    return whyNot(error);
  }
}
