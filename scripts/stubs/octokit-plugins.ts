/*
 * Stands in for what `@actions/github` adds to its client and we do not call: a list of every endpoint of GitHub's API
 * (100 KB; the handful that are used are written as `octokit.request('GET /repos/{owner}/{repo}/…')`), its reader of
 * pages (src/ports/github.ts has limits of its own) and GraphQL.
 */

export function restEndpointMethods(): Readonly<Record<string, never>> {
  return {};
}

export function paginateRest(): Readonly<Record<string, never>> {
  return {};
}

export function withCustomRequest(): { defaults: () => undefined } {
  return { defaults: () => undefined };
}
