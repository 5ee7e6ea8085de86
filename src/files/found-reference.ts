import { textOf, unknownIn, writtenOf, type Piece, type Unknown } from './expansion.ts';
import type { Placement, Range, SiteTrait } from './site.ts';

/** A reference that was found in a text; ranges are those of the file. */
export interface FoundReference {
  /** What a fix replaces: the whole reference, its tail when `prefix` stands elsewhere, or nothing (an insertion). */
  readonly range: Range;
  /** What is shown to the user: the word or default that holds the reference. */
  readonly shown: Range;
  /** The part of the reference in front of the range's text, which stands elsewhere. */
  readonly prefix: string;
  /** As it is pulled, variables expanded; unknown ones as written. */
  readonly reference: string;
  readonly unresolved?: string;
  /** Where the reference and its parts stand if not in `shown`: in defaults, on continued lines, at other keys. */
  readonly elsewhere?: readonly number[];
  readonly placement: Placement;
  readonly traits: readonly SiteTrait[];
}

/** What the declarations of a file tell about a rewrite of their defaults. */
export interface Declarations {
  /** Whether every use of the default gives this very reference, so that its end may be rewritten. */
  readonly belongsTo: (declaration: number, reference: string) => boolean;
  /** Whether the default's value is used for something that is no reference (a stage that declares it again). */
  readonly isExposed: (declaration: number) => boolean;
  /** The default as written and the value that it gives. */
  readonly defaultOf: (declaration: number) => { readonly range: Range; readonly value: string } | undefined;
}

/** For texts without variables. */
export const NO_DECLARATIONS: Declarations = {
  belongsTo: () => false,
  isExposed: () => true,
  defaultOf: () => undefined,
};

/**
 * The reference that an expanded word is, and where it is rewritten: at the place that holds its tail, unless that is
 * a default which other references or commands use as well; then a digest is appended to the word itself.
 */
export function locateReference(pieces: readonly Piece[], word: Range, declarations: Declarations): FoundReference {
  const found = placeReference(pieces, word, declarations);
  const { start: from, end: to } = found.shown;
  // Where the word stands counts as well: a new `FROM $BASE` is a new image, however old the default is.
  const elsewhere = [...pieces, { text: found.reference, start: word.start }].flatMap(({ text, start }) =>
    text === '' || start === undefined || (start >= from && start < to) ? [] : [start],
  );
  return elsewhere.length === 0 ? found : { ...found, elsewhere };
}

function placeReference(pieces: readonly Piece[], word: Range, declarations: Declarations): FoundReference {
  const unknown = unknownIn(pieces);
  if (unknown !== undefined) return unknownReference(pieces, word, unknown);
  const reference = textOf(pieces);
  if (pieces.some(({ isConditional }) => isConditional === true)) {
    return fixedReference(reference, word, 'a part of it is there only when a variable is given');
  }
  const tail = tailOf(pieces);
  if (tail === undefined) return fixedReference(reference, word, 'it is computed from variables');
  const prefix = reference.slice(0, reference.length - (tail.range.end - tail.range.start));
  if (tail.declaration === undefined) {
    const shown = prefix === '' ? tail.range : word;
    return valueReference(reference, tail.range, prefix, shown);
  }
  const shown = shownDefault(pieces, tail, tail.declaration, prefix, declarations);
  if (shown !== undefined) return valueReference(reference, tail.range, prefix, shown);
  if (tail.anchor === undefined)
    return fixedReference(reference, word, 'a variable that it uses is used elsewhere too');
  return valueReference(reference, { start: tail.anchor, end: tail.anchor }, reference, word);
}

interface Tail {
  readonly range: Range;
  readonly declaration?: number;
  readonly anchor?: number;
}

/** The longest end of the pieces that stands in one place of the file; an empty one behind a computed piece. */
function tailOf(pieces: readonly Piece[]): Tail | undefined {
  const filled = pieces.filter(({ text }) => text !== '');
  const last = filled.at(-1);
  if (last === undefined) return undefined;
  if (last.start === undefined) {
    return last.anchor === undefined ? undefined : { range: { start: last.anchor, end: last.anchor } };
  }
  let { start } = last;
  for (const piece of filled.slice(0, -1).toReversed()) {
    if (piece.start === undefined || piece.start + piece.text.length !== start) break;
    if (piece.declaration !== last.declaration) break;
    ({ start } = piece);
  }
  return {
    range: { start, end: last.start + last.text.length },
    ...(last.declaration === undefined ? {} : { declaration: last.declaration }),
    ...(last.anchor === undefined ? {} : { anchor: last.anchor }),
  };
}

/** What is shown of a default that may be rewritten; undefined when it may not. */
function shownDefault(
  pieces: readonly Piece[],
  tail: Tail,
  declaration: number,
  prefix: string,
  declarations: Declarations,
): Range | undefined {
  const reference = textOf(pieces);
  if (!declarations.belongsTo(declaration, reference)) return undefined;
  const found = declarations.defaultOf(declaration);
  if (found?.value === reference) return prefix === '' ? tail.range : found.range;
  if (declarations.isExposed(declaration) || endsInsideIdentifier(prefix)) return undefined;
  return isWrittenOnce(pieces, declaration, prefix.length) ? tail.range : undefined;
}

