import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { joinPieces, joinRanges, mapText, piecesOf, placeOf, rangeOf, sliceText } from '../../src/files/mapped-text.ts';
import { indexLines, positionAt, spanOf } from '../../src/files/position.ts';

describe('a position', () => {
  test.each([
    ['', 0, 1, 1],
    ['abc', 0, 1, 1],
    ['abc', 3, 1, 4],
    ['a\nb', 1, 1, 2],
    ['a\nb', 2, 2, 1],
    ['a\r\nb', 3, 2, 1],
    ['a\r\nb', 1, 1, 2],
    ['a\rb', 2, 1, 3],
    ['\n\n', 1, 2, 1],
    ['\n\n', 2, 3, 1],
    ['😀x', 2, 1, 3],
    ['\uFEFFab\ncd', 1, 1, 1],
    ['\uFEFFab\ncd', 0, 1, 1],
    ['\uFEFFab\ncd', 5, 2, 2],
  ])('in %j of offset %i is %i:%i', (text, offset, line, column) => {
    expect(positionAt(indexLines(text), offset)).toEqual({ line, column });
  });

  test('is where counting says that it is', () => {
    const textArbitrary = fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', '😀', '\t') });
    fc.assert(
      fc.property(textArbitrary, fc.nat(), (text, seed) => {
        const offset = seed % (text.length + 1);
        const before = text.slice(0, offset).split('\n');
        expect(positionAt(indexLines(text), offset)).toEqual({
          line: before.length,
          column: (before.at(-1)?.length ?? 0) + 1,
        });
      }),
    );
  });

  test.each([
    ['ab cd', 3, 5, { line: 1, column: 4, endColumn: 6 }],
    ['a\nbcd\n', 2, 5, { line: 2, column: 1, endColumn: 4 }],
    ['abc\ndef', 1, 6, { line: 1, column: 2, endColumn: 4 }],
  ])('of a range in %j from %i to %i', (text, start, end, span) => {
    expect(spanOf(indexLines(text), { start, end })).toEqual(span);
  });
});

describe('a mapped text', () => {
  const pieces = [
    { text: 'abc', start: 10 },
    { text: '', start: 99 },
    { text: 'de', start: 13 },
    { text: 'fg', start: 30 },
  ];

  test('joins neighbours and knows where its units stand', () => {
    const text = joinPieces(pieces);
    expect(text.text).toBe('abcdefg');
    expect(piecesOf(text)).toEqual([
      { text: 'abcde', start: 10 },
      { text: 'fg', start: 30 },
    ]);
    expect([0, 4, 5, 6].map((at) => placeOf(text, at))).toEqual([10, 14, 30, 31]);
    expect(rangeOf(text)).toEqual({ start: 10, end: 32 });
  });

  test('keeps the places of a part of it', () => {
    const pieceArbitrary = fc.record({ text: fc.string({ maxLength: 4 }), start: fc.nat(1000) });
    fc.assert(
      fc.property(fc.array(pieceArbitrary), fc.nat(), fc.nat(), (given, first, second) => {
        const text = joinPieces(given);
        const [from, to] = [first % (text.text.length + 1), second % (text.text.length + 1)];
        const part = sliceText(text, from, to);
        expect(part.text).toBe(text.text.slice(from, Math.max(from, to)));
        for (let at = 0; at < part.text.length; at++) expect(placeOf(part, at)).toBe(placeOf(text, from + at));
        expect(joinPieces(piecesOf(part))).toEqual(part);
        const ranges = [
          { start: from, end: to },
          { start: 0, end: from },
        ];
        const parts = ranges.flatMap(({ start, end }) => piecesOf(sliceText(text, start, end)));
        expect(joinRanges(text, ranges)).toEqual(joinPieces(parts));
      }),
    );
  });

  test('of a whole file stands where it stands', () => {
    expect(rangeOf(sliceText(mapText('hello'), 1, 3))).toEqual({ start: 1, end: 3 });
    expect(mapText('')).toEqual(joinPieces([]));
  });
});
