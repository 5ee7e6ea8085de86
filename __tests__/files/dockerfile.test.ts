import { describe, expect, test } from '@jest/globals';
import { DockerfileParser } from 'dockerfile-ast';
import * as fc from '../support/properties.ts';
import { parseDigest } from '../../src/core/digest.ts';
import { escapeTokenOf, findSyntax } from '../../src/files/dockerfile-directives.ts';
import { expandWord, newBudget, type Variables } from '../../src/files/dockerfile-expand.ts';
import { heredocsOf } from '../../src/files/dockerfile-heredoc.ts';
import { scanInstructions } from '../../src/files/dockerfile-lines.ts';
import { splitFields } from '../../src/files/dockerfile-mount.ts';
import { splitQuotedWords } from '../../src/files/dockerfile-words.ts';
import { dockerfile, dockerfileReferences } from '../../src/files/dockerfile.ts';
import { applyEdits, pinSite } from '../../src/files/edit.ts';
import { textOf } from '../../src/files/expansion.ts';
import { mapText, rangeOf } from '../../src/files/mapped-text.ts';
import { processorTimeOf } from '../support/processor-time.ts';

/** Word → what BuildKit makes of it: the table of its own tests (shell/envVarTest), with the same variables. */
const WORDS = [
  ['hello', 'hello'],
  ["he'll'o", 'hello'],
  ["he'llo", 'error'],
  ["he\\'llo", "he'llo"],
  ["he\\\\'llo", 'error'],
  ['abc\\tdef', 'abctdef'],
  ['"abc\\tdef"', 'abc\\tdef'],
  ['"abc\\\\tdef"', 'abc\\tdef'],
  ["'abc\\tdef'", 'abc\\tdef'],
  ['hello\\', 'hello'],
  ['hello\\\\', 'hello\\'],
  ['"hello', 'error'],
  ['"hello\\"', 'error'],
  ['"hel\'lo"', "hel'lo"],
  ["'hello", 'error'],
  ["'hello\\'", 'hello\\'],
  ["'hello\\there'", 'hello\\there'],
  ["'hello\\\\there'", 'hello\\\\there'],
  ['"\'\'"', "''"],
  ['$.', '$.'],
  ['he$1x', 'hex'],
  ['he$.x', 'he$.x'],
  ['he$pwd.', 'he.'],
  ['he$PWD', 'he/home'],
  ['he\\$PWD', 'he$PWD'],
  ['he\\\\$PWD', 'he\\/home'],
  ['"he\\$PWD"', 'he$PWD'],
  ['"he\\\\$PWD"', 'he\\/home'],
  ['\\${}', '${}'],
  ['\\${}aaa', '${}aaa'],
  ['he\\${}', 'he${}'],
  ['he\\${}xx', 'he${}xx'],
  ['${}', 'error'],
  ['${}aaa', 'error'],
  ['he${}', 'error'],
  ['he${}xx', 'error'],
  ['he${hi}', 'he'],
  ['he${hi}xx', 'hexx'],
  ['he${PWD}', 'he/home'],
  ['he${.}', 'error'],
  ['he${XXX:-000}xx', 'he000xx'],
  ['he${PWD:-000}xx', 'he/homexx'],
  ['he${XXX:-$PWD}xx', 'he/homexx'],
  ['he${XXX:-${PWD:-yyy}}xx', 'he/homexx'],
  ['he${XXX:-${YYY:-yyy}}xx', 'heyyyxx'],
  ['he${XXX:YYY}', 'error'],
  ['he${PWD?}', 'he/home'],
  ['he${PWD:?}', 'he/home'],
  ['he${NULL?}', 'he'],
  ['he${XXX:+${PWD}}xx', 'hexx'],
  ['he${PWD:+${XXX}}xx', 'hexx'],
  ['he${PWD:+${SHELL}}xx', 'hebashxx'],
  ['he${XXX:+000}xx', 'hexx'],
  ['he${PWD:+000}xx', 'he000xx'],
  ["'he${XX}'", 'he${XX}'],
  ['"he${PWD}"', 'he/home'],
  ['"he\'$PWD\'"', "he'/home'"],
  ['"$PWD"', '/home'],
  ["'$PWD'", '$PWD'],
  ["'\\$PWD'", '\\$PWD'],
  ['\'"hello"\'', '"hello"'],
  ['he\\$PWD', 'he$PWD'],
  ['"he\\$PWD"', 'he$PWD'],
  ["'he\\$PWD'", 'he\\$PWD'],
  ['he${PWD', 'error'],
  ['he${PWD:=000}xx', 'error'],
  ['he${PWD:+${PWD}:}xx', 'he/home:xx'],
  ['he${XXX:-\\$PWD:}xx', 'he$PWD:xx'],
  ['he${XXX:-\\${PWD}z}xx', 'he${PWDz}xx'],
  ['안녕\\t하세요', '안녕t하세요'],
  ['$KOREAN', '한국어'],
  ['안녕$KOREAN', '안녕한국어'],
  ['${{aaa}', 'error'],
  ['${aaa}}', '}'],
  ['${aaa', 'error'],
  ['${{aaa:-bbb}', 'error'],
  ['${aaa:-bbb}}', 'bbb}'],
  ['${aaa:-bbb', 'error'],
  ['${aaa:-bbb}', 'bbb'],
  ['${aaa:-${bbb:-ccc}}', 'ccc'],
  ['${aaa:-bbb ${foo}', 'error'],
  ['${aaa:-bbb {foo}', 'bbb {foo'],
  ['${:}', 'error'],
  ['${:-bbb}', 'error'],
  ['${:+bbb}', 'error'],
  ['$1', ''],
  ['${1}', ''],
  ['${1:+bbb}', ''],
  ['${1:-bbb}', 'bbb'],
  ['$9', ''],
  ['${9}', ''],
  ['${9:+bbb}', ''],
  ['${9:-bbb}', 'bbb'],
  ['$999', ''],
  ['${999}', ''],
  ['${999:+bbb}', ''],
  ['${999:-bbb}', 'bbb'],
  ['$999aaa', 'aaa'],
  ['${999}aaa', 'aaa'],
  ['${999:+bbb}aaa', 'aaa'],
  ['${999:-bbb}aaa', 'bbbaaa'],
  ['$001', ''],
  ['${001}', ''],
  ['${001:+bbb}', ''],
  ['${001:-bbb}', 'bbb'],
  ['$001aaa', 'aaa'],
  ['${001}aaa', 'aaa'],
  ['${001:+bbb}aaa', 'aaa'],
  ['${001:-bbb}aaa', 'bbbaaa'],
  ['$@', ''],
  ['${@}', ''],
  ['${@:+bbb}', ''],
  ['${@:-bbb}', 'bbb'],
  ['$@@@', '@@'],
  ['$@aaa', 'aaa'],
  ['${@}aaa', 'aaa'],
  ['${@:+bbb}aaa', 'aaa'],
  ['${@:-bbb}aaa', 'bbbaaa'],
  ['$*', ''],
  ['${*}', ''],
  ['${*:+bbb}', ''],
  ['${*:-bbb}', 'bbb'],
  ['$#', ''],
  ['${#}', ''],
  ['${#:+bbb}', ''],
  ['${#:-bbb}', 'bbb'],
  ['$?', ''],
  ['${?}', ''],
  ['${?:+bbb}', ''],
  ['${?:-bbb}', 'bbb'],
  ['$-', ''],
  ['${-}', ''],
  ['${-:+bbb}', ''],
  ['${-:-bbb}', 'bbb'],
  ['$$', ''],
  ['${$}', ''],
  ['${$:+bbb}', ''],
  ['${$:-bbb}', 'bbb'],
  ['$!', ''],
  ['${!}', ''],
  ['${!:+bbb}', ''],
  ['${!:-bbb}', 'bbb'],
  ['$0', ''],
  ['${0}', ''],
  ['${0:+bbb}', ''],
  ['${0:-bbb}', 'bbb'],
] as const;
const REQUIRED = ['he${XXX?}', 'he${XXX:?}', 'he${NULL:?}'];

