import { interpolate, type Environment } from './compose-variables.ts';
import { textOf as expandedText } from './expansion.ts';
import { folderOf, joinPath, siblingYaml } from './sibling.ts';
import type { FormatOptions } from './site.ts';
import { entriesOf, itemsOf, keyOf, mapOf, mapScalar, scalarOf, textOf, valueOf } from './yaml-lookup.ts';
import { spend, type YamlFile, type YamlMap, type YamlNode } from './yaml.ts';

/*
 * The services of a Compose file (compose-spec 05-services.md, 13-merge.md), with what they get from elsewhere: a service
 * that is built names its own image, wherever it says that it is built.
 */

/** Services by name; a file with errors has several of one name. */
type Services = readonly (readonly [string, YamlMap])[];

/** A Compose file, and the others that its services come from. */
export interface ComposeFile {
  readonly path: string;
  readonly yaml: YamlFile;
  readonly environment: Environment;
  readonly services: Services;
  readonly byName: ReadonlyMap<string, YamlMap>;
  readonly sibling: FormatOptions['sibling'];
  readonly others: Map<string, ComposeFile | undefined>;
  /** Text of others that may still be kept. */
  readonly room: { left: number };
  /** The file that is read, which everything is counted for. */
  readonly origin: YamlFile;
}

/** People extend services of a file or two. */
const MAX_OTHERS = 1024 * 1024;

/** A Compose file that is read for its images. */
export function composeFile(
  path: string,
  yaml: YamlFile,
  environment: Environment,
  sibling: FormatOptions['sibling'],
): ComposeFile {
  const room = { left: MAX_OTHERS };
  return { path, yaml, environment, ...servicesIn(yaml), sibling, others: new Map(), room, origin: yaml };
}

/** Keys of the top level that are no services of a version 1 file. */
const TOP_LEVEL: ReadonlySet<string> = new Set(
  'version name services networks volumes configs secrets include models'.split(' '),
);

function servicesIn({ documents }: YamlFile): Pick<ComposeFile, 'services' | 'byName'> {
  const services: [string, YamlMap][] = [];
  for (const root of documents.map(mapOf)) {
    for (const entry of root === undefined ? [] : serviceEntries(root)) {
      const service = mapOf(entry.value);
      if (service !== undefined) services.push([keyOf(entry), service]);
    }
  }
  return { services, byName: new Map(services) };
}

function serviceEntries(root: YamlMap): YamlMap['entries'] {
  const services = valueOf(root, 'services');
  if (services === undefined) return root.entries.filter(isVersionOneService);
  const map = mapOf(services);
  return map === undefined ? [] : entriesOf(map);
}

function isVersionOneService(entry: YamlMap['entries'][number]): boolean {
  const service = mapOf(entry.value);
  if (service === undefined || TOP_LEVEL.has(keyOf(entry)) || keyOf(entry).startsWith('x-')) return false;
  return valueOf(service, 'image') !== undefined || valueOf(service, 'build') !== undefined;
}

/** The value of a key that holds something; `!reset` takes away what another file says. */
export function presentValue(map: YamlMap, key: string): YamlNode | undefined {
  const value = valueOf(map, key);
  return value === undefined || isReset(value) || isEmpty(value) ? undefined : value;
}

function isReset(value: YamlNode): boolean {
  return value.kind !== 'alias' && value.tag === '!reset';
}

function isEmpty(value: YamlNode): boolean {
  return value.kind === 'scalar' && scalarOf(value) === undefined;
}

/** Whether the service is built. */
export function isBuilt(file: ComposeFile, name: string, service: YamlMap): boolean {
  return inherited({ file, name, service }, 'build', 0) !== undefined;
}

/** Whether the service's image is never pulled: it is built, or it has to be there. */
export function isLocal(file: ComposeFile, name: string, service: YamlMap): boolean {
  if (isBuilt(file, name, service)) return true;
  const policy = inherited({ file, name, service }, 'pull_policy', 0);
  return policy === 'never' || policy === 'build';
}

interface Service {
  readonly file: ComposeFile;
  readonly name: string;
  readonly service: YamlMap;
}

/** Services that extend services that extend services … */
const MAX_EXTENDED = 16;

