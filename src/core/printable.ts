/**
 * What a reader must not meet raw: control and format characters (bidirectional overrides, zero-width characters, tags),
 * line and paragraph separators, lone surrogates, private and unassigned code points.
 */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** The text on one line, with every character that cannot be seen written as `\u{…}` (SAFETY.md T17, T45). */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The text cut to this many UTF-16 units, never inside a surrogate pair, with `…` where something was left out. */
export function clipped(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, Math.max(limit - 1, 0));
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** A value inside a sentence: printable, in double quotes, with the quotes inside it doubled away. */
export function quoted(text: string, limit = 300): string {
  return `"${clipped(printable(text), limit).replaceAll('"', "'")}"`;
}
