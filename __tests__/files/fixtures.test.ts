import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseDigest } from '../../src/core/digest.ts';
import { applyEdits, pinSite, splitIdentifiers } from '../../src/files/edit.ts';
import { FORMATS, formatsFor } from '../../src/files/index.ts';
import type { FormatOptions, ImageSite } from '../../src/files/site.ts';
import { judge } from '../../src/rules/judge.ts';
import type { RuleOptions } from '../../src/rules/rule.ts';
import { subjectOf } from '../../src/rules/subject.ts';

/*
 * Every folder fixtures/files/<format>/<case>/ is a test: its file is read as the format does, what is found is compared
 * with expected.json, and every site is pinned to one digest. expected.json holds
 *
 *   sites    line, column, endColumn, reference of each site, in order; `unresolved` (part of the reason, or true),
 *            `traits` (their kinds) and `pinned: false` (it cannot be rewritten) where a site has them
 *   findings  line and rule of each finding without a registry when digests are required, in order; every case of
 *            FILES.md (files-<number>-…) says them
 *   pinned   the file that holds the text with every site pinned
 *   file     the file that is read, when there are several: the others are its siblings
 *   path     the path that the file has in the workspace, when the format looks at more than its name
 *   imageKeys  the input `image-keys`
 */
interface Expected {
  readonly sites: readonly ExpectedSite[];
  readonly findings?: readonly string[];
  readonly pinned?: string;
  readonly file?: string;
  readonly path?: string;
  readonly imageKeys?: readonly string[];
}

interface ExpectedSite {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly reference: string;
  readonly unresolved?: string | true;
  readonly traits?: readonly string[];
  readonly pinned?: false;
}

const ROOT = join(import.meta.dirname, '../fixtures/files');
/** What only a registry can tell; transcripts/check-cases.test.ts reads these. */
const CHECK_ROOT = join(import.meta.dirname, '../fixtures/check');
const RULE_OPTIONS: RuleOptions = { require: 'digest', floatingTags: [], today: '2026-11-01' };
const DIGEST = parseDigest(`sha256:${'d1'.repeat(32)}`);

function foldersIn(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

function readCase(format: string, name: string) {
  const folder = join(ROOT, format, name);
  const expected: Expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => file !== 'expected.json' && file !== expected.pinned);
  const file = expected.file ?? files[0] ?? '';
  const read = (path: string) => new TextDecoder().decode(readFileSync(join(folder, path)));
  const options: FormatOptions = {
    imageKeys: expected.imageKeys ?? [],
    sibling: (path) => (files.includes(path) ? read(path) : undefined),
  };
  const source = { path: expected.path ?? file, text: read(file) };
  return { expected, source, options, ...(expected.pinned === undefined ? {} : { pinned: read(expected.pinned) }) };
}

function pinAll(text: string, sites: readonly ImageSite[]): string {
  return applyEdits(
    text,
    sites.flatMap((site) => pinSite(site, text, { digest: DIGEST }) ?? []),
  );
}

function described(site: ImageSite, expected: ExpectedSite | undefined, text: string): unknown {
  const { line, column, endColumn, reference, unresolved } = site;
  const wanted = expected?.unresolved;
  const agrees = unresolved !== undefined && (wanted === true || (wanted !== undefined && unresolved.includes(wanted)));
  const reason = agrees ? wanted : unresolved;
  return {
    line,
    column,
    endColumn,
    reference,
    ...(reason === undefined ? {} : { unresolved: reason }),
    ...(site.traits.length === 0 ? {} : { traits: site.traits.map(({ kind }) => kind) }),
    ...(unresolved !== undefined || pinSite(site, text, { digest: DIGEST }) !== undefined ? {} : { pinned: false }),
  };
}

function findingsOf(sites: readonly ImageSite[]): readonly string[] {
  return sites.flatMap((site) => judge(subjectOf(site), RULE_OPTIONS).map(({ rule }) => `${site.line} ${rule.id}`));
}

describe.each(foldersIn(ROOT))('fixtures of %s', (id) => {
  const format = FORMATS.find((known) => known.id === id);

  test('belong to a format of the list', () => {
    expect(FORMATS.map((known) => known.id)).toContain(id);
  });
  if (format === undefined) return;

  test.each(foldersIn(join(ROOT, id)))('%s', (name) => {
    const { expected, source, options, pinned } = readCase(id, name);
    const sites = format.find(source, options);
    expect(sites.map((site, index) => described(site, expected.sites[index], source.text))).toEqual(expected.sites);
    expect(format.matches(source.path)).not.toBe('no');
    if (sites.length > 0) expect(format.mayContain(source.text)).toBe(true);

    const isCase = name.startsWith('files-');
    expect(isCase ? findingsOf(sites) : undefined).toEqual(expected.findings);

    for (const { placement, reference, unresolved, file } of sites) {
      expect(file).toBe(source.path);
      if (placement.kind !== 'value' || placement.quote !== '' || unresolved !== undefined) continue;
      expect(placement.prefix + source.text.slice(placement.range.start, placement.range.end)).toBe(reference);
    }

    const once = pinAll(source.text, sites);
    if (pinned !== undefined) expect(once).toBe(pinned);
    const again = format.find({ ...source, text: once }, options);
    expect(again).toHaveLength(sites.length);
    expect(pinAll(once, again)).toBe(once);
    for (const [index, site] of sites.entries()) {
      if (pinSite(site, source.text, { digest: DIGEST }) === undefined) continue;
      expect(splitIdentifiers(again[index]?.reference ?? '').digest).toBe(DIGEST);
    }
  });
});

/** Numbers of the cases that users met, as they are counted in the list of the project. */
const CASES =
  '1 2 3 4 6 9 10 11 12 13 15 17 18 19 20 24 25 26 27 28 29 30 31 32 33 34 35 39 40 41 42 43 44 45 47 48 49 50 51 52 53 54 55 57 59 60 61 63 64 67 68 71 72 73 74 76 78 80 81 83 84 85 87 88 89 91 92 93 95 96 97 98 101 102 104 105 106 108 110';

test('every case that users met is a fixture', () => {
  const folders = [...foldersIn(ROOT).flatMap((format) => foldersIn(join(ROOT, format))), ...foldersIn(CHECK_ROOT)];
  const numbers = new Set(folders.map((name) => Number(/^files-(\d+)-/.exec(name)?.[1])));
  expect(CASES.split(' ').filter((number) => !numbers.has(Number(number)))).toEqual([]);
});

test('no file that a format knows by its name is passed over', () => {
  const names = ['Dockerfile', 'x.containerfile', 'Dockerfile.dev', 'a/compose.yaml', 'values-a.yml', 'action.yml'];
  const more = ['.github/workflows/a.yml', 'Kustomization', '.gitlab-ci.yml', '.pre-commit-config.yaml', 'pod.json'];
  const others = [
    'docker-bake.hcl',
    'docker-bake.override.json',
    '.devcontainer.json',
    'Makefile',
    'GNUmakefile',
    'Makefile.common',
    'a.mk',
    'a.sh',
    'a.bash',
    'README.md',
    'a.ts',
  ];
  for (const path of [...names, ...more, ...others].flatMap((name) => [name, `sub/${name}`, name.toUpperCase()])) {
    const known = FORMATS.filter(({ matches }) => matches(path) !== 'no');
    expect([path, formatsFor(path).formats.length > 0]).toEqual([path, known.length > 0]);
  }
});
