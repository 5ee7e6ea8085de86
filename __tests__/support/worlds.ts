/* Public registries as they behave (REGISTRIES.md, section 2), ready for `startInternet`. */
import { dropDigest } from './faults.ts';
import { createRegistry, type Registry, type RegistryOptions } from './registry.ts';
import { createService, headerOf, json, text, type Behaviour, type Service } from './service.ts';
import type { Allow } from './tokens.ts';

export interface World {
  readonly registry: Registry;
  /** For `startInternet({hosts})`. */
  readonly hosts: Readonly<Record<string, Service>>;
}

export interface WorldOptions {
  /** Password of each user; users may read everything and push. */
  readonly users?: Readonly<Record<string, string>>;
  /** Repositories that only users see. */
  readonly hidden?: readonly string[];
  /** Whether users may push; `true` when left out. */
  readonly mayPush?: boolean;
}

/** Anonymous may read what exists and is not hidden. */
function rights(options: WorldOptions, exists: (repository: string) => boolean): Allow {
  return (user, repository, action) => {
    if (action === 'pull') return exists(repository) && (user !== undefined || !options.hidden?.includes(repository));
    return user !== undefined && (options.mayPush ?? true);
  };
}

function build(options: WorldOptions, make: (allow: Allow) => RegistryOptions): Registry {
  const allow = rights(options, (repository) => registry.repositories.has(repository));
  const registry: Registry = createRegistry({ users: options.users ?? {}, ...make(allow) });
  return registry;
}

/**
 * Docker Hub: missing and private are one 401, the token server never refuses, GET of a manifest counts as a pull
 * and HEAD does not. `hub.docker.com` lists tags with their digests.
 */
export function dockerHub(options: WorldOptions & { readonly pulls?: number } = {}): World {
  const limit = options.pulls ?? 100;
  let left = limit;
  const registry = build(options, (allow) => ({
    name: 'docker.io',
    auth: 'token',
    allow,
    service: 'registry.docker.io',
    realm: 'https://auth.docker.io/token',
    token: { expiresIn: 300, more: { issued_at: '2026-03-01T12:00:00.123456789Z' }, path: '/token' },
  }));
  registry.on('* /v2/*/manifests/*', async (request, next) => {
    const isPull = request.method === 'GET';
    if (isPull && left === 0) {
      const message =
        'You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit';
      return json(429, { errors: [{ code: 'TOOMANYREQUESTS', message }] });
    }
    const reply = await next();
    if (isPull && reply.status === 200) left -= 1;
    const rate = { 'ratelimit-limit': `${String(limit)};w=21600`, 'ratelimit-remaining': `${String(left)};w=21600` };
    return { ...reply, headers: { ...reply.headers, ...rate, 'docker-ratelimit-source': '192.0.2.1' } };
  });
  const hosts = {
    'registry-1.docker.io': registry,
    'auth.docker.io': registry.tokens.service,
    'hub.docker.com': hubApi(registry),
  };
  return { registry, hosts };
}

function hubApi(registry: Registry): Service {
  return createService(
    (request) => {
      const repository = /^\/v2\/repositories\/(.+)\/tags\/?$/.exec(request.path)?.[1] ?? '';
      const found = registry.repositories.get(repository);
      if (found === undefined) return json(404, { message: 'object not found', errinfo: {} });
      const size = Math.min(100, Number(request.query.get('page_size') ?? 10));
      const page = Number(request.query.get('page') ?? 1);
      const tags = [...found.tags].reverse();
      const results = tags
        .slice((page - 1) * size, page * size)
        .map(([name, digest]) => ({ name, digest, images: [] }));
      const isMore = tags.length > page * size;
      const next = `https://hub.docker.com${request.path}?page=${String(page + 1)}&page_size=${String(size)}`;
      return json(200, { count: tags.length, next: isMore ? next : null, results });
    },
    { name: 'hub.docker.com', journal: registry.journal },
  );
}

/**
 * ghcr.io: only `token` in the answer, one token of anonymous for all public repositories, private and missing refused
 * by the token server, a placeholder scope at `/v2/`, and DENIED without a challenge for any bad Authorization.
 */
export function ghcr(options: WorldOptions = {}): World {
  const registry = build(options, (allow) => ({
    name: 'ghcr.io',
    auth: 'token',
    allow,
    service: 'ghcr.io',
    realm: 'https://ghcr.io/token',
    token: { member: 'token', expiresIn: null, denied: 403, badLogin: 403, unbound: true },
    paging: { size: 100, order: 'made' },
    challenge: (request, usual) => (request.path === '/v2/' ? `${usual},scope="repository:user/image:pull"` : usual),
  }));
  registry.on('* /v2/*', denyBadAuthorization);
  return { registry, hosts: { 'ghcr.io': registry } };
}

const denyBadAuthorization: Behaviour = async (request, next) => {
  const reply = await next();
  if (reply.status !== 401 || headerOf(request, 'authorization') === undefined) return reply;
  const isWrite = request.method === 'PUT' || request.method === 'POST';
  const message = isWrite ? 'permission_denied: write_package' : 'denied';
  return json(403, { errors: [{ code: 'DENIED', message }] });
};

