import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { scan } from '../../src/actions/check/scan.ts';
import {
  createRepository,
  git,
  pullRequest,
  pullRequestEvent,
  shallowClone,
  type FileTree,
  type GitRepository,
  type PullRequest,
} from '../support/git-repository.ts';
import { createGitHub, type FakeGitHub, type GitHubOptions } from '../support/github.ts';
import { listen, type Listening } from '../support/listener.ts';
import { image, index } from '../support/oci.ts';
import { sarifValidator } from '../support/sarif-schema.ts';
import { startRegistry, type StartedRegistry } from '../support/registry.ts';
import type { RunOptions, RunResult } from '../support/runner.ts';
import { runBuilt } from './support.ts';
import { answer, html, inTurn, normal } from '../support/faults.ts';

const made: GitRepository[] = [];
const listening: Listening[] = [];
let registry: StartedRegistry;
/** Answers with a web page whatever it is asked. */
let broken: StartedRegistry;

const amd64 = image({ content: 'amd64' });
const arm64 = image({ content: 'arm64', platform: 'linux/arm64' });
const multi = index([amd64, arm64], { annotations: { 'org.opencontainers.image.version': '2.3.4' } });
const older = image({ content: 'older' });

beforeAll(async () => {
  registry = await startRegistry();
  broken = await startRegistry();
  broken.on(/./, html());
  registry.add('app', { latest: multi, '2': multi });
  registry.store('app', older);
});

afterAll(async () => {
  for (const one of made) one.remove();
  await registry.close();
  await broken.close();
  for (const one of listening) await one.close();
});

function repositoryWith(files: FileTree): GitRepository {
  const repository = createRepository();
  made.push(repository);
  repository.commit(files);
  return repository;
}

function check(repository: GitRepository, options: Partial<RunOptions> = {}): Promise<RunResult> {
  return runBuilt({
    action: 'check',
    cwd: repository.folder,
    ...options,
    inputs: { resolve: 'never', ...options.inputs },
  });
}

/** As `check`, in a run of a pull request. */
function onPull(repository: GitRepository, event: object, more: Partial<RunOptions> = {}): Promise<RunResult> {
  return check(repository, { ...more, event: { ...event }, github: { event_name: 'pull_request', ...more.github } });
}

/** On a shallow checkout of the merge, where the API alone knows the change. */
async function onShallowPull(repository: GitRepository, pull: PullRequest, options: GitHubOptions) {
  const clone = shallowClone(repository, 'merge');
  made.push(clone);
  const github = await startGitHub(options);
  const more = { github: { api_url: github.origin }, inputs: { suggestions: 'never' } };
  return { github, result: await onPull(clone, pullRequestEvent(pull), more) };
}

/** As `check`, with the in-process registry asked. */
function resolved(repository: GitRepository, options: Partial<RunOptions> = {}): Promise<RunResult> {
  return check(repository, { ...options, inputs: { resolve: 'auto', registries: registry.host, ...options.inputs } });
}

function podWith(reference: string): string {
  return `apiVersion: v1\nkind: Pod\nspec: {containers: [{name: x, image: ${reference}}]}\n`;
}

async function startGitHub(options: GitHubOptions): Promise<FakeGitHub & Listening> {
  const github = createGitHub(options);
  const listener = await listen(github.handle);
  listening.push(listener);
  return Object.assign(github, listener);
}

interface Shown {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly level: string;
  readonly reference: string;
  readonly fix?: string;
  readonly message: string;
}

function findings(result: RunResult): readonly Shown[] {
  return JSON.parse(result.outputs['findings'] ?? 'null');
}

function brief(result: RunResult): readonly string[] {
  return findings(result).map(({ level, file, line, rule }) => `${level} ${file}:${line} ${rule}`);
}

