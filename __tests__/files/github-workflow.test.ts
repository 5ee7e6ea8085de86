import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { imageInputsOf } from '../../src/files/github-inputs.ts';
import { readMatrix } from '../../src/files/github-matrix.ts';
import { readExpression, type Expression } from '../../src/files/github-syntax.ts';
import { githubAction, githubWorkflow } from '../../src/files/github-workflow.ts';
import { mapText, placeOf } from '../../src/files/mapped-text.ts';
import { asPosix } from '../../src/files/shell-dialect.ts';
import { imagesOf } from '../../src/files/shell-docker.ts';
import { readCommands } from '../../src/files/shell.ts';
import type { FormatOptions } from '../../src/files/site.ts';
import { mapOf, textOf } from '../../src/files/yaml-lookup.ts';
import { readYaml } from '../../src/files/yaml.ts';
import { processorTimeOf } from '../support/processor-time.ts';

const OPTIONS: FormatOptions = { imageKeys: [], sibling: () => undefined };

describe('the path', () => {
  test.each([
    ['.github/workflows/ci.yml', 'yes', 'no'],
    ['.github/workflows/ci.yaml', 'yes', 'no'],
    ['sub/.github/workflows/ci.yml', 'yes', 'no'],
    ['.github/workflows/sub/ci.yml', 'no', 'no'],
    ['.github/dependabot.yml', 'no', 'no'],
    ['action.yml', 'no', 'yes'],
    ['.github/actions/a/action.yaml', 'no', 'yes'],
    ['transaction.yml', 'no', 'no'],
  ])('%s is a workflow: %s, an action: %s', (path, workflow, action) => {
    expect(githubWorkflow.matches(path)).toBe(workflow);
    expect(githubAction.matches(path)).toBe(action);
  });
});

/** Each command as its words; `…` marks one that is only known when the script runs. */
function commands(script: string): readonly string[] {
  const read = readCommands(mapText(script));
  return read.map((command) => command.map(({ text, dynamic }) => text.text + (dynamic ? '…' : '')).join('|'));
}

