/* GitHub's API as far as `check` uses it: pull request files, comparisons, reviews, comments, and who one is. */
import { routesOf, type Route } from './openapi.ts';
import { createService, headerOf, json, type Incoming, type Reply, type Service } from './service.ts';

export interface FakeFile {
  readonly filename: string;
  readonly status: string;
  /** Its name before. */
  readonly previous?: string;
  readonly patch?: string;
  readonly changes?: number;
}

export interface FakeComment {
  readonly id: number;
  readonly login: string;
  body: string;
  readonly path?: string;
  /** Null: the lines have changed since. */
  readonly line?: number | null;
  readonly startLine?: number;
  readonly inReplyTo?: number;
}

export interface GitHubOptions {
  readonly files?: readonly FakeFile[];
  /** Files of a comparison. */
  readonly compared?: readonly FakeFile[];
  readonly lineComments?: readonly FakeComment[];
  readonly comments?: readonly FakeComment[];
  /** What the token may do with pull requests. */
  readonly permission?: 'write' | 'read' | 'none';
  /** Whose token it is. */
  readonly login?: string;
}

export interface FakeGitHub extends Service {
  readonly lineComments: FakeComment[];
  readonly comments: FakeComment[];
  /** What was wrong with requests, by GitHub's own description; a test expects none. */
  readonly problems: readonly string[];
}

const ROUTES = [
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
  'GET /repos/{owner}/{repo}/compare/{basehead}',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments',
  'DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}',
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
] as const;

type RouteName = (typeof ROUTES)[number];

interface State {
  readonly options: GitHubOptions;
  readonly login: string;
  readonly lineComments: FakeComment[];
  readonly comments: FakeComment[];
  nextId: number;
}

/** A fake API; give its handler to a listener. */
export function createGitHub(options: GitHubOptions = {}): FakeGitHub {
  const problems: string[] = [];
  const routes = routesOf(ROUTES);
  const state: State = {
    options,
    login: options.login ?? 'github-actions[bot]',
    lineComments: [...(options.lineComments ?? [])],
    comments: [...(options.comments ?? [])],
    nextId: 1000,
  };
  const service = createService((request) => answer(request, routes, state, problems), { name: 'api.github.com' });
  return { ...service, lineComments: state.lineComments, comments: state.comments, problems };
}

function answer(request: Incoming, routes: readonly Route[], state: State, problems: string[]): Reply {
  if (!/^token \S+$/.test(headerOf(request, 'authorization') ?? '')) return refusal(401, 'Bad credentials');
  if (headerOf(request, 'user-agent') === undefined) problems.push('no user-agent');
  if (request.method === 'POST' && request.path === '/graphql') return viewer(request, state, problems);
  for (const route of routes) {
    const values = route.match(request);
    if (values === undefined) continue;
    const name = `${route.method} ${route.template}`;
    const wrong = route.problemsOf(request);
    problems.push(...wrong.map((problem) => `${name}: ${problem}`));
    if (wrong.length > 0) return json(422, { message: 'Validation Failed', errors: wrong });
    const needs = route.method === 'GET' ? 'read' : 'write';
    const has = state.options.permission ?? 'write';
    if (has === 'none' && !name.includes('compare')) return refusal(403, 'Resource not accessible by integration');
    if (needs === 'write' && has !== 'write') return refusal(403, 'Resource not accessible by integration');
    return perform(
      ROUTES.find((one) => one === name),
      values,
      request,
      state,
    );
  }
  problems.push(`${request.method} ${request.path} is not offered`);
  return refusal(404, 'Not Found');
}

function refusal(status: number, message: string): Reply {
  return json(status, { message, documentation_url: 'https://docs.github.com/rest', status: String(status) });
}

function viewer(request: Incoming, { login }: State, problems: string[]): Reply {
  const { query }: { query?: string } = JSON.parse(request.body.toString('utf8'));
  if (!/^\{\s*viewer\s*\{\s*login\s*\}\s*\}$/.test(query ?? '')) problems.push(`graphql ${query ?? ''}`);
  return json(200, { data: { viewer: { login } } });
}

