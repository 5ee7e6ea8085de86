import { afterEach, describe, expect, test } from '@jest/globals';
import { Agent, ProxyAgent, request, type Dispatcher } from 'undici';
import { makeAuthority } from './certificates.ts';
import * as faults from './faults.ts';
import { startInternet, type InternetOptions } from './internet.ts';
import { listen } from './listener.ts';
import { artifact, helmChart, image, index, schema1, sha256, TYPES } from './oci.ts';
import { startRegistry, type RegistryOptions } from './registry.ts';
import { createService, text, type Behaviour } from './service.ts';
import type { LinkForm } from './tag-list.ts';
import { dockerHub, ecr, ECR_HOST, ghcr, quay } from './worlds.ts';

const ACCEPT = [TYPES.ociIndex, TYPES.dockerList, TYPES.ociManifest, TYPES.dockerManifest].join(', ');
const authority = makeAuthority();
const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(endings.splice(0).map((end) => end()));
});

function dispatcher(options: Agent.Options = {}): Agent {
  const agent = new Agent({ connect: { ca: authority.cert }, ...options });
  endings.push(() => agent.destroy());
  return agent;
}

interface Seen {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData['headers'];
  readonly body: string;
}

async function ask(
  url: string,
  options: Partial<Dispatcher.RequestOptions> & { dispatcher?: Dispatcher } = {},
): Promise<Seen> {
  const own = options.dispatcher ?? dispatcher();
  const headers = { accept: ACCEPT, ...(options.headers === undefined ? {} : Object(options.headers)) };
  const answer = await request(url, { method: 'GET', ...options, headers, dispatcher: own });
  return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
}

async function registryWith(options: Parameters<typeof startRegistry>[0] = {}) {
  const registry = await startRegistry(options);
  endings.push(registry.close);
  registry.add('acme/api', { 1: single });
  return registry;
}

const single = image();
const BODY = single.bytes.toString();
const manifestUrl = (origin: string): string => `${origin}/v2/acme/api/manifests/1`;

test('images are the same bytes on every machine', () => {
  const pair = [image(), image({ platform: 'linux/arm/v7', docker: true, sha512: true })];
  const all = [...pair, index(pair, { attestations: true }), index([index(pair)], { attestations: 'subject' })];
  const more = [helmChart('web', '1.0.0'), artifact({ artifactType: 'text/x', subject: single }), schema1('a/b', '1')];
  const digests = [...all, ...more].map((manifest) => sha256(manifest.bytes).slice(7, 19));
  expect(digests).toMatchInlineSnapshot(`
   [
     "c0439a9c92e2",
     "a685868d3e4e",
     "646ce6ca3bdd",
     "a5d16da3388e",
     "738562525b31",
     "f1912fd402ec",
     "a1015da39537",
   ]
  `);
});