describe('the four verdicts', () => {
  test('clean', async () => {
    const result = await check(repositoryWith({ Dockerfile: 'FROM alpine:3.20\nFROM alpine:3.20 AS b\n' }));
    expect(result).toMatchObject({ exitCode: 0, annotations: [] });
    expect(result.outputs).toMatchObject({
      verdict: 'clean',
      'findings-count': '0',
      'errors-count': '0',
      findings: '[]',
    });
    expect(result.summary.split('\n')[0]).toBe('**Clean**: 2 references, 1 unique, in 1 file.');
  });

  test('findings', async () => {
    const result = await check(repositoryWith({ Dockerfile: 'FROM alpine\nCOPY --from=$X /a /b\n' }));
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({ verdict: 'findings', 'findings-count': '2', 'errors-count': '1' });
    expect(brief(result)).toEqual(['error Dockerfile:1 no-tag', 'notice Dockerfile:2 unresolved-variable']);
    expect(result.summary.split('\n')[0]).toBe('**Findings**: 1 error, 1 notice (2 references, 2 unique, in 1 file).');
    expect(result.annotations.filter(({ level }) => level === 'error')).toHaveLength(2);
  });

  test('nothing scanned, with the patterns that were tried', async () => {
    const result = await check(repositoryWith({ Dockerfile: 'FROM alpine\n' }), { inputs: { paths: 'deploy/**' } });
    expect(result.exitCode).toBe(0);
    expect(result.outputs['verdict']).toBe('nothing-scanned');
    expect(result.summary.split('\n')[0]).toBe('**Nothing scanned**: no file matches `deploy/**`.');
    expect(result.log).toContain('nothing-scanned: no file matches deploy/**');
  });

  test.each([
    ['warn', 0, 'unverified', 'warning'],
    ['fail', 1, 'unverified', 'error'],
    ['ignore', 0, 'clean', undefined],
  ])('unverified with on-unresolved: %s', async (onUnresolved, exitCode, verdict, level) => {
    const repository = repositoryWith({ Dockerfile: `FROM ${broken.host}/app@${multi.digest}\n` });
    const result = await check(repository, {
      inputs: { resolve: 'auto', registries: broken.host, 'on-unresolved': onUnresolved },
    });
    expect(result).toMatchObject({ exitCode });
    expect(result.outputs['verdict']).toBe(verdict);
    expect(result.annotations.find(({ title }) => title === 'unverified')?.level).toBe(level);
  });

  test.each([
    ['warn', 0, 'unverified', 'warning'],
    ['fail', 1, 'unverified', 'error'],
    ['ignore', 0, 'clean', 'warning'],
  ])('files that could not be judged with on-unresolved: %s', async (onUnresolved, exitCode, verdict, level) => {
    const repository = repositoryWith({
      Dockerfile: 'FROM alpine:3.20\n',
      'bytes/Dockerfile': Buffer.from('# \u00ff\nFROM alpine\n', 'latin1'),
      'compose.yaml': `services: ${'['.repeat(2000)}{image: nginx}${']'.repeat(2000)}\n`,
    });
    const result = await check(repository, { inputs: { 'on-unresolved': onUnresolved } });
    expect(result).toMatchObject({ exitCode });
    expect(result.outputs['verdict']).toBe(verdict);
    const told = result.annotations.filter(({ title }) => title === 'unverified');
    expect(told).toMatchObject([{ level, message: expect.stringMatching(/^2 places could not be judged: .*UTF-8/) }]);
    if (verdict === 'unverified') {
      expect(result.summary.split('\n')[0]).toMatch(/^\*\*Unverified\*\*: 2 places could not be judged: /);
    }
    if (exitCode === 1) expect(result.annotations.at(-1)?.message).toContain('2 places not judged');
  });

  test('what may be a manifest and cannot be read is listed, and leaves the verdict open where the change adds it', async () => {
    const large = `# ${'x'.repeat(2 * 1024 * 1024)}\n`;
    const deep = `${'d/'.repeat(64)}Dockerfile`;
    const repository = repositoryWith({ 'old.yaml': `a: 1\n${large}`, Dockerfile: 'FROM alpine:3\n' });
    const pull = pullRequest(repository, { 'new.yaml': `kind: Pod\n${large}`, [deep]: 'FROM evil\n' });
    const event = { event: pullRequestEvent(pull), github: { event_name: 'pull_request' } };
    const inputs = { 'json-file': 'out.json', suggestions: 'never' };
    const result = await check(repository, { ...event, inputs });
    const { skipped } = JSON.parse(readFileSync(join(repository.folder, 'out.json'), 'utf8'));
    expect(skipped.map(({ file }: { file: string }) => file)).toEqual([deep, 'new.yaml', 'old.yaml']);
    expect(result.summary.split('\n')[0]).toMatch(/^\*\*Unverified\*\*: 2 places could not be judged/);
    repository.commit({ 'out.json': null, [deep]: null });
    expect((await check(repository, { inputs })).outputs['verdict']).toBe('clean');
  });

  test('files beyond the limit are counted, and leave the verdict open', async () => {
    const paths = new Set(Array.from({ length: 50_003 }, (_, at) => `${at}/Dockerfile`));
    const workspace = {
      root: '/',
      walk: () => Promise.reject(new Error('not asked')),
      read: () => ({ kind: 'text', text: '', hasByteOrderMark: false }) as const,
    };
    const found = await scan(paths, workspace, {
      paths: [],
      exclude: [],
      imageKeys: [],
      require: 'tag',
      floatingTags: [],
      today: '2026-11-01',
      isInScope: () => true,
      onFile: () => Promise.resolve(),
      onBug: () => undefined,
      signal: new AbortController().signal,
    });
    expect(found).toMatchObject({ read: 50_000, truncated: true });
    expect(found.skipped).toEqual([
      { file: '50000/Dockerfile', reason: expect.stringContaining('this one and 2 more are not'), unjudged: 'more' },
    ]);
  });

  test('files that there is no time for are told one by one', async () => {
    const paths = new Set(['Dockerfile', 'b/compose.yaml', 'c.txt']);
    const workspace = {
      root: '/',
      walk: () => Promise.reject(new Error('not asked')),
      read: () => ({ kind: 'text', text: 'FROM a', hasByteOrderMark: false }) as const,
    };
    const scanUntil = (signal: AbortSignal) =>
      scan(paths, workspace, {
        paths: [],
        exclude: [],
        imageKeys: [],
        require: 'tag',
        floatingTags: [],
        today: '2026-11-01',
        isInScope: () => true,
        onFile: () => Promise.resolve(),
        onBug: () => undefined,
        signal,
      });
    const over = await scanUntil(AbortSignal.abort(new Error('the time is over')));
    expect(over).toMatchObject({ files: [], read: 0, truncated: true });
    expect(over.skipped).toEqual([
      { file: 'Dockerfile', reason: 'the step ended before it was judged', unjudged: 'file' },
      { file: 'b/compose.yaml', reason: 'the step ended before it was judged', unjudged: 'file' },
    ]);
    expect(await scanUntil(new AbortController().signal)).toMatchObject({ files: [{ path: 'Dockerfile' }], read: 2 });
  });

  test('notices alone are clean, and fail-on decides what fails', async () => {
    const warned = { Dockerfile: `FROM ${registry.host}/app:2@${amd64.digest}\n` };
    const soft = await resolved(repositoryWith(warned));
    expect(soft).toMatchObject({ exitCode: 0 });
    expect(soft.outputs).toMatchObject({ verdict: 'findings', 'errors-count': '0' });
    expect(await resolved(repositoryWith(warned), { inputs: { 'fail-on': 'warning' } })).toMatchObject({ exitCode: 1 });
    const never = await check(repositoryWith({ Dockerfile: 'FROM alpine\n' }), { inputs: { 'fail-on': 'never' } });
    expect(never).toMatchObject({ exitCode: 0 });
    expect(never.outputs['verdict']).toBe('findings');
    const noticed = await check(repositoryWith({ Dockerfile: 'ARG V\nFROM alpine:${V}\n' }));
    expect(noticed.outputs).toMatchObject({ verdict: 'clean', 'findings-count': '1' });
  });
});

describe('what the registry says', () => {
  test('the digest to write, the version behind it, and one look-up for equal references', async () => {
    const reference = `${registry.host}/app:latest`;
    registry.forget();
    const result = await resolved(
      repositoryWith({
        Dockerfile: `FROM ${reference}\nFROM ${reference} AS b\n`,
        'b.Dockerfile': `FROM ${registry.host}/app\n`,
      }),
    );
    const pinned = `${reference}@${multi.digest}`;
    expect(findings(result).map(({ fix }) => fix)).toEqual([`FROM ${pinned}`, `FROM ${pinned} AS b`, `FROM ${pinned}`]);
    expect(findings(result)[0]?.message).toContain('version 2.3.4');
    expect(registry.summary().filter((line) => line.endsWith('/manifests/latest'))).toEqual([
      'HEAD /v2/app/manifests/latest',
    ]);
  });

  test('the truth about pins', async () => {
    const name = `${registry.host}/app`;
    const config = amd64.blobs[0]?.digest ?? '';
    const gone = `sha256:${'0'.repeat(64)}`;
    const lines = [
      `${name}:2@${multi.digest}`,
      `${name}@${older.digest}`,
      `${name}:2@${amd64.digest}`,
      `${name}:2@${older.digest}`,
      `${name}:2@${gone}`,
      `${name}@${gone}`,
      `${name}:2@${config}`,
      `${name}:2.9@${multi.digest}`,
    ];
    const result = await resolved(repositoryWith({ Dockerfile: lines.map((line) => `FROM ${line}\n`).join('') }), {
      inputs: { require: 'digest' },
    });
    expect(brief(result).toSorted()).toEqual([
      'error Dockerfile:5 digest-gone',
      'error Dockerfile:6 digest-gone',
      'error Dockerfile:7 digest-is-image-id',
      'notice Dockerfile:4 tag-moved',
      'notice Dockerfile:8 tag-moved',
      'warning Dockerfile:3 digest-one-platform',
    ]);
    expect(findings(result).find(({ line }) => line === 7)?.fix).toBe(`FROM ${name}:2@${multi.digest}`);
    expect(findings(result).find(({ line }) => line === 6)?.fix).toBeUndefined();
  });

  test('a version tag is accepted without a request, and a registry that nobody listed gets none', async () => {
    registry.forget();
    const files = { Dockerfile: `FROM ${registry.host}/app:2\nFROM ${registry.host}/app@${multi.digest}\n` };
    await resolved(repositoryWith({ Dockerfile: `FROM ${registry.host}/app:2\n` }));
    await check(repositoryWith(files), { inputs: { resolve: 'auto' } });
    await check(repositoryWith(files), { inputs: { resolve: 'never', registries: registry.host } });
    expect(registry.summary()).toEqual([]);
  });

  test('what is missing and what is forbidden reads the same, and is no finding', async () => {
    const closed = await startRegistry({ auth: 'basic', users: { ada: 'secret-password' } });
    listening.push(closed);
    const reasons = [];
    for (const host of [registry.host, closed.host]) {
      // The first takes several requests, so that its answer is the last one.
      const pinned = `FROM ${host}/nothing@${older.digest}\n`;
      const result = await check(repositoryWith({ Dockerfile: `${pinned}FROM ${host}/nothing\n` }), {
        inputs: { resolve: 'auto', registries: host, 'json-file': 'out.json' },
      });
      const { unverified } = JSON.parse(readFileSync(join(made.at(-1)?.folder ?? '', 'out.json'), 'utf8'));
      reasons.push(unverified.map(({ reason }: { reason: string }) => reason.replaceAll(host, 'HOST')));
      expect(brief(result)).toEqual(['error Dockerfile:2 no-tag']);
    }
    expect(reasons[0]).toEqual([
      expect.stringMatching(
        /^"HOST\/nothing@sha256:[0-9a-f]{64}" was not found, or "HOST\/nothing" needs credentials$/,
      ),
      '"HOST/nothing" was not found, or "HOST/nothing" needs credentials',
    ]);
    expect(reasons[1]).toEqual(reasons[0]);
  });

  test('credentials are used for listed registries only', async () => {
    const closed = await startRegistry({ auth: 'basic', users: { ada: 'secret-password' } });
    listening.push(closed);
    closed.add('app', { latest: multi });
    const homeFiles = {
      '.docker/config.json': JSON.stringify({
        auths: { [closed.host]: { auth: Buffer.from('ada:secret-password').toString('base64') } },
      }),
    };
    const repository = repositoryWith({ Dockerfile: `FROM ${closed.host}/app\n` });
    const listed = await check(repository, { homeFiles, inputs: { resolve: 'auto', registries: closed.host } });
    expect(findings(listed)[0]?.fix).toContain(multi.digest);
    closed.forget();
    await check(repository, { homeFiles, inputs: { resolve: 'auto', registries: registry.host } });
    expect(closed.summary()).toEqual([]);
  });
});

