import { LIMITS } from '../../core/limits.ts';
import type { ImageSite } from '../../files/site.ts';
import type { Workspace } from '../../ports/workspace.ts';
import type { Skipped } from '../../rules/finding.ts';
import type { RuleOptions } from '../../rules/rule.ts';
import { candidatesOf, type Candidate, type CandidateOptions } from './candidates.ts';
import { Finder } from './finder.ts';
import { NO_TIME, worthTrying, type Found } from './find-sites.ts';
import { FoundFiles, openedFile, type FoundFile, type OpenedFile, type ReadText } from './found-files.ts';
import { includedFiles } from './included.ts';
import { Kustomizations } from './kustomizations.ts';
import { Pace } from './pace.ts';

/** What is looked for. */
export interface ScanOptions extends CandidateOptions, RuleOptions {
  readonly imageKeys: readonly string[];
  /** Gets each file with references while it is at hand. */
  readonly onFile: (file: OpenedFile) => Promise<void>;
  /** Hears of a file at which a format failed: a bug of ours, which must not hide the other files. */
  readonly onBug: (path: string, error: Error) => void;
  /** Ends the scan; the files that are left are told as such. */
  readonly signal: AbortSignal;
}

/** The files with references in them, and how many were read. */
export interface Scan {
  readonly files: readonly FoundFile[];
  /** Files of a known format. */
  readonly read: number;
  readonly skipped: readonly Skipped[];
  readonly truncated: boolean;
}

/** Reads the files of known formats and finds the references in them. */
export async function scan(listed: ReadonlySet<string>, workspace: Workspace, options: ScanOptions): Promise<Scan> {
  const finder = new Finder(workspace, listed, options.signal);
  try {
    return await new Scanning(listed, workspace, finder, options).scan();
  } finally {
    finder.close();
  }
}

class Scanning {
  readonly #listed: ReadonlySet<string>;
  readonly #workspace: Workspace;
  readonly #finder: Finder;
  readonly #options: ScanOptions;
  readonly #pace: Pace;
  readonly #kustomizations: Kustomizations;
  readonly #found = new FoundFiles();
  readonly #skipped: Skipped[] = [];
  #read = 0;

  constructor(listed: ReadonlySet<string>, workspace: Workspace, finder: Finder, options: ScanOptions) {
    this.#listed = listed;
    this.#workspace = workspace;
    this.#finder = finder;
    this.#options = options;
    this.#pace = new Pace(options.signal);
    this.#kustomizations = new Kustomizations(listed, workspace, this.#pace, options);
  }

  async scan(): Promise<Scan> {
    const included = await includedFiles(this.#listed, this.#workspace, this.#finder, this.#pace);
    const { first, next, more } = candidatesOf(
      this.#listed,
      included,
      this.#options,
      this.#skipped,
      LIMITS.scannedFiles,
    );
    for (const candidate of first) {
      if (this.#pace.isDue()) await this.#pace.rest();
      if (this.#pace.isOver) this.#skip(candidate, NO_TIME);
      else await this.#look(candidate);
    }
    if (next !== undefined) {
      const reason = `at most ${LIMITS.scannedFiles} files are read; this one and ${more - 1} more are not`;
      this.#skipped.push({ file: next, reason, unjudged: 'more' });
    }
    const truncated = next !== undefined || this.#pace.isOver;
    return { files: this.#found.files, read: this.#read, skipped: this.#skipped, truncated };
  }

  async #look(candidate: Candidate): Promise<void> {
    const source = this.#workspace.read(candidate.path);
    if (source.kind === 'skipped') {
      const { path, isCertain } = candidate;
      const unjudged = source.isFile ? { unjudged: isCertain ? ('file' as const) : ('maybe' as const) } : {};
      // Large JSON is data almost always; large YAML may be the manifests of everything, a script may run any image.
      const isListed = isCertain || (source.isFile && /\.(?:ya?ml|mk|\w*sh)$|makefile[^/]*$/i.test(path));
      if (isListed) this.#skipped.push({ file: path, reason: source.reason, ...unjudged });
      return;
    }
    const opened = this.#openedIn(candidate, source);
    const file = opened instanceof Promise ? await opened : opened;
    if (candidate.isCertain || file !== undefined) this.#read += 1;
    if (file === undefined) return;
    this.#found.add(file, {
      again: async () => this.#again(candidate),
      read: () => this.#workspace.read(candidate.path),
    });
    await this.#options.onFile(file);
  }

  /** Undefined when there are no references, or they could not be found. */
  #openedIn(candidate: Candidate, source: ReadText): OpenedFile | undefined | Promise<OpenedFile | undefined> {
    const { imageKeys } = this.#options;
    const formats = worthTrying(candidate.formats, source.text, imageKeys);
    if (formats.length === 0) return undefined;
    const { path, includedBy } = candidate;
    const ids = formats.map(({ id }) => id);
    const by = includedBy === undefined ? {} : { includedBy };
    const found = this.#finder.find({ wants: 'sites', path, text: source.text, formats: ids, imageKeys, ...by });
    return found instanceof Promise
      ? found.then((one) => this.#received(candidate, source, one))
      : this.#received(candidate, source, found);
  }

  #received(
    candidate: Candidate,
    source: ReadText,
    found: Found,
  ): OpenedFile | undefined | Promise<OpenedFile | undefined> {
    if (found.kind === 'found') {
      if (found.sites.length === 0) return undefined;
      const sites = this.#kustomizations.mark(found.sites);
      return sites instanceof Promise
        ? sites.then((marked) => this.#opened(candidate, source, marked))
        : this.#opened(candidate, source, sites);
    }
    this.#skip(candidate, found.kind === 'refused' ? found.reason : 'it cannot be read (a bug)');
    if (found.kind === 'bug') this.#options.onBug(candidate.path, found.error);
    return undefined;
  }

  #opened(candidate: Candidate, source: ReadText, sites: readonly ImageSite[] | undefined): OpenedFile | undefined {
    if (sites !== undefined) return openedFile(candidate.path, source, sites, this.#options.today);
    this.#skip(candidate, NO_TIME);
    return undefined;
  }

  async #again(candidate: Candidate): Promise<OpenedFile | undefined> {
    const source = this.#workspace.read(candidate.path);
    if (source.kind === 'skipped') return undefined;
    try {
      return await this.#openedIn(candidate, source);
    } finally {
      // The scan is over: nobody else ends a thread that is started now.
      this.#finder.close();
    }
  }

  #skip({ path }: Candidate, reason: string): void {
    this.#skipped.push({ file: path, reason, unjudged: 'file' });
  }
}
