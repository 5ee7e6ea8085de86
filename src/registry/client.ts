import { algorithmOf, digestOf, matchesDigest, readDigest, type Digest } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import { parseJson } from '../core/json.ts';
import { LIMITS } from '../core/limits.ts';
import { parseManifest, type Manifest } from '../core/manifest.ts';
import { isIndexType, isManifestType, MANIFEST_ACCEPT, mediaTypeOf } from '../core/media-type.ts';
import type { Reference } from '../core/reference.ts';
import type { RegistryMapping } from '../core/routing.ts';
import { refusalOf, refusalOfLoad } from './failure.ts';
import { HeadTrust } from './head-trust.ts';
import type { Timing } from './http.ts';
import { locate, type Location } from './location.ts';
import { rowOf } from './quirks.ts';
import type { Answer } from './redirect.ts';
import { isRetryableStatus } from './retry.ts';
import { RegistrySession, type SessionOptions } from './session.ts';
import type { Trace } from './trace.ts';

/** A manifest as the registry named it, without its body. */
export interface ManifestHead {
  readonly digest: Digest;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
}

/** A manifest with the very bytes that were received. */
export interface FetchedManifest extends ManifestHead {
  readonly bytes: Uint8Array;
  readonly manifest: Manifest;
}

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
    if (rowOf(location.registry)?.headWithoutDigest === true) return this.get(location, identifier, trace);
    const answer = await this.#ask(location, 'HEAD', manifestPath(location, identifier), trace);
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
    const path = manifestPath(location, identifier);
    const first = await this.#ask(location, 'GET', path, trace);
    const answer = mayBeCut(first, identifier) ? await this.#ask(location, 'GET', path, trace) : first;
    const { response } = answer;
    if (response.status === 404) return this.#missing(location, answer);
    if (response.status !== 200) throw this.#failure(location, answer);
    const manifest = readManifest(location, identifier, answer);
    const digest = this.#digestOfBody(location, identifier, answer);
    return { digest, mediaType: manifest.mediaType, size: response.body.length, bytes: response.body, manifest };
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

  async #ask(location: Location, method: 'GET' | 'HEAD', path: string, trace: Trace): Promise<Answer> {
    const answer = await this.session.ask(
      location,
      { method, path, headers: { accept: MANIFEST_ACCEPT }, maxBytes: LIMITS.manifestBytes, what: 'manifest' },
      trace,
    );
    if (!answer.foreign) this.headTrust.note(location.registry, method, answer.response);
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

/** An answer without a length looks whole when its connection was cut (SAFETY.md F14): the digest or the JSON tells. */
function mayBeCut({ response }: Answer, identifier: string): boolean {
  if (response.status !== 200 || response.header('content-length').length > 0) return false;
  const said = readDigest(identifier) ?? readDigest(response.header('docker-content-digest')[0] ?? '');
  if (said !== undefined) return !matchesDigest(response.body, said);
  return mediaTypeOf(response.header('content-type')[0]) !== 'text/html' && parseJson(response.body) === undefined;
}

/** The manifest of an answer; what is wrong with it is told with the name of the image. */
function readManifest(location: Location, identifier: string, answer: Answer): Manifest {
  const { body, header } = answer.response;
  const asked = readDigest(identifier);
  // What was asked for by digest is not read before it is known to be that.
  if (asked !== undefined && !matchesDigest(body, asked))
    throw integrity(location, asked, digestOf(body, algorithmOf(asked)));
  const name = `${location.registry}/${location.repository}${asked === undefined ? ':' : '@'}${identifier}`;
  if (mayBeCut(answer, identifier) && parseJson(body) === undefined) {
    const message = `${name}: the manifest is truncated after ${body.length} bytes, twice`;
    throw new UserError('network', message, 'Run the job again; a proxy or the registry may cut long answers');
  }
  try {
    return parseManifest(body, mediaTypeOf(header('content-type')[0]));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.code, `${name}: ${error.message}`, error.hint, { cause: error });
  }
}

function manifestPath({ repository }: Location, identifier: string): string {
  return `${repository}/manifests/${identifier}`;
}

/** What a HEAD says, undefined when it does not say enough and the manifest has to be read. */
function readHead(answer: Answer, identifier: string): ManifestHead | undefined {
  const { response } = answer;
  const mediaType = mediaTypeOf(response.header('content-type')[0]);
  const digest = readDigest(response.header('docker-content-digest')[0] ?? '');
  const size = contentLength(answer);
  if (digest === undefined || size === undefined || (!isIndexType(mediaType) && !isManifestType(mediaType)))
    return undefined;
  const asked = readDigest(identifier);
  if (asked === undefined) return { digest, mediaType, size };
  if (asked !== digest && algorithmOf(asked) === algorithmOf(digest)) return undefined;
  return { digest: asked, mediaType, size };
}

function contentLength({ response }: Answer): number | undefined {
  const text = response.header('content-length')[0] ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function integrity({ registry, repository }: Location, asked: Digest, sent: Digest): UserError {
  return new UserError(
    'integrity',
    `${registry}/${repository} was asked for ${asked} and sent something else: ${sent}`,
    'Do not use this image; a proxy or the registry changes what it stores',
  );
}