describe('the scope of a pull request', () => {
  const OLD = { Dockerfile: 'FROM old\nFROM alpine:3\n', 'other.Dockerfile': 'FROM other\n' };
  const NEW = { Dockerfile: 'FROM old\nFROM alpine:3\nFROM fresh\n' };
  const EXPECTED = ['error Dockerfile:3 no-tag', 'notice Dockerfile:1 no-tag', 'notice other.Dockerfile:1 no-tag'];
  const EVERY = ['error Dockerfile:1 no-tag', 'error Dockerfile:3 no-tag', 'error other.Dockerfile:1 no-tag'];
  const PATCH = '@@ -1,2 +1,3 @@\n FROM old\n FROM alpine:3\n+FROM fresh';
  const FILES = [{ filename: 'Dockerfile', status: 'modified', patch: PATCH }];

  test('a merge checkout with its base: only added lines fail, older ones are notices', async () => {
    const repository = repositoryWith(OLD);
    const pull = pullRequest(repository, NEW, { readme: 'x' });
    expect(brief(await onPull(repository, pullRequestEvent(pull)))).toEqual(EXPECTED);
  });

  test('the base branch moved on after the event: its lines are not the pull request’s', async () => {
    const repository = repositoryWith(OLD);
    const pull = pullRequest(repository, NEW, { 'base.Dockerfile': 'FROM base\n' });
    const event = pullRequestEvent({ ...pull, base: repository.git('rev-parse', 'main~1') });
    expect(brief(await onPull(repository, event))).toEqual([
      EXPECTED[0],
      EXPECTED[1],
      'notice base.Dockerfile:1 no-tag',
      EXPECTED[2],
    ]);
  });

  test('a checkout of the head, with a commit of an earlier step on top', async () => {
    const repository = repositoryWith(OLD);
    const pull = pullRequest(repository, NEW, { 'base.Dockerfile': 'FROM base\n' });
    repository.git('checkout', '--quiet', '--detach', pull.head);
    expect(brief(await onPull(repository, pullRequestEvent(pull)))).toEqual(EXPECTED);
    repository.commit({ generated: 'x' });
    expect(brief(await onPull(repository, pullRequestEvent(pull)))).toEqual(EXPECTED);
  });

  test('a shallow merge checkout asks the API, and lines are found by their text', async () => {
    const repository = repositoryWith(OLD);
    const pull = pullRequest(repository, NEW, { Dockerfile: 'FROM before\nFROM old\nFROM alpine:3\n' });
    const { github, result } = await onShallowPull(repository, pull, { files: FILES, permission: 'read' });
    expect(brief(result)).toEqual([
      'error Dockerfile:4 no-tag',
      'notice Dockerfile:1 no-tag',
      'notice Dockerfile:2 no-tag',
      'notice other.Dockerfile:1 no-tag',
    ]);
    expect(github.summary()).toEqual(['GET /repos/acme/api/pulls/7/files']);
    expect(github.problems).toEqual([]);
  });

  test('a shallow clone and a token that may read contents only: the commits are compared', async () => {
    const repository = repositoryWith(OLD);
    const pull = pullRequest(repository, NEW);
    const { github, result } = await onShallowPull(repository, pull, { permission: 'none', compared: FILES });
    expect(brief(result)).toEqual(EXPECTED);
    expect(github.summary()).toEqual([
      'GET /repos/acme/api/pulls/7/files',
      `GET /repos/acme/api/compare/${pull.base}...${pull.head}`,
    ]);
    expect(github.problems).toEqual([]);
  });

  test('a shallow clone and a token that may not read: everything counts, and one notice says so', async () => {
    const repository = repositoryWith(OLD);
    const pull = pullRequest(repository, NEW);
    const { result } = await onShallowPull(repository, pull, { permission: 'none' });
    expect(brief(result)).toEqual(EVERY);
    const notices = result.annotations
      .filter(({ title }) => title === 'image-digest')
      .filter(({ level }) => level === 'notice');
    expect(notices.map(({ message }) => message)).toEqual([
      expect.stringContaining('every line of the repository counts'),
    ]);
  });

  test('a checkout of something else: everything counts', async () => {
    const repository = repositoryWith(OLD);
    const pull = pullRequest(repository, NEW);
    repository.git('checkout', '--quiet', 'main');
    const result = await onPull(repository, pullRequestEvent(pull));
    expect(brief(result)).toEqual(['error Dockerfile:1 no-tag', 'error other.Dockerfile:1 no-tag']);
    expect(result.rawStdout).toContain('the checkout is not the commit of this event');
  });

  test('more files than the API lists: those that are not listed count', async () => {
    const repository = repositoryWith(OLD);
    const pull = pullRequest(repository, NEW);
    const many = Array.from({ length: 2999 }, (_, number) => ({ filename: `f${number}`, status: 'added', patch: '' }));
    const { github, result } = await onShallowPull(repository, pull, { files: [...FILES, ...many] });
    expect(brief(result)).toEqual([
      'error Dockerfile:3 no-tag',
      'error other.Dockerfile:1 no-tag',
      'notice Dockerfile:1 no-tag',
    ]);
    expect(github.requests).toHaveLength(30);
  });

  test('renamed files: moved lines are old, a file that was not judged before is new', async () => {
    const body = 'FROM old\nRUN echo one\nRUN echo two\nRUN echo three\n';
    const repository = repositoryWith({
      Dockerfile: body,
      'notes.txt': body.replace('old', 'hidden').replaceAll('echo', 'printf'),
    });
    const pull = pullRequest(repository, {
      Dockerfile: null,
      'notes.txt': null,
      'app.Dockerfile': body,
      'sly.Dockerfile': body.replace('old', 'hidden').replaceAll('echo', 'printf'),
    });
    expect(brief(await onPull(repository, pullRequestEvent(pull)))).toEqual([
      'error sly.Dockerfile:1 no-tag',
      'notice app.Dockerfile:1 no-tag',
    ]);
  });

  test('a new line that makes another image of old ones is new: FROM, a command, another repository or name', async () => {
    const values = 'image:\n  repository: acme/a\n  tag: latest\nother:\n  repository: acme/b\n  tag: latest\n';
    const entries = 'images:\n  - name: a\n    newName: acme/a\n    newTag: latest\n';
    const repository = repositoryWith({
      Dockerfile: 'ARG BASE=old\nARG USED=known\nFROM $USED\n',
      'run.sh': 'IMAGE=acme/old\nUSED=acme/known\ndocker run $USED\n',
      'values.yaml': values,
      'kustomization.yaml': entries,
    });
    const pull = pullRequest(repository, {
      Dockerfile: 'ARG BASE=old\nARG USED=known\nFROM $USED\nFROM $USED\nFROM $BASE\n',
      'run.sh': 'IMAGE=acme/old\nUSED=acme/known\ndocker run $USED\ndocker run $USED\ndocker pull $IMAGE\n',
      'values.yaml': values.replace('acme/a', 'evil/a'),
      'kustomization.yaml': entries.replace('acme/a', 'evil/a'),
    });
    expect(brief(await onPull(repository, pullRequestEvent(pull)))).toEqual([
      'error Dockerfile:1 no-tag',
      'error kustomization.yaml:4 latest-tag',
      'error run.sh:1 no-tag',
      'error values.yaml:3 latest-tag',
      'notice Dockerfile:2 no-tag',
      'notice run.sh:2 no-tag',
      'notice values.yaml:6 latest-tag',
    ]);
  });

  test('a renamed file that was left out before is new: excluded, not among the paths, or a template of a chart', async () => {
    const repository = repositoryWith({
      'legacy/a.yaml': podWith('a'),
      'k8s/b.yaml': podWith('b'),
      'chart/Chart.yaml': 'name: x\n',
      'chart/templates/c.yaml': podWith('c'),
    });
    const pull = pullRequest(repository, {
      'legacy/a.yaml': null,
      'k8s/b.yaml': null,
      'chart/templates/c.yaml': null,
      'k8s/new-a.yaml': podWith('a'),
      'k8s/new-b.yaml': podWith('b'),
      'k8s/new-c.yaml': podWith('c'),
    });
    const event = pullRequestEvent(pull);
    const expected = [
      'error k8s/new-a.yaml:3 no-tag',
      'error k8s/new-c.yaml:3 no-tag',
      'notice k8s/new-b.yaml:3 no-tag',
    ];
    expect(brief(await onPull(repository, event, { inputs: { exclude: 'legacy/' } }))).toEqual(expected);
    expect(brief(await onPull(repository, event, { inputs: { paths: 'k8s/**' } }))).toEqual(expected);
  });

  test('renamed files that only the API knows: their lines are old, unless a NUL or an attribute hides new ones', async () => {
    const lines = 'RUN echo\n'.repeat(30);
    const repository = repositoryWith({
      'plain.Dockerfile': `FROM old\n${lines}`,
      'nul.Dockerfile': `FROM old\n${lines.replaceAll('echo', 'true')}`,
      'hidden.Dockerfile': `FROM old\n${lines.replaceAll('echo', 'false')}`,
    });
    const pull = pullRequest(repository, {
      'plain.Dockerfile': null,
      'nul.Dockerfile': null,
      'hidden.Dockerfile': null,
      '.gitattributes': 'b/hidden.Dockerfile binary\n',
      'b/plain.Dockerfile': `FROM old\n${lines}`,
      'b/nul.Dockerfile': `FROM old\n${lines.replaceAll('echo', 'true')}# \0\nFROM sly\n`,
      'b/hidden.Dockerfile': `FROM old\n${lines.replaceAll('echo', 'false')}FROM sly\n`,
    });
    const renamed = ['plain.Dockerfile', 'nul.Dockerfile', 'hidden.Dockerfile'].map((previous) => ({
      filename: `b/${previous}`,
      previous,
      status: 'renamed',
    }));
    const { result } = await onShallowPull(repository, pull, { files: renamed });
    expect(brief(result)).toEqual([
      'error b/hidden.Dockerfile:1 no-tag',
      'error b/hidden.Dockerfile:32 no-tag',
      'error b/nul.Dockerfile:1 no-tag',
      'error b/nul.Dockerfile:33 no-tag',
      'notice b/plain.Dockerfile:1 no-tag',
    ]);
  });

  test('changed-files looks at whole files, but only at changed ones; all at everything', async () => {
    const repository = repositoryWith(OLD);
    const pull = pullRequest(repository, NEW);
    const changed = await onPull(repository, pullRequestEvent(pull), { inputs: { scope: 'changed-files' } });
    expect(brief(changed)).toEqual(EVERY.slice(0, 2));
    expect(brief(await onPull(repository, pullRequestEvent(pull), { inputs: { scope: 'all' } }))).toEqual(EVERY);
  });

  test('merge_group and push compare their own commits when they are asked to', async () => {
    const repository = repositoryWith(OLD);
    const base = repository.git('rev-parse', 'HEAD');
    const head = repository.commit(NEW);
    const group = { merge_group: { base_sha: base, head_sha: head } };
    const inputs = { scope: 'added' };
    expect(brief(await check(repository, { event: group, github: { event_name: 'merge_group' }, inputs }))).toEqual(
      EXPECTED,
    );
    expect(brief(await check(repository, { event: { before: base, after: head }, inputs }))).toEqual(EXPECTED);
    expect(brief(await check(repository, { event: group, github: { event_name: 'merge_group' } }))).toEqual(EVERY);
    const fresh = await check(repository, { event: { before: '0'.repeat(40), after: head }, inputs });
    expect(brief(fresh)).toEqual(EVERY);
    expect(fresh.rawStdout).toContain('the branch is new');
    const clone = shallowClone(repository, 'main');
    made.push(clone);
    const github = await startGitHub({ compared: FILES });
    const result = await check(clone, {
      event: { before: base, after: head },
      github: { api_url: github.origin },
      inputs,
    });
    expect(brief(result)).toEqual(EXPECTED);
    expect(github.summary()).toEqual([`GET /repos/acme/api/compare/${base}...${head}`]);
  });

  test.each([
    ['missing', null],
    ['empty', ''],
    ['cut', '{"pull_request": {"number": 7'],
    ['of another shape', '{"pull_request": {"number": "7", "base": null}}'],
  ])('an event that is %s: everything counts, and registries are asked', async (_name, event) => {
    const result = await resolved(repositoryWith(OLD), {
      event,
      github: { event_name: 'pull_request' },
      inputs: { registries: 'docker.io', 'registry-map': `docker.io=${registry.host}` },
    });
    expect(brief(result)).toEqual(['error Dockerfile:1 no-tag', 'error other.Dockerfile:1 no-tag']);
  });
});

