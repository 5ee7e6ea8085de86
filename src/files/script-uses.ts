import { NONE_CONSULTED, textOf, type Expansion, type Piece } from './expansion.ts';
import { locateReference, type Declarations, type FoundReference } from './found-reference.ts';
import { upperBound } from './position.ts';
import type { Range } from './site.ts';

/** A variable that a script or a Makefile sets once: where its value stands, and what that gives. */
export interface ScriptDeclaration {
  readonly name: string;
  readonly range: Range;
  readonly value: string;
}

/** What a variable gives that may be anything: a word with it is passed over. */
export const ANYTHING: Expansion = {
  pieces: [{ text: '', unknown: { written: '', why: '', filled: true } }],
  consulted: NONE_CONSULTED,
};

/** Where a variable is used in the text of a file. */
interface Mention extends Range {
  readonly exposure: number;
}

/**
 * What else a variable is used for than for images: nothing, words of its own (what is added to the value is added to a
 * whole reference), or parts of words.
 */
const NOTHING = 0;
const WORDS = 1;
const PARTS = 2;

/** Variables that are made of more levels of others are never rewritten. */
const MAX_DEPTH = 16;

/** Which variables give images, and whether they are used for something else as well: then they are not rewritten. */
export class ScriptUses {
  readonly #text: string;
  readonly #mention: RegExp;
  readonly #declared: readonly ScriptDeclaration[];
  /** What each declaration gives; undefined when that is several. */
  readonly #references = new Map<number, string | undefined>();
  readonly #words: Range[] = [];
  readonly #exposures = new Map<number, number>();
  #exported: ReadonlySet<string> | undefined;
  #sorted: readonly Range[] | undefined;
  #mentions: ReadonlyMap<string, readonly Mention[]> | undefined;
  #values: readonly { readonly start: number; readonly end: number; readonly id: number }[] | undefined;

  /** `mention` finds every use of a variable in the file's text; one of two groups is the name. */
  constructor(text: string, mention: RegExp, declared: readonly ScriptDeclaration[]) {
    this.#text = text;
    this.#mention = mention;
    this.#declared = declared;
  }

  /** Notes an image that a word gives. All are noted before the first is located. */
  record(pieces: readonly Piece[], word: Range): void {
    this.#words.push(word);
    const reference = textOf(pieces);
    for (const { declaration } of pieces) {
      if (declaration === undefined) continue;
      const isOther = this.#references.has(declaration) && this.#references.get(declaration) !== reference;
      this.#references.set(declaration, isOther ? undefined : reference);
    }
  }

  /** Where the reference is rewritten. */
  locate(pieces: readonly Piece[], word: Range): FoundReference {
    return locateReference(pieces, word, this.#declarations);
  }

  readonly #declarations: Declarations = {
    belongsTo: (id, reference) => {
      if (this.#references.get(id) !== reference) return false;
      return this.#declared[id]?.value !== reference || this.#exposureOf(id, 0) < PARTS;
    },
    isExposed: (id) => {
      this.#exported ??= exportedNames(this.#text);
      return (
        this.#exposureOf(id, 0) > NOTHING ||
        this.#exported.has(this.#declared[id]?.name ?? '') ||
        this.#exported.has('')
      );
    },
    defaultOf: (id) => this.#declared[id],
  };

  #exposureOf(id: number, depth: number): number {
    const known = this.#exposures.get(id);
    const declared = this.#declared[id];
    if (known !== undefined || declared === undefined) return known ?? PARTS;
    if (depth > MAX_DEPTH) return PARTS;
    // What refers to itself is found to be used for nothing else by itself.
    this.#exposures.set(id, NOTHING);
    this.#mentions ??= mentionsOf(this.#text, this.#mention, new Set(this.#declared.map(({ name }) => name)));
    let most = NOTHING;
    for (const mention of this.#mentions.get(declared.name) ?? []) {
      if (mention.exposure > most && !this.#givesImages(mention, id, depth)) most = mention.exposure;
    }
    this.#exposures.set(id, most);
    return most;
  }

  /** Whether a mention is in the word of an image, or in a value that is used for nothing else. */
  #givesImages(mention: Mention, id: number, depth: number): boolean {
    this.#sorted ??= this.#words.toSorted((left, right) => left.start - right.start);
    if (isInside(this.#sorted, mention) !== undefined) return true;
    this.#values ??= this.#declared
      .map(({ range }, index) => ({ ...range, id: index }))
      .toSorted((left, right) => left.start - right.start);
    const outer = isInside(this.#values, mention);
    if (outer === undefined) return false;
    if (outer.id === id) return true;
    return this.#references.has(outer.id) && this.#exposureOf(outer.id, depth + 1) === NOTHING;
  }
}

/** Variables that other programs see; `''` among them when all are. */
function exportedNames(text: string): ReadonlySet<string> {
  const all = /\bset -a|\.EXPORT_ALL_VARIABLES/.test(text) ? [''] : [];
  const lines = text.matchAll(/(?:^|[\s;])export(?=\s)([^\n]*)/g);
  return new Set([...all, ...[...lines].flatMap(([, names = '']) => names.match(/\w+/g) ?? [''])]);
}

/** The range of an ordered list that a place is in. */
function isInside<R extends Range>(ranges: readonly R[], place: Range): R | undefined {
  const range = ranges[upperBound(ranges, ({ start }) => start <= place.start) - 1];
  return range !== undefined && place.end <= range.end ? range : undefined;
}

function mentionsOf(
  text: string,
  mention: RegExp,
  names: ReadonlySet<string>,
): ReadonlyMap<string, readonly Mention[]> {
  const mentions = new Map<string, Mention[]>();
  for (const match of text.matchAll(mention)) {
    const name = match[1] ?? match[2] ?? '';
    if (!names.has(name)) continue;
    const start = match.index;
    const open = match[0][1];
    const isOpen = open === '{' || open === '(';
    const end = start + match[0].length + (isOpen ? 1 : 0);
    const isClosed = !isOpen || text[end - 1] === (open === '{' ? '}' : ')');
    const isValue = !/^\W\W?[#!]/.test(match[0]);
    const isWhole =
      isValue && isClosed && /^[\s"'=(]?$/.test(text[start - 1] ?? '') && /^[\s"'`;)|&<>]?$/.test(text[end] ?? '');
    const list = mentions.get(name) ?? [];
    list.push({ start, end, exposure: isWhole ? WORDS : PARTS });
    mentions.set(name, list);
  }
  return mentions;
}
