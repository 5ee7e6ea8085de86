import { describe, expect, test } from '@jest/globals';
import { assert, property, string, tuple } from '../support/properties.ts';
import { createRedaction } from '../../src/core/redaction.ts';
import { clipped } from '../../src/core/printable.ts';

const SECRET = 'pa55+wo/rd=of the"day\'s&<b>%!';

function redacted(text: string, ...secrets: readonly string[]): string {
  const redaction = createRedaction();
  for (const secret of secrets) redaction.add(secret);
  return redaction.apply(text);
}

describe('a secret is taken out', () => {
  test.each([
    ['as it is', SECRET],
    ['encoded for a URL', encodeURIComponent(SECRET)],
    ['as a form has it', new URLSearchParams({ p: SECRET }).toString().slice(2)],
    ['in lower case digits', encodeURIComponent(SECRET).replaceAll(/%../g, (code) => code.toLowerCase())],
    ['in JSON', JSON.stringify(SECRET).slice(1, -1)],
    [
      'in JSON of Go',
      JSON.stringify(SECRET).slice(1, -1).replace('&', '\\u0026').replace('<', '\\u003c').replace('>', '\\u003e'),
    ],
    ['in JSON of PHP', JSON.stringify(SECRET).slice(1, -1).replaceAll('/', '\\/')],
    ['with single quotes', SECRET.replaceAll('"', "'")],
  ])('%s', (_name, form) => {
    expect(redacted(`a ${form} b`, SECRET)).toBe('a *** b');
  });

  test('in base64, url-safe and without its padding', () => {
    const basic = Buffer.from('user:~~~???>>>').toString('base64');
    for (const form of [basic, basic.replace(/=+$/, ''), Buffer.from('user:~~~???>>>').toString('base64url')]) {
      expect(redacted(`${form}.`, basic)).toBe('***.');
    }
  });

  test('line by line', () => {
    expect(redacted('one first-line-1 two second-line-2', 'first-line-1\r\nsecond-line-2\n')).toBe('one *** two ***');
  });

  test('also where the text was cut inside it', () => {
    expect(redacted('you sent abcdefgh…', 'abcdefghijklmnop')).toBe('you sent ***…');
    expect(redacted('abcde… abcdefghijklmnop … abc…', 'abcdefghijklmnop')).toBe('***… *** … abc…');
    expect(redacted('nothing… of it', 'abcdefghijklmnop')).toBe('nothing… of it');
  });

  test('whatever it is and wherever a text is cut', () => {
    const secret = string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 40 }).filter(
      (text) => !/^\s|\s$|\*/.test(text),
    );
    assert(
      property(tuple(secret, string(), string({ maxLength: 20 })), ([one, before, after]) => {
        const text = `${before}${one}${after}`;
        expect(redacted(text, one)).not.toContain(one);
        const cut = clipped(text, before.length + one.length);
        const shown = redacted(cut, one);
        if (cut !== text) expect(shown.endsWith(`${one.slice(0, one.length - 1)}…`)).toBe(false);
      }),
    );
  });
});

test('what is shorter than eight characters is no secret', () => {
  expect(redacted('the word is secret', 'secret', '', '\n')).toBe('the word is secret');
  expect(createRedaction().add('1234567')).toEqual([]);
});

test('forms are told once', () => {
  const redaction = createRedaction();
  expect(redaction.add('abcdefgh')).toEqual(['abcdefgh']);
  expect(redaction.add('abcdefgh')).toEqual([]);
});
