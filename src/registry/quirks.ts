/*
 * How registries differ, as data. A new quirk is a row or a column here and a fixture, never an `if` elsewhere.
 * Sources: REGISTRIES cards in docs/registries.md, which is generated from this table.
 */

/** Where a registry's tokens come from, known beforehand, so that the 401 that would tell is not needed. */
export interface TokenEndpoint {
  /** `{host}` stands for the registry's own host. */
  readonly realm: string;
  readonly service?: string;
}

export interface RegistryRow {
  readonly name: string;
  /** Exact host, or `*.suffix`, or a `*` inside a label path such as `*.dkr.ecr.*.amazonaws.com`. */
  readonly hosts: readonly string[];
  /** Host of the API where it is not the registry's own name. */
  readonly api?: string;
  readonly tokenEndpoint?: TokenEndpoint;
  /** Anonymous requests are answered without a token, so none is asked for before a 401. */
  readonly openToAnonymous?: true;
  /** The registry takes Basic credentials directly: they are sent with the first request. */
  readonly basic?: true;
  /** Hosts that belong to the same operator and may receive this registry's credentials. */
  readonly authHosts?: readonly string[];
  /** A token for one public repository opens every public one (anonymous only). */
  readonly sharedAnonymousToken?: true;
  /** Several scopes in one token request are refused. */
  readonly singleScope?: true;
  /** A 404 on HEAD is definite; elsewhere one GET confirms it (old Nexus answers HEAD with 404). */
  readonly headIsDefinite?: true;
  /** HEAD never carries a digest: GET at once. */
  readonly headWithoutDigest?: true;
  /** Most requests in flight, where the registry allows few. */
  readonly inFlight?: number;
  /** Tags page size that is asked for; left out where the parameter is refused or harmful. */
  readonly pageSize?: number;
  /** The registry's own API that lists tags with digests (tag-api.ts). */
  readonly tagApi?: 'docker-hub' | 'quay' | 'github';
  /** Reading a manifest counts against a small quota: nothing is read on suspicion. */
  readonly countsReads?: true;
  /** How to log in, for docs/registries.md and for the hint of `unauthorized`. */
  readonly login: string;
  /** What else a user may meet, for docs/registries.md. */
  readonly notes: string;
}

