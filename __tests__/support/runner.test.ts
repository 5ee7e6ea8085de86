import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCommand } from './runner-commands.ts';
import { readKeyValueFile } from './runner-files.ts';
import { createMasks } from './runner-masks.ts';
import { GITHUB_TOKEN, runAction, type RunOptions, type RunResult } from './runner.ts';

const NAMES = new Set(['error', 'set-output', 'add-mask', 'group']);

test.each([
  ['::error::x', 'error', {}, 'x'],
  ['  \t\u00A0\u2003::ERROR file=a%2Cb,line=3::50%25%0Amore', 'ERROR', { file: 'a,b', line: '3' }, '50%\nmore'],
  ['::error file=,=x,title=a=b::', 'error', { title: 'a=b' }, ''],
  ['::set-output name=digest::a::b', 'set-output', { name: 'digest' }, 'a::b'],
  ['text ##[set-output name=digest]sha256:0', 'set-output', { name: 'digest' }, 'sha256:0'],
  ['##[error file=a%3Bb;line=3]50%25%5D', 'error', { file: 'a;b', line: '3' }, '50%]'],
  ['::unknown::##[error]x', 'error', {}, 'x'],
])('%j is a command', (line, name, properties, data) => {
  expect(parseCommand(line, NAMES)).toEqual({ name, properties: new Map(Object.entries(properties)), data });
});

test.each([
  'error::x',
  'a ::error::x',
  '\u200B::error::x',
  '\uFEFF::error::x',
  '::error',
  '::nothing::x',
  '# #[error]x',
  '##[error',
])('%j is none', (line) => expect(parseCommand(line, NAMES)).toBeUndefined());

test.each([
  [
    'a=1\nb=x=y\n\nc=\n',
    [
      ['a', '1'],
      ['b', 'x=y'],
      ['c', ''],
    ],
  ],
  [
    'a<<END\none\ntwo\r\nEND\nb=1',
    [
      ['a', 'one\ntwo\r'],
      ['b', '1'],
    ],
  ],
  ['a<<END\nEND', [['a', '']]],
  [
    'a=1<<END\nb=2',
    [
      ['a', '1<<END'],
      ['b', '2'],
    ],
  ],
  ['a<<=\nx\n=\n', [['a', 'x']]],
])('the output file %j is read', (text, pairs) => {
  expect(readKeyValueFile(text)).toEqual({ pairs });
});

test.each([
  ['a=1\nnothing\nb=2', 'Invalid format'],
  ['=1', 'Value cannot be empty'],
  ['a<<\nx\n', 'delimiter must not be empty'],
  ['a<<END\nx\n', "Matching delimiter not found 'END'"],
  ['a<<END\nx', 'EOF marker missing new line'],
])('the output file %j fails the step', (text, error) => {
  expect(readKeyValueFile(text).error).toContain(error);
});

test.each([
  ['secret', 'a secret and SECRET', 'a *** and SECRET'],
  ['aba', 'ababa', '***'],
  ['pass"word', '{"x":"pass\\"word"}', '{"x":"***"}'],
  ['pa ss/wo', 'https://x/?p=pa%20ss%2Fwo', 'https://x/?p=***'],
  ['password', Buffer.from('u:password').toString('base64'), 'dTpw***'],
])('the secret %j is hidden in %j', (secret, text, shown) => {
  expect(createMasks([secret]).apply(text)).toBe(shown);
});

function wait(action: string): string {
  return `process.on('SIGINT', () => { ${action} }); console.log('ready'); setInterval(() => {}, 1000);`;
}

