import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HtmlRenderer, Parser } from 'commonmark';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  answer,
  drip,
  endless,
  informationalFlood,
  inTurn,
  never,
  redirect,
  tooMany,
  withHeaders,
} from '../support/faults.ts';
import { image, index, type Labels } from '../support/oci.ts';
import { startRegistry, type RegistryOptions, type StartedRegistry } from '../support/registry.ts';
import { GITHUB_TOKEN, RUNTIME_TOKEN, type RunOptions, type RunResult } from '../support/runner.ts';
import { json, type Behaviour, type Reply } from '../support/service.ts';
import { builtDist, jsonOf, runBuilt } from './support.ts';

const USER = 'octocat';
const PASSWORD = 'pa55+wo/rd=of?the&day%!~';
const BASIC = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');

const closing: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
});

async function start(options: RegistryOptions = {}): Promise<StartedRegistry> {
  const registry = await startRegistry(options);
  closing.push(() => registry.close());
  return registry;
}

function resolve(inputs: Readonly<Record<string, string>>, options: Partial<RunOptions> = {}): Promise<RunResult> {
  return runBuilt({ action: 'resolve', ...options, inputs: { ...inputs, ...options.inputs } });
}

const OURS = new Set(['add-mask', 'group', 'endgroup', 'error', 'warning', 'notice', 'debug']);

/** Every command is one of ours, and none was smuggled in by what a stranger wrote. */
function expectNoForeignCommand(result: RunResult): void {
  expect(result.commands.map(({ name }) => name).filter((name) => !OURS.has(name))).toEqual([]);
  expect(result.commands.filter(({ data }) => data === 'smuggled')).toEqual([]);
  expect(result.written).toEqual({ env: '', path: '', state: '', artifacts: '' });
  expect(result.rawStdout).not.toMatch(ESCAPES);
}
// oxlint-disable-next-line no-control-regex -- what must not reach a terminal
const ESCAPES = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/;

const BAIT = [
  'x\n::set-output name=digest::smuggled',
  '\r::add-mask::smuggled',
  '\u2028::stop-commands::smuggled',
  '\u2029::error::smuggled',
  '\u0085::warning::smuggled',
  ' ##[set-output name=digest]smuggled',
  '##[add-mask]smuggled',
  '##[add-matcher]smuggled',
  '\u001B[2J\u001B]0;smuggled\u0007\u202Eevil\u061C\u200Bend',
  '%0A::add-mask::smuggled%0D%0A',
].join('');

const MARKDOWN =
  '</details></td><img src=x onerror=alert(1)> [x](javascript:alert(1)) ![y](http://evil.example/y.png) ```` `|` | @acme/team #1 GH-1 <!-- --> https://evil.example **b** \\';

