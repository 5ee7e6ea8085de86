/**
 * Stands in for `@octokit/plugin-rest-endpoint-methods`, a list of every endpoint of GitHub's API (100 KB): the handful
 * that are used are written as `octokit.request('GET /repos/{owner}/{repo}/…')`.
 */
export function restEndpointMethods(): Readonly<Record<string, never>> {
  return {};
}
