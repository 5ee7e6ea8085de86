import { clipped, printable } from '../core/printable.ts';
import type { Finding, FoundReference, IgnoredFinding, Skipped, Unverified, VoidIgnore } from '../rules/finding.ts';
import { LEVELS, type Level } from '../rules/rule.ts';
import type { Verdict } from '../rules/verdict.ts';

/** Everything that a check found; each report shows its part of it. */
export interface CheckReport {
  readonly verdict: Verdict;
  /** Files of a known format that were read. */
  readonly files: number;
  /** What was looked for: `paths`, or the names of all formats. */
  readonly patterns: readonly string[];
  readonly references: readonly FoundReference[];
  /** How many more references were judged than are listed. */
  readonly omittedReferences?: number;
  /** In the order of `bySeverity`. */
  readonly findings: readonly Finding[];
  /** How many more findings of each level were counted and not kept. */
  readonly omitted?: Readonly<Record<Level, number>>;
  readonly ignored: readonly IgnoredFinding[];
  /** How many more findings are ignored than are listed. */
  readonly omittedIgnored?: number;
  readonly voidIgnores: readonly VoidIgnore[];
  readonly skipped: readonly Skipped[];
  readonly unverified: readonly Unverified[];
  /** Those of `skipped` that leave the verdict open. */
  readonly unjudged?: readonly Skipped[];
  /** References that `allow` accepts. */
  readonly allowed: number;
  /** Whether a limit kept files from being read. */
  readonly truncated: boolean;
}

const RANK: Readonly<Record<Level, number>> = { error: 0, warning: 1, notice: 2 };

/** Gravest first; within a level by file and line, in code unit order. */
export function bySeverity(one: Finding, other: Finding): number {
  return (
    RANK[one.level] - RANK[other.level] ||
    compareText(one.file, other.file) ||
    one.line - other.line ||
    one.column - other.column ||
    compareText(one.rule, other.rule)
  );
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** How many findings there are of each level. */
export function countLevels(findings: readonly Finding[]): Readonly<Record<Level, number>> {
  const counts = { error: 0, warning: 0, notice: 0 };
  for (const { level } of findings) counts[level] += 1;
  return counts;
}

/** "2 errors, 1 warning": the levels that occur, with those that were counted and not kept. */
export function levelsText({ findings, omitted }: Pick<CheckReport, 'findings' | 'omitted'>): string {
  const counts = countLevels(findings);
  const parts = LEVELS.flatMap((level) => {
    const count = counts[level] + (omitted?.[level] ?? 0);
    return count === 0 ? [] : [plural(count, level)];
  });
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}

/** "5 more findings were left out: 5 notices"; undefined when all are there. */
export function omittedText({ omitted, findings }: CheckReport): string | undefined {
  const parts = LEVELS.flatMap((level) => {
    const count = omitted?.[level] ?? 0;
    return count === 0 ? [] : [plural(count, level)];
  });
  return parts.length === 0 ? undefined : `Besides the ${findings.length} findings there are ${parts.join(', ')} more`;
}

/** "2 places could not be judged: a/Dockerfile: why"; undefined when all could be. */
export function unjudgedText({ unjudged = [] }: CheckReport): string | undefined {
  const [first] = unjudged;
  if (first === undefined) return undefined;
  const { file, reason } = first;
  return `${plural(unjudged.length, 'place')} could not be judged: ${clipped(printable(`${file}: ${reason}`), 500)}`;
}

/** "1 file", "2 files". */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
