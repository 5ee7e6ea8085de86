/*
 * What stands on a pull request, as GitHub's API has it, cut to what is used.
 */

/** A changed file as GitHub's API lists it. */
export interface ApiFile {
  readonly filename: string;
  readonly status: string;
  /** Its name before, when it was renamed. */
  readonly previous?: string;
  /** Absent where the change is too large or binary; also where nothing but the name changed. */
  readonly patch?: string;
  /** Lines added and removed together. */
  readonly changes: number;
  /** Lines added; a patch with fewer of them is not complete. */
  readonly additions?: number;
}

/** One comment of a review, with what identifies it. */
export interface Suggestion {
  readonly path: string;
  readonly startLine: number;
  readonly line: number;
  readonly body: string;
  readonly fingerprint: string;
}

/** A comment on a line of the pull request, as the API has it. */
export interface LineComment {
  readonly id: number;
  readonly body: string;
  readonly login: string;
  /** Whether its lines have changed since. */
  readonly outdated: boolean;
  readonly inReplyTo?: number;
}

/** A comment on the pull request, as the API has it. */
export interface PullComment {
  readonly id: number;
  readonly body: string;
  readonly login: string;
}
