import { matchesDigest, type Digest } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import { familiarReference, formatReference, type Reference } from '../core/reference.ts';
import { parseSemver } from '../core/semver.ts';
import { readVersionTag } from '../core/version.ts';
import {
  compareVersions,
  decideTag,
  highestVersion,
  type FoundVersion,
  type TagDecision,
  type TagPermissions,
  type TagTarget,
} from '../core/tag-decision.ts';
import { patternFor } from '../core/tag-pattern.ts';
import type { RegistryClient } from './client.ts';
import { explainMismatch, explainMissing, explainRefusal } from './diagnose.ts';
import type { Location } from './location.ts';
import type { FetchedManifest } from './manifest-answer.ts';
import { lookAgain, lookAtTag, type LookedTag, type TagPlace } from './tag-look.ts';
import { findVersion } from './tag-version.ts';
import type { Trace } from './trace.ts';

/** What is to be tagged, and how. */
export interface RetagRequest extends TagPermissions {
  /** With a tag or a digest. */
  readonly source: Reference;
  /** Digest that the source must have. */
  readonly expect: Digest | undefined;
  /** On the registry of the source. */
  readonly targets: readonly TagTarget[];
  /** Without it the rights to write are asked for from the beginning. */
  readonly dryRun: boolean;
}

/** The image that gets the tags. */
export interface RetagSource {
  readonly location: Location;
  readonly manifest: FetchedManifest;
}

/** A tag, what it has now, and what will be done with it. */
export interface PlannedTag {
  readonly target: TagTarget;
  readonly location: Location;
  readonly before: Digest | undefined;
  readonly decision: TagDecision | { readonly action: 'fail'; readonly reason: string };
  /** Why it is refused, or could not be decided. */
  readonly error: UserError | undefined;
}

export interface RetagPlan {
  readonly source: RetagSource;
  readonly tags: readonly PlannedTag[];
}

/**
 * Reads the source and looks at every tag, and decides; writes nothing.
 * @throws UserError when the source is not there or not the expected one, or a tag is on another registry
 */
export async function planRetag(client: RegistryClient, request: RetagRequest, trace: Trace): Promise<RetagPlan> {
  const places = placesOf(client, request);
  const reading = readSource(client, places.source, request, trace);
  const looks = places.targets.map((place) => lookAtTag(client, place, trace));
  // A look-up that fails is told with its tag; a source that is not there ends everything.
  const [source, ...heads] = await Promise.all([reading, ...looks]);
  const looked = await Promise.all(heads.map((one) => lookAgain(client, one, trace)));
  const decider = new Decider(client, request, { source, looked }, trace);
  const decided = await Promise.all(looked.map((one) => decider.decide(one)));
  return { source, tags: await Promise.all(decided.map((one) => withRights(client, one))) };
}

/** Where the right to write is known to be missing, nothing is begun. */
async function withRights(client: RegistryClient, planned: PlannedTag): Promise<PlannedTag> {
  const { action } = planned.decision;
  if (action !== 'create' && action !== 'move') return planned;
  const error = await client.session.refusedWrite(planned.location);
  return error === undefined ? planned : failed(planned, error);
}

function placesOf(
  client: RegistryClient,
  { source, targets, dryRun }: RetagRequest,
): { readonly source: Location; readonly targets: readonly TagPlace[] } {
  const from = client.locate(source);
  const located = targets.map((target) => ({ target, location: client.locate(target.reference) }));
  for (const { target, location } of located) {
    if (location.registry !== from.registry) throw otherRegistry(target, location, from);
  }
  if (dryRun) return { source: from, targets: located };
  const places = located.map(({ target, location }) => {
    const { repository } = location;
    const mounts = repository === from.repository ? {} : { from: from.repository };
    return { target, location: { ...location, writes: { repository, ...mounts } } };
  });
  // The source is read with a token that the run needs anyway: its own repository's, or another one that mounts from it.
  const writer = places.find(({ location }) => location.repository === from.repository) ?? places[0];
  return { source: { ...from, ...(writer && { writes: writer.location.writes }) }, targets: places };
}

/** Two names of one registry may be mapped to two mirrors. */
function otherRegistry({ reference }: TagTarget, location: Location, from: Location): UserError {
  return new UserError(
    'bad-input',
    `registry-map sends ${formatReference(reference)} to ${location.registry} and the image to ${from.registry}`,
    'A tag can only be put where the image is: map both to one registry',
  );
}

async function readSource(
  client: RegistryClient,
  location: Location,
  { source, expect }: RetagRequest,
  trace: Trace,
): Promise<RetagSource> {
  const asked = source.digest ?? source.tag ?? 'latest';
  const manifest = await client
    .get(location, asked, trace)
    .catch((error: unknown) => explainRefusal(client, location, source, error, trace));
  if (manifest === undefined) throw await explainMissing(client, location, source, trace);
  if (expect !== undefined && !matchesDigest(manifest.bytes, expect)) {
    const { digest, mediaType, size } = manifest;
    const known = { platforms: undefined, imageId: undefined, inspection: undefined, notices: [] };
    const resolution = { digest, indexDigest: digest, kind: manifest.manifest.kind, mediaType, size, ...known };
    throw await explainMismatch(client, location, source, resolution, [expect], trace);
  }
  return { location, manifest };
}

