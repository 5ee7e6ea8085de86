import { matchesDigest, type Digest } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import { isIndexType } from '../core/media-type.ts';
import { mayShareImage } from '../core/version-choice.ts';
import { plausibleTags, readVersionTag } from '../core/version.ts';
import type { RegistryClient } from './client.ts';
import type { Location } from './location.ts';
import type { ManifestHead } from './manifest-answer.ts';
import { listTagDigests, type ListedTag } from './tag-api.ts';
import { listTags, type TagList } from './tag-list.ts';
import type { Trace } from './trace.ts';

/** Which tags are looked for, and how long. */
export interface SameDigestOptions {
  /** `semver`: tags that name a version; `all`: the others too. */
  readonly mode: 'semver' | 'all';
  /** Most tags that are looked at with one request each. */
  readonly limit: number;
  /** The tag whose equals are looked for: it decides which tags are plausible, and is not in the answer. */
  readonly askedTag: string | undefined;
  /** Only tags of which this is true; all when left out. */
  readonly only?: (tag: string) => boolean;
  /** Whether the first one is enough; they are looked at in the order of plausibility. */
  readonly first?: boolean;
  /** The manifest's bytes, where they are known: a registry may name it by another algorithm. */
  readonly bytes?: Uint8Array;
  /** Lists and look-ups of the run may be used again, as nothing is written in it. */
  readonly readsOnly?: true;
}

/** The tags that have a digest. */
export interface SameDigest {
  /** Most plausible first. */
  readonly tags: readonly string[];
  /** Tags that were looked at with a request each. */
  readonly looked: number;
  /** Whether there are plausible tags of which nothing is known: because of `limit`, or because a list was cut. */
  readonly isPartial: boolean;
}

/** What a search found, also where it was ended by a failure. */
export interface TagSearch extends SameDigest {
  /** Version tags that have another digest, most plausible first. */
  readonly others: readonly ListedTag[];
  /** The manifests of the index, where a listing told them. */
  readonly children: readonly Digest[] | undefined;
  readonly failure: UserError | undefined;
}

/** Look-ups at once: few before anything is found, so that the first one that fits ends the search soon. */
const FIRST_AT_ONCE = 3;
const AT_ONCE = 8;

/**
 * Which other tags have this digest (DESIGN.md §5): from the registry's own digest listing where there is one, else by
 * HEADs of the most plausible tags within the limit.
 * @returns undefined when there is no such repository
 * @throws UserError when the tags cannot be listed or looked at
 */
export async function findSameDigest(
  client: RegistryClient,
  location: Location,
  digest: Digest,
  options: SameDigestOptions,
  trace: Trace,
): Promise<SameDigest | undefined> {
  const search = await searchTags(client, location, digest, options, trace);
  if (search?.failure !== undefined) throw search.failure;
  return search;
}

/**
 * As `findSameDigest`, with what else was learnt on the way. What ends the search early is in the answer, together with
 * what had been found by then.
 */
export async function searchTags(
  client: RegistryClient,
  location: Location,
  digest: Digest,
  options: SameDigestOptions,
  trace: Trace,
): Promise<TagSearch | undefined> {
  try {
    const listing = await listTagDigests(client, location, digest, trace);
    const known = listing === undefined ? undefined : fromListing(listing.tags, digest, options);
    if (listing?.isEnough === true && known !== undefined) return { ...known, isPartial: false };
    const read = (): Promise<TagList | undefined> => listTags(client, location, trace);
    const list = await (options.readsOnly === true ? once(lists, client, nameOf(location), read) : read());
    if (list === undefined) return undefined;
    if (list.tagsOf !== undefined) return fromList(list, list.tagsOf, digest, options);
    return await new Search(client, location, digest, options, trace).run(list, known);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { tags: [], others: [], children: undefined, looked: 0, isPartial: true, failure: error };
  }
}

/** What was asked in a run, by client and name: several tags of one repository are compared with the same other ones. */
type Asked<Answer> = WeakMap<RegistryClient, Map<string, Promise<Answer>>>;
const lists: Asked<TagList | undefined> = new WeakMap();
const heads: Asked<ManifestHead | undefined> = new WeakMap();

function once<Answer>(
  asked: Asked<Answer>,
  client: RegistryClient,
  name: string,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const answers = asked.get(client) ?? new Map<string, Promise<Answer>>();
  asked.set(client, answers);
  const answer = answers.get(name) ?? ask();
  answers.set(name, answer);
  return answer;
}

function nameOf({ registry, repository }: Location): string {
  return `${registry}/${repository}`;
}

function fromList(
  list: TagList,
  tagsOf: ReadonlyMap<Digest, readonly string[]>,
  digest: Digest,
  options: SameDigestOptions,
): TagSearch {
  const listed = [...tagsOf].flatMap(([of, tags]) => tags.map((tag) => ({ tag, digest: of })));
  return { ...fromListing(listed, digest, options), isPartial: !list.complete };
}