/** Word, variables, result: shell/lex_test.go. */
const SUBSTITUTIONS = [
  ['x ${UNUSED}', {}, 'x '],
  ['${FOO-aaa} ${BAR-bbb} ${BAZ-ccc}', { FOO: 'xxx', BAR: '' }, 'xxx  ccc'],
  ['${FOO:-aaa} ${BAR:-bbb} ${BAZ:-ccc}', { FOO: 'xxx', BAR: '' }, 'xxx bbb ccc'],
  ['${FOO:-}', { FOO: 'xxx' }, 'xxx'],
  ['${FOO:-}', {}, ''],
  ['${FOO+aaa} ${BAR+bbb} ${BAZ+ccc}', { FOO: 'xxx', BAR: '' }, 'aaa bbb '],
  ['${FOO:+aaa} ${BAR:+bbb} ${BAZ:+ccc}', { FOO: 'xxx', BAR: '' }, 'aaa  '],
  ['${FOO?aaa}', { FOO: 'xxx' }, 'xxx'],
  ['${BAR?bbb}', { BAR: '' }, ''],
  ['${FOO:?aaa}', { FOO: 'xxx' }, 'xxx'],
  ['${FOO=aaa}', { FOO: 'xxx' }, undefined],
  ['${FOO=:aaa}', { FOO: 'xxx' }, undefined],
  ['${FOO=}', {}, undefined],
  ['${FOO#()[]{\\}^$.\\*\\?|\\\\}', { FOO: '()[]{}^$.*?|\\x' }, 'x'],
  ['${FOO%%\\**}', { FOO: 'xx**' }, 'xx'],
  ['${FOO#*x*y}', { FOO: 'xxyy' }, 'y'],
  ['${FOO#*}', { FOO: 'xxyy' }, 'xxyy'],
  ['${FOO#$BAR}', { FOO: 'xxyy', BAR: 'x' }, 'xyy'],
  ['${FOO#$BAR}', { FOO: 'xxyy', BAR: '' }, 'xxyy'],
  ['${FOO#}', { FOO: 'xxyy' }, 'xxyy'],
  ['${FOO##*x}', { FOO: 'xxyy' }, 'yy'],
  ['${FOO##}', { FOO: 'xxyy' }, 'xxyy'],
  ['${FOO#?\\?}', { FOO: '???y' }, '?y'],
  ['${ABC:-.}${FOO%x}${ABC:-.}', { FOO: 'xxyy' }, '.xxyy.'],
  ['${FOO%%\\**\\*}', { FOO: 'a***yy*' }, 'a'],
  ['${FOO%}', { FOO: 'xxyy' }, 'xxyy'],
  ['${FOO%%$BAR}', { FOO: 'xxyy', BAR: '' }, 'xxyy'],
  ['${FOO:#}', {}, undefined],
  ['${FOO:##}', {}, undefined],
  ['${FOO:%}', {}, undefined],
  ['${FOO/$NEEDLE/.} - ${FOO//$NEEDLE/.}', { FOO: '/foo*/*/*.txt', NEEDLE: '\\*/' }, '/foo.*/*.txt - /foo..*.txt'],
  ['${FOO/$NEEDLE/} - ${FOO//$NEEDLE/}', { FOO: '/tmp/tmp/bar.txt', NEEDLE: '/tmp' }, '/tmp/bar.txt - /bar.txt'],
  [
    '${FOO/$NEEDLE/$REPLACEMENT} - ${FOO//$NEEDLE/$REPLACEMENT}',
    { FOO: '/a/foo/b/c.txt', NEEDLE: '/?/', REPLACEMENT: '/' },
    '/foo/b/c.txt - /foo/c.txt',
  ],
  ['${FOO//\\//\\/}', { FOO: '/tmp/foo.txt' }, '\\/tmp\\/foo.txt'],
  ['${FOO/$BAR/ww}', { FOO: 'xxyy', BAR: '' }, 'wwxxyy'],
  ['${FOO//ww}', { FOO: 'xxyy' }, undefined],
  ['${FOO//}', { FOO: 'xxyy' }, undefined],
  ['${FOO///}', { FOO: 'xxyy' }, 'xxyy'],
  ['${FOO#\\x}', { FOO: 'xxyy' }, undefined],
] as const;

