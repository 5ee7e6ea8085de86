/**
 * Shows the main jobs without any network: the built actions, started as GitHub's runner starts it, against a registry
 * inside this process. Fails when something is not as it should be. `npm run demo`
 *
 *   node scripts/demo.ts --dist <folder>  takes the built actions from there
 */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { image, index } from '../__tests__/support/oci.ts';
import { startRegistry } from '../__tests__/support/registry.ts';
import { briefOutputs, runStep, type StepResult } from './step.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { dist: { type: 'string', default: join(root, 'dist') } } });
for (const name of ['resolve', 'check', 'tag']) {
  const main = mainOf(name);
  if (!existsSync(main)) throw new Error(`There is no ${main}: run "npm run build" first`);
}

const workspace = await mkdtemp(join(tmpdir(), 'image-digest-demo-'));
const registry = await startRegistry({ auth: 'token', users: { robot: 'demo' } });
let failures = 0;

try {
  const api = index([image({ content: 'api' }), image({ content: 'api', platform: 'linux/arm64' })], {
    attestations: true,
  });
  const web = image({ content: 'web', labels: { 'org.opencontainers.image.version': '2.0.1' } });
  registry.add('acme/api', { '1.4.2': api, latest: api });
  registry.add('acme/web', { '2.0.1': web });
  const [host, apiId] = [registry.host, api.children[0]?.imageId ?? ''];

  console.log(`A registry with token authentication runs at ${host}, inside this demo.`);

  await scene('What does a tag mean now?', { images: `${host}/acme/api:1.4.2` }, ({ exitCode, outputs }) => [
    ['the step succeeds', exitCode === 0],
    ['the digest is the one of the index', outputs.get('digest') === api.digest],
  ]);

  await scene(
    'Several images, checked, written to a file',
    {
      images: `api=${host}/acme/api:1.4.2\nweb=${host}/acme/web:2.0.1`,
      inspect: 'true',
      'require-platforms': 'linux/amd64',
      write: 'images.env',
    },
    ({ exitCode, outputs }) => [
      ['the step succeeds', exitCode === 0],
      ['both digests come out', outputs.get('digests') === JSON.stringify({ api: api.digest, web: web.digest })],
      ['the file is there', existsSync(join(workspace, 'images.env'))],
    ],
  );
  console.log(`\nimages.env\n${indented(await readFile(join(workspace, 'images.env'), 'utf8'))}`);

  await scene(
    'A wrong kind of digest is named: this is what "docker inspect" shows as Id',
    { images: `${host}/acme/api:1.4.2`, expect: apiId },
    ({ exitCode }) => [['the step fails', exitCode === 1]],
  );

  await scene(
    'Is it there? Only a definite "not found" is missing',
    { images: `${host}/acme/api:9.9.9`, 'if-missing': 'ignore' },
    ({ exitCode, outputs }) => [
      ['the step succeeds', exitCode === 0],
      ['exists is false', outputs.get('exists') === 'false'],
    ],
  );

  await writeFile(join(workspace, 'Dockerfile'), `FROM ${host}/acme/api\n`);
  await scene(
    'A Dockerfile without a tag: the exact line to write',
    { registries: host, 'patch-file': 'images.patch' },
    ({ exitCode, outputs }) => [
      ['the step fails', exitCode === 1],
      ['it is the one finding', outputs.get('findings-count') === '1'],
      ['the fix has the digest', outputs.get('findings')?.includes(`@${api.digest}`) === true],
    ],
    'check',
  );
  console.log(`\nimages.patch\n${indented(await readFile(join(workspace, 'images.patch'), 'utf8'))}`);

  await scene(
    'One more tag, the same digest, nothing pulled',
    { image: `${host}/acme/api@${api.digest}`, tags: 'production', username: 'robot', password: 'demo' },
    ({ exitCode, outputs }) => [
      ['the step succeeds', exitCode === 0],
      ['the tag has the digest', outputs.get('digest') === api.digest && outputs.get('changed') === 'true'],
    ],
    'tag',
  );
} finally {
  await registry.close();
  await rm(workspace, { recursive: true, force: true });
}

console.log(
  failures === 0
    ? '\nAll of it as it should be. With a real registry: npm run try -- resolve alpine:3.20'
    : `\n${failures} not as it should be`,
);
process.exitCode = failures === 0 ? 0 : 1;

type Expectation = readonly [what: string, holds: boolean];

/** One step of a workflow: what is asked, what the action prints, what comes out, what it cost. */
async function scene(
  title: string,
  inputs: Readonly<Record<string, string>>,
  expectations: (result: StepResult) => readonly Expectation[],
  name = 'resolve',
): Promise<void> {
  const seen = registry.requests.length;
  console.log(`\n${'─'.repeat(80)}\n${title}\n`);
  console.log(indented(workflowOf(name, inputs)));
  console.log('\nLog');
  const environment = {
    HOME: workspace,
    DOCKER_CONFIG: workspace,
    XDG_CONFIG_HOME: workspace,
    XDG_RUNTIME_DIR: workspace,
  };
  const folder = name === 'resolve' ? '' : name;
  const action = join(root, folder, 'action.yml');
  const result = await runStep({ action, main: mainOf(name), inputs, workspace, environment });
  console.log(`\nOutputs\n${briefOutputs(result.outputs)}`);
  const table = result.summary.split('\n').filter((line) => line.startsWith('|'));
  console.log(`\nJob summary, its table\n${indented(table.join('\n'))}`);
  const requests = registry.requests
    .slice(seen)
    .map(({ method, path, status }) => `${method} ${path} ${String(status)}`);
  console.log(`\nRequests: ${requests.length}\n${indented(requests.join('\n'))}`);
  for (const [what, holds] of expectations(result)) {
    if (!holds) failures += 1;
    console.log(`${holds ? '✓' : '✗'} ${what}`);
  }
}

function mainOf(name: string): string {
  return resolve(values.dist, `${name}.js`);
}

function workflowOf(name: string, inputs: Readonly<Record<string, string>>): string {
  const lines = Object.entries(inputs).map(([input, value]) =>
    value.includes('\n') ? `    ${input}: |\n${value.replaceAll(/^/gm, '      ')}` : `    ${input}: ${value}`,
  );
  const path = name === 'resolve' ? '' : `/${name}`;
  return [`- uses: OWNER/image-digest${path}@v1`, '  with:', ...lines].join('\n');
}

function indented(text: string): string {
  return text.trim().replaceAll(/^/gm, '  ');
}
