import { afterEach } from '@jest/globals';
import type { AddressInfo, Socket } from 'node:net';
import { createTransport, type Transport, type TransportOptions } from '../../src/ports/http.ts';
import { TransportError, type HttpRequest, type HttpResponse } from '../../src/registry/http.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** What the servers of node:net, node:http, node:https and node:http2 have in common. */
interface AnyServer {
  readonly on: (event: 'connection', listener: (socket: Socket) => void) => unknown;
  readonly listen: (port: number, host: string, listening: () => void) => unknown;
  readonly address: () => AddressInfo | string | null;
  readonly close: (closed: () => void) => unknown;
}

/** A server that counts its connections. */
export interface Listening {
  readonly port: number;
  readonly connections: number;
}

/** Lets a server listen on a free port of loopback until the test ends. */
export async function listen(server: AnyServer, host = '127.0.0.1'): Promise<Listening> {
  const sockets = new Set<Socket>();
  const listening = { port: 0, connections: 0 };
  server.on('connection', (socket) => {
    listening.connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => void server.listen(0, host, resolve));
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => void server.close(resolve));
  });
  const address = server.address();
  if (typeof address === 'object' && address !== null) listening.port = address.port;
  return listening;
}

/** A transport that ends with the test. */
export function transport(options: Partial<TransportOptions> = {}): Transport {
  const made = createTransport({ userAgent: 'image-digest/test', ...options });
  ends.push(() => made.close());
  return made;
}

const NEVER = new AbortController().signal;

/** Sends a GET for a "manifest" of at most 1000 bytes. */
export function get(
  sender: Transport,
  url: string,
  more: Partial<HttpRequest> = {},
  signal: AbortSignal = NEVER,
): Promise<HttpResponse> {
  const request: HttpRequest = {
    method: 'GET',
    url: new URL(url),
    headers: {},
    maxBytes: 1000,
    what: 'manifest',
    ...more,
  };
  return sender.send(request, signal);
}

/** The TransportError that a promise ends with. */
export async function failure(promise: Promise<unknown>): Promise<TransportError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TransportError)) throw new Error('no TransportError', { cause: error });
  return error;
}

/** The body of an answer as text. */
export function text(response: HttpResponse): string {
  return Buffer.from(response.body).toString();
}
