/*
 * Grammar (semver.org, 2.0.0):
 *
 *   version    := [ "v" ] number "." number "." number [ "-" prerelease ] [ "+" build ]
 *   prerelease := identifier *( "." identifier )   numeric identifiers without leading zeros
 *   build      := word *( "." word )
 *   number     := "0" | 1-9 *DIGIT
 */

/** A version by SemVer 2. Numbers are decimal digits, as they may be longer than a number can hold. */
export interface Semver {
  readonly major: string;
  readonly minor: string;
  readonly patch: string;
  /** Identifiers, empty for a release. */
  readonly prerelease: readonly string[];
  readonly build: readonly string[];
}

/** Longest text that is looked at; a tag has at most 128 characters. */
const MAX_LENGTH = 256;

const NUMBER = /^(?:0|[1-9][0-9]*)$/;
const DIGITS = /^[0-9]+$/;
const WORD = /^[0-9A-Za-z-]+$/;

/** The version that `text` is, with or without a leading `v`; undefined when it is none by SemVer 2. */
export function parseSemver(text: string): Semver | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const [rest, build] = cut(text.startsWith('v') ? text.slice(1) : text, '+');
  const [core, prerelease] = cut(rest, '-');
  const [major = '', minor = '', patch = '', ...more] = core.split('.');
  const identifiers = prerelease?.split('.') ?? [];
  const words = build?.split('.') ?? [];
  if (more.length > 0 || ![major, minor, patch].every((number) => NUMBER.test(number))) return undefined;
  if (!identifiers.every(isIdentifier) || !words.every((word) => WORD.test(word))) return undefined;
  return { major, minor, patch, prerelease: identifiers, build: words };
}

function cut(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function isIdentifier(text: string): boolean {
  return WORD.test(text) && (!DIGITS.test(text) || NUMBER.test(text));
}

/** Precedence (SemVer §11): negative when `one` is lower; build metadata does not count. */
export function compareSemver(one: Semver, other: Semver): number {
  return (
    compareNumbers([one.major, one.minor, one.patch], [other.major, other.minor, other.patch]) ||
    comparePrereleases(one.prerelease, other.prerelease)
  );
}

/** Whether the version comes before its release, such as 1.0.0-rc.1. */
export function isPrerelease(version: Semver): boolean {
  return version.prerelease.length > 0;
}

/** Compares number by number; what is missing counts as zero. Numbers are decimal digits of any length. */
export function compareNumbers(one: readonly string[], other: readonly string[]): number {
  const length = Math.max(one.length, other.length);
  for (let index = 0; index < length; index += 1) {
    const difference = compareDigits(one[index] ?? '0', other[index] ?? '0');
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareDigits(one: string, other: string): number {
  const [left, right] = [one.replace(/^0+/, ''), other.replace(/^0+/, '')];
  return left.length - right.length || compareText(left, right);
}

/** Compares pre-releases by SemVer §11: none is highest, numbers below words, more identifiers above fewer. */
export function comparePrereleases(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 || other.length === 0) return other.length - one.length;
  const shared = Math.min(one.length, other.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = compareIdentifiers(one[index] ?? '', other[index] ?? '');
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

function compareIdentifiers(one: string, other: string): number {
  const [oneIsNumber, otherIsNumber] = [DIGITS.test(one), DIGITS.test(other)];
  if (oneIsNumber && otherIsNumber) return compareDigits(one, other);
  if (oneIsNumber !== otherIsNumber) return oneIsNumber ? -1 : 1;
  return compareText(one, other);
}

/** Compares by code units: the order of ASCII for tags, the same on every machine. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
