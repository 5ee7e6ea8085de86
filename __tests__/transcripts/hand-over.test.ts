import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { dockerList } from '../support/docker-list.ts';
import { createRepository, shallowClone } from '../support/git-repository.ts';
import { image, index } from '../support/oci.ts';
import { startRegistry, type StartedRegistry } from '../support/registry.ts';
import type { RunOptions, RunResult } from '../support/runner.ts';
import { jsonOf, runBuilt } from './support.ts';

const [amd64, arm64] = [image({ content: 'debian' }), image({ content: 'debian', platform: 'linux/arm64' })];
const debian = index([amd64, arm64], { attestations: true });
const go = image({ content: 'go' });

let registry: StartedRegistry;
let host = '';
beforeAll(async () => {
  registry = await startRegistry();
  host = registry.host;
  registry.add('library/debian', { '12': debian, latest: debian, '12.7': debian, '11': go });
  registry.add('acme/go', { '1.23': go });
});
afterAll(() => registry.close());

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

/** Docker Hub is asked at the registry of this test: outputs keep the name as written. */
function resolve(inputs: Readonly<Record<string, string>>, options: Partial<RunOptions> = {}): Promise<RunResult> {
  return runBuilt({
    action: 'resolve',
    ...options,
    inputs: { 'registry-map': `docker.io=${host}`, ...inputs },
  });
}

/** An output as docker/build-push-action reads it. */
function listOf({ outputs }: RunResult, name: string): readonly string[] {
  return dockerList(outputs[name] ?? '', 'build-push-action');
}

/** A file that an output names, as it was when the step had ended. */
function fileOf({ outputs, tempFiles, paths }: RunResult, name: string): string {
  return tempFiles[(outputs[name] ?? '').slice(paths.temp.length + 1).replaceAll('\\', '/')] ?? '';
}

const SHA = '9f3c1d2e5b7a4c6d8e0f1a2b3c4d5e6f7a8b9c0d';
const BASE = [
  'org.opencontainers.image.base.name=docker.io/library/debian:12',
  `org.opencontainers.image.base.digest=${debian.digest}`,
];
const BUILD = [
  `org.opencontainers.image.revision=${SHA}`,
  'org.opencontainers.image.source=https://github.com/acme/api',
  'org.opencontainers.image.url=https://github.com/acme/api',
];
const RUN = [`git-commit=${SHA}`, 'build-number=42', 'build-url=https://github.com/acme/api/actions/runs/1234567890'];

describe('job 9: FROM pinned and recorded by the same look-up', () => {
  let result: RunResult;
  beforeEach(async () => {
    registry.forget();
    const head = { id: SHA, timestamp: '2026-11-20T10:00:00+01:00' };
    result = await resolve({ images: 'base=debian:12', 'build-labels': 'true' }, { event: { head_commit: head } });
  });

  test('costs one request', () => {
    expect(result.exitCode).toBe(0);
    expect(registry.summary()).toEqual(['HEAD /v2/library/debian/manifests/12']);
  });

  test('labels and annotations name the base, the commit and the run', () => {
    const labels = [...BASE, ...BUILD, 'org.opencontainers.image.created=2026-11-20T10:00:00+01:00', ...RUN];
    expect(listOf(result, 'labels')).toEqual(labels);
    expect(result.outputs['labels']).toBe(labels.join('\n'));
    expect(listOf(result, 'annotations')).toEqual(
      ['manifest', 'index'].flatMap((place) => labels.map((label) => `${place}:${label}`)),
    );
  });

  test('contexts and arguments pin the image by its name, not by the mirror’s', () => {
    expect(listOf(result, 'build-contexts')).toEqual([
      `debian:12=docker-image://docker.io/library/debian@${debian.digest}`,
    ]);
    expect(listOf(result, 'build-args')).toEqual([`BASE_IMAGE=docker.io/library/debian@${debian.digest}`]);
  });

  test('the bake file has one target, without tags', () => {
    expect(jsonOf(fileOf(result, 'bake-file'))).toEqual({
      target: {
        'image-digest': {
          labels: Object.fromEntries(listOf(result, 'labels').map((label) => label.split(/=(.*)/s).slice(0, 2))),
          annotations: listOf(result, 'annotations'),
          contexts: { 'debian:12': `docker-image://docker.io/library/debian@${debian.digest}` },
        },
      },
    });
  });

  test('the source policy converts the tag to its digest', () => {
    const identifier = 'docker-image://docker.io/library/debian:12';
    expect(jsonOf(fileOf(result, 'source-policy'))).toEqual({
      rules: [
        { action: 'CONVERT', selector: { identifier }, updates: { identifier: `${identifier}@${debian.digest}` } },
      ],
    });
  });
});

