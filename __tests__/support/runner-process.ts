/* The process of a step: started, read line by line, interrupted, and ended with everything that it started. */
import { spawn, type ChildProcess } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import type { StepLog } from './runner-commands.ts';
import type { RunOptions } from './runner-step.ts';

/** How a process ended, and all that it printed. */
export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly timedOut: boolean;
  readonly durationMs: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script with Node to its end, or to its deadline. */
export async function runNode(
  options: RunOptions,
  main: string,
  env: Record<string, string>,
  cwd: string,
  log: StepLog,
): Promise<Ended> {
  const start = performance.now();
  // A group of its own, so that helpers that the action started end with it.
  const child = spawn(options.node ?? process.execPath, [main], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = (): void => killGroup(child);
  process.once('exit', kill);
  const timers: NodeJS.Timeout[] = [];
  const cancel = (): void => {
    child.kill('SIGINT');
    timers.push(
      setTimeout(() => child.kill('SIGTERM'), 7_500),
      setTimeout(kill, 10_000),
    );
  };
  let timedOut = false;
  const onDeadline = (): void => {
    timedOut = true;
    kill();
  };
  timers.push(setTimeout(onDeadline, options.killAfter ?? 60_000));
  const { signal } = options;
  const triggers = [
    ...(signal === undefined ? [] : [trigger(signal.on, () => child.kill(signal.name))]),
    ...(options.cancelOn === undefined ? [] : [trigger(options.cancelOn, cancel)]),
  ];
  const onLine = (line: string): void => {
    const before = log.lines.length;
    log.read(line);
    log.lines.slice(before).forEach((shown) => options.onLine?.(shown));
    triggers.forEach((check) => check(line));
  };
  const stdout = follow(child.stdout, onLine);
  const stderr = follow(child.stderr, onLine);
  const [exitCode, by] = await new Promise<[number | null, NodeJS.Signals | null]>((done, reject) => {
    child.once('error', reject);
    child.once('close', (...how) => done(how));
  });
  const durationMs = performance.now() - start;
  timers.forEach((timer) => clearTimeout(timer));
  process.off('exit', kill);
  return { exitCode, signal: by, timedOut, durationMs, stdout: stdout(), stderr: stderr() };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended in this moment.
  }
}

/** Acts once: when a line matches, or when the promise is fulfilled. */
function trigger(on: RegExp | Promise<unknown>, act: () => void): (line: string) => void {
  let isDone = false;
  const once = (): void => {
    if (!isDone) act();
    isDone = true;
  };
  if (on instanceof RegExp) return (line) => (on.test(line) ? once() : undefined);
  void on.then(once);
  return () => undefined;
}

/** Lines end at LF, CR or both, as .NET's reader sees them. Gives a function for the whole text. */
function follow(stream: NodeJS.ReadableStream, onLine: (line: string) => void): () => string {
  const decoder = new StringDecoder('utf8');
  let whole = '';
  let rest = '';
  const take = (text: string, isEnd: boolean): void => {
    whole += text;
    rest += text;
    // A CR at the end may be half of CR LF.
    const lines = rest.split(isEnd ? /\r\n|\n|\r/ : /\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
    if (isEnd && rest !== '') onLine(rest);
  };
  stream.on('data', (chunk: Buffer) => take(decoder.write(chunk), false));
  stream.on('end', () => take(decoder.end(), true));
  return () => whole;
}
