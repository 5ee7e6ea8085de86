import { describe, expect, test } from '@jest/globals';
import { array, assert, constantFrom, property } from '../support/properties.ts';
import { ignoreFor, readIgnores } from '../../src/rules/ignore.ts';

const TODAY = '2026-11-21';

describe('comments that accept findings', () => {
  test.each<[string, string, string | undefined]>([
    ['# image-digest: ignore[latest-tag] the vendor has no other tag', 'the vendor has no other tag', undefined],
    ['image: nginx # image-digest: ignore[no-tag] demo', 'demo', undefined],
    ['// image-digest: ignore[no-tag] JSON with comments', 'JSON with comments', undefined],
    ['  "image": "nginx", // image-digest: ignore[no-tag] demo', 'demo', undefined],
    ['#image-digest:ignore[no-tag]demo', 'demo', undefined],
    ['## image-digest: ignore[ no-tag , latest-tag ] two rules', 'two rules', undefined],
    ['# image-digest: ignore[no-tag] until=2026-11-21 is its last day', 'is its last day', '2026-11-21'],
    ['# image-digest: ignore[no-tag] ticket 7 until=2027-01-01', 'ticket 7', '2027-01-01'],
    ['# image-digest: ignore[no-tag] a until=2027-01-01 b\r', 'a b', '2027-01-01'],
    ['# image-digest: ignore[no-tag] a (until=2027-01-01), b', 'a , b', '2027-01-01'],
    ['# image-digest: ignore[no-tag] a. Until=2027-01-01.', 'a. .', '2027-01-01'],
    ['# image-digest: ignore[no-tag] a until=2028-01-01 until=2027-01-01', 'a', '2027-01-01'],
    ['# image-digest: ignore[no-tag] a re-until=x', 'a re-until=x', undefined],
  ])('%j is valid', (line, reason, until) => {
    const { valid, bad } = readIgnores(`first\n${line}\nlast`, TODAY);
    expect(bad).toEqual([]);
    expect(valid).toMatchObject([{ line: 2, reason, ...(until === undefined ? {} : { until }) }]);
  });

  test.each<[string, string]>([
    ['# image-digest: ignore', 'the rules stand in brackets'],
    ['# image-digest: ignore latest-tag because', 'the rules stand in brackets'],
    ['# image-digest: ignore[latest-tag because', 'the rules stand in brackets'],
    ['# image-digest: ignore[] because', 'no rule stands in its brackets'],
    ['# image-digest: ignore[latest] because', 'there is no rule "latest"'],
    ['# image-digest: ignore[latest-tag,nope] because', 'there is no rule "nope"'],
    ['# image-digest: ignore[latest-tag]', 'the reason behind the brackets is missing'],
    ['# image-digest: ignore[latest-tag] --', 'the reason behind the brackets is missing'],
    ['# image-digest: ignore[latest-tag] until=2027-01-01', 'the reason behind the brackets is missing'],
    ['# image-digest: ignore[latest-tag] x until=2026-11-20', 'it was good until 2026-11-20'],
    ['# image-digest: ignore[latest-tag] x until=2026-13-40', '"2026-13-40" is not a date'],
    ['# image-digest: ignore[latest-tag] x until=2027-02-30', 'is not a date'],
    ['# image-digest: ignore[latest-tag] x until=tomorrow', '"tomorrow" is not a date'],
    ['# image-digest: ignore[latest-tag] x (until=2026-11-20)', 'it was good until 2026-11-20'],
    ['# image-digest: ignore[latest-tag] x until=2027-01-01 until=2026-11-20', 'it was good until 2026-11-20'],
    ['# image-digest: ignore[latest-tag] x until=2027-01-01T10:00', '"2027-01-01T10:00" is not a date'],
    ['# image-digest: ignore[latest-tag] x until=', '"" is not a date'],
  ])('%j accepts nothing and says why', (line, why) => {
    const { valid, bad } = readIgnores(`first\n  ${line}\nlast`, TODAY);
    expect(valid).toEqual([]);
    expect(bad).toEqual([{ line: 2, column: 5, endColumn: 3 + line.length, message: expect.stringContaining(why) }]);
  });

  test.each([
    ['image-digest: ignore[no-tag] no comment mark'],
    ['# image-digest: sha256:abc'],
    ['# image-digest: ignored[no-tag] another word'],
    ['url: http:// image-digest: see docs'],
    ['a#image-digest: ignore[no-tag] the mark is part of a word'],
  ])('%j is none', (line) => {
    expect(readIgnores(line, TODAY)).toEqual({ valid: [], bad: [] });
  });

  test('it is about its own line, and about the next when it stands alone', () => {
    const text = [
      '# image-digest: ignore[no-tag] a',
      'image: x',
      'image: y # image-digest: ignore[no-tag] b',
      'image: z',
    ];
    const { valid } = readIgnores(text.join('\n'), TODAY);
    const accepted = text.map((_, index) => ignoreFor(valid, index + 1, 'no-tag')?.reason);
    expect(accepted).toEqual(['a', 'a', 'b', undefined]);
    expect(ignoreFor(valid, 2, 'latest-tag')).toBeUndefined();
  });

  test('no text makes it fail, and lines are always right', () => {
    const piece = constantFrom(
      '# image-digest: ignore[no-tag] r',
      'image-digest:',
      '#',
      '//',
      '\n',
      '\r\n',
      'x',
      ' ',
      '[',
      ']',
    );
    assert(
      property(array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const lines = text.split('\n');
        const { valid, bad } = readIgnores(text, TODAY);
        for (const { line } of [...valid, ...bad]) expect(lines[line - 1]).toContain('image-digest:');
      }),
    );
  });
});
