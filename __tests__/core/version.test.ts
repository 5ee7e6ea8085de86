import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import {
  compareSemver,
  compareVersionTags,
  isCommitTag,
  isDigestTag,
  isFloatingTag,
  isPrerelease,
  parseSemver,
  plausibleTags,
  readVersionTag,
  type Semver,
  type VersionTag,
} from '../../src/core/version.ts';

function semver(text: string): Semver {
  const version = parseSemver(text);
  if (version === undefined) throw new Error(`${text} is no version`);
  return version;
}

function versionTag(text: string): VersionTag {
  const version = readVersionTag(text);
  if (version === undefined) throw new Error(`${text} names no version`);
  return version;
}

/** The lists of valid and invalid versions that semver.org links to (regex101.com/r/vkijKf). */
const VALID = `0.0.4 1.2.3 10.20.30 1.1.2-prerelease+meta 1.1.2+meta 1.1.2+meta-valid 1.0.0-alpha 1.0.0-beta
  1.0.0-alpha.beta 1.0.0-alpha.beta.1 1.0.0-alpha.1 1.0.0-alpha0.valid 1.0.0-alpha.0valid
  1.0.0-alpha-a.b-c-somethinglong+build.1-aef.1-its-okay 1.0.0-rc.1+build.1 2.0.0-rc.1+build.123 1.2.3-beta
  10.2.3-DEV-SNAPSHOT 1.2.3-SNAPSHOT-123 1.0.0 2.0.0 1.1.7 2.0.0+build.1848 2.0.1-alpha.1227 1.0.0-alpha+beta
  1.2.3----RC-SNAPSHOT.12.9.1--.12+788 1.2.3----R-S.12.9.1--.12+meta 1.2.3----RC-SNAPSHOT.12.9.1--.12
  1.0.0+0.build.1-rc.10000aaa-kk-0.1 99999999999999999999999.999999999999999999.99999999999999999 1.0.0-0A.is.legal`;
const INVALID = `1 1.2 1.2.3-0123 1.2.3-0123.0123 1.1.2+.123 +invalid -invalid -invalid+invalid -invalid.01 alpha
  alpha.beta alpha.beta.1 alpha.1 alpha+beta alpha_beta alpha. alpha.. beta 1.0.0-alpha_beta -alpha. 1.0.0-alpha..
  1.0.0-alpha..1 1.0.0-alpha...1 1.0.0-alpha....1 1.0.0-alpha.....1 1.0.0-alpha......1 1.0.0-alpha.......1 01.1.1
  1.01.1 1.1.01 1.2.3.DEV 1.2-SNAPSHOT 1.2.31.2.3----RC-SNAPSHOT.12.09.1--..12+788 1.2-RC-SNAPSHOT
  -1.0.3-gamma+b7718 +justmeta 9.8.7+meta+meta 9.8.7-whatever+meta+meta
  99999999999999999999999.999999999999999999.99999999999999999----RC-SNAPSHOT.12.09.1--------------------------------..12`;

