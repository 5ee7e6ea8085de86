import { unknownIn } from './expansion.ts';
import { trimText } from './dockerfile-words.ts';
import {
  locateReference,
  NO_DECLARATIONS,
  overlongReference,
  unresolvedReference,
  withoutRewrite,
  type FoundReference,
} from './found-reference.ts';
import { mapText, placeOf, rangeOf, sliceText, type MappedText } from './mapped-text.ts';
import type { Range, SiteTrait } from './site.ts';
import { itemsOf, mapScalar, mapsIn, scalarOf, textOf, valueOf } from './yaml-lookup.ts';
import { unknownPieces } from './unknown-variables.ts';
import { misreadValue } from './yaml-value.ts';
import { spend, type YamlFile, type YamlNode, type YamlScalar } from './yaml.ts';

type Quote = '' | '"' | "'";

/** Where a range of the YAML stands in the file, which may hold the YAML as a text. */
export function placedRange({ within }: Pick<YamlFile, 'within'>, { start, end }: Range): Range {
  if (within === undefined) return { start, end };
  return start < end
    ? rangeOf(sliceText(within, start, end))
    : { start: placeOf(within, start), end: placeOf(within, end) };
}

/** A scalar with its quotes, as a key's value that is replaced as a whole. */
export function quotedRange(file: YamlFile, scalar: YamlScalar): Range & { readonly quote: Quote } {
  const { style } = scalar;
  return { ...placedRange(file, scalar), quote: style === 'double' ? '"' : style === 'single' ? "'" : '' };
}

/** The trait of a tag, or of a whole reference, that YAML reads as something that is no string. */
export function misreadTraits(
  scalar: YamlScalar | undefined,
  file: Pick<YamlFile, 'within'> = {},
): readonly SiteTrait[] {
  const value = scalar === undefined ? undefined : misreadValue(scalar);
  if (scalar === undefined || value === undefined) return [];
  return [{ kind: 'unquoted-tag', value, range: placedRange(file, scalar) }];
}

/** The text of a scalar without blanks around it: what stands in a block scalar ends with a line end. */
export function referenceText(file: YamlFile, scalar: YamlScalar): MappedText {
  return trimText(mapScalar(file, scalar));
}

/**
 * What `read` makes of the scalar that a node is; nothing when it is none or stands for nothing. A text that is too long
 * is told as such, unread.
 */
export function readScalar(
  file: YamlFile,
  node: YamlNode | undefined,
  read: (scalar: YamlScalar) => readonly FoundReference[],
): readonly FoundReference[] {
  spend(file);
  const scalar = scalarOf(node);
  if (scalar === undefined) return templateIn(file, node);
  const overlong = overlongScalar(file, scalar);
  return overlong === undefined ? read(scalar) : [overlong];
}

/** What a template fills in (`image: {{ image }}:{{ tag }}`) is a map in braces to YAML. */
function templateIn({ text, within }: YamlFile, node: YamlNode | undefined): readonly FoundReference[] {
  if (node?.kind !== 'map' || within !== undefined || !text.startsWith('{{', node.start)) return [];
  const [written = ''] = /^[^\r\n]*/.exec(text.slice(node.start, node.start + MAX_TEMPLATE)) ?? [];
  const line = mapText(written.replace(/\s#.*/, '').trimEnd(), node.start);
  const unknown = unknownIn(unknownPieces(line));
  return unknown === undefined ? [] : [unresolvedReference(line.text, rangeOf(line), unknown.why)];
}

/** More of a line is not shown. */
const MAX_TEMPLATE = 256;

/** A scalar that is too long to be a reference or a part of one, as what cannot be known; undefined for others. */
export function overlongScalar(file: YamlFile, scalar: YamlScalar | undefined): FoundReference | undefined {
  return scalar === undefined ? undefined : overlongReference(scalar.text, placedRange(file, scalar));
}

/** The reference that a whole node is; none when it is no scalar or stands for nothing. */
export function wholeReference(file: YamlFile, node: YamlNode | undefined): readonly FoundReference[] {
  return readScalar(file, node, (scalar) => literalReference(referenceText(file, scalar), misreadTraits(scalar, file)));
}

/** The reference that a text is, which stands in the file as it is; its range is without quotes. */
export function literalReference(text: MappedText, traits: readonly SiteTrait[] = []): readonly FoundReference[] {
  if (text.text === '') return [];
  const found = locateReference(unknownPieces(text), rangeOf(text), NO_DECLARATIONS);
  return [{ ...withoutBlanks(found), traits: [...found.traits, ...traits] }];
}

/** The same reference; not to be rewritten when it is more than one word, as that is none. */
export function withoutBlanks(found: FoundReference): FoundReference {
  return /\s/.test(found.reference) ? withoutRewrite(found, 'it is more than one word') : found;
}

/**
 * The values of the keys that the user named: a scalar or a list of them under the key itself, the value of an
 * environment variable of this name, and `--name=value` among arguments.
 */
export function namedReferences(file: YamlFile, keys: readonly string[]): readonly FoundReference[] {
  if (keys.length === 0) return [];
  const wanted = new Set(keys.map((key) => key.replace(/^--/, '')));
  const found: FoundReference[] = [];
  const add = (node: YamlNode | undefined) => found.push(...wholeReference(file, node));
  for (const map of file.documents.flatMap((document) => [...mapsIn(document)])) {
    for (const { key, value } of map.entries) {
      if (wanted.has(textOf(key) ?? '')) [value, ...itemsOf(value)].forEach(add);
      if (value.kind === 'list') found.push(...namedOptions(file, value.items, wanted));
    }
    if (wanted.has(textOf(valueOf(map, 'name')) ?? '')) add(valueOf(map, 'value'));
  }
  return found;
}

/** `--name=value`, or `--name` and the next item, in a list of arguments. */
function namedOptions(
  file: YamlFile,
  items: readonly YamlNode[],
  wanted: ReadonlySet<string>,
): readonly FoundReference[] {
  return items.flatMap((item, index) => {
    const option = /^--?([\w.-]+)(=?)/.exec(textOf(item) ?? '');
    if (option === null || !wanted.has(option[1] ?? '')) return [];
    if (option[2] === '') return wholeReference(file, items[index + 1]);
    return readScalar(file, item, (scalar) =>
      literalReference(sliceText(referenceText(file, scalar), option[0].length)),
    );
  });
}
