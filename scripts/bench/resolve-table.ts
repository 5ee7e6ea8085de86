/* What the measurements of `resolve` say. */
import type { Measured } from './measure.ts';
import type { Place } from './places.ts';
import { against, atMost, memory, ratio, time, type Section, type Target } from './table.ts';
import { PRESENT } from './tools.ts';

/** One case with one delay. */
export interface Result {
  readonly place: Place;
  readonly images: number;
  readonly repositories: number;
  readonly delay: number;
  readonly requests: number;
  readonly budget: number;
  readonly measured: ReadonlyMap<string, Measured>;
}

/** Most requests in flight for one registry (core/limits.ts). */
const AT_ONCE = 64;

/** Round trips that no client can save, times the delay. */
function floorOf({ place, images, repositories, delay }: Result, atOnce = AT_ONCE): number {
  if (!place.tls) return Math.ceil(images / atOnce) * delay;
  const before = place.host === 'ghcr.io' ? 1 : 2;
  const batches = repositories > 10 ? 1 : 0;
  return (before + batches + Math.ceil(images / atOnce)) * delay;
}

/** `100 images of 10 repositories` */
export function amountOf(images: number, repositories: number): string {
  const what = images === 1 ? '1 image' : `${images.toLocaleString('en')} images`;
  return repositories > 1 ? `${what} of ${repositories} repositories` : what;
}

/** The table of all results, and the targets of the design. */
export function sectionOf(results: readonly Result[], quick: boolean): Section {
  const tools = PRESENT.map(({ name }) => name);
  return {
    name: 'resolve',
    title: 'resolve',
    head: [
      'registry',
      'images',
      'delay',
      'requests / budget',
      'resolve',
      'above bare node',
      'floor',
      'bare requests',
      ...tools,
      'memory',
      ...tools.map((name) => `${name}’s memory`),
    ],
    rows: results.map((result) => rowOf(result, tools)),
    targets: targetsOfDesign(results),
    notes: [
      `Bare node: ${time(results[0]?.measured.get('node')?.milliseconds)}.`,
      'In brackets: resolve as a multiple of it.',
      ...(tools.length === 0 ? ['None of skopeo, crane, regctl and oras is on PATH.'] : []),
      ...(quick ? ['A quick run: few rounds, no 1,000 images.'] : []),
    ],
  };
}

function rowOf(result: Result, tools: readonly string[]): readonly string[] {
  const { measured, requests, budget, delay } = result;
  const ours = measured.get('resolve');
  const floor = floorOf(result);
  return [
    result.place.name,
    amountOf(result.images, result.repositories),
    `${delay} ms`,
    `${requests} / ${budget}`,
    time(ours?.milliseconds),
    time(aboveNode(result)),
    floor === 0 ? '–' : `${floor} ms (${ratio(ours?.milliseconds ?? Number.NaN, floor)})`,
    against(ours, measured.get('requests')),
    ...tools.map((name) => against(ours, measured.get(name))),
    memory(ours),
    ...tools.map((name) => memory(measured.get(name))),
  ];
}

function aboveNode({ measured }: Result): number {
  return (measured.get('resolve')?.milliseconds ?? Number.NaN) - (measured.get('node')?.milliseconds ?? Number.NaN);
}

/** Targets in milliseconds are judged by the quietest rounds: the median of a busy machine says more about the machine. */
function quietlyAboveNode(result: Result | undefined): number | undefined {
  const [ours, node] = [result?.measured.get('resolve'), result?.measured.get('node')];
  return ours === undefined || node === undefined ? undefined : ours.fastest - node.fastest;
}

function targetsOfDesign(results: readonly Result[]): readonly Target[] {
  const find = (place: string, images: number, repositories: number, delay: number): Result | undefined =>
    results.find(
      (result) =>
        result.place.name.startsWith(place) &&
        result.images === images &&
        result.repositories === repositories &&
        result.delay === delay,
    );
  const crane = (result: Result | undefined): number | undefined => {
    const theirs = result?.measured.get('crane')?.milliseconds;
    const ours = result?.measured.get('resolve')?.milliseconds;
    return theirs === undefined || ours === undefined ? undefined : ours / theirs;
  };
  const delayed = find('docker-registry, token', 100, 1, 20);
  const added = overFloor(find('docker-registry, token', 100, 1, 0), delayed);
  const addedOwn = overFloor(find('in-process', 100, 1, 0), find('in-process', 100, 1, 20));
  const most = Math.max(...results.map(({ measured }) => measured.get('resolve')?.megabytes ?? 0));
  const overBudget = results.filter(({ requests, budget }) => requests > budget).length;
  return [
    { what: 'requests above the budget', limit: '0 cases', measured: `${overBudget} cases`, holds: overBudget === 0 },
    atMost(
      'one image, open registry, above bare node (quietest round)',
      80,
      'ms',
      quietlyAboveNode(find('docker-registry, open', 1, 1, 0)),
    ),
    atMost(
      'one image, token and TLS with ca-file, above bare node (quietest round)',
      80,
      'ms',
      quietlyAboveNode(find('in-process', 1, 1, 0)),
    ),
    atMost('what 20 ms add to 100 images, as multiple of the floor', 2, '×', added),
    atMost('the same with the in-process registry', 2, '×', addedOwn),
    atMost(
      '1,000 images at 20 ms over TLS, above bare node (quietest round)',
      800,
      'ms',
      quietlyAboveNode(find('in-process', 1000, 1, 20)),
    ),
    atMost('memory at most, all cases', 120, 'MB', most === 0 ? undefined : most),
    atMost(
      'one image at 20 ms, token endpoint unknown, to crane',
      1.2,
      '×',
      crane(find('docker-registry, token', 1, 1, 20)),
    ),
    atMost('one image at 20 ms, token endpoint known, to crane', 0.9, '×', crane(find('ghcr.io', 1, 1, 20))),
    atMost(
      '10 images of 10 repositories at 20 ms, to crane',
      0.55,
      '×',
      crane(find('docker-registry, token', 10, 10, 20)),
    ),
    atMost(
      '100 images of 100 repositories at 20 ms, to crane',
      0.2,
      '×',
      crane(find('docker-registry, token', 100, 100, 20)),
    ),
  ];
}

/** What the delay adds to the quietest round, as a multiple of its floor. */
function overFloor(without: Result | undefined, delayed: Result | undefined): number | undefined {
  if (without === undefined || delayed === undefined) return undefined;
  const [slow, fast] = [delayed.measured.get('resolve'), without.measured.get('resolve')];
  return slow === undefined || fast === undefined ? undefined : (slow.fastest - fast.fastest) / floorOf(delayed);
}
