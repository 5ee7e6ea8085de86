/* What `latest` means, asked of Debian's docker-registry: a repository with 500 tags, within the budget. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { image, index, type Manifest } from '../support/oci.ts';
import { runBuilt } from '../transcripts/support.ts';
import type { RunResult } from '../support/runner.ts';
import { startCounter, type Counter } from './support/counter.ts';
import { startDockerRegistry, type DockerRegistry } from './support/docker-registry.ts';
import { pushDirectly } from './support/push.ts';

const old = image({ content: 'old' });
const [amd64, arm64] = [image({ content: 'new' }), image({ content: 'new', platform: 'linux/arm64' })];
const newest = index([amd64, arm64]);
const older = image({ content: 'older' });
const partial = index([amd64]);
const lonely = index([image({ content: 'lonely' })]);

/** 0.1.0 to 19.24.9 in leaps, each minor version with tags that move, and names. */
const TAGS: Readonly<Record<string, Manifest>> = {
  ...Object.fromEntries(
    Array.from({ length: 480 }, (_, number) => [`${Math.floor(number / 24)}.${number % 24}.${number % 10}`, old]),
  ),
  '19.24.0': newest,
  '19.24': newest,
  '19': newest,
  latest: newest,
  '2.5.17': older,
  '2.5': older,
  stable: older,
  growing: partial,
  lonely,
  edge: image({ content: 'edge' }),
  main: image({ content: 'main' }),
};

describe('a repository with 500 tags', () => {
  let registry: DockerRegistry;
  let counter: Counter;

  beforeAll(async () => {
    registry = await startDockerRegistry();
    await pushDirectly(registry, 'acme/many', TAGS);
    counter = await startCounter(registry.origin);
  }, 60_000);
  afterAll(async () => {
    await counter.close();
    await registry.close();
  });

  function resolve(tag: string, inputs: Readonly<Record<string, string>> = {}): Promise<RunResult> {
    counter.forget();
    const images = `${counter.host}/acme/many:${tag}`;
    return runBuilt({ action: 'resolve', inputs: { images, 'find-tags': 'semver', ...inputs } });
  }

  test('latest is the newest version: six requests', async () => {
    const { outputs } = await resolve('latest');
    expect(outputs).toMatchObject({
      version: '19.24.0',
      'version-source': 'same digest as 19.24.0',
      'tags-same-digest': '["19.24.0","19.24","19"]',
    });
    expect(counter.requests).toHaveLength(6);
  });

  test('a tag of an old version is found by its own family', async () => {
    const { outputs } = await resolve('2.5');
    expect(outputs).toMatchObject({ version: '2.5.17', 'tags-same-digest': '["2.5.17"]' });
    expect(counter.requests.length).toBeLessThanOrEqual(42);
  });

  test('an index that is still growing has the images of the newest version', async () => {
    const { outputs } = await resolve('growing');
    expect(outputs).toMatchObject({ version: '19.24.0', 'version-source': 'same platform images as 19.24.0' });
    expect(counter.requests.length).toBeLessThanOrEqual(2 + 40);
  });

  test.each([1, 5, 40, 100])('what cannot be found costs a look-up, a list and %i requests at most', async (limit) => {
    const { outputs, log } = await resolve('lonely', { 'find-tags-limit': String(limit) });
    expect(outputs).toMatchObject({ version: '', 'version-source': '', 'tags-same-digest': '[]' });
    expect(log).toMatch(/version {3}not known: .*(?:has this digest|has another digest); \d+ requests$/m);
    expect(counter.requests.length).toBeLessThanOrEqual(2 + limit);
  });

  test('all names are looked at in time, too', async () => {
    const { outputs } = await resolve('latest', { 'find-tags': 'all' });
    expect(outputs['tags-same-digest']).toBe('["19.24.0","19.24","19"]');
    expect(counter.requests.length).toBeLessThanOrEqual(2 + 40);
  });
});
