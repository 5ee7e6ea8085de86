import { afterEach, describe, expect, test } from '@jest/globals';
import { never, hold, resetAfterWork, times } from '../support/faults.ts';
import { image, index, type Manifest } from '../support/oci.ts';
import { startRegistry, type RegistryOptions, type StartedRegistry } from '../support/registry.ts';
import type { RunOptions, RunResult } from '../support/runner.ts';
import { json } from '../support/service.ts';
import { jsonOf, runBuilt } from './support.ts';

const multi = index([image(), image({ platform: 'linux/arm64' })], { attestations: true });
const old = image({ content: 'old' });
const COMMIT = '9f3c1d2e5b7a4c6d8e0f1a2b3c4d5e6f7a8b9c0d';

const open: StartedRegistry[] = [];
afterEach(async () => {
  for (const registry of open.splice(0)) await registry.close();
});

async function registryWith(
  more: Readonly<Record<string, Manifest>> = {},
  options: RegistryOptions = {},
): Promise<StartedRegistry> {
  const registry = await startRegistry(options);
  registry.add('acme/api', { main: multi, ...more });
  open.push(registry);
  return registry;
}

function tag(
  registry: StartedRegistry,
  inputs: Readonly<Record<string, string>>,
  options: Partial<RunOptions> = {},
): Promise<RunResult> {
  const source = { image: `${registry.host}/acme/api@${multi.digest}` };
  return runBuilt({ action: 'tag', ...options, inputs: { ...source, ...inputs } });
}

function annotationsOf({ annotations }: RunResult): readonly string[] {
  return annotations.map(({ level, title, message }) => `${level} ${title ?? ''}: ${message}`);
}

function writesOf(registry: StartedRegistry): readonly string[] {
  return registry.summary().filter((line) => !/^(?:GET|HEAD) /.test(line));
}

/** The decisions as they are shown before anything is written. */
function tableOf({ log }: RunResult): readonly string[] {
  return /^What (?:is to|would) be done:\n((?: {2}.*\n)+)/m.exec(log)?.[1]?.split('\n') ?? [];
}

/** Lines of the log without the time that it took. */
function logOf({ log }: RunResult): string {
  return log.replaceAll(/\d+ ms/g, 'n ms');
}

