import type { Digest } from '../core/digest.ts';
import type { Edit, ImageSite } from '../files/site.ts';
import type { ImageFacts } from './facts.ts';
import type { Subject } from './subject.ts';

/** How grave a finding is, gravest first; as GitHub's annotations name it. */
export const LEVELS = ['error', 'warning', 'notice'] as const;
export type Level = (typeof LEVELS)[number];

export const RULE_IDS = [
  'no-tag',
  'latest-tag',
  'not-pinned',
  'digest-invalid',
  'digest-gone',
  'digest-is-image-id',
  'digest-one-platform',
  'tag-moved',
  'tag-in-name',
  'unquoted-tag',
  'unresolved-variable',
] as const;
export type RuleId = (typeof RULE_IDS)[number];

/** What users set, and the day: the rules know no clock. */
export interface RuleOptions {
  /** `require`. */
  readonly require: 'tag' | 'digest';
  /** `floating-tags`, besides `latest`. */
  readonly floatingTags: readonly string[];
  /** Today in UTC, as YYYY-MM-DD. */
  readonly today: string;
}

/** How a finding can be mended. */
export type Remedy =
  /** Write this digest; and this tag where there is none yet. */
  | { readonly kind: 'pin'; readonly digest: Digest; readonly tag?: string }
  | { readonly kind: 'edits'; readonly edits: readonly Edit[] };

/** What a rule says of a site that it objects to. */
export interface Judgement {
  /** One sentence without a full stop: what and why. Values from files stand in double quotes (core/printable). */
  readonly message: string;
  readonly remedy?: Remedy;
}

/** One kind of objection. */
export interface Rule {
  readonly id: RuleId;
  readonly level: Level;
  /** Of the rules with the same cause only the first that objects is told, in the order of index.ts. */
  readonly cause: 'reference' | 'digest' | 'spelling';
  /** Fixed words for SARIF and docs: what is wrong. */
  readonly title: string;
  /** Fixed words: why it matters. */
  readonly why: string;
  /** Fixed words: what to do. */
  readonly help: string;
  readonly judge: (subject: Subject, options: RuleOptions) => Judgement | undefined;
  /** Run by the tests, and shown in docs/rules. */
  readonly examples: readonly Example[];
}

/** A case of a rule: what it says of a reference, or that it has nothing to say. */
export interface Example {
  readonly name: string;
  readonly reference: string;
  readonly site?: Partial<ImageSite>;
  readonly options?: Partial<RuleOptions>;
  readonly facts?: ImageFacts;
  /** Part of the message; null when the rule has nothing to say. */
  readonly says: string | null;
  /** The digest or the text that the remedy writes. */
  readonly writes?: string;
}
