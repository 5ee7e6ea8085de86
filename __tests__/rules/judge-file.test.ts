import { describe, expect, test } from '@jest/globals';
import { array, assert, constantFrom, integer, property, record } from '../support/properties.ts';
import { LIMITS } from '../../src/core/limits.ts';
import { applyEdits } from '../../src/files/edit.ts';
import { dockerfile } from '../../src/files/dockerfile.ts';
import { helmValues } from '../../src/files/helm-values.ts';
import { indexLines } from '../../src/files/position.ts';
import { EXAMPLE_DAY, NGINX_LATEST, NGINX_PIN } from '../../src/rules/example-facts.ts';
import type { Answer } from '../../src/rules/facts.ts';
import { compatible, fixOf } from '../../src/rules/fix.ts';
import { judgeFile, questionOf, readFileOf, type JudgeOptions, type ReadFile } from '../../src/rules/judge-file.ts';
import { leftOutBy } from '../../src/rules/left-out.ts';
import { EVERYTHING, scopeOfSpans } from '../../src/rules/scope.ts';
import { fails, verdictOf } from '../../src/rules/verdict.ts';
import { processorTimeOf } from '../support/processor-time.ts';

const OPTIONS: JudgeOptions = { require: 'tag', floatingTags: [], allow: [], today: EXAMPLE_DAY };
const KNOWN: Answer = { kind: 'facts', facts: { tag: NGINX_LATEST } };

function read(text: string) {
  const sites = dockerfile.find({ path: 'Dockerfile', text }, { imageKeys: [], sibling: () => undefined });
  return readFileOf('Dockerfile', text, sites, EXAMPLE_DAY);
}

function questionsOf(file: ReadFile, options: JudgeOptions) {
  return file.sites.flatMap((site) => questionOf(file, site, options) ?? []);
}