function fromListing(listed: readonly ListedTag[], digest: Digest, options: SameDigestOptions): TagSearch {
  const byTag = new Map(listed.map((entry) => [entry.tag, entry]));
  const own = listed.filter((entry) => isSame(entry.digest, digest, options.bytes));
  const same = own.map(({ tag }) => tag);
  const others = listed.filter((entry) => !own.includes(entry)).map(({ tag }) => tag);
  return {
    tags: plausible(same, options, options.mode),
    others: plausible(others, options, 'semver').flatMap((tag) => byTag.get(tag) ?? []),
    children: own.find(({ children }) => children !== undefined)?.children,
    looked: 0,
    isPartial: false,
    failure: undefined,
  };
}

function plausible(
  tags: readonly string[],
  { askedTag, only = () => true }: SameDigestOptions,
  mode: 'semver' | 'all',
): readonly string[] {
  return plausibleTags(tags.filter(only), askedTag, Number.MAX_SAFE_INTEGER, mode);
}

function isSame(found: Digest | undefined, digest: Digest, bytes: Uint8Array | undefined): boolean {
  if (found === undefined) return false;
  return found === digest || (bytes !== undefined && matchesDigest(bytes, found));
}

/** Looks at one plausible tag after the other, few at once. */
class Search {
  readonly #client: RegistryClient;
  readonly #location: Location;
  readonly #digest: Digest;
  readonly #options: SameDigestOptions;
  readonly #trace: Trace;
  readonly #found: string[] = [];
  readonly #others: ListedTag[] = [];
  #looked = 0;

  constructor(client: RegistryClient, location: Location, digest: Digest, options: SameDigestOptions, trace: Trace) {
    this.#client = client;
    this.#location = location;
    this.#digest = digest;
    this.#options = options;
    this.#trace = trace;
  }

  /** @param known what an API told already of the newest tags */
  async run(list: TagList, known: TagSearch | undefined): Promise<TagSearch> {
    const { mode, limit } = this.#options;
    this.#found.push(...(known?.tags ?? []));
    this.#others.push(...(known?.others ?? []));
    const told = new Set([...this.#found, ...this.#others.map(({ tag }) => tag)]);
    let queue = this.#ordered(plausible(list.tags, this.#options, mode).filter((tag) => !told.has(tag)));
    let failure: UserError | undefined;
    // A registry whose HEADs say too little costs two requests for a tag: they count, so that the bound is one of requests.
    const begun = this.#trace.requests;
    while (queue.length > 0 && !this.#isDone() && failure === undefined) {
      const spent = Math.max(this.#looked, this.#trace.requests - begun);
      const atOnce = this.#found.length > 0 ? AT_ONCE : FIRST_AT_ONCE;
      const some = queue.slice(0, Math.max(0, Math.min(limit - spent, atOnce)));
      if (some.length === 0) break;
      const before = this.#found.length;
      failure = await this.#look(some);
      queue = queue.slice(some.length);
      if (this.#found.length > before) queue = this.#ordered(queue);
    }
    return {
      tags: this.#found,
      others: this.#others,
      children: known?.children,
      looked: this.#looked,
      isPartial: !list.complete || (queue.length > 0 && !this.#isDone()),
      failure,
    };
  }

  #isDone(): boolean {
    return this.#options.first === true && this.#found.length > 0;
  }

  #head(tag: string): Promise<ManifestHead | undefined> {
    const look = (): Promise<ManifestHead | undefined> => this.#client.head(this.#location, tag, this.#trace, false);
    if (this.#options.readsOnly !== true) return look();
    return once(heads, this.#client, `${nameOf(this.#location)}:${tag}`, look);
  }

  /** Looks at some tags. @returns why no more should be looked at */
  async #look(tags: readonly string[]): Promise<UserError | undefined> {
    const looks = await Promise.allSettled(tags.map((tag) => this.#head(tag)));
    let failure: UserError | undefined;
    for (const [index, look] of looks.entries()) {
      const tag = tags[index] ?? '';
      this.#looked += 1;
      if (look.status === 'rejected') {
        if (!(look.reason instanceof UserError)) throw look.reason;
        failure ??= look.reason;
      } else if (isSame(look.value?.digest, this.#digest, this.#options.bytes)) this.#found.push(tag);
      else if (look.value !== undefined && readVersionTag(tag) !== undefined) {
        const { digest, mediaType } = look.value;
        this.#others.push({ tag, digest, ...(isIndexType(mediaType) ? {} : { children: [] }) });
      }
    }
    return failure;
  }

  /**
   * Once a version is known, tags of other versions cannot name the same image: they are left out, or come last where
   * all tags are wanted, or where only the tag that was asked for says which version it is.
   */
  #ordered(queue: readonly string[]): readonly string[] {
    const { mode, askedTag } = this.#options;
    const known = this.#found.length > 0 || askedTag === undefined ? this.#found : [askedTag];
    const likely = queue.filter((tag) => mayShareImage(tag, known));
    if (mode === 'semver' && this.#found.length > 0) return likely;
    const set = new Set(likely);
    return [...likely, ...queue.filter((tag) => !set.has(tag))];
  }
}
