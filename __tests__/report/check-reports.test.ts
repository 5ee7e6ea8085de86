import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { HtmlRenderer, Parser } from 'commonmark';
import { array, assert, constantFrom, integer, oneof, property, record, string } from '../support/properties.ts';
import type { Edit } from '../../src/files/site.ts';
import { annotationsOf } from '../../src/report/annotations.ts';
import { bySeverity, type CheckReport } from '../../src/report/check-report.ts';
import { checkSummary } from '../../src/report/check-summary.ts';
import { arrayOutputs, jsonReport } from '../../src/report/json-report.ts';
import { patchOf } from '../../src/report/patch.ts';
import { encodePath, sarifReport } from '../../src/report/sarif.ts';
import type { Finding } from '../../src/rules/finding.ts';
import { compatible } from '../../src/rules/fix.ts';
import { LEVELS, RULE_IDS } from '../../src/rules/rule.ts';
import { sarifValidator } from '../support/sarif-schema.ts';

const TOOL = { version: '1.0.0', documentation: 'https://github.com/acme/image-digest/blob/v1' };

function finding(more: Partial<Finding> = {}): Finding {
  return {
    file: 'Dockerfile',
    line: 1,
    column: 6,
    endColumn: 11,
    rule: 'no-tag',
    level: 'error',
    reference: 'nginx',
    message: '"nginx" has no tag',
    ...more,
  };
}

function report(more: Partial<CheckReport> = {}): CheckReport {
  return {
    verdict: 'findings',
    files: 1,
    patterns: ['Dockerfile*'],
    references: [],
    findings: [],
    ignored: [],
    voidIgnores: [],
    skipped: [],
    unverified: [],
    allowed: 0,
    truncated: false,
    ...more,
  };
}

function fixOf(replacement: string, endLine = 1): NonNullable<Finding['fix']> {
  return { edits: [{ start: 0, end: 1, text: 'x' }], startLine: 1, endLine, replacement, original: 'FROM a' };
}

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '`',
  '```',
  '|',
  '@team',
  '#1',
  '<!-- image-digest:check -->',
  '\u{202e}',
  '\r\n::error::x',
  '##[add-mask]x',
  '</details>',
  '\n\n# heading',
  'https://evil.example/',
  '../../etc/passwd',
  'file:///etc/passwd',
  '\ud800',
  '"',
  '\\',
];
const hostile = oneof(
  array(constantFrom(...HOSTILE), { maxLength: 4 }).map((parts) => parts.join(' ')),
  string({ unit: constantFrom(...'`|\\<>[]()!@#*"& \n:/.ax1\u{202e}'.split('')), maxLength: 40 }),
);
const hostileFinding = record({
  file: hostile,
  line: integer({ min: 1, max: 99 }),
  column: integer({ min: 1, max: 99 }),
  endColumn: integer({ min: 1, max: 99 }),
  rule: constantFrom(...RULE_IDS),
  level: constantFrom(...LEVELS),
  reference: hostile,
  message: hostile,
  fix: record({ text: hostile, endLine: constantFrom(1, 3) }).map(({ text, endLine }) => fixOf(text, endLine)),
});
const hostileReport = record({
  findings: array(hostileFinding, { maxLength: 3 }),
  verdict: constantFrom('findings' as const, 'clean' as const, 'unverified' as const, 'nothing-scanned' as const),
  patterns: array(hostile, { minLength: 1, maxLength: 2 }),
  ignored: array(
    record({ found: hostileFinding, reason: hostile }).map(({ found, reason }) =>
      Object.assign({}, found, { reason, isNew: true }),
    ),
    { maxLength: 2 },
  ),
  voidIgnores: array(
    hostileFinding.map(({ file, line, column, endColumn, message }) => ({ file, line, column, endColumn, message })),
    { maxLength: 2 },
  ),
  skipped: array(record({ file: hostile, reason: hostile }), { maxLength: 2 }),
  unverified: array(record({ registry: hostile, reason: hostile }), { maxLength: 2 }),
}).map((parts) => report(parts));

/** Rendered as GitHub does it, with cells as paragraphs of their own: CommonMark's own library knows no tables. */
function rendered(markdown: string): string {
  const cells = markdown
    .split('\n')
    .filter((line) => !line.startsWith('| --- |'))
    .flatMap((line) =>
      line.startsWith('|') ? line.split(/(?<!\\)\|/).map((one) => one.replaceAll(String.raw`\|`, '|').trim()) : [line],
    )
    .join('\n\n');
  return new HtmlRenderer().render(new Parser().parse(cells));
}

