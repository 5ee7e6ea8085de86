/* Before any test: dist/ is built from the sources into a temporary folder, once for all transcript tests. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the folder of the built actions for the tests; `support.ts` reads it. */
const FOLDER = 'IMAGE_DIGEST_TEST_DIST';
/** Why there is nothing in that folder: other tests can run when the sources do not build. */
const FAILURE = 'IMAGE_DIGEST_TEST_DIST_FAILURE';

// oxlint-disable-next-line import/no-default-export -- Jest asks for it
export default function build(): void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'image-digest-dist-')));
  const script = join(import.meta.dirname, '../../scripts/build.ts');
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.env[FOLDER] = join(folder, 'dist');
  try {
    execFileSync(process.execPath, [script, '--out', join(folder, 'dist')], { stdio: 'pipe' });
  } catch (error) {
    process.env[FAILURE] = String(error);
  }
}
