import { UserError } from '../core/errors.ts';
import { joinPieces, mapText, piecesOf, placeOf, sliceText, type MappedText } from './mapped-text.ts';
import { scalarPieces } from './yaml-scalar.ts';
import type { YamlEntry, YamlFile, YamlList, YamlMap, YamlNode, YamlScalar } from './yaml.ts';

/** More maps than these are not merged into one: people write a handful. */
const MAX_MERGED = 100;

/** What a node or an alias stands for. */
export function resolveAlias(node: YamlNode | undefined): YamlMap | YamlList | YamlScalar | undefined {
  let target = node;
  while (target?.kind === 'alias') ({ target } = target);
  return target;
}

/** The map that a node is, if it is one. */
export function mapOf(node: YamlNode | undefined): YamlMap | undefined {
  const target = resolveAlias(node);
  return target?.kind === 'map' ? target : undefined;
}

/** The items of the list that a node is; none when it is something else. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  const target = resolveAlias(node);
  return target?.kind === 'list' ? target.items : [];
}

/** The scalar that a node is, if it is one and stands for something. */
export function scalarOf(node: YamlNode | undefined): YamlScalar | undefined {
  const target = resolveAlias(node);
  return target?.kind === 'scalar' && !isNull(target) ? target : undefined;
}

/** The same, also for one that stands for nothing: its text is empty then. */
export function scalarOrEmpty(node: YamlNode | undefined): YamlScalar | undefined {
  const target = resolveAlias(node);
  if (target?.kind !== 'scalar') return undefined;
  return isNull(target) ? { ...target, text: '' } : target;
}

/** The text of the scalar that a node is. */
export function textOf(node: YamlNode | undefined): string | undefined {
  return scalarOf(node)?.text;
}

/** Whether a scalar stands for nothing (YAML 1.2.2, 10.3.2). */
function isNull(scalar: YamlScalar): boolean {
  return scalar.style === 'plain' && scalar.tag !== '!!str' && /^(?:|~|null|Null|NULL)$/.test(scalar.text);
}

/** The text of an entry's key. */
export function keyOf({ key }: YamlEntry): string {
  return textOf(key) ?? '';
}

/** The value of a key: of the map itself, else of the maps that `<<` merges into it. */
export function valueOf(map: YamlMap, key: string): YamlNode | undefined {
  return findValue(map, key, 0);
}

/** What merged maps give for a key: many maps may merge the same one, which may merge others. */
const MERGED_VALUES = new WeakMap<YamlMap, Map<string, YamlNode | undefined>>();

function findValue(map: YamlMap, key: string, depth: number): YamlNode | undefined {
  if (depth > MAX_MERGED) throw tooManyMerges();
  const own = map.entries.findLast((entry) => keyOf(entry) === key);
  if (own !== undefined) return own.value;
  for (const merged of mergedInto(map)) {
    const values = MERGED_VALUES.get(merged) ?? new Map<string, YamlNode | undefined>();
    if (!values.has(key)) {
      MERGED_VALUES.set(merged, values);
      values.set(key, findValue(merged, key, depth + 1));
    }
    const value = values.get(key);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The entries of a map and of the maps merged into it, each key once. */
export function entriesOf(map: YamlMap): readonly YamlEntry[] {
  if (!map.entries.some((entry) => keyOf(entry) === '<<')) return map.entries;
  const entries = new Map<string, YamlEntry>();
  const seen = new Set<YamlMap>();
  const add = (from: YamlMap) => {
    if (seen.has(from)) return;
    seen.add(from);
    if (seen.size > MAX_MERGED) throw tooManyMerges();
    for (const entry of from.entries) {
      const key = keyOf(entry);
      if (key !== '<<' && !entries.has(key)) entries.set(key, entry);
    }
    mergedInto(from).forEach(add);
  };
  add(map);
  return [...entries.values()];
}

/** The maps of `<<`: one, or a list of which the first that has a key wins (yaml.org/type/merge.html). */
function mergedInto(map: YamlMap): readonly YamlMap[] {
  const maps: (YamlMap | undefined)[] = [];
  for (const entry of map.entries) {
    if (keyOf(entry) === '<<') maps.push(mapOf(entry.value), ...itemsOf(entry.value).map(mapOf));
  }
  if (maps.length > MAX_MERGED) throw tooManyMerges();
  return maps.filter((merged) => merged !== undefined);
}

function tooManyMerges(): UserError {
  const message = `a map of the file merges more than ${MAX_MERGED} others with <<`;
  return new UserError('limit', message, 'Leave the file out with the input exclude');
}

/** Every map below a node, outer ones first, each once where it is written: aliases are not followed. */
export function* mapsIn(node: YamlNode): Generator<YamlMap> {
  if (node.kind === 'list') for (const item of node.items) yield* mapsIn(item);
  if (node.kind !== 'map') return;
  yield node;
  for (const { value } of node.entries) yield* mapsIn(value);
}

/** The text of a scalar, with the places of the file that it comes from. */
export function mapScalar(file: YamlFile, scalar: YamlScalar): MappedText {
  const { within } = file;
  const isWritten = file.text.startsWith(scalar.text, scalar.start) && scalar.style === 'plain';
  if (isWritten && within === undefined) return mapText(scalar.text, scalar.start);
  const pieces = scalarPieces(file.text, scalar);
  if (within === undefined) return joinPieces(pieces);
  return joinPieces(
    pieces.flatMap(({ text, start }) => {
      const outer = sliceText(within, start, start + text.length);
      return outer.text === text ? piecesOf(outer) : [{ text, start: placeOf(within, start) }];
    }),
  );
}
