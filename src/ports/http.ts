import type { Socket } from 'node:net';
import { LIMITS } from '../core/limits.ts';
import { addressClass, mayBeNamedBy, type AddressClass } from '../registry/address.ts';
import { TransportError, type HttpRequest, type HttpResponse, type Send } from '../registry/http.ts';
import { bareHostname, Connections, type TlsMaterial } from './connections.ts';
import { exchange, FIRST_CUT_STATUS, type Answer } from './exchange.ts';
import { createLookUp, socketLookup } from './name-lookup.ts';
import { chooseProxy, type Proxy, type ProxyEnvironment } from './proxy.ts';
import { reasonOf } from './timing.ts';
import { wantsHttps } from './transport-error.ts';
import { Pool, type DispatchOptions } from './undici.ts';

/** Sends requests, each once, over connections that are kept and shared. */
export interface Transport {
  readonly send: Send;
  /** Opens `count` connections (1) to the URL's server now, for requests that will come; never fails. */
  readonly preconnect: (url: URL, count?: number) => void;
  /** Ends every connection; requests without an answer fail. Nothing keeps the process alive afterwards. */
  readonly close: () => Promise<void>;
}

export type TransportLimits = Readonly<
  Record<'connectTimeout' | 'attemptTimeout' | 'errorBytes' | 'inFlightPerRegistry', number>
>;

export interface TransportOptions {
  readonly userAgent: string;
  /** The TLS material for `host[:port]` (certificates.ts); left out, Node's own authorities are trusted. */
  readonly tls?: (host: string) => Promise<TlsMaterial>;
  readonly proxy?: ProxyEnvironment;
  /** LIMITS; tests give shorter ones. */
  readonly limits?: Partial<TransportLimits>;
}

/** Streams in one HTTP/2 connection: all that may be in flight at one registry fit into one. */
const MAX_STREAMS = 128;

/** Idle connections are kept this long: longer than most waits between attempts, shorter than most servers' own limit. */
const KEEP_ALIVE = 15_000;

/** All headers of an answer together; one of them is cut to size where it is parsed. */
const MAX_HEADER_SIZE = 64 * 1024;

/** One server, reached on one sort of trust: nothing is shared between sorts (SAFETY.md T3). */
interface Route {
  readonly pool: Pool;
  readonly connections: Connections;
}

/** The transport over real sockets. Nothing happens before the first request. */
export function createTransport(options: TransportOptions): Transport {
  const limits: TransportLimits = { ...LIMITS, ...options.limits };
  const lookUp = createLookUp();
  const routes = new Map<string, Route>();
  const retired = new Set<Route>();
  /** The class of the addresses at which a host has been reached, the most public one. */
  const classes = new Map<string, AddressClass>();

  const classOfRegistry = (hostname: string): AddressClass => {
    const literal = addressClass(hostname);
    return literal ?? classes.get(hostname) ?? 'public';
  };

  const learn = (hostname: string, address: string): void => {
    const found = addressClass(address);
    if (found === undefined || (classes.has(hostname) && found !== 'public')) return;
    classes.set(hostname, found);
  };

  const routeOf = (url: URL, proxy: Proxy | undefined, word: string | undefined, patience?: number): Route => {
    const foreign = word !== undefined && hostnameOf(word) !== bareHostname(url);
    const registryClass = foreign ? classOfRegistry(hostnameOf(word)) : undefined;
    const check = (address: string): void => {
      if (registryClass === undefined || word === undefined) return;
      const found = addressClass(address);
      if (found !== undefined && !mayBeNamedBy(found, registryClass)) throw refused(url, address, word);
    };
    check(bareHostname(url));
    const forward = proxy !== undefined && url.protocol === 'http:';
    const origin = forward ? proxy.url : new URL(url.origin);
    const trust = registryClass === undefined ? 'trusted' : `${word} ${registryClass}`;
    const key = `${trust} ${forward ? 'forward' : 'direct'} ${origin.origin} ${patience ?? ''}`;
    const known = routes.get(key);
    if (known !== undefined) return known;
    const tunnelled = proxy !== undefined && !forward;
    const connections = new Connections({
      origin,
      connectTimeout: Math.min(limits.connectTimeout, patience ?? Infinity),
      lookup: socketLookup(lookUp, check),
      tls: async () => (await options.tls?.(origin.host)) ?? {},
      onConnected: (address) => (foreign ? undefined : learn(bareHostname(url), address)),
      ...(tunnelled ? { tunnel: (signal: AbortSignal) => tunnelTo(origin, proxy, signal) } : {}),
    });
    const route = { connections, pool: createPool(origin, connections, limits) };
    routes.set(key, route);
    return route;
  };

  const tunnelTo = async (origin: URL, proxy: Proxy, signal: AbortSignal): Promise<Socket> => {
    const { openTunnel } = await import('./tunnel.ts');
    const material = proxy.url.protocol === 'https:' ? await options.tls?.(proxy.url.host) : undefined;
    return openTunnel(origin, proxy, {
      timeout: limits.connectTimeout,
      userAgent: options.userAgent,
      tls: material ?? {},
      signal,
    });
  };

  const retire = (route: Route): void => {
    for (const [key, known] of routes) {
      if (known !== route) continue;
      routes.delete(key);
      retired.add(route);
      // Other requests on it go on to their own end.
      void route.pool.close().then(() => {
        route.connections.close();
        retired.delete(route);
      });
    }
  };

  const send: Send = async (request, signal) => {
    if (signal.aborted) throw reasonOf(signal);
    const { url } = request;
    if (url.protocol !== 'https:' && url.protocol !== 'http:') throw unsupported(url);
    const proxy = chooseProxy(options.proxy ?? {}, url);
    const route = routeOf(url, proxy, request.onWordOf, request.connectTimeout);
    const wire = wireRequest(request, options.userAgent, proxy);
    const bounds = { ...limits, maxBytes: request.maxBytes };
    try {
      const answer = await exchange(
        route.pool,
        wire,
        { host: url.host, what: request.what, plain: url.protocol === 'http:' },
        bounds,
        signal,
      );
      if (proxy !== undefined && answer.status === 407) throw (await import('./tunnel.ts')).proxyWantsLogin(proxy);
      return await responseOf(request, answer, bounds.errorBytes);
    } catch (error) {
      // A connection that gave nothing for so long may be dead; the next attempt gets another.
      if (error instanceof TransportError && error.code === 'timeout') retire(route);
      throw error;
    }
  };

  return {
    send,
    preconnect: (url, count = 1) => {
      try {
        const proxy = chooseProxy(options.proxy ?? {}, url);
        routeOf(url, proxy, undefined).connections.preopen(count);
      } catch {
        // The request itself will say what is wrong.
      }
    },
    close: async () => {
      const all = [...routes.values(), ...retired];
      routes.clear();
      for (const { connections } of all) connections.close();
      await Promise.all(all.map(({ pool }) => pool.destroy()));
    },
  };
}

