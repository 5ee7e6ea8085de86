import { algorithmOf, digestOf, matchesDigest, readDigest, type Digest } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import { parseJson } from '../core/json.ts';
import { parseManifest, type Manifest } from '../core/manifest.ts';
import { isIndexType, isManifestType, mediaTypeOf } from '../core/media-type.ts';
import type { Location } from './location.ts';
import type { Answer } from './redirect.ts';

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

/** An answer without a length looks whole when its connection was cut (SAFETY.md F14): the digest or the JSON tells. */
export function mayBeCut({ response }: Answer, identifier: string): boolean {
  if (response.status !== 200 || response.header('content-length').length > 0) return false;
  const said = readDigest(identifier) ?? readDigest(response.header('docker-content-digest')[0] ?? '');
  if (said !== undefined) return !matchesDigest(response.body, said);
  return mediaTypeOf(response.header('content-type')[0]) !== 'text/html' && parseJson(response.body) === undefined;
}

/** The manifest of an answer; what is wrong with it is told with the name of the image. */
export function readManifest(location: Location, identifier: string, answer: Answer): Manifest {
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

/** What a HEAD says, undefined when it does not say enough and the manifest has to be read. */
export function readHead(answer: Answer, identifier: string): ManifestHead | undefined {
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

export function contentLength({ response }: Answer): number | undefined {
  const text = response.header('content-length')[0] ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

export function integrity({ registry, repository }: Location, asked: Digest, sent: Digest): UserError {
  return new UserError(
    'integrity',
    `${registry}/${repository} was asked for ${asked} and sent something else: ${sent}`,
    'Do not use this image; a proxy or the registry changes what it stores',
  );
}
