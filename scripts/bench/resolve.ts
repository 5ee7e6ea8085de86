/* `resolve` beside the tools that users have, a bare Node, bare requests, and the floor that the delay makes. */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { BenchContext } from './context.ts';
import { race, type Command, type Contestant } from './measure.ts';
import { readOutputs } from '../step.ts';
import { knownPlace, MANY, openPlace, ownPlace, repositoryName, tokenPlace, type Place } from './places.ts';
import { stepCommand } from './step.ts';
import { amountOf, sectionOf, type Result } from './resolve-table.ts';
import type { Section } from './table.ts';
import { PRESENT } from './tools.ts';

/** What is resolved, where. */
interface Case {
  readonly place: Place;
  readonly images: number;
  /** 1, or as many as images. */
  readonly repositories: number;
  readonly delays: readonly number[];
  readonly rounds: number;
  /** How often other tools run, 0 for not at all. */
  readonly toolRounds: number;
}

export async function benchResolve(context: BenchContext): Promise<Section> {
  const { temp, quick } = context;
  const amounts = quick ? { tags: 100, repositories: 10 } : { tags: 1000, repositories: 100 };
  context.say('filling registries');
  const [open, token] = await Promise.all([openPlace(amounts, temp), tokenPlace(amounts, temp)]);
  const [own, known] = await Promise.all([ownPlace(amounts, temp), knownPlace(amounts, temp)]);
  const places = { open, token, own, known };
  try {
    const results: Result[] = [];
    for (const one of casesOf(places, quick)) {
      context.say(`${one.place.name}: ${amountOf(one.images, one.repositories)}`);
      results.push(...(await runCase(one, context)));
    }
    return sectionOf(results, quick);
  } finally {
    await Promise.all(Object.values(places).map((place) => place.close()));
  }
}

type Places = Readonly<Record<'open' | 'token' | 'own' | 'known', Place>>;

function casesOf({ open, token, own, known }: Places, quick: boolean): readonly Case[] {
  const both = [0, 20];
  const one = { images: 1, repositories: 1, delays: both, rounds: quick ? 9 : 15, toolRounds: quick ? 3 : 5 };
  const hundred = { images: 100, repositories: 1, delays: both, rounds: quick ? 3 : 5, toolRounds: quick ? 0 : 1 };
  const ten = { ...hundred, images: 10, repositories: 10, toolRounds: quick ? 1 : 3 };
  const short: readonly Case[] = [
    { place: open, ...one },
    { place: token, ...one },
    { place: own, ...one, toolRounds: 0 },
    { place: known, ...one },
    { place: token, ...ten },
    { place: open, ...hundred },
    { place: token, ...hundred },
    { place: own, ...hundred, toolRounds: 0 },
  ];
  if (quick) return short;
  const thousand = { images: 1000, repositories: 1, delays: both, rounds: 3, toolRounds: 0 };
  return [
    ...short,
    { place: token, ...hundred, repositories: 100, delays: [20] },
    { place: open, ...thousand },
    { place: token, ...thousand, delays: [0] },
    { place: token, ...thousand, delays: [20], toolRounds: 1 },
    { place: own, ...thousand, rounds: 5 },
  ];
}

async function runCase(one: Case, context: BenchContext): Promise<readonly Result[]> {
  const { place, delays, images, repositories } = one;
  const counted = new Map<number, number>();
  const contestants = await Promise.all(delays.map((delay) => contestantsOf(one, delay, context, counted)));
  const bare: Contestant = {
    name: 'node',
    isOurs: true,
    command: () => ({ program: process.execPath, args: ['-e', '0'] }),
  };
  const measured = await race([bare, ...contestants.flat()], one.rounds);
  return delays.map((delay) => {
    const names = [...measured].flatMap(([name, found]) => {
      const suffix = ` ${delay}`;
      return name === 'node' || name.endsWith(suffix) ? [[name.replace(suffix, ''), found] as const] : [];
    });
    const requests = counted.get(delay) ?? 0;
    const budget = budgetOf(one);
    return { place, images, repositories, delay, requests, budget, measured: new Map(names) };
  });
}

