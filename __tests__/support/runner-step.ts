/* What a step of a job has before its action starts: folders, files, contexts, environment. */
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { evaluate, type ActionMetadata } from './action-metadata.ts';
import type { StepLog } from './runner-commands.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface RunOptions {
  /** `resolve`, `check`, `tag`, …, or a folder with an action.yml. */
  readonly action: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Added to (or, with `undefined`, taken from) the environment of the step. */
  readonly env?: Environment;
  /** Files of the workspace. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Files of the home folder: `.docker/config.json`. */
  readonly homeFiles?: Readonly<Record<string, string>>;
  /** The event, or the raw text of the event file; `null` leaves the file out. */
  readonly event?: Readonly<Record<string, unknown>> | string | null;
  /** Members of the github context: `repository`, `sha`, `ref`, `event_name`, `token`, … */
  readonly github?: Readonly<Record<string, string>>;
  /** A workspace that exists already; it is left as it is afterwards. */
  readonly cwd?: string;
  /** Values that are masked from the start, as the secrets of a job are. */
  readonly secrets?: readonly string[];
  /** Step debugging: `RUNNER_DEBUG=1`, and debug lines in the log. */
  readonly debug?: boolean;
  /** A script instead of the one in action.yml: the source of an action. */
  readonly main?: string;
  /** Node to run with; the one that runs the tests when left out. */
  readonly node?: string;
  /** Sends this signal when a printed line matches, or when the promise is fulfilled. */
  readonly signal?: { readonly name: NodeJS.Signals; readonly on: RegExp | Promise<unknown> };
  /** Cancels as the runner does: SIGINT, after 7.5 s SIGTERM, after 2.5 s more the end. */
  readonly cancelOn?: RegExp | Promise<unknown>;
  /** Milliseconds after which the process is killed; 60,000 when left out. */
  readonly killAfter?: number;
  /** Gets each line as the user would see it, at once. */
  readonly onLine?: (line: string) => void;
}

/** Token of the github context when none is given. */
export const GITHUB_TOKEN = 'ghs_testTestTestTestTestTestTestTest0000';
/** What ACTIONS_RUNTIME_TOKEN holds: no child and no log may ever see it. */
export const RUNTIME_TOKEN = 'runtime-token-that-nobody-may-see';

/** Where a step lives. */
export interface Places {
  readonly root: string;
  readonly workspace: string;
  readonly temp: string;
  readonly home: string;
  readonly event: string;
  readonly commandFiles: Readonly<Record<CommandFile, string>>;
}

export type CommandFile = 'output' | 'env' | 'path' | 'state' | 'step_summary' | 'artifacts';

/** Makes the folders and files of a step below one new folder. */
export function makePlaces(options: RunOptions): Places {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'runner-')));
  const temp = join(root, '_temp');
  const home = join(root, 'home');
  const workspace = options.cwd ?? join(root, 'repository');
  const event = join(temp, '_github_workflow', 'event.json');
  for (const folder of [workspace, home, dirname(event), join(temp, '_runner_file_commands'), join(root, 'run')]) {
    mkdirSync(folder, { recursive: true });
  }
  const commandFile = (name: string): string => join(temp, '_runner_file_commands', `${name}_0f1e2d`);
  const commandFiles = {
    output: commandFile('set_output'),
    env: commandFile('set_env'),
    path: commandFile('add_path'),
    state: commandFile('save_state'),
    step_summary: commandFile('step_summary'),
    artifacts: commandFile('artifacts'),
  };
  for (const path of Object.values(commandFiles)) writeFileSync(path, '');
  if (options.event !== null) {
    const { event: content = {} } = options;
    writeFileSync(event, typeof content === 'string' ? content : JSON.stringify(content));
  }
  writeFiles(workspace, options.files ?? {});
  writeFiles(home, options.homeFiles ?? {});
  return { root, workspace, temp, home, event, commandFiles };
}

function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

export interface StepContexts {
  readonly github: Readonly<Record<string, string>>;
  readonly runner: Readonly<Record<string, string>>;
}

/** The github and runner contexts. */
export function contextsOf(options: RunOptions, places: Places, folder: string): StepContexts {
  const github = {
    action: '__image-digest',
    action_path: folder,
    actor: 'octocat',
    api_url: 'https://api.github.com',
    event_name: 'push',
    event_path: places.event,
    graphql_url: 'https://api.github.com/graphql',
    job: 'build',
    ref: 'refs/heads/main',
    ref_name: 'main',
    ref_protected: 'false',
    ref_type: 'branch',
    repository: 'acme/api',
    repository_owner: 'acme',
    run_attempt: '1',
    run_id: '1234567890',
    run_number: '42',
    server_url: 'https://github.com',
    sha: '9f3c1d2e5b7a4c6d8e0f1a2b3c4d5e6f7a8b9c0d',
    token: GITHUB_TOKEN,
    triggering_actor: 'octocat',
    workflow: 'build',
    ...options.github,
    workspace: places.workspace,
  };
  const runner = {
    name: 'GitHub Actions 1',
    os: 'Linux',
    arch: 'X64',
    environment: 'github-hosted',
    temp: places.temp,
    tool_cache: join(places.root, 'tools'),
    workspace: places.root,
    ...(options.debug === true ? { debug: '1' } : {}),
  };
  return { github, runner };
}

/** What a step's process gets, and nothing of the environment of the tests. */
export function environmentOf(
  options: RunOptions,
  metadata: ActionMetadata,
  contexts: StepContexts,
  places: Places,
  log: StepLog,
): Record<string, string> {
  const { token: _token, ...github } = contexts.github;
  const prefixed = (prefix: string, values: Environment): Environment =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name.toUpperCase()}`, value]));
  const env: Environment = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: places.home,
    USER: 'runner',
    LANG: 'C.UTF-8',
    XDG_CONFIG_HOME: join(places.home, '.config'),
    XDG_RUNTIME_DIR: join(places.root, 'run'),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    ACTIONS_RUNTIME_URL: 'https://pipelines.actions.githubusercontent.com/',
    ACTIONS_RUNTIME_TOKEN: RUNTIME_TOKEN,
    ...inputVariables(options, metadata, contexts, log),
    ...prefixed('GITHUB_', github),
    ...prefixed('GITHUB_', places.commandFiles),
    ...prefixed('RUNNER_', contexts.runner),
    ...options.env,
  };
  const set = Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return Object.fromEntries(set);
}

/** `INPUT_` and the name with blanks as `_`, upper case; given inputs, then the defaults of the others. */
function inputVariables(
  { inputs = {} }: RunOptions,
  metadata: ActionMetadata,
  contexts: StepContexts,
  log: StepLog,
): Environment {
  const known = new Set([...metadata.inputs.keys()].map((name) => name.toLowerCase()));
  const unknown = Object.keys(inputs).filter((name) => !known.has(name.toLowerCase()));
  if (unknown.length > 0) {
    const valid = [...metadata.inputs.keys()].join("', '");
    log.warning(`Unexpected input(s) '${unknown.join("', '")}', valid inputs are ['${valid}']`);
  }
  const defaults = [...metadata.inputs].map(([name, input]) => [
    variable(name),
    evaluate(input.default ?? '', { github: contexts.github, runner: contexts.runner }),
  ]);
  const given = Object.entries(inputs).map(([name, value]) => [variable(name), value]);
  return Object.fromEntries([...defaults, ...given]);
}

function variable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}