/** The host of the world that `ecr` makes. */
export const ECR_HOST = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const S3_HOST = 'prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com';

/**
 * Amazon ECR: Basic with user AWS, a digest on HEAD only, configs from another host that refuses a second
 * Authorization, at most 1,000 tags on a page, and immutable tags where wanted.
 */
export function ecr(
  options: { readonly password?: string; readonly expired?: boolean; readonly immutable?: boolean } = {},
): World {
  const registry = createRegistry({
    name: ECR_HOST,
    auth: 'basic',
    users: { AWS: options.password ?? 'ecr-password-of-today' },
    challenge: () => `Basic realm="https://${ECR_HOST}/",service="ecr.amazonaws.com"`,
    digestHeader: 'head',
    paging: { size: 1000, max: 1000, tooBig: 405, link: 'absolute' },
  });
  registry.on('GET /v2/*/manifests/*', dropDigest());
  registry.on('* /v2/*', (request, next) => {
    const repository = /^\/v2\/(.+)\/(?:manifests|tags|blobs)\//.exec(request.path)?.[1];
    if (options.expired === true && headerOf(request, 'authorization') !== undefined) {
      return text(403, "Your Authorization Token has expired. Please run 'aws ecr get-login' to fetch a new one.");
    }
    if (repository === undefined || registry.repositories.has(repository)) return next();
    const message = `The repository with name '${repository}' does not exist in the registry with id '123456789012'`;
    return json(404, { errors: [{ code: 'NAME_UNKNOWN', message }] });
  });
  registry.on('GET /v2/*/blobs/*', async (request, next) => {
    const reply = await next();
    const location = `https://${S3_HOST}${request.path}?X-Amz-Signature=0f1e2d`;
    return reply.status === 200 ? { status: 307, headers: { location } } : reply;
  });
  if (options.immutable === true) registry.on('PUT /v2/*/manifests/*', refuseOverwriting(registry, 'ecr'));
  return { registry, hosts: { [ECR_HOST]: registry, [S3_HOST]: bucket(registry) } };
}

function bucket(registry: Registry): Service {
  return createService(
    (request) => {
      if (headerOf(request, 'authorization') !== undefined) {
        return text(
          400,
          '<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message></Error>',
        );
      }
      const [, name = '', digest = ''] = /^\/v2\/(.+)\/blobs\/(.+)$/.exec(request.path) ?? [];
      const body = registry.repositories.get(name)?.blobs.get(digest);
      return body === undefined ? text(404, 'NoSuchKey') : { status: 200, headers: {}, body };
    },
    { name: S3_HOST, journal: registry.journal },
  );
}

/**
 * Quay: public repositories without a token, relative links, 413 for large pages, pushes answered with 202, and an API
 * that lists tags with digests.
 */
export function quay(options: WorldOptions = {}): World {
  const registry = build(options, (allow) => ({
    name: 'quay.io',
    auth: 'token',
    open: true,
    allow,
    service: 'quay.io',
    realm: 'https://quay.io/v2/auth',
    token: { path: '/v2/auth', member: 'token', expiresIn: null },
    paging: { size: 100, max: 100, tooBig: 413 },
  }));
  registry.on('PUT /v2/*/manifests/*', async (_request, next) => {
    const reply = await next();
    return reply.status === 201 ? { ...reply, status: 202 } : reply;
  });
  registry.on('GET /api/v1/repository/*/tag/', (request) => {
    const name = /^\/api\/v1\/repository\/(.+)\/tag\/$/.exec(request.path)?.[1] ?? '';
    const found = options.hidden?.includes(name) === true ? undefined : registry.repositories.get(name);
    if (found === undefined)
      return json(401, { error_message: 'Requires authentication', error_type: 'invalid_token' });
    const size = Math.min(100, Number(request.query.get('limit') ?? 50));
    const page = Number(request.query.get('page') ?? 1);
    const all = [...found.tags].map(([tag, digest]) => ({ name: tag, manifest_digest: digest }));
    const tags = all.slice((page - 1) * size, page * size);
    return json(200, { tags, page, has_additional: all.length > page * size });
  });
  return { registry, hosts: { 'quay.io': registry } };
}

/** What registries say when a tag that exists is put again, with another digest or the same one. */
export function refuseOverwriting(registry: Registry, like: 'ecr' | 'harbor' | 'hub'): Behaviour {
  return (request, next) => {
    const [, name = '', tag = ''] = /^\/v2\/(.+)\/manifests\/(.+)$/.exec(request.path) ?? [];
    if (registry.digestOf(name, tag) === undefined) return next();
    switch (like) {
      case 'ecr': {
        const message = `The image tag '${tag}' already exists in the '${name}' repository and cannot be overwritten because the repository is immutable.`;
        return json(400, { errors: [{ code: 'TAG_INVALID', message }] });
      }
      case 'harbor': {
        const message = `Failed to process request due to '${name}:${tag}' configured as immutable.`;
        return json(412, { errors: [{ code: 'PRECONDITION', message }] });
      }
      case 'hub':
        return json(403, { errors: [{ code: 'DENIED', message: 'requested access to the resource is denied' }] });
      default:
        return next();
    }
  };
}