describe('one file', () => {
  test('an ARG that two stages share is one finding, one fix and one question', () => {
    const file = read('ARG BASE=nginx\nFROM $BASE AS a\nFROM ${BASE} AS b\n');
    expect(questionsOf(file, OPTIONS)).toHaveLength(1);
    const { findings, references } = judgeFile(file, OPTIONS, { level: EVERYTHING }, () => KNOWN);
    expect(references).toHaveLength(1);
    expect(findings.map(({ line, fix }) => [line, fix?.replacement])).toEqual([
      [1, `ARG BASE=nginx:latest@${NGINX_PIN}`],
    ]);
  });

  test('what is ignored or allowed is not asked about', () => {
    expect(questionsOf(read('# image-digest: ignore[no-tag] known\nFROM nginx\n'), OPTIONS)).toEqual([]);
    expect(questionsOf(read('FROM nginx\n'), { ...OPTIONS, allow: ['nginx'] })).toEqual([]);
    expect(questionsOf(read(`# image-digest: ignore[no-tag] known\nFROM nginx@${NGINX_PIN}\n`), OPTIONS)).toHaveLength(
      1,
    );
  });

  test('the default of an argument is a line of the reference, wherever the fix goes', () => {
    const file = read('ARG TAG=latest\nFROM acme/\\\napp:${TAG}\nARG TAG\nRUN echo $TAG\n');
    const levels = [1, 2, 3, 4, 5].map((first) => {
      const level = scopeOfSpans(new Map([['Dockerfile', [{ first, count: 1 }]]]));
      return judgeFile(file, OPTIONS, { level }, () => KNOWN).findings.map(({ line, level: found }) => [line, found]);
    });
    const [old, added] = [[[3, 'notice']], [[3, 'error']]];
    expect(levels).toEqual([added, added, added, old, old]);
  });

  test('what cannot be rewritten has no fix and says why', () => {
    const file = read('ARG TAG\nFROM nginx${TAG:+:1.25}\n');
    const { findings } = judgeFile(file, OPTIONS, { level: EVERYTHING }, () => KNOWN);
    expect(findings.map(({ rule, fix }) => [rule, fix])).toEqual([['no-tag', undefined]]);
    expect(findings[0]?.message).toMatch(/; there is no fix, because a part of it is there only when .* is given$/);
  });

  test('a reference that is none is told with its line', () => {
    const file = read('FROM Nginx:1\nFROM {{ image }}\n');
    const { skipped, findings } = judgeFile(file, OPTIONS, { level: EVERYTHING }, () => undefined);
    expect(findings).toEqual([]);
    expect(skipped).toEqual([
      { file: 'Dockerfile', reason: expect.stringMatching(/^line 1: .*lowercase/) },
      { file: 'Dockerfile', reason: expect.stringMatching(/^line 2: "\{\{" is not an image reference/) },
    ]);
  });

  test('a name that holds a variable is judged as far as it is known, and is not told twice', () => {
    const file = read('ARG REGISTRY\nFROM ${REGISTRY}/ubuntu\n');
    const { skipped, findings } = judgeFile(file, OPTIONS, { level: EVERYTHING }, () => undefined);
    expect(findings.map(({ line, rule }) => [line, rule])).toEqual([[2, 'no-tag']]);
    expect(skipped).toEqual([]);
  });

  test('100,000 lines take seconds; what is gravest is kept and the rest counted', () => {
    const lines = 100_000;
    const file = read('FROM a\n'.repeat(lines));
    // Every other line but the first half is added, in as many spans.
    const spans = Array.from({ length: 1000 }, (_, at) => ({ first: lines - 2 * at, count: 1 }));
    const scope = scopeOfSpans(new Map([['Dockerfile', spans]]));
    const judge = () => judgeFile(file, OPTIONS, { level: scope, change: scope }, () => KNOWN);
    expect(processorTimeOf(judge)).toBeLessThan(10_000);
    const judged = judge();
    expect(judged.findings).toHaveLength(5000);
    expect(judged.findings.filter(({ level }) => level === 'error')).toHaveLength(1000);
    expect(judged.findings.at(-1)).toMatchObject({
      line: lines,
      level: 'error',
      fix: { replacement: expect.stringContaining('FROM a:latest@sha256:') },
    });
    expect(judged.omitted).toEqual({ error: 0, warning: 0, notice: lines - 5000 });
  });

  test('a text that is too long is listed as skipped, and told as what cannot be known', () => {
    const file = read(`FROM ${'a'.repeat(5000)}:latest\nFROM nginx\n`);
    const { findings, skipped } = judgeFile(file, OPTIONS, { level: EVERYTHING }, () => KNOWN);
    expect(findings.map(({ line, rule }) => [line, rule])).toEqual([
      [1, 'unresolved-variable'],
      [2, 'no-tag'],
    ]);
    const reason = 'line 1: the reference is not read: it has more than 4096 characters';
    expect(skipped).toEqual([{ file: 'Dockerfile', reason }]);
  });

  test('what stands elsewhere is not asked about: the tag of a chart is not latest', () => {
    const text = 'image:\n  repository: acme/app\n  digest: ""\n';
    const sites = helmValues.find({ path: 'values.yaml', text }, { imageKeys: [], sibling: () => 'name: app' });
    const file = readFileOf('values.yaml', text, sites, EXAMPLE_DAY);
    const options = { ...OPTIONS, require: 'digest' } as const;
    expect(questionsOf(file, options)).toEqual([]);
    const { findings, references } = judgeFile(file, options, { level: EVERYTHING }, () => KNOWN);
    expect(findings).toMatchObject([
      { rule: 'not-pinned', message: '"acme/app" has no digest, which this check requires' },
    ]);
    expect(findings[0]?.fix).toBeUndefined();
    expect(references[0]?.digest).toBeUndefined();
  });

  test('a registry that did not answer changes nothing', () => {
    const unanswered: Answer = { kind: 'unanswered', registry: 'docker.io', reason: 'down' };
    const file = read(`FROM nginx:1@${NGINX_PIN}\nFROM nginx\n`);
    const { findings } = judgeFile(file, OPTIONS, { level: EVERYTHING }, () => unanswered);
    expect(findings.map(({ rule, fix }) => [rule, fix])).toEqual([['no-tag', undefined]]);
  });

  test('lines that are not added make notices, and their ignores are not new', () => {
    const file = read('FROM a\nFROM b\n# image-digest: ignore[no-tag] x\nFROM c\n');
    const scope = scopeOfSpans(new Map([['Dockerfile', [{ first: 2, count: 1 }]]]));
    const { findings, ignored } = judgeFile(file, OPTIONS, { level: scope, change: scope }, () => undefined);
    expect(findings.map(({ line, level }) => [line, level])).toEqual([
      [1, 'notice'],
      [2, 'error'],
    ]);
    expect(ignored).toMatchObject([{ line: 4, isNew: false }]);
  });
});

/** Which findings have a fix. */
function fixed(text: string): readonly boolean[] {
  return judgeFile(read(text), OPTIONS, { level: EVERYTHING }, () => KNOWN).findings.map(
    ({ fix }) => fix !== undefined,
  );
}

