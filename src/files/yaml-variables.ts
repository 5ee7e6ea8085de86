import { textOf as piecesText, type Piece } from './expansion.ts';
import { locateReference, withoutRewrite, type Declarations, type FoundReference } from './found-reference.ts';
import { rangeOf } from './mapped-text.ts';
import type { Range, SiteTrait } from './site.ts';
import { misreadTraits, referenceText, withoutBlanks } from './yaml-site.ts';
import type { YamlFile, YamlScalar } from './yaml.ts';

interface VariableUse {
  readonly scalar: YamlScalar;
  /** Undefined for a variable that may be used by what does not stand in the file. */
  readonly name: string | undefined;
  /** Where the substitutions stand that images are read from. */
  readonly places: Set<number>;
}

/** The pieces of a variable's value, as ones that stand in it. */
export function declaredBy(scalar: YamlScalar, pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map(({ text, start, declaration, unknown }) => {
    const own = declaration ?? (start === undefined ? undefined : scalar.start);
    return {
      text,
      ...(start === undefined ? {} : { start }),
      ...(own === undefined ? {} : { declaration: own }),
      ...(unknown === undefined ? {} : { unknown }),
    };
  });
}

/** Which values of variables give images, and whether they are used for something else as well. */
export class VariableUses {
  readonly file: YamlFile;
  private readonly mention: RegExp;
  private readonly variables = new Map<number, VariableUse>();
  private readonly references = new Map<number, Set<string>>();
  private readonly words = new Map<number, Set<string>>();
  private mentions: ReadonlyMap<string, number> | undefined;

  /** `mention` finds every use of a variable in the file's text. */
  constructor(file: YamlFile, mention: RegExp) {
    this.file = file;
    this.mention = mention;
  }

  /** For a place that is no image: what is noted there says nothing of those that are. */
  apart(): VariableUses {
    return new VariableUses(this.file, this.mention);
  }

  /** Notes that a substitution at `at` gives the value that this scalar is. */
  record(scalar: YamlScalar, name: string | undefined, at: number): void {
    const use = this.variables.get(scalar.start) ?? { scalar, name, places: new Set() };
    use.places.add(at);
    this.variables.set(scalar.start, use);
  }

  /** Notes a reference that was put together from these pieces; a word may give several. */
  recordReference(pieces: readonly Piece[], word: Range): void {
    this.words.set(word.start, (this.words.get(word.start) ?? new Set()).add(piecesText(pieces)));
    for (const { declaration } of pieces) {
      if (declaration === undefined) continue;
      const references = this.references.get(declaration) ?? new Set();
      this.references.set(declaration, references.add(piecesText(pieces)));
    }
  }

  /** The reference that pieces give, once every reference is recorded. One of several is shown at its own value. */
  locate(pieces: readonly Piece[], word: Range): FoundReference {
    const declarations = this.declarations();
    const located = this.settled(withoutBlanks(locateReference(pieces, word, declarations)), word);
    const found = { ...located, traits: [...located.traits, ...this.misread(pieces)] };
    const last = pieces.findLast(({ declaration, anchor }) => declaration !== undefined && anchor === undefined);
    const value = last?.declaration === undefined ? undefined : declarations.defaultOf(last.declaration);
    if (value === undefined || found.placement.kind !== 'none' || found.unresolved !== undefined) return found;
    return { ...found, range: value.range, shown: value.range };
  }

  /** What is added behind a variable is added to all that the word gives. */
  private settled(found: FoundReference, word: Range): FoundReference {
    const { placement } = found;
    const isAdded = placement.kind === 'value' && placement.range.start === placement.range.end;
    if (!isAdded || (this.words.get(word.start)?.size ?? 0) < 2) return found;
    return withoutRewrite(found, 'it stands for several images');
  }

  /** The first value that YAML reads as another text: `1.10` gives 1.1, while a 20 stays what it is. */
  private misread(pieces: readonly Piece[]): readonly SiteTrait[] {
    for (const { text, declaration } of pieces) {
      const scalar = declaration === undefined || text === '' ? undefined : this.variables.get(declaration)?.scalar;
      const traits = misreadTraits(scalar).filter((trait) => trait.kind === 'unquoted-tag' && trait.value !== text);
      if (traits.length > 0) return traits;
    }
    return [];
  }

  private declarations(): Declarations {
    return {
      belongsTo: (declaration, reference) => {
        const references = this.references.get(declaration);
        return references?.size === 1 && references.has(reference);
      },
      isExposed: (declaration) => this.isExposed(declaration),
      defaultOf: (declaration) => {
        const scalar = this.variables.get(declaration)?.scalar;
        if (scalar === undefined) return undefined;
        const text = referenceText(this.file, scalar);
        return { range: rangeOf(text), value: text.text };
      },
    };
  }

  private isExposed(declaration: number): boolean {
    const use = this.variables.get(declaration);
    if (use?.name === undefined) return true;
    this.mentions ??= countMentions(this.file.text, this.mention);
    return (this.mentions.get(use.name) ?? 0) > use.places.size;
  }
}

function countMentions(text: string, mention: RegExp): ReadonlyMap<string, number> {
  const mentions = new Map<string, number>();
  for (const [written] of text.matchAll(mention)) {
    const name = written.toLowerCase();
    mentions.set(name, (mentions.get(name) ?? 0) + 1);
  }
  return mentions;
}
