import { isTag } from './reference-grammar.ts';
import { compareNumbers, comparePrereleases, compareText } from './semver.ts';

/*
 * What tags look like (nginx, python, node, postgres, php, alpine, debian, ubuntu, temurin, minio, bitnami):
 *
 *   tag     := *( word ( "-" | "_" | "." ) ) [ "v" ] ( numbers | date ) *( separator token | pre-release )
 *   numbers := 1*DIGIT *( "." 1*DIGIT )
 *   date    := YYYYMMDD [ hhmm [ ss ] ] [ "." 1*DIGIT ] | YYYY-MM-DD [ "T" hh-mm-ss "Z" ]
 *   token   := pre-release (rc1, beta.2) | revision (3, r5, b05, a date) | flavour (alpine3.20, slim, debian-12)
 */

/** A tag that names a version: `v1.27.2-rc1-alpine3.20`. */
export interface VersionTag {
  readonly tag: string;
  /** `date` where the version is a day (`20241001`, `jammy-20240911.1`); 2024.10.1 is a version like any other. */
  readonly scheme: 'version' | 'date';
  /** One number or more as decimal digits, leading zeros kept. */
  readonly numbers: readonly string[];
  /** As in SemVer (`rc`, `1`), lower case; empty for a release. */
  readonly prerelease: readonly string[];
  /** Numbers of a rebuild of the same version: `17.0.12_7`, `-r5`, `-1`. */
  readonly revision: readonly string[];
  /** What else the tag says of the image, lower case, joined by dashes: `alpine3.20`, `bookworm-slim`; empty for none. */
  readonly flavour: string;
}

/** Words that stand before a version and say nothing more. */
const PLAIN_PREFIXES: ReadonlySet<string> = new Set(['v', 'version', 'ver', 'release', 'rel', 'r']);

/** Words that stand behind a version and say nothing more. */
const PLAIN_SUFFIXES: ReadonlySet<string> = new Set(['final', 'release', 'ga', 'stable']);

/** Names that are moved whenever something is pushed; before a number that is no day they make it a build's. */
const FLOATING_NAMES: ReadonlySet<string> = new Set(
  (
    'latest stable edge nightly main master trunk head dev devel develop development lts current mainline testing test unstable ' +
    'canary next beta alpha rc pre preview snapshot rolling daily weekly monthly insiders experimental default prod production ' +
    'staging oldstable pr mr branch build run ci sha git commit'
  ).split(' '),
);

/** Words of a pre-release, alone or with numbers. */
const PRERELEASE =
  /^(?:(?:alpha|beta|rc|cr|pre|preview|dev|snapshot|nightly|canary|next|milestone|ea|insiders|experimental|unstable)(?:[.\d].*)?|m\d+)$/;

/** A pre-release as Python writes it: directly behind the numbers. */
const ATTACHED_PRERELEASE = /^[ab]\d+$/;

const REVISION = /^(?:r|p|u|rev|build|b|sp|patch)?(\d+(?:\.\d+)*)$/;

/** The head of a tag: words, an optional v, and the numbers. The rest follows. */
const HEAD = /^((?:[A-Za-z]+[-_.])*)[vV]?(\d{4}-\d\d-\d\d(?:T\d\d-\d\d-\d\dZ)?(?![\d.])|\d+(?:\.\d+)*)/;

const DAY = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?$/;

/** The version that a tag names; undefined for floating names, commits, digests and what is no tag at all. */
export function readVersionTag(tag: string): VersionTag | undefined {
  if (!isTag(tag) || isDigestTag(tag) || isCommitTag(tag)) return undefined;
  const head = HEAD.exec(tag);
  if (head === null) return undefined;
  const [whole, words = '', version = ''] = head;
  const prefix = wordsOf(words).filter((word) => !PLAIN_PREFIXES.has(word));
  const numbers = numbersOf(version);
  const scheme = DAY.test(numbers[0] ?? '') || version.includes('-') ? 'date' : 'version';
  const isBuild = prefix.some((word) => FLOATING_NAMES.has(word)) || numbers.length < 2;
  if (prefix.length > 0 && scheme === 'version' && isBuild) return undefined;
  const { flavour, ...rest } = readSuffix(tag.slice(whole.length));
  return { tag, scheme, numbers, ...rest, flavour: [...prefix, ...flavour].join('-') };
}

/** Non-empty words in lower case, where dashes, underscores and dots separate. */
function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[-_.]/)
    .filter((word) => word !== '');
}

