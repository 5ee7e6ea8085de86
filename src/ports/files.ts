import { createHash, randomBytes } from 'node:crypto';
import { constants, rmSync, type Stats } from 'node:fs';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { UserError } from '../core/errors.ts';
import { isInside } from './paths.ts';
import { codeOf } from './transport-error.ts';

/** Where files may be written: nowhere else (SAFETY.md T36–T41). */
export interface WritableFolders {
  readonly workspace: string;
  /** RUNNER_TEMP. */
  readonly temp?: string;
}

export interface WriteOptions extends WritableFolders {
  /**
   * The text that the new contents were made from: the file is only replaced when it still holds that, `null` when
   * it did not exist. Left out, whatever is there is replaced.
   */
  readonly expected?: string | null;
}

/** Temporary files that exist now. */
const temporary = new Set<string>();

/** Removes the temporary files of writes that are under way: for a signal handler, hence without waiting. */
export function removeTemporaryFiles(): void {
  for (const path of temporary) rmSync(path, { force: true });
  temporary.clear();
}

/**
 * Writes a file so that at any moment it is its old or its new self: a temporary file beside it, flushed, then
 * renamed over it. Parent folders are made. `path` is relative to the workspace or absolute.
 * @returns `unchanged` when the file held the contents already and was left alone.
 * @throws UserError `bad-input` for a place that must not be written, or a file that changed meanwhile.
 */
export async function writeWorkspaceFile(
  path: string,
  contents: string | Uint8Array,
  options: WriteOptions,
): Promise<'written' | 'unchanged'> {
  const bytes = typeof contents === 'string' ? Buffer.from(contents) : contents;
  const full = resolve(options.workspace, path);
  const folder = writableFolder(path, full, options);
  return explained(path, async () => {
    await makeParents(folder, full, path);
    const before = await stateOf(full, path);
    refuseUnexpected(path, before, options.expected);
    if (before !== undefined && before.hash === hashOf(bytes)) return 'unchanged';
    await replace(full, path, bytes, before);
    return 'written';
  });
}

/**
 * Whether a path may be written, as far as that can be told before there is anything to write.
 * @throws UserError `bad-input` for a place outside the workspace, behind a link, or that is no regular file.
 */
export async function checkWritablePath(path: string, options: WritableFolders): Promise<void> {
  const full = resolve(options.workspace, path);
  const folder = writableFolder(path, full, options);
  let current = folder;
  for (const part of relative(folder, full).split(sep)) {
    current = join(current, part);
    const found = await statOf(current);
    if (found === undefined) return;
    const wanted = current === full ? found.isFile() : found.isDirectory();
    if (!wanted)
      throw unsafe(path, `${current} is ${kindOf(found)}, not a ${current === full ? 'regular file' : 'folder'}`);
  }
}

/** The folder that the path is in and that may be written. */
function writableFolder(path: string, full: string, { workspace, temp }: WritableFolders): string {
  const folder = [workspace, temp]
    .filter((one) => one !== undefined)
    .find((one) => isInside(one, full) && resolve(one) !== full);
  if (folder !== undefined) return resolve(folder);
  throw new UserError(
    'bad-input',
    `${path} is not written: it is outside the workspace`,
    'Give a path inside the workspace or RUNNER_TEMP.',
  );
}

/** Looks at every folder on the way, without following links, and makes those that are missing. */
async function makeParents(folder: string, full: string, path: string): Promise<void> {
  const way = relative(folder, dirname(full))
    .split(sep)
    .filter((part) => part !== '');
  let current = folder;
  for (const part of way) {
    current = join(current, part);
    const found = await statOf(current);
    if (found === undefined) await mkdir(current);
    else if (!found.isDirectory()) throw unsafe(path, `${current} is ${kindOf(found)}, not a folder`);
  }
}

interface FileState {
  readonly hash: string;
  readonly inode: string;
  readonly mode: number;
}

