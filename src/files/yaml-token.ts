import { Lexer } from 'yaml';
import { UserError } from '../core/errors.ts';

/** What a token is; blanks, comments and line ends are left out, because places tell them. */
export type TokenKind =
  | '-'
  | '?'
  | ':'
  | '{'
  | '}'
  | '['
  | ']'
  | ','
  | 'anchor'
  | 'tag'
  | 'alias'
  | 'plain'
  | 'single'
  | 'double'
  /** `|` or `>` with its indicators; its text follows as `block`. */
  | 'header'
  | 'block'
  | '---'
  | '...'
  /** A flow collection was broken off by a line that is indented too little. */
  | 'broken';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** Line of the first unit, counted from the document's start. */
  readonly line: number;
  /** Line of the last unit. */
  readonly lastLine: number;
  /** Units in front of it on its line. */
  readonly column: number;
  /** Whether only blanks stand in front of it on its line. */
  readonly first: boolean;
}

/**
 * Lexemes of one file. The lexer takes about half a microsecond for one, so that this many stay within
 * LIMITS.fileTime; a file of 2 MiB that people wrote has some 700,000.
 */
const MAX_LEXEMES = 1_000_000;

/** What the lexer says that is no part of the text (yaml's CST). */
const DOCUMENT = '\u0002';
const FLOW_END = '\u0018';
const SCALAR = '\u001F';

/** Units that could be taken for one of these; YAML allows none of them in a text. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROLS = /[\u0002\u0018\u001F]/g;

const PUNCTUATION: ReadonlyMap<string, TokenKind> = new Map(
  (['-', '?', ':', '{', '}', '[', ']', ',', '---', '...'] as const).map((kind) => [kind, kind]),
);

const BEGINNINGS: ReadonlyMap<string, TokenKind> = new Map([
  ['*', 'alias'],
  ['&', 'anchor'],
  ['!', 'tag'],
  ["'", 'single'],
  ['"', 'double'],
  ['|', 'header'],
  ['>', 'header'],
]);

/** How many lexemes may still be read, for all documents of a file. */
export interface LexemeBudget {
  left: number;
}

export function newLexemeBudget(): LexemeBudget {
  return { left: MAX_LEXEMES };
}

/**
 * The tokens of the part of a text that is one document; ranges are those of the text.
 * @throws UserError `limit` for a text that takes too long.
 */
export function readTokens(text: string, from: number, to: number, budget: LexemeBudget): readonly Token[] {
  const tokens: Token[] = [];
  const state = { at: from, line: 0, lineStart: from, first: true, isScalar: false, flow: 0 };
  for (const lexeme of new Lexer().lex(text.slice(from, to).replaceAll(CONTROLS, '\uFFFD'))) {
    if (--budget.left < 0) throw tooMuch();
    if (lexeme === DOCUMENT) continue;
    // A scalar that is left out is announced as well: of a block one its header has to know.
    if (lexeme === '') {
      state.isScalar = false;
      if (tokens.at(-1)?.kind === 'header') tokens.push(tokenAt(state, 'block', state.at, state.line));
    } else if (lexeme === SCALAR) state.isScalar = true;
    else if (lexeme === FLOW_END) {
      tokens.push(tokenAt(state, 'broken', state.at, state.line));
      state.flow = 0;
    } else readLexeme(text, lexeme, state, tokens);
  }
  return tokens;
}

interface LexerState {
  at: number;
  line: number;
  lineStart: number;
  first: boolean;
  isScalar: boolean;
  /** Flow collections that are open. */
  flow: number;
}

function readLexeme(text: string, lexeme: string, state: LexerState, tokens: Token[]): void {
  const kind = kindOf(lexeme, state, tokens.at(-1));
  const end = state.at + lexeme.length;
  state.isScalar = false;
  const newline = kind === undefined || kind === 'plain' || kind === 'block' || kind === 'single' || kind === 'double';
  const last = newline ? lexeme.lastIndexOf('\n') : -1;
  const breaks = last < 0 ? 0 : lineBreaks(lexeme);
  if (kind === '{' || kind === '[') state.flow++;
  if (kind === '}' || kind === ']') state.flow--;
  if (kind === ':' && state.flow <= 0) splitKey(text, state, tokens);
  if (kind !== undefined) {
    tokens.push(tokenAt(state, kind, end, state.line + breaks));
    state.first = false;
  }
  if (last >= 0) {
    state.line += breaks;
    state.lineStart = state.at + last + 1;
    state.first = last === lexeme.length - 1;
  }
  state.at = end;
}

/**
 * A key on a line that is indented too much is taken for a part of the value before it, which then goes over several
 * lines in front of a colon: YAML allows no such key outside of braces, so that the last line is the key.
 */
function splitKey(text: string, state: LexerState, tokens: Token[]): void {
  const last = tokens.at(-1);
  if (last?.kind !== 'plain' || last.line === last.lastLine || last.lastLine !== state.line) return;
  const written = text.slice(state.lineStart, last.end);
  const column = written.length - written.trimStart().length;
  const value = text.slice(last.start, state.lineStart).trimEnd();
  const lastLine = last.line + lineBreaks(value);
  tokens[tokens.length - 1] = { ...last, end: last.start + value.length, lastLine };
  const start = state.lineStart + column;
  tokens.push({ kind: 'plain', start, end: last.end, line: state.line, lastLine: state.line, column, first: true });
}

function tokenAt(state: LexerState, kind: TokenKind, end: number, lastLine: number): Token {
  const { at, line, lineStart, first } = state;
  return { kind, start: at, end, line, lastLine, column: at - lineStart, first };
}

/** Undefined for blanks, comments, line ends and directives. */
function kindOf(lexeme: string, state: LexerState, previous: Token | undefined): TokenKind | undefined {
  if (state.isScalar) return previous?.kind === 'header' ? 'block' : 'plain';
  return PUNCTUATION.get(lexeme) ?? BEGINNINGS.get(lexeme.charAt(0));
}

function lineBreaks(lexeme: string): number {
  let breaks = 0;
  for (let at = lexeme.indexOf('\n'); at >= 0; at = lexeme.indexOf('\n', at + 1)) breaks++;
  return breaks;
}

function tooMuch(): UserError {
  const message = `the file has more than ${MAX_LEXEMES.toLocaleString('en')} YAML tokens, too many to be read in time`;
  return new UserError('limit', message, 'Split the file, or leave it out with the input exclude');
}
