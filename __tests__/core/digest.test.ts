import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import {
  algorithmOf,
  digestOf,
  EMPTY_DIGESTS,
  hexOf,
  imageIdOf,
  matchesDigest,
  parseDigest,
  readDigest,
} from '../../src/core/digest.ts';
import { documentationOf, ERROR_CODES, UserError } from '../../src/core/errors.ts';
import {
  isObject,
  listProperty,
  mapToJson,
  numberProperty,
  parseJson,
  property,
  textMapProperty,
  textProperty,
} from '../../src/core/json.ts';

const hex = '764c89bf53e9935db99a57253a0a2a1d9660bf4db8edd741781707122d24cec5';
const sha256 = `sha256:${hex}`;
const sha512 = `sha512:${hex}${hex}`;

function refusal(text: string): UserError {
  try {
    parseDigest(text);
  } catch (error) {
    if (error instanceof UserError && error.code === 'bad-reference') return error;
    throw error;
  }
  throw new Error(`${text} was taken`);
}

describe('a digest', () => {
  test.each([sha256, sha512])('%s is taken as it is', (text) => {
    expect(parseDigest(text)).toBe(text);
    expect(`${algorithmOf(parseDigest(text))}:${hexOf(parseDigest(text))}`).toBe(text);
  });

  test.each([
    [`sha256:${hex.toUpperCase()}`, 'lower case', `Write ${sha256}`],
    [`SHA256:${hex}`, 'the algorithm is written in lower case', `Write ${sha256}`],
    [hex, 'the algorithm is missing', `Write ${sha256}`],
    [hex + hex, 'the algorithm is missing', `Write ${sha512}`],
    [`sha256-${hex}`, 'the algorithm is missing', `Write ${sha256}`],
    [` ${sha256}\n`, 'not supported', `Write ${sha256}`],
    [`ghcr.io/acme/api@${sha256}`, 'not supported', `Write ${sha256}`],
    [`nginx:1@${sha256}`, 'not supported', `Write ${sha256}`],
    [`sha256:${hex.slice(1)}`, 'sha256 has 64 hexadecimal digits, this has 63', 'looks like sha256:'],
    [`sha256:${hex}0`, 'sha256 has 64 hexadecimal digits, this has 65', 'looks like sha256:'],
    [`sha512:${hex}`, 'sha512 has 128 hexadecimal digits, this has 64', 'looks like sha256:'],
    [`sha256:${'g'.repeat(64)}`, 'no hexadecimal digits', 'looks like sha256:'],
    [`sha256:${'../'.repeat(21)}x`, 'no hexadecimal digits', 'looks like sha256:'],
    [`sha384:${hex}${hex.slice(32)}`, 'the algorithm "sha384" is not supported', 'looks like sha256:'],
    [`blake3:${hex}`, 'the algorithm "blake3" is not supported', 'looks like sha256:'],
    ['md5:d41d8cd98f00b204e9800998ecf8427e', 'the algorithm "md5" is not supported', 'looks like sha256:'],
    [`sha256+b64u:${hex}`, 'the algorithm "sha256+b64u" is not supported', 'looks like sha256:'],
    ['sha256:', 'this has 0', 'looks like sha256:'],
    [':', 'the algorithm is missing', 'looks like sha256:'],
    ['', 'the algorithm is missing', 'looks like sha256:'],
    ['\u202e::error::', 'is not supported', 'looks like sha256:'],
  ])('is not %j', (text, why, hint) => {
    const error = refusal(text);
    expect(readDigest(text)).toBeUndefined();
    expect(error.message).toContain(why);
    expect(error.hint).toContain(hint);
    expect(error.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test('of bytes is what sha256sum and sha512sum print', () => {
    const bytes = new TextEncoder().encode('abc');
    expect(digestOf(bytes)).toBe('sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(digestOf(bytes, 'sha512')).toBe(
      'sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    );
  });

  test('of nothing is known, as it is what a failed command leaves', () => {
    expect(EMPTY_DIGESTS).toContain('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(EMPTY_DIGESTS).toContain(digestOf(new Uint8Array(), 'sha512'));
  });

  test('of any bytes reads back, matches them, and matches no others', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom('sha256', 'sha512'), fc.nat(), (bytes, algorithm, at) => {
        const digest = digestOf(bytes, algorithm);
        expect(readDigest(digest)).toBe(digest);
        expect(algorithmOf(digest)).toBe(algorithm);
        expect(matchesDigest(bytes, digest)).toBe(true);
        expect(imageIdOf(digest)).toBe(digest);
        const changed = Uint8Array.from([...bytes, at % 256]);
        expect(matchesDigest(changed, digest)).toBe(false);
      }),
    );
  });

  test('is exactly what the grammar says', () => {
    const near = fc.stringMatching(/^[a-z0-9]{3,7}[:-]?[a-fA-F0-9g]{62,66}$/);
    fc.assert(
      fc.property(fc.oneof(near, fc.string()), (text) => {
        expect(readDigest(text) !== undefined).toBe(/^(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})$/.test(text));
      }),
    );
  });
});

describe('an error for the user', () => {
  test('has a code with a heading of its own, and no code is there twice', () => {
    expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length);
    expect(ERROR_CODES.every((code) => /^[a-z]+(-[a-z]+)*$/.test(code))).toBe(true);
    expect(documentationOf('not-found')).toBe('docs/errors.md#not-found');
  });

  test('keeps its cause', () => {
    const error = new UserError('network', 'what', 'do', { cause: 'why' });
    expect([error.code, error.message, error.hint, error.cause, error.name]).toEqual([
      'network',
      'what',
      'do',
      'why',
      'UserError',
    ]);
  });
});