function variablesOf(values: Readonly<Record<string, string>>): Variables {
  return {
    valueOf: (name) => {
      const text = Object.hasOwn(values, name) ? values[name] : undefined;
      return text === undefined ? undefined : { pieces: [{ text }], consulted: new Set() };
    },
    absence: () => ({ why: 'unset', filled: false }),
  };
}

function expanded(word: string, values: Readonly<Record<string, string>>): string | undefined {
  const result = expandWord(mapText(word), '\\', variablesOf(values), newBudget());
  return result.failure === undefined ? textOf(result.pieces) : undefined;
}

describe('a word of a Dockerfile', () => {
  test.each(WORDS)('%s is %s', (word, result) => {
    const values = { PWD: '/home', SHELL: 'bash', KOREAN: '한국어', NULL: '' };
    expect(expanded(word, values)).toBe(result === 'error' ? undefined : result);
  });

  test.each(SUBSTITUTIONS)('%s with %j', (word, values, result) => {
    expect(expanded(word, values)).toBe(result);
  });

  test.each(REQUIRED)('%s is unknown without a value', (word) => {
    const result = expandWord(mapText(word), '\\', variablesOf({ NULL: '' }), newBudget());
    expect(result.failure ?? result.pieces.some(({ unknown }) => unknown !== undefined)).toBe(true);
  });

  test('is escaped by a backtick when the file says so', () => {
    const result = expandWord(mapText('a\\`$b`'), '`', variablesOf({ b: 'x' }), newBudget());
    expect(result.failure ?? textOf(result.pieces)).toBe('a\\$b');
  });
});

