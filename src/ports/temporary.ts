import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes files that later steps of the job read into a new folder of RUNNER_TEMP, which the runner empties.
 * @param files contents by name
 * @returns paths by name
 * @throws the system's error
 */
export async function writeTemporaryFiles(
  temp: string,
  files: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const folder = await mkdtemp(join(temp, 'image-digest-'));
  const written = [...files].map(async ([name, text]) => {
    const path = join(folder, name);
    await writeFile(path, text, { flag: 'wx' });
    return [name, path] as const;
  });
  return new Map(await Promise.all(written));
}
