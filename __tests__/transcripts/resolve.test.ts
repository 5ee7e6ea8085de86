import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  answer,
  claimDigest,
  contentType,
  cutBody,
  dropDigest,
  html,
  times,
  tooMany,
  withBody,
  withHeaders,
} from '../support/faults.ts';
import { helmChart, image, index, TYPES } from '../support/oci.ts';
import { startRegistry, type StartedRegistry } from '../support/registry.ts';
import { actionMetadata, type RunOptions, type RunResult } from '../support/runner.ts';
import type { Behaviour } from '../support/service.ts';
import { jsonOf, runBuilt } from './support.ts';

const LABELS = {
  'org.opencontainers.image.revision': '9f3c1d2e5b7a4c6d8e0f1a2b3c4d5e6f7a8b9c0d',
  'org.opencontainers.image.source': 'https://github.com/acme/api',
  'org.opencontainers.image.title': 'api',
  'org.opencontainers.image.version': '1.4.2',
};
const amd64 = image({ content: 'api', labels: LABELS });
const arm64 = image({ content: 'api', platform: 'linux/arm64/v8', labels: LABELS });
const armv7 = image({ content: 'api', platform: 'linux/arm/v7' });
const api = index([amd64, arm64], { attestations: true, annotations: { 'com.example.team': 'a' } });
const attestation = api.children[2]?.digest ?? '';
const single = image({ content: 'web', platform: 'linux/arm64', labels: { a: 'b' } });
const docker = index([image({ docker: true, content: 'd' })], { docker: true });
const dockerSingle = image({ docker: true, content: 'ds' });
const wide = image({ content: 'wide', sha512: true });
const chart = helmChart('chart', '1.0.0');
const old = image({ content: 'old' });
const NOWHERE = `sha256:${'0'.repeat(64)}`;
const NOTHING = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

let registry: StartedRegistry;
let host = '';

beforeAll(async () => {
  registry = await startRegistry();
  host = registry.host;
  registry.add('acme/api', { '1.4.2': api, latest: api, '1.4.1': old, '1.3.0': old });
  registry.add('acme/web', { '2': single });
  registry.add('acme/docker', { '1': docker, single: dockerSingle });
  registry.add('acme/wide', { '1': wide });
  registry.add('acme/chart', { '1.0.0': chart });
  registry.add('other/api', { '1': armv7 });
  registry.add('acme/spare', { '1': index([single, armv7]) });
});
afterAll(() => registry.close());

function resolve(inputs: Readonly<Record<string, string>>, options: Partial<RunOptions> = {}): Promise<RunResult> {
  return runBuilt({ action: 'resolve', ...options, inputs: { ...inputs, ...options.inputs } });
}

function asked(run: () => Promise<RunResult>): Promise<RunResult> {
  registry.forget();
  return run();
}

/** Everything that no step may leave behind. */
function expectClean(result: RunResult): void {
  expect(result.written).toEqual({ env: '', path: '', state: '', artifacts: '' });
  expect(result.rawStderr).toBe('');
  expect(Object.keys(result.tempFiles).filter((name) => !HANDED_OVER.test(name))).toEqual([]);
  expect(result.commands.map(({ name }) => name).filter((name) => !KNOWN.has(name))).toEqual([]);
}
/** What bake-file and source-policy name, for later steps. */
const HANDED_OVER = /^image-digest-\w{6}\/(?:docker-bake|source-policy)\.json$/;
const KNOWN = new Set(['add-mask', 'group', 'endgroup', 'error', 'warning', 'notice', 'debug']);

function errorsOf({ annotations }: RunResult): readonly string[] {
  return annotations.filter(({ level }) => level === 'error').map(({ title, message }) => `${title ?? ''}: ${message}`);
}

/** The outputs for a build, which hand-over.test.ts looks into. */
function handedOver({ outputs }: RunResult): Readonly<Record<string, unknown>> {
  const names = ['labels', 'annotations', 'build-contexts', 'build-args', 'bake-file', 'source-policy'];
  for (const name of names) expect([name, outputs[name]]).toEqual([name, expect.stringMatching(/./)]);
  return Object.fromEntries(names.map((name) => [name, outputs[name]]));
}

