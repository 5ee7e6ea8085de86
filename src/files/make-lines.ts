import { trimText } from './dockerfile-words.ts';
import {
  joinPieces,
  joinRanges,
  mapText,
  piecesOf,
  placeOf,
  sliceText,
  type MappedPiece,
  type MappedText,
} from './mapped-text.ts';
import type { Range } from './site.ts';

/*
 * A Makefile as GNU make reads it (make.info, "Makefile Syntax"): lines that a backslash continues, then
 *
 *   line       := directive | assignment | targets ":" [ ":" ] ( assignment | prerequisites [ ";" recipe ] )
 *   assignment := *( "export" | "override" | "private" ) name ( "=" | ":=" | "::=" | ":::=" | "?=" | "+=" | "!=" ) value
 *   directive  := "ifeq" … "else" … "endif" | "define" name … "endef" | "include" … | "export" … | "undefine" …
 *
 * and behind a rule, lines that begin with a tab (or what `.RECIPEPREFIX` says) and are the shell's.
 */

/** A variable that a Makefile sets. */
export interface MakeAssignment {
  readonly name: string;
  /** Without the blanks around it and the comment behind it; lines of `define` without `@`, `-` and `+`. */
  readonly value: MappedText;
  readonly operator: string;
  /** Whether it depends on a condition or a target. */
  readonly isConditional: boolean;
}

/** What stands in a Makefile. */
export interface MakeFile {
  readonly assignments: readonly MakeAssignment[];
  /** Each is a script of its own, variables of make as written. */
  readonly recipes: readonly MappedText[];
  /** Lines that are neither: conditions, rules, directives. */
  readonly others: readonly MappedText[];
}

interface Reader {
  readonly source: MappedText;
  at: number;
  prefix: string;
  inRule: boolean;
  depth: number;
  readonly assignments: MakeAssignment[];
  readonly recipes: MappedText[];
  readonly others: MappedText[];
}

/** The lines of a Makefile; carriage returns are left out already. */
export function readMakefile(source: MappedText): MakeFile {
  const reader: Reader = {
    source,
    at: 0,
    prefix: '\t',
    inRule: false,
    depth: 0,
    assignments: [],
    recipes: [],
    others: [],
  };
  // One shell for all lines of a rule, in which here-documents go on.
  const isOneShell = /^\.ONESHELL\s*:/m.test(source.text);
  let script: Range[] = [];
  const end = () => {
    if (script.length > 0) reader.recipes.push(recipeOf(joinRanges(source, script)));
    script = [];
  };
  while (reader.at < source.text.length) {
    const isRecipe = reader.inRule && source.text[reader.at] === reader.prefix;
    const line = takeLine(reader);
    if (!isRecipe || !isOneShell) end();
    if (isRecipe) script.push({ start: line.start + 1, end: Math.min(line.end + 1, source.text.length) });
    else readLine(reader, logicalLine(source, line));
  }
  end();
  return reader;
}

/** Takes a line and those that backslashes continue it with. */
function takeLine(reader: Reader): Range {
  const { text } = reader.source;
  const start = reader.at;
  for (;;) {
    const newline = text.indexOf('\n', reader.at);
    const end = newline < 0 ? text.length : newline;
    reader.at = end + 1;
    let slashes = 0;
    while (end - slashes > start && text[end - slashes - 1] === '\\') slashes++;
    if (slashes % 2 === 0 || newline < 0) return { start, end };
  }
}

/** A line whose parts are joined by one blank. */
function logicalLine(source: MappedText, { start, end }: Range): MappedText {
  const line = sliceText(source, start, end);
  const { text } = line;
  const pieces: MappedPiece[] = [];
  let from = 0;
  for (let at = text.indexOf('\\\n'); at >= 0; at = text.indexOf('\\\n', from)) {
    pieces.push(...piecesOf(sliceText(line, from, at)), { text: ' ', start: placeOf(line, at) });
    from = at + 2;
    while (text[from] === ' ' || text[from] === '\t') from++;
  }
  return joinPieces([...pieces, ...piecesOf(sliceText(line, from))]);
}

/** What make takes away in front of a recipe's line. */
function recipeOf(line: MappedText): MappedText {
  let from = 0;
  while (' \t@+-'.includes(line.text[from] ?? 'x')) from++;
  return sliceText(line, from);
}

/** Where the parenthesis or brace of `$(` or `${` at `at` closes; the text's length when it does not. */
export function referenceEnd(text: string, at: number): number {
  const open = text[at + 1] ?? '';
  const close = open === '(' ? ')' : '}';
  let depth = 0;
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === open) depth++;
    else if (text[end] === close && --depth === 0) return end;
  }
  return text.length;
}

/** Behind the expansion that begins at a dollar sign. */
function behindReference(text: string, at: number): number {
  return text[at + 1] === '(' || text[at + 1] === '{' ? referenceEnd(text, at) + 1 : at + 2;
}