describe('SemVer 2', () => {
  test.each(VALID.split(/\s+/))('%s is a version, with and without v', (text) => {
    expect(parseSemver(text)).toBeDefined();
    expect(parseSemver(`v${text}`)).toEqual(parseSemver(text));
  });

  test.each([...INVALID.split(/\s+/), '', 'v', 'V1.2.3', 'vv1.2.3', ' 1.2.3', '1.2.3 ', '1.2.3-', '1.2.3+', '١.2.3'])(
    '%j is none',
    (text) => {
      expect(parseSemver(text)).toBeUndefined();
    },
  );

  test('a version has its parts', () => {
    expect(parseSemver('v1.20.3-rc.1.x-y+build.5')).toEqual({
      major: '1',
      minor: '20',
      patch: '3',
      prerelease: ['rc', '1', 'x-y'],
      build: ['build', '5'],
    });
    expect([isPrerelease(semver('1.0.0-rc.1')), isPrerelease(semver('1.0.0+build'))]).toEqual([true, false]);
  });

  /** §11 of the specification, and beyond what a number can hold. */
  const ascending = `0.0.0 0.0.1 0.9.9 1.0.0-0 1.0.0-1 1.0.0-10 1.0.0-9007199254740993 1.0.0-9007199254740994 1.0.0-0A
    1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0 1.0.1 1.9.0 1.10.0
    2.0.0 2.1.0 2.1.1 9007199254740993.0.0 9007199254740994.0.0`
    .split(/\s+/)
    .map(semver);

  test('precedence is that of the specification', () => {
    for (const [at, one] of ascending.entries()) {
      for (const [index, other] of ascending.entries()) {
        expect(Math.sign(compareSemver(one, other))).toBe(Math.sign(at - index));
      }
    }
  });

  test('build metadata does not count', () => {
    expect(compareSemver(semver('1.0.0+a'), semver('v1.0.0+b'))).toBe(0);
  });

  test('any version that is written reads as itself, and order is a total order', () => {
    const number = fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String);
    const identifier = fc.oneof(number, fc.stringMatching(/^[0-9A-Za-z-]*[A-Za-z-][0-9A-Za-z-]*$/));
    const version = fc
      .tuple(number, number, number, fc.array(identifier, { maxLength: 3 }))
      .map(([major, minor, patch, pre]) => {
        return `${major}.${minor}.${patch}${pre.length === 0 ? '' : `-${pre.join('.')}`}`;
      });
    fc.assert(
      fc.property(version, version, version, (one, two, three) => {
        const [a, b, c] = [semver(one), semver(two), semver(three)];
        expect(compareSemver(a, a)).toBe(0);
        expect(Math.sign(compareSemver(a, b))).toBe(-Math.sign(compareSemver(b, a)) + 0);
        if (compareSemver(a, b) <= 0 && compareSemver(b, c) <= 0) expect(compareSemver(a, c)).toBeLessThanOrEqual(0);
        expect(compareSemver(a, b) === 0).toBe(one === two);
      }),
    );
  });
});

describe('tags that name a version', () => {
  test.each<readonly [string, string]>([
    ['1.27.2', '1.27.2'],
    ['v1.27.2', '1.27.2'],
    ['V2', '2'],
    ['17', '17'],
    ['24.04', '24.04'],
    ['10.0.20348.2700', '10.0.20348.2700'],
    ['release-12', '12'],
    ['version-4.0.8.1874', '4.0.8.1874'],
    ['2024.10.1', '2024.10.1'],
    ['1.27.2-alpine', '1.27.2 alpine'],
    ['1.27.2-alpine3.20', '1.27.2 alpine3.20'],
    ['1.27.2-alpine-3.20', '1.27.2 alpine-3.20'],
    ['3.12.7-slim-bookworm', '3.12.7 slim-bookworm'],
    ['12-slim', '12 slim'],
    ['11.2.0-ubuntu', '11.2.0 ubuntu'],
    ['17.4.1-ce.0', '17.4.1 ce.0'],
    ['3.12.7-windowsservercore-ltsc2022', '3.12.7 windowsservercore-ltsc2022'],
    ['1.2.3_amd64', '1.2.3 amd64'],
    ['26.1.3.Final-jdk17', '26.1.3 jdk17'],
    ['api-v1.2.3', '1.2.3 api'],
    ['1.0.0-rc1', '1.0.0 <rc 1>'],
    ['1.0.0-rc.1', '1.0.0 <rc 1>'],
    ['1.0.0-RC1', '1.0.0 <rc 1>'],
    ['3.13.0rc2', '3.13.0 <rc 2>'],
    ['3.15.0a5-slim', '3.15.0 <a 5> slim'],
    ['17beta3', '17 <beta 3>'],
    ['10.1.0-M17', '10.1.0 <m 17>'],
    ['8.4-rc-fpm', '8.4 <rc> fpm'],
    ['8.4.0RC1-fpm-alpine3.20', '8.4.0 <rc 1> fpm-alpine3.20'],
    ['v1.2.3-beta.2-alpine', '1.2.3 <beta 2> alpine'],
    ['1.0.0-alpha.beta', '1.0.0 <alpha beta>'],
    ['1.0.0-SNAPSHOT', '1.0.0 <snapshot>'],
    ['8u422-b05-jdk', '8 #422 05 jdk'],
    ['17.0.12_7-jdk-jammy', '17.0.12 #7 jdk-jammy'],
    ['1.2.3-debian-12-r5', '1.2.3 #5 debian-12'],
    ['1.2.3-r0', '1.2.3 #0'],
    ['1.2.3-1', '1.2.3 #1'],
    ['1.2.3-20241001', '1.2.3 #20241001'],
    ['20241001', 'day 20241001'],
    ['202410011359', 'day 202410011359'],
    ['20241001.1', 'day 20241001.1'],
    ['2024-10-01', 'day 20241001'],
    ['RELEASE.2024-10-02T17-50-41Z', 'day 20241002.175041'],
    ['jammy-20240911.1', 'day 20240911.1 jammy'],
    ['bookworm-20240904-slim', 'day 20240904 bookworm-slim'],
    ['oldstable-20260803', 'day 20260803 oldstable'],
    ['nightly-20240101', 'day 20240101 nightly'],
  ])('%s is read as %s', (tag, parts) => {
    const { scheme, numbers, prerelease, revision, flavour } = versionTag(tag);
    const shown = [
      scheme === 'date' ? 'day' : '',
      numbers.join('.'),
      prerelease.length > 0 ? `<${prerelease.join(' ')}>` : '',
      revision.length > 0 ? `#${revision.join(' ')}` : '',
      flavour,
    ];
    expect(shown.filter((part) => part !== '').join(' ')).toBe(parts);
    expect([isFloatingTag(tag), isCommitTag(tag), isDigestTag(tag)]).toEqual([false, false, false]);
  });
});