describe('here-documents of a line', () => {
  test.each([
    ['RUN <<EOF', ['EOF']],
    ['RUN <<-EOF', ['tabs EOF']],
    ['RUN << EOF', ['EOF']],
    ['RUN <<- EOF', []],
    ['RUN << -EOF', ['-EOF']],
    ["RUN <<'EOF'", ['EOF']],
    ['RUN <<"E OF"', ['E OF']],
    ["RUN <<eo\\'f", ["eo'f"]],
    ["RUN <<'e'o\\'f", ["eo'f"]],
    ['RUN <<$EOF', ['$EOF']],
    ['RUN 4<<EOF', ['EOF']],
    ['RUN a<<EOF', []],
    ['RUN <<EOF <<EOF2', ['EOF', 'EOF2']],
    ['RUN <<file.txt > x', ['file.txt']],
    ["RUN '<<EOF'", []],
    ['RUN "<<EOF"', []],
    ['RUN \\<<EOF', []],
    ['RUN <<<EOF', []],
    ['RUN <<EOF sh -c "x', []],
    ["RUN echo don't <<EOF", []],
    ['RUN ${x:-y} <<EOF', ['EOF']],
    ['RUN ${#x} <<EOF', []],
    ['RUN ${x[@]} <<EOF', []],
  ])('%s', (line, names) => {
    expect(heredocsOf(line).map(({ name, chomp }) => (chomp ? `tabs ${name}` : name))).toEqual(names);
  });
});

describe('parser directives', () => {
  test.each([
    ['#escape=`\nFROM a', '`'],
    ['# EScape = ` \nFROM a', '`'],
    ['# check=x\n# escape=`\nFROM a', '`'],
    ['  # escape=`\nFROM a', '`'],
    ['# key=x\n# escape=`\nFROM a', '\\'],
    ['#!/bin/sh\n# escape=`\nFROM a', '\\'],
    ['\n# escape=`\nFROM a', '\\'],
    ['# escape=x\nFROM a', '\\'],
    ['', '\\'],
  ])('%j escapes with %s', (text, escape) => {
    expect(escapeTokenOf(text)).toBe(escape);
  });

  test.each([
    ['# syntax = dockerfile:experimental // opts\nFROM a', 'dockerfile:experimental'],
    ['#!/bin/sh\n# syntax = x\nFROM a', 'x'],
    ['#!/bin/sh\n\n# syntax=x', undefined],
    ['//syntax=foo\n//key=value', 'foo'],
    ['#!/bin/sh\n//syntax=x', 'x'],
    ['# SYNTAX=a\r\nFROM b', 'a'],
    [' # syntax=a\nFROM b', undefined],
    ['# syntax=a\n# syntax=b', 'a'],
    ['# syntax=', undefined],
    ['{"syntax": "foo", "bar": ["abc"]}', 'foo'],
    ['{"syntax": "ghcr.io\\/acme\\/x:1"}', 'ghcr.io/acme/x:1'],
    ['{"syntax": "foo"', undefined],
    ['{"syntax": "foo"}\n# syntax=bar', undefined],
    ['{"syntax": 1}', undefined],
    ['#!', undefined],
  ])('%j asks for %s', (text, syntax) => {
    expect(findSyntax(mapText(text))?.text).toBe(syntax);
  });
});

