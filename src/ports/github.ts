import { getOctokit } from '@actions/github';
import { UserError } from '../core/errors.ts';
import { isObject, numberProperty, property, textProperty } from '../core/json.ts';
import { clipped, printable } from '../core/printable.ts';
import type { ApiFile, LineComment, PullComment, Suggestion } from '../rules/pull-request.ts';
import { TransportError } from '../registry/http.ts';
import { fetchOver, type GitHubWire } from './github-fetch.ts';
import { fileOf, lineCommentOf, reviewComment } from './github-rows.ts';

/*
 * What `check` asks of GitHub's API. This file must be loaded only when it is needed: `@actions/github` reads the
 * event's file at import and does not survive half of one (SAFETY.md F44).
 */

/** Where the API is and who asks. */
export interface GitHubOptions extends GitHubWire {
  readonly token: string;
  /** `https://api.github.com`, or that of a server of one's own. */
  readonly apiUrl: string;
  readonly owner: string;
  readonly repo: string;
  readonly userAgent: string;
}

/** Changed files, and whether they are all that there are. */
export interface ChangedFiles {
  readonly files: readonly ApiFile[];
  readonly complete: boolean;
}

/** Each method throws UserError: `unauthorized` where the token may not, `rate-limited`, `cannot-tell` for the rest. */
export interface GitHub {
  /** Asked once. */
  readonly pullFiles: (pull: number) => Promise<ChangedFiles>;
  readonly comparedFiles: (base: string, head: string) => Promise<ChangedFiles>;
  /** The login of the token's owner: that of our own comments. */
  readonly login: () => Promise<string>;
  readonly lineComments: (pull: number) => Promise<readonly LineComment[]>;
  readonly removeLineComment: (id: number) => Promise<void>;
  readonly createReview: (pull: number, commit: string, suggestions: readonly Suggestion[]) => Promise<void>;
  readonly comments: (pull: number) => Promise<readonly PullComment[]>;
  readonly createComment: (pull: number, body: string) => Promise<void>;
  readonly updateComment: (id: number, body: string) => Promise<void>;
}

const PER_PAGE = 100;
/** GitHub lists 3,000 files at most, a comparison 300; comments are read this far. */
const FILE_PAGES = 30;
const COMPARED_FILES = 300;
const COMMENT_PAGES = 20;

/** Who posts with the token of a workflow; taken where the API does not say it. */
const WORKFLOW_LOGIN = 'github-actions[bot]';

/** GitHub's API with this token. */
export function createGitHub(options: GitHubOptions): GitHub {
  const { owner, repo } = options;
  const octokit = getOctokit(options.token, {
    baseUrl: options.apiUrl,
    userAgent: options.userAgent,
    request: { fetch: fetchOver(options) },
    log: SILENT,
  });
  const asked = { request: octokit.request, graphql: octokit.graphql, place: { owner, repo } };
  return {
    ...changesOf(asked),
    ...reviewsOf(asked),
    ...commentsOf(asked),
    login: () => loginOf(asked, options.signal),
  };
}

interface Asked extends Pick<ReturnType<typeof getOctokit>, 'request' | 'graphql'> {
  readonly place: Readonly<Record<'owner' | 'repo', string>>;
}

function changesOf({ request, place }: Asked): Pick<GitHub, 'pullFiles' | 'comparedFiles'> {
  const listFiles = async (pull: number): Promise<ChangedFiles> => {
    const page = async (number: number) => {
      const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files';
      return (await request(route, { ...place, pull_number: pull, per_page: PER_PAGE, page: number })).data;
    };
    const { rows, complete } = await explained('list the changed files', () => pages(page, FILE_PAGES));
    return { files: rows.map(fileOf), complete };
  };
  const listed = new Map<number, Promise<ChangedFiles>>();
  return {
    pullFiles(pull) {
      const files = listed.get(pull) ?? listFiles(pull);
      listed.set(pull, files);
      return files;
    },
    async comparedFiles(base, head) {
      const route = 'GET /repos/{owner}/{repo}/compare/{basehead}';
      const basehead = `${base}...${head}`;
      const { data } = await explained('compare commits', () => request(route, { ...place, basehead, per_page: 1 }));
      const { files } = data;
      if (!Array.isArray(files) || !files.every(isRow)) throw notTheApi();
      return { files: files.map(fileOf), complete: files.length < COMPARED_FILES };
    },
  };
}

async function loginOf({ graphql }: Asked, signal: AbortSignal): Promise<string> {
  try {
    const answer = await explained('say whose token it is', () => graphql<unknown>('{ viewer { login } }'));
    return textProperty(property(answer, 'viewer'), 'login') ?? WORKFLOW_LOGIN;
  } catch (error) {
    // What carries our marker and is by the workflow is our own, whoever we are now.
    if (!(error instanceof UserError) || signal.aborted) throw error;
    return WORKFLOW_LOGIN;
  }
}