describe('tags that name no version', () => {
  const hex = '764c89bf53e9935db99a57253a0a2a1d9660bf4db8edd741781707122d24cec5';
  const floating =
    `latest stable edge nightly main master dev lts lts-iron current-alpine alpine alpine3.20 slim bookworm noble
    stable-alpine3.20 mainline-alpine-slim windowsservercore-ltsc2022 ltsc2022 fpm feature-x pr-123 _ latest-amd64`.split(
      /\s+/,
    );
  const commits = [
    '9f3c1d2',
    'deadbeef',
    '0123456789abcdef0123456789abcdef01234567',
    'sha-9f3c1d2',
    'sha-1234567',
    'git-9f3c1d2',
    '1234567',
  ];
  const digests = [
    `sha256-${hex}`,
    `sha256-${hex}.sig`,
    `sha256-${hex}.att`,
    `sha256-${hex}.sbom`,
    `sha512-${hex}`,
    `sha512-${hex.repeat(2).slice(0, 121)}`,
  ];
  const neither = ['main-9f3c1d2', 'pr-sha-9f3c1d2x-20241001'];

  test.each([
    ...floating.map((tag) => [tag, 'floating'] as const),
    ...commits.map((tag) => [tag, 'commit'] as const),
    ...digests.map((tag) => [tag, 'digest'] as const),
    ...neither.map((tag) => [tag, 'none'] as const),
  ])('%s: %s', (tag, kind) => {
    expect(readVersionTag(tag)).toBeUndefined();
    const found = [
      isFloatingTag(tag) ? 'floating' : '',
      isCommitTag(tag) ? 'commit' : '',
      isDigestTag(tag) ? 'digest' : '',
    ];
    expect(found.filter((name) => name !== '').join(' ')).toBe(kind === 'none' ? '' : kind);
  });

  test.each(['20241001', '20241001123059', '9f3c1d', 'g'.repeat(8), `sha256:${hex}`, '9F3C1D2', hex])(
    '%s is no commit',
    (tag) => {
      expect(isCommitTag(tag)).toBe(false);
    },
  );

  test.each(['', '-1', '.1', 'a b', '1'.repeat(129), `sha256:${hex}`])('%j is no tag at all', (tag) => {
    expect(readVersionTag(tag)).toBeUndefined();
  });
});

