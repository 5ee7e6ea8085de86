import type { Digest } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import { isPlatformImage, type ManifestKind } from '../core/manifest.ts';
import type { FindTags, FoundTags } from '../core/resolution.ts';
import { newestFirst, versionAmong, type TagVersion } from '../core/version-choice.ts';
import type { RegistryClient } from './client.ts';
import type { Location } from './location.ts';
import { rowOf } from './quirks.ts';
import { searchTags, type SameDigestOptions, type TagSearch } from './same-digest.ts';
import type { ListedTag } from './tag-api.ts';
import type { Trace } from './trace.ts';

/** The image whose tags are looked for. */
export interface TaggedImage {
  /** What the tag points to. */
  readonly digest: Digest;
  readonly kind: ManifestKind;
  readonly bytes: Uint8Array | undefined;
  /** Manifests of its platforms; undefined when they were not read. */
  readonly platforms: ReadonlyMap<string, Digest> | undefined;
  /** The tag that was asked for; undefined when it was asked for by digest. */
  readonly tag: string | undefined;
  /** The tag that the user wrote, also beside a digest. */
  readonly writtenTag: string | undefined;
}

/** Most indexes that are read to compare what is in them. */
const INDEXES_READ = 8;

/** Requests of a limit that are kept for that: the newest versions are the ones that may hold the same images. */
const KEPT = 4;

/** Below this limit every request is worth more as a look at one more tag. */
const SMALL_LIMIT = 5 * KEPT;

/**
 * The other tags of an image, and the version that they tell (DESIGN.md §5, first and second evidence). A search that
 * fails takes nothing from the digest that was found: what ended it is part of the answer.
 */
export async function findTags(
  client: RegistryClient,
  location: Location,
  image: TaggedImage,
  { mode, limit }: FindTags,
  trace: Trace,
): Promise<FoundTags> {
  const begun = trace.requests;
  const keeps = image.kind === 'index' && mayRead(location) && limit >= SMALL_LIMIT;
  const options: SameDigestOptions = {
    mode,
    limit: keeps ? limit - KEPT : limit,
    askedTag: image.writtenTag,
    readsOnly: true,
    ...(image.bytes === undefined ? {} : { bytes: image.bytes }),
  };
  const search = await searchTags(client, location, image.digest, options, trace);
  const tags = newestFirst(search?.tags ?? []);
  const own = versionAmong([...tags, ...(image.tag === undefined ? [] : [image.tag])]);
  if (own !== undefined) {
    const versionSource = own.tag === image.tag ? `tag ${own.tag}` : `same digest as ${own.tag}`;
    const failure = search?.failure?.message;
    const requests = trace.requests - begun;
    return { tags, failure, version: own.version, versionSource, versionMissing: undefined, requests };
  }
  const { alike, failure } = await findAlike(client, location, image, search, limit, trace);
  return {
    tags,
    failure: failure?.message,
    version: alike?.version,
    versionSource: alike === undefined ? undefined : `same platform images as ${alike.tag}`,
    versionMissing: alike === undefined ? whyNot(search) : undefined,
    requests: trace.requests - begun,
  };
}

async function findAlike(
  client: RegistryClient,
  location: Location,
  image: TaggedImage,
  search: TagSearch | undefined,
  limit: number,
  trace: Trace,
): Promise<{ readonly alike?: TagVersion | undefined; readonly failure?: UserError | undefined }> {
  if (search === undefined || search.failure !== undefined) return { failure: search?.failure };
  try {
    const tags = await sameChildren(client, location, image, search, limit, trace);
    return { alike: versionAmong(tags ?? []) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { failure: error };
  }
}

function whyNot(search: TagSearch | undefined): string {
  if (search === undefined) return 'the registry lists no tags of this repository';
  if (search.failure !== undefined && search.looked === 0) return 'the tags could not be listed';
  if (search.looked === 0) return 'no version tag has this digest';
  if (!search.isPartial) return 'none of the version tags has this digest';
  if (search.looked === 1) return 'the most plausible tag has another digest';
  return `none of the ${search.looked} most plausible tags has this digest`;
}

/** Whether manifests may be read on suspicion: not where that counts against a quota. */
function mayRead({ registry }: Location): boolean {
  return rowOf(registry)?.countsReads !== true;
}

/** The tags of another index that holds the same images; undefined when there is none, or it cannot be told. */
export async function sameChildren(
  client: RegistryClient,
  location: Location,
  image: TaggedImage,
  search: TagSearch,
  limit: number,
  trace: Trace,
): Promise<readonly string[] | undefined> {
  if (image.kind === 'artifact' || search.others.length === 0) return undefined;
  // Where nothing may be read, what a listing told is compared.
  let left = mayRead(location) ? Math.min(INDEXES_READ, limit - search.looked) : 0;
  const read = async (digest: Digest): Promise<readonly Digest[]> => {
    left -= 1;
    return childrenOf(client, location, digest, trace);
  };
  const mayDiffer = new Map<Digest, readonly ListedTag[]>();
  for (const other of search.others) mayDiffer.set(other.digest, [...(mayDiffer.get(other.digest) ?? []), other]);
  let ours = knownChildren(image, search);
  for (const [digest, others] of mayDiffer) {
    let theirs = others[0]?.children;
    if (theirs === undefined && left <= 0) continue;
    if (ours === undefined && left <= 1) return undefined;
    ours ??= await read(image.digest);
    theirs ??= await read(digest);
    if (holdsOneAnother(ours, theirs)) return others.map(({ tag }) => tag);
  }
  return undefined;
}

function knownChildren({ kind, digest, platforms }: TaggedImage, search: TagSearch): readonly Digest[] | undefined {
  if (kind === 'manifest') return [digest];
  return platforms === undefined ? search.children : [...platforms.values()];
}

async function childrenOf(
  client: RegistryClient,
  location: Location,
  digest: Digest,
  trace: Trace,
): Promise<readonly Digest[]> {
  const found = await client.get(location, digest, trace);
  if (found?.manifest.kind !== 'index') return [];
  return found.manifest.manifests.filter(isPlatformImage).map((image) => image.digest);
}

/** Whether one of two indexes has all images of the other: architectures are added to an index one by one. */
function holdsOneAnother(one: readonly Digest[], other: readonly Digest[]): boolean {
  const [small, large] = one.length < other.length ? [one, other] : [other, one];
  return small.length > 0 && small.every((digest) => large.includes(digest));
}
