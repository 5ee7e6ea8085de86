import { isTag } from './reference-grammar.ts';
import { compareNumbers, compareText } from './semver.ts';
import {
  compareVersionTags,
  flavourOf,
  isAheadOfReleases,
  isCommitTag,
  isDigestTag,
  readVersionTag,
  type VersionTag,
} from './version-tag.ts';

export { compareSemver, isPrerelease, parseSemver, type Semver } from './semver.ts';
export {
  compareVersionTags,
  isCommitTag,
  isDigestTag,
  isFloatingTag,
  readVersionTag,
  type VersionTag,
} from './version-tag.ts';

/** What is known of the tag whose equals are looked for. */
interface Asked {
  readonly version: VersionTag | undefined;
  /** Flavours that count as the asked one: for `oldstable-slim` also `oldstable-slim` itself, as days are named after it. */
  readonly flavours: readonly string[];
  /** Whether a pre-release is as likely as a release. */
  readonly ahead: boolean;
}

/**
 * The tags that most plausibly have the same digest as `asked`, best first, without `asked` itself and without what
 * is no tag by the grammar or a digest written as a tag. `semver` takes tags that name a version; `all` appends the
 * others, floating names before commits.
 *
 * The order, first difference decides:
 * 1. where the asked tag names a version: tags whose version begins with the same numbers (`1.27` → `1.27.2`);
 * 2. the flavour: the same (`alpine`); the same but for numbers (`alpine3.20`); then by how many words only one of them has
 *    (`slim` and `bookworm-slim` are near: default flavours have both names);
 * 3. releases before pre-releases, unless the asked tag is one or speaks of them (`edge`, `next`);
 * 4. the newest first, and of equal ones the most specific (`1.27.0` before `1.27`); days behind versions.
 *
 * @param limit most tags in the answer
 */
export function plausibleTags(
  tags: readonly string[],
  asked: string | undefined,
  limit: number,
  mode: 'semver' | 'all' = 'semver',
): readonly string[] {
  const others = [...new Set(tags)].filter((tag) => tag !== asked && isTag(tag) && !isDigestTag(tag));
  const versions = others.map(readVersionTag).filter((version) => version !== undefined);
  const question = readAsked(asked);
  const ranked = versions
    .map((version) => ({ version, rank: rankOf(version, question) }))
    .toSorted((one, other) => compareRanks(one.rank, other.rank) || compareVersionTags(other.version, one.version))
    .map(({ version }) => version.tag);
  if (mode === 'semver') return ranked.slice(0, limit);
  const named = new Set(ranked);
  const rest = others.filter((tag) => !named.has(tag)).toSorted(compareText);
  const commits = rest.filter(isCommitTag);
  return [...ranked, ...rest.filter((tag) => !isCommitTag(tag)), ...commits].slice(0, limit);
}

function readAsked(asked: string | undefined): Asked {
  const version = asked === undefined ? undefined : readVersionTag(asked);
  if (version !== undefined) return { version, flavours: [version.flavour], ahead: version.prerelease.length > 0 };
  if (asked === undefined || isCommitTag(asked)) return { version, flavours: [''], ahead: false };
  return { version, flavours: [flavourOf(asked), asked.toLowerCase()], ahead: isAheadOfReleases(asked) };
}

/** Small numbers are plausible: family of the version, flavour, pre-release. */
function rankOf(version: VersionTag, asked: Asked): readonly number[] {
  const isPre = version.prerelease.length > 0 && !asked.ahead;
  const distances = asked.flavours.map((flavour) => flavourDistance(version.flavour, flavour));
  return [isOfFamily(version, asked.version) ? 0 : 1, Math.min(...distances), isPre ? 1 : 0];
}

function isOfFamily(version: VersionTag, asked: VersionTag | undefined): boolean {
  if (asked === undefined) return true;
  if (version.scheme !== asked.scheme) return false;
  const shared = Math.min(version.numbers.length, asked.numbers.length);
  return compareNumbers(version.numbers.slice(0, shared), asked.numbers.slice(0, shared)) === 0;
}

/** Words that only one of them has, twice, and one more when the numbers in them differ: `alpine` is 1 from `alpine3.20`. */
function flavourDistance(one: string, other: string): number {
  if (one === other) return 0;
  const [left, right] = [wordsOf(one), wordsOf(other)];
  return 2 * left.symmetricDifference(right).size + 1;
}

/** The words of a flavour without numbers: `fpm` and `alpine` of `fpm-alpine3.20`, `debian` of `debian-12`. */
function wordsOf(flavour: string): ReadonlySet<string> {
  const words = flavour.split('-').map((word) => word.replaceAll(/[\d.]+/g, ''));
  return new Set(words.filter((word) => word !== ''));
}

function compareRanks(one: readonly number[], other: readonly number[]): number {
  for (const [index, rank] of one.entries()) {
    const difference = rank - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
