import type { Finding, Skipped, Unverified } from './finding.ts';

/** The four things that a check can say. */
export type Verdict = 'clean' | 'findings' | 'nothing-scanned' | 'unverified';

/** What decides. */
export interface Verdicts {
  readonly failOn: 'error' | 'warning' | 'never';
  readonly onUnresolved: 'warn' | 'fail' | 'ignore';
}

/**
 * Errors and warnings are findings; else a registry that did not answer leaves it open, and so does a file that a limit
 * or a bug kept from being judged; notices alone are clean.
 * @param open what could not be told
 * @param scanned files that were read
 */
export function verdictOf(
  findings: readonly Finding[],
  open: readonly (Unverified | Skipped)[],
  scanned: number,
  { onUnresolved }: Verdicts,
): Verdict {
  if (findings.some(({ level }) => level !== 'notice')) return 'findings';
  if (open.length > 0 && onUnresolved !== 'ignore') return 'unverified';
  return scanned === 0 ? 'nothing-scanned' : 'clean';
}

/** Whether the step fails. */
export function fails(
  findings: readonly Finding[],
  open: readonly (Unverified | Skipped)[],
  verdicts: Verdicts,
): boolean {
  if (verdicts.onUnresolved === 'fail' && open.length > 0) return true;
  if (verdicts.failOn === 'never') return false;
  return findings.some(({ level }) => level === 'error' || (level === 'warning' && verdicts.failOn === 'warning'));
}
