import type { Digest, ImageId } from './digest.ts';
import type { UserError } from './errors.ts';
import type { ManifestKind } from './manifest.ts';
import type { Reference } from './reference.ts';

/** One entry of `images`. */
export interface ImageRequest {
  readonly key: string;
  /** As the user wrote it. */
  readonly written: string;
  /** Normalised; has a tag or a digest. */
  readonly reference: Reference;
}

/** How an answer was come by. */
export interface How {
  /** HTTP requests, the token endpoint included. */
  readonly requests: number;
  readonly milliseconds: number;
  /** Source of the credential; undefined when none was looked for. */
  readonly credential: string | undefined;
}

/** What manifest and config say of an image (`inspect`). */
export interface Inspection {
  /** Of the manifest or index that `digest` names. */
  readonly annotations: ReadonlyMap<string, string>;
  /** Of the config; of an index without `platform`, the config of `labelsOf`. */
  readonly labels: ReadonlyMap<string, string>;
  /** The platform whose config was read, when it was one of several. */
  readonly labelsOf: string | undefined;
  readonly version: string | undefined;
  /** Where the version comes from, for people; undefined when there is none. */
  readonly versionSource: string | undefined;
  /** Why a version that is stated is not used. */
  readonly versionMissing: string | undefined;
  readonly revision: string | undefined;
  readonly source: string | undefined;
  readonly created: string | undefined;
  /** Statements that are not used, or that may be the base's, for people. */
  readonly remarks: readonly string[];
}

/** What is wanted of `find-tags`. */
export interface FindTags {
  /** `semver`: tags that name a version; `all`: all but digests written as tags. */
  readonly mode: 'semver' | 'all';
  /** Most tags that are looked at with one request each. */
  readonly limit: number;
}

/** What `find-tags` found out. */
export interface FoundTags {
  /** Other tags with the digest of the tag: versions, the newest first, then names. */
  readonly tags: readonly string[];
  readonly version: string | undefined;
  /** How the version is known, for people; undefined when it is not. */
  readonly versionSource: string | undefined;
  /** Why no version was found; undefined when there is one. */
  readonly versionMissing: string | undefined;
  /** What ended the search before its end. */
  readonly failure: string | undefined;
  /** HTTP requests that the search took. */
  readonly requests: number;
}

/** A reference that was resolved. */
export interface Resolution {
  /** What the reference means: of the platform when one was asked for. */
  readonly digest: Digest;
  /** What the tag points to. */
  readonly indexDigest: Digest;
  readonly kind: ManifestKind;
  readonly mediaType: string;
  /** Bytes of the manifest that `digest` names. */
  readonly size: number;
  /** Platforms with their manifests, attestations left out; undefined when they were not read. */
  readonly platforms: ReadonlyMap<string, Digest> | undefined;
  readonly imageId: ImageId | undefined;
  readonly inspection: Inspection | undefined;
  /** Absent without `find-tags`. */
  readonly foundTags?: FoundTags;
  /** Things to tell that are no errors, such as a tag that moved away from the digest beside it. */
  readonly notices: readonly string[];
}

export type Outcome =
  | { readonly status: 'resolved'; readonly resolution: Resolution; readonly how: How }
  /** A definite "not found"; with an error unless `if-missing: ignore` was set. */
  | { readonly status: 'missing'; readonly error: UserError | undefined; readonly how: How }
  | { readonly status: 'failed'; readonly error: UserError; readonly how: How };

/** One entry of `images` and what became of it. */
export interface ImageResult {
  readonly request: ImageRequest;
  readonly outcome: Outcome;
}
