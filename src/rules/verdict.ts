import type { Finding, Unverified } from './finding.ts';

/** The four things that a check can say. */
export type Verdict = 'clean' | 'findings' | 'nothing-scanned' | 'unverified';

/** What decides. */
export interface Verdicts {
  readonly failOn: 'error' | 'warning' | 'never';
  readonly onUnresolved: 'warn' | 'fail' | 'ignore';
}

/**
 * Errors and warnings are findings; else a registry that did not answer leaves it open; notices alone are clean.
 * @param scanned files that were read
 */
export function verdictOf(
  findings: readonly Finding[],
  unverified: readonly Unverified[],
  scanned: number,
  { onUnresolved }: Verdicts,
): Verdict {
  if (findings.some(({ level }) => level !== 'notice')) return 'findings';
  if (unverified.length > 0 && onUnresolved !== 'ignore') return 'unverified';
  return scanned === 0 ? 'nothing-scanned' : 'clean';
}

/** Whether the step fails. */
export function fails(findings: readonly Finding[], unverified: readonly Unverified[], verdicts: Verdicts): boolean {
  if (verdicts.onUnresolved === 'fail' && unverified.length > 0) return true;
  if (verdicts.failOn === 'never') return false;
  return findings.some(({ level }) => level === 'error' || (level === 'warning' && verdicts.failOn === 'warning'));
}
