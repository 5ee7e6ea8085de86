import type { Digest } from '../core/digest.ts';
import type { Edit, ImageSite, Placement, Range } from './site.ts';

/** What a site is pinned to: its digest, and another tag where the tag is to change as well. */
export interface Pin {
  readonly tag?: string;
  readonly digest: Digest;
}

/**
 * The text with all edits made and everything else untouched. The same edit given twice (two sites that share an ARG)
 * is made once.
 * @throws RangeError when edits overlap or lie outside of the text: that is a bug of the caller, never a user's.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let done = 0;
  let last: Edit | undefined;
  for (const edit of edits.toSorted((left, right) => left.start - right.start || left.end - right.end)) {
    if (last !== undefined && sameEdit(last, edit)) continue;
    const sameInsertion = last !== undefined && last.start === edit.start && last.end === edit.end;
    if (edit.start < done || edit.end < edit.start || edit.end > text.length || sameInsertion) {
      throw new RangeError(`edit of ${edit.start}-${edit.end} does not fit behind ${done} of ${text.length}`);
    }
    parts.push(text.slice(done, edit.start), edit.text);
    done = edit.end;
    last = edit;
  }
  parts.push(text.slice(done));
  return parts.join('');
}

function sameEdit(left: Edit, right: Edit): boolean {
  return left.start === right.start && left.end === right.end && left.text === right.text;
}

/**
 * The edits that pin a site to `name:tag@digest`: none when it already stands there, undefined when the site cannot
 * be rewritten (its placement says why, or the part that would change stands elsewhere). `text` is the file's text that
 * the site was found in.
 */
export function pinSite(site: ImageSite, text: string, pin: Pin): readonly Edit[] | undefined {
  if (site.unresolved !== undefined) return undefined;
  const { placement } = site;
  switch (placement.kind) {
    case 'none':
      return undefined;
    case 'value':
      return pinValue(site.reference, placement, text, pin);
    case 'keys':
      return pinKeys(site, placement, text, pin);
    default:
      return placement satisfies never;
  }
}

/** The reference with this digest, and with this tag instead of its own; its name as it is written. */
export function pinnedText(reference: string, pin: Pin): string {
  const { name, tag } = splitIdentifiers(reference);
  const wanted = pin.tag ?? tag;
  return `${name}${wanted === undefined ? '' : `:${wanted}`}@${pin.digest}`;
}

/** Name, tag and digest of a reference as they are written, valid or not: a port is no tag. */
export function splitIdentifiers(reference: string): {
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
} {
  const at = reference.indexOf('@');
  const named = at < 0 ? reference : reference.slice(0, at);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  return {
    name: colon < 0 ? named : named.slice(0, colon),
    ...(colon < 0 ? {} : { tag: named.slice(colon + 1) }),
    ...(at < 0 ? {} : { digest: reference.slice(at + 1) }),
  };
}

type ValuePlacement = Extract<Placement, { kind: 'value' }>;
type KeysPlacement = Extract<Placement, { kind: 'keys' }>;

function pinValue(reference: string, placement: ValuePlacement, text: string, pin: Pin): readonly Edit[] | undefined {
  const { range, prefix, quote } = placement;
  const present = text.slice(range.start, range.end);
  // Only inside quotes may the text be another than the value (escapes); elsewhere it is not the file that was read.
  if (quote === '' && prefix + present !== reference) return undefined;
  const pinned = pinnedText(reference, pin);
  if (!pinned.startsWith(prefix)) return undefined;
  return changes(text, [{ start: range.start, end: range.end, text: pinned.slice(prefix.length) }]);
}

function pinKeys(site: ImageSite, placement: KeysPlacement, text: string, pin: Pin): readonly Edit[] | undefined {
  const { tag, digest, insertDigest } = placement;
  const written = tag === undefined ? undefined : unquoted(text, tag);
  const wantedTag = pin.tag ?? written?.split('@')[0];
  if (pin.tag !== undefined && tag === undefined) return undefined;
  const edits: Edit[] = [];
  // A digest that stands in the tag is written there again, unless the key has one as well.
  const isInTag = written?.includes('@') === true && site.reference.endsWith(`:${written}`);
  if (isInTag) return tagWithDigest(text, tag, wantedTag, pin);
  if (digest !== undefined) edits.push(quotedEdit(digest, pin.digest));
  else if (insertDigest !== undefined) {
    const { at, before, after } = insertDigest;
    edits.push({ start: at, end: at, text: before + pin.digest + after });
  } else return tagWithDigest(text, tag, wantedTag, pin);
  // The quotes and a new key may meet at the end of the tag, so that two fixes could not be made together.
  const isMisread = site.traits.some(({ kind }) => kind === 'unquoted-tag');
  if (tag !== undefined && wantedTag !== undefined && (wantedTag !== written || isMisread)) {
    edits.push(quotedEdit(tag, wantedTag));
  }
  return changes(text, edits);
}

function tagWithDigest(
  text: string,
  range: Quoted | undefined,
  tag: string | undefined,
  { digest }: Pin,
): readonly Edit[] | undefined {
  if (range === undefined || tag === undefined || tag === '') return undefined;
  return changes(text, [quotedEdit(range, `${tag}@${digest}`)]);
}

type Quoted = Range & { readonly quote: '' | '"' | "'" };

/** The value in its quotes; a plain one gets quotes when YAML would read something else than a string. */
function quotedEdit(range: Quoted, value: string): Edit {
  const quote = range.quote === '' && !isPlainString(value) ? '"' : range.quote;
  return { start: range.start, end: range.end, text: quote + value + quote };
}

function unquoted(text: string, { start, end, quote }: Quoted): string {
  return text.slice(start + quote.length, end - quote.length);
}

/** Whether YAML 1.1 and 1.2 both read a tag or digest as a string without quotes, decided on the safe side. */
function isPlainString(value: string): boolean {
  if (/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value)) return false;
  return /^[a-z]/i.test(value) || value.includes('@');
}

/** Without the edits that change nothing. */
function changes(text: string, edits: readonly Edit[]): readonly Edit[] {
  return edits.filter((edit) => text.slice(edit.start, edit.end) !== edit.text);
}
