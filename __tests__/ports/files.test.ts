import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTextFile, removeTemporaryFiles, writeWorkspaceFile, type WriteOptions } from '../../src/ports/files.ts';
import { isInside } from '../../src/ports/paths.ts';
import { TIMING } from '../../src/ports/timing.ts';

let root = '';
let workspace = '';
let temp = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'files-'));
  workspace = join(root, 'workspace');
  temp = join(root, 'temp');
  await Promise.all([mkdir(workspace), mkdir(temp), mkdir(join(root, 'outside'))]);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const write = (path: string, contents: string | Uint8Array, more: Partial<WriteOptions> = {}): Promise<string> =>
  writeWorkspaceFile(path, contents, { workspace, temp, ...more });
const read = (path: string): Promise<string> => readFile(join(workspace, path), 'utf8');
/** Links, pipes and modes are POSIX's. */
const WINDOWS = process.platform === 'win32';

describe('writing a file', () => {
  test('makes it with its folders, replaces it, and leaves it alone when nothing changes', async () => {
    expect(await write('a/b/c.json', 'one')).toBe('written');
    expect(await read('a/b/c.json')).toBe('one');
    expect(await write('a/b/c.json', 'two')).toBe('written');
    const before = await stat(join(workspace, 'a/b/c.json'));
    expect(await write('a/b/c.json', Buffer.from('two'))).toBe('unchanged');
    const after = await stat(join(workspace, 'a/b/c.json'));
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
    expect(await readdir(join(workspace, 'a/b'))).toEqual(['c.json']);
  });

  test('works in RUNNER_TEMP and by absolute paths', async () => {
    await write(join(temp, 'report.sarif'), '{}');
    await write(join(workspace, 'x'), 'y');
    expect([await readFile(join(temp, 'report.sarif'), 'utf8'), await read('x')]).toEqual(['{}', 'y']);
  });

  test('keeps the mode', async () => {
    if (WINDOWS) return;
    await writeFile(join(workspace, 'run.sh'), 'old');
    await chmod(join(workspace, 'run.sh'), 0o750);
    await write('run.sh', 'new');
    expect((await stat(join(workspace, 'run.sh'))).mode & 0o777).toBe(0o750);
  });

  test.each(['../outside/x', '/etc/passwd', '.', '', 'a/../../outside/x'])(
    'outside the workspace (%j) is refused',
    async (path) => {
      await expect(write(path, 'x')).rejects.toMatchObject({
        code: 'bad-input',
        message: expect.stringContaining('outside the workspace'),
      });
    },
  );

  test('through a link is refused, wherever it stands on the way', async () => {
    if (WINDOWS) return;
    await writeFile(join(root, 'outside/secret'), 'old');
    await symlink(join(root, 'outside/secret'), join(workspace, 'file'));
    await symlink(join(root, 'outside'), join(workspace, 'folder'));
    await symlink(join(root, 'outside/none'), join(workspace, 'dangling'));
    for (const path of ['file', 'folder/secret', 'folder/new/x', 'dangling']) {
      await expect(write(path, 'x')).rejects.toMatchObject({
        code: 'bad-input',
        message: expect.stringContaining('a symbolic link'),
      });
    }
    expect(await readFile(join(root, 'outside/secret'), 'utf8')).toBe('old');
    expect(await readdir(join(root, 'outside'))).toEqual(['secret']);
  });

  test('over a folder or a pipe is refused', async () => {
    if (WINDOWS) return;
    await mkdir(join(workspace, 'folder'));
    execFileSync('mkfifo', [join(workspace, 'pipe')]);
    for (const path of ['folder', 'pipe']) await expect(write(path, 'x')).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('that something else changed since it was read is refused', async () => {
    await writeFile(join(workspace, 'a'), 'changed');
    await expect(write('a', 'new', { expected: 'old' })).rejects.toMatchObject({
      message: expect.stringContaining('changed it meanwhile'),
    });
    await expect(write('a', 'new', { expected: null })).rejects.toMatchObject({ code: 'bad-input' });
    expect(await read('a')).toBe('changed');
    expect(await write('a', 'new', { expected: 'changed' })).toBe('written');
    await expect(write('gone', 'new', { expected: 'old' })).rejects.toMatchObject({ code: 'bad-input' });
    expect(await write('made', 'new', { expected: null })).toBe('written');
  });

  test('that cannot be written leaves what was there, and no temporary file', async () => {
    if (WINDOWS) return;
    if (process.getuid?.() === 0) return;
    await mkdir(join(workspace, 'locked'));
    await writeFile(join(workspace, 'locked/a'), 'old');
    await chmod(join(workspace, 'locked'), 0o555);
    await expect(write('locked/a', 'new')).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('locked/a'),
    });
    expect([await read('locked/a'), await readdir(join(workspace, 'locked'))]).toEqual(['old', ['a']]);
  });

  test('in the same folder at the same time ends with one of the contents', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => write('same', `contents ${index}`)),
    );
    expect(results.some((result) => result.status === 'fulfilled')).toBe(true);
    expect(await read('same')).toMatch(/^contents [0-9]$/);
    expect(await readdir(workspace)).toEqual(['same']);
  });

  test('leaves nothing when a signal ends it', async () => {
    const writing = write('big', Buffer.alloc(30_000_000)).catch(() => 'failed');
    let drafts: string[] = [];
    while (drafts.length === 0) drafts = (await readdir(workspace)).filter((name) => name.endsWith('.tmp'));
    removeTemporaryFiles();
    expect((await readdir(workspace)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    await writing;
    expect((await readdir(workspace)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

async function reading(contents: string | Uint8Array): ReturnType<typeof readTextFile> {
  await writeFile(join(workspace, 'f'), contents);
  return readTextFile(join(workspace, 'f'), 10);
}

describe('reading a text file', () => {
  test.each([
    ['text', { kind: 'text', text: 'text', bom: false }],
    ['', { kind: 'text', text: '', bom: false }],
    ['\uFEFFtext', { kind: 'text', text: 'text', bom: true }],
    ['0123456789', { kind: 'text', text: '0123456789', bom: false }],
    ['0123456789a', { kind: 'unread', why: 'too-large' }],
    [Uint8Array.of(0xff, 0xfe), { kind: 'unread', why: 'not-utf8' }],
  ])('of %j', async (contents, expected) => {
    expect(await reading(contents)).toEqual(expected);
  });

  test('that is none says what it is', async () => {
    expect(await readTextFile(join(workspace, 'none'), 10)).toEqual({ kind: 'unread', why: 'missing' });
    expect(await readTextFile(workspace, 10)).toEqual({ kind: 'unread', why: 'not-a-file' });
  });

  test('never follows a link nor waits for a pipe', async () => {
    if (WINDOWS) return;
    await symlink('/etc/hostname', join(workspace, 'link'));
    execFileSync('mkfifo', [join(workspace, 'pipe')]);
    expect(await readTextFile(join(workspace, 'link'), 10)).toEqual({ kind: 'unread', why: 'not-a-file' });
    expect(await readTextFile(join(workspace, 'pipe'), 10)).toEqual({ kind: 'unread', why: 'not-a-file' });
    expect((await lstat(join(workspace, 'link'))).isSymbolicLink()).toBe(true);
  });
});

test.each([
  ['/w', '/w', true],
  ['/w', '/w/a', true],
  ['/w', '/w/../x', false],
  ['/w', '/wide', false],
  ['/w', '/w/..a', true],
  ['/w', '/', false],
  ['/', '/a', true],
])('%s holds %s: %s', (folder, path, expected) => {
  expect(isInside(folder, path)).toBe(expected);
});

describe('sleep', () => {
  test('ends after its time', async () => {
    const before = TIMING.now();
    await TIMING.sleep(20, new AbortController().signal);
    expect(TIMING.now() - before).toBeGreaterThanOrEqual(19);
  });

  test('ends with the reason of the signal, before and while it sleeps', async () => {
    const reason = new Error('cancelled');
    await expect(TIMING.sleep(1e6, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const sleeping = TIMING.sleep(1e6, controller.signal);
    controller.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
  });
});
