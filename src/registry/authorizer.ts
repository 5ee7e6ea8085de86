import {
  knownEndpoint,
  leaveLogin,
  newAttempt,
  newState,
  scopeOf,
  type Attempt,
  type Authorization,
  type AuthorizerOptions,
  type Need,
  type Refused,
  type RegistryState,
} from './attempt.ts';
import { parseChallenges, type Challenge } from './challenge.ts';
import { ANONYMOUS } from './credential.ts';
import { refusalOf } from './failure.ts';
import { TransportError, type HttpResponse } from './http.ts';
import { widenedScopes } from './scope.ts';
import { TokenStore, type Found } from './token-store.ts';
import { basicHeader, endpointOf, type Endpoint } from './token-request.ts';
import type { Trace } from './trace.ts';
import { WriteRights } from './write-rights.ts';

const NO_AUTHORIZATION: Authorization = { kind: 'none', fresh: false };

/**
 * Decides how each request signs in (REGISTRIES.md §3c, §3d): tokens from known endpoints without a 401 first, one
 * probe per unknown registry, several repositories in one token, one retry after an expired token, one anonymous retry
 * of reads whose login was refused. In a run that writes the token for writing also reads; where it is refused, one for
 * reading is asked for with the same login.
 */
export class Authorizer {
  /** Which logins may only read. */
  readonly rights: WriteRights;
  readonly #options: AuthorizerOptions;
  readonly #tokens: TokenStore;
  readonly #states = new Map<string, RegistryState>();

  constructor(options: AuthorizerOptions) {
    this.#options = options;
    this.#tokens = new TokenStore(options.wire, options.findCredential, options.onSecret);
    this.rights = new WriteRights(options.findCredential);
  }

  /** Tells which repositories will be read, so that their tokens are asked for together. */
  announce(registry: string, repository: string): void {
    this.#tokens.announce(registry, repository);
  }

  async begin(need: Need, trace: Trace): Promise<Attempt> {
    const found = await this.rights.credentialOf(need);
    const { refusedSources } = this.#state(need.registry);
    const isRefused = !need.writes && refusedSources.get(found.source)?.has(need.repository) === true;
    const credential = isRefused ? ANONYMOUS : found;
    if (credential.kind === 'basic') this.#options.onSecret((basicHeader(credential) ?? '').slice('Basic '.length));
    trace.credential = credential.source;
    const attempt = newAttempt(need, credential, trace);
    await this.rights.begin(attempt);
    return attempt;
  }

  /** How the first request of an attempt signs in; undefined when its login is known to be refused. */
  async first(attempt: Attempt): Promise<Authorization | undefined> {
    const state = this.#state(attempt.target.registry);
    for (;;) {
      const { credential } = attempt;
      if (credential.kind === 'registry-token') {
        return { kind: 'registry-token', header: `Bearer ${credential.token}`, fresh: true };
      }
      if (state.row?.basic === true || state.mode === 'basic') return this.#basic(attempt);
      const endpoint = knownEndpoint(state, attempt);
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
    this.rights.succeeded(attempt);
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
    const endpoint = this.#endpointOf(bearer, url, attempt.target.registry) ?? state.endpoint;
    const mayHelp = endpoint !== undefined && (used.kind === 'none' || used.kind === 'bearer');
    const plain = mayHelp ? await this.#plainly(attempt, endpoint) : undefined;
    return plain ?? this.#anonymously(attempt, state, endpoint);
  }

  /** With a token for reading, where one for writing was refused or does not read. */
  async #plainly(attempt: Attempt, endpoint: Endpoint): Promise<Authorization | undefined> {
    return this.rights.giveUp(attempt) ? this.#bearer(attempt, endpoint) : undefined;
  }

  async #afterChallenge(
    attempt: Attempt,
    used: Authorization,
    { state, bearer, challenges, url }: Refused,
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
    // A token for writing that was asked for just now has not ended: one for reading comes next.
    if (attempt.plain !== undefined && (used.fresh || error === 'insufficient_scope'))
      return this.#widen(attempt, bearer && { bearer, url });
    const several = (used.entry?.repositories.length ?? 1) > 1 && !attempt.alone;
    attempt.alone ||= several && (attempt.refreshed || error !== 'invalid_token');
    const isFinal = used.fresh && !isOther && (error === 'insufficient_scope' || attempt.refusedWrite !== undefined);
    if ((attempt.refreshed || isFinal) && !(several && attempt.alone))
      return this.#widen(attempt, bearer && { bearer, url });
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
    state.challenge ??= { bearer, url };
    state.mode = 'bearer';
    this.settle(attempt);
    return (await this.#bearer(attempt, endpoint)) ?? this.#widen(attempt, { bearer, url });
  }

  /** Asks once with the challenge's own scope where that is another one than ours (REGISTRIES.md Q44, Q58, Q143). */
  async #widen(attempt: Attempt, named: RegistryState['challenge']): Promise<Authorization | undefined> {
    const endpoint =
      named === undefined ? undefined : this.#endpointOf(named.bearer, named.url, attempt.target.registry);
    const scopes = widenedScopes(named?.bearer.parameters.get('scope') ?? '', scopeOf(attempt.target));
    if (endpoint === undefined || attempt.widened || scopes === undefined) return undefined;
    attempt.widened = true;
    const wider = await this.#tokens.getFor(attempt.target, attempt.credential, endpoint, scopes, attempt.trace);
    return this.#toBearer(attempt, wider);
  }

  async #anonymously(
    attempt: Attempt,
    state: RegistryState,
    endpoint: Endpoint | undefined,
  ): Promise<Authorization | undefined> {
    if (attempt.credential.kind === 'anonymous' || attempt.writes) return undefined;
    if (endpoint === undefined && attempt.bare) return undefined;
    leaveLogin(attempt, state, this.#options.warn);
    return endpoint === undefined ? NO_AUTHORIZATION : this.#bearer(attempt, endpoint);
  }

  /**
   * A token from an endpoint that was not named by this request's own challenge; without one the request is sent bare,
   * but not where a login was refused that must not be left out.
   */
  async #fromEndpoint(attempt: Attempt, state: RegistryState, endpoint: Endpoint): Promise<Authorization | undefined> {
    const fromTable = state.mode === 'unknown';
    if (fromTable) this.#options.preconnect(attempt.target.registry);
    try {
      const own = (await this.#bearer(attempt, endpoint)) ?? (await this.#widen(attempt, state.challenge));
      const token = own ?? (await this.#plainly(attempt, endpoint));
      if (token !== undefined) return token;
      const { credential, writes, refusal } = attempt;
      const isFinal = refusal?.status === 401 || refusal?.status === 403;
      if (credential.kind !== 'anonymous' && writes) return isFinal ? undefined : NO_AUTHORIZATION;
      if (credential.kind !== 'anonymous') {
        leaveLogin(attempt, state, this.#options.warn);
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
