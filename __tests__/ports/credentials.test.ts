import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { askHelper, helperEnvironment } from '../../src/ports/credential-helper.ts';
import { createCredentialFinder, type CredentialOptions } from '../../src/ports/credentials.ts';
import type { Credential } from '../../src/registry/credential.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'credentials-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const auth = (user: string, password = 'password'): object => ({
  auth: Buffer.from(`${user}:${password}`).toString('base64'),
});
const auths = (key: string, user: string): object => ({ auths: { [key]: auth(user) } });

async function put(path: string, value: unknown): Promise<void> {
  const full = join(root, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, typeof value === 'string' ? value : JSON.stringify(value));
}

/** A helper that is a program of Node's. */
async function helper(name: string, body: string, folder = 'bin'): Promise<void> {
  await put(`${folder}/docker-credential-${name}`, `#!${process.execPath}\n${body}\n`);
  await chmod(join(root, folder, `docker-credential-${name}`), 0o755);
}

const ANSWER = `require('fs').readFileSync(0, 'utf8') && console.log(JSON.stringify({ Username: 'helped', Secret: 'password' }))`;

interface Asked {
  readonly find: (reference: string, access?: 'pull' | 'push') => Promise<Credential>;
  readonly warnings: string[];
  readonly secrets: string[];
}

function finder(options: Partial<CredentialOptions> = {}): Asked {
  const warnings: string[] = [];
  const secrets: string[] = [];
  const { environment, ...rest } = options;
  const find = createCredentialFinder({
    environment: { PATH: join(root, 'bin'), XDG_RUNTIME_DIR: join(root, 'run'), ...environment },
    home: join(root, 'home'),
    workspace: join(root, 'workspace'),
    platform: process.platform,
    warn: (text) => void warnings.push(text),
    onSecret: (secret) => void secrets.push(secret),
    ...rest,
  });
  return {
    warnings,
    secrets,
    find: (reference, access = 'pull') => {
      const slash = reference.indexOf('/');
      return find(reference.slice(0, slash), reference.slice(slash + 1), access);
    },
  };
}

/** Who a credential is for and where it came from. */
async function who(asked: Asked, reference: string, access: 'pull' | 'push' = 'pull'): Promise<string> {
  const found = await asked.find(reference, access);
  return found.kind === 'basic' ? `${found.username}, ${found.source}` : found.source;
}

function asApi(options: Partial<CredentialOptions>): Promise<string> {
  return who(finder(options), 'ghcr.io/acme/api');
}

describe('the order of sources', () => {
  test('is the contract’s: each is taken when those before it have nothing', async () => {
    await put('variable.json', auths('ghcr.io', 'authfile'));
    await put('home/.docker/buildx/config/ghcr.io/acme/api/config.json', auths('ghcr.io', 'scope'));
    await put('home/.docker/config.json', auths('ghcr.io', 'docker'));
    await put('run/containers/auth.json', auths('ghcr.io', 'run'));
    await put('home/.config/containers/auth.json', auths('ghcr.io', 'configuration'));
    const environment = {
      DOCKER_AUTH_CONFIG: JSON.stringify(auths('ghcr.io', 'variable')),
      REGISTRY_AUTH_FILE: join(root, 'variable.json'),
    };
    const options = {
      platform: 'linux' as const,
      environment,
      githubToken: 'ghs_token',
      input: { registry: 'ghcr.io', username: 'input', password: 'password' },
    };
    const { input: _, ...noInput } = options;
    expect(await asApi(options)).toBe('input, inputs');
    expect(await asApi(noInput)).toBe('variable, DOCKER_AUTH_CONFIG');
    const fileOnly = { ...noInput, environment: { REGISTRY_AUTH_FILE: environment.REGISTRY_AUTH_FILE } };
    expect(await asApi(fileOnly)).toBe('authfile, REGISTRY_AUTH_FILE');
    const none = { ...noInput, environment: {} };
    expect(await asApi(none)).toBe('scope, buildx scope ghcr.io/acme/api');
    await rm(join(root, 'home/.docker/buildx'), { recursive: true });
    expect(await asApi(none)).toBe('docker, docker config ghcr.io');
    await rm(join(root, 'home/.docker'), { recursive: true });
    expect(await asApi(none)).toBe('run, containers auth.json');
    await rm(join(root, 'run'), { recursive: true });
    expect(await asApi(none)).toBe('configuration, containers auth.json');
    await rm(join(root, 'home'), { recursive: true });
    expect(await asApi(none)).toBe('x-access-token, github-token');
    expect(await asApi({})).toBe('anonymous');
  });

  test('of inputs for another registry goes on, and of inputs for none in particular stops', async () => {
    const input = { username: 'input', password: 'password' };
    expect(await who(finder({ input: { ...input, registry: 'ghcr.io' } }), 'ghcr.io.evil/a')).toBe('anonymous');
    expect(await who(finder({ input: { ...input, registry: 'index.docker.io' } }), 'docker.io/library/nginx')).toBe(
      'input, inputs',
    );
    expect(await who(finder({ input }), 'any.example/a')).toBe('input, inputs');
  });

  test('gives the github-token to nobody but ghcr.io', async () => {
    const asked = finder({ githubToken: 'ghs_token' });
    expect(await who(asked, 'docker.io/library/nginx')).toBe('anonymous');
    expect(await who(asked, 'ghcr.io.evil/a')).toBe('anonymous');
    expect(await who(asked, 'GHCR.io/a/b')).toBe('x-access-token, github-token');
  });

  test('knows tokens of every kind', async () => {
    await put('home/.docker/config.json', {
      auths: { 'a.example': { identitytoken: 'refresh' }, 'b.example': { registrytoken: 'bearer' } },
    });
    expect(await finder().find('a.example/x')).toEqual({
      kind: 'identity-token',
      token: 'refresh',
      source: 'docker config a.example',
    });
    expect(await finder().find('b.example/x')).toEqual({
      kind: 'registry-token',
      token: 'bearer',
      source: 'docker config b.example',
    });
  });
});