function reviewsOf({ request, place }: Asked): Pick<GitHub, 'lineComments' | 'removeLineComment' | 'createReview'> {
  return {
    async lineComments(pull) {
      const page = async (number: number) => {
        const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments';
        return (await request(route, { ...place, pull_number: pull, per_page: PER_PAGE, page: number })).data;
      };
      const { rows } = await explained('list the comments', () => pages(page, COMMENT_PAGES));
      return rows.map(lineCommentOf);
    },
    async removeLineComment(id) {
      const route = 'DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}';
      await explained('remove an outdated suggestion', () => request(route, { ...place, comment_id: id }));
    },
    async createReview(pull, commit, suggestions) {
      const route = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews';
      const comments = suggestions.map(reviewComment);
      const body = `Lines to write instead: ${comments.length}.`;
      const review = { ...place, pull_number: pull, commit_id: commit, event: 'COMMENT' as const, body, comments };
      await explained('post suggestions', () => request(route, review));
    },
  };
}

function commentsOf({ request, place }: Asked): Pick<GitHub, 'comments' | 'createComment' | 'updateComment'> {
  return {
    async comments(pull) {
      const page = async (number: number) => {
        const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments';
        return (await request(route, { ...place, issue_number: pull, per_page: PER_PAGE, page: number })).data;
      };
      const { rows } = await explained('list the comments', () => pages(page, COMMENT_PAGES));
      return rows.map(({ id, body, user }) => ({ id: Number(id), body: body ?? '', login: user?.login ?? '' }));
    },
    async createComment(pull, body) {
      const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
      await explained('comment', () => request(route, { ...place, issue_number: pull, body }));
    },
    async updateComment(id, body) {
      const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
      await explained('change its comment', () => request(route, { ...place, comment_id: id, body }));
    },
  };
}

const ignored = (): void => undefined;

/** Deprecation notes of octokit would go to stdout past our printer. */
const SILENT = { debug: ignored, info: ignored, warn: ignored, error: ignored };

async function pages<Row>(
  page: (number: number) => Promise<readonly Row[]>,
  most: number,
): Promise<{ rows: readonly Row[]; complete: boolean }> {
  const rows: Row[] = [];
  for (let number = 1; number <= most; number += 1) {
    const some = await page(number);
    if (!Array.isArray(some) || !some.every(isRow)) throw notTheApi();
    rows.push(...some);
    if (some.length < PER_PAGE) return { rows, complete: true };
  }
  return { rows, complete: false };
}

/** Whether a row is a changed file, which has a name, or a comment, which has a number. */
function isRow(row: unknown): boolean {
  return textProperty(row, 'filename') !== undefined || numberProperty(row, 'id') !== undefined;
}

/** An empty answer must never pass for a pull request without changes. */
function notTheApi(): UserError {
  return new UserError(
    'cannot-tell',
    'the answer is not one of the GitHub API',
    'Check GITHUB_API_URL, and that no proxy answers in its place',
  );
}

/** Turns what octokit throws into an error that says what could not be done. */
async function explained<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const cause = property(error, 'cause');
    const known = cause instanceof UserError ? cause : error;
    // What the transport says is meant for registries: its hint would send people to the spelling of one.
    if (known instanceof TransportError)
      throw new UserError(known.code, `GitHub's API: ${known.message}`, HINT, { cause });
    if (known instanceof UserError) throw known;
    const status = isObject(error) ? numberProperty(error, 'status') : undefined;
    throw refusal(what, status, Error.isError(error) ? error.message : String(error), error);
  }
}

const HINT = 'Check GITHUB_API_URL, and that this runner reaches it';

function refusal(what: string, status: number | undefined, text: string, cause: unknown): UserError {
  const said = [`GitHub's API would not ${what}: ${status ?? 'no answer'}`, clipped(printable(text), 200)]
    .filter((part) => part !== '')
    .join(', ');
  if (status === 429 || (status === 403 && /rate limit|abuse/i.test(text))) {
    return new UserError('rate-limited', said, 'Run the step again later', { cause });
  }
  if (status === 401 || status === 403 || status === 404) {
    const hint = 'Give the job the permission pull-requests: write; tokens of forks and of Dependabot can only read';
    return new UserError('unauthorized', said, hint, { cause });
  }
  return new UserError('cannot-tell', said, 'Run the step again; githubstatus.com tells whether the API is down', {
    cause,
  });
}