describe('outputs', () => {
  test('one image: its digest, by one HEAD, and nothing that was not read', async () => {
    const result = await asked(() => resolve({ images: `${host}/acme/api:1.4.2` }));
    expect(result.exitCode).toBe(0);
    expect(registry.summary()).toEqual(['HEAD /v2/acme/api/manifests/1.4.2']);
    expect(result.outputs).toEqual({
      digest: api.digest,
      'digest-hex': api.digest.slice(7),
      name: `${host}/acme/api`,
      tag: '1.4.2',
      image: `${host}/acme/api@${api.digest}`,
      pinned: `${host}/acme/api:1.4.2@${api.digest}`,
      kind: 'index',
      'media-type': TYPES.ociIndex,
      size: String(api.bytes.length),
      exists: 'true',
      'index-digest': api.digest,
      platforms: '',
      'platform-digests': '',
      'image-id': '',
      version: '',
      'version-source': '',
      revision: '',
      source: '',
      created: '',
      'tags-same-digest': '',
      'image-labels': '',
      'image-annotations': '',
      ...handedOver(result),
      digests: JSON.stringify({ api: api.digest }),
      images: JSON.stringify({ api: `${host}/acme/api@${api.digest}` }),
      matrix: JSON.stringify({
        include: [
          {
            key: 'api',
            image: `${host}/acme/api@${api.digest}`,
            name: `${host}/acme/api`,
            tag: '1.4.2',
            digest: api.digest,
          },
        ],
      }),
      json: result.outputs['json'],
    });
    expect(jsonOf(result.outputs['json'])).toMatchObject({
      schemaVersion: 1,
      images: [{ key: 'api', reference: `${host}/acme/api:1.4.2`, status: 'resolved', reason: '', digest: api.digest }],
    });
    expectClean(result);
  });

  test('are those that action.yml declares, no more and no fewer', async () => {
    const declared = [...actionMetadata(join(import.meta.dirname, '../..')).outputs.keys()].sort();
    for (const images of [`${host}/acme/api`, `${host}/acme/gone`]) {
      const { outputs } = await resolve({ images, 'if-missing': 'ignore' });
      expect(Object.keys(outputs).sort()).toEqual(declared);
    }
  });

  test.each<[string, Record<string, string>, () => Readonly<Record<string, string>>]>([
    [
      'platform: the manifest of the platform, strictly, and the index beside it',
      { images: 'acme/api:1.4.2', platform: 'linux/arm64' },
      () => ({
        digest: arm64.digest,
        'index-digest': api.digest,
        image: `${host}/acme/api@${arm64.digest}`,
        pinned: `${host}/acme/api:1.4.2@${arm64.digest}`,
        kind: 'manifest',
        'media-type': TYPES.ociManifest,
        size: String(arm64.bytes.length),
        platforms: '["linux/amd64","linux/arm64"]',
        'platform-digests': JSON.stringify({ 'linux/amd64': amd64.digest, 'linux/arm64': arm64.digest }),
        'image-id': '',
      }),
    ],
    [
      'platform of a single manifest: its config is read',
      { images: 'acme/web:2', platform: 'linux/aarch64' },
      () => ({ digest: single.digest, 'index-digest': single.digest, platforms: '["linux/arm64"]' }),
    ],
    [
      'inspect of an index',
      { images: 'acme/api:1.4.2', inspect: 'true' },
      () => ({
        digest: api.digest,
        platforms: '["linux/amd64","linux/arm64"]',
        'image-id': '',
        revision: LABELS['org.opencontainers.image.revision'],
        source: 'https://github.com/acme/api',
        created: '2026-03-01T12:00:00Z',
        'image-labels': JSON.stringify(LABELS),
        'image-annotations': '{"com.example.team":"a"}',
      }),
    ],
    [
      'inspect with platform: the image ID of the platform',
      { images: 'acme/api:1.4.2', inspect: 'true', platform: 'linux/amd64' },
      () => ({ digest: amd64.digest, 'image-id': amd64.imageId ?? '', 'image-labels': JSON.stringify(LABELS) }),
    ],
    [
      'inspect of a single manifest',
      { images: 'acme/web:2', inspect: 'TRUE' },
      () => ({ 'image-id': single.imageId ?? '', 'image-labels': '{"a":"b"}', 'image-annotations': '{}', version: '' }),
    ],
    [
      'require-platforms',
      { images: 'acme/api:1.4.2', 'require-platforms': 'linux/amd64\n# a comment\nlinux/arm64/v8,' },
      () => ({ digest: api.digest, platforms: '["linux/amd64","linux/arm64"]' }),
    ],
    [
      'a Docker manifest list',
      { images: 'acme/docker:1' },
      () => ({ digest: docker.digest, kind: 'index', 'media-type': TYPES.dockerList }),
    ],
    [
      'a Docker manifest',
      { images: 'acme/docker:single', verify: 'true' },
      () => ({ digest: dockerSingle.digest, kind: 'manifest', 'media-type': TYPES.dockerManifest }),
    ],
    [
      'an artifact',
      { images: 'acme/chart:1.0.0', inspect: 'true' },
      () => ({ digest: chart.digest, kind: 'artifact', platforms: '[]', 'image-id': '' }),
    ],
    [
      'a tag with a digest is asked by its digest, and both are kept',
      { images: `acme/api:latest@${old.digest}` },
      () => ({ digest: old.digest, tag: 'latest', pinned: `${host}/acme/api:latest@${old.digest}` }),
    ],
    [
      'a digest alone has no tag',
      { images: `acme/api@${old.digest}` },
      () => ({ digest: old.digest, tag: '', pinned: `${host}/acme/api@${old.digest}` }),
    ],
    ['no tag is latest', { images: 'acme/api' }, () => ({ digest: api.digest, tag: 'latest' })],
    [
      'expect: one of several digests',
      { images: 'a=acme/api', expect: `a=${NOWHERE} | ${api.digest}` },
      () => ({ digest: api.digest }),
    ],
  ])('%s', async (_name, { images = '', ...inputs }, wanted) => {
    const result = await resolve({ images: images.replace('acme/', `${host}/acme/`), ...inputs });
    expect(errorsOf(result)).toEqual([]);
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject(wanted());
    expectClean(result);
  });

  test('sha512: the digest that was asked for is the one that comes out, hashed with its own algorithm', async () => {
    const result = await resolve({ images: `${host}/acme/wide@${wide.digest}`, verify: 'true' });
    expect(result.outputs).toMatchObject({ digest: wide.digest, 'digest-hex': wide.digest.slice(7), kind: 'manifest' });
    expect(wide.digest).toMatch(/^sha512:[a-f0-9]{128}$/);
  });

  test('several images: maps in input order by key, single values of the first, equal references asked once', async () => {
    const images = [
      `# deployments`,
      `first=${host}/acme/api:1.4.2, ${host}/acme/web:2`,
      `again=${host}/acme/api:1.4.2`,
      ``,
      `${host}/acme/docker:1`,
      `${host}/acme/docker:single`,
    ].join('\n');
    const result = await asked(() => resolve({ images }));
    const digests = {
      first: api.digest,
      web: single.digest,
      again: api.digest,
      'docker-1': docker.digest,
      'docker-single': dockerSingle.digest,
    };
    expect(Object.entries(jsonOf(result.outputs['digests']))).toEqual(Object.entries(digests));
    expect(Object.keys(jsonOf(result.outputs['images']))).toEqual(Object.keys(digests));
    expect(jsonOf(result.outputs['matrix'])).toMatchObject({
      include: Object.entries(digests).map(([key, digest]) => ({ key, digest })),
    });
    expect(result.outputs['digest']).toBe(api.digest);
    expect(registry.summary().toSorted()).toEqual([
      'HEAD /v2/acme/api/manifests/1.4.2',
      'HEAD /v2/acme/docker/manifests/1',
      'HEAD /v2/acme/docker/manifests/single',
      'HEAD /v2/acme/web/manifests/2',
    ]);
    expect(result.outputs['digests']).not.toContain('127.0.0.1');
    expect(result.summary).toContain('Image digests');
  });

  test('the first image failed: its single values are empty, everything else is there, and the step fails', async () => {
    const images = `gone=${host}/acme/api:9\nnope=${host}/acme/broken:1\nweb=${host}/acme/web:2`;
    const undo = registry.on('* /v2/acme/broken/*', answer(400, {}, '{"errors":[{"code":"UNSUPPORTED"}]}'));
    const result = await resolve({ images });
    undo();
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({
      digest: '',
      image: '',
      name: '',
      exists: 'false',
      digests: JSON.stringify({ web: single.digest }),
      images: JSON.stringify({ web: `${host}/acme/web@${single.digest}` }),
    });
    expect(jsonOf(result.outputs['json'])).toMatchObject({
      images: [
        { key: 'gone', status: 'missing', code: 'not-found', reason: expect.stringContaining('was not found') },
        { key: 'nope', status: 'failed', code: 'cannot-tell', reason: expect.stringContaining('UNSUPPORTED') },
        { key: 'web', status: 'resolved', digest: single.digest },
      ],
    });
    expect(errorsOf(result)).toHaveLength(2);
    expect(result.annotations.map(({ title }) => title)).toEqual(['not-found', 'cannot-tell']);
  });

  test('survive a masked registry name: digests holds none', async () => {
    const result = await resolve({ images: `api=${host}/acme/api` }, { secrets: [host] });
    expect(result.jobOutputs['digests']).toBe(JSON.stringify({ api: api.digest }));
    expect(result.jobOutputs['digest']).toBe(api.digest);
    expect(result.jobOutputs).not.toHaveProperty('images');
  });

  test('1,000 references in one step', async () => {
    const tags = Array.from({ length: 1000 }, (_, number) => `t${String(number)}`);
    registry.add('acme/many', Object.fromEntries(tags.map((tag) => [tag, old])));
    const result = await asked(() => resolve({ images: tags.map((tag) => `${host}/acme/many:${tag}`).join('\n') }));
    expect(result.exitCode).toBe(0);
    expect(Object.keys(jsonOf(result.outputs['digests']))).toEqual(tags.map((tag) => `many-${tag}`));
    expect(registry.requests).toHaveLength(1000);
    expect(result.durationMs).toBeLessThan(10_000);
    expect(Buffer.byteLength(result.summary)).toBeLessThan(1024 * 1024);
    expectClean(result);
  });
});

