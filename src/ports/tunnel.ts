import type { ClientRequest } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { Socket } from 'node:net';
import { TransportError } from '../registry/http.ts';
import type { TlsMaterial } from './connections.ts';
import { bareHostname } from './connections.ts';
import { portOf, type Proxy } from './proxy.ts';
import { connectError } from './transport-error.ts';

// An import of node:http also loads Node's own copy of undici, for one of its exports: 15 ms.
const { request: httpRequest } = process.getBuiltinModule('node:http');
const { request: httpsRequest } = process.getBuiltinModule('node:https');

export interface TunnelOptions {
  /** Milliseconds for the connection to the proxy and its answer. */
  readonly timeout: number;
  readonly userAgent: string;
  /** For a proxy that is spoken to over TLS. */
  readonly tls: TlsMaterial;
  readonly signal: AbortSignal;
}

const LATE = 'no answer in time';

/**
 * Opens a tunnel through the proxy to the server (CONNECT, RFC 9110 section 9.3.6). Loaded only when a proxy applies.
 * @throws TransportError `proxy`, naming the proxy without its login.
 */
export function openTunnel(origin: URL, proxy: Proxy, options: TunnelOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const connect = startConnect(origin, proxy, options);
    const timer = setTimeout(() => connect.destroy(new Error(LATE)), options.timeout);
    connect.once('connect', (response, socket, head) => {
      clearTimeout(timer);
      const { statusCode = 0 } = response;
      // A server never speaks first in http or TLS: bytes behind the proxy's answer are the proxy's own.
      if (statusCode >= 200 && statusCode < 300 && head.length === 0 && isSocket(socket)) {
        // Who takes it listens for errors; between here and there one must not end the process.
        socket.on('error', () => undefined);
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(statusCode === 407 ? proxyWantsLogin(proxy) : connectRefused(origin, proxy, statusCode));
    });
    connect.once('error', (error) => {
      clearTimeout(timer);
      reject(proxyUnreachable(origin, proxy, error));
    });
    connect.end();
  });
}

function startConnect(origin: URL, proxy: Proxy, options: TunnelOptions): ClientRequest {
  const target = `${origin.hostname}:${portOf(origin)}`;
  const { ca, cert, key } = options.tls;
  const settings = {
    method: 'CONNECT',
    host: bareHostname(proxy.url),
    port: portOf(proxy.url),
    path: target,
    agent: false,
    signal: options.signal,
    headers: {
      host: target,
      'user-agent': options.userAgent,
      ...(proxy.authorization === undefined ? {} : { 'proxy-authorization': proxy.authorization }),
    },
  };
  if (proxy.url.protocol === 'http:') return httpRequest(settings);
  const secured: RequestOptions & { ALPNProtocols: string[] } = {
    ...settings,
    ALPNProtocols: ['http/1.1'],
    ...(ca === undefined ? {} : { ca: [...ca] }),
    ...(cert === undefined ? {} : { cert: [...cert] }),
    ...(key === undefined ? {} : { key: [...key] }),
  };
  return httpsRequest(secured);
}

/** Node types the stream of CONNECT as a Duplex; over TCP and TLS it is a socket. */
function isSocket(stream: object): stream is Socket {
  return 'setNoDelay' in stream;
}

const HINT = 'The proxy comes from HTTPS_PROXY or HTTP_PROXY; hosts that need none belong into NO_PROXY.';

/** Error for a proxy that wants a login, or another one (407). */
export function proxyWantsLogin(proxy: Proxy): TransportError {
  const login = proxy.authorization === undefined ? 'no login is given' : 'it refuses the login that is given';
  return new TransportError(
    'proxy',
    `the proxy ${proxy.url.host} wants a login (407): ${login}`,
    'Write the login into the variable: HTTPS_PROXY=http://user:password@host:port, percent-encoded, from a secret.',
    false,
  );
}

function connectRefused(origin: URL, proxy: Proxy, status: number): TransportError {
  // 502 to 504: the proxy could not reach the server now.
  const retryable = status >= 500;
  const message = `the proxy ${proxy.url.host} refuses a connection to ${origin.host} (${status})`;
  return new TransportError('proxy', message, HINT, retryable);
}

function proxyUnreachable(origin: URL, proxy: Proxy, error: Error): TransportError {
  const cause = connectError(error, proxy.url.host);
  const late = error.message === LATE;
  return new TransportError(
    'proxy',
    `the proxy for ${origin.host} cannot be used: ${late ? `${proxy.url.host}: ${LATE}` : cause.message}`,
    HINT,
    late || (cause instanceof TransportError && cause.retryable),
    { cause: error },
  );
}
