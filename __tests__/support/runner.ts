/*
 * Runs an action as actions/runner 2.336 does: the built script in a process of its own, with the environment, the
 * files and the reading of its output that a step has.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { actionMetadata } from './action-metadata.ts';
import { createStepLog, type Annotation, type Command, type StepLog } from './runner-commands.ts';
import { readKeyValueFile } from './runner-files.ts';
import { createMasks, type Masks } from './runner-masks.ts';
import { runNode, type Ended } from './runner-process.ts';
import {
  contextsOf,
  environmentOf,
  makePlaces,
  RUNTIME_TOKEN,
  type CommandFile,
  type Places,
  type RunOptions,
} from './runner-step.ts';

export { actionMetadata, type ActionMetadata } from './action-metadata.ts';
export type { Annotation } from './runner-commands.ts';
export { GITHUB_TOKEN, RUNTIME_TOKEN, type RunOptions } from './runner-step.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SUMMARY_LIMIT = 1024 * 1024;

export interface RunResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether the step is red: by its exit code, or by a file or command that the runner refuses. */
  readonly failed: boolean;
  readonly timedOut: boolean;
  readonly durationMs: number;
  readonly outputs: Readonly<Record<string, string>>;
  /** What of `outputs` a job could hand on: the runner drops empty ones and those that hold a masked value. */
  readonly jobOutputs: Readonly<Record<string, string>>;
  readonly annotations: readonly Annotation[];
  readonly droppedAnnotations: number;
  /** Values of add-mask and of the job's secrets. */
  readonly masks: readonly string[];
  readonly commands: readonly Command[];
  /** As shown to the user, secrets hidden. */
  readonly log: string;
  readonly rawStdout: string;
  readonly rawStderr: string;
  /** Empty when the runner would drop it. */
  readonly summary: string;
  /** Contents of the files that our actions must leave empty, and of GITHUB_ARTIFACTS. */
  readonly written: { readonly env: string; readonly path: string; readonly state: string; readonly artifacts: string };
  /** Files below the workspace (not in `cwd`) and below RUNNER_TEMP after the run. */
  readonly workspaceFiles: Readonly<Record<string, string>>;
  readonly tempFiles: Readonly<Record<string, string>>;
  /** The folders as the action saw them; they are gone by now. */
  readonly paths: { readonly workspace: string; readonly temp: string; readonly home: string };
}

/** The folder of an action. */
export function actionFolder(action: string): string {
  if (action === 'resolve') return ROOT;
  return isAbsolute(action) ? action : join(ROOT, action);
}

/** Runs one action to its end. Everything it made is read and then removed. */
export async function runAction(options: RunOptions): Promise<RunResult> {
  const folder = actionFolder(options.action);
  const metadata = actionMetadata(folder);
  const places = makePlaces(options);
  try {
    const contexts = contextsOf(options, places, folder);
    const masks = createMasks([contexts.github['token'] ?? '', RUNTIME_TOKEN, ...(options.secrets ?? [])]);
    const log = createStepLog({ masks, workspace: places.workspace, debug: options.debug ?? false });
    const env = environmentOf(options, metadata, contexts, places, log);
    const ended = await runNode(options, options.main ?? metadata.main, env, places.workspace, log);
    return collect(options, places, masks, log, ended);
  } finally {
    rmSync(places.root, { recursive: true, force: true });
  }
}

function collect(options: RunOptions, places: Places, masks: Masks, log: StepLog, ended: Ended): RunResult {
  const read = (name: CommandFile): string => readIfThere(places.commandFiles[name]);
  const outputs = new Map(log.legacyOutputs);
  for (const name of ['env', 'state', 'output'] as const) {
    const { pairs, error } = readKeyValueFile(read(name));
    if (name === 'output') for (const [key, value] of pairs) outputs.set(key, value);
    if (error === undefined) continue;
    log.error(`Unable to process file command '${name}' successfully.`);
    log.error(error);
  }
  const summary = read('step_summary');
  const size = Buffer.byteLength(summary);
  if (size > SUMMARY_LIMIT) {
    const [limit, got] = [SUMMARY_LIMIT, size].map((bytes) => String(Math.floor(bytes / 1024)));
    log.error(
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${limit ?? ''}k, got ${got ?? ''}k.`,
    );
  }
  const handedOn = [...outputs].filter(([, value]) => value !== '' && masks.apply(value) === value);
  const tempFiles = filesBelow(places.temp, ['_runner_file_commands', '_github_workflow']);
  return {
    exitCode: ended.exitCode,
    signal: ended.signal,
    failed: ended.exitCode !== 0 || log.hasFailed(),
    timedOut: ended.timedOut,
    durationMs: ended.durationMs,
    outputs: Object.fromEntries(outputs),
    jobOutputs: Object.fromEntries(handedOn),
    annotations: log.annotations,
    droppedAnnotations: log.dropped(),
    masks: masks.values,
    commands: log.commands,
    log: log.lines.join('\n'),
    rawStdout: ended.stdout,
    rawStderr: ended.stderr,
    summary: size > SUMMARY_LIMIT ? '' : masks.apply(summary),
    written: { env: read('env'), path: read('path'), state: read('state'), artifacts: read('artifacts') },
    workspaceFiles: options.cwd === undefined ? filesBelow(places.workspace, ['.git']) : {},
    tempFiles,
    paths: { workspace: places.workspace, temp: places.temp, home: places.home },
  };
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function filesBelow(folder: string, without: readonly string[]): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  const named = paths.map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), path] as const);
  const wanted = named.filter(([name]) => !without.some((prefix) => name.startsWith(`${prefix}/`)));
  return Object.fromEntries(wanted.map(([name, path]) => [name, readIfThere(path)]));
}
