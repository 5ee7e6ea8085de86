import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { LIMITS } from '../../src/core/limits.ts';
import { parseToken } from '../../src/registry/token.ts';

function parse(answer: string, receivedAt = 1000): ReturnType<typeof parseToken> {
  return parseToken(new TextEncoder().encode(answer), receivedAt);
}

describe('the token of an answer', () => {
  test.each([
    ['{"token":"t"}', 't'],
    ['{"access_token":"a"}', 'a'],
    ['{"token":"t","access_token":"a"}', 't'],
    ['{"token":"","access_token":"a"}', 'a'],
    ['{"token":null,"access_token":"a"}', 'a'],
    ['{"token":7,"access_token":"a"}', 'a'],
    ['\ufeff{"token":"t"}', 't'],
    ['{"token":"eyJ.e30.x-_~+/=="}', 'eyJ.e30.x-_~+/=='],
    ['{"token":"","access_token":""}', undefined],
    ['{"token":"a\\r\\nx-evil: 1"}', undefined],
    ['{"token":"a\\u0000"}', undefined],
    ['{"token":"a\\n"}', undefined],
    ['{"token":"a b"}', undefined],
    ['{"token":"tokén"}', undefined],
    ['{"token":"\\u007f"}', undefined],
    ['{"refresh_token":"r"}', undefined],
    ['{"__proto__":{"token":"t"}}', undefined],
    ['{}', undefined],
    ['null', undefined],
    ['["token"]', undefined],
    ['"token"', undefined],
    ['<html>sign in</html>', undefined],
    ['{"token":"t"', undefined],
    ['', undefined],
  ])('%s', (answer, value) => {
    expect(parse(answer)?.value).toBe(value);
  });
});

describe('its lifetime, from when it was received', () => {
  const minute = LIMITS.tokenLifetimeMin;
  const hour = LIMITS.tokenLifetimeMax;
  test.each([
    ['', minute],
    ['"expires_in":300', 300_000],
    ['"expires_in":299.5', 299_500],
    ['"expires_in":3600', hour],
    ['"expires_in":1e12', hour],
    ['"expires_in":1e999', minute],
    ['"expires_in":59', minute],
    ['"expires_in":0', minute],
    ['"expires_in":-1', minute],
    ['"expires_in":"300"', minute],
    ['"expires_in":null', minute],
    ['"expires_in":[300]', minute],
    ['"expires_in":300,"issued_at":"1999-01-01T00:00:00Z"', 300_000],
    ['"expires_in":300,"issued_at":"3000-01-01T00:00:00.123456789Z"', 300_000],
    ['"expires_in":300,"issued_at":"yesterday"', 300_000],
    ['"expires_at":"2026-13-45"', minute],
  ])('%s', (members, lifetime) => {
    const token = parse(`{"token":"t"${members === '' ? '' : `,${members}`}}`, 5000);
    expect(token).toEqual({ value: 't', expiresAt: 5000 + lifetime, renewAt: 5000 + lifetime - 5000 });
  });

  test('is between a minute and an hour, whatever the answer holds', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('token', 'access_token', 'expires_in'), fc.jsonValue()),
        fc.nat(),
        (answer, at) => {
          const token = parse(JSON.stringify(answer), at);
          if (token === undefined) return;
          expect(token.value).toMatch(/^[!-~]+$/);
          expect(token.expiresAt - at).toBeGreaterThanOrEqual(minute);
          expect(token.expiresAt - at).toBeLessThanOrEqual(hour);
          expect(token.renewAt).toBe(token.expiresAt - LIMITS.tokenRenewEarly);
        },
      ),
    );
  });

  test('nothing throws', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (body) => {
        parseToken(body, 0);
      }),
    );
  });
});
