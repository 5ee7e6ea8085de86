import { algorithmOf, digestOf, matchesDigest, readDigest, type Digest } from '../core/digest.ts';
import type { UserError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { MANIFEST_ACCEPT } from '../core/media-type.ts';
import type { Reference } from '../core/reference.ts';
import type { RegistryMapping } from '../core/routing.ts';
import { refusalOf, refusalOfLoad } from './failure.ts';
import { HeadTrust } from './head-trust.ts';
import type { Timing } from './http.ts';
import { locate, type Location } from './location.ts';
import {
  contentLength,
  integrity,
  mayBeCut,
  readHead,
  readManifest,
  type FetchedManifest,
  type ManifestHead,
} from './manifest-answer.ts';
import { rowOf } from './quirks.ts';
import type { Answer } from './redirect.ts';
import { isRetryableStatus } from './retry.ts';
import { RegistrySession, type Question, type SessionOptions } from './session.ts';
import type { Trace } from './trace.ts';

export interface ClientOptions extends SessionOptions {
  readonly mappings: readonly RegistryMapping[];
  /** The job's token, where GitHub's API may be asked for the versions of packages on ghcr.io. */
  readonly packagesToken?: string;
}

/**
 * Reads images of registries (distribution-spec "Pull"; REGISTRIES.md). A result of undefined is a definite "not
 * found"; whatever else is not an answer is a UserError. Digests are of received bytes whenever bytes were received.
 */
export class RegistryClient {
  readonly session: RegistrySession;
  readonly timing: Timing;
  readonly packagesToken: string | undefined;
  readonly headTrust = new HeadTrust();
  readonly #options: ClientOptions;
  /** Registries whose HEAD answers 404 only for what GET answers with 404 too. */
  readonly #headIsDefinite = new Set<string>();
  /** Small manifests that were read by digest; the others are read again. */
  readonly #byDigest = new Map<string, Promise<FetchedManifest | undefined>>();

  constructor(options: ClientOptions) {
    this.session = new RegistrySession(options);
    this.timing = options.wire.timing;
    this.packagesToken = options.packagesToken;
    this.#options = options;
  }

  /** Where a reference is asked for: its registry, or the mirror of `registry-map`. */
  locate(reference: Reference): Location {
    return locate(reference, this.#options.mappings);
  }

  /** Tells what will be read, so that tokens for several repositories are asked for together. */
  announce(references: readonly Reference[]): void {
    for (const reference of references) this.session.announce(this.locate(reference));
  }

  /**
   * What a tag or a digest names, by HEAD where that is enough, else by GET (REGISTRIES.md Q20 to Q29).
   * @param identifier a tag or a digest
   * @param confirm whether a 404 is confirmed by one GET where HEAD is not known to be right (Q29)
   */
  async head(location: Location, identifier: string, trace: Trace, confirm = true): Promise<ManifestHead | undefined> {
    const useless =
      rowOf(location.registry)?.headWithoutDigest === true || this.session.headRefusals.isAlone(location.registry);
    if (useless) return this.get(location, identifier, trace);
    const answer = await this.#ask(location, 'HEAD', identifier, trace);
    if (answer.byGet === true) return this.#manifest(location, identifier, answer);
    const { response } = answer;
    if (response.status === 404) {
      const isAsked = confirm || this.headTrust.isDoubtful(location.registry);
      return isAsked ? this.#confirmMissing(location, identifier, trace) : undefined;
    }
    if (response.status === 200) {
      const found = readHead(answer, identifier);
      if (found !== undefined) return found;
    } else if (isRetryableStatus(response.status)) {
      // It was asked as often as it may be; on Docker Hub a GET would also count as a pull.
      throw refusalOfLoad(response, location.registry, this.#options.wire.timing.wallClock());
    } else if (response.status === 401 || response.status === 403) {
      throw this.session.unauthorized(location, answer);
    }
    return this.get(location, identifier, trace);
  }

  /** The manifest that a tag or a digest names, hashed. What a digest names is read once a run. */
  get(location: Location, identifier: string, trace: Trace): Promise<FetchedManifest | undefined> {
    if (readDigest(identifier) === undefined) return this.#read(location, identifier, trace);
    const name = `${location.registry}/${location.repository}@${identifier}`;
    const known = this.#byDigest.get(name);
    if (known !== undefined) return known;
    const reading = this.#read(location, identifier, trace);
    this.#byDigest.set(name, reading);
    const forget = (): boolean => this.#byDigest.delete(name);
    reading.then((found) => (found !== undefined && found.size <= LIMITS.keptManifestBytes) || forget(), forget);
    return reading;
  }

  async #read(location: Location, identifier: string, trace: Trace): Promise<FetchedManifest | undefined> {
    const first = await this.#ask(location, 'GET', identifier, trace);
    const answer = mayBeCut(first, identifier) ? await this.#ask(location, 'GET', identifier, trace) : first;
    return this.#manifest(location, identifier, answer);
  }

  /** The manifest of the answer to a GET, hashed. */
  #manifest(location: Location, identifier: string, answer: Answer): FetchedManifest | undefined {
    const { status, body } = answer.response;
    if (status === 404) return this.#missing(location, answer);
    if (status !== 200) throw this.#failure(location, answer);
    const manifest = readManifest(location, identifier, answer);
    const digest = this.#digestOfBody(location, identifier, answer);
    return { digest, mediaType: manifest.mediaType, size: body.length, bytes: body, manifest };
  }

  /** A small blob (a config), hashed. @param size bytes that its descriptor names. @throws UserError `integrity`, `limit` */
  async blob(location: Location, digest: Digest, trace: Trace, size = 0): Promise<Uint8Array | undefined> {
    const path = `${location.repository}/blobs/${digest}`;
    const answer = await this.session.ask(
      location,
      {
        method: 'GET',
        path,
        headers: { accept: '*/*' },
        maxBytes: size > 0 ? Math.min(size, LIMITS.configBytes) : LIMITS.configBytes,
        what: 'image config',
      },
      trace,
    );
    if (answer.response.status === 404) return undefined;
    if (answer.response.status !== 200) throw this.#failure(location, answer);
    if (!matchesDigest(answer.response.body, digest))
      throw integrity(location, digest, digestOf(answer.response.body, algorithmOf(digest)));
    return answer.response.body;
  }

  /** Size in bytes of a blob, undefined when the registry has none of this digest. */
  async blobSize(location: Location, digest: Digest, trace: Trace): Promise<number | undefined> {
    const path = `${location.repository}/blobs/${digest}`;
    const answer = await this.session.ask(
      location,
      { method: 'HEAD', path, headers: { accept: '*/*' }, maxBytes: 0, what: 'blob' },
      trace,
    );
    if (answer.response.status === 404) return undefined;
    if (answer.response.status !== 200) throw this.#failure(location, answer);
    return contentLength(answer) ?? 0;
  }

  async #ask(location: Location, method: 'GET' | 'HEAD', identifier: string, trace: Trace): Promise<Answer> {
    const byGet = readingOf(location, identifier);
    const question = method === 'GET' ? byGet : { ...byGet, method, byGet };
    const answer = await this.session.ask(location, question, trace);
    if (!answer.foreign) this.headTrust.note(location.registry, answer.byGet ? 'GET' : method, answer.response);
    return answer;
  }

  /** Old Nexus answers HEAD with 404 for what GET finds: one GET a run tells whether this registry does. */
  async #confirmMissing(location: Location, identifier: string, trace: Trace): Promise<ManifestHead | undefined> {
    const { registry } = location;
    if (rowOf(registry)?.headIsDefinite === true || this.#headIsDefinite.has(registry)) return undefined;
    const found = await this.get(location, identifier, trace);
    if (found === undefined && !this.headTrust.isDoubtful(registry)) this.#headIsDefinite.add(registry);
    return found;
  }

  /** A 404 with a body that speaks of Accept is a problem of ours, not a missing tag (REGISTRIES.md Q1). */
  #missing(location: Location, answer: Answer): undefined {
    const { text } = refusalOf(answer.response, answer.url.host);
    if (/accept header does not support/i.test(text)) throw this.#failure(location, answer);
    return undefined;
  }

  /** The digest of a body that was received, checked against what was asked for and what the header says. */
  #digestOfBody(location: Location, identifier: string, { response }: Answer): Digest {
    const asked = readDigest(identifier);
    const header = response.header('docker-content-digest')[0] ?? '';
    const said = readDigest(header) ?? readDigest(`sha256:${header}`);
    if (asked !== undefined) {
      if (!matchesDigest(response.body, asked))
        throw integrity(location, asked, digestOf(response.body, algorithmOf(asked)));
      // SAFETY.md T12: what a digest names cannot change, so a header that says otherwise is no slip.
      if (said !== undefined && !matchesDigest(response.body, said)) throw integrity(location, asked, said);
      return asked;
    }
    if (said !== undefined && matchesDigest(response.body, said)) return said;
    const digest = digestOf(response.body);
    if (said !== undefined) {
      this.#options.warn(
        `${location.registry} says that ${location.repository}:${identifier} is ${said}, but what it sent is ${digest}; ` +
          'the digest of what it sent is used',
      );
    }
    return digest;
  }

  #failure(location: Location, answer: Answer): UserError {
    const { status } = answer.response;
    if (status === 401 || status === 403) return this.session.unauthorized(location, answer);
    return refusalOfLoad(answer.response, location.registry, this.timing.wallClock());
  }
}

function readingOf({ repository }: Location, identifier: string): Question {
  const path = `${repository}/manifests/${identifier}`;
  return {
    method: 'GET',
    path,
    headers: { accept: MANIFEST_ACCEPT },
    maxBytes: LIMITS.manifestBytes,
    what: 'manifest',
  };
}