describe('the order of version tags', () => {
  const ascending = `20231231 2024-10-01 20241001.1 RELEASE.2024-10-02T17-50-41Z 0.9 1.0-rc1-alpine 1.0-rc1 1 1.0 1.0-r1
    1.0.0-r1 1.9 1.10.0-alpha 1.10.0-beta.2 1.10.0-beta.11 1.10.0-rc1 1.10-alpine 1.10 1.10.0 1.10.0-1 1.10.1 v2 10 24.04
    24.10 2024.9.1 2024.10.1`
    .split(/\s+/)
    .map(versionTag);

  test('is by day, number, pre-release, revision, and what is more specific', () => {
    for (const [at, one] of ascending.entries()) {
      for (const [index, other] of ascending.entries()) {
        expect([one.tag, other.tag, Math.sign(compareVersionTags(one, other))]).toEqual([
          one.tag,
          other.tag,
          Math.sign(at - index),
        ]);
      }
    }
  });

  test('agrees with SemVer where both know the version', () => {
    const texts = [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.2.10',
      '1.10.2',
      '2.0.0',
    ];
    for (const one of texts) {
      for (const other of texts) {
        const loose = Math.sign(compareVersionTags(versionTag(one), versionTag(other)));
        expect(loose).toBe(Math.sign(compareSemver(semver(one), semver(other))));
      }
    }
  });

  test('is total, whatever the tags', () => {
    const tag = fc
      .stringMatching(/^v?[0-9]{1,3}(\.[0-9]{1,2}){0,3}(-(rc|beta|alpine|r|slim)?\.?[0-9]{0,2}){0,3}$/)
      .map(readVersionTag)
      .filter((version) => version !== undefined);
    fc.assert(
      fc.property(tag, tag, tag, (one, two, three) => {
        expect(Math.sign(compareVersionTags(one, two))).toBe(-Math.sign(compareVersionTags(two, one)) + 0);
        expect(compareVersionTags(one, two) === 0).toBe(one.tag === two.tag);
        if (compareVersionTags(one, two) <= 0 && compareVersionTags(two, three) <= 0) {
          expect(compareVersionTags(one, three)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });
});

const official: { images: Record<string, readonly (readonly string[])[]> } = JSON.parse(
  readFileSync(new URL('../fixtures/version/official-images.json', import.meta.url), 'utf8'),
);

/** How far behind the first version of the same digest may be, of all tags that an image has today. */
const FARTHEST: Readonly<Record<string, number>> = {
  nginx: 3,
  alpine: 10,
  ubuntu: 7,
  debian: 26,
  postgres: 5,
  node: 20,
  python: 1,
  php: 2,
};

describe('the most plausible tags of the official images', () => {
  test.each(Object.entries(official.images))('%s: a version with the same digest is found early', (image, groups) => {
    const tags = groups.flat();
    const ranks = groups.flatMap((group) =>
      group
        .filter((asked) => group.some((tag) => tag !== asked && readVersionTag(tag) !== undefined))
        .map((asked) => plausibleTags(tags, asked, 40).findIndex((tag) => tag !== asked && group.includes(tag))),
    );
    expect(Math.max(...ranks)).toBeLessThan(FARTHEST[image] ?? 0);
    expect(ranks.every((rank) => rank >= 0)).toBe(true);
  });
});

describe('the order of plausible tags', () => {
  const nginx =
    `latest stable mainline edge 1 1.27 1.27.2 1.27.1 1.26 1.26.2 alpine alpine3.20 stable-alpine 1.27.2-alpine
    1.27.2-alpine3.20 1.27-alpine 1.27.2-bookworm 1-alpine 1.27.1-alpine 1.28.0-rc1 1.28.0-rc1-alpine 9f3c1d2 20240807
    sha256-764c89bf53e9935db99a57253a0a2a1d9660bf4db8edd741781707122d24cec5.sig`.split(/\s+/);

  test.each<readonly [string | undefined, string]>([
    ['latest', '1.27.2 1.27.1 1.27 1.26.2 1.26 1 20240807 1.28.0-rc1'],
    [undefined, '1.27.2 1.27.1 1.27 1.26.2 1.26 1 20240807 1.28.0-rc1'],
    ['9f3c1d2', '1.27.2 1.27.1 1.27 1.26.2 1.26 1 20240807 1.28.0-rc1'],
    ['edge', '1.28.0-rc1 1.27.2 1.27.1 1.27 1.26.2 1.26 1 20240807'],
    ['alpine', '1.27.2-alpine 1.27.1-alpine 1.27-alpine 1-alpine 1.28.0-rc1-alpine 1.27.2-alpine3.20'],
    ['stable-alpine3.20', '1.27.2-alpine3.20 1.27.2-alpine 1.27.1-alpine 1.27-alpine 1-alpine 1.28.0-rc1-alpine'],
    ['1.27', '1.27.2 1.27.1 1 1.27.2-alpine'],
    ['1.27-alpine', '1.27.2-alpine 1.27.1-alpine 1-alpine 1.27.2-alpine3.20'],
    ['1.27.2', '1.27 1 1.27.2-alpine 1.27.2-alpine3.20 1.27.2-bookworm 1.27-alpine 1-alpine 1.27.1'],
    ['1.28.0-rc1', '1 1.28.0-rc1-alpine 1-alpine 1.27.2'],
    ['20240807', '1.27.2 1.27.1 1.27 1.26.2 1.26 1 1.28.0-rc1'],
  ])('for %s', (asked, order) => {
    const expected = order.split(' ');
    expect(plausibleTags(nginx, asked, expected.length)).toEqual(expected);
  });

  test.each([
    ['latest', '13.1.0 13.0.2 12.4.1'],
    ['main', '13.1.0 13.0.2 12.4.1'],
    ['latest-ubuntu', '13.1.0-ubuntu 13.0.2-ubuntu 12.4.1-ubuntu'],
    ['13.0.2', '13.0.2-security-01 13.0.2-ubuntu 13.1.0'],
  ])('of an image like grafana, for %s', (asked, order) => {
    const tags =
      `latest latest-ubuntu main main-ubuntu nightly 13.1.0 13.1.0-ubuntu 13.0.2 13.0.2-ubuntu 13.0.2-security-01
      12.4.1 12.4.1-ubuntu master-9f3c1d2`.split(/\s+/);
    expect(plausibleTags(tags, asked, 3)).toEqual(order.split(' '));
  });

  test('all tags: versions first, then names, then commits; never digests, never the asked one', () => {
    const all = plausibleTags(nginx, 'latest', 100, 'all');
    const names = ['alpine', 'alpine3.20', 'edge', 'mainline', 'stable', 'stable-alpine', '9f3c1d2'];
    expect(all).toEqual([...plausibleTags(nginx, 'latest', 100), ...names]);
    expect(new Set(all)).toEqual(new Set(nginx.filter((tag) => tag !== 'latest' && !tag.startsWith('sha256-'))));
  });

  test('what is no tag by the grammar is left out, what is there twice comes once (Q91)', () => {
    expect(plausibleTags(['1.0', '1.0', `sha256:${'a'.repeat(64)}`, '', '-x', '1.1'], 'latest', 10, 'all')).toEqual([
      '1.1',
      '1.0',
    ]);
  });

  test('never more than the limit, never one that was not given, the same whatever the order given', () => {
    const tag = fc.oneof(
      fc.stringMatching(/^[0-9]{1,2}(\.[0-9]{1,2}){0,2}(-(alpine|rc1|slim))?$/),
      fc.constantFrom(...nginx),
      fc.string(),
    );
    fc.assert(
      fc.property(
        fc.array(tag),
        fc.option(tag, { nil: undefined }),
        fc.nat(20),
        fc.constantFrom('semver', 'all'),
        (tags, asked, limit, mode) => {
          const found = plausibleTags(tags, asked, limit, mode);
          expect(found.length).toBeLessThanOrEqual(limit);
          for (const one of found) expect(tags).toContain(one);
          expect(found).not.toContain(asked);
          if (mode === 'semver') for (const one of found) expect(readVersionTag(one)).toBeDefined();
          expect(plausibleTags(tags.toReversed(), asked, limit, mode)).toEqual(found);
        },
      ),
    );
  });
});