/** What has been read before decisions. */
interface Seen {
  readonly source: RetagSource;
  readonly looked: readonly LookedTag[];
}

/** Decides about tags; each version is found once, and only when a tag needs it. */
class Decider {
  readonly #client: RegistryClient;
  readonly #request: RetagRequest;
  readonly #source: RetagSource;
  readonly #looked: readonly LookedTag[];
  readonly #trace: Trace;
  #next: Promise<FoundVersion> | undefined;
  /** By repository and digest: `latest`, `1` and `1.4` mostly are one image. */
  readonly #present = new Map<string, Promise<FoundVersion>>();

  constructor(client: RegistryClient, request: RetagRequest, { source, looked }: Seen, trace: Trace) {
    this.#client = client;
    this.#request = request;
    this.#source = source;
    this.#looked = looked;
    this.#trace = trace;
  }

  async decide(looked: LookedTag): Promise<PlannedTag> {
    if (looked.error !== undefined) return failed(looked, looked.error);
    try {
      const decision = await this.#decision(looked);
      const error = decision.action === 'refuse' ? this.#refusal(looked, decision.reason) : undefined;
      return { ...looked, decision, error };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return failed(looked, error);
    }
  }

  async #decision(looked: LookedTag): Promise<TagDecision> {
    const { target, before } = looked;
    const { digest, bytes } = this.#source.manifest;
    const isSame = before !== undefined && (before === digest || matchesDigest(bytes, before));
    const decision = decideTag(target.tag, before, isSame, this.#request);
    if (decision !== 'compare' || before === undefined) {
      return decision === 'compare' ? { action: 'create', reason: '' } : decision;
    }
    this.#next ??= this.#versionOfSource();
    return compareVersions(...(await Promise.all([this.#next, this.#versionBefore(looked, before)])));
  }

  #versionBefore({ target, location, kind }: LookedTag, before: Digest): Promise<FoundVersion> {
    const question = { location, reference: target.reference, digest: before, kind };
    const ask = (tag: string): Promise<FoundVersion> => findVersion(this.#client, { ...question, tag }, this.#trace);
    // A tag that is a version says so itself.
    if (parseSemver(target.tag) !== undefined) return ask(target.tag);
    const key = `${location.repository} ${before}`;
    const begun = this.#present.get(key) ?? ask(this.#mostSpecificTag(location, before) ?? target.tag);
    this.#present.set(key, begun);
    return begun;
  }

  /** Of several tags with one digest the one that says most of the version: `1.4` finds `1.4.2` sooner than `latest`. */
  #mostSpecificTag({ repository }: Location, digest: Digest): string | undefined {
    return this.#looked
      .filter(({ location, before }) => location.repository === repository && before === digest)
      .map(({ target: { tag } }) => ({ tag, numbers: readVersionTag(tag)?.numbers.length ?? 0 }))
      .toSorted((one, other) => other.numbers - one.numbers)[0]?.tag;
  }

  /** The highest version among this run's own tags, else the one that the image has (DESIGN.md §7). */
  async #versionOfSource(): Promise<FoundVersion> {
    const { source, targets } = this.#request;
    const own = highestVersion(targets.map(({ tag }) => tag));
    if (own !== undefined) return { kind: 'version', version: own.version, text: own.tag };
    // A tag beside a digest was not asked for, so it may be elsewhere by now.
    const tag = source.digest === undefined && parseSemver(source.tag ?? '') !== undefined ? source.tag : undefined;
    const { location, manifest } = this.#source;
    const { digest } = manifest;
    const question = { location, reference: source, digest, kind: manifest.manifest.kind, tag };
    return findVersion(this.#client, question, this.#trace);
  }

  #refusal({ target, before }: LookedTag, reason: string): UserError {
    const { tag, reference } = target;
    const name = familiarReference(reference);
    const isCompared = patternFor(this.#request.forwardOnly, tag) !== undefined;
    return new UserError(
      'tag-exists',
      `${name} exists with ${before ?? 'another digest'} and would become ${this.#source.manifest.digest}: ${reason}`,
      isCompared
        ? `Name the version among tags, or move it on purpose: take ${tag} out of forward-only and write overwrite: ${tag}`
        : `To move it on purpose write overwrite: ${tag}, or forward-only: ${tag} to move it to higher versions only`,
    );
  }
}

function failed(looked: Omit<PlannedTag, 'decision' | 'error'>, error: UserError): PlannedTag {
  return { ...looked, decision: { action: 'fail', reason: error.message }, error };
}
