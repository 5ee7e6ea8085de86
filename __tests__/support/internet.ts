/*
 * An internet without a network: a proxy on loopback that ends TLS for any name with certificates of a test authority
 * and hands the connection to the service that goes by that name. Names that nobody registered do not exist.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { Authority } from './certificates.ts';
import { createAcceptor, sniffTls, type Acceptor, type KeyPair } from './listener.ts';
import { pause, type Service } from './service.ts';

export interface InternetOptions {
  readonly authority: Authority;
  /** Services by `host` or `host:port`. */
  readonly hosts: Readonly<Record<string, Service>>;
  /** `false`: no HTTP/2 is offered. */
  readonly http2?: boolean;
  /** The proxy wants this user and password. */
  readonly login?: { readonly user: string; readonly password: string };
  /** Milliseconds until a tunnel stands. */
  readonly connectDelay?: number;
}

export interface Internet {
  /** `http://127.0.0.1:<port>`, with user and password when the proxy wants them. */
  readonly proxy: string;
  /** For a process that shall use the proxy. */
  readonly proxyEnv: Readonly<Record<string, string>>;
  /** As `proxyEnv`, and the authority is trusted by Node. */
  readonly env: Readonly<Record<string, string>>;
  /** PEM file of the authority, for `ca-file`. */
  readonly caFile: string;
  /** Tunnels in the order in which they were asked for: `ghcr.io:443`. */
  readonly tunnels: readonly string[];
  /** Tunnels to names that nobody registered. */
  readonly strangers: readonly string[];
  readonly close: () => Promise<void>;
}

export async function startInternet(options: InternetOptions): Promise<Internet> {
  const folder = await mkdtemp(join(tmpdir(), 'internet-'));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, options.authority.cert);
  const acceptors = acceptorsOf(options);
  const tunnels: string[] = [];
  const strangers: string[] = [];
  const sockets = new Set<net.Socket>();

  function find(authority: string): Acceptor | undefined {
    const name = authority.replace(/:(443|80)$/, '').toLowerCase();
    const found = acceptors.get(name);
    if (found === undefined) strangers.push(authority);
    return found;
  }

  const server = http.createServer((request, response) => {
    const found = isWelcome(request, options) ? find(request.headers.host ?? '') : undefined;
    if (found) found.onRequest(request, response);
    else response.writeHead(isWelcome(request, options) ? 502 : 407).end();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  server.on('connect', (request: http.IncomingMessage, duplex: Duplex) => {
    if (!(duplex instanceof net.Socket)) return;
    const authority = request.url ?? '';
    if (!isWelcome(request, options)) {
      duplex.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="proxy"\r\n\r\n');
      return;
    }
    tunnels.push(authority);
    const found = find(authority);
    if (found) void openTunnel(duplex, found, options.connectDelay ?? 0);
    else duplex.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  const port = bound === null || typeof bound === 'string' ? 0 : bound.port;
  const login = options.login ? `${options.login.user}:${encodeURIComponent(options.login.password)}@` : '';
  const proxy = `http://${login}127.0.0.1:${String(port)}`;
  const proxyEnv = { HTTPS_PROXY: proxy, HTTP_PROXY: proxy };
  return {
    proxy,
    proxyEnv,
    env: { ...proxyEnv, NODE_EXTRA_CA_CERTS: caFile },
    caFile,
    tunnels,
    strangers,
    async close() {
      acceptors.forEach((acceptor) => acceptor.close());
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => {
        server.close(resolve);
      });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function acceptorsOf(options: InternetOptions): ReadonlyMap<string, Acceptor> {
  const pairs = new Map<string, KeyPair>();
  const certificate = (name: string): KeyPair => {
    const known = pairs.get(name) ?? options.authority.issue({ hosts: [name] });
    pairs.set(name, known);
    return known;
  };
  const entries = Object.entries(options.hosts).map(([name, service]) => {
    // Clients that name no host (IP addresses) still get the right certificate.
    const hostname = name.replace(/:\d+$/, '').replaceAll(/[[\]]/g, '');
    const own = (asked: string): KeyPair => certificate(asked === '127.0.0.1' ? hostname : asked);
    const acceptor = createAcceptor(service.handle, { certificate: own, http2: options.http2 ?? true });
    return [name.toLowerCase(), acceptor] as const;
  });
  return new Map(entries);
}

function isWelcome(request: http.IncomingMessage, { login }: InternetOptions): boolean {
  if (login === undefined) return true;
  const wanted = Buffer.from(`${login.user}:${login.password}`).toString('base64');
  return request.headers['proxy-authorization'] === `Basic ${wanted}`;
}

async function openTunnel(socket: net.Socket, acceptor: Acceptor, delay: number): Promise<void> {
  if (delay > 0) await pause(delay);
  socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
  sniffTls(socket, (isTls) => acceptor.accept(socket, isTls));
}
