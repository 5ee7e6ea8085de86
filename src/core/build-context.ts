import type { Digest } from './digest.ts';
import { familiarNameOf, nameOf, type Reference } from './reference.ts';

/** An image that a build may begin with, pinned. */
export interface PinnedImage {
  readonly key: string;
  readonly reference: Reference;
  readonly digest: Digest;
}

/**
 * The name under which BuildKit looks for a context that takes the place of a FROM (frontend/dockerui, NamedContext;
 * buildx checks and writes `--build-context` alike): the familiar form without `:latest`. An image that is named by its
 * digest alone is found by that digest only. The form for one platform, `name::os/arch`, is not used: buildx refuses it
 * on the command line, and the plain name is found for every platform.
 */
export function contextName(reference: Reference): string {
  const name = familiarNameOf(reference);
  const { tag, digest } = reference;
  if (tag === undefined) return digest === undefined ? name : `${name}@${digest}`;
  return tag === 'latest' ? name : `${name}:${tag}`;
}

/** Contexts by name: `debian:12` → `docker-image://docker.io/library/debian@sha256:…`; of equal names the first. */
export function buildContexts(images: readonly PinnedImage[]): ReadonlyMap<string, string> {
  const contexts = new Map<string, string>();
  for (const { reference, digest } of images) {
    const name = contextName(reference);
    if (!contexts.has(name)) contexts.set(name, `docker-image://${nameOf(reference)}@${digest}`);
  }
  return contexts;
}

/** Build arguments: `BASE_IMAGE` → `docker.io/library/debian@sha256:…`. */
export function buildArgs(images: readonly PinnedImage[]): ReadonlyMap<string, string> {
  return new Map(
    images.map(({ key, reference, digest }) => [
      `${key.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '_')}_IMAGE`,
      `${nameOf(reference)}@${digest}`,
    ]),
  );
}
