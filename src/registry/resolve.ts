import { imageIdOf, type Digest } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import type { ImageConfig, ImageManifest, ManifestKind } from '../core/manifest.ts';
import { isIndexType } from '../core/media-type.ts';
import { formatPlatform, samePlatform, type Platform } from '../core/platform.ts';
import { familiarReference, type Reference } from '../core/reference.ts';
import type { Inspection, Resolution } from '../core/resolution.ts';
import type { FetchedManifest, ManifestHead, RegistryClient } from './client.ts';
import { explainMismatch, explainMissing, explainMove, explainRefusal } from './diagnose.ts';
import { inspectImage } from './inspect.ts';
import type { Timing } from './http.ts';
import type { Location } from './location.ts';
import { childManifest, listPlatforms, platformMissing, readConfig } from './platforms.ts';
import type { Trace } from './trace.ts';

/** What is to be found out about a reference. */
export interface ResolveOptions {
  readonly platform?: Platform;
  readonly requirePlatforms: readonly Platform[];
  /** Digests of which the result must be one; empty when anything will do. */
  readonly expect: readonly Digest[];
  readonly inspect: boolean;
  readonly verify: boolean;
  /** Milliseconds to keep asking while the answer is 404. */
  readonly wait: number;
  /** A definite "not found" is an answer and needs no explanation. */
  readonly missingIsFine: boolean;
}

/** What resolving needs from the run. */
export interface ResolveContext {
  readonly client: RegistryClient;
  readonly timing: Timing;
  readonly signal: AbortSignal;
}

/**
 * What a reference means now; undefined when it definitely does not exist and that is fine.
 * @throws UserError with the code that says why there is no answer
 */
export async function resolveReference(
  { client, timing, signal }: ResolveContext,
  reference: Reference,
  options: ResolveOptions,
  trace: Trace,
): Promise<Resolution | undefined> {
  const location = client.locate(reference);
  const look = (): Promise<ManifestHead | FetchedManifest | undefined> =>
    lookUp(client, location, reference, options, trace);
  const found = await waitFor(look, options.wait, timing, signal).catch((error: unknown) =>
    explainRefusal(client, location, reference, error, trace),
  );
  if (found === undefined) {
    if (options.missingIsFine) return undefined;
    throw await explainMissing(client, location, reference, trace);
  }
  const resolution =
    'bytes' in found ? await readMore(client, location, reference, options, found, trace) : bareResolution(found);
  if (options.expect.length > 0 && !options.expect.includes(resolution.digest)) {
    throw await explainMismatch(client, location, reference, resolution, options.expect, trace);
  }
  return resolution;
}

function lookUp(
  client: RegistryClient,
  location: Location,
  reference: Reference,
  { platform, requirePlatforms, inspect, verify }: ResolveOptions,
  trace: Trace,
): Promise<ManifestHead | FetchedManifest | undefined> {
  const identifier = reference.digest ?? reference.tag ?? 'latest';
  const body = platform !== undefined || requirePlatforms.length > 0 || inspect || verify;
  return body ? client.get(location, identifier, trace) : client.head(location, identifier, trace);
}

/** Waits between look-ups of a tag that is not there yet: short at first, then every five seconds. */
const WAITS = [500, 1000, 2000, 3000, 5000] as const;

async function waitFor<T>(
  look: () => Promise<T | undefined>,
  wait: number,
  timing: Timing,
  signal: AbortSignal,
): Promise<T | undefined> {
  const started = timing.now();
  for (let round = 0; ; round += 1) {
    const found = await look();
    const left = wait - (timing.now() - started);
    if (found !== undefined || left <= 0) return found;
    await timing.sleep(Math.min(WAITS[Math.min(round, WAITS.length - 1)] ?? 0, left), signal);
  }
}

function bareResolution(head: ManifestHead): Resolution {
  return {
    digest: head.digest,
    indexDigest: head.digest,
    kind: isIndexType(head.mediaType) ? 'index' : 'manifest',
    mediaType: head.mediaType,
    size: head.size,
    platforms: undefined,
    imageId: undefined,
    inspection: undefined,
    notices: [],
  };
}

/** The manifest that the output digest names, and what is known around it. */
interface Chosen {
  readonly digest: Digest;
  readonly kind: ManifestKind;
  readonly mediaType: string;
  readonly size: number;
  readonly platforms: ReadonlyMap<string, Digest> | undefined;
  /** The image manifest whose config is the image's, when that is clear and was read. */
  readonly image: ImageManifest | undefined;
  readonly config: ImageConfig | undefined;
}

async function readMore(
  client: RegistryClient,
  location: Location,
  reference: Reference,
  options: ResolveOptions,
  found: FetchedManifest,
  trace: Trace,
): Promise<Resolution> {
  const wantsPlatforms = options.platform !== undefined || options.requirePlatforms.length > 0 || options.inspect;
  const chosen = await choose(client, location, reference, options, found, wantsPlatforms, trace);
  requireAll(reference, options.requirePlatforms, chosen.platforms ?? new Map());
  const inspection: Inspection | undefined = options.inspect
    ? await inspectImage(
        client,
        location,
        reference,
        { found, digest: chosen.digest, image: chosen.image, config: chosen.config },
        trace,
      )
    : undefined;
  const moved =
    options.inspect || options.verify ? await compareWithTag(client, location, reference, trace) : undefined;
  const isOne = found.manifest.kind !== 'index' || options.platform !== undefined;
  // The config of an artifact is no image's.
  const config = isOne && options.inspect && chosen.kind === 'manifest' ? chosen.image?.config : undefined;
  return {
    digest: chosen.digest,
    indexDigest: found.digest,
    kind: chosen.kind,
    mediaType: chosen.mediaType,
    size: chosen.size,
    platforms: chosen.platforms,
    imageId: config === undefined ? undefined : imageIdOf(config.digest),
    inspection,
    notices: moved === undefined ? [] : [moved],
  };
}

function requireAll(reference: Reference, required: readonly Platform[], platforms: ReadonlyMap<string, Digest>): void {
  const missing = required.map(formatPlatform).filter((name) => !platforms.has(name));
  if (missing.length > 0)
    throw platformMissing(familiarReference(reference), missing.join(', '), [...platforms.keys()]);
}

async function choose(
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
  const images = await listPlatforms(client, location, manifest, trace);
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

/** A failure to compare takes nothing from the digest that was found: it is told, not thrown. */
async function compareWithTag(
  client: RegistryClient,
  location: Location,
  reference: Reference,
  trace: Trace,
): Promise<string | undefined> {
  try {
    return await explainMove(client, location, reference, trace);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `${familiarReference(reference)}: whether the tag has moved cannot be told: ${error.message}`;
  }
}
