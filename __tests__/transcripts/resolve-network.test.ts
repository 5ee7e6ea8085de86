import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAuthority, type Authority } from '../support/certificates.ts';
import { redirect } from '../support/faults.ts';
import { startInternet, type Internet, type InternetOptions } from '../support/internet.ts';
import { image, index } from '../support/oci.ts';
import {
  createRegistry,
  startRegistry,
  type Registry,
  type RegistryOptions,
  type StartedRegistry,
} from '../support/registry.ts';
import type { RunOptions, RunResult } from '../support/runner.ts';
import { createService, json, type Service } from '../support/service.ts';
import { dockerHub, ecr, ECR_HOST, ghcr, quay } from '../support/worlds.ts';
import { runBuilt } from './support.ts';

const PASSWORD = 'the-password-of-octocat';
const api = index([image({ content: 'api' }), image({ content: 'api', platform: 'linux/arm64' })]);
const login = { username: 'octocat', password: PASSWORD };

let authority: Authority;
let folder = '';
const closing: (() => Promise<void> | void)[] = [];
beforeAll(() => {
  authority = makeAuthority();
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'network-')));
  writeFileSync(join(folder, 'ca.pem'), authority.cert);
});
afterAll(async () => {
  for (const close of closing) await close();
  rmSync(folder, { recursive: true });
});

async function internetOf(
  hosts: Readonly<Record<string, Service>>,
  options: Partial<InternetOptions> = {},
): Promise<Internet> {
  const internet = await startInternet({ authority, hosts, ...options });
  closing.push(internet.close);
  return internet;
}

async function start(options: Parameters<typeof startRegistry>[0] = {}): Promise<StartedRegistry> {
  const registry = await startRegistry(options);
  closing.push(registry.close);
  registry.add('acme/api', { '1': api });
  return registry;
}

function bearer(options: RegistryOptions = {}): Registry {
  const registry = createRegistry({ auth: 'token', users: { octocat: PASSWORD }, ...options });
  registry.add('acme/api', { '1': api });
  return registry;
}

function resolve(
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string | undefined>> = {},
  options: Partial<RunOptions> = {},
): Promise<RunResult> {
  return runBuilt({ action: 'resolve', env, ...options, inputs: { 'github-token': '', ...inputs } });
}

function errorOf({ annotations }: RunResult): string {
  return annotations
    .filter(({ level }) => level === 'error')
    .map(({ title, message }) => `${title ?? ''}: ${message}`)
    .join('\n');
}

