import { setImmediate } from 'node:timers/promises';
import { UserError } from '../../core/errors.ts';
import { LIMITS } from '../../core/limits.ts';
import { FORMATS } from '../../files/index.ts';
import type { Format, FormatOptions, ImageSite } from '../../files/site.ts';
import type { FileText, Workspace } from '../../ports/workspace.ts';
import type { Skipped } from '../../rules/finding.ts';
import { pathTest } from '../../rules/glob.ts';
import { readFileOf, type ReadFile } from '../../rules/judge-file.ts';
import { HELM_TEMPLATE, leftOutBy } from '../../rules/left-out.ts';
import { includedFiles, type Inclusion } from './included.ts';

/** What is looked for. */
export interface ScanOptions {
  readonly paths: readonly string[];
  readonly exclude: readonly string[];
  readonly imageKeys: readonly string[];
  /** Today, YYYY-MM-DD in UTC. */
  readonly today: string;
  /** Whether a file is to be looked at at all. */
  readonly isInScope: (path: string) => boolean;
  /** Hears of a file at which a format failed: a bug of ours, which must not hide the other files. */
  readonly onBug: (path: string, error: unknown) => void;
}

/** The files with references in them, and how many were read. */
export interface Scan {
  readonly files: readonly ScannedFile[];
  /** Files of a known format. */
  readonly read: number;
  readonly skipped: readonly Skipped[];
  readonly truncated: boolean;
}

export interface ScannedFile extends ReadFile {
  readonly hasByteOrderMark: boolean;
}

/** A path with the formats that may be its own: one that is by its name, or those that the content decides between. */
interface Candidate {
  readonly path: string;
  readonly formats: readonly Format[];
  readonly isCertain: boolean;
  /** The files of the format that include it, nearest first. */
  readonly includedBy?: readonly string[];
}

/** Texts with references that are kept until they are judged, in characters: more is a repository made to fill memory. */
const KEPT_CHARACTERS = 64 * 1024 * 1024;
/** After so many files other work gets its turn. */
const BATCH = 64;

/** Reads the files of known formats and finds the references in them. */
export async function scan(listed: readonly string[], workspace: Workspace, options: ScanOptions): Promise<Scan> {
  const skipped: Skipped[] = [];
  const candidates = candidatesOf(listed, includedFiles(listed, workspace), options, skipped);
  const files: ScannedFile[] = [];
  let read = 0;
  let kept = 0;
  let truncated = candidates.length > LIMITS.scannedFiles;
  const formatOptions = optionsOf(listed, workspace, options);
  for (const [index, candidate] of candidates.slice(0, LIMITS.scannedFiles).entries()) {
    if (index % BATCH === BATCH - 1) await setImmediate();
    const source = workspace.read(candidate.path);
    if (source.kind === 'skipped') {
      const { path, isCertain } = candidate;
      const unjudged = source.isFile ? { unjudged: isCertain ? ('file' as const) : ('maybe' as const) } : {};
      // Large JSON is data almost always; large YAML may be the manifests of everything.
      const isListed = isCertain || (source.isFile && /\.ya?ml$/i.test(path));
      if (isListed) skipped.push({ file: path, reason: source.reason, ...unjudged });
      continue;
    }
    const sites = sitesIn(candidate, source, formatOptions, options, skipped);
    if (candidate.isCertain || sites.length > 0) read += 1;
    if (sites.length === 0) continue;
    kept += source.text.length;
    if (kept > KEPT_CHARACTERS) {
      truncated = true;
      skipped.push({ file: candidate.path, reason: 'files with references are too large in sum', unjudged: 'file' });
      continue;
    }
    const { hasByteOrderMark, text } = source;
    files.push({ ...readFileOf(candidate.path, text, sites, options.today), hasByteOrderMark });
  }
  const [next] = candidates.slice(LIMITS.scannedFiles);
  if (next !== undefined) {
    const more = candidates.length - LIMITS.scannedFiles;
    const reason = `at most ${LIMITS.scannedFiles} files are read; this one and ${more - 1} more are not`;
    skipped.push({ file: next.path, reason, unjudged: 'more' });
  }
  return { files, read, skipped, truncated };
}

