import { isSpace } from './dockerfile-words.ts';

/** A here-document that an instruction's line announces; its body ends at a line that is `name`. */
export interface Heredoc {
  readonly name: string;
  /** `<<-`: tabs before the ending line do not count. */
  readonly chomp: boolean;
}

/** Deeper nesting of `${…}` on a line with `<<` is read as no here-document. */
const MAX_DEPTH = 64;

interface Lexer {
  readonly text: string;
  readonly rawQuotes: boolean;
  readonly rawEscapes: boolean;
  at: number;
  depth: number;
  /** The word that is being read, and whether one has begun. */
  word: string;
  inWord: boolean;
  readonly words: string[];
}

/**
 * The here-documents of a line in their order (parser.go heredocsFromLine). BuildKit reads the line as words of a
 * shell whose variables stay as they are; a line that cannot be read so (an open quote, `${#x}`) announces none.
 */
export function heredocsOf(line: string): readonly Heredoc[] {
  const words = splitShellWords(line, true);
  return (words ?? []).map(readHeredoc).filter((heredoc) => heredoc !== undefined);
}

/** `[fd]<<[-]word`, undefined when the word is something else (parser.go reHeredoc, heredocFromMatch). */
function readHeredoc(word: string): Heredoc | undefined {
  let at = 0;
  while (isDigit(word[at])) at++;
  if (!word.startsWith('<<', at)) return undefined;
  at += 2;
  const chomp = word[at] === '-';
  if (chomp) at++;
  const rest = word.slice(at).trimStart();
  if (rest === '' || rest.includes('<')) return undefined;
  const [name, ...others] = splitShellWords(rest, false) ?? [];
  return name === undefined || others.length > 0 ? undefined : { name, chomp };
}

function isDigit(unit: string | undefined): boolean {
  return unit !== undefined && unit >= '0' && unit <= '9';
}

/** shell/lex.go ProcessWords with unset variables left as they are; undefined where it fails. */
function splitShellWords(text: string, raw: boolean): readonly string[] | undefined {
  const lexer: Lexer = { text, rawQuotes: raw, rawEscapes: raw, at: 0, depth: 0, word: '', inWord: false, words: [] };
  if (readUntil(lexer, undefined, true) === undefined) return undefined;
  if (lexer.word !== '') lexer.words.push(lexer.word);
  return lexer.words;
}

/** Reads up to `stop` (or the end) and gives the text; `collect` says whether words are collected on the way. */
function readUntil(lexer: Lexer, stop: string | undefined, collect: boolean): string | undefined {
  if (++lexer.depth > MAX_DEPTH) return undefined;
  const parts: string[] = [];
  for (;;) {
    const unit = lexer.text[lexer.at];
    if (unit === undefined) {
      lexer.depth--;
      return stop === undefined ? parts.join('') : undefined;
    }
    if (unit === stop) {
      lexer.at++;
      lexer.depth--;
      return parts.join('');
    }
    const part = readPart(lexer, unit);
    if (part === undefined) return undefined;
    parts.push(part.text);
    if (collect) addToWord(lexer, part.text, part.splits);
  }
}

interface Part {
  readonly text: string;
  /** Whether blanks in it end a word. */
  readonly splits: boolean;
}

function readPart(lexer: Lexer, unit: string): Part | undefined {
  if (unit === "'" || unit === '"') return whole(unit === "'" ? readSingle(lexer) : readDouble(lexer));
  if (unit === '$') {
    const text = readDollar(lexer);
    return text === undefined ? undefined : { text, splits: true };
  }
  if (unit === '<') return whole(readArrows(lexer));
  lexer.at++;
  if (unit !== '\\') return { text: unit, splits: true };
  const next = lexer.text[lexer.at++] ?? '';
  return whole((lexer.rawEscapes ? unit : '') + next);
}

function whole(text: string | undefined): Part | undefined {
  return text === undefined ? undefined : { text, splits: false };
}