describe('requests, counted at the registry', () => {
  test('Docker Hub: token and HEAD; another image of another repository, one HEAD more and no other token', async () => {
    const world = dockerHub();
    for (const name of ['library/nginx', 'library/alpine', 'acme/api'])
      world.registry.add(name, { '1': api, latest: api });
    const internet = await internetOf(world.hosts);
    const one = await resolve({ images: 'nginx:1' }, internet.env);
    expect(errorOf(one)).toBe('');
    expect(one.outputs).toMatchObject({
      digest: api.digest,
      name: 'docker.io/library/nginx',
      pinned: `docker.io/library/nginx:1@${api.digest}`,
    });
    expect(one.log).toContain('##[group]nginx:1');
    expect(one.log).toMatch(/  how {7}2 requests, \d+ ms, anonymous$/m);
    expect(world.registry.summary({ host: true })).toEqual([
      'GET auth.docker.io/token',
      'HEAD registry-1.docker.io/v2/library/nginx/manifests/1',
    ]);
    world.registry.forget();
    await resolve({ images: 'nginx, docker.io/library/alpine:1\nindex.docker.io/acme/api:1' }, internet.env);
    expect(world.registry.summary().toSorted()).toEqual([
      'GET /token',
      'HEAD /v2/acme/api/manifests/1',
      'HEAD /v2/library/alpine/manifests/1',
      'HEAD /v2/library/nginx/manifests/latest',
    ]);
    expect(internet.strangers).toEqual([]);
  });

  test('Docker Hub: missing and private are one refusal, and the rate limit is told with its numbers', async () => {
    const world = dockerHub({ pulls: 0 });
    world.registry.add('library/nginx', { '1': api });
    const internet = await internetOf(world.hosts);
    const gone = await resolve({ images: 'acme/nobody:1', 'if-missing': 'ignore' }, internet.env);
    expect(errorOf(gone)).toMatch(/^unauthorized: .*docker\.io\/acme\/nobody does not exist or is private/);
    expect(gone.outputs['exists']).toBe('');
    const limited = await resolve({ images: 'nginx:1', verify: 'true', timeout: '1' }, internet.env);
    expect(errorOf(limited)).toMatch(/^(?:rate-limited: .*429.*limit 0 in 6 h.*remaining 0|timeout: )/);
  });

  test('ghcr.io: token and HEAD, public without any login', async () => {
    const world = ghcr();
    world.registry.add('acme/api', { '1': api });
    const internet = await internetOf(world.hosts);
    const result = await resolve({ images: 'ghcr.io/acme/api:1', platform: 'linux/arm64' }, internet.env);
    expect(result.outputs['digest']).toBe(api.children[1]?.digest);
    expect(world.registry.summary()).toEqual(['GET /token', 'GET /v2/acme/api/manifests/1']);
  });

  test('Amazon ECR: one HEAD with Basic', async () => {
    const world = ecr({ password: PASSWORD });
    world.registry.add('api', { '1': api });
    const internet = await internetOf(world.hosts);
    const images = `${ECR_HOST}/api:1`;
    const result = await resolve({ images, username: 'AWS', password: PASSWORD }, internet.env);
    expect(errorOf(result)).toBe('');
    expect(world.registry.summary()).toEqual(['HEAD /v2/api/manifests/1']);
    const inspected = await resolve({ images, username: 'AWS', password: PASSWORD, inspect: 'true' }, internet.env);
    expect(inspected.outputs['created']).toBe('2026-03-01T12:00:00Z');
    const atBucket = world.registry.requests.filter(({ host }) => host.includes('.s3.'));
    expect(atBucket.map(({ headers }) => headers['authorization'])).toEqual([undefined]);
    expect(inspected.rawStdout).not.toContain('X-Amz-Signature');
  });

  test('quay.io: one HEAD', async () => {
    const world = quay();
    world.registry.add('acme/api', { '1': api });
    const internet = await internetOf(world.hosts);
    await resolve({ images: 'quay.io/acme/api:1' }, internet.env);
    expect(world.registry.summary()).toEqual(['HEAD /v2/acme/api/manifests/1']);
  });

  test('an unknown registry: HEAD, token, HEAD; and never a ping', async () => {
    const registry = bearer();
    const internet = await internetOf({ 'registry.example': registry });
    const result = await resolve({ images: 'registry.example/acme/api:1', ...login }, internet.env);
    expect(result.log).toContain('3 requests');
    expect(registry.summary({ status: true })).toEqual([
      'HEAD /v2/acme/api/manifests/1 401',
      'GET /token 200',
      'HEAD /v2/acme/api/manifests/1 200',
    ]);
  });

  test.each([
    ['all', 3],
    ['single', undefined],
    ['first', undefined],
  ] as const)('25 repositories of one registry, whose token server grants %s scopes', async (scopes, tokens) => {
    const registry = bearer({ token: { scopes } });
    const names = Array.from({ length: 25 }, (_, number) => `acme/r${String(number)}`);
    for (const name of names) registry.add(name, { '1': api });
    const internet = await internetOf({ 'registry.example': registry });
    const result = await resolve(
      { images: names.map((name) => `registry.example/${name}:1`).join('\n'), ...login },
      internet.env,
    );
    expect(errorOf(result)).toBe('');
    const asked = registry.summary();
    const got = asked.filter((line) => line.endsWith('/token')).length;
    if (tokens === undefined) expect(got).toBeLessThanOrEqual(names.length + 3);
    else expect(got).toBeLessThanOrEqual(tokens + 1);
    expect(asked.filter((line) => line.startsWith('HEAD')).length).toBeLessThanOrEqual(
      tokens === undefined ? 2 * names.length : names.length + 1,
    );
    expect(asked.filter((line) => line.endsWith('/v2/'))).toEqual([]);
  });
});

