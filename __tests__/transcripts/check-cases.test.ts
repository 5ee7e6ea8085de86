import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { answer, html, inTurn, tooMany } from '../support/faults.ts';
import { createRepository, type FileTree, type GitRepository } from '../support/git-repository.ts';
import { image, index, type Manifest } from '../support/oci.ts';
import { startRegistry, type StartedRegistry } from '../support/registry.ts';
import type { Behaviour } from '../support/service.ts';
import { runBuilt } from './support.ts';

/*
 * Every folder fixtures/check/<case>/ is a test of the built action beside a registry: what only a registry can tell of
 * a reference. It holds
 *
 *   workspace/  the files that are judged; `%multi%` stands for the digest of that image (IMAGES)
 *   patched/    the files that the patch changes, as it leaves them; without the folder there is nothing to patch
 *   case.json   `case` what is shown, `repositories` what the registry `registry.test` holds: tags and their images, and
 *               `untagged` ones, `behaviour` how it answers (BEHAVIOURS), `inputs`, and what is expected:
 *               `verdict`, `findings` (level, file, line, column, rule, and a part of the message), `unverified` (the
 *               registry and a part of the reason), `skipped` (files), `requests` (the complete list, in the order of the alphabet)
 */
interface Case {
  readonly case: string;
  readonly repositories?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly untagged?: Readonly<Record<string, readonly string[]>>;
  readonly behaviour?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly verdict: string;
  readonly findings: readonly (readonly [place: string, message: string])[];
  readonly unverified?: readonly (readonly [registry: string, reason: string])[];
  readonly skipped?: readonly string[];
  readonly requests?: readonly string[];
}

const ROOT = join(import.meta.dirname, '../fixtures/check');

const amd64 = image({ content: 'amd64' });
const arm64 = image({ content: 'arm64', platform: 'linux/arm64' });
const newAmd64 = image({ content: 'amd64, built again' });

/** What fixtures may name. `config` is the image ID of `amd64`, `gone` is in no repository. */
const IMAGES: ReadonlyMap<string, Manifest> = new Map([
  ['amd64', amd64],
  ['arm64', arm64],
  ['multi', index([amd64, arm64], { annotations: { 'org.opencontainers.image.version': '2.3.4' } })],
  ['partial', index([newAmd64])],
  ['newer', index([newAmd64, arm64])],
  ['single', image({ content: 'single' })],
]);

const DIGESTS: ReadonlyMap<string, string> = new Map([
  ...[...IMAGES].map(([name, { digest }]) => [name, digest] as const),
  ['config', amd64.blobs[0]?.digest ?? ''],
  ['gone', `sha256:${'0'.repeat(64)}`],
]);

function named(name: string): Manifest {
  const found = IMAGES.get(name);
  if (found === undefined) throw new Error(`there is no image "${name}"`);
  return found;
}

/** Each HEAD of a tag is answered from the next state of the repository. */
function movingTag(registry: StartedRegistry): Behaviour {
  const states = ['partial', 'newer', 'multi'].map((name): Behaviour => {
    return (_request, next) => {
      registry.add('app', { latest: named(name) });
      return next();
    };
  });
  return inTurn(...states);
}

const BEHAVIOURS: ReadonlyMap<string, (registry: StartedRegistry) => Behaviour> = new Map([
  ['tag-moves', movingTag],
  ['web-page', () => html()],
  ['unauthorized', () => answer(401)],
  ['forbidden', () => answer(403)],
  ['too-many-requests', () => tooMany('3600')],
  ['not-implemented', () => answer(501)],
]);

const registries: StartedRegistry[] = [];
const workspaces: GitRepository[] = [];

afterAll(async () => {
  for (const one of workspaces) one.remove();
  for (const one of registries) await one.close();
});

