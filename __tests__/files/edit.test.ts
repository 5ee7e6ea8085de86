import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { parseDigest } from '../../src/core/digest.ts';
import { applyEdits, pinnedText, pinSite, splitIdentifiers, type Pin } from '../../src/files/edit.ts';
import type { ImageSite, Placement } from '../../src/files/site.ts';

const OLD = `sha256:${'0a'.repeat(32)}`;
const NEW = parseDigest(`sha256:${'0b'.repeat(32)}`);

describe('edits', () => {
  test.each([
    ['abc', [], 'abc'],
    ['abc', [{ start: 1, end: 2, text: 'X' }], 'aXc'],
    [
      'abc',
      [
        { start: 2, end: 3, text: '' },
        { start: 0, end: 1, text: 'YY' },
      ],
      'YYb',
    ],
    ['abc', [{ start: 1, end: 1, text: '-' }], 'a-bc'],
    [
      'abc',
      [
        { start: 0, end: 1, text: 'x' },
        { start: 1, end: 1, text: '-' },
        { start: 1, end: 2, text: 'y' },
      ],
      'x-yc',
    ],
    [
      'abc',
      [
        { start: 1, end: 2, text: 'X' },
        { start: 1, end: 2, text: 'X' },
      ],
      'aXc',
    ],
    ['abc', [{ start: 3, end: 3, text: '!' }], 'abc!'],
  ])('of %j: %j give %j', (text, edits, result) => {
    expect(applyEdits(text, edits)).toBe(result);
  });

  test.each([
    [
      'overlap',
      [
        { start: 0, end: 2, text: 'x' },
        { start: 1, end: 3, text: 'y' },
      ],
    ],
    [
      'say two things of one place',
      [
        { start: 0, end: 2, text: 'x' },
        { start: 0, end: 2, text: 'y' },
      ],
    ],
    [
      'insert two texts at one place',
      [
        { start: 1, end: 1, text: 'x' },
        { start: 1, end: 1, text: 'y' },
      ],
    ],
    ['go beyond the end', [{ start: 2, end: 4, text: 'x' }]],
    ['run backwards', [{ start: 2, end: 1, text: 'x' }]],
    ['begin before the text', [{ start: -1, end: 1, text: 'x' }]],
  ])('that %s are refused', (_name, edits) => {
    expect(() => applyEdits('abc', edits)).toThrow(RangeError);
  });

  test('change nothing else, in whatever order they come', () => {
    const cutArbitrary = fc.array(
      fc.record({ skip: fc.nat(3), take: fc.integer({ min: 1, max: 3 }), text: fc.string() }),
    );
    fc.assert(
      fc.property(fc.string(), cutArbitrary, fc.nat(), (text, cuts, rotation) => {
        let at = 0;
        let expected = '';
        const edits = [];
        for (const { skip, take, text: replacement } of cuts) {
          const start = at + skip;
          if (start + take > text.length) break;
          edits.push({ start, end: start + take, text: replacement });
          expected += text.slice(at, start) + replacement;
          at = start + take;
        }
        const turn = edits.length === 0 ? 0 : rotation % edits.length;
        expect(applyEdits(text, [...edits.slice(turn), ...edits.slice(0, turn)])).toBe(expected + text.slice(at));
      }),
    );
  });
});

describe('the identifiers of a reference as written', () => {
  test.each([
    ['nginx', { name: 'nginx' }],
    ['nginx:1', { name: 'nginx', tag: '1' }],
    ['localhost:5000/app', { name: 'localhost:5000/app' }],
    ['localhost:5000/app:1@sha256:x', { name: 'localhost:5000/app', tag: '1', digest: 'sha256:x' }],
    ['app@sha256:x', { name: 'app', digest: 'sha256:x' }],
    ['app:', { name: 'app', tag: '' }],
    ['[::1]:5000/a:b', { name: '[::1]:5000/a', tag: 'b' }],
  ])('%s', (reference, identifiers) => {
    expect(splitIdentifiers(reference)).toEqual(identifiers);
  });

  test.each([
    ['nginx', { digest: NEW }, `nginx@${NEW}`],
    ['nginx', { digest: NEW, tag: 'latest' }, `nginx:latest@${NEW}`],
    ['nginx:1', { digest: NEW }, `nginx:1@${NEW}`],
    ['nginx:1', { digest: NEW, tag: '2' }, `nginx:2@${NEW}`],
    [`h:5000/a/b:1@${OLD}`, { digest: NEW }, `h:5000/a/b:1@${NEW}`],
    [`nginx@${OLD}`, { digest: NEW }, `nginx@${NEW}`],
  ])('%s pinned by %j', (reference, pin, result) => {
    expect(pinnedText(reference, pin)).toBe(result);
  });
});

