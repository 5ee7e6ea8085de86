import type { DispatchController, DispatchOptions, Pool } from './undici.ts';
import { reasonOf } from './timing.ts';
import { attemptTimeout, exchangeError, tooLarge, truncated } from './transport-error.ts';

/** Answers from this status on are only read to be shown: their body is cut, never failed. */
export const FIRST_CUT_STATUS = 300;

export interface ExchangeLimits {
  /** Milliseconds of wall clock for the whole exchange, connecting included. */
  readonly attemptTimeout: number;
  readonly maxBytes: number;
  readonly errorBytes: number;
}

/** An answer as it came over the wire, its content encoding not undone. */
export interface Answer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Uint8Array;
}

/** `host` and `what` are for messages. */
export interface ExchangeNames {
  readonly host: string;
  readonly what: string;
  /** Whether plain http is spoken. */
  readonly plain: boolean;
}

/**
 * Sends one request through a pool and reads the whole answer within the limits. The connection of an exchange that
 * ends early is given up, so that nothing unread keeps it or the process alive.
 * @throws TransportError; the signal's reason when it aborts.
 */
export function exchange(
  pool: Pool,
  options: DispatchOptions,
  names: ExchangeNames,
  limits: ExchangeLimits,
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const reading = new Reading(options.method, names, limits);
    let controller: DispatchController | undefined;
    let ended: Error | undefined;

    const end = (error: Error, settle: () => void): void => {
      if (ended !== undefined) return;
      ended = error;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    const succeed = (): void => end(DONE, () => resolve(reading.answer()));
    const fail = (error: Error): void => end(error, () => reject(error));
    const giveUp = (error: Error): void => {
      fail(error);
      controller?.abort(error);
    };
    const onAbort = (): void => giveUp(reasonOf(signal));
    const timer = setTimeout(
      () => giveUp(attemptTimeout(reading.progress, limits.attemptTimeout)),
      limits.attemptTimeout,
    );
    signal.addEventListener('abort', onAbort, { once: true });

    const handler = {
      onRequestStart: (started: DispatchController): void => {
        controller = started;
        // It may have ended while it waited for a connection.
        if (ended === undefined) reading.progress.sent = true;
        else started.abort(ended);
      },
      onResponseStart: (_: DispatchController, status: number, headers: HeaderRecord): void => {
        if (status < 200) return;
        const refused = reading.begin(status, headers);
        if (refused !== undefined) giveUp(refused);
      },
      onResponseData: (running: DispatchController, chunk: Uint8Array): void => {
        if (ended !== undefined) return;
        const state = reading.take(chunk);
        if (state === 'more') return;
        if (state === 'cut') {
          succeed();
          running.abort(DONE);
        } else giveUp(state);
      },
      onResponseEnd: (): void => {
        const fault = reading.finish();
        if (fault !== undefined) fail(fault);
        // undici frees an HTTP/1.1 connection one turn after the answer: a caller who goes on at once would open another.
        else queueMicrotask(() => setImmediate(succeed));
      },
      onResponseError: (_: DispatchController | null, error: Error): void =>
        fail(exchangeError(error, reading.progress)),
    };
    try {
      pool.dispatch(options, handler);
    } catch (error) {
      fail(exchangeError(error, reading.progress));
    }
  });
}

type HeaderRecord = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Given to undici for an exchange that has all it wants; nobody sees it. */
const DONE = new Error('the exchange is done');

/** One answer while it comes in. */
class Reading {
  readonly progress: ExchangeNames & { sent: boolean; started: boolean; received: number };
  readonly #head: boolean;
  readonly #limits: ExchangeLimits;
  #status = 0;
  #headers = new Map<string, readonly string[]>();
  #chunks: Uint8Array[] = [];

  constructor(method: string, names: ExchangeNames, limits: ExchangeLimits) {
    this.progress = { ...names, sent: false, started: false, received: 0 };
    this.#head = method === 'HEAD';
    this.#limits = limits;
  }

  /** Takes the head; a length that is too much is refused before a byte of it is read. */
  begin(status: number, headers: HeaderRecord): Error | undefined {
    this.#status = status;
    this.progress.started = true;
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined) this.#headers.set(name.toLowerCase(), typeof value === 'string' ? [value] : value);
    }
    const length = this.#announcedLength();
    if (length === undefined || this.#cuts() || length <= this.#limits.maxBytes) return undefined;
    return this.#tooLarge();
  }

  take(chunk: Uint8Array): 'more' | 'cut' | Error {
    const most = this.#cuts() ? Math.min(this.#limits.errorBytes, this.#limits.maxBytes) : this.#limits.maxBytes;
    const room = most - this.progress.received;
    this.progress.received += chunk.length;
    if (chunk.length <= room) {
      this.#chunks.push(chunk);
      return 'more';
    }
    if (!this.#cuts()) return this.#tooLarge();
    this.#chunks.push(chunk.subarray(0, room));
    return 'cut';
  }

  finish(): Error | undefined {
    const length = this.#announcedLength();
    if (length === undefined || length === this.progress.received) return undefined;
    return truncated(this.progress, length);
  }

  answer(): Answer {
    return { status: this.#status, headers: this.#headers, body: Buffer.concat(this.#chunks) };
  }

  #cuts(): boolean {
    return this.#status >= FIRST_CUT_STATUS;
  }

  #tooLarge(): Error {
    return tooLarge(this.progress.host, this.progress.what, this.#limits.maxBytes);
  }

  /** Content-Length, where it says how long the body of this answer is. */
  #announcedLength(): number | undefined {
    const [length, ...more] = this.#headers.get('content-length') ?? [];
    if (this.#head || this.#status === 204 || this.#status === 304) return undefined;
    return length !== undefined && more.length === 0 && /^[0-9]{1,15}$/.test(length) ? Number(length) : undefined;
  }
}