function candidatesOf(
  listed: readonly string[],
  included: ReadonlyMap<string, Inclusion>,
  options: ScanOptions,
  skipped: Skipped[],
): readonly Candidate[] {
  const isNamed = options.paths.length === 0 ? () => true : pathTest(options.paths);
  const isExcluded = options.exclude.length === 0 ? () => false : pathTest(options.exclude);
  const all = new Set(listed);
  const leftOut = leftOutBy((path) => all.has(path), options.paths);
  const candidates: Candidate[] = [];
  for (const path of listed) {
    const named = formatsFor(path);
    const inclusion = included.get(path);
    const { formats, isCertain } =
      named.isCertain || inclusion === undefined
        ? named
        : { formats: [...new Set([inclusion.format, ...named.formats])], isCertain: true };
    if (formats.length === 0 || !isNamed(path) || isExcluded(path) || !options.isInScope(path)) continue;
    const reason = leftOut(path);
    const by = inclusion === undefined ? {} : { includedBy: inclusion.by };
    if (reason === undefined) candidates.push({ path, formats, isCertain, ...by });
    else if (isCertain || reason === HELM_TEMPLATE) skipped.push({ file: path, reason });
  }
  return candidates;
}

/** The first format that says yes to the name; else those that say maybe. */
function formatsFor(path: string): { formats: readonly Format[]; isCertain: boolean } {
  const maybe: Format[] = [];
  for (const format of FORMATS) {
    const answer = format.matches(path);
    if (answer === 'yes') return { formats: [format], isCertain: true };
    if (answer === 'maybe') maybe.push(format);
  }
  return { formats: maybe, isCertain: false };
}

/** What decides whether a path is looked at. */
export interface PathChoice extends Pick<ScanOptions, 'paths' | 'exclude'> {
  /** Whether the workspace has this file. */
  readonly isFile: (path: string) => boolean;
}

/** Whether a file that was renamed was judged before as it is now: of the same format, and not left out. */
export function isSameKind(from: string, to: string, { paths, exclude, isFile }: PathChoice): boolean {
  const [before, after] = [from, to].map((path) =>
    formatsFor(path)
      .formats.map(({ id }) => id)
      .join(' '),
  );
  if (before !== after || leftOutBy(isFile, paths)(from) !== undefined) return false;
  return (paths.length === 0 || pathTest(paths)(from)) && !pathTest(exclude)(from);
}

function optionsOf(listed: readonly string[], workspace: Workspace, { imageKeys }: ScanOptions): FormatOptions {
  const siblings = new Map<string, string | undefined>();
  return {
    imageKeys,
    files: listed,
    sibling(path) {
      if (!siblings.has(path)) {
        const source = workspace.read(path);
        siblings.set(path, source.kind === 'text' ? source.text : undefined);
      }
      return siblings.get(path);
    },
  };
}

/** The references of the first format that finds some. */
function sitesIn(
  { path, formats, includedBy }: Candidate,
  { text }: Extract<FileText, { kind: 'text' }>,
  formatOptions: FormatOptions,
  { imageKeys, onBug }: ScanOptions,
  skipped: Skipped[],
): readonly ImageSite[] {
  for (const format of formats) {
    if (!format.mayContain(text) && !imageKeys.some((key) => text.includes(key.replace(/^--/, '')))) continue;
    try {
      const sites = format.find(
        { path, text },
        includedBy === undefined ? formatOptions : { ...formatOptions, includedBy },
      );
      if (sites.length > 0) return sites;
    } catch (error) {
      const reason = error instanceof UserError ? error.message : 'it cannot be read (a bug)';
      skipped.push({ file: path, reason, unjudged: 'file' });
      if (!(error instanceof UserError)) onBug(path, error);
      return [];
    }
  }
  return [];
}
