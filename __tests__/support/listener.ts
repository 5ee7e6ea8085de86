/* Sockets for services: HTTP/1.1 in clear, HTTP/1.1 and HTTP/2 with TLS, on loopback and a free port. */
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { pause, type Handler, type Headers, type Incoming, type Reply, type Wire } from './service.ts';

/** A certificate with its key, both PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

export interface AcceptorOptions {
  /** The certificate for the name that the client asks for (SNI). Without it only plain http is spoken. */
  readonly certificate?: (name: string) => KeyPair;
  /** `false`: with TLS only HTTP/1.1 is offered. */
  readonly http2?: boolean;
}

export interface ListenOptions extends AcceptorOptions {
  readonly tls?: KeyPair;
  /** `127.0.0.1` when left out. */
  readonly address?: '127.0.0.1' | '::1';
  readonly port?: number;
  /** Milliseconds that an accepted connection waits before anything is read, as far hosts have it. */
  readonly connectDelay?: number;
}

export interface Listening {
  readonly port: number;
  /** `127.0.0.1:<port>`, as it stands in image references. */
  readonly host: string;
  /** `http://…` or `https://…`, without a slash at the end. */
  readonly origin: string;
  /** How many connections were accepted so far. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

type AnyRequest = http.IncomingMessage | http2.Http2ServerRequest;
type AnyResponse = http.ServerResponse | http2.Http2ServerResponse;

/** Speaks HTTP on connections that are handed in; `close` ends those that are open. */
export interface Acceptor {
  readonly accept: (socket: net.Socket, secure: boolean) => void;
  /** Takes a request that another server has parsed. */
  readonly onRequest: (request: http.IncomingMessage, response: http.ServerResponse) => void;
  readonly close: () => void;
}

export function createAcceptor(handle: Handler, options: AcceptorOptions = {}): Acceptor {
  const numbers = new WeakMap<object, number>();
  const open = new Set<Duplex>();
  let count = 0;
  const onRequest = (request: AnyRequest, response: AnyResponse): void => {
    serve(handle, request, response, connectionNumber(request)).catch(() => response.destroy());
  };
  function connectionNumber(request: AnyRequest): number {
    const key: object = 'stream' in request ? (request.stream.session ?? request) : request.socket;
    const number = numbers.get(key) ?? (count += 1);
    numbers.set(key, number);
    return number;
  }

  const plain = http.createServer(onRequest);
  const secured = options.certificate ? secureServer(options.certificate, options.http2 ?? true) : undefined;
  secured?.on('request', onRequest);
  secured?.on('session', (session: http2.ServerHttp2Session) => session.on('error', () => undefined));
  for (const server of [plain, secured]) {
    server?.on('clientError', (_error: Error, socket: Duplex) => socket.destroy());
    server?.on('tlsClientError', () => undefined);
  }
  return {
    onRequest,
    accept(socket, secure) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      socket.on('error', () => undefined);
      if (secure && secured) {
        secured.emit('connection', socket);
        return;
      }
      plain.emit('connection', socket);
      // After a look at the first byte nobody else lets it flow again.
      socket.resume();
    },
    close() {
      open.forEach((socket) => socket.destroy());
    },
  };
}

function secureServer(
  certificate: (name: string) => KeyPair,
  withHttp2: boolean,
): http2.Http2SecureServer | https.Server {
  const contexts = new Map<string, tls.SecureContext>();
  const contextFor = (name: string): tls.SecureContext => {
    const known = contexts.get(name) ?? tls.createSecureContext({ ...certificate(name) });
    contexts.set(name, known);
    return known;
  };
  const options: tls.TlsOptions = {
    ...certificate('127.0.0.1'),
    SNICallback: (name, done) => done(null, contextFor(name)),
  };
  // An HTTP/2 server offers h2 whatever ALPNProtocols says.
  return withHttp2 ? http2.createSecureServer({ ...options, allowHTTP1: true }) : https.createServer(options);
}

