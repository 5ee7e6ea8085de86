/* Registries on loopback with content, whose answers can be delayed and whose requests are counted. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createForwarder, startCounter } from '../../__tests__/contract/support/counter.ts';
import { PASSWORD, SERVICE, startDockerRegistry, USER } from '../../__tests__/contract/support/docker-registry.ts';
import { pushDirectly } from '../../__tests__/contract/support/push.ts';
import { makeAuthority, type Authority } from '../../__tests__/support/certificates.ts';
import { startInternet } from '../../__tests__/support/internet.ts';
import { listen } from '../../__tests__/support/listener.ts';
import { image, index } from '../../__tests__/support/oci.ts';
import { createRegistry, startRegistry } from '../../__tests__/support/registry.ts';
import type { Handler, Journal } from '../../__tests__/support/service.ts';
import type { Reach } from './tools.ts';

/** One repository with many tags, and many with one. */
export interface Amounts {
  readonly tags: number;
  readonly repositories: number;
}

/** A registry that is asked. */
export interface Place extends Reach {
  readonly name: string;
  readonly origin: string;
  /** PEM file of its authority, with TLS. */
  readonly caFile?: string;
  /** For the input `auth-hosts`, where the token server has a port of its own. */
  readonly authHosts?: string;
  /** What every client has in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** The digest of everything in it. */
  readonly digest: string;
  /** A token that opens these repositories; undefined where none is wanted. */
  readonly token: (repositories: readonly string[]) => Promise<string | undefined>;
  readonly setDelay: (milliseconds: number) => void;
  /** Requests since the last time, the token endpoint's included, as `METHOD /path`. */
  readonly take: () => readonly string[];
  readonly close: () => Promise<void>;
}

export const MANY = 'bench/many';
export const repositoryName = (number: number): string => `bench/app-${number}`;

const app = index([image({ content: 'bench' }), image({ content: 'bench', platform: 'linux/arm64' })], {
  attestations: true,
});
const single = image({ content: 'bench' });

function tagsOf({ tags }: Amounts): Readonly<Record<string, typeof app>> {
  return Object.fromEntries(Array.from({ length: tags }, (_, number) => [`v${number}`, app]));
}

function repositoriesOf({ repositories }: Amounts): readonly string[] {
  return Array.from({ length: repositories }, (_, number) => repositoryName(number));
}

/** Debian's docker-registry, open, over http. */
export async function openPlace(amounts: Amounts, temp: string): Promise<Place> {
  const registry = await startDockerRegistry();
  const target = { host: registry.host, origin: registry.origin };
  await fill(target, amounts);
  const counter = await startCounter(registry.origin);
  return {
    ...common(temp, [counter.journal]),
    name: 'docker-registry, open, http',
    host: counter.host,
    origin: counter.origin,
    tls: false,
    token: () => Promise.resolve(undefined),
    async close() {
      await counter.close();
      await registry.close();
    },
  };
}

/** Debian's docker-registry with a token server, both over TLS with an authority of their own. */
export async function tokenPlace(amounts: Amounts, temp: string): Promise<Place> {
  const authority = makeAuthority();
  const registry = await startDockerRegistry({ auth: 'token', authority, token: { expiresIn: 3600 } });
  const tokens = registry.tokens;
  if (tokens === undefined) throw new Error('the registry has no token server');
  const token = (names: readonly string[], actions = 'pull'): Promise<string> =>
    askToken(tokens.service.handle, '/token', SERVICE, names, actions);
  const forwarder = createForwarder(registry.origin, { ca: authority.cert });
  const all = await token([MANY, ...repositoriesOf(amounts)], 'pull,push');
  const filler = await listen((request) =>
    forwarder.handle({ ...request, headers: { ...request.headers, authorization: `Bearer ${all}` } }),
  );
  await fill({ host: filler.host, origin: filler.origin }, amounts);
  await filler.close();
  const counter = await startCounter(registry.origin, {
    ca: authority.cert,
    tls: authority.issue({ hosts: ['127.0.0.1'] }),
  });
  return {
    ...common(temp, [counter.journal, tokens.service.journal]),
    ...(await trust(authority, temp, 'token')),
    name: 'docker-registry, token, TLS',
    host: counter.host,
    authHosts: `${counter.host}=${new URL(registry.tokenOrigin ?? '').host}`,
    origin: counter.origin,
    tls: true,
    token,
    async close() {
      await counter.close();
      await registry.close();
    },
  };
}

