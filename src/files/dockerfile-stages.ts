import { matchEnd, type Pattern, type Steps } from './dockerfile-pattern.ts';
import { isPlatformArgument } from './dockerfile-variables.ts';
import type { Piece } from './expansion.ts';

/** The names of the stages of a Dockerfile, in the order in which they were added. */
export interface Stages {
  readonly add: (name: string) => void;
  /** Whether a name is a stage; upper and lower case are the same, as in HasStage of BuildKit. */
  readonly has: (name: string) => boolean;
  /**
   * Whether a word with variables can only mean stages: `base-${TARGETARCH}` beside `AS base-amd64`. A default that
   * names none of them does not change that: it is there to be given another value.
   */
  readonly matches: (pieces: readonly Piece[]) => boolean;
}

/** No stage yet. `steps` bounds the work of `matches`. */
export function newStages(steps: Steps): Stages {
  const names = new Set<string>();
  return {
    add: (name) => names.add(name.toLowerCase()),
    has: (name) => names.has(name.toLowerCase()),
    matches: (pieces) => {
      if (names.size === 0 || !pieces.some(isVariable) || !isTelling(pieces)) return false;
      const pattern = patternOf(pieces);
      for (const name of names) {
        if (steps.left < 0) return false;
        if (matchEnd(pattern, name, 0, true, steps) === name.length) return true;
      }
      return false;
    },
  };
}

/** A lone `$BASE` could be anything; a written part, or a platform by itself, tells a stage from an image. */
function isTelling(pieces: readonly Piece[]): boolean {
  if (pieces.some((piece) => !isVariable(piece) && piece.text !== '')) return true;
  const unknown = pieces.filter(isVariable);
  return unknown.length > 0 && unknown.every(({ unknown: value }) => isPlatformArgument(nameIn(value?.written ?? '')));
}

function isVariable({ unknown, declaration }: Piece): boolean {
  return unknown !== undefined || declaration !== undefined;
}

function nameIn(written: string): string {
  return written.replaceAll(/[${}]/g, '');
}

function patternOf(pieces: readonly Piece[]): Pattern {
  return pieces.flatMap((piece): Pattern => {
    if (isVariable(piece)) return [{ kind: 'star' }];
    return piece.text
      .toLowerCase()
      .split('')
      .map((unit) => ({ kind: 'unit', unit }));
  });
}
