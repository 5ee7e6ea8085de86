import { canonicalRegistry } from '../core/reference.ts';

/**
 * Public registries that are asked about references in files that strangers wrote, always anonymously: a request to
 * them tells nobody anything and reaches nothing inside a network (SAFETY.md T53).
 */
export const WELL_KNOWN_REGISTRIES = [
  { host: 'docker.io', why: 'Docker Hub' },
  { host: 'ghcr.io', why: 'GitHub Packages' },
  { host: 'quay.io', why: 'Red Hat Quay' },
  { host: 'public.ecr.aws', why: 'Amazon ECR Public' },
  { host: 'mcr.microsoft.com', why: 'Microsoft Artifact Registry' },
  { host: 'gcr.io', why: 'Google, distroless images' },
  { host: 'registry.k8s.io', why: 'Kubernetes' },
  { host: 'registry.gitlab.com', why: 'GitLab' },
  { host: 'registry.access.redhat.com', why: 'Red Hat, images without a login' },
  { host: 'registry.fedoraproject.org', why: 'Fedora' },
  { host: 'registry.opensuse.org', why: 'openSUSE' },
  { host: 'docker.elastic.co', why: 'Elastic' },
  { host: 'nvcr.io', why: 'NVIDIA' },
  { host: 'cgr.dev', why: 'Chainguard' },
  { host: 'lscr.io', why: 'LinuxServer.io' },
] as const;

const WELL_KNOWN: ReadonlySet<string> = new Set(WELL_KNOWN_REGISTRIES.map(({ host }) => host));

/** Whether a registry may be asked, and whether credentials may be used for it. */
export type Permission = 'no' | 'anonymous' | 'with-credentials';

/**
 * What the user allows for a registry: those that `registries` lists are asked with credentials, wherever they are;
 * the well-known ones anonymously; literal addresses, private and unknown hosts not at all.
 * @param listed as `canonicalRegistry` writes them
 */
export function permissionFor(registry: string, listed: ReadonlySet<string>, resolve: 'auto' | 'never'): Permission {
  const canonical = canonicalRegistry(registry);
  if (resolve === 'never') return 'no';
  if (listed.has(canonical)) return 'with-credentials';
  return WELL_KNOWN.has(canonical) ? 'anonymous' : 'no';
}