describe('a fault is what it says', () => {
  const cases: readonly (readonly [string, Behaviour, object])[] = [
    ['answer', faults.answer(418, { 'x-a': 'b' }, 'tea'), { status: 418, body: 'tea' }],
    ['html', faults.html(), { status: 200, body: expect.stringContaining('<title>') }],
    ['tooMany', faults.tooMany('3'), { status: 429, headers: expect.objectContaining({ 'retry-after': '3' }) }],
    ['redirect', faults.redirect('https://cdn.test/x'), { status: 307 }],
    [
      'claimDigest',
      faults.claimDigest('sha256:0'),
      { headers: expect.objectContaining({ 'docker-content-digest': 'sha256:0' }) },
    ],
    [
      'contentType',
      faults.contentType('text/plain'),
      { headers: expect.objectContaining({ 'content-type': 'text/plain' }) },
    ],
    ['withBody', faults.withBody((bytes) => `${bytes.toString()}x`), { body: `${BODY}x` }],
    ['gzip', faults.gzip(), { headers: expect.objectContaining({ 'content-encoding': 'gzip' }) }],
    ['drip', faults.drip(0, 100), { body: BODY }],
    ['delay', faults.delay(1), { body: BODY }],
    ['cutBody without a length', faults.cutBody(0.5, false), { body: BODY.slice(0, Math.floor(BODY.length / 2)) }],
    ['closeAfter', faults.closeAfter(), { body: BODY }],
    ['resetBeforeHeaders', faults.resetBeforeHeaders(), /ECONNRESET|other side closed|stream|HTTP\/2/i],
    ['resetMidBody', faults.resetMidBody(), /ECONNRESET|terminated|other side closed|aborted|mismatch|stream|HTTP\/2/i],
    ['cutBody', faults.cutBody(), /other side closed|terminated|aborted|mismatch|stream|HTTP\/2/i],
    ['never', faults.never(), /abort|timeout/i],
    ['informationalFlood', faults.informationalFlood(5), /abort|timeout/i],
    ['endless', faults.endless(), /abort|timeout/i],
  ];
  test.each(cases.flatMap(([name, fault, seen]) => [false, true].map((http2) => [name, http2, fault, seen] as const)))(
    '%s (HTTP/2: %s)',
    async (_name, http2, fault, seen) => {
      const pair = authority.issue({ hosts: ['127.0.0.1'] });
      const registry = await registryWith(http2 ? { tls: pair } : {});
      registry.on('GET /v2/acme/api/manifests/*', fault);
      const call = ask(manifestUrl(registry.origin), {
        dispatcher: dispatcher({ allowH2: http2 }),
        signal: AbortSignal.timeout(400),
      });
      if (seen instanceof RegExp) await expect(call.then(() => 'an answer', String)).resolves.toMatch(seen);
      else expect(await call).toMatchObject(seen);
      expect(registry.requests[0]).toMatchObject({ protocol: http2 ? 'HTTP/2' : 'HTTP/1.1', method: 'GET' });
    },
  );

  test('and they combine, count and go away', async () => {
    const registry = await registryWith({ delay: 1 });
    const url = manifestUrl(registry.origin);
    const undo = registry.on('GET *', faults.times(1, faults.answer(503)), faults.after(2, faults.answer(404)));
    registry.on(/tags\/list\?n=1$/, faults.inTurn(faults.tooMany(), faults.normal));
    const seen = [];
    for (const path of [url, url, url, url, `${registry.origin}/v2/acme/api/tags/list?n=1`])
      seen.push((await ask(path)).status);
    undo();
    seen.push((await ask(url)).status, (await ask(`${registry.origin}/v2/acme/api/tags/list?n=1`)).status);
    expect(seen).toEqual([503, 200, 200, 404, 429, 200, 200]);
    expect(registry.summary({ status: true, query: true }).slice(3, 5)).toEqual([
      'GET /v2/acme/api/manifests/1 404',
      'GET /v2/acme/api/tags/list?n=1 429',
    ]);
    registry.forget();
    expect(registry.requests).toEqual([]);
  });
});

function bearer(token: string) {
  return { headers: { authorization: `Bearer ${token}` } };
}

async function withTokens(behaviour: RegistryOptions['token'] = {}) {
  const registry = await registryWith({ auth: 'token', users: { robot: 'secret' }, token: behaviour });
  registry.add('acme/web', { 1: single });
  const get = async (query: string, options = {}): Promise<string> => {
    const answer = await ask(`${registry.origin}/token?service=registry&${query}`, options);
    const value: unknown = JSON.parse(answer.body);
    return typeof value === 'object' && value !== null && 'token' in value ? String(value.token) : 'none';
  };
  const status = async (path: string, token: string, method: Dispatcher.HttpMethod = 'GET') =>
    (await ask(`${registry.origin}/v2/${path}`, { ...bearer(token), method })).status;
  return { registry, get, status };
}