/** Listens with a service; TLS when `tls` or `certificate` is given. */
export async function listen(handle: Handler, options: ListenOptions = {}): Promise<Listening> {
  const { address = '127.0.0.1', connectDelay = 0, tls: pair } = options;
  const certificate = options.certificate ?? (pair === undefined ? undefined : () => pair);
  const secure = certificate !== undefined;
  const acceptor = createAcceptor(handle, { ...options, ...(certificate === undefined ? {} : { certificate }) });
  let connections = 0;
  const open = new Set<net.Socket>();
  const server = net.createServer({ noDelay: true }, (socket) => {
    connections += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    void pauseFor(connectDelay).then(() => (secure ? demandTls(socket, acceptor) : acceptor.accept(socket, false)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, address, resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the listener has no port');
  const host = `${address === '::1' ? '[::1]' : address}:${String(bound.port)}`;
  return {
    port: bound.port,
    host,
    origin: `${secure ? 'https' : 'http'}://${host}`,
    connections: () => connections,
    async close() {
      acceptor.close();
      open.forEach((socket) => socket.destroy());
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

async function pauseFor(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await pause(milliseconds);
}

/** Calls back with whether the first byte opens a TLS handshake; nothing is taken from the socket. */
export function sniffTls(socket: net.Socket, decide: (isTls: boolean) => void): void {
  const onReadable = (): void => {
    const first: unknown = socket.read(1);
    if (!Buffer.isBuffer(first)) return;
    socket.off('readable', onReadable);
    socket.unshift(first);
    decide(first[0] === 0x16);
  };
  socket.on('readable', onReadable);
}

/** Go's server says it in these words when plain http arrives at a TLS port. */
function demandTls(socket: net.Socket, acceptor: Acceptor): void {
  sniffTls(socket, (isTls) => {
    if (isTls) acceptor.accept(socket, true);
    else socket.end('HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n');
  });
}

async function serve(handle: Handler, request: AnyRequest, response: AnyResponse, connection: number): Promise<void> {
  response.on('error', () => undefined);
  const incoming = await incomingOf(request, connection);
  const reply = await handle(incoming);
  if (reply.onWire) {
    await reply.onWire(wireOf(response));
    return;
  }
  send(response, request.method === 'HEAD', reply);
}

function send(response: AnyResponse, isHead: boolean, reply: Reply): void {
  const body = Buffer.from(reply.body ?? '');
  const hasBody = reply.status !== 204 && reply.status !== 304;
  const length = hasBody && !('content-length' in reply.headers) ? { 'content-length': String(body.length) } : {};
  writeHead(response, reply.status, { ...length, ...reply.headers });
  if (isHead || !hasBody) response.end();
  else response.end(body);
}

async function incomingOf(request: AnyRequest, connection: number): Promise<Incoming> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const isHttp2 = request.httpVersionMajor === 2;
  const target = request.url ?? '/';
  const { path, search } = split(target);
  const isSecure = isHttp2 || request.socket instanceof tls.TLSSocket;
  const authority = request.headers[':authority'] ?? request.headers.host;
  return {
    method: request.method ?? 'GET',
    scheme: isSecure ? 'https' : 'http',
    host: typeof authority === 'string' ? authority : '',
    path,
    query: new URLSearchParams(search),
    target: `${path}${search}`,
    headers: withoutPseudo(request.headers),
    body: Buffer.concat(chunks),
    protocol: isHttp2 ? 'HTTP/2' : 'HTTP/1.1',
    connection,
  };
}

/** Path and query as sent. A proxy gets the absolute form; the servers behind it see what they would see. */
function split(target: string): { readonly path: string; readonly search: string } {
  const local = target.startsWith('http://') ? target.slice(target.indexOf('/', 7)) : target;
  const mark = local.indexOf('?');
  return mark < 0 ? { path: local, search: '' } : { path: local.slice(0, mark), search: local.slice(mark) };
}

function withoutPseudo(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));
}

/** Connection headers have no place in HTTP/2. */
const HTTP1_ONLY: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade']);

function writeHead(response: AnyResponse, status: number, headers: Headers): void {
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || ('stream' in response && HTTP1_ONLY.has(name.toLowerCase()))) continue;
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  if ('stream' in response) response.writeHead(status);
  else response.writeHead(status);
}

function wireOf(response: AnyResponse): Wire {
  let isClosed = false;
  const closed = new Promise<void>((resolve) => {
    response.once('close', () => {
      isClosed = true;
      resolve();
    });
  });
  const isHttp2 = 'stream' in response;
  return {
    head: (status, headers) => {
      writeHead(response, status, headers);
      if (!isHttp2) response.flushHeaders();
    },
    write: (bytes) => {
      if (isClosed) return;
      if ('stream' in response) response.write(bytes);
      else response.write(bytes);
    },
    end: () => response.end(),
    informational: (status) => {
      if (isClosed) return;
      if (isHttp2) response.stream.additionalHeaders({ ':status': status });
      else response.socket?.write(`HTTP/1.1 ${String(status)} Information\r\nlink: </x>; rel=preload\r\n\r\n`);
    },
    reset: () => {
      if (isHttp2) response.stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR);
      else abort(response.socket);
    },
    hangUp: () => {
      if (isHttp2) response.stream.session?.destroy();
      else response.socket?.end();
    },
    closed,
    isClosed: () => isClosed,
  };
}

/** With TLS the socket below is not reachable; `destroy` without a close_notify is the same to the client. */
function abort(socket: net.Socket | null): void {
  if (socket === null) return;
  if (socket instanceof tls.TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}
