/**
 * Stands in for `json-with-bigint`, by which `@octokit/request` reads and writes JSON (12 KB): no number that is read
 * of GitHub's API, an id among them, is above 2⁵³.
 */
export const JSONParse = JSON.parse;
export const JSONStringify = JSON.stringify;
