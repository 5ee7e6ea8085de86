import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { LIMITS } from '../../src/core/limits.ts';
import {
  backoff,
  decideRetry,
  isRetryableStatus,
  parseRetryAfter,
  type RetryAfter,
  type RetryInput,
} from '../../src/registry/retry.ts';

const now = Date.UTC(2026, 10, 6, 8, 49, 37);
const NONE: RetryAfter = { kind: 'none' };

function wait(milliseconds: number): RetryAfter {
  return { kind: 'wait', milliseconds };
}

test('only what may pass is asked for again', () => {
  const statuses = Array.from({ length: 600 }, (_, status) => status);
  expect(statuses.filter(isRetryableStatus)).toEqual([408, 425, 429, 499, 500, 502, 503, 504, 520, 521, 522, 523, 524]);
});

describe('Retry-After', () => {
  test.each([
    ['2', wait(2000)],
    [' 2 ', wait(2000)],
    ['1.5', wait(1500)],
    ['1.', wait(1000)],
    ['0', wait(250)],
    ['0.000743', wait(250)],
    ['86400', wait(86_400_000)],
    ['9'.repeat(400), wait(Number.MAX_SAFE_INTEGER)],
    ['629.027µs', wait(250)],
    ['629.027\u03bcs', wait(250)],
    ['629.027Âµs', wait(250)],
    ['12ns', wait(250)],
    ['300ms', wait(300)],
    ['2s', wait(2000)],
    ['1m', wait(60_000)],
    ['Fri, 06 Nov 2026 08:49:40 GMT', wait(3000)],
    ['Friday, 06-Nov-26 08:49:40 GMT', wait(3000)],
    ['Fri Nov  6 08:49:40 2026', wait(3000)],
    ['Sat, 07 Nov 2026 08:49:37 GMT', wait(86_400_000)],
    ['Fri, 06 Nov 2026 08:49:37 GMT', NONE],
    ['Fri, 06 Nov 1970 08:49:37 GMT', NONE],
    ['Fri, 66 Nov 2026 08:49:40 GMT', NONE],
    ['-5', NONE],
    ['+5', NONE],
    ['1e3', NONE],
    ['0x10', NONE],
    ['Infinity', NONE],
    ['NaN', NONE],
    ['soon', NONE],
    ['soon 1', NONE],
    ['2026-11-06T08:49:40Z', NONE],
    ['1,2', NONE],
    ['', NONE],
    [undefined, NONE],
    ['1'.repeat(LIMITS.headerCharacters + 1), NONE],
  ])('%j', (value, meaning) => {
    expect(parseRetryAfter(value, now)).toEqual(meaning);
  });

  test('whatever it holds, a wait is at least the floor and finite', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.float().map(String), fc.date().map(String)), fc.nat(), (value, clock) => {
        const meaning = parseRetryAfter(value, clock);
        if (meaning.kind === 'none') return;
        expect(meaning.milliseconds).toBeGreaterThanOrEqual(LIMITS.retryAfterFloor);
        expect(Number.isSafeInteger(Math.trunc(meaning.milliseconds))).toBe(true);
      }),
    );
  });
});

describe('the back-off', () => {
  test('doubles, spread by half in both directions', () => {
    expect([1, 2, 3].map((attempt) => backoff(attempt, 0))).toEqual([250, 500, 1000]);
    expect([1, 2, 3].map((attempt) => backoff(attempt, 0.5))).toEqual([500, 1000, 2000]);
    expect([6, 7, 50, 5000].map((attempt) => backoff(attempt, 0.5))).toEqual([10_000, 10_000, 10_000, 10_000]);
  });

  test('is within its bounds for every attempt and every chance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, random) => {
          const middle = Math.min(LIMITS.backoffBase * 2 ** (attempt - 1), LIMITS.backoffMax);
          expect(backoff(attempt, random)).toBeGreaterThanOrEqual(middle / 2);
          expect(backoff(attempt, random)).toBeLessThanOrEqual(Math.min(middle * 1.5, LIMITS.backoffMax));
        },
      ),
    );
  });
});

const first: RetryInput = { attempt: 1, status: 503, retryAfter: NONE, waited: 0, elapsed: 10, random: 0.5 };

