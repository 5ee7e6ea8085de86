import { LIMITS } from '../core/limits.ts';
import { TransportError, type HttpRequest, type HttpResponse, type Send, type Timing } from './http.ts';
import { backoff, decideRetry, isRetryableStatus, parseRetryAfter, type RetryAfter } from './retry.ts';
import type { Throttle } from './throttle.ts';
import type { Trace } from './trace.ts';

/** What every request of a run goes through. */
export interface Wire {
  readonly send: Send;
  readonly timing: Timing;
  readonly throttle: Throttle;
  /** Ends the run: its deadline, or a cancel. */
  readonly signal: AbortSignal;
}

type Outcome = { readonly answer: HttpResponse } | { readonly failure: TransportError };

/**
 * Sends a request until there is an answer that need not be asked for again, within the limits of core/limits.ts.
 * Redirects are answers. An answer that stays retryable (429, 5xx) is returned as it is when the attempts are used up.
 * @throws TransportError when no attempt had a whole answer
 */
export async function exchange(wire: Wire, request: HttpRequest, trace: Trace): Promise<HttpResponse> {
  let started: number | undefined;
  let waited = 0;
  /** What is left of the time for the request and its retries; waiting for a turn does not count. */
  const timeLeft = (): number => {
    started ??= wire.timing.now();
    return LIMITS.requestTimeout - (wire.timing.now() - started);
  };
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptOnce(wire, request, timeLeft, trace);
    const retryAfter = retryAfterOf(outcome, wire.timing);
    const done = 'answer' in outcome ? !isRetryableStatus(outcome.answer.status) : !outcome.failure.retryable;
    const decision = done
      ? undefined
      : decideRetry({
          attempt,
          retryAfter,
          waited,
          elapsed: LIMITS.requestTimeout - timeLeft(),
          random: wire.timing.random(),
          ...('answer' in outcome ? { status: outcome.answer.status } : {}),
        });
    tellThrottle(wire, request, outcome, decision?.kind === 'retry' ? decision.after : 0);
    if (decision === undefined || decision.kind === 'give-up') {
      if ('answer' in outcome) return outcome.answer;
      throw outcome.failure;
    }
    if (decision.asked) waited += decision.after;
    await wire.timing.sleep(decision.after, wire.signal);
  }
}

async function attemptOnce(wire: Wire, request: HttpRequest, timeLeft: () => number, trace: Trace): Promise<Outcome> {
  try {
    const isLarge = request.method === 'GET' && request.maxBytes >= LIMITS.largeBodyBytes;
    const run = isLarge ? wire.throttle.runLarge.bind(wire.throttle) : wire.throttle.run.bind(wire.throttle);
    const answer = await run(request.url.host, wire.signal, () => {
      trace.requests += 1;
      return wire.send({ ...request, attemptTimeout: Math.max(1, timeLeft()) }, wire.signal);
    });
    return { answer };
  } catch (error) {
    if (error instanceof TransportError) return { failure: error };
    throw error;
  }
}

function retryAfterOf(outcome: Outcome, timing: Timing): RetryAfter {
  if (!('answer' in outcome)) return { kind: 'none' };
  return parseRetryAfter(outcome.answer.header('retry-after')[0], timing.wallClock());
}

function tellThrottle({ throttle, timing }: Wire, { url }: HttpRequest, outcome: Outcome, after: number): void {
  const status = 'answer' in outcome ? outcome.answer.status : 0;
  if (status === 429) throttle.slowDown(url.host, after > 0 ? after : backoff(1, timing.random()));
  else if (status === 0 || status >= 500) throttle.failed(url.host);
  else throttle.answered(url.host);
}

/** Most bytes that are read of an answer that nobody looks into. */
export const NO_BODY = LIMITS.errorBytes;

/** A server that seems to speak plain http is not asked again over TLS. */
export function failingAtOnce(wire: Wire): Wire {
  const send: Wire['send'] = async (request, signal) => {
    try {
      return await wire.send(request, signal);
    } catch (error) {
      if (!(error instanceof TransportError) || !error.mayBePlainHttp) throw error;
      throw new TransportError(error.code, error.message, error.hint, false, { cause: error, mayBePlainHttp: true });
    }
  };
  return { ...wire, send };
}
