import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Inspection } from '../../src/core/resolution.ts';
import { createTestClient, type TestClient } from '../support/client.ts';
import * as faults from '../support/faults.ts';
import { image, index, type Labels, type Manifest } from '../support/oci.ts';
import { startRegistry, type StartedRegistry } from '../support/registry.ts';

const open: (() => Promise<void>)[] = [];
let registry: StartedRegistry;
let tool: TestClient;
beforeEach(async () => {
  registry = await startRegistry();
  tool = createTestClient();
  open.push(tool.close, registry.close);
});
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

function oci(values: Labels): Labels {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`org.opencontainers.image.${name}`, value]));
}

async function inspect(manifest: Manifest, repository = 'acme/api'): Promise<Inspection> {
  registry.add(repository, { latest: manifest });
  const found = await tool.resolve(`${registry.host}/${repository}:latest`, { inspect: true });
  if (found?.inspection === undefined) throw new Error('not inspected');
  return found.inspection;
}

const VALUES = {
  version: '22.04',
  revision: 'abc123',
  source: 'https://example.com/base',
  created: '2025-01-01T00:00:00Z',
};
const ubuntu = image({ content: 'ubuntu', labels: oci(VALUES) });

/** What the application says, built on ubuntu, with the base recorded. */
function built(labels: Labels, base: Labels = {}): Manifest {
  const name = { 'base.name': `${registry.host}/library/ubuntu:22.04`, 'base.digest': ubuntu.digest };
  return image({ content: 'app', labels: oci({ ...labels, ...name, ...base }) });
}

describe('labels of an image with a recorded base', () => {
  beforeEach(() => registry.add('library/ubuntu', { '22.04': ubuntu }));

  test('that the base carries too are the base’s: none of them is used, and the log says why', async () => {
    const found = await inspect(built(VALUES));
    expect(found).toMatchObject({
      version: undefined,
      versionSource: undefined,
      revision: undefined,
      source: undefined,
    });
    expect(found.created).toBe('2026-03-01T12:00:00Z');
    const base = `${registry.host}/library/ubuntu:22.04`;
    expect(found.versionMissing).toBe(`the label says 22.04, which is that of its base ${base}`);
    expect(found.remarks).toEqual([
      `revision is not used: the label says abc123, which is that of its base ${base}`,
      `source is not used: the label says https://example.com/base, which is that of its base ${base}`,
      `created is not used: the label says 2025-01-01T00:00:00Z, which is that of its base ${base}`,
    ]);
  });

  test('that the base does not carry are the image’s', async () => {
    const own = {
      version: '1.4.2',
      revision: 'def456',
      source: 'https://github.com/acme/api',
      created: '2026-02-02T02:02:02Z',
    };
    expect(await inspect(built(own))).toMatchObject({
      ...own,
      versionSource: 'label',
      versionMissing: undefined,
      remarks: [],
    });
  });

  test('are compared one by one', async () => {
    const found = await inspect(built({ ...VALUES, version: '1.4.2' }));
    expect(found).toMatchObject({ version: '1.4.2', revision: undefined, source: undefined });
  });

  test('are compared with the base that was recorded, not with what its tag is now', async () => {
    registry.add('library/ubuntu', { '22.04': image({ labels: oci({ version: '22.04.9' }) }) });
    expect((await inspect(built(VALUES))).version).toBeUndefined();
  });

  test('are compared with the tag where no digest was recorded', async () => {
    expect((await inspect(built(VALUES, { 'base.digest': '' }))).version).toBeUndefined();
  });

  test('are compared with the base’s annotations as well, and with the platform’s own image', async () => {
    const arm = image({ platform: 'linux/arm64', labels: oci({ version: 'arm' }) });
    const amd = image({ content: 'x' });
    const entry = { manifest: amd, annotations: oci({ version: '22.04' }) };
    registry.add('library/ubuntu', { multi: index([arm, entry], { annotations: oci({ revision: 'abc123' }) }) });
    const name = { 'base.name': `${registry.host}/library/ubuntu:multi`, 'base.digest': '' };
    expect(await inspect(built(VALUES, name))).toMatchObject({
      version: undefined,
      revision: undefined,
      source: VALUES.source,
    });
    expect((await inspect(built({ version: 'arm' }, name))).version).toBe('arm');
  });

  test('the base is read once, however many images are built on it', async () => {
    const all = ['a', 'b', 'c'].map((name) => `acme/${name}`);
    for (const name of all) registry.add(name, { latest: built({ ...VALUES, title: name }) });
    registry.forget();
    await Promise.all(all.map((name) => tool.resolve(`${registry.host}/${name}:latest`, { inspect: true })));
    expect(registry.summary().filter((line) => line.includes('/library/ubuntu/'))).toHaveLength(2);
  });

  test.each<readonly [string, Labels, RegExp, boolean]>([
    [
      'is gone',
      { 'base.digest': `sha256:${'0'.repeat(64)}` },
      /ubuntu:22\.04 cannot be compared: its registry does not have it any more$/,
      false,
    ],
    ['cannot be read', {}, /cannot be compared: .* answered 403/, true],
    [
      'is on a registry that nobody named',
      { 'base.name': '169.254.169.254/x/y:1' },
      /169\.254\.169\.254\/x\/y:1 cannot be compared: it is on 169\.254\.169\.254, which was not asked$/,
      false,
    ],
    [
      'is on an unknown host',
      { 'base.name': 'evil.example/x:1' },
      /it is on evil\.example, which was not asked$/,
      false,
    ],
    [
      'is no reference',
      { 'base.name': 'UPPER CASE' },
      /UPPER CASE cannot be compared: .*is not an image reference/,
      false,
    ],
  ])('where the base %s, the version stays empty', async (_, base, why, isRefused) => {
    if (isRefused) registry.on('GET */library/ubuntu/*', faults.answer(403));
    const found = await inspect(built(VALUES, base));
    expect(found.version).toBeUndefined();
    expect(found.versionMissing).toMatch(why);
    expect(found).toMatchObject({ revision: VALUES.revision, source: VALUES.source });
    expect(found.remarks[0]).toMatch(
      /^revision: the label may be the base's, as the recorded base .* cannot be compared/,
    );
  });
});

