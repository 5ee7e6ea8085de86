import type { AuthHost } from '../core/routing.ts';
import type { Challenge } from './challenge.ts';
import { ANONYMOUS, type Credential, type FindCredential } from './credential.ts';
import type { Wire } from './exchange.ts';
import type { Refusal } from './failure.ts';
import type { HttpMethod } from './http.ts';
import type { Location } from './location.ts';
import { rowOf, type RegistryRow } from './quirks.ts';
import type { Answer } from './redirect.ts';
import type { Scope } from './scope.ts';
import type { Endpoint } from './token-request.ts';
import type { TokenEntry } from './token-store.ts';
import type { Trace } from './trace.ts';
import type { RefusedWrite } from './write-rights.ts';

/** What a token is asked for. */
export interface Target {
  /** Canonical registry. */
  readonly registry: string;
  readonly repository: string;
  readonly access: 'pull' | 'push';
  /** Another repository of the registry that blobs are mounted from. */
  readonly from?: string;
  /** A token with more rights, which had been asked for before, will not do. */
  readonly isExact?: true;
}

/** What a request is for, as far as rights are concerned. */
export interface Need extends Target {
  /** Something will be written in this run: it signs in with its login, and never without. */
  readonly writes: boolean;
  /** For a read of such a run: what will do when a token for writing is refused. */
  readonly plain: Target | undefined;
}

/** In a run that writes everything is asked for with the token for writing. */
export function needOf({ registry, repository, writes }: Location, method: HttpMethod): Need {
  const plain = { registry, repository, access: 'pull' } as const;
  if (writes === undefined) return { ...plain, writes: false, plain: undefined };
  const reads = method === 'GET' || method === 'HEAD';
  return { registry, access: 'push', ...writes, writes: true, plain: reads ? { ...plain, isExact: true } : undefined };
}

/** How one request signs in. */
export interface Authorization {
  readonly kind: 'none' | 'basic' | 'bearer' | 'registry-token';
  readonly header?: string;
  /** Whether the token was asked for by this very attempt, for this repository alone. */
  readonly fresh: boolean;
  readonly entry?: TokenEntry;
}

/** The course of one request through challenges, tokens and fall-backs. */
export interface Attempt {
  target: Target;
  readonly writes: boolean;
  /** What else may be asked for, once. */
  plain: Target | undefined;
  /** The token for writing that was refused, when `plain` was asked for in its place. */
  refusedWrite: { readonly key: string; readonly refused: RefusedWrite } | undefined;
  readonly trace: Trace;
  credential: Credential;
  /** Sources in the order in which they were tried. */
  readonly tried: string[];
  /** Why the last login was refused, when it was a token server that did. */
  refusal: Refusal | undefined;
  refreshed: boolean;
  widened: boolean;
  /** A request without any Authorization was sent already. */
  bare: boolean;
  /** A token for several repositories was refused and one of its own is tried. */
  alone: boolean;
  isProbe: boolean;
}

/** What is known of a registry's logins in this run. */
export interface RegistryState {
  readonly row: RegistryRow | undefined;
  mode: 'unknown' | 'open' | 'basic' | 'bearer';
  /** The token server of the first challenge that worked, or of the table. */
  endpoint: Endpoint | undefined;
  /** The challenge that named it: its scope may be another one than ours. */
  challenge: { readonly bearer: Challenge; readonly url: URL } | undefined;
  probe: PromiseWithResolvers<void> | undefined;
  /** Sources of logins that were refused, and for which repositories: it may be right for others (SAFETY.md F36). */
  readonly refusedSources: Map<string, Set<string>>;
  /** Whether `/v2/` was asked for a challenge. */
  pinged: boolean;
}

/** A 401. */
export interface Refused {
  readonly state: RegistryState;
  readonly bearer: Challenge | undefined;
  readonly challenges: readonly Challenge[];
  readonly url: URL;
}

/** What is known of a registry before the first request. */
export function newState(registry: string): RegistryState {
  const row = rowOf(registry);
  return {
    row,
    mode: 'unknown',
    endpoint: tableEndpoint(registry, row),
    challenge: undefined,
    probe: undefined,
    refusedSources: new Map(),
    pinged: false,
  };
}

/** An attempt before its first request. */
export function newAttempt({ writes, plain, ...target }: Need, credential: Credential, trace: Trace): Attempt {
  return {
    target,
    writes,
    plain,
    refusedWrite: undefined,
    trace,
    credential,
    tried: [credential.source],
    refusal: undefined,
    refreshed: false,
    widened: false,
    bare: false,
    alone: false,
    isProbe: false,
  };
}

/** The token server that is asked before a 401 has named one. */
export function knownEndpoint({ row, endpoint }: RegistryState, { credential }: Attempt): Endpoint | undefined {
  return row?.openToAnonymous === true && credential.kind === 'anonymous' ? undefined : endpoint;
}

/** Goes on without the login that was refused, with a warning. */
export function leaveLogin(attempt: Attempt, state: RegistryState, warn: (text: string) => void): void {
  const { credential, target } = attempt;
  const refused = state.refusedSources.get(credential.source);
  refused?.add(target.repository);
  if (refused === undefined) {
    state.refusedSources.set(credential.source, new Set([target.repository]));
    warn(
      `${target.registry} refused the login from ${credential.source}; trying anonymously. ` +
        'Renew that login, or remove it when everything there is public.',
    );
  }
  attempt.credential = ANONYMOUS;
  attempt.trace.credential = ANONYMOUS.source;
  attempt.tried.push(ANONYMOUS.source);
}

/** The scope of a target: pull, or pull and push. */
export function scopeOf({ repository, access }: Target): Scope {
  return { repository, actions: access === 'push' ? ['pull', 'push'] : ['pull'] };
}

/** The token server of the table. */
function tableEndpoint(registry: string, row: RegistryRow | undefined): Endpoint | undefined {
  if (row?.tokenEndpoint === undefined) return undefined;
  const { realm, service } = row.tokenEndpoint;
  const url = new URL(realm.replace('{host}', registry));
  return {
    realm: { url, trusted: true },
    ...(service === undefined ? {} : { service: service.replace('{host}', registry) }),
  };
}

/** What the authorizer needs of the run. */
export interface AuthorizerOptions {
  readonly wire: Wire;
  readonly findCredential: FindCredential;
  readonly authHosts: readonly AuthHost[];
  /** Tells the user something that is no error. */
  readonly warn: (text: string) => void;
  /** Hears every secret before it is used. */
  readonly onSecret: (secret: string) => void;
  /** Opens a connection to the registry early, while its token is asked for. */
  readonly preconnect: (registry: string) => void;
  /** Asks for `/v2/`, the one place that must have a challenge; only where a 401 had none. */
  readonly ping: (registry: string, trace: Trace) => Promise<Answer>;
}