describe('accepting findings', () => {
  test('ignores that the pull request adds are counted and shown', async () => {
    const repository = repositoryWith({ Dockerfile: '# image-digest: ignore[no-tag] known\nFROM old\n' });
    const more =
      '# image-digest: ignore[no-tag] known\nFROM old\n# image-digest: ignore[no-tag] @team, trust me until=2099-01-01\nFROM new\n';
    const pull = pullRequest(repository, { Dockerfile: more });
    for (const scope of ['added', 'all']) {
      const result = await check(repository, {
        event: pullRequestEvent(pull),
        github: { event_name: 'pull_request' },
        inputs: { scope, 'json-file': 'out.json' },
      });
      expect(result).toMatchObject({ exitCode: 0 });
      expect(result.summary).toContain('### 2 findings ignored, 1 of them by comments that this change adds');
      expect(result.summary).toContain('`@team, trust me`');
      const notices = result.annotations.filter(({ title }) => title === 'image-digest');
      expect(notices).toMatchObject([
        {
          level: 'notice',
          message: expect.stringMatching(/^1 finding accepted .*: Dockerfile:4 no-tag: @team, trust me$/m),
        },
      ]);
      const { ignored } = JSON.parse(readFileSync(join(repository.folder, 'out.json'), 'utf8'));
      expect(ignored).toMatchObject([
        { rule: 'no-tag', line: 2, reason: 'known' },
        { line: 4, reason: '@team, trust me', until: '2099-01-01' },
      ]);
      repository.write({ 'out.json': null });
    }
  });

  test('a pull request that edits the workflow of the check is told so', async () => {
    const path = '.github/workflows/images.yml';
    const edits = [{ [path]: 'on: pull_request\n# more\n' }, { Dockerfile: 'FROM alpine:4\n' }];
    const told = [];
    for (const edit of edits) {
      const repository = repositoryWith({ [path]: 'on: pull_request\n', Dockerfile: 'FROM alpine:3\n' });
      const event = pullRequestEvent(pullRequest(repository, edit));
      const workflow = { workflow_ref: `acme/app/${path}@refs/pull/1/merge`, repository: 'acme/app' };
      const result = await onPull(repository, event, { github: workflow });
      expect(result).toMatchObject({ exitCode: 0 });
      told.push(
        result.annotations.filter(({ message }) => message.includes('runs this check')).map(({ level }) => level),
      );
    }
    expect(told).toEqual([['notice'], []]);
  });

  test('a void ignore is a warning and accepts nothing', async () => {
    const result = await check(repositoryWith({ Dockerfile: '# image-digest: ignore[no-tag]\nFROM old\n' }));
    expect(brief(result)).toEqual(['error Dockerfile:2 no-tag']);
    expect(result.annotations.filter(({ level }) => level === 'warning')).toMatchObject([
      { file: 'Dockerfile', line: '1' },
    ]);
  });

  test('image-keys: a key, a variable and an option of arguments, written as it stands there', async () => {
    const lines = [
      'apiVersion: example.com/v1',
      'kind: Cluster',
      'spec:',
      '  imageName: quay.io/acme/key',
      '  env: [{ name: RELATED_IMAGE, value: quay.io/acme/variable }]',
      '  args: [--sidecar-image=quay.io/acme/option, --other-image, quay.io/acme/next]',
    ];
    const files = { 'cluster.yaml': `${lines.join('\n')}\n` };
    const inputs = { 'image-keys': 'imageName, RELATED_IMAGE, --sidecar-image, other-image' };
    const result = await check(repositoryWith(files), { inputs });
    expect(findings(result).map(({ rule, reference }) => `${rule} ${reference}`)).toEqual(
      ['key', 'variable', 'option', 'next'].map((name) => `no-tag quay.io/acme/${name}`),
    );
    expect(findings(await check(repositoryWith(files)))).toEqual([]);
  });

  test('allow, floating-tags, require, paths and exclude', async () => {
    const repository = repositoryWith({
      Dockerfile: 'FROM ghcr.io/acme/a\nFROM acme/b:edge\nFROM c:1\n',
      'x/Dockerfile': 'FROM d\n',
      'y/Dockerfile': 'FROM e\n',
    });
    const inputs = { allow: 'ghcr.io/acme/*', 'floating-tags': 'edge', require: 'digest', exclude: 'x/' };
    expect(brief(await check(repository, { inputs }))).toEqual([
      'error Dockerfile:2 latest-tag',
      'error Dockerfile:3 not-pinned',
      'error y/Dockerfile:1 no-tag',
    ]);
    const both = ['error x/Dockerfile:1 no-tag', 'error y/Dockerfile:1 no-tag'];
    expect(brief(await check(repository, { inputs: { paths: 'x/**\n/y/Dockerfile' } }))).toEqual(both);
    expect(brief(await check(repository, { inputs: { exclude: 'Dockerfile\n!x/\n!y/Dockerfile' } }))).toEqual(both);
    expect(brief(await check(repository, { inputs: { paths: '!/Dockerfile' } }))).toEqual(both);
  });
});

