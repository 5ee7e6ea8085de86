/** A way to sign in at one registry. `source` is shown to the user: where it came from, never a value. */
export type Credential =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string; readonly source: string }
  /** An OAuth refresh token (docker's `identitytoken`), sent only to the token endpoint. */
  | { readonly kind: 'identity-token'; readonly token: string; readonly source: string }
  /** A token that is sent as it is (docker's `registrytoken`). */
  | { readonly kind: 'registry-token'; readonly token: string; readonly source: string }
  | { readonly kind: 'anonymous'; readonly source: 'anonymous' };

export const ANONYMOUS: Credential = { kind: 'anonymous', source: 'anonymous' };

/** Finds the credential for a repository, in the order of DESIGN.md §6; anonymous when no source has one. */
export type FindCredential = (registry: string, repository: string, access: 'pull' | 'push') => Promise<Credential>;
