import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { LIMITS } from '../../core/limits.ts';
import type { ImageSite } from '../../files/site.ts';
import { createWorkspace } from '../../ports/workspace.ts';
import { collectNow, isLargeProcess } from '../run.ts';
import { NO_TIME, search, type Found, type Search } from './find-sites.ts';
import { siblingsIn } from './siblings.ts';

/*
 * Large files are read in a thread of their own, this file being also what the thread runs: it can be ended at any
 * moment, whatever a stranger's file makes the parser do, and has memory of its own that cannot grow beyond a limit
 * (SAFETY.md T42). A thread takes 20 ms to start, so that small files, which cannot cost much, are read without one.
 */

/** A thread may have so many megabytes for what it holds, and for new objects. */
const MEMORY = { maxOldGenerationSizeMb: 112, maxYoungGenerationSizeMb: 8 };
/** How often the time that a file has taken is looked at, in milliseconds: what counts is not what other processes take. */
const LOOK = 100;
/** Longer than this no file is waited for, in milliseconds, however little of the processor its thread got. */
const PATIENCE = 60_000;
/** So many references are handed over at once: each message is one piece of work for the main thread. */
const PORTION = 2000;

type Message =
  | { readonly kind: 'portion'; readonly sites: readonly ImageSite[] }
  /** What was found, without the sites. */
  | { readonly kind: 'end'; readonly found: Found };

/** The workspace in a form that another thread can be given. */
export interface ThreadWorkspace {
  readonly root: string;
  /** Files that others may include. */
  readonly files: readonly string[];
}

/** Reads large files one after the other. */
export class LargeFiles {
  readonly #workspace: ThreadWorkspace;
  readonly #signal: AbortSignal;
  #thread: Worker | undefined;

  constructor(workspace: ThreadWorkspace, signal: AbortSignal) {
    this.#workspace = workspace;
    this.#signal = signal;
  }

  find(file: Search): Promise<Found> {
    this.#thread ??= startThread(this.#workspace);
    const thread = this.#thread;
    return new Promise((resolve) => {
      const sites: ImageSite[] = [];
      const share = sharing(file.path);
      const finish = (found: Found): void => {
        clearInterval(timer);
        this.#signal.removeEventListener('abort', stop);
        // One by one: without any listener for a moment, a thread is not heard any more.
        thread.off('message', hear).off('error', fail).off('exit', vanish);
        resolve(found);
      };
      const give = (reason: string) => (): void => {
        this.close();
        finish({ kind: 'refused', reason });
      };
      const stop = give(NO_TIME);
      const vanish = give('the thread that reads it ended');
      const tooLong = give(`it takes more than ${LIMITS.fileTime / 1000} s of processor time to read`);
      const before = process.cpuUsage();
      const began = performance.now();
      const timer = setInterval(() => {
        const { user, system } = process.cpuUsage(before);
        if (user + system > LIMITS.fileTime * 1000 || performance.now() - began > PATIENCE) tooLong();
      }, LOOK);
      const hear = (message: Message): void => {
        if (message.kind === 'portion') for (const site of message.sites) sites.push(share(site));
        else {
          finish(message.found.kind === 'found' ? { ...message.found, sites } : message.found);
          // What is done with them takes memory too: the thread's is given back, and the next file gets another thread.
          if (isLargeProcess()) this.close();
        }
      };
      const fail = (error: Error): void => {
        if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') give('it takes too much memory to read')();
        else {
          this.close();
          finish({ kind: 'bug', error });
        }
      };
      this.#signal.addEventListener('abort', stop);
      thread.on('message', hear).on('error', fail).on('exit', vanish);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
      thread.postMessage(file);
    });
  }

  close(): void {
    void this.#thread?.terminate();
    this.#thread = undefined;
  }
}

function startThread(workspace: ThreadWorkspace): Worker {
  const thread = new Worker(new URL(import.meta.url), { workerData: workspace, resourceLimits: MEMORY });
  // What fails while it is being ended is of no interest.
  thread.on('error', () => undefined);
  return thread;
}

/** What came from another thread has texts of its own in each site: equal ones are made one again. */
function sharing(file: string): (site: ImageSite) => ImageSite {
  const known = new Map<string, string>();
  const one = (text: string): string => {
    const first = known.get(text);
    if (first === undefined && known.size < PORTION) known.set(text, text);
    return first ?? text;
  };
  return (site) => {
    const { format, unresolved, placement, traits } = site;
    return {
      ...site,
      file,
      format: one(format),
      ...(unresolved === undefined ? {} : { unresolved: one(unresolved) }),
      placement: placement.kind === 'none' ? { kind: 'none', why: one(placement.why) } : placement,
      traits: traits.length === 0 ? NO_TRAITS : traits,
    };
  };
}

const NO_TRAITS: ImageSite['traits'] = [];

if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  const { root, files }: ThreadWorkspace = workerData;
  const around = { sibling: siblingsIn(createWorkspace(root)), files };
  const send = (message: Message): void => port.postMessage(message);
  port.on('message', (file: Search) => {
    const found = search(file, around);
    const sites = found.kind === 'found' ? found.sites : [];
    // What they were found with is not needed any more, and the main thread takes memory for them now.
    if (sites.length > PORTION) collectNow();
    for (let at = 0; at < sites.length; at += PORTION) send({ kind: 'portion', sites: sites.slice(at, at + PORTION) });
    send({ kind: 'end', found: found.kind === 'found' ? { ...found, sites: [] } : found });
  });
}