async function contestantsOf(
  one: Case,
  delay: number,
  context: BenchContext,
  counted: Map<number, number>,
): Promise<readonly Contestant[]> {
  const { place, toolRounds } = one;
  const references = referencesOf(one);
  const set = (command: () => Command) => (): Command => {
    place.setDelay(delay);
    place.take();
    return command();
  };
  const step = await stepCommand({
    action: join(context.root, 'action.yml'),
    main: join(context.dist, 'resolve.js'),
    inputs: {
      images: references.map((reference, number) => `k${number}=${reference}`).join('\n'),
      ...(place.caFile === undefined ? {} : { 'ca-file': place.caFile }),
    },
    temp: context.temp,
    workspace: context.workspace,
    environment: place.environment,
  });
  const ours: Contestant = {
    name: `resolve ${delay}`,
    isOurs: true,
    command: set(step),
    after: () => {
      counted.set(delay, place.take().length);
      checkDigests(join(context.temp, 'output'), one);
    },
  };
  const list = join(context.temp, `list-${one.images}-${one.repositories}-${place.host.replace(':', '-')}`);
  await writeFile(list, `${references.join('\n')}\n`);
  const tools = PRESENT.map((tool): Contestant => ({
    name: `${tool.name} ${delay}`,
    isOurs: false,
    rounds: toolRounds,
    command: set(() => toolCommand(tool.name, tool.digest, one, list)),
  }));
  return [ours, ...(await bareRequests(one, delay, list, context)), ...tools];
}

/** Through a proxy they are not sent: a CONNECT of their own would be no floor. */
async function bareRequests(
  one: Case,
  delay: number,
  list: string,
  context: BenchContext,
): Promise<readonly Contestant[]> {
  const { place } = one;
  if (place.host === 'ghcr.io') return [];
  const targets = targetsOf(one);
  const token = await place.token([...new Set(targets.map(({ repository }) => repository))]);
  const paths = `${list}-paths`;
  await writeFile(paths, targets.map(({ repository, tag }) => `/v2/${repository}/manifests/${tag}\n`).join(''));
  const program = join(context.temp, 'requests.js');
  await buildRequests(context.root, program);
  const command = (): Command => {
    place.setDelay(delay);
    return {
      program: process.execPath,
      args: [program, place.origin, place.caFile ?? '-', token ?? '-', paths],
    };
  };
  return [{ name: `requests ${delay}`, isOurs: true, command }];
}

/** Without types, so that no time goes into taking them out. */
async function buildRequests(root: string, outfile: string): Promise<void> {
  const entryPoints = [join(root, 'scripts/bench/requests.ts')];
  await build({ entryPoints, outfile, format: 'esm', platform: 'node', target: 'node24', logLevel: 'error' });
}

function toolCommand(
  name: string,
  digest: (typeof PRESENT)[number]['digest'],
  { place, images }: Case,
  list: string,
): Command {
  const environment = place.environment;
  if (images === 1) return { program: name, args: digest(readFileSync(list, 'utf8').trim(), place), environment };
  const marked = digest('{}', place);
  return {
    program: 'sh',
    args: ['-c', 'list=$1; shift; exec xargs -P8 -I{} "$@" <"$list"', 'sh', list, name, ...marked],
    environment,
  };
}

interface Named {
  readonly repository: string;
  readonly tag: string;
}

function targetsOf({ images, repositories }: Case): readonly Named[] {
  return Array.from({ length: images }, (_, number) =>
    repositories === 1 ? { repository: MANY, tag: `v${number}` } : { repository: repositoryName(number), tag: 'v0' },
  );
}

function referencesOf(one: Case): readonly string[] {
  return targetsOf(one).map(({ repository, tag }) => `${one.place.host}/${repository}:${tag}`);
}

/** A benchmark of something that gives wrong answers is none. */
function checkDigests(output: string, { place, images, repositories }: Case): void {
  const digests = readOutputs(readFileSync(output, 'utf8')).get('digests') ?? '';
  const found = digests.match(/sha256:[0-9a-f]{64}/g) ?? [];
  const right = repositories > 1 || found.every((digest) => digest === place.digest);
  if (found.length !== images || !right) throw new Error(`resolve gave ${found.length} digests of ${images}`);
}

/** DESIGN: HEADs, one token for ten repositories, and a first HEAD where the token endpoint has to be found. */
function budgetOf({ place, images, repositories }: Case): number {
  if (!place.tls) return images;
  const tokens = Math.ceil(repositories / 10);
  return images + tokens + (place.host === 'ghcr.io' ? 0 : 1);
}
