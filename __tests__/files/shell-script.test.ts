import { describe, expect, test } from '@jest/globals';
import { formatsFor } from '../../src/files/index.ts';
import { mapText } from '../../src/files/mapped-text.ts';
import { shellScript } from '../../src/files/shell-script.ts';
import { visitCommands, type PlacedCommand } from '../../src/files/shell.ts';
import { ignoreFor, readIgnores } from '../../src/rules/ignore.ts';
import { DIGEST, expectPinnedOnce, pinAll } from '../support/pinning.ts';
import { processorTimeOf } from '../support/processor-time.ts';
import * as fc from '../support/properties.ts';

const OPTIONS = { imageKeys: [], sibling: () => undefined };
function placed(script: string): readonly PlacedCommand[] {
  const commands: PlacedCommand[] = [];
  visitCommands(mapText(script), (command) => commands.push(command));
  return commands;
}

function sitesOf(text: string) {
  return shellScript.find({ path: 'run.sh', text }, OPTIONS);
}

function references(text: string): readonly string[] {
  return sitesOf(text).map(({ reference }) => reference);
}

function pin(text: string): string {
  return pinAll(text, sitesOf);
}

describe('the path', () => {
  test.each([
    ['build.sh', ['shell']],
    ['hack/lib/a.bash', ['shell']],
    ['a.ZSH', ['shell']],
    ['a.ksh', ['shell']],
    ['Dockerfile.sh', ['dockerfile', 'shell']],
    ['configure', []],
    ['sh', []],
    ['a.sh.txt', []],
    ['a.fish', []],
    ['a.csh', []],
  ])('%s may be of %j', (path, formats) => {
    expect(formatsFor(path)).toMatchObject({ formats: formats.map((id) => ({ id })), isCertain: false });
  });
});

test.each([
  ['docker run a', true],
  ['"$CONTAINER_ENGINE" run a', true],
  ['kubectl run', true],
  ['echo alpine:3.20', false],
  ['', false],
])('%j may name images: %s', (text, expected) => {
  expect(shellScript.mayContain(text)).toBe(expected);
});

describe('a word with variables', () => {
  test.each([
    ['$A', '$A', true],
    ['"$A"', '$A', undefined],
    ['a"${B:-c d}":1', 'a${B:-c d}:1', undefined],
    ['"a"$B', 'a$B', true],
    ['${1:-a}', '${1:-a}', true],
    ['$1', undefined, undefined],
    ['$A*', undefined, undefined],
    ['$A$(b)', undefined, undefined],
    ['${A:-$(b)}', undefined, undefined],
    ['${A:-`b`}', undefined, undefined],
    ["'$A'$B", undefined, undefined],
    ['\\$A$B', undefined, undefined],
    ["$'a'$B", undefined, undefined],
    ['$A${{ b }}', undefined, undefined],
    ['a', undefined, undefined],
  ])('%s is written %j', (text, written, isSplit) => {
    const word = placed(text).at(-1)?.words[0];
    expect([word?.variable?.text, word?.isSplit]).toEqual([written, isSplit]);
  });
});

describe('a command', () => {
  test.each([
    ['a', ['a']],
    ['a; b', ['a', 'b']],
    ['a && b || c', ['a', 'b?', 'c?']],
    ['a &&\n\nb', ['a', 'b?']],
    ['a & b', ['a?', 'b']],
    ['a | b |& c', ['a?', 'b?', 'c?']],
    ['(a); b', ['a?', 'b']],
    ['a $(b) `c`', ['b?', 'c?', 'a']],
    ['((a = 1 << 2))\nb', ['b']],
  ])('%j may have no effect on the rest: %j', (script, expected) => {
    expect(placed(script).map(({ words, isNested }) => `${words[0]?.text.text ?? ''}${isNested ? '?' : ''}`)).toEqual(
      expected,
    );
  });
});

