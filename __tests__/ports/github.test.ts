import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { UserError } from '../../src/core/errors.ts';
import { createGitHub as createClient, type GitHub } from '../../src/ports/github.ts';
import { createTransport, type Transport } from '../../src/ports/http.ts';
import { answer, inTurn, normal, redirect, resetBeforeHeaders } from '../support/faults.ts';
import { createGitHub, type FakeGitHub, type GitHubOptions } from '../support/github.ts';
import { listen, type Listening } from '../support/listener.ts';
import { headerOf } from '../support/service.ts';

let transport: Transport;
const listening: Listening[] = [];
const waits: number[] = [];

beforeEach(() => {
  transport = createTransport({ userAgent: 'test' });
  waits.length = 0;
});

afterEach(async () => {
  await transport.close();
  for (const one of listening.splice(0)) await one.close();
});

async function start(options: GitHubOptions = {}): Promise<{ fake: FakeGitHub; client: GitHub; host: Listening }> {
  const fake = createGitHub(options);
  const host = await listen(fake.handle);
  listening.push(host);
  const timing = {
    now: () => 0,
    wallClock: () => 1_000_000,
    random: () => 0.5,
    sleep: (milliseconds: number) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
  };
  const { signal } = new AbortController();
  const client = createClient({
    token: 'ghs_test',
    apiUrl: host.origin,
    owner: 'acme',
    repo: 'api',
    userAgent: 'test',
    send: transport.send,
    timing,
    signal,
  });
  return { fake, client, host };
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    return error instanceof UserError ? `${error.code}: ${error.message}` : String(error);
  }
}

describe('what the API says', () => {
  test('changed files over several pages, with those that have no patch', async () => {
    const files = Array.from({ length: 150 }, (_, number) => ({
      filename: `f${number}`,
      status: 'modified',
      changes: number,
    }));
    const { fake, client } = await start({
      files: [...files, { filename: 'x', status: 'added', patch: '@@ -0,0 +1 @@\n+x' }],
    });
    const { files: found, complete } = await client.pullFiles(7);
    expect([found.length, complete, found[150]]).toEqual([
      151,
      true,
      { filename: 'x', status: 'added', changes: 1, additions: 1, patch: '@@ -0,0 +1 @@\n+x' },
    ]);
    expect(fake.requests.map(({ target }) => target)).toEqual(
      [1, 2].map((page) => `/repos/acme/api/pulls/7/files?per_page=100&page=${page}`),
    );
    expect(fake.problems).toEqual([]);
  });

  test('who one is, reviews and comments, as GitHub describes them', async () => {
    const patch = '@@ -1 +1,2 @@\n a\n+b';
    const { fake, client } = await start({
      login: 'my-app[bot]',
      files: [{ filename: 'f', status: 'modified', patch }],
    });
    expect(await client.login()).toBe('my-app[bot]');
    await client.createReview(7, 'a'.repeat(40), [
      { path: 'f', startLine: 2, line: 2, body: 'one', fingerprint: '1' },
      { path: 'f', startLine: 1, line: 2, body: 'two', fingerprint: '2' },
    ]);
    expect(await client.lineComments(7)).toEqual([
      { id: 1001, body: 'one', login: 'my-app[bot]', outdated: false },
      { id: 1002, body: 'two', login: 'my-app[bot]', outdated: false },
    ]);
    await client.removeLineComment(1001);
    await client.createComment(7, 'hello');
    const [comment] = await client.comments(7);
    await client.updateComment(comment?.id ?? 0, 'bye');
    expect(await client.comments(7)).toEqual([{ id: 1003, body: 'bye', login: 'my-app[bot]' }]);
    expect(fake.problems).toEqual([]);
  });
});