describe('the decision', () => {
  test.each<readonly [string, Partial<RetryInput>, unknown]>([
    ['a 503 is tried again', {}, { kind: 'retry', after: 500, asked: false }],
    ['the third attempt is followed by the fourth', { attempt: 3 }, { kind: 'retry', after: 2000, asked: false }],
    ['the fourth is the last', { attempt: 4 }, { kind: 'give-up', because: 'attempts' }],
    ['429 without Retry-After backs off (F1)', { status: 429 }, { kind: 'retry', after: 500, asked: false }],
    [
      'Retry-After: 2 waits 2 to 2.5 s (F2)',
      { status: 429, retryAfter: wait(2000) },
      { kind: 'retry', after: 2250, asked: true },
    ],
    [
      'the floor is spread too (F3)',
      { status: 429, retryAfter: wait(250), random: 0 },
      { kind: 'retry', after: 250, asked: true },
    ],
    [
      '503 may name the wait, too',
      { retryAfter: wait(60_000), random: 0 },
      { kind: 'retry', after: 60_000, asked: true },
    ],
    [
      'beyond a minute it fails at once (F4)',
      { status: 429, retryAfter: wait(60_001) },
      { kind: 'give-up', because: 'asks-too-long' },
    ],
    [
      'a day fails at once (F4)',
      { status: 429, retryAfter: wait(86_400_000) },
      { kind: 'give-up', because: 'asks-too-long' },
    ],
    [
      'the waits are summed',
      { attempt: 2, retryAfter: wait(31_000), waited: 30_000 },
      { kind: 'give-up', because: 'asks-too-long' },
    ],
    [
      'their spread is not',
      { attempt: 2, retryAfter: wait(30_000), waited: 30_400, random: 0 },
      { kind: 'retry', after: 30_000, asked: true },
    ],
    [
      'too long is said even at the end',
      { attempt: 4, retryAfter: wait(86_400_000) },
      { kind: 'give-up', because: 'asks-too-long' },
    ],
    [
      'the time of a request is bounded',
      { elapsed: LIMITS.requestTimeout - 499 },
      { kind: 'give-up', because: 'time' },
    ],
    ['up to its last moment', { elapsed: LIMITS.requestTimeout - 500 }, { kind: 'retry', after: 500, asked: false }],
  ])('%s', (_name, change, decision) => {
    expect(decideRetry({ ...first, ...change })).toEqual(decision);
  });

  test.each([200, 301, 400, 401, 403, 404, 405, 412, 416, 501])('%d is never tried again (F9)', (status) => {
    const retryAfter = wait(1000);
    expect(decideRetry({ ...first, status, retryAfter })).toEqual({ kind: 'give-up', because: 'status' });
  });

  test('without an answer it is as with one that may pass', () => {
    const { status: _, ...noAnswer } = first;
    expect(decideRetry(noAnswer)).toEqual({ kind: 'retry', after: 500, asked: false });
  });

  test('any server ends within the limits: attempts, asked waits and time', () => {
    const answer = fc.record({
      status: fc.constantFrom(429, 500, 503),
      retryAfter: fc.oneof(fc.constant(NONE), fc.integer({ min: 250, max: 90_000 }).map(wait)),
      takes: fc.integer({ min: 0, max: LIMITS.attemptTimeout }),
      random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(answer, { minLength: 6, maxLength: 6 }), (answers) => {
        let attempt = 0;
        let elapsed = 0;
        let waited = 0;
        let asked = 0;
        for (const { takes, ...said } of answers) {
          attempt += 1;
          elapsed += takes;
          const decision = decideRetry({ ...said, attempt, elapsed, waited });
          if (decision.kind === 'give-up') break;
          elapsed += decision.after;
          if (decision.asked && said.retryAfter.kind === 'wait') {
            expect(decision.after).toBeGreaterThanOrEqual(said.retryAfter.milliseconds);
            waited += decision.after;
            asked += said.retryAfter.milliseconds;
          }
        }
        expect(attempt).toBeLessThanOrEqual(LIMITS.attempts);
        expect(asked).toBeLessThanOrEqual(LIMITS.retryAfterTotal + LIMITS.attempts * 500);
        expect(elapsed).toBeLessThanOrEqual(LIMITS.requestTimeout + LIMITS.attemptTimeout);
      }),
    );
  });
});
