import { positionAt, upperBound } from '../files/position.ts';
import type { Edit, ImageSite } from '../files/site.ts';
import type { FixableFile } from './fix.ts';

/** A fix stands for complete lines: with more than so many other edits on them there is none. */
const MAX_NEIGHBOURS = 64;

/** The edits of a file's findings by the line on which the first of them begins. */
export class Mends {
  readonly #file: FixableFile;
  readonly #byLine = new Map<number, (readonly Edit[])[]>();
  #lines: readonly number[] | undefined;

  constructor(file: FixableFile) {
    this.#file = file;
  }

  add(edits: readonly Edit[]): void {
    const [first] = edits;
    if (first === undefined) return;
    const { line } = positionAt(this.#file.lines, first.start);
    const present = this.#byLine.get(line);
    if (present === undefined) this.#byLine.set(line, [edits]);
    // One more than counts, besides the one that is asked about: that there are too many can be told.
    else if (present.length < MAX_NEIGHBOURS + 2) present.push(edits);
  }

  /** The other edits on the lines that these edits of a site touch; undefined when there are too many. */
  neighboursOf(site: ImageSite, edits: readonly Edit[]): readonly (readonly Edit[])[] | undefined {
    const touched = edits.flatMap(({ start, end }) =>
      [start, end].map((offset) => positionAt(this.#file.lines, offset).line),
    );
    const first = Math.min(site.line, ...touched);
    const last = Math.max(site.line, ...touched);
    this.#lines ??= [...this.#byLine.keys()].toSorted((one, other) => one - other);
    const found: (readonly Edit[])[] = [];
    for (let at = upperBound(this.#lines, (line) => line < first); at < this.#lines.length; at += 1) {
      const line = this.#lines[at] ?? Infinity;
      if (line > last) break;
      for (const other of this.#byLine.get(line) ?? []) {
        if (other === edits) continue;
        if (found.length >= MAX_NEIGHBOURS) return undefined;
        found.push(other);
      }
    }
    return found;
  }
}
