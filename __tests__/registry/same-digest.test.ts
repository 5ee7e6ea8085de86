import { afterEach, describe, expect, test } from '@jest/globals';
import type { FindTags, FoundTags } from '../../src/core/resolution.ts';
import { createCertificates } from '../../src/ports/certificates.ts';
import { makeAuthority } from '../support/certificates.ts';
import { createTestClient, type TestClient, type TestClientOptions } from '../support/client.ts';
import * as faults from '../support/faults.ts';
import { startInternet } from '../support/internet.ts';
import { image, index, type Manifest } from '../support/oci.ts';
import { createRegistry, startRegistry, type RegistryOptions, type StartedRegistry } from '../support/registry.ts';
import { createService, json, type Service } from '../support/service.ts';
import { dockerHub, ghcr, quay, type World } from '../support/worlds.ts';

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** An image of its own for each name. */
function named(name: string): Manifest {
  return image({ content: name });
}

const wanted = named('1.27.3');

/** nginx in small: `latest` is 1.27.3, older versions are others. */
const TAGS: Readonly<Record<string, Manifest>> = {
  ...Object.fromEntries(
    ['1.26.0', '1.26.1', '1.26.2', '1.26', '1.27.0', '1.27.1', '1.27.2'].map((tag) => [tag, named(tag)]),
  ),
  '1.27.3': wanted,
  '1.27': wanted,
  '1': wanted,
  latest: wanted,
  mainline: wanted,
  '9f3c1d2': wanted,
  [`sha256-${'a'.repeat(64)}.sig`]: wanted,
};

interface Stage {
  readonly registry: StartedRegistry;
  readonly host: string;
  readonly tool: TestClient;
}

async function stage(tags = TAGS, options: RegistryOptions = {}): Promise<Stage> {
  const registry = await startRegistry(options);
  registry.add('acme/web', tags);
  const tool = createTestClient();
  open.push(tool.close, registry.close);
  return { registry, host: registry.host, tool };
}

const SEMVER: FindTags = { mode: 'semver', limit: 40 };

async function search(
  { tool, host }: Pick<Stage, 'tool' | 'host'>,
  reference: string,
  findTags = SEMVER,
): Promise<FoundTags> {
  const found = await tool.resolve(`${host}/${reference}`, { findTags });
  if (found?.foundTags === undefined) throw new Error('no tags were looked for');
  return found.foundTags;
}