describe('a proxy', () => {
  const proxyPassword = 'pro:xy/pass word';

  test('with a password is used and its password never shown', async () => {
    const world = ghcr();
    world.registry.add('acme/api', { '1': api });
    const internet = await internetOf(world.hosts, { login: { user: 'proxyuser', password: proxyPassword } });
    const result = await resolve({ images: 'ghcr.io/acme/api:1' }, internet.env, { debug: true });
    expect(result.outputs['digest']).toBe(api.digest);
    for (const form of [
      proxyPassword,
      encodeURIComponent(proxyPassword),
      Buffer.from(`proxyuser:${proxyPassword}`).toString('base64'),
    ]) {
      expect(result.masks).toContain(form);
      expect(result.rawStdout.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain(form);
    }
  });

  test('that refuses its password is an error that names it without the password', async () => {
    const internet = await internetOf({}, { login: { user: 'proxyuser', password: proxyPassword } });
    const wrong = internet.proxy.replace('proxyuser:', 'proxyuser:wrong');
    const result = await resolve({ images: 'ghcr.io/acme/api:1', timeout: '10' }, { HTTPS_PROXY: wrong });
    expect(errorOf(result)).toMatch(/^proxy: .*127\.0\.0\.1:\d+.*407/);
    expect(result.rawStdout.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('wrong');
    expect(result.rawStdout.replaceAll(/^::add-mask::.*$/gm, '')).not.toMatch(/pass(?:%20| )word/);
  });

  test.each([
    ['that cannot be reached', 'http://proxyuser:proxy-password@127.0.0.1:1', /^proxy: .*127\.0\.0\.1:1/],
    ['that is no address', 'socks5://proxyuser:proxy-password@127.0.0.1:1', /^proxy: .*socks5/],
    ['that is nonsense', '::proxy-password::', /^proxy: .*no URL/],
  ])('%s is an error of its own', async (_name, proxy, words) => {
    const result = await resolve({ images: 'registry.example/acme/api:1', timeout: '15' }, { HTTPS_PROXY: proxy });
    expect(errorOf(result)).toMatch(words);
    expect(result.rawStdout.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('proxy-password');
  });

  test('is not used for what NO_PROXY names, nor for loopback', async () => {
    const registry = await start();
    const dead = { HTTPS_PROXY: 'http://127.0.0.1:1', HTTP_PROXY: 'http://127.0.0.1:1' };
    const result = await resolve({ images: `${registry.host}/acme/api:1` }, dead);
    expect(result.outputs['digest']).toBe(api.digest);
    const world = ghcr();
    world.registry.add('acme/api', { '1': api });
    const internet = await internetOf(world.hosts);
    const around = await resolve(
      { images: 'ghcr.io/acme/api:1', timeout: '15' },
      { ...internet.env, NO_PROXY: '.example,ghcr.io' },
    );
    expect(around.exitCode).toBe(1);
    expect(internet.tunnels).toEqual([]);
  }, 20_000);
});

/** A registry with a certificate of the authority. */
const signed = (options: Parameters<Authority['issue']>[0] = {}) =>
  start({ tls: authority.issue({ hosts: ['127.0.0.1'], ...options }) });
const runAt = (
  registry: StartedRegistry,
  inputs: Readonly<Record<string, string>> = {},
  env = {},
  options: Partial<RunOptions> = {},
) => resolve({ images: `${registry.host}/acme/api:1`, timeout: '15', ...inputs }, env, options);

describe('certificates', () => {
  test('are trusted by ca-file, NODE_EXTRA_CA_CERTS and a certs.d folder of the home folder', async () => {
    const registry = await signed();
    const ways = [
      runAt(registry, { 'ca-file': join(folder, 'ca.pem') }),
      runAt(registry, {}, { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') }),
      runAt(registry, {}, {}, { homeFiles: { [`.config/docker/certs.d/${registry.host}/ca.crt`]: authority.cert } }),
      runAt(registry, { 'ca-file': 'certs/ca.pem' }, {}, { files: { 'certs/ca.pem': authority.cert } }),
    ];
    for (const way of await Promise.all(ways)) {
      expect(errorOf(way)).toBe('');
      expect(way.outputs['digest']).toBe(api.digest);
    }
  });

  test.each<[string, () => Promise<StartedRegistry>, Record<string, string>, readonly string[]]>([
    [
      'of an unknown authority',
      () => signed(),
      {},
      ['authority that is not trusted here', 'ca-file', 'NODE_EXTRA_CA_CERTS'],
    ],
    [
      'for another name',
      () => signed({ hosts: ['other.example'] }),
      { ca: '1' },
      ['its certificate is for another name'],
    ],
    ['that has expired', () => signed({ notAfter: Date.now() - 1000 }), { ca: '1' }, ['its certificate has expired']],
    [
      'that is not valid yet',
      () => signed({ notBefore: Date.now() + 3_600_000 }),
      { ca: '1' },
      ['its certificate is not valid yet'],
    ],
  ])('%s are one clear error, without a second try', async (_name, make, { ca }, words) => {
    const registry = await make();
    const result = await runAt(registry, ca === undefined ? {} : { 'ca-file': join(folder, 'ca.pem') });
    expect(errorOf(result)).toMatch(/^tls: 127\.0\.0\.1:\d+: TLS failed/);
    for (const word of words) expect(errorOf(result)).toContain(word);
    expect(registry.requests).toEqual([]);
    expect(registry.connections()).toBeLessThanOrEqual(2);
  });

  test('of one registry are one failure, however many images are there', async () => {
    const registry = await signed();
    const images = ['a', 'b', 'c'].map((name) => `${registry.host}/acme/${name}:1`).join('\n');
    const result = await resolve({ images });
    expect(result.annotations).toHaveLength(1);
    expect(result.outputs['json']?.match(/"code":"tls"/g)).toHaveLength(3);
  });

  test('whose check is switched off are a warning', async () => {
    const registry = await signed();
    const result = await runAt(registry, {}, { NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    expect(result.annotations).toEqual([
      expect.objectContaining({ level: 'warning', message: expect.stringContaining('ca-file') }),
    ]);
  });

  test('a ca-file that holds none is told before any request', async () => {
    const registry = await signed();
    writeFileSync(join(folder, 'no.pem'), 'hello');
    const result = await runAt(registry, { 'ca-file': join(folder, 'no.pem') });
    expect(errorOf(result)).toMatch(/^bad-input: ca-file: .*no\.pem/);
    expect(registry.connections()).toBe(0);
  });
});

/** A proxy that leads every name to one port, where plain http is spoken. */
async function plainWorld(port: number): Promise<Record<string, string>> {
  const server = http.createServer((request, response) => {
    const { method, headers } = request;
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    request.pipe(
      http.request({ port, host: '127.0.0.1', method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      }),
    );
  });
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', (_request, duplex) => {
    duplex.on('error', () => undefined);
    // What servers that know no TLS say to its first bytes.
    duplex.once('data', () => duplex.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    duplex.write('HTTP/1.1 200 OK\r\n\r\n');
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  closing.push(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  const bound = server.address();
  const proxy = `http://127.0.0.1:${String(bound === null || typeof bound === 'string' ? 0 : bound.port)}`;
  return { HTTPS_PROXY: proxy, HTTP_PROXY: proxy };
}

describe('plain http', () => {
  test('is not spoken with a registry that is not listed, and the error says where to list it', async () => {
    const registry = await start({ auth: 'basic', users: { octocat: PASSWORD } });
    const env = await plainWorld(registry.port);
    const images = 'plain.example:5000/acme/api:1';
    const result = await resolve({ images, timeout: '15', ...login }, env);
    expect(errorOf(result)).toMatch(/^tls: plain\.example:5000: .*does not speak https.*insecure-registries/);
    expect(registry.requests).toEqual([]);
    const listed = await resolve({ images, 'insecure-registries': 'plain.example:5000', timeout: '15', ...login }, env);
    expect(errorOf(listed)).toBe('');
    expect(listed.outputs['digest']).toBe(api.digest);
    const other = await resolve({ images, 'insecure-registries': 'plain.example', timeout: '15', ...login }, env);
    expect(errorOf(other)).toContain('insecure-registries');
  }, 20_000);
});

describe('a mirror', () => {
  test('is asked instead, and nobody else; outputs keep the name as written', async () => {
    const mirror = createRegistry();
    mirror.add('hub/library/nginx', { '1': api });
    mirror.add('hub/acme/api', { '1': api });
    const other = createRegistry();
    other.add('acme/apis', { '1': api });
    const internet = await internetOf({ 'mirror.example:8443': mirror, 'ghcr.io': other });
    const result = await resolve(
      {
        images: 'nginx:1\nghcr.io/acme/api:1\nghcr.io/acme/apis:1',
        'registry-map': 'docker.io=mirror.example:8443/hub\nghcr.io/acme/api=mirror.example:8443/hub/acme/api',
      },
      internet.env,
    );
    expect(errorOf(result)).toBe('');
    expect(Object.values(JSON.parse(result.outputs['images'] ?? ''))).toEqual([
      `docker.io/library/nginx@${api.digest}`,
      `ghcr.io/acme/api@${api.digest}`,
      `ghcr.io/acme/apis@${api.digest}`,
    ]);
    expect(mirror.summary().toSorted()).toEqual([
      'HEAD /v2/hub/acme/api/manifests/1',
      'HEAD /v2/hub/library/nginx/manifests/1',
    ]);
    expect(internet.tunnels.toSorted().filter((name, at, all) => all.indexOf(name) === at)).toEqual([
      'ghcr.io:443',
      'mirror.example:8443',
    ]);
  });
});

/** A host that takes whatever it gets. */
const thief = () =>
  createService(() => json(200, { token: 'stolen-token-stolen-token', expires_in: 300 }), { name: 'thief' });

/** Everything that a service was sent. */
const secretsAt = (service: Service): string =>
  JSON.stringify(service.requests.map(({ headers, target, body }) => [headers, target, body.toString()]));

describe('an attacker', () => {
  const AUTHORIZATION = /authorization|Basic |Bearer |the-password|octocat|b2N0b2NhdD/;

  test('who names another token server gets no login, and the user is told how to allow it', async () => {
    const stolen = thief();
    const registry = bearer({ realm: 'https://auth.example/token' });
    const internet = await internetOf({ 'registry.example': registry, 'auth.example': stolen });
    const images = 'registry.example/acme/api:1';
    const result = await resolve({ images, ...login }, internet.env);
    expect(errorOf(result)).toMatch(/^registry-refused: .*auth\.example.*auth-hosts: registry\.example=auth\.example/);
    expect(stolen.requests).toEqual([]);
    const allowed = bearer({ realm: 'https://auth.example/token' });
    const second = await internetOf({ 'registry.example': allowed, 'auth.example': allowed.tokens.service });
    const result2 = await resolve({ images, ...login, 'auth-hosts': 'registry.example=auth.example' }, second.env);
    expect(errorOf(result2)).toBe('');
    const another = await resolve({ images, ...login, 'auth-hosts': 'other.example=auth.example' }, second.env);
    expect(errorOf(another)).toContain('registry-refused');
  });

  test.each([
    ['plain http', 'http://registry.example/token'],
    ['a file', 'file:///etc/passwd'],
    ['a user', 'https://registry.example@thief.example/token'],
    ['cloud metadata', 'https://169.254.169.254/latest'],
    ['cloud metadata over IPv6', 'https://[fd00:ec2::254]/latest'],
    ['nowhere', 'https://0.0.0.0/token'],
    ['a number', 'https://2130706433/token'],
    ['an embedded address', 'https://[::ffff:127.0.0.1]/token'],
  ])(
    'who sends the login to %s is refused before anything is sent',
    async (_name, realm) => {
      for (const inputs of [login, {}]) {
        const stolen = thief();
        const registry = bearer({ realm });
        const hosts = [
          'thief.example',
          '169.254.169.254',
          '[fd00:ec2::254]',
          '0.0.0.0',
          '127.0.0.1',
          '[::ffff:7f00:1]',
        ];
        const internet = await internetOf({
          'registry.example': registry,
          ...Object.fromEntries(hosts.map((name) => [name, stolen])),
        });
        const result = await resolve({ images: 'registry.example/acme/api:1', timeout: '10', ...inputs }, internet.env);
        expect(errorOf(result)).toMatch(/^registry-refused: /);
        expect(secretsAt(stolen)).toBe('[]');
      }
    },
    20_000,
  );

  test('who redirects a token request gets nothing', async () => {
    const asked = [301, 302, 303, 307, 308].map(async (status) => {
      const stolen = thief();
      const registry = bearer();
      registry.on('* /token', redirect('https://thief.example/token', status));
      const internet = await internetOf({ 'registry.example': registry, 'thief.example': stolen });
      const result = await resolve({ images: 'registry.example/acme/api:1', timeout: '10', ...login }, internet.env);
      expect(result.exitCode).toBe(1);
      expect(stolen.requests).toEqual([]);
    });
    await Promise.all(asked);
  }, 20_000);

  test.each([301, 302, 303, 307, 308])(
    'who redirects a read with %i gets no Authorization, not even on the way back',
    async (status) => {
      const stolen = createService(redirect('https://registry.example/v2/acme/back/manifests/1', status) as never, {
        name: 'thief',
      });
      const registry = bearer();
      registry.add('acme/back', { '1': api });
      registry.on('* /v2/acme/api/manifests/1', async (request, next) => {
        const usual = await next();
        return usual.status === 200 ? redirect('https://thief.example:8443/x', status)(request, next) : usual;
      });
      const internet = await internetOf({ 'registry.example': registry, 'thief.example:8443': stolen });
      await resolve({ images: 'registry.example/acme/api:1', timeout: '10', ...login }, internet.env);
      expect(stolen.requests.length).toBeGreaterThan(0);
      expect(secretsAt(stolen)).not.toMatch(AUTHORIZATION);
      const back = registry.requests.filter(({ path }) => path.includes('/acme/back/'));
      expect(back.length).toBeGreaterThan(0);
      expect(
        back
          .map(({ headers }) => headers['authorization'])
          .filter((value) => value !== undefined && !registry.tokens.issued.some((token) => value.includes(token))),
      ).toEqual([]);
    },
  );

  test('whose redirect target asks for a login gets none of ours', async () => {
    const stolen = createService(
      (request) =>
        request.path === '/token'
          ? json(200, { token: 'a-token-of-the-thief' })
          : json(
              401,
              {},
              {
                'www-authenticate':
                  'Bearer realm="https://thief.example/token",service="thief",scope="repository:x:pull"',
              },
            ),
      { name: 'thief' },
    );
    const registry = bearer();
    registry.on('* /v2/acme/api/manifests/1', async (request, next) => {
      const usual = await next();
      return usual.status === 200 ? redirect('https://thief.example/x')(request, next) : usual;
    });
    const internet = await internetOf({ 'registry.example': registry, 'thief.example': stolen });
    const result = await resolve({ images: 'registry.example/acme/api:1', timeout: '10', ...login }, internet.env);
    expect(result.exitCode).toBe(1);
    const seen = stolen.requests.map(({ headers }) => headers['authorization']).filter((value) => value !== undefined);
    expect(seen.filter((value) => value !== 'Bearer a-token-of-the-thief')).toEqual([]);
    expect(secretsAt(stolen)).not.toMatch(/the-password|octocat|b2N0b2NhdD/);
  });

  test('who downgrades a redirect to plain http is refused', async () => {
    const registry = bearer({ auth: 'none' });
    registry.on('* /v2/*', redirect('http://registry.example/x?token=secret-in-a-url'));
    const internet = await internetOf({ 'registry.example': registry });
    const result = await resolve({ images: 'registry.example/acme/api:1' }, internet.env);
    expect(errorOf(result)).toMatch(/^registry-refused: .*http:\/\/registry\.example/);
    expect(result.rawStdout).not.toContain('secret-in-a-url');
  });

  test.each([
    'https://169.254.169.254/x',
    'https://127.0.0.1/x',
    'https://10.0.0.1/x',
    'https://[::1]/x',
    'https://localhost/x',
  ])('who redirects inside, to %s, is refused', async (url) => {
    const inside = thief();
    const registry = bearer({ auth: 'none' });
    registry.on('* /v2/*', redirect(url));
    const internet = await internetOf({
      'registry.example': registry,
      '169.254.169.254': inside,
      '127.0.0.1': inside,
      '10.0.0.1': inside,
      '[::1]': inside,
      localhost: inside,
    });
    const result = await resolve({ images: 'registry.example/acme/api:1', timeout: '10' }, internet.env);
    expect(errorOf(result)).toMatch(/^registry-refused: /);
    expect(inside.requests).toEqual([]);
  });
});
