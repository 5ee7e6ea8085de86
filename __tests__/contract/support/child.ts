/* Child processes that end with the test. */
import { spawn } from 'node:child_process';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end; never throws for an exit code. */
export async function run(
  program: string,
  parameters: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string; readonly input?: string } = {},
): Promise<Finished> {
  const child = spawn(program, parameters, {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.env === undefined ? {} : { env: { ...options.env } }),
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
}

/** As `run`, and an error with the program's own words when it fails. */
export async function mustRun(...call: Parameters<typeof run>): Promise<Finished> {
  const finished = await run(...call);
  if (finished.code === 0) return finished;
  throw new Error(`${call[0]} ${call[1].join(' ')} ended with ${String(finished.code)}: ${finished.stderr}`);
}

export interface Server {
  /** What the pattern found in the output. */
  readonly found: RegExpExecArray;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/** Starts a program that runs until it is stopped, and waits for a line that says it is ready. */
export async function startServer(program: string, parameters: readonly string[], ready: RegExp): Promise<Server> {
  const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: '/usr/bin:/bin' } });
  const endWithParent = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithParent);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  let log = '';
  const found = await new Promise<RegExpExecArray>((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      log += chunk.toString();
      const match = ready.exec(log);
      if (match) resolve(match);
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    child.once('error', reject);
    child.once('close', () => reject(new Error(`${program} ended at once: ${log}`)));
  });
  return {
    found,
    log: () => log,
    async stop() {
      process.off('exit', endWithParent);
      child.kill('SIGKILL');
      await ended;
    },
  };
}
