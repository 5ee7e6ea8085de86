import { digestOf, type Digest } from '../../core/digest.ts';
import type { ImageSite } from '../../files/site.ts';
import type { FileText } from '../../ports/workspace.ts';
import { readFileOf, type ReadFile } from '../../rules/judge-file.ts';

/** The text of a file that was read. */
export type ReadText = Extract<FileText, { kind: 'text' }>;

/** A file with references in it. */
export interface FoundFile {
  readonly path: string;
  /** Whether it is in memory until the end of the run. */
  readonly isKept: boolean;
  /** The file as it was found; undefined when it is another one by now. */
  readonly open: () => Promise<OpenedFile | undefined>;
  /** Its text alone, likewise. */
  readonly text: () => ReadText | undefined;
  /** Says that it is judged: a large one gives its memory back and is read again if need be. */
  readonly release: () => void;
}

export interface OpenedFile extends ReadFile {
  readonly hasByteOrderMark: boolean;
}

/** How a file is got once more. */
export interface Source {
  /** Reads it and finds its references. */
  readonly again: () => Promise<OpenedFile | undefined>;
  readonly read: () => FileText;
}

/** Memory for the files that are kept between finding and judging, in bytes. */
const KEPT_BYTES = 8 * 1024 * 1024;
/** What one reference takes, about. */
const SITE_BYTES = 400;

/**
 * Keeps the files with references as long as there is room, which is always but in a repository that is made to fill
 * memory; the others are read again when they are judged.
 */
export class FoundFiles {
  readonly files: FoundFile[] = [];
  #room = KEPT_BYTES;

  add(opened: OpenedFile, source: Source): void {
    const { path, text, sites } = opened;
    const size = 2 * text.length + SITE_BYTES * sites.length;
    if (size <= this.#room) {
      this.#room -= size;
      this.files.push(new KeptFile(opened, size, source));
    } else this.files.push(releasedFile(path, fingerprintOf(text), source));
  }
}

/** Files from this size on give their memory back as soon as they are judged. */
const LARGE_BYTES = 1024 * 1024;

class KeptFile implements FoundFile {
  readonly path: string;
  readonly isKept: boolean;
  readonly #source: Source;
  #file: OpenedFile | FoundFile;

  constructor(opened: OpenedFile, size: number, source: Source) {
    this.path = opened.path;
    this.isKept = size < LARGE_BYTES;
    this.#source = source;
    this.#file = opened;
  }

  open(): Promise<OpenedFile | undefined> {
    return 'open' in this.#file ? this.#file.open() : Promise.resolve(this.#file);
  }

  text(): ReadText | undefined {
    if ('open' in this.#file) return this.#file.text();
    const { text, hasByteOrderMark } = this.#file;
    return { kind: 'text', text, hasByteOrderMark };
  }

  release(): void {
    if (this.isKept || 'open' in this.#file) return;
    this.#file = releasedFile(this.path, fingerprintOf(this.#file.text), this.#source);
  }
}

/** Of its own: a closure beside others would hold what they hold, which is the file. */
function releasedFile(path: string, before: Digest, { again, read }: Source): FoundFile {
  return {
    path,
    isKept: false,
    open: async () => {
      const now = await again();
      return now !== undefined && fingerprintOf(now.text) === before ? now : undefined;
    },
    text: () => {
      const now = read();
      return now.kind === 'text' && fingerprintOf(now.text) === before ? now : undefined;
    },
    release: () => undefined,
  };
}

/** A file with its references, ready to be judged. */
export function openedFile(path: string, source: ReadText, sites: readonly ImageSite[], today: string): OpenedFile {
  return { ...readFileOf(path, source.text, sites, today), hasByteOrderMark: source.hasByteOrderMark };
}

function fingerprintOf(text: string): Digest {
  return digestOf(Buffer.from(text));
}
