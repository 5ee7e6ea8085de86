import { afterEach, describe, expect, test } from '@jest/globals';
import http from 'node:http';
import https from 'node:https';
import { makeAuthority } from '../support/certificates.ts';
import { image, index, TYPES, type Manifest } from '../support/oci.ts';
import { startRegistry, type StartedRegistry } from '../support/registry.ts';
import { startCounter } from './support/counter.ts';
import {
  PASSWORD,
  SERVICE,
  startDockerRegistry,
  USER,
  type DockerRegistry,
  type DockerRegistryOptions,
} from './support/docker-registry.ts';
import { pushDirectly, pushWithSkopeo } from './support/push.ts';

const amd64 = image({ labels: { 'org.opencontainers.image.version': '1.4.2' } });
const arm64 = image({ platform: 'linux/arm64' });
const docker = [image({ docker: true }), image({ docker: true, platform: 'linux/arm64' })];
const multi = index([amd64, arm64], { attestations: true });
const list = index(docker, { docker: true });
const TAGS: Readonly<Record<string, Manifest>> = { single: amd64, multi, docker: docker[0] ?? amd64, list };
const ALL_FOUR = [TYPES.ociIndex, TYPES.dockerList, TYPES.ociManifest, TYPES.dockerManifest].join(', ');

const authority = makeAuthority();
const pair = authority.issue({ hosts: ['127.0.0.1'] });
const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(endings.splice(0).map((end) => end()));
});

async function start(options: DockerRegistryOptions = {}): Promise<DockerRegistry> {
  const registry = await startDockerRegistry(options);
  endings.push(registry.close);
  return registry;
}

async function startOurs(options: Parameters<typeof startRegistry>[0] = {}): Promise<StartedRegistry> {
  const registry = await startRegistry(options);
  endings.push(registry.close);
  return registry;
}

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

async function ask(method: string, url: string, headers: http.OutgoingHttpHeaders = {}, body = ''): Promise<Answer> {
  const client = url.startsWith('https:') ? https : http;
  const length = { 'content-length': Buffer.byteLength(body) };
  const options = { method, headers: { ...length, ...headers }, ca: authority.cert };
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
    client.request(url, options, resolve).once('error', reject).end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(Buffer.from(chunk));
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() };
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** The parts of an answer in which a client could see a difference. */
function seen(answer: Answer, origin: string) {
  const { headers, status } = answer;
  // Scopes and their actions stand in any order.
  const challenge = headers['www-authenticate']
    ?.replace(/realm="http[^"]*"/, 'realm="…"')
    .replaceAll(/[a-z]+(,[a-z]+)+/g, (actions) => actions.split(',').sort().join())
    .replace(/(?<=scope=")[^"]*/, (scopes) => scopes.split(' ').sort().join(' '));
  const isSchema1 = headers['content-type'] === TYPES.schema1;
  return {
    status,
    type: headers['content-type'],
    // Each conversion to schema 1 is signed with another key.
    digest: isSchema1 ? 'converted' : headers['docker-content-digest'],
    length: isSchema1 ? 'converted' : headers['content-length'],
    etag: isSchema1 ? 'converted' : headers.etag,
    location: headers.location?.replace(origin, '').replace(/uploads\/.*/, 'uploads/…'),
    allow: headers.allow,
    challenge,
    // Neither sorts the tags.
    body: isSchema1
      ? 'converted'
      : answer.body.replace(/(?<="tags":\[)[^\]]*/, (tags) => tags.split(',').sort().join()),
  };
}

const NOTHING = `sha256:${'0'.repeat(64)}`;
const config = amd64.imageId ?? '';