describe('what a registry writes', () => {
  const places: readonly (readonly [string, Behaviour])[] = [
    ['a message', () => json(400, { errors: [{ code: 'UNSUPPORTED', message: BAIT }] })],
    ['a code', () => json(400, { errors: [{ code: BAIT, message: 'no' }] })],
    ['plain text', answer(400, { 'content-type': 'text/plain' }, BAIT)],
    ['a page', answer(400, { 'content-type': 'text/html' }, `<html><title>${BAIT}</title>`)],
    ['a media type', () => ({ status: 200, headers: { 'content-type': `text/x-${encodeURI(BAIT)}` }, body: '{}' })],
    [
      'a rate limit',
      answer(
        429,
        {
          'ratelimit-limit': '##[add-mask]smuggled;w=1',
          'docker-ratelimit-source': '::add-mask::smuggled',
          'retry-after': '9999',
        },
        BAIT,
      ),
    ],
    ['a redirect', answer(307, { location: 'ftp://evil.example/##[add-mask]smuggled' })],
    [
      'a realm',
      answer(401, {
        'www-authenticate': 'Bearer realm="ftp://e.example/##[add-mask]smuggled",service="::add-mask::smuggled"',
      }),
    ],
    ['a digest header', withHeaders({ 'docker-content-digest': '##[add-mask]smuggled' })],
    ['markdown', () => json(400, { errors: [{ code: 'DENIED', message: MARKDOWN }] })],
  ];

  test.each(places)('in %s starts no command and escapes no summary', async (_name, behaviour) => {
    const registry = await start();
    registry.add('acme/api', { '1': image() });
    registry.on('* /v2/acme/api/manifests/*', behaviour);
    const result = await resolve({ images: `${registry.host}/acme/api:1`, timeout: '20' }, { debug: true });
    expectNoForeignCommand(result);
    expectTameSummary(result.summary);
    expect(result.outputs['digest']).not.toBe('smuggled');
    for (const { message } of result.annotations) expect(message.length).toBeLessThan(1500);
  });

  test('in labels, annotations and the list of tags neither', async () => {
    const labels = labelsOf(`${BAIT}${MARKDOWN}`);
    const registry = await start();
    const one = image({ labels, annotations: labels });
    registry.add('acme/api', { '1': index([one], { annotations: labels }), single: one });
    registry.on('GET /v2/acme/api/tags/list*', () => json(200, { name: 'acme/api', tags: ['2', BAIT, MARKDOWN, '1'] }));
    const images = ['1', 'single', '3'].map((tag) => `${registry.host}/acme/api:${tag}`).join('\n');
    const result = await resolve({ images, inspect: 'true' });
    expectNoForeignCommand(result);
    expectTameSummary(result.summary);
    for (const name of ['version', 'revision', 'source', 'created']) expect(result.outputs[name]).not.toMatch(ESCAPES);
    for (const name of ['version', 'revision', 'source', 'created']) expect(result.outputs[name]).not.toMatch(/[\r\n]/);
    expect(jsonOf(result.outputs['image-labels'])).toHaveProperty(['com.example.bait']);
    expect(result.outputs['json']).not.toMatch(/[\r\n]/);
    expect(Object.keys(result.outputs)).not.toContain('PATH');
  });

  test('labels named __proto__ and constructor are labels', async () => {
    const registry = await start();
    const labels: unknown = JSON.parse('{"__proto__":"p","constructor":"c","a\\nPATH<<EOF":"d"}');
    registry.add('acme/api', {
      '1': image({ config: { config: { Labels: labels } } }),
    });
    const result = await resolve({ images: `${registry.host}/acme/api:1`, inspect: 'true' });
    expect(Object.entries(jsonOf(result.outputs['image-labels']))).toEqual([
      ['__proto__', 'p'],
      ['constructor', 'c'],
      ['a\nPATH<<EOF', 'd'],
    ]);
  });
});

function labelsOf(text: string): Labels {
  const names = ['version', 'revision', 'source', 'created', 'title'].map((name) => `org.opencontainers.image.${name}`);
  return Object.fromEntries([...names, 'com.example.bait'].map((name) => [name, text]));
}

