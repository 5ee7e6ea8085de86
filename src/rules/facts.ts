import type { Digest } from '../core/digest.ts';
import type { ManifestKind } from '../core/manifest.ts';

/** What a tag names now. */
export interface TagFacts {
  readonly digest: Digest;
  readonly kind?: ManifestKind;
  /** The version behind the tag, only when it is certain (DESIGN.md §5). */
  readonly version?: string;
  /** When the image was made: RFC 3339, as the registry says it. */
  readonly created?: string;
}

/** What a digest that a file pins is. */
export type PinFacts =
  /** The registry has a manifest with this digest. */
  | { readonly kind: 'present' }
  /** The repository can be read and does not have it. */
  | { readonly kind: 'gone' }
  /** It is the digest of a config. */
  | { readonly kind: 'image-id' }
  /** It is one entry of the index that the tag names. */
  | { readonly kind: 'child'; readonly platform: string };

/** What a registry said of one reference. What was not asked, or not answered, is absent. */
export interface ImageFacts {
  /** Of the tag that is written, `latest` when there is neither tag nor digest. */
  readonly tag?: TagFacts;
  /** The repository can be read and does not have the tag that is written beside the digest. */
  readonly tagIsGone?: true;
  /** Of the digest that is written. */
  readonly pin?: PinFacts;
}

/** What became of the question about one reference. */
export type Answer =
  | { readonly kind: 'facts'; readonly facts: ImageFacts }
  /** A registry was asked and could not say; told to the user as `unverified`, never as a finding. */
  | { readonly kind: 'unanswered'; readonly registry: string; readonly reason: string }
  /** The registry is none that may be asked, or nothing may be asked at all. */
  | { readonly kind: 'not-asked' };
