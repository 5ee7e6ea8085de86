import { UserError } from '../core/errors.ts';
import { backoff, isRetryableStatus, parseRetryAfter } from '../registry/retry.ts';
import { TransportError, type HttpMethod, type HttpResponse, type Send, type Timing } from '../registry/http.ts';

/** What a request to GitHub's API needs. */
export interface GitHubWire {
  readonly send: Send;
  readonly timing: Timing;
  readonly signal: AbortSignal;
}

/** Tries of one request, the first included (SAFETY.md F45). */
const TRIES = 3;
/** Longest wait that is honoured; a longer one is given up at once. */
const LONGEST_WAIT = 60_000;
/** A page of a hundred comments of 65,536 characters each fits. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Renamed repositories and moved hosts answer with one. */
const MAX_REDIRECTS = 3;

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE'] satisfies HttpMethod[]);

function isMethod(text: string): text is HttpMethod {
  return METHODS.has(text);
}

/** What octokit hands to the `fetch` that it is given. */
interface FetchInit {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * A `fetch` for octokit over our own transport, which knows proxies, certificates and limits. Retries what may pass,
 * follows redirects of reads on the same origin, and never sends the token to another one.
 */
export function fetchOver(wire: GitHubWire): (url: string, init?: FetchInit) => Promise<Response> {
  return async (url, init = {}) => {
    const method = (init.method ?? 'GET').toUpperCase();
    if (!isMethod(method)) throw new TypeError(`method ${method}`);
    const headers = Object.entries(init.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
    const request = {
      method,
      headers: Object.fromEntries(headers),
      maxBytes: MAX_BYTES,
      what: 'answer of the GitHub API',
      ...(init.body === undefined ? {} : { body: init.body }),
    };
    let target = new URL(url);
    for (let redirects = 0; ; redirects += 1) {
      const response = await sendWithRetries(wire, { ...request, url: target });
      const next = method === 'GET' ? redirectOf(response, target) : undefined;
      if (next === undefined || redirects === MAX_REDIRECTS) return toResponse(response, target);
      target = next;
    }
  };
}

function redirectOf({ status, header }: HttpResponse, from: URL): URL | undefined {
  if (![301, 302, 307, 308].includes(status)) return undefined;
  const next = URL.parse(header('location')[0] ?? '', from.href);
  return next === null || next.origin !== from.origin ? undefined : next;
}

type Request = Parameters<Send>[0];

async function sendWithRetries({ send, timing, signal }: GitHubWire, request: Request): Promise<HttpResponse> {
  for (let attempt = 1; ; attempt += 1) {
    let wait: number | undefined;
    try {
      const response = await send(request, signal);
      wait = waitAfter(response, request.method, attempt, timing);
      if (wait === undefined || wait > LONGEST_WAIT || attempt >= TRIES) return response;
    } catch (error) {
      // A comment that was sent and not acknowledged may stand there: only what changes nothing twice is sent again.
      const again = error instanceof TransportError && error.retryable && request.method !== 'POST';
      if (!again || attempt >= TRIES) throw error;
      wait = backoff(attempt, timing.random());
    }
    await timing.sleep(wait, signal);
  }
}

/** Milliseconds to wait before the same request may succeed; undefined when it will not. */
function waitAfter(response: HttpResponse, method: string, attempt: number, timing: Timing): number | undefined {
  const { status, header } = response;
  const asked = parseRetryAfter(header('retry-after')[0], timing.wallClock());
  if (status === 429 || (status === 403 && isRateLimit(response))) {
    if (asked.kind === 'wait') return asked.milliseconds;
    return untilReset(response, timing.wallClock()) ?? backoff(attempt, timing.random());
  }
  if (!isRetryableStatus(status) || method === 'POST') return undefined;
  return asked.kind === 'wait' ? asked.milliseconds : backoff(attempt, timing.random());
}

/** A 403 that passes: the primary limit is used up, or the secondary one speaks. */
function isRateLimit({ header, body }: HttpResponse): boolean {
  if (header('retry-after').length > 0 || header('x-ratelimit-remaining')[0] === '0') return true;
  return /secondary rate limit|abuse detection/i.test(new TextDecoder().decode(body.subarray(0, 2000)));
}

function untilReset({ header }: HttpResponse, wallClock: number): number | undefined {
  const [remaining, reset] = [header('x-ratelimit-remaining')[0], Number(header('x-ratelimit-reset')[0])];
  return remaining === '0' && reset > 0 ? Math.max(reset * 1000 - wallClock, 1000) : undefined;
}

/** Headers that octokit or we look at. */
const KEPT_HEADERS = ['content-type', 'link', 'retry-after', 'x-ratelimit-remaining', 'x-ratelimit-reset'];

function toResponse({ status, header, body }: HttpResponse, asked: URL): Response {
  // octokit would take a redirect for a success without data.
  if (status >= 300 && status < 400) {
    const message = `GitHub's API at ${asked.host} redirects elsewhere (${status}), which is not followed`;
    throw new UserError('cannot-tell', message, 'Check GITHUB_API_URL');
  }
  const headers = new Headers();
  for (const name of KEPT_HEADERS) for (const value of header(name)) headers.append(name, value);
  const empty = status === 204 || status === 205;
  return new Response(empty ? null : Buffer.from(body), { status, headers });
}