/** `1.27.2` by its dots; `2024-10-02T17-50-41Z` as day and time. */
function numbersOf(version: string): readonly string[] {
  if (!version.includes('-')) return version.split('.');
  return version.split('T').map((part) => part.replaceAll(/\D/g, ''));
}

interface Suffix {
  readonly prerelease: readonly string[];
  readonly revision: readonly string[];
  readonly flavour: readonly string[];
}

function readSuffix(suffix: string): Suffix {
  const prerelease: string[] = [];
  const revision: string[] = [];
  const flavour: string[] = [];
  const isAttached = /^[A-Za-z]/.test(suffix);
  for (const [index, token] of tokensOf(suffix).entries()) {
    const number = REVISION.exec(token)?.[1];
    const isBeta = index === 0 && isAttached && ATTACHED_PRERELEASE.test(token);
    if (isBeta || PRERELEASE.test(token)) prerelease.push(...identifiersOf(token));
    // A number behind a flavour belongs to it: `debian-12`.
    else if (number !== undefined && (flavour.length === 0 || !/^\d/.test(token))) revision.push(...number.split('.'));
    else if (!PLAIN_SUFFIXES.has(token)) flavour.push(token);
  }
  return { prerelease, revision, flavour };
}

/** Parts between dashes and underscores, lower case; a dot in front counts as one (`.Final`), inside it belongs to its part. */
function tokensOf(suffix: string): readonly string[] {
  const text = suffix.toLowerCase();
  const parts = (text.startsWith('.') ? text.slice(1) : text).split(/[-_]/);
  return parts.filter((part) => part !== '');
}

/** `rc.1`, `rc1` and `RC1` are `rc`, `1`. */
function identifiersOf(token: string): readonly string[] {
  return token.match(/\d+|[^\d.]+/g) ?? [];
}

/**
 * Orders version tags: negative when `one` is lower. Days come before versions, then the numbers decide (what is
 * missing counts as zero), then pre-releases before releases, then revisions; of two that are equal so far the less
 * specific one comes first (`1.27` before `1.27.0`). Flavours decide last, by name, so that the order is total.
 */
export function compareVersionTags(one: VersionTag, other: VersionTag): number {
  if (one.scheme !== other.scheme) return one.scheme === 'date' ? -1 : 1;
  return (
    compareNumbers(one.numbers, other.numbers) ||
    comparePrereleases(one.prerelease, other.prerelease) ||
    compareNumbers(one.revision, other.revision) ||
    one.numbers.length - other.numbers.length ||
    one.revision.length - other.revision.length ||
    compareText(other.flavour, one.flavour) ||
    compareText(one.tag, other.tag)
  );
}

/** Whether the tag is a digest written as a tag: the referrers fallback and what cosign stores beside an image. */
export function isDigestTag(tag: string): boolean {
  return /^sha(?:256|384|512)-[a-f0-9]{32,124}(?:[.-][\w.-]*)?$/.test(tag);
}

/** Whether the tag names a commit: 7 to 40 hexadecimal digits (no day such as 20241001), bare or behind `sha-`. */
export function isCommitTag(tag: string): boolean {
  const match = /^(?:(?:sha|git|commit)[-_])?([a-f0-9]{7,40})$/.exec(tag);
  return match !== null && (match[1] !== tag || !DAY.test(tag));
}

/**
 * Whether the tag is a name that is expected to move: `latest`, `edge`, a branch, a bare flavour such as `alpine3.20`.
 * It names no version, no day, no commit and no digest.
 */
export function isFloatingTag(tag: string): boolean {
  if (isDigestTag(tag) || isCommitTag(tag) || readVersionTag(tag) !== undefined) return false;
  return !tag.split(/[-_.]/).some((word) => DAY.test(word) || isCommitTag(word));
}

/** The words of a tag that names no version, without those that every floating tag may have: `alpine` of `stable-alpine`. */
export function flavourOf(tag: string): string {
  const words = tag.toLowerCase().split(/[-_]/);
  return words.filter((word) => word !== '' && !FLOATING_NAMES.has(word)).join('-');
}

/** Whether a tag speaks of versions before their release: `edge`, `next`, `rc`. */
export function isAheadOfReleases(tag: string): boolean {
  const ahead =
    /^(?:edge|nightly|canary|next|dev|devel|develop|main|master|trunk|head|unstable|testing|snapshot|rolling|daily)$/;
  return tag
    .toLowerCase()
    .split(/[-_.]/)
    .some((word) => ahead.test(word) || PRERELEASE.test(word));
}