/** Nothing in the summary but our own elements, no link, no image, no mention. */
function expectTameSummary(summary: string): void {
  const html = htmlOf(summary);
  const elements = [...html.matchAll(/<\/?([a-z0-9]*)[^>]*>/gi)].map(([tag, name = '']) => (name === '' ? tag : name));
  expect(elements.filter((name) => !/^(?:h3|p|code|pre|details|summary)$/.test(name))).toEqual([]);
  const prose = textOf(html.replaceAll(/<code[^>]*>[^<]*<\/code>/g, ''));
  expect(prose).not.toMatch(/[@#](?=[A-Za-z0-9])|GH-\d/);
  // The zero-width space is ours: it breaks mentions.
  expect(summary.replaceAll('\u200B', '')).not.toMatch(ESCAPES);
}

function htmlOf(markdown: string): string {
  return new HtmlRenderer().render(new Parser().parse(markdown));
}

/** What a reader sees. */
function textOf(html: string): string {
  const text = html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
  return text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/** The forms of a secret that may come back. */
function formsOf(secret: string): readonly string[] {
  return [
    secret,
    secret.replace(/=+$/, ''),
    secret.replaceAll('+', '-').replaceAll('/', '_'),
    encodeURIComponent(secret),
    encodeURIComponent(secret).replaceAll(/%../g, (code) => code.toLowerCase()),
    encodeURIComponent(secret).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
    JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
    JSON.stringify(secret).slice(1, -1).replaceAll('&', '\\u0026'),
  ];
}

/** What is printed, without the lines that register masks. */
function printed(result: RunResult): Record<string, string> {
  const lines = result.rawStdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  const { outputs, rawStderr } = result;
  return {
    stdout: lines.join('\n'),
    // As the runner reads the data of commands.
    unescaped: lines.map((line) => (line.startsWith('::') ? line.replaceAll('%25', '%') : line)).join('\n'),
    stderr: rawStderr,
    summary: result.summary,
    rendered: textOf(htmlOf(result.summary)),
    outputs: JSON.stringify(outputs),
    raw: JSON.stringify(Object.values(outputs)),
  };
}
describe('our secrets', () => {
  const secretForms = [PASSWORD, BASIC].flatMap(formsOf);

  function expectNoSecret(result: RunResult, more: readonly string[] = []): void {
    for (const secret of [...secretForms, ...more, GITHUB_TOKEN, RUNTIME_TOKEN]) {
      for (const [name, text] of Object.entries(printed(result))) {
        if (text.includes(secret)) throw new Error(`${name} holds ${secret}: ${text}`);
      }
    }
  }
  const login = { username: USER, password: PASSWORD };

  const echoes: readonly (readonly [string, (secret: string) => Reply])[] = [
    [
      'a JSON message',
      (secret) => json(400, { errors: [{ code: 'UNSUPPORTED', message: `you sent ${secret} to us` }] }),
    ],
    ['a code', (secret) => json(400, { errors: [{ code: secret, message: '' }] })],
    ['plain text', (secret) => ({ status: 400, headers: {}, body: `you sent ${secret}` })],
    [
      'a page',
      (secret) => ({ status: 400, headers: { 'content-type': 'text/html' }, body: `<title>${secret}</title>` }),
    ],
    [
      'the end of what is shown',
      (secret) => ({ status: 400, headers: {}, body: `${'x'.repeat(290)}${secret}${secret}` }),
    ],
    [
      'headers',
      (secret) => ({
        status: 429,
        headers: {
          'retry-after': '9999',
          'ratelimit-limit': secret,
          'ratelimit-reset': secret,
          'docker-ratelimit-source': secret,
          'docker-content-digest': secret,
        },
      }),
    ],
    [
      'a redirect',
      (secret) => ({
        status: 307,
        headers: { location: `http://${encodeURIComponent(secret).toLowerCase()}/${secret}?token=${secret}` },
      }),
    ],
    [
      'a redirect to a user',
      (secret) => ({
        status: 307,
        headers: { location: `http://${encodeURIComponent(secret)}@127.0.0.1:1/${encodeURIComponent(secret)}` },
      }),
    ],
    ['a media type', (secret) => ({ status: 200, headers: { 'content-type': secret }, body: '{}' })],
    [
      'a challenge',
      (secret) => ({
        status: 401,
        headers: {
          'www-authenticate': `Bearer realm="ftp://evil.example/${secret}",service="${secret}"`,
        },
      }),
    ],
  ];

  test.each(echoes)('are not shown when they come back in %s', async (_name, reply) => {
    const registry = await start({ auth: 'basic', users: { [USER]: PASSWORD } });
    registry.add('acme/api', { '1': image() });
    // A JSON writer escapes once; what is escaped twice is another text.
    const sent = secretForms.filter((form) => !form.includes('\\') || !String(reply(form).body).includes('"errors"'));
    sent.forEach((form, number) => {
      registry.add(`acme/api${String(number)}`, { '1': image() });
      registry.on(`* /v2/acme/api${String(number)}/manifests/*`, async (_request, next) => {
        const usual = await next();
        return usual.status === 401 ? usual : reply(form);
      });
    });
    const images = sent.map((_, number) => `${registry.host}/acme/api${String(number)}:1`).join('\n');
    const result = await resolve(
      { images: `${registry.host}/acme/api:1\n${images}`, timeout: '20', ...login },
      { debug: true },
    );
    expect(registry.requests.some(({ headers }) => headers['authorization'] === `Basic ${BASIC}`)).toBe(true);
    expectNoSecret(result);
    for (const text of Object.values(printed(result))) {
      expect([text.includes(PASSWORD.slice(0, 5)), text.includes(BASIC.slice(0, 5))]).toEqual([false, false]);
    }
    expect(result.outputs['digest']).toBe(image().digest);
  });

  test('tokens that a token server gave out are not shown either, and its answers never', async () => {
    const registry = await start({ auth: 'token', users: { [USER]: PASSWORD } });
    registry.add('acme/api', { '1': image() });
    registry.on('* /v2/acme/api/manifests/*', (request, next) => {
      const sent = String(request.headers['authorization'] ?? '');
      return sent === '' ? next() : json(400, { errors: [{ code: 'NO', message: `you sent ${sent}` }] });
    });
    const result = await resolve({ images: `${registry.host}/acme/api:1`, ...login }, { debug: true });
    expect(registry.tokens.issued).toHaveLength(1);
    expect(result.annotations[0]?.message).toContain('you sent Bearer ***');
    expectNoSecret(result, registry.tokens.issued);
    for (const secret of [PASSWORD, BASIC, ...registry.tokens.issued]) expect(result.masks).toContain(secret);
  });

  test('a token server that refuses shows none of what it got', async () => {
    const registry = await start({ auth: 'token', users: { [USER]: 'another' } });
    registry.add('acme/api', { '1': image() });
    registry.on('* /token', (request) => {
      const text = `no: ${String(request.headers['authorization'])} ${request.body.toString()} ${request.target}`;
      return json(401, { errors: [{ code: 'UNAUTHORIZED', message: text }], token: PASSWORD });
    });
    const result = await resolve({ images: `${registry.host}/acme/api:1`, ...login }, { debug: true });
    expect(result.exitCode).toBe(1);
    expectNoSecret(result);
  });

  test('are masked before anything is printed, and nothing short or harmless is', async () => {
    const registry = await start({ auth: 'token', users: { [USER]: PASSWORD } });
    registry.add('acme/api', { '1': image() });
    registry.on('* /token', inTurn(answer(401, {}, '{"errors":[{"message":"::stop-commands::x"}]}')));
    const result = await resolve({ images: `${registry.host}/acme/api:1`, ...login });
    const names = result.commands.map(({ name }) => name);
    const lastMask = names.lastIndexOf('add-mask');
    expect(names.slice(0, lastMask + 1).every((name) => name === 'add-mask')).toBe(true);
    const shown = result.rawStdout.split('\n').findIndex((line) => !line.startsWith('::add-mask::'));
    expect(
      result.rawStdout
        .split('\n')
        .slice(shown)
        .some((line) => line.startsWith('::add-mask::')),
    ).toBe(false);
    for (const mask of result.masks) expect(mask.length).toBeGreaterThanOrEqual(8);
    expect(result.masks).not.toContain(USER);
    expect(result.masks.filter((mask) => mask.includes(registry.host))).toEqual([]);
  });

  test('a short password is not masked, and the outputs survive', async () => {
    const registry = await start({ auth: 'basic', users: { [USER]: 'a' } });
    registry.add('acme/api', { '1': image() });
    const result = await resolve({ images: `${registry.host}/acme/api:1`, username: USER, password: 'a' });
    expect(result.masks).not.toContain('a');
    expect(result.jobOutputs['digest']).toBe(image().digest);
  });

  test('a password of several lines is masked line by line', async () => {
    const result = await resolve({
      images: '127.0.0.1:1/a/b',
      username: USER,
      password: 'first-line-1\nsecond-line-2\n',
      timeout: '1',
    });
    expect(result.masks).toEqual(expect.arrayContaining(['first-line-1', 'second-line-2']));
  });
});

/**
 * Runs an action and tells the most memory that its process had, in bytes. Linux begins the `maxRSS` of a new process
 * with what its parent held when it was started; `VmHWM` is the process's own.
 */
async function withMemory(options: RunOptions): Promise<RunResult & { readonly peak: number }> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'memory-')));
  const main = join(folder, 'main.mjs');
  const to = join(folder, 'peak');
  const script = `import { existsSync, readFileSync, writeFileSync } from 'node:fs';
const status = '/proc/self/status';
const peak = () =>
  existsSync(status) ? /^VmHWM:\\s*(\\d+)/m.exec(readFileSync(status, 'utf8'))[1] : process.resourceUsage().maxRSS;
process.on('exit', () => writeFileSync(${JSON.stringify(to)}, String(peak())));
await import(${JSON.stringify(join(builtDist(), `${options.action}.js`))});`;
  writeFileSync(main, script);
  try {
    const result = await runBuilt({ ...options, main });
    return { ...result, peak: Number(readFileSync(to, 'utf8')) * 1024 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const MEMORY = 250 * 1024 * 1024;
const SECONDS = 4;

/** A server on loopback that does this with each connection. */
async function startRaw(serve: (socket: net.Socket) => void): Promise<string> {
  const sockets = new Set<net.Socket>();
  const timers = new Set<NodeJS.Timeout>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  closing.push(() => {
    timers.forEach((timer) => clearInterval(timer));
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  const bound = server.address();
  return `127.0.0.1:${String(bound === null || typeof bound === 'string' ? 0 : bound.port)}`;
}

/** TLS is refused, so that plain http follows; then the head of the answer comes byte by byte. */
function dripHead(socket: net.Socket): void {
  socket.once('data', (bytes) => {
    if (bytes[0] === 0x16) {
      socket.end('HTTP/1.0 400 Bad Request\r\n\r\n');
      return;
    }
    const text = `HTTP/1.1 200 OK\r\n${'x-filler: 1\r\n'.repeat(100_000)}`;
    let at = 0;
    const timer = setInterval(() => socket.write(text[at++] ?? 'x'), 20);
    socket.on('close', () => clearInterval(timer));
  });
}

const behaves =
  (behaviour: Behaviour, options: RegistryOptions = {}) =>
  async (): Promise<string> => {
    const registry = await start(options);
    registry.add('acme/api', { '1': image() });
    registry.on('* /v2/*', behaviour);
    return registry.host;
  };
const givesTokens = (behaviour: Behaviour) => async (): Promise<string> => {
  const registry = await start({ auth: 'token' });
  registry.add('acme/api', { '1': image() });
  registry.on('* /token', behaviour);
  return registry.host;
};

describe('a hostile or dead server', () => {
  interface Case {
    readonly name: string;
    readonly code: RegExp;
    readonly inputs?: Readonly<Record<string, string>>;
    readonly host: () => Promise<string>;
  }
  const verify = { verify: 'true' };
  const cases: readonly Case[] = [
    { name: 'accepts and says nothing', code: /^timeout$/, host: () => startRaw(() => undefined) },
    { name: 'never answers', code: /^timeout$/, host: behaves(never()) },
    { name: 'never answers a token request', code: /^timeout$/, host: givesTokens(never()) },
    { name: 'drips its header', code: /^timeout$/, host: () => startRaw(dripHead) },
    { name: 'drips its body', code: /^timeout$/, inputs: verify, host: behaves(drip(100)) },
    { name: 'drips its token', code: /^timeout$/, host: givesTokens(drip(100)) },
    { name: 'floods with 103', code: /^timeout$/, host: behaves(informationalFlood()) },
    { name: 'never ends a body', code: /^limit$/, inputs: verify, host: behaves(endless(1024 * 1024)) },
    { name: 'never ends a token', code: /^limit$/, host: givesTokens(endless(1024 * 1024)) },
    {
      name: 'never ends an error',
      code: /^(?:cannot-tell|unauthorized|limit|timeout)$/,
      inputs: verify,
      host: behaves(async (request, next) => ({ ...(await endless(256 * 1024)(request, next)), status: 400 })),
    },
    { name: 'redirects in a circle', code: /^limit$/, host: behaves(redirect((target) => target)) },
    { name: 'redirects to ever longer addresses', code: /^limit$/, host: behaves(redirect((target) => `${target}x`)) },
    {
      name: 'answers 401 for ever',
      code: /^unauthorized$/,
      host: behaves(
        (request) => json(401, {}, { 'www-authenticate': `Bearer realm="http://${request.host}/token",service="s"` }),
        { auth: 'token' },
      ),
    },
    { name: 'answers 429 for ever', code: /^(?:rate-limited|timeout)$/, host: behaves(tooMany()) },
    {
      name: 'answers 429 with Retry-After: 1 for ever',
      code: /^(?:rate-limited|timeout)$/,
      host: behaves(tooMany('1')),
    },
    { name: 'answers 429 with Retry-After: 86400', code: /^rate-limited$/, host: behaves(tooMany('86400')) },
    {
      name: 'answers 404 for ever while we wait',
      code: /^(?:timeout|not-found)$/,
      inputs: { wait: '600' },
      host: behaves(answer(404)),
    },
    {
      name: 'has an endless list of tags',
      code: /^not-found$/,
      host: behaves((request, next) =>
        request.path.includes('/tags/')
          ? json(200, { tags: ['1'] }, { link: `<${request.target}x>; rel="next"` })
          : request.path.endsWith('/1')
            ? answer(404)(request, next)
            : next(),
      ),
    },
  ];
  const results = new Map<string, Promise<RunResult & { readonly peak: number }>>();

  beforeAll(async () => {
    for (const { name, host, inputs } of cases) {
      const images = `${await host()}/acme/api:1`;
      results.set(name, withMemory({ action: 'resolve', inputs: { images, timeout: String(SECONDS), ...inputs } }));
      if (results.size % 6 === 0) await Promise.all(results.values());
    }
    await Promise.all(results.values());
  }, 60_000);

  test.each(cases)('that $name ends the step in time, with a code and little memory', async ({ name, code }) => {
    const result = await results.get(name);
    expect(result?.exitCode).toBe(1);
    expect(result?.annotations.map(({ level, title }) => [level, title])).toEqual([
      ['error', expect.stringMatching(code)],
    ]);
    expect(result?.durationMs).toBeLessThan((SECONDS + 1) * 1000);
    expect(result?.peak).toBeLessThan(MEMORY);
    expect(result?.outputs['json']).toContain('"status":');
    expect(result?.summary).not.toBe('');
    expect(result?.tempFiles).toEqual({});
  });

  test('a gzip bomb takes little memory', async () => {
    const registry = await start();
    registry.add('acme/api', { '1': image() });
    const { gzipSync } = await import('node:zlib');
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    registry.on(
      'GET /v2/acme/api/manifests/*',
      answer(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }, bomb),
    );
    const result = await withMemory({
      action: 'resolve',
      inputs: { images: `${registry.host}/acme/api:1`, ...verify },
    });
    expect(result.exitCode).toBe(1);
    expect(result.peak).toBeLessThan(MEMORY);
  });

  test('others are resolved although one server is dead', async () => {
    const dead = await startRaw(() => undefined);
    const registry = await start();
    registry.add('acme/api', { '1': image() });
    const images = `dead=${dead}/a/b\nalive=${registry.host}/acme/api:1`;
    const result = await resolve({ images, timeout: '1' });
    expect(result.exitCode).toBe(1);
    expect(result.outputs['digests']).toBe(JSON.stringify({ alive: image().digest }));
    expect(result.durationMs).toBeLessThan(2000);
  });
});

describe('the end', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends a request that hangs at once, with %i, and nothing half-written', async (name, code) => {
    const registry = await start();
    const arrived = Promise.withResolvers<void>();
    registry.add('acme/api', { '1': image() });
    registry.on('* /v2/*', (request, next) => {
      arrived.resolve();
      return never()(request, next);
    });
    let at = 0;
    void arrived.promise.then(() => (at = performance.now()));
    const images = `${registry.host}/acme/api:1`;
    const result = await resolve({ images, write: 'images.json' }, { signal: { name, on: arrived.promise } });
    expect(result.exitCode).toBe(code);
    expect(performance.now() - at).toBeLessThan(1000);
    expect(result.outputs).toEqual({});
    expect(result.workspaceFiles).toEqual({});
    expect(result.tempFiles).toEqual({});
    expect(result.annotations).toEqual([]);
  });

  test('a process whose work is done is gone, whatever the server keeps open', async () => {
    const registry = await start();
    registry.add('acme/api', { '1': image() });
    const result = await resolve({ images: `${registry.host}/acme/api:1` });
    expect(result.exitCode).toBe(0);
    expect(result.durationMs).toBeLessThan(1000);
  });
});