test('values arrive unchanged, the last of equal keys wins, and a template stays a text', async () => {
  const labels = [
    'list=a, b,"c"',
    'equation=a=b=c',
    'text=Grüße 世界 🐋',
    'comment=a #b',
    '"lines=one\n""two"", three\n# four"',
    'template=${x} %{y} $',
    'org.opencontainers.image.base.name=mine',
    'list=last, "wins"',
    '# a comment',
  ].join('\n');
  const expected = [
    'org.opencontainers.image.base.name=mine',
    `org.opencontainers.image.base.digest=${debian.digest}`,
    'list=last, "wins"',
    'equation=a=b=c',
    'text=Grüße 世界 🐋',
    'comment=a #b',
    'lines=one\n"two", three\n# four',
    'template=${x} %{y} $',
  ];
  const result = await resolve({ images: 'debian:12', labels, 'bake-target': 'app' });
  for (const action of ['build-push-action', 'metadata-action'] as const) {
    expect(dockerList(result.outputs['labels'] ?? '', action)).toEqual(expected);
    expect(dockerList(result.outputs['annotations'] ?? '', action)).toEqual(
      ['manifest', 'index'].flatMap((place) => expected.map((label) => `${place}:${label}`)),
    );
  }
  expect(jsonOf(fileOf(result, 'bake-file'))).toMatchObject({
    target: { app: { labels: { template: '$${x} %%{y} $', lines: 'one\n"two", three\n# four' } } },
  });
});

describe('several images', () => {
  test('the one called base is the base', async () => {
    const result = await resolve({ images: `go=${host}/acme/go:1.23\nbase=debian` });
    expect(listOf(result, 'labels')).toEqual([
      'org.opencontainers.image.base.name=docker.io/library/debian:latest',
      `org.opencontainers.image.base.digest=${debian.digest}`,
    ]);
    expect(listOf(result, 'build-contexts')).toEqual([
      `${host}/acme/go:1.23=docker-image://${host}/acme/go@${go.digest}`,
      `debian=docker-image://docker.io/library/debian@${debian.digest}`,
    ]);
    expect(listOf(result, 'build-args')).toEqual([
      `GO_IMAGE=${host}/acme/go@${go.digest}`,
      `BASE_IMAGE=docker.io/library/debian@${debian.digest}`,
    ]);
  });

  test('without it there is none, and the log says so in one line', async () => {
    const result = await resolve({ images: `${host}/acme/go:1.23\ndebian`, labels: 'a=b' });
    expect(listOf(result, 'labels')).toEqual(['a=b']);
    expect(result.log).toMatch(/^labels: none of a base image, as none of the 2 images has the key base$/m);
  });
});

test('with platform the platform is pinned, and the base is recorded as the tag has it', async () => {
  const result = await resolve({ images: 'debian:12', platform: 'linux/arm64' });
  expect(listOf(result, 'build-contexts')).toEqual([
    `debian:12=docker-image://docker.io/library/debian@${arm64.digest}`,
  ]);
  expect(listOf(result, 'labels')).toEqual(BASE);
});

test('an image that fails leaves the others their contexts, and no base', async () => {
  const result = await resolve({ images: `base=debian:9\ngo=${host}/acme/go:1.23` });
  expect(result.exitCode).toBe(1);
  expect(result.outputs['labels']).toBe('');
  expect(listOf(result, 'build-args')).toEqual([`GO_IMAGE=${host}/acme/go@${go.digest}`]);
});

test('where nothing was resolved there is nothing to hand over', async () => {
  const result = await resolve({ images: 'debian:9', 'if-missing': 'ignore' });
  expect(result.exitCode).toBe(0);
  for (const name of ['labels', 'annotations', 'build-contexts', 'build-args', 'bake-file', 'source-policy']) {
    expect([name, result.outputs[name]]).toEqual([name, '']);
  }
  expect(result.tempFiles).toEqual({});
});

describe('the labels of a build', () => {
  const images = 'debian:12';
  const inputs = { images, 'build-labels': 'true' };

  test('are those of the head of a pull request, not of the merge commit', async () => {
    const head = 'a'.repeat(40);
    const event = { pull_request: { head: { sha: head } }, number: 1 };
    const result = await resolve(inputs, { event, github: { event_name: 'pull_request', ref: 'refs/pull/1/merge' } });
    expect(listOf(result, 'labels')).toEqual(
      expect.arrayContaining([`org.opencontainers.image.revision=${head}`, `git-commit=${head}`]),
    );
    expect(result.outputs['labels']).not.toContain(SHA);
    expect(result.outputs['labels']).not.toContain('created');
    expect(result.log).toMatch(/^build-labels: no created: neither the event nor a checkout tells the time/m);
  });

  test('have the commit’s own time from the checkout where the event does not tell it', async () => {
    const origin = createRepository();
    const sha = origin.commit({ Dockerfile: 'FROM debian:12\n' });
    const clone = shallowClone(origin, 'main');
    endings.push(origin.remove, clone.remove);
    const result = await resolve(inputs, { cwd: clone.folder, github: { sha, event_name: 'workflow_dispatch' } });
    expect(listOf(result, 'labels')).toContain('org.opencontainers.image.created=2026-11-01T12:00:00Z');
    expect(result.log).not.toContain('build-labels:');
  });

  test.each([
    ['no event', null],
    ['half an event', '{"head_commit": {'],
    ['an event of nonsense', '[1, null]'],
  ])('with %s lack the time and nothing else', async (_, event) => {
    const result = await resolve(inputs, { event });
    expect(result.exitCode).toBe(0);
    expect(listOf(result, 'labels')).toEqual([...BASE, ...BUILD, ...RUN]);
  });

  test('of no workflow are left out, and told', async () => {
    const env = {
      GITHUB_SHA: undefined,
      GITHUB_REPOSITORY: undefined,
      GITHUB_RUN_ID: undefined,
      GITHUB_RUN_NUMBER: undefined,
    };
    const result = await resolve(inputs, { env });
    expect(listOf(result, 'labels')).toEqual(BASE);
    expect(result.log.match(/^build-labels: no /gm)).toHaveLength(5);
  });
});

