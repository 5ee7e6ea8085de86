import { matchesDigest, type Digest } from '../core/digest.ts';
import { plausibleTags } from '../core/version.ts';
import type { RegistryClient } from './client.ts';
import type { Location } from './location.ts';
import { listTags } from './tag-list.ts';
import type { Trace } from './trace.ts';

/** Which tags are looked for, and how long. */
export interface SameDigestOptions {
  /** `semver`: tags that name a version; `all`: the others too. */
  readonly mode: 'semver' | 'all';
  /** Most tags that are looked at with one request each. */
  readonly limit: number;
  /** The tag whose equals are looked for: it decides which tags are plausible, and is not in the answer. */
  readonly askedTag: string | undefined;
  /** Only tags of which this is true; all when left out. */
  readonly only?: (tag: string) => boolean;
  /** Whether the first one is enough; they are looked at in the order of plausibility. */
  readonly first?: boolean;
  /** The manifest's bytes, where they are known: a registry may name it by another algorithm. */
  readonly bytes?: Uint8Array;
}

/** The tags that have a digest. */
export interface SameDigest {
  /** Most plausible first. */
  readonly tags: readonly string[];
  /** Tags that were looked at. */
  readonly looked: number;
  /** Plausible tags that were not looked at, because of `limit` or because the list of tags was cut. */
  readonly isPartial: boolean;
}

/** Look-ups at once, so that the first one that is found ends the search soon. */
const AT_ONCE = 8;

/**
 * Which other tags have this digest (DESIGN.md §5): from the registry's own digest listing where there is one, else by
 * HEADs of the most plausible tags within the limit.
 * @returns undefined when there is no such repository
 * @throws UserError when the tags cannot be listed or looked at
 */
export async function findSameDigest(
  client: RegistryClient,
  location: Location,
  digest: Digest,
  options: SameDigestOptions,
  trace: Trace,
): Promise<SameDigest | undefined> {
  const list = await listTags(client, location, trace);
  if (list === undefined) return undefined;
  const { mode, askedTag, limit, only = () => true } = options;
  const plausible = (tags: readonly string[], most: number): readonly string[] =>
    plausibleTags(tags.filter(only), askedTag, most, mode);
  if (list.tagsOf !== undefined) {
    const tags = plausible(list.tagsOf.get(digest) ?? [], Number.MAX_SAFE_INTEGER);
    return { tags, looked: 0, isPartial: !list.complete };
  }
  const all = plausible(list.tags, limit + 1);
  const candidates = all.slice(0, limit);
  const found: string[] = [];
  let looked = 0;
  while (looked < candidates.length && !(options.first === true && found.length > 0)) {
    const some = candidates.slice(looked, looked + AT_ONCE);
    const heads = await Promise.all(some.map((tag) => client.head(location, tag, trace, false)));
    found.push(...some.filter((_, index) => isSame(heads[index]?.digest, digest, options.bytes)));
    looked += some.length;
  }
  return { tags: found, looked, isPartial: looked < all.length || !list.complete };
}

function isSame(found: Digest | undefined, digest: Digest, bytes: Uint8Array | undefined): boolean {
  if (found === undefined) return false;
  return found === digest || (bytes !== undefined && matchesDigest(bytes, found));
}
