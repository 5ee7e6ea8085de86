import {
  newAttempt,
  newState,
  scopeOf,
  type Attempt,
  type Authorization,
  type AuthorizerOptions,
  type RegistryState,
  type Target,
} from './attempt.ts';
import { parseChallenges, type Challenge } from './challenge.ts';
import { ANONYMOUS } from './credential.ts';
import { refusalOf } from './failure.ts';
import { TransportError, type HttpResponse } from './http.ts';
import { widenedScopes } from './scope.ts';
import { TokenStore, type Found } from './token-store.ts';
import { basicHeader, endpointOf, type Endpoint } from './token-request.ts';
import type { Trace } from './trace.ts';

const NO_AUTHORIZATION: Authorization = { kind: 'none', fresh: false };

/**
 * Decides how each request signs in (REGISTRIES.md §3c, §3d): tokens from known endpoints without a 401 first, one
 * probe per unknown registry, several repositories in one token, one retry after an expired token, one anonymous retry
 * of reads whose login was refused.
 */
export class Authorizer {
  readonly #options: AuthorizerOptions;
  readonly #tokens: TokenStore;
  readonly #states = new Map<string, RegistryState>();

  constructor(options: AuthorizerOptions) {
    this.#options = options;
    this.#tokens = new TokenStore(options.wire, options.findCredential, options.onSecret);
  }

  /** Tells which repositories will be read, so that their tokens are asked for together. */
  announce(registry: string, repository: string): void {
    this.#tokens.announce(registry, repository);
  }

  async begin(target: Target, trace: Trace): Promise<Attempt> {
    const found = await this.#options.findCredential(target.registry, target.repository, target.access);
    const refused = target.access === 'pull' && this.#state(target.registry).refusedSources.has(found.source);
    const credential = refused ? ANONYMOUS : found;
    if (credential.kind === 'basic') this.#options.onSecret((basicHeader(credential) ?? '').slice('Basic '.length));
    trace.credential = credential.source;
    return newAttempt(target, credential, trace);
  }

  /** How the first request of an attempt signs in. */
  async first(attempt: Attempt): Promise<Authorization> {
    const state = this.#state(attempt.target.registry);
    for (;;) {
      const { credential } = attempt;
      if (credential.kind === 'registry-token') {
        return { kind: 'registry-token', header: `Bearer ${credential.token}`, fresh: true };
      }
      if (state.row?.basic === true || state.mode === 'basic') return this.#basic(attempt);
      const endpoint = this.#knownEndpoint(state, attempt);
      if (endpoint !== undefined) return this.#fromEndpoint(attempt, state, endpoint);
      if (state.mode !== 'unknown') return NO_AUTHORIZATION;
      if (state.probe === undefined) {
        state.probe = Promise.withResolvers();
        attempt.isProbe = true;
        return NO_AUTHORIZATION;
      }
      await state.probe.promise;
    }
  }

  /** The first request of an attempt is over, with an answer or without: others need not wait for it any longer. */
  settle(attempt: Attempt): void {
    if (!attempt.isProbe) return;
    const state = this.#state(attempt.target.registry);
    if (state.mode === 'unknown') state.mode = 'open';
    attempt.isProbe = false;
    state.probe?.resolve();
  }

  /** The attempt ended with an answer that is no refusal. */
  succeeded(attempt: Attempt): void {
    if (attempt.alone) this.#tokens.distrustSeveralScopes(attempt.target.registry);
  }

  /** How to ask again after a 401 or 403; undefined when there is no other way. */
  async next(
    attempt: Attempt,
    used: Authorization,
    answer: HttpResponse,
    url: URL,
  ): Promise<Authorization | undefined> {
    const state = this.#state(attempt.target.registry);
    attempt.bare ||= used.kind === 'none';
    const challenges = answer.status === 401 ? parseChallenges(answer.header('www-authenticate')) : [];
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    if (answer.status === 401) {
      const again = await this.#afterChallenge(attempt, used, { state, bearer, challenges, url });
      if (again !== undefined) return again;
    }
    attempt.refusal ??= refusalOf(answer, url.host);
    return this.#anonymously(attempt, state, bearer, url);
  }

