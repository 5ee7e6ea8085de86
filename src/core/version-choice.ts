import { compareText } from './semver.ts';
import { compareVersionTags, readVersionTag, type VersionTag } from './version-tag.ts';

/** A version that is taken from the name of a tag. */
export interface TagVersion {
  readonly tag: string;
  /** The tag without a leading `v`: `1.27.3`, `1.27.3-alpine`. */
  readonly version: string;
}

/** Tags in the order in which people read them: versions, the newest and most specific first, then other names by name. */
export function newestFirst(tags: readonly string[]): readonly string[] {
  const versions = versionTags(tags);
  const named = new Set(versions.map(({ tag }) => tag));
  return [...named, ...tags.filter((tag) => !named.has(tag)).toSorted(compareText)];
}

/** The version of an image that has all these tags: the newest and most specific; undefined when none is a version. */
export function versionAmong(tags: readonly string[]): TagVersion | undefined {
  const [newest] = versionTags(tags);
  return newest === undefined ? undefined : { tag: newest.tag, version: newest.tag.replace(/^[vV](?=\d)/, '') };
}

function versionTags(tags: readonly string[]): readonly VersionTag[] {
  const versions = tags.map(readVersionTag).filter((version) => version !== undefined);
  return versions.toSorted((one, other) => compareVersionTags(other, one));
}

/**
 * Whether a tag may name the image whose versions are known: `1.27` beside `1.27.3` may, `1.26` may not. Tags without a
 * version, and days beside versions, may always.
 */
export function mayShareImage(tag: string, known: readonly string[]): boolean {
  const candidate = readVersionTag(tag);
  if (candidate === undefined) return true;
  const comparable = versionTags(known).filter(({ scheme }) => scheme === candidate.scheme);
  return comparable.length === 0 || comparable.some((version) => beginAlike(version.numbers, candidate.numbers));
}

function beginAlike(one: readonly string[], other: readonly string[]): boolean {
  const shared = Math.min(one.length, other.length);
  return one.slice(0, shared).every((number, index) => Number(number) === Number(other[index]));
}