test('every secret is told before it is handed out', async () => {
  await put('home/.docker/config.json', auths('r.example', 'me'));
  const asked = finder({
    githubToken: 'ghs_token',
    input: { registry: 'i.example', username: 'u', password: 'input-password' },
  });
  expect(asked.secrets).toEqual(['input-password', 'ghs_token']);
  await asked.find('r.example/a');
  expect(asked.secrets).toEqual([
    'input-password',
    'ghs_token',
    'password',
    Buffer.from('me:password').toString('base64'),
  ]);
});

describe('files', () => {
  test('that are broken are told once and passed over', async () => {
    await put('home/.docker/config.json', '{ "auths": ');
    const asked = finder({
      environment: { DOCKER_AUTH_CONFIG: 'nonsense', REGISTRY_AUTH_FILE: join(root, 'missing.json') },
    });
    expect(await who(asked, 'r.example/a')).toBe('anonymous');
    expect(await who(asked, 'r.example/b')).toBe('anonymous');
    expect(asked.warnings).toEqual([
      expect.stringMatching(/^DOCKER_AUTH_CONFIG: it is not a JSON object/),
      expect.stringMatching(/missing\.json cannot be read \(ENOENT\)/),
      expect.stringMatching(/config\.json: it is not a JSON object/),
    ]);
  });

  test('are looked for in DOCKER_CONFIG', async () => {
    await put('elsewhere/config.json', auths('r.example', 'me'));
    expect(await who(finder({ environment: { DOCKER_CONFIG: join(root, 'elsewhere') } }), 'r.example/a')).toBe(
      'me, docker config r.example',
    );
  });

  test('inside the workspace are ignored with a warning, also through a link', async () => {
    await put('workspace/.docker/config.json', auths('r.example', 'me'));
    await symlink(join(root, 'workspace/.docker'), join(root, 'link'));
    for (const folder of ['workspace/.docker', 'link']) {
      const asked = finder({ environment: { DOCKER_CONFIG: join(root, folder) } });
      expect(await who(asked, 'r.example/a')).toBe('anonymous');
      expect(asked.warnings).toEqual([
        expect.stringContaining('is ignored: credentials are not read from inside the workspace'),
      ]);
    }
  });

  test('beside the workspace with a name that begins like it are read', async () => {
    await put('workspace-2/config.json', auths('r.example', 'me'));
    expect(await who(finder({ environment: { DOCKER_CONFIG: join(root, 'workspace-2') } }), 'r.example/a')).toContain(
      'me',
    );
  });

  test('of the containers tools are taken by the longest path', async () => {
    await put('home/.config/containers/auth.json', {
      auths: { 'r.example/a': auth('a'), 'r.example/a/b': auth('b'), 'other.example/x': auth('x') },
    });
    const asked = finder();
    expect(await who(asked, 'r.example/a/b')).toContain('b, ');
    expect(await who(asked, 'r.example/a/c')).toContain('a, ');
    expect(await who(asked, 'r.example/z')).toBe('anonymous');
    expect(await who(asked, 'other.example/y')).toBe('anonymous');
  });
});

