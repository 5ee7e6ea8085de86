import { LIMITS } from '../core/limits.ts';

/** Statuses that may pass: overload, gateways and their time-outs (REGISTRIES.md Q129; 499 and 52x come from proxies). */
const RETRYABLE: ReadonlySet<number> = new Set([408, 425, 429, 499, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

/** Whether the same request may succeed when it is sent again. Never a 401, 403 or 404. */
export function isRetryableStatus(status: number): boolean {
  return RETRYABLE.has(status);
}

/**
 * The wait after the `attempt`-th attempt (the first is 1) in milliseconds: doubling, ± 50 %, at most
 * LIMITS.backoffMax.
 * @param random in [0, 1)
 */
export function backoff(attempt: number, random: number): number {
  const doubled = LIMITS.backoffBase * 2 ** Math.max(attempt - 1, 0);
  return Math.min(Math.min(doubled, LIMITS.backoffMax) * (0.5 + random), LIMITS.backoffMax);
}

/** What a Retry-After header asks for; `none` when it is absent, past or unreadable. */
export type RetryAfter = { readonly kind: 'none' } | { readonly kind: 'wait'; readonly milliseconds: number };

const NONE: RetryAfter = { kind: 'none' };

const SECONDS = /^\d+(?:\.\d*)?$/;

/** One part of Go's duration, which ghcr.io puts where seconds belong (`629.027µs`; Q122). The µ may have lost its encoding. */
const DURATION = /^(\d+(?:\.\d*)?)(ns|us|µs|μs|Âµs|ms|s|m|h)$/;
const UNITS: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['μs', 1e-3],
  ['Âµs', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** The three forms of an HTTP date (RFC 9110 §5.6.7), coarsely; Date.parse does the rest. */
const HTTP_DATES = [
  /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
  /^[A-Z][a-z]{5,8}, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT$/,
];
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;

/**
 * What the value of a Retry-After header asks for. Zero and parts of a second become LIMITS.retryAfterFloor.
 * @param wallClock milliseconds since 1970, for the form that is a date
 */
export function parseRetryAfter(value: string | undefined, wallClock: number): RetryAfter {
  // Nearly every answer has none, and the patterns below are dear.
  if (value === undefined) return NONE;
  const text = value.trim();
  if (text.length > LIMITS.headerCharacters) return NONE;
  if (SECONDS.test(text)) return waitOf(Number(text) * 1000);
  const duration = DURATION.exec(text);
  if (duration !== null) return waitOf(Number(duration[1]) * (UNITS.get(duration[2] ?? '') ?? 0));
  const date = parseHttpDate(text);
  return date === undefined || date <= wallClock ? NONE : waitOf(date - wallClock);
}

function waitOf(milliseconds: number): RetryAfter {
  const bounded = Math.min(Math.max(milliseconds, LIMITS.retryAfterFloor), Number.MAX_SAFE_INTEGER);
  return { kind: 'wait', milliseconds: bounded };
}

function parseHttpDate(text: string): number | undefined {
  const inZone = ASCTIME.test(text) ? `${text} GMT` : text;
  if (inZone === text && !HTTP_DATES.some((form) => form.test(text))) return undefined;
  const date = Date.parse(inZone);
  return Number.isNaN(date) ? undefined : date;
}

export interface RetryInput {
  /** Attempts that were made; at least 1. */
  readonly attempt: number;
  /** Absent when no answer came and the transport's error may pass. */
  readonly status?: number;
  readonly retryAfter: RetryAfter;
  /** Sum of the `after` of earlier decisions of this request whose wait was asked for. */
  readonly waited: number;
  /** Milliseconds since the first attempt began. */
  readonly elapsed: number;
  /** In [0, 1). */
  readonly random: number;
}

export type RetryDecision =
  /** Send again after `after` milliseconds; `asked` when the registry named the wait. */
  | { readonly kind: 'retry'; readonly after: number; readonly asked: boolean }
  | { readonly kind: 'give-up'; readonly because: 'status' | 'attempts' | 'time' | 'asks-too-long' };

/** Most that is added to a wait that was asked for, so that many clients do not return at one instant. */
const ASKED_JITTER = 500;

/**
 * Whether a request that failed is sent again (SAFETY.md F1 to F9): LIMITS.attempts attempts, never before the time
 * that the registry names, and not at all when it names more than LIMITS.retryAfterTotal in sum.
 */
export function decideRetry(input: RetryInput): RetryDecision {
  const { attempt, status, retryAfter, waited, elapsed, random } = input;
  if (status !== undefined && !isRetryableStatus(status)) return { kind: 'give-up', because: 'status' };
  const asked = retryAfter.kind === 'wait';
  // What the waits before this one were spread by was not asked for.
  const most = LIMITS.retryAfterTotal + (attempt - 1) * ASKED_JITTER;
  if (asked && waited + retryAfter.milliseconds > most) {
    return { kind: 'give-up', because: 'asks-too-long' };
  }
  if (attempt >= LIMITS.attempts) return { kind: 'give-up', because: 'attempts' };
  const after = asked ? spread(retryAfter.milliseconds, random) : backoff(attempt, random);
  if (elapsed + after > LIMITS.requestTimeout) return { kind: 'give-up', because: 'time' };
  return { kind: 'retry', after, asked };
}

/** The wait that was asked for, up to a quarter longer. */
function spread(milliseconds: number, random: number): number {
  return milliseconds + Math.min(milliseconds / 4, ASKED_JITTER) * random;
}
