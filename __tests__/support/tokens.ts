/* A token server (distribution's token and OAuth 2 protocols), for in-process registries and for the real one. */
import { createHash } from 'node:crypto';
import { createService, headerOf, json, type Handler, type Incoming, type Reply, type Service } from './service.ts';
import type { ServiceOptions } from './service.ts';

/** One entry of a token's `access` claim. */
export interface Access {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
}

/** Makes a token for these grants. */
export type Mint = (grants: readonly Access[], lifetime: number, user: string) => string;

/** Whether a user (`undefined`: anonymous) may do this with a repository. */
export type Allow = (user: string | undefined, repository: string, action: string) => boolean;

export interface TokenOptions {
  /** Password of each user. */
  readonly users?: Readonly<Record<string, string>>;
  /** User of each refresh token (docker's identity tokens). */
  readonly refreshTokens?: Readonly<Record<string, string>>;
  readonly allow?: Allow;
  readonly path?: string;
  /** Which members hold the token. */
  readonly member?: 'token' | 'access_token' | 'both';
  /** Seconds; `null` leaves `expires_in` out, text is sent as text. */
  readonly expiresIn?: number | string | null;
  /** Several scopes in one request: granted, only the first looked at, or refused with 400. */
  readonly scopes?: 'all' | 'first' | 'single';
  /** Nothing at all could be granted: a token without grants (as distribution says), or this status. */
  readonly denied?: 'empty' | 401 | 403;
  /** Status for a wrong user or password. */
  readonly badLogin?: 401 | 403;
  /** A token of anonymous opens everything that anonymous may read, whatever was asked for (ghcr.io). */
  readonly unbound?: boolean;
  /** Status of every POST, where only GET is known. */
  readonly post?: 400 | 401 | 404 | 405;
  /** The `service` that must be asked for; another one is answered with 400. */
  readonly service?: string;
  /** More members of the answer. */
  readonly more?: Readonly<Record<string, unknown>>;
}

export interface TokenServer {
  readonly service: Service;
  /** The grants of a token, undefined when it is unknown or has expired. */
  readonly verify: (token: string) => readonly Access[] | undefined;
  /** Every token that was given out. */
  readonly issued: readonly string[];
  /** Ends all tokens at once, as if their time were over. */
  readonly expire: () => void;
}

const LIFETIME = 300;

/** The grant of an unbound token. */
export const PUBLIC: Access = { type: 'repository', name: '*', actions: ['pull'] };

/** Anonymous may pull everything, users may do everything. */
export const allowAll: Allow = (user, _repository, action) => user !== undefined || action === 'pull';

export function createTokenServer(options: TokenOptions & ServiceOptions & { readonly mint?: Mint } = {}): TokenServer {
  const valid = new Map<string, { readonly grants: readonly Access[]; readonly end: number }>();
  const issued: string[] = [];
  const mint: Mint = options.mint ?? (() => opaque(options.name ?? 'token', issued.length));

  function issue(grants: readonly Access[], user: string | undefined): Reply {
    const asked = options.expiresIn === undefined ? LIFETIME : options.expiresIn;
    const lifetime = typeof asked === 'number' && asked > 0 ? asked : LIFETIME;
    const token = mint(grants, lifetime, user ?? '');
    issued.push(token);
    valid.set(token, { grants, end: performance.now() + lifetime * 1000 });
    const member = options.member ?? 'both';
    return json(200, {
      ...(member === 'access_token' ? {} : { token }),
      ...(member === 'token' ? {} : { access_token: token }),
      ...(asked === null ? {} : { expires_in: asked }),
      ...options.more,
    });
  }

  const handler: Handler = (request) => {
    if (request.path !== (options.path ?? '/token')) return refusal(404, 'NOT_FOUND', 'page not found');
    if (request.method === 'POST' && options.post !== undefined) return refusal(options.post, 'UNSUPPORTED', 'no POST');
    if (request.method !== 'GET' && request.method !== 'POST') return refusal(405, 'UNSUPPORTED', 'method');
    const form = request.method === 'POST' ? new URLSearchParams(request.body.toString()) : request.query;
    if (options.service !== undefined && form.get('service') !== options.service) {
      return refusal(400, 'UNSUPPORTED', 'unknown service');
    }
    const login = request.method === 'POST' ? formLogin(form, options) : basicLogin(request, options);
    if (login === 'refused') {
      return refusal(options.badLogin ?? 401, 'UNAUTHORIZED', 'incorrect username or password');
    }
    const scopes = form.getAll('scope').flatMap((scope) => scope.split(' ').filter((part) => part !== ''));
    if (options.scopes === 'single' && scopes.length > 1) return refusal(400, 'UNSUPPORTED', 'one scope at a time');
    const looked = options.scopes === 'first' ? scopes.slice(0, 1) : scopes;
    const grants = looked.flatMap((scope) => granted(scope, login.user, options.allow ?? allowAll));
    if (grants.length === 0 && looked.length > 0 && typeof options.denied === 'number') {
      return refusal(options.denied, 'DENIED', 'requested access to the resource is denied');
    }
    return issue(options.unbound === true && login.user === undefined ? [PUBLIC] : grants, login.user);
  };

  return {
    service: createService(handler, { name: 'token', ...options }),
    verify(token) {
      const found = valid.get(token);
      return found !== undefined && found.end > performance.now() ? found.grants : undefined;
    },
    issued,
    expire: () => valid.clear(),
  };
}

/** Looks like a secret, and is the same in every run. */
function opaque(name: string, count: number): string {
  return createHash('sha256')
    .update(`${name} ${String(count)}`)
    .digest('base64url');
}

function refusal(status: number, code: string, message: string): Reply {
  return json(status, { errors: [{ code, message, detail: null }] });
}

type Login = { readonly user: string | undefined } | 'refused';

/** User and password of a Basic header. */
export function basicOf(request: Incoming): { readonly user: string; readonly password: string } | undefined {
  const [scheme = '', encoded = ''] = (headerOf(request, 'authorization') ?? '').split(' ');
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const decoded = Buffer.from(encoded, 'base64').toString();
  const colon = decoded.indexOf(':');
  return { user: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

function basicLogin(request: Incoming, options: TokenOptions): Login {
  const login = basicOf(request);
  if (login === undefined) return { user: undefined };
  return options.users?.[login.user] === login.password ? { user: login.user } : 'refused';
}

function formLogin(form: URLSearchParams, options: TokenOptions): Login {
  if (form.get('grant_type') === 'refresh_token') {
    const user = options.refreshTokens?.[form.get('refresh_token') ?? ''];
    return user === undefined ? 'refused' : { user };
  }
  const user = form.get('username') ?? '';
  return options.users?.[user] === form.get('password') ? { user } : 'refused';
}

/** `type:name:action,action`, where the name may hold colons (scope.md). */
function granted(scope: string, user: string | undefined, allow: Allow): Access[] {
  const first = scope.indexOf(':');
  const last = scope.lastIndexOf(':');
  if (first < 0 || last === first) return [];
  const name = scope.slice(first + 1, last);
  const wanted = scope.slice(last + 1).split(',');
  const actions = wanted.filter((action) => allow(user, name, action));
  return actions.length === 0 ? [] : [{ type: scope.slice(0, first), name, actions }];
}
