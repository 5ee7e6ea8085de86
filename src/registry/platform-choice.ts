import type { Digest } from '../core/digest.ts';
import type { ImageConfig, ImageManifest, ManifestKind } from '../core/manifest.ts';
import { formatPlatform, samePlatform } from '../core/platform.ts';
import { familiarReference, type Reference } from '../core/reference.ts';
import type { RegistryClient } from './client.ts';
import type { Location } from './location.ts';
import type { FetchedManifest } from './manifest-answer.ts';
import { childManifest, listPlatforms, platformMissing, readConfig } from './platforms.ts';
import type { ResolveOptions } from './resolve.ts';
import type { Trace } from './trace.ts';

/** The manifest that the output digest names, and what is known around it. */
export interface Chosen {
  readonly digest: Digest;
  readonly kind: ManifestKind;
  readonly mediaType: string;
  readonly size: number;
  readonly platforms: ReadonlyMap<string, Digest> | undefined;
  /** The image manifest whose config is the image's, when that is clear and was read. */
  readonly image: ImageManifest | undefined;
  readonly config: ImageConfig | undefined;
}

/**
 * What the output digest names: what was found, or the manifest of the platform that was asked for.
 * @throws UserError `platform-missing`
 */
export async function choose(
  client: RegistryClient,
  location: Location,
  reference: Reference,
  options: ResolveOptions,
  found: FetchedManifest,
  wantsPlatforms: boolean,
  trace: Trace,
): Promise<Chosen> {
  const { manifest, digest, mediaType, size } = found;
  const own = { digest, kind: manifest.kind, mediaType, size };
  if (manifest.kind !== 'index') {
    if (!wantsPlatforms) return { ...own, platforms: undefined, image: manifest, config: undefined };
    return chooseSingle(client, location, reference, options, { ...own, image: manifest }, trace);
  }
  if (!wantsPlatforms) return { ...own, platforms: undefined, image: undefined, config: undefined };
  const wanted = [...(options.platform === undefined ? [] : [options.platform]), ...options.requirePlatforms];
  const images = await listPlatforms(client, location, manifest, trace, wanted);
  const platforms = new Map(images.map(({ name, descriptor }) => [name, descriptor.digest]));
  const { platform } = options;
  if (platform === undefined) return { ...own, platforms, image: undefined, config: undefined };
  const match = images.find((image) => samePlatform(image.platform, platform));
  if (match === undefined)
    throw platformMissing(familiarReference(reference), formatPlatform(platform), [...platforms.keys()]);
  const child = options.inspect ? await childManifest(client, location, match.descriptor.digest, trace) : undefined;
  return {
    digest: match.descriptor.digest,
    kind: 'manifest',
    mediaType: match.descriptor.mediaType,
    size: match.descriptor.size,
    platforms,
    image: child,
    config: child === undefined ? undefined : await readConfig(client, location, child, trace),
  };
}

/** A single manifest has the platform that its config names. */
async function chooseSingle(
  client: RegistryClient,
  location: Location,
  reference: Reference,
  { platform }: ResolveOptions,
  own: { digest: Digest; kind: ManifestKind; mediaType: string; size: number; image: ImageManifest },
  trace: Trace,
): Promise<Chosen> {
  const config = own.kind === 'manifest' ? await readConfig(client, location, own.image, trace) : undefined;
  const name = config?.platform === undefined ? undefined : formatPlatform(config.platform);
  const platforms = new Map(name === undefined ? [] : [[name, own.digest]]);
  if (platform !== undefined && (config?.platform === undefined || !samePlatform(config.platform, platform))) {
    throw platformMissing(familiarReference(reference), formatPlatform(platform), [...platforms.keys()]);
  }
  return { ...own, platforms, config };
}