function createPool(origin: URL, connections: Connections, limits: TransportLimits): Pool {
  return new Pool(origin.origin, {
    connect: connections.connect,
    connections: limits.inFlightPerRegistry,
    pipelining: 1,
    // The wall clock of the exchange is the limit: these would not end a drip or a flood of 1xx.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE,
    keepAliveMaxTimeout: 4 * KEEP_ALIVE,
    maxHeaderSize: MAX_HEADER_SIZE,
    allowH2: true,
    h2Options: { maxConcurrentStreams: MAX_STREAMS },
  });
}

function wireRequest(request: HttpRequest, userAgent: string, proxy: Proxy | undefined): DispatchOptions {
  const { method, url, body } = request;
  const forward = proxy !== undefined && url.protocol === 'http:';
  const path = `${url.pathname}${url.search}`;
  return {
    method,
    path: forward ? `${url.origin}${path}` : path,
    headers: {
      ...request.headers,
      'accept-encoding': 'identity',
      'user-agent': userAgent,
      ...(forward ? { host: url.host } : {}),
      ...(forward && proxy.authorization !== undefined ? { 'proxy-authorization': proxy.authorization } : {}),
    },
    reset: false,
    ...(body === undefined ? {} : { body }),
  };
}

async function responseOf(request: HttpRequest, answer: Answer, errorBytes: number): Promise<HttpResponse> {
  const { status, headers } = answer;
  const body = await plainBody(request, answer, errorBytes);
  const misdirected = wantsHttps(request.url, status, body);
  if (misdirected !== undefined) throw misdirected;
  return { status, header: (name) => headers.get(name) ?? [], body };
}

/** The body without its content encoding; one that cannot be undone never hides an error answer. */
async function plainBody(
  { url, what, maxBytes }: HttpRequest,
  answer: Answer,
  errorBytes: number,
): Promise<Uint8Array> {
  const { status, headers, body } = answer;
  const encoding = (headers.get('content-encoding') ?? []).join(',').trim().toLowerCase();
  if (encoding === '' || encoding === 'identity' || body.length === 0) return body;
  const { decode } = await import('./content-encoding.ts');
  if (status < FIRST_CUT_STATUS) return decode(body, encoding, maxBytes, url.host, what);
  return decode(body, encoding, Math.min(errorBytes, maxBytes), url.host, what).catch(() => new Uint8Array());
}

/** The host of `host[:port]`, as a URL's hostname has it, without brackets. */
function hostnameOf(registry: string): string {
  const url = URL.parse(`https://${registry}`);
  return url === null ? registry : bareHostname(url);
}

function refused(url: URL, address: string, registry: string): TransportError {
  const at = address === bareHostname(url) ? 'an address' : `${address}, an address`;
  return new TransportError(
    'registry-refused',
    `${url.host} is not asked: the registry ${registry} names it, and it is at ${at} that this registry has no business with`,
    `If ${url.host} really is the token server of ${registry}, add ${registry}=${url.host} to the input auth-hosts.`,
    false,
  );
}

function unsupported(url: URL): TransportError {
  return new TransportError(
    'registry-refused',
    `${url.protocol} URLs are not asked, only https: and http:`,
    'The registry named this URL: ask whoever runs it.',
    false,
  );
}