describe('a run that writes', () => {
  test('puts the tags, reads them back and gives every output', async () => {
    const registry = await registryWith({ latest: old, '1.4.1': old });
    const run = await tag(registry, {
      tags: `1.4.2\ntype=sha\nlatest\n${registry.host}/acme/api:main`,
      'forward-only': 'latest',
      expect: multi.digest,
    });
    const name = `${registry.host}/acme/api`;
    expect(annotationsOf(run)).toEqual([]);
    expect(run.exitCode).toBe(0);
    const { json: text, ...outputs } = run.outputs;
    expect(outputs).toEqual({
      digest: multi.digest,
      name,
      tags: ['1.4.2', 'sha-9f3c1d2', 'latest', 'main'].map((one) => `${name}:${one}`).join('\n'),
      changed: 'true',
    });
    expect(jsonOf(text)).toEqual([
      { tag: '1.4.2', after: multi.digest, result: 'created' },
      { tag: 'sha-9f3c1d2', after: multi.digest, result: 'created' },
      { tag: 'latest', before: old.digest, after: multi.digest, result: 'moved' },
      { tag: 'main', before: multi.digest, after: multi.digest, result: 'unchanged' },
    ]);
    for (const one of ['1.4.2', 'sha-9f3c1d2', 'latest']) expect(registry.digestOf('acme/api', one)).toBe(multi.digest);
    expect(run.written).toEqual({ env: '', path: '', state: '', artifacts: `${name}@${multi.digest}\n` });
    expect(run.rawStderr).toBe('');
    expect(run.summary).toContain('### Image tags');
    expect(run.summary).toContain(`docker pull ${name}:1.4.2@${multi.digest}`);
  });

  test('shows what it will do before the first PUT, and what it did afterwards', async () => {
    const registry = await registryWith({ latest: old });
    let shown = '';
    registry.on('PUT *', (_request, next) => {
      shown ||= lines.join('\n');
      return next();
    });
    const lines: string[] = [];
    // The line is printed before the request is sent; the registry answers only when it has arrived here.
    const printed = Promise.withResolvers<void>();
    registry.on('PUT *', hold(printed.promise));
    const run = await tag(
      registry,
      { tags: '1.4.2,latest', overwrite: 'latest' },
      {
        onLine: (line) => {
          lines.push(line);
          if (line.includes('latest  move ')) printed.resolve();
        },
      },
    );
    expect(shown).toContain('What is to be done:');
    expect(shown).not.toContain('Result:');
    const name = `${registry.host}/acme/api`;
    expect(logOf(run)).toContain(
      [
        'What is to be done:',
        '  1.4.2   create',
        `  latest  move      was ${old.digest}, overwrite: latest`,
        'Result:',
        '  1.4.2   created',
        `  latest  moved     was ${old.digest}, overwrite: latest`,
        '  how       7 requests, n ms, anonymous',
      ].join('\n'),
    );
    expect(run.log).toContain(`${name}@${multi.digest}`);
  });

  test('a login from the inputs is used for reading and writing, and never shown', async () => {
    const registry = await registryWith({}, { auth: 'token', users: { robot: 'correct horse battery' } });
    const run = await tag(registry, { tags: 'a', username: 'robot', password: 'correct horse battery' });
    expect(run.exitCode).toBe(0);
    expect(run.rawStdout.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('correct horse battery');
    expect(registry.tokens.issued).toHaveLength(1);
    for (const token of registry.tokens.issued) expect(run.masks).toContain(token);
    expect(run.log).toContain('credential: input');
  });

  test('a second run changes nothing and writes nothing', async () => {
    const registry = await registryWith();
    await tag(registry, { tags: 'a,b' });
    registry.forget();
    const run = await tag(registry, { tags: 'a,b' });
    expect(run.outputs['changed']).toBe('false');
    expect(run.outputs['tags']?.split('\n')).toHaveLength(2);
    expect(writesOf(registry)).toEqual([]);
    expect(run.log).toContain('Nothing was written.');
  });

  test('two runs at once both end with a true report', async () => {
    const registry = await registryWith({ latest: old });
    const both = Promise.withResolvers<void>();
    let puts = 0;
    registry.on('PUT *', async (_request, next) => {
      puts += 1;
      if (puts === 2) both.resolve();
      await both.promise;
      return next();
    });
    const runs = await Promise.all([1, 2].map(() => tag(registry, { tags: 'latest', overwrite: 'latest' })));
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(runs.map(({ outputs }) => jsonOf(outputs['json']))).toEqual(
      [1, 2].map(() => [{ tag: 'latest', before: old.digest, after: multi.digest, result: 'moved' }]),
    );
  });

  test('a connection that dies after the PUT has arrived is repeated (F46)', async () => {
    const registry = await registryWith();
    registry.on('PUT *', times(1, resetAfterWork()));
    const run = await tag(registry, { tags: 'a' });
    expect([run.exitCode, run.outputs['changed']]).toEqual([0, 'true']);
    expect(writesOf(registry)).toHaveLength(2);
  });
});

describe('a run that must not write', () => {
  test('a dry run shows the same table, and fails where the real run would refuse', async () => {
    const registry = await registryWith({ '1.0.0': old, latest: old });
    const inputs = { tags: 'new,latest,main', overwrite: 'latest', 'dry-run': 'true' };
    const run = await tag(registry, inputs);
    expect([run.exitCode, run.outputs['changed'], run.outputs['tags']]).toEqual([
      0,
      'false',
      `${registry.host}/acme/api:main`,
    ]);
    expect(jsonOf(run.outputs['json'])).toEqual([
      { tag: 'new', after: multi.digest, result: 'created' },
      { tag: 'latest', before: old.digest, after: multi.digest, result: 'moved' },
      { tag: 'main', before: multi.digest, after: multi.digest, result: 'unchanged' },
    ]);
    expect(run.summary).toContain('dry run: nothing was written');
    expect(run.written.artifacts).toBe('');
    const refused = await tag(registry, { ...inputs, tags: 'new,1.0.0' });
    expect([refused.exitCode, refused.outputs['changed']]).toEqual([1, 'false']);
    expect(annotationsOf(refused)).toEqual([expect.stringContaining('error tag-exists: ')]);
    expect(writesOf(registry)).toEqual([]);
  });

  test.each([
    ['nothing is refused', 'new,latest,main'],
    ['a tag is refused', 'new,latest,1.0.0,main'],
  ])('a dry run and the real one decide and report alike: %s', async (_, tags) => {
    const registry = await registryWith({ '1.0.0': old, latest: old });
    const inputs = { tags, overwrite: 'latest' };
    const dry = await tag(registry, { ...inputs, 'dry-run': 'true' });
    const real = await tag(registry, inputs);
    expect(dry.outputs['json']).toBe(real.outputs['json']);
    expect(dry.exitCode).toBe(real.exitCode);
    expect(tableOf(dry)).not.toEqual([]);
    expect(tableOf(dry)).toEqual(tableOf(real));
  });

  test('a tag that exists is refused with both digests and what to write', async () => {
    const registry = await registryWith({ '1.0.0': old });
    const run = await tag(registry, { tags: '1.0.0\nnew' });
    expect(run.exitCode).toBe(1);
    const [annotation] = annotationsOf(run);
    expect(annotation).toMatch(
      new RegExp(
        `^error tag-exists: .*acme/api:1\\.0\\.0 exists with ${old.digest}.*${multi.digest}.*overwrite: 1\\.0\\.0.*docs/errors\\.md#tag-exists`,
      ),
    );
    expect(run.annotations).toHaveLength(1);
    expect(jsonOf(run.outputs['json'])).toEqual([
      { tag: '1.0.0', before: old.digest, after: old.digest, result: 'refused' },
      { tag: 'new', result: 'failed' },
    ]);
    expect([run.outputs['tags'], run.outputs['changed']]).toEqual(['', 'false']);
    expect(writesOf(registry)).toEqual([]);
    expect(run.log).toContain('Nothing was written.');
  });

  test('a tag that forward-only keeps is a notice', async () => {
    const registry = await registryWith({ '2.0.0': old, latest: old });
    const run = await tag(registry, { tags: '1.4.2,latest', 'forward-only': 'latest' });
    expect(run.exitCode).toBe(0);
    expect(annotationsOf(run)).toEqual([
      `notice kept: ${registry.host}/acme/api:latest stays ${old.digest}: 1.4.2 is older than 2.0.0`,
    ]);
    expect(jsonOf(run.outputs['json'])).toEqual([
      { tag: '1.4.2', after: multi.digest, result: 'created' },
      { tag: 'latest', before: old.digest, after: old.digest, result: 'kept' },
    ]);
    expect(run.outputs['tags']).toBe(`${registry.host}/acme/api:1.4.2`);
  });

  test('wrong inputs are told all at once, before any request', async () => {
    const registry = await registryWith();
    const run = await tag(registry, { tags: 'a b\nnginx:1', expect: 'sha256:1', overwrite: 'v[', 'dry-run': 'maybe' });
    expect(run.exitCode).toBe(1);
    expect(annotationsOf(run).map((one) => one.slice(0, one.indexOf(': ', one.indexOf(': ') + 2)))).toEqual([
      'error bad-input: tags',
      'error bad-input: tags',
      'error bad-reference: expect',
      'error bad-input: overwrite',
      'error bad-input: dry-run',
    ]);
    expect(registry.requests).toEqual([]);
  });

  test('an unexpected digest stops everything', async () => {
    const registry = await registryWith();
    const run = await tag(registry, { tags: 'a', expect: old.digest });
    expect(annotationsOf(run)).toEqual([expect.stringMatching(/^error moved: .*not the expected/)]);
    expect(writesOf(registry)).toEqual([]);
    expect(run.outputs).toEqual({});
  });
});

describe('what the registry refuses', () => {
  test('missing rights fail the tags, and those that were written are told', async () => {
    const registry = await registryWith();
    registry.on('PUT /v2/acme/api/manifests/b', () => json(403, { errors: [{ code: 'DENIED', message: 'no' }] }));
    const run = await tag(registry, { tags: 'a,b' });
    expect(run.exitCode).toBe(1);
    expect(annotationsOf(run)).toEqual([
      expect.stringMatching(/^error unauthorized: no right to write to .*DENIED: no/),
    ]);
    expect([run.outputs['tags'], run.outputs['changed']]).toEqual([`${registry.host}/acme/api:a`, 'true']);
    expect(jsonOf(run.outputs['json'])).toMatchObject([{ result: 'created' }, { tag: 'b', result: 'failed' }]);
    expect(run.written.artifacts).toBe('');
  });

  test('what a registry says cannot become a command of the runner', async () => {
    const registry = await registryWith();
    const message = 'x\n::set-output name=digest::evil\n##[add-path]/evil';
    registry.on('PUT *', () => json(409, { errors: [{ code: 'TAG_INVALID', message }] }));
    const run = await tag(registry, { tags: 'a' });
    expect(run.commands.map(({ name }) => name).filter((name) => /set-output|add-path/.test(name))).toEqual([]);
    expect(annotationsOf(run)).toEqual([expect.stringContaining('error tag-immutable: ')]);
  });

  test('a tag that the registry took and does not have is a failure', async () => {
    const registry = await registryWith();
    registry.on('PUT *', () => {
      registry.add('acme/api', { a: old });
      return { status: 202, headers: {} };
    });
    const run = await tag(registry, { tags: 'a' });
    expect(annotationsOf(run)).toEqual([expect.stringMatching(/^error integrity: .*acme\/api:a was to become/)]);
    expect(jsonOf(run.outputs['json'])).toEqual([{ tag: 'a', after: old.digest, result: 'failed' }]);
  });
});

describe('a run that is ended', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s in the middle tells what is done and leaves in time', async (name, exitCode) => {
    const registry = await registryWith();
    const stuck = Promise.withResolvers<void>();
    registry.on('PUT /v2/acme/api/manifests/slow', never());
    // The other tag is read back: now nothing but the slow one is open.
    registry.on('HEAD /v2/acme/api/manifests/fast', async (_request, next) => {
      const reply = await next();
      if (reply.status === 200) setTimeout(stuck.resolve, 50);
      return reply;
    });
    const run = await tag(registry, { tags: 'fast,slow' }, { signal: { name, on: stuck.promise } });
    expect(run.exitCode).toBe(exitCode);
    expect(run.durationMs).toBeLessThan(5000);
    expect(jsonOf(run.outputs['json'])).toEqual([
      { tag: 'fast', after: multi.digest, result: 'created' },
      { tag: 'slow', result: 'failed' },
    ]);
    expect([run.outputs['tags'], run.outputs['changed']]).toEqual([`${registry.host}/acme/api:fast`, 'true']);
    expect(run.log).toContain('slow  failed    the run ended before the registry had confirmed it');
    expect(run.summary).toContain('| `fast` | created |');
    expect(run.summary).toContain('| `slow` | failed |  | the run ended before the registry had confirmed it |');
    expect(run.log).toContain(`Stopped: cancelled by ${name}`);
  });

  test('before anything was written says so', async () => {
    const registry = await registryWith();
    const asked = Promise.withResolvers<void>();
    registry.on('GET *', (_request, next) => {
      asked.resolve();
      return next();
    });
    registry.on('GET *', never());
    registry.on('GET *', (_request, next) => {
      setTimeout(asked.resolve, 50);
      return next();
    });
    const run = await tag(registry, { tags: 'a' }, { signal: { name: 'SIGTERM', on: asked.promise } });
    expect(run.exitCode).toBe(143);
    expect(run.log).toContain('Nothing was written.');
    expect(writesOf(registry)).toEqual([]);
  });

  test('by its own deadline tells the state of each tag', async () => {
    const registry = await registryWith();
    registry.on('PUT /v2/acme/api/manifests/slow', never());
    const run = await tag(registry, { tags: 'fast,slow', timeout: '2' });
    expect(run.exitCode).toBe(1);
    expect(annotationsOf(run)).toEqual([
      expect.stringContaining('error timeout: the step did not end within 2 seconds'),
    ]);
    expect(jsonOf(run.outputs['json'])).toMatchObject([{ result: 'created' }, { result: 'failed' }]);
  });
});