describe('what the API refuses', () => {
  test.each<[string, number, Record<string, string>, string, readonly number[]]>([
    ['forbidden', 403, {}, 'unauthorized', []],
    ['hidden', 404, {}, 'unauthorized', []],
    ['a bad token', 401, {}, 'unauthorized', []],
    ['unprocessable', 422, {}, 'cannot-tell', []],
    ['too many, with a wait', 429, { 'retry-after': '7' }, 'rate-limited', [7000, 7000]],
    ['too many, with a long wait', 429, { 'retry-after': '3600' }, 'rate-limited', []],
    [
      'the limit is used up',
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1030' },
      'unauthorized',
      [30_000, 30_000],
    ],
    ['broken', 502, {}, 'cannot-tell', [500, 1000]],
  ])('%s', async (_name, status, headers, code, expected) => {
    const { fake, client } = await start();
    fake.on('*', answer(status, { 'content-type': 'application/json', ...headers }, '{"message":"no\\n::error::no"}'));
    const told = await codeOf(client.pullFiles(7));
    expect(told.split(':')[0]).toBe(code);
    expect(told).not.toContain('\n');
    expect(waits).toEqual(expected);
    expect(fake.requests).toHaveLength(expected.length + 1);
  });

  test('a secondary limit passes', async () => {
    const { fake, client } = await start();
    const limited = answer(
      403,
      { 'content-type': 'application/json' },
      '{"message":"You have exceeded a secondary rate limit."}',
    );
    fake.on('*', inTurn(limited, normal));
    expect(await client.pullFiles(7)).toEqual({ files: [], complete: true });
  });

  test('a connection that breaks: reads are tried again, a comment is not posted twice', async () => {
    const { fake, client } = await start();
    fake.on('*', inTurn(resetBeforeHeaders(), normal));
    expect(await client.comments(7)).toEqual([]);
    fake.forget();
    fake.on('POST *', resetBeforeHeaders());
    expect(await codeOf(client.createComment(7, 'x'))).toMatch(/^network/);
    expect(fake.requests).toHaveLength(1);
  });

  test.each(['<!DOCTYPE html><title>Sign in</title>', '{"message":"ok"}', '', '[null]', '[{}]', '[[1]]'])(
    'a success that is none (%j) never passes for no changes',
    async (body) => {
      const { fake, client } = await start();
      fake.on('*', answer(200, { 'content-type': /^[[{]/.test(body) ? 'application/json' : 'text/html' }, body));
      expect(await codeOf(client.pullFiles(7))).toMatch(/^cannot-tell: the answer is not one of the GitHub API/);
      expect(await codeOf(client.comparedFiles('a', 'b'))).toMatch(/^cannot-tell: /);
    },
  );

  test('an API that does not say whose token it is: that of a workflow', async () => {
    const { fake, client } = await start({ login: 'my-app[bot]' });
    fake.on('POST /graphql', answer(403, { 'content-type': 'application/json' }, '{"message":"no"}'));
    expect(await client.login()).toBe('github-actions[bot]');
  });

  test('the changed files are listed once', async () => {
    const { fake, client } = await start();
    await Promise.all([client.pullFiles(7), client.pullFiles(7)]);
    expect(fake.requests).toHaveLength(1);
  });

  test('the token follows no redirect to another origin', async () => {
    const other = await start();
    const { fake, client } = await start();
    fake.on('GET *', redirect(`${other.host.origin}/repos/acme/api/pulls/7/files`, 301));
    expect(await codeOf(client.pullFiles(7))).toMatch(/^cannot-tell: GitHub's API at .* redirects elsewhere/);
    expect(other.fake.requests).toEqual([]);
    const same = await start();
    same.fake.on(
      'GET /repos/acme/api/pulls/7/files',
      redirect('/repos/acme/api/issues/7/comments?per_page=100&page=1', 301),
    );
    await client.login();
    expect(await same.client.pullFiles(7)).toEqual({ files: [], complete: true });
    expect(same.fake.requests.map((request) => headerOf(request, 'authorization'))).toEqual([
      'token ghs_test',
      'token ghs_test',
    ]);
  });
});
