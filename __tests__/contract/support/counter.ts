/* A reverse proxy that counts, in front of a real registry: what arrives there is what a client costs. */
import http from 'node:http';
import https from 'node:https';
import { listen, type ListenOptions, type Listening } from '../../support/listener.ts';
import {
  createService,
  type Headers,
  type Incoming,
  type Journal,
  type Reply,
  type Service,
} from '../../support/service.ts';

export interface CounterOptions extends ListenOptions {
  readonly name?: string;
  /** Milliseconds added to each answer. */
  readonly delay?: number;
  /** To count several servers together: the registry and its token server. */
  readonly journal?: Journal;
  /** PEM of the authority of an upstream with TLS. */
  readonly ca?: string;
}

export interface Counter extends Service, Listening {}

/** A service that asks another server, for `startInternet` or behind own faults. */
export function createForwarder(upstream: string, options: CounterOptions = {}): Service {
  const client = upstream.startsWith('https:') ? https : http;
  const agent = new client.Agent({ keepAlive: true, ...(options.ca === undefined ? {} : { ca: options.ca }) });
  const service = createService((request) => forward(request, upstream, agent), options);
  if (options.delay !== undefined) service.journal.delay = options.delay;
  return service;
}

/** Listens in front of `upstream` (an origin). */
export async function startCounter(upstream: string, options: CounterOptions = {}): Promise<Counter> {
  const service = createForwarder(upstream, options);
  return Object.assign(service, await listen(service.handle, options));
}

/** Headers that concern one connection only. */
const HOP_BY_HOP: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding', 'date']);

async function forward(request: Incoming, upstream: string, agent: http.Agent): Promise<Reply> {
  // The registry builds its own URLs from these two.
  const identity = { host: request.host, 'x-forwarded-proto': request.scheme };
  const headers = { ...withoutHops(request.headers), ...identity };
  const client = upstream.startsWith('https:') ? https : http;
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const options = { method: request.method, headers: mutable(headers), agent };
    const call = client.request(`${upstream}${request.target}`, options, resolve);
    call.once('error', reject);
    call.end(request.body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(Buffer.from(chunk));
  return { status: answer.statusCode ?? 502, headers: withoutHops(answer.headers), body: Buffer.concat(chunks) };
}

function withoutHops(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
}

function mutable(headers: Headers): http.OutgoingHttpHeaders {
  const pairs = Object.entries(headers).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]);
  return Object.fromEntries(pairs);
}
