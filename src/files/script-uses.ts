import { NONE_CONSULTED, textOf, unknownIn, type Expansion, type Piece } from './expansion.ts';
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
  /** Whether nothing else is in its word, so that what is added to the value is added to a whole reference. */
  readonly isWhole: boolean;
}

/** What else a variable is used for than for images. */
interface Exposure {
  readonly whole: boolean;
  readonly part: boolean;
}

const EVERYWHERE: Exposure = { whole: true, part: true };
const NOWHERE: Exposure = { whole: false, part: false };

/** Variables that are made of more levels of others are never rewritten. */
const MAX_DEPTH = 16;

/** Which variables give images, and whether they are used for something else as well: then they are not rewritten. */
export class ScriptUses {
  readonly #text: string;
  readonly #mention: RegExp;
  readonly #declared: readonly ScriptDeclaration[];
  readonly #references = new Map<number, Set<string>>();
  readonly #words: Range[] = [];
  readonly #exposures = new Map<number, Exposure>();
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
    for (const { declaration } of pieces) {
      if (declaration === undefined) continue;
      this.#references.set(declaration, (this.#references.get(declaration) ?? new Set()).add(textOf(pieces)));
    }
  }

  /** Where the reference is rewritten; undefined when a part of it is not known. */
  locate(pieces: readonly Piece[], word: Range): FoundReference | undefined {
    return unknownIn(pieces) === undefined ? locateReference(pieces, word, this.#declarations) : undefined;
  }

  readonly #declarations: Declarations = {
    belongsTo: (id, reference) => {
      const references = this.#references.get(id);
      if (references?.size !== 1 || !references.has(reference)) return false;
      return this.#declared[id]?.value !== reference || !this.#exposureOf(id, 0).part;
    },
    isExposed: (id) => {
      const { whole, part } = this.#exposureOf(id, 0);
      this.#exported ??= exportedNames(this.#text);
      return whole || part || this.#exported.has(this.#declared[id]?.name ?? '') || this.#exported.has('');
    },
    defaultOf: (id) => this.#declared[id],
  };

  #exposureOf(id: number, depth: number): Exposure {
    const known = this.#exposures.get(id);
    const declared = this.#declared[id];
    if (known !== undefined || declared === undefined) return known ?? EVERYWHERE;
    if (depth > MAX_DEPTH) return EVERYWHERE;
    // What refers to itself is found to be used for nothing else by itself.
    this.#exposures.set(id, NOWHERE);
    this.#mentions ??= mentionsOf(this.#text, this.#mention, new Set(this.#declared.map(({ name }) => name)));
    const others = (this.#mentions.get(declared.name) ?? []).filter((one) => !this.#givesImages(one, id, depth));
    const exposure = { whole: others.some(({ isWhole }) => isWhole), part: others.some(({ isWhole }) => !isWhole) };
    this.#exposures.set(id, exposure);
    return exposure;
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
    if (!this.#references.has(outer.id)) return false;
    const { whole, part } = this.#exposureOf(outer.id, depth + 1);
    return !whole && !part;
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
    list.push({ start, end, isWhole });
    mentions.set(name, list);
  }
  return mentions;
}
