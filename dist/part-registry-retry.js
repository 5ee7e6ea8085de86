import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  LIMITS
} from "./part-core-limits.js";

// src/ports/timing.ts
var TIMING = {
  now: () => performance.now(),
  wallClock: () => Date.now(),
  sleep,
  random: () => Math.random()
};
function sleep(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(reasonOf(signal));
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(reasonOf(signal));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
function reasonOf(signal) {
  const reason = signal.reason;
  return Error.isError(reason) ? reason : new Error("aborted", { cause: reason });
}

// src/registry/retry.ts
var RETRYABLE = /* @__PURE__ */ new Set([408, 425, 429, 499, 500, 502, 503, 504, 520, 521, 522, 523, 524]);
function isRetryableStatus(status) {
  return RETRYABLE.has(status);
}
function backoff(attempt, random) {
  const doubled = LIMITS.backoffBase * 2 ** Math.max(attempt - 1, 0);
  return Math.min(Math.min(doubled, LIMITS.backoffMax) * (0.5 + random), LIMITS.backoffMax);
}
var NONE = { kind: "none" };
var SECONDS = /^\d+(?:\.\d*)?$/;
var DURATION = /^(\d+(?:\.\d*)?)(ns|us|µs|μs|Âµs|ms|s|m|h)$/;
var UNITS = /* @__PURE__ */ new Map([
  ["ns", 1e-6],
  ["us", 1e-3],
  ["µs", 1e-3],
  ["μs", 1e-3],
  ["Âµs", 1e-3],
  ["ms", 1],
  ["s", 1e3],
  ["m", 6e4],
  ["h", 36e5]
]);
var HTTP_DATES = [
  /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
  /^[A-Z][a-z]{5,8}, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT$/
];
var ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;
function parseRetryAfter(value, wallClock) {
  if (value === void 0) return NONE;
  const text = value.trim();
  if (text.length > LIMITS.headerCharacters) return NONE;
  if (SECONDS.test(text)) return waitOf(Number(text) * 1e3);
  const duration = DURATION.exec(text);
  if (duration !== null) return waitOf(Number(duration[1]) * (UNITS.get(duration[2] ?? "") ?? 0));
  const date = parseHttpDate(text);
  return date === void 0 || date <= wallClock ? NONE : waitOf(date - wallClock);
}
function waitOf(milliseconds) {
  const bounded = Math.min(Math.max(milliseconds, LIMITS.retryAfterFloor), Number.MAX_SAFE_INTEGER);
  return { kind: "wait", milliseconds: bounded };
}
function parseHttpDate(text) {
  const inZone = ASCTIME.test(text) ? `${text} GMT` : text;
  if (inZone === text && !HTTP_DATES.some((form) => form.test(text))) return void 0;
  const date = Date.parse(inZone);
  return Number.isNaN(date) ? void 0 : date;
}
var ASKED_JITTER = 500;
function decideRetry(input) {
  const { attempt, status, retryAfter, waited, elapsed, random } = input;
  if (status !== void 0 && !isRetryableStatus(status)) return { kind: "give-up", because: "status" };
  const asked = retryAfter.kind === "wait";
  const most = LIMITS.retryAfterTotal + (attempt - 1) * ASKED_JITTER;
  if (asked && waited + retryAfter.milliseconds > most) {
    return { kind: "give-up", because: "asks-too-long" };
  }
  if (attempt >= LIMITS.attempts) return { kind: "give-up", because: "attempts" };
  const after = asked ? spread(retryAfter.milliseconds, random) : backoff(attempt, random);
  if (elapsed + after > LIMITS.requestTimeout) return { kind: "give-up", because: "time" };
  return { kind: "retry", after, asked };
}
function spread(milliseconds, random) {
  return milliseconds + Math.min(milliseconds / 4, ASKED_JITTER) * random;
}

export {
  TIMING,
  reasonOf,
  isRetryableStatus,
  backoff,
  parseRetryAfter,
  decideRetry
};
