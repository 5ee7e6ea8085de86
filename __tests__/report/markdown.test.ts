import { describe, expect, test } from '@jest/globals';
import { HtmlRenderer, Parser } from 'commonmark';
import { array, assert, constantFrom, oneof, property, string } from '../support/properties.ts';
import { cell, codeBlock, codeSpan, details, prose, table } from '../../src/report/markdown.ts';

function html(markdown: string): string {
  return new HtmlRenderer({ safe: false }).render(new Parser().parse(markdown)).trim();
}

/** The text that a reader sees, with the tags gone. */
function seen(rendered: string): string {
  return rendered
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '![x](https://evil.example/pixel)',
  '`',
  '``` \n# heading',
  'a|b',
  String.raw`a\|b`,
  '@team',
  '#1',
  'GH-12',
  '<!-- image-digest -->',
  '\u{202e}gnp.exe',
  'gh\u{200b}cr.io',
  '\u{1b}[31mred',
  'a\r\n::set-output name=x::y',
  '##[add-mask]x',
  'https://evil.example/x',
  'www.evil.example',
  'someone@evil.example',
  '</details><script>',
  '&lt;b&gt;',
  '*bold* _em_ ~~gone~~',
  '- item',
  '> quote',
  '    indented',
  '\ud800',
  ' a ',
  '"quoted `code` here"',
];

const hostileText = oneof(
  constantFrom(...HOSTILE),
  string({ unit: constantFrom(...'`|\\<>[]()!@#*_~"& \n\r\t:/.-aGH1\u{202e}\u{200b}\u{0}'.split('')) }),
  array(constantFrom(...HOSTILE), { maxLength: 4 }).map((parts) => parts.join('')),
);

describe('markdown', () => {
  test('a code span renders as nothing but one code element, whatever it holds', () => {
    assert(
      property(hostileText, (text) => {
        const rendered = html(`x ${codeSpan(text)} y`);
        expect(rendered).toMatch(/^<p>x <code>[^<]*<\/code> y<\/p>$/);
        // oxlint-disable-next-line no-control-regex -- the characters that must not be there
        expect(rendered).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['nginx:1.27', '`nginx:1.27`'],
    ['', '` `'],
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    [' a ', '`  a  `'],
    ['a\nb', String.raw`${'`'}a\u{a}b${'`'}`],
    ['\u{202e}x', String.raw`${'`'}\u{202e}x${'`'}`],
  ])('codeSpan of %j is %j', (text, markdown) => {
    expect(codeSpan(text)).toBe(markdown);
  });

  test('prose shows the same words and is plain text apart from the quoted values', () => {
    assert(
      property(hostileText, (text) => {
        const rendered = html(`x ${prose(text)} y`);
        expect(rendered.replaceAll(/<code>[^<]*<\/code>/g, '')).toMatch(/^<p>[^<]*<\/p>$/);
        const outside = seen(rendered.replaceAll(/<code>[^<]*<\/code>/g, ''));
        expect(outside).not.toMatch(/[@#][A-Za-z0-9]|\bGH-\d/);
      }),
      { numRuns: 2000 },
    );
  });

  test('prose never leaves what GitHub would link by itself', () => {
    for (const text of ['https://evil.example/x', 'www.evil.example', 'a@evil.example']) {
      expect(prose(text)).not.toContain('://');
      expect(prose(text)).not.toContain('www.');
    }
  });

  test('values in double quotes become code', () => {
    expect(html(prose('"nginx:latest" can move'))).toBe('<p><code>nginx:latest</code> can move</p>');
  });

  test('a cell is cut to 256 characters and never inside a surrogate pair', () => {
    expect(cell('')).toBe('');
    const shown = cell('\u{1f600}'.repeat(300));
    expect(shown.length).toBeLessThanOrEqual(258);
    expect(shown.isWellFormed()).toBe(true);
    expect(shown.endsWith('…`')).toBe(true);
  });

  test('a row keeps its number of cells, whatever they hold', () => {
    assert(
      property(array(hostileText, { minLength: 1, maxLength: 4 }), (texts) => {
        const [head, rule, row, ...more] = table(
          texts.map(() => 'h'),
          [texts.map(cell)],
        ).split('\n');
        expect(more).toEqual([]);
        expect(head?.split('|')).toHaveLength(texts.length + 2);
        expect(rule?.split('|')).toHaveLength(texts.length + 2);
        expect(row?.split(/(?<!\\)\|/)).toHaveLength(texts.length + 2);
      }),
      { numRuns: 1000 },
    );
  });

  test('details cannot be closed from inside its summary or a value', () => {
    assert(
      property(hostileText, hostileText, (summary, value) => {
        const rendered = html(details(summary, codeSpan(value)));
        expect(rendered.match(/<\/details>/g)).toHaveLength(1);
        expect(rendered.match(/<\/summary>/g)).toHaveLength(1);
        expect(rendered).not.toMatch(/<(?!\/?(?:details|summary|p|code)>)/);
      }),
    );
  });

  test('a code block holds its lines and ends where it should', () => {
    assert(
      property(array(hostileText, { maxLength: 3 }), (lines) => {
        expect(html(`${codeBlock(lines)}\n\nend`)).toMatch(/^<pre><code>[^<]*<\/code><\/pre>\n<p>end<\/p>$/);
      }),
    );
  });
});