test('files that a pipeline of GitLab includes are read, whatever their names', async () => {
  const repository = repositoryWith({
    '.gitlab-ci.yml': 'include:\n  - local: /build/x.yml\n  - local: /build/missing.yml\n',
    'build/x.yml': 'include: /build/y.yml\n.base:\n  image: node\n',
    'build/y.yml': 'default:\n  image: ruby:latest\n',
    'build/z.yml': 'default:\n  image: ruby:latest\n',
  });
  expect(brief(await check(repository))).toEqual(['error build/x.yml:3 no-tag', 'error build/y.yml:2 latest-tag']);
});

test('files that patterns of a pipeline of GitLab include are read, with the variables of the whole pipeline', async () => {
  const repository = repositoryWith({
    '.gitlab-ci.yml': 'include: "/build/*.yml"\nvariables:\n  IMAGE: node\nchild:\n  trigger: {include: child/c.yml}\n',
    'build/x.yml': 'include: {local: "deep/**.yml"}\na:\n  image: $IMAGE\n',
    'build/deeper/y.yml': 'default:\n  image: not-included\n',
    'build/z.yaml': 'default:\n  image: not-included\n',
    'deep/1.yml': '.base:\n  image: ruby:latest\n',
    'deep/er/2.yml': '.base:\n  services: [redis]\n',
    'child/c.yml': 'a:\n  image: ${IMAGE}:latest\n',
  });
  expect(brief(await check(repository))).toEqual([
    'error build/x.yml:3 no-tag',
    'error child/c.yml:2 latest-tag',
    'error deep/1.yml:2 latest-tag',
    'error deep/er/2.yml:2 no-tag',
  ]);
});

test('files that Compose includes have the variables that it gives them', async () => {
  const repository = repositoryWith({
    'compose.yaml': 'include:\n  - path: db/db.yml\n    env_file: versions.env\n  - cache.yml\nservices: {}\n',
    'versions.env': 'DB=16.4\nCACHE=8\n',
    '.env': 'CACHE=latest\n',
    'db/db.yml': 'services:\n  db:\n    image: postgres:$DB\n  cache:\n    image: redis:$CACHE\n',
    'db/.env': 'DB=latest\n',
    'cache.yml': 'services:\n  cache:\n    image: valkey:$DB\n',
  });
  expect(brief(await check(repository))).toEqual([
    'error db/db.yml:5 latest-tag',
    'notice cache.yml:3 unresolved-variable',
  ]);
});

