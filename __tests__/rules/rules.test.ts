import { describe, expect, test } from '@jest/globals';
import { printable } from '../../src/core/printable.ts';
import type { ImageSite } from '../../src/files/site.ts';
import { EXAMPLE_DAY, NGINX_LATEST, NGINX_PIN, OTHER_PIN } from '../../src/rules/example-facts.ts';
import type { ImageFacts } from '../../src/rules/facts.ts';
import { RULES } from '../../src/rules/index.ts';
import { isWorthAsking, judge } from '../../src/rules/judge.ts';
import { RULE_IDS, type RuleOptions } from '../../src/rules/rule.ts';
import { subjectOf } from '../../src/rules/subject.ts';

const OPTIONS: RuleOptions = { require: 'tag', floatingTags: [], today: EXAMPLE_DAY };

function siteOf(reference: string, more: Partial<ImageSite> = {}): ImageSite {
  return {
    file: 'Dockerfile',
    format: 'dockerfile',
    line: 1,
    column: 6,
    endColumn: 6 + reference.length,
    reference,
    placement: { kind: 'value', range: { start: 5, end: 5 + reference.length }, prefix: '', quote: '' },
    traits: [],
    ...more,
  };
}

const EXAMPLES = RULES.flatMap((rule) =>
  rule.examples.map((example) => ({ rule, example, id: rule.id, name: example.name })),
);

describe('the examples of the rules', () => {
  test.each(EXAMPLES)('$id: $name', ({ rule, example }) => {
    const subject = subjectOf(siteOf(example.reference, example.site), example.facts);
    const judgement = rule.judge(subject, { ...OPTIONS, ...example.options });
    if (example.says === null) {
      expect(judgement).toBeUndefined();
      return;
    }
    expect(judgement?.message).toContain(example.says);
    if (example.writes !== undefined)
      expect(JSON.stringify(judgement?.remedy)).toContain(JSON.stringify(example.writes).slice(1, -1));
  });
});

describe('the list of rules', () => {
  test('every id has one rule, and every rule has both kinds of examples', () => {
    expect(RULES.map(({ id }) => id).toSorted()).toEqual([...RULE_IDS].toSorted());
    for (const { examples } of RULES) {
      expect(examples.some(({ says }) => says === null)).toBe(true);
      expect(examples.some(({ says }) => says !== null)).toBe(true);
    }
  });

  test('the levels are those of the contract', () => {
    expect(Object.fromEntries(RULES.map(({ id, level }) => [id, level]))).toEqual({
      'no-tag': 'error',
      'latest-tag': 'error',
      'not-pinned': 'error',
      'digest-invalid': 'error',
      'digest-gone': 'error',
      'digest-is-image-id': 'error',
      'digest-one-platform': 'warning',
      'tag-moved': 'notice',
      'tag-in-name': 'error',
      'unquoted-tag': 'warning',
      'unresolved-variable': 'notice',
    });
  });
});

