import type { Digest } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import {
  isAttestation,
  isPlatformImage,
  parseConfig,
  type Descriptor,
  type ImageConfig,
  type ImageIndex,
  type ImageManifest,
} from '../core/manifest.ts';
import { isIndexType } from '../core/media-type.ts';
import { formatPlatform, samePlatform, type Platform } from '../core/platform.ts';
import type { RegistryClient } from './client.ts';
import type { Location } from './location.ts';
import type { Trace } from './trace.ts';

/** The image of one platform inside an index. */
export interface PlatformImage {
  readonly platform: Platform;
  readonly name: string;
  readonly descriptor: Descriptor;
}

/**
 * The platform images of an index in its order, nested indexes opened (REGISTRIES.md Q150 to Q156): attestations,
 * artifacts and unknown platforms left out, of equal platforms the first; further Windows builds under their build.
 * Entries without a platform are looked up in their configs only when a wanted platform, or any, is not there.
 */
export async function listPlatforms(
  client: RegistryClient,
  location: Location,
  index: ImageIndex,
  trace: Trace,
  wanted: readonly Platform[] = [],
): Promise<readonly PlatformImage[]> {
  const entries = await openIndexes(client, location, index, trace, new Set(), 1);
  const named = entries.filter(isPlatformImage).map((descriptor) => ({ platform: descriptor.platform, descriptor }));
  const lacks = wanted.some((want) => !named.some(({ platform }) => samePlatform(platform, want)));
  if (named.length > 0 && !lacks) return withNames(named);
  return withNames([...named, ...(await platformsOfConfigs(client, location, entries, trace))]);
}

function withNames(found: readonly { platform: Platform; descriptor: Descriptor }[]): readonly PlatformImage[] {
  const images = new Map<string, PlatformImage>();
  for (const { platform, descriptor } of found) {
    const plain = formatPlatform(platform);
    const build = platform.osVersion === undefined ? plain : plain.replace('/', `(${platform.osVersion})/`);
    const name = images.has(plain) ? build : plain;
    if (!images.has(name)) images.set(name, { platform, name, descriptor });
  }
  return [...images.values()];
}

async function openIndexes(
  client: RegistryClient,
  location: Location,
  index: ImageIndex,
  trace: Trace,
  seen: Set<Digest>,
  depth: number,
): Promise<readonly Descriptor[]> {
  const entries: Descriptor[] = [];
  for (const entry of index.manifests) {
    if (!isIndexType(entry.mediaType)) entries.push(entry);
    else if (!seen.has(entry.digest) && depth < LIMITS.indexDepth) {
      seen.add(entry.digest);
      const nested = await client.get(location, entry.digest, trace);
      if (nested?.manifest.kind === 'index') {
        entries.push(...(await openIndexes(client, location, nested.manifest, trace, seen, depth + 1)));
      }
    }
  }
  return entries;
}

/** Most entries without a platform whose configs are read: each costs two requests. */
const CONFIGS_READ = 16;

async function platformsOfConfigs(
  client: RegistryClient,
  location: Location,
  entries: readonly Descriptor[],
  trace: Trace,
): Promise<readonly { platform: Platform; descriptor: Descriptor }[]> {
  const unnamed = entries
    .filter((entry) => entry.platform === undefined && !isAttestation(entry))
    .slice(0, CONFIGS_READ);
  const found = await Promise.all(
    unnamed.map(async (descriptor) => {
      const fetched = await client.get(location, descriptor.digest, trace);
      if (fetched === undefined || fetched.manifest.kind !== 'manifest') return undefined;
      const platform = (await readConfig(client, location, fetched.manifest, trace)).platform;
      return platform === undefined ? undefined : { platform, descriptor };
    }),
  );
  return found.filter((one) => one !== undefined);
}

/** The config of an image manifest. @throws UserError `not-found` when the registry has lost it */
export async function readConfig(
  client: RegistryClient,
  location: Location,
  { config }: ImageManifest,
  trace: Trace,
): Promise<ImageConfig> {
  const bytes = config === undefined ? undefined : await client.blob(location, config.digest, trace, config.size);
  if (bytes !== undefined) return parseConfig(bytes);
  throw new UserError(
    'not-found',
    `${location.registry}/${location.repository} has a manifest but not the config that it names${config === undefined ? '' : ` (${config.digest})`}`,
    'Push the image again: the registry has lost a part of it',
  );
}

/** The error for a platform that an image does not have. */
export function platformMissing(name: string, wanted: string, existing: readonly string[]): UserError {
  const has = existing.length === 0 ? 'it names no platform at all' : `it has ${existing.join(', ')}`;
  return new UserError(
    'platform-missing',
    `${name} has no image for ${wanted}: ${has}`,
    existing.length === 0
      ? 'Leave out platform for artifacts'
      : `Ask for one of ${existing.join(', ')}, or build and push ${wanted}`,
  );
}

/** The image manifest that an index names. @throws UserError `not-found` when the registry has lost it */
export async function childManifest(
  client: RegistryClient,
  location: Location,
  digest: Digest,
  trace: Trace,
): Promise<ImageManifest> {
  const child = await client.get(location, digest, trace);
  if (child !== undefined && child.manifest.kind !== 'index') return child.manifest;
  throw new UserError(
    'not-found',
    `${location.registry}/${location.repository} has an index but not the manifest ${digest} that it names`,
    'Push the image again: the registry has lost a part of it',
  );
}
