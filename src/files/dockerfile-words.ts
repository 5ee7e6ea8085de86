import { joinRanges, sliceText, type MappedText } from './mapped-text.ts';
import type { Range } from './site.ts';

/** Escapes characters and continues lines: backslash, or backtick after `# escape=`. */
export type EscapeToken = '\\' | '`';

/** What BuildKit's parser splits words at inside a line (parser.go reWhitespace). */
const SEPARATORS = '\t\v\f\r ';

const OTHER_SPACE = /\p{White_Space}/u;

/** Go's unicode.IsSpace. */
export function isSpace(unit: string | undefined): boolean {
  if (unit === undefined) return false;
  if (unit <= ' ') return unit === ' ' || (unit >= '\t' && unit <= '\r');
  return unit > '~' && OTHER_SPACE.test(unit);
}

/** The text from unit `start` on without blanks at both ends. */
export function trimText(source: MappedText, start = 0): MappedText {
  let from = start;
  let to = source.text.length;
  while (from < to && isSpace(source.text[from])) from++;
  while (to > from && isSpace(source.text[to - 1])) to--;
  return sliceText(source, from, to);
}

/** The words between separators; quotes do not group (line_parsers.go parseStringsWhitespaceDelimited). */
export function splitAtBlanks(source: MappedText, limit: number): readonly MappedText[] {
  const words: MappedText[] = [];
  let at = 0;
  while (words.length < limit) {
    while (at < source.text.length && isSeparator(source.text[at])) at++;
    if (at >= source.text.length) break;
    const from = at;
    while (at < source.text.length && !isSeparator(source.text[at])) at++;
    words.push(sliceText(source, from, at));
  }
  return words;
}

function isSeparator(unit: string | undefined): boolean {
  return unit !== undefined && SEPARATORS.includes(unit);
}

/** The first word, and where what follows it begins. */
export function firstWord(source: MappedText): { readonly word: string; readonly rest: number } {
  let end = 0;
  while (end < source.text.length && !isSeparator(source.text[end])) end++;
  let rest = end;
  while (rest < source.text.length && isSeparator(source.text[rest])) rest++;
  return { word: source.text.slice(0, end), rest };
}

/** Adds one unit to ranges of which the last may grow. */
function keep(ranges: { start: number; end: number }[], at: number): void {
  const last = ranges.at(-1);
  if (last?.end === at) last.end = at + 1;
  else ranges.push({ start: at, end: at + 1 });
}

/**
 * The `--flag` words at the beginning of an instruction's arguments, without their quotes and escapes, and where the
 * rest begins (split_command.go extractBuilderFlags). A word `--` ends them. The arguments begin at `from`.
 */
export function takeFlags(
  source: MappedText,
  from: number,
  escape: EscapeToken,
): { readonly flags: readonly MappedText[]; readonly rest: number } {
  const { text } = source;
  const flags: MappedText[] = [];
  let at = from;
  for (;;) {
    while (isSpace(text[at])) at++;
    if (!text.startsWith('--', at)) return { flags, rest: at };
    const { end, kept } = takeFlag(text, at, escape);
    const flag = joinRanges(source, kept);
    at = end;
    if (flag.text === '--') return { flags, rest: at };
    flags.push(flag);
  }
}

/** One flag up to a blank outside of quotes. */
function takeFlag(text: string, from: number, escape: EscapeToken): { end: number; kept: Range[] } {
  const kept: { start: number; end: number }[] = [];
  let quote = '';
  let at = from;
  for (; at < text.length; at++) {
    const unit = text[at] ?? '';
    if (quote === '' && isSpace(unit)) break;
    if (unit === quote) quote = '';
    else if (quote === '' && (unit === '"' || unit === "'")) quote = unit;
    else if (unit === escape) {
      if (at + 1 < text.length) keep(kept, ++at);
    } else keep(kept, at);
  }
  return { end: at, kept };
}

/** The words of ARG, with their quotes and escapes: blanks inside of quotes do not split (line_parsers.go parseWords). */
export function splitQuotedWords(source: MappedText, escape: EscapeToken): readonly MappedText[] {
  const { text } = source;
  const words: MappedText[] = [];
  let at = 0;
  for (;;) {
    while (isSpace(text[at])) at++;
    if (at >= text.length) return words;
    const from = at;
    let quote = '';
    let end = text.length;
    for (; at < text.length; at++) {
      const unit = text[at] ?? '';
      if (quote === '' && isSpace(unit)) break;
      if (unit === quote) quote = '';
      else if (quote === '' && (unit === '"' || unit === "'")) quote = unit;
      else if (unit === escape && quote !== "'") {
        // An escape token that ends the line is dropped, any other takes its character along.
        if (at + 1 === text.length) end = at;
        else at++;
      }
    }
    words.push(sliceText(source, from, Math.min(at, end)));
  }
}
