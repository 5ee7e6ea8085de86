/* Who may do what at an in-process registry, with the answers and challenges of distribution 2.8. */
import { headerOf, json, type HeaderValue, type Incoming, type Reply } from './service.ts';
import { basicOf, PUBLIC, type Access, type Allow } from './tokens.ts';

/** Something that a request needs: `repository:acme/api:pull`. */
export interface Need {
  readonly type: 'repository' | 'registry';
  readonly name: string;
  readonly action: string;
}

export interface AccessOptions {
  readonly auth: 'none' | 'basic' | 'token';
  readonly users: Readonly<Record<string, string>>;
  readonly allow: Allow;
  /** With tokens: who sends no Authorization is answered where anonymous may read. */
  readonly open: boolean;
  readonly service: string;
  readonly realm: (request: Incoming) => string;
  readonly verify: (token: string) => readonly Access[] | undefined;
  /** Replaces the challenge. */
  readonly challenge?: (request: Incoming, usual: string) => HeaderValue | undefined;
}

/** What a request needs, by its method and path. */
export function needsOf(request: Incoming, repository: string | undefined): readonly Need[] {
  if (request.path === '/v2/_catalog') return [{ type: 'registry', name: 'catalog', action: '*' }];
  if (repository === undefined) return [];
  const need = (action: string, name = repository): Need => ({ type: 'repository', name, action });
  if (request.method === 'GET' || request.method === 'HEAD') return [need('pull')];
  if (request.method === 'DELETE' && !request.path.includes('/blobs/uploads/')) return [need('delete')];
  const from = request.query.get('from');
  return [need('pull'), need('push'), ...(from === null ? [] : [need('pull', from)])];
}

/** The refusal for a request that may not do what it needs; undefined when it may. */
export function refusalOf(request: Incoming, needs: readonly Need[], options: AccessOptions): Reply | undefined {
  if (options.auth === 'none') return undefined;
  if (options.auth === 'basic') {
    const login = basicOf(request);
    const known = login !== undefined && options.users[login.user] === login.password;
    const may = known && needs.every((need) => options.allow(login.user, need.name, need.action));
    return may ? undefined : unauthorized(request, needs, `Basic realm="${options.service}"`, options);
  }
  const [scheme = '', token = ''] = (headerOf(request, 'authorization') ?? '').split(' ');
  const bearer = `Bearer realm="${options.realm(request)}",service="${options.service}"${scopeMember(needs)}`;
  if (scheme === '' && options.open && needs.every((need) => options.allow(undefined, need.name, need.action))) {
    return undefined;
  }
  if (scheme.toLowerCase() !== 'bearer') return unauthorized(request, needs, bearer, options);
  const grants = options.verify(token);
  if (grants === undefined) return unauthorized(request, needs, `${bearer},error="invalid_token"`, options);
  const isPublic = (need: Need): boolean => grants.includes(PUBLIC) && options.allow(undefined, need.name, need.action);
  if (needs.every((need) => isPublic(need) || grants.some((grant) => covers(grant, need)))) return undefined;
  return unauthorized(request, needs, `${bearer},error="insufficient_scope"`, options);
}

function covers(grant: Access, need: Need): boolean {
  return grant.type === need.type && grant.name === need.name && grant.actions.includes(need.action);
}

function scopeMember(needs: readonly Need[]): string {
  const resources = Map.groupBy(needs, (need) => `${need.type}:${need.name}`);
  const scopes = [...resources].map(([resource, all]) => `${resource}:${all.map((need) => need.action).join(',')}`);
  return scopes.length === 0 ? '' : `,scope="${scopes.join(' ')}"`;
}

function unauthorized(request: Incoming, needs: readonly Need[], usual: string, options: AccessOptions): Reply {
  const challenge = options.challenge ? options.challenge(request, usual) : usual;
  const wanted = needs.map((need) => ({ Type: need.type, Class: '', Name: need.name, Action: need.action }));
  const detail = wanted.length === 0 ? null : wanted;
  return json(
    401,
    { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required', detail }] },
    { 'www-authenticate': challenge },
  );
}
