import { itemsOf, keyOf, mapOf, resolveAlias, textOf, valueOf } from './yaml-lookup.ts';
import { spend, type YamlFile, type YamlMap, type YamlNode } from './yaml.ts';

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
  const matrix = mapOf(node);
  if (matrix === undefined) return { combinations: [new Map()], computed: true };
  const axes = matrix.entries.filter((entry) => !['include', 'exclude'].includes(keyOf(entry)));
  const lists = axes.filter(({ value }) => resolveAlias(value)?.kind === 'list');
  const include = valueOf(matrix, 'include');
  const computed = lists.length < axes.length || (include !== undefined && resolveAlias(include)?.kind !== 'list');
  let combinations: Combination[] = lists.length === 0 ? [] : [new Map()];
  for (const [index, entry] of lists.entries()) {
    combinations = product(combinations, keyOf(entry), itemsOf(entry.value));
    spend(file, combinations.length * (index + 1));
  }
  const excluded = entriesOf(valueOf(matrix, 'exclude'));
  const kept = combinations.filter((combination) => !excluded.some((entry) => matches(combination, entry)));
  return { combinations: includeEntries(kept, new Set(lists.map(keyOf)), entriesOf(include)), computed };
}

function product(combinations: readonly Combination[], key: string, values: readonly YamlNode[]): Combination[] {
  return combinations
    .flatMap((combination) => values.map((value) => new Map(combination).set(key, value)))
    .slice(0, MAX_COMBINATIONS);
}

function entriesOf(list: YamlNode | undefined): readonly Combination[] {
  const maps = itemsOf(list).map(mapOf);
  return maps
    .filter((map) => map !== undefined)
    .slice(0, MAX_COMBINATIONS)
    .map((map) => new Map(map.entries.map((entry) => [keyOf(entry), entry.value])));
}

function matches(combination: Combination, entry: Combination): boolean {
  return [...entry].every(([key, value]) => isSame(combination.get(key), value));
}

/** Whether two values are written alike; maps and lists are compared by identity only. */
function isSame(left: YamlNode | undefined, right: YamlNode): boolean {
  const [one, other] = [resolveAlias(left), resolveAlias(right)];
  return one === other || (textOf(one) !== undefined && textOf(one) === textOf(other));
}

/** An entry extends each combination whose values of the lists it does not change; if there is none, it is a job itself. */
function includeEntries(
  combinations: readonly Combination[],
  listKeys: ReadonlySet<string>,
  entries: readonly Combination[],
): readonly Combination[] {
  const extended = [...combinations];
  const added: Combination[] = [];
  for (const entry of entries) {
    const lists = [...entry].filter(([key]) => listKeys.has(key));
    let isUsed = false;
    for (const [index, combination] of combinations.entries()) {
      if (!matches(combination, new Map(lists))) continue;
      isUsed = true;
      extended[index] = new Map([...(extended[index] ?? combination), ...entry]);
    }
    if (!isUsed) added.push(entry);
  }
  return [...extended, ...added].slice(0, MAX_COMBINATIONS);
}
