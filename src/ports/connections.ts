import type { LookupFunction, Socket } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import { connectError } from './transport-error.ts';
import { buildConnector, type ConnectCallback, type Connector, type ConnectRequest } from './undici.ts';

/** PEM texts for TLS with one server. Servers that are given the same object share what is made of it. */
export interface TlsMaterial {
  /** Every authority that is trusted, when these are others than Node's own. */
  readonly ca?: readonly string[];
  /** Client certificates and their keys, in the same order. */
  readonly cert?: readonly string[];
  readonly key?: readonly string[];
}

export interface ConnectionsOptions {
  /** `http(s)://host[:port]` that is connected to. */
  readonly origin: URL;
  readonly connectTimeout: number;
  readonly lookup: LookupFunction;
  /** Asked once, before the first connection over TLS. */
  readonly tls: () => Promise<TlsMaterial>;
  /** Opens a tunnel through a proxy, until the signal aborts; left out for a direct connection. */
  readonly tunnel?: (signal: AbortSignal) => Promise<Socket>;
  /** Told the remote address of every direct connection that stands. */
  readonly onConnected: (address: string) => void;
}

/** The connections to one server: opens them for undici, and some before undici asks. */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #opening = new Set<Socket>();
  readonly #waiting: Promise<Socket>[] = [];
  readonly #ending = new AbortController();
  #connector: Promise<Connector> | undefined;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  /** Opens connections now that later requests will take; a failure is left to the request that takes its place. */
  preopen(count: number): void {
    for (let index = 0; index < count; index += 1) {
      const socket = this.#open(true);
      socket.catch(() => undefined);
      this.#waiting.push(socket);
    }
  }

  /** What undici calls when it wants a connection. */
  readonly connect = (_request: ConnectRequest, callback: ConnectCallback): void => {
    this.#take().then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(connectError(error, hostOf(this.#options.origin))),
    );
  };

  /** Ends what is being opened and what nobody took; the connections that undici has are undici's. */
  close(): void {
    this.#ending.abort(CLOSED);
    for (const socket of this.#opening) socket.destroy(CLOSED);
    for (const socket of this.#waiting.splice(0)) {
      socket.then(
        (open) => open.destroy(),
        () => undefined,
      );
    }
  }

  async #take(): Promise<Socket> {
    const early = this.#waiting.shift();
    if (early === undefined) return this.#open(false);
    const socket = await early;
    // The server may have hung up while it waited.
    if (socket.destroyed || !socket.writable) return this.#take();
    socket.ref();
    return socket;
  }

  async #open(early: boolean): Promise<Socket> {
    const { origin, tunnel } = this.#options;
    this.#connector ??= this.#build();
    const connector = await this.#connector;
    const httpSocket = await tunnel?.(this.#ending.signal);
    if (this.#ending.signal.aborted) {
      httpSocket?.destroy();
      throw CLOSED;
    }
    return new Promise((resolve, reject) => {
      const socket = connector(requestOf(origin, httpSocket), (...[error, open]) => {
        this.#opening.delete(socket);
        if (open === undefined) {
          reject(error ?? CLOSED);
          return;
        }
        if (tunnel === undefined && open.remoteAddress !== undefined) this.#options.onConnected(open.remoteAddress);
        resolve(open);
      });
      // A TLS socket that the server closes in the middle of the handshake may say so without an error.
      socket.once('close', () => {
        this.#opening.delete(socket);
        reject(Object.assign(new Error('the server closed the connection'), { code: 'ECONNRESET' }));
      });
      this.#opening.add(socket);
      // What nobody asked for yet must not keep the process alive.
      if (early) socket.unref();
    });
  }

  async #build(): Promise<Connector> {
    const { origin, connectTimeout, lookup, tls } = this.#options;
    const secureContext = origin.protocol === 'https:' ? contextOf(await tls()) : undefined;
    return buildConnector({
      allowH2: true,
      preferH2: true,
      timeout: connectTimeout,
      autoSelectFamily: true,
      lookup,
      ...(secureContext === undefined ? {} : { secureContext }),
    });
  }
}

const contexts = new WeakMap<TlsMaterial, SecureContext>();

/** Left to each connection, every authority of a list would be parsed again for it: more than 10 ms. */
function contextOf(material: TlsMaterial): SecureContext {
  const known = contexts.get(material);
  if (known !== undefined) return known;
  const { ca, cert, key } = material;
  const context = createSecureContext({
    ...(ca === undefined ? {} : { ca: [...ca] }),
    ...(cert === undefined ? {} : { cert: [...cert] }),
    ...(key === undefined ? {} : { key: [...key] }),
  });
  contexts.set(material, context);
  return context;
}

const CLOSED = new Error('the transport is closed');

function requestOf(origin: URL, httpSocket: Socket | undefined): ConnectRequest {
  const request = {
    host: origin.host,
    hostname: bareHostname(origin),
    protocol: origin.protocol,
    port: origin.port,
  };
  return httpSocket === undefined ? request : { ...request, httpSocket };
}

/** The hostname without the brackets of an IPv6 literal. */
export function bareHostname(url: URL): string {
  return url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
}

/** `host:port` for messages; the port is left out where it is the scheme's own. */
export function hostOf(url: URL): string {
  return url.host;
}
