/* Before any test: the actions are built from the sources into a temporary folder, once for all transcript tests. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../scripts/bundle.ts';

/** Names the folder of the built actions for the tests; `support.ts` reads it. */
const FOLDER = 'IMAGE_DIGEST_TEST_DIST';
/** Why there is nothing in that folder: other tests can run when the sources do not build. */
const FAILURE = 'IMAGE_DIGEST_TEST_DIST_FAILURE';

// oxlint-disable-next-line import/no-default-export -- Jest asks for it
export default async function build(): Promise<void> {
  const folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'image-digest-dist-'))), 'dist');
  process.once('exit', () => rmSync(join(folder, '..'), { recursive: true, force: true }));
  process.env[FOLDER] = folder;
  try {
    mkdirSync(folder);
    for (const [name, text] of await bundle(join(import.meta.dirname, '../..')))
      writeFileSync(join(folder, name), text);
  } catch (error) {
    process.env[FAILURE] = String(error);
  }
}
