import { LIMITS } from '../core/limits.ts';
import { UserError } from '../core/errors.ts';
import type { AuthHost } from '../core/routing.ts';
import type { Challenge } from './challenge.ts';
import type { Credential } from './credential.ts';
import { errorText } from './error-body.ts';
import { exchange, type Wire } from './exchange.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
import { checkRealm, isOwnHost, untrustedRealm, type Realm } from './realm.ts';
import { parseToken, type Token } from './token.ts';
import { refusalOfLoad } from './failure.ts';
import type { Trace } from './trace.ts';

/** A token server and the service name that it wants to hear. */
export interface Endpoint {
  readonly realm: Realm;
  readonly service?: string;
}

/** What a token server said. */
export type TokenOutcome =
  | { readonly kind: 'token'; readonly token: Token }
  | { readonly kind: 'refused'; readonly status: number; readonly host: string; readonly text: string };

/** What is asked for, and for whom. */
export interface TokenQuestion {
  readonly registry: string;
  readonly endpoint: Endpoint;
  readonly scopes: readonly string[];
  readonly credential: Credential;
}

/** Statuses with which servers say that they do not know the POST of OAuth (REGISTRIES.md Q63). */
const POST_UNKNOWN: ReadonlySet<number> = new Set([400, 401, 404, 405]);

/**
 * Asks a token server once; never follows a redirect.
 * @throws UserError `registry-refused` when credentials would leave for a host that is not trusted, `rate-limited`
 * and `cannot-tell` when the server cannot answer; TransportError
 */
export async function requestToken(wire: Wire, question: TokenQuestion, trace: Trace): Promise<TokenOutcome> {
  const { endpoint, credential, registry } = question;
  if (credential.kind !== 'anonymous' && !endpoint.realm.trusted) throw untrustedRealm(registry, endpoint.realm.url);
  if (credential.kind === 'identity-token') {
    const answer = await exchange(wire, postRequest(question, credential.token), trace);
    if (!POST_UNKNOWN.has(answer.status)) return readOutcome(wire, question, answer);
  }
  return readOutcome(wire, question, await exchange(wire, getRequest(question), trace));
}

/** The token server that a challenge names; undefined when it names none. @throws UserError as checkRealm */
export function endpointOf(
  bearer: Challenge | undefined,
  url: URL,
  registry: string,
  authHosts: readonly AuthHost[],
): Endpoint | undefined {
  const realm = bearer?.parameters.get('realm') ?? '';
  if (bearer === undefined || realm === '') return undefined;
  const service = bearer.parameters.get('service') ?? '';
  return { realm: checkRealm(realm, url, registry, authHosts), ...(service === '' ? {} : { service }) };
}

function getRequest({ endpoint, scopes, credential, registry }: TokenQuestion): HttpRequest {
  const url = new URL(endpoint.realm.url);
  if (endpoint.service !== undefined) url.searchParams.set('service', endpoint.service);
  url.searchParams.delete('scope');
  for (const scope of scopes) url.searchParams.append('scope', scope);
  const authorization = basicHeader(credential);
  return {
    method: 'GET',
    url,
    headers: { accept: 'application/json', ...(authorization === undefined ? {} : { authorization }) },
    ...limitsOf(endpoint, registry),
  };
}

function postRequest({ endpoint, scopes, registry }: TokenQuestion, refreshToken: string): HttpRequest {
  const form = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'image-digest' });
  if (endpoint.service !== undefined) form.set('service', endpoint.service);
  form.set('scope', scopes.join(' '));
  form.set('refresh_token', refreshToken);
  return {
    method: 'POST',
    url: endpoint.realm.url,
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    ...limitsOf(endpoint, registry),
  };
}

function limitsOf({ realm }: Endpoint, registry: string): Pick<HttpRequest, 'maxBytes' | 'what' | 'onWordOf'> {
  const guarded = !realm.trusted && !isOwnHost(realm.url, registry);
  return { maxBytes: LIMITS.tokenBytes, what: 'token answer', ...(guarded ? { onWordOf: registry } : {}) };
}

/** The Basic header of a credential: also for an identity token, with an empty user, as containerd sends it. */
export function basicHeader(credential: Credential): string | undefined {
  if (credential.kind === 'basic') return `Basic ${base64(`${credential.username}:${credential.password}`)}`;
  if (credential.kind === 'identity-token') return `Basic ${base64(`:${credential.token}`)}`;
  return undefined;
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

function readOutcome({ timing }: Wire, { endpoint, registry }: TokenQuestion, answer: HttpResponse): TokenOutcome {
  const host = endpoint.realm.url.host;
  if (answer.status === 200) {
    const token = parseToken(answer.body, timing.now());
    if (token !== undefined) return { kind: 'token', token };
    throw new UserError(
      'cannot-tell',
      `the token server ${host} of ${registry} answered without a token`,
      `Check that ${host} is the token server of ${registry} and that no login page answers in its place`,
    );
  }
  if (answer.status === 429 || answer.status >= 500 || answer.status < 400) {
    throw refusalOfLoad(answer, `the token server ${host} of ${registry}`, timing.wallClock());
  }
  return { kind: 'refused', status: answer.status, host, text: errorText(answer.body).message };
}
