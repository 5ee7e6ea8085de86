/* Processes from their start to their end: wall clock and peak memory, in turns, so that all see the same load. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What is run. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** The whole environment but PATH. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** Exit codes that are a success; 0 when left out. */
  readonly accepts?: readonly number[];
}

/** One run. */
export interface Sample {
  readonly milliseconds: number;
  /** Peak resident memory of the largest process in MB; undefined where it cannot be told. */
  readonly megabytes: number | undefined;
  readonly stdout: string;
}

/** GNU time asks the kernel (wait4), so that it is exact and takes no part in the run. */
const GNU_TIME = '/usr/bin/time';
const hasGnuTime = process.platform === 'linux' && existsSync(GNU_TIME);

/** How peak memory is told here. */
export const MEMORY_BY = hasGnuTime
  ? 'GNU time'
  : process.platform === 'linux'
    ? '/proc, read every 2 ms (a little low; the Debian package "time" is exact)'
    : 'nothing on this system';

let runs = 0;

/** Runs a command once. @throws Error with what it printed when it fails */
export async function runOnce(command: Command): Promise<Sample> {
  const { program, args, environment = {}, folder = tmpdir(), accepts = [0] } = command;
  runs += 1;
  const file = join(tmpdir(), `bench-memory-${process.pid}-${runs}`);
  const call = hasGnuTime ? [GNU_TIME, '-f', '%M', '-o', file, program, ...args] : [program, ...args];
  try {
    const { milliseconds, stdout, polled } = await runChild(call, environment, folder, accepts);
    const kilobytes = hasGnuTime ? Number((await readFile(file, 'utf8')).trim().split('\n').at(-1)) : polled;
    return { milliseconds, megabytes: kilobytes === undefined ? undefined : kilobytes / 1024, stdout };
  } finally {
    await rm(file, { force: true });
  }
}

async function runChild(
  [program = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string>>,
  folder: string,
  accepts: readonly number[],
) {
  const started = performance.now();
  const child = spawn(program, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.stderr += text));
  const watched = hasGnuTime ? undefined : watchMemory(child.pid);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const milliseconds = performance.now() - started;
  const polled = watched?.();
  if (code === null || !accepts.includes(code)) {
    const last = `${printed.stderr}${printed.stdout}`.trim().slice(-600);
    throw new Error(`${program} ${args.join(' ').slice(0, 200)} ended with ${String(code)}: ${last}`);
  }
  return { milliseconds, stdout: printed.stdout, polled };
}

/** VmHWM only grows: what was read last is right up to the last two milliseconds. */
function watchMemory(pid: number | undefined): () => number | undefined {
  let last: number | undefined;
  const look = async (): Promise<void> => {
    const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
    const found = /^VmHWM:\s*(\d+) kB/m.exec(status)?.[1];
    if (found !== undefined) last = Number(found);
  };
  const timer = setInterval(() => void look(), 2);
  return () => {
    clearInterval(timer);
    return last;
  };
}

/** One of those who are compared. */
export interface Contestant {
  readonly name: string;
  /** The command of a round; what has to be set up for it, is set up here. */
  readonly command: (round: number) => Command;
  /** How often it runs at most; as often as the others when left out. */
  readonly rounds?: number;
  /** Looks at each run: requests that were counted, whether the result is right. */
  readonly after?: (sample: Sample) => void;
  /** A failure ends the benchmark; of the others it is only told. */
  readonly isOurs: boolean;
}

/** The medians of one contestant. */
export interface Measured {
  readonly name: string;
  readonly milliseconds: number;
  /** The quietest round, in milliseconds: what is nearest to a machine without other work. */
  readonly fastest: number;
  readonly megabytes: number | undefined;
  readonly rounds: number;
}

/** Lets them run in turns. Who fails is left out and told. */
export async function race(contestants: readonly Contestant[], rounds: number): Promise<ReadonlyMap<string, Measured>> {
  const samples = new Map<string, Sample[]>();
  const failed = new Set<string>();
  for (let round = 0; round < rounds; round += 1) {
    for (const contestant of contestants) {
      const { name, isOurs } = contestant;
      if (failed.has(name) || round >= (contestant.rounds ?? rounds)) continue;
      try {
        const sample = await runOnce(contestant.command(round));
        contestant.after?.(sample);
        samples.set(name, [...(samples.get(name) ?? []), sample]);
      } catch (error) {
        if (isOurs) throw error;
        failed.add(name);
        console.error(`${name} is left out: ${Error.isError(error) ? error.message : String(error)}`);
      }
    }
  }
  return new Map([...samples].map(([name, all]) => [name, measuredOf(name, all)]));
}

function measuredOf(name: string, samples: readonly Sample[]): Measured {
  const megabytes = samples.flatMap((sample) => (sample.megabytes === undefined ? [] : [sample.megabytes]));
  return {
    name,
    milliseconds: median(samples.map((sample) => sample.milliseconds)),
    fastest: Math.min(...samples.map((sample) => sample.milliseconds)),
    megabytes: megabytes.length === 0 ? undefined : median(megabytes),
    rounds: samples.length,
  };
}

/** The middle value; of an even number the lower one of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}
