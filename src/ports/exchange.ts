import type { DispatchController, DispatchHandler, DispatchOptions, Pool } from './undici.ts';
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
    const running = new Exchange(new Reading(options.method, names, limits), { resolve, reject });
    running.watch(signal, limits.attemptTimeout);
    try {
      pool.dispatch(options, running);
    } catch (error) {
      running.onResponseError(null, error);
    }
  });
}

interface Outcome {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Given to undici for an exchange that has all it wants; nobody sees it. */
const DONE = new Error('the exchange is done');

/** One request on its way, as undici calls it back. Whatever comes first decides, the rest is passed over. */
class Exchange implements DispatchHandler {
  readonly #reading: Reading;
  readonly #outcome: Outcome;
  #controller: DispatchController | undefined;
  /** Why nothing more is wanted. */
  #ended: Error | undefined;
  #unwatch = (): void => undefined;

  constructor(reading: Reading, outcome: Outcome) {
    this.#reading = reading;
    this.#outcome = outcome;
  }

  /** Ends the exchange when the signal aborts or its wall clock has run out, wherever it is. */
  watch(signal: AbortSignal, milliseconds: number): void {
    const onAbort = (): void => this.#giveUp(reasonOf(signal));
    const onTimeout = (): void => this.#giveUp(attemptTimeout(this.#reading.progress, milliseconds));
    const timer = setTimeout(onTimeout, milliseconds);
    signal.addEventListener('abort', onAbort, { once: true });
    this.#unwatch = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
  }

  onRequestStart(controller: DispatchController): void {
    this.#controller = controller;
    // It may have ended while it waited for a connection.
    if (this.#ended === undefined) this.#reading.progress.sent = true;
    else controller.abort(this.#ended);
  }

  onResponseStart(_: DispatchController, status: number, headers: HeaderRecord): void {
    if (status < 200) return;
    const refused = this.#reading.begin(status, headers);
    if (refused !== undefined) this.#giveUp(refused);
  }

  onResponseData(controller: DispatchController, chunk: Uint8Array): void {
    if (this.#ended !== undefined) return;
    const state = this.#reading.take(chunk);
    if (state === 'more') return;
    if (state === 'cut') {
      this.#succeed();
      controller.abort(DONE);
    } else this.#giveUp(state);
  }

  onResponseEnd(): void {
    const fault = this.#reading.finish();
    if (fault !== undefined) this.#fail(fault);
    // undici frees an HTTP/1.1 connection one turn after the answer: a caller who goes on at once would open another.
    else queueMicrotask(() => setImmediate(() => this.#succeed()));
  }

  onResponseError(_: DispatchController | null, error: unknown): void {
    this.#fail(exchangeError(error, this.#reading.progress));
  }

  #giveUp(error: Error): void {
    this.#fail(error);
    this.#controller?.abort(error);
  }

  #succeed(): void {
    if (this.#end(DONE)) this.#outcome.resolve(this.#reading.answer());
  }

  #fail(error: Error): void {
    if (this.#end(error)) this.#outcome.reject(error);
  }

  /** Whether it had not ended before. */
  #end(reason: Error): boolean {
    if (this.#ended !== undefined) return false;
    this.#ended = reason;
    this.#unwatch();
    return true;
  }
}

type HeaderRecord = Readonly<Record<string, string | readonly string[] | undefined>>;

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
