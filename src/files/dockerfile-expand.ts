import { LIMITS } from '../core/limits.ts';
import { parsePattern, prefixLength, replaceMatches, suffixLength, type Steps } from './dockerfile-pattern.ts';
import { badSubstitution, readWord, SubstitutionError, type Operation, type WordPart } from './dockerfile-shell.ts';
import type { EscapeToken } from './dockerfile-words.ts';
import {
  CONDITIONAL,
  consultedBoth,
  literalPieces,
  NONE_CONSULTED,
  slicePieces,
  textOf,
  unknownIn,
  writtenOf,
  type Expansion,
  type Piece,
} from './expansion.ts';
import { placeOf, sliceText, type MappedText } from './mapped-text.ts';

/** The variables that a word may use. */
export interface Variables {
  /** The value, undefined when it is unset. */
  readonly valueOf: (name: string) => Expansion | undefined;
  /** Why an unset variable has no value, and whether the build fills it in. */
  readonly absence: (name: string) => { readonly why: string; readonly filled: boolean };
}

/** Work that one file may cause. */
export interface Budget {
  /** UTF-16 units that substitutions may give in all. */
  units: number;
  readonly steps: Steps;
}

/** Enough for every file of at most LIMITS.scannedFileBytes that means well. */
export function newBudget(): Budget {
  return { units: LIMITS.scannedFileBytes / 2, steps: { left: 1_000_000 } };
}

/** Longest word that is expanded, and longest text that it may give: references have at most 1,024 characters. */
const MAX_UNITS = 4096;

const TOO_MUCH = 'the variables of this file give too much text';

/** More pieces than this become one that is computed. */
const MAX_PIECES = 64;

interface Context {
  readonly source: MappedText;
  readonly variables: Variables;
  readonly declaration: number | undefined;
  readonly budget: Budget;
  consulted: Expansion['consulted'];
}

/** An expanded word, or why it cannot be expanded. */
export type WordExpansion =
  (Expansion & { readonly failure?: undefined }) | { readonly failure: string; readonly consulted: 'many' };

/** Expands a word as BuildKit does; `declaration` is the variable whose default it is. */
export function expandWord(
  source: MappedText,
  escape: EscapeToken,
  variables: Variables,
  budget: Budget,
  declaration?: number,
): WordExpansion {
  const context: Context = { source, variables, declaration, budget, consulted: NONE_CONSULTED };
  try {
    if (source.text.length > MAX_UNITS) throw new SubstitutionError(`it has more than ${MAX_UNITS} characters`);
    if (budget.units < 0 && source.text.includes('$')) return { failure: TOO_MUCH, consulted: 'many' };
    const pieces = limitPieces(expandParts(context, readWord(source.text, escape)));
    return { pieces, consulted: context.consulted };
  } catch (error) {
    if (!(error instanceof SubstitutionError)) throw error;
    return { failure: error.message, consulted: 'many' };
  }
}

function limitPieces(pieces: readonly Piece[]): readonly Piece[] {
  const written = writtenOf(pieces);
  if (written.length > MAX_UNITS) throw new SubstitutionError(`its variables give more than ${MAX_UNITS} characters`);
  // A copy has no room for more.
  if (pieces.length <= MAX_PIECES) return [...pieces];
  const unknown = unknownIn(pieces);
  return [unknown === undefined ? { text: written } : { text: '', unknown: { ...unknown, written } }];
}

function expandParts(context: Context, parts: readonly WordPart[]): readonly Piece[] {
  return parts.flatMap((part) => {
    if (part.kind === 'variable') return expandVariable(context, part);
    return literalPieces(sliceText(context.source, part.from, part.to), context.declaration);
  });
}

type Variable = Extract<WordPart, { kind: 'variable' }>;

function expandVariable(context: Context, part: Variable): readonly Piece[] {
  const value = context.variables.valueOf(part.name);
  if (value !== undefined) context.consulted = consultedBoth(context.consulted, value.consulted);
  const { operation } = part;
  switch (operation.kind) {
    case 'value':
      return substituted(context, part, value?.pieces ?? absent(context, part));
    case '-':
    case '+':
    case '?':
      return choose(context, part, operation, value?.pieces);
    case '#':
    case '%':
    case '/':
      return change(context, part, operation, value?.pieces ?? absent(context, part));
    default:
      return operation satisfies never;
  }
}

function writtenPart({ source }: Context, part: Variable): string {
  return source.text.slice(part.from, part.to);
}

function absent(context: Context, part: Variable): readonly Piece[] {
  return [{ text: '', unknown: { written: writtenPart(context, part), ...context.variables.absence(part.name) } }];
}

/** A value where it is put in: whatever is to follow it is inserted behind the substitution. */
function substituted(context: Context, part: Variable, pieces: readonly Piece[]): readonly Piece[] {
  const limited = limitPieces(pieces);
  context.budget.units -= writtenOf(limited).length + 1;
  if (context.budget.units < 0) throw new SubstitutionError(TOO_MUCH);
  const anchor = placeOf(context.source, part.to - 1) + 1;
  return limited.map((piece) => Object.assign({}, piece, { anchor }));
}

type Choice = Extract<Operation, { kind: '-' | '+' | '?' }>;

function choose(
  context: Context,
  part: Variable,
  { kind, emptyCounts, word }: Choice,
  value: readonly Piece[] | undefined,
): readonly Piece[] {
  const present = value === undefined ? context.variables.absence(part.name).filled : !(emptyCounts && isEmpty(value));
  if (kind === '+') return present ? expandParts(context, word) : [CONDITIONAL];
  if (!present) return kind === '-' ? expandParts(context, word) : absent(context, part);
  return substituted(context, part, value ?? absent(context, part));
}

/** What an argument without default gives is empty until the build fills it in. */
function isEmpty(pieces: readonly Piece[]): boolean {
  return pieces.every(({ text, unknown }) => text === '' && unknown?.filled !== true);
}

type Change = Extract<Operation, { kind: '#' | '%' | '/' }>;

function change(context: Context, part: Variable, operation: Change, value: readonly Piece[]): readonly Piece[] {
  const word = textOf(expandParts(context, operation.word));
  const longest = operation.kind !== '/' && word.startsWith(operation.kind);
  const pattern = parsePattern(longest ? word.slice(1) : word);
  if (pattern === undefined) throw badSubstitution(context.source.text, part.from);
  const unknown = unknownIn(value);
  if (unknown !== undefined) {
    return substituted(context, part, [{ text: '', unknown: { ...unknown, written: writtenPart(context, part) } }]);
  }
  const text = textOf(value);
  const { steps } = context.budget;
  let changed = value;
  if (operation.kind === '/') {
    const replacement = textOf(expandParts(context, operation.replacement));
    changed = [{ text: replaceMatches(pattern, text, replacement, operation.every, steps) }];
  } else if (operation.kind === '#') {
    // What is left keeps its place: it is still the end of the default.
    changed = slicePieces(value, prefixLength(pattern, text, longest, steps));
  } else {
    const length = suffixLength(pattern, text, longest, steps);
    if (length > 0) changed = [{ text: text.slice(0, text.length - length) }];
  }
  if (steps.left < 0) throw new SubstitutionError('the patterns of this file take too long');
  return substituted(context, part, changed);
}
