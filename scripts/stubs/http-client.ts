/**
 * Stands in for `@actions/http-client` in the bundle. `@actions/core` needs that package only for `getIDToken`, and
 * `@actions/github` asks it at import for a proxy agent; neither is used here, and the real one brings a second HTTP
 * client (1.1 MB, 60 ms of start-up). See ARCHITECTURE.md, "The bundle".
 */
export class HttpClient {
  /** No agent: requests go through the `fetch` that src/ports hands to `getOctokit`. */
  getAgent(): undefined {
    return undefined;
  }

  getAgentDispatcher(): undefined {
    return undefined;
  }

  getJson(): never {
    throw new Error('getIDToken is not part of this bundle');
  }
}

/** Only used by `getIDToken`. */
export const BearerCredentialHandler = HttpClient;
