import { UserError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { clipped } from '../core/printable.ts';
import { errorText } from './error-body.ts';
import type { HttpResponse } from './http.ts';
import type { Location } from './location.ts';
import { rowOf } from './quirks.ts';
import { parseRetryAfter } from './retry.ts';

/** What is known of a refused login, for the message of `unauthorized`. */
export interface Refusal {
  readonly status: number;
  /** The host that refused: the registry or its token server. */
  readonly host: string;
  /** The host's own words, empty when it had none. */
  readonly text: string;
}

/** The error for an answer that says nothing about the image: 429, 5xx and what nobody expects. */
export function refusalOfLoad(answer: HttpResponse, who: string, wallClock: number): UserError {
  if (answer.status === 429) return rateLimited(answer, who, wallClock);
  const { text } = wordsOf(answer);
  return new UserError(
    'cannot-tell',
    `${who} answered ${answer.status}${text}`,
    answer.status >= 500
      ? 'Try again later, or look at the status page of the registry'
      : 'Ask the operator of the registry',
  );
}

function rateLimited(answer: HttpResponse, who: string, wallClock: number): UserError {
  const retry = parseRetryAfter(answer.header('retry-after')[0], wallClock);
  const asks = retry.kind === 'wait' ? `; it asks to wait ${duration(retry.milliseconds)}` : '';
  const limit = rateHeader(answer, 'ratelimit-limit');
  const remaining = rateHeader(answer, 'ratelimit-remaining');
  const reset = plainHeader(answer, 'ratelimit-reset') ?? plainHeader(answer, 'x-ratelimit-reset');
  const source = plainHeader(answer, 'docker-ratelimit-source');
  const facts = [
    limit === undefined ? '' : `limit ${limit}`,
    remaining === undefined ? '' : `remaining ${remaining}`,
    reset === undefined ? '' : `reset ${reset}`,
    source === undefined ? '' : `counted for ${source}`,
  ].filter((fact) => fact !== '');
  const { text } = wordsOf(answer);
  return new UserError(
    'rate-limited',
    `${who} answered 429, too many requests${text}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}${asks}`,
    who.includes('docker.io')
      ? 'Log in to Docker Hub with docker/login-action before this step: anonymous pulls are counted per address'
      : 'Log in before this step, ask less often, or try again later',
  );
}

/** Numbers, dates, addresses: a header with anything else in it is not shown. */
function plainHeader(answer: HttpResponse, name: string): string | undefined {
  const value = answer.header(name)[0]?.trim() ?? '';
  return /^[\w.:;=+, -]{1,64}$/.test(value) ? value : undefined;
}

/** `100;w=21600` is "100 in 6 hours" (docker/docs, pulls.md). */
function rateHeader(answer: HttpResponse, name: string): string | undefined {
  const value = plainHeader(answer, name);
  if (value === undefined) return undefined;
  const [count = '', ...parameters] = value.split(';');
  const window = parameters
    .map((parameter) => /^\s*w=(\d{1,9})\s*$/.exec(parameter)?.[1])
    .find((found) => found !== undefined);
  return window === undefined ? count.trim() : `${count.trim()} in ${duration(Number(window) * 1000)}`;
}

/** A duration for people: `45 s`, `10 min`, `24 h`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 90_000) return `${Math.max(1, Math.round(milliseconds / 1000))} s`;
  if (milliseconds < 5_400_000) return `${Math.round(milliseconds / 60_000)} min`;
  return `${Math.round(milliseconds / 3_600_000)} h`;
}

/** `: CODE: text` of an error answer, ready to be appended to a sentence. */
function wordsOf(answer: HttpResponse): { readonly code?: string; readonly text: string } {
  const { code, message } = errorText(answer.body);
  const words = [code ?? '', message].filter((part) => part !== '').join(': ');
  return {
    text: words === '' ? '' : `: ${clipped(words, LIMITS.errorShownCharacters)}`,
    ...(code === undefined ? {} : { code }),
  };
}

/** The registry's code and words of an answer, for Refusal. */
export function refusalOf(answer: HttpResponse, host: string): Refusal {
  return { status: answer.status, host, text: wordsOf(answer).text.replace(/^: /, '') };
}

/** What the run knows besides the refusal, for the hint. */
export interface UnauthorizedFacts {
  readonly location: Location;
  /** Sources of the credentials that were tried, `anonymous` among them. */
  readonly tried: readonly string[];
  /** Whether the login is known to read there. */
  readonly readsOnly?: boolean;
}

/** The error for 401 and 403: registries do not tell a missing repository from a private one. */
export function unauthorized(refusal: Refusal, { location, tried, readsOnly }: UnauthorizedFacts): UserError {
  const { registry, repository } = location;
  // An image in another repository than the one that is written to is only read.
  const access = location.writes?.repository === repository ? 'push' : 'pull';
  const name = `${registry}/${repository}`;
  const said = `${refusal.host} answered ${refusal.status}${refusal.text === '' ? '' : `: ${refusal.text}`}`;
  const as = tried.map((source) => (source === 'anonymous' ? 'anonymously' : `with the login from ${source}`));
  const what =
    access === 'push'
      ? `no right to write to ${name}, ${readsOnly === true ? 'which this login may read' : 'or it does not exist'}`
      : `${name} does not exist or is private (the registry does not tell which)`;
  return new UserError(
    'unauthorized',
    `${what}; asked ${as.join(', then ')}; ${said}`,
    hintFor(isGitHub(registry, refusal) ? 'ghcr.io' : registry, readsOnly === true ? 'push alone' : access, tried),
  );
}

/** GitHub's registry, also behind a mirror or as a part of GitHub Enterprise Server, by its words (REGISTRIES.md Q139). */
function isGitHub(registry: string, { text }: Refusal): boolean {
  return registry === 'ghcr.io' || /\b(?:read|write)_package\b|\bnot allowed to \w+ organization package/i.test(text);
}

function hintFor(registry: string, access: 'pull' | 'push' | 'push alone', tried: readonly string[]): string {
  if (registry === 'ghcr.io') {
    const right = access === 'pull' ? 'read' : 'write';
    const fork = access === 'pull' ? 'have no access to private packages' : 'and GitHub Apps cannot write packages';
    return (
      `Give the job permissions: packages: ${right}, and give this repository access under "Manage Actions access" ` +
      `in the settings of the package. Pull requests from forks ${fork}.`
    );
  }
  const login = rowOf(registry)?.login ?? 'docker/login-action, or the inputs registry, username and password';
  if (tried.every((source) => source === 'anonymous')) return `Check the spelling, or log in first: ${login}`;
  if (access === 'push alone') return `Use a login that may push there: ${login}`;
  return `Check the spelling and whether this login may ${access === 'push' ? 'push' : 'read'} there: ${login}`;
}
