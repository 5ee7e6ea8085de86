import { numberProperty, parseJson, textProperty } from '../core/json.ts';
import { LIMITS } from '../core/limits.ts';

/** A bearer token and how long it is used. Times are monotonic milliseconds, counted from when it was received. */
export interface Token {
  readonly value: string;
  /** From here on another one is fetched before a request is sent. */
  readonly renewAt: number;
  readonly expiresAt: number;
}

/** What a header can carry without being split or changed: visible ASCII. */
const HEADER_SAFE = /^[!-~]+$/;

/**
 * The token of a token server's answer; undefined when there is none or it could not stand in a header. The clock of
 * the server plays no part: `issued_at` is ignored, skewed as it may be (REGISTRIES.md Q60 to Q62, Q75).
 * @param receivedAt monotonic milliseconds
 */
export function parseToken(body: Uint8Array, receivedAt: number): Token | undefined {
  const answer = parseJson(body);
  const value = [textProperty(answer, 'token'), textProperty(answer, 'access_token')].find(
    (text) => text !== undefined && text !== '',
  );
  if (value === undefined || !HEADER_SAFE.test(value)) return undefined;
  const expiresAt = receivedAt + lifetimeOf(numberProperty(answer, 'expires_in'));
  return { value, renewAt: expiresAt - LIMITS.tokenRenewEarly, expiresAt };
}

/** 60 s where nothing usable is said (auth/token.md); a minute to an hour otherwise. */
function lifetimeOf(seconds: number | undefined): number {
  if (seconds === undefined) return LIMITS.tokenLifetimeMin;
  return Math.min(Math.max(seconds * 1000, LIMITS.tokenLifetimeMin), LIMITS.tokenLifetimeMax);
}
