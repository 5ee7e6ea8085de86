import { rowOf } from './quirks.ts';

/**
 * Registries that answer HEAD with 403. The answer has no words, and some proxies refuse HEAD alone: one GET a run and
 * registry tells which it is (REGISTRIES.md Q30, SAFETY.md F32).
 */
export class HeadRefusals {
  /** Whether GET is refused as well, by registry; asked once. */
  readonly #refusesGet = new Map<string, Promise<boolean>>();

  /**
   * What GET answers where HEAD was refused; undefined where it is known to be refused too, or counts as a pull.
   * @param ask asks by GET; undefined when it was not the registry that refused
   */
  async ask<T>(
    registry: string,
    ask: () => Promise<T | undefined>,
    isRefused: (answer: T) => boolean,
  ): Promise<T | undefined> {
    if (rowOf(registry)?.countsReads === true) return undefined;
    const known = this.#refusesGet.get(registry);
    if (known !== undefined) return (await known) ? undefined : ask();
    const asking = ask();
    const verdict = asking.then((answer) => answer === undefined || isRefused(answer));
    this.#refusesGet.set(
      registry,
      verdict.catch(() => true),
    );
    const answer = await asking;
    if (answer === undefined) this.#refusesGet.delete(registry);
    return answer;
  }
}
