import type { Timing } from '../registry/http.ts';

/** The real clock and the real chance. */
export const TIMING: Timing = {
  now: () => performance.now(),
  wallClock: () => Date.now(),
  sleep,
  random: () => Math.random(),
};

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(reasonOf(signal));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** The reason of an aborted signal as an error, as it always is when nobody gave another one. */
export function reasonOf(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return Error.isError(reason) ? reason : new Error('aborted', { cause: reason });
}