describe('Buildx scopes', () => {
  const base = 'home/.docker/buildx/config';

  test('are taken for their repository, access and host only', async () => {
    await put(`${base}/ghcr.io/acme/api/config.json`, auths('ghcr.io', 'repository'));
    await put(`${base}/ghcr.io/acme/api@push/config.json`, auths('ghcr.io', 'repository-push'));
    await put(`${base}/ghcr.io@pull/config.json`, auths('ghcr.io', 'host-pull'));
    await put(`${base}/ghcr.io@push,pull/config.json`, auths('ghcr.io', 'host-push'));
    await put(`${base}/registry-1.docker.io/acme/api/config.json`, auths('https://index.docker.io/v1/', 'hub'));
    const asked = finder();
    expect(await who(asked, 'ghcr.io/acme/api')).toBe('repository, buildx scope ghcr.io/acme/api');
    expect(await who(asked, 'ghcr.io/acme/api', 'push')).toBe('repository-push, buildx scope ghcr.io/acme/api@push');
    expect(await who(asked, 'ghcr.io/acme/web')).toBe('host-pull, buildx scope ghcr.io@pull');
    expect(await who(asked, 'ghcr.io/acme/web', 'push')).toBe('host-push, buildx scope ghcr.io@push,pull');
    expect(await who(asked, 'docker.io/acme/api')).toBe('hub, buildx scope registry-1.docker.io/acme/api');
    expect(await who(asked, 'docker.io/acme/web')).toBe('anonymous');
    expect(await who(asked, 'quay.io/acme/api')).toBe('anonymous');
  });

  test.each([
    ['true', 'docker, docker config ghcr.io'],
    ['1', 'docker, docker config ghcr.io'],
    ['false', 'scope, buildx scope ghcr.io/a/b'],
  ])('with DOCKER_LOGIN_SCOPE_DISABLED=%s', async (value, expected) => {
    await put(`${base}/ghcr.io/a/b/config.json`, auths('ghcr.io', 'scope'));
    await put('home/.docker/config.json', auths('ghcr.io', 'docker'));
    expect(await who(finder({ environment: { DOCKER_LOGIN_SCOPE_DISABLED: value } }), 'ghcr.io/a/b')).toBe(expected);
  });
});

const onPosix = process.platform === 'win32' ? describe.skip : describe;

function ask(name: string, timeout = 5000): ReturnType<typeof askHelper> {
  const path = ['.', 'bin', join(root, 'workspace/bin'), join(root, 'linked'), join(root, 'bin')];
  return askHelper(name, 'r.example', {
    environment: { PATH: path.join(delimiter) },
    workspace: join(root, 'workspace'),
    platform: process.platform,
    timeout,
  });
}

