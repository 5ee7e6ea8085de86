import { readDigest, type Digest } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import {
  canonicalRegistry,
  familiarReference,
  parseReference,
  withDefaultTag,
  type Reference,
} from '../core/reference.ts';
import type { RegistryClient } from './client.ts';
import type { Location } from './location.ts';
import { childManifest, listPlatforms, readConfig } from './platforms.ts';
import { rowOf } from './quirks.ts';
import type { Trace } from './trace.ts';

/** What the image that another one was built on says of itself, or why that cannot be told. */
export type BaseImage =
  | {
      readonly kind: 'read';
      readonly name: string;
      /** Annotations of each level, and labels. */
      readonly statements: readonly ReadonlyMap<string, string>[];
    }
  | { readonly kind: 'unknown'; readonly name: string; readonly why: string };

/** Bases that were read in a run: many images are built on the same one. */
const known = new WeakMap<RegistryClient, Map<string, Promise<BaseImage>>>();

/**
 * Reads the base image that an image records.
 * @param name of `base.name`
 * @param digestText of `base.digest`, undefined when there is none
 * @param platform whose image is read of several: `linux/amd64`
 */
export function readBaseImage(
  client: RegistryClient,
  of: Location,
  name: string,
  digestText: string | undefined,
  platform: string,
  trace: Trace,
): Promise<BaseImage> {
  const bases = known.get(client) ?? new Map<string, Promise<BaseImage>>();
  known.set(client, bases);
  const key = [of.registry, name, digestText ?? '', platform].join(' ');
  const base = bases.get(key) ?? findBase(client, of, name, digestText, platform, trace);
  bases.set(key, base);
  return base;
}

async function findBase(
  client: RegistryClient,
  of: Location,
  name: string,
  digestText: string | undefined,
  platform: string,
  trace: Trace,
): Promise<BaseImage> {
  try {
    const reference = withDefaultTag(parseReference(name));
    const location = client.locate(reference);
    const familiar = familiarReference(reference);
    if (!mayAsk(reference, location, of)) {
      return { kind: 'unknown', name: familiar, why: `it is on ${location.registry}, which was not asked` };
    }
    const digest = reference.digest ?? (digestText === undefined ? undefined : readDigest(digestText));
    const statements = await readStatements(client, location, digest ?? reference.tag ?? 'latest', platform, trace);
    if (statements !== undefined) return { kind: 'read', name: familiar, statements };
    return { kind: 'unknown', name: familiar, why: 'its registry does not have it any more' };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: 'unknown', name, why: error.message };
  }
}

/**
 * An image may name any host as its base's: only the image's own registry, a mirror that the user gave, and the public
 * registries with a name of their own in the table are asked.
 */
function mayAsk(reference: Reference, location: Location, of: Location): boolean {
  if (location.registry === of.registry || location.registry !== canonicalRegistry(reference.registry)) return true;
  return rowOf(location.registry)?.hosts.includes(location.registry) === true;
}

async function readStatements(
  client: RegistryClient,
  location: Location,
  identifier: Digest | string,
  platform: string,
  trace: Trace,
): Promise<readonly ReadonlyMap<string, string>[] | undefined> {
  const found = await client.get(location, identifier, trace);
  if (found === undefined) return undefined;
  const { manifest } = found;
  if (manifest.kind !== 'index') {
    const layers = [manifest.annotations];
    return manifest.kind === 'artifact'
      ? layers
      : [...layers, (await readConfig(client, location, manifest, trace)).labels];
  }
  const images = await listPlatforms(client, location, manifest, trace);
  const one = images.find((image) => image.name === platform) ?? images[0];
  if (one === undefined) return [manifest.annotations];
  const child = await childManifest(client, location, one.descriptor.digest, trace);
  const layers = [manifest.annotations, one.descriptor.annotations, child.annotations];
  return child.kind === 'artifact' ? layers : [...layers, (await readConfig(client, location, child, trace)).labels];
}