describe('one finding per reference and cause', () => {
  const moved: ImageFacts = { tag: NGINX_LATEST, pin: { kind: 'gone' } };
  test.each<[string, string, Partial<ImageSite>, Partial<RuleOptions>, ImageFacts, readonly string[]]>([
    ['no tag before no digest', 'nginx', {}, { require: 'digest' }, {}, ['no-tag']],
    ['latest before no digest', 'nginx:latest', {}, { require: 'digest' }, {}, ['latest-tag']],
    ['a bad digest before no tag', 'nginx@abc', {}, { require: 'digest' }, {}, ['digest-invalid']],
    ['gone before moved', `nginx:1@${OTHER_PIN}`, {}, {}, moved, ['digest-gone']],
    [
      'an image ID before gone and moved',
      `nginx:1@${OTHER_PIN}`,
      {},
      {},
      { tag: NGINX_LATEST, pin: { kind: 'image-id' } },
      ['digest-is-image-id'],
    ],
    [
      'one platform before moved',
      `nginx:1@${OTHER_PIN}`,
      {},
      {},
      { tag: NGINX_LATEST, pin: { kind: 'child', platform: 'linux/amd64' } },
      ['digest-one-platform'],
    ],
    [
      'spelling is another cause',
      'nginx:1.10',
      { traits: [{ kind: 'unquoted-tag', value: '1.1', range: { start: 0, end: 4 } }] },
      { require: 'digest' },
      {},
      ['not-pinned', 'unquoted-tag'],
    ],
    [
      'the Kustomize name before its tag',
      'nginx:latest',
      { traits: [{ kind: 'tag-in-name' }] },
      {},
      {},
      ['tag-in-name'],
    ],
    ['an unknown registry, no tag', '${R}/nginx', { unresolved: 'R' }, {}, {}, ['no-tag']],
    ['an unknown tag', 'nginx:${V:-}', { unresolved: 'V' }, { require: 'digest' }, {}, ['unresolved-variable']],
    [
      'nested braces and a default with a colon',
      '${R:-${S:-a:b}}/nginx:1',
      { unresolved: 'R' },
      {},
      {},
      ['unresolved-variable'],
    ],
    [
      'an unknown registry and a version tag',
      '$CI_REGISTRY/x:1',
      { traits: [{ kind: 'name-unknown', why: 'CI_REGISTRY' }] },
      {},
      {},
      ['unresolved-variable'],
    ],
    ['an unknown name by Kustomize', '$(X)', { unresolved: 'X' }, {}, {}, ['unresolved-variable']],
    ['a template', '{{ .x }}:{{ .y }}', { unresolved: 'x' }, {}, {}, ['unresolved-variable']],
    ['a version tag', 'nginx:1.27', {}, {}, {}, []],
    ['a pinned latest', `nginx:latest@${NGINX_PIN}`, {}, { require: 'digest' }, {}, []],
  ])('%s', (_name, reference, site, options, facts, expected) => {
    const found = judge(subjectOf(siteOf(reference, site), facts), { ...OPTIONS, ...options });
    expect(found.map(({ rule }) => rule.id)).toEqual(expected);
  });

  test('a digest that goes into the tag of a chart is told', () => {
    const range = { start: 0, end: 6, quote: '' } as const;
    expect(messageOfChart({ kind: 'keys', tag: range })).toContain('charts that use the tag in a label may reject it');
    expect(messageOfChart({ kind: 'keys', tag: range, digest: range })).not.toContain('label');
  });

  test('messages show values on one line, whatever they hold', () => {
    const hostile = 'a"b\n::error::x\u{202e}@y';
    for (const site of [siteOf(hostile), siteOf(`$X${hostile}`, { unresolved: `no value\n##[x]${hostile}` })]) {
      for (const { judgement } of judge(subjectOf(site), OPTIONS))
        expect(printable(judgement.message)).toBe(judgement.message);
    }
  });
});

function messageOfChart(placement: ImageSite['placement']): string | undefined {
  const site = siteOf('nginx:latest', { format: 'helm-values', placement });
  return judge(subjectOf(site, { tag: NGINX_LATEST }), OPTIONS)[0]?.judgement.message;
}

describe('what a registry is asked about', () => {
  test.each<[string, Partial<RuleOptions>, boolean]>([
    ['nginx', {}, true],
    ['nginx:latest', {}, true],
    ['nginx:1.27', {}, false],
    ['nginx:1.27', { require: 'digest' }, true],
    [`nginx@${NGINX_PIN}`, {}, true],
    ['nginx:1@sha256:abc', {}, true],
    ['nginx@abc', {}, false],
    ['Nginx', {}, false],
  ])('%s with %j: %j', (reference, options, expected) => {
    const subject = subjectOf(siteOf(reference));
    expect(isWorthAsking(subject, judge(subject, { ...OPTIONS, ...options }))).toBe(expected);
  });
});