/** method, path, headers, body */
const REQUESTS: readonly (readonly [string, string, Record<string, string>?, string?])[] = [
  ['GET', '/v2/'],
  ...['single', 'multi', 'docker', 'list', 'nope', multi.digest, amd64.digest, list.digest, NOTHING].flatMap(
    (reference) =>
      [ALL_FOUR, '*/*', TYPES.dockerManifest, TYPES.ociManifest, TYPES.dockerList, `${TYPES.ociIndex};q=0.5`].flatMap(
        (accept): readonly [string, string, Record<string, string>][] => [
          ['HEAD', `/v2/acme/api/manifests/${reference}`, { accept }],
          ['GET', `/v2/acme/api/manifests/${reference}`, { accept }],
        ],
      ),
  ),
  ['HEAD', '/v2/acme/api/manifests/multi'],
  ['HEAD', '/v2/acme/api/manifests/multi', { accept: ALL_FOUR, 'if-none-match': `"${multi.digest}"` }],
  ['HEAD', '/v2/acme/api/manifests/multi', { accept: ALL_FOUR, 'if-none-match': `W/"${multi.digest}"` }],
  ['GET', '/v2/acme/none/manifests/1', { accept: ALL_FOUR }],
  ['GET', '/v2/Acme/api/manifests/1', { accept: ALL_FOUR }],
  ['GET', '/v2/acme/api/manifests/-x', { accept: ALL_FOUR }],
  ['GET', `/v2/acme/api/manifests/multi@${multi.digest}`, { accept: ALL_FOUR }],
  ['GET', `/v2/acme/api/manifests/${multi.digest.replace(':', '%3A')}`, { accept: ALL_FOUR }],
  ['GET', `/v2/acme/api/manifests/${multi.digest.toUpperCase()}`, { accept: ALL_FOUR }],
  ['POST', '/v2/acme/api/manifests/multi'],
  ['GET', '/v2/acme/api/tags/list'],
  ['GET', '/v2/acme/api/tags/list?n=1'],
  ['GET', '/v2/acme/api/tags/list', { accept: 'application/json' }],
  ['HEAD', '/v2/acme/api/tags/list'],
  ['GET', '/v2/acme/none/tags/list'],
  ['GET', `/v2/acme/api/referrers/${multi.digest}`],
  ['HEAD', `/v2/acme/api/blobs/${config}`],
  ['GET', `/v2/acme/api/blobs/${config}`],
  ['GET', `/v2/acme/api/blobs/${NOTHING}`],
  ['GET', `/v2/acme/none/blobs/${config}`],
  ['GET', '/v2/acme/api/blobs/sha256:00'],
  ['POST', `/v2/acme/two/blobs/uploads/?mount=${config}&from=acme/api`],
  ['POST', `/v2/acme/two/blobs/uploads/?mount=${NOTHING}&from=acme/api`],
  ['PUT', '/v2/acme/two/manifests/x', { 'content-type': TYPES.ociManifest }, amd64.bytes.toString()],
  ['PUT', '/v2/acme/api/manifests/x', { 'content-type': TYPES.ociManifest }, amd64.bytes.toString()],
  ['PUT', '/v2/acme/api/manifests/x', { 'content-type': 'application/json' }, amd64.bytes.toString()],
  ['PUT', '/v2/acme/api/manifests/x', { 'content-type': TYPES.dockerManifest }, amd64.bytes.toString()],
  ['PUT', `/v2/acme/api/manifests/${NOTHING}`, { 'content-type': TYPES.ociManifest }, amd64.bytes.toString()],
  [
    'PUT',
    `/v2/acme/api/manifests/${amd64.digest}?tag=a&tag=b`,
    { 'content-type': TYPES.ociManifest },
    amd64.bytes.toString(),
  ],
  ['PUT', '/v2/acme/api/manifests/y', { 'content-type': TYPES.ociIndex }, multi.bytes.toString()],
  ['GET', '/v2/acme/api/tags/list'],
  ['DELETE', '/v2/acme/api/manifests/y'],
];

/** Logins for the two registries, `''` for none. */
type Login = (path: string, method: string) => Promise<readonly [real: string, ours: string]>;

async function compare(real: DockerRegistry, ours: StartedRegistry, login: Login): Promise<readonly unknown[]> {
  const different: unknown[] = [];
  for (const [method, path, headers = {}, body = ''] of REQUESTS) {
    const logins = await login(path, method);
    const [theirs, own] = await Promise.all(
      [real, ours].map(async ({ origin }, position) => {
        const authorization = logins[position] ?? '';
        const answer = await ask(method, origin + path, { ...headers, ...(authorization && { authorization }) }, body);
        return seen(answer, origin);
      }),
    );
    if (JSON.stringify(theirs) !== JSON.stringify(own)) different.push({ method, path, headers, theirs, own });
  }
  return different;
}