describe('tags with the same digest, by looking at plausible ones', () => {
  test('latest means 1.27.3, and the search ends when everything that may share its image was seen', async () => {
    const world = await stage();
    expect(await search(world, 'acme/web:latest')).toEqual({
      tags: ['1.27.3', '1.27', '1'],
      version: '1.27.3',
      versionSource: 'same digest as 1.27.3',
      versionMissing: undefined,
      failure: undefined,
      requests: 6,
    });
    expect(world.registry.summary()).toEqual([
      'HEAD /v2/acme/web/manifests/latest',
      'GET /v2/acme/web/tags/list',
      'HEAD /v2/acme/web/manifests/1.27.3',
      'HEAD /v2/acme/web/manifests/1.27.2',
      'HEAD /v2/acme/web/manifests/1.27.1',
      'HEAD /v2/acme/web/manifests/1.27',
      'HEAD /v2/acme/web/manifests/1',
    ]);
  });

  test('all: names and commits too, never digests written as tags', async () => {
    const { tags } = await search(await stage(), 'acme/web:latest', { mode: 'all', limit: 40 });
    expect(tags).toEqual(['1.27.3', '1.27', '1', '9f3c1d2', 'mainline']);
  });

  test('a version that is asked for is the version, and its siblings are found', async () => {
    const found = await search(await stage(), 'acme/web:1.27.3');
    expect(found).toMatchObject({ tags: ['1.27', '1'], version: '1.27.3', versionSource: 'tag 1.27.3' });
    expect(await search(await stage(), 'acme/web:1.27')).toMatchObject({
      tags: ['1.27.3', '1'],
      version: '1.27.3',
      versionSource: 'same digest as 1.27.3',
    });
  });

  test('a tag beside a digest proves nothing: it may have moved', async () => {
    const world = await stage({ '2.0.0': named('new'), '1.27.3': wanted, '1.27': wanted });
    const found = await search(world, `acme/web:2.0.0@${wanted.digest}`);
    expect(found).toMatchObject({ tags: ['1.27.3', '1.27'], version: '1.27.3' });
  });

  test('no version has this digest: the log can say so', async () => {
    const found = await search(await stage({ ...TAGS, edge: named('edge') }), 'acme/web:edge');
    expect(found).toMatchObject({ tags: [], version: undefined, versionSource: undefined, failure: undefined });
    expect(found.versionMissing).toBe('none of the version tags has this digest');
  });

  test.each([1, 3, 40])('never more than %i tags of 500 are looked at', async (limit) => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, number) => [`1.${number}.0`, named('same')]));
    const world = await stage({ ...many, latest: named('lonely') });
    const found = await search(world, 'acme/web:latest', { mode: 'semver', limit });
    expect(found).toMatchObject({ tags: [], version: undefined, requests: limit + 1 });
    const among = `none of the ${limit} most plausible tags has this digest`;
    expect(found.versionMissing).toBe(limit === 1 ? 'the most plausible tag has another digest' : among);
    expect(world.registry.requests.length).toBe(limit + 2);
  });

  test('a registry that costs two requests for a tag gets no more than the limit either', async () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, number) => [`1.${number}.0`, named('same')]));
    const world = await stage({ ...many, latest: named('lonely') }, { digestHeader: 'never' });
    const { requests } = await search(world, 'acme/web:latest', { mode: 'semver', limit: 20 });
    expect(requests).toBeLessThanOrEqual(1 + 20 + 3);
  });

  test.each([
    ['the list', 'GET */tags/list', 0],
    ['a tag', 'HEAD */manifests/1.27', 1],
  ])('429 for %s ends the search, is told, and takes nothing from the digest', async (_, what, tags) => {
    const world = await stage();
    world.registry.on(what, faults.answer(429, { 'retry-after': '3600' }));
    const resolved = await world.tool.resolve(`${world.host}/acme/web:latest`, { findTags: SEMVER });
    expect(resolved?.digest).toBe(wanted.digest);
    expect(resolved?.foundTags?.failure).toMatch(/429, too many requests.*asks to wait 60 min/);
    expect(resolved?.foundTags?.tags.length).toBe(tags === 0 ? 0 : 2);
  });

  test('a tag that is gone meanwhile is no failure', async () => {
    const world = await stage();
    world.registry.on('HEAD */manifests/1.27', faults.answer(404));
    expect(await search(world, 'acme/web:latest')).toMatchObject({ tags: ['1.27.3', '1'], failure: undefined });
  });

  test('two tags of one repository share the list and the look-ups', async () => {
    const world = await stage();
    await Promise.all(['latest', 'mainline'].map((tag) => search(world, `acme/web:${tag}`)));
    expect(world.registry.requests).toHaveLength(2 + 1 + 5);
  });

  test('with an unexpected digest nothing is looked for', async () => {
    const world = await stage();
    const options = { findTags: SEMVER, expect: [], inspect: false };
    const { digest } = (await world.tool.resolve(`${world.host}/acme/web:1.26.0`, options)) ?? {};
    world.registry.forget();
    const expected = digest === undefined ? [] : [digest];
    await expect(
      world.tool.resolve(`${world.host}/acme/web:latest`, { ...options, expect: expected }),
    ).rejects.toThrow();
    expect(world.registry.summary().filter((line) => line.endsWith('tags/list'))).toEqual([]);
  });
});

