import { unknownIn } from './expansion.ts';
import {
  locateReference,
  NO_DECLARATIONS,
  overlongReference,
  withoutRewrite,
  type FoundReference,
} from './found-reference.ts';
import { mapText, rangeOf } from './mapped-text.ts';
import type { Placement, Range, SiteTrait } from './site.ts';
import { unknownPieces } from './unknown-variables.ts';
import { keyOf } from './yaml-lookup.ts';
import { placedRange, quotedRange, referenceText, withoutBlanks } from './yaml-site.ts';
import { spend, type YamlFile, type YamlMap, type YamlScalar } from './yaml.ts';

/** A reference whose parts stand under keys of their own. */
export interface ReferenceKeys {
  readonly map: YamlMap;
  /** Text of the name, with its registry. */
  readonly name: string;
  /** The scalars of the name (the last part of it), of the tag and of the digest; empty ones as well. */
  readonly nameScalar: YamlScalar;
  readonly tag?: YamlScalar;
  readonly digest?: YamlScalar;
  readonly traits: readonly SiteTrait[];
}

/**
 * The reference with its place: the tag's, else the digest's, else the name's. `insertsDigest`: whether a `digest`
 * key may be added where there is none.
 */
export function keyedReference(file: YamlFile, keys: ReferenceKeys, insertsDigest: boolean): FoundReference {
  const { name, nameScalar, tag, digest, traits } = keys;
  const tagText = tag?.text.trim() ?? '';
  const digestText = digest?.text.trim() ?? '';
  const identifiers = (tagText === '' ? '' : `:${tagText}`) + (digestText === '' ? '' : `@${digestText}`);
  const parts = [tag, digestText === '' ? undefined : digest, nameScalar].filter((scalar) => scalar !== undefined);
  const shown = innerRange(file, parts.find((scalar) => isOwn(keys.map, scalar)) ?? tag ?? nameScalar);
  const reference = name + identifiers;
  spend(file, 1 + Math.floor(reference.length / 256));
  const overlong = overlongReference(reference, shown);
  if (overlong !== undefined) return overlong;
  const pieces = unknownPieces(mapText(reference));
  if (unknownIn(pieces) !== undefined) {
    const found = locateReference(pieces, shown, NO_DECLARATIONS);
    return { ...found, traits: [...found.traits, ...traits] };
  }
  const placement = placementOf(file, keys, insertsDigest);
  const elsewhere = parts.map((scalar) => innerRange(file, scalar).start);
  return withoutBlanks({ range: shown, shown, prefix: '', reference, elsewhere, placement, traits });
}

/** Whether a scalar stands in the map: what an alias or a merged map gives stands in another one. */
function isOwn(map: YamlMap, { start, end }: YamlScalar): boolean {
  return start >= map.start && end <= map.end;
}

/** A scalar's text in the file, without its quotes or its indentation. */
function innerRange(file: YamlFile, scalar: YamlScalar): Range {
  const { start, end, style, text } = scalar;
  if ((style === 'literal' || style === 'folded') && text.trim() !== '') return rangeOf(referenceText(file, scalar));
  return placedRange(
    file,
    style === 'single' || style === 'double' ? { start: start + 1, end: end - 1 } : { start, end },
  );
}

/**
 * The same references; those whose fix would change another one as well, because an alias or a merged map shares what
 * is written, are not to be rewritten.
 */
export function withoutShared(found: readonly FoundReference[]): readonly FoundReference[] {
  const references = new Map<number, Set<string>>();
  for (const one of found) {
    const place = editedAt(one.placement);
    if (place !== undefined) references.set(place, (references.get(place) ?? new Set()).add(one.reference));
  }
  return found.map((one) => {
    const place = editedAt(one.placement);
    const isShared = place !== undefined && (references.get(place)?.size ?? 0) > 1;
    return isShared ? withoutRewrite(one, 'other images share what is written there') : one;
  });
}

function editedAt(placement: Placement): number | undefined {
  if (placement.kind === 'value') return placement.range.start;
  if (placement.kind === 'none') return undefined;
  return placement.digest?.start ?? placement.insertDigest?.at ?? placement.tag?.start;
}

function placementOf(
  file: YamlFile,
  { map, nameScalar, tag, digest }: ReferenceKeys,
  insertsDigest: boolean,
): Placement {
  const parts = [nameScalar, tag, digest].filter((scalar) => scalar !== undefined);
  if (!parts.every((scalar) => isOnOneLine(file.text, scalar) && isInOnePlace(file, scalar))) {
    return { kind: 'none', why: 'its parts are not written on one line each' };
  }
  // Another key of the same name would not count, or would not be read.
  if (digest === undefined && map.entries.some((entry) => keyOf(entry) === 'digest')) {
    return { kind: 'none', why: 'its digest is no text' };
  }
  // A tag that is left out, as `null` or with nothing behind its key, is no text that a digest can follow.
  const hasTag = tag !== undefined && tag.text !== '';
  const keys = { kind: 'keys', ...(hasTag ? { tag: quotedRange(file, tag) } : {}) } as const;
  // Behind a key without a value there may be no blank yet.
  if (digest !== undefined && digest.end === digest.start) {
    return { ...keys, insertDigest: { at: placedRange(file, digest).start, before: ' ', after: '' } };
  }
  if (digest !== undefined) return { ...keys, digest: quotedRange(file, digest) };
  const behind = [...(hasTag ? [tag] : []), nameScalar].find((scalar) => isOwn(map, scalar));
  if (!insertsDigest || behind === undefined || file.within !== undefined) return keys;
  // In a file with errors something else may follow, which would end up behind the new key.
  if (!/^[ \t]*(?:[,}#\r\n]|$)/.test(file.text.slice(behind.end, behind.end + 256))) return keys;
  return { ...keys, insertDigest: newDigestKey(file.text, map, behind) };
}

/** Whether a scalar is complete on its line: in a file with errors a quote may be open. */
function isOnOneLine(text: string, { style, start, end }: YamlScalar): boolean {
  if (style === 'literal' || style === 'folded' || text.slice(start, end).includes('\n')) return false;
  return style === 'plain' || (end - start > 1 && text[end - 1] === text[start]);
}

/** Whether a scalar of YAML in a text stands in the file unit for unit, not with escapes or over several lines. */
function isInOnePlace(file: YamlFile, scalar: YamlScalar): boolean {
  const { start, end } = placedRange(file, scalar);
  return end - start === scalar.end - scalar.start;
}

/** A `digest` key of its own behind the value of another: on a new line, or behind a comma in braces. */
function newDigestKey(
  text: string,
  map: YamlMap,
  behind: YamlScalar,
): { readonly at: number; readonly before: string; readonly after: string } {
  if (map.flow) {
    const quote = text[map.entries[0]?.key.start ?? -1] === '"' ? '"' : '';
    return { at: behind.end, before: `, ${quote}digest${quote}: ${quote}`, after: quote };
  }
  const newline = text.indexOf('\n', behind.end);
  const lineEnd = newline < 0 ? text.length : newline;
  const isCrLf = newline > 0 && text[newline - 1] === '\r';
  const eol = isCrLf || (newline < 0 && text.includes('\r\n')) ? '\r\n' : '\n';
  return { at: isCrLf ? lineEnd - 1 : lineEnd, before: `${eol}${' '.repeat(map.column)}digest: `, after: '' };
}
