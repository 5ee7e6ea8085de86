import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createGit } from '../../src/ports/git.ts';
import { createRepository, pullRequest, shallowClone, type GitRepository } from '../support/git-repository.ts';

const made: GitRepository[] = [];

function repository(): GitRepository {
  const one = createRepository();
  made.push(one);
  return one;
}

afterEach(() => {
  for (const one of made.splice(0)) one.remove();
});

function gitIn({ folder }: GitRepository) {
  return createGit(folder, process.env);
}

describe('the time of a commit', () => {
  test('is the committer’s, with its own offset', async () => {
    const one = repository();
    const id = one.commit({ a: '1' });
    expect(await gitIn(one).commitTime(id)).toBe('2026-11-01T12:00:00Z');
    const tree = one.git('rev-parse', `${id}^{tree}`);
    const lines = [
      `tree ${tree}`,
      'author committer <x> 1 +0000 <a@b> 1700000000 +0000',
      'committer Ada <a@b> 1700000000 -0930',
    ];
    writeFileSync(join(one.folder, 'commit'), `${lines.join('\n')}\n\ncommitter Eve <e@f> 1 +0000\n`);
    const written = one.git('hash-object', '-t', 'commit', '-w', '--literally', 'commit');
    expect(await gitIn(one).commitTime(written)).toBe('2023-11-14T12:43:20-09:30');
  });

  test('is not known of a commit that is not there, and of what is none', async () => {
    const one = repository();
    one.commit({ a: '1' });
    for (const id of ['0'.repeat(40), 'main', '--output=x']) {
      expect(await gitIn(one).commitTime(id)).toBeUndefined();
    }
  });
});

describe('files that git tracks', () => {
  test('with any name, without what is ignored or untracked', async () => {
    const one = repository();
    one.commit({ '.gitignore': 'out/\n', 'a b/ä\t"\n.yml': 'x', Dockerfile: 'x', '-rf': 'x' });
    one.write({ 'out/x': 'x', untracked: 'x' });
    expect([...((await gitIn(one).trackedFiles()) ?? [])].toSorted()).toEqual([
      '-rf',
      '.gitignore',
      'Dockerfile',
      'a b/ä\t"\n.yml',
    ]);
  });

  test('in a folder of a repository they are relative to it', async () => {
    const one = repository();
    one.commit({ Dockerfile: 'x', 'sub/compose.yml': 'x' });
    expect(await createGit(join(one.folder, 'sub'), process.env).trackedFiles()).toEqual(new Set(['compose.yml']));
  });

  test('of a workspace of another user, whose path holds a link', async () => {
    const one = repository();
    one.commit({ Dockerfile: 'x' });
    const folder = mkdtempSync(join(tmpdir(), 'link-'));
    symlinkSync(one.folder, join(folder, 'workspace'));
    // As in a container, where the checkout belongs to the runner's user; only root can make it so.
    if (process.getuid?.() === 0) for (const path of ['', '.git']) chownSync(join(one.folder, path), 12_345, 12_345);
    expect(await createGit(join(folder, 'workspace'), process.env).trackedFiles()).toEqual(new Set(['Dockerfile']));
    rmSync(folder, { recursive: true });
  });

  test('there are none where there is no repository, and where there is no git', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plain-'));
    expect(await createGit(folder, process.env).trackedFiles()).toBeUndefined();
    expect(await createGit(folder, { PATH: folder }).trackedFiles()).toBeUndefined();
    rmSync(folder, { recursive: true });
  });
});

describe('commits', () => {
  test('head with its parents, also in a clone that lacks them', async () => {
    const one = repository();
    one.commit({ a: '1\n' });
    const { base, head, merge } = pullRequest(one, { a: '1\n2\n' }, { b: 'x\n' });
    const clone = shallowClone(one, 'merge');
    made.push(clone);
    expect(await gitIn(clone).head()).toEqual({ id: merge, parents: [base, head] });
    expect(await gitIn(clone).hasCommit(base)).toBe(false);
    expect(await gitIn(clone).mergeBase(base, merge)).toBeUndefined();
    expect(await gitIn(clone).addedBetween(base, merge, () => true)).toBeUndefined();
    expect(await gitIn(one).hasCommit(base)).toBe(true);
  });

  test('a repository without commits has no head', async () => {
    expect(await gitIn(repository()).head()).toBeUndefined();
  });

  test('what is no commit id is never handed to git', async () => {
    const one = repository();
    const id = one.commit({ a: '1\n' });
    const out = join(one.folder, 'stolen');
    for (const evil of [`--output=${out}`, '--upload-pack=touch stolen', 'HEAD', `${id} `, '']) {
      expect(await gitIn(one).hasCommit(evil)).toBe(false);
      expect(await gitIn(one).mergeBase(evil, id)).toBeUndefined();
      expect(await gitIn(one).addedBetween(evil, id, () => true)).toBeUndefined();
    }
    expect(existsSync(out)).toBe(false);
  });
});

