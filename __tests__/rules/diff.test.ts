import { describe, expect, test } from '@jest/globals';
import { createDiffReader, readPatch, unquotePath } from '../../src/rules/diff.ts';
import { scopeOfApi, scopeOfSpans } from '../../src/rules/scope.ts';

const TEXTS = { isSameKind: () => true, isBinary: () => false };

function lineText(): string {
  return 'x';
}

function read(lines: readonly string[], isSameKind = () => true) {
  const reader = createDiffReader(isSameKind);
  for (const line of lines) reader.push(line);
  return Object.fromEntries(reader.result());
}

describe('the diff of git', () => {
  test('added lines, renames, deletions, odd names, and contents that look like headers', () => {
    expect(
      read([
        'diff --git a/a b/a',
        '--- a/a',
        '+++ b/a',
        '@@ -1,2 +1,3 @@ context',
        '-old',
        '-old',
        '++++ b/evil',
        '+@@ -0,0 +1,99 @@',
        '+diff --git a/x b/x',
        String.raw`\ No newline at end of file`,
        '@@ -9 +10 @@',
        '-x',
        '+y',
        '@@ -20,2 +20,0 @@',
        '-x',
        '-y',
        'diff --git a/gone b/gone',
        '--- a/gone',
        '+++ /dev/null',
        '@@ -1 +0,0 @@',
        '-x',
        'diff --git a/from b/to',
        'similarity index 100%',
        'rename from from',
        'rename to to',
        'diff --git a/with space b/with space',
        '--- a/with space\t',
        '+++ b/with space\t',
        '@@ -0,0 +1 @@',
        '+x',
        String.raw`diff --git "a/q\"\303\244\t" "b/q\"\303\244\t"`,
        String.raw`--- "a/q\"\303\244\t"`,
        String.raw`+++ "b/q\"\303\244\t"`,
        '@@ -0,0 +1,2 @@',
        '+x',
        '+x',
      ]),
    ).toEqual({
      a: [
        { first: 1, count: 3 },
        { first: 10, count: 1 },
      ],
      to: [],
      'with space': [{ first: 1, count: 1 }],
      'q"ä\t': [{ first: 1, count: 2 }],
    });
  });

  test('a renamed file that was judged differently before is new altogether', () => {
    const renamed = [
      'diff --git a/x.txt b/Dockerfile',
      'similarity index 100%',
      'rename from x.txt',
      'rename to Dockerfile',
    ];
    expect(read(renamed)).toEqual({ Dockerfile: [] });
    expect(read(renamed, () => false)).toEqual({ Dockerfile: [{ first: 1, count: Number.MAX_SAFE_INTEGER }] });
    const row = { filename: 'Dockerfile', status: 'renamed', previous: 'x.txt', changes: 0 };
    const other = { ...TEXTS, isSameKind: () => false };
    expect(scopeOfApi([row], true, other).isAdded('Dockerfile', 1, 1, () => 'x')).toBe(true);
    expect(scopeOfApi([row], true, TEXTS).isAdded('Dockerfile', 1, 1, () => 'x')).toBe(false);
  });

  test('a content that changed without a hunk is new altogether', () => {
    const all = [{ first: 1, count: Number.MAX_SAFE_INTEGER }];
    expect(
      read([
        'diff --git a/a and b/x b/a and b/x',
        'index 1..2 100644',
        'Binary files a/a and b/x and b/a and b/x differ',
        String.raw`diff --git "a/q\"" "b/q\""`,
        'index 1..2 100644',
        'diff --git a/mode b/mode',
        'old mode 100644',
        'new mode 100755',
        'diff --git a/from b/moved',
        'similarity index 90%',
        'rename from from',
        'rename to moved',
        'index 1..2 100644',
        'Binary files a/from and b/moved differ',
      ]),
    ).toEqual({ 'a and b/x': all, 'q"': all, moved: all });
  });

  test('a path without quotes is itself', () => {
    expect(unquotePath(String.raw`a\b`)).toBe(String.raw`a\b`);
    expect(unquotePath(String.raw`"a\\b\a"`)).toBe('a\\b\u0007');
  });

  test('spans overlap with the lines of a site', () => {
    const scope = scopeOfSpans(new Map([['a', [{ first: 3, count: 2 }]]]));
    expect([2, 3, 4, 5].map((line) => scope.isAdded('a', line, line, lineText))).toEqual([false, true, true, false]);
    expect(scope.isAdded('a', 1, 3, lineText)).toBe(true);
    expect(scope.isAdded('b', 1, 9, lineText)).toBe(false);
    expect([scope.isChanged('a'), scope.isChanged('b')]).toEqual([true, false]);
  });
});

