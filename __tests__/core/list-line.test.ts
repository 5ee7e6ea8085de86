import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { listLine, readListLines } from '../../src/core/list-line.ts';
import { dockerList } from '../support/docker-list.ts';

/** What the parsers of docker's actions keep of a text: they cut white space at both ends off. */
const values = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('"', ',', '#', '\n', '\r', ' ', 'a', '=', '$', '{', 'é', '\t') }),
);
const lines = values.map((value) => `key=${value}`.trim());

describe('a line for docker’s actions', () => {
  test.each([
    ['a=b', 'a=b'],
    ['a=1,2, 3', 'a=1,2, 3'],
    ['a=b=c', 'a=b=c'],
    ['a=Grüße 世界 🐋', 'a=Grüße 世界 🐋'],
    ['a=say "hi"', '"a=say ""hi"""'],
    ['a=one\ntwo', '"a=one\ntwo"'],
    ['a=#1', '"a=#1"'],
  ])('%j is written as %j', (text, line) => {
    expect(listLine(text)).toBe(line);
  });

  test('is read as the very text by build-push-action, bake-action and metadata-action', () => {
    fc.assert(
      fc.property(fc.array(lines, { minLength: 1, maxLength: 5 }), (texts) => {
        const list = texts.map(listLine).join('\n');
        expect(dockerList(list, 'build-push-action')).toEqual(texts);
        expect(dockerList(list, 'metadata-action')).toEqual(texts);
      }),
      { numRuns: 500 },
    );
  });

  test('would not be read so without the quotes', () => {
    expect(dockerList('a=1,"x"', 'build-push-action')).toEqual(['a=1,x']);
    expect(dockerList('a=one\ntwo', 'build-push-action')).toEqual(['a=one', 'two']);
    expect(dockerList('a=x #1', 'metadata-action')).toEqual(['a=x']);
  });
});

describe('a list of lines', () => {
  test.each<readonly [string, readonly string[]]>([
    ['', []],
    ['a=1\n\n  b=2  \r\n# no\n\t# nor this\nc=#3', ['a=1', 'b=2', 'c=#3']],
    ['a=1, 2\nb=say "hi"', ['a=1, 2', 'b=say "hi"']],
    ['"a=one\ntwo, ""three"""\nb=2', ['a=one\ntwo, "three"', 'b=2']],
    ['  "a=b"  \n', ['a=b']],
  ])('%j holds %j', (list, entries) => {
    expect(readListLines(list)).toEqual(entries.map((text) => ({ text })));
  });

  test.each(['"a=b', '"a=b" c', '"a""=b\nc=1'])('%j has a quote that does not end where it should', (list) => {
    expect(readListLines(list)[0]).toEqual({ unclosed: list.split('\n')[0] });
  });

  test('reads back what was written, and never throws', () => {
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 5 }), (texts) => {
        const plain = texts.filter((text) => !text.startsWith('#'));
        expect(readListLines(plain.map(listLine).join('\n'))).toEqual(plain.map((text) => ({ text })));
      }),
    );
    fc.assert(fc.property(values, (text) => expect(Array.isArray(readListLines(text))).toBe(true)));
  });
});