describe('JSON of a stranger', () => {
  const body = parseJson(
    '{"t":"x","n":1.5,"big":1e999,"l":[1],"m":{"a":"b","c":7,"__proto__":"p"},"nul":null,"__proto__":{"t2":"evil"}}',
  );

  test('is read by own properties of the wanted type', () => {
    expect([textProperty(body, 't'), textProperty(body, 'n'), textProperty(body, 'none')]).toEqual([
      'x',
      undefined,
      undefined,
    ]);
    expect([numberProperty(body, 'n'), numberProperty(body, 'big'), numberProperty(body, 't')]).toEqual([
      1.5,
      undefined,
      undefined,
    ]);
    expect([listProperty(body, 'l'), listProperty(body, 'm'), listProperty(body, 'nul')]).toEqual([[1], [], []]);
    expect([...textMapProperty(body, 'm')]).toEqual([
      ['a', 'b'],
      ['__proto__', 'p'],
    ]);
    expect([...textMapProperty(body, 'nul')]).toEqual([]);
  });

  test('never reaches a prototype', () => {
    for (const name of ['t2', 'toString', 'constructor', 'length']) expect(property(body, name)).toBeUndefined();
    expect(property([1], 'length')).toBeUndefined();
    expect(property('text', 'length')).toBeUndefined();
  });

  test.each(['', '{', 'undefined', '[1,]', '\u0000'])('%j is none', (text) => {
    expect(parseJson(text)).toBeUndefined();
  });

  test('a byte order mark is skipped, and nesting does not overflow the stack', () => {
    expect(parseJson(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d))).toEqual({});
    expect(() => parseJson('['.repeat(100_000) + ']'.repeat(100_000))).not.toThrow();
    expect([null, [], 'x', 1, undefined].map(isObject)).toEqual([false, false, false, false, false]);
  });

  test('a map is written in its order, with any names', () => {
    const inner = new Map([['b', '1']]);
    const map = new Map<string, unknown>([
      ['__proto__', 'x'],
      ['2', ['é"\n']],
      ['1', inner],
      ['gone', undefined],
    ]);
    expect(mapToJson(map)).toBe('{"__proto__":"x","2":["é\\"\\n"],"1":{"b":"1"}}');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.jsonValue())), (entries) => {
        const written = new Map(entries);
        const read = parseJson(mapToJson(written));
        expect(new Map(Object.entries(isObject(read) ? read : {}))).toEqual(
          new Map(JSON.parse(JSON.stringify([...written]))),
        );
      }),
    );
  });
});