describe('a whole step', () => {
  const folder = mkdtempSync(join(tmpdir(), 'action-'));
  const metadata = `
name: Probe
description: x
inputs:
  script: { description: x, required: true }
  github-token: { description: x, default: '\${{ github.token }}' }
  two words: { description: x, default: 'at \${{ github.repository }}' }
outputs:
  digest: { description: x }
runs: { using: node24, main: index.mjs }
`;
  const script = `
import { appendFileSync, writeFileSync } from 'node:fs';
const out = (name, text) => appendFileSync(process.env['GITHUB_' + name], text);
await new Function('out', 'writeFileSync', 'return (async () => {' + process.env.INPUT_SCRIPT + '})()')(out, writeFileSync);
`;
  beforeAll(() => {
    writeFileSync(join(folder, 'action.yml'), metadata);
    writeFileSync(join(folder, 'index.mjs'), script);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function step(source: string, options: Partial<RunOptions> = {}): Promise<RunResult> {
    return runAction({ action: folder, ...options, inputs: { script: source, ...options.inputs } });
  }

  test('has the inputs, the defaults and the environment of a runner, and nothing of ours', async () => {
    const result = await step(
      `out('OUTPUT', 'env<<E\\n' + JSON.stringify(process.env) + '\\nE\\n'); out('OUTPUT', 'cwd=' + process.cwd())`,
      {
        env: { EXTRA: '1', USER: undefined },
        inputs: { unknown: 'x' },
        github: { repository: 'acme/web' },
      },
    );
    const env: unknown = JSON.parse(result.outputs['env'] ?? '');
    expect(env).toMatchObject({
      INPUT_UNKNOWN: 'x',
      'INPUT_GITHUB-TOKEN': GITHUB_TOKEN,
      INPUT_TWO_WORDS: 'at acme/web',
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: 'acme/web',
      RUNNER_OS: 'Linux',
      EXTRA: '1',
      HOME: result.paths.home,
    });
    for (const name of ['USER', 'GITHUB_TOKEN', 'NODE_OPTIONS', 'npm_command', 'RUNNER_DEBUG']) {
      expect(env).not.toHaveProperty(name);
    }
    expect(result.outputs['cwd']).toBe(result.paths.workspace);
    expect(result.annotations).toEqual([
      {
        level: 'warning',
        message: "Unexpected input(s) 'unknown', valid inputs are ['script', 'github-token', 'two words']",
      },
    ]);
    expect(result.jobOutputs).toEqual({ cwd: result.paths.workspace });
    expect(result).toMatchObject({ exitCode: 0, failed: false, written: { env: '', path: '', state: '' } });
  });

  test('reads commands from both streams, hides secrets from then on, and stops when told', async () => {
    const lines = [
      'hunter2hunter2',
      '::add-mask::hunter2hunter2',
      'hunter2hunter2\\r::warning title=T,file=a.txt,line=3,endLine=4,col=1::hunter2hunter2%0Amore',
      '::group::g',
      '::endgroup::',
      '::debug::hidden',
      '::stop-commands::token-of-ours',
      '::error::x',
      '::token-of-ours::',
      '::set-env name=A::b',
    ];
    const result = await step(
      `process.stderr.write('##[error]from stderr\\n', () => console.log('${lines.join('\\n')}'))`,
    );
    expect(result.log.split('\n').slice(1)).toEqual([
      'hunter2hunter2',
      '***',
      '##[warning]***',
      'more',
      '##[group]g',
      '##[endgroup]',
      '::stop-commands::***',
      '::error::x',
      '::***::',
      "##[error]Unable to process command '::set-env name=A::b' successfully.",
      '##[error]The `set-env` command is disabled.',
    ]);
    expect(result.annotations).toContainEqual({ level: 'error', message: 'from stderr' });
    expect(result.annotations).toContainEqual({
      level: 'warning',
      message: '***\nmore',
      title: 'T',
      file: 'a.txt',
      line: '3',
      endLine: '4',
    });
    expect(result).toMatchObject({ exitCode: 0, failed: true });
    expect(result.rawStdout).toContain('::add-mask::hunter2hunter2');
  });

  test('has limits for annotations and summary, and fails for a bad output file', async () => {
    const result = await step(
      `for (let i = 0; i < 12; i++) console.log('::notice::' + i); out('STEP_SUMMARY', 'x'.repeat(2 ** 20 + 1)); out('OUTPUT', 'a=1\\nbad\\n')`,
    );
    const count = (level: string): number => result.annotations.filter((one) => one.level === level).length;
    expect([count('notice'), count('error'), result.droppedAnnotations]).toEqual([10, 3, 2]);
    expect(result).toMatchObject({ summary: '', outputs: { a: '1' }, exitCode: 0, failed: true });
  });

  test('may be interrupted when a line is seen, cancelled, and killed at its deadline', async () => {
    const [interrupted, cancelled, killed] = await Promise.all([
      step(wait('process.exit(130)'), { signal: { name: 'SIGINT', on: /ready/ } }),
      step(wait('console.log("bye"); process.exit(3)'), {
        cancelOn: /ready/,
      }),
      step(wait(''), { killAfter: 400 }),
    ]);
    expect(interrupted).toMatchObject({ exitCode: 130, signal: null, timedOut: false });
    expect(cancelled).toMatchObject({ exitCode: 3, log: 'ready\nbye' });
    expect(killed).toMatchObject({ exitCode: null, signal: 'SIGKILL', timedOut: true, failed: true });
  });

  test('leaves what it wrote in the workspace and in the temporary folder', async () => {
    const result = await step(
      `writeFileSync('b.txt', 'new'); writeFileSync(process.env.RUNNER_TEMP + '/bake.json', '{}')`,
      { files: { 'a/a.txt': 'old' }, event: '{"cut', homeFiles: { '.docker/config.json': '{}' } },
    );
    expect(result.workspaceFiles).toEqual({ 'a/a.txt': 'old', 'b.txt': 'new' });
    expect(result.tempFiles).toEqual({ 'bake.json': '{}' });
  });
});