const anonymous: Login = async () => ['', ''];

async function token(origin: string, scopes: string): Promise<string> {
  const answer = await ask('GET', `${origin}/token?service=${SERVICE}${scopes}`, {
    authorization: basic(USER, PASSWORD),
  });
  return `Bearer ${/"token":"([^"]+)"/.exec(answer.body)?.[1] ?? ''}`;
}

describe('the in-process registry answers as docker-registry does', () => {
  test('open, filled by skopeo', async () => {
    const real = await start();
    const ours = await startOurs();
    await pushWithSkopeo(real, 'acme/api', TAGS);
    ours.add('acme/api', TAGS);
    expect(await compare(real, ours, anonymous)).toEqual([]);
  });

  test('with Basic over TLS', async () => {
    const real = await start({ auth: 'basic', authority });
    const ours = await startOurs({ auth: 'basic', users: { [USER]: PASSWORD }, tls: pair });
    await pushWithSkopeo({ ...real, user: USER, password: PASSWORD, ca: authority.cert }, 'acme/api', TAGS);
    ours.add('acme/api', TAGS);
    const [right, wrong] = [basic(USER, PASSWORD), basic(USER, 'x')];
    expect(await compare(real, ours, anonymous)).toEqual([]);
    expect(await compare(real, ours, async () => [wrong, wrong])).toEqual([]);
    expect(await compare(real, ours, async () => [right, right])).toEqual([]);
  });

  test('with tokens over TLS', async () => {
    const real = await start({ auth: 'token', authority });
    const ours = await startOurs({ auth: 'token', users: { [USER]: PASSWORD }, service: SERVICE, tls: pair });
    await pushWithSkopeo({ ...real, user: USER, password: PASSWORD, ca: authority.cert }, 'acme/api', TAGS);
    ours.add('acme/api', TAGS);
    const both = (scopes: string) =>
      Promise.all([token(real.tokenOrigin ?? '', scopes), token(ours.origin, scopes)] as const);
    const all = await both(
      ['api', 'two', 'none'].map((name) => `&scope=repository:acme/${name}:pull,push,delete`).join(''),
    );
    const read = await both('&scope=repository:acme/api:pull');
    expect(await compare(real, ours, anonymous)).toEqual([]);
    expect(await compare(real, ours, async () => read)).toEqual([]);
    expect(await compare(real, ours, async () => all)).toEqual([]);
    expect(await compare(real, ours, async () => ['Bearer nonsense', 'Bearer nonsense'])).toEqual([]);
    expect(real.tokens?.service.requests.length).toBeGreaterThan(2);
  });
});

test('hundreds of tags and everything that skopeo cannot carry are pushed directly, through a proxy that counts', async () => {
  const real = await start();
  const counter = await startCounter(real.origin, { tls: pair, delay: 1 });
  endings.push(counter.close);
  const tags = Object.fromEntries(Array.from({ length: 150 }, (_, number) => [`1.${String(number)}`, amd64]));
  await pushDirectly(real, 'acme/many', tags);
  await pushDirectly({ ...counter, ca: authority.cert }, 'acme/new', {
    1: index([amd64], { attestations: 'subject' }),
  });
  counter.forget();
  const listed = await ask('GET', `${counter.origin}/v2/acme/many/tags/list`);
  const one = await ask('HEAD', `${counter.origin}/v2/acme/new/manifests/1`, { accept: ALL_FOUR });
  expect([listed.body.match(/"1\./g)?.length, one.status]).toEqual([150, 200]);
  expect(counter.summary({ status: true })).toEqual([
    'GET /v2/acme/many/tags/list 200',
    'HEAD /v2/acme/new/manifests/1 200',
  ]);
  counter.on('HEAD *', (_request, next) => next().then((reply) => ({ ...reply, status: 503 })));
  expect((await ask('HEAD', `${counter.origin}/v2/acme/new/manifests/1`)).status).toBe(503);
});