describe('inputs', () => {
  test.each([
    [{ labels: 'no value' }, /bad-input: labels: .*"no value" is not a label/],
    [{ labels: '=x' }, /labels: .*"=x" is not a label/],
    [{ labels: 'a key=x' }, /labels: .*"a key=x" is not a label/],
    [{ labels: '"a=b' }, /labels: .*"a=b begins with a quote/],
    [{ 'bake-target': 'a b' }, /bake-target: .*"a b" is not the name of a target.*a-b/],
    [{ 'find-tags': 'true' }, /find-tags: "true" is not one of semver, all/],
    [{ 'find-tags-limit': '0' }, /find-tags-limit: "0" is not a whole number/],
    [{ 'build-labels': 'yes' }, /build-labels: "yes" is not a boolean/],
  ])('%j is refused before any request', async (inputs, why) => {
    registry.forget();
    const result = await resolve({ images: 'debian:12', ...inputs });
    expect(result.exitCode).toBe(1);
    expect(result.annotations.map(({ title, message }) => `${title ?? ''}: ${message}`)).toEqual([
      expect.stringMatching(why),
    ]);
    expect(registry.requests).toEqual([]);
  });
});

describe('find-tags', () => {
  test('job 10: the log says what latest means and how that is known', async () => {
    const result = await resolve({ images: 'debian', 'find-tags': 'semver' });
    expect(result.outputs).toMatchObject({
      version: '12.7',
      'version-source': 'same digest as 12.7',
      'tags-same-digest': '["12.7","12"]',
    });
    expect(result.log).toMatch(/^ {2}version {3}12\.7 \(same digest as 12\.7, 12; 4 requests\)$/m);
    expect(jsonOf(result.outputs['json'])).toMatchObject({
      images: [{ version: '12.7', versionSource: 'same digest as 12.7', tagsSameDigest: ['12.7', '12'] }],
    });
    expect(result.summary).toMatch(/^\| Image .*\| Version \|$/m);
    expect(result.summary).toMatch(/12\.7/);
  });

  test('that fails is told and fails nothing', async () => {
    const undo = registry.on('GET */tags/list', () => ({ status: 429, headers: { 'retry-after': '3600' } }));
    const result = await resolve({ images: 'debian', 'find-tags': 'all' });
    undo();
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({
      digest: debian.digest,
      version: '',
      'version-source': '',
      'tags-same-digest': '[]',
    });
    expect(result.log).toMatch(/^ {2}find-tags ended early: .* answered 429, too many requests/m);
    expect(result.log).toMatch(/^ {2}version {3}not known: the tags could not be listed; 1 request$/m);
  });

  test('that finds nothing says why', async () => {
    const result = await resolve({
      images: 'debian:11',
      'find-tags': 'semver',
      'find-tags-limit': '2',
      inspect: 'true',
    });
    expect(result.outputs).toMatchObject({ version: '11', 'version-source': 'tag 11', 'tags-same-digest': '[]' });
    const other = await resolve({ images: `debian@${amd64.digest}`, 'find-tags': 'semver', 'find-tags-limit': '1' });
    expect(other.outputs['version']).toBe('');
    expect(other.log).toMatch(/^ {2}version {3}not known: the most plausible tag has another digest; 2 requests$/m);
  });
});

test('what a stranger wrote into a label is no version and no command', async () => {
  registry.add('acme/evil', {
    '1': image({
      labels: { 'org.opencontainers.image.title': 'evil', 'org.opencontainers.image.version': '1 $(id)\n::error::x' },
    }),
  });
  const result = await resolve({ images: `${host}/acme/evil:1`, inspect: 'true' });
  expect(result.outputs).toMatchObject({ version: '', 'version-source': '' });
  expect(result.log).toMatch(/version {3}not known: the label says "1 \$\(id\).*", which is no plain value/);
  expect(result.annotations).toEqual([]);
});

test('the files of one step are not those of another', async () => {
  const results = await Promise.all(['debian:12', 'debian:11'].map((images) => resolve({ images })));
  expect(new Set(results.map(({ outputs }) => outputs['bake-file'])).size).toBe(2);
  expect(readFileSync('action.yml', 'utf8')).toContain('bake-file:');
});
