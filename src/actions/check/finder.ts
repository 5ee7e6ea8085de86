import type { Workspace } from '../../ports/workspace.ts';
import { search, type Found, type Search, type Surroundings } from './find-sites.ts';
import type { LargeFiles } from './large-files.ts';
import { siblingsIn } from './siblings.ts';

/** Characters from which on a file is read in a thread of its own: smaller ones cannot take long. */
const LARGE = 128 * 1024;

/** Finds references: at once in small files, in a thread that can be ended in large ones. */
export class Finder {
  readonly #workspace: Workspace;
  readonly #signal: AbortSignal;
  readonly #around: Surroundings;
  #large: LargeFiles | undefined;

  /** @param listed the files of the workspace */
  constructor(workspace: Workspace, listed: ReadonlySet<string>, signal: AbortSignal) {
    this.#workspace = workspace;
    this.#signal = signal;
    this.#around = { sibling: siblingsIn(workspace), files: [...listed] };
  }

  find(file: Search): Found | Promise<Found> {
    return file.text.length < LARGE ? search(file, this.#around) : this.#findInThread(file);
  }

  close(): void {
    this.#large?.close();
  }

  async #findInThread(file: Search): Promise<Found> {
    const { LargeFiles } = await import('./large-files.ts');
    // What includes others by patterns is YAML, and so is what it includes; bake files have contexts for Dockerfiles.
    const files = this.#around.files.filter((path) => /\.ya?ml$|docker-bake\.\w+$/i.test(path));
    this.#large ??= new LargeFiles({ root: this.#workspace.root, files }, this.#signal);
    return this.#large.find(file);
  }
}
