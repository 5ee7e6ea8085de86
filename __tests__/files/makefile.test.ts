import { describe, expect, test } from '@jest/globals';
import { formatsFor } from '../../src/files/index.ts';
import { makefile } from '../../src/files/makefile.ts';
import { readMakefile } from '../../src/files/make-lines.ts';
import { mapText } from '../../src/files/mapped-text.ts';
import { ignoreFor, readIgnores } from '../../src/rules/ignore.ts';
import { DIGEST, expectPinnedOnce, pinAll } from '../support/pinning.ts';
import { processorTimeOf } from '../support/processor-time.ts';
import * as fc from '../support/properties.ts';

const OPTIONS = { imageKeys: [], sibling: () => undefined };

function sitesOf(text: string) {
  return makefile.find({ path: 'Makefile', text }, OPTIONS);
}

function references(text: string): readonly string[] {
  return sitesOf(text).map(({ reference }) => reference);
}

function pin(text: string): string {
  return pinAll(text, sitesOf);
}

describe('the path', () => {
  test.each([
    ['Makefile', true],
    ['makefile', true],
    ['sub/GNUmakefile', true],
    ['Makefile.common', true],
    ['Makefile.am', true],
    ['make/docker.mk', true],
    ['Makefile.PL', false],
    ['Makefile.md', false],
    ['makefile.test.ts', false],
    ['NotMakefile', false],
    ['Makefiles', false],
  ])('%s is a Makefile: %s', (path, expected) => {
    expect(makefile.matches(path)).toBe(expected ? 'maybe' : 'no');
    expect(formatsFor(path).formats.some(({ id }) => id === 'make')).toBe(expected);
  });
});

describe('the lines of a Makefile', () => {
  test.each([
    ['A = b', 'A = b'],
    ['A:=b', 'A := b'],
    ['A ::=  b c ', 'A ::= b c'],
    ['A :::= b', 'A :::= b'],
    ['A ?= b', 'A ?= b'],
    ['A += b', 'A += b'],
    ['A != b', 'A != b'],
    ['A =', 'A = '],
    ['A = b = c', 'A = b = c'],
    ['A = b:c', 'A = b:c'],
    ['A = b # c', 'A = b'],
    ['A = b\\#c', 'A = b\\#c'],
    ['A = $(b #c) d', 'A = $(b #c) d'],
    ['A = b \\\n   c\\\nd', 'A = b  c d'],
    ['A = b\\\\\nB = c', 'A = b\\\\|B = c'],
    ['A B = c', ''],
    ['export A = b', 'A = b'],
    ['override export A := b', 'A := b'],
    ['export A', ''],
    ['ifdef X\nA = b\nelse\nA = c\nendif\nA = d', '?A = b|?A = c|A = d'],
    ['a: A = b', '?A = b'],
    ['a b: private A := b', '?A := b'],
    ['a: b = c', '?b = c'],
    ['a: b c', ''],
    ['a: ${X:=b}', ''],
    ['define A\nb\n@c\nendef', 'A = b\nc\n'],
    ['define A :=\nb\ndefine C\nd\nendef\nendef\nE = f', 'A := b\ndefine C\nd\nendef\n|E = f'],
    ['undefine A', '?A != '],
    ['include a.mk\nA = b', 'A = b'],
    ['# A = b \\\nC = d', ''],
  ])('%j set %j', (text, expected) => {
    const { assignments } = readMakefile(mapText(text));
    const written = assignments.map(
      ({ name, operator, value, isConditional }) => `${isConditional ? '?' : ''}${name} ${operator} ${value.text}`,
    );
    expect(written.join('|')).toBe(expected);
  });

  test.each([
    ['a:\n\tb\n\tc', ['b\n', 'c']],
    ['a:\n\t@-+ b\n\n\tc', ['b\n', 'c']],
    ['a: b ; c\n\td', ['c', 'd']],
    ['a:: b; c', ['c']],
    ['a:\n\tb \\\n\t  c\nd', ['b \\\n\t  c\n']],
    ['\tb', []],
    ['A = b\n\tc', []],
    ['a:\n# b\n\tc', ['c']],
    ['a:\nifdef X\n\tc\nendif', ['c\n']],
    ['.RECIPEPREFIX = >\na:\n>b\n\tc', ['b\n']],
    ['.ONESHELL:\na:\n\tb\n\tc\nd:\n\te', ['b\nc\n', 'e']],
  ])('%j run %j', (text, expected) => {
    expect(readMakefile(mapText(text)).recipes.map((recipe) => recipe.text)).toEqual(expected);
  });
});