describe('the summary', () => {
  test('nothing that a stranger wrote becomes HTML, a link, a heading, a mention or a reference', () => {
    assert(
      property(hostileReport, (one) => {
        const markdown = checkSummary(one, { notices: ['@team #1 <b>'], patchFile: '`x`.patch' });
        const html = rendered(markdown);
        // Lines of one fix are code with breaks between.
        const withoutCode = html.replaceAll(/<code>[^<]*<\/code>(?:<br>(?=<code>))?/g, '');
        expect(withoutCode).not.toMatch(/<(?!\/?(?:p|h3|strong|details|summary|blockquote)>)/);
        expect(withoutCode.replaceAll(/<[^>]*>/g, '')).not.toMatch(/[@#][A-Za-z0-9]/);
        expect(html.match(/<details>/g)?.length ?? 0).toBe(one.skipped.length > 0 ? 1 : 0);
        expect(html.match(/<h3>/g)?.length ?? 0).toBe(
          [one.ignored, one.voidIgnores, one.unverified].filter((list) => list.length > 0).length,
        );
        expect(markdown.split('\n')[0]).toMatch(/^\*\*(?:Clean|Findings|Unverified|Nothing scanned)\*\*: /);
      }),
      { numRuns: 500 },
    );
  });

  test('it stops before 900 KiB and says how many more there are', () => {
    const findings = Array.from({ length: 20_000 }, (_, line) => finding({ line: line + 1, message: 'x'.repeat(100) }));
    const markdown = checkSummary(report({ findings }));
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(900 * 1024);
    expect(Buffer.byteLength(markdown)).toBeGreaterThan(800 * 1024);
    const rows = markdown.split('\n').filter((line) => line.startsWith('| error')).length;
    expect(markdown).toContain(`… ${20_000 - rows} more`);
    expect(checkSummary(report({ findings }), { limit: 60_000 }).length).toBeLessThanOrEqual(60_000);
  });

  test('findings that were counted and not kept are in the first line, and the JSON report is not complete', () => {
    const full = report({ findings: [finding()], omitted: { error: 2, warning: 0, notice: 1 } });
    expect(checkSummary(full).split('\n')[0]).toMatch(/^\*\*Findings\*\*: 3 errors, 1 notice /);
    expect(JSON.parse(jsonReport(full))).toMatchObject({ truncated: true });
  });

  test('the rules are linked to the documentation of this version', () => {
    const markdown = checkSummary(report({ findings: [finding({ fix: fixOf('FROM nginx:latest@sha256:…') })] }), TOOL);
    expect(markdown).toContain('[`no-tag`](https://github.com/acme/image-digest/blob/v1/docs/rules/no-tag.md)');
    expect(markdown).toContain('`FROM nginx:latest@sha256:…`');
  });

  test('a fix of several lines is shown with its place', () => {
    const fix = fixOf('  TAG: "1.10"\r\n\n  image: <b>:$TAG', 3);
    const one = report({ findings: [finding({ fix })] });
    expect(checkSummary(one)).toContain('| lines 1 to 3: `  TAG: "1.10"`<br>` `<br>`  image: <b>:$TAG` |');
    expect(annotationsOf(one, 'error')[0]?.message).toContain(`\nWrite as lines 1 to 3:\n${fix.replacement}\nAccept: `);
  });
});

describe('annotations', () => {
  test('ten of a kind, gravest first, the last with how many more', () => {
    const findings = [
      ...Array.from({ length: 12 }, (_, line) => finding({ line: line + 1 })),
      ...Array.from({ length: 10 }, (_, line) => finding({ line: line + 1, level: 'warning' })),
      finding({ level: 'notice' }),
    ];
    const voidIgnores = [{ file: 'a', line: 1, column: 1, endColumn: 2, message: 'void' }];
    const full = report({ findings, voidIgnores });
    const annotations = LEVELS.flatMap((level) => annotationsOf(full, level));
    expect(annotations.map(({ level }) => level)).toEqual([
      ...Array(10).fill('error'),
      ...Array(10).fill('warning'),
      'notice',
    ]);
    expect(annotations[9]?.message).toContain('and 2 more');
    expect(annotations[19]?.message).toContain('and 1 more');
    expect(annotations[20]?.message).not.toContain('more');
    const fewer = annotationsOf(full, 'warning', 2);
    expect([fewer.length, fewer[7]?.message]).toEqual([8, expect.stringContaining('and 3 more')]);
  });

  test('a message is cut before what tells how to go on', () => {
    const long = finding({ message: 'x'.repeat(9000), fix: fixOf('FROM x') });
    const [one] = annotationsOf(report({ findings: [long] }), 'error');
    expect(one?.message.length).toBeLessThanOrEqual(4096);
    expect(one?.message.endsWith('Accept: # image-digest: ignore[no-tag] reason')).toBe(true);
  });
});

function sarifOf(one: CheckReport) {
  return JSON.parse(sarifReport(one, TOOL, () => 0).text);
}

describe('SARIF', () => {
  const problemsOf = sarifValidator();

  test('is valid, with relative encoded paths and links that are none, whatever strangers wrote', () => {
    assert(
      property(hostileReport, (one) => {
        const sarif = sarifOf(one);
        expect(problemsOf(sarif)).toEqual([]);
        for (const { locations, message, ruleIndex, ruleId } of sarif.runs[0].results) {
          expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^[A-Za-z0-9\-_.!~*'()%/]*$/);
          expect(message.text).not.toMatch(/(?<!\\)(?:\\\\)*[[\]]/);
          expect(sarif.runs[0].tool.driver.rules[ruleIndex].id).toBe(ruleId);
        }
      }),
    );
  });

  test('the schema refuses what it should', () => {
    const sarif = sarifOf(report({ findings: [finding()] }));
    const [run] = sarif.runs;
    run.results[0].locations[0].physicalLocation.region.startColumn = 0;
    run.results[0].ruleId = 1;
    run.tool.driver.helpUri = 'x';
    run.tool.driver.informationUri = 'not a uri';
    expect(problemsOf(sarif).toSorted()).toEqual([
      '/runs/0/results/0/locations/0/physicalLocation/region/startColumn must be >= 1',
      '/runs/0/results/0/ruleId must be string',
      '/runs/0/tool/driver must NOT have additional properties',
      '/runs/0/tool/driver/informationUri must match format "uri"',
    ]);
  });

  test('at most 5,000 results, the gravest', () => {
    const findings = Array.from({ length: 6000 }, (_, line) =>
      finding({ line: line + 1, level: line < 5999 ? 'warning' : 'error' }),
    );
    const { text, omitted } = sarifReport(report({ findings }), TOOL, () => 0);
    const { results } = JSON.parse(text).runs[0];
    expect([results.length, omitted, results[0].level]).toEqual([5000, 1000, 'error']);
  });

  test('as many results as GitHub takes after gzip, the gravest, whatever their length', () => {
    const ignored = [{ ...finding({ line: 5 }), reason: 'known', isNew: false }];
    const findings = [1, 2, 3, 4].map((line) => finding({ line, level: line === 4 ? 'error' : 'warning' }));
    const full = report({ findings, ignored });
    const linesWithin = (sizeOf: (results: number) => number): unknown => {
      const { text, omitted } = sarifReport(full, TOOL, (one) => sizeOf(JSON.parse(one).runs[0].results.length));
      const sarif = JSON.parse(text);
      expect(problemsOf(sarif)).toEqual([]);
      expect(sarif.runs[0].results).toHaveLength(5 - omitted);
      return sarif.runs[0].results.map(
        (one: { locations: [{ physicalLocation: { region: { startLine: number } } }] }) =>
          one.locations[0].physicalLocation.region.startLine,
      );
    };
    expect(linesWithin((count) => count * 2_000_000)).toEqual([4, 1, 2, 3, 5]);
    expect(linesWithin((count) => count * 3_000_000)).toEqual([4, 1, 2]);
    expect(linesWithin((count) => (count === 0 ? 1000 : 11_000_000))).toEqual([]);
  });

  test('what is ignored is a suppressed result, and a finding keeps its fingerprint when it moves', () => {
    const one = finding();
    const moved = sarifOf(
      report({ findings: [finding({ line: 9 })], ignored: [{ ...one, reason: 'known', isNew: false }] }),
    );
    const [open, ignored] = moved.runs[0].results;
    expect(ignored.suppressions).toEqual([{ kind: 'inSource', justification: 'known' }]);
    expect(open.partialFingerprints).toEqual(ignored.partialFingerprints);
  });

  test.each([
    ['a b/ä.yml', 'a%20b/%C3%A4.yml'],
    ['javascript:x', 'javascript%3Ax'],
    ['a?b#c', 'a%3Fb%23c'],
    ['\ud800', '%EF%BF%BD'],
  ])('the path %j becomes %j', (path, uri) => {
    expect(encodePath(path)).toBe(uri);
  });
});

describe('JSON', () => {
  test('outputs are cut at whole entries, findings first', () => {
    const references = Array.from({ length: 5000 }, (_, line) => ({
      file: 'ä'.repeat(20),
      line,
      column: 1,
      endColumn: 2,
      reference: 'nginx',
      format: 'dockerfile',
    }));
    const small = arrayOutputs(report({ findings: [finding()], references: references.slice(0, 3) }));
    expect([small.truncated, JSON.parse(small.findings).length, JSON.parse(small.references).length]).toEqual([
      false,
      1,
      3,
    ]);
    const large = arrayOutputs(report({ findings: [finding()], references }));
    expect(large.truncated).toBe(true);
    expect(JSON.parse(large.references).length).toBeLessThan(5000);
    expect(Buffer.byteLength(large.findings + large.references)).toBeLessThanOrEqual(256 * 1024);
    const findings = Array.from({ length: 5000 }, (_, line) => finding({ line }));
    const full = arrayOutputs(report({ findings, references }));
    expect(Buffer.byteLength(full.findings + full.references)).toBeLessThanOrEqual(256 * 1024);
  });

  test('names such as __proto__ are only text', () => {
    const text = jsonReport(report({ skipped: [{ file: '__proto__', reason: 'x' }] }));
    expect(text).toContain('"file": "__proto__"');
  });
});

function applied(files: readonly { path: string; text: string; hasByteOrderMark: boolean; edits: readonly Edit[] }[]) {
  const folder = mkdtempSync(join(tmpdir(), 'patch-'));
  try {
    for (const { path, text, hasByteOrderMark } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), (hasByteOrderMark ? '\u{feff}' : '') + text);
    }
    const patch = patchOf(files);
    writeFileSync(join(folder, 'the.patch'), patch);
    if (patch !== '')
      execFileSync('git', ['apply', '--whitespace=nowarn', 'the.patch'], {
        cwd: folder,
        stdio: 'pipe',
        env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() },
      });
    return files.map(({ path }) => readFileSync(join(folder, path), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function edited(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((one, other) => other.start - one.start)
    .reduce((done, { start, end, text: fresh }) => done.slice(0, start) + fresh + done.slice(end), text);
}

describe('the patch', () => {
  const line = constantFrom(
    'a\n',
    'b\r\n',
    '\n',
    '\r\n',
    'FROM nginx\n',
    'ä\u{2028}\n',
    '-- x\n',
    '+++ b\n',
    '@@ -1 +1 @@\n',
    '\\ No newline\n',
    'c\rd\n',
  );
  const file = record({
    lines: array(line, { minLength: 1, maxLength: 40 }),
    tail: constantFrom('', 'end', 'end\r'),
    hasByteOrderMark: constantFrom(true, false),
    places: array(
      record({
        at: integer({ min: 0, max: 300 }),
        length: integer({ min: 0, max: 12 }),
        text: constantFrom('x', '', 'new\nline', 'y\n', '\r\nz'),
      }),
      { maxLength: 5 },
    ),
  }).map(({ lines, tail, hasByteOrderMark, places }) => {
    const text = lines.join('') + tail;
    const groups = places.map(({ at, length, text: fresh }) => {
      const start = Math.min(at, text.length);
      return [{ start, end: Math.min(start + length, text.length), text: fresh }];
    });
    return {
      text,
      hasByteOrderMark,
      edits: compatible(groups).filter(({ start, end, text: fresh }) => text.slice(start, end) !== fresh),
    };
  });

  test('git applies it, and everything else stays as it was, byte for byte', () => {
    assert(
      property(array(file, { minLength: 1, maxLength: 3 }), (made) => {
        const paths = ['Dockerfile', 'a b/c"d\\e.yml', 'ä/\t.yml'];
        const files = made.map((one, index) => ({ ...one, path: paths[index] ?? '' }));
        const expected = files.map(
          ({ text, edits, hasByteOrderMark }) => (hasByteOrderMark ? '\u{feff}' : '') + edited(text, edits),
        );
        expect(applied(files)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  test('it is empty when nothing changes', () => {
    expect(patchOf([{ path: 'a', text: 'x', hasByteOrderMark: false, edits: [] }])).toBe('');
  });
});

test('findings are in the order of gravity, file and line', () => {
  const all = [
    finding({ level: 'notice' }),
    finding({ line: 2 }),
    finding({ file: 'B' }),
    finding({ level: 'warning' }),
    finding({ line: 1 }),
  ];
  expect(all.toSorted(bySeverity).map(({ level, file, line }) => `${level} ${file}:${line}`)).toEqual([
    'error B:1',
    'error Dockerfile:1',
    'error Dockerfile:2',
    'warning Dockerfile:1',
    'notice Dockerfile:1',
  ]);
});
