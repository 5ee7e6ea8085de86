import { piecesOf, type MappedText } from './mapped-text.ts';

/**
 * What variables give when they are put into a text: pieces that remember where in the file they are written, so that
 * a reference can be changed at the one place that decides its tail.
 */

/** Where a part of an expanded text comes from. */
export interface Piece {
  /** What it gives; empty when it is unknown. */
  readonly text: string;
  /** Where exactly this text stands in the file; undefined when it was computed. */
  readonly start?: number;
  /** The declaration of the variable whose default it stands in; undefined in the expanded text itself. */
  readonly declaration?: number;
  /** Place in the expanded text behind the substitution that gave it: what is inserted there follows the piece. */
  readonly anchor?: number;
  readonly unknown?: Unknown;
  /** Whether something stands here as soon as a variable is given (`${TAG:+:1.25}`), which is not now. */
  readonly isConditional?: boolean;
}

/** A value that the file does not hold. */
export interface Unknown {
  /** The substitution as written: `${REGISTRY}`. */
  readonly written: string;
  readonly why: string;
  /** Whether it certainly is not empty (a platform argument). */
  readonly filled: boolean;
}

/** An expanded text, and the declarations that it or a decision on the way looked at (`many`: too many to tell). */
export interface Expansion {
  readonly pieces: readonly Piece[];
  readonly consulted: ReadonlySet<number> | 'many';
}

/** Of a text that looks at no declaration. */
export const NONE_CONSULTED: Expansion['consulted'] = new Set<number>();

/** What `${NAME:+word}` gives without a value. */
export const CONDITIONAL: Piece = { text: '', isConditional: true };

/** More declarations than this are not told apart; their defaults are then never rewritten. */
const MAX_CONSULTED = 32;

/** The pieces of a literal text. */
export function literalPieces(source: MappedText, declaration?: number): readonly Piece[] {
  const pieces = piecesOf(source);
  return declaration === undefined ? pieces : pieces.map(({ text, start }) => ({ text, start, declaration }));
}

/** What the pieces give, unknown ones as nothing. */
export function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}

/** What the pieces give, unknown ones as they are written. */
export function writtenOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text, unknown }) => unknown?.written ?? text).join('');
}

/** The pieces from unit `from` of their text up to `to`, with the unknown ones at both ends. */
export function slicePieces(pieces: readonly Piece[], from: number, to = Infinity): readonly Piece[] {
  const kept: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const begin = Math.max(0, from - at);
    const end = Math.min(piece.text.length, to - at);
    at += piece.text.length;
    if (piece.text === '' ? begin > 0 || end < 0 : begin >= end) continue;
    const start = piece.start === undefined ? {} : { start: piece.start + begin };
    const cut = end < piece.text.length;
    const { anchor, ...rest } = piece;
    const text = piece.text.slice(begin, end);
    kept.push({ ...rest, text, ...start, ...(cut || anchor === undefined ? {} : { anchor }) });
  }
  return kept;
}

/** The first value in the pieces that the file does not hold. */
export function unknownIn(pieces: readonly Piece[]): Unknown | undefined {
  return pieces.find(({ unknown }) => unknown !== undefined)?.unknown;
}

/** Both sets in one. */
export function consultedBoth(left: Expansion['consulted'], right: Expansion['consulted']): Expansion['consulted'] {
  if (left === 'many' || right === 'many') return 'many';
  if (right.size === 0) return left;
  const both = new Set([...left, ...right]);
  return both.size > MAX_CONSULTED ? 'many' : both;
}