onPosix('credential helpers', () => {
  test('come before entries of the file, and the helper of the host before the store', async () => {
    await helper('one', ANSWER);
    await helper('none', `console.log('credentials not found in native keychain'); process.exit(1)`);
    await put('home/.docker/config.json', {
      ...auths('a.example', 'file'),
      credHelpers: { 'a.example': 'one', 'b.example': 'none' },
      credsStore: 'none',
    });
    const asked = finder();
    expect(await who(asked, 'a.example/x')).toBe('helped, credential helper one');
    expect(await who(asked, 'b.example/x')).toBe('anonymous');
    expect(asked.warnings).toEqual([]);
    expect(asked.secrets).toEqual(['password']);
  });

  test('that have nothing leave the entry of the file', async () => {
    await helper('none', `console.log('credentials not found in native keychain'); process.exit(1)`);
    await put('home/.docker/config.json', { ...auths('a.example', 'file'), credsStore: 'none' });
    expect(await who(finder(), 'a.example/x')).toBe('file, docker config a.example');
  });

  test('are asked once for each server of a run', async () => {
    await helper('count', `require('fs').appendFileSync(${JSON.stringify(join(root, 'calls'))}, 'x'); ${ANSWER}`);
    await put('home/.docker/config.json', { credsStore: 'count' });
    const asked = finder();
    await Promise.all(['a', 'b', 'c'].map((name) => asked.find(`r.example/${name}`)));
    await asked.find('other.example/a');
    const { readFile } = await import('node:fs/promises');
    expect(await readFile(join(root, 'calls'), 'utf8')).toBe('xx');
  });

  test('that fail or are missing are told, and never what they wrote', async () => {
    await helper('broken', `console.error('leaked'); console.log('leaked'); process.exit(3)`);
    await put('home/.docker/config.json', {
      credHelpers: { 'a.example': 'broken', 'b.example': 'missing', 'c.example': '../../evil' },
    });
    const asked = finder();
    for (const host of ['a.example', 'b.example', 'c.example']) expect(await who(asked, `${host}/x`)).toBe('anonymous');
    expect(asked.warnings).toEqual([
      'credential helper "broken" failed (exit code 3); going on without it',
      'credential helper "missing" is not on PATH; going on without it',
      'credential helper "../../evil" has a name that no helper can have; going on without it',
    ]);
  });

  test('are given the server and nothing else on their input', async () => {
    await helper(
      'echo',
      `console.log(JSON.stringify({ Username: process.argv.slice(2).join(), Secret: require('fs').readFileSync(0, 'utf8') }))`,
    );
    expect(await ask('echo')).toMatchObject({ kind: 'login', login: { username: 'get', password: 'r.example' } });
  });

  test('say by the user <token> that it is an identity token', async () => {
    await helper('token', `console.log(JSON.stringify({ Username: '<token>', Secret: 'refresh' }))`);
    expect(await ask('token')).toMatchObject({ kind: 'login', login: { kind: 'identity-token', token: 'refresh' } });
  });

  test('are never taken from the workspace', async () => {
    await helper('planted', ANSWER, 'workspace/bin');
    await mkdir(join(root, 'bin'), { recursive: true });
    await symlink(join(root, 'workspace/bin'), join(root, 'linked'));
    await symlink(join(root, 'workspace/bin/docker-credential-planted'), join(root, 'bin/docker-credential-planted'));
    expect(await ask('planted')).toEqual({ kind: 'failed', why: 'is not on PATH' });
  });

  test('that hang are killed with all that they started', async () => {
    const pidFile = join(root, 'pid');
    await helper(
      'hang',
      `const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
       require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(child.pid)); setInterval(() => {}, 1000);`,
    );
    expect(await ask('hang', 1500)).toEqual({ kind: 'failed', why: 'did not end within 1.5 s' });
    const { readFile } = await import('node:fs/promises');
    const pid = Number(await readFile(pidFile, 'utf8'));
    // The kill is on its way; a zombie that nobody reaps still answers signal 0 until its parent is gone.
    await expect(gone(pid)).resolves.toBe(true);
  });

  test.each([
    ['flood', `for (;;) require('fs').writeSync(1, 'x'.repeat(10000))`, 'wrote more than 65536 bytes'],
    ['empty', ``, 'gave an answer without a user name and a secret'],
    ['html', `console.log('<html>')`, 'gave an answer without a user name and a secret'],
    ['half', `console.log(JSON.stringify({ Username: 'me' }))`, 'gave an answer without a user name and a secret'],
  ])('that misbehave (%s) are given up', async (name, body, why) => {
    await helper(name, body);
    expect(await ask(name)).toEqual({ kind: 'failed', why });
  });
});

/** Whether a process ends soon. */
async function gone(pid: number): Promise<boolean> {
  const { readFile } = await import('node:fs/promises');
  for (let turn = 0; turn < 200; turn += 1) {
    try {
      process.kill(pid, 0);
      const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      if (/\) Z /.test(state)) return true;
    } catch {
      return true;
    }
    await new Promise((resolve) => void setImmediate(resolve));
  }
  return false;
}

test('a helper’s environment has what it needs and no secret of the job', () => {
  const given = {
    PATH: 'not this one',
    HOME: '/home/me',
    DOCKER_CONFIG: '/d',
    LANG: 'C',
    https_proxy: 'p',
    NO_PROXY: 'n',
    AWS_ACCESS_KEY_ID: 'a',
    GOOGLE_APPLICATION_CREDENTIALS: 'g',
    AZURE_CLIENT_ID: 'z',
    XDG_RUNTIME_DIR: 'x',
    SystemRoot: 's',
    INPUT_PASSWORD: 'no',
    'INPUT_GITHUB-TOKEN': 'no',
    ACTIONS_RUNTIME_TOKEN: 'no',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'no',
    GITHUB_TOKEN: 'no',
    GH_TOKEN: 'no',
    GITHUB_OUTPUT: 'no',
    NODE_OPTIONS: 'no',
    LD_PRELOAD: 'no',
    DOCKER_AUTH_CONFIG: 'no',
    EMPTY: undefined,
  };
  const passed = helperEnvironment(given, ['/usr/bin', '/bin']);
  expect(Object.keys(passed).sort()).toEqual([
    'AWS_ACCESS_KEY_ID',
    'AZURE_CLIENT_ID',
    'DOCKER_CONFIG',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'HOME',
    'LANG',
    'NO_PROXY',
    'PATH',
    'SystemRoot',
    'XDG_RUNTIME_DIR',
    'https_proxy',
  ]);
  expect(passed['PATH']).toBe(['/usr/bin', '/bin'].join(delimiter));
});