describe('a wrong digest is named', () => {
  test.each<[string, Record<string, string>, string, readonly string[]]>([
    ['moved', { images: 'acme/api', expect: NOWHERE }, 'moved', [api.digest, NOWHERE]],
    ['a child', { images: 'acme/api', expect: amd64.digest }, 'platform-digest', ['linux/amd64', api.digest]],
    [
      'the index',
      { images: 'acme/api', platform: 'linux/amd64', expect: api.digest },
      'platform-digest',
      [amd64.digest],
    ],
    ['an attestation', { images: 'acme/api', expect: attestation }, 'attestation-digest', [api.digest]],
    [
      'an image ID of a platform',
      { images: 'acme/api', expect: amd64.imageId ?? '' },
      'image-id',
      ['this is an image ID, not a manifest digest', api.digest],
    ],
    [
      'an image ID of a single image',
      { images: 'acme/web:2', expect: single.imageId ?? '' },
      'image-id',
      ['this is an image ID', single.digest],
    ],
    [
      'an image ID as reference, with a tag',
      { images: `acme/web:2@${single.imageId ?? ''}` },
      'image-id',
      ['this is an image ID, not a manifest digest', `acme/web:2@${single.digest}`],
    ],
    ['an image ID as reference', { images: `acme/web@${single.imageId ?? ''}` }, 'image-id', ['this is an image ID']],
    ['a deleted digest', { images: `acme/web@${NOWHERE}` }, 'not-found', ['has no such digest']],
    [
      'a platform that is absent',
      { images: 'acme/api', platform: 'windows/amd64' },
      'platform-missing',
      ['windows/amd64', 'linux/amd64, linux/arm64'],
    ],
    [
      'a platform that a single image is not',
      { images: 'acme/web:2', platform: 'linux/amd64' },
      'platform-missing',
      ['linux/amd64', 'linux/arm64'],
    ],
    [
      'an older variant is no match',
      { images: 'acme/spare:1', platform: 'linux/arm/v6' },
      'platform-missing',
      ['linux/arm/v6', 'linux/arm/v7'],
    ],
    [
      'a required platform',
      { images: 'acme/api', 'require-platforms': 'linux/amd64, linux/s390x, linux/riscv64' },
      'platform-missing',
      ['linux/s390x, linux/riscv64', 'linux/amd64, linux/arm64'],
    ],
  ])('%s', async (_name, { images = '', ...inputs }, code, words) => {
    const result = await resolve({ images: images.replace('acme/', `${host}/acme/`), ...inputs });
    expect(result.exitCode).toBe(1);
    const [error, ...others] = errorsOf(result);
    expect(others).toEqual([]);
    expect(error).toMatch(new RegExp(`^${code}: `));
    for (const word of words) expect(error).toContain(word);
    expect(error).toMatch(/ See \S*docs\/errors\.md#[a-z-]+$/);
    expect(error).not.toMatch(/\.\.(?!\.)|\. \./);
  });

  test('a tag that has moved away from the digest beside it is a notice, where something was read', async () => {
    const images = `${host}/acme/api:1.4.2@${old.digest}`;
    const quiet = await resolve({ images });
    expect(quiet.annotations).toEqual([]);
    const result = await resolve({ images, verify: 'true' });
    expect(result.exitCode).toBe(0);
    expect(result.outputs['digest']).toBe(old.digest);
    expect(result.annotations).toEqual([
      expect.objectContaining({ level: 'notice', title: 'moved', message: expect.stringContaining(api.digest) }),
    ]);
  });

  test('many moved tags give at most ten notices', async () => {
    const tags = Array.from({ length: 14 }, (_, number) => `m${String(number)}`);
    registry.add('acme/moved', Object.fromEntries(tags.map((tag) => [tag, api])));
    registry.store('acme/moved', old);
    const images = tags.map((tag) => `${host}/acme/moved:${tag}@${old.digest}`).join('\n');
    const result = await resolve({ images, verify: 'true' });
    expect(result.droppedAnnotations).toBe(0);
    expect(result.annotations).toHaveLength(10);
    expect(result.annotations.at(-1)?.message).toContain('5 more');
  });
});

describe('what does not exist', () => {
  test('is an error that names the nearest tags', async () => {
    const result = await resolve({ images: `${host}/acme/api:1.4.3` });
    expect(result.exitCode).toBe(1);
    const [error] = errorsOf(result);
    expect(error).toContain('not-found: ');
    expect(error).toContain('The nearest tags are 1.4.');
    expect(result.outputs).toMatchObject({ exists: 'false', digest: '' });
  });

  test('says when the repository is not there, and hints at wait for a tag that looks like a commit', async () => {
    const result = await resolve({ images: `${host}/acme/nobody:9f3c1d2` });
    const [error] = errorsOf(result);
    expect(error).toContain('has no repository acme/nobody');
    expect(error).toContain('wait: 60');
    expect(error).toContain('needs:');
  });

  test('is an answer with if-missing: ignore', async () => {
    const result = await resolve({
      images: `gone=${host}/acme/api:9\nweb=${host}/acme/web:2`,
      'if-missing': 'ignore',
      write: 'images.json',
    });
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toEqual([]);
    const { exists, digests, json, ...others } = result.outputs;
    expect(exists).toBe('false');
    expect(digests).toBe(JSON.stringify({ web: single.digest }));
    expect(jsonOf(json)).toMatchObject({ images: [{ status: 'missing', exists: false }, { status: 'resolved' }] });
    const ofAll = new Set(['images', 'matrix', 'build-contexts', 'build-args', 'bake-file', 'source-policy']);
    const values = Object.entries(others).filter(([name]) => !ofAll.has(name));
    expect(values.filter(([, value]) => value !== '')).toEqual([]);
    expect(Object.keys(result.workspaceFiles)).toEqual(['images.json']);
  });

  test.each([
    [401, {}, 'unauthorized'],
    [403, {}, 'unauthorized'],
    [429, { 'retry-after': '3600' }, 'rate-limited'],
    [500, {}, 'cannot-tell'],
    [503, { 'retry-after': '3600' }, 'cannot-tell'],
    [400, {}, 'cannot-tell'],
    [418, {}, 'cannot-tell'],
  ] as const)('%i is never "missing", with if-missing: ignore and with wait', async (status, headers, code) => {
    const undo = registry.on('* /v2/acme/closed/*', answer(status, headers, '{"errors":[{"message":"not found"}]}'));
    const images = `${host}/acme/closed:1`;
    const result = await asked(() => resolve({ images, 'if-missing': 'ignore', wait: '60' }));
    undo();
    expect(registry.requests.length).toBeLessThanOrEqual(4);
    expect(result.exitCode).toBe(1);
    expect(result.outputs['exists']).toBe('');
    expect(jsonOf(result.outputs['json'])).toMatchObject({ images: [{ status: 'failed', code }] });
    expect(errorsOf(result)).toEqual([expect.stringMatching(new RegExp(`^${code}: `))]);
  });

  test('wait keeps asking while the answer is 404, for a tag and for a whole repository', async () => {
    let seen = 0;
    const undo = registry.on('HEAD /v2/acme/late/manifests/1', (_request, next) => {
      seen += 1;
      if (seen === 2) registry.add('acme/late', { '1': single });
      return next();
    });
    const result = await resolve({ images: `${host}/acme/late:1`, wait: '20' });
    undo();
    expect(errorsOf(result)).toEqual([]);
    expect(result.outputs).toMatchObject({ digest: single.digest, exists: 'true' });
  });

  test('wait ends after its time with the same error as without', async () => {
    const started = performance.now();
    const result = await resolve({ images: `${host}/acme/never:1`, wait: '1' });
    expect(performance.now() - started).toBeGreaterThan(1000);
    expect(result.durationMs).toBeLessThan(4000);
    expect(errorsOf(result)).toEqual([expect.stringMatching(/^not-found: .*has no repository acme\/never/)]);
  });
});

describe('files', () => {
  const all = 'out/images.json, images.env\nimages.yaml, images.yml, Images.MD';
  const inputs = () => ({ images: `api-1=${host}/acme/api:1.4.2\nweb=${host}/acme/web:2`, write: all });
  let workspace = '';
  beforeAll(() => {
    workspace = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-')));
  });
  afterAll(() => rmSync(workspace, { recursive: true, force: true }));
  const read = (name: string) => readFileSync(join(workspace, name), 'utf8');

  test('of every kind, the same bytes again, and left alone when nothing has changed', async () => {
    const first = await resolve(inputs(), { cwd: workspace });
    expect(errorsOf(first)).toEqual([]);
    const names = ['out/images.json', 'images.env', 'images.yaml', 'images.yml', 'Images.MD'];
    const before = names.map((name) => [
      read(name),
      statSync(join(workspace, name)).ino,
      statSync(join(workspace, name)).mtimeMs,
    ]);
    expect(first.log).toContain('images.env: written');
    const second = await resolve(inputs(), { cwd: workspace });
    expect(second.log).toContain('images.env: unchanged');
    expect(
      names.map((name) => [read(name), statSync(join(workspace, name)).ino, statSync(join(workspace, name)).mtimeMs]),
    ).toEqual(before);
    expect(read('images.env')).toBe(
      [
        `API_1_IMAGE=${host}/acme/api@${api.digest}`,
        `API_1_DIGEST=${api.digest}`,
        `WEB_IMAGE=${host}/acme/web@${single.digest}`,
        `WEB_DIGEST=${single.digest}`,
        '',
      ].join('\n'),
    );
    expect(jsonOf(read('out/images.json'))).toEqual(jsonOf(first.outputs['json']));
    expect(read('images.yaml')).toBe(read('images.yml'));
    expect(read('images.yaml')).toContain(`    digest: "${api.digest}"`);
    expect(read('Images.MD')).toContain(api.digest);
    for (const name of names) expect(read(name)).not.toMatch(/\d\d:\d\d:\d\d|20\d\d-/);
  });

  test('are written for others when one cannot be, and the outputs and the summary are there', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-')));
    writeFileSync(join(folder, 'in-the-way'), '');
    const late = registry.on('HEAD /v2/acme/api/manifests/1.4.2', (_request, next) => {
      rmSync(join(folder, 'images.json'), { force: true });
      mkdirSync(join(folder, 'images.json'));
      return next();
    });
    const result = await resolve(
      { images: `${host}/acme/api:1.4.2`, write: 'images.json, images.env' },
      { cwd: folder },
    );
    late();
    expect(result.exitCode).toBe(1);
    expect(errorsOf(result)).toEqual([expect.stringMatching(/^bad-input: images\.json is not written/)]);
    expect(readFileSync(join(folder, 'images.env'), 'utf8')).toContain(api.digest);
    expect(result.outputs['digest']).toBe(api.digest);
    expect(result.summary).toContain(api.digest);
    rmSync(folder, { recursive: true });
  });

  test('are not written when an image failed, and the log says so', async () => {
    const result = await resolve({ images: `${host}/acme/api:9\n${host}/acme/web:2`, write: 'images.json' });
    expect(result.exitCode).toBe(1);
    expect(result.workspaceFiles).toEqual({});
    expect(result.log).toContain('Not written, because an image failed: images.json');
  });

  test('that lie outside, behind a link or in the way of something are refused before any request', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-')));
    mkdirSync(join(folder, 'folder.json'));
    symlinkSync('/etc/hostname', join(folder, 'link.json'));
    symlinkSync(tmpdir(), join(folder, 'elsewhere'));
    const write = '../up.json\n/etc/image-digest.json\nlink.json\nelsewhere/x.env\nfolder.json\nnotes.txt';
    const result = await asked(() => resolve({ images: `${host}/acme/api`, write }, { cwd: folder }));
    expect(registry.requests).toEqual([]);
    expect(result.exitCode).toBe(1);
    const errors = errorsOf(result);
    for (const name of [
      '../up.json',
      '/etc/image-digest.json',
      'link.json',
      'elsewhere/x.env',
      'folder.json',
      'notes.txt',
    ]) {
      expect(errors.filter((error) => error.includes(name))).toHaveLength(1);
    }
    rmSync(folder, { recursive: true });
  });
});