describe('labels of an image without a recorded base', () => {
  test.each<readonly [string, Labels, string | undefined]>([
    ['the source is this repository’s', { version: '1.4.2', source: 'https://github.com/acme/api' }, '1.4.2'],
    ['the title is', { version: '1.4.2', title: 'api' }, '1.4.2'],
    ['both are another’s', { version: '22.04', title: 'ubuntu', source: 'https://example.com/ubuntu' }, undefined],
    ['there is neither', { version: '22.04' }, undefined],
  ])('%s', async (_, labels, version) => {
    const found = await inspect(image({ labels: oci({ ...labels, revision: 'abc123' }) }));
    expect(found).toMatchObject({
      version,
      versionSource: version === undefined ? undefined : 'label',
      revision: 'abc123',
    });
    if (version !== undefined) expect(found).toMatchObject({ versionMissing: undefined, remarks: [] });
    else {
      expect(found.versionMissing).toBe(
        "the label says 22.04, which may be the base's: no base image is recorded, and neither title nor source is of this repository",
      );
      expect(found.remarks[0]).toMatch(/^revision: the label may be the base's/);
    }
  });

  test('the labels of an image that has none are no problem', async () => {
    expect(await inspect(image())).toMatchObject({
      version: undefined,
      versionMissing: 'the image states none',
      remarks: [],
      created: '2026-03-01T12:00:00Z',
    });
  });
});

describe('annotations', () => {
  test('come before labels, and need no base', async () => {
    const manifest = image({
      labels: oci({ version: '22.04', revision: 'x' }),
      annotations: oci({ version: '1.4.2', revision: 'def' }),
    });
    expect(await inspect(manifest)).toMatchObject({
      version: '1.4.2',
      versionSource: 'annotation',
      revision: 'def',
      remarks: [],
    });
  });

  test('are found on the index, on its entry and on the manifest', async () => {
    const child = image({ annotations: oci({ source: 'https://example.com/c', version: '3' }) });
    const entry = { manifest: child, annotations: oci({ revision: 'entry', version: '2' }) };
    const found = await inspect(index([entry], { annotations: oci({ version: '1' }) }));
    expect(found).toMatchObject({ version: '1', revision: 'entry', source: 'https://example.com/c' });
    const platform = { os: 'linux', architecture: 'amd64' };
    const one = await tool.resolve(`${registry.host}/acme/api:latest`, { inspect: true, platform });
    expect(one?.inspection).toMatchObject({ version: '3', revision: 'entry' });
  });

  test('that the recorded base carries too tell no version', async () => {
    registry.add('library/ubuntu', { '22.04': ubuntu });
    const base = { 'base.name': `${registry.host}/library/ubuntu:22.04`, 'base.digest': ubuntu.digest };
    const found = await inspect(image({ annotations: oci({ ...base, version: '22.04', revision: 'abc123' }) }));
    expect(found).toMatchObject({ version: undefined, revision: 'abc123' });
    expect(found.versionMissing).toMatch(/^the annotation says 22\.04, which is that of its base/);
  });
});

describe('with find-tags', () => {
  test('tags come first, and the base is then not read for the version alone', async () => {
    registry.add('library/ubuntu', { '22.04': ubuntu });
    const manifest = built({ version: '22.04' });
    registry.add('acme/api', { latest: manifest, '1.4.2': manifest });
    registry.forget();
    const options = { inspect: true, findTags: { mode: 'semver', limit: 40 } } as const;
    const found = await tool.resolve(`${registry.host}/acme/api:latest`, options);
    expect(found).toMatchObject({
      foundTags: { version: '1.4.2' },
      inspection: { version: undefined, versionMissing: undefined },
    });
    expect(registry.summary().filter((line) => line.includes('ubuntu'))).toEqual([]);
  });

  test('statements are the last evidence', async () => {
    const own = image({ labels: oci({ version: '1.4.2', title: 'api' }) });
    registry.add('acme/api', { latest: own, '1.0.0': image({ content: 'old' }) });
    const options = { inspect: true, findTags: { mode: 'semver', limit: 40 } } as const;
    const found = await tool.resolve(`${registry.host}/acme/api:latest`, options);
    expect(found).toMatchObject({
      foundTags: { version: undefined },
      inspection: { version: '1.4.2', versionSource: 'label' },
    });
  });
});

test.each([
  ['version', '1.0 $(id)'],
  ['version', '1.0\n::error::x'],
  ['version', 'v'.repeat(300)],
  ['revision', '`id`'],
  ['source', 'https://x/"; id'],
  ['created', 'now'],
] as const)('%s %j is nothing that anybody should paste into a script', async (name, value) => {
  const found = await inspect(image({ labels: oci({ title: 'api', [name]: value }) }));
  expect(found[name]).toBe(name === 'created' ? '2026-03-01T12:00:00Z' : undefined);
  const told = name === 'version' ? found.versionMissing : found.remarks[0];
  expect(told).toMatch(/the label says ".*", which is no plain value$/);
  expect(told).not.toMatch(/\n/);
});
