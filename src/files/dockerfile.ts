import type { MappedText } from './mapped-text.ts';
import type { Format, Placement, Range, SiteTrait } from './site.ts';

/** A reference that a Dockerfile's text holds; ranges are those of the file that the text was mapped from. */
export interface FoundReference {
  /** What a fix replaces: the whole reference, or its tail when `prefix` stands elsewhere. */
  readonly range: Range;
  /** What is shown to the user: the word that holds the reference. */
  readonly shown: Range;
  /** The part of the reference that stands before the range's text but elsewhere. */
  readonly prefix: string;
  readonly reference: string;
  readonly unresolved?: string;
  readonly placement: Placement;
  readonly traits: readonly SiteTrait[];
}

/** The references in the text of a Dockerfile, which may stand inside another file (Compose's `dockerfile_inline`). */
export function dockerfileReferences(_source: string | MappedText): readonly FoundReference[] {
  return [];
}

/** Dockerfiles and Containerfiles as BuildKit reads them. */
export const dockerfile: Format = {
  id: 'dockerfile',
  title: 'Dockerfile, Containerfile',
  files: ['Dockerfile*', '*.Dockerfile', 'Containerfile*', '*.Containerfile'],
  places: [],
  matches: () => 'no',
  mayContain: () => false,
  find: () => [],
};
