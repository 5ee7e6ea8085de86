import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { parseDigest } from '../../src/core/digest.ts';
import { bake, bakeReferences } from '../../src/files/bake.ts';
import { applyEdits, pinSite } from '../../src/files/edit.ts';
import { processorTimeOf } from '../support/processor-time.ts';

const DIGEST = parseDigest(`sha256:${'0f'.repeat(32)}`);

function references(text: string, path = 'docker-bake.hcl'): readonly string[] {
  return bakeReferences({ path, text }).map(({ reference }) => reference);
}

function context(value: string): string {
  return `target "a" {\n  contexts = { x = ${value} }\n}\n`;
}

describe('a bake file', () => {
  test.each([
    ['"docker-image://alpine:3"', ['alpine:3']],
    ['"docker-image:\\u002f/alpine:3"', ['alpine:3']],
    ['"docker-image://a\\tb"', ['a\tb']],
    ['"docker-image://${"alpine"}:3"', ['${"alpine"}:3']],
    ['"docker-image://$${X}"', ['${X}']],
    ['"docker-image://%%{X}"', ['%{X}']],
    ['"docker-image://%{ if true }a%{ endif }:3"', ['%{ if true }a%{ endif }:3']],
    ['"docker-image://${~ X ~}/a:3"', ['${~ X ~}/a:3']],
    ['("docker-image://a:1")', ['a:1']],
    ['[ "docker-image://a:1", ]', ['a:1']],
    ['X == 1 ? "docker-image://a:1" : null', ['a:1']],
    ['"docker-image://a:1"\n    y = "docker-image://b:1"', ['a:1', 'b:1']],
    ['<<EOF\ndocker-image://a:1\nEOF\n', ['a:1\n']],
    ['"https://example.com"', []],
    ['"docker-image"', []],
    ['null', []],
  ])('has in contexts { x = %s }', (value, expected) => {
    expect(references(context(value))).toEqual(expected);
  });

  test.each([
    ['docker-bake.hcl', 'yes'],
    ['a/docker-bake.override.hcl', 'yes'],
    ['docker-bake.json', 'yes'],
    ['docker-bake-ci.hcl', 'yes'],
    ['Docker-Bake.HCL', 'yes'],
    ['docker-bake.yaml', 'no'],
    ['main.hcl', 'no'],
    ['package.json', 'no'],
  ])('is %s: %s', (path, result) => {
    expect(bake.matches(path)).toBe(result);
  });

  test('that is no JSON is refused with its name', () => {
    expect(() => references('{"target": ', 'docker-bake.json')).toThrow('docker-bake.json is not JSON');
  });

  test('gives the same in HCL and in JSON', () => {
    const imageArbitrary = fc.stringMatching(/^[a-z]{1,5}(\/[a-z]{1,4})?(:[a-z0-9]{1,3})?$/);
    fc.assert(
      fc.property(fc.array(imageArbitrary, { maxLength: 5 }), fc.boolean(), (images, variable) => {
        const contexts = images.map((image, index) => [
          `c${index}`,
          `docker-image://${variable ? '${R}/' : ''}${image}`,
        ]);
        const json = {
          variable: { R: { default: 'r.io' } },
          target: { a: { contexts: Object.fromEntries(contexts) } },
        };
        const entries = contexts.map(([key, value]) => `${key} = "${value}"`).join('\n');
        const hcl = `variable "R" { default = "r.io" }\ntarget "a" {\n contexts = {\n${entries}\n}\n}`;
        const expected = images.map((image) => (variable ? `r.io/${image}` : image));
        expect(references(hcl)).toEqual(expected);
        expect(references(JSON.stringify(json), 'docker-bake.json')).toEqual(expected);
      }),
    );
  });

  test('is read without failing, and what is pinned is found pinned', () => {
    const partArbitrary = fc.constantFrom(
      'target "a" {\n',
      'contexts = {',
      'variable "V" { default = "',
      'x = "docker-image://',
      'alpine',
      ':1',
      '${V}',
      '${',
      '}',
      '"',
      '\n',
      ',',
      '[',
      ']',
      '(',
      ')',
      '=',
      '<<EOF\n',
      'EOF\n',
      '<<-EOF\n',
      '\\',
      '#',
      '/*',
      '*/',
      '?',
      'cache-from = ["',
      'type=registry,ref=',
      'dockerfile-inline = "FROM ',
      '\\n',
      '$${',
      '%{',
      ' ',
    );
    const options = { imageKeys: [], sibling: () => undefined };
    const sitesOf = (text: string) => bake.find({ path: 'docker-bake.hcl', text }, options);
    const pin = (text: string) =>
      applyEdits(
        text,
        sitesOf(text).flatMap((site) => pinSite(site, text, { digest: DIGEST }) ?? []),
      );
    fc.assert(
      fc.property(fc.array(partArbitrary, { maxLength: 50 }), (parts) => {
        const once = pin(parts.join(''));
        expect(pin(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Variables of which each is twice the one before it. */
function doubled(count: number): string {
  const names = Array.from({ length: count }, (_, index) => `A${index}`);
  const lines = names.map((name, index) => `variable "A${index + 1}" { default = "\${${name}}\${${name}}" }\n`);
  return `variable "A0" { default = "x" }\n${lines.join('')}`;
}

describe('a hostile bake file', () => {
  const many = 100_000;
  const doubling = Array.from(
    { length: 60 },
    (_, index) => `variable "A${index + 1}" { default = "\${A${index}}\${A${index}}" }`,
  );

  test.each([
    [
      'variables that double',
      `variable "A0" { default = "xx" }\n${doubling.join('\n')}\n${context('"docker-image://a:${A60}"')}`,
    ],
    ['a variable of itself', `variable "A" { default = "\${A}" }\n${context('"docker-image://a:${A}"')}`],
  ])('with %s is unresolved', (_name, text) => {
    const found = bakeReferences({ path: 'docker-bake.hcl', text });
    expect(found.map(({ unresolved }) => unresolved)).toEqual([expect.any(String)]);
  });

  test.each([
    ['brackets', 'a = ' + '['.repeat(many)],
    ['blocks', 'a {'.repeat(many)],
    ['templates', `a = ${'"${'.repeat(many)}`],
  ])('with nested %s is refused', (_name, text) => {
    expect(() => references(text)).toThrow(expect.objectContaining({ code: 'limit' }));
  });

  test.each([
    ['here-documents without end', 'a = <<A\n'.repeat(many)],
    ['quotes', '"'.repeat(many)],
    ['comments without end', '/*'.repeat(many)],
    ['operators', `a = ${'?:'.repeat(many)}`],
    ['digits', `a = ${'1'.repeat(many)}`],
    ['contexts', `target "a" { contexts = {\n${'x = "docker-image://a:1"\n'.repeat(many / 4)}`],
    ['uses of a variable that doubles', `${doubled(15)}${context('"docker-image://${A15}"').repeat(2000)}`],
    [
      'uses of a long Dockerfile',
      `variable "A" { default = "${'FROM x\\n'.repeat(3000)}" }\n${'target "t" { dockerfile-inline = A }\n'.repeat(1000)}`,
    ],
    [
      'uses of a long variable',
      `variable "A" { default = "${'a'.repeat(60_000)}" }\n${context('"docker-image://${A}"').repeat(1000)}`,
    ],
  ])('with many %s is read in time', (_name, text) => {
    expect(processorTimeOf(() => references(text))).toBeLessThan(2000);
  });
});
