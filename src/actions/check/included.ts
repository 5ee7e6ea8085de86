import { UserError } from '../../core/errors.ts';
import { FORMATS } from '../../files/index.ts';
import type { Format } from '../../files/site.ts';
import type { Workspace } from '../../ports/workspace.ts';

/** More files than these are not looked into for what they include. */
const MAX_INCLUDING = 1000;

/** Files above a file that are known: GitLab allows 100 levels, people use two. */
const MAX_CHAIN = 100;

/** What a file is by being included: a part of files of this format, the including one first. */
export interface Inclusion {
  readonly format: Format;
  readonly by: readonly string[];
}

/** The files that others include as parts of themselves, with the format that they have by that, whatever their names. */
export function includedFiles(listed: readonly string[], workspace: Workspace): ReadonlyMap<string, Inclusion> {
  const all = new Set(listed);
  const included = new Map<string, Inclusion>();
  for (const format of FORMATS.filter((one) => one.includes !== undefined)) {
    const named = listed.filter((path) => format.matches(path) === 'yes');
    // Files above others are looked into first: what they include has them in its chain, whatever its name.
    const open = named.toSorted((left, right) => depthOf(left) - depthOf(right)).slice(0, MAX_INCLUDING);
    const seen = new Set(open);
    // What is included goes to the end of the list that is walked: it may include others.
    for (const path of open) {
      const by = [path, ...(included.get(path)?.by ?? [])].slice(0, MAX_CHAIN);
      for (const inner of includesOf(format, path, workspace, listed)) {
        if (!all.has(inner) || included.has(inner) || by.includes(inner)) continue;
        if (!seen.has(inner) && seen.size >= MAX_INCLUDING) continue;
        included.set(inner, { format, by });
        if (!seen.has(inner)) open.push(inner);
        seen.add(inner);
      }
    }
  }
  return included;
}

function depthOf(path: string): number {
  return path.split('/').length;
}

function includesOf(format: Format, path: string, workspace: Workspace, listed: readonly string[]): readonly string[] {
  const source = workspace.read(path);
  if (source.kind === 'skipped') return [];
  try {
    return format.includes?.({ path, text: source.text }, listed) ?? [];
  } catch (error) {
    // The scan tells why a file cannot be read.
    if (error instanceof UserError) return [];
    throw error;
  }
}
