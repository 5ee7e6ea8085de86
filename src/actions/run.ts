import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { UserError } from '../core/errors.ts';
import { InvalidInputs } from '../inputs/form.ts';
import { removeTemporaryFiles } from '../ports/files.ts';
import { line } from './print.ts';
import { annotateAll, reportBug, wordsOf } from './runner.ts';

/** Why the run's signal was aborted. */
export class Cancelled extends Error {
  readonly exitCode: number;

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(`cancelled by ${signal}`);
    this.name = 'Cancelled';
    this.exitCode = signal === 'SIGINT' ? 130 : 143;
  }
}

/** What an action gets of its run. */
export interface Run {
  /** Ends the work: at the deadline with a UserError `timeout`, when cancelled with `Cancelled`. */
  readonly signal: AbortSignal;
  /** Starts the deadline of the step. @param milliseconds from the start of the process */
  readonly endAfter: (milliseconds: number) => void;
}

/** An action has this long to end in an orderly way after a cancel: the runner waits 7.5 s, users expect one. */
const CANCEL_GRACE = 800;

/** After the work is done nothing may keep the process alive. */
const EXIT_GRACE = 1000;

/**
 * Runs an action: its exit code, the annotations of its errors, its deadline, and its end when it is cancelled.
 * @param main gives whether the step succeeded
 */
export async function runAction(main: (run: Run) => Promise<boolean>): Promise<void> {
  const controller = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  const cancel = (signal: 'SIGINT' | 'SIGTERM') => (): void => {
    const cancelled = new Cancelled(signal);
    controller.abort(cancelled);
    removeTemporaryFiles();
    setTimeout(() => process.exit(cancelled.exitCode), CANCEL_GRACE).unref();
  };
  process.once('SIGINT', cancel('SIGINT'));
  process.once('SIGTERM', cancel('SIGTERM'));
  const endAfter = (milliseconds: number): void => {
    const left = Math.max(0, milliseconds - performance.now());
    timers.push(setTimeout(() => controller.abort(stepTimeout(milliseconds)), left));
  };
  process.exitCode = await exitCodeOf(() => main({ signal: controller.signal, endAfter }), controller.signal);
  for (const timer of timers) clearTimeout(timer);
  setTimeout(() => process.exit(), EXIT_GRACE).unref();
}

/**
 * V8 doubles the space for new objects while a burst of work lasts and keeps it; a step is one short burst. Left at its
 * first size, 1,000 references take 102 MB instead of 122, in the same time.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** V8 lets garbage grow to several times of what is in use before it collects: hostile files make hundreds of megabytes. */
export function collectEarly(): void {
  setFlagsFromString('--heap-growing-percent=40');
}

/** A process of this many bytes is made of hostile files: others never get there. */
const LARGE_PROCESS = 160 * 1024 * 1024;

/** Whether the process has grown to what only hostile files make of it. */
export function isLargeProcess(): boolean {
  return process.memoryUsage.rss() >= LARGE_PROCESS;
}

/**
 * Gives back what one phase of the work does not need any more, before the next takes memory of its own: V8 alone would
 * let both stand side by side. Costs nothing as long as the process is small.
 */
export function collectNow(): void {
  if (!isLargeProcess()) return;
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

function stepTimeout(milliseconds: number): UserError {
  return new UserError(
    'timeout',
    `the step did not end within ${milliseconds / 1000} seconds`,
    'Set timeout to more seconds, or look at what the registry is doing',
  );
}

async function exitCodeOf(main: () => Promise<boolean>, signal: AbortSignal): Promise<number> {
  try {
    const succeeded = await main();
    if (signal.reason instanceof Cancelled) return signal.reason.exitCode;
    return succeeded ? 0 : 1;
  } catch (error) {
    if (signal.reason instanceof Cancelled) {
      line(`Stopped: ${signal.reason.message}`);
      return signal.reason.exitCode;
    }
    if (error instanceof InvalidInputs) {
      annotateAll(
        'error',
        error.problems.map((problem) => ({
          title: problem.error.code,
          message: `${problem.input}: ${wordsOf(problem.error)}`,
        })),
      );
    } else if (error instanceof UserError) {
      annotateAll('error', [{ title: error.code, message: wordsOf(error) }]);
    } else reportBug(error);
    return 1;
  }
}
