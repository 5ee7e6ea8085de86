import { setImmediate } from 'node:timers/promises';
import { Cancelled } from '../run.ts';

/** Work goes on for this long before timers, signals and answers get their turn, in milliseconds. */
const SLICE = 20;

/** Long work in slices, so that the step can be ended in the middle of it. */
export class Pace {
  readonly #signal: AbortSignal;
  #until = performance.now() + SLICE;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Whether the step's time is over: what is not done yet is left. */
  get isOver(): boolean {
    return this.#signal.aborted;
  }

  /** Asked so that nothing has to be awaited a thousand times for nothing. */
  isDue(): boolean {
    return performance.now() >= this.#until;
  }

  /** Lets other work have its turn. @throws Cancelled when the step is to end at once */
  async rest(): Promise<void> {
    await setImmediate();
    if (this.#signal.reason instanceof Cancelled) throw this.#signal.reason;
    this.#until = performance.now() + SLICE;
  }
}
