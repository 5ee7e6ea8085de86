import { readDigest, type Digest } from '../core/digest.ts';
import { isObject, listProperty, parseJson, property } from '../core/json.ts';
import { LIMITS } from '../core/limits.ts';
import { isTag } from '../core/reference.ts';
import type { RegistryClient } from './client.ts';
import { refusalOfLoad } from './failure.ts';
import { nextLink, resolveNext } from './link.ts';
import type { Location } from './location.ts';
import { rowOf } from './quirks.ts';
import type { Answer } from './redirect.ts';
import type { Trace } from './trace.ts';

/** The tags of a repository. */
export interface TagList {
  /** Each once, in no order that may be relied on. */
  readonly tags: readonly string[];
  /** Whether these are all; false when a limit of core/limits.ts ended the list. */
  readonly complete: boolean;
  /** Tags of each digest, where the registry's list says (Google's `manifest` member, REGISTRIES.md Q104). */
  readonly tagsOf: ReadonlyMap<Digest, readonly string[]> | undefined;
}

/** How much of a list is wanted. */
export interface TagListOptions {
  /** Most pages that are read; LIMITS.tagsPages when left out. */
  readonly pages?: number;
}

/** Page size that is asked for: more is refused by some (Q94). */
const PAGE_SIZE = 1000;

/** Answers to a page size that is too big (Q94, Q95). */
const TOO_BIG: ReadonlySet<number> = new Set([400, 405, 413]);

/** Pages without a new tag after which the list is taken to be at its end (Q100). */
const EMPTY_PAGES = 3;

/**
 * Reads the list of tags page by page, following Link and nothing else (REGISTRIES.md §3f).
 * @returns undefined when the registry knows no such repository
 * @throws UserError when there is no list
 */
export async function listTags(
  client: RegistryClient,
  location: Location,
  trace: Trace,
  options: TagListOptions = {},
): Promise<TagList | undefined> {
  const { repository } = location;
  const size = rowOf(location.registry)?.pageSize ?? PAGE_SIZE;
  const bare = `${repository}/tags/list`;
  let answer = await ask(client, location, `${bare}?n=${size}`, trace);
  if (TOO_BIG.has(answer.response.status)) answer = await ask(client, location, bare, trace);
  const list = new PageReader();
  for (let page = 1; ; page += 1) {
    const { status } = answer.response;
    if (status === 404 && page === 1) return undefined;
    if (status === 401 || status === 403) throw client.session.unauthorized(location, answer);
    if (status !== 200) throw refusalOfLoad(answer.response, location.registry, client.timing.wallClock());
    const next = list.read(answer, repository);
    if (next === undefined) return list.result();
    if (page >= (options.pages ?? LIMITS.tagsPages)) return { ...list.result(), complete: false };
    answer = await ask(client, location, next, trace);
    // A page that is gone (zot forgets `last`, Q102): what was read so far is not all.
    if (answer.response.status === 404) return { ...list.result(), complete: false };
  }
}

function ask(client: RegistryClient, location: Location, path: string | URL, trace: Trace): Promise<Answer> {
  const headers = { accept: 'application/json' };
  const question = { method: 'GET', path, headers, maxBytes: LIMITS.tagsPageBytes, what: 'list of tags' } as const;
  return client.session.ask(location, question, trace);
}

/** Collects pages and notices when they go round in a circle. */
class PageReader {
  readonly #tags = new Set<string>();
  readonly #tagsOf = new Map<Digest, readonly string[]>();
  readonly #seen = new Set<string>();
  #complete = true;
  #emptyPages = 0;

  /** @returns the address of the next page, undefined at the end */
  read({ response, url }: Answer, repository: string): URL | undefined {
    const body = parseJson(response.body);
    const before = this.#tags.size;
    for (const tag of listProperty(body, 'tags')) if (typeof tag === 'string' && isTag(tag)) this.#tags.add(tag);
    this.#readManifests(property(body, 'manifest'));
    this.#seen.add(url.href);
    this.#emptyPages = this.#tags.size === before ? this.#emptyPages + 1 : 0;
    const link = nextLink(response.header('link'));
    if (link === undefined) return undefined;
    const next = resolveNext(link, url, repository);
    const isCircle = next === undefined || this.#seen.has(next.href) || this.#emptyPages >= EMPTY_PAGES;
    if (!isCircle && this.#tags.size < LIMITS.tags) return next;
    this.#complete = false;
    return undefined;
  }

  result(): TagList {
    const tagsOf = this.#tagsOf.size === 0 ? undefined : this.#tagsOf;
    return { tags: [...this.#tags].slice(0, LIMITS.tags), complete: this.#complete, tagsOf };
  }

  #readManifests(manifests: unknown): void {
    if (!isObject(manifests)) return;
    for (const [name, entry] of Object.entries(manifests)) {
      const digest = readDigest(name);
      const tags = listProperty(entry, 'tag').filter((tag): tag is string => typeof tag === 'string' && isTag(tag));
      if (digest !== undefined) this.#tagsOf.set(digest, tags);
    }
  }
}
