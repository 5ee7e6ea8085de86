import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Whether `path` is `folder` or below it, by its text alone. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** Whether `path` is in `folder`, by its text or in truth, when links are followed. */
export async function isReallyInside(folder: string, path: string): Promise<boolean> {
  if (isInside(folder, path)) return true;
  const [realFolder, realPath] = await Promise.all([trueForm(folder), trueForm(path)]);
  return isInside(realFolder, realPath);
}

/** The path with links followed as far as it exists. */
async function trueForm(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await trueForm(parent), basename(path));
  }
}