describe('lines of docker/metadata-action', () => {
  const inputs = {
    'dry-run': 'true',
    tags: [
      'type=semver,pattern={{version}}',
      'type=semver,pattern={{major}}.{{minor}}',
      'type=ref,event=branch',
      'type=ref,event=pr',
      'type=raw,value=edge,enable={{is_default_branch}}',
      'type=sha',
    ].join('\n'),
  };
  const event = { repository: { default_branch: 'main' } };
  const pull = {
    ...event,
    number: 15,
    pull_request: { number: 15, head: { sha: '3370e228f2209994d57af4427fe64e71bb79ac96' }, base: { ref: 'main' } },
  };

  test.each<readonly [string, Partial<RunOptions>, readonly string[]]>([
    ['a push to the default branch', { event }, ['main', 'edge', 'sha-9f3c1d2']],
    ['a push to another branch', { event, github: { ref: 'refs/heads/dev/x' } }, ['dev-x', 'sha-9f3c1d2']],
    ['a release', { event, github: { ref: 'refs/tags/v1.4.2' } }, ['1.4.2', '1.4', 'sha-9f3c1d2']],
    ['a pre-release', { event, github: { ref: 'refs/tags/v1.5.0-rc.1' } }, ['1.5.0-rc.1', 'sha-9f3c1d2']],
    [
      'a pull request',
      { event: pull, github: { ref: 'refs/pull/15/merge', event_name: 'pull_request' } },
      ['pr-15', 'sha-9f3c1d2'],
    ],
    [
      'a pull request by its head',
      {
        event: pull,
        github: { ref: 'refs/pull/15/merge', event_name: 'pull_request' },
        env: { DOCKER_METADATA_PR_HEAD_SHA: 'true', DOCKER_METADATA_SHORT_SHA_LENGTH: '9' },
      },
      ['pr-15', 'sha-3370e228f'],
    ],
    ['pull_request_target', { event: pull, github: { event_name: 'pull_request_target' } }, ['pr-15', 'sha-9f3c1d2']],
    ['an event that cannot be read (F44)', { event: '{"repos' }, ['main', 'sha-9f3c1d2']],
    ['no event at all', { event: null }, ['main', 'sha-9f3c1d2']],
  ])('%s', async (_, options, tags) => {
    const registry = await registryWith();
    const run = await tag(registry, inputs, options);
    const made: readonly { readonly tag: string }[] = JSON.parse(run.outputs['json'] ?? '[]');
    expect(made.map((one) => one.tag)).toEqual(tags);
    expect(annotationsOf(run)).toEqual([]);
  });

  test('a version that is none is a warning, no tag at all is an error', async () => {
    const registry = await registryWith();
    const github = { ref: 'refs/tags/jammy' };
    const warned = await tag(registry, inputs, { github });
    expect(annotationsOf(warned)).toEqual([
      expect.stringContaining('pattern={{version}} gives no tag: "jammy" is not a version by SemVer'),
      expect.stringContaining('pattern={{major}}.{{minor}} gives no tag'),
    ]);
    const failed = await tag(registry, { tags: 'type=ref,event=branch' }, { github });
    expect(annotationsOf(failed)).toEqual([
      expect.stringContaining('error bad-input: tags: tags leaves nothing to do'),
    ]);
  });
});

test('without the files of a runner the work is done, with one warning', async () => {
  const registry = await registryWith();
  const env = { GITHUB_OUTPUT: undefined, GITHUB_STEP_SUMMARY: undefined, GITHUB_ARTIFACTS: undefined };
  const run = await tag(registry, { tags: `sha-${COMMIT}` }, { env });
  expect(run.exitCode).toBe(0);
  expect(annotationsOf(run)).toEqual([expect.stringContaining('Outputs are not set')]);
  expect(registry.digestOf('acme/api', `sha-${COMMIT}`)).toBe(multi.digest);
});

test('a file for artifacts that cannot be written is a warning', async () => {
  const registry = await registryWith();
  const run = await tag(registry, { tags: 'a' }, { env: { GITHUB_ARTIFACTS: '/nowhere/at/all' } });
  expect(run.exitCode).toBe(0);
  expect(annotationsOf(run)).toEqual([expect.stringContaining('not declared in GITHUB_ARTIFACTS')]);
});
