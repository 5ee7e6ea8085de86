/**
 * Measures the built actions beside the tools that users have today, as ratios in one run. All traffic is on loopback.
 *
 *   npm run bench                       all parts, four to six minutes
 *   npm run bench -- resolve tag check  only these
 *   npm run bench -- --quick            about one minute: fewer rounds, smaller amounts
 *   npm run bench -- --write            also puts the tables into docs/performance.md
 *   npm run bench -- --dist <folder>    takes the built actions from there instead of building them
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { benchCheck } from './bench/check.ts';
import type { BenchContext } from './bench/context.ts';
import { MEMORY_BY } from './bench/measure.ts';
import { benchResolve } from './bench/resolve.ts';
import { markdownOf, type Section } from './bench/table.ts';
import { benchTag } from './bench/tag.ts';
import { ABSENT, findProgram, PRESENT, versionOf } from './bench/tools.ts';
import { replacePart } from './docs.ts';

const PARTS: Readonly<Record<string, (context: BenchContext) => Promise<Section | undefined>>> = {
  resolve: benchResolve,
  tag: benchTag,
  check: benchCheck,
};
const PAGE = 'docs/performance.md';

const root = join(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    dist: { type: 'string' },
  },
});
const unknown = positionals.filter((name) => PARTS[name] === undefined);
if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')}: ${Object.keys(PARTS).join(', ')}`);

const temp = await mkdtemp(join(tmpdir(), 'bench-'));
const started = performance.now();
try {
  const dist = resolve(values.dist ?? join(temp, 'dist'));
  if (values.dist === undefined) {
    execFileSync(process.execPath, [join(root, 'scripts/build.ts'), '--out', dist], { stdio: 'inherit' });
  }
  const say = (text: string): void => {
    console.error(`${Math.round((performance.now() - started) / 1000)} s  ${text}`);
  };
  await writeFile(join(temp, 'package.json'), '{ "type": "module" }\n');
  const workspace = join(temp, 'workspace');
  await mkdir(workspace);
  const context = { root, dist, temp, workspace, quick: values.quick, say };
  const names = positionals.length === 0 ? Object.keys(PARTS) : positionals;
  for (const name of names) {
    const before = loadavg()[0] ?? 0;
    const section = await PARTS[name]?.(context);
    if (section === undefined) continue;
    const text = `${conditions(before)}\n\n${markdownOf(section)}`;
    console.log(`\n## ${section.title}\n\n${text}\n`);
    if (values.write) await write(section.name, text);
  }
} finally {
  await rm(temp, { recursive: true, force: true });
}

/** When, where and with what. */
function conditions(load: number): string {
  const day = new Date().toISOString().slice(0, 10);
  const processors = cpus();
  const registry = findProgram('docker-registry') === undefined ? [] : [versionOf('docker-registry', ['--version'])];
  const tools = PRESENT.map(({ name, version }) => versionOf(name, version));
  const others = ['rg', 'git'].flatMap((name) =>
    findProgram(name) === undefined ? [] : [versionOf(name, ['--version'])],
  );
  const absent = ABSENT.length === 0 ? '' : ` Not on PATH: ${ABSENT.join(', ')}.`;
  return (
    `Measured on ${day}: ${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}, ` +
    `${[`Node ${process.version}`, ...registry, ...tools, ...others].join(', ')}; load before the run ` +
    `${load.toFixed(1)}.${absent} Medians of interleaved runs; peak memory by ${MEMORY_BY}.`
  );
}

async function write(name: string, text: string): Promise<void> {
  const path = join(root, PAGE);
  const page = replacePart(await readFile(path, 'utf8'), `performance of ${name}`, text, PAGE);
  await writeFile(path, await format(page, { parser: 'markdown', printWidth: 120, singleQuote: true }));
  console.error(`${PAGE}: the part ${name} is written`);
}