describe('fixes', () => {
  test('the complete line, also without the last line end, with a carriage return, and with other fixes on it', () => {
    const text = 'a b\r\nc';
    const place = { file: { text, lines: indexLines(text) }, others: [], room: 6 };
    const others = [[{ start: 2, end: 3, text: 'B' }]];
    expect(fixOf([{ start: 0, end: 1, text: 'A' }], { ...place, line: 1, others })).toMatchObject({
      replacement: 'A B',
      startLine: 1,
      endLine: 1,
    });
    expect(fixOf([{ start: 5, end: 6, text: 'C\nD' }], { ...place, line: 2 })).toMatchObject({
      replacement: 'C\nD',
      startLine: 2,
      endLine: 2,
    });
    expect(fixOf([{ start: 2, end: 6, text: 'x' }], { ...place, line: 1 })).toMatchObject({
      replacement: 'a x',
      startLine: 1,
      endLine: 2,
    });
  });

  test('lines that are too long are not repeated for each finding on them, nor more than a report can hold', () => {
    const long = `FROM a # ${'x'.repeat(LIMITS.fixedLineCharacters)}`;
    expect(fixed(`${long}\nFROM b\n`)).toEqual([false, true]);
    const line = `FROM a # ${'x'.repeat(LIMITS.fixedLineCharacters / 2)}\n`;
    const most = LIMITS.fixedCharacters / line.length;
    const all = fixed(line.repeat(most + 20));
    expect(all.filter(Boolean).length).toBeGreaterThan(most / 2);
    expect(all.filter(Boolean).length).toBeLessThanOrEqual(most);
    expect(all.at(-1)).toBe(false);
  });

  test('edits that are made together never collide, and earlier ones win', () => {
    const text = 'x'.repeat(20);
    const edit = record({
      start: integer({ min: 0, max: 20 }),
      length: integer({ min: 0, max: 4 }),
      text: constantFrom('', 'a', 'bb'),
    });
    const groups = array(
      array(
        edit.map(({ start, length, text: fresh }) => ({ start, end: Math.min(20, start + length), text: fresh })),
        { minLength: 1, maxLength: 1 },
      ),
      { maxLength: 6 },
    );
    assert(
      property(groups, (all) => {
        const edits = compatible(all);
        expect(() => applyEdits(text, edits)).not.toThrow();
        if (all[0]?.[0] !== undefined) expect(edits).toContainEqual(all[0][0]);
      }),
    );
  });
});

describe('what is left out', () => {
  const files = new Set(['chart/Chart.yaml', 'chart/templates/a.yaml']);
  test.each<[string, readonly string[], string | undefined]>([
    ['vendor/x/Dockerfile', [], 'it is vendored (vendor/)'],
    ['a/third_party/Dockerfile', [], 'it is vendored (third_party/)'],
    ['node_modules/x/Dockerfile', [], 'it is vendored (node_modules/)'],
    ['vendor/x/Dockerfile', ['vendor/**'], undefined],
    ['vendor/x/build.sh', [], 'it is vendored (vendor/)'],
    ['node_modules/x/Makefile', [], 'it is vendored (node_modules/)'],
    ['scripts/build.sh', [], undefined],
    ['vendored/Dockerfile', [], undefined],
    ['vendor', [], undefined],
    ['Dockerfile.j2', [], 'it is a template (*.j2)'],
    ['Dockerfile.TPL', [], 'it is a template (*.tpl)'],
    ['Dockerfile.j2', ['*.j2'], undefined],
    ['chart/templates/a.yaml', [], 'it is a template of a Helm chart'],
    ['chart/templates/deep/a.yaml', [], 'it is a template of a Helm chart'],
    ['web/templates/a.yaml', [], undefined],
  ])('%s with %j: %s', (path, paths, reason) => {
    expect(leftOutBy((one) => files.has(one), paths)(path)).toBe(reason);
  });
});

describe('the verdict', () => {
  const error = { level: 'error' } as const;
  const warning = { level: 'warning' } as const;
  const notice = { level: 'notice' } as const;
  const silent = [{ registry: 'r', reason: 'x' }];
  const base = { file: 'f', line: 1, column: 1, endColumn: 2, rule: 'no-tag', reference: 'r', message: 'm' } as const;
  type Row = readonly [
    readonly { level: 'error' | 'warning' | 'notice' }[],
    typeof silent,
    number,
    'error' | 'warning' | 'never',
    'warn' | 'fail' | 'ignore',
    string,
    boolean,
  ];
  test.each<Row>([
    [[error], [], 1, 'error', 'warn', 'findings', true],
    [[warning], [], 1, 'error', 'warn', 'findings', false],
    [[warning], [], 1, 'warning', 'warn', 'findings', true],
    [[error], [], 1, 'never', 'warn', 'findings', false],
    [[notice], [], 1, 'warning', 'warn', 'clean', false],
    [[notice], silent, 1, 'error', 'warn', 'unverified', false],
    [[], silent, 1, 'never', 'fail', 'unverified', true],
    [[], silent, 1, 'error', 'ignore', 'clean', false],
    [[error], silent, 1, 'never', 'fail', 'findings', true],
    [[], [], 0, 'error', 'warn', 'nothing-scanned', false],
  ])('%j %j %s %s %s: %s, fails %s', (levels, unverified, scanned, failOn, onUnresolved, verdict, failed) => {
    const findings = levels.map(({ level }) => Object.assign({ level }, base));
    expect(verdictOf(findings, unverified, scanned, { failOn, onUnresolved })).toBe(verdict);
    expect(fails(findings, unverified, { failOn, onUnresolved })).toBe(failed);
  });
});
