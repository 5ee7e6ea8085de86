import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { ActionFile } from '../scripts/docs.ts';
import { problemsOf } from './support/language-service.ts';

const ROOT = join(import.meta.dirname, '..');

interface Metadata extends ActionFile {
  readonly author: string;
  readonly branding: { readonly icon: string; readonly color: string };
}

const ACTIONS = ['', 'check/', 'tag/']
  .filter((folder) => existsSync(join(ROOT, folder, 'action.yml')))
  .map(readMetadata);

function readMetadata(folder: string): { readonly folder: string; readonly text: string; readonly action: Metadata } {
  const text = readFileSync(join(ROOT, folder, 'action.yml'), 'utf8');
  const action: Metadata = parse(text);
  return { folder, text, action };
}

function sourcesOf(action: string): string {
  const folders = [`src/actions/${action}`, 'src/actions', 'src/inputs', 'src/report'].map((folder) =>
    join(ROOT, folder),
  );
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

/** Inputs that mean the same wherever they exist, with their defaults. */
const COMMON_INPUTS = {
  registry: undefined,
  username: undefined,
  password: undefined,
  'github-token': '${{ github.token }}',
  'auth-hosts': undefined,
  'ca-file': undefined,
  'insecure-registries': undefined,
  'registry-map': undefined,
  timeout: '300',
  'show-summary': 'true',
} as const;

const OUTPUTS = [
  'digest digest-hex name tag image pinned kind media-type size exists index-digest platforms platform-digests image-id',
  'version version-source revision source created tags-same-digest image-labels image-annotations',
  'labels annotations build-contexts build-args bake-file source-policy digests images matrix json',
].flatMap((names) => names.split(' '));

describe('the resolve action', () => {
  const { action } = readMetadata('');

  test('has the inputs and defaults that users rely on', () => {
    const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default]);
    expect(Object.fromEntries(defaults)).toMatchObject({
      images: undefined,
      platform: undefined,
      'require-platforms': undefined,
      expect: undefined,
      wait: '0',
      'if-missing': 'error',
      inspect: 'false',
      verify: 'false',
      'find-tags': undefined,
      'find-tags-limit': '40',
      'build-labels': 'false',
      labels: undefined,
      'bake-target': 'image-digest',
      write: undefined,
      ...COMMON_INPUTS,
    });
    expect(action.inputs['images']?.required).toBe(true);
  });

  test.each(OUTPUTS)('has the output %s', (name) => {
    expect(action.outputs[name]?.description).toBeDefined();
  });
});

describe.each(ACTIONS)('$folder/action.yml', ({ folder, action }) => {
  test('can be published: name, description of at most 125 characters, author, branding', () => {
    expect(action.name).toMatch(/^Image Digest/);
    expect(action.description.length).toBeLessThanOrEqual(125);
    expect(action.author).toBe('Image Digest contributors');
    expect(['white', 'black', 'yellow', 'blue', 'green', 'orange', 'red', 'purple', 'gray-dark']).toContain(
      action.branding.color,
    );
    expect(action.branding.icon).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  test('runs the bundle of its own entry on node24, with nothing before or after', () => {
    const name = folder === '' ? 'resolve' : folder.slice(0, -1);
    const up = folder === '' ? '' : '../';
    expect(action.runs).toEqual({ using: 'node24', main: `${up}dist/${name}.js` });
  });

  test('describes every input and output in one paragraph that ends with a full stop', () => {
    const described = [...Object.entries(action.inputs), ...Object.entries(action.outputs)];
    const bad = described.filter(([, { description }]) => !/^\S.*\.$/.test(description));
    expect(bad).toEqual([]);
  });

  test('has defaults that are text, none beside required, and names in kebab-case', () => {
    const inputs = Object.entries(action.inputs);
    expect(inputs.filter(([, input]) => input.default !== undefined && typeof input.default !== 'string')).toEqual([]);
    expect(inputs.filter(([, input]) => input.required === true && input.default !== undefined)).toEqual([]);
    const names = [...Object.keys(action.inputs), ...Object.keys(action.outputs)];
    expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
  });

  test('has the common inputs as the root action has them', () => {
    const root = readMetadata('').action;
    for (const name of Object.keys(COMMON_INPUTS)) {
      if (action.inputs[name] !== undefined) expect([name, action.inputs[name]]).toEqual([name, root.inputs[name]]);
    }
  });

  test('declares nothing that its sources do not name', () => {
    const sources = sourcesOf(folder === '' ? 'resolve' : folder.slice(0, -1));
    const names = [...Object.keys(action.inputs), ...Object.keys(action.outputs)];
    const named = (name: string) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(sources);
    expect(names.filter((name) => !named(name))).toEqual([]);
  });
});

describe('GitHub’s language service', () => {
  let problems: readonly string[] = [];

  beforeAll(() => {
    const good = ACTIONS.map(({ folder, text }) => ({ name: `${folder}action.yml`, text }));
    const bad = { name: 'bad/action.yml', text: 'name: x\ndescription: y\nruns: { using: node24 }\n' };
    problems = problemsOf([...good, bad], {});
  });

  test('has nothing against any action.yml', () => {
    expect(problems.filter((problem) => !problem.startsWith('bad/'))).toEqual([]);
  });

  test('would have something against a bad one', () => {
    expect(problems).toEqual([expect.stringMatching(/^bad\/action\.yml:3: .*main/)]);
  });
});
