import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { LIMITS } from '../../src/core/limits.ts';
import { errorText, type ErrorText } from '../../src/registry/error-body.ts';

function read(body: string): ErrorText {
  return errorText(new TextEncoder().encode(body));
}

describe('what an error answer says', () => {
  test.each<readonly [string, string, ErrorText]>([
    [
      'distribution',
      '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown","detail":{"Tag":"x"}}]}\n',
      { code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' },
    ],
    [
      'Docker Hub',
      '{"errors":[{"code":"TOOMANYREQUESTS","message":"You have reached your unauthenticated pull rate limit."}]}',
      { code: 'TOOMANYREQUESTS', message: 'You have reached your unauthenticated pull rate limit.' },
    ],
    ['detail alone', '{"errors":[{"code":"DENIED","message":"","detail":"no"}]}', { code: 'DENIED', message: 'no' }],
    ['a code alone', '{"errors":[{"code":"DENIED"}]}', { message: 'DENIED' }],
    ['the first that says something', '{"errors":[{},null,7,{"code":"B","message":"b"}]}', { code: 'B', message: 'b' }],
    ['texts in errors', '{"errors":["no such thing"]}', { message: 'no such thing' }],
    ['a bare list', '[{"code":"X","message":"y"}]', { code: 'X', message: 'y' }],
    ['message', '{"message":"pagination offset too large"}', { message: 'pagination offset too large' }],
    ['details', '{"details":"incorrect username or password"}', { message: 'incorrect username or password' }],
    ['detail', '{"detail":"Not found."}', { message: 'Not found.' }],
    ['error', '{"error":"repository not found"}', { message: 'repository not found' }],
    [
      'OAuth',
      '{"error":"invalid_scope","error_description":"scope is too wide"}',
      { code: 'invalid_scope', message: 'scope is too wide' },
    ],
    [
      'Google',
      '{"error":{"code":403,"message":"Quota exceeded","status":"PERMISSION_DENIED"}}',
      { message: 'Quota exceeded' },
    ],
    ['Amazon', '{"Message":"Rate exceeded"}', { message: 'Rate exceeded' }],
    ['a JSON text', '"nope"', { message: 'nope' }],
    ['JSON of another shape', '{"status":404}', { message: '{"status":404}' }],
    ['plain text', '404 page not found\n', { message: '404 page not found' }],
    [
      'several lines',
      'Your Authorization Token\r\n\r\n has expired',
      { message: 'Your Authorization Token has expired' },
    ],
    [
      'HTML',
      '<!DOCTYPE html><html><head><TITLE lang="en">\n 502 Bad &amp; Gateway </TITLE></head><body><h1>x</h1></body>',
      { message: '502 Bad & Gateway' },
    ],
    [
      'HTML without a title',
      '<html><body><h1>Service <b>Unavailable</b></h1><p>x</p>',
      { message: 'Service Unavailable' },
    ],
    ['HTML without anything', '<html><p>Sign in</p><br>here', { message: 'Sign in here' }],
    [
      'the XML of object stores',
      '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
      { code: 'AccessDenied', message: 'Access Denied' },
    ],
    ['a broken answer', '{"errors":[{"code":"DEN', { message: '{"errors":[{"code":"DEN' }],
    ['nothing', '', { message: '' }],
    ['blanks', ' \n\t ', { message: '' }],
  ])('%s', (_name, body, said) => {
    expect(read(body)).toEqual(said);
  });
});

describe('what an error answer may not do', () => {
  test.each([
    ['colours', '\u001b[31mred\u001b[0m', '[31mred [0m'],
    ['lines', 'a\n::error::b\r\u2028c\u0085d', 'a ::error::b c d'],
    ['hidden characters', '{"message":"a\\u200b\\u202eb\\u0000c\\ufeffd"}', 'a b c d'],
    ['lone surrogates', '{"message":"a\\ud800b"}', 'a b'],
  ])('%s become blanks', (_name, body, message) => {
    expect(read(body).message).toBe(message);
  });

  test.each(['"a b"', '"x\\n::error::"', '"\\u0141"', `"${'C'.repeat(65)}"`, '403', '{}', '""'])(
    '%s is no code',
    (code) => {
      expect(read(`{"errors":[{"code":${code},"message":"m"}]}`)).toEqual({ message: 'm' });
    },
  );

  test('at most 300 characters are shown, of at most 64 KiB', () => {
    expect(read('x'.repeat(301)).message).toBe(`${'x'.repeat(299)}…`);
    expect(read('x'.repeat(300)).message).toBe('x'.repeat(300));
    expect(read(`${' '.repeat(LIMITS.errorBytes)}x`).message).toBe('');
  });

  test('nothing throws or gets out of hand', () => {
    const bodies = ['<', '<a', '<title', '<title>', '<title></title', '[', '{"a":', '&amp;', '\u{1f433}', '</', '\0'];
    for (const body of bodies) expect(read(body.repeat(20_000)).message.length).toBeLessThanOrEqual(300);
    const json = fc.json().map((text) => `{"errors":${text}}`);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), json), (body) => {
        const { code = 'X', message } = read(body);
        expect(code).toMatch(/^[\w.-]{1,64}$/);
        expect(message).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
        expect(message.length).toBeLessThanOrEqual(LIMITS.errorShownCharacters);
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.uint8Array(), (body) => {
        errorText(body);
      }),
    );
  });
});
