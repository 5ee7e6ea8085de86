import { clipped, printable } from '../core/printable.ts';

/*
 * The one place that makes Markdown (SAFETY.md T45). A stranger's text goes out as a code span, where GitHub makes no
 * mention, link, reference or HTML of it, or through `prose`, which escapes everything. Lines never come from a value.
 */

/** Characters of a table cell that are shown. */
const CELL_LIMIT = 256;
/** The longest reference that the grammar takes. */
const SPAN_LIMIT = 1024;

/** The text as a code span: one line, printable, with a fence that is longer than any run of backticks inside. */
export function codeSpan(text: string, limit = SPAN_LIMIT): string {
  const shown = clipped(printable(text), limit);
  if (shown === '') return '` `';
  const fence = '`'.repeat(longestRun(shown) + 1);
  const pad = needsPadding(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** A backtick at an end would join the fence; one blank at both ends would be stripped (CommonMark 6.1). */
function needsPadding(shown: string): boolean {
  if (shown.startsWith('`') || shown.endsWith('`')) return true;
  return shown.startsWith(' ') && shown.endsWith(' ') && shown.trim() !== '';
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** A stranger's text as a table cell: a code span of at most 256 characters, nothing for nothing. */
export function cell(text: string): string {
  return text === '' ? '' : codeSpan(text, CELL_LIMIT);
}

/** A stranger's lines as one table cell: a code span each, as much of them as a cell shows. */
export function cellOfLines(text: string): string {
  return clipped(text, CELL_LIMIT)
    .split(/\r?\n/)
    .map((line) => codeSpan(line, CELL_LIMIT))
    .join('<br>');
}

/**
 * A table. The cells are Markdown already (`cell`, `codeSpan`, `prose` or own words); pipes in them are escaped here,
 * because GitHub splits a row before it reads code spans.
 */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  return [rowOf(headers), `|${headers.map(() => ' --- |').join('')}`, ...rows.map(rowOf)].join('\n');
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.map(escapePipes).join(' | ')} |`;
}

/** GFM takes one backslash before a pipe away when it splits the row, before it reads anything else of the cell. */
function escapePipes(markdown: string): string {
  return markdown.replaceAll('|', '\\|').replaceAll(/[\r\n]+/g, ' ');
}

/** A folded part. `summary` is plain text, `body` is Markdown. */
export function details(summary: string, body: string): string {
  return `<details><summary>${htmlText(summary)}</summary>\n\n${body}\n\n</details>`;
}

/** Plain text as HTML text without mentions and references. */
function htmlText(text: string): string {
  return breakMentions(printable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
}

const ZERO_WIDTH_SPACE = '\u{200b}';

/**
 * `@name`, `#1`, hashes of commits and addresses are read after rendering, so no escape helps: something that cannot be
 * seen has to stand between.
 */
function breakMentions(text: string): string {
  return text.replaceAll(
    /[@#](?=\S)|\bGH-(?=\d)|:(?=\/\/)|\bwww(?=\.)|\b[\da-f](?=[\da-f]{6,39}\b)/giu,
    (mark) => mark + ZERO_WIDTH_SPACE,
  );
}

/**
 * Plain text as Markdown prose. What stands in double quotes (`quoted` of core/printable) becomes a code span, the
 * rest is escaped, mentions and references in it are broken.
 */
export function prose(text: string): string {
  const parts = printable(text).split('"');
  if (parts.length % 2 === 0) return escapeProse(parts.join('"'));
  return parts.map((part, index) => (index % 2 === 0 ? escapeProse(part) : quotedSpan(part))).join('');
}

/** Nothing in quotes stays in quotes: left out, what stands on both sides would come together. */
function quotedSpan(text: string): string {
  return text === '' ? '""' : codeSpan(text);
}

/** What means something inside a line, and what makes a block of it at a line's beginning. */
function escapeProse(text: string): string {
  return breakMentions(text)
    .replaceAll(/[\\`*_[\]<>#!|~&@$]/g, String.raw`\$&`)
    .replace(/^(\s*)([-+=])/, String.raw`$1\$2`)
    .replace(/^(\s*\d+)([.)])/, String.raw`$1\$2`);
}

/** Lines as a fenced code block; the fence is longer than any run of backticks or tildes inside. */
export function codeBlock(lines: readonly string[], language = ''): string {
  const shown = lines.map((line) => printable(line));
  const fence = '`'.repeat(Math.max(3, ...shown.map((line) => longestRun(line) + 1)));
  return [`${fence}${language}`, ...shown, fence].join('\n');
}

/** The heading of a part, `level` 1 to 6; `text` is Markdown already. */
export function heading(level: number, text: string): string {
  return `${'#'.repeat(level)} ${text}`;
}
