import { describe, expect, test } from '@jest/globals';
import { assert, constantFrom, property, string } from '../support/properties.ts';
import { isAllowed } from '../../src/rules/allow.ts';
import { permissionFor } from '../../src/rules/askable.ts';
import { NGINX_PIN } from '../../src/rules/example-facts.ts';
import { matchesReference, pathTest } from '../../src/rules/glob.ts';
import { subjectOf } from '../../src/rules/subject.ts';
import { processorTimeOf } from '../support/processor-time.ts';

function subject(reference: string, unresolved?: string) {
  return subjectOf({
    file: 'f',
    format: 'dockerfile',
    line: 1,
    column: 1,
    endColumn: 2,
    reference,
    placement: { kind: 'none', why: 'test' },
    traits: [],
    ...(unresolved === undefined ? {} : { unresolved }),
  });
}

describe('patterns of paths', () => {
  test.each<[string, string, boolean]>([
    ['Dockerfile', 'Dockerfile', true],
    ['Dockerfile', 'a/b/Dockerfile', true],
    ['/Dockerfile', 'a/Dockerfile', false],
    ['./Dockerfile', 'Dockerfile', true],
    ['*.yml', 'a/b.yml', true],
    ['a/*.yml', 'a/b.yml', true],
    ['a/*.yml', 'a/b/c.yml', false],
    ['a/*.yml', 'x/a/b.yml', false],
    ['a/**/*.yml', 'a/b/c/d.yml', true],
    ['a/**/*.yml', 'a/d.yml', true],
    ['**/b/*.yml', 'a/b/c.yml', true],
    ['a/**', 'a/b/c', true],
    ['a/**', 'a', false],
    ['**', 'a/b', true],
    ['a', 'a/b/c', true],
    ['a/', 'a/b', true],
    ['a/', 'a', false],
    ['b/', 'a/b/c', true],
    ['a/b', 'a/b/c', true],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['[ab].yml', 'b.yml', true],
    ['[!ab].yml', 'b.yml', false],
    ['[a-c]x', 'bx', true],
    [String.raw`\*.yml`, '*.yml', true],
    [String.raw`\*.yml`, 'a.yml', false],
    ['[', '[', true],
    ['*a*b*c', 'xxaxxbxxc', true],
    ['.github/workflows/*.y*ml', '.github/workflows/ci.yaml', true],
    ['', 'a', false],
  ])('%j and %j: %j', (pattern, path, expected) => {
    expect(pathTest([pattern])(path)).toBe(expected);
  });

  test.each<[readonly string[], string, boolean]>([
    [['*.yml', '!a.yml'], 'a.yml', false],
    [['*.yml', '!a.yml'], 'x/a.yml', false],
    [['*.yml', '!/a.yml'], 'x/a.yml', true],
    [['!a.yml', '*.yml'], 'a.yml', true],
    [['a/', '!a/b/', 'a/b/c'], 'a/b/c', true],
    [['a/', '!a/b/', 'a/b/c'], 'a/b/d', false],
    [['!vendor/**'], 'a.yml', true],
    [['!vendor/**'], 'vendor/a.yml', false],
    [[String.raw`\!a`], '!a', true],
    [[String.raw`\!a`], 'a', false],
    [[], 'a', false],
  ])('%j and %j: %j', (patterns, path, expected) => {
    expect(pathTest(patterns)(path)).toBe(expected);
  });

  test('no pattern makes it slow', () => {
    const time = processorTimeOf(() => {
      expect(pathTest(['*a'.repeat(60)])(`${'a'.repeat(5000)}b`)).toBe(false);
      expect(pathTest(['**/a/'.repeat(40)])(`${'a/'.repeat(500)}b`)).toBe(true);
      expect(matchesReference('**a'.repeat(100), `${'a'.repeat(1000)}b`)).toBe(false);
    });
    expect(time).toBeLessThan(2000);
  });
});

describe('patterns of references', () => {
  test.each<[string, string, boolean]>([
    ['ghcr.io/acme/*', 'ghcr.io/acme/api:latest', true],
    ['ghcr.io/acme/*', 'ghcr.io/acme/api', true],
    ['ghcr.io/acme/*', `ghcr.io/acme/api:1@${NGINX_PIN}`, true],
    ['ghcr.io/acme/*', 'ghcr.io/acme/team/api:1', false],
    ['ghcr.io/acme/**', 'ghcr.io/acme/team/api:1', true],
    ['ghcr.io/**/api', 'ghcr.io/acme/team/api:1', true],
    ['ghcr.io/acme/*', 'ghcr.io.evil.example/acme/api', false],
    ['nginx', 'nginx:latest', true],
    ['nginx', 'docker.io/library/nginx', true],
    ['docker.io/library/*', 'nginx', true],
    ['nginx:1.*', 'nginx:1.27', true],
    ['nginx:1.*', 'nginx:2.0', false],
    ['*', 'nginx:latest', true],
    ['*', 'acme/nginx:latest', false],
    ['**', 'ghcr.io/acme/nginx:latest', true],
    ['nginx', 'acme/nginx', false],
    ['*nginx', 'acme/nginx', false],
    ['ghcr.io/acme/*', 'GHCR.io/acme/api', true],
    ['GHCR.io/acme/*', 'ghcr.io/acme/api', true],
    ['docker.io/library/nginx', 'index.docker.io/library/nginx:latest', true],
    ['ghcr.io/acme/api:RC', 'ghcr.io/acme/api:rc', false],
  ])('%j accepts %j: %j', (pattern, reference, expected) => {
    expect(isAllowed([pattern], subject(reference))).toBe(expected);
  });

  test('what cannot be known is compared as it is written', () => {
    expect(isAllowed(['$REGISTRY/*'], subject('$REGISTRY/app', 'no value'))).toBe(true);
    expect(isAllowed([], subject('nginx'))).toBe(false);
  });

  test('a text without stars accepts itself only', () => {
    const word = string({ unit: constantFrom(...'ab/:.'.split('')), maxLength: 12 });
    assert(property(word, word, (one, other) => matchesReference(one, other) === (one === other)));
  });
});

describe('which registries are asked', () => {
  const listed = new Set(['registry.acme.example', '10.0.0.5:5000']);
  test.each<[string, 'auto' | 'never', string]>([
    ['docker.io', 'auto', 'anonymous'],
    ['index.docker.io', 'auto', 'anonymous'],
    ['GHCR.io', 'auto', 'anonymous'],
    ['registry.acme.example', 'auto', 'with-credentials'],
    ['10.0.0.5:5000', 'auto', 'with-credentials'],
    ['10.0.0.5:2375', 'auto', 'no'],
    ['localhost:5000', 'auto', 'no'],
    ['169.254.169.254', 'auto', 'no'],
    ['ghcr.io.evil.example', 'auto', 'no'],
    ['ghcr.io:444', 'auto', 'no'],
    ['docker.io', 'never', 'no'],
    ['registry.acme.example', 'never', 'no'],
  ])('%s with resolve %s: %s', (registry, resolve, expected) => {
    expect(permissionFor(registry, listed, resolve)).toBe(expected);
  });
});
