import { imageIdOf, type Digest } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import type { ManifestKind } from '../core/manifest.ts';
import { isIndexType } from '../core/media-type.ts';
import { formatPlatform, type Platform } from '../core/platform.ts';
import { familiarReference, type Reference } from '../core/reference.ts';
import type { FindTags, FoundTags, Inspection, Resolution } from '../core/resolution.ts';
import type { RegistryClient } from './client.ts';
import { explainMismatch, explainMissing, explainMove, explainRefusal } from './diagnose.ts';
import { inspectImage } from './inspect.ts';
import type { Timing } from './http.ts';
import type { Location } from './location.ts';
import type { FetchedManifest, ManifestHead } from './manifest-answer.ts';
import { platformMissing } from './platforms.ts';
import { choose } from './platform-choice.ts';
import type { Trace } from './trace.ts';
import { findTags } from './version-tags.ts';

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
  /** Absent when no other tags are looked for. */
  readonly findTags?: FindTags;
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
    'bytes' in found
      ? await readMore(client, location, reference, options, found, trace)
      : await readNothing(client, location, reference, options, found, trace);
  if (!isExpected(resolution.digest, options)) {
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

function isExpected(digest: Digest, { expect }: ResolveOptions): boolean {
  return expect.length === 0 || expect.includes(digest);
}

/** The resolution of which only the head is known. */
async function readNothing(
  client: RegistryClient,
  location: Location,
  reference: Reference,
  options: ResolveOptions,
  head: ManifestHead,
  trace: Trace,
): Promise<Resolution> {
  const kind = isIndexType(head.mediaType) ? 'index' : 'manifest';
  const found = { head, kind, digest: head.digest, platforms: undefined } as const;
  const foundTags = await otherTags(client, location, reference, options, found, trace);
  return {
    digest: head.digest,
    indexDigest: head.digest,
    kind,
    mediaType: head.mediaType,
    size: head.size,
    platforms: undefined,
    imageId: undefined,
    inspection: undefined,
    ...(foundTags === undefined ? {} : { foundTags }),
    notices: [],
  };
}

/** What other tags are searched for. */
interface Found {
  readonly head: ManifestHead | FetchedManifest;
  /** Of the head. */
  readonly kind: ManifestKind;
  /** What the reference resolves to. */
  readonly digest: Digest;
  readonly platforms: ReadonlyMap<string, Digest> | undefined;
}

/** The tags with the same digest, where they are wanted and the image is the expected one. */
async function otherTags(
  client: RegistryClient,
  location: Location,
  { tag, digest: asked }: Reference,
  options: ResolveOptions,
  { head, kind, digest, platforms }: Found,
  trace: Trace,
): Promise<FoundTags | undefined> {
  if (options.findTags === undefined || !isExpected(digest, options)) return undefined;
  const image = {
    digest: head.digest,
    kind,
    platforms,
    bytes: 'bytes' in head ? head.bytes : undefined,
    tag: asked === undefined ? tag : undefined,
    writtenTag: tag,
  };
  return findTags(client, location, image, options.findTags, trace);
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
  const head = { head: found, kind: found.manifest.kind, digest: chosen.digest, platforms: chosen.platforms };
  const foundTags = await otherTags(client, location, reference, options, head, trace);
  const inspection: Inspection | undefined = options.inspect
    ? await inspectImage(
        client,
        location,
        reference,
        {
          found,
          digest: chosen.digest,
          image: chosen.image,
          config: chosen.config,
          versionIsKnown: foundTags?.version !== undefined,
        },
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
    ...(foundTags === undefined ? {} : { foundTags }),
    notices: moved === undefined ? [] : [moved],
  };
}

function requireAll(reference: Reference, required: readonly Platform[], platforms: ReadonlyMap<string, Digest>): void {
  const missing = required.map(formatPlatform).filter((name) => !platforms.has(name));
  if (missing.length > 0)
    throw platformMissing(familiarReference(reference), missing.join(', '), [...platforms.keys()]);
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
