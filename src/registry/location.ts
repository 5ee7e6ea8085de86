import { canonicalRegistry, type Reference } from '../core/reference.ts';
import type { RegistryMapping } from '../core/routing.ts';
import { rowOf } from './quirks.ts';

/** Where a reference is asked for: a registry as it is compared (lower case, Docker Hub folded) and a path there. */
export interface Location {
  readonly registry: string;
  readonly repository: string;
  /** In a run that writes: whose token for writing is asked for at once, also to read. Reads are never anonymous then. */
  readonly writes?: WriteScope;
}

/** What a run will write to. */
export interface WriteScope {
  readonly repository: string;
  /** Another repository of the registry that blobs are mounted from: the token covers reading it. */
  readonly from?: string;
}

/** Where the reference is asked for: at the mirror of the longest mapping that fits, else at its own registry. */
export function locate(reference: Reference, mappings: readonly RegistryMapping[]): Location {
  const registry = canonicalRegistry(reference.registry);
  const name = `${registry}/${reference.repository}`;
  const fitting = mappings
    .filter(({ from }) => name === from || name.startsWith(`${from}/`))
    .toSorted((one, other) => other.from.length - one.from.length)[0];
  if (fitting === undefined) return { registry, repository: reference.repository };
  const mapped = fitting.to + name.slice(fitting.from.length);
  const slash = mapped.indexOf('/');
  return { registry: canonicalRegistry(mapped.slice(0, slash)), repository: mapped.slice(slash + 1) };
}

/** The host that serves the API of a registry: registry-1.docker.io for Docker Hub, else the registry itself. */
export function apiHost(registry: string): string {
  return rowOf(registry)?.api ?? registry;
}

/** The host name without port and brackets. */
export function hostnameOf(registry: string): string {
  const bracket = registry.indexOf(']');
  if (registry.startsWith('[') && bracket > 0) return registry.slice(1, bracket);
  const colon = registry.indexOf(':');
  return colon < 0 ? registry : registry.slice(0, colon);
}

/** Whether the registry is on this machine by its name alone, so that plain http is no risk. */
export function isLoopbackName(registry: string): boolean {
  const host = hostnameOf(registry).toLowerCase();
  if (host === 'localhost' || host.endsWith('.localhost') || host === '::1') return true;
  return /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}
