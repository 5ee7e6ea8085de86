import type { MappedPiece } from './mapped-text.ts';
import type { ScalarStyle, YamlScalar } from './yaml-node.ts';

/*
 * YAML 1.2.2, 7.3 and 8.1: what the text of a scalar is, and from where in the file each unit of it comes.
 */

/** The text of a scalar in pieces that stand in one place each; an escape or a folded line end is a piece of its own. */
export function scalarPieces(
  file: string,
  scalar: Pick<YamlScalar, 'style' | 'start' | 'end' | 'indent'>,
): MappedPiece[] {
  const { style, start, end, indent } = scalar;
  if (style === 'literal' || style === 'folded') return blockPieces(file, start, end, indent, style);
  if (style === 'plain') return flowPieces(file, start, end, style);
  return flowPieces(file, start + 1, closesQuote(file, start, end) ? end - 1 : end, style);
}

/** The text of a scalar. */
export function scalarText(file: string, scalar: Pick<YamlScalar, 'style' | 'start' | 'end' | 'indent'>): string {
  const { style, start, end } = scalar;
  if (style === 'plain' || style === 'single' || style === 'double') {
    const raw = style === 'plain' ? file.slice(start, end) : file.slice(start + 1, end - 1);
    const special = style === 'single' ? raw.includes("'") : style === 'double' && raw.includes('\\');
    if (!special && !raw.includes('\n') && (style === 'plain' || closesQuote(file, start, end))) return raw;
  }
  return scalarPieces(file, scalar)
    .map(({ text }) => text)
    .join('');
}

/** Whether a quoted scalar has its closing quote: a text that is broken off has none. */
function closesQuote(file: string, start: number, end: number): boolean {
  return end - start > 1 && file[end - 1] === file[start];
}

/** Plain and quoted scalars: lines are folded, blanks around line ends dropped, escapes resolved. */
function flowPieces(file: string, from: number, to: number, style: ScalarStyle): MappedPiece[] {
  const pieces: MappedPiece[] = [];
  let at = from;
  let run = from;
  const flush = (end: number) => {
    if (end > run) pieces.push({ text: file.slice(run, end), start: run });
  };
  while (at < to) {
    const unit = file[at];
    if (unit === '\n') {
      flush(withoutBlanks(file, run, at));
      const fold = foldedBreak(file, at, to);
      if (fold.text !== '') pieces.push({ text: fold.text, start: at });
      run = at = fold.end;
    } else if (style === 'single' && unit === "'" && file[at + 1] === "'") {
      flush(at + 1);
      run = at += 2;
    } else if (style === 'double' && unit === '\\') {
      flush(at);
      const escape = readEscape(file, at, to);
      if (escape.text !== '') pieces.push({ text: escape.text, start: at });
      run = at = escape.end;
    } else at++;
  }
  flush(to);
  return pieces;
}

/** Where a line's text ends in front of its blanks and its carriage return. */
function withoutBlanks(file: string, from: number, to: number): number {
  let end = to;
  while (end > from && isBlank(file[end - 1])) end--;
  return end;
}

function isBlank(unit: string | undefined): boolean {
  return unit === ' ' || unit === '\t' || unit === '\r';
}

/** A line end becomes a blank; with empty lines behind it, as many line ends as there are empty lines. */
function foldedBreak(file: string, at: number, to: number): { readonly text: string; readonly end: number } {
  let breaks = 0;
  let end = at;
  while (end < to && (file[end] === '\n' || isBlank(file[end]))) {
    if (file[end] === '\n') breaks++;
    end++;
  }
  return { text: breaks === 1 ? ' ' : '\n'.repeat(breaks - 1), end };
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\u0007'],
  ['b', '\b'],
  ['e', '\u001B'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['N', '\u0085'],
  ['_', '\u00A0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);

const HEX_ESCAPES: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

function readEscape(file: string, at: number, to: number): { readonly text: string; readonly end: number } {
  const unit = file[at + 1] ?? '';
  const lineEnd = unit === '\r' && file[at + 2] === '\n' ? at + 3 : unit === '\n' ? at + 2 : undefined;
  if (lineEnd !== undefined) {
    let end = lineEnd;
    while (end < to && isBlank(file[end])) end++;
    return { text: '', end };
  }
  const digits = HEX_ESCAPES.get(unit);
  if (digits === undefined) return { text: ESCAPES.get(unit) ?? unit, end: Math.min(to, at + 2) };
  const hex = file.slice(at + 2, Math.min(to, at + 2 + digits));
  const point = /^[0-9a-fA-F]+$/.test(hex) ? Number.parseInt(hex, 16) : 0xfffd;
  return { text: String.fromCodePoint(point > 0x10ffff ? 0xfffd : point), end: at + 2 + hex.length };
}

/** Literal and folded scalars; where each line stands is kept, with its line end when that belongs to the text. */
function blockPieces(file: string, from: number, to: number, indent: number, style: ScalarStyle): MappedPiece[] {
  const pieces: MappedPiece[] = [];
  /** Line ends that have not been written yet: of the line before, and of the empty lines since. */
  let pending: number[] = [];
  let before: 'start' | 'text' | 'indented' = 'start';
  for (const line of blockLines(file, from, to, indent)) {
    if (line.text !== '') {
      const now = line.text.startsWith(' ') || line.text.startsWith('\t') ? 'indented' : 'text';
      const folds = style === 'folded' && before === 'text' && now === 'text';
      if (folds && pending.length === 1) pieces.push({ text: ' ', start: pending[0] ?? from });
      else pieces.push(...pending.slice(folds ? 1 : 0).map((start) => ({ text: '\n', start })));
      pieces.push({ text: line.text, start: line.start });
      before = now;
      pending = [];
    }
    if (line.end < to) pending.push(line.end);
  }
  // How many line ends are kept at the end is of no use here: one stands for all of them.
  if (before !== 'start' && pending[0] !== undefined) pieces.push({ text: '\n', start: pending[0] });
  return pieces;
}

interface BlockLine {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function* blockLines(file: string, from: number, to: number, indent: number): Generator<BlockLine> {
  for (let at = from; at < to;) {
    const newline = file.indexOf('\n', at);
    const end = newline < 0 || newline > to ? to : newline;
    const textEnd = file[end - 1] === '\r' && end > at ? end - 1 : end;
    let start = at;
    while (start < textEnd && start - at < indent && file[start] === ' ') start++;
    yield { text: file.slice(start, textEnd), start, end };
    at = end + 1;
  }
}