describe('a variable', () => {
  test.each([
    ['A=b/a:1\ndocker run $A', ['b/a:1']],
    ['A=b/a B=$A:1\ndocker run $B', ['b/a:1']],
    ['B=$A:1 A=b/a\ndocker run $B', []],
    ['docker run $A\nA=b/a:1', ['b/a:1']],
    ['A=\ndocker run $A', []],
    ["A='$B'\ndocker run $A", []],
    ['A="b/a:1"\\"\ndocker run $A', []],
    ['A=$A\ndocker run $A', []],
    ['A=${A:-b/a:1}\ndocker run $A', ['b/a:1']],
    ['A=b/a:1 true\ndocker run $A', []],
    ['A="b/a:1 x"\ndocker run $A', ['b/a:1']],
    ['A="b/a:1 x"\ndocker run "$A"', []],
    ['A="b/a:1;x"\ndocker run $A', []],
    ['for a in x; do A=b/a:1; done\ndocker run $A', []],
    ['for a in x; do :; done\nA=b/a:1\ndocker run $A', ['b/a:1']],
    ['f() {\nA=b/a:1\n}\ndocker run $A', []],
    ['f() {\n:\n}\nA=b/a:1\ndocker run $A', ['b/a:1']],
    ['A[1]=b/a:1\ndocker run $A', []],
    ['declare -A A=b/a:1\ndocker run $A', []],
    ['declare -rx A=b/a:1\ndocker run $A', ['b/a:1']],
    ['A=b/a:1\nexport A\ndocker run $A', ['b/a:1']],
    ['A=b/a:1\nmapfile A < x\ndocker run $A', []],
    ['A=b/a:1\nselect A in x; do :; done\ndocker run $A', []],
    ['A=b/a:1\nlet A=2\ndocker run $A', []],
  ])('%j gives %j', (script, expected) => {
    expect(references(script)).toEqual(expected);
  });

  test.each([
    ['A=b/a:1\ndocker run $A; echo $A', 'A=b/a:1@D\ndocker run $A; echo $A'],
    ['A=b/a:1\ndocker run $A; echo ${A%:*}', 'A=b/a:1\ndocker run $A@D; echo ${A%:*}'],
    ['A=b/a:1\ndocker run $A; echo $A-x', 'A=b/a:1\ndocker run $A@D; echo $A-x'],
    ['A=b/a:1\ndocker run $A; echo ${#A}', 'A=b/a:1\ndocker run $A@D; echo ${#A}'],
    ['T=1\ndocker run b/a:$T', 'T=1@D\ndocker run b/a:$T'],
    ['T=1\ndocker run b/a:$T; echo "$T"', 'T=1\ndocker run b/a:$T@D; echo "$T"'],
    ['export T=1\ndocker run b/a:$T', 'export T=1\ndocker run b/a:$T@D'],
    ['set -a\nT=1\ndocker run b/a:$T', 'set -a\nT=1\ndocker run b/a:$T@D'],
    ['T=1 A=b/a:$T\ndocker run $A', 'T=1@D A=b/a:$T\ndocker run $A'],
    ['T=1 A=b/a:$T\ndocker run $A; echo $A', 'T=1 A=b/a:$T\ndocker run $A@D; echo $A'],
    ['T=1 M=v$T\ndocker run b/a:$T; echo $M', 'T=1 M=v$T\ndocker run b/a:$T@D; echo $M'],
    ['T=1\ndocker run b/a:$T; docker run b/c:$T', 'T=1\ndocker run b/a:$T@D; docker run b/c:$T@D'],
  ])('in %j is pinned as in %j', (script, expected) => {
    expect(pin(script).replaceAll(DIGEST, 'D')).toBe(expected);
  });
});

test.each([
  'docker run b/a:latest # image-digest: ignore[latest-tag] reason',
  '# image-digest: ignore[latest-tag] reason\ndocker run b/a:latest',
  'f() {\n  # image-digest: ignore[latest-tag] reason\n  docker run "b/a:latest"\n}',
  '# image-digest: ignore[latest-tag] reason\nA=b/a:latest\ndocker run $A',
  'docker run \\\n  --rm \\\n  b/a:latest # image-digest: ignore[latest-tag] reason',
])('a finding is accepted in %j', (text) => {
  const ignores = readIgnores(text, '2026-01-01').valid;
  expect(sitesOf(text).map(({ line }) => ignoreFor(ignores, line, 'latest-tag')?.reason)).toEqual(['reason']);
});

describe('any script', () => {
  const partArbitrary = fc.constantFrom(
    'docker run ',
    'docker build -t ',
    'docker pull ',
    'podman run --rm ',
    'A=',
    'B=',
    '$A',
    '${A}',
    '${B:-',
    '}',
    'export ',
    'if ',
    'then ',
    'fi',
    '{ ',
    '(',
    ')',
    '"',
    "'",
    "$'",
    '$(',
    '`',
    '\\',
    '\n',
    '\r\n',
    ';',
    ' && ',
    'alpine',
    'b/a',
    ':1',
    '@',
    '/',
    '<<EOF\n',
    'EOF\n',
    '#',
    ' ',
    '*',
    '$((',
    ': ${A:=',
  );

  test('is read without failing, and what is pinned is found pinned', () => {
    expectPinnedOnce(partArbitrary, sitesOf);
  });
});

describe('a hostile script', () => {
  const many = 100_000;
  test.each([
    ['commands', 'docker run b/a:1\n'.repeat(many)],
    ['uses of a variable', `A=b/a:1\n${'docker run $A; echo $A-x\n'.repeat(many / 4)}`],
    ['assignments', Array.from({ length: many }, (_, index) => `A${index}=b/a:1`).join('\n')],
    ['variables of one another', Array.from({ length: many / 4 }, (_, index) => `A${index + 1}=$A${index}`).join('\n')],
    ['substitutions', '$('.repeat(many)],
    ['words of substitutions', 'docker run $('.repeat(many / 4)],
    ['parentheses', '('.repeat(many)],
    ['quotes', `docker ${`"'`.repeat(many)}`],
    ['open braces', 'docker run ${A:-'.repeat(many / 4)],
    ['colons', `docker build -t ${':'.repeat(many)}/ .`],
    ['here-documents', 'docker <<A '.repeat(many)],
    ['continued lines', `docker run ${'\\\r\n'.repeat(many)}a`],
    ['names that hold sudo', `$${'sudo'.repeat(many)}! docker run b/a:1`],
    ['exports', 'export \n'.repeat(many)],
  ])('of many %s is read in time', (_name, text) => {
    expect(processorTimeOf(() => references(text))).toBeLessThan(2000);
  });

  test.each([
    ['values that are put in again and again', `A="${'--rm '.repeat(800)}"\n${'docker run $A\n'.repeat(20_000)}`],
    [
      'values that double',
      `A0=b/a\n${Array.from({ length: 2000 }, (_, index) => `A${index + 1}=$A${index}x$A0`).join('\n')}`,
    ],
  ])('with %s is refused or read in time', (_name, text) => {
    const read = () => {
      try {
        return references(text).length;
      } catch (error) {
        return expect(error).toMatchObject({ code: 'limit' });
      }
    };
    expect(processorTimeOf(read)).toBeLessThan(2000);
  });
});
