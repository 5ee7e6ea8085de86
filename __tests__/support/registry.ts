/*
 * A registry inside the process: real sockets, no engine. It answers as distribution 2.8 does unless it is told to
 * behave like another one, enforces scopes, and writes down every request.
 */
import { refusalOf, needsOf } from './access.ts';
import { createContent, type Content } from './content.ts';
import { createDistribution, repositoryOf, type DistributionOptions } from './distribution.ts';
import { listen, type ListenOptions, type Listening } from './listener.ts';
import {
  createJournal,
  createService,
  type Behaviour,
  type HeaderValue,
  type Incoming,
  type Matcher,
  type Reply,
  type Service,
} from './service.ts';
import { allowAll, createTokenServer, type Allow, type TokenOptions, type TokenServer } from './tokens.ts';

export interface RegistryOptions extends Partial<DistributionOptions> {
  readonly name?: string;
  /** `token` asks for a token even where anonymous may pull. */
  readonly auth?: 'none' | 'basic' | 'token';
  /** Password of each user. */
  readonly users?: Readonly<Record<string, string>>;
  /** Who may do what; left out, anonymous may pull (only with `auth: token`) and users may do everything. */
  readonly allow?: Allow;
  /** With `auth: token`: public repositories are answered without a token. */
  readonly open?: boolean;
  /** `service` of the challenge, or the realm of Basic. */
  readonly service?: string;
  /** Where tokens come from; left out, `/token` on the host that was asked. */
  readonly realm?: string | ((request: Incoming) => string);
  /** How tokens are given out. */
  readonly token?: Omit<TokenOptions, 'users' | 'allow'>;
  /** Replaces the challenge of a 401; `undefined` sends none. */
  readonly challenge?: (request: Incoming, usual: string) => HeaderValue | undefined;
  /** Headers on every answer of the registry itself. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds before each answer. */
  readonly delay?: number;
}

export interface Registry extends Service, Content {
  readonly tokens: TokenServer;
}

export interface StartedRegistry extends Registry, Listening {}

/** A registry without sockets, for `startInternet` or `listen`. The token endpoint answers on the same host too. */
export function createRegistry(options: RegistryOptions = {}): Registry {
  const { auth = 'none', name = 'registry', users = {}, allow = allowAll } = options;
  const tokenPath = options.token?.path ?? '/token';
  const journal = createJournal();
  const content = createContent();
  const tokens = createTokenServer({ ...options.token, users, allow, journal, name: `${name}-token` });
  const { realm = (request: Incoming) => `${request.scheme}://${request.host}${tokenPath}` } = options;
  const access = {
    auth,
    users,
    allow,
    open: options.open ?? false,
    service: options.service ?? (auth === 'basic' ? 'basic-realm' : 'registry'),
    realm: typeof realm === 'string' ? () => realm : realm,
    verify: tokens.verify,
    ...(options.challenge ? { challenge: options.challenge } : {}),
  };
  const distribution = createDistribution(content, {
    ...options,
    digestHeader: options.digestHeader ?? 'always',
    ociTag: options.ociTag ?? 0,
    referrers: options.referrers ?? false,
  });

  /** Paths that are no page of the API are 404 for everybody. */
  function isPage(path: string, repository: string | undefined): boolean {
    if (repository === undefined) return path === '/v2/' || path === '/v2/_catalog';
    return options.referrers === true || !path.includes('/referrers/');
  }

  function answer(request: Incoming): Reply {
    const repository = repositoryOf(request.path);
    const refusal = isPage(request.path, repository)
      ? refusalOf(request, needsOf(request, repository), access)
      : undefined;
    const reply = refusal ?? distribution(request);
    const own = { 'docker-distribution-api-version': 'registry/2.0', 'x-content-type-options': 'nosniff' };
    return { ...reply, headers: { ...own, ...options.headers, ...reply.headers } };
  }

  const service = createService(answer, { name, journal });
  journal.delay = options.delay ?? 0;
  const own = { handle: service.handle, on: service.on };
  return Object.assign(service, content, {
    tokens,
    handle: (request: Incoming) => {
      const isToken = auth === 'token' && request.path === tokenPath;
      return isToken ? tokens.service.handle(request) : own.handle(request);
    },
    on: (matcher: Matcher, ...behaviours: readonly Behaviour[]) => {
      const undo = [own.on(matcher, ...behaviours), tokens.service.on(matcher, ...behaviours)];
      return () => undo.forEach((take) => take());
    },
  });
}

/** A registry that listens on a free port of loopback. */
export async function startRegistry(options: RegistryOptions & ListenOptions = {}): Promise<StartedRegistry> {
  const registry = createRegistry(options);
  return Object.assign(registry, await listen(registry.handle, options));
}