function siteOf(reference: string, placement: Placement, rest: Partial<ImageSite> = {}): ImageSite {
  return { file: 'f', format: 'x', line: 1, column: 1, endColumn: 2, reference, placement, traits: [], ...rest };
}

/** The text between « and », and the text without these marks. */
function marked(text: string): { text: string; range: { start: number; end: number } } {
  const start = text.indexOf('«');
  const end = text.indexOf('»') - 1;
  return { text: text.replace('«', '').replace('»', ''), range: { start, end } };
}

function pinned(site: ImageSite, text: string, pin: Pin): string | undefined {
  const edits = pinSite(site, text, pin);
  return edits === undefined ? undefined : applyEdits(text, edits);
}

describe('pinning a value', () => {
  test.each([
    ['image: «nginx:1» # x', 'nginx:1', '', {}, `image: nginx:1@${NEW} # x`],
    ['ARG V=«1.22»', 'golang:1.22', 'golang:', {}, `ARG V=1.22@${NEW}`],
    ['FROM golang:$V«»', 'golang:1.22', 'golang:1.22', {}, `FROM golang:$V@${NEW}`],
    ['ARG D=«sha256:x»', 'golang:1@sha256:x', 'golang:1@', {}, `ARG D=${NEW}`],
    ['ARG V=«1.22»', 'golang:1.22', 'golang:', { tag: '1.23' }, `ARG V=1.23@${NEW}`],
    ['FROM golang:$V«»', 'golang:1.22', 'golang:1.22', { tag: '1.23' }, undefined],
    ['ARG R=«x/golang»', 'y/golang', '', {}, undefined],
  ])('%s', (mark, reference, prefix, pin, result) => {
    const { text, range } = marked(mark);
    const site = siteOf(reference, { kind: 'value', range, prefix, quote: '' });
    expect(pinned(site, text, { digest: NEW, ...pin })).toBe(result);
  });

  test('in quotes may have escapes, which are replaced', () => {
    const { text, range } = marked('{"image": "«nginx\\u003a1»"}');
    const site = siteOf('nginx:1', { kind: 'value', range, prefix: '', quote: '"' });
    expect(pinned(site, text, { digest: NEW })).toBe(`{"image": "nginx:1@${NEW}"}`);
  });

  test('that stands there already is no edit', () => {
    const { text, range } = marked(`FROM «nginx:1@${NEW}»`);
    const site = siteOf(`nginx:1@${NEW}`, { kind: 'value', range, prefix: '', quote: '' });
    expect(pinSite(site, text, { digest: NEW })).toEqual([]);
  });

  test('is not done where it cannot be', () => {
    const placement: Placement = { kind: 'value', range: { start: 0, end: 1 }, prefix: '', quote: '' };
    expect(pinSite(siteOf('a', placement, { unresolved: 'why' }), 'a', { digest: NEW })).toBeUndefined();
    expect(pinSite(siteOf('a', { kind: 'none', why: 'no' }), 'a', { digest: NEW })).toBeUndefined();
  });
});

/** Where a part of the text stands. */
function placeOf(text: string, part: string, quote: '' | '"' | "'" = '') {
  const start = text.indexOf(part);
  return { start, end: start + part.length, quote };
}

