import { LIMITS } from '../core/limits.ts';

/*
 * Grammar (RFC 8288 §3): Link = #( "<" target ">" *( ";" parameter ) ). Tolerated: a target without "<>" (Cloudflare's
 * serverless registry, REGISTRIES.md Q98), blanks everywhere, unquoted relations.
 */

interface Link {
  readonly target: string;
  /** Relation types, lower case. */
  readonly relations: readonly string[];
}

/** The target of the first link with `rel=next` in all Link headers of an answer. Never throws, linear in the input. */
export function nextLink(headers: readonly string[]): string | undefined {
  for (const header of headers) {
    if (header.length > LIMITS.headerCharacters) continue;
    const next = parseLinks(header).find(({ target, relations }) => target !== '' && relations.includes('next'));
    if (next !== undefined) return next.target;
  }
  return undefined;
}

function parseLinks(text: string): readonly Link[] {
  const links: Link[] = [];
  let at = 0;
  while ((at = skip(text, at, ' \t,')) < text.length) {
    const target = readTarget(text, at);
    const parameters = readParameters(text, target.end);
    links.push({ target: target.value, relations: parameters.relations });
    at = parameters.end;
  }
  return links;
}

interface Read {
  readonly value: string;
  /** Where the text goes on. */
  readonly end: number;
}

function readTarget(text: string, start: number): Read {
  if (text[start] !== '<') return readWord(text, start, ',;');
  const close = text.indexOf('>', start);
  if (close < 0) return { value: '', end: text.length };
  return { value: text.slice(start + 1, close).trim(), end: close + 1 };
}

/** The parameters of one link, up to the comma that ends it. Only the first `rel` counts (RFC 8288 §3.3). */
function readParameters(text: string, start: number): { readonly relations: readonly string[]; readonly end: number } {
  let relations: readonly string[] | undefined;
  let at = skip(text, start, ' \t;');
  while (at < text.length && text[at] !== ',') {
    const name = readWord(text, at, ',;=');
    at = skip(text, name.end, ' \t');
    if (text[at] === '=') {
      const value = readValue(text, skip(text, at + 1, ' \t'));
      if (name.value.toLowerCase() === 'rel') relations ??= value.value.toLowerCase().split(/\s+/);
      at = value.end;
    }
    at = skip(text, at, ' \t;');
  }
  return { relations: relations ?? [], end: at };
}

function readValue(text: string, start: number): Read {
  if (text[start] !== '"') return readWord(text, start, ',;');
  const close = text.indexOf('"', start + 1);
  return close < 0
    ? { value: text.slice(start + 1), end: text.length }
    : { value: text.slice(start + 1, close), end: close + 1 };
}

/** Up to a blank or one of `stops`. */
function readWord(text: string, start: number, stops: string): Read {
  let end = start;
  while (end < text.length && !` \t${stops}`.includes(text.charAt(end))) end += 1;
  return { value: text.slice(start, end), end };
}

function skip(text: string, from: number, characters: string): number {
  let at = from;
  while (at < text.length && characters.includes(text.charAt(at))) at += 1;
  return at;
}

/**
 * The URL of the next page, on the origin that sent this one; undefined when the link leads elsewhere (SAFETY.md T10).
 * `http:` on the same host is a proxy's slip and becomes the page's own origin (Q96). A path that is not the asked
 * repository's lost the prefix of a virtual repository: the page's own path is taken in its place, with the link's
 * query (Artifactory, Q97).
 * @param finalUrl the URL that answered, after redirects
 * @param repository the repository that was asked for
 */
export function resolveNext(link: string, finalUrl: URL, repository: string): URL | undefined {
  const url = URL.parse(link, finalUrl.href);
  if (url === null || url.username !== '' || url.password !== '') return undefined;
  if (url.origin !== finalUrl.origin && !isSameHostInPlain(url, finalUrl)) return undefined;
  const path = keepsRepository(url.pathname, finalUrl.pathname, repository) ? url.pathname : finalUrl.pathname;
  return new URL(path + url.search, finalUrl.origin);
}

function isSameHostInPlain(url: URL, page: URL): boolean {
  const isDowngrade = url.protocol === 'http:' && page.protocol === 'https:';
  return isDowngrade && url.hostname === page.hostname && (url.port === page.port || url.port === '');
}

/** Whether the path ends as the page's does from the repository on: `/v2/…/<repository>/tags/list`. */
function keepsRepository(path: string, pagePath: string, repository: string): boolean {
  if (path === pagePath) return true;
  const at = pagePath.lastIndexOf(`/${repository}/`);
  return at < 0 ? path.includes(`/${repository}/`) : path.endsWith(pagePath.slice(at));
}