export const REGISTRY_ROWS: readonly RegistryRow[] = [
  {
    name: 'Docker Hub',
    hosts: ['docker.io'],
    api: 'registry-1.docker.io',
    tokenEndpoint: { realm: 'https://auth.docker.io/token', service: 'registry.docker.io' },
    authHosts: ['auth.docker.io'],
    headIsDefinite: true,
    tagApi: 'docker-hub',
    countsReads: true,
    login: 'docker/login-action with the account name and an access token',
    notes:
      'HEAD does not count as a pull, GET of a manifest does. Missing and private are both answered with 401. ' +
      '`find-tags` also asks hub.docker.com.',
  },
  {
    name: 'GitHub Container Registry',
    hosts: ['ghcr.io'],
    tokenEndpoint: { realm: 'https://ghcr.io/token', service: 'ghcr.io' },
    sharedAnonymousToken: true,
    headIsDefinite: true,
    tagApi: 'github',
    login: 'nothing to do with `permissions: packages: read`: the job token is used',
    notes:
      'Repository names are lower-case although owners need not be. Missing and private are told alike. ' +
      '`find-tags` also asks api.github.com.',
  },
  {
    name: 'LinuxServer.io',
    hosts: ['lscr.io'],
    tokenEndpoint: { realm: 'https://ghcr.io/token', service: 'ghcr.io' },
    authHosts: ['ghcr.io'],
    sharedAnonymousToken: true,
    headIsDefinite: true,
    login: 'not needed: everything is public',
    notes: 'A front of ghcr.io.',
  },
  {
    name: 'Amazon ECR',
    hosts: [
      '*.dkr.ecr.*.amazonaws.com',
      '*.dkr.ecr-fips.*.amazonaws.com',
      '*.dkr.ecr.*.amazonaws.com.cn',
      '*.dkr-ecr.*.on.aws',
      '*.dkr-ecr-fips.*.on.aws',
    ],
    basic: true,
    headIsDefinite: true,
    pageSize: 1000,
    login: 'aws-actions/amazon-ecr-login, docker/login-action or the ecr-login credential helper',
    notes: 'Logins end after 12 hours. An immutable tag is refused even for the digest that it has.',
  },
  {
    name: 'Amazon ECR Public',
    hosts: ['public.ecr.aws'],
    tokenEndpoint: { realm: 'https://public.ecr.aws/token', service: 'public.ecr.aws' },
    headIsDefinite: true,
    inFlight: 8,
    login: 'not needed for public images; amazon-ecr-login with `registry-type: public` raises the limit',
    notes: 'One request a second without a login. A stale login is refused for public images too.',
  },
  {
    name: 'Google Artifact Registry and gcr.io',
    hosts: ['gcr.io', '*.gcr.io', '*-docker.pkg.dev', '*.pkg.dev'],
    tokenEndpoint: { realm: 'https://{host}/v2/token', service: '{host}' },
    headIsDefinite: true,
    login: 'google-github-actions/auth and `gcloud auth configure-docker`, or user `oauth2accesstoken`',
    notes: 'The list of tags holds every digest, so `find-tags` costs one request.',
  },
  {
    name: 'Azure Container Registry',
    hosts: ['*.azurecr.io', '*.azurecr.cn', '*.azurecr.us'],
    tokenEndpoint: { realm: 'https://{host}/oauth2/token', service: '{host}' },
    headIsDefinite: true,
    login: '`az acr login`, or docker/login-action with a service principal or a token',
    notes: 'Anonymous pull is off unless it was switched on.',
  },
  {
    name: 'Microsoft Artifact Registry',
    hosts: ['mcr.microsoft.com'],
    openToAnonymous: true,
    headIsDefinite: true,
    login: 'not needed: everything is public',
    notes: 'Asks for no token at all.',
  },
  {
    name: 'Quay',
    hosts: ['quay.io'],
    tokenEndpoint: { realm: 'https://quay.io/v2/auth', service: 'quay.io' },
    openToAnonymous: true,
    headIsDefinite: true,
    inFlight: 8,
    tagApi: 'quay',
    login: 'docker/login-action with a robot account (`namespace+robot`)',
    notes: 'A few requests a second. Digests that no tag holds are deleted.',
  },
  {
    name: 'GitLab.com',
    hosts: ['registry.gitlab.com'],
    tokenEndpoint: { realm: 'https://gitlab.com/jwt/auth', service: 'container_registry' },
    authHosts: ['gitlab.com'],
    headIsDefinite: true,
    login: 'docker/login-action with a deploy token or a personal token with `read_registry`',
    notes: 'The token server is another host; self-managed installations name theirs with `auth-hosts`.',
  },
  {
    name: 'Kubernetes',
    hosts: ['registry.k8s.io'],
    openToAnonymous: true,
    headIsDefinite: true,
    login: 'not needed: everything is public',
    notes: 'Redirects to regional mirrors.',
  },
  {
    name: 'Chainguard',
    hosts: ['cgr.dev'],
    tokenEndpoint: { realm: 'https://cgr.dev/token', service: 'cgr.dev' },
    headIsDefinite: true,
    login: 'the `chainctl` credential helper or a pull token',
    notes: 'Thousands of tags in a repository: `find-tags` looks at the most plausible ones.',
  },
  {
    name: 'Red Hat',
    hosts: ['registry.access.redhat.com', 'registry.redhat.io'],
    headWithoutDigest: true,
    login: 'registry.redhat.io wants a service account (`number|name`)',
    notes: 'Sends no digest header: the manifest is read and hashed.',
  },
  {
    name: 'Elastic',
    hosts: ['docker.elastic.co'],
    tokenEndpoint: { realm: 'https://docker-auth.elastic.co/auth', service: 'token-service' },
    authHosts: ['docker-auth.elastic.co'],
    headIsDefinite: true,
    login: 'not needed: everything is public',
    notes: 'The token server is another host.',
  },
  {
    name: 'DigitalOcean',
    hosts: ['registry.digitalocean.com'],
    authHosts: ['api.digitalocean.com'],
    login: 'docker/login-action with an API token as user and password',
    notes: 'The token server is another host.',
  },
  {
    name: 'NVIDIA',
    hosts: ['nvcr.io'],
    tokenEndpoint: { realm: 'https://nvcr.io/proxy_auth' },
    authHosts: ['authn.nvidia.com'],
    headIsDefinite: true,
    login: 'docker/login-action with user `$oauthtoken` and an API key',
    notes: 'The challenge names no service.',
  },
];

/** The row of a registry (`host[:port]`, canonical), undefined for one that is not known. */
export function rowOf(registry: string): RegistryRow | undefined {
  if (!known.has(registry)) {
    known.set(
      registry,
      REGISTRY_ROWS.find((row) => row.hosts.some((pattern) => hostMatches(registry, pattern))),
    );
  }
  return known.get(registry);
}

/** Rows that were looked up: a run asks for the same few registries again and again. */
const known = new Map<string, RegistryRow | undefined>();

/** Label by label from the end; a `*` at the front takes one or more labels, elsewhere a part of one label. */
function hostMatches(host: string, pattern: string): boolean {
  if (!pattern.includes('*')) return host === pattern;
  const labels = host.split('.');
  const wanted = pattern.split('.');
  if (labels.length < wanted.length) return false;
  if (labels.length > wanted.length && wanted[0] !== '*') return false;
  return wanted.every((want, index) => {
    const label = labels[index + labels.length - wanted.length] ?? '';
    if (want === '*') return label !== '';
    if (want.startsWith('*')) return label.endsWith(want.slice(1)) && label.length >= want.length;
    return label === want;
  });
}
