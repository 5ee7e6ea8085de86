import { UserError, type ErrorCode } from '../core/errors.ts';

export type HttpMethod = 'GET' | 'HEAD' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';

/** One HTTP exchange. Redirects are never followed below this interface. */
export interface HttpRequest {
  readonly method: HttpMethod;
  readonly url: URL;
  /** Lower-case names. These and nothing else are sent, besides host, content-length, user-agent, accept-encoding. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** Most bytes of the body that are read; beyond it the exchange fails with `limit`. */
  readonly maxBytes: number;
  /** What the body is, for the message of `limit`: "manifest", "token answer". */
  readonly what: string;
  /**
   * The registry (`host[:port]`) on whose word this URL is asked, when the URL is on another host than it and the user
   * has not listed it: its address is checked after name resolution (SAFETY.md T3).
   */
  readonly onWordOf?: string;
  /** Milliseconds for the whole exchange, where less than usual is left. */
  readonly attemptTimeout?: number;
  /** Milliseconds for the connection, where less than usual is enough. */
  readonly connectTimeout?: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Values of a header, in order; an empty list when it is absent. `name` is lower case. */
  readonly header: (name: string) => readonly string[];
  /** Empty for HEAD. Beyond `maxBytes` of an error answer (status >= 400) it is cut, never failed. */
  readonly body: Uint8Array;
}

/**
 * Sends one request, once. @throws TransportError when there is no whole answer; the signal's reason when aborted.
 */
export type Send = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>;

/** No answer, or not a whole one. */
export class TransportError extends UserError {
  /** Whether the same request may succeed when it is sent again. */
  readonly retryable: boolean;
  /** Whether the server may speak plain http: it did not get as far as showing a certificate. */
  readonly mayBePlainHttp: boolean;

  constructor(
    code: ErrorCode,
    message: string,
    hint: string,
    retryable: boolean,
    options?: ErrorOptions & { readonly mayBePlainHttp?: boolean },
  ) {
    super(code, message, hint, options);
    this.name = 'TransportError';
    this.retryable = retryable;
    this.mayBePlainHttp = options?.mayBePlainHttp ?? false;
  }
}

/** Time and chance, handed in so that the protocol can be tested without waiting. */
export interface Timing {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Milliseconds since 1970, only to read HTTP dates. */
  readonly wallClock: () => number;
  /** Resolves after `milliseconds`; rejects with the signal's reason when aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** A number in [0, 1). */
  readonly random: () => number;
}
