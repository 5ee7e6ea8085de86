import { UserError } from '../core/errors.ts';
import type { AuthHost } from '../core/routing.ts';
import { LIMITS } from '../core/limits.ts';
import { exchange, type Wire } from './exchange.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
import { isOwnHost, isPair } from './realm.ts';
import type { Trace } from './trace.ts';

/** The answer at the end of a chain of redirects. */
export interface Answer {
  readonly response: HttpResponse;
  /** The URL that gave it. */
  readonly url: URL;
  /** Whether the chain left the registry's origin: its refusals say nothing about the registry's login. */
  readonly foreign: boolean;
  /** It is of the GET that was asked in place of a HEAD. */
  readonly byGet?: true;
}

/** Gets the headers with which a foreign host that answered 401 is asked once more; undefined when there are none. */
export type AuthorizeForeign = (answer: HttpResponse, url: URL) => Promise<string | undefined>;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Sends a request and follows its redirects by hand: headers are built anew for each hop, Authorization is for the
 * first origin alone and does not come back once the chain has left it (SAFETY.md T5 to T7; REGISTRIES.md Q80 to Q86).
 * @throws UserError `registry-refused` for a target that may not be asked, `limit` for a chain that is too long
 */
export async function followRedirects(
  wire: Wire,
  request: HttpRequest,
  registry: string,
  trace: Trace,
  authorizeForeign: AuthorizeForeign,
  authHosts: readonly AuthHost[] = [],
): Promise<Answer> {
  let hop = request;
  let foreign = false;
  let knocked = '';
  for (let redirects = 0; ;) {
    const response = await exchange(wire, hop, trace);
    // Reads alone: nothing is written without a login.
    if (foreign && response.status === 401 && knocked !== hop.url.origin && isRead(request)) {
      knocked = hop.url.origin;
      const authorization = await authorizeForeign(response, hop.url);
      if (authorization === undefined) return { response, url: hop.url, foreign };
      hop = withAuthorization(hop, authorization);
      continue;
    }
    const target = REDIRECTS.has(response.status) ? response.header('location')[0] : undefined;
    if (target === undefined || !mayReplay(request, response.status)) return { response, url: hop.url, foreign };
    if (++redirects > LIMITS.redirects) throw tooLong(registry);
    const url = checkTarget(target, hop.url, registry);
    foreign ||= url.origin !== request.url.origin;
    hop = nextHop(request, url, registry, foreign, authHosts);
  }
}

function withAuthorization(request: HttpRequest, authorization: string): HttpRequest {
  return { ...request, headers: { ...request.headers, authorization } };
}

/** A body is sent again on 307 and 308 only; reads are repeated on every redirect. */
function mayReplay(request: HttpRequest, status: number): boolean {
  return isRead(request) || status === 307 || status === 308;
}

function isRead({ method }: HttpRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

function nextHop(
  request: HttpRequest,
  url: URL,
  registry: string,
  foreign: boolean,
  authHosts: readonly AuthHost[],
): HttpRequest {
  const { authorization: _left, ...rest } = request.headers;
  return {
    ...request,
    url,
    headers: foreign ? rest : request.headers,
    ...(foreign && !isOwnHost(url, registry) && !isPair(registry, url, authHosts) ? { onWordOf: registry } : {}),
  };
}

function checkTarget(target: string, from: URL, registry: string): URL {
  const url = URL.parse(target, from.href);
  if (url === null) throw refusedTarget(registry, 'an address that is no URL');
  const shown = `${url.protocol}//${url.host}`;
  if (url.username !== '' || url.password !== '') throw refusedTarget(registry, `${shown} with user information`);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && from.protocol === 'http:')) return url;
  throw refusedTarget(registry, shown);
}

function refusedTarget(registry: string, what: string): UserError {
  return new UserError(
    'registry-refused',
    `${registry} redirects to ${what}, which is refused`,
    'A registry may redirect to https addresses only; ask its operator',
  );
}

function tooLong(registry: string): UserError {
  return new UserError(
    'limit',
    `${registry} redirects more than ${LIMITS.redirects} times`,
    'Ask the operator of the registry: the redirects may run in a circle',
  );
}