describe('lines and words', () => {
  test.each([
    ['foo bar', ['foo', 'bar']],
    ['foo\\ bar', ['foo\\ bar']],
    ["foo bar 'abc xyz'", ['foo', 'bar', "'abc xyz'"]],
    ['föo bàr "âbc xÿz"', ['föo', 'bàr', '"âbc xÿz"']],
    ['a="x y" b', ['a="x y"', 'b']],
    ["a='x\\' b", ["a='x\\'", 'b']],
    ['a="x\\" y" b', ['a="x\\" y"', 'b']],
    ['a\\', ['a']],
  ])('ARG %s', (text, words) => {
    expect(splitQuotedWords(mapText(text), '\\').map((word) => word.text)).toEqual(words);
  });

  test.each([
    ['a=b,c', ['a=b', 'c']],
    ['"a=b,c",d', ['a=b,c', 'd']],
    ['"a=""b"", c""",from=d', ['a="b", c"', 'from=d']],
    ['"",a', ['', 'a']],
    ['a,"b""', undefined],
    ['a,', ['a', '']],
    ['a"b', undefined],
    ['"a"b', undefined],
    ['"a', undefined],
  ])('--mount=%s', (text, fields) => {
    expect(splitFields(mapText(text))?.map((field) => field.text)).toEqual(fields);
  });

  test('are read from a file that was put together from places of another', () => {
    const file = 'x: |\n  FROM alpine:3.20\n  RUN a\n';
    const source = {
      text: 'FROM alpine:3.20\nRUN a\n',
      runs: [
        { at: 0, start: 7 },
        { at: 17, start: 26 },
      ],
    };
    const [found] = dockerfileReferences(source);
    expect(found?.range).toEqual({ start: 12, end: 23 });
    expect(file.slice(found?.range.start, found?.range.end)).toBe('alpine:3.20');
    const [, second] = [...scanInstructions(source, '\\')].map(({ rest }) => rangeOf(rest));
    expect(second).toEqual({ start: 30, end: 31 });
  });
});

describe('the names of Dockerfiles', () => {
  test.each([
    ['Dockerfile', 'yes'],
    ['a/b/dockerfile', 'yes'],
    ['DOCKERFILE.alpine', 'yes'],
    ['Dockerfile-1.2', 'yes'],
    ['Dockerfile_prod', 'yes'],
    ['api.Dockerfile', 'yes'],
    ['api.v2.dockerfile', 'yes'],
    ['Containerfile', 'yes'],
    ['Containerfile.fedora', 'yes'],
    ['app.containerfile', 'yes'],
    ['Dockerfile.dockerignore', 'no'],
    ['dockerfile.ts', 'maybe'],
    ['Dockerfile.md', 'maybe'],
    ['DockerfileParser.java', 'maybe'],
    ['Dockerfile.php', 'maybe'],
    ['my-dockerfile', 'no'],
    ['dockerfile/readme', 'no'],
  ])('%s: %s', (path, result) => {
    expect(dockerfile.matches(path)).toBe(result);
  });

  test.each([
    ['Dockerfile.go', '# syntax=docker/dockerfile:1\n\n# for Go\nARG V=1.22\nFROM golang:${V}\n', 2],
    ['Dockerfile.php', 'FROM \\\n  php:8 AS base\nFROM base\n', 1],
    ['Dockerfile.py', 'from --platform=linux/amd64 python:3\r\n', 1],
    ['dockerfile.go', 'package main\n\nFROM golang:1\n', 0],
    ['dockerfile.py', '#!/usr/bin/env python3\nfrom x import y\nfrom z\n', 0],
    ['Dockerfile.md', '# Dockerfile\n\nFrom here on\n\nFROM golang:1\n', 0],
    ['dockerfile.lua', 'arg = {}\nFROM golang:1\n', 0],
    ['Dockerfile.json', '{"syntax": "docker/dockerfile:1"}', 0],
    ['Dockerfile.yml', 'image: x:1\nFROM golang:1\n', 0],
    ['Dockerfile.sh', '', 0],
  ])('%s that begins %j', (path, text, count) => {
    const options = { imageKeys: [], sibling: () => undefined };
    expect(dockerfile.find({ path, text }, options)).toHaveLength(count);
  });
});

