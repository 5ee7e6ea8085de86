import { digestOf, hexOf } from '../core/digest.ts';
import { LIMITS } from '../core/limits.ts';
import type { PullComment } from '../rules/pull-request.ts';
import type { CheckReport } from './check-report.ts';
import { checkSummary, type SummaryOptions } from './check-summary.ts';

/** What tells the comment of one check from that of another on the same pull request: workflow, job and step. */
export function stickyMarker(step: string): string {
  return `<!-- image-digest:check ${hexOf(digestOf(new TextEncoder().encode(step))).slice(0, 16)} -->`;
}

/** The body of the sticky comment; it begins with the marker. */
export function stickyBody(report: CheckReport, marker: string, options: SummaryOptions): string {
  return `${marker}\n${checkSummary(report, { ...options, limit: LIMITS.commentCharacters - marker.length - 1 })}`;
}

/** Our comment: by our own login and with the marker at its beginning, never one or the other alone. */
export function ownComment(comments: readonly PullComment[], marker: string, login: string): PullComment | undefined {
  return comments.find((comment) => comment.login === login && hasMarker(comment, marker));
}

/** Whether a comment says that it is ours; whose it is decides. */
export function hasMarker({ body }: PullComment, marker: string): boolean {
  return body.startsWith(marker);
}
