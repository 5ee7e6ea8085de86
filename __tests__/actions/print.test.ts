import { describe, expect, test } from '@jest/globals';
import { array, assert, constantFrom, oneof, property, string } from '../support/properties.ts';
import { hideSecret, neutralise } from '../../src/actions/print.ts';
import { parseCommand } from '../support/runner-commands.ts';

const COMMANDS = new Set(['set-output', 'add-mask', 'stop-commands', 'error', 'group', 'endgroup', 'add-matcher']);

/** Texts out of the pieces that commands are made of. */
const hostile = array(
  oneof(
    constantFrom('::', ':', '##[', '##', '[', ']', 'add-mask', 'set-output name=x', 'error', ' ', '\t', '\n', '\r\n'),
    constantFrom(
      '\u0085',
      '\u2028',
      '\u2029',
      '\u00A0',
      '\u200B',
      '\u202E',
      '\u061C',
      '\uFEFF',
      '\u001B[',
      '\u{E0041}',
    ),
    constantFrom('the-secret-of-all', 'ä', '…', '\uD800', '%0A', '%25'),
    string({ unit: 'binary', maxLength: 4 }),
  ),
  { maxLength: 12 },
).map((parts) => parts.join(''));

describe('whatever a stranger writes', () => {
  test('is one line that the runner takes for no command', () => {
    assert(
      property(hostile, (text) => {
        const line = neutralise(text);
        expect(line).not.toMatch(/(?!\t)[\p{C}\p{Zl}\p{Zp}]/u);
        expect(parseCommand(line, COMMANDS)).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
  });

  test('and is no secret', () => {
    hideSecret('the-secret-of-all');
    assert(
      property(hostile, (text) => {
        expect(neutralise(text)).not.toContain('the-secret-of-all');
      }),
    );
  });

  test.each([
    ['plain text: 100 %', 'plain text: 100 %'],
    ['  digest    sha256:0', '  digest    sha256:0'],
    ['a::b ## [x]', 'a::b ## [x]'],
    ['tab\there', 'tab\there'],
    ['déjà vu ✓', 'déjà vu ✓'],
    ['a\nb', String.raw`a\nb`],
    ['\u{E0041}', String.raw`\u{e0041}`],
    [' ::error::x', ' : :error::x'],
    ['##[error]x', '## [error]x'],
  ])('%j is shown as %j', (text, shown) => {
    expect(neutralise(text)).toBe(shown);
  });
});
