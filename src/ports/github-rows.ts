import type { ApiFile, LineComment, Suggestion } from '../rules/pull-request.ts';

/* Rows of GitHub's API and the values that they stand for. */

interface FileRow {
  readonly filename: string;
  readonly status: string;
  readonly changes: number;
  readonly additions: number;
  readonly patch?: string | undefined;
  readonly previous_filename?: string | undefined;
}

/** A changed file of a pull request or a comparison. */
export function fileOf({ filename, status, changes, additions, patch, previous_filename: previous }: FileRow): ApiFile {
  return {
    filename,
    status,
    changes,
    additions,
    ...(patch === undefined ? {} : { patch }),
    ...(previous === undefined ? {} : { previous }),
  };
}

interface CommentRow {
  readonly id: number | bigint;
  readonly body: string;
  readonly user?: { readonly login: string } | null;
  readonly line?: number | null;
  readonly in_reply_to_id?: number | bigint;
}

/** A comment without a line is about lines that have changed since. */
export function lineCommentOf({ id, body, user, line, in_reply_to_id: inReplyTo }: CommentRow): LineComment {
  return {
    id: Number(id),
    body,
    login: user?.login ?? '',
    outdated: line === undefined || line === null,
    ...(inReplyTo === undefined ? {} : { inReplyTo: Number(inReplyTo) }),
  };
}

/** A suggestion as a comment of a new review. */
export function reviewComment({ path, startLine, line, body }: Suggestion) {
  const end = { path, body, line, side: 'RIGHT' };
  return startLine === line ? end : { ...end, start_line: startLine, start_side: 'RIGHT' };
}
