/** Media types of manifests, as the image specification and docker's schema 2 name them. */
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';
export const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';

/** Schema 1: deprecated, and its digest cannot be used to pull the image that the tag names. */
const SCHEMA_1: ReadonlySet<string> = new Set([
  'application/vnd.docker.distribution.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v1+prettyjws',
]);

/** Types that say nothing about the body (REGISTRIES.md Q11). */
const GENERIC: ReadonlySet<string> = new Set([
  '',
  'application/json',
  'application/octet-stream',
  'binary/octet-stream',
  'text/plain',
]);

/**
 * The one Accept line for manifests: all four types, no q-values. A part of it makes registries substitute or
 * convert the manifest, with another digest (REGISTRIES.md Q1 to Q8).
 */
export const MANIFEST_ACCEPT = [OCI_INDEX, DOCKER_LIST, OCI_MANIFEST, DOCKER_MANIFEST].join(', ');

/** The media type of a Content-Type header: without parameters, lower case, empty when the header is absent. */
export function mediaTypeOf(contentType: string | undefined): string {
  if (contentType === undefined) return '';
  const semicolon = contentType.indexOf(';');
  return (semicolon < 0 ? contentType : contentType.slice(0, semicolon)).trim().toLowerCase();
}

export function isIndexType(mediaType: string): boolean {
  return mediaType === OCI_INDEX || mediaType === DOCKER_LIST;
}

export function isManifestType(mediaType: string): boolean {
  return mediaType === OCI_MANIFEST || mediaType === DOCKER_MANIFEST;
}

export function isSchema1Type(mediaType: string): boolean {
  return SCHEMA_1.has(mediaType);
}

/** Whether a Content-Type leaves open what the body is. */
export function isGenericType(mediaType: string): boolean {
  return GENERIC.has(mediaType);
}
