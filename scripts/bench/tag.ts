/* `tag` beside the tools that copy or tag, from one repository of a registry to new tags of the same. */
import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PASSWORD, USER } from '../../__tests__/contract/support/docker-registry.ts';
import type { BenchContext } from './context.ts';
import { race, type Command, type Contestant, type Measured } from './measure.ts';
import { MANY, tokenPlace, type Place } from './places.ts';
import { stepCommand } from './step.ts';
import { against, memory, time, type Section } from './table.ts';
import { PRESENT, type Tool } from './tools.ts';

interface Result {
  readonly what: string;
  readonly delay: number;
  readonly requests: readonly string[];
  readonly budget: number;
  readonly measured: ReadonlyMap<string, Measured>;
}

/** Tags that exist and name the image already. */
const PRESENT_TAGS = 10;

/** Undefined when there is no action `tag`. */
export async function benchTag(context: BenchContext): Promise<Section | undefined> {
  if (!existsSync(join(context.dist, 'tag.js'))) return undefined;
  context.say('tag: filling a registry');
  const place = await tokenPlace({ tags: PRESENT_TAGS, repositories: 0 }, context.temp);
  try {
    await logIn(place, context.temp);
    const results: Result[] = [];
    for (const delay of [0, 20]) {
      for (const count of context.quick ? [1, 10] : [1, 3, 10]) {
        context.say(`tag: ${count} new, ${delay} ms`);
        results.push(await retag(place, count, delay, context));
      }
      results.push(await tagAgain(place, delay, context));
    }
    return sectionOf(results);
  } finally {
    await place.close();
  }
}

/** Where all of them look for logins. */
async function logIn(place: Place, temp: string): Promise<void> {
  const auth = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');
  await mkdir(join(temp, '.docker'), { recursive: true });
  await writeFile(join(temp, '.docker/config.json'), JSON.stringify({ auths: { [place.host]: { auth } } }));
}

async function retag(place: Place, count: number, delay: number, context: BenchContext): Promise<Result> {
  const tagsOf = (who: string, round: number): readonly string[] =>
    Array.from({ length: count }, (_, number) => `${who}-${delay}-${count}-${round}-${number}`);
  let requests: readonly string[] = [];
  const ours: Contestant = {
    name: 'tag',
    isOurs: true,
    command: (round) => {
      ready(place, delay);
      return steps[round]?.() ?? fail(`no round ${round}`);
    },
    after: () => {
      requests = place.take();
    },
  };
  const rounds = context.quick ? 3 : 5;
  const steps = await Promise.all(
    Array.from({ length: rounds }, (_, round) => tagStep(place, tagsOf('tag', round), context)),
  );
  const tools = PRESENT.flatMap((tool): readonly Contestant[] => {
    if (tool.retag === undefined) return [];
    const command = (round: number): Command => {
      ready(place, delay);
      return copyCommand(tool, place, tagsOf(tool.name, round), context);
    };
    return [{ name: tool.name, isOurs: false, rounds: 2, command }];
  });
  const measured = await race([ours, ...tools], rounds);
  return { what: `${count} new`, delay, requests, budget: budgetOf(count), measured };
}

async function tagAgain(place: Place, delay: number, context: BenchContext): Promise<Result> {
  const tags = Array.from({ length: PRESENT_TAGS }, (_, number) => `v${number}`);
  const step = await tagStep(place, tags, context);
  let requests: readonly string[] = [];
  const ours: Contestant = {
    name: 'tag',
    isOurs: true,
    command: () => {
      ready(place, delay);
      return step();
    },
    after: () => {
      requests = place.take();
      const puts = requests.filter((request) => request.startsWith('PUT')).length;
      if (puts > 0) throw new Error(`${puts} PUTs of tags that name the image already`);
    },
  };
  const measured = await race([ours], 3);
  return { what: `${PRESENT_TAGS} that have it`, delay, requests, budget: 3 + PRESENT_TAGS, measured };
}

function ready(place: Place, delay: number): void {
  place.setDelay(delay);
  place.take();
}

function fail(message: string): never {
  throw new Error(message);
}

function tagStep(place: Place, tags: readonly string[], context: BenchContext): Promise<() => Command> {
  return stepCommand({
    action: join(context.root, 'tag/action.yml'),
    main: join(context.dist, 'tag.js'),
    inputs: {
      image: `${place.host}/${MANY}@${place.digest}`,
      tags: tags.join('\n'),
      'auth-hosts': place.authHosts ?? '',
      ...(place.caFile === undefined ? {} : { 'ca-file': place.caFile }),
    },
    temp: context.temp,
    workspace: context.workspace,
    environment: place.environment,
  });
}

/** One after the other, as a loop in a workflow does it. */
function copyCommand(tool: Tool, place: Place, tags: readonly string[], context: BenchContext): Command {
  const list = join(context.temp, `tags-${tool.name}`);
  writeFileSync(list, `${tags.join('\n')}\n`);
  const repository = `${place.host}/${MANY}`;
  const args = tool.retag?.(`${repository}@${place.digest}`, `${repository}:{}`, '{}', place) ?? [];
  const script = 'list=$1; shift; exec xargs -I{} "$@" <"$list"';
  return { program: 'sh', args: ['-c', script, 'sh', list, tool.name, ...args], environment: place.environment };
}

/** DESIGN: token, GET, and HEAD, PUT, HEAD for each tag; the first request finds the token endpoint. */
function budgetOf(count: number): number {
  return 3 + 3 * count;
}

function sectionOf(results: readonly Result[]): Section {
  const tools = PRESENT.filter(({ retag: has }) => has !== undefined).map(({ name }) => name);
  const over = results.filter(({ requests, budget }) => requests.length > budget).length;
  return {
    name: 'tag',
    title: 'tag',
    head: ['tags', 'delay', 'requests / budget', 'tag', ...tools, 'memory', ...tools.map((name) => `${name}’s memory`)],
    rows: results.map(({ what, delay, requests, budget, measured }) => {
      const ours = measured.get('tag');
      return [
        what,
        `${delay} ms`,
        `${requests.length} / ${budget}`,
        time(ours?.milliseconds),
        ...tools.map((name) => against(ours, measured.get(name))),
        memory(ours),
        ...tools.map((name) => memory(measured.get(name))),
      ];
    }),
    targets: [
      { what: 'requests above the budget', limit: '0 cases', measured: `${over} cases`, holds: over === 0 },
      { what: 'PUT of a tag that has the digest', limit: 'none', measured: 'none', holds: true },
    ],
    notes: [
      'docker-registry with token authentication over TLS; an index of two platforms with attestations.',
      'In brackets: tag as a multiple of the tool, which runs once for each tag (`skopeo copy --all`, `crane tag`, …).',
    ],
  };
}
