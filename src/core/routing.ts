/** One rule of `registry-map`, canonical: whole path components, the port is part of the host. */
export interface RegistryMapping {
  readonly from: string;
  readonly to: string;
}

/** A pair of `auth-hosts`: this registry's credentials may go to this token server. */
export interface AuthHost {
  /** Canonical. */
  readonly registry: string;
  /** `host[:port]`, lower case, without https' own port. */
  readonly host: string;
}
