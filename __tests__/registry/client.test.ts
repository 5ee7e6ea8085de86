import { afterEach, describe, expect, test } from '@jest/globals';
import { parseDigest } from '../../src/core/digest.ts';
import { UserError } from '../../src/core/errors.ts';
import { basic, createTestClient, type TestClient, type TestClientOptions } from '../support/client.ts';
import { makeAuthority } from '../support/certificates.ts';
import * as faults from '../support/faults.ts';
import type { ListenOptions } from '../support/listener.ts';
import { image, index, schema1, sha256, TYPES, type Manifest } from '../support/oci.ts';
import type { Behaviour } from '../support/service.ts';
import { startRegistry, type RegistryOptions, type StartedRegistry } from '../support/registry.ts';

const amd64 = image({ platform: 'linux/amd64', labels: { tier: 'one' } });
const arm64 = image({ platform: 'linux/arm64' });
const both = index([amd64, arm64], { attestations: true });

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function world(
  options: RegistryOptions & ListenOptions = {},
  clientOptions: (registry: StartedRegistry) => TestClientOptions = () => ({}),
): Promise<{ registry: StartedRegistry; host: string; tool: TestClient }> {
  const registry = await startRegistry(options);
  registry.add('acme/api', { '1.0': both, single: amd64 });
  const tool = createTestClient(clientOptions(registry));
  open.push(tool.close, registry.close);
  return { registry, host: registry.host, tool };
}

/** What is asked, and how it is answered. */
type Named = readonly [what: 'HEAD' | 'GET' | 'manifests', behaviour: Behaviour];

const withStatus = { status: true, query: true } as const;

async function failureOf(work: Promise<unknown>): Promise<UserError> {
  const outcome = await work.then(
    (value) => value,
    (error: unknown) => error,
  );
  if (outcome instanceof UserError) return outcome;
  throw new Error(`expected a UserError, got ${JSON.stringify(outcome)}`);
}

const expired: Behaviour = (request) => ({
  status: 403,
  headers: { 'content-type': 'text/plain' },
  body: request.method === 'HEAD' ? '' : 'Your Authorization Token has expired. Please run login again.',
});

describe('request budgets (DESIGN §9)', () => {
  test('one image without authentication costs one HEAD', async () => {
    const { registry, host, tool } = await world();
    const found = await tool.resolve(`${host}/acme/api:1.0`);
    expect(found).toMatchObject({ digest: both.digest, kind: 'index', size: both.bytes.length });
    expect(registry.summary(withStatus)).toEqual(['HEAD /v2/acme/api/manifests/1.0 200']);
  });

  test('one image of an unknown token registry costs three requests, with a scope of our own', async () => {
    const { registry, host, tool } = await world({ auth: 'token' });
    await tool.resolve(`${host}/acme/api:1.0`);
    expect(registry.summary(withStatus)).toEqual([
      'HEAD /v2/acme/api/manifests/1.0 401',
      'GET /token?service=registry&scope=repository%3Aacme%2Fapi%3Apull 200',
      'HEAD /v2/acme/api/manifests/1.0 200',
    ]);
  });

  test('with a known Basic login every image after the first costs one request', async () => {
    const users = { robot: 'secret password' };
    const { registry, host, tool } = await world(
      { auth: 'basic', users, allow: (user) => user !== undefined },
      ({ host: at }) => ({
        credentials: { [at]: basic('robot', users.robot) },
      }),
    );
    await tool.resolve(`${host}/acme/api:1.0`);
    await tool.resolve(`${host}/acme/api:single`);
    expect(registry.summary(withStatus)).toEqual([
      'HEAD /v2/acme/api/manifests/1.0 401',
      'HEAD /v2/acme/api/manifests/1.0 200',
      'HEAD /v2/acme/api/manifests/single 200',
    ]);
  });

  test('25 repositories of one registry cost 25 HEADs, one challenge and three tokens', async () => {
    const { registry, host, tool } = await world({ auth: 'token' });
    const names = Array.from({ length: 25 }, (_, number) => `team/app${number}`);
    for (const name of names) registry.add(name, { x: amd64 });
    const results = await tool.resolveAll(names.map((name) => `${host}/${name}:x`));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(25);
    expect(countBy(registry)).toEqual({ 'HEAD 401': 1, 'GET /token 200': 3, 'HEAD 200': 25 });
  });

  test('where several scopes are refused it is one token a repository, and one refusal', async () => {
    const { registry, host, tool } = await world({ auth: 'token', token: { scopes: 'single' } });
    const names = Array.from({ length: 15 }, (_, number) => `team/app${number}`);
    for (const name of names) registry.add(name, { x: amd64 });
    const results = await tool.resolveAll(names.map((name) => `${host}/${name}:x`));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(15);
    expect(countBy(registry)).toEqual({ 'HEAD 401': 1, 'GET /token 400': 1, 'GET /token 200': 15, 'HEAD 200': 15 });
  });

  test('where only the first scope is granted every image is resolved all the same', async () => {
    const { registry, host, tool } = await world({ auth: 'token', token: { scopes: 'first' } });
    const names = Array.from({ length: 6 }, (_, number) => `team/app${number}`);
    for (const name of names) registry.add(name, { x: amd64 });
    const results = await tool.resolveAll(names.map((name) => `${host}/${name}:x`));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(6);
    expect(countBy(registry)['HEAD 200']).toBe(6);
    expect(countBy(registry)['GET /token 200']).toBeLessThanOrEqual(6);
  });

  test('many tags of one repository share one token', async () => {
    const { registry, host, tool } = await world({ auth: 'token' });
    const tags = Array.from({ length: 40 }, (_, number) => `t${number}`);
    registry.add('acme/api', Object.fromEntries(tags.map((tag) => [tag, amd64])));
    await tool.resolveAll(tags.map((tag) => `${host}/acme/api:${tag}`));
    expect(countBy(registry)).toEqual({ 'HEAD 401': 1, 'GET /token 200': 1, 'HEAD 200': 40 });
  });

  test('a platform digest costs one GET instead of the HEAD', async () => {
    const { registry, host, tool } = await world({}, () => ({}));
    const found = await tool.resolve(`${host}/acme/api:1.0`, { platform: { os: 'linux', architecture: 'arm64' } });
    expect(found).toMatchObject({ digest: arm64.digest, indexDigest: both.digest, kind: 'manifest' });
    expect(registry.summary()).toEqual(['GET /v2/acme/api/manifests/1.0']);
  });

  test('a digest header that is missing costs one GET, whose bytes are hashed', async () => {
    const { registry, host, tool } = await world({ digestHeader: 'never' });
    expect((await tool.resolve(`${host}/acme/api:1.0`))?.digest).toBe(both.digest);
    expect(registry.summary()).toEqual(['HEAD /v2/acme/api/manifests/1.0', 'GET /v2/acme/api/manifests/1.0']);
  });
});

