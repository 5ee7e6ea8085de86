import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAction } from './docs.ts';

export interface Step {
  /** Path of the action.yml, which names the inputs and their defaults. */
  readonly action: string;
  /** The file that is run: the bundle, or the entry in src. */
  readonly main: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Working directory and `GITHUB_WORKSPACE`. */
  readonly workspace: string;
  /** Variables beside those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface StepResult {
  readonly exitCode: number;
  /** In the order in which they were set. */
  readonly outputs: ReadonlyMap<string, string>;
  /** Markdown of the job summary. */
  readonly summary: string;
}

/**
 * Runs an action as GitHub's runner starts it: inputs with their defaults in the environment, files for outputs and
 * summary. What the action prints goes to this process's own output.
 */
export async function runStep(step: Step): Promise<StepResult> {
  const folder = await mkdtemp(join(tmpdir(), 'step-'));
  try {
    const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') };
    await Promise.all(Object.values(files).map((file) => writeFile(file, '')));
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', step.main], {
      cwd: step.workspace,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        ...(await inputVariables(step)),
        ...files,
        // A terminal is shown text, not workflow commands.
        GITHUB_ACTIONS: 'false',
        GITHUB_WORKSPACE: step.workspace,
        RUNNER_TEMP: folder,
        ...step.environment,
      },
    });
    const [code]: [number | null] = await exitOf(child);
    return {
      exitCode: code ?? 1,
      outputs: readOutputs(await readFile(files.GITHUB_OUTPUT, 'utf8')),
      summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function exitOf(child: ReturnType<typeof spawn>): Promise<[number | null]> {
  const [code]: unknown[] = await once(child, 'exit');
  return [typeof code === 'number' ? code : null];
}

/** `INPUT_…` as the runner makes them: every declared input, upper-case, the default where nothing was given. */
async function inputVariables({ action, inputs }: Step): Promise<Readonly<Record<string, string>>> {
  const declared = (await readAction(action)).inputs;
  const unknown = Object.keys(inputs).filter((name) => declared[name] === undefined);
  if (unknown.length > 0) {
    throw new Error(`There is no input ${unknown.join(', ')}. Inputs: ${Object.keys(declared).join(', ')}`);
  }
  const token = process.env['GITHUB_TOKEN'] ?? '';
  const values = Object.entries(declared).map(([name, input]) => {
    const value = inputs[name] ?? (input.default ?? '').replace('${{ github.token }}', token);
    return [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value] as const;
  });
  return Object.fromEntries(values);
}

/** The runner's output file: `name=value`, or `name<<END` with lines up to END. */
export function readOutputs(text: string): ReadonlyMap<string, string> {
  const outputs = new Map<string, string>();
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]?.replace(/\r$/, '') ?? '';
    const heredoc = /^([^=]+?)<<(.+)$/.exec(line);
    if (heredoc !== null) {
      const end = lines.findIndex((other, index) => index > at && other.replace(/\r$/, '') === heredoc[2]);
      if (end < 0) throw new Error(`output ${heredoc[1]} has no end`);
      outputs.set(
        heredoc[1] ?? '',
        lines
          .slice(at + 1, end)
          .join('\n')
          .replace(/\r$/, ''),
      );
      at = end;
    } else if (line !== '') {
      const equals = line.indexOf('=');
      if (equals < 1) throw new Error(`the runner would refuse the output line ${line}`);
      outputs.set(line.slice(0, equals), line.slice(equals + 1));
    }
  }
  return outputs;
}

/** The outputs as a person reads them: those that have a value, one on a line, JSON indented. */
export function shownOutputs(outputs: ReadonlyMap<string, string>): string {
  return columns(outputs, (value, indent) => {
    const text = value.length > 100 && /^[[{]/.test(value) ? JSON.stringify(JSON.parse(value), undefined, 2) : value;
    return text.replaceAll('\n', `\n${' '.repeat(indent)}`);
  });
}

/** The outputs, each on one line of at most 120 characters. */
export function briefOutputs(outputs: ReadonlyMap<string, string>): string {
  return columns(outputs, (value, indent) => {
    const line = value.replaceAll('\n', ' ');
    return line.length > 120 - indent ? `${line.slice(0, 119 - indent)}…` : line;
  });
}

function columns(outputs: ReadonlyMap<string, string>, show: (value: string, indent: number) => string): string {
  const set = [...outputs].filter(([, value]) => value !== '');
  const width = Math.max(0, ...set.map(([name]) => name.length));
  return set.map(([name, value]) => `  ${name.padEnd(width)}  ${show(value, width + 4)}`).join('\n');
}