/** Whether nothing in front of the tail was made from the same default: it would change as well. */
function isWrittenOnce(pieces: readonly Piece[], declaration: number, length: number): boolean {
  let at = 0;
  for (const piece of pieces) {
    if (at >= length) break;
    if (piece.text !== '' && (piece.start === undefined || piece.declaration === declaration)) return false;
    at += piece.text.length;
  }
  return true;
}

/** Whether a text that is followed by a variable breaks off inside of a tag or a digest. */
function endsInsideIdentifier(prefix: string): boolean {
  if (prefix.endsWith(':') && !prefix.includes('@')) return false;
  if (prefix.endsWith('@')) return false;
  return prefix.includes('@') || prefix.includes(':', prefix.lastIndexOf('/') + 1);
}

function valueReference(reference: string, range: Range, prefix: string, shown: Range): FoundReference {
  const placement: Placement = { kind: 'value', range, prefix, quote: '' };
  return { range, shown, prefix, reference, placement, traits: [] };
}

function fixedReference(reference: string, word: Range, why: string): FoundReference {
  return { range: word, shown: word, prefix: '', reference, placement: { kind: 'none', why }, traits: [] };
}

/** The same reference, not to be rewritten. */
export function withoutRewrite(found: FoundReference, why: string): FoundReference {
  return { ...found, placement: { kind: 'none', why } };
}

/** The same as a source of a build cache. */
export function asBuildCache(found: FoundReference): FoundReference {
  const why = 'a build cache is meant to move with every build';
  return { ...withoutRewrite(found, why), traits: [...found.traits, { kind: 'build-cache' }] };
}

/** The same reference, wanted for the one platform that is written beside it (`os/arch[/variant]`), if one is. */
export function forPlatform(found: FoundReference, platform: string | undefined): FoundReference {
  if (platform === undefined) return found;
  return { ...found, traits: [...found.traits, { kind: 'one-platform', platform }] };
}

/** A reference of which only `why` is known. */
export function unresolvedReference(reference: string, word: Range, why: string): FoundReference {
  return { ...fixedReference(reference, word, why), unresolved: why };
}

/** Longer texts are no references, which have at most 1,024 characters, even with variables. */
const MAX_UNITS = 4096;

/** What is said of a text that is too long to be read; undefined for others. `word` is where it stands. */
export function overlongReference(text: string, word: Range): FoundReference | undefined {
  if (text.length <= MAX_UNITS) return undefined;
  return unresolvedReference(`${text.slice(0, 1024)}…`, word, `it has more than ${MAX_UNITS} characters`);
}

/**
 * With an unknown registry or path in front of a written last component, tag and digest are known all the same
 * (`${REGISTRY}/ubuntu` has no tag, whatever the registry is).
 */
function unknownReference(pieces: readonly Piece[], word: Range, unknown: Unknown): FoundReference {
  const reference = writtenOf(pieces);
  const last = pieces.findLastIndex((piece) => piece.unknown !== undefined);
  const behind = textOf(pieces.slice(last + 1));
  const before = textOf(pieces.slice(0, last));
  const nameOnly = !before.includes('@') && !before.includes(':', before.lastIndexOf('/') + 1);
  const knowsIdentifiers = behind.includes('/') || (nameOnly && /[:@]/.test(behind));
  if (!knowsIdentifiers) return unresolvedReference(reference, word, unknown.why);
  return { ...fixedReference(reference, word, unknown.why), traits: [{ kind: 'name-unknown', why: unknown.why }] };
}

/** Docker's name for no image at all, a context (`docker-image://scratch`) included: nothing is pulled. `Scratch` is none. */
export const EMPTY_IMAGE = 'scratch';

/**
 * In the order of the file; a place that gives the same reference several times (a shared default) once. What stands for
 * several images (the end of a word in front of which each job of a matrix has another version) is not rewritten.
 */
export function distinctReferences(found: readonly FoundReference[]): readonly FoundReference[] {
  const order = (left: FoundReference, right: FoundReference): number =>
    left.shown.start - right.shown.start || left.range.start - right.range.start;
  const sorted = found.filter(({ reference }) => reference !== EMPTY_IMAGE).toSorted(order);
  const seen = new Set<string>();
  const distinct = sorted.filter((reference, index) => {
    const previous = sorted[index - 1];
    if (previous === undefined || order(previous, reference) !== 0) seen.clear();
    const key = `${reference.range.end} ${reference.reference}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  const shared = ofSharedRanges(distinct);
  if (shared.size === 0) return distinct;
  return distinct.map((one) => (shared.has(one) ? withoutRewrite(one, 'it stands for several images') : one));
}

/** Those whose range, which a fix would write over, is another image's as well. */
function ofSharedRanges(found: readonly FoundReference[]): ReadonlySet<FoundReference> {
  const order = (left: FoundReference, right: FoundReference): number =>
    left.range.start - right.range.start || left.range.end - right.range.end;
  const sorted = found.filter(({ placement }) => placement.kind === 'value').toSorted(order);
  const shared = new Set<FoundReference>();
  let first = 0;
  for (const [index, one] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next !== undefined && order(one, next) === 0) continue;
    const group = sorted.slice(first, index + 1);
    if (group.some(({ reference }) => reference !== one.reference)) for (const each of group) shared.add(each);
    first = index + 1;
  }
  return shared;
}