describe('tokens open what they were asked for and nothing else', () => {
  const basic = { headers: { authorization: `Basic ${Buffer.from('robot:secret').toString('base64')}` } };

  test('the challenge leads to a token, and the token to the manifest', async () => {
    const { registry, get, status } = await withTokens();
    const refused = await ask(manifestUrl(registry.origin));
    expect(refused.headers['www-authenticate']).toBe(
      `Bearer realm="${registry.origin}/token",service="registry",scope="repository:acme/api:pull"`,
    );
    const token = await get('scope=repository:acme/api:pull');
    expect([await status('acme/api/manifests/1', token), await status('acme/web/manifests/1', token)]).toEqual([
      200, 401,
    ]);
    registry.tokens.expire();
    expect(await status('acme/api/manifests/1', token)).toBe(401);
    expect(registry.summary()).toEqual([
      'GET /v2/acme/api/manifests/1',
      'GET /token',
      'GET /v2/acme/api/manifests/1',
      'GET /v2/acme/web/manifests/1',
      'GET /v2/acme/api/manifests/1',
    ]);
  });

  test.each([
    ['all', [200, 200]],
    ['first', [200, 401]],
    ['single', [401, 401]],
  ] as const)('several scopes: %s', async (scopes, statuses) => {
    const { get, status } = await withTokens({ scopes });
    const token = await get('scope=repository:acme/api:pull&scope=repository:acme/web:pull');
    expect([await status('acme/api/manifests/1', token), await status('acme/web/manifests/1', token)]).toEqual(
      statuses,
    );
  });

  test('only users may push, and a wrong password is refused', async () => {
    const { registry, get, status } = await withTokens();
    const scope = 'scope=repository:acme/api:pull,push';
    const wrong = { headers: { authorization: `Basic ${Buffer.from('robot:x').toString('base64')}` } };
    expect(await status('acme/api/blobs/uploads/', await get(scope), 'POST')).toBe(401);
    expect(await status('acme/api/blobs/uploads/', await get(scope, basic), 'POST')).toBe(202);
    expect((await ask(`${registry.origin}/token`, wrong)).status).toBe(401);
  });
});

test.each(['relative', 'absolute', 'bare', 'opaque'] as const satisfies readonly LinkForm[])(
  'tags are paged: %s',
  async (link) => {
    const registry = await registryWith({ paging: { size: 2, link, max: 3 } });
    registry.add('acme/api', { a: single, b: single, c: single });
    const pages: string[] = [];
    let url = `${registry.origin}/v2/acme/api/tags/list`;
    for (let page = 0; page < 5 && url !== ''; page += 1) {
      const answer = await ask(url);
      pages.push(answer.body.trim());
      const header =
        String(answer.headers['link'] ?? '')
          .replaceAll(/[<>]/g, '')
          .split(';')[0] ?? '';
      url = header === '' ? '' : new URL(header, url).href;
    }
    expect(pages).toEqual(['{"name":"acme/api","tags":["1","a"]}', '{"name":"acme/api","tags":["b","c"]}']);
    expect((await ask(`${registry.origin}/v2/acme/api/tags/list?n=4`)).status).toBe(400);
  },
);

async function connect(hosts: InternetOptions['hosts'], more: Partial<InternetOptions> = {}) {
  const net = await startInternet({ authority, hosts, ...more });
  endings.push(net.close);
  const get = async (url: string, headers: Record<string, string> = {}) => {
    const agent = new ProxyAgent({ uri: net.proxy, requestTls: { ca: authority.cert }, allowH2: true });
    endings.push(() => agent.destroy());
    return ask(url, { dispatcher: agent, headers });
  };
  return { net, get };
}

