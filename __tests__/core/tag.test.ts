import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { digestOf } from '../../src/core/digest.ts';
import { UserError } from '../../src/core/errors.ts';
import { parseSemver } from '../../src/core/semver.ts';
import type { TagContext } from '../../src/core/tag-context.ts';
import { compareVersions, decideTag, highestVersion, type FoundVersion } from '../../src/core/tag-decision.ts';
import { makeTag } from '../../src/core/tag-make.ts';
import { parseTag, sanitiseTag } from '../../src/core/tag-name.ts';
import { matchesTag, parseTagPattern } from '../../src/core/tag-pattern.ts';
import { isTagRule, parseTagRule } from '../../src/core/tag-rule.ts';
import { processorTimeOf } from '../support/processor-time.ts';

const SHA = '860c1904a1ce19322e91ac35af1ab07466440c37';

function at(ref: string, more: Partial<TagContext> = {}): TagContext {
  return { ref, sha: SHA, eventName: 'push', defaultBranch: 'master', baseRef: '', shortSha: 7, ...more };
}

function made(line: string, context: TagContext): string | undefined {
  const result = makeTag(parseTagRule(line), context);
  return result.kind === 'tag' ? result.tag : undefined;
}

function errorOf(work: () => unknown): UserError {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('there was no error');
}

function version(text: string): FoundVersion {
  const semver = parseSemver(text);
  return semver === undefined ? { kind: 'unknown', why: text } : { kind: 'version', version: semver, text };
}

