import { joinPieces, piecesOf, sliceText, type MappedPiece, type MappedText } from './mapped-text.ts';
import {
  arithmeticEnd,
  closingBrace,
  escapedQuoteEnd,
  isExpansion,
  isVariable,
  newWord,
  ordinaryEnd,
  type Word,
} from './shell-word.ts';

export type { Word };

/*
 * The words of a shell script, as far as commands need them (POSIX.1-2024, Shell Command Language, 2.2 to 2.7, 2.10):
 * quotes, line continuations, comments, redirections, here-documents and command substitutions. What a shell would have
 * to be run for (variables, patterns, GitHub's `${{ }}`) makes a word dynamic.
 */

/** A simple command: its words, assignments in front of it included, redirections left out. */
export type Command = readonly Word[];

/** A command, and whether its assignments may be of no effect: it runs in a shell of its own, or on a condition. */
export interface PlacedCommand {
  readonly words: Command;
  readonly isNested: boolean;
}

/** Nested deeper than this, substitutions are passed over. */
const MAX_DEPTH = 32;

interface Heredoc {
  readonly delimiter: string;
  readonly tabs: boolean;
}

interface Script {
  readonly source: MappedText;
  readonly text: string;
  at: number;
  depth: number;
  readonly visit: (command: PlacedCommand) => void;
  heredocs: Heredoc[];
}

/** Every simple command of a script, those in substitutions included. */
export function readCommands(source: MappedText): readonly Command[] {
  const commands: Command[] = [];
  visitCommands(source, ({ words }) => commands.push(words));
  return commands;
}

/**
 * The same one by one, as a hostile script has very many, with what is known of their place; keywords that make a command
 * conditional are among the words.
 */
export function visitCommands(source: MappedText, visit: (command: PlacedCommand) => void, depth = 0): void {
  const script: Script = { source, text: source.text, at: 0, depth, visit, heredocs: [] };
  while (script.at < script.text.length) {
    readList(script);
    script.at++;
  }
}

/** Reads commands up to a closing parenthesis that was not opened here, or the end. */
function readList(script: Script): void {
  let words: Word[] = [];
  let open = 0;
  let isJoined = false;
  const end = (isApart = false) => {
    if (words.length === 0) return;
    script.visit({ words, isNested: isApart || isJoined || open > 0 || script.depth > 0 });
    words = [];
    isJoined = false;
  };
  while (script.at < script.text.length) {
    const unit = script.text[script.at];
    if (unit === ')' && open === 0) break;
    if (isBlank(script)) skipBlank(script);
    else if (unit === '#') script.at = lineEnd(script.text, script.at);
    else if (unit === '\n') {
      end();
      script.at++;
      skipHeredocs(script);
    } else if (unit === '<' || unit === '>') readRedirection(script, words);
    else if (unit === '&' && script.text[script.at + 1] === '>') script.at++;
    else if (unit === '(' && arithmeticEnd(script.text, script.at) !== undefined) {
      script.at = arithmeticEnd(script.text, script.at) ?? script.at;
    } else if (';&|()'.includes(unit ?? '')) {
      const operator = /^(?:&&|\|[|&]?)/.exec(script.text.slice(script.at, script.at + 2))?.[0];
      end(operator === '|' || operator === '|&' || (unit === '&' && operator === undefined));
      if (operator !== undefined) isJoined = true;
      open += unit === '(' ? 1 : unit === ')' ? -1 : 0;
      script.at += operator?.length ?? 1;
    } else words.push(readWord(script));
  }
  end();
}

function isBlank({ text, at }: Script): boolean {
  const unit = text[at];
  return unit === ' ' || unit === '\t' || unit === '\r' || (unit === '\\' && text[at + 1] === '\n');
}