describe('inputs', () => {
  test('that are wrong are all told at once, each with its corrected form, before any request', async () => {
    const result = await asked(() =>
      resolve({
        images: `${host}/Acme/Api:1\n1st=${host}/acme/web\n${host}/acme/api:1.4.2\n${host}/other/api:1.4.2`,
        platform: 'arm64',
        'require-platforms': 'linux amd64',
        inspect: 'yes',
        wait: 'soon',
        'if-missing': 'Ignore',
        expect: 'sha256:ABC',
        'ca-file': 'none.pem',
        timeout: '0',
        'auth-hosts': 'nothing',
        'insecure-registries': 'http://plain.example/',
        'registry-map': 'docker.io',
        username: 'octocat',
        write: 'lock.toml',
      }),
    );
    expect(registry.requests).toEqual([]);
    expect(result.exitCode).toBe(1);
    expect(Object.keys(result.outputs)).toEqual([]);
    expect(result.annotations).toHaveLength(10);
    const text = [...errorsOf(result), ...result.log.split('\n')].join('\n');
    for (const part of [
      `${host}/acme/api:1`,
      '"1st"',
      'second=',
      'Write linux/arm64',
      'Write linux/amd64',
      'Write true or false',
      'whole number from 0',
      'Write ignore',
      'none.pem',
      'whole number from 1',
      'Write plain.example',
      'docker.io=mirror.example',
      'registry.example.com=auth.example.com',
      'password is empty',
      'lock.toml',
    ]) {
      expect(text).toContain(part);
    }
  });

  test.each<[string, Record<string, string>, string]>([
    ['no image', { images: ' \n# none\n' }, 'bad-input: images: the list is empty'],
    [
      'a boolean',
      { images: 'acme/api', verify: 'on' },
      'bad-input: verify: "on" is not a boolean. Write true or false.',
    ],
    [
      'a choice',
      { images: 'acme/api', 'if-missing': 'warn' },
      'bad-input: if-missing: "warn" is not one of error, ignore.',
    ],
    ['seconds', { images: 'acme/api', wait: '-1' }, 'bad-input: wait: "-1" is not a whole number from 0 to 86400.'],
    ['an upper-case name', { images: 'ghcr.io/Acme/API:1' }, 'ghcr.io/acme/api:1'],
    ['the digest of nothing', { images: `acme/api@${NOTHING}` }, 'empty-digest: images: '],
    ['expecting the digest of nothing', { images: 'acme/api', expect: NOTHING }, 'empty-digest: expect: '],
    ['a key twice', { images: 'a=acme/api\na=acme/web:2' }, 'Write keys of your own: first='],
    [
      'a key that no image has',
      { images: 'a=acme/api', expect: `b=${NOWHERE}` },
      'expect: no image has the key "b". The keys are a.',
    ],
    ['a digest for nobody', { images: 'a=acme/api\nb=acme/web', expect: NOWHERE }, 'expect: there are several images'],
    ['a key that is expected twice', { images: 'a=acme/api', expect: `a=${NOWHERE},a=${NOWHERE}` }, '"a"'],
    [
      'a login for two registries',
      { images: 'docker.io/a/b\nghcr.io/a/b', username: 'u', password: 'p' },
      'Name the registry that the login is for',
    ],
    ['a folder as ca-file', { images: 'acme/api', 'ca-file': '.' }, 'bad-input: ca-file: '],
    ['a look-alike', { images: 'ɡhcr.io/acme/api' }, 'U+0261'],
    ['an unexpanded variable', { images: 'ghcr.io/acme/api:$TAG' }, 'Variables are not expanded here'],
    ['md5', { images: `acme/api@md5:${'0'.repeat(32)}` }, 'md5'],
    ['a digest in upper case', { images: `acme/api@sha256:${'A'.repeat(64)}` }, `sha256:${'a'.repeat(64)}`],
  ])('%s', async (_name, inputs, words) => {
    const result = await asked(() => resolve(inputs));
    expect(registry.requests).toEqual([]);
    expect(result.exitCode).toBe(1);
    expect(errorsOf(result).join('\n')).toContain(words);
    expect(errorsOf(result).join('\n')).not.toMatch(/\.\.(?!\.)/);
  });

  test('that hold what a stranger wrote start no command', async () => {
    const images = 'ghcr.io/acme/api:x\u2028::add-mask::sha256 ##[set-output name=digest]evil';
    const result = await resolve({ images });
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toEqual({});
    expectClean(result);
  });
});

