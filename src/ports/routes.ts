import type { Socket } from 'node:net';
import { addressClass, mayBeNamedBy, type AddressClass } from '../registry/address.ts';
import { TransportError } from '../registry/http.ts';
import { bareHostname, Connections, type TlsMaterial } from './connections.ts';
import { createLookUp, socketLookup } from './name-lookup.ts';
import type { Proxy, ProxyEnvironment } from './proxy.ts';
import { Pool } from './undici.ts';

export type RouteLimits = Readonly<Record<'connectTimeout' | 'inFlightPerRegistry', number>>;

export interface RouteOptions {
  readonly userAgent: string;
  /** The TLS material for `host[:port]` (certificates.ts); left out, Node's own authorities are trusted. */
  readonly tls?: (host: string) => Promise<TlsMaterial>;
  readonly proxy?: ProxyEnvironment;
  readonly limits: RouteLimits;
}

/** Where a request goes, and on whose word. */
export interface Destination {
  readonly url: URL;
  /** The proxy that applies to the URL. */
  readonly proxy: Proxy | undefined;
  /** As HttpRequest has it. */
  readonly onWordOf?: string | undefined;
  readonly connectTimeout?: number | undefined;
}

/** The way to one server on one sort of trust. */
export interface Route {
  readonly pool: Pool;
  readonly connections: Connections;
}

/** Streams in one HTTP/2 connection: all that may be in flight at one registry fit into one. */
const MAX_STREAMS = 128;

/** Idle connections are kept this long: longer than most waits between attempts, shorter than most servers' own limit. */
const KEEP_ALIVE = 15_000;

/** All headers of an answer together; one of them is cut to size where it is parsed. */
const MAX_HEADER_SIZE = 64 * 1024;

/**
 * The routes of a run. Connections are shared between requests to one server on one sort of trust only, so that a
 * server that a registry names is never asked over a connection whose address nobody checked (SAFETY.md T3).
 */
export class Routes {
  readonly #options: RouteOptions;
  readonly #lookUp = createLookUp();
  readonly #routes = new Map<string, Route>();
  readonly #retired = new Set<Route>();
  /** The class of the address at which a host has been reached; the public one when there are several. */
  readonly #classes = new Map<string, AddressClass>();

  constructor(options: RouteOptions) {
    this.#options = options;
  }

  /** The route to a server. @throws TransportError `registry-refused` when its address is written and not allowed. */
  to(destination: Destination): Route {
    const { url, proxy, connectTimeout } = destination;
    const word = foreignWord(destination);
    const check = this.#checkFor(url, word);
    check(bareHostname(url));
    // https goes through a tunnel to the server itself; http is forwarded: the connection is the proxy's.
    const forward = proxy !== undefined && url.protocol === 'http:';
    const origin = forward ? proxy.url : new URL(url.origin);
    const trust = word === undefined ? 'trusted' : `${word} ${this.#classOf(word)}`;
    const key = `${trust} ${forward ? 'forward' : 'direct'} ${origin.origin} ${connectTimeout ?? ''}`;
    const known = this.#routes.get(key);
    if (known !== undefined) return known;
    const { limits, tls } = this.#options;
    const connections = new Connections({
      origin,
      connectTimeout: Math.min(limits.connectTimeout, connectTimeout ?? Infinity),
      // The proxy's own address is nobody's word but the user's.
      lookup: socketLookup(this.#lookUp, forward ? () => undefined : check),
      tls: async () => (await tls?.(origin.host)) ?? {},
      onConnected: (address) => (word === undefined && !forward ? this.#learn(bareHostname(url), address) : undefined),
      ...(proxy === undefined || forward ? {} : { tunnel: (signal) => this.#tunnel(origin, proxy, signal) }),
    });
    const route = { connections, pool: createPool(origin, connections, limits) };
    this.#routes.set(key, route);
    return route;
  }

  /** Gives the next request another connection; other requests on this one go on to their own end. */
  retire(route: Route): void {
    for (const [key, known] of this.#routes) {
      if (known !== route) continue;
      this.#routes.delete(key);
      this.#retired.add(route);
      void route.pool.close().then(() => {
        route.connections.close();
        this.#retired.delete(route);
      });
    }
  }

  async close(): Promise<void> {
    const all = [...this.#routes.values(), ...this.#retired];
    this.#routes.clear();
    for (const { connections } of all) connections.close();
    await Promise.all(all.map(({ pool }) => pool.destroy()));
  }

  /** Throws for an address that a server named by the registry must not have; a name passes, to be looked up. */
  #checkFor(url: URL, word: string | undefined): (address: string) => void {
    if (word === undefined) return () => undefined;
    const registryClass = this.#classOf(word);
    return (address) => {
      const found = addressClass(address);
      if (found !== undefined && !mayBeNamedBy(found, registryClass)) throw refused(url, address, word);
    };
  }

  /** A registry that was never reached counts as public: it may name public servers only. */
  #classOf(registry: string): AddressClass {
    const hostname = hostnameOf(registry);
    return addressClass(hostname) ?? this.#classes.get(hostname) ?? 'public';
  }

  #learn(hostname: string, address: string): void {
    const found = addressClass(address);
    if (found === undefined || (this.#classes.has(hostname) && found !== 'public')) return;
    this.#classes.set(hostname, found);
  }

  async #tunnel(origin: URL, proxy: Proxy, signal: AbortSignal): Promise<Socket> {
    const { openTunnel } = await import('./tunnel.ts');
    const { userAgent, limits, tls } = this.#options;
    const material = proxy.url.protocol === 'https:' ? await tls?.(proxy.url.host) : undefined;
    return openTunnel(origin, proxy, { timeout: limits.connectTimeout, userAgent, tls: material ?? {}, signal });
  }
}

/** The registry on whose word the server is asked; undefined when it is the registry's own host. */
function foreignWord({ url, onWordOf }: Destination): string | undefined {
  return onWordOf === undefined || hostnameOf(onWordOf) === bareHostname(url) ? undefined : onWordOf;
}

function createPool(origin: URL, connections: Connections, limits: RouteLimits): Pool {
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
    `If ${url.host} really belongs to ${registry}, add ${registry}=${url.host} to the input auth-hosts.`,
    false,
  );
}