async function registryOf({ repositories = {}, untagged = {}, behaviour }: Case): Promise<StartedRegistry> {
  const registry = await startRegistry({ digestHeader: behaviour === 'no-digest-header' ? 'never' : 'always' });
  registries.push(registry);
  for (const [repository, tags] of Object.entries(repositories)) {
    for (const [tag, name] of Object.entries(tags)) registry.add(repository, { [tag]: named(name) });
  }
  for (const [repository, names] of Object.entries(untagged)) {
    for (const name of names) registry.store(repository, named(name));
  }
  if (behaviour === undefined || behaviour === 'no-digest-header') return registry;
  const made = BEHAVIOURS.get(behaviour);
  if (made === undefined) throw new Error(`there is no behaviour "${behaviour}"`);
  registry.on(/\/manifests\//, made(registry));
  return registry;
}

/** The files of a folder, with the digests of the images that they name. */
function filesIn(folder: string): FileTree {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  return Object.fromEntries(paths.map((path) => [path, withDigests(readFileSync(join(folder, path), 'utf8'))]));
}

function withDigests(text: string): string {
  return text.replaceAll(/%([a-zA-Z0-9-]+)%/g, (written, name: string) => DIGESTS.get(name) ?? written);
}

interface Report {
  readonly verdict: string;
  readonly findings: readonly Readonly<Record<'file' | 'line' | 'column' | 'rule' | 'level' | 'message', string>>[];
  readonly unverified: readonly { readonly registry: string; readonly reason: string }[];
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

function reportIn(folder: string): Report {
  return JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
}

const CASES = readdirSync(ROOT).toSorted();

describe('what a registry tells', () => {
  test.each(CASES)('%s', async (name) => {
    const wanted: Case = JSON.parse(withDigests(readFileSync(join(ROOT, name, 'case.json'), 'utf8')));
    const registry = await registryOf(wanted);
    const workspace = createRepository();
    workspaces.push(workspace);
    const files = filesIn(join(ROOT, name, 'workspace'));
    workspace.commit(files);
    const result = await runBuilt({
      action: 'check',
      cwd: workspace.folder,
      inputs: {
        registries: 'registry.test',
        'registry-map': `registry.test=${registry.host}`,
        'json-file': 'report.json',
        'patch-file': 'fixes.patch',
        ...wanted.inputs,
      },
    });

    const { verdict, findings, unverified, skipped } = reportIn(workspace.folder);
    const expected = wanted.findings.map(([place, message]) => [place, expect.stringContaining(message)]);
    const told = findings.map((one) => [`${one.level} ${one.file}:${one.line}:${one.column} ${one.rule}`, one.message]);
    expect(told).toEqual(expected);
    const reasons = (wanted.unverified ?? []).map(([host, reason]) => ({
      registry: host,
      reason: expect.stringContaining(reason),
    }));
    expect(unverified).toEqual(reasons);
    expect(skipped.map(({ file }) => file)).toEqual(wanted.skipped ?? []);
    expect([verdict, result.outputs['verdict']]).toEqual([wanted.verdict, wanted.verdict]);
    expect(result.exitCode).toBe(told.some(([place]) => place?.startsWith('error') === true) ? 1 : 0);
    if (wanted.requests !== undefined) expect(registry.summary().toSorted()).toEqual(wanted.requests.toSorted());

    const patched = existsSync(join(ROOT, name, 'patched')) ? filesIn(join(ROOT, name, 'patched')) : {};
    expect(await afterPatch(workspace, files)).toEqual({ ...files, ...patched });
  });
});

/** The files as the patch leaves them. */
async function afterPatch(workspace: GitRepository, files: FileTree): Promise<FileTree> {
  const patch = await readFile(join(workspace.folder, 'fixes.patch'), 'utf8');
  if (patch !== '') workspace.git('apply', 'fixes.patch');
  const read = async (path: string) => [path, await readFile(join(workspace.folder, path), 'utf8')] as const;
  return Object.fromEntries(await Promise.all(Object.keys(files).map(read)));
}