const imageArbitrary = fc.stringMatching(/^[a-z]{1,6}(\/[a-z]{1,5})?(:[0-9a-z.]{1,4})?$/);
const blankArbitrary = fc.constantFrom(' ', '  ', '\t', ' \\\n  ', ' \\\n# comment\n\n ');
const stageArbitrary = fc.option(fc.stringMatching(/^[a-z][a-z0-9]{0,3}$/), { nil: undefined });

const instructionArbitrary = fc.oneof(
  fc
    .record({
      keyword: fc.constantFrom('FROM', 'from', 'From', '  FROM'),
      flag: fc.constantFrom('', '--platform=linux/amd64'),
      image: imageArbitrary,
      stage: stageArbitrary,
      blank: blankArbitrary,
    })
    .map(({ keyword, flag, image, stage, blank }) =>
      [keyword, ...(flag === '' ? [] : [flag]), image, ...(stage === undefined ? [] : ['AS', stage])].join(blank),
    ),
  fc.constantFrom(
    'RUN echo \\\n  FROM nginx:1',
    'RUN <<EOF\nFROM nginx:2\nEOF',
    'RUN <<-"EF" cat\n\tFROM nginx:3\n\tEF',
    'COPY <<A <<B /x/\nFROM a\nB\nA\nFROM b\nA\nB',
    '# FROM nginx:4',
    '',
    'CMD ["FROM", "x"]',
    'LABEL a="FROM x"',
    'ENV A=1 \\\n    B=2',
  ),
);

/** The images of FROM as another parser reads them; without variables, where it is right. */
function oracleImages(text: string): readonly string[] {
  const stages = new Set<string>();
  const images: string[] = [];
  for (const from of DockerfileParser.parse(text).getFROMs()) {
    const image = from.getImage();
    if (image !== null && image !== 'scratch' && !stages.has(image)) images.push(image);
    const stage = from.getBuildStage();
    if (stage !== null) stages.add(stage);
  }
  return images;
}