/** The text of a value of the service, or of what it extends or overrides; empty for a collection. */
function inherited({ file, name, service }: Service, key: 'build' | 'pull_policy', depth: number): string | undefined {
  spend(file.origin);
  const value = valueOf(service, key);
  if (value !== undefined && isReset(value)) return undefined;
  if (value !== undefined && !isEmpty(value)) return interpolatedText(file, value);
  if (depth >= MAX_EXTENDED) return undefined;
  for (const base of [extendedService(file, service), overriddenService(file, name)]) {
    const found = base === undefined ? undefined : inherited(base, key, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function interpolatedText({ yaml, environment }: ComposeFile, value: YamlNode): string {
  const scalar = scalarOf(value);
  return scalar === undefined ? '' : expandedText(interpolate(mapScalar(yaml, scalar), environment));
}

/** `extends: name` or `extends: {service: name, file: path}`. */
function extendedService(file: ComposeFile, service: YamlMap): Service | undefined {
  const value = valueOf(service, 'extends');
  const map = mapOf(value);
  const name = textOf(map === undefined ? value : valueOf(map, 'service'));
  const path = map === undefined ? undefined : textOf(valueOf(map, 'file'));
  if (name === undefined) return undefined;
  return serviceOf(path === undefined ? file : otherFile(file, path), name);
}

/** Names of the contexts in `additional_contexts`: a map, or a list of `name=value`. */
export function contextNames(contexts: YamlNode | undefined): readonly string[] {
  return [
    ...(mapOf(contexts)?.entries.map(keyOf) ?? []),
    ...itemsOf(contexts).map((item) => textOf(item)?.split('=', 1)[0] ?? ''),
  ];
}

/** Files that Compose reads by itself, the second after the first, in its order (compose-go cli/options.go). */
export const DEFAULT_NAMES: readonly string[] = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
];
const OVERRIDE_NAMES = DEFAULT_NAMES.map((name) => name.replace('.', '.override.'));

/** The service of the same name that an override file is merged into. */
function overriddenService(file: ComposeFile, name: string): Service | undefined {
  return isNamed(file, OVERRIDE_NAMES) ? serviceOf(firstOf(file, DEFAULT_NAMES), name) : undefined;
}

/** Whether the override file beside the file builds the service: its image is pulled only without that file. */
export function isBuiltByOverride(file: ComposeFile, name: string): boolean {
  const service = isNamed(file, DEFAULT_NAMES) ? firstOf(file, OVERRIDE_NAMES)?.byName.get(name) : undefined;
  return service !== undefined && presentValue(service, 'build') !== undefined;
}

function isNamed({ path }: ComposeFile, names: readonly string[]): boolean {
  return names.includes(path.slice(folderOf(path).length));
}

function firstOf(file: ComposeFile, names: readonly string[]): ComposeFile | undefined {
  return names.map((name) => otherFile(file, name)).find((other) => other !== undefined);
}

function serviceOf(file: ComposeFile | undefined, name: string): Service | undefined {
  const service = file?.byName.get(name);
  return file === undefined || service === undefined ? undefined : { file, name, service };
}

/** What another file counts for: some thousands are looked for. */
const OTHER_FILE = 100;

function otherFile(file: ComposeFile, name: string): ComposeFile | undefined {
  const { sibling, others } = file;
  const path = joinPath(folderOf(file.path), name);
  if (path === undefined) return undefined;
  if (!others.has(path)) {
    spend(file.origin, OTHER_FILE);
    const yaml = siblingYaml(sibling, path);
    file.room.left -= yaml?.text.length ?? 0;
    const isKnown = yaml !== undefined && file.room.left >= 0;
    others.set(path, isKnown ? { ...file, path, yaml, ...servicesIn(yaml) } : undefined);
  }
  return others.get(path);
}

/** Paths of the files that a Compose file includes, or whose services it extends (14-include.md). */
export function includedPaths(yaml: YamlFile, path: string): readonly string[] {
  const names: (YamlNode | undefined)[] = servicesIn(yaml).services.map(([, service]) => {
    const map = mapOf(valueOf(service, 'extends'));
    return map === undefined ? undefined : valueOf(map, 'file');
  });
  for (const root of yaml.documents.map(mapOf)) {
    for (const item of root === undefined ? [] : itemsOf(valueOf(root, 'include'))) {
      const paths = mapOf(item);
      const value = paths === undefined ? item : valueOf(paths, 'path');
      // A list that many entries name by an alias is one in the file.
      spend(yaml, itemsOf(value).length);
      names.push(value, ...itemsOf(value));
    }
  }
  return names.flatMap((node) => {
    const name = textOf(node);
    return name === undefined ? [] : (joinPath(folderOf(path), name) ?? []);
  });
}