function skipBlank(script: Script): void {
  script.at += script.text[script.at] === '\\' ? 2 : 1;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Passes over an operator like `2>&1`, `>> file` or `<<EOF` and its word. */
function readRedirection(script: Script, words: Word[]): void {
  const operator = /^(?:<<<|<<-|<<|<>|<&|>>|>&|>\||[<>])/.exec(script.text.slice(script.at, script.at + 3))?.[0] ?? '<';
  const number = words.at(-1)?.text;
  const isAttached = number !== undefined && /^\d+$/.test(number.text) && !isSeparated(script);
  if (isAttached) words.pop();
  script.at += operator.length;
  if (script.text[script.at] === '(') return;
  while (isBlank(script)) skipBlank(script);
  if (script.at >= script.text.length || '\n;&|()<>'.includes(script.text[script.at] ?? '')) return;
  const { text } = readWord(script);
  if (operator === '<<' || operator === '<<-') script.heredocs.push({ delimiter: text.text, tabs: operator === '<<-' });
}

function isSeparated({ text, at }: Script): boolean {
  return at === 0 || /\s/.test(text[at - 1] ?? '');
}

function skipHeredocs(script: Script): void {
  for (const { delimiter, tabs } of script.heredocs) {
    while (script.at < script.text.length) {
      const end = lineEnd(script.text, script.at);
      const line = script.text.slice(script.at, end);
      script.at = end + 1;
      if ((tabs ? line.replace(/^\t+/, '') : line) === delimiter) break;
    }
  }
  script.heredocs = [];
}

const WORD_ENDS = ' \t\r\n;&|()<>';
const PATTERN_UNITS = '*?[{~';
const WORD_STOPS = `${WORD_ENDS}${PATTERN_UNITS}\\'"$\``;

function readWord(script: Script): Word {
  const end = ordinaryEnd(script.text, script.at, WORD_STOPS);
  // Most words are as simple as that.
  if (!WORD_ENDS.includes(script.text[end] ?? ' ')) return readMixedWord(script);
  const text = sliceText(script.source, script.at, end);
  script.at = end;
  return { text, dynamic: false };
}

function readMixedWord(script: Script): Word {
  const { has, take, skip, end } = newParts(script);
  while (script.at < script.text.length) {
    const { text, at } = script;
    const unit = text[at] ?? '';
    if (WORD_ENDS.includes(unit)) break;
    if (unit === '\\') {
      if (text[at + 1] !== '\n') take(at + 1, at + 2);
      script.at += 2;
    } else if (unit === "'") {
      const close = text.indexOf("'", at + 1);
      script.at = close < 0 ? text.length : close;
      take(at + 1, script.at++);
    } else if (unit === '"') readDoubleQuotes(script, take, () => skip(true));
    else if (text.startsWith("$'", at)) {
      has.computed = true;
      script.at = escapedQuoteEnd(text, at + 2);
    } else if (isExpansion(text, at)) skip(false);
    else {
      if (PATTERN_UNITS.includes(unit)) has.computed = true;
      script.at = ordinaryEnd(text, at + 1, WORD_STOPS);
      take(at, script.at);
    }
  }
  return end();
}

/** The parts of one word: `take` adds a text, `skip` passes over an expansion, `end` makes the word of them. */
function newParts(script: Script) {
  const pieces: MappedPiece[] = [];
  const written: MappedPiece[] = [];
  const has = { computed: false, expression: false, variable: false, split: false };
  return {
    has,
    take: (from: number, to: number): void => {
      for (const piece of piecesOf(sliceText(script.source, from, to))) {
        pieces.push(piece);
        written.push(piece);
      }
    },
    skip: (isQuoted: boolean): void => {
      const from = script.at;
      readExpansion(script);
      const expansion = sliceText(script.source, from, script.at);
      for (const piece of piecesOf(expansion)) written.push(piece);
      if (expansion.text.startsWith('${{')) has.expression = true;
      else if (isVariable(expansion.text)) {
        has.variable = true;
        has.split ||= !isQuoted;
      } else has.computed = true;
    },
    end: (): Word => newWord(joinPieces(pieces), joinPieces(written), has),
  };
}

/** Takes what stands in the quotes, and skips what is only known when the script runs. */
function readDoubleQuotes(script: Script, take: (from: number, to: number) => void, skip: () => void): void {
  script.at++;
  while (script.at < script.text.length && script.text[script.at] !== '"') {
    const { text, at } = script;
    if (text[at] === '\\' && '$`"\\\n'.includes(text[at + 1] ?? ' ')) {
      if (text[at + 1] !== '\n') take(at + 1, at + 2);
      script.at += 2;
    } else if (isExpansion(text, at)) skip();
    else {
      script.at = ordinaryEnd(text, at + 1, '"\\$`');
      take(at, script.at);
    }
  }
  script.at++;
}

/** Passes over `$name`, `${…}`, `${{ … }}`, `$(…)` and backticks; commands in the last two are read. */
function readExpansion(script: Script): void {
  const { text, at } = script;
  const next = text[at + 1];
  if (text[at] === '`') {
    const close = text.indexOf('`', at + 1);
    const end = close < 0 ? text.length : close;
    readInner(script, at + 1, end);
    script.at = end + 1;
  } else if (next === '(') {
    const end = arithmeticEnd(text, at + 1);
    if (end !== undefined) {
      script.at = end;
      return;
    }
    script.at += 2;
    if (++script.depth <= MAX_DEPTH) readList(script);
    else script.at = text.length;
    script.depth--;
    script.at++;
  } else if (next === '{') {
    const close = text.startsWith('${{', at) ? text.indexOf('}}', at) + 1 : closingBrace(text, at + 2);
    script.at = close <= 0 ? text.length : close + 1;
  } else if (next === "'" || next === '"') script.at++;
  else script.at += /^\$\w+/.exec(text.slice(at, at + 256))?.[0].length ?? 2;
}

function readInner(script: Script, from: number, to: number): void {
  if (script.depth >= MAX_DEPTH) return;
  visitCommands(sliceText(script.source, from, to), script.visit, script.depth + 1);
}