describe('any Dockerfile', () => {
  test('has the images that another parser finds', () => {
    fc.assert(
      fc.property(fc.array(instructionArbitrary, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), (lines, newline) => {
        const text = `FROM scratch\n${lines.join('\n')}`.replaceAll('\n', newline);
        expect(dockerfileReferences(text).map(({ reference }) => reference)).toEqual(oracleImages(text));
      }),
      { numRuns: 500 },
    );
  });

  test('is read without failing, and what is pinned is found pinned', () => {
    const digest = parseDigest(`sha256:${'0f'.repeat(32)}`);
    const partArbitrary = fc.constantFrom(
      'FROM ',
      'ARG ',
      'COPY --from=',
      'RUN --mount=from=',
      ' AS ',
      '\n',
      '\r\n',
      '\\',
      '`',
      '$',
      '${',
      '}',
      ':-',
      'A',
      'B=',
      '"',
      "'",
      'alpine',
      ':1',
      '/',
      '@',
      '<<',
      'EOF',
      '# syntax=',
      '# escape=`',
      '#',
      ',',
      '%',
      '*',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(partArbitrary, { maxLength: 60 }), (parts) => {
        const file = { path: 'Dockerfile', text: parts.join('') };
        const options = { imageKeys: [], sibling: () => undefined };
        const pin = (text: string) =>
          applyEdits(
            text,
            dockerfile.find({ ...file, text }, options).flatMap((site) => pinSite(site, text, { digest }) ?? []),
          );
        for (const { placement, reference, unresolved } of dockerfile.find(file, options)) {
          if (placement.kind !== 'value' || unresolved !== undefined) continue;
          expect(placement.prefix + file.text.slice(placement.range.start, placement.range.end)).toBe(reference);
        }
        const once = pin(file.text);
        expect(pin(once)).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a hostile Dockerfile', () => {
  const many = 40_000;
  test.each([
    ['a chain of ARGs that double', `${doubling(60)}FROM $A59\n`, 'characters'],
    ['deep nesting', `FROM ${'${A:-'.repeat(200)}x${'}'.repeat(200)}\n`, 'nested'],
    ['a long word', `FROM ${'a'.repeat(5000)}\n`, 'characters'],
    ['a pattern made for backtracking', `ARG A=${'a'.repeat(4000)}\nFROM x:\${A##${'*a'.repeat(1500)}b}\n`, 'too long'],
  ])('%s is unresolved with a reason', (_name, text, reason) => {
    const found = dockerfileReferences(text);
    expect(found).toHaveLength(1);
    expect(found[0]?.unresolved).toContain(reason);
    expect(found[0]?.reference.length).toBeLessThan(2000);
  });

  test.each([
    ['ARGs that refer to each other', `ARG A=x\n${'ARG A=$A$A\n'.repeat(many)}FROM $A\n`],
    ['FROMs of a long default', `ARG A=${'a'.repeat(4000)}\n${'FROM $A/b\n'.repeat(many)}`],
    ['stages and unknown stages', `ARG A\n${named(many / 2)}${'FROM s${A}x\n'.repeat(many / 2)}`],
    ['continued lines', `RUN ${'\\\n'.repeat(2 * many)}`],
    ['quotes', `RUN ${`"'`.repeat(many)}<<EOF`],
    ['here-documents', `RUN ${'<<A '.repeat(many)}`],
    ['open braces on a line with <<', `RUN << ${'${A:-'.repeat(many)}`],
    ['blanks in a directive', `# syntax=a${' '.repeat(many)}b${' '.repeat(many)}`],
    ['flags', `COPY ${'--from=a:1 '.repeat(many)}`],
    ['escapes', `FROM a\n${'ARG A=\\b\\c\\d\n'.repeat(many)}`],
    ['deep JSON', `{"syntax": ${'['.repeat(many)}`],
  ])('%s are read in time', (_name, text) => {
    const read = () => {
      try {
        return dockerfileReferences(text).length;
      } catch (error) {
        return Error.isError(error) ? error.message : '';
      }
    };
    expect(processorTimeOf(read)).toBeLessThan(2000);
  });
});

function doubling(count: number): string {
  const lines = Array.from({ length: count }, (_, index) => `ARG A${index}=\${A${index - 1}}\${A${index - 1}}\n`);
  return `ARG A0=xx\n${lines.slice(1).join('')}`;
}

function named(count: number): string {
  return Array.from({ length: count }, (_, index) => `FROM scratch AS s${index}\n`).join('');
}

describe('named contexts', () => {
  const bake = 'target "app" { contexts = { base = "target:base" } }';
  const found = (files: readonly string[] | undefined, path: string) => {
    // Of its own for each call: what is known of a workspace is kept by it.
    const sibling = (name: string) => (name === 'a/docker-bake.hcl' ? `${bake}\n# for ${path}` : undefined);
    const options = { imageKeys: [], sibling, ...(files === undefined ? {} : { files }) };
    return dockerfile.find({ path, text: 'FROM base\nCOPY --from=other / /' }, options).map((site) => site.reference);
  };

  test.each([
    ['in the folder', ['a/docker-bake.hcl'], 'a/Dockerfile', ['other']],
    ['above it', ['a/docker-bake.hcl'], 'a/b/c/Dockerfile', ['other']],
    ['in a workspace whose files are not listed', undefined, 'a/b/Dockerfile', ['other']],
    ['beside it', ['a/docker-bake.hcl'], 'b/Dockerfile', ['base', 'other']],
    ['that git does not track', ['a/b/Dockerfile'], 'a/b/Dockerfile', ['base', 'other']],
  ])('of a bake file %s', (_, files, path, expected) => {
    expect(found(files, path)).toEqual(expected);
  });
});
