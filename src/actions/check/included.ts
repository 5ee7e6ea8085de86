import { FORMATS } from '../../files/index.ts';
import type { Format } from '../../files/site.ts';
import type { Workspace } from '../../ports/workspace.ts';
import type { Finder } from './finder.ts';
import type { Pace } from './pace.ts';

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
export async function includedFiles(
  listed: ReadonlySet<string>,
  workspace: Workspace,
  finder: Finder,
  pace: Pace,
): Promise<ReadonlyMap<string, Inclusion>> {
  const included = new Map<string, Inclusion>();
  for (const format of FORMATS.filter((one) => one.includes !== undefined)) {
    const named = [...listed].filter((path) => format.matches(path) === 'yes');
    // Files above others are looked into first: what they include has them in its chain, whatever its name.
    const open = named.toSorted((left, right) => depthOf(left) - depthOf(right)).slice(0, MAX_INCLUDING);
    const seen = new Set(open);
    // What is included goes to the end of the list that is walked: it may include others.
    for (const path of open) {
      if (pace.isDue()) await pace.rest();
      if (pace.isOver) break;
      const by = [path, ...(included.get(path)?.by ?? [])].slice(0, MAX_CHAIN);
      for (const inner of await includesOf(format, path, workspace, finder)) {
        if (!listed.has(inner) || included.has(inner) || by.includes(inner)) continue;
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

/** The scan tells why a file cannot be read. */
async function includesOf(
  { id }: Format,
  path: string,
  workspace: Workspace,
  finder: Finder,
): Promise<readonly string[]> {
  const source = workspace.read(path);
  if (source.kind === 'skipped') return [];
  const { text } = source;
  const found = await finder.find({ wants: 'includes', path, text, formats: [id], imageKeys: [] });
  return found.kind === 'found' ? found.includes : [];
}
