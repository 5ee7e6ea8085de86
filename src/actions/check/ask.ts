import type { Digest } from '../../core/digest.ts';
import { UserError } from '../../core/errors.ts';
import { LIMITS } from '../../core/limits.ts';
import { isAttestation, parseConfig, type ManifestKind } from '../../core/manifest.ts';
import { isIndexType } from '../../core/media-type.ts';
import { formatPlatform } from '../../core/platform.ts';
import {
  canonicalRegistry,
  familiarNameOf,
  familiarReference,
  formatReference,
  withDefaultTag,
  type Reference,
} from '../../core/reference.ts';
import type { RegistryClient } from '../../registry/client.ts';
import { inspectImage } from '../../registry/inspect.ts';
import type { Location } from '../../registry/location.ts';
import type { ManifestHead } from '../../registry/manifest-answer.ts';
import { startTrace } from '../../registry/trace.ts';
import type { Answer, ImageFacts, PinFacts, TagFacts } from '../../rules/facts.ts';

/** Equal references are one question, however their registry's name is written. */
export function questionKey(reference: Reference): string {
  return formatReference(withDefaultTag({ ...reference, registry: canonicalRegistry(reference.registry) }));
}

/** Versions are looked up for this many moving tags: each costs pulls on Docker Hub. */
const VERSIONS = 10;

/** Asks registries about references; nothing that fails is thrown but the end of the run. */
export class Asker {
  readonly #client: RegistryClient;
  readonly #signal: AbortSignal;
  readonly #isMoving: (tag: string) => boolean;
  #versions = VERSIONS;

  constructor(client: RegistryClient, signal: AbortSignal, isMoving: (tag: string) => boolean) {
    this.#client = client;
    this.#signal = signal;
    this.#isMoving = isMoving;
  }

  /** What the registry says of the reference. */
  async ask(reference: Reference): Promise<Answer> {
    const location = this.#client.locate(reference);
    try {
      const facts = await this.#facts(location, withDefaultTag(reference));
      // In the same words as a refusal: as it is written, without the tag that it means.
      return facts === undefined ? cannotRead(reference) : { kind: 'facts', facts };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { kind: 'unanswered', registry: reference.registry, reason: reasonOf(reference, error) };
    }
  }

  /** Undefined when nothing can be read. */
  async #facts(location: Location, reference: Reference): Promise<ImageFacts | undefined> {
    const { tag, digest } = reference;
    const named = tag === undefined ? undefined : await this.#client.head(location, tag, startTrace());
    if (digest === undefined) {
      return named === undefined ? undefined : { tag: await this.#describe(location, reference, named) };
    }
    const pin = await this.#pin(location, digest, named);
    if (pin === undefined) return undefined;
    if (named !== undefined) return { pin, tag: tagFacts(named) };
    // Whoever has read a manifest of the repository may read it: a tag that is not found then is not there.
    return tag === undefined ? { pin } : { pin, tagIsGone: true };
  }

  /** What a digest is; undefined when the repository cannot be read, so that nothing can be said. */
  async #pin(location: Location, digest: Digest, named: ManifestHead | undefined): Promise<PinFacts | undefined> {
    if (named?.digest === digest) return { kind: 'present' };
    const found = await this.#client.head(location, digest, startTrace());
    if (found !== undefined) {
      const isChild = named !== undefined && isIndexType(named.mediaType) && !isIndexType(found.mediaType);
      return isChild ? this.#child(location, named.digest, digest) : { kind: 'present' };
    }
    if (await this.#isConfig(location, digest)) return { kind: 'image-id' };
    return named !== undefined || (await this.#isReadable(location)) ? { kind: 'gone' } : undefined;
  }

  /** By the digest of the index, not by the tag again: the tag may move in between (SAFETY.md T16). */
  async #child(location: Location, index: Digest, digest: Digest): Promise<PinFacts> {
    const read = await this.#client.get(location, index, startTrace());
    if (read?.manifest.kind !== 'index') return { kind: 'present' };
    const entry = read.manifest.manifests.find((one) => one.digest === digest);
    if (entry === undefined || isAttestation(entry)) return { kind: 'present' };
    return { kind: 'child', platform: entry.platform === undefined ? 'one platform' : formatPlatform(entry.platform) };
  }

  /** Whether the registry has a blob of this digest that reads like a config: then it is an image ID. */
  async #isConfig(location: Location, digest: Digest): Promise<boolean> {
    try {
      const size = await this.#client.blobSize(location, digest, startTrace());
      if (size === undefined || size > LIMITS.configBytes) return false;
      const bytes = await this.#client.blob(location, digest, startTrace());
      return bytes !== undefined && parseConfig(bytes).platform !== undefined;
    } catch (error) {
      if (error instanceof UserError) return false;
      throw error;
    }
  }

  /** Whether anything of the repository can be read: only then a 404 means that the digest is gone. */
  async #isReadable(location: Location): Promise<boolean> {
    const question = {
      method: 'GET',
      path: `${location.repository}/tags/list?n=1`,
      headers: { accept: 'application/json' },
      maxBytes: LIMITS.tagsPageBytes,
      what: 'list of tags',
    } as const;
    const answer = await this.#client.session.ask(location, question, startTrace());
    return answer.response.status === 200;
  }

  /** The version behind a moving tag, where it can be had; that it cannot takes nothing from the digest. */
  async #describe(location: Location, reference: Reference, named: ManifestHead): Promise<TagFacts> {
    const facts = tagFacts(named);
    if (!this.#isMoving(reference.tag ?? 'latest') || this.#versions === 0) return facts;
    this.#versions -= 1;
    try {
      const found = await this.#client.get(location, named.digest, startTrace());
      if (found === undefined) return facts;
      const image = { found, digest: found.digest, image: undefined, config: undefined };
      const { version, created } = await inspectImage(this.#client, location, reference, image, startTrace());
      return {
        ...facts,
        ...(version === undefined ? {} : { version }),
        ...(created === undefined ? {} : { created }),
      };
    } catch (error) {
      if (!(error instanceof UserError) || this.#signal.aborted) throw error;
      return facts;
    }
  }
}

function tagFacts({ digest, mediaType }: ManifestHead): TagFacts {
  const kind: ManifestKind = isIndexType(mediaType) ? 'index' : 'manifest';
  return { digest, kind };
}

/** 401, 403 and 404 read alike: nobody learns from the log what exists in a private registry (SAFETY.md T54). */
function cannotRead(reference: Reference): Answer {
  return { kind: 'unanswered', registry: reference.registry, reason: hidden(reference) };
}

function hidden(reference: Reference): string {
  return `"${familiarReference(reference)}" was not found, or "${familiarNameOf(reference)}" needs credentials`;
}

function reasonOf(reference: Reference, error: UserError): string {
  const { code, message } = error;
  return code === 'unauthorized' || code === 'not-found' ? hidden(reference) : `${message} (${code})`;
}
