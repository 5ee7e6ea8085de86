import { LIMITS } from '../core/limits.ts';
import { basicHeader, requestToken, type Endpoint, type TokenOutcome } from './token-request.ts';
import type { Credential, FindCredential } from './credential.ts';
import type { Wire } from './exchange.ts';
import { rowOf } from './quirks.ts';
import { formatScope } from './scope.ts';
import type { Target } from './attempt.ts';
import type { Trace } from './trace.ts';

/** One token request, shared by everybody who needs its token. */
export interface TokenEntry {
  readonly outcome: Promise<TokenOutcome>;
  /** Repositories whose scopes were asked for together; the first is the one that a careless server grants. */
  readonly repositories: readonly string[];
  /** Monotonic ms; undefined while the request is under way and when it was refused. */
  renewAt: number | undefined;
}

/** A token request's outcome, and whether it was made just now and for this repository alone. */
export interface Found {
  readonly outcome: TokenOutcome;
  readonly entry: TokenEntry;
  readonly fresh: boolean;
}

interface Registry {
  /** Repositories that will be read, in the order in which they were announced. */
  readonly announced: Set<string>;
  /** Whether the server takes several scopes in one request. The first batch finds out, the others wait for it. */
  severalScopes: 'untried' | 'granted' | 'refused';
  firstBatch: Promise<TokenOutcome> | undefined;
  /** Batches are put together one after the other, so that no repository is in two of them. */
  building: Promise<unknown>;
}

/**
 * The tokens of a run: one request under way for each need, several repositories in one request where the server
 * allows it, renewed before they end.
 */
export class TokenStore {
  readonly #wire: Wire;
  readonly #findCredential: FindCredential;
  readonly #onSecret: (secret: string) => void;
  readonly #registries = new Map<string, Registry>();
  readonly #entries = new Map<string, TokenEntry>();

  constructor(wire: Wire, findCredential: FindCredential, onSecret: (secret: string) => void) {
    this.#wire = wire;
    this.#findCredential = findCredential;
    this.#onSecret = onSecret;
  }

  announce(registry: string, repository: string): void {
    this.#registry(registry).announced.add(repository);
  }

  /** Forgets a token that was refused with 401, unless another request has put a newer one in its place already. */
  drop(refused: TokenEntry): void {
    this.#forget(refused);
  }

  /** A token of its own worked where one for several repositories had not: no more of those are asked for. */
  distrustSeveralScopes(registry: string): void {
    this.#registry(registry).severalScopes = 'refused';
  }

  /**
   * The token for a target, from the store or asked for now.
   * @param alone asks for this repository only
   * @throws as requestToken
   */
  async get(target: Target, credential: Credential, endpoint: Endpoint, trace: Trace, alone = false): Promise<Found> {
    const registry = this.#registry(target.registry);
    let asked = false;
    for (;;) {
      let entry = this.#usable(target, credential, endpoint);
      if (entry === undefined || (alone && entry.repositories.length > 1)) {
        const started = await this.#start(target, credential, endpoint, trace, alone);
        entry = started.entry;
        asked = started.isNew && entry.repositories.length === 1;
      }
      const outcome = await entry.outcome;
      if (outcome.kind === 'token' || entry.repositories.length === 1) return { outcome, entry, fresh: asked };
      registry.severalScopes = 'refused';
      this.#forget(entry);
    }
  }

  /** A token for these very scopes, which then is the target's token. @throws as requestToken */
  async getFor(
    target: Target,
    credential: Credential,
    endpoint: Endpoint,
    scopes: readonly string[],
    trace: Trace,
  ): Promise<Found> {
    const entry = this.#ask(target, credential, endpoint, { scopes, repositories: [target.repository] }, trace);
    this.#entries.set(this.#keyOf(target, credential, endpoint), entry);
    return { outcome: await entry.outcome, entry, fresh: true };
  }

  /** A token that is there and will do; one that may push also reads. */
  #usable(target: Target, credential: Credential, endpoint: Endpoint): TokenEntry | undefined {
    const own = this.#entries.get(this.#keyOf(target, credential, endpoint));
    const entry = own ?? this.#wider(target, credential, endpoint);
    if (entry === undefined) return undefined;
    if (entry.renewAt !== undefined && this.#wire.timing.now() >= entry.renewAt) return undefined;
    const distrusted = this.#registry(target.registry).severalScopes === 'refused';
    const several = entry.repositories.length > 1;
    return several && distrusted && entry.repositories[0] !== target.repository ? undefined : entry;
  }

