import { LIMITS } from '../core/limits.ts';
import type { Timing } from './http.ts';

interface Host {
  limit: number;
  readonly most: number;
  inFlight: number;
  /** Answers in a row since the limit last changed. */
  streak: number;
  pausedUntil: number;
  readonly waiting: Waiting[];
  /** Whether a timer runs that starts the waiting work when the pause ends. */
  waking: boolean;
}

interface Waiting {
  readonly start: () => void;
  readonly signal: AbortSignal;
}

/**
 * How many requests are in flight, per host and in all. A host begins with 8, doubles while nothing but answers comes
 * back (at most 64), and is halved and paused as a whole by one 429.
 */
export class Throttle {
  readonly #timing: Timing;
  readonly #signal: AbortSignal;
  readonly #hosts = new Map<string, Host>();
  #inFlight = 0;

  /** @param signal ends the run; pauses end with it */
  constructor(timing: Timing, signal: AbortSignal) {
    this.#timing = timing;
    this.#signal = signal;
  }

  /** Sets the most requests in flight for a host that allows few; before its first request. */
  restrict(name: string, most: number): void {
    if (!this.#hosts.has(name)) this.#hosts.set(name, newHost(most));
  }

  /**
   * Does work that may take up megabytes, at most `LIMITS.largeBodies` at once whatever the host: bodies are held in
   * memory while they are read.
   */
  async runLarge<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (!this.#hosts.has(LARGE)) this.#hosts.set(LARGE, { ...newHost(LIMITS.largeBodies), limit: LIMITS.largeBodies });
    return this.run(LARGE, signal, () => this.run(name, signal, work));
  }

  /** Does the work when there is room. @throws the signal's reason when aborted while waiting. */
  async run<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const host = this.#host(name);
    if (this.#hasRoom(host) && host.waiting.length === 0) this.#enter(host);
    else await this.#wait(host, signal);
    try {
      return await work();
    } finally {
      host.inFlight -= 1;
      this.#inFlight -= 1;
      this.#startWaiting();
    }
  }

  /** An answer came back that is no complaint about load. */
  answered(name: string): void {
    const host = this.#host(name);
    host.streak += 1;
    if (host.streak < host.limit || host.limit >= host.most) return;
    host.limit = Math.min(host.limit * 2, host.most);
    host.streak = 0;
    this.#startWaiting();
  }

  /** No answer, or a server error: the limit stays where it is. */
  failed(name: string): void {
    this.#host(name).streak = 0;
  }

  /** The host asked to slow down: nothing more is sent to it for `milliseconds`, then half as much at once. */
  slowDown(name: string, milliseconds: number): void {
    const host = this.#host(name);
    host.streak = 0;
    const until = this.#timing.now() + milliseconds;
    if (host.pausedUntil <= this.#timing.now()) host.limit = Math.max(1, Math.floor(host.limit / 2));
    host.pausedUntil = Math.max(host.pausedUntil, until);
    this.#wakeAfterPause(host);
  }

  #host(name: string): Host {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    const host = newHost(LIMITS.inFlightPerRegistry);
    this.#hosts.set(name, host);
    return host;
  }

  #hasRoom(host: Host): boolean {
    if (host.inFlight >= host.limit || this.#inFlight >= LIMITS.inFlight) return false;
    return host.pausedUntil <= this.#timing.now();
  }

  #enter(host: Host): void {
    host.inFlight += 1;
    this.#inFlight += 1;
  }

  async #wait(host: Host, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting: Waiting = { start: resolve, signal };
    const abort = (): void => {
      const index = host.waiting.indexOf(waiting);
      if (index >= 0) host.waiting.splice(index, 1);
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    host.waiting.push(waiting);
    this.#wakeAfterPause(host);
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  #wakeAfterPause(host: Host): void {
    const pause = host.pausedUntil - this.#timing.now();
    if (pause <= 0 || host.waking) return;
    host.waking = true;
    const wake = (): void => {
      host.waking = false;
      this.#wakeAfterPause(host);
      this.#startWaiting();
    };
    this.#timing.sleep(pause, this.#signal).then(wake, () => undefined);
  }

  #startWaiting(): void {
    for (const host of this.#hosts.values()) {
      while (host.waiting.length > 0 && this.#hasRoom(host)) {
        const next = host.waiting.shift();
        if (next === undefined || next.signal.aborted) continue;
        this.#enter(host);
        next.start();
      }
    }
  }
}

/** Not a host's name. */
const LARGE = 'large bodies';

function newHost(most: number): Host {
  return {
    limit: Math.min(LIMITS.inFlightFirst, most),
    most,
    inFlight: 0,
    streak: 0,
    pausedUntil: 0,
    waiting: [],
    waking: false,
  };
}