describe('the patches of the API', () => {
  const patch = [
    '@@ -1,3 +1,4 @@',
    ' a',
    '-b',
    '+FROM nginx',
    '+c\r',
    ' d',
    String.raw`\ No newline at end of file`,
  ].join('\n');

  test('lines of the new side', () => {
    expect(readPatch(patch)).toEqual([
      { line: 1, text: 'a', added: false },
      { line: 2, text: 'FROM nginx', added: true },
      { line: 3, text: 'c', added: true },
      { line: 4, text: 'd', added: false },
    ]);
  });

  const scope = scopeOfApi(
    [
      { filename: 'a', status: 'modified', patch, changes: 3 },
      { filename: 'big', status: 'modified', changes: 9000 },
      { filename: 'moved', status: 'renamed', changes: 0 },
      { filename: 'gone', status: 'removed', changes: 4 },
    ],
    true,
    TEXTS,
  );

  test.each<[string, readonly string[], number, boolean]>([
    ['the checkout is the head: numbers count', ['a', 'FROM nginx', 'c', 'd', 'FROM nginx'], 2, true],
    ['the same text elsewhere is an old line', ['a', 'FROM nginx', 'c', 'd', 'FROM nginx'], 5, false],
    ['the checkout is a merge: texts count', ['new', 'a', 'FROM nginx', 'c', 'd'], 3, true],
    ['an old line of a merge', ['new', 'a', 'FROM nginx', 'c', 'd'], 2, false],
  ])('%s', (_name, lines, line, expected) => {
    expect(scope.isAdded('a', line, line, (number) => lines[number - 1] ?? '')).toBe(expected);
  });

  test('a patch with fewer lines than were added, and a binary file: all is new', () => {
    const files = [
      { filename: 'cut', status: 'modified', patch, changes: 9, additions: 3 },
      { filename: 'whole', status: 'modified', patch, changes: 3, additions: 2 },
      { filename: 'binary', status: 'modified', changes: 0, additions: 0 },
    ];
    const known = scopeOfApi(files, true, TEXTS);
    expect(files.map(({ filename }) => known.isAdded(filename, 1, 1, lineText))).toEqual([true, false, true]);
  });

  test('a byte order mark, which is in the patch and not in the text of the file, hides no line', () => {
    const files = [{ filename: 'a', status: 'added', patch: '@@ -0,0 +1,2 @@\n+\u{feff}FROM x\n+FROM y', changes: 2 }];
    const texts = ['FROM x', 'FROM y'];
    const isAdded = (line: number) =>
      scopeOfApi(files, true, TEXTS).isAdded('a', line, line, (at) => texts[at - 1] ?? '');
    expect([isAdded(1), isAdded(2)]).toEqual([true, true]);
  });

  test('a renamed file of which git shows no lines may hold any: all is new', () => {
    const files = [{ filename: 'nul', status: 'renamed', changes: 0, additions: 0 }];
    const known = scopeOfApi(files, true, { ...TEXTS, isBinary: (file) => file === 'nul' });
    expect(known.isAdded('nul', 1, 1, lineText)).toBe(true);
  });

  test('without a patch all is new, unless nothing changed; what is not listed is old', () => {
    expect(['big', 'moved', 'gone', 'other'].map((file) => scope.isAdded(file, 1, 1, lineText))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(['big', 'moved', 'gone', 'other'].map((file) => scope.isChanged(file))).toEqual([true, true, false, false]);
    expect(scopeOfApi([], false, TEXTS).isAdded('other', 1, 1, lineText)).toBe(true);
    expect(scopeOfApi([], false, TEXTS).isChanged('other')).toBe(true);
  });
});
