/*
 * Stands in for parts of `undici` that are imported and never used: the `fetch` that `@actions/github` imports (src/ports
 * hands its own to `getOctokit`), and the form bodies of `fetch` (bodies of our requests are bytes or text).
 */

export function fetch(): never {
  throw new Error('pass request.fetch to getOctokit');
}

export function extractBody(): never {
  throw new Error('the body of a request is bytes or text');
}

/** Where undici asks whether a body is a form. */
export const webidl = { is: { FormData: () => false } } as const;