/** The registry inside this process, which answers faster than a real one: what it takes is the client's time. */
export async function ownPlace(amounts: Amounts, temp: string): Promise<Place> {
  const authority = makeAuthority();
  const registry = await startRegistry({
    auth: 'token',
    tls: authority.issue({ hosts: ['127.0.0.1'] }),
    token: { expiresIn: 3600 },
  });
  registry.add(MANY, tagsOf(amounts));
  return {
    ...common(temp, [registry.journal]),
    ...(await trust(authority, temp, 'own')),
    name: 'in-process, token, TLS',
    host: registry.host,
    origin: registry.origin,
    tls: true,
    token: (names) => askToken(registry.handle, '/token', 'registry', names, 'pull'),
    close: registry.close,
  };
}

/** A registry by the name ghcr.io, whose token endpoint is known, behind a proxy on loopback. */
export async function knownPlace(amounts: Amounts, temp: string): Promise<Place> {
  const authority = makeAuthority();
  const registry = createRegistry({ auth: 'token', service: 'ghcr.io', realm: 'https://ghcr.io/token' });
  registry.add(MANY, tagsOf(amounts));
  const internet = await startInternet({ authority, hosts: { 'ghcr.io': registry } });
  const trusted = await trust(authority, temp, 'known');
  return {
    ...common(temp, [registry.journal]),
    ...trusted,
    environment: { ...trusted.environment, ...internet.proxyEnv },
    name: 'ghcr.io in-process, known token endpoint, TLS',
    host: 'ghcr.io',
    origin: 'https://ghcr.io',
    tls: true,
    token: () => Promise.resolve(undefined),
    close: internet.close,
  };
}

function common(temp: string, journals: readonly Journal[]) {
  return {
    environment: { HOME: temp },
    digest: app.digest,
    setDelay(milliseconds: number): void {
      for (const journal of journals) journal.delay = milliseconds;
    },
    take(): readonly string[] {
      return journals.flatMap(({ requests }) => requests.splice(0).map(({ method, path }) => `${method} ${path}`));
    },
  };
}

/** Go's programs read SSL_CERT_FILE. */
async function trust(authority: Authority, temp: string, name: string) {
  const caFile = join(temp, `${name}.pem`);
  await writeFile(caFile, authority.cert);
  return { caFile, environment: { HOME: temp, SSL_CERT_FILE: caFile } };
}

async function fill(target: { readonly host: string; readonly origin: string }, amounts: Amounts): Promise<void> {
  const all = Object.entries(tagsOf(amounts));
  // Some hundred at a time: as many sockets as a system gives anybody.
  for (let at = 0; at < all.length; at += 200) {
    await pushDirectly(target, MANY, Object.fromEntries(all.slice(at, at + 200)));
  }
  for (const name of repositoriesOf(amounts)) await pushDirectly(target, name, { v0: single });
}

async function askToken(
  handle: Handler,
  path: string,
  service: string,
  names: readonly string[],
  actions: string,
): Promise<string> {
  const query = new URLSearchParams({ service });
  for (const name of names) query.append('scope', `repository:${name}:${actions}`);
  const login = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');
  const reply = await handle({
    method: 'GET',
    scheme: 'https',
    host: 'token',
    path,
    query,
    target: path,
    headers: actions === 'pull' ? {} : { authorization: `Basic ${login}` },
    body: Buffer.alloc(0),
    protocol: 'HTTP/1.1',
    connection: 0,
  });
  const answer: { readonly token?: string } = JSON.parse(String(reply.body));
  if (answer.token === undefined) throw new Error(`no token: ${String(reply.body)}`);
  return answer.token;
}
