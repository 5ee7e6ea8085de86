import { readDigest, type Digest } from '../core/digest.ts';
import { listProperty, parseJson, property, textProperty } from '../core/json.ts';
import { LIMITS } from '../core/limits.ts';
import { isTag } from '../core/reference.ts';
import type { RegistryClient } from './client.ts';
import type { HttpResponse } from './http.ts';
import type { Location } from './location.ts';
import { rowOf } from './quirks.ts';
import type { Trace } from './trace.ts';

/*
 * Some registries list their tags with digests in an API of their own (REGISTRIES.md Q105, Q106, §5): a page of a hundred
 * tags then costs one request instead of a hundred. They are asked anonymously (GitHub with the job's token, as it answers
 * nobody else), once, and whatever they do not answer is found out in the usual way.
 */

/** A tag with its digest, as an API lists it. */
export interface ListedTag {
  readonly tag: string;
  readonly digest: Digest;
  /** Manifests of the index, where they are listed; undefined when only reading it would tell. */
  readonly children?: readonly Digest[];
}

/** What an API said. */
export interface TagListing {
  readonly tags: readonly ListedTag[];
  /** Whether every tag of the digest that was looked for is among them, as far as can be told. */
  readonly isEnough: boolean;
}

interface Page {
  readonly tags: readonly ListedTag[];
  /** Whether the page holds everything there is to know of the digest. */
  readonly isEnough?: boolean;
  readonly isLast: boolean;
}

/** How one API is asked. */
interface TagApi {
  /** The addresses under which a repository may be found: the next is asked where the one before answers 404. */
  readonly addresses: (repository: string) => readonly string[];
  readonly query: (page: number) => string;
  /** Where the tags (or versions) stand; no list, no answer. */
  readonly list: (body: unknown) => unknown;
  readonly read: (body: unknown, digest: Digest) => Page;
  /** Whether it answers with the job's token only. */
  readonly withToken?: true;
}

/** Tags on a page: the most that all of these APIs give. */
const PAGE_SIZE = 100;

/** Pages that are read: Docker Hub gives anonymous clients no more (Q105). */
const PAGES = 10;

const APIS: Readonly<Record<'docker-hub' | 'quay' | 'github', TagApi>> = {
  'docker-hub': {
    addresses: (repository) => [`https://hub.docker.com/v2/repositories/${repository}/tags`],
    query: (page) => `page_size=${PAGE_SIZE}&page=${page}&ordering=last_updated`,
    list: (body) => property(body, 'results'),
    read: (body) => {
      const tags = listProperty(body, 'results').map((entry) => {
        const children = childrenOf(listProperty(entry, 'images'));
        // Images of old have no digest of their own here, and one manifest.
        const only = children.length === 1 ? children[0] : undefined;
        return listed(property(entry, 'name'), property(entry, 'digest') ?? only, children);
      });
      return { tags: tags.filter((tag) => tag !== undefined), isLast: textProperty(body, 'next') === undefined };
    },
  },
  quay: {
    addresses: (repository) => [`https://quay.io/api/v1/repository/${repository}/tag/`],
    query: (page) => `limit=${PAGE_SIZE}&page=${page}&onlyActiveTags=true`,
    list: (body) => property(body, 'tags'),
    read: (body) => {
      const tags = listProperty(body, 'tags').map((entry) =>
        listed(property(entry, 'name'), property(entry, 'manifest_digest')),
      );
      return { tags: tags.filter((tag) => tag !== undefined), isLast: property(body, 'has_additional') !== true };
    },
  },
  github: {
    withToken: true,
    addresses: (repository) => {
      const slash = repository.indexOf('/');
      const [owner, name] = [repository.slice(0, slash), encodeURIComponent(repository.slice(slash + 1))];
      return ['orgs', 'users'].map(
        (kind) => `https://api.github.com/${kind}/${owner}/packages/container/${name}/versions`,
      );
    },
    query: (page) => `state=active&per_page=${PAGE_SIZE}&page=${page}`,
    list: (body) => body,
    read: (body, digest) => {
      const versions = Array.isArray(body) ? body : [];
      const tags = versions.flatMap((version) =>
        listProperty(property(property(version, 'metadata'), 'container'), 'tags').map((tag) =>
          listed(tag, property(version, 'name')),
        ),
      );
      return {
        tags: tags.filter((tag) => tag !== undefined),
        // A version is one digest with all its tags.
        isEnough: versions.some((version) => textProperty(version, 'name') === digest),
        isLast: versions.length < PAGE_SIZE,
      };
    },
  },
};

function listed(name: unknown, text: unknown, children?: readonly Digest[]): ListedTag | undefined {
  const digest = typeof text === 'string' ? readDigest(text) : undefined;
  if (typeof name !== 'string' || !isTag(name) || digest === undefined) return undefined;
  return { tag: name, digest, ...(children === undefined ? {} : { children }) };
}

/** Digests of images for real platforms. */
function childrenOf(images: readonly unknown[]): readonly Digest[] {
  return images
    .filter((image) => property(image, 'os') !== 'unknown' && property(image, 'architecture') !== 'unknown')
    .map((image) => readDigest(textProperty(image, 'digest') ?? ''))
    .filter((child) => child !== undefined);
}

/**
 * The tags of a repository with their digests, from the registry's own API, newest first; read until every tag of
 * `digest` seems to be among them: tags that are pushed together stand together.
 * @returns undefined where there is no such API, or it does not answer
 */
export async function listTagDigests(
  client: RegistryClient,
  { registry, repository }: Location,
  digest: Digest,
  trace: Trace,
): Promise<TagListing | undefined> {
  const name = rowOf(registry)?.tagApi;
  if (name === undefined) return undefined;
  const api = APIS[name];
  const token = api.withToken === true ? client.packagesToken : undefined;
  if (api.withToken === true && token === undefined) return undefined;
  const headers = {
    accept: 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const ask = async (address: string, page: number): Promise<HttpResponse | undefined> => {
    const url = new URL(`${address}?${api.query(page)}`);
    const request = { method: 'GET', url, headers, maxBytes: LIMITS.tagsPageBytes, what: 'list of tags' } as const;
    return client.session.askBeside(registry, request, trace);
  };
  for (const address of api.addresses(repository)) {
    const first = await ask(address, 1);
    if (first?.status === 404) continue;
    return readPages(first, digest, api, (page) => ask(address, page));
  }
  return undefined;
}

async function readPages(
  first: HttpResponse | undefined,
  digest: Digest,
  api: TagApi,
  ask: (page: number) => Promise<HttpResponse | undefined>,
): Promise<TagListing | undefined> {
  const tags: ListedTag[] = [];
  let answer = first;
  let found = false;
  for (let number = 1; answer?.status === 200; number += 1) {
    const body = parseJson(answer.body);
    if (!Array.isArray(api.list(body))) break;
    const page = api.read(body, digest);
    const has = page.tags.some((tag) => tag.digest === digest);
    tags.push(...page.tags);
    if (page.isLast || page.isEnough === true || (found && !has)) return { tags, isEnough: true };
    if (number === PAGES) break;
    found ||= has;
    answer = await ask(number + 1);
  }
  return tags.length === 0 ? undefined : { tags, isEnough: false };
}
