import { UserError } from '../../core/errors.ts';
import { FORMATS } from '../../files/index.ts';
import type { Format } from '../../files/site.ts';
import type { Workspace } from '../../ports/workspace.ts';

/** More files than these are not looked into for what they include. */
const MAX_INCLUDING = 1000;

/** The files that others include as parts of themselves, with the format that they have by that, whatever their names. */
export function includedFiles(listed: readonly string[], workspace: Workspace): ReadonlyMap<string, Format> {
  const all = new Set(listed);
  const included = new Map<string, Format>();
  for (const format of FORMATS.filter((one) => one.includes !== undefined)) {
    const open = listed.filter((path) => format.matches(path) === 'yes').slice(0, MAX_INCLUDING);
    const seen = new Set(open);
    // What is included goes to the end of the list that is walked: it may include others.
    for (const path of open) {
      for (const inner of includesOf(format, path, workspace)) {
        if (!all.has(inner) || seen.has(inner) || seen.size >= MAX_INCLUDING) continue;
        seen.add(inner);
        open.push(inner);
        included.set(inner, format);
      }
    }
  }
  return included;
}

function includesOf(format: Format, path: string, workspace: Workspace): readonly string[] {
  const source = workspace.read(path);
  if (source.kind === 'skipped') return [];
  try {
    return format.includes?.(source.text, path) ?? [];
  } catch (error) {
    // The scan tells why a file cannot be read.
    if (error instanceof UserError) return [];
    throw error;
  }
}
