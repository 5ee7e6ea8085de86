import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { readAction, type ActionFile } from '../scripts/docs.ts';
import { FOREIGN_ACTIONS } from './support/foreign-actions.ts';
import { problemsOf, type WorkflowDocument } from './support/language-service.ts';

const ROOT = join(import.meta.dirname, '..');

/** How our own actions are written in workflows, and where they are. */
const OWN = new Map(
  ['', 'check', 'tag']
    .filter((folder) => existsSync(join(ROOT, folder, 'action.yml')))
    .map((folder) => [
      folder === '' ? 'OWNER/image-digest' : `OWNER/image-digest/${folder}`,
      join(ROOT, folder, 'action.yml'),
    ]),
);

const EXAMPLES = read('examples');
const WORKFLOWS = read('.github/workflows');
const PAGES = ['README.md', 'SECURITY.md', 'docs/errors.md', 'docs/digests.md', 'check/README.md', 'tag/README.md'];
const SNIPPETS = PAGES.filter((page) => existsSync(join(ROOT, page))).flatMap(snippetsOf);

function read(folder: string): readonly WorkflowDocument[] {
  const names = readdirSync(join(ROOT, folder)).filter((name) => /\.ya?ml$/.test(name));
  return names.map((name) => ({ name: `${folder}/${name}`, text: readFileSync(join(ROOT, folder, name), 'utf8') }));
}

/** The YAML of a page as complete workflows: steps get a job, jobs get an event. */
function snippetsOf(page: string): readonly WorkflowDocument[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/^( *)```yaml\n([\s\S]*?)^\1```/gm)].map((match) => {
    const [, indent = '', code = ''] = match;
    const line = text.slice(0, match.index).split('\n').length + 1;
    return { name: `${page}-${line}.yml`, text: completed(code.replaceAll(new RegExp(`^${indent}`, 'gm'), '')) };
  });
}

function completed(text: string): string {
  const value: unknown = parse(text);
  if (Array.isArray(value))
    return stringify({ on: 'push', jobs: { job: { 'runs-on': 'ubuntu-latest', steps: value } } });
  if (typeof value !== 'object' || value === null) throw new TypeError(`neither steps nor a workflow: ${text}`);
  if ('with' in value) {
    const images = { images: 'alpine:3.20' };
    const step = { uses: 'OWNER/image-digest@v1', with: { ...images, ...Object(value.with) } };
    return completed(stringify([step]));
  }
  if ('on' in value) return text;
  return stringify({ on: 'push', jobs: { job: { 'runs-on': 'ubuntu-latest', steps: [{ run: 'true' }] } }, ...value });
}

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
}

interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<
    Record<string, { readonly steps?: readonly Step[]; readonly uses?: string; readonly permissions?: unknown }>
  >;
}

function workflowOf({ text }: WorkflowDocument): Workflow {
  const workflow: Workflow = parse(text);
  return workflow;
}

function stepsOf(document: WorkflowDocument): readonly Step[] {
  return Object.values(workflowOf(document).jobs).flatMap(({ steps }) => steps ?? []);
}

function usesOf(document: WorkflowDocument): readonly string[] {
  return stepsOf(document).flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
}

describe('GitHub’s language service', () => {
  const actions: Record<string, Pick<ActionFile, 'inputs'>> = {};
  let problems: readonly string[] = [];

  beforeAll(async () => {
    for (const [name, path] of OWN) actions[name] = await readAction(path);
    for (const [name, inputs] of Object.entries(FOREIGN_ACTIONS)) {
      actions[name] = { inputs: Object.fromEntries(inputs.split(' ').map((input) => [input, { description: '' }])) };
    }
    const bad = completed('- uses: OWNER/image-digest@v1\n  with: { image: alpine }\n');
    problems = problemsOf([...EXAMPLES, ...WORKFLOWS, ...SNIPPETS, { name: 'bad.yml', text: bad }], actions);
  });

  test('has nothing against the examples, the workflows and the YAML of the documentation', () => {
    expect(problems.filter((problem) => !problem.startsWith('bad.yml'))).toEqual([]);
  });

  test('knows the inputs of our actions', () => {
    expect(problems.filter((problem) => problem.startsWith('bad.yml')).sort()).toEqual([
      'bad.yml:7: Missing required input `images`',
      "bad.yml:8: Invalid action input 'image'",
    ]);
  });
});

describe('the examples', () => {
  test('are all there is to test', () => {
    expect(EXAMPLES.length).toBeGreaterThanOrEqual(10);
    expect(SNIPPETS.length).toBeGreaterThan(15);
    expect(WORKFLOWS.map(({ name }) => name)).toEqual(['.github/workflows/ci.yml', '.github/workflows/release.yml']);
  });

  test.each([...EXAMPLES, ...SNIPPETS])('$name uses only outputs that our actions have', async (document) => {
    for (const { id, uses } of stepsOf(document)) {
      const path = OWN.get(uses?.split('@')[0] ?? '');
      if (path === undefined || id === undefined) continue;
      const outputs = Object.keys((await readAction(path)).outputs);
      const used = [...document.text.matchAll(new RegExp(`steps\\.${id}\\.outputs\\.([\\w-]+)`, 'g'))];
      expect(outputs).toEqual(expect.arrayContaining(used.map((match) => match[1])));
    }
  });

  test.each(EXAMPLES)('$name begins with what it is for and declares its permissions', (document) => {
    expect(document.text).toMatch(/^(?:# .*\n)*# .*\.\n(?!#)/);
    expect(workflowOf(document).permissions).toEqual({});
    expect(usesOf(document).some((uses) => OWN.has(uses.split('@')[0] ?? ''))).toBe(true);
  });

  test.each([...EXAMPLES, ...WORKFLOWS])(
    '$name pins every foreign action by commit, with its version',
    ({ name, text }) => {
      const uses = text.match(/(?<=uses: ).*/g) ?? [];
      const foreign = uses.filter((line) => !line.startsWith('./') && !line.startsWith('OWNER/'));
      const unpinned = foreign.filter((line) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line));
      expect({ name, unpinned }).toEqual({ name, unpinned: [] });
    },
  );

  test.each([...EXAMPLES, ...WORKFLOWS, ...SNIPPETS])('$name puts no expression into a script', (document) => {
    const scripts = stepsOf(document).flatMap(({ run }) => (run === undefined ? [] : [run]));
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });
});

test.each(WORKFLOWS)('$name gives every job its own permissions and no more than it needs', (document) => {
  const { permissions, jobs } = workflowOf(document);
  expect(permissions).toEqual({});
  expect(Object.entries(jobs).filter(([, job]) => job.permissions === undefined)).toEqual([]);
  const checkouts = stepsOf(document).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
  expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
});