describe('reports', () => {
  const digest = multi.digest;

  test('the patch applies with git, byte for byte', async () => {
    const name = `${registry.host}/app`;
    const lines = Array.from({ length: 20 }, (_, number) => `RUN echo ${number}\r\n`).join('');
    const repository = repositoryWith({
      Dockerfile: `FROM ${name}\r\n${lines}FROM ${name}:latest AS x\r\nRUN true`,
      'b om.Dockerfile': `\u{feff}FROM ${name}:latest`,
      'ä"q.Dockerfile': `ARG BASE=${name}\n# ${name}\nFROM $BASE\nFROM \${BASE} AS again`,
      'other.Dockerfile': `FROM ${name}:2\n`,
    });
    const result = await resolved(repository, { inputs: { 'patch-file': 'fix.patch' } });
    expect(result.outputs['patch-file']).toBe('fix.patch');
    git(repository.folder, 'apply', '--check', 'fix.patch');
    git(repository.folder, 'apply', 'fix.patch');
    const read = (path: string) => readFileSync(join(repository.folder, path), 'utf8');
    expect(read('Dockerfile')).toBe(
      `FROM ${name}:latest@${digest}\r\n${lines}FROM ${name}:latest@${digest} AS x\r\nRUN true`,
    );
    expect(read('b om.Dockerfile')).toBe(`\u{feff}FROM ${name}:latest@${digest}`);
    expect(read('ä"q.Dockerfile')).toBe(
      `ARG BASE=${name}:latest@${digest}\n# ${name}\nFROM $BASE\nFROM \${BASE} AS again`,
    );
    const again = await resolved(repository, { inputs: { 'patch-file': 'fix.patch', require: 'tag' } });
    expect(again).toMatchObject({ exitCode: 0 });
    expect(read('fix.patch')).toBe('');
  });

  test('every format: what it flags can be applied, and a second run finds nothing more', async () => {
    const name = `${registry.host}/app`;
    const repository = repositoryWith({
      'chart/Chart.yaml': 'name: x\n',
      'chart/templates/pod.yaml': `image: ${name}\n`,
      'chart/values.yaml': `image:\n  registry: ${registry.host}\n  repository: app\n  tag: latest\nside:\n  image: "${name}" # kept\n`,
      'k/kustomization.yaml': `images:\n- name: foo\n  newName: ${name}\n  newTag: latest\n`,
      'compose.yml': `services:\n  a:\n    image: ${name}\n  b:\n    image: '${name}:latest'\n  c:\n    image: >-\n      ${name}\n  d:\n    image: \${IMG:-${name}:latest}\n`,
      'deploy.yaml': `apiVersion: v1\nkind: Pod\nspec:\n  containers: [{name: a, image: ${name}}, {name: b, image: "${name}:latest"}]\n`,
      '.github/workflows/ci.yml': `on: push\njobs:\n  a:\n    runs-on: x\n    container: ${name}\n    steps:\n    - uses: docker://${name}:latest\n    - run: docker run --rm ${name} sh\n`,
      '.gitlab-ci.yml': `image: ${name}\n`,
      '.devcontainer/devcontainer.json': `{\n  // image-digest: ignore[no-tag] only on my machine\n  "image": "${name}"\n}\n`,
      'docker-bake.hcl': `target "x" {\n  contexts = { base = "docker-image://${name}" }\n}\n`,
      '.pre-commit-config.yaml': `repos:\n- repo: local\n  hooks:\n  - id: x\n    name: x\n    language: docker_image\n    entry: ${name} run\n`,
    });
    const first = await resolved(repository, { inputs: { 'patch-file': 'fix.patch', 'json-file': 'out.json' } });
    const places = findings(first).map(
      ({ file, line, fix }) => `${file}:${line} ${fix === undefined ? 'no fix' : 'fix'}`,
    );
    expect(places).toEqual([
      '.github/workflows/ci.yml:5 fix',
      '.github/workflows/ci.yml:7 fix',
      '.github/workflows/ci.yml:8 fix',
      '.gitlab-ci.yml:1 fix',
      '.pre-commit-config.yaml:7 fix',
      'chart/values.yaml:4 fix',
      'chart/values.yaml:6 fix',
      'compose.yml:3 fix',
      'compose.yml:5 fix',
      'compose.yml:8 fix',
      'compose.yml:10 fix',
      'deploy.yaml:4 fix',
      'deploy.yaml:4 fix',
      'docker-bake.hcl:2 fix',
      'k/kustomization.yaml:4 fix',
    ]);
    const [one, other] = findings(first).filter(({ file }) => file === 'deploy.yaml');
    expect(one?.fix).toBe(other?.fix);
    const { skipped } = JSON.parse(readFileSync(join(repository.folder, 'out.json'), 'utf8'));
    expect(skipped).toEqual([{ file: 'chart/templates/pod.yaml', reason: 'it is a template of a Helm chart' }]);
    git(repository.folder, 'apply', 'fix.patch');
    const second = await resolved(repository, { inputs: { require: 'digest' } });
    expect([second.outputs['verdict'], findings(second)]).toEqual(['clean', []]);
  });

  test('json-file has the shape of the contract', async () => {
    const repository = repositoryWith({
      Dockerfile: `FROM ${registry.host}/app\nFROM ${broken.host}/x:latest\n`,
      'vendor/Dockerfile': 'FROM x\n',
    });
    await resolved(repository, {
      inputs: { registries: `${registry.host},${broken.host}`, 'json-file': 'out/report.json' },
    });
    expect(JSON.parse(readFileSync(join(repository.folder, 'out/report.json'), 'utf8'))).toEqual({
      schemaVersion: 1,
      verdict: 'findings',
      references: [
        {
          file: 'Dockerfile',
          line: 1,
          column: 6,
          endColumn: 6 + registry.host.length + 4,
          reference: `${registry.host}/app`,
          digest,
          format: 'dockerfile',
        },
        {
          file: 'Dockerfile',
          line: 2,
          column: 6,
          endColumn: 6 + broken.host.length + 9,
          reference: `${broken.host}/x:latest`,
          format: 'dockerfile',
        },
      ],
      findings: [
        {
          file: 'Dockerfile',
          line: 1,
          column: 6,
          endColumn: 6 + registry.host.length + 4,
          rule: 'no-tag',
          level: 'error',
          reference: `${registry.host}/app`,
          message: expect.stringContaining('has no tag'),
          fix: `FROM ${registry.host}/app:latest@${digest}`,
        },
        {
          file: 'Dockerfile',
          line: 2,
          column: 6,
          endColumn: 6 + broken.host.length + 9,
          rule: 'latest-tag',
          level: 'error',
          reference: `${broken.host}/x:latest`,
          message: expect.any(String),
        },
      ],
      ignored: [],
      skipped: [{ file: 'vendor/Dockerfile', reason: 'it is vendored (vendor/)' }],
      unverified: [{ registry: broken.host, reason: expect.any(String) }],
      truncated: false,
    });
  });

  test('a report is not written through a link, and what is found is told all the same', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    const repository = repositoryWith({ Dockerfile: 'FROM x\n' });
    symlinkSync(join(outside, 'stolen'), join(repository.folder, 'results.sarif'));
    const result = await check(repository, {
      inputs: { 'sarif-file': 'results.sarif', 'json-file': '../out.json', 'fail-on': 'errors' },
    });
    expect(result).toMatchObject({ exitCode: 1 });
    expect(result.annotations.map(({ message }) => message.split(':')[0])).toEqual([
      'fail-on',
      'sarif-file',
      'json-file',
    ]);
    rmSync(outside, { recursive: true });
  });
});

