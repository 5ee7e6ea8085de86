import type { FormatOptions } from '../../files/site.ts';
import type { Workspace } from '../../ports/workspace.ts';

/** Characters of other files that are kept for the files that ask for them. */
const KEPT_CHARACTERS = 4 * 1024 * 1024;

/** Reads the files that others refer to (Compose's `.env`), each once as long as there is room. */
export function siblingsIn(workspace: Workspace): FormatOptions['sibling'] {
  const known = new Map<string, string | undefined>();
  let room = KEPT_CHARACTERS;
  return (path) => {
    if (known.has(path)) return known.get(path);
    const source = workspace.read(path);
    const text = source.kind === 'text' ? source.text : undefined;
    room -= path.length + (text?.length ?? 0);
    if (room >= 0) known.set(path, text);
    return text;
  };
}
