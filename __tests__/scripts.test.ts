import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { briefOutputs, readOutputs, shownOutputs } from '../scripts/step.ts';
import { image } from './support/oci.ts';
import { startRegistry } from './support/registry.ts';

const ROOT = join(import.meta.dirname, '..');
const IMPOSSIBLE_RELEASE = { cwd: ROOT, env: { ...process.env, VERSION: '99.0.0' }, stdio: 'pipe' } as const;

const TEMP = mkdtempSync(join(tmpdir(), 'scripts-'));

afterAll(() => rmSync(TEMP, { recursive: true, force: true }));

interface Finished {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const child = spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env } });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  const [code]: unknown[] = await once(child, 'close');
  return { code, stdout, stderr };
}

describe('the runner’s output file', () => {
  test.each([
    ['', {}],
    ['digest=sha256:1\nempty=\n', { digest: 'sha256:1', empty: '' }],
    ['json={"a":"b=c"}\n', { json: '{"a":"b=c"}' }],
    ['a<<END\none\n\ntwo\nEND\nb=2\n', { a: 'one\n\ntwo', b: '2' }],
    ['a<<END\nEND\n', { a: '' }],
    ['a=x<<END\n', { a: 'x<<END' }],
    ['a<<END\r\none\r\nEND\r\n', { a: 'one' }],
  ])('%j is read as the runner reads it', (text, outputs) => {
    expect(Object.fromEntries(readOutputs(text))).toEqual(outputs);
  });

  test.each(['no equals sign', '=value', 'a<<END\nno end'])('%j is refused', (text) => {
    expect(() => readOutputs(text)).toThrow();
  });

  test('is shown without what is empty, JSON in full or on one line', () => {
    const long = JSON.stringify({ key: 'x'.repeat(120) });
    const outputs = new Map([
      ['digest', 'sha256:1'],
      ['none', ''],
      ['json', long],
    ]);
    expect(shownOutputs(outputs)).toBe(
      `  digest  sha256:1\n  json    {\n${' '.repeat(12)}"key": "${'x'.repeat(120)}"\n${' '.repeat(10)}}`,
    );
    expect(
      briefOutputs(outputs)
        .split('\n')
        .map((line) => line.length),
    ).toEqual([18, 120]);
  });
});

describe('npm run try', () => {
  test('runs an action from source and shows its outputs, its summary and its exit code', async () => {
    const registry = await startRegistry();
    try {
      const app = image();
      registry.add('acme/app', { v1: app });
      const words = ['resolve', `${registry.host}/acme/app:v1`, '--inspect', 'true', '--show-summary=true'];
      const { code, stdout } = await run(['scripts/try.ts', ...words], {
        HOME: TEMP,
        DOCKER_CONFIG: TEMP,
        GITHUB_ACTIONS: '',
      });
      expect(stdout).toMatch(new RegExp(`\nOutputs\n  digest +${app.digest}\n`));
      expect(stdout).toMatch(/\nJob summary\n[\s\S]*\nExit code 0\n$/);
      expect(code).toBe(0);
    } finally {
      await registry.close();
    }
  });

  test('shows the findings in a folder with their places', async () => {
    const folder = join(TEMP, 'checked');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'Dockerfile'), 'FROM alpine AS build\nFROM nginx:latest\n');
    const { code, stdout } = await run(['scripts/try.ts', 'check', folder, '--resolve', 'never'], { HOME: TEMP });
    expect(stdout).toContain('error: Dockerfile:1:6: no-tag: "alpine" has no tag');
    expect(stdout).toContain('error: Dockerfile:2:6: latest-tag: "nginx:latest" can change at any time');
    expect(stdout).toMatch(/\nOutputs\n  verdict +findings\n[\s\S]*\nJob summary\n[\s\S]*\nExit code 1\n$/);
    expect(code).toBe(1);
  });

  test.each([
    [[], 'Say which action'],
    [['unknown'], 'Say which action'],
    [['../resolve', 'x'], 'Say which action'],
    [['check', '--path', 'x'], 'check has no input path. It has paths, exclude, '],
    [['check', 'no-such-folder'], 'There is no folder '],
  ])('says how it is used when it gets %j', async (words, expected) => {
    const { code, stderr } = await run(['scripts/try.ts', ...words]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(expected)]);
  });
});

describe('.ci/summary.mjs', () => {
  const report = (numPassedTests: number, numFailedTests: number, broken = 0) => {
    const path = join(TEMP, `${numPassedTests}-${numFailedTests}-${broken}.json`);
    const testResults = Array.from({ length: broken }, () => ({ status: 'failed', assertionResults: [] }));
    writeFileSync(path, JSON.stringify({ numPassedTests, numFailedTests, testResults }));
    return path;
  };

  test.each([
    ['adds up what passed', [report(3, 0), report(4, 0)], 0, '7 passed, 0 failed'],
    ['adds up what failed', [report(3, 1), report(4, 2)], 1, '7 passed, 3 failed'],
    ['counts a file that could not be run', [report(3, 0, 1), report(4, 0)], 1, '7 passed, 1 failed'],
    ['counts a report that is missing', [report(3, 0), join(TEMP, 'none.json')], 1, '3 passed, 1 failed'],
    ['counts a run without any test', [report(3, 0), report(0, 0)], 1, '3 passed, 1 failed'],
  ])('%s', async (_name, paths, code, last) => {
    const result = await run(['.ci/summary.mjs', ...paths]);
    expect(result.code).toBe(code);
    expect(result.stdout.trimEnd().split('\n').at(-1)).toBe(last);
  });
});

describe('scripts/release.ts', () => {
  const version: string = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;

  test.each(['', 'v1.2.3', '1.2', '1.2.3; rm -rf /'])('refuses the version %j', async (wanted) => {
    expect((await run(['scripts/release.ts'], { VERSION: wanted })).code).toBe(1);
  });

  test('refuses a version that package.json and the changelog do not have', () => {
    expect(() => execFileSync(process.execPath, ['scripts/release.ts'], IMPOSSIBLE_RELEASE)).toThrow(
      /package\.json has version[\s\S]*CHANGELOG\.md has no entry/,
    );
  });

  test('finds the entry of the version of package.json', () => {
    expect(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')).toContain(`\n## [${version}] - `);
  });
});
