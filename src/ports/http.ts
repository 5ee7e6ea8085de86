import { LIMITS } from '../core/limits.ts';
import { TransportError, type HttpRequest, type HttpResponse, type Send } from '../registry/http.ts';
import { exchange, FIRST_CUT_STATUS, type Answer } from './exchange.ts';
import { chooseProxy, type Proxy } from './proxy.ts';
import { Routes, type RouteLimits, type RouteOptions } from './routes.ts';
import { reasonOf } from './timing.ts';
import { wantsHttps } from './transport-error.ts';
import type { DispatchOptions } from './undici.ts';

/** Sends requests, each once, over connections that are kept and shared. */
export interface Transport {
  readonly send: Send;
  /** Opens `count` connections (1) to the URL's server now, for requests that will come; never fails. */
  readonly preconnect: (url: URL, count?: number) => void;
  /** Ends every connection; requests without an answer fail. Nothing keeps the process alive afterwards. */
  readonly close: () => Promise<void>;
}

export type TransportLimits = RouteLimits & Readonly<Record<'attemptTimeout' | 'errorBytes', number>>;

export interface TransportOptions extends Omit<RouteOptions, 'limits'> {
  /** LIMITS; tests give shorter ones. */
  readonly limits?: Partial<TransportLimits>;
}

/** The transport over real sockets. Nothing happens before the first request. */
export function createTransport(options: TransportOptions): Transport {
  const limits: TransportLimits = { ...LIMITS, ...options.limits };
  const routes = new Routes({ ...options, limits });

  const send: Send = async (request, signal) => {
    if (signal.aborted) throw reasonOf(signal);
    const { url, what } = request;
    if (url.protocol !== 'https:' && url.protocol !== 'http:') throw unsupported(url);
    const proxy = chooseProxy(options.proxy ?? {}, url);
    const route = routes.to({ url, proxy, onWordOf: request.onWordOf, connectTimeout: request.connectTimeout });
    const wire = wireRequest(request, options.userAgent, proxy);
    const names = { host: url.host, what, plain: url.protocol === 'http:' };
    try {
      const answer = await exchange(
        route.pool,
        wire,
        names,
        {
          ...limits,
          maxBytes: request.maxBytes,
          attemptTimeout: Math.min(limits.attemptTimeout, request.attemptTimeout ?? Infinity),
        },
        signal,
      );
      if (proxy !== undefined && answer.status === 407) throw (await import('./tunnel.ts')).proxyWantsLogin(proxy);
      return await responseOf(request, answer, limits.errorBytes);
    } catch (error) {
      // A connection that gave nothing for so long may be dead; the next attempt gets another.
      if (error instanceof TransportError && error.code === 'timeout') routes.retire(route);
      throw error;
    }
  };

  const preconnect = (url: URL, count = 1): void => {
    try {
      routes.to({ url, proxy: chooseProxy(options.proxy ?? {}, url) }).connections.preopen(count);
    } catch {
      // The request itself will say what is wrong.
    }
  };

  return { send, preconnect, close: () => routes.close() };
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

function unsupported(url: URL): TransportError {
  return new TransportError(
    'registry-refused',
    `${url.protocol} URLs are not asked, only https: and http:`,
    'The registry named this URL: ask whoever runs it.',
    false,
  );
}