describe('a variable', () => {
  test.each([
    ['A = b/a:1\na:\n\tdocker run $(A); echo $(A)', 'A = b/a:1@D\na:\n\tdocker run $(A); echo $(A)'],
    ['A = b/a:1\na:\n\tdocker run $(A); echo $(A:1=2)', 'A = b/a:1\na:\n\tdocker run $(A)@D; echo $(A:1=2)'],
    ['T = 1\na:\n\tdocker run b/a:$T', 'T = 1@D\na:\n\tdocker run b/a:$T'],
    ['T = 1\na:\n\tdocker run b/a:$T; echo $T', 'T = 1\na:\n\tdocker run b/a:$T@D; echo $T'],
    ['T = 1\nexport\na:\n\tdocker run b/a:$T', 'T = 1\nexport\na:\n\tdocker run b/a:$T@D'],
    [
      'T = 1\n.EXPORT_ALL_VARIABLES:\na:\n\tdocker run b/a:$T',
      'T = 1\n.EXPORT_ALL_VARIABLES:\na:\n\tdocker run b/a:$T@D',
    ],
    ['T = 1\nA = b/a:$(T)\na:\n\tdocker run "${A}"', 'T = 1@D\nA = b/a:$(T)\na:\n\tdocker run "${A}"'],
    ['A = "b/a:1"\na:\n\tdocker run $(A)', 'A = "b/a:1@D"\na:\n\tdocker run $(A)'],
  ])('in %j is pinned as in %j', (text, expected) => {
    expect(pin(text).replaceAll(DIGEST, 'D')).toBe(expected);
  });

  test('of the shell is none of make', () => {
    expect(references('A = b/a:1\na:\n\tdocker run $$A; docker run $${A}; docker run $$$(A)')).toEqual([]);
  });
});

test.each([
  'a:\n\tdocker run b/a:latest # image-digest: ignore[latest-tag] reason',
  'a:\n\t# image-digest: ignore[latest-tag] reason\n\tdocker run b/a:latest',
  'a:\n# image-digest: ignore[latest-tag] reason\n\tdocker run b/a:latest',
  'A = b/a:latest # image-digest: ignore[latest-tag] reason\na:\n\tdocker run $(A)',
])('a finding is accepted in %j', (text) => {
  const ignores = readIgnores(text, '2026-01-01').valid;
  expect(sitesOf(text).map(({ line }) => ignoreFor(ignores, line, 'latest-tag')?.reason)).toEqual(['reason']);
});

describe('any Makefile', () => {
  const partArbitrary = fc.constantFrom(
    '\tdocker run ',
    '\t@docker build -t ',
    'a:\n',
    'A = ',
    'B := ',
    'C ?= ',
    '$(A)',
    '${B}',
    '$C',
    '$$',
    '$(shell ',
    'define D\n',
    'endef\n',
    '$(call D,',
    '$(D)',
    ')',
    '\n',
    '\r\n',
    '\\\n',
    '#',
    ' ',
    ';',
    '"',
    "'",
    'docker',
    'ifdef A\n',
    'endif\n',
    'export ',
    ':',
    'b/a',
    ':1',
    '/',
    '@',
    '$(',
    '+=',
    '.ONESHELL:\n',
  );

  test('is read without failing, and what is pinned is found pinned', () => {
    expectPinnedOnce(partArbitrary, sitesOf);
  });
});

describe('a hostile Makefile', () => {
  const many = 100_000;
  test.each([
    ['recipes', `a:\n${'\tdocker run b/a:1\n'.repeat(many)}`],
    ['rules', 'a:\n'.repeat(many)],
    ['assignments', Array.from({ length: many }, (_, index) => `A${index} = b/a:1`).join('\n')],
    ['variables of one another', chain(many / 4)],
    ['references', `a:\n\tdocker run ${'$('.repeat(many)}`],
    ['nested shells', `a:\n\t${'$(shell docker '.repeat(many / 10)}`],
    ['continued lines', `a:\n\tdocker run ${'\\\n'.repeat(many)}`],
    ['backslashes', `A = ${'\\'.repeat(many)}\n`],
    ['definitions', 'define A\n'.repeat(many)],
    ['comments', `A = ${'#'.repeat(many)}\n`],
    ['evals', `a:\n\t${'$(eval     '.repeat(many / 10)}`],
  ])('of many %s is read in time', (_name, text) => {
    expect(processorTimeOf(() => references(text))).toBeLessThan(2000);
  });

  test.each([
    ['that double', `A0 = x y\n${doubling(60)}a:\n\tdocker run $(A60)`],
    ['that are long', `A = ${'x '.repeat(50_000)}\na:\n${'\tdocker run $(A)\n'.repeat(1000)}`],
  ])('with values %s is refused', (_name, text) => {
    expect(() => references(text)).toThrow(expect.objectContaining({ code: 'limit' }));
  });
});

function chain(length: number): string {
  const lines = Array.from({ length }, (_, index) => `A${index + 1} = $(A${index})`);
  return `A0 = b/a:1\n${lines.join('\n')}\na:\n\tdocker run $(A${length})\n`;
}

function doubling(length: number): string {
  return Array.from({ length }, (_, index) => `A${index + 1} = $(A${index}) $(A${index})\n`).join('');
}
