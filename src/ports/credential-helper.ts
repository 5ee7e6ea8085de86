import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { parseJson, textProperty } from '../core/json.ts';
import { LIMITS } from '../core/limits.ts';
import { basicOrToken, type Login } from '../registry/credential-file.ts';
import { isReallyInside } from './paths.ts';
import { codeOf } from './transport-error.ts';

export interface HelperOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workspace?: string;
  readonly platform: NodeJS.Platform;
  /** Milliseconds; LIMITS.helperTimeout. */
  readonly timeout?: number;
  /** Ends the helper together with the run. */
  readonly signal?: AbortSignal;
}

/** `why` follows the helper's name in a sentence, and holds nothing that the helper wrote. */
export type HelperResult =
  | { readonly kind: 'login'; readonly login: Login }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly why: string };

/** SAFETY.md T30: nothing that could be a path or an option. */
const NAME = /^[A-Za-z0-9._-]{1,64}$/;

/** What every helper says when it knows no login (docker-credential-helpers). */
const NOT_FOUND = 'credentials not found in native keychain';

/** Asks `docker-credential-<name> get` for a server (SAFETY.md T30–T32). @throws the reason of the signal, nothing else */
export async function askHelper(name: string, server: string, options: HelperOptions): Promise<HelperResult> {
  if (!NAME.test(name)) return { kind: 'failed', why: 'has a name that no helper can have' };
  const path = await safePath(options);
  const program = await findProgram(`docker-credential-${name}`, path, options);
  if (program === undefined) return { kind: 'failed', why: 'is not on PATH' };
  const environment = helperEnvironment(options.environment, path);
  const run = await runHelper(program, server, environment, options);
  if (typeof run === 'string') return { kind: 'failed', why: run };
  if (run.status !== 0) {
    const none = run.output.trim() === NOT_FOUND;
    return none ? { kind: 'none' } : { kind: 'failed', why: `failed (exit code ${run.status})` };
  }
  const answer = parseJson(run.output);
  const username = textProperty(answer, 'Username') ?? '';
  const secret = textProperty(answer, 'Secret') ?? '';
  if (secret === '' || username === '')
    return { kind: 'failed', why: 'gave an answer without a user name and a secret' };
  return { kind: 'login', login: basicOrToken(username, secret, []) };
}

/** PATH without relative folders and folders in the workspace, where a pull request could put a program. */
async function safePath({ environment, workspace }: HelperOptions): Promise<readonly string[]> {
  const folders = (environment['PATH'] ?? environment['Path'] ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder));
  if (workspace === undefined) return folders;
  const inside = await Promise.all(folders.map((folder) => isReallyInside(workspace, folder)));
  return folders.filter((_, index) => inside[index] === false);
}

async function findProgram(
  name: string,
  path: readonly string[],
  { workspace, platform }: HelperOptions,
): Promise<string | undefined> {
  // Never a .cmd: its arguments go through a shell (SAFETY.md T35).
  const file = platform === 'win32' ? `${name}.exe` : name;
  for (const folder of path) {
    const program = join(folder, file);
    if (!(await isProgram(program))) continue;
    if (workspace === undefined || !(await isReallyInside(workspace, program))) return program;
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/**
 * What helpers need to work at all: where they are and whose, how to reach the network, and the settings of the
 * clouds and key stores that they stand for. Never the step's inputs, the job's token or the runner's own secrets.
 */
const PASSED_NAMES = new Set(
  (
    'HOME USER LOGNAME DOCKER_CONFIG LANG LC_ALL TMPDIR HTTPS_PROXY HTTP_PROXY NO_PROXY ALL_PROXY SSL_CERT_FILE SSL_CERT_DIR ' +
    'XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_DATA_HOME DBUS_SESSION_BUS_ADDRESS GNUPGHOME PASSWORD_STORE_DIR ' +
    'SYSTEMROOT SYSTEMDRIVE WINDIR USERPROFILE APPDATA LOCALAPPDATA PROGRAMDATA PROGRAMFILES TEMP TMP PATHEXT'
  ).split(' '),
);
const PASSED_PREFIXES = ['AWS_', 'GOOGLE_', 'CLOUDSDK_', 'AZURE_', 'ACR_'];

/** The environment of a helper; names are compared without case, as Windows and the proxy variables want it. */
export function helperEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  path: readonly string[],
): Record<string, string> {
  const passed = Object.entries(environment).filter((pair): pair is [string, string] => {
    const name = pair[0].toUpperCase();
    return (
      pair[1] !== undefined && (PASSED_NAMES.has(name) || PASSED_PREFIXES.some((prefix) => name.startsWith(prefix)))
    );
  });
  return { ...Object.fromEntries(passed), PATH: path.join(delimiter) };
}

interface HelperRun {
  readonly status: number;
  readonly output: string;
}

/** Runs a helper to its end, or to that of its time; a text says why there is no result. */
function runHelper(
  program: string,
  input: string,
  environment: Record<string, string>,
  { timeout = LIMITS.helperTimeout, signal }: HelperOptions,
): Promise<HelperRun | string> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    // A process group of its own, so that what it starts ends with it; what it says on stderr goes nowhere.
    const child = spawn(program, ['get'], {
      env: environment,
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: process.platform !== 'win32',
      windowsHide: true,
      shell: false,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (result: HelperRun | string): void => {
      clearTimeout(timer);
      process.removeListener('exit', kill);
      signal?.removeEventListener('abort', abort);
      child.stdout.destroy();
      if (signal?.aborted === true) reject(signal.reason);
      else resolve(result);
    };
    const kill = (): void => killGroup(child);
    const stop = (why: string): void => {
      kill();
      end(why);
    };
    const abort = (): void => {
      stop('was interrupted');
    };
    const timer = setTimeout(() => stop(`did not end within ${timeout / 1000} s`), timeout);
    process.once('exit', kill);
    signal?.addEventListener('abort', abort);
    child.on('error', (error) => end(`cannot be started (${codeOf(error)})`));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > LIMITS.helperBytes) stop(`wrote more than ${LIMITS.helperBytes} bytes`);
    });
    child.on('close', (status) => end({ status: status ?? -1, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
