import type { Workspace } from '../../ports/workspace.ts';
import { search, type Found, type Search, type Surroundings } from './find-sites.ts';
import type { LargeFiles } from './large-files.ts';
import { siblingsIn } from './siblings.ts';

/**
 * Characters from which on a file is read in a thread of its own, those of the other files that it asks for included:
 * what is less cannot take long.
 */
const LARGE = 32 * 1024;

/** Finds references: at once in small files, in a thread that can be ended in large ones. */
export class Finder {
  readonly #workspace: Workspace;
  readonly #signal: AbortSignal;
  readonly #around: Surroundings;
  /** Characters that the file which is read now may still ask for. */
  #room = 0;
  #large: LargeFiles | undefined;

  /** @param listed the files of the workspace */
  constructor(workspace: Workspace, listed: ReadonlySet<string>, signal: AbortSignal) {
    this.#workspace = workspace;
    this.#signal = signal;
    const read = siblingsIn(workspace);
    const sibling = (path: string): string | undefined => {
      const text = read(path);
      this.#room -= text?.length ?? 0;
      if (this.#room < 0) throw new Error('it asks for more than is read at once');
      return text;
    };
    this.#around = { sibling, files: [...listed] };
  }

  find(file: Search): Found | Promise<Found> {
    return (file.text.length < LARGE ? this.#findAtOnce(file) : undefined) ?? this.#findInThread(file);
  }

  close(): void {
    this.#large?.close();
  }

  /** Undefined when the file asks for so much that it has to be read as a large one. */
  #findAtOnce(file: Search): Found | undefined {
    this.#room = LARGE - file.text.length;
    const found = search(file, this.#around);
    return this.#room < 0 ? undefined : found;
  }

  async #findInThread(file: Search): Promise<Found> {
    const { LargeFiles } = await import('./large-files.ts');
    // What includes others by patterns is YAML, and so is what it includes; bake files have contexts for Dockerfiles.
    const files = this.#around.files.filter((path) => /\.ya?ml$|docker-bake\.\w+$/i.test(path));
    this.#large ??= new LargeFiles({ root: this.#workspace.root, files }, this.#signal);
    return this.#large.find(file);
  }
}