describe('what people read', () => {
  test('the log of an image is the one of the documentation, digest first', async () => {
    const result = await resolve({ images: `${host}/acme/api:1.4.2` });
    const lines = result.log.split('\n').map((line) => line.replace(/\d+ ms/, 'n ms'));
    expect(lines).toEqual([
      `##[group]${host}/acme/api:1.4.2`,
      `  digest    ${api.digest}`,
      '  kind      OCI image index',
      '  how       1 request, n ms, anonymous',
      '##[endgroup]',
    ]);
  });

  test('in a terminal there are no commands', async () => {
    const result = await resolve({ images: `${host}/acme/api:1.4.2` }, { env: { GITHUB_ACTIONS: 'false' } });
    expect(result.rawStdout).not.toMatch(/^::|##\[/m);
    expect(result.rawStdout).toContain(`\n  digest    ${api.digest}\n`);
  });

  test('without GITHUB_OUTPUT and GITHUB_STEP_SUMMARY the work goes on with one warning', async () => {
    const env = { GITHUB_OUTPUT: undefined, GITHUB_STEP_SUMMARY: undefined };
    const result = await resolve({ images: `${host}/acme/api`, write: 'images.env' }, { env });
    expect(result.exitCode).toBe(0);
    expect(result.annotations.map(({ level }) => level)).toEqual(['warning']);
    expect(result.rawStdout).not.toContain('set-output');
    expect(result.workspaceFiles['images.env']).toContain(api.digest);
  });

  test('a GITHUB_OUTPUT that is no file is one warning', async () => {
    const result = await resolve({ images: `${host}/acme/api` }, { env: { GITHUB_OUTPUT: '/nowhere/output' } });
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toEqual([expect.objectContaining({ level: 'warning' })]);
    expect(result.rawStdout).not.toContain('set-output');
  });

  test('show-summary: false writes none', async () => {
    const result = await resolve({ images: `${host}/acme/api`, 'show-summary': 'false' });
    expect(result.summary).toBe('');
  });

  test('the summary is one table, with the commands folded', async () => {
    const result = await resolve({ images: `${host}/acme/api:1.4.2\n${host}/acme/api:9`, inspect: 'true' });
    expect(result.summary).toContain(`| \`${host}/acme/api:1.4.2\` | \`${api.digest}\` |`);
    expect(result.summary).toContain(`docker pull ${host}/acme/api@${api.digest}`);
    expect(result.summary).toContain('<details>');
    expect(result.summary).not.toMatch(/\\?\.\\?\.(?!\.)/);
  });

  test('annotations: one for each failure, at most ten, titled with the code, the rest in the log', async () => {
    const tags = Array.from({ length: 12 }, (_, number) => `x${String(number)}`);
    const env = { GITHUB_ACTION_REPOSITORY: 'acme/image-digest', GITHUB_ACTION_REF: 'v1' };
    const result = await resolve({ images: tags.map((tag) => `${host}/acme/api:${tag}`).join('\n') }, { env });
    expect(result.annotations).toHaveLength(10);
    expect(result.droppedAnnotations).toBe(0);
    expect(result.annotations.slice(0, 9).every(({ title }) => title === 'not-found')).toBe(true);
    expect(result.annotations.at(-1)?.message).toContain('3 more');
    expect(result.annotations[0]?.message).toContain(
      'See https://github.com/acme/image-digest/blob/v1/docs/errors.md#not-found',
    );
    for (const tag of tags) expect(result.log).toContain(`acme/api:${tag} was not found`);
  });
});

const verify = { verify: 'true' };
const byDigest = () => ({ suffix: `@${single.digest}`, verify: 'true' });
const body = (value: object): Behaviour => answer(200, { 'content-type': TYPES.ociManifest }, JSON.stringify(value));

describe('a registry with bad moments', () => {
  test.each([
    ['429 with Retry-After 0', tooMany('0')],
    ['503', answer(503)],
  ])('%s once costs a retry and nothing else', async (_name, behaviour) => {
    const undo = registry.on('HEAD /v2/acme/web/manifests/2', times(1, behaviour));
    const result = await resolve({ images: `${host}/acme/web:2` });
    undo();
    expect(result.outputs['digest']).toBe(single.digest);
    expect(result.annotations).toEqual([]);
  });

  test('no digest header: one GET more, hashed', async () => {
    const undo = registry.on('* /v2/acme/web/*', dropDigest());
    const result = await asked(() => resolve({ images: `${host}/acme/web:2` }));
    undo();
    expect(result.outputs['digest']).toBe(single.digest);
    expect(registry.summary()).toEqual(['HEAD /v2/acme/web/manifests/2', 'GET /v2/acme/web/manifests/2']);
  });

  test.each<[string, Behaviour, Readonly<Record<string, string>>, RegExp]>([
    ['a page for people', html(), {}, /^cannot-tell: .*acme\/web:2: the answer is not a manifest \(text\/html\)/],
    ['an index and a manifest at once', body({ manifests: [], layers: [], config: {} }), {}, /^cannot-tell: /],
    ['another type than it says', contentType(TYPES.dockerManifest), verify, /^cannot-tell: /],
    [
      'no JSON',
      answer(200, { 'content-type': TYPES.ociManifest }, 'hello'),
      verify,
      /^cannot-tell: .*acme\/web:2: .*no JSON/,
    ],
    ['half of it, without a length', cutBody(0.5, false), verify, /^network: .*acme\/web:2: the manifest is truncated/],
    ['half of it, once', times(1, cutBody(0.5, false)), verify, /^$/],
    [
      'something else than was asked for by digest',
      withBody((bytes) => `${bytes.toString()} `),
      byDigest(),
      /^integrity: /,
    ],
    ['5 MiB', withBody((bytes) => bytes.toString() + ' '.repeat(5 << 20)), verify, /^limit: .*4194304/],
    ['429 with a day to wait', tooMany('86400'), {}, /^rate-limited: .*24 h/],
    ['a digest of another kind', withHeaders({ 'docker-content-digest': `md5:${'0'.repeat(32)}` }), {}, /^$/],
    ['a digest header that is not true', claimDigest(NOWHERE), verify, /^$/],
    ['a byte order mark', withBody((bytes) => `\uFEFF${bytes.toString()}`), verify, /^(?:|cannot-tell: .*)$/],
  ])('%s: told as what it is, in at most four requests', async (_name, behaviour, inputs, words) => {
    const undo = registry.on('* /v2/acme/web/manifests/*', behaviour);
    const { suffix = ':2', ...others } = inputs;
    const result = await asked(() => resolve({ images: `${host}/acme/web${suffix}`, ...others }));
    undo();
    expect(errorsOf(result).join()).toMatch(words);
    expect(registry.requests.length).toBeLessThanOrEqual(4);
    expect(result.outputs['exists']).toBe(result.exitCode === 0 ? 'true' : '');
    if (result.exitCode === 0) expect(result.outputs['digest']).not.toBe(NOWHERE);
    const { outputs } = result;
    expect(outputs['digest']).toMatch(result.exitCode === 0 ? /^sha256:[a-f0-9]{64}$/ : /^$/);
  });

  test('a message that is too long for the runner is cut before its link', async () => {
    const digests = Array.from({ length: 100 }, (_, number) => `sha256:${String(number).padStart(64, '0')}`);
    const result = await resolve({ images: `${host}/acme/web:2`, expect: digests.join('|') });
    expect(errorsOf(result)).toEqual([expect.stringMatching(/… See \S*#moved$/)]);
  });

  test('long work says where it is, and an image that failed takes nothing from the others', async () => {
    const gate = Promise.withResolvers<void>();
    const undo = registry.on('HEAD /v2/acme/docker/manifests/1', async (_request, next) => {
      await gate.promise;
      return next();
    });
    const result = await resolve(
      { images: `${host}/acme/web:2\n${host}/acme/docker:1` },
      { onLine: (line) => (line.includes('1 of 2 images resolved') ? gate.resolve() : undefined) },
    );
    undo();
    expect(result.exitCode).toBe(0);
    expect(result.log).toContain(`1 of 2 images resolved, last ${host}/acme/web:2`);
  }, 20_000);
});