describe('added lines', () => {
  test('of changed, new, renamed, removed and strangely named files', async () => {
    const one = repository();
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index}\n`).join('');
    const first = one.commit({
      changed: 'a\nb\nc\n',
      'old name': lines,
      gone: 'x\n',
      same: 'x\n',
      bin: Buffer.from([0, 1, 2]),
    });
    one.git('mv', 'old name', 'new "name"\t');
    one.write({
      gone: null,
      changed: 'a\nB\n+++ b/evil\nc\n@@ -1 +1 @@\n',
      'new "name"\t': `${lines}more\n`,
      fresh: 'something\nelse\n',
      bin: Buffer.from([0, 9]),
    });
    const second = one.commit();
    expect(Object.fromEntries((await gitIn(one).addedBetween(first, second, () => true)) ?? [])).toEqual({
      changed: [
        { first: 2, count: 2 },
        { first: 5, count: 1 },
      ],
      bin: [{ first: 1, count: 1 }],
      fresh: [{ first: 1, count: 2 }],
      'new "name"\t': [{ first: 31, count: 1 }],
    });
  });

  test('neither attributes nor a NUL hide lines', async () => {
    const one = repository();
    const first = one.commit({ Dockerfile: 'FROM a:1\n', nul: 'FROM a:1\n', 'old nul': 'x\n'.repeat(40) });
    one.git('mv', 'old nul', 'new nul');
    const second = one.commit({
      '.gitattributes': 'Dockerfile -diff\n* binary\n',
      Dockerfile: 'FROM a:1\nFROM b\n',
      nul: 'FROM a:1\n# \0\nFROM b\n',
      'new nul': `${'x\n'.repeat(40)}# \0\n`,
      fresh: '# \0\nFROM b\n',
    });
    expect(Object.fromEntries((await gitIn(one).addedBetween(first, second, () => true)) ?? [])).toMatchObject({
      Dockerfile: [{ first: 2, count: 1 }],
      nul: [{ first: 2, count: 2 }],
      'new nul': [{ first: 41, count: 1 }],
      fresh: [{ first: 1, count: 2 }],
    });
  });

  test('files of which git shows no lines are told from texts, by content and attributes, whatever their names', async () => {
    const one = repository();
    const many = Array.from({ length: 250 }, (_, number) => `many/${number}\n`);
    const head = one.commit({
      '.gitattributes': 'hidden -diff\nmany/7* binary\n',
      ...Object.fromEntries(many.map((path) => [path, 'x\n'])),
      '-text': 'x\n',
      ':(top)*': 'x\n',
      empty: '',
      nul: 'x\n# \0\n',
      hidden: 'x\n',
      'sub/ä "b"\t': 'x',
    });
    const asked = ['-text', ':(top)*', 'empty', 'nul', 'hidden', 'sub/ä "b"\t', 'missing', ...many];
    const texts = await gitIn(one).textFiles(head, asked);
    const shown = many.filter((path) => !path.startsWith('many/7'));
    expect([...texts].toSorted()).toEqual(['-text', ':(top)*', 'empty', 'sub/ä "b"\t', ...shown].toSorted());
    expect(await createGit(join(one.folder, 'sub'), process.env).textFiles(head, ['ä "b"\t'])).toEqual(
      new Set(['ä "b"\t']),
    );
    expect(await createGit(one.folder, { PATH: one.folder }).textFiles(head, asked)).toEqual(new Set());
    expect(await gitIn(one).textFiles('--output=x', asked)).toEqual(new Set());
  });

  test('no configuration of the repository runs anything', async () => {
    const one = repository();
    const trap = join(one.folder, 'trap.sh');
    writeFileSync(trap, `#!/bin/sh\ntouch ${join(one.folder, 'ran')}\ncat "$1"\n`);
    chmodSync(trap, 0o755);
    const first = one.commit({ '.gitattributes': '* diff=evil filter=evil\n', a: '1\n' });
    for (const [name, value] of [
      ['core.fsmonitor', trap],
      ['core.hooksPath', one.folder],
      ['core.pager', trap],
      ['diff.external', trap],
      ['diff.evil.command', trap],
      ['diff.evil.textconv', trap],
      ['filter.evil.clean', trap],
      ['filter.evil.smudge', trap],
      ['color.diff', 'always'],
      ['diff.noprefix', 'true'],
      ['diff.mnemonicPrefix', 'true'],
    ] as const) {
      one.git('config', name, value);
    }
    rmSync(join(one.folder, 'ran'), { force: true });
    one.git('-c', 'core.fsmonitor=', '-c', 'filter.evil.clean=cat', 'update-index', '--refresh');
    one.write({ a: '1\n2\n' });
    one.git(
      '-c',
      'core.fsmonitor=',
      '-c',
      'filter.evil.clean=cat',
      '-c',
      'core.hooksPath=/dev/null',
      'commit',
      '--quiet',
      '-am',
      'x',
    );
    const second = one.git('-c', 'core.fsmonitor=', 'rev-parse', 'HEAD');
    rmSync(join(one.folder, 'ran'), { force: true });
    const git = gitIn(one);
    expect(await git.trackedFiles()).toContain('a');
    expect(Object.fromEntries((await git.addedBetween(first, second, () => true)) ?? [])).toMatchObject({
      a: [{ first: 2, count: 1 }],
    });
    expect(existsSync(join(one.folder, 'ran'))).toBe(false);
  });

  test('a commit that a partial clone lacks is not fetched', async () => {
    const one = repository();
    one.git('config', 'uploadpack.allowFilter', 'true');
    one.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    const first = one.commit({ a: '1\n' });
    const second = one.commit({ a: '1\n2\n' });
    const clone = repository();
    clone.git('remote', 'add', 'origin', `file://${one.folder}`);
    clone.git('fetch', '--quiet', '--filter=blob:none', 'origin', 'main');
    expect(await gitIn(clone).addedBetween(first, second, () => true)).toBeUndefined();
  });
});
