import { problemOf } from './reference-problem.ts';
import { DOCKER_HUB, LEGACY_DOCKER_HUB, OFFICIAL_PREFIX, readReference, type Reference } from './reference-grammar.ts';

export { DOCKER_HUB, isRegistry, isRepository, isTag, type Reference } from './reference-grammar.ts';

/**
 * The reference that `text` is, normalised as distribution/reference does (normalize.go), but with its tag kept
 * beside its digest and no tag made up where none stands.
 * @throws UserError `bad-reference` with the corrected form where it can be guessed.
 */
export function parseReference(text: string): Reference {
  const reference = readReference(text);
  if (reference === undefined) throw problemOf(text);
  return reference;
}

/** The fully qualified name without tag and digest: `docker.io/library/nginx`. */
export function nameOf(reference: Reference): string {
  return `${reference.registry}/${reference.repository}`;
}

/** The fully qualified reference: `docker.io/library/nginx:1.27@sha256:…`. */
export function formatReference(reference: Reference): string {
  return nameOf(reference) + identifiersOf(reference);
}

/** The short form that docker shows, without `docker.io/` and `library/`; it parses to the same reference. */
export function familiarReference(reference: Reference): string {
  return familiarNameOf(reference) + identifiersOf(reference);
}

/** The short form of the name: `nginx` for docker.io/library/nginx; the full name where a short one would mislead. */
export function familiarNameOf(reference: Reference): string {
  const name = nameOf(reference);
  if (reference.registry !== DOCKER_HUB) return name;
  const { repository } = reference;
  const rest = repository.startsWith(OFFICIAL_PREFIX) ? repository.slice(OFFICIAL_PREFIX.length) : '/';
  const short = rest.includes('/') ? repository : rest;
  const read = readReference(short);
  return read !== undefined && nameOf(read) === name ? short : name;
}

function identifiersOf({ tag, digest }: Reference): string {
  return (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`);
}

/** The reference with the tag `latest` when it has neither tag nor digest (normalize.go TagNameOnly). */
export function withDefaultTag(reference: Reference): Reference {
  if (reference.tag !== undefined || reference.digest !== undefined) return reference;
  return { ...reference, tag: 'latest' };
}

/** Names of Docker Hub that clients and credential stores use (normalize.go; docker/cli registry.IndexServer). */
const DOCKER_HUB_ALIASES: ReadonlySet<string> = new Set([DOCKER_HUB, LEGACY_DOCKER_HUB, 'registry-1.docker.io']);

/** The registry as it is compared: lower case, Docker Hub's aliases folded, so that equal means the same server. */
export function canonicalRegistry(registry: string): string {
  const lower = registry.toLowerCase();
  return DOCKER_HUB_ALIASES.has(lower) ? DOCKER_HUB : lower;
}