describe('the same images under another index', () => {
  const [amd64, arm64, riscv] = ['linux/amd64', 'linux/arm64', 'linux/riscv64'].map((platform) =>
    image({ content: 'app', platform }),
  );
  if (amd64 === undefined || arm64 === undefined || riscv === undefined) throw new Error('no images');
  const first = index([amd64, arm64]);
  const grown = index([amd64, arm64, riscv], { attestations: true });
  const unlike = index([image({ content: 'other' }), arm64]);

  test.each([
    ['more architectures', first, grown, '2.1.0'],
    ['fewer architectures', grown, first, '2.1.0'],
    ['one image, inside the index', amd64, grown, '2.1.0'],
    ['an image that differs', first, unlike, undefined],
  ])('%s', async (_, asked, tagged, version) => {
    const world = await stage({ latest: asked, '2.1.0': tagged, '2.1': tagged, '2.0.0': named('old') });
    const found = await search(world, 'acme/web:latest');
    expect(found).toMatchObject({ tags: [], version });
    expect(found.versionSource).toBe(version === undefined ? undefined : 'same platform images as 2.1.0');
    expect(found.requests).toBeLessThanOrEqual(8);
  });

  test('at most eight indexes are read, within the limit', async () => {
    const others = Object.fromEntries(
      Array.from({ length: 30 }, (_, number) => [`1.${number}.0`, index([image({ content: String(number) }), arm64])]),
    );
    const world = await stage({ latest: first, ...others });
    await search(world, 'acme/web:latest');
    expect(
      world.registry.summary().filter((line) => line.startsWith('GET') && line.includes('manifests')),
    ).toHaveLength(8);
    world.registry.forget();
    await search(world, 'acme/web:latest', { mode: 'semver', limit: 19 });
    expect(world.registry.summary().filter((line) => line.startsWith('GET') && line.includes('manifests'))).toEqual([]);
  });

  test('platforms that were read already are not read again', async () => {
    const world = await stage({ latest: first, '2.1.0': grown });
    const resolved = await world.tool.resolve(`${world.host}/acme/web:latest`, {
      findTags: SEMVER,
      platform: { os: 'linux', architecture: 'arm64' },
    });
    expect(resolved).toMatchObject({
      digest: arm64.digest,
      indexDigest: first.digest,
      foundTags: { version: '2.1.0', requests: 3 },
    });
  });
});

/** A client for public registries behind their real names. */
async function publicTool(hosts: World['hosts'], options: TestClientOptions = {}): Promise<TestClient> {
  const authority = makeAuthority();
  const net = await startInternet({ authority, hosts });
  const tls = createCertificates({ folders: [], extraCa: authority.cert });
  const tool = createTestClient({ ...options, transport: { proxy: { https: net.proxy }, tls } });
  open.push(tool.close, net.close);
  return tool;
}

/** GitHub's versions of a package: one for each digest. */
function packages(kind: 'orgs' | 'users', status = 200): Service {
  const versions = [
    { name: named('untagged').digest, metadata: { container: { tags: [] } } },
    {
      name: wanted.digest,
      metadata: { package_type: 'container', container: { tags: ['latest', '1.27.3', '1.27', '1'] } },
    },
  ];
  return createService(
    (request) => {
      if (!request.path.startsWith(`/${kind}/`)) return json(404, { message: 'Not Found' });
      return status === 200 ? json(200, versions) : json(status, { message: 'Resource not accessible' });
    },
    { name: 'api.github.com' },
  );
}