function perform(
  name: RouteName | undefined,
  values: Readonly<Record<string, string>>,
  request: Incoming,
  state: State,
): Reply {
  const body = request.body.length === 0 ? {} : JSON.parse(request.body.toString('utf8'));
  switch (name) {
    case 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files':
      return json(200, page(request, (state.options.files ?? []).map(fileRow)));
    case 'GET /repos/{owner}/{repo}/compare/{basehead}':
      return json(200, { status: 'ahead', files: (state.options.compared ?? []).map(fileRow) });
    case 'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments':
      return json(200, page(request, state.lineComments.map(lineCommentRow)));
    case 'DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}':
      return removeFrom(state.lineComments, Number(values['comment_id']));
    case 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews':
      return review(body, state);
    case 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments':
      return json(200, page(request, state.comments.map(commentRow)));
    case 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments':
      return addComment(body, state);
    case 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}':
      return change(state.comments, Number(values['comment_id']), body);
    case undefined:
    default:
      return refusal(404, 'Not Found');
  }
}

function page(request: Incoming, rows: readonly unknown[]): readonly unknown[] {
  const size = Number(request.query.get('per_page') ?? '30');
  const number = Number(request.query.get('page') ?? '1');
  return rows.slice((number - 1) * size, number * size);
}

function fileRow({ filename, status, previous, patch, changes }: FakeFile) {
  const lines = changes ?? (patch ?? '').split('\n').filter((line) => /^[+-]/.test(line)).length;
  return {
    sha: '0'.repeat(40),
    filename,
    status,
    changes: lines,
    additions: (patch ?? '').split('\n').filter((line) => line.startsWith('+')).length,
    deletions: 0,
    ...(previous === undefined ? {} : { previous_filename: previous }),
    ...(patch === undefined ? {} : { patch }),
  };
}

function commentRow({ id, body, login }: FakeComment) {
  return { id, body, user: { login } };
}

function lineCommentRow(comment: FakeComment) {
  const { path = 'Dockerfile', line = 1, inReplyTo } = comment;
  return { ...commentRow(comment), path, line, ...(inReplyTo === undefined ? {} : { in_reply_to_id: inReplyTo }) };
}

/** As GitHub does: every comment has to lie on lines of the diff. */
function review(
  body: { comments?: readonly { path: string; body: string; line: number; start_line?: number }[] },
  state: State,
): Reply {
  const comments = body.comments ?? [];
  for (const { path, line, start_line: start = line } of comments) {
    const patch = (state.options.files ?? []).find(({ filename }) => filename === path)?.patch ?? '';
    const lines = linesInDiff(patch);
    if (!lines.has(line) || !lines.has(start)) {
      return json(422, {
        message: 'Unprocessable Entity',
        errors: ['Pull request review thread line must be part of the diff'],
      });
    }
  }
  for (const { path, body: text, line, start_line: startLine } of comments) {
    state.nextId += 1;
    const place = startLine === undefined ? { path, line } : { path, line, startLine };
    state.lineComments.push({ id: state.nextId, login: state.login, body: text, ...place });
  }
  return json(200, { id: 1 });
}

function linesInDiff(patch: string): ReadonlySet<number> {
  const lines = new Set<number>();
  let next = 0;
  for (const text of patch.split('\n')) {
    const hunk = /^@@ -\S+ \+(\d+)/.exec(text);
    if (hunk !== null) next = Number(hunk[1]);
    else if (/^[+ ]/.test(text)) {
      lines.add(next);
      next += 1;
    }
  }
  return lines;
}

function addComment({ body }: { body: string }, state: State): Reply {
  if (body.length > 65_536) return json(422, { message: 'Validation Failed', errors: ['body is too long'] });
  state.nextId += 1;
  state.comments.push({ id: state.nextId, login: state.login, body });
  return json(201, { id: state.nextId });
}

function change(comments: readonly FakeComment[], id: number, { body }: { body: string }): Reply {
  const found = comments.find((one) => one.id === id);
  if (found === undefined) return refusal(404, 'Not Found');
  found.body = body;
  return json(200, { id });
}

function removeFrom(comments: FakeComment[], id: number): Reply {
  const index = comments.findIndex((one) => one.id === id);
  if (index < 0) return refusal(404, 'Not Found');
  comments.splice(index, 1);
  return { status: 204, headers: {} };
}
