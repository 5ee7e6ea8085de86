import { UserError } from '../core/errors.ts';
import { expandWord, type Budget, type Variables } from './dockerfile-expand.ts';
import { literalPieces, textOf, type Piece } from './expansion.ts';
import { distinctReferences, forPlatform, type FoundReference } from './found-reference.ts';
import { rangeOf, type MappedText } from './mapped-text.ts';
import type { ScriptUses } from './script-uses.ts';
import { imagesOf, isPullable, repositoryOf } from './shell-docker.ts';
import type { Command } from './shell.ts';
import type { Range } from './site.ts';

/** A word that names an image, as its variables give it. */
interface Named {
  readonly pieces: readonly Piece[];
  readonly word: Range;
  /** As it is written, to compare it with what is built. */
  readonly written: string;
  readonly platform: string | undefined;
}

/** The images of all commands of a file, and those of them that it makes itself. */
export class ScriptReading {
  readonly #variables: Variables;
  readonly #budget: Budget;
  readonly #named: Named[] = [];
  readonly #own = new Set<string>();

  constructor(variables: Variables, budget: Budget) {
    this.#variables = variables;
    this.#budget = budget;
  }

  add(command: Command): void {
    const { used, variable, made, platform } = imagesOf(command);
    for (const image of used) this.#named.push({ pieces: literalPieces(image), ...namedBy(image), platform });
    for (const image of variable) {
      const pieces = this.#expand(image);
      if (pieces?.every(isKnown) === true) this.#named.push({ pieces, ...namedBy(image), platform });
    }
    for (const image of made) {
      this.#own.add(repositoryOf(comparable(image.text)));
      const pieces = image.text.includes('$') ? this.#expand(image) : undefined;
      if (pieces !== undefined) this.#own.add(repositoryOf(textOf(pieces)));
    }
  }

  /** What the file's references are, once all commands are added. */
  found(uses: ScriptUses): readonly FoundReference[] {
    const pulled = this.#named.filter(
      ({ pieces, written }) => isPullable(textOf(pieces)) && !this.#isOwn(textOf(pieces)) && !this.#isOwn(written),
    );
    for (const { pieces, word } of pulled) uses.record(pieces, word);
    return distinctReferences(
      pulled.map(({ pieces, word, platform }) => forPlatform(uses.locate(pieces, word), platform)),
    );
  }

  #isOwn(reference: string): boolean {
    return this.#own.size > 0 && this.#own.has(repositoryOf(reference));
  }

  /** What a word gives; undefined when the shell has other means to tell. */
  #expand(image: MappedText): readonly Piece[] | undefined {
    const expanded = expandWord(image, '\\', this.#variables, this.#budget);
    if (this.#budget.units < 0) throw tooMuch();
    return expanded.failure === undefined ? expanded.pieces : undefined;
  }
}

function isKnown({ unknown, isConditional }: Piece): boolean {
  return unknown === undefined && isConditional !== true;
}

/** For a file whose variables multiply. */
export function tooMuch(): UserError {
  const message = 'the variables of the file give more text than can be read';
  return new UserError('limit', message, 'Leave the file out with the input exclude');
}

function namedBy(image: MappedText): Pick<Named, 'word' | 'written'> {
  return { word: rangeOf(image), written: comparable(image.text) };
}

/** `$NAME` and `${NAME}` are the same. */
export function comparable(written: string): string {
  return written.replaceAll(/\$(\w+)/g, (_, name: string) => `\${${name}}`);
}
