/**
 * Makes dist/ and the generated parts of the documentation.
 *
 *   node scripts/build.ts                 writes them
 *   node scripts/build.ts --check         writes them and fails when anything differs from what is committed
 *   node scripts/build.ts --out <folder>  writes dist/ there and nothing else
 *   node scripts/build.ts --docs          writes the documentation and not dist/
 */
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle, DIST_BYTES, type Files } from './bundle.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: { check: { type: 'boolean' }, docs: { type: 'boolean' }, out: { type: 'string' } },
});

if (!values.docs) await writeDist(values.out ?? join(root, 'dist'));
if (values.out === undefined) {
  const { generatedDocs } = await import('./docs.ts');
  const docs = await generatedDocs(root);
  await write(root, docs);
  console.log(`generated documentation: ${[...docs.keys()].join(', ')}`);
  if (values.check) check(['dist', ...docs.keys()]);
}

async function writeDist(folder: string): Promise<void> {
  const dist = await bundle(root);
  const size = [...dist.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (size > DIST_BYTES) throw new Error(`dist/ has ${size} bytes, it may have ${DIST_BYTES}`);
  await rm(folder, { recursive: true, force: true });
  await write(folder, dist);
  console.log(`dist: ${dist.size} files, ${size} bytes`);
}

async function write(folder: string, files: Files): Promise<void> {
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** `git status`, not `git diff`: a file that nobody committed is a difference too. */
function check(paths: readonly string[]): void {
  const options = { cwd: root, encoding: 'utf8' } as const;
  const status = execFileSync('git', ['status', '--porcelain', '--untracked-files=all', '--', ...paths], options);
  if (status === '') {
    console.log('check: what is committed is what the sources give');
    return;
  }
  console.error(`These files are not what is committed:\n${status}Run "npm run build" and commit them.`);
  process.exitCode = 1;
}
