import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createWorkspace } from '../../src/ports/workspace.ts';

let root = '';

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'workspace-'));
  write('Dockerfile', 'FROM alpine\r\n');
  write('bom', '\u{feff}FROM alpine');
  write('empty', '');
  write('latin1', Buffer.from([0x46, 0xe9]));
  write('half', Buffer.from([0x46, 0xc3]));
  write('surrogate', Buffer.from([0xed, 0xa0, 0x80]));
  write('limit', 'x'.repeat(1000));
  write('large', 'x'.repeat(1001));
  write('real/file', 'inside');
  write('node_modules/x/Dockerfile', 'FROM x');
  write(`${'d/'.repeat(12)}Dockerfile`, 'FROM deep');
  symlinkSync('Dockerfile', join(root, 'link'));
  symlinkSync('/etc', join(root, 'etc'));
  symlinkSync('real', join(root, 'alias'));
  symlinkSync('loop', join(root, 'loop'));
  symlinkSync('.', join(root, 'self'));
  mkdirSync(join(root, 'folder'));
  execFileSync('mkfifo', [join(root, 'pipe')]);
});

afterAll(() => rmSync(root, { recursive: true }));

const LIMITS = { scannedFileBytes: 1000, scannedFiles: 5, depth: 10 };

describe('reading', () => {
  test.each([
    ['Dockerfile', 'FROM alpine\r\n', false],
    ['bom', 'FROM alpine', true],
    ['empty', '', false],
    ['limit', 'x'.repeat(1000), false],
    ['real/file', 'inside', false],
  ])('%s is text', (path, text, hasByteOrderMark) => {
    expect(createWorkspace(root, LIMITS).read(path)).toEqual({ kind: 'text', text, hasByteOrderMark });
  });

  test.each([
    ['latin1', 'it is not valid UTF-8'],
    ['half', 'it is not valid UTF-8'],
    ['surrogate', 'it is not valid UTF-8'],
    ['large', 'it has 1001 bytes, at most 1000 are read'],
    ['link', 'it is a symbolic link'],
    ['loop', 'it is a symbolic link'],
    ['folder', 'it is not a regular file'],
    ['pipe', 'it is not a regular file'],
    ['etc/passwd', 'a folder of its path is a symbolic link'],
    ['alias/file', 'a folder of its path is a symbolic link'],
    ['self/self/Dockerfile', 'a folder of its path is a symbolic link'],
    ['Dockerfile/x', 'a folder of its path is not a folder'],
    ['missing', 'it is not in the checkout'],
    ['no/folder/missing', 'it is not in the checkout'],
    ['../x', 'its path leaves the workspace'],
    ['real/../Dockerfile', 'its path leaves the workspace'],
    ['/etc/passwd', 'its path leaves the workspace'],
    [`${'d/'.repeat(12)}Dockerfile`, 'it lies deeper than 10 folders'],
    ['bad\uFFFD.Dockerfile', 'its name is not valid UTF-8'],
    ['bad\uFFFD/Dockerfile', 'its name is not valid UTF-8'],
    [`${'x'.repeat(300)}.Dockerfile`, 'it cannot be read (ENAMETOOLONG)'],
    [`${'x'.repeat(300)}/Dockerfile`, 'it cannot be read (ENAMETOOLONG)'],
  ])('%s is left out: %s', (path, reason) => {
    const isFile = /UTF-8|bytes|deeper|cannot be read/.test(reason) ? { isFile: true } : {};
    expect(createWorkspace(root, LIMITS).read(path)).toEqual({ kind: 'skipped', reason, ...isFile });
  });

  test('a text is its own after the next one was read', () => {
    const workspace = createWorkspace(root, LIMITS);
    const first = workspace.read('real/file');
    workspace.read('limit');
    expect(first).toMatchObject({ text: 'inside' });
  });
});

describe('walking', () => {
  test('follows no link, enters neither .git nor node_modules, and says where it stopped', async () => {
    const { files, truncated, skipped } = await createWorkspace(root, LIMITS).walk((path) =>
      /Dockerfile$|file$/.test(path),
    );
    expect(files).toEqual(['Dockerfile', 'real/file']);
    expect(truncated).toBe(false);
    expect(skipped).toContainEqual({ file: 'node_modules', reason: 'it is vendored (node_modules/)' });
    expect(skipped.filter(({ file }) => file !== 'node_modules')).toEqual([
      { file: 'd/d/d/d/d/d/d/d/d/d', reason: 'it lies deeper than 10 folders', unjudged: 'more' },
    ]);
  });

  test('ends at its limit', async () => {
    const { files, truncated } = await createWorkspace(root, LIMITS).walk(() => true);
    expect([files.length, truncated]).toEqual([5, true]);
  });
});
