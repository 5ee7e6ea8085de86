import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAuthority } from '../support/certificates.ts';
import { startInternet, type Internet } from '../support/internet.ts';
import { image } from '../support/oci.ts';
import { startRegistry, type StartedRegistry } from '../support/registry.ts';
import { GITHUB_TOKEN, type RunOptions, type RunResult } from '../support/runner.ts';
import { basicOf } from '../support/tokens.ts';
import { ghcr, type World } from '../support/worlds.ts';
import { runBuilt } from './support.ts';

const PASSWORD = 'the-password-of-everybody';
const USERS = ['inputs', 'variable', 'authfile', 'scope', 'helped', 'stored', 'config', 'auth-json', 'deep'];
const api = image({ content: 'api' });
const PATH = '/usr/local/bin:/usr/bin:/bin';

let folder = '';
let bin = '';
let registry: StartedRegistry;
let tokens: StartedRegistry;
let host = '';
let world: World;
let internet: Internet;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'logins-')));
  bin = join(folder, 'bin');
  mkdirSync(bin);
  helper(bin, 'store', answering('stored'));
  helper(bin, 'help', answering('helped'));
  const users = Object.fromEntries(USERS.map((user) => [user, PASSWORD]));
  registry = await startRegistry({ auth: 'basic', users });
  host = registry.host;
  tokens = await startRegistry({ auth: 'token', token: { refreshTokens: { 'refresh-token-of-octocat': 'octocat' } } });
  for (const one of [registry, tokens]) one.add('acme/api', { '1': api });
  registry.add('acme/deep/er', { '1': api });
  world = ghcr({ users: { 'x-access-token': GITHUB_TOKEN, octocat: PASSWORD }, hidden: ['acme/hidden'] });
  for (const name of ['acme/hidden', 'acme/open', 'acme/open2']) world.registry.add(name, { '1': api });
  internet = await startInternet({ authority: makeAuthority(), hosts: world.hosts });
});
afterAll(async () => {
  for (const one of [registry, tokens, internet]) await one.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A credential helper that is a program of Node's. */
function helper(where: string, name: string, body: string): void {
  const path = join(where, `docker-credential-${name}`);
  writeFileSync(path, `#!${process.execPath}\n${body}\n`);
  chmodSync(path, 0o755);
}

function answering(user: string): string {
  return `process.stdin.resume().on('end', () => console.log(JSON.stringify({ Username: '${user}', Secret: '${PASSWORD}' })));`;
}

const entry = (user: string): object => ({ auth: Buffer.from(`${user}:${PASSWORD}`).toString('base64') });
const auths = (user: string, key = host): string => JSON.stringify({ auths: { [key]: entry(user) } });

function resolve(options: Partial<RunOptions> = {}): Promise<RunResult> {
  const env = { PATH: `${bin}:${PATH}`, ...options.env };
  const inputs = { images: `${host}/acme/api:1`, ...options.inputs };
  return runBuilt({ action: 'resolve', ...options, env, inputs });
}

/** Who the registry was asked as, in the end. */
function whoWasIt(of: StartedRegistry = registry): string {
  const last = of.requests.at(-1);
  return (last === undefined ? undefined : basicOf(last)?.user) ?? 'nobody';
}

/** Everything at once, the first source first; each has a login of its own. */
const SOURCES: readonly (readonly [source: string, user: string, options: () => Partial<RunOptions>])[] = [
  ['inputs', 'inputs', () => ({ inputs: { registry: host, username: 'inputs', password: PASSWORD } })],
  ['DOCKER_AUTH_CONFIG', 'variable', () => ({ env: { DOCKER_AUTH_CONFIG: auths('variable') } })],
  [
    'REGISTRY_AUTH_FILE',
    'authfile',
    () => {
      writeFileSync(join(folder, 'authfile.json'), auths('authfile'));
      return { env: { REGISTRY_AUTH_FILE: join(folder, 'authfile.json') } };
    },
  ],
  [
    'buildx scope HOST/acme/api',
    'scope',
    () => ({ homeFiles: { [`.docker/buildx/config/${host}/acme/api/config.json`]: auths('scope') } }),
  ],
  [
    'credential helper help',
    'helped',
    () => ({ homeFiles: { '.docker/config.json': JSON.stringify({ credHelpers: { [host]: 'help' } }) } }),
  ],
  [
    'credential helper store',
    'stored',
    () => ({ homeFiles: { '.docker/config.json': JSON.stringify({ credsStore: 'store', auths: { [host]: {} } }) } }),
  ],
  ['docker config HOST', 'config', () => ({ homeFiles: { '.docker/config.json': auths('config') } })],
  ['containers auth.json', 'auth-json', () => ({ homeFiles: { '.config/containers/auth.json': auths('auth-json') } })],
];

function merged(all: readonly Partial<RunOptions>[]): Partial<RunOptions> {
  const pick = (name: 'inputs' | 'env' | 'homeFiles') =>
    Object.assign({}, ...all.toReversed().map((one) => one[name] ?? {}));
  return { inputs: pick('inputs'), env: pick('env'), homeFiles: pick('homeFiles') };
}

describe('a login is taken from', () => {
  test.each(SOURCES)('%s, and the log says so', async (source, user, options) => {
    const result = await resolve(options());
    expect(result.annotations).toEqual([]);
    expect(whoWasIt()).toBe(user);
    expect(result.log).toMatch(
      new RegExp(`  how {7}\\d requests, \\d+ ms, credential: ${source.replace('HOST', host)}$`, 'm'),
    );
    expect(result.rawStdout.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain(PASSWORD);
    expect(result.masks).toEqual(
      expect.arrayContaining([PASSWORD, Buffer.from(`${user}:${PASSWORD}`).toString('base64')]),
    );
    expect(result.masks).not.toContain(user);
  });

  test('the first of them that has one', async () => {
    for (const [position, [, user]] of SOURCES.entries()) {
      await resolve(merged(SOURCES.slice(position).map(([, , options]) => options())));
      expect(whoWasIt()).toBe(user);
    }
  });

  test('DOCKER_CONFIG’s folder instead of the home folder’s', async () => {
    writeFileSync(join(folder, 'config.json'), auths('config'));
    await resolve({ env: { DOCKER_CONFIG: folder }, homeFiles: { '.docker/config.json': auths('stored') } });
    expect(whoWasIt()).toBe('config');
  });

  test('the longest path of auth.json that is a prefix by whole components', async () => {
    const file = {
      auths: { [host]: entry('auth-json'), [`${host}/acme/de`]: entry('scope'), [`${host}/acme/deep`]: entry('deep') },
    };
    const homeFiles = { '.config/containers/auth.json': JSON.stringify(file) };
    await resolve({ homeFiles, inputs: { images: `${host}/acme/deep/er:1` } });
    expect(whoWasIt()).toBe('deep');
    await resolve({ homeFiles });
    expect(whoWasIt()).toBe('auth-json');
  });

  test.each(['HOST.evil', 'evil-HOST', 'example.com'])('no entry for another host: %s', async (key) => {
    const result = await resolve({ homeFiles: { '.docker/config.json': auths('config', key.replace('HOST', host)) } });
    expect(result.exitCode).toBe(1);
    expect(whoWasIt()).toBe('nobody');
    expect(result.annotations[0]?.message).toContain('asked anonymously');
  });

  test('an identity token, which is never sent to the registry', async () => {
    const config = { auths: { [tokens.host]: { identitytoken: 'refresh-token-of-octocat' } } };
    tokens.forget();
    const result = await resolve({
      inputs: { images: `${tokens.host}/acme/api:1` },
      homeFiles: { '.docker/config.json': JSON.stringify(config) },
    });
    expect(result.outputs['digest']).toBe(api.digest);
    const posts = tokens.requests.filter(({ method }) => method === 'POST');
    expect(posts.map(({ body }) => new URLSearchParams(body.toString()).get('refresh_token'))).toEqual([
      'refresh-token-of-octocat',
    ]);
    expect(tokens.requests.some(({ headers }) => JSON.stringify(headers).includes('refresh-token'))).toBe(false);
    expect(result.masks).toContain('refresh-token-of-octocat');
  });
});

/** Resolves through the fake internet, with nothing remembered. */
const viaInternet = (images: string, options: Partial<RunOptions> = {}) => {
  world.registry.forget();
  return resolve({ ...options, env: { ...internet.env, ...options.env }, inputs: { images, ...options.inputs } });
};

describe('ghcr.io', () => {
  test('is asked with the job’s token, by one token request and one HEAD', async () => {
    const result = await viaInternet('ghcr.io/acme/hidden:1');
    expect(result.outputs['digest']).toBe(api.digest);
    expect(result.log).toMatch(/  how {7}2 requests, \d+ ms, credential: github-token$/m);
    expect(world.registry.summary()).toEqual(['GET /token', 'HEAD /v2/acme/hidden/manifests/1']);
    expect(internet.strangers).toEqual([]);
  });

  test('is asked with a login that exists before the token', async () => {
    const result = await viaInternet('ghcr.io/acme/hidden:1', {
      homeFiles: { '.docker/config.json': auths('octocat', 'ghcr.io') },
    });
    expect(result.log).toContain('credential: docker config ghcr.io');
    expect(result.outputs['digest']).toBe(api.digest);
  });

  test('a login that it refuses is tried once more anonymously, with one warning for all images', async () => {
    const images = 'ghcr.io/acme/open:1\nghcr.io/acme/open2:1';
    const result = await viaInternet(images, { homeFiles: { '.docker/config.json': auths('nobody', 'ghcr.io') } });
    expect(result.exitCode).toBe(0);
    expect(result.annotations.map(({ level }) => level)).toEqual(['warning']);
    expect(result.annotations[0]?.message).toContain('docker config ghcr.io');
    expect(Object.keys(JSON.parse(result.outputs['digests'] ?? ''))).toEqual(['open', 'open2']);
  });

  test('what nobody may see is told with the rights that the job needs, and never as missing', async () => {
    const result = await viaInternet('ghcr.io/acme/hidden:1', {
      inputs: { 'github-token': '', 'if-missing': 'ignore' },
    });
    expect(result.exitCode).toBe(1);
    expect(result.outputs['exists']).toBe('');
    const [error] = result.annotations;
    expect(error?.title).toBe('unauthorized');
    for (const part of [
      'ghcr.io/acme/hidden',
      'packages: read',
      'Manage Actions access',
      'forks',
      'does not tell which',
      'anonymously',
    ]) {
      expect(error?.message).toContain(part);
    }
  });
});

/** A step with a helper for the registry that hands out tokens. */
const configured = (name: string, more: Partial<RunOptions> = {}): Partial<RunOptions> => ({
  ...more,
  homeFiles: { '.docker/config.json': JSON.stringify({ credHelpers: { [tokens.host]: name } }) },
  inputs: { images: `${tokens.host}/acme/api:1`, ...more.inputs },
});

describe('credential helpers', () => {
  test('see nothing of the step’s secrets, and get the server on stdin', async () => {
    const seen = join(folder, 'seen.json');
    helper(
      bin,
      'spy',
      `let server = ''; process.stdin.on('data', (part) => (server += part)).on('end', () => {
        require('fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ server, env: process.env, argv: process.argv.slice(2) }));
        console.log('credentials not found in native keychain'); process.exitCode = 1;
      });`,
    );
    const secrets = {
      MY_SECRET: 'my-secret',
      NODE_OPTIONS: '',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'id-token',
      GITHUB_TOKEN: 'token',
    };
    const login = { registry: 'example.com', username: 'u', password: 'input-password' };
    const result = await resolve(configured('spy', { env: secrets, inputs: login }));
    expect(result.exitCode).toBe(0);
    expect(result.log).toContain(', anonymous');
    const { server, env, argv } = JSON.parse(readFileSync(seen, 'utf8'));
    expect({ server, argv }).toEqual({ server: tokens.host, argv: ['get'] });
    expect(JSON.stringify(env)).not.toMatch(/my-secret|id-token|input-password|INPUT_|ACTIONS_|GITHUB_|ghs_/);
  });

  test.each<[string, string, string]>([
    [
      'floods',
      `const chunk = 'x'.repeat(1 << 20); for (let i = 0; i < 1024; i += 1) require('fs').writeSync(1, chunk);`,
      'wrote more than 65536 bytes',
    ],
    [
      'curses',
      `console.error('::add-mask::sha256'); console.log('::set-output name=digest::smuggled\\n##[add-mask]x'); process.exit(3);`,
      'failed (exit code 3)',
    ],
    ['babbles', `console.log('{"Username":"u"}')`, 'gave an answer without a user name and a secret'],
  ])('one that %s is gone without, with one warning', async (name, body, words) => {
    helper(bin, name, body);
    const result = await resolve(configured(name));
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toEqual([
      expect.objectContaining({ level: 'warning', message: expect.stringContaining(words) }),
    ]);
    expect(result.rawStdout).not.toContain('smuggled');
    expect(result.rawStderr).toBe('');
    expect(result.masks).not.toContain('sha256');
  });

  test('one that hangs ends with the step’s time, and with it what it started', async () => {
    const pids = join(folder, 'pids');
    helper(
      bin,
      'hang',
      `const { spawn } = require('child_process');
       const child = spawn('/bin/sleep', ['600']);
       require('fs').writeFileSync(${JSON.stringify(pids)}, JSON.stringify([process.pid, child.pid]));
       setInterval(() => {}, 1000);`,
    );
    const result = await resolve(configured('hang', { inputs: { timeout: '2' } }));
    expect(result.exitCode).toBe(1);
    expect(result.durationMs).toBeLessThan(3000);
    expect(result.annotations.filter(({ level }) => level === 'error').map(({ title }) => title)).toEqual(['timeout']);
    for (const pid of JSON.parse(readFileSync(pids, 'utf8'))) expect(isRunning(pid)).toBe(false);
  });

  test('a cancelled step takes a helper with it', async () => {
    const pids = join(folder, 'pids2');
    helper(
      bin,
      'hang2',
      `require('fs').writeFileSync(${JSON.stringify(pids)}, String(process.pid)); setInterval(() => {}, 1000);`,
    );
    const started = Promise.withResolvers<void>();
    const watch = setInterval(() => (existsSync(pids) ? started.resolve() : undefined), 10);
    const result = await resolve(configured('hang2', { signal: { name: 'SIGTERM', on: started.promise } }));
    clearInterval(watch);
    expect(result.exitCode).toBe(143);
    expect(isRunning(Number(readFileSync(pids, 'utf8')))).toBe(false);
  });

  test.each(['../../evil', 'a b', 'x;touch y', '-h', 'é', 'a'.repeat(65), ''])(
    'the name %j is never started',
    async (name) => {
      const result = await resolve(configured(name));
      expect(result.exitCode).toBe(0);
      const warnings = result.annotations.map(({ message }) => message);
      if (name !== '')
        expect(warnings).toEqual([
          expect.stringContaining(name === '-h' ? 'not on PATH' : 'a name that no helper can have'),
        ]);
    },
  );

  test('programs and configuration of the workspace are not used', async () => {
    const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-')));
    helper(workspace, 'own', `require('fs').writeFileSync(${JSON.stringify(join(folder, 'pwned'))}, '')`);
    mkdirSync(join(workspace, '.docker'));
    writeFileSync(
      join(workspace, '.docker/config.json'),
      JSON.stringify({ credsStore: 'help', ...JSON.parse(auths('config')) }),
    );
    const first = await resolve({ ...configured('own', { env: { PATH: `.:${workspace}:${PATH}` } }), cwd: workspace });
    expect(first.annotations.map(({ message }) => message)).toEqual([expect.stringContaining('is not on PATH')]);
    for (const env of [
      { DOCKER_CONFIG: join(workspace, '.docker') },
      { HOME: workspace },
      { REGISTRY_AUTH_FILE: join(workspace, '.docker/config.json') },
    ]) {
      const second = await resolve({ cwd: workspace, env });
      expect(second.annotations[0]).toMatchObject({ level: 'warning', message: expect.stringContaining('is ignored') });
      expect(whoWasIt()).toBe('nobody');
    }
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
    rmSync(workspace, { recursive: true });
  });

  test('a configuration that cannot be read is left out with a warning that shows nothing of it', async () => {
    for (const text of [
      '{ half',
      '[]',
      '{"auths":7}',
      JSON.stringify({ auths: { [host]: { auth: '%%%secret%%%' } } }),
    ]) {
      const result = await resolve({ homeFiles: { '.docker/config.json': text } });
      expect(result.exitCode).toBe(1);
      expect(result.annotations.map(({ level }) => level)).toEqual(['warning', 'error']);
      expect(result.log).not.toContain('secret%');
    }
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
  } catch {
    return false;
  }
}
