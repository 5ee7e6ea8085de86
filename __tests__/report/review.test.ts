import { describe, expect, test } from '@jest/globals';
import { HtmlRenderer, Parser } from 'commonmark';
import { assert, constantFrom, property, string } from '../support/properties.ts';
import type { CheckReport } from '../../src/report/check-report.ts';
import { planReview, suggestionsOf, SUGGESTIONS_OF_A_REVIEW } from '../../src/report/review.ts';
import { ownComment, stickyBody, stickyMarker } from '../../src/report/sticky.ts';
import type { Finding } from '../../src/rules/finding.ts';
import type { LineComment } from '../../src/rules/pull-request.ts';

function finding(
  line: number,
  more: Partial<Finding> = {},
  fixed = `FROM fixed${line}`,
  original = `FROM ${line}`,
): Finding {
  return {
    file: 'Dockerfile',
    line,
    column: 6,
    endColumn: 11,
    rule: 'no-tag',
    level: 'error',
    reference: 'nginx',
    message: '"nginx" has no tag',
    fix: { edits: [], startLine: line, endLine: line, replacement: fixed, original },
    ...more,
  };
}

const PATCH = '@@ -1,2 +1,5 @@\n old\n+FROM a\n same\n+FROM b\n+same\n@@ -20,2 +22,3 @@\n x\n+FROM a\n y';
const FILES = [{ filename: 'Dockerfile', status: 'modified', patch: PATCH, changes: 3 }];

function placesFor(line: number, lines: readonly string[]): readonly (readonly [number, number])[] {
  const one = finding(line, {
    fix: { edits: [], startLine: line, endLine: line + lines.length - 1, replacement: 'x', original: lines.join('\n') },
  });
  return suggestionsOf([one], FILES).map(({ startLine, line: end }) => [startLine, end]);
}

describe('where a suggestion can stand', () => {
  test.each<[string, number, readonly string[], readonly (readonly [number, number])[]]>([
    ['on an added line at its number', 2, ['FROM a'], [[2, 2]]],
    ['on the other one of two equal lines', 23, ['FROM a'], [[23, 23]]],
    ['nowhere when two lines are equal and neither has the number', 9, ['FROM a'], []],
    ['elsewhere when the text is there once (a merge checkout)', 40, ['FROM b'], [[4, 4]]],
    ['over several lines of one hunk', 4, ['FROM b', 'same'], [[4, 5]]],
    ['not over lines of two hunks', 5, ['same', 'x'], []],
    ['not on a line that the pull request leaves alone', 1, ['old'], []],
    ['not on a line that is not in the diff', 10, ['FROM zzz'], []],
  ])('%s', (_name, line, lines, expected) => {
    expect(placesFor(line, lines)).toEqual(expected);
  });

  test('thirty a review, one for each place, none for notices and files that are not in the diff', () => {
    const patch = `@@ -0,0 +1,50 @@\n${Array.from({ length: 50 }, (_, line) => `+FROM ${line + 1}`).join('\n')}`;
    const files = [{ filename: 'Dockerfile', status: 'added', patch, changes: 50 }];
    const all = Array.from({ length: 50 }, (_, line) => finding(line + 1));
    expect(suggestionsOf(all, files)).toHaveLength(SUGGESTIONS_OF_A_REVIEW);
    expect(suggestionsOf([finding(1), finding(1, { rule: 'unquoted-tag' })], files)).toHaveLength(1);
    expect(suggestionsOf([finding(1, { level: 'notice' }), finding(2, { file: 'other' })], files)).toEqual([]);
  });
});

describe('what a suggestion says', () => {
  test('a hostile line stays inside its block, and what cannot be shown is not suggested', () => {
    const text = string({ unit: constantFrom(...'`~<>!@#[]()-\\ "\t\u{202e}\ra1'.split('')), maxLength: 30 });
    assert(
      property(text, text, (line, message) => {
        const [made] = suggestionsOf([finding(2, { message }, line, 'FROM a')], FILES);
        // oxlint-disable-next-line no-control-regex -- what must not be suggested
        const isVisible = !/[\u0000-\u0008\u000a-\u001f\u202e]/.test(line);
        expect(made !== undefined).toBe(isVisible);
        if (made === undefined) return;
        const html = new HtmlRenderer().render(new Parser().parse(made.body));
        expect(html.match(/<pre>/g)).toHaveLength(1);
        expect(html).toContain('<code class="language-suggestion">');
        const outside = html
          .replace(/^<!-- image-digest:suggestion [0-9a-f]{16} -->/, '')
          .replaceAll(/<code[^>]*>[^<]*<\/code>/g, '');
        expect(outside).not.toMatch(/<(?!\/?(?:p|pre)>)/);
        expect(outside.replaceAll(/<[^>]*>/g, '')).not.toMatch(/[@#][A-Za-z0-9]/);
      }),
    );
  });
});

describe('what is posted and removed', () => {
  const [wanted] = suggestionsOf([finding(2, {}, 'FROM fixed2', 'FROM a')], FILES);
  const body = wanted?.body ?? '';
  const stale = body.replace(/[0-9a-f]{16}/, '0'.repeat(16));
  const own = (id: number, more: Partial<LineComment> = {}): LineComment => ({
    id,
    body,
    login: 'me',
    outdated: false,
    ...more,
  });

  test.each<[string, readonly LineComment[], number, readonly number[]]>([
    ['nothing is there', [], 1, []],
    ['it stands there already', [own(1)], 0, []],
    ['twice: one goes', [own(1), own(2)], 0, [2]],
    ['outdated: it goes, and comes again', [own(1, { outdated: true })], 1, [1]],
    [
      'outdated and answered: it stays',
      [own(1, { outdated: true }), own(2, { inReplyTo: 1, body: 'why?', login: 'ada' })],
      1,
      [],
    ],
    ['not wanted any more: it goes', [own(1, { body: stale })], 1, [1]],
    ['somebody else’s with our marker: it stays', [own(1, { login: 'mallory', body: stale })], 1, []],
    ['ours without a marker: it stays', [own(1, { body: `quote: ${stale}` })], 1, []],
    ['ours with a broken marker: it stays', [own(1, { body: '<!-- image-digest:suggestion x -->' })], 1, []],
  ])('%s', (_name, present, posted, removed) => {
    const plan = planReview(wanted === undefined ? [] : [wanted], present, 'me');
    expect([plan.post.length, plan.remove]).toEqual([posted, removed]);
  });
});

describe('the sticky comment', () => {
  const marker = stickyMarker('build\ncheck\n__image-digest');

  test('is found by login and marker together', () => {
    const mine = { id: 1, login: 'me', body: `${marker}\nx` };
    expect(
      ownComment(
        [
          { ...mine, login: 'you' },
          { ...mine, body: `x ${marker}` },
        ],
        marker,
        'me',
      ),
    ).toBeUndefined();
    expect(ownComment([{ ...mine, id: 2, body: 'x' }, mine], marker, 'me')).toBe(mine);
    expect(stickyMarker('another step')).not.toBe(marker);
  });

  test('has at most 60,000 characters', () => {
    const findings = Array.from({ length: 5000 }, (_, line) => finding(line + 1));
    const report: CheckReport = {
      verdict: 'findings',
      files: 1,
      patterns: [],
      references: [],
      findings,
      ignored: [],
      voidIgnores: [],
      skipped: [],
      unverified: [],
      allowed: 0,
      truncated: false,
    };
    const text = stickyBody(report, marker, {});
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(text.length).toBeGreaterThan(50_000);
    expect(text.startsWith(`${marker}\n**Findings**: 5000 errors`)).toBe(true);
  });
});
