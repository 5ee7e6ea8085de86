import { UserError } from '../core/errors.ts';
import type { FormatOptions } from './site.ts';
import { readYaml, type YamlFile } from './yaml.ts';

/*
 * Other files of the workspace that a file names: what they say decides what its own text means.
 */

type Sibling = FormatOptions['sibling'];

/** Text of other files that is parsed for all files of a scan: more is a repository that is made to take time. */
const MAX_UNITS = 16 * 1024 * 1024;
/** Text whose trees, which take some hundred times as much memory, are kept for others that name the same files. */
const MAX_KEPT = 512 * 1024;
/** No larger file is looked into. */
const MAX_FILE = MAX_KEPT;

interface Parsed {
  left: number;
  kept: number;
  readonly files: Map<string, YamlFile | undefined>;
}

const PARSED = new WeakMap<Sibling, Parsed>();

/** The YAML of another file; undefined when there is none or it cannot be read. */
export function siblingYaml(sibling: Sibling, path: string): YamlFile | undefined {
  const parsed = PARSED.get(sibling) ?? { left: MAX_UNITS, kept: 0, files: new Map<string, YamlFile | undefined>() };
  PARSED.set(sibling, parsed);
  if (parsed.files.has(path)) return parsed.files.get(path);
  const text = sibling(path);
  if (text === undefined || text.length > Math.min(MAX_FILE, parsed.left)) return undefined;
  if (parsed.kept + text.length > MAX_KEPT) {
    parsed.files.clear();
    parsed.kept = 0;
  }
  parsed.left -= text.length;
  parsed.kept += text.length;
  const yaml = readableYaml(text);
  parsed.files.set(path, yaml);
  return yaml;
}

/** The YAML of a text; undefined when it cannot be read. */
export function readableYaml(text: string): YamlFile | undefined {
  try {
    return readYaml(text);
  } catch (error) {
    // The scan tells why the file cannot be read.
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** The folder of a file, with its last slash; empty at the top of the workspace. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** The path below the workspace that a file in `folder` means by `name`; undefined outside of it. */
export function joinPath(folder: string, name: string): string | undefined {
  if (name.startsWith('/') || name.includes('://')) return undefined;
  const parts: string[] = [];
  for (const part of `${folder}/${name}`.split('/')) {
    if (part === '..' && parts.length === 0) return undefined;
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
