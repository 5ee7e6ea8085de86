import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  createRepository,
  pullRequest,
  pullRequestEvent,
  type FileTree,
  type GitRepository,
} from '../support/git-repository.ts';
import { image } from '../support/oci.ts';
import { startRegistry, type StartedRegistry } from '../support/registry.ts';
import type { RunOptions, RunResult } from '../support/runner.ts';
import { runBuilt } from './support.ts';

/*
 * What kustomizations make of the images of manifests, in whole repositories. The rules themselves, case by case:
 * __tests__/files/kustomize-overlays.test.ts.
 */

const made: GitRepository[] = [];
let registry: StartedRegistry;

beforeAll(async () => {
  registry = await startRegistry();
  registry.add('app', { latest: image({ content: 'new' }), '1.4': image({ content: 'old' }) });
});

afterAll(async () => {
  for (const one of made) one.remove();
  await registry.close();
});

function repositoryWith(files: FileTree): GitRepository {
  const repository = createRepository();
  made.push(repository);
  repository.commit(files);
  return repository;
}

function check(repository: GitRepository, inputs: RunOptions['inputs'] = {}): Promise<RunResult> {
  return runBuilt({ action: 'check', cwd: repository.folder, inputs: { resolve: 'never', ...inputs } });
}

interface Shown {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly level: string;
  readonly reference: string;
  readonly message: string;
}

function shown(result: RunResult, output: 'findings' | 'references'): readonly Shown[] {
  return JSON.parse(result.outputs[output] ?? 'null');
}

function brief(result: RunResult): readonly string[] {
  return shown(result, 'findings').map(({ level, file, line, rule }) => `${level} ${file}:${line} ${rule}`);
}

const DIGEST = `sha256:${'a'.repeat(64)}`;

function deployment(reference: string, before = ''): string {
  return `${before}apiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {containers: [{image: "${reference}"}]}}}\n`;
}

function overlay(change: string, name = 'acme/web'): string {
  return `resources: [../../base]\nimages:\n  - name: ${name}\n    ${change}\n`;
}

/** The layout of Kustomize's own documentation. */
function tree(reference: string, overlays: Readonly<Record<string, string>>): FileTree {
  return {
    'base/deployment.yaml': deployment(reference),
    'base/kustomization.yaml': 'resources:\n  - deployment.yaml\n',
    ...Object.fromEntries(
      Object.entries(overlays).map(([name, text]) => [`overlays/${name}/kustomization.yaml`, text]),
    ),
  };
}

describe('a base without tags', () => {
  test('is fine when each overlay sets one; the reference is listed as it is written', async () => {
    const repository = repositoryWith(
      tree('acme/web', { dev: overlay('newTag: 1.5.0-rc.1'), prod: overlay(`digest: ${DIGEST}`) }),
    );
    const result = await check(repository);
    expect(result).toMatchObject({ exitCode: 0, annotations: [], outputs: { verdict: 'clean' } });
    expect(shown(result, 'references').map(({ file, reference }) => `${file} ${reference}`)).toEqual([
      'base/deployment.yaml acme/web',
      'overlays/dev/kustomization.yaml acme/web:1.5.0-rc.1',
      `overlays/prod/kustomization.yaml acme/web@${DIGEST}`,
    ]);
  });

  test('is fine whatever is judged: kustomizations that are not are read all the same', async () => {
    const repository = repositoryWith(tree('acme/web:latest', { prod: overlay('newTag: 1.4.2') }));
    expect((await check(repository, { paths: 'base/*.yaml' })).outputs['verdict']).toBe('clean');
    const pull = pullRequest(repository, { 'base/deployment.yaml': deployment('acme/web') });
    const result = await runBuilt({
      action: 'check',
      cwd: repository.folder,
      event: pullRequestEvent(pull),
      github: { event_name: 'pull_request' },
      inputs: { resolve: 'never', scope: 'changed-files' },
    });
    expect(shown(result, 'references').map(({ file }) => file)).toEqual(['base/deployment.yaml']);
    expect(result.outputs['verdict']).toBe('clean');
  });

  test('is a finding when one overlay leaves it, and the message says which', async () => {
    const repository = repositoryWith(
      tree('acme/web', { dev: 'resources: [../../base]\n', prod: overlay('newTag: 1.4.2') }),
    );
    const result = await check(repository);
    expect(brief(result)).toEqual(['error base/deployment.yaml:3 no-tag']);
    expect(shown(result, 'findings')[0]?.message).toBe(
      '"acme/web" has no tag, so it means "latest", which can change at any time; "overlays/dev/kustomization.yaml" leaves it as it is written',
    );
  });

  test('is told once, where latest is set', async () => {
    const repository = repositoryWith(tree('acme/web:latest', { prod: overlay('newTag: latest') }));
    expect(brief(await check(repository))).toEqual(['error overlays/prod/kustomization.yaml:4 latest-tag']);
  });

  test('is a finding as ever in a cycle, outside of the repository and behind a link', async () => {
    const repository = repositoryWith({
      ...tree('acme/web', { prod: overlay('newTag: 1.4.2') }),
      'base/kustomization.yaml': 'resources: [deployment.yaml, ../overlays/prod]\n',
      'b/deployment.yaml': deployment('acme/web'),
      'c/kustomization.yaml': 'resources: [../../b/deployment.yaml]\nimages: [{name: acme/web, newTag: "1"}]\n',
      'd/kustomization.yaml': 'resources: [../link]\nimages: [{name: acme/web, newTag: "1"}]\n',
    });
    symlinkSync('b', join(repository.folder, 'link'));
    symlinkSync('../c/kustomization.yaml', join(repository.folder, 'b/kustomization.yaml'));
    repository.commit();
    expect(brief(await check(repository))).toEqual([
      'error b/deployment.yaml:3 no-tag',
      'error base/deployment.yaml:3 no-tag',
    ]);
  });

  test('is fine in a large file too', async () => {
    const filler = `# ${'x'.repeat(200_000)}\n`;
    const repository = repositoryWith({
      ...tree('', { prod: overlay('newTag: 1.4.2') }),
      'base/deployment.yaml': `${deployment('acme/web', filler)}---\n${deployment('acme/other')}`,
    });
    expect(brief(await check(repository))).toEqual(['error base/deployment.yaml:8 no-tag']);
  });
});