  async #afterChallenge(
    attempt: Attempt,
    used: Authorization,
    {
      state,
      bearer,
      challenges,
      url,
    }: {
      state: RegistryState;
      bearer: Challenge | undefined;
      challenges: readonly Challenge[];
      url: URL;
    },
  ): Promise<Authorization | undefined> {
    if (used.kind === 'bearer') return this.#afterToken(attempt, used, state, bearer, url);
    if (used.kind === 'registry-token') return undefined;
    if (bearer !== undefined) return this.#fromChallenge(attempt, state, bearer, url);
    if (used.kind !== 'none') return undefined;
    if (challenges.some(({ scheme }) => scheme === 'basic')) {
      state.mode = 'basic';
      this.settle(attempt);
      const basic = this.#basic(attempt);
      return basic.kind === 'basic' ? basic : undefined;
    }
    return challenges.length === 0 ? this.#withoutChallenge(attempt, state) : undefined;
  }

  /** A token was refused: one that has ended is renewed once, another token server or scope is followed once. */
  async #afterToken(
    attempt: Attempt,
    used: Authorization,
    state: RegistryState,
    bearer: Challenge | undefined,
    url: URL,
  ): Promise<Authorization | undefined> {
    const named = this.#endpointOf(bearer, url, attempt.target.registry);
    const isOther = named !== undefined && named.realm.url.href !== state.endpoint?.realm.url.href;
    const error = bearer?.parameters.get('error');
    const several = (used.entry?.repositories.length ?? 1) > 1 && !attempt.alone;
    attempt.alone ||= several && (attempt.refreshed || error !== 'invalid_token');
    const isFinal = used.fresh && !isOther && error === 'insufficient_scope';
    if ((attempt.refreshed || isFinal) && !(several && attempt.alone)) return this.#widen(attempt, bearer, url);
    attempt.refreshed = true;
    if (used.entry !== undefined && !attempt.alone) this.#tokens.drop(used.entry);
    const renewed = named === undefined ? undefined : await this.#bearer(attempt, named);
    if (renewed !== undefined || state.endpoint === undefined) return renewed;
    // nvcr.io names another token server once a token has ended, which refuses anonymous users (REGISTRIES.md Q57).
    return named === undefined || isOther ? this.#bearer(attempt, state.endpoint) : undefined;
  }

  /** A 401 without any challenge: the table's token server, else the challenge of `/v2/` (REGISTRIES.md Q43). */
  async #withoutChallenge(attempt: Attempt, state: RegistryState): Promise<Authorization | undefined> {
    if (state.endpoint !== undefined) return this.#bearer(attempt, state.endpoint);
    if (state.pinged) return undefined;
    state.pinged = true;
    const { response, url } = await this.#options.ping(attempt.target.registry, attempt.trace);
    const challenges = parseChallenges(response.header('www-authenticate'));
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    return bearer === undefined ? undefined : this.#fromChallenge(attempt, state, bearer, url);
  }

  async #fromChallenge(
    attempt: Attempt,
    state: RegistryState,
    bearer: Challenge,
    url: URL,
  ): Promise<Authorization | undefined> {
    const endpoint = this.#endpointOf(bearer, url, attempt.target.registry);
    if (endpoint === undefined) return undefined;
    state.endpoint ??= endpoint;
    state.mode = 'bearer';
    this.settle(attempt);
    return (await this.#bearer(attempt, endpoint)) ?? this.#widen(attempt, bearer, url);
  }

  /** Asks once with the challenge's own scope where that is another one than ours (REGISTRIES.md Q44, Q58, Q143). */
  async #widen(attempt: Attempt, bearer: Challenge | undefined, url: URL): Promise<Authorization | undefined> {
    const endpoint = bearer === undefined ? undefined : this.#endpointOf(bearer, url, attempt.target.registry);
    const scopes = widenedScopes(bearer?.parameters.get('scope') ?? '', scopeOf(attempt.target));
    if (endpoint === undefined || attempt.widened || scopes === undefined) return undefined;
    attempt.widened = true;
    const wider = await this.#tokens.getFor(attempt.target, attempt.credential, endpoint, scopes, attempt.trace);
    return this.#toBearer(attempt, wider);
  }

  async #anonymously(
    attempt: Attempt,
    state: RegistryState,
    bearer: Challenge | undefined,
    url: URL,
  ): Promise<Authorization | undefined> {
    const { credential, target } = attempt;
    if (credential.kind === 'anonymous' || target.access === 'push') return undefined;
    const endpoint = this.#endpointOf(bearer, url, target.registry) ?? state.endpoint;
    if (endpoint === undefined && attempt.bare) return undefined;
    this.#fallBack(attempt, state);
    return endpoint === undefined ? NO_AUTHORIZATION : this.#bearer(attempt, endpoint);
  }

  #fallBack(attempt: Attempt, state: RegistryState): void {
    const { credential, target } = attempt;
    if (!state.refusedSources.has(credential.source)) {
      state.refusedSources.add(credential.source);
      this.#options.warn(
        `${target.registry} refused the login from ${credential.source}; trying anonymously. ` +
          'Renew that login, or remove it when everything there is public.',
      );
    }
    attempt.credential = ANONYMOUS;
    attempt.trace.credential = ANONYMOUS.source;
    attempt.tried.push(ANONYMOUS.source);
  }

  #knownEndpoint(state: RegistryState, { credential }: Attempt): Endpoint | undefined {
    if (state.row?.openToAnonymous === true && credential.kind === 'anonymous') return undefined;
    return state.endpoint;
  }

  /** A token from an endpoint that was not named by this request's own challenge; without one the request is sent bare. */
  async #fromEndpoint(attempt: Attempt, state: RegistryState, endpoint: Endpoint): Promise<Authorization> {
    const fromTable = state.mode === 'unknown';
    if (fromTable) this.#options.preconnect(attempt.target.registry);
    try {
      const token = await this.#bearer(attempt, endpoint);
      if (token !== undefined) return token;
      if (attempt.credential.kind !== 'anonymous' && attempt.target.access === 'pull') {
        this.#fallBack(attempt, state);
        return (await this.#bearer(attempt, endpoint)) ?? NO_AUTHORIZATION;
      }
    } catch (error) {
      if (!fromTable || !(error instanceof TransportError)) throw error;
      state.endpoint = undefined;
    }
    return NO_AUTHORIZATION;
  }

  async #bearer(attempt: Attempt, endpoint: Endpoint): Promise<Authorization | undefined> {
    const found = await this.#tokens.get(attempt.target, attempt.credential, endpoint, attempt.trace, attempt.alone);
    return this.#toBearer(attempt, found);
  }

  #toBearer(attempt: Attempt, { outcome, fresh, entry }: Found): Authorization | undefined {
    if (outcome.kind === 'token') return { kind: 'bearer', header: `Bearer ${outcome.token.value}`, fresh, entry };
    attempt.refusal = outcome;
    return undefined;
  }

  #basic({ credential }: Attempt): Authorization {
    const header = credential.kind === 'basic' ? basicHeader(credential) : undefined;
    return header === undefined ? NO_AUTHORIZATION : { kind: 'basic', header, fresh: true };
  }

  #endpointOf(bearer: Challenge | undefined, url: URL, registry: string): Endpoint | undefined {
    return endpointOf(bearer, url, registry, this.#options.authHosts);
  }

  #state(registry: string): RegistryState {
    const known = this.#states.get(registry);
    if (known !== undefined) return known;
    const state = newState(registry);
    this.#states.set(registry, state);
    return state;
  }
}
