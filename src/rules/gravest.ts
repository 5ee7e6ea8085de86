import { LIMITS } from '../core/limits.ts';
import { LEVELS, type Level } from './rule.ts';

/** How many there are of each level. */
export type LevelCounts = Readonly<Record<Level, number>>;

/** Keeps the first ones of the gravest levels that fit and counts the others, without holding them meanwhile. */
export class Gravest<T extends { readonly level: Level }> {
  readonly #kept: Record<Level, T[]> = { error: [], warning: [], notice: [] };
  readonly #counts: Record<Level, number> = { error: 0, warning: 0, notice: 0 };
  #added = 0;
  readonly #order = new Map<T, number>();

  add(one: T): void {
    const { level } = one;
    this.#counts[level] += 1;
    this.#added += 1;
    if (this.#kept[level].length >= LIMITS.findings) return;
    this.#kept[level].push(one);
    this.#order.set(one, this.#added);
  }

  /** Those that are kept in the order in which they were added, and how many of each level are not. */
  result(): { readonly kept: readonly T[]; readonly omitted: LevelCounts } {
    let room: number = LIMITS.findings;
    const omitted = { error: 0, warning: 0, notice: 0 };
    const kept: T[] = [];
    for (const level of LEVELS) {
      const first = this.#kept[level].slice(0, room);
      room -= first.length;
      omitted[level] = this.#counts[level] - first.length;
      kept.push(...first);
    }
    const place = (one: T): number => this.#order.get(one) ?? 0;
    return { kept: kept.toSorted((one, other) => place(one) - place(other)), omitted };
  }
}