function rewritten(value: unknown, mediaType: string): Pick<Manifest, 'bytes' | 'digest' | 'mediaType'> {
  const bytes = Buffer.from(JSON.stringify(value));
  return { bytes, digest: sha256(bytes), mediaType };
}

function countBy(registry: StartedRegistry): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method, path, status } of registry.requests) {
    const name = path.startsWith('/v2') ? `${method} ${status}` : `${method} ${path} ${status}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe('what a tag means, from registries that answer oddly', () => {
  const cases: readonly [string, RegistryOptions, readonly Named[]][] = [
    ['HEAD is not allowed (Q28)', {}, [['HEAD', faults.onHead(405)]]],
    ['HEAD answers 404 for what GET finds (Q29)', {}, [['HEAD', faults.onHead(404)]]],
    ['HEAD is not implemented', {}, [['HEAD', faults.onHead(501)]]],
    ['the digest is bare hexadecimal (Q24)', {}, [['manifests', faults.claimDigest(both.digest.slice(7))]]],
    ['the digest is upper case (Q26)', {}, [['manifests', faults.claimDigest(both.digest.toUpperCase())]]],
    ['the digest is empty (Q26)', {}, [['manifests', faults.claimDigest('')]]],
    ['the digest has 63 digits (Q26)', {}, [['manifests', faults.claimDigest(both.digest.slice(0, -1))]]],
    [
      'the media type has parameters (Q11)',
      {},
      [['manifests', faults.contentType(`${TYPES.ociIndex}; charset=utf-8`)]],
    ],
    ['the media type is generic (Q11)', {}, [['manifests', faults.contentType('application/json')]]],
    ['the media type is missing (Q27)', {}, [['manifests', faults.contentType(undefined)]]],
    ['the answer is compressed although nobody asked (Q31)', { digestHeader: 'never' }, [['GET', faults.gzip()]]],
    ['one 503 comes first (F6)', {}, [['manifests', faults.times(1, faults.answer(503))]]],
    ['one connection is reset (F12)', {}, [['manifests', faults.times(1, faults.resetBeforeHeaders())]]],
    ['one body is cut (F13)', { digestHeader: 'never' }, [['GET', faults.times(1, faults.resetMidBody())]]],
    ['connections are closed after each answer (F18)', {}, [['manifests', faults.closeAfter()]]],
    ['one 429 comes first (F2)', {}, [['manifests', faults.times(1, faults.tooMany('2'))]]],
  ];
  test.each(cases)('%s', async (_name, options, behaviours) => {
    const { registry, host, tool } = await world(options);
    for (const [what, behaviour] of behaviours) {
      registry.on(
        (request) => (what === 'manifests' ? request.path.includes(what) : request.method === what),
        behaviour,
      );
    }
    expect((await tool.resolve(`${host}/acme/api:1.0`))?.digest).toBe(both.digest);
  });

  test('every kind of manifest is recognised from its HEAD or its body', async () => {
    const { registry, host, tool } = await world();
    const docker = image({ docker: true });
    const list = index([docker], { docker: true });
    registry.add('acme/kinds', { docker, list, both, amd64 });
    const kinds = await Promise.all(
      ['docker', 'list', 'both', 'amd64'].map((tag) => tool.resolve(`${host}/acme/kinds:${tag}`)),
    );
    expect(kinds.map((found) => [found?.digest, found?.kind, found?.mediaType])).toEqual([
      [docker.digest, 'manifest', TYPES.dockerManifest],
      [list.digest, 'index', TYPES.dockerList],
      [both.digest, 'index', TYPES.ociIndex],
      [amd64.digest, 'manifest', TYPES.ociManifest],
    ]);
  });

  test('a sha512 digest is taken from the header and verified with its own algorithm', async () => {
    const { registry, host, tool } = await world();
    const strong = image({ sha512: true });
    registry.add('acme/strong', { x: strong });
    expect(strong.digest).toMatch(/^sha512:/);
    expect((await tool.resolve(`${host}/acme/strong:x`))?.digest).toBe(strong.digest);
    expect((await tool.resolve(`${host}/acme/strong:x`, { verify: true }))?.digest).toBe(strong.digest);
    expect((await tool.resolve(`${host}/acme/strong@${strong.digest}`, { verify: true }))?.digest).toBe(strong.digest);
  });

  test('a header that lies about a body that was read is a warning, and the body is right', async () => {
    const { registry, host, tool } = await world();
    registry.on(/manifests/, faults.claimDigest(arm64.digest));
    expect((await tool.resolve(`${host}/acme/api:1.0`, { verify: true }))?.digest).toBe(both.digest);
    expect(tool.warnings.join()).toContain(arm64.digest);
  });

  test('a body that does not hash to the digest that was asked for is an integrity error with both digests', async () => {
    const { registry, host, tool } = await world();
    registry.on(
      /manifests/,
      faults.withBody(() => amd64.bytes),
    );
    const error = await failureOf(tool.resolve(`${host}/acme/api@${both.digest}`, { verify: true }));
    expect(error.code).toBe('integrity');
    expect(error.message).toContain(both.digest);
    expect(error.message).toContain(amd64.digest);
  });

  test('a header that lies about a digest that was asked for is an integrity error (T12)', async () => {
    const { registry, host, tool } = await world();
    registry.on(/manifests/, faults.claimDigest(amd64.digest));
    const error = await failureOf(tool.resolve(`${host}/acme/api@${both.digest}`));
    expect(error.code).toBe('integrity');
    expect(error.message).toContain(amd64.digest);
  });

  test('an entry without a platform is looked up in its config when the wanted platform is not named (Q152)', async () => {
    const { registry, host, tool } = await world();
    const ppc = image({ platform: 'linux/ppc64le' });
    const mixed = index([amd64, ppc]);
    const body = JSON.parse(mixed.bytes.toString());
    delete body.manifests[1].platform;
    registry.add('acme/mixed', { x: { ...mixed, ...rewritten(body, mixed.mediaType) } });
    const platform = { os: 'linux', architecture: 'ppc64le' };
    expect((await tool.resolve(`${host}/acme/mixed:x`, { platform }))?.digest).toBe(ppc.digest);
    registry.forget();
    expect(
      (await tool.resolve(`${host}/acme/mixed:x`, { platform: { os: 'linux', architecture: 'amd64' } }))?.digest,
    ).toBe(amd64.digest);
    expect(registry.requests).toHaveLength(1);
  });

  test('tag@digest is asked by digest alone', async () => {
    const { registry, host, tool } = await world();
    await tool.resolve(`${host}/acme/api:1.0@${both.digest}`);
    expect(registry.summary()).toEqual([`HEAD /v2/acme/api/manifests/${both.digest}`]);
  });

  const refused: readonly [string, readonly Named[], string, RegExp][] = [
    ['a web page (F10)', [['manifests', faults.html()]], 'cannot-tell', /text\/html/],
    ['5xx for ever (F7)', [['manifests', faults.answer(502, {}, 'bad gateway')]], 'cannot-tell', /answered 502/],
    ['429 for ever', [['manifests', faults.tooMany('1')]], 'rate-limited', /429/],
    ['429 for a day (F4)', [['manifests', faults.tooMany('86400')]], 'rate-limited', /24 h/],
    [
      'an endless body (F17)',
      [
        ['manifests', faults.endless()],
        ['HEAD', faults.onHead(405)],
      ],
      'limit',
      /manifest/,
    ],
    [
      'a body that says it is something else (T14)',
      [
        ['manifests', faults.contentType(TYPES.dockerList)],
        ['HEAD', faults.dropDigest()],
      ],
      'cannot-tell',
      /says it is/,
    ],
  ];
  test.each(refused)('%s is an error and never a digest', async (_name, behaviours, code, text) => {
    const { registry, host, tool } = await world();
    for (const [what, behaviour] of behaviours) {
      registry.on(
        (request) => (what === 'manifests' ? request.path.includes(what) : request.method === what),
        behaviour,
      );
    }
    const error = await failureOf(tool.resolve(`${host}/acme/api:1.0`));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(text);
    expect(registry.requests.length).toBeLessThanOrEqual(4);
  });

  test('schema 1 is named, and its digest is never given out (Q3, Q10)', async () => {
    const { registry, host, tool } = await world();
    registry.add('acme/old', { x: schema1('acme/old', 'x') });
    const error = await failureOf(tool.resolve(`${host}/acme/old:x`));
    expect(error.message).toContain('schema 1');
  });
});

describe('logins', () => {
  const users = { robot: 'secret password' };

  test('a user and password are exchanged for a token at the registry itself', async () => {
    const { registry, host, tool } = await world(
      { auth: 'token', users, allow: (user) => user !== undefined },
      ({ host: at }) => ({
        credentials: { [at]: basic('robot', users.robot) },
      }),
    );
    expect((await tool.resolve(`${host}/acme/api:1.0`))?.digest).toBe(both.digest);
    expect(registry.requests.map(({ headers }) => String(headers['authorization'] ?? '').split(' ')[0])).toEqual([
      '',
      'Basic',
      'Bearer',
    ]);
  });

  test('an identity token is posted, and asked for with GET where POST is not known (Q63)', async () => {
    for (const post of [undefined, 404, 405, 400] as const) {
      const { registry, host, tool } = await world(
        {
          auth: 'token',
          users: { '': 'refresh-me-please' },
          token: { refreshTokens: { 'refresh-me-please': 'robot' }, ...(post === undefined ? {} : { post }) },
        },
        ({ host: at }) => ({
          credentials: { [at]: { kind: 'identity-token', token: 'refresh-me-please', source: 'docker config' } },
        }),
      );
      expect((await tool.resolve(`${host}/acme/api:1.0`))?.digest).toBe(both.digest);
      expect(registry.summary()[1]).toBe('POST /token');
    }
  });

  test('a registry token is sent as it is', async () => {
    const { registry, host, tool } = await world({ auth: 'none' }, ({ host: at }) => ({
      credentials: { [at]: { kind: 'registry-token', token: 'opaque-token', source: 'docker config' } },
    }));
    await tool.resolve(`${host}/acme/api:1.0`);
    expect(registry.requests[0]?.headers['authorization']).toBe('Bearer opaque-token');
  });

  test('a stale login is tried once more anonymously, with one warning (Q70)', async () => {
    const { registry, host, tool } = await world({ auth: 'token', users }, ({ host: at }) => ({
      credentials: { [at]: basic('robot', 'an old password') },
    }));
    registry.on((request) => String(request.headers['authorization'] ?? '').startsWith('Basic'), faults.answer(401));
    expect((await tool.resolve(`${host}/acme/api:1.0`))?.digest).toBe(both.digest);
    expect(tool.warnings).toEqual([expect.stringContaining('refused the login from docker config')]);
    await tool.resolve(`${host}/acme/api:single`);
    expect(tool.warnings).toHaveLength(1);
  });

  test('a read never asks for push, whatever the challenge wants (Q68)', async () => {
    const { registry, host, tool } = await world({ auth: 'token' });
    const challenge = `Bearer realm="http://${host}/token",service="registry",scope="repository:acme/api:pull,push repository:other/repo:pull"`;
    registry.on(/manifests/, faults.answer(401, { 'www-authenticate': challenge }));
    await failureOf(tool.resolve(`${host}/acme/api:1.0`));
    const scopes = registry.requests.flatMap(({ query }) => query.getAll('scope'));
    expect(new Set(scopes)).toEqual(new Set(['repository:acme/api:pull']));
  });

  test('a 401 without a challenge is followed by one look at /v2/ (Q43)', async () => {
    const { registry, host, tool } = await world({ auth: 'token' });
    registry.on(
      (request) => request.path.includes('manifests') && request.headers['authorization'] === undefined,
      faults.answer(401),
    );
    expect((await tool.resolve(`${host}/acme/api:1.0`))?.digest).toBe(both.digest);
    expect(registry.summary({ status: true })).toEqual([
      'HEAD /v2/acme/api/manifests/1.0 401',
      'GET /v2/ 401',
      'GET /token 200',
      'HEAD /v2/acme/api/manifests/1.0 200',
    ]);
  });

  test('another token server that refuses is followed by the first one again (Q57)', async () => {
    const { registry, host, tool } = await world({ auth: 'token' });
    await tool.resolve(`${host}/acme/api:1.0`);
    registry.tokens.expire();
    registry.on(
      /manifests/,
      faults.times(
        1,
        faults.answer(401, { 'www-authenticate': `Bearer realm="http://${host}/other",error="invalid_token"` }),
      ),
    );
    registry.on((request) => request.path === '/other', faults.answer(401));
    expect((await tool.resolve(`${host}/acme/api:1.0`))?.digest).toBe(both.digest);
  });

  test('a scope that is no repository is asked for as it stands when ours is refused (Q44)', async () => {
    const { registry, host, tool } = await world({ auth: 'token' });
    const challenge = `Bearer realm="http://${host}/token",service="registry",scope="aws"`;
    registry.on(
      (request) => request.path.includes('manifests') && request.headers['authorization'] === undefined,
      faults.answer(401, { 'www-authenticate': challenge }),
    );
    registry.on((request) => request.query.getAll('scope').includes('repository:acme/api:pull'), faults.answer(400));
    await failureOf(tool.resolve(`${host}/acme/api:1.0`));
    expect(registry.requests.flatMap(({ query }) => query.getAll('scope'))).toEqual([
      'repository:acme/api:pull',
      'aws',
    ]);
  });

  test('a missing and a private repository are told alike, with what was tried', async () => {
    const { host, tool } = await world({ auth: 'token', users, allow: () => false });
    const error = await failureOf(tool.resolve(`${host}/acme/secret:1.0`));
    expect(error.code).toBe('unauthorized');
    expect(error.message).toMatch(/does not exist or is private.*anonymously.*401/);
  });

  test('a login that has ended is told in the words of the registry, which HEAD has none for (Q30)', async () => {
    const { registry, host, tool } = await world({ auth: 'basic', users }, ({ host: at }) => ({
      credentials: { [at]: basic('robot', users.robot) },
    }));
    registry.on((request) => request.headers['authorization'] !== undefined, expired);
    const answers = await tool.resolveAll([1, 2, 3].map((number) => `${host}/acme/api:${number}.0`));
    const messages = answers.map((one) => (one.status === 'rejected' ? String(one.reason) : 'resolved'));
    // Whichever is refused first.
    const told = messages.filter((message) => message.includes('answered 403: Your Authorization Token has expired'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('asked with the login from docker config');
    expect(messages.filter((message) => message.includes('answered 403'))).toHaveLength(3);
    // HEAD without and with the login, and one GET for all.
    expect(registry.requests.filter(({ method }) => method === 'GET')).toHaveLength(1);
  });

  test.each([true, false])('where HEAD alone is refused, GET answers (F32); a login is known: %s', async (isKnown) => {
    const { registry, host, tool } = await world(isKnown ? { auth: 'basic', users } : {}, ({ host: at }) => ({
      credentials: isKnown ? { [at]: basic('robot', users.robot) } : {},
    }));
    registry.on(
      (request) => request.method === 'HEAD' && (!isKnown || request.headers['authorization'] !== undefined),
      faults.answer(403),
    );
    const answers = await tool.resolveAll(['1.0', 'single'].map((tag) => `${host}/acme/api:${tag}`));
    expect(answers.map((one) => (one.status === 'fulfilled' ? one.value?.digest : one.reason))).toEqual([
      both.digest,
      amd64.digest,
    ]);
  });

  test.each([401, 403])(
    'a login that one repository refuses with %i is not given up for the others (F36)',
    async (status) => {
      const { registry, host, tool } = await world(
        { auth: 'token', users, allow: (user) => user === 'robot' },
        (at) => ({
          credentials: { [at.host]: basic('robot', users.robot) },
        }),
      );
      registry.on(/acme\/secret\/manifests/, faults.answer(status));
      await failureOf(tool.resolve(`${host}/acme/secret:1.0`));
      expect((await tool.resolve(`${host}/acme/api:1.0`))?.digest).toBe(both.digest);
    },
  );

  test('where HEAD alone is refused, the login is not given up: all of many private images are read with it', async () => {
    const { registry, host, tool } = await world({ auth: 'token', users, allow: (user) => user === 'robot' }, (at) => ({
      credentials: { [at.host]: basic('robot', users.robot) },
    }));
    registry.on(
      (request) => request.method === 'HEAD' && request.headers['authorization'] !== undefined,
      faults.answer(403),
    );
    const tags = Array.from({ length: 30 }, (_, number) => `t${number}`);
    registry.add('acme/api', Object.fromEntries(tags.map((tag) => [tag, amd64])));
    const answers = await tool.resolveAll(tags.map((tag) => `${host}/acme/api:${tag}`));
    expect(answers.map((one) => (one.status === 'fulfilled' ? one.value?.digest : one.reason))).toEqual(
      tags.map(() => amd64.digest),
    );
    expect(tool.warnings).toEqual([]);
    expect(countBy(registry)['GET /token 200']).toBe(1);
  });

  test.each([
    [404, 'not-found'],
    [429, 'rate-limited'],
    [503, 'cannot-tell'],
  ])('where HEAD alone is refused and GET is answered with %i, that is what is told: %s', async (status, code) => {
    const { registry, host, tool } = await world();
    registry.on(/manifests\/new/, faults.answer(status));
    registry.on((request) => request.method === 'HEAD', faults.answer(403));
    expect((await failureOf(tool.resolve(`${host}/acme/api:new`))).code).toBe(code);
  });

  test('a 401 after a fresh token for ever ends after two tokens and three requests (F27)', async () => {
    const { registry, host, tool } = await world({ auth: 'token' });
    registry.on(
      /manifests/,
      faults.answer(401, { 'www-authenticate': `Bearer realm="http://${host}/token",service="registry"` }),
    );
    expect((await failureOf(tool.resolve(`${host}/acme/api:1.0`))).code).toBe('unauthorized');
    expect(registry.summary().filter((line) => line.startsWith('GET /token')).length).toBeLessThanOrEqual(2);
    expect(registry.summary().filter((line) => line.includes('/v2/')).length).toBeLessThanOrEqual(3);
  });

  test('tokens that end in the middle of a run are renewed once for all who wait (F26)', async () => {
    const { registry, host, tool } = await world({ auth: 'token' });
    const tags = Array.from({ length: 12 }, (_, number) => `t${number}`);
    registry.add('acme/api', Object.fromEntries(tags.map((tag) => [tag, amd64])));
    await tool.resolve(`${host}/acme/api:1.0`);
    registry.tokens.expire();
    registry.forget();
    const results = await tool.resolveAll(tags.map((tag) => `${host}/acme/api:${tag}`));
    expect(results.every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(countBy(registry)['GET /token 200']).toBe(1);
  });

  test('a token that is forgotten in the middle of a batch is renewed once (F26)', async () => {
    const { registry, host, tool } = await world({ auth: 'token' });
    const tags = Array.from({ length: 40 }, (_, number) => `t${number}`);
    registry.add('acme/api', Object.fromEntries(tags.map((tag) => [tag, amd64])));
    let heads = 0;
    registry.on((request) => {
      if (request.method === 'HEAD' && request.headers['authorization'] !== undefined && ++heads === 15) {
        registry.tokens.expire();
      }
      return false;
    }, faults.normal);
    const results = await tool.resolveAll(tags.map((tag) => `${host}/acme/api:${tag}`));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(40);
    expect(countBy(registry)['GET /token 200']).toBe(2);
    expect(tool.warnings).toEqual([]);
  });

  test.each(['', ',error="insufficient_scope"', ',error="invalid_token"'])(
    'a server that grants only the first scope is asked again for each repository (401 with%s)',
    async (error) => {
      const { registry, host, tool } = await world({
        auth: 'token',
        token: { scopes: 'first' },
        challenge: (request) => `Bearer realm="http://${request.host}/token",service="registry"${error}`,
      });
      const names = Array.from({ length: 13 }, (_, number) => `team/app${number}`);
      for (const name of names) registry.add(name, { x: amd64 });
      const results = await tool.resolveAll(names.map((name) => `${host}/${name}:x`));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(13);
    },
  );

  test('a token is renewed before it ends, without a 401', async () => {
    const { registry, host, tool } = await world({ auth: 'token', token: { expiresIn: 60 } });
    await tool.resolve(`${host}/acme/api:1.0`);
    tool.advance(56_000);
    registry.forget();
    await tool.resolve(`${host}/acme/api:single`);
    expect(registry.summary(withStatus)[0]).toMatch(/^GET \/token/);
    expect(countBy(registry)).toEqual({ 'GET /token 200': 1, 'HEAD 200': 1 });
  });

  test('every token is a secret before it is used', async () => {
    const { registry, host, tool } = await world({ auth: 'token' });
    await tool.resolve(`${host}/acme/api:1.0`);
    expect(tool.secrets).toEqual(registry.tokens.issued);
  });
});

describe('where credentials and requests may go', () => {
  const users = { robot: 'secret password' };

  async function elsewhere(): Promise<StartedRegistry> {
    const other = await startRegistry({ auth: 'token', users });
    open.push(other.close);
    return other;
  }

  test('a login does not go to a token server on another host, unless that is listed (T1)', async () => {
    const other = await elsewhere();
    const options: RegistryOptions = { auth: 'token', users, realm: `http://${other.host}/token` };
    const first = await world(options, ({ host: at }) => ({ credentials: { [at]: basic('robot', users.robot) } }));
    const error = await failureOf(first.tool.resolve(`${first.host}/acme/api:1.0`));
    expect(error.code).toBe('registry-refused');
    expect(error.hint).toContain(`auth-hosts: ${first.host}=${other.host}`);
    expect(other.requests).toEqual([]);

    const second = await world(options, ({ host: at }) => ({
      credentials: { [at]: basic('robot', users.robot) },
      authHosts: [{ registry: at, host: other.host }],
    }));
    await second.tool.resolve(`${second.host}/acme/api:1.0`).catch(() => undefined);
    expect(other.requests[0]?.headers['authorization']).toMatch(/^Basic /);
  });

  const realms: readonly [string, string][] = [
    ['link-local metadata', 'http://169.254.169.254/token'],
    ['the unspecified address', 'http://0.0.0.0:1/token'],
    ['a mapped address', 'http://[::ffff:169.254.169.254]/token'],
    ['user information', 'http://registry@127.0.0.1/token'],
    ['a file', 'file:///etc/passwd'],
  ];
  test.each(realms)('a realm that is %s is refused without a request to it (T2, T3)', async (_name, realm) => {
    const { host, tool } = await world({ auth: 'token', realm });
    expect((await failureOf(tool.resolve(`${host}/acme/api:1.0`))).code).toBe('registry-refused');
  });

  test('Authorization does not follow a redirect to another origin, and does not come back (T5, T6)', async () => {
    const other = await startRegistry();
    open.push(other.close);
    other.add('acme/api', { '1.0': both });
    const { registry, host, tool } = await world({ auth: 'token', users }, ({ host: at }) => ({
      credentials: { [at]: basic('robot', users.robot) },
    }));
    let returned = 0;
    registry.on(
      (request) =>
        request.path.includes('manifests') && String(request.headers['authorization'] ?? '').startsWith('Bearer'),
      faults.redirect((target) => `http://${other.host}${target}`),
    );
    registry.on((request) => {
      if (request.query.has('back')) returned += request.headers['authorization'] === undefined ? 0 : 1;
      return false;
    }, faults.normal);
    expect((await tool.resolve(`${host}/acme/api:1.0`))?.digest).toBe(both.digest);
    expect(other.requests.map(({ headers }) => headers['authorization'])).toEqual([undefined]);
    expect(returned).toBe(0);
  });

  test('a token endpoint that redirects is not followed (T4)', async () => {
    const other = await elsewhere();
    const { registry, host, tool } = await world({ auth: 'token', users }, ({ host: at }) => ({
      credentials: { [at]: { kind: 'identity-token', token: 'refresh-me-please', source: 'docker config' } },
    }));
    registry.on((request) => request.path === '/token', faults.redirect(`http://${other.host}/token`));
    const error = await failureOf(tool.resolve(`${host}/acme/api:1.0`));
    expect(error.code).toBe('cannot-tell');
    expect(other.requests).toEqual([]);
  });

  test('redirects end after five', async () => {
    const { registry, host, tool } = await world();
    registry.on(
      /manifests/,
      faults.redirect((target) => target),
    );
    expect((await failureOf(tool.resolve(`${host}/acme/api:1.0`))).code).toBe('limit');
    expect(registry.requests).toHaveLength(6);
  });

  test.each([
    ['http metadata', 'http://169.254.169.254/x'],
    ['user information', 'http://user@127.0.0.1/x'],
    ['another scheme', 'ftp://127.0.0.1/x'],
  ])('a redirect to %s is refused (Q84)', async (_name, target) => {
    const { registry, host, tool } = await world();
    registry.on(/manifests/, faults.redirect(target));
    expect((await failureOf(tool.resolve(`${host}/acme/api:1.0`))).code).toBe('registry-refused');
  });

  test('a mapped registry is asked only at its mirror, and the name stays', async () => {
    const { registry, host, tool } = await world({}, ({ host: at }) => ({
      mappings: [
        { from: 'docker.io', to: `${at}/hub` },
        { from: 'docker.io/acme', to: `${at}/acme` },
      ],
    }));
    registry.add('hub/library/nginx', { latest: amd64 });
    expect((await tool.resolve('nginx'))?.digest).toBe(amd64.digest);
    expect((await tool.resolve('acme/api:1.0'))?.digest).toBe(both.digest);
    expect(registry.summary()).toEqual([
      'HEAD /v2/hub/library/nginx/manifests/latest',
      'HEAD /v2/acme/api/manifests/1.0',
    ]);
    expect(host).toBe(registry.host);
  });
});

