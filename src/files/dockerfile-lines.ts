import { heredocsOf, type Heredoc } from './dockerfile-heredoc.ts';
import { firstWord, isSpace, takeFlags, trimText, type EscapeToken } from './dockerfile-words.ts';
import { parseJson } from '../core/json.ts';
import { joinRanges, sliceText, type MappedText } from './mapped-text.ts';
import type { Range } from './site.ts';

/** One instruction, its continued lines joined (parser.go, newNodeFromLine). */
export interface Instruction {
  /** In lower case. */
  readonly keyword: string;
  readonly flags: readonly MappedText[];
  /** What follows the flags, without blanks around it. */
  readonly rest: MappedText;
}

const WITH_HEREDOC: ReadonlySet<string> = new Set(['add', 'copy', 'run']);

/** Splits one logical line, or what follows ONBUILD, into keyword, flags and rest (split_command.go). */
export function readInstruction(line: MappedText, escape: EscapeToken): Instruction {
  const trimmed = trimText(line);
  const { word, rest } = firstWord(trimmed);
  const { flags, rest: argumentsAt } = takeFlags(trimmed, rest, escape);
  return { keyword: word.toLowerCase(), flags, rest: trimText(trimmed, argumentsAt) };
}

/**
 * The instructions of a Dockerfile in their order, one at a time: a hostile file has 100,000 of them. Comments and empty
 * lines inside of continued lines are left out, bodies of here-documents are skipped; a here-document without end takes
 * the rest of the file.
 */
export function* scanInstructions(source: MappedText, escape: EscapeToken): Generator<Instruction, void> {
  const cursor: Cursor = { text: source.text, at: 0 };
  for (let line = nextLine(cursor); line !== undefined; line = nextLine(cursor)) {
    const from = skipBlanks(source.text, line.from, line.to);
    if (from === line.to || source.text[from] === '#') continue;
    const logical = readContinued(source, cursor, { from, to: line.to }, escape);
    const instruction = readInstruction(logical, escape);
    if (instruction.keyword === '') continue;
    yield instruction;
    for (const heredoc of heredocsIn(instruction, logical.text, escape)) skipBody(cursor, heredoc);
  }
}

interface Cursor {
  readonly text: string;
  at: number;
}

interface Line {
  readonly from: number;
  /** In front of the line's end. */
  readonly to: number;
}

function nextLine(cursor: Cursor): Line | undefined {
  const from = cursor.at;
  if (from >= cursor.text.length) return undefined;
  const newline = cursor.text.indexOf('\n', from);
  const end = newline < 0 ? cursor.text.length : newline;
  cursor.at = end + 1;
  let to = end;
  while (to > from && cursor.text[to - 1] === '\r') to--;
  return { from, to };
}

/** Joins the lines that a line continues on. The blanks before a continued line's text stay, its own are text too. */
function readContinued(source: MappedText, cursor: Cursor, first: Line, escape: EscapeToken): MappedText {
  let end = continuationAt(source.text, first, escape);
  if (end === undefined) return sliceText(source, first.from, first.to);
  const parts: Range[] = [{ start: first.from, end }];
  while (end !== undefined) {
    const line = nextLine(cursor);
    if (line === undefined) break;
    const from = skipBlanks(source.text, line.from, line.to);
    if (from === line.to || source.text[from] === '#') continue;
    end = continuationAt(source.text, line, escape);
    parts.push({ start: line.from, end: end ?? line.to });
  }
  return joinRanges(source, parts);
}

/** Where the escape token stands that continues the line: the last unit but blanks, and no second one before it. */
function continuationAt(text: string, line: Line, escape: EscapeToken): number | undefined {
  let at = line.to - 1;
  while (at >= line.from && (text[at] === ' ' || text[at] === '\t')) at--;
  if (at < line.from || text[at] !== escape) return undefined;
  return at > line.from && text[at - 1] === escape ? undefined : at;
}

function skipBlanks(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isSpace(text[at])) at++;
  return at;
}

function heredocsIn(instruction: Instruction, line: string, escape: EscapeToken): readonly Heredoc[] {
  if (!line.includes('<<')) return [];
  const inner = instruction.keyword === 'onbuild' ? readInstruction(instruction.rest, escape) : instruction;
  if (!WITH_HEREDOC.has(inner.keyword) || isJsonList(inner.rest.text)) return [];
  return heredocsOf(line);
}

function isJsonList(text: string): boolean {
  return text.startsWith('[') && Array.isArray(parseJson(text));
}

function skipBody(cursor: Cursor, heredoc: Heredoc): void {
  for (let line = nextLine(cursor); line !== undefined; line = nextLine(cursor)) {
    let { from } = line;
    if (heredoc.chomp) while (from < line.to && cursor.text[from] === '\t') from++;
    if (cursor.text.slice(from, line.to) === heredoc.name) return;
  }
}