function addToWord(lexer: Lexer, text: string, splits: boolean): void {
  if (!splits) {
    lexer.word += text;
    lexer.inWord = true;
    return;
  }
  for (const unit of text) {
    if (!isSpace(unit)) {
      lexer.word += unit;
      lexer.inWord = true;
    } else if (lexer.inWord && lexer.word !== '') {
      lexer.words.push(lexer.word);
      lexer.word = '';
      lexer.inWord = false;
    }
  }
}

function readSingle(lexer: Lexer): string | undefined {
  const end = lexer.text.indexOf("'", lexer.at + 1);
  if (end < 0) return undefined;
  const text = lexer.text.slice(lexer.at + 1, end);
  lexer.at = end + 1;
  return lexer.rawQuotes ? `'${text}'` : text;
}

function readDouble(lexer: Lexer): string | undefined {
  const parts: string[] = [];
  lexer.at++;
  for (;;) {
    const unit = lexer.text[lexer.at];
    if (unit === undefined) return undefined;
    if (unit === '"') break;
    if (unit === '$') {
      const value = readDollar(lexer);
      if (value === undefined) return undefined;
      parts.push(value);
      continue;
    }
    lexer.at++;
    if (unit !== '\\') {
      parts.push(unit);
      continue;
    }
    if (lexer.rawEscapes) parts.push(unit);
    const next = lexer.text[lexer.at];
    if (next === '"' || next === '$' || next === '\\') {
      parts.push(next);
      lexer.at++;
    } else if (next !== undefined) parts.push(unit);
  }
  lexer.at++;
  const text = parts.join('');
  return lexer.rawQuotes ? `"${text}"` : text;
}

/** `<<` takes the blanks behind it into the word. */
function readArrows(lexer: Lexer): string {
  const from = lexer.at++;
  if (lexer.text[lexer.at] !== '<') return '<';
  lexer.at++;
  while (lexer.text[lexer.at] === ' ' || lexer.text[lexer.at] === '\t' || lexer.text[lexer.at] === '\r') lexer.at++;
  return lexer.text.slice(from, lexer.at);
}

/** A variable as it stands, or undefined where the shell grammar of BuildKit has no such substitution. */
function readDollar(lexer: Lexer): string | undefined {
  const from = lexer.at++;
  if (lexer.text[lexer.at] !== '{') {
    lexer.at += variableNameLength(lexer.text, lexer.at);
    return lexer.text.slice(from, lexer.at);
  }
  lexer.at++;
  const first = lexer.text[lexer.at];
  if (first === undefined || first === '{' || first === '}' || first === ':') return undefined;
  lexer.at += variableNameLength(lexer.text, lexer.at);
  let operator = lexer.text[lexer.at++];
  if (operator === '}') return lexer.text.slice(from, lexer.at);
  const afterColon = operator === ':';
  if (afterColon) operator = lexer.text[lexer.at++];
  // BuildKit's inner reading empties the outer word's buffer.
  lexer.word = '';
  if (operator === '/' && !afterColon) {
    if (lexer.text[lexer.at] === '/') lexer.at++;
    if (readUntil(lexer, '/', false) === undefined) return undefined;
  } else if (operator === undefined || (!afterColon && !'+-?#%'.includes(operator))) return undefined;
  else if (afterColon && (operator === '#' || operator === '%')) return undefined;
  if (readUntil(lexer, '}', false) === undefined) return undefined;
  return lexer.text.slice(from, lexer.at);
}

const NAME_UNIT = /[\p{L}\p{Nd}_]/u;

/** How many units the variable's name has that begins at `at` (lex.go processName). */
export function variableNameLength(text: string, at: number): number {
  const first = text[at];
  if (first === undefined) return 0;
  let end = at;
  if (isDigit(first)) {
    while (isDigit(text[end])) end++;
  } else if ('@*#?-$!'.includes(first)) end++;
  else while (NAME_UNIT.test(text[end] ?? '')) end++;
  return end - at;
}
