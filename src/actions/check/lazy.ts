import type { CheckInputs } from '../../inputs/check.ts';
import type { GitHub } from '../../ports/github.ts';
import type { RegistryClient } from '../../registry/client.ts';
import type { Registries } from '../registry.ts';

/** Registries and GitHub, opened when they are needed and not before. */
export class Network {
  readonly #inputs: CheckInputs;
  readonly #extraCa: string | undefined;
  readonly #signal: AbortSignal;
  #opened: Promise<Registries> | undefined;
  #github: Promise<GitHub | undefined> | undefined;

  constructor(inputs: CheckInputs, extraCa: string | undefined, signal: AbortSignal) {
    this.#inputs = inputs;
    this.#extraCa = extraCa;
    this.#signal = signal;
  }

  get signal(): AbortSignal {
    return this.#signal;
  }

  async client(): Promise<RegistryClient> {
    return (await this.#open()).client;
  }

  /** GitHub's API; undefined without a token or outside of a workflow. */
  github(): Promise<GitHub | undefined> {
    this.#github ??= this.#openGitHub();
    return this.#github;
  }

  async close(): Promise<void> {
    if (this.#opened === undefined) return;
    const { transport } = await this.#opened;
    await transport.close();
  }

  #open(): Promise<Registries> {
    this.#opened ??= this.#openRegistries();
    return this.#opened;
  }

  async #openRegistries(): Promise<Registries> {
    const { openRegistries } = await import('./network.ts');
    // Credentials are for listed registries only: names in strangers' files must not make us sign in (SAFETY.md T54).
    const mayLogIn = (registry: string): boolean => this.#inputs.registries.has(registry);
    return openRegistries(this.#inputs, this.#extraCa, this.#signal, mayLogIn);
  }

  async #openGitHub(): Promise<GitHub | undefined> {
    if (this.#inputs.githubToken === undefined) return undefined;
    // Of its own, because of what it does at import with an event that cannot be read (SAFETY.md F44).
    const { openGitHub } = await import('./github-api.ts');
    return openGitHub(this.#inputs.githubToken, await this.#open(), this.#signal);
  }
}