describe('with require: digest', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['the overlay pins it', 'acme/web:1.4', `digest: ${DIGEST}`, []],
    [
      'the overlay sets a tag',
      'acme/web:1.4',
      'newTag: 1.4.2',
      ['error overlays/prod/kustomization.yaml:4 not-pinned'],
    ],
    [
      'the overlay sets another image',
      'acme/other:1.4',
      `digest: ${DIGEST}`,
      ['error base/deployment.yaml:3 not-pinned'],
    ],
  ])('what is not pinned is told where it can be: %s', async (_name, reference, change, expected) => {
    const repository = repositoryWith(tree(reference, { prod: overlay(change) }));
    expect(brief(await check(repository, { require: 'digest' }))).toEqual(expected);
  });

  test('a digest of the manifest that a new tag takes away is told at the tag', async () => {
    const repository = repositoryWith(tree(`acme/web:1.4@${DIGEST}`, { prod: overlay('newTag: 1.4.2') }));
    expect(brief(await check(repository))).toEqual(['notice overlays/prod/kustomization.yaml:4 tag-moved']);
  });
});

test('no registry is asked about a tag that is never pulled', async () => {
  const name = `${registry.host}/app`;
  const inputs = { resolve: 'auto', registries: registry.host };
  const repository = repositoryWith(tree(name, { prod: overlay('newTag: "1.4"', name) }));
  registry.forget();
  const result = await check(repository, inputs);
  expect(result.outputs['verdict']).toBe('clean');
  expect(registry.requests).toEqual([]);
  repository.commit({ 'overlays/dev/kustomization.yaml': 'resources: [../../base]\n' });
  const [finding] = shown(await check(repository, inputs), 'findings');
  expect(finding?.message).toMatch(/; it is sha256:\w+ now.*; "overlays\/dev\/kustomization\.yaml" leaves it as it is/);
  expect(registry.requests).not.toEqual([]);
});

test('3,000 overlays of 30 bases are followed, each of them', async () => {
  const overlays = Array.from({ length: 3000 }, (_, index) => [
    `overlays/${index}/kustomization.yaml`,
    `resources: [../../base]
images: [{name: acme/web, newTag: "${index === 2998 ? '' : index}"}, {name: acme/api, newTag: "${index}"}]
`,
  ]);
  const bases = Array.from({ length: 30 }, (_, index) => `${index}`);
  const manifest = `${deployment('acme/web')}---\n${deployment('acme/api')}`;
  const files = bases.flatMap((name) => [
    [`base/${name}/deployment.yaml`, manifest],
    [`base/${name}/kustomization.yaml`, 'resources: [deployment.yaml]\n'],
  ]);
  const top = `resources: [${bases.join(', ')}]\n`;
  const repository = repositoryWith({ ...Object.fromEntries([...overlays, ...files]), 'base/kustomization.yaml': top });
  const result = await check(repository);
  expect(result.outputs).toMatchObject({ 'findings-count': '30', verdict: 'findings' });
  expect(
    new Set(shown(result, 'findings').map(({ reference, message }) => [reference, message.split('; ')[1]].join(' '))),
  ).toEqual(new Set(['acme/web "overlays/2998/kustomization.yaml" leaves it as it is written']));
}, 60_000);