  #wider(target: Target, credential: Credential, endpoint: Endpoint): TokenEntry | undefined {
    if (target.isExact === true) return undefined;
    return this.#entries.get(this.#keyOf({ ...target, access: 'push' }, credential, endpoint));
  }

  /** Begins a token request for the target and, where that is possible, for announced repositories with it. */
  async #start(
    target: Target,
    credential: Credential,
    endpoint: Endpoint,
    trace: Trace,
    alone: boolean,
  ): Promise<{ readonly entry: TokenEntry; readonly isNew: boolean }> {
    const registry = this.#registry(target.registry);
    const building = registry.building.then(async () => {
      const meanwhile = this.#usable(target, credential, endpoint);
      if (meanwhile !== undefined && !(alone && meanwhile.repositories.length > 1)) {
        return { entry: meanwhile, isNew: false };
      }
      const repositories = alone ? [target.repository] : await this.#batchOf(target, credential, endpoint);
      const scopes = repositories.map((repository) => formatScope({ repository, actions: actionsOf(target) }));
      if (target.from !== undefined) scopes.push(formatScope({ repository: target.from, actions: ['pull'] }));
      const entry = this.#ask(target, credential, endpoint, { scopes, repositories }, trace);
      for (const repository of repositories) {
        this.#entries.set(this.#keyOf({ ...target, repository }, credential, endpoint), entry);
      }
      return { entry, isNew: true };
    });
    registry.building = building.catch(() => undefined);
    return building;
  }

  #ask(
    target: Target,
    credential: Credential,
    endpoint: Endpoint,
    { scopes, repositories }: { readonly scopes: readonly string[]; readonly repositories: readonly string[] },
    trace: Trace,
  ): TokenEntry {
    const question = { registry: target.registry, endpoint, scopes, credential };
    const registry = this.#registry(target.registry);
    const send = async (): Promise<TokenOutcome> => {
      const outcome = await requestToken(this.#wire, question, trace);
      if (outcome.kind === 'token') this.#onSecret(outcome.token.value);
      return outcome;
    };
    const several = repositories.length > 1;
    const outcome = several ? this.#inTurn(registry, send) : send();
    const entry: TokenEntry = { outcome, repositories, renewAt: undefined };
    outcome.then(
      (result) => {
        if (result.kind === 'token') entry.renewAt = result.token.renewAt;
      },
      () => this.#forget(entry),
    );
    return entry;
  }

  /** The first batch of a registry goes alone; when it is refused the others are not even sent. */
  async #inTurn(registry: Registry, send: () => Promise<TokenOutcome>): Promise<TokenOutcome> {
    if (registry.firstBatch === undefined) {
      registry.firstBatch = send();
      const outcome = await registry.firstBatch;
      if (registry.severalScopes === 'untried') {
        registry.severalScopes = outcome.kind === 'token' ? 'granted' : 'refused';
      }
      return outcome;
    }
    const first = registry.severalScopes === 'untried' ? await registry.firstBatch : undefined;
    if (first?.kind === 'refused') return first;
    return send();
  }

  #forget(entry: TokenEntry): void {
    for (const [key, other] of this.#entries) if (other === entry) this.#entries.delete(key);
  }

  /** The target's repository first, then up to nine announced ones that have the same credential and no token yet. */
  async #batchOf(target: Target, credential: Credential, endpoint: Endpoint): Promise<readonly string[]> {
    const registry = this.#registry(target.registry);
    const alone = rowOf(target.registry)?.singleScope === true || registry.severalScopes === 'refused';
    if (alone || target.access === 'push' || this.#sharesToken(target, credential)) return [target.repository];
    const batch = [target.repository];
    for (const repository of registry.announced) {
      if (batch.length >= LIMITS.scopesPerToken) break;
      if (repository === target.repository) continue;
      if (this.#entries.has(this.#keyOf({ ...target, repository }, credential, endpoint))) continue;
      const theirs = await this.#findCredential(target.registry, repository, target.access);
      if (credential.kind === 'anonymous' || identityOf(theirs) === identityOf(credential)) batch.push(repository);
    }
    return batch;
  }

  #sharesToken(target: Target, credential: Credential): boolean {
    return credential.kind === 'anonymous' && rowOf(target.registry)?.sharedAnonymousToken === true;
  }

  #keyOf(target: Target, credential: Credential, { realm, service }: Endpoint): string {
    const shared = this.#sharesToken(target, credential) && this.#registry(target.registry).severalScopes !== 'refused';
    const need = shared && target.access === 'pull' ? SHARED : needOf(target);
    return `${ownerOf(target.registry, credential)}${realm.url.href}\n${service ?? ''}\n${need}`;
  }

  #registry(name: string): Registry {
    const known = this.#registries.get(name);
    if (known !== undefined) return known;
    const registry: Registry = {
      announced: new Set(),
      severalScopes: 'untried',
      firstBatch: undefined,
      building: Promise.resolve(),
    };
    this.#registries.set(name, registry);
    return registry;
  }
}

/** Key of a token that opens every public repository of a registry. */
const SHARED = '*';

function ownerOf(registry: string, credential: Credential): string {
  return `${registry}\n${identityOf(credential)}\n`;
}

/** Tells logins apart. */
export function identityOf(credential: Credential): string {
  const secret = credential.kind === 'registry-token' ? credential.token : (basicHeader(credential) ?? '');
  return `${credential.kind} ${credential.source} ${secret}`;
}

function needOf({ repository, access, from }: Target): string {
  return `${repository} ${access}${from === undefined ? '' : ` ${from}`}`;
}

function actionsOf({ access }: Target): readonly ('pull' | 'push')[] {
  return access === 'push' ? ['pull', 'push'] : ['pull'];
}
