import { formatsFor } from '../../files/index.ts';
import type { Format } from '../../files/site.ts';
import type { Skipped } from '../../rules/finding.ts';
import { pathTest } from '../../rules/glob.ts';
import { HELM_TEMPLATE, leftOutBy } from '../../rules/left-out.ts';
import type { Inclusion } from './included.ts';

/** A path with the formats that may be its own: one that is by its name, or those that the content decides between. */
export interface Candidate {
  readonly path: string;
  readonly formats: readonly Format[];
  readonly isCertain: boolean;
  /** The files of the format that include it, nearest first. */
  readonly includedBy?: readonly string[];
}

/** Which files are looked at. */
export interface CandidateOptions {
  readonly paths: readonly string[];
  readonly exclude: readonly string[];
  /** Whether a file is to be looked at at all. */
  readonly isInScope: (path: string) => boolean;
}

/** The files that are looked at, in the order of the list. */
export interface Candidates {
  readonly first: readonly Candidate[];
  /** The first path behind them, and how many there are. */
  readonly next?: string;
  readonly more: number;
}

/** The files that may hold references, `most` of them; those of a known format that are left out are told. */
export function candidatesOf(
  listed: ReadonlySet<string>,
  included: ReadonlyMap<string, Inclusion>,
  options: CandidateOptions,
  skipped: Skipped[],
  most: number,
): Candidates {
  const isNamed = options.paths.length === 0 ? () => true : pathTest(options.paths);
  const isExcluded = options.exclude.length === 0 ? () => false : pathTest(options.exclude);
  const leftOut = leftOutBy((path) => listed.has(path), options.paths);
  const first: Candidate[] = [];
  let next: string | undefined;
  let more = 0;
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
    if (reason === undefined && first.length < most) first.push({ path, formats, isCertain, ...by });
    else if (reason === undefined) {
      next ??= path;
      more += 1;
    } else if ((isCertain || reason === HELM_TEMPLATE) && skipped.length < most) skipped.push({ file: path, reason });
  }
  return { first, more, ...(next === undefined ? {} : { next }) };
}

/** What decides whether a path is looked at. */
export interface PathChoice extends Pick<CandidateOptions, 'paths' | 'exclude'> {
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
