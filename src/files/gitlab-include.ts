import { UserError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import type { FormatOptions } from './site.ts';
import { entriesOf, itemsOf, keyOf, mapOf, scalarOf, textOf, valueOf } from './yaml-lookup.ts';
import { readYaml, type YamlMap, type YamlNode } from './yaml.ts';

/*
 * Files of the same project that a pipeline is made of (docs.gitlab.com/ci/yaml/includes): `include: local` of the
 * pipeline, and `trigger: include: local` of a job, whose pipeline gets the variables of this one. Of all that is
 * included one configuration is made: later files win over earlier ones, the including file over both.
 */

/** GitLab's own limit. */
const MAX_INCLUDES = 150;

/** Paths of files that a pipeline's text includes, those that patterns name among `files`. */
export function includedPaths(text: string, files: readonly string[]): readonly string[] {
  if (!text.includes('include')) return [];
  const roots = readYaml(text).documents.map(mapOf);
  const written = roots.flatMap((root) => (root === undefined ? [] : includesOf(root).concat(triggered(root))));
  return written.flatMap((path) => expandPath(path, files));
}

function includesOf(owner: YamlMap): readonly string[] {
  return localPaths(valueOf(owner, 'include'));
}

function triggered(root: YamlMap): readonly string[] {
  const triggers = entriesOf(root).map(({ value }) => mapOf(value));
  const maps = triggers.map((job) => (job === undefined ? undefined : mapOf(valueOf(job, 'trigger'))));
  return maps.flatMap((trigger) => (trigger === undefined ? [] : includesOf(trigger)));
}

/** What `include` names in the same project; names that hold variables are not known. */
function localPaths(include: YamlNode | undefined): readonly string[] {
  return [include, ...itemsOf(include)].slice(0, MAX_INCLUDES).flatMap((item) => {
    const map = mapOf(item);
    const path = textOf(map === undefined ? item : valueOf(map, 'local'))?.replace(/^\/+/, '') ?? '';
    return path === '' || /\$|:\/\/|(?:^|\/)\.\.(?:\/|$)/.test(path) ? [] : [path];
  });
}

/** What patterns gave for one list of files, and the work that may still be done on others. */
interface Matched {
  readonly known: Map<string, readonly string[]>;
  left: number;
}

const MATCHED = new WeakMap<readonly string[], Matched>();

/** Places of patterns that are compared with units of paths: some hundred patterns in a large repository. */
const MAX_STEPS = 10_000_000;

function expandPath(path: string, files: readonly string[]): readonly string[] {
  if (!path.includes('*')) return [path];
  const matched = MATCHED.get(files) ?? { known: new Map<string, readonly string[]>(), left: MAX_STEPS };
  MATCHED.set(files, matched);
  const before = matched.known.get(path);
  if (before !== undefined) return before;
  const matches = wildcardTest(path, (steps) => {
    matched.left -= steps;
    if (matched.left >= 0) return;
    const message = 'the pipelines include more patterns of files than can be followed';
    throw new UserError('limit', message, 'Leave the file out with the input exclude');
  });
  const found = files.filter((file) => /\.ya?ml$/.test(file) && matches(file));
  matched.known.set(path, found);
  return found;
}

/**
 * Whether a path is one that GitLab's wildcards name (gitlab-org/gitlab app/models/repository.rb): `*` is anything but
 * `/`, `**` is anything, `**` with a `/` behind it may be nothing as well; all else means itself. All places of the
 * pattern that the path so far can stand at are followed at once, so that no pattern is slow; `work` hears how many.
 */
export function wildcardTest(pattern: string, work: (steps: number) => void = () => {}): (path: string) => boolean {
  const items = pattern.match(/\*\*\/|\*\*|[^]/g) ?? [];
  const prefix = pattern.slice(0, pattern.indexOf('*'));
  const suffix = pattern.slice(pattern.lastIndexOf('*') + 1).replace(/^\//, '');
  // A place is an item, and whether a part of it is taken already.
  const start = (places: Set<number>, from: number): void => {
    for (let item = from; ; item++) {
      places.add(2 * item);
      if (items[item]?.startsWith('*') !== true) return;
    }
  };
  return (path) => {
    work(1);
    if (!path.startsWith(prefix) || !path.endsWith(suffix)) return false;
    let places = new Set<number>();
    start(places, 0);
    for (const unit of path) {
      work(places.size);
      const next = new Set<number>();
      for (const place of places) {
        const at = place >> 1;
        const item = items[at];
        if (item === '**/') {
          next.add(2 * at + 1);
          if (unit === '/') start(next, at + 1);
        } else if (item === '**' || (item === '*' && unit !== '/')) start(next, at);
        else if (item === unit) start(next, at + 1);
      }
      places = next;
    }
    return places.has(2 * items.length);
  };
}

/** A value of `variables`, and the file that it stands in. */
export interface SharedValue {
  readonly text: string;
  readonly path: string;
}

/** What a pipeline takes from one of its files. */
interface Part {
  readonly variables: ReadonlyMap<string, string>;
  readonly includes: readonly string[];
}

const PARTS = new WeakMap<FormatOptions['sibling'], Map<string, Part | undefined>>();
const POOLS = new WeakMap<FormatOptions['sibling'], Map<string, ReadonlyMap<string, SharedValue>>>();

/** The `variables` of what a file includes. */
export function includedVariables(root: YamlMap, options: FormatOptions): ReadonlyMap<string, SharedValue> {
  const pool: Pool = { values: new Map(), seen: new Set() };
  for (const path of includesOf(root)) {
    for (const inner of expandPath(path, options.files ?? [])) addPart(inner, options, pool);
  }
  return pool.values;
}

/** The `variables` of the pipeline that begins with a file, those of its includes among them. */
export function pipelineVariables(path: string, options: FormatOptions): ReadonlyMap<string, SharedValue> {
  const pools = POOLS.get(options.sibling) ?? new Map<string, ReadonlyMap<string, SharedValue>>();
  POOLS.set(options.sibling, pools);
  const before = pools.get(path);
  if (before !== undefined) return before;
  const pool: Pool = { values: new Map(), seen: new Set() };
  addPart(path, options, pool);
  pools.set(path, pool.values);
  return pool.values;
}

interface Pool {
  readonly values: Map<string, SharedValue>;
  readonly seen: Set<string>;
}

/** Adds what a file includes, then what it says itself, which wins. */
function addPart(path: string, options: FormatOptions, pool: Pool): void {
  if (pool.seen.size > MAX_INCLUDES || pool.seen.has(path)) return;
  pool.seen.add(path);
  const part = partOf(path, options);
  for (const inner of part?.includes ?? []) addPart(inner, options, pool);
  for (const [name, text] of part?.variables ?? []) pool.values.set(name, { text, path });
}

function partOf(path: string, { sibling, files = [] }: FormatOptions): Part | undefined {
  const parts = PARTS.get(sibling) ?? new Map<string, Part | undefined>();
  PARTS.set(sibling, parts);
  if (!parts.has(path)) {
    const text = sibling(path);
    const isPart = text !== undefined && /variables|include/.test(text) && text.length <= LIMITS.scannedFileBytes;
    parts.set(path, isPart ? readPart(text, files) : undefined);
  }
  return parts.get(path);
}

function readPart(text: string, files: readonly string[]): Part {
  const root = mapOf(readYaml(text).documents.at(-1));
  if (root === undefined) return { variables: new Map(), includes: [] };
  const includes = includesOf(root).flatMap((written) => expandPath(written, files));
  return { variables: plainVariables(mapOf(valueOf(root, 'variables'))), includes };
}

/** `NAME: value` and `NAME: {value: …}`, in the order of the file. */
function plainVariables(variables: YamlMap | undefined): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const entry of variables === undefined ? [] : entriesOf(variables)) {
    const detailed = mapOf(entry.value);
    const text = scalarOf(detailed === undefined ? entry.value : valueOf(detailed, 'value'))?.text;
    if (text !== undefined) values.set(keyOf(entry), text);
  }
  return values;
}
