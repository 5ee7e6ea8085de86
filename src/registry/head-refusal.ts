import { rowOf } from './quirks.ts';
import type { Answer } from './redirect.ts';

/** What GET says where HEAD was answered with 403. */
export interface HeadRefusal {
  readonly answer: Answer;
  /** Whether GET is refused as well. */
  readonly isRefused: boolean;
}

/**
 * Registries that answer HEAD with 403. The answer has no words, and some proxies refuse HEAD alone: one GET a run and
 * registry tells which it is (REGISTRIES.md Q30, SAFETY.md F32). It comes before any other login is tried: the one that
 * the HEAD had may be right.
 */
export class HeadRefusals {
  /** Whether GET is refused as well, by registry; asked once. */
  readonly #refusesGet = new Map<string, Promise<boolean>>();
  readonly #alone = new Set<string>();

  /** Whether the registry is known to answer GET where it refuses HEAD. */
  isAlone(registry: string): boolean {
    return this.#alone.has(registry);
  }

  /** What GET answers; undefined where it is known to be refused too, or counts as a pull. */
  async ask(registry: string, ask: () => Promise<Answer>): Promise<HeadRefusal | undefined> {
    if (rowOf(registry)?.countsReads === true) return undefined;
    const known = this.#refusesGet.get(registry);
    if (known !== undefined && (await known)) return undefined;
    const asking = ask().then((answer) => ({ answer, isRefused: isRefused(answer) }));
    const verdict = asking.then(
      (found) => found.isRefused,
      () => true,
    );
    if (known === undefined) this.#refusesGet.set(registry, verdict);
    const found = await asking;
    if (found.answer.response.status === 200) this.#alone.add(registry);
    return found;
  }
}

/** Another host that refuses says nothing about the registry's login, nor about HEAD. */
function isRefused({ response, foreign }: Answer): boolean {
  return !foreign && (response.status === 401 || response.status === 403);
}