describe('registries that list digests', () => {
  const MANY: Readonly<Record<string, Manifest>> = {
    ...Object.fromEntries(Array.from({ length: 180 }, (_, number) => [`0.${number}.0`, named('old')])),
    ...TAGS,
  };
  const FOUND = { tags: ['1.27.3', '1.27', '1'], version: '1.27.3', failure: undefined };

  test('Google: the list holds every digest, so one request is enough', async () => {
    const registry = createRegistry({
      name: 'gcr.io',
      listMembers: () => ({
        manifest: {
          [wanted.digest]: { tag: ['latest', '1.27.3', '1.27', '1'] },
          [named('old').digest]: { tag: ['0.1.0'] },
        },
        child: [],
      }),
    });
    registry.add('acme/web', TAGS);
    const tool = await publicTool({ 'gcr.io': registry });
    expect(await search({ tool, host: 'gcr.io' }, 'acme/web:latest')).toMatchObject({ ...FOUND, requests: 1 });
  });

  test('Docker Hub: its API, anonymously, page after page until a page has nothing more of it', async () => {
    const world = dockerHub();
    world.registry.add('library/nginx', MANY);
    const tool = await publicTool(world.hosts);
    expect(await search({ tool, host: 'docker.io' }, 'library/nginx:latest')).toMatchObject({ ...FOUND, requests: 2 });
    const hub = world.registry.requests.filter(({ host }) => host === 'hub.docker.com');
    expect(hub.map(({ target }) => target)).toEqual([
      '/v2/repositories/library/nginx/tags?page_size=100&page=1&ordering=last_updated',
      '/v2/repositories/library/nginx/tags?page_size=100&page=2&ordering=last_updated',
    ]);
    expect(hub.filter(({ headers }) => headers['authorization'] !== undefined)).toEqual([]);
  });

  test.each<readonly [string, (hub: Service) => unknown]>([
    ['403', (hub) => hub.on('GET *', faults.answer(403))],
    ['429', (hub) => hub.on('GET *', faults.answer(429, { 'retry-after': '3600' }))],
    ['a page of HTML', (hub) => hub.on('GET *', faults.answer(200, { 'content-type': 'text/html' }, '<html>'))],
    ['a reset', (hub) => hub.on('GET *', faults.resetBeforeHeaders())],
  ])('Docker Hub: where its API answers with %s, tags are looked at one by one', async (_, break_) => {
    const world = dockerHub();
    world.registry.add('library/nginx', MANY);
    const hub = world.hosts['hub.docker.com'];
    if (hub === undefined) throw new Error('no API');
    break_(hub);
    const tool = await publicTool(world.hosts);
    expect(await search({ tool, host: 'docker.io' }, 'library/nginx:latest')).toMatchObject({ ...FOUND, requests: 7 });
    expect(world.registry.summary().filter((line) => /^GET .*manifests/.test(line))).toEqual([]);
  });

  test('Docker Hub: nothing is read on suspicion, and children that its API lists are compared', async () => {
    const amd64 = image({ content: 'app' });
    const [asked, tagged] = [index([amd64]), index([amd64, image({ content: 'app', platform: 'linux/arm64' })])];
    const world = dockerHub();
    world.registry.add('acme/app', { latest: asked, '3.1.0': tagged });
    const tool = await publicTool(world.hosts);
    expect(await search({ tool, host: 'docker.io' }, 'acme/app:latest')).toMatchObject({ version: undefined });
    const unknown = { architecture: 'unknown', os: 'unknown', digest: named('attestation').digest };
    const images = [{ architecture: 'amd64', os: 'linux', digest: amd64.digest }, unknown];
    const results = [
      { name: 'latest', digest: asked.digest, images },
      { name: '3.1.0', digest: tagged.digest, images: [...images, { os: 'linux', digest: named('arm').digest }] },
    ];
    world.hosts['hub.docker.com']?.on('GET *', () => json(200, { results, next: null }));
    const found = await search({ tool, host: 'docker.io' }, 'acme/app:latest');
    expect(found).toMatchObject({ version: '3.1.0', versionSource: 'same platform images as 3.1.0', requests: 1 });
    expect(world.registry.summary().filter((line) => /^GET .*manifests/.test(line))).toEqual([]);
  });

  test('Docker Hub: no more than ten pages, wherever they lead', async () => {
    const world = dockerHub();
    world.registry.add('acme/app', { latest: wanted, '1.0.0': named('x') });
    const hub = createService(
      (request) => {
        const page = Number(request.query.get('page'));
        const results = Array.from({ length: 100 }, (_, at) => ({
          name: `0.${page}.${at}`,
          digest: named('x').digest,
        }));
        return json(200, { results, next: 'https://evil.example/v2/repositories/acme/app/tags?page=2' });
      },
      { name: 'hub.docker.com' },
    );
    const tool = await publicTool({ ...world.hosts, 'hub.docker.com': hub });
    expect(await search({ tool, host: 'docker.io' }, 'acme/app:latest')).toMatchObject({ version: undefined });
    expect(hub.requests).toHaveLength(10);
  });

  test('Quay: its API, on its own host', async () => {
    const world = quay();
    world.registry.add('acme/web', MANY);
    const tool = await publicTool(world.hosts);
    expect(await search({ tool, host: 'quay.io' }, 'acme/web:latest')).toMatchObject({ ...FOUND, requests: 2 });
    expect(world.registry.summary({ query: true }).slice(1)).toEqual([
      'GET /api/v1/repository/acme/web/tag/?limit=100&page=1&onlyActiveTags=true',
      'GET /api/v1/repository/acme/web/tag/?limit=100&page=2&onlyActiveTags=true',
    ]);
  });

  test('Quay: private repositories are looked at tag by tag, with the login', async () => {
    const users = { 'acme+robot': 'robot password' };
    const world = quay({ users, hidden: ['acme/web'] });
    world.registry.add('acme/web', TAGS);
    const login = { kind: 'basic', username: 'acme+robot', password: users['acme+robot'], source: 'inputs' } as const;
    const tool = await publicTool(world.hosts, { credentials: { 'quay.io': login } });
    expect(await search({ tool, host: 'quay.io' }, 'acme/web:latest')).toMatchObject(FOUND);
    const api = world.registry.requests.find(({ path }) => path.startsWith('/api/'));
    expect([api?.status, api?.headers['authorization']]).toEqual([401, undefined]);
  });

  test.each([
    ['orgs', 1],
    ['users', 2],
  ] as const)('ghcr.io: the versions of the package of %s, with the job’s token', async (kind, requests) => {
    const world = ghcr();
    world.registry.add('acme/web', TAGS);
    const api = packages(kind);
    const tool = await publicTool({ ...world.hosts, 'api.github.com': api }, { packagesToken: 'ghs_token' });
    expect(await search({ tool, host: 'ghcr.io' }, 'acme/web:latest')).toMatchObject({ ...FOUND, requests });
    expect(api.requests.at(-1)).toMatchObject({
      path: `/${kind}/acme/packages/container/web/versions`,
      target: expect.stringContaining('?state=active&per_page=100&page=1'),
      headers: { authorization: 'Bearer ghs_token' },
    });
    expect(world.registry.requests.filter(({ headers }) => /ghs_token/.test(String(headers['authorization'])))).toEqual(
      [],
    );
  });

  test('ghcr.io: the names of packages inside packages are one part of the path', async () => {
    const world = ghcr();
    world.registry.add('acme/group/web', TAGS);
    const api = packages('orgs');
    const tool = await publicTool({ ...world.hosts, 'api.github.com': api }, { packagesToken: 'ghs_token' });
    await search({ tool, host: 'ghcr.io' }, 'acme/group/web:latest');
    expect(api.requests[0]?.target).toContain('/orgs/acme/packages/container/group%2Fweb/versions?');
  });

  test.each([
    ['without the token', undefined],
    ['where the token may not', 'ghs_token'],
  ])('ghcr.io: %s tags are looked at one by one', async (_, token) => {
    const world = ghcr();
    world.registry.add('acme/web', TAGS);
    const hosts = { ...world.hosts, 'api.github.com': packages('orgs', 403) };
    const tool = await publicTool(hosts, token === undefined ? {} : { packagesToken: token });
    expect(await search({ tool, host: 'ghcr.io' }, 'acme/web:latest')).toMatchObject(FOUND);
  });

  test('a mirror is asked like any registry: the API knows another one', async () => {
    const world = dockerHub();
    const mirror = await startRegistry();
    mirror.add('hub/library/nginx', TAGS);
    const authority = makeAuthority();
    const net = await startInternet({ authority, hosts: world.hosts });
    const tool = createTestClient({ mappings: [{ from: 'docker.io', to: `${mirror.host}/hub` }] });
    open.push(tool.close, net.close, mirror.close);
    expect(await search({ tool, host: 'docker.io' }, 'library/nginx:latest')).toMatchObject(FOUND);
    expect(world.registry.requests).toEqual([]);
  });
});
