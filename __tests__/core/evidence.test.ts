import { describe, expect, test } from '@jest/globals';
import { isPlainStatement, speaksOf } from '../../src/core/statement.ts';
import { mayShareImage, newestFirst, versionAmong } from '../../src/core/version-choice.ts';

describe('the version among tags of one image', () => {
  test.each<readonly [readonly string[], string | undefined, string | undefined]>([
    [['1', '1.27', '1.27.3'], '1.27.3', '1.27.3'],
    [['latest', 'v1.4.2', 'edge'], '1.4.2', 'v1.4.2'],
    [['1.27.3-bookworm', '1.27.3'], '1.27.3', '1.27.3'],
    [['1.27-alpine', '1.27.3-alpine', 'alpine'], '1.27.3-alpine', '1.27.3-alpine'],
    [['1.10.0', '1.9.0'], '1.10.0', '1.10.0'],
    [['2.0.0-rc.1', '1.9.0'], '2.0.0-rc.1', '2.0.0-rc.1'],
    [['20241001', '3.12.4'], '3.12.4', '3.12.4'],
    [['20241001', 'rolling'], '20241001', '20241001'],
    [['vanilla'], undefined, undefined],
    [['latest', 'main', '9f3c1d2', `sha256-${'a'.repeat(64)}.sig`], undefined, undefined],
    [[], undefined, undefined],
  ])('%j: %s', (tags, version, tag) => {
    expect(versionAmong(tags)).toEqual(version === undefined ? undefined : { version, tag });
  });

  test('tags are read newest version first, then other names', () => {
    const tags = ['stable', '1', '1.27.3', '1.27', 'latest', '1.27.3-bookworm', '20250101'];
    expect(newestFirst(tags)).toEqual(['1.27.3', '1.27.3-bookworm', '1.27', '1', '20250101', 'latest', 'stable']);
  });

  test.each([
    ['1.27', ['1.27.3'], true],
    ['1', ['1.27.3'], true],
    ['1.27.3-alpine', ['1.27.3'], true],
    ['1.27.3.1', ['1.27.3'], true],
    ['v1.27', ['1.27.3'], true],
    ['1.027', ['1.27.3'], true],
    ['1.26', ['1.27.3'], false],
    ['2', ['1.27.3'], false],
    ['1.27.30', ['1.27.3'], false],
    ['1.26', ['1.27.3', '1.26.9'], true],
    ['latest', ['1.27.3'], true],
    ['20241001', ['1.27.3'], true],
    ['20241002', ['20241001'], false],
    ['1.26', ['latest'], true],
    ['1.26', [], true],
  ])('%s may name the image that is %j: %j', (tag, known, may) => {
    expect(mayShareImage(tag, known)).toBe(may);
  });
});

describe('what an image says of itself', () => {
  test.each([
    ['version', '1.27.3-alpine', true],
    ['version', '17.0.12+7', true],
    ['version', '', false],
    ['version', '1.0 $(curl evil)', false],
    ['version', '1.0`id`', false],
    ['version', '1.0;id', false],
    ['version', '1.0\n::set-output name=x::y', false],
    ['version', '1.0\u202e', false],
    ['version', 'a'.repeat(256), false],
    ['revision', '9f3c1d2e5b7a4c6d8e0f1a2b3c4d5e6f7a8b9c0d', true],
    ['revision', 'refs/heads/main', true],
    ['revision', '-x', false],
    ['source', 'https://github.com/acme/api', true],
    ['source', 'https://github.com/nginx/docker-nginx.git#96c9d0d:mainline/debian', true],
    ['source', 'git@github.com:acme/api.git', true],
    ['source', 'https://x/$(id)', false],
    ['source', 'https://x/?a=1&b', false],
    ['source', 'javascript:alert(1)', false],
    ['created', '2026-03-01T12:00:00Z', true],
    ['created', '2026-03-01T12:00:00.123456789+01:00', true],
    ['created', '2026-03-01', true],
    ['created', 'yesterday', false],
  ] as const)('%s %j may stand by itself: %j', (name, value, plain) => {
    expect(isPlainStatement(name, value)).toBe(plain);
  });

  test.each([
    ['acme/api', 'api', undefined, true],
    ['acme/api', 'API', undefined, true],
    ['acme/api', 'acme/api', undefined, true],
    ['acme/api', undefined, 'https://github.com/acme/api', true],
    ['acme/api', undefined, 'https://github.com/Acme/API.git', true],
    ['acme/api', undefined, 'https://github.com/acme/api/', true],
    ['acme/api', undefined, 'git@github.com:acme/api.git', true],
    ['acme/api', undefined, 'https://github.com/acme/api.git#9f3c:docker', true],
    ['acme/api', 'ubuntu', 'https://github.com/acme/base', false],
    ['acme/api', undefined, 'https://github.com/acme/other-api', false],
    ['acme/api', undefined, 'https://github.com/acme/base?x=/api', false],
    ['acme/api', undefined, undefined, false],
    ['acme/api', '', '', false],
  ])('labels of %s with title %s and source %s speak of it: %s', (repository, title, source, speaks) => {
    expect(speaksOf(repository, title, source)).toBe(speaks);
  });
});
