/** What one look-up did, for the line "how" of its log. */
export interface Trace {
  /** HTTP requests that were sent for it, the token endpoint included. */
  requests: number;
  /** The source of the credential with which it succeeded or failed. */
  credential: string | undefined;
}

export function startTrace(): Trace {
  return { requests: 0, credential: undefined };
}