describe('lines of docker/metadata-action', () => {
  // Events, lines and results of that action's own tests; undefined is "no tag in this run".
  const dev = at('refs/heads/dev');
  const release = at('refs/tags/v1.1.1', { baseRef: 'master' });
  const beta = at('refs/tags/v2.0.8-beta.67');
  const pull = at('refs/pull/15/merge', {
    sha: 'a9c8c5828b91be19d9728548b24759e352367ef1',
    eventName: 'pull_request',
    baseRef: 'master',
  });

  test.each<readonly [string, TagContext, string | undefined]>([
    ['type=sha', dev, 'sha-860c190'],
    ['type=sha', pull, 'sha-a9c8c58'],
    ['type=sha', at('', { sha: '' }), undefined],
    ['type=sha,format=long', dev, `sha-${SHA}`],
    ['type=sha,format=short,prefix=', dev, '860c190'],
    ['type=sha,prefix={{branch}}-', dev, 'dev-860c190'],
    ['type=sha,suffix=-rc,prefix=git-', dev, 'git-860c190-rc'],
    ['type=sha', at('refs/heads/dev', { shortSha: 12 }), 'sha-860c1904a1ce'],
    ['type=sha,priority=2000', pull, 'sha-a9c8c58'],
    ['type=semver,pattern={{version}}', release, '1.1.1'],
    ['type=semver,pattern={{major}}.{{minor}}', release, '1.1'],
    ['type=semver,pattern={{major}}', release, '1'],
    ['type=semver,pattern={{ major }}.{{ minor }}.{{ patch }}', release, '1.1.1'],
    ['type=semver,pattern=v{{major}}', release, 'v1'],
    ['type=semver,pattern={{raw}}', release, 'v1.1.1'],
    ['type=semver,pattern={{major}}.{{minor}}', beta, '2.0.8-beta.67'],
    ['type=semver,pattern={{major}}', beta, '2.0.8-beta.67'],
    ['type=semver,pattern=v{{major}}', beta, '2.0.8-beta.67'],
    ['type=semver,pattern={{major}},prefix=v', beta, 'v2.0.8-beta.67'],
    ['type=semver,pattern={{raw}}', beta, 'v2.0.8-beta.67'],
    ['type=semver,pattern={{ raw }}', beta, 'v2.0.8-beta.67'],
    ['type=semver,pattern={{raw}}.{{version}}', beta, '2.0.8-beta.67'],
    ['type=semver,pattern={{version}}', dev, undefined],
    ['type=semver,pattern={{version}}', at('refs/tags/sometag'), undefined],
    ['type=semver,pattern={{version}}', at('refs/tags/1.2'), undefined],
    ['type=semver,pattern={{version}},value=v1.2.3', dev, '1.2.3'],
    ['type=semver,pattern={{version}},value=v1.2.3+build.5', dev, '1.2.3'],
    ['type=semver,pattern={{raw}},value=v1.2.3+build.5', dev, 'v1.2.3-build.5'],
    [String.raw`type=semver,pattern={{version}},"match=v(\d.\d.\d)$"`, at('refs/tags/p1/v1.0.0'), '1.0.0'],
    [String.raw`type=semver,pattern={{version}},value=p1/v1.2.3,"match=v(\d.\d.\d)$"`, dev, '1.2.3'],
    ['type=semver,pattern={{version}}', at('refs/tags/p1/v1.0.0'), undefined],
    ['type=ref,event=branch', dev, 'dev'],
    ['type=ref,event=branch', at('refs/heads/my/feature#1245'), 'my-feature-1245'],
    ['type=ref,event=branch', release, undefined],
    ['type=ref,event=tag', release, 'v1.1.1'],
    ['type=ref,event=tag', at('refs/tags/p1/v1.0.0'), 'p1-v1.0.0'],
    ['type=ref,event=tag', pull, undefined],
    ['type=ref,event=pr', pull, 'pr-15'],
    ['type=ref,event=pr,prefix=,suffix=-bal', pull, '15-bal'],
    ['type=ref,event=pr', dev, undefined],
    ['event=branch,type=ref,priority=90', dev, 'dev'],
    ['type=raw,value=foo', dev, 'foo'],
    ['type=raw,my', dev, 'my'],
    ['type=raw,bar,enable=false', dev, undefined],
    ['type=raw,baz,enable=true', dev, 'baz'],
    ['TYPE=raw, VALUE = foo bar ', dev, 'foo-bar'],
    ['"type=raw","value=a,b"', dev, 'a-b'],
    ['{{branch}}', dev, 'dev'],
    ['value={{branch}}-{{sha}}', dev, 'dev-860c190'],
    ['type=raw,{{tag}}-{{sha}}-foo', release, 'v1.1.1-860c190-foo'],
    ['type=raw,{{base_ref}}-foo', release, 'master-foo'],
    ['type=raw,{{branch}}', release, undefined],
    ['type=raw,value=baseref-{{base_ref}}', dev, 'baseref-'],
    ['type=raw,defbranch,enable={{is_default_branch}}', dev, undefined],
    ['type=raw,defbranch,enable={{is_default_branch}}', at('refs/heads/master'), 'defbranch'],
    ['type=raw,other,enable={{is_not_default_branch}}', dev, 'other'],
    ['type=raw,defbranch,enable={{is_default_branch}}', at('refs/heads/dev', { eventName: 'schedule' }), 'defbranch'],
    ['type=raw,defbranch,enable={{is_default_branch}}', pull, undefined],
  ])('%s', (line, context, expected) => {
    expect(isTagRule(line)).toBe(true);
    expect(made(line, context)).toBe(expected);
  });

  test.each([
    ['type=semver', 'pattern is missing', 'type=semver,pattern={{version}}'],
    ['type=ref', 'event is missing', 'event=tag'],
    ['type=ref,event=push', 'the event "push" does not exist', 'event=branch, event=tag, event=pr'],
    ['type=sha,format=medium', 'the format "medium" does not exist', 'format=short'],
    ['type=raw', 'value is missing', 'value=latest'],
    ['type=raw,value=x,enable=', 'enable is ""', 'enable=true or enable=false'],
    ['type=raw,value=x,enable=1', 'enable is "1"', 'enable=true or enable=false'],
    ['type=raw,value=x,latest=true', 'type=raw has no "latest"', 'prefix, suffix, enable'],
    ['type=schedule', 'type=schedule is not taken here', 'docker/metadata-action'],
    ['type=edge', 'type=edge is not taken here', 'docker/metadata-action'],
    ['type=commit', 'type=commit is not taken here', 'type=sha'],
    ["type=raw,value={{date 'YYYYMMDD'}}", "holds {{date 'YYYYMMDD'}}", 'docker/metadata-action'],
    ['type=raw,value={{commit_date}}', 'holds {{commit_date}}', 'docker/metadata-action'],
    ['type=raw,value={{brunch}}', 'holds {{brunch}}', '{{branch}}'],
    ['type=semver,pattern={{verison}},value=1.2.3', 'holds {{verison}}', '{{version}}'],
    ['type=raw,value={{branch', 'has a {{ without }}', '}}'],
    ['type=semver,pattern={{version}},value=1.2.3,match=(', 'match is no regular expression', 'match=v(.*)$'],
    ['type=raw,"value=x', 'a quote has no end', '""'],
    ['type=raw,"value=x"y', 'a comma is missing', 'Quote whole fields'],
    ['type=raw,value=-x', '"-x" is not a tag', 'Write x'],
  ])('%s is an error: %s', (line, message, hint) => {
    const error = errorOf(() => made(line, dev));
    expect([error.code, error.message]).toEqual(['bad-input', expect.stringContaining(message)]);
    expect(error.hint).toContain(hint);
  });

  test('a version that is none is a warning, what does not fit the event is not', () => {
    const [bad, none] = [at('refs/tags/sometag'), dev].map((context) =>
      makeTag(parseTagRule('type=semver,pattern={{version}}'), context),
    );
    expect(bad).toEqual({ kind: 'none', reason: '"sometag" is not a version by SemVer', isWarning: true });
    expect(none).toEqual({ kind: 'none', reason: 'the run is not for a tag (refs/heads/dev)', isWarning: false });
  });

  test('any line gives a tag, no tag, or an error for the user', () => {
    const part = fc.oneof(
      fc.constantFrom('type=', 'raw', 'semver', 'ref', ',', '=', '{{', '}}', '"', 'value'),
      fc.string(),
    );
    const line = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(line, (text) => {
        try {
          const result = makeTag(parseTagRule(text), release);
          if (result.kind === 'tag') expect(result.tag).toMatch(/^\w[\w.-]{0,127}$/);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });
});

describe('names of tags', () => {
  test.each([
    ['feature/x', 'feature-x'],
    ['a  b//c', 'a-b-c'],
    ['Über', '-ber'],
    ['1.2.3+4', '1.2.3-4'],
  ])('%s is sanitised to %s', (text, tag) => {
    expect(sanitiseTag(text)).toBe(tag);
  });

  test('128 characters are a tag, more are an error that shows a shorter one', () => {
    expect(parseTag('a'.repeat(128))).toHaveLength(128);
    const error = errorOf(() => parseTag(`${'a'.repeat(127)}-b`));
    expect(error.message).toContain('has 129 characters, at most 128 are allowed');
    expect(error.hint).toBe(`Shorten it: ${'a'.repeat(127)}`);
  });

  test.each([
    ['.x', 'Write x'],
    ['a b', 'Write a-b'],
    ['', 'A tag is letters'],
    ['---', 'A tag is letters'],
  ])('"%s" is no tag', (text, hint) => {
    expect(errorOf(() => parseTag(text)).hint).toContain(hint);
  });
});

/** Items of patterns that regular expressions write in another way. */
const EXPRESSIONS: ReadonlyMap<string, string> = new Map([
  ['*', '.*'],
  ['?', '.'],
  ['[!a]', '[^a]'],
]);

describe('patterns of tags', () => {
  test.each<readonly [string, readonly string[], readonly string[]]>([
    ['latest', ['latest'], ['latest2', 'alatest', 'Latest']],
    ['v*', ['v', 'v1', 'v1.2.3'], ['1', 'av']],
    ['v[0-9]*', ['v1', 'v1.4', 'v10-rc.1'], ['v', 'va', 'version']],
    ['v[!0-9]*', ['version'], ['v1', 'v']],
    ['v[^0-9]', ['vx'], ['v1', 'vxx']],
    ['[0-9].[0-9]', ['1.4'], ['1x4', '10.4']],
    ['?', ['a'], ['', 'ab']],
    ['*', ['', 'x', 'x.y-z'], []],
    ['**x', ['x', 'yx'], ['xy']],
    ['*.*.*', ['1.2.3', 'a.b.c.d'], ['1.2']],
    ['*-alpine', ['1.2-alpine', '-alpine'], ['alpine', '1-alpine3']],
    ['[a-cx]', ['a', 'c', 'x'], ['d']],
    ['[]', [], []],
    ['1.?', ['1.4'], ['1.10', '1x4']],
  ])('%s', (pattern, named, others) => {
    if (pattern === '[]') {
      expect(errorOf(() => parseTagPattern(pattern)).code).toBe('bad-input');
      return;
    }
    const read = parseTagPattern(pattern);
    expect(named.filter((tag) => !matchesTag(read, tag))).toEqual([]);
    expect(others.filter((tag) => matchesTag(read, tag))).toEqual([]);
  });

  test.each([
    ['ghcr.io/acme/api:v*', 'Write v*'],
    ['acme/latest', 'Write latest'],
    ['v[0-9', 'v[0-9]*'],
    ['a|b', 'latest or v[0-9]*'],
    ['{a,b}', 'latest or v[0-9]*'],
  ])('%s is no pattern', (text, hint) => {
    expect(errorOf(() => parseTagPattern(text)).hint).toContain(hint);
  });

  test('agree with a regular expression, and no pattern is slow', () => {
    const pattern = fc.array(fc.constantFrom('*', '?', 'a', 'b', '[ab]', '[!a]', '-'), { minLength: 1, maxLength: 12 });
    const tag = fc.array(fc.constantFrom('a', 'b', 'c', '-'), { maxLength: 12 });
    fc.assert(
      fc.property(pattern, tag, (items, characters) => {
        const source = items.map((item) => EXPRESSIONS.get(item) ?? item).join('');
        const text = characters.join('');
        expect(matchesTag(parseTagPattern(items.join('')), text)).toBe(new RegExp(`^(?:${source})$`).test(text));
      }),
    );
    const many = parseTagPattern('*a'.repeat(500));
    expect(processorTimeOf(() => matchesTag(many, 'a'.repeat(128) + 'b'))).toBeLessThan(200);
  });
});

describe('decisions', () => {
  const before = digestOf(Buffer.from('before'));

  test.each([
    ['a tag that does not exist is created', undefined, false, [], [], 'create'],
    ['an equal tag is unchanged', before, true, [], [], 'unchanged'],
    ['an equal tag is unchanged, whatever may move', before, true, ['*'], ['*'], 'unchanged'],
    ['another digest is refused', before, false, [], [], 'refuse'],
    ['another pattern does not help', before, false, ['v*'], ['1.*'], 'refuse'],
    ['overwrite moves it', before, false, ['latest'], [], 'move'],
    ['forward-only compares', before, false, [], ['lat*'], 'compare'],
    ['forward-only is stricter than overwrite', before, false, ['*'], ['latest'], 'compare'],
    ['forward-only does not hold back a new tag', undefined, false, [], ['latest'], 'create'],
  ] as const)('%s', (_, present, isSame, overwrite, forwardOnly, expected) => {
    const permissions = { overwrite: overwrite.map(parseTagPattern), forwardOnly: forwardOnly.map(parseTagPattern) };
    const decision = decideTag('latest', present, isSame, permissions);
    expect(typeof decision === 'string' ? decision : decision.action).toBe(expected);
  });

  test.each([
    ['1.4.1', '1.4.2', 'move'],
    ['v1.4.9', 'v1.4.10', 'move'],
    ['1.9.0', '1.10.0', 'move'],
    ['1.4.2', '1.4.2', 'keep'],
    ['v1.4.2', '1.4.2', 'keep'],
    ['1.4.2', '1.4.2+build.7', 'keep'],
    ['1.4.2', '1.4.1', 'keep'],
    ['2.0.0', '1.99.99', 'keep'],
    ['1.4.2', '2.0.0-rc.1', 'keep'],
    ['1.4.2', '1.4.3-alpha.1', 'keep'],
    ['2.0.0-rc.1', '2.0.0', 'move'],
    ['2.0.0-rc.1', '2.0.0-rc.2', 'move'],
    ['2.0.0-rc.2', '2.0.0-rc.10', 'move'],
    ['2.0.0-beta', '2.0.0-alpha', 'keep'],
    ['2.0.0-rc.1', '1.9.9', 'keep'],
    ['1.0.0', '9007199254740993.0.0', 'move'],
    ['9007199254740993.0.0', '9007199254740992.0.0', 'keep'],
    ['unknown', '1.0.0', 'refuse'],
    ['1.0.0', 'unknown', 'refuse'],
  ])('from %s to %s: %s', (present, next, action) => {
    expect(compareVersions(version(next), version(present)).action).toBe(action);
  });

  test.each([
    [['1.4.2', '1.4', '1', 'latest', 'sha-860c190'], '1.4.2'],
    [['v1.4.2', 'v1.5.0-rc.1'], 'v1.5.0-rc.1'],
    [['2.0.0-rc.1', '2.0.0'], '2.0.0'],
    [['1.4', 'latest'], undefined],
  ])('of %j the version is %s', (tags, expected) => {
    expect(highestVersion(tags)?.tag).toBe(expected);
  });
});
