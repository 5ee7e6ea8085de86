import type { Digest } from './digest.ts';
import type { UserError } from './errors.ts';
import type { Reference } from './reference.ts';
import { compareSemver, isPrerelease, parseSemver, type Semver } from './semver.ts';
import { patternFor, type TagPattern } from './tag-pattern.ts';

/** A tag that is wanted. */
export interface TagTarget {
  readonly tag: string;
  /** With this tag and without a digest. */
  readonly reference: Reference;
}

/** What is allowed to happen to tags that exist. */
export interface TagPermissions {
  readonly overwrite: readonly TagPattern[];
  readonly forwardOnly: readonly TagPattern[];
}

/** What will be done with a tag: `keep` is a tag that `forward-only` holds where it is. */
export type TagAction = 'create' | 'unchanged' | 'move' | 'keep' | 'refuse';

/** A decision with its reason for people; empty where there is nothing to explain. */
export interface TagDecision {
  readonly action: TagAction;
  readonly reason: string;
}

/** A version that was found out, or why it was not. */
export type FoundVersion =
  | { readonly kind: 'version'; readonly version: Semver; readonly text: string }
  | { readonly kind: 'unknown'; readonly why: string };

/**
 * What is to be done with a tag whose present digest is known; `compare` when that depends on versions.
 * Where `overwrite` and `forward-only` both name a tag, the stricter one decides.
 * @param before undefined when the tag does not exist
 */
export function decideTag(
  tag: string,
  before: Digest | undefined,
  isSame: boolean,
  { overwrite, forwardOnly }: TagPermissions,
): TagDecision | 'compare' {
  if (before === undefined) return { action: 'create', reason: '' };
  if (isSame) return { action: 'unchanged', reason: '' };
  if (patternFor(forwardOnly, tag) !== undefined) return 'compare';
  const pattern = patternFor(overwrite, tag);
  if (pattern !== undefined) return { action: 'move', reason: `overwrite: ${pattern.text}` };
  return { action: 'refuse', reason: 'it exists with another digest' };
}

/** Whether a tag of `forward-only` moves: to a higher version only, and never from a release to a pre-release. */
export function compareVersions(next: FoundVersion, present: FoundVersion): TagDecision {
  if (next.kind === 'unknown')
    return { action: 'refuse', reason: `the version of the image is not known: ${next.why}` };
  if (present.kind === 'unknown') {
    return { action: 'refuse', reason: `the version that the tag has now is not known: ${present.why}` };
  }
  const [from, to] = [present.text, next.text];
  if (isPrerelease(next.version) && !isPrerelease(present.version)) {
    return { action: 'keep', reason: `${to} is a pre-release and ${from} is not` };
  }
  const order = compareSemver(next.version, present.version);
  if (order > 0) return { action: 'move', reason: `${from} to ${to}` };
  return { action: 'keep', reason: order === 0 ? `it is ${from} already` : `${to} is older than ${from}` };
}

/** The highest version by SemVer among tags; undefined when none is a version. */
export function highestVersion(
  tags: readonly string[],
): { readonly tag: string; readonly version: Semver } | undefined {
  const versions = tags.flatMap((tag) => {
    const version = parseSemver(tag);
    return version === undefined ? [] : [{ tag, version }];
  });
  return versions.toSorted((one, other) => compareSemver(other.version, one.version))[0];
}

/** What has become of a tag, in the words of the output `json`. */
export type TagResult = 'created' | 'unchanged' | 'moved' | 'kept' | 'refused' | 'failed';

/** A tag with everything that is told about it. */
export interface TagOutcome {
  readonly target: TagTarget;
  readonly result: TagResult;
  /** Digest before; undefined when the tag did not exist or that is not known. */
  readonly before: Digest | undefined;
  /** Digest that the tag has now, as far as that is known. */
  readonly after: Digest | undefined;
  readonly reason: string;
  /** Why it was refused or failed. */
  readonly error: UserError | undefined;
}