describe('pinning by keys', () => {
  test.each([
    ['tag: latest@sha256:bad', undefined, `tag: latest@${NEW}`],
    ['tag: latest@sha256:bad\ndigest: ""', '""', `tag: latest@${NEW}\ndigest: ""`],
    ['tag: latest@sha256:bad\ndigest: sha256:old', 'sha256:old', `tag: latest\ndigest: ${NEW}`],
  ])('a digest that stands in the tag is changed there: %j', (text, digest, expected) => {
    const own = digest === undefined || digest === '""' ? '' : `@${digest}`;
    const site = siteOf(`a:latest@sha256:bad${own}`, {
      kind: 'keys',
      tag: placeOf(text, 'latest@sha256:bad'),
      ...(digest === undefined
        ? { insertDigest: { at: text.length, before: '\ndigest: ', after: '' } }
        : { digest: placeOf(text, digest, digest === '""' ? '"' : '') }),
    });
    const edits = pinSite(site, text, { digest: NEW });
    expect(applyEdits(text, edits ?? [])).toBe(expected);
  });

  test('writes the digest beside the tag', () => {
    const text = `tag: "1.10"\ndigest: ${OLD}\n`;
    const site = siteOf('a:1.10', { kind: 'keys', tag: placeOf(text, '"1.10"', '"'), digest: placeOf(text, OLD) });
    expect(pinned(site, text, { digest: NEW })).toBe(`tag: "1.10"\ndigest: ${NEW}\n`);
    expect(pinned(site, text, { digest: NEW, tag: '1.11' })).toBe(`tag: "1.11"\ndigest: ${NEW}\n`);
  });

  test('fills an empty digest in its quotes', () => {
    const text = 'tag: v1\ndigest: ""\n';
    const site = siteOf('a:v1', { kind: 'keys', tag: placeOf(text, 'v1'), digest: placeOf(text, '""', '"') });
    expect(pinned(site, text, { digest: NEW })).toBe(`tag: v1\ndigest: "${NEW}"\n`);
  });

  test('adds a line where the format says so', () => {
    const text = 'image:\n  tag: v1\nx: 1\n';
    const insertDigest = { at: text.indexOf('x:'), before: '  digest: ', after: '\n' };
    const site = siteOf('a:v1', { kind: 'keys', tag: placeOf(text, 'v1'), insertDigest });
    expect(pinned(site, text, { digest: NEW })).toBe(`image:\n  tag: v1\n  digest: ${NEW}\nx: 1\n`);
  });

  test('else writes it behind the tag', () => {
    const text = "tag: '1.10' # x\n";
    const site = siteOf('a:1.10', { kind: 'keys', tag: placeOf(text, "'1.10'", "'") });
    const once = `tag: '1.10@${NEW}' # x\n`;
    expect(pinned(site, text, { digest: NEW })).toBe(once);
    const again = siteOf(`a:1.10@${NEW}`, { kind: 'keys', tag: placeOf(once, `'1.10@${NEW}'`, "'") });
    expect(pinned(again, once, { digest: NEW })).toBe(once);
  });

  test.each([
    ['1.11', '"1.11"'],
    ['1e3', '"1e3"'],
    ['v1.11', 'v1.11'],
    ['on', '"on"'],
    ['edge', 'edge'],
  ])('writes a new tag %s that YAML reads as a string', (tag, written) => {
    const text = `tag: 1.10\ndigest: ${OLD}\n`;
    const site = siteOf('a:1.10', { kind: 'keys', tag: placeOf(text, '1.10'), digest: placeOf(text, OLD) });
    expect(pinned(site, text, { digest: NEW, tag })).toBe(`tag: ${written}\ndigest: ${NEW}\n`);
  });

  test('is not done without a place', () => {
    expect(pinSite(siteOf('a', { kind: 'keys' }), '', { digest: NEW })).toBeUndefined();
    const text = `digest: ${OLD}`;
    const site = siteOf('a', { kind: 'keys', digest: placeOf(text, OLD) });
    expect(pinSite(site, text, { digest: NEW, tag: '2' })).toBeUndefined();
    expect(pinned(site, text, { digest: NEW })).toBe(`digest: ${NEW}`);
  });
});