describe('the internet', () => {
  test('has a host of every registered name, behind TLS and in clear, and no other', async () => {
    const hosts = { 'a.test': createService(() => text(200, 'a')), 'b.test:5000': createService(() => text(200, 'b')) };
    const { net, get } = await connect(hosts);
    const seen = [await get('https://a.test/x'), await get('http://a.test/x'), await get('https://b.test:5000/')];
    expect(seen.map((answer) => answer.body)).toEqual(['a', 'a', 'b']);
    await expect(get('https://c.test/')).rejects.toThrow();
    expect(hosts['a.test'].requests.map((one) => `${one.scheme} ${one.host}${one.path}`)).toEqual([
      'https a.test/x',
      'http a.test/x',
    ]);
    expect(net.strangers).toEqual(['c.test:443']);
    expect(net.tunnels).toContain('b.test:5000');
  });

  test('may want a login at the proxy', async () => {
    const { net, get } = await connect(
      { 'a.test': createService(() => text(200, 'a')) },
      { login: { user: 'u', password: 'p:w' } },
    );
    expect((await get('https://a.test/')).body).toBe('a');
    const stranger = new ProxyAgent({ uri: net.proxy.replace(/u:.*@/, ''), requestTls: { ca: authority.cert } });
    endings.push(() => stranger.destroy());
    await expect(ask('https://a.test/', { dispatcher: stranger })).rejects.toThrow(/407/);
  });

  const pull = 'repository:acme/api:pull';
  test.each([
    [
      'docker.io',
      dockerHub,
      'https://auth.docker.io/token?service=registry.docker.io',
      'https://registry-1.docker.io',
      401,
    ],
    ['ghcr.io', ghcr, 'https://ghcr.io/token?service=ghcr.io', 'https://ghcr.io', 403],
    ['quay.io', quay, 'https://quay.io/v2/auth?service=quay.io', 'https://quay.io', 401],
  ] as const)(
    '%s gives tokens and hides what is private as it hides what is missing',
    async (_name, world, tokens, origin, status) => {
      const { registry, hosts } = world({ users: { octocat: 'token-of-octocat' }, hidden: ['acme/secret'] });
      for (const repository of ['acme/api', 'acme/secret']) registry.add(repository, { 1: single });
      const { get } = await connect(hosts);
      const read = async (repository: string, login = {}) => {
        const answer = await get(`${tokens}&scope=repository:${repository}:pull`, login);
        const value: unknown = JSON.parse(answer.body);
        if (answer.status !== 200 || typeof value !== 'object' || value === null || !('token' in value))
          return answer.status;
        return (await get(`${origin}/v2/${repository}/manifests/1`, { authorization: `Bearer ${String(value.token)}` }))
          .status;
      };
      const octocat = { authorization: `Basic ${Buffer.from('octocat:token-of-octocat').toString('base64')}` };
      expect(await Promise.all(['acme/api', 'acme/secret', 'acme/none'].map((name) => read(name)))).toEqual([
        200,
        status,
        status,
      ]);
      expect(await read('acme/secret', octocat)).toBe(200);
      expect(pull).toContain('acme/api');
    },
  );

  test('Docker Hub counts GET and not HEAD', async () => {
    const { registry, hosts } = dockerHub({ pulls: 1 });
    registry.add('acme/api', { 1: single });
    const { get } = await connect(hosts);
    const answer = await get(`https://auth.docker.io/token?service=registry.docker.io&scope=${pull}`);
    expect(JSON.parse(answer.body)).toMatchObject({
      expires_in: 300,
      token: expect.any(String),
      access_token: expect.any(String),
    });
    const authorization = `Bearer ${registry.tokens.issued[0] ?? ''}`;
    const statuses = [];
    for (const _ of [1, 2])
      statuses.push((await get('https://registry-1.docker.io/v2/acme/api/manifests/1', { authorization })).status);
    expect(statuses).toEqual([200, 429]);
    const tags = await get('https://hub.docker.com/v2/repositories/acme/api/tags?page_size=100');
    expect(JSON.parse(tags.body)).toMatchObject({ count: 1, results: [{ name: '1', digest: single.digest }] });
  });

  test('ECR wants a password, tells the digest on HEAD only, and sends configs to another host', async () => {
    const { registry, hosts } = ecr({ password: 'today' });
    registry.add('acme/api', { 1: single });
    const { get } = await connect(hosts);
    const headers = { authorization: `Basic ${Buffer.from('AWS:today').toString('base64')}` };
    const refused = await get(`https://${ECR_HOST}/v2/acme/api/manifests/1`);
    expect([refused.status, refused.headers['www-authenticate']]).toEqual([
      401,
      expect.stringMatching(/^Basic realm="https:/),
    ]);
    const found = await get(`https://${ECR_HOST}/v2/acme/api/manifests/1`, headers);
    expect([found.status, found.headers['docker-content-digest']]).toEqual([200, undefined]);
    const config = await get(`https://${ECR_HOST}/v2/acme/api/blobs/${single.imageId ?? ''}`, headers);
    const location = String(config.headers['location']);
    expect([config.status, (await get(location, headers)).status, (await get(location)).status]).toEqual([
      307, 400, 200,
    ]);
    expect((await get(`https://${ECR_HOST}/v2/acme/none/manifests/1`, headers)).body).toContain(
      'does not exist in the registry',
    );
  });
});

test('a plain request to a TLS port is told so, and a listener can be far away', async () => {
  const service = createService(() => text(200, 'x'));
  const listening = await listen(service.handle, { tls: authority.issue({ hosts: ['127.0.0.1'] }), connectDelay: 30 });
  endings.push(listening.close);
  const start = performance.now();
  expect((await ask(listening.origin)).body).toBe('x');
  expect(performance.now() - start).toBeGreaterThan(29);
  const answer = await ask(listening.origin.replace('https', 'http'));
  expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('HTTPS server')]);
  expect(listening.connections()).toBe(2);
});
