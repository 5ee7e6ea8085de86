import { placeOf, sliceText } from './mapped-text.ts';
import { itemsOf, keyOf, mapOf, mapScalar, resolveAlias, scalarOf, textOf, valueOf } from './yaml-lookup.ts';
import { readYaml, spend, type YamlFile, type YamlMap, type YamlNode } from './yaml.ts';

/** The values of one job of a matrix, by key. */
export type Combination = ReadonlyMap<string, YamlNode>;

/** What GitHub makes of a matrix at most (docs.github.com "Usage limits": 256 jobs). */
const MAX_COMBINATIONS = 256;

/** The matrix of a job: what its jobs have, and which keys are only known when it runs. */
export interface Matrix {
  readonly combinations: readonly Combination[];
  /** Whether the matrix, or a part of it, is an expression. */
  readonly computed: boolean;
}

/** A job without a matrix. */
export const NO_MATRIX: Matrix = { combinations: [new Map()], computed: false };

/**
 * The combinations of `strategy.matrix` (docs.github.com "Workflow syntax", jobs.<job_id>.strategy.matrix): the product
 * of the lists, without those that `exclude` matches, extended or joined by the entries of `include`.
 */
export function readMatrix(file: YamlFile, job: YamlMap): Matrix {
  const strategy = mapOf(valueOf(job, 'strategy'));
  const node = strategy === undefined ? undefined : valueOf(strategy, 'matrix');
  if (node === undefined) return NO_MATRIX;
  const matrix = mapOf(evaluated(file, node));
  if (matrix === undefined) return { combinations: [new Map()], computed: true };
  const entries = matrix.entries.map(({ key, value }) => ({ key, value: evaluated(file, value) ?? value }));
  const axes = entries.filter((entry) => !['include', 'exclude'].includes(keyOf(entry)));
  const lists = axes.filter(({ value }) => resolveAlias(value)?.kind === 'list');
  const include = entries.findLast((entry) => keyOf(entry) === 'include')?.value;
  const computed = lists.length < axes.length || (include !== undefined && resolveAlias(include)?.kind !== 'list');
  let combinations: Combination[] = lists.length === 0 ? [] : [new Map()];
  for (const [index, entry] of lists.entries()) {
    combinations = product(combinations, keyOf(entry), itemsOf(entry.value));
    spend(file, combinations.length * (index + 1));
  }
  const excluded = entriesOf(file, entries.findLast((entry) => keyOf(entry) === 'exclude')?.value);
  const kept = combinations.filter((combination) => !excluded.some((entry) => matches(file, combination, entry)));
  const included = entriesOf(file, include);
  return { combinations: includeEntries(file, kept, new Set(lists.map(keyOf)), included), computed };
}

function product(combinations: readonly Combination[], key: string, values: readonly YamlNode[]): Combination[] {
  return combinations
    .flatMap((combination) => values.map((value) => new Map(combination).set(key, value)))
    .slice(0, MAX_COMBINATIONS);
}

function entriesOf(file: YamlFile, list: YamlNode | undefined): readonly Combination[] {
  const maps = itemsOf(list).map(mapOf);
  return maps
    .filter((map) => map !== undefined)
    .slice(0, MAX_COMBINATIONS)
    .map((map) => {
      spend(file, map.entries.length);
      return new Map(map.entries.map((entry) => [keyOf(entry), entry.value]));
    });
}

/** So many comparisons are as much work as one place that is looked at. */
const COMPARISONS = 8;

function matches(file: YamlFile, combination: Combination, entry: Combination): boolean {
  spend(file, 1 / COMPARISONS);
  for (const [key, value] of entry) {
    spend(file, 1 / COMPARISONS);
    if (!isSame(combination.get(key), value)) return false;
  }
  return true;
}

/** Whether two values are written alike; maps and lists are compared by identity only. */
function isSame(left: YamlNode | undefined, right: YamlNode): boolean {
  const [one, other] = [resolveAlias(left), resolveAlias(right)];
  return one === other || (textOf(one) !== undefined && textOf(one) === textOf(other));
}

/** An entry extends each combination whose values of the lists it does not change; if there is none, it is a job itself. */
function includeEntries(
  file: YamlFile,
  combinations: readonly Combination[],
  listKeys: ReadonlySet<string>,
  entries: readonly Combination[],
): readonly Combination[] {
  const extended = combinations.map((combination) => new Map(combination));
  const added: Combination[] = [];
  for (const entry of entries) {
    const lists = new Map([...entry].filter(([key]) => listKeys.has(key)));
    let isUsed = false;
    for (const [index, combination] of combinations.entries()) {
      if (!matches(file, combination, lists)) continue;
      isUsed = true;
      spend(file, entry.size);
      for (const [key, value] of entry) extended[index]?.set(key, value);
    }
    if (!isUsed) added.push(entry);
  }
  return [...extended, ...added].slice(0, MAX_COMBINATIONS);
}

/** `${{ fromJSON('…') }}` with its JSON written out. */
const JSON_LITERAL = /^\s*\$\{\{\s*fromJSON\(\s*'((?:[^']|'')*)'\s*\)\s*\}\}\s*$/di;

/** The value that an expression with JSON in it gives, where the JSON stands in the file; otherwise the node itself. */
function evaluated(file: YamlFile, node: YamlNode): YamlNode | undefined {
  const scalar = scalarOf(node);
  const text = scalar === undefined || file.within !== undefined ? undefined : mapScalar(file, scalar);
  const [from, to] = (text === undefined ? null : JSON_LITERAL.exec(text.text))?.indices?.[1] ?? [0, 0];
  if (text === undefined || from === to) return node;
  const json = sliceText(text, from, to).text;
  const start = placeOf(text, from);
  // With escapes in it, or over several lines, it does not stand in the file as it is.
  if (json.includes("''") || !file.text.startsWith(json, start)) return node;
  spend(file, Math.ceil(json.length / 2));
  const [value] = readYaml(json).documents;
  return value === undefined ? node : moved(value, start);
}

/** The node as one that stands further behind. */
function moved(node: YamlNode, by: number): YamlNode {
  const range = { start: node.start + by, end: node.end + by };
  if (node.kind === 'list') return { ...node, ...range, items: node.items.map((item) => moved(item, by)) };
  if (node.kind !== 'map') return { ...node, ...range };
  return {
    ...node,
    ...range,
    entries: node.entries.map(({ key, value }) => ({ key: moved(key, by), value: moved(value, by) })),
  };
}