describe('suggestions and comments', () => {
  const files = { Dockerfile: 'FROM alpine:3\n' };

  async function pullWith(options: Omit<GitHubOptions, 'files'>, more: Partial<RunOptions> = {}) {
    const repository = repositoryWith(files);
    const line = `FROM ${registry.host}/app`;
    const pull = pullRequest(repository, { Dockerfile: `FROM alpine:3\n${line}\n` });
    const github = await startGitHub({
      ...options,
      files: [{ filename: 'Dockerfile', status: 'modified', patch: `@@ -1 +1,2 @@\n FROM alpine:3\n+${line}` }],
    });
    const run = () =>
      resolved(repository, {
        ...more,
        event: pullRequestEvent(pull),
        github: { event_name: 'pull_request', api_url: github.origin },
      });
    return { github, run, fixed: `${line}:latest@${digest}` };
  }
  const digest = multi.digest;

  test('the exact fix is suggested once, and taken away when it is outdated', async () => {
    const { github, run, fixed } = await pullWith({ lineComments: [] });
    const result = await run();
    expect(result).toMatchObject({ exitCode: 1 });
    expect(github.lineComments).toMatchObject([
      { path: 'Dockerfile', line: 2, body: expect.stringContaining(`\`\`\`suggestion\n${fixed}\n\`\`\``) },
    ]);
    await run();
    expect(github.lineComments).toHaveLength(1);
    const [own] = github.lineComments;
    github.lineComments.splice(0, 1, {
      ...own,
      id: 5,
      login: 'github-actions[bot]',
      body: own?.body ?? '',
      line: null,
    });
    github.lineComments.push(
      { id: 6, login: 'github-actions[bot]', body: own?.body ?? '', line: null },
      { id: 7, login: 'ada', body: 'why?', inReplyTo: 6 },
    );
    github.lineComments.push(
      { id: 8, login: 'mallory', body: own?.body ?? '', line: null },
      { id: 9, login: 'github-actions[bot]', body: 'by another action', line: null },
    );
    await run();
    expect(github.lineComments.map(({ id }) => id)).toEqual([6, 7, 8, 9, expect.any(Number)]);
    expect(github.problems).toEqual([]);
  });

  test('a token that may only read: the same verdict and findings, and one notice', async () => {
    const { github, run } = await pullWith({ permission: 'read' }, { inputs: { comment: 'always' } });
    const result = await run();
    expect(result).toMatchObject({ exitCode: 1 });
    expect(brief(result)).toEqual(['error Dockerfile:2 no-tag']);
    const notices = result.annotations.filter(({ level }) => level === 'notice');
    expect(notices.map(({ message }) => message)).toEqual([
      expect.stringContaining('the token may not write on this pull request'),
    ]);
    expect(result.summary).toContain('No suggestions or comments');
    expect(github.lineComments).toEqual([]);
  });

  test('a comment that is asked for without a token is told', async () => {
    const repository = repositoryWith(files);
    const pull = pullRequest(repository, { Dockerfile: 'FROM alpine:3\nFROM x\n' });
    const inputs = { 'github-token': '', comment: 'always' };
    const notices = (await onPull(repository, pullRequestEvent(pull), { inputs })).annotations.filter(
      ({ level }) => level === 'notice',
    );
    expect(notices.map(({ message }) => message)).toEqual([expect.stringContaining('there is no github-token')]);
    const silent = await onPull(repository, pullRequestEvent(pull), { inputs: { 'github-token': '' } });
    expect(silent.annotations.filter(({ level }) => level === 'notice')).toEqual([]);
  });

  test('a token that may not even read says nothing where nothing was found', async () => {
    const repository = repositoryWith(files);
    const pull = pullRequest(repository, { Dockerfile: 'FROM alpine:3\nFROM alpine:4\n' });
    const github = await startGitHub({ permission: 'none' });
    const result = await onPull(repository, pullRequestEvent(pull), { github: { api_url: github.origin } });
    expect(result).toMatchObject({ exitCode: 0, annotations: [] });
    expect(github.summary()).toEqual(['GET /repos/acme/api/pulls/7/comments']);
  });

  test('what the step says itself has a place among the ten notices and warnings that are shown', async () => {
    const old = Array.from({ length: 12 }, (_, number) => `FROM old${number}\n`).join('');
    const voids = '# image-digest: ignore\n'.repeat(12);
    const repository = repositoryWith({ Dockerfile: old + voids });
    const pull = pullRequest(repository, {
      Dockerfile: `${old}${voids}FROM alpine:3\n`,
      'b/Dockerfile': Buffer.from('# \u00ff\n', 'latin1'),
    });
    const github = await startGitHub({ permission: 'none' });
    const result = await onPull(repository, pullRequestEvent(pull), { github: { api_url: github.origin } });
    expect(result.droppedAnnotations).toBe(0);
    const shown = (level: string) => result.annotations.filter((one) => one.level === level);
    expect([shown('notice').length, shown('warning').length]).toEqual([10, 10]);
    expect(shown('notice')[8]?.message).toContain('and 3 more');
    expect(shown('notice')[9]?.message).toContain('the token may not write on this pull request');
    expect(shown('warning')[9]?.message).toContain('1 place could not be judged');
  });

  test('a merge group has no pull request to suggest on', async () => {
    const repository = repositoryWith({ Dockerfile: `FROM ${registry.host}/app\n` });
    const head = repository.git('rev-parse', 'HEAD');
    const result = await resolved(repository, {
      event: { merge_group: { base_sha: head, head_sha: head } },
      github: { event_name: 'merge_group' },
    });
    const notices = result.annotations.filter(({ level }) => level === 'notice');
    expect(notices.map(({ message }) => message)).toEqual([
      expect.stringContaining('a merge group has no pull request'),
    ]);
  });

  test('one sticky comment, edited only when it is our own and has the marker', async () => {
    const { github, run } = await pullWith({}, { inputs: { comment: 'on-failure', suggestions: 'never' } });
    await run();
    expect(github.comments).toMatchObject([
      { body: expect.stringMatching(/^<!-- image-digest:check [0-9a-f]{16} -->\n\*\*Findings\*\*: 1 error/) },
    ]);
    const [own] = github.comments;
    const stolen = { id: 1, login: 'mallory', body: own?.body.slice(0, 50) ?? '' };
    github.comments.splice(
      0,
      1,
      stolen,
      { id: 2, login: 'github-actions[bot]', body: `see ${own?.body ?? ''}` },
      { id: 3, login: 'github-actions[bot]', body: own?.body.slice(0, 50) ?? '' },
    );
    await run();
    expect(github.comments.map(({ id, body }) => [id, body.length > 300])).toEqual([
      [1, false],
      [2, true],
      [3, true],
    ]);
    expect(github.problems).toEqual([]);
  });

  test('the API is tried three times, as it asks, and never changes the verdict', async () => {
    const { github, run } = await pullWith({});
    const limited = answer(
      403,
      { 'retry-after': '0', 'content-type': 'application/json' },
      '{"message":"You have exceeded a secondary rate limit"}',
    );
    github.on('GET /repos/acme/api/pulls/7/comments', inTurn(limited, limited, normal));
    await run();
    expect(github.lineComments).toHaveLength(1);
    github.forget();
    github.on('GET *', answer(500));
    const refused = await run();
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(brief(refused)).toEqual(['error Dockerfile:2 no-tag']);
    expect(github.requests).toHaveLength(3);
  });
});

