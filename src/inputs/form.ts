import { UserError } from '../core/errors.ts';

/** One thing that is wrong with an input. */
export interface Problem {
  readonly input: string;
  readonly error: UserError;
}

/** Everything that is wrong with the inputs, at once. */
export class InvalidInputs extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(`${problems.length} invalid input${problems.length === 1 ? '' : 's'}`);
    this.name = 'InvalidInputs';
    this.problems = problems;
  }
}

const TRUE: ReadonlySet<string> = new Set(['true', 'True', 'TRUE']);
const FALSE: ReadonlySet<string> = new Set(['false', 'False', 'FALSE']);

/**
 * Reads inputs into typed values and collects what is wrong with them instead of stopping at the first problem.
 * Values that could not be read are stood in for, so nothing may be done with them before `finish`.
 */
export class Form {
  readonly #read: (name: string) => string;
  readonly #problems: Problem[] = [];

  /** @param read the raw text of an input, empty when it was not given */
  constructor(read: (name: string) => string) {
    this.#read = read;
  }

  /** @throws InvalidInputs when there is any problem */
  finish(): void {
    if (this.#problems.length > 0) throw new InvalidInputs(this.#problems);
  }

  problem(input: string, error: UserError): void {
    this.#problems.push({ input, error });
  }

  /** The value of `work`, or undefined with the problem noted. */
  attempt<T>(input: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.problem(input, error);
      return undefined;
    }
  }

  /** The text without white space around it; undefined when it is empty. */
  text(name: string): string | undefined {
    const text = this.#read(name).trim();
    return text === '' ? undefined : text;
  }

  /** The text as it is: passwords may end in a blank. Undefined when it is empty. */
  secret(name: string): string | undefined {
    const text = this.#read(name);
    return text === '' ? undefined : text;
  }

  /** true or false as YAML 1.2's core schema writes them. */
  boolean(name: string, fallback: boolean): boolean {
    const text = this.text(name);
    if (text === undefined) return fallback;
    if (TRUE.has(text)) return true;
    if (FALSE.has(text)) return false;
    this.problem(name, new UserError('bad-input', `"${text}" is not a boolean`, 'Write true or false'));
    return fallback;
  }

  /** Whole seconds, as milliseconds. */
  seconds(name: string, fallback: number, least: number): number {
    const seconds = this.integer(name, fallback, least, 86_400);
    return seconds * 1000;
  }

  integer(name: string, fallback: number, least: number, most: number): number {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    const range = `a whole number from ${least} to ${most}`;
    this.problem(name, new UserError('bad-input', `"${text}" is not ${range}`, `Write ${range}`));
    return fallback;
  }

  choice<const T extends string>(name: string, choices: readonly T[], fallback: T): T {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const chosen = choices.find((choice) => choice === text);
    if (chosen !== undefined) return chosen;
    const near = choices.find((choice) => choice.toLowerCase() === text.toLowerCase());
    const hint = `Write ${near ?? choices.join(' or ')}`;
    this.problem(name, new UserError('bad-input', `"${text}" is not one of ${choices.join(', ')}`, hint));
    return fallback;
  }

  /** A list: split at newlines and commas, trimmed, empty lines and `#` comment lines dropped. */
  list(name: string): readonly string[] {
    return splitList(this.#read(name));
  }

  /** A list whose values may hold commas: split at newlines only. */
  lines(name: string): readonly string[] {
    return splitLines(this.#read(name));
  }

  /** A list of which each entry is parsed; entries with a problem are noted and left out. */
  listOf<T>(name: string, parse: (text: string) => T): readonly T[] {
    return this.list(name)
      .map((entry) => this.attempt(name, () => parse(entry)))
      .filter((entry) => entry !== undefined);
  }
}

export function splitLines(text: string): readonly string[] {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

export function splitList(text: string): readonly string[] {
  return splitLines(text)
    .flatMap((line) => line.split(','))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
