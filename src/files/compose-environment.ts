import { readEnvironment, type Environment } from './compose-variables.ts';
import { folderOf, joinPath, siblingYaml } from './sibling.ts';
import type { FormatOptions } from './site.ts';
import { itemsOf, mapOf, textOf, valueOf } from './yaml-lookup.ts';
import type { YamlFile, YamlMap, YamlNode } from './yaml.ts';

/*
 * Where the variables of a Compose file come from (compose-spec 14-include.md; compose-go loader/include.go): from `.env`
 * in its project's folder. For a file that is included `env_file` names others, and what the including file has wins.
 * `env_file` of a service is for its container alone.
 */

/** Including files above one another whose variables count: people use one. */
const MAX_ABOVE = 8;
/** Files that one entry of `include` names, and files with variables for them: people name two. */
const MAX_NAMED = 10;

/** The variables of the file in `path`. */
export function environmentOf(path: string, { sibling, includedBy = [] }: FormatOptions): Environment {
  const chain = [path, ...includedBy.slice(0, MAX_ABOVE)];
  return chain.reduceRight<Environment>((above, file, index) => {
    const texts = variableFiles(file, chain[index + 1], sibling).map((name) => sibling(name) ?? '');
    return new Map([...readEnvironment(texts.join('\n')), ...above]);
  }, new Map());
}

/** The files with the variables of a file that another one includes, or that nobody does. */
function variableFiles(path: string, by: string | undefined, sibling: FormatOptions['sibling']): readonly string[] {
  const yaml = by === undefined ? undefined : siblingYaml(sibling, by);
  const entry = by === undefined || yaml === undefined ? undefined : entriesOfInclude(yaml, by).get(path);
  if (by === undefined || entry === undefined) return [`${folderOf(path)}.env`];
  const named = valueOf(entry, 'env_file');
  if (named !== undefined) return pathsOf(named, by);
  const [first = path] = pathsOf(valueOf(entry, 'path'), by);
  const [project = folderOf(first)] = pathsOf(valueOf(entry, 'project_directory'), by);
  return [joinPath(project, '.env') ?? ''];
}

const ENTRIES = new WeakMap<YamlFile, ReadonlyMap<string, YamlMap>>();

/** The entries of `include` that are more than a path, by the paths that they name. */
function entriesOfInclude(yaml: YamlFile, file: string): ReadonlyMap<string, YamlMap> {
  const known = ENTRIES.get(yaml);
  if (known !== undefined) return known;
  const entries = new Map<string, YamlMap>();
  const root = mapOf(yaml.documents[0]);
  for (const entry of root === undefined ? [] : itemsOf(valueOf(root, 'include')).map(mapOf)) {
    const paths = entry === undefined ? [] : pathsOf(valueOf(entry, 'path'), file);
    for (const path of paths) if (entry !== undefined && !entries.has(path)) entries.set(path, entry);
  }
  ENTRIES.set(yaml, entries);
  return entries;
}

/** The path, or paths, that a node in `file` names. */
function pathsOf(node: YamlNode | undefined, file: string): readonly string[] {
  return [node, ...itemsOf(node).slice(0, MAX_NAMED)].flatMap((one) => {
    const name = textOf(one);
    return name === undefined ? [] : (joinPath(folderOf(file), name) ?? []);
  });
}