/** An image whose version is its own: its title says so. */
function own(version: string): Manifest {
  return image({ labels: { 'org.opencontainers.image.version': version, 'org.opencontainers.image.title': 'api' } });
}

describe('what is missing or not what was expected', () => {
  test('a tag that GET does not find either is no proof that HEAD is right about the next one (Q29)', async () => {
    const { registry, host, tool } = await world();
    registry.on('HEAD *', faults.onHead(404));
    const missing = await tool.resolve(`${host}/acme/api:nothing`, { missingIsFine: true });
    expect(missing).toBeUndefined();
    expect((await tool.resolve(`${host}/acme/api:1.0`, { missingIsFine: true }))?.digest).toBe(both.digest);
  });

  test('a missing tag names the nearest ones, after one HEAD, one GET that confirms it, and the list', async () => {
    const { registry, host, tool } = await world();
    const error = await failureOf(tool.resolve(`${host}/acme/api:1.1`));
    expect(error.code).toBe('not-found');
    expect(error.message).toContain('1.0');
    expect(registry.summary()).toEqual([
      'HEAD /v2/acme/api/manifests/1.1',
      'GET /v2/acme/api/manifests/1.1',
      'GET /v2/acme/api/tags/list',
    ]);
  });

  test('a tag that looks like a commit is told to wait', async () => {
    const { host, tool } = await world();
    const error = await failureOf(tool.resolve(`${host}/acme/api:9f3c1d2`));
    expect(error.hint).toMatch(/wait: 60.*|needs:/);
  });

  test('a repository that does not exist is said not to exist', async () => {
    const { host, tool } = await world();
    expect((await failureOf(tool.resolve(`${host}/acme/apy:1.0`))).message).toContain('no repository acme/apy');
  });

  test('wait keeps asking while the answer is 404, and nothing else is waited for', async () => {
    const { registry, host, tool } = await world();
    registry.on(/manifests\/new/, faults.times(5, faults.answer(404)));
    registry.add('acme/api', { new: amd64 });
    expect((await tool.resolve(`${host}/acme/api:new`, { wait: 60_000 }))?.digest).toBe(amd64.digest);
    expect(tool.sleeps.length).toBeGreaterThan(2);
    const gone = createTestClient();
    open.push(gone.close);
    registry.on(/manifests\/private/, faults.answer(403));
    await failureOf(gone.resolve(`${host}/acme/api:private`, { wait: 60_000 }));
    expect(gone.sleeps).toEqual([]);
  });

  test('an image ID is recognised, and the right digest is given when the tag is known', async () => {
    const { host, tool } = await world();
    const error = await failureOf(tool.resolve(`${host}/acme/api:single@${amd64.imageId ?? ''}`));
    expect(error.code).toBe('image-id');
    expect(error.message).toContain('this is an image ID, not a manifest digest');
    expect(error.hint).toContain(amd64.digest);
  });

  test('an image ID is recognised where the registry answers 500 for it (distribution 2.8)', async () => {
    const { registry, host, tool } = await world();
    registry.on(/manifests\/sha256/, faults.answer(500));
    const error = await failureOf(tool.resolve(`${host}/acme/api@${amd64.imageId ?? ''}`));
    expect(error.code).toBe('image-id');
  });

  test('a layer digest is called one', async () => {
    const { host, tool } = await world();
    const layer = amd64.blobs[1]?.digest ?? '';
    expect((await failureOf(tool.resolve(`${host}/acme/api@${layer}`))).message).toContain('digest of a layer');
  });

  test.each([
    ['a platform child', () => arm64.digest, 'platform-digest', /linux\/arm64/],
    [
      'an attestation',
      () => both.children.find(({ platform }) => platform === undefined)?.digest ?? '',
      'attestation-digest',
      /attestation/,
    ],
    ['an image ID', () => amd64.imageId ?? '', 'image-id', /image ID/],
    ['something unknown', () => `sha256:${'a'.repeat(64)}`, 'moved', /is sha256:.* now, not the expected/],
  ])('an expectation that is %s is told as such', async (_name, digest, code, text) => {
    const { host, tool } = await world();
    const error = await failureOf(tool.resolve(`${host}/acme/api:1.0`, { expect: [parseDigest(digest())] }));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(text);
    expect(`${error.message} ${error.hint}`).toContain(both.digest);
  });

  test('a tag that moved is told with both versions when versions are read', async () => {
    const { registry, host, tool } = await world();
    registry.add('acme/api', { latest: own('2.0.0'), before: own('1.0.0') });
    const expected = parseDigest(own('1.0.0').digest);
    const error = await failureOf(tool.resolve(`${host}/acme/api:latest`, { expect: [expected], inspect: true }));
    expect(error.message).toMatch(/version 2\.0\.0\) now, not the expected .* \(version 1\.0\.0\)/);
  });

  test('a warning of the registry is told', async () => {
    const { registry, host, tool } = await world();
    registry.on(/manifests/, faults.withHeaders({ warning: '299 - "this registry \\"moves\\" in May"' }));
    await tool.resolve(`${host}/acme/api:1.0`);
    expect(tool.warnings).toEqual([`${host} warns: this registry "moves" in May`]);
  });

  test('a platform that an index or a single manifest lacks is an error with those that exist', async () => {
    const { host, tool } = await world();
    const platform = { os: 'linux', architecture: 's390x' };
    const missing = await failureOf(tool.resolve(`${host}/acme/api:1.0`, { platform }));
    expect(missing.code).toBe('platform-missing');
    expect(missing.message).toContain('linux/amd64, linux/arm64');
    const single = await failureOf(
      tool.resolve(`${host}/acme/api:single`, { platform: { os: 'linux', architecture: 'arm64' } }),
    );
    expect(single.message).toContain('it has linux/amd64');
    const required = await failureOf(tool.resolve(`${host}/acme/api:1.0`, { requirePlatforms: [platform] }));
    expect(required.code).toBe('platform-missing');
  });

  test('tag and digest that disagree are a notice when something was read', async () => {
    const { host, tool } = await world();
    const found = await tool.resolve(`${host}/acme/api:1.0@${amd64.digest}`, { verify: true });
    expect(found?.digest).toBe(amd64.digest);
    expect(found?.notices.join()).toMatch(/linux\/amd64 inside .*1\.0/);
    expect((await tool.resolve(`${host}/acme/api:1.0@${both.digest}`, { verify: true }))?.notices).toEqual([]);
  });

  test('a registry that cannot be reached fails every image, and is given up after the attempts for one', async () => {
    const { registry, host, tool } = await world();
    await registry.close();
    const results = await tool.resolveAll(Array.from({ length: 30 }, (_, number) => `${host}/acme/api:t${number}`));
    expect(
      results.every(
        (result) =>
          result.status === 'rejected' && result.reason instanceof UserError && result.reason.code === 'network',
      ),
    ).toBe(true);
    expect(tool.sleeps.length).toBeLessThanOrEqual(4);
  });

  test('a 429 for one of many pauses the whole host', async () => {
    const { registry, host, tool } = await world();
    const tags = Array.from({ length: 30 }, (_, number) => `t${number}`);
    registry.add('acme/api', Object.fromEntries(tags.map((tag) => [tag, amd64])));
    registry.on(/manifests\/t9$/, faults.times(1, faults.tooMany('3')));
    const results = await tool.resolveAll(tags.map((tag) => `${host}/acme/api:${tag}`));
    expect(results.every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(Math.max(...tool.sleeps)).toBeGreaterThanOrEqual(3000);
  });
});

describe.each([true, false])('over TLS with HTTP/2: %s', (http2) => {
  test('100 images are resolved over few connections', async () => {
    const authority = makeAuthority();
    const tls = authority.issue({ hosts: ['127.0.0.1'] });
    const { registry, host, tool } = await world({ auth: 'token', tls, http2 }, () => ({
      transport: { tls: async () => ({ ca: [authority.cert] }) },
    }));
    const tags = Array.from({ length: 100 }, (_, number) => `t${number}`);
    registry.add('acme/api', Object.fromEntries(tags.map((tag) => [tag, amd64])));
    const results = await tool.resolveAll(tags.map((tag) => `${host}/acme/api:${tag}`));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(100);
    expect(new Set(registry.requests.map(({ protocol }) => protocol))).toEqual(
      new Set([http2 ? 'HTTP/2' : 'HTTP/1.1']),
    );
    expect(registry.connections()).toBeLessThanOrEqual(http2 ? 4 : 66);
  });
});

test('sha256 of the test images is what the product computes', () => {
  expect(sha256(both.bytes)).toBe(both.digest);
});
