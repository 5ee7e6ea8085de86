import { readDigest, type Digest } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import { readPlatform, samePlatform } from '../core/platform.ts';
import { parseReference, type Reference } from '../core/reference.ts';
import type { ImageSite, SiteTrait } from '../files/site.ts';
import { variableEnd } from '../files/unknown-variables.ts';
import type { ImageFacts } from './facts.ts';

/** A site as the rules see it: its reference taken apart, with what is known of it. */
export interface Subject {
  readonly site: ImageSite;
  readonly parts: ReferenceParts;
  /** The reference, when it is one; a digest that is none is left out of it. */
  readonly reference?: Reference;
  /** What is wrong with the reference apart from its digest. */
  readonly error?: UserError;
  readonly facts: ImageFacts;
}

/** The parts of a reference's text. `unknown` is a part that depends on a variable. */
export interface ReferenceParts {
  readonly tag: Part;
  /** What stands behind `@`. */
  readonly digest: Part;
  /** The digest, when what stands behind `@` is one. */
  readonly validDigest?: Digest;
  /** Whether the last component of the name is known. */
  readonly nameKnown: boolean;
}

type Part = { readonly kind: 'none' } | { readonly kind: 'unknown' } | { readonly kind: 'text'; readonly text: string };

const NONE: Part = { kind: 'none' };
const HOLE = '\u0000';

/** Takes a site apart; facts come from the registry later. */
export function subjectOf(site: ImageSite, facts: ImageFacts = {}): Subject {
  const isUnknown = site.unresolved !== undefined || traitOf(site, 'name-unknown') !== undefined;
  const parts = partsOf(site.reference, isUnknown);
  if (isUnknown) return { site, parts, facts, ...unread(site) };
  const read = readReference(withoutBadDigest(site.reference, parts));
  return { site, parts, facts, ...read };
}

/** A text that is too long to be read is listed among what was skipped, as everything beyond a limit. */
function unread({ reference, unresolved }: ImageSite): { error?: UserError } {
  if (unresolved === undefined || !reference.endsWith('…')) return {};
  return { error: new UserError('limit', `the reference is not read: ${unresolved}`, 'Write the reference out') };
}

/** The subject with what a registry said of it; of a tag that stands elsewhere nobody asked. */
export function withFacts(subject: Subject, facts: ImageFacts): Subject {
  return isTaggedElsewhere(subject.site) ? subject : { ...subject, facts };
}

/** Whether the tag that is pulled stands elsewhere. */
export function isTaggedElsewhere(site: ImageSite): boolean {
  return traitOf(site, 'tag-elsewhere') !== undefined || traitOf(site, 'replaced') !== undefined;
}

function readReference(text: string): { reference: Reference } | { error: UserError } {
  try {
    return { reference: parseReference(text) };
  } catch (error) {
    if (error instanceof UserError) return { error };
    throw error;
  }
}

function withoutBadDigest(text: string, parts: ReferenceParts): string {
  return parts.digest.kind === 'text' && parts.validDigest === undefined ? text.slice(0, text.indexOf('@')) : text;
}

function partsOf(text: string, mayHoldVariables: boolean): ReferenceParts {
  const masked = mayHoldVariables ? maskVariables(text) : text;
  const at = masked.indexOf('@');
  const named = at < 0 ? masked : masked.slice(0, at);
  const last = named.slice(named.lastIndexOf('/') + 1);
  const colon = last.indexOf(':');
  const digest = at < 0 ? NONE : partOf(masked.slice(at + 1));
  const validDigest = digest.kind === 'text' ? readDigest(digest.text) : undefined;
  return {
    tag: colon < 0 ? NONE : partOf(last.slice(colon + 1)),
    digest,
    ...(validDigest === undefined ? {} : { validDigest }),
    nameKnown: !(colon < 0 ? last : last.slice(0, colon)).includes(HOLE),
  };
}

function partOf(text: string): Part {
  return text.includes(HOLE) ? { kind: 'unknown' } : { kind: 'text', text };
}

/** The text with each variable or template as one hole, and what is left out of a text that is too long. */
function maskVariables(text: string): string {
  let masked = '';
  for (let at = 0; at < text.length;) {
    const end = variableEnd(text, at);
    masked += end === undefined && text[at] !== '…' ? (text[at] ?? '') : HOLE;
    at = end ?? at + 1;
  }
  return masked;
}

/** The trait of this kind, when the site has it. */
export function traitOf<K extends SiteTrait['kind']>(
  site: ImageSite,
  kind: K,
): Extract<SiteTrait, { kind: K }> | undefined {
  return site.traits.find((trait): trait is Extract<SiteTrait, { kind: K }> => trait.kind === kind);
}

/** Where no tag or digest is missed: a build cache moves with every build, and what is replaced is never pulled. */
export function missesNothing(site: ImageSite): boolean {
  return traitOf(site, 'build-cache') !== undefined || traitOf(site, 'replaced') !== undefined;
}

/** Whether the digest is the manifest of the very platform that is named beside the image: somebody meant it so. */
export function isPlatformMeant({ site, facts }: Subject): boolean {
  const meant = traitOf(site, 'one-platform');
  if (meant === undefined || facts.pin?.kind !== 'child') return false;
  const [named, pinned] = [readPlatform(meant.platform), readPlatform(facts.pin.platform)];
  return named !== undefined && pinned !== undefined && samePlatform(named, pinned);
}