describe('the words of a script', () => {
  test.each([
    ['a b', ['a|b']],
    ['a  b\tc ', ['a|b|c']],
    ['a; b & c && d || e | f', ['a', 'b', 'c', 'd', 'e', 'f']],
    ['a \\\n  b\\\nc', ['a|bc']],
    ['a # b\nc#d', ['a', 'c#d']],
    [`'a b' "c d" e' 'f`, ['a b|c d|e f']],
    [`"a\\"b\\$c\\d" 'a\\'`, ['a"b$c\\d|a\\']],
    ['a\\ b \\"c', ['a b|"c']],
    ['$a ${b} "x$c" d${e:-f g}h $? $1', ['…|…|x…|dh…|…|…']],
    ['a* [b] ~ {c,d}', ['a*…|[b]…|~…|{c,d}…']],
    ['$', ['$']],
    ['a "b', ['a|b']],
    ["a 'b", ['a|b']],
    ['a $(b c) d', ['b|c', 'a|…|d']],
    ['a "$(b "c d")"', ['b|c d', 'a|…']],
    ['a `b c` d', ['b|c', 'a|…|d']],
    ['(a; b) && { c; }', ['a', 'b', '{…|c', '}']],
    ['a > b 2>&1 < c >> d 2>e &> f', ['a']],
    ['a 2 > b', ['a|2']],
    ['a <<EOF\nb c\nEOF\nd', ['a', 'd']],
    ["a <<-'E F' | b\n\tc\n\tE F\nd", ['a', 'b', 'd']],
    ['a <<X <<Y\n1\nX\n2\nY\nb', ['a', 'b']],
    ['a <<< b c', ['a|c']],
    ['a <<EOF\nnever closed', ['a']],
    ['diff <(a b) c', ['diff', 'a|b', 'c']],
    ['a $((1 << 2)) b\nc', ['a|…|b', 'c']],
    ['a $((b) | c) d', ['b', 'c', 'a|…|d']],
    ['a ${{ b c }} d${{ e }}f', ['a|…|df…']],
    ['case $x in a) b;; esac', ['case|…|in|a', 'b', 'esac']],
    ['', []],
    [')))', []],
  ])('%j', (script, expected) => {
    expect(commands(script)).toEqual(expected);
  });

  test('stand where they say', () => {
    const script = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '"', "'", '\\', '$', '(', ')', '`', '\n', '<', '#', ';', '{'),
    });
    fc.assert(
      fc.property(script, (text) => {
        for (const word of readCommands(mapText(text)).flat()) {
          for (const [index, unit] of word.text.text.split('').entries())
            expect(text[placeOf(word.text, index)]).toBe(unit);
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each(['$(', '`', '(', '"$(', '<<E ', '$((', '\\\n', '${'])('of %j, many times, are read in time', (part) => {
    expect(readCommands(mapText(part.repeat(200_000)))).toBeDefined();
  });
});

function images(script: string): readonly string[] {
  return readCommands(mapText(script)).flatMap((command) => imagesOf(command).used.map(({ text }) => text));
}

describe('the image of a command', () => {
  test.each([
    ['docker run a', ['a']],
    ['docker run --rm -it a b c', ['a']],
    ['docker run -v /x:/y --name n -p 80:80 a', ['a']],
    ['docker run --volume=/x:/y --name=n a', ['a']],
    ['docker run -eA=b -u0 -w/x a', ['a']],
    ['docker run -ite A a', ['a']],
    ['docker run -- a', ['a']],
    ['docker run --rm=false a', ['a']],
    ['docker run -i=true a', ['a']],
    ['docker run --some-option a', []],
    ['docker run -Z a', []],
    ['docker run', []],
    ['docker run --rm', []],
    ['docker run "$X" a', []],
    ['docker run a${X}', []],
    ['docker run -v "$PWD:/x" a', ['a']],
    ['docker --context x -D run a', ['a']],
    ['docker --what run a', []],
    ['docker container create a', ['a']],
    ['docker image pull a', ['a']],
    ['docker pull --platform linux/amd64 -q a', ['a']],
    ['docker pull --all-tags a', ['a']],
    ['podman pull docker://a', ['a']],
    ['podman run --pod x --tls-verify=false a', ['a']],
    ['nerdctl -n x run a', ['a']],
    ['sudo -E docker run a', ['a']],
    ['retry 3 docker pull a', ['a']],
    ['timeout -k 5 2m docker pull a', ['a']],
    ['3 docker pull a', []],
    ['A=b docker run a', ['a']],
    ['env A=b docker run a', ['a']],
    ['! time /usr/bin/docker run a', ['a']],
    ['docker build -t x .', []],
    ['docker build --build-context a=docker-image://b --build-context=c=docker-image://d .', ['b', 'd']],
    ['docker buildx b --build-context a=docker-image://b .', ['b']],
    ['docker buildx create --driver-opt image=a', ['a']],
    ['docker buildx create --driver-opt=network=host,image=a --use', ['a']],
    ['docker push a', []],
    ['docker run --pull never a', []],
    ['docker run --pull=always a', ['a']],
    ['buildah from --name x a', ['a']],
    ['buildah run a b', []],
    ['docker from a', []],
    ['kubectl run x --image=a -- --image=b', ['a']],
    ['kubectl -n x create deployment y --image a', ['a']],
    ['kubectl run x --image=a --image-pull-policy=Never', []],
    ['kubectl apply --image=a', []],
    ['kubectl run x', []],
    ['timeout -k 5 1.5m docker run a', ['a']],
    ['function f { docker run a', ['a']],
    ['$SUDO docker run a', ['a']],
    ['"${CONTAINER_ENGINE}" run a', ['a']],
    ['$DOCKER_RUN run a', []],
    ['docker run $A-b c', []],
    ['docker run %IMAGE%', []],
    ['docker run C:\\\\a', []],
    ['docker run ^ a', []],
    ['docker', []],
    ['echo docker run a', []],
    ['dockerx run a', []],
  ])('%s: %j', (script, expected) => {
    expect(images(script)).toEqual(expected);
  });

  test.each([
    ['docker build -t a --tag=b .', ['a', 'b']],
    ['docker build -ta -t=b . --target c', ['a', 'b']],
    ['docker tag a b', ['b']],
    ['docker image tag a b', ['b']],
    ['docker commit a b', ['b']],
    ['docker push a:1', ['a:1']],
    ['docker import x.tar a', ['a']],
    ['docker buildx imagetools create -t a b', ['a']],
    ['$BUILD -t a .', ['a']],
    ['executor --destination=a', ['a']],
    ['kind build node-image', ['kindest/node']],
    ['docker build -t "a:$A" .', ['a:$A']],
    ['docker build -t a:${{ github.sha }}-b .', ['a:${{ github.sha }}-b']],
  ])('%s makes %j', (script, expected) => {
    const made = readCommands(mapText(script)).flatMap((command) => imagesOf(command).made);
    expect(made.map(({ text }) => text)).toEqual(expected);
  });

  test.each([
    ['docker run ${{ matrix.a }}', ['${{ matrix.a }}']],
    ['docker pull "a:${{ matrix.b }}"', ['a:${{ matrix.b }}']],
    ['docker run ${{ matrix.a }}:$TAG', []],
    ['docker run -e ${{ matrix.a }} b', []],
  ])('%s is computed from %j', (script, expected) => {
    const computed = readCommands(mapText(script)).flatMap((command) => imagesOf(command).computed);
    expect(computed.map(({ text }) => text)).toEqual(expected);
  });
});

describe('a script of', () => {
  test.each([
    ['bash', 'docker run a', ['docker|run|a']],
    ['/usr/bin/bash -l {0}', 'docker run a', ['docker|run|a']],
    ['python', 'docker run a', 'none'],
    ['perl {0}', 'docker run a', 'none'],
    ['fish {0}', 'docker run a', 'none'],
    ['pwsh', 'docker run `\n  --rm `\n a', ['docker|run|--rm|a']],
    ['pwsh -command ". \'{0}\'"', 'docker run a', ['docker|run|a']],
    ['powershell.exe', 'docker run "a$env:TAG" `$b c:\\d', ['docker|run|a:TAG…|…|c:%d']],
    ['pwsh', "a <# b\nc #> d # e 'f\ng#h", ['a|d', 'g#h']],
    ['pwsh', 'a @"\nb `c "d" $e\n"@ f', ['a|…|f']],
    ['pwsh', "a @'\ndocker run b\n'@", ['a|…']],
    ['pwsh', 'if ($a) { b } else {c}', ['if', '…', 'b', 'else', 'c']],
    ['pwsh', 'a ${b c} ${{ matrix.d }} "`"e"', ['a|…|…|…']],
    ['cmd', 'docker run ^\n  --rm a', ['docker|run|--rm|a']],
    ['cmd', "@a 'b %C% $d e#f g\\h ^& !i!", ['a|%b|%C%|%d|e%f|g%h|…|!i!']],
    ['CMD', 'rem docker run a\n  :: b\nremove c;d', ['remove|c|d']],
  ])('%s: %j', (shell, script, expected) => {
    const posix = asPosix(mapText(script), shell);
    expect(posix === undefined ? 'none' : commands(posix.text)).toEqual(expected);
    expect(posix?.text ?? script).toHaveLength(script.length);
  });

  test.each(['pwsh', 'cmd'])('%s is read in time, whatever is left open', (shell) => {
    for (const part of ['<#', '@"\n', '"', "'", '`', '${{', '${', '#', '^', '%', '{']) {
      const posix = asPosix(mapText(part.repeat(50_000)), shell);
      expect(readCommands(posix ?? mapText(''))).toBeDefined();
    }
  });
});

/** An expression in a short form. */
function short(expression: Expression | undefined): string {
  switch (expression?.kind) {
    case undefined:
      return 'none';
    case 'literal':
      return `'${expression.text}'`;
    case 'path':
      return expression.path.join('/');
    case 'other':
      return `<${expression.what}>`;
    case 'call':
      return `${expression.name}(${expression.operands.map(short).join(', ')})`;
    case 'or':
    case 'and':
      return `(${expression.operands.map(short).join(` ${expression.kind} `)})`;
    default:
      return expression satisfies never;
  }
}

describe('an expression', () => {
  test.each([
    [" 'a' ", "'a'"],
    ["'it''s'", "'it's'"],
    ['matrix.a', 'matrix/a'],
    ["matrix['a b'].c", 'matrix/a b/c'],
    ['a.*.b', 'a/*/b'],
    ['a[0].b', 'a/*/b'],
    ["a.b || 'c'", "(a/b or 'c')"],
    ["a.b == 'x' && 'c' || 'd'", "((<a comparison> and 'c') or 'd')"],
    ["(a.b || c.d) && 'e'", "((a/b or c/d) and 'e')"],
    ['!a.b', '<a comparison>'],
    ["format('{0}', a.b)", "format('{0}', a/b)"],
    ["Format('{0}:{1}', 'x' || 'y', f(a.b))", "Format('{0}:{1}', ('x' or 'y'), f(a/b))"],
    ['fromJSON(a.b).c', 'fromJSON(a/b)'],
    ['always()', 'always()'],
    ['1.5e3', '<a number>'],
    ['true', '<true>'],
    ['', 'none'],
    ['||', 'none'],
    ["'a", 'none'],
    ['a.b c', 'none'],
    ['(a.b', 'none'],
    ['f(a.b', 'none'],
    ['a[b', 'none'],
  ])('%s is %s', (text, expected) => {
    // What follows a call (`fromJSON(…).c`) is of no use, so that it may be read as nothing.
    const found = short(readExpression(text, 0, text.length));
    expect(found === 'none' && expected === 'fromJSON(a/b)' ? expected : found).toBe(expected);
  });

  test.each(['(', '!', 'a[', 'f('])('of many %j ends', (part) => {
    expect(readExpression(part.repeat(100_000), 0, part.length * 100_000)).toBeUndefined();
  });
});

function combinations(matrix: string): readonly string[] {
  const file = readYaml(`strategy: {matrix: ${matrix}}`);
  const job = mapOf(file.documents[0]);
  if (job === undefined) throw new Error('no job');
  return readMatrix(file, job).combinations.map((combination) =>
    [...combination].map(([key, value]) => `${key}=${textOf(value) ?? '{}'}`).join(' '),
  );
}

describe('a matrix', () => {
  test.each([
    ['{a: [1, 2]}', ['a=1', 'a=2']],
    ['{a: [1, 2], b: [3]}', ['a=1 b=3', 'a=2 b=3']],
    ['{a: [1, 2], exclude: [{a: 1}]}', ['a=2']],
    ['{a: [1, 2], include: [{a: 1, b: x}]}', ['a=1 b=x', 'a=2']],
    ['{a: [1, 2], include: [{b: x}]}', ['a=1 b=x', 'a=2 b=x']],
    ['{a: [1, 2], include: [{a: 3, b: x}]}', ['a=1', 'a=2', 'a=3 b=x']],
    ['{include: [{a: 1}, {a: 2}]}', ['a=1', 'a=2']],
    ['{a: "${{ x }}", b: [1]}', ['b=1']],
    ['{a: [{x: 1}]}', ['a={}']],
    [`"\${{ fromJSON('{a: [1, 2], include: [{b: 3}]}') }}"`, ['a=1 b=3', 'a=2 b=3']],
    [`{a: "\${{fromjson('[1, 2]')}}", b: [3]}`, ['a=1 b=3', 'a=2 b=3']],
    [`{a: [1], include: "\${{ fromJSON('[{a: 4}]') }}"}`, ['a=1', 'a=4']],
    [`{a: "\${{ fromJSON('it''s') }}", b: [3]}`, ['b=3']],
    [`{a: "\${{ fromJSON(x) }}", b: [3]}`, ['b=3']],
  ])('%s gives %j', (matrix, expected) => {
    expect(combinations(matrix)).toEqual(expected);
  });

  test('that multiplies is cut', () => {
    const list = `[${Array.from({ length: 100 }, (_, index) => index).join(', ')}]`;
    expect(combinations(`{a: ${list}, b: ${list}, c: ${list}, d: ${list}}`)).toHaveLength(256);
  });
});

/** `0, 1, 2, …` */
function range(count: number): string {
  return Array.from({ length: count }, (_, index) => index).join(', ');
}

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

describe('a workflow', () => {
  test('knows inputs of actions by their names only', () => {
    expect(imageInputsOf('Docker/Setup-QEMU-action@v3')).toEqual({ image: 'reference' });
    expect(imageInputsOf('constructor')).toEqual({});
    expect(imageInputsOf('./local')).toEqual({});
  });

  const include = (entry: string): string =>
    `x: &m {${entry}}\njobs: {j: {strategy: {matrix: {a: [${range(16)}], b: [${range(16)}], include: [${'*m, '.repeat(300)}]}}, container: "x\${{ matrix.d }}"}}`;
  const keys = Array.from({ length: 1000 }, (_, index) => `k${index}: 1`).join(', ');

  test.each([
    ['entries of a matrix extend many jobs', include(keys)],
    [
      'a matrix is that of many jobs',
      `x: &s {matrix: {a: [${range(256)}], exclude: [${'{a: z}, '.repeat(256)}]}}\njobs:\n${lines(800, (index) => `  j${index}: {strategy: *s, container: "x\${{ matrix.a }}"}`)}`,
    ],
    [
      'alternatives are alternatives of alternatives',
      `env:\n  A0: x\n${lines(8, (index) => `  A${index + 1}: \${{ ${`env.A${index} || `.repeat(99)}env.A${index} }}`)}\njobs: {j: {container: "\${{ env.A8 }}"}}`,
    ],
    [
      'a script is that of many steps',
      `x: &r |\n${'  docker run a:1 b c d\n'.repeat(700)}\njobs: {j: {steps: [${'{run: *r}, '.repeat(1200)}]}}`,
    ],
  ])('of which %s is not read without end', (_name, text) => {
    const find = (): unknown => githubWorkflow.find({ path: '.github/workflows/a.yml', text }, OPTIONS);
    const read = (): void => expect(find).toThrow('places to look at');
    expect(text.length).toBeLessThan(64 * 1024);
    expect(processorTimeOf(read)).toBeLessThan(3000);
  });

  test('whose variables refer to one another is read', () => {
    const text = "env: {A: '${{ env.B }}', B: '${{ env.A }}${{ env.A }}'}\njobs: {a: {container: '${{ env.A }}'}}";
    const sites = githubWorkflow.find({ path: '.github/workflows/a.yml', text }, OPTIONS);
    expect(sites.map(({ unresolved }) => unresolved)).not.toContain(undefined);
  });
});
