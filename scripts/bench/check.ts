/* `check` without any network beside ripgrep over the whole tree and `git grep`. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readOutputs } from '../step.ts';
import type { BenchContext } from './context.ts';
import { race, type Contestant, type Measured } from './measure.ts';
import { stepCommand } from './step.ts';
import { against, atMost, memory, ratio, time, type Section, type Target } from './table.ts';
import { findProgram } from './tools.ts';
import { growTree, type Tree } from './tree.ts';

interface Result {
  readonly tree: Tree;
  readonly references: number;
  readonly measured: ReadonlyMap<string, Measured>;
}

const PATTERN = 'image:|FROM';

/** Undefined when there is no action `check`. */
export async function benchCheck(context: BenchContext): Promise<Section | undefined> {
  if (!existsSync(join(context.dist, 'check.js'))) return undefined;
  const results: Result[] = [];
  for (const files of context.quick ? [10_000] : [10_000, 100_000]) {
    context.say(`check: growing a repository of ${files.toLocaleString('en')} files`);
    const folder = join(context.temp, `tree-${files}`);
    await mkdir(folder);
    const tree = growTree(folder, files);
    context.say(`check: ${files.toLocaleString('en')} files`);
    results.push(await checkTree(folder, tree, context));
  }
  return sectionOf(results);
}

async function checkTree(folder: string, tree: Tree, context: BenchContext): Promise<Result> {
  const step = await stepCommand({
    action: join(context.root, 'check/action.yml'),
    main: join(context.dist, 'check.js'),
    inputs: { resolve: 'never', scope: 'all', 'fail-on': 'never' },
    temp: context.temp,
    workspace: folder,
    environment: { GITHUB_EVENT_NAME: 'push', GIT_CONFIG_NOSYSTEM: '1' },
  });
  let references = 0;
  const ours: Contestant = {
    name: 'check',
    isOurs: true,
    command: step,
    after: () => {
      const outputs = readOutputs(readFileSync(join(context.temp, 'output'), 'utf8'));
      if (outputs.get('verdict') !== 'findings') throw new Error(`check says ${String(outputs.get('verdict'))}`);
      references = JSON.parse(outputs.get('references') ?? '[]').length;
    },
  };
  const shared = { isOurs: false };
  const environment = { HOME: context.temp, GIT_CONFIG_NOSYSTEM: '1' };
  const others: readonly Contestant[] = [
    { name: 'node', isOurs: true, command: () => ({ program: process.execPath, args: ['-e', '0'] }) },
    ...(findProgram('rg') === undefined
      ? []
      : [
          {
            ...shared,
            name: 'rg',
            command: () => ({ program: 'rg', args: ['-c', PATTERN, '.'], folder, environment }),
          },
        ]),
    {
      ...shared,
      name: 'git grep',
      command: () => ({ program: 'git', args: ['grep', '-c', '-E', PATTERN], folder, environment }),
    },
    {
      ...shared,
      name: 'git ls-files',
      command: () => ({ program: 'git', args: ['ls-files', '-z'], folder, environment }),
    },
  ];
  const measured = await race([ours, ...others], 7);
  return { tree, references, measured };
}

function sectionOf(results: readonly Result[]): Section {
  return {
    name: 'check',
    title: 'check',
    head: ['files', 'that name images', 'check', 'rg', 'git grep', 'git ls-files', 'memory', 'rg’s memory'],
    rows: results.map(({ tree, references, measured }) => {
      const ours = measured.get('check');
      return [
        `${tree.files.toLocaleString('en')} (${Math.round(tree.bytes / 1e6)} MB)`,
        `${tree.relevant} (${references.toLocaleString('en')} references)`,
        time(ours?.milliseconds),
        ...['rg', 'git grep', 'git ls-files'].map((name) => against(ours, measured.get(name))),
        memory(ours),
        memory(measured.get('rg')),
      ];
    }),
    targets: targetsOf(results),
    notes: [
      `In brackets: check as a multiple of it. rg is \`rg -c '${PATTERN}'\` over the whole tree, git grep the same with -E.`,
      `Bare node: ${time(results[0]?.measured.get('node')?.milliseconds)}.`,
    ],
  };
}

function targetsOf(results: readonly Result[]): readonly Target[] {
  const find = (files: number): Result | undefined => results.find(({ tree }) => tree.files === files);
  const [small, large] = [find(10_000), find(100_000)];
  const toRg = (result: Result | undefined): number | undefined => {
    const [ours, theirs] = [result?.measured.get('check'), result?.measured.get('rg')];
    return ours === undefined || theirs === undefined ? undefined : ours.milliseconds / theirs.milliseconds;
  };
  const growth = ratio(
    large?.measured.get('check')?.milliseconds ?? Number.NaN,
    small?.measured.get('check')?.milliseconds ?? Number.NaN,
  );
  const grown = Number.parseFloat(growth);
  return [
    atMost('10,000 files, to rg', 3, '×', toRg(small)),
    atMost('10,000 files, memory', 110, 'MB', small?.measured.get('check')?.megabytes),
    atMost('100,000 files, to rg', 1.5, '×', toRg(large)),
    atMost('100,000 files, memory', 150, 'MB', large?.measured.get('check')?.megabytes),
    atMost('time of 100,000 files to 10,000', 10, '×', Number.isNaN(grown) ? undefined : grown),
  ];
}