function readLine(reader: Reader, line: MappedText): void {
  const source = withoutComment(line);
  const text = source.text.trim();
  const [word = ''] = /^\S*/.exec(text) ?? [];
  if (text === '') return;
  if (/^(?:ifeq|ifneq|ifdef|ifndef)$/.test(word)) reader.depth++;
  else if (word === 'endif') reader.depth = Math.max(0, reader.depth - 1);
  else if (word === 'define' || /^(?:override|export)\s+define\s/.test(text)) readDefine(reader, text);
  else if (word === 'undefine') addUnknown(reader, text.slice(word.length).trim());
  else if (!/^(?:else|-?include|sinclude|vpath|unexport)$/.test(word)) return readStatement(reader, source);
  reader.others.push(source);
}

/** Up to a `#` that no backslash escapes and that stands in no reference. */
function withoutComment(line: MappedText): MappedText {
  const { text } = line;
  if (!text.includes('#')) return line;
  for (let at = 0; at < text.length;) {
    if (text[at] === '$') at = behindReference(text, at);
    else if (text[at] === '#') return sliceText(line, 0, at);
    else at += text[at] === '\\' ? 2 : 1;
  }
  return line;
}

/** The body of `define`, up to its `endef`: each line as one of a recipe. */
function readDefine(reader: Reader, head: string): void {
  const [, name = '', operator = '='] = /define\s+(\S+)\s*(\S*)/.exec(head) ?? [];
  const { source } = reader;
  const ranges: Range[] = [];
  let isContinued = false;
  for (let depth = 1; reader.at < source.text.length;) {
    const start = reader.at;
    const newline = source.text.indexOf('\n', start);
    const end = newline < 0 ? source.text.length : newline;
    reader.at = end + 1;
    const line = source.text.slice(start, end);
    if (/^\s*endef(?:\s|$)/.test(line)) depth--;
    else if (/^\s*define\s/.test(line)) depth++;
    if (depth === 0) break;
    const skipped = isContinued ? 0 : (/^[ \t@+-]*/.exec(line)?.[0].length ?? 0);
    ranges.push({ start: start + skipped, end: Math.min(end + 1, source.text.length) });
    isContinued = line.endsWith('\\');
  }
  const value = joinRanges(source, ranges);
  reader.assignments.push({ name, value, operator: operator === '' ? '=' : operator, isConditional: reader.depth > 0 });
}

function addUnknown(reader: Reader, name: string): void {
  reader.assignments.push({ name, value: mapText(''), operator: '!=', isConditional: true });
}

const MODIFIERS = /^(?:(?:export|override|private)\s+)*/;

function readStatement(reader: Reader, source: MappedText): void {
  const trimmed = trimText(source);
  const modifiers = MODIFIERS.exec(trimmed.text)?.[0] ?? '';
  const rest = sliceText(trimmed, modifiers.length);
  const operator = findOperator(rest.text);
  if (operator === undefined || operator.text === ':') {
    if (operator !== undefined && modifiers === '') readRule(reader, rest, operator.at);
    reader.others.push(source);
    return;
  }
  reader.inRule = false;
  assign(reader, rest, operator, reader.depth > 0);
}

interface Operator {
  readonly at: number;
  readonly text: string;
}

/** The first operator of a line: `:` makes it a rule. */
function findOperator(text: string): Operator | undefined {
  for (let at = 0; at < text.length;) {
    if (text[at] === '$') {
      at = behindReference(text, at);
      continue;
    }
    const [operator] = /^(?::{1,3}=|[?+!]=|=|:)/.exec(text.slice(at, at + 4)) ?? [];
    if (operator !== undefined) return { at, text: operator };
    at++;
  }
  return undefined;
}

function assign(reader: Reader, source: MappedText, { at, text: operator }: Operator, isConditional: boolean): void {
  const name = source.text.slice(0, at).trim();
  const value = trimText(source, at + operator.length);
  if (name === '' || /\s/.test(name)) return;
  if (name === '.RECIPEPREFIX') reader.prefix = value.text[0] ?? '\t';
  reader.assignments.push({ name, value, operator, isConditional });
}

/** Targets, and a variable of theirs, or what they are made of and with. */
function readRule(reader: Reader, source: MappedText, colon: number): void {
  const behind = trimText(source, source.text[colon + 1] === ':' ? colon + 2 : colon + 1);
  const modifiers = MODIFIERS.exec(behind.text)?.[0] ?? '';
  const rest = sliceText(behind, modifiers.length);
  const operator = findOperator(rest.text);
  reader.inRule = true;
  const semicolon = behind.text.indexOf(';');
  if (operator !== undefined && operator.text !== ':' && !/\s/.test(rest.text.slice(0, operator.at).trim())) {
    assign(reader, rest, operator, true);
  } else if (semicolon >= 0) reader.recipes.push(recipeOf(sliceText(behind, semicolon + 1)));
}