/** The regular file that is there, undefined when nothing is. */
async function stateOf(full: string, path: string): Promise<FileState | undefined> {
  const found = await statOf(full);
  if (found === undefined) return undefined;
  if (!found.isFile()) throw unsafe(path, `it is ${kindOf(found)}, not a regular file`);
  const file = await open(full, constants.O_RDONLY | NO_FOLLOW);
  try {
    const opened = await file.stat();
    if (!opened.isFile()) throw unsafe(path, 'it is not a regular file');
    return { hash: hashOf(await file.readFile()), inode: `${opened.dev}:${opened.ino}`, mode: opened.mode & 0o7777 };
  } finally {
    await file.close();
  }
}

/** Windows has no such flag, and no links without privilege. */
const NO_FOLLOW = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW;

function refuseUnexpected(path: string, before: FileState | undefined, expected: string | null | undefined): void {
  if (expected === undefined) return;
  const wanted = expected === null ? undefined : hashOf(Buffer.from(expected));
  if (before?.hash !== wanted) throw changedMeanwhile(path);
}

async function replace(full: string, path: string, bytes: Uint8Array, before: FileState | undefined): Promise<void> {
  const draft = join(dirname(full), `.image-digest-${randomBytes(8).toString('hex')}.tmp`);
  temporary.add(draft);
  try {
    // The mode is set apart, since the process's mask would cut it.
    const file = await open(draft, 'wx', before?.mode ?? 0o666);
    try {
      if (before !== undefined) await file.chmod(before.mode);
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    const now = await stateOf(full, path);
    if (now?.hash !== before?.hash || now?.inode !== before?.inode) throw changedMeanwhile(path);
    await rename(draft, full);
  } finally {
    await rm(draft, { force: true });
    temporary.delete(draft);
  }
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function kindOf(found: Stats): string {
  if (found.isSymbolicLink()) return 'a symbolic link';
  if (found.isDirectory()) return 'a folder';
  return found.isFile() ? 'a file' : 'a special file';
}

function unsafe(path: string, why: string): UserError {
  return new UserError(
    'bad-input',
    `${path} is not written: ${why}`,
    'Give a path without symbolic links inside the workspace.',
  );
}

function changedMeanwhile(path: string): UserError {
  return new UserError(
    'bad-input',
    `${path} is not written: something else changed it meanwhile`,
    'Run the step again when nothing else writes the file.',
  );
}

/** Turns the system's errors (disk full, no permission) into one that names the file. */
async function explained<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError || codeOf(error) === '') throw error;
    const message = `${path} is not written: ${Error.isError(error) ? error.message : codeOf(error)}`;
    throw new UserError('bad-input', message, 'Check the permissions and the space of the disk.', { cause: error });
  }
}

/** Why a file was not read. */
export type Unread = 'missing' | 'not-a-file' | 'too-large' | 'not-utf8' | 'unreadable';

export type TextFile =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** Whether a byte order mark stood before the text. */ readonly bom: boolean;
    }
  | { readonly kind: 'unread'; readonly why: Unread };

/** Reads a regular file of UTF-8 text, at most `maxBytes`; links are not followed. Never throws. */
export async function readTextFile(path: string, maxBytes: number): Promise<TextFile> {
  try {
    const found = await lstat(path);
    if (!found.isFile()) return { kind: 'unread', why: 'not-a-file' };
    const file = await open(path, constants.O_RDONLY | NO_FOLLOW | NO_WAIT);
    try {
      if (!(await file.stat()).isFile()) return { kind: 'unread', why: 'not-a-file' };
      return decodeText(await readAtMost(file, maxBytes), maxBytes);
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = codeOf(error);
    return { kind: 'unread', why: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable' };
  }
}

/** A pipe that has taken the file's place must not make the opening wait. */
const NO_WAIT = process.platform === 'win32' ? 0 : constants.O_NONBLOCK;

/** One byte more than allowed tells that there is more, whatever the size was said to be. */
async function readAtMost(file: Awaited<ReturnType<typeof open>>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of file.createReadStream({ end: maxBytes, autoClose: false })) {
    if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decodeText(bytes: Buffer, maxBytes: number): TextFile {
  if (bytes.length > maxBytes) return { kind: 'unread', why: 'too-large' };
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), bom };
  } catch {
    return { kind: 'unread', why: 'not-utf8' };
  }
}