describe('files by strangers', () => {
  test('several large files are read one after the other by the same thread', async () => {
    const filler = `# ${'x'.repeat(200_000)}\n`;
    const result = await check(
      repositoryWith({
        'a/compose.yml': `${filler}services: {a: {image: one}}\n`,
        'b/compose.yml': `${filler}services: {b: {image: two}}\n`,
        Dockerfile: `${filler}FROM three\n`,
      }),
    );
    expect(brief(result)).toEqual([
      'error Dockerfile:2 no-tag',
      'error a/compose.yml:2 no-tag',
      'error b/compose.yml:2 no-tag',
    ]);
  });

  test('a small one that asks for large others ends with the step', async () => {
    const others = Array.from({ length: 30 }, (_, number) => `d${number}`);
    const big = `x:\n${'- a: b\n'.repeat(74_000)}`;
    const repository = repositoryWith({
      Dockerfile: 'FROM x\n',
      'kustomization.yaml': `images: [{name: a, newTag: latest}]\nresources: [${others.join(', ')}]\n`,
      ...Object.fromEntries(others.map((folder) => [`${folder}/kustomization.yaml`, big])),
    });
    const result = await check(repository, { inputs: { timeout: '2' } });
    expect(result.durationMs).toBeLessThan(3000);
    expect(brief(result)).toEqual(['error Dockerfile:1 no-tag']);
    expect(result.rawStdout).toMatch(/^kustomization\.yaml: the step ended before it was judged$/m);
  }, 60_000);

  test('large ones are read one after the other, each within its limits', async () => {
    const files = {
      Dockerfile: 'FROM x\n',
      'a/docker-bake.hcl': `/*${'x'.repeat(200_000)}`,
      'b/.devcontainer.json': `{"image":${'['.repeat(200_000)}`,
      'c/Dockerfile': 'FROM a:1\n'.repeat(100_001),
      'd/Dockerfile': `FROM y\n${'FROM a:1\n'.repeat(20_000)}`,
      'e/compose.yaml': `services:\n a: {image: z}\n${'# x\n'.repeat(50_000)}`,
    };
    const repository = repositoryWith(files);
    const judged = await check(repository);
    expect(brief(judged)).toEqual([
      'error Dockerfile:1 no-tag',
      'error d/Dockerfile:1 no-tag',
      'error e/compose.yaml:2 no-tag',
    ]);
    expect(judged.rawStdout).toMatch(/^b\/\.devcontainer\.json: JSON nested deeper/m);
    expect(judged.rawStdout).toMatch(/^c\/Dockerfile: it has 100,001 references, at most 100,000 are judged$/m);
  }, 60_000);

  test('the good ones are judged, the others listed with their reason', async () => {
    const repository = repositoryWith({
      Dockerfile: 'FROM x\n',
      'big.Dockerfile': `FROM y\n${'#'.repeat(2 * 1024 * 1024)}`,
      'latin1.Dockerfile': Buffer.from('FROM \xe9\n', 'latin1'),
      'manifest.yaml': Buffer.from('apiVersion: v1\nkind: Pod\n', 'utf16le').fill(0xff, 0, 1),
      'data.json': Buffer.from('{"\xe9": 1}', 'latin1'),
      'build.sh': Buffer.from('docker run x/a # \xe9\n', 'latin1'),
      Makefile: `a:\n\tdocker run x/a\n${'#'.repeat(2 * 1024 * 1024)}`,
    });
    symlinkSync('/etc/passwd', join(repository.folder, 'link.Dockerfile'));
    execFileSync('mkdir', [join(repository.folder, 'folder.Dockerfile')]);
    symlinkSync('/etc', join(repository.folder, 'etc'));
    execFileSync('git', ['add', '.'], { cwd: repository.folder });
    const result = await check(repository, { inputs: { 'json-file': 'out.json' } });
    expect(brief(result)).toEqual(['error Dockerfile:1 no-tag']);
    const { skipped } = JSON.parse(readFileSync(join(repository.folder, 'out.json'), 'utf8'));
    expect(skipped).toEqual([
      { file: 'Makefile', reason: expect.stringContaining('bytes, at most 2097152 are read') },
      { file: 'big.Dockerfile', reason: expect.stringContaining('bytes, at most 2097152 are read') },
      { file: 'build.sh', reason: 'it is not valid UTF-8' },
      { file: 'latin1.Dockerfile', reason: 'it is not valid UTF-8' },
      { file: 'link.Dockerfile', reason: 'it is a symbolic link' },
      { file: 'manifest.yaml', reason: 'it is not valid UTF-8' },
    ]);
  });

  test.each([
    ['that is no text', Buffer.from('bad\xff.Dockerfile', 'latin1')],
    ['that is too long for the system', Buffer.from(`${'x'.repeat(300)}.Dockerfile`)],
  ])('one with a name %s does not pass for clean', async (_name, path) => {
    const repository = repositoryWith({ Dockerfile: 'FROM x:1\n' });
    const feed = (args: readonly string[], input: string | Buffer): string =>
      execFileSync('git', args, { cwd: repository.folder, input, encoding: 'utf8' }).trim();
    const blob = feed(['hash-object', '-w', '--stdin'], 'FROM evil\n');
    feed(
      ['update-index', '-z', '--index-info'],
      Buffer.concat([Buffer.from(`100644 ${blob}\t`), path, Buffer.from('\0')]),
    );
    const result = await check(repository);
    expect(result.outputs['verdict']).toBe('unverified');
    expect(result.rawStdout).toMatch(
      /^\S+\.Dockerfile: (?:its name is not valid UTF-8|it cannot be read \(ENAMETOOLONG\))$/m,
    );
  });

  test('nothing that they contain becomes a command, whatever they hold', async () => {
    const evil = [
      '::set-output name=verdict::clean',
      '##[set-output name=verdict]clean',
      '::stop-commands::x',
      '::add-mask::findings',
      '##[error]x',
    ];
    const files = Object.fromEntries(
      evil.map((text, number) => [
        `a${number} ${text}.Dockerfile`.replaceAll('/', '_'),
        `FROM "x${text}"\nFROM \${Y:-${text}}\nFROM z # ${text}\nCOPY --from=$A${text} a b\n# image-digest: ignore[${text}] ${text}\nFROM y\n`,
      ]),
    );
    const repository = repositoryWith(files);
    const result = await check(repository, { inputs: { 'sarif-file': 'out.sarif' } });
    expect(result.outputs['verdict']).toBe('findings');
    const sarif: unknown = JSON.parse(readFileSync(join(repository.folder, 'out.sarif'), 'utf8'));
    expect(sarifValidator()(sarif)).toEqual([]);
    const names = new Set(result.commands.map(({ name }) => name.toLowerCase()));
    for (const name of ['set-output', 'stop-commands', 'add-matcher', 'save-state', 'set-env', 'add-path'])
      expect(names).not.toContain(name);
    expect(result.masks.filter((mask) => mask === 'findings' || mask === 'clean')).toEqual([]);
    expect(result.summary).not.toMatch(/^::|<img|^#\[/m);
  });

  test('ten annotations of a kind, the last says how many more, and one closing error', async () => {
    const result = await check(
      repositoryWith({ Dockerfile: Array.from({ length: 14 }, (_, number) => `FROM image${number}\n`).join('') }),
    );
    const errors = result.commands.filter(({ name }) => name === 'error');
    expect(errors).toHaveLength(11);
    expect(errors[9]?.data ?? '').toContain('and 4 more');
    expect(result.summary.match(/image\d+/g)?.length).toBeGreaterThanOrEqual(14);
  });
});

test('the examples and workflows of this repository are judged, every one', async () => {
  const inputs = { paths: 'examples/**,.github/**', resolve: 'never', suggestions: 'never' };
  const result = await runBuilt({ action: 'check', cwd: join(import.meta.dirname, '../..'), inputs });
  expect(result).toMatchObject({ exitCode: 0 });
  expect(result.rawStdout).not.toContain('please report');
});

describe('inputs', () => {
  test('every problem is told at once, before anything is read', async () => {
    const inputs = {
      require: 'Digest',
      scope: 'added lines',
      allow: 'a b',
      'floating-tags': ':edge',
      registries: 'https://ghcr.io/',
      paths: 'a/../x',
      exclude: '../x',
      annotations: 'yes',
      'image-keys': 'a b',
      'sarif-file': 'x',
      'json-file': 'x',
    };
    const result = await check(repositoryWith({ Dockerfile: 'FROM x\n' }), { inputs });
    expect(result.exitCode).toBe(1);
    // Ten annotations are shown, the last of them says how many more there are; all are in the log.
    const names = Object.keys(inputs).filter((name) => name !== 'sarif-file');
    expect(names.filter((name) => !result.rawStdout.includes(`${name}: `))).toEqual([]);
    expect(result.annotations).toHaveLength(10);
    expect(result.outputs).toEqual({});
  });
});
