import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);


// src/ports/paths.ts
import { realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
function isInside(folder, path) {
  const way = relative(resolve(folder), resolve(path));
  return way === "" || way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
async function isReallyInside(folder, path) {
  if (isInside(folder, path)) return true;
  const [realFolder, realPath] = await Promise.all([trueForm(folder), trueForm(path)]);
  return isInside(realFolder, realPath);
}
async function trueForm(path) {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await trueForm(parent), basename(path));
  }
}

export {
  isInside,
  isReallyInside
};
