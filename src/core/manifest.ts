import { readDigest, type Digest } from './digest.ts';
import { UserError } from './errors.ts';
import {
  isObject,
  listProperty,
  numberProperty,
  parseJson,
  property,
  textMapProperty,
  textProperty,
  type JsonObject,
} from './json.ts';
import {
  isGenericType,
  isIndexType,
  isManifestType,
  isSchema1Type,
  OCI_INDEX,
  OCI_MANIFEST,
} from './media-type.ts';
import { normalisePlatform, type Platform } from './platform.ts';

/** What a manifest says of another blob or manifest (image-spec descriptor.md). */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
  readonly platform?: Platform;
  readonly artifactType?: string;
  readonly annotations: ReadonlyMap<string, string>;
}

interface ManifestBase {
  /** The media type as served, or as the body says where the header is generic. */
  readonly mediaType: string;
  readonly annotations: ReadonlyMap<string, string>;
  readonly subject?: Digest;
  readonly artifactType?: string;
}

/** An OCI image index or a docker manifest list. */
export interface ImageIndex extends ManifestBase {
  readonly kind: 'index';
  /** Entries with a digest that this product takes; the others (other algorithms) are counted. */
  readonly manifests: readonly Descriptor[];
  readonly unsupported: number;
}

/** An image manifest: of an image, or of anything else that is stored like one (`artifact`). */
export interface ImageManifest extends ManifestBase {
  readonly kind: 'manifest' | 'artifact';
  readonly config?: Descriptor;
  readonly layers: readonly Descriptor[];
}

export type Manifest = ImageIndex | ImageManifest;
export type ManifestKind = Manifest['kind'];

const IMAGE_CONFIGS: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
  'application/vnd.docker.container.image.rootfs.diff+x86_64',
]);

/**
 * The manifest that these bytes are. The header decides, then `mediaType` in the body, then the shape; where they
 * contradict each other the manifest is refused (CVE-2021-41190).
 * @param mediaType of the Content-Type header without parameters; empty when absent
 * @throws UserError `cannot-tell` for what is no manifest, with what it looks like instead
 */
export function parseManifest(bytes: Uint8Array, mediaType: string): Manifest {
  if (mediaType === 'text/html') throw notManifest('it is a web page (text/html)');
  const body = parseJson(bytes);
  if (!isObject(body)) throw notManifest(`it is no JSON object${mediaType === '' ? '' : ` (${mediaType})`}`);
  if (isSchema1Type(mediaType) || numberProperty(body, 'schemaVersion') === 1) throw schema1();
  const type = decideType(body, mediaType);
  const base = readBase(body, type);
  return isIndexType(type) || (!isManifestType(type) && Array.isArray(property(body, 'manifests')))
    ? readIndex(body, base)
    : readImage(body, base);
}

function notManifest(why: string): UserError {
  return new UserError(
    'cannot-tell',
    `the answer is not a manifest: ${why}`,
    'Check that the host is a registry and that no proxy or login page answers in its place',
  );
}

function schema1(): UserError {
  return new UserError(
    'cannot-tell',
    'the registry serves this image as schema 1, which is deprecated and whose digest cannot be used to pull',
    'Push the image again with a current client',
  );
}

function decideType(body: JsonObject, header: string): string {
  const own = textProperty(body, 'mediaType');
  const looksIndex = Array.isArray(property(body, 'manifests'));
  const looksImage = Array.isArray(property(body, 'layers')) || isObject(property(body, 'config'));
  if (looksIndex && looksImage) throw notManifest('it is an index and an image manifest at once');
  if (!isGenericType(header)) {
    if (own !== undefined && own !== header) throw notManifest(`it is sent as ${header} but says it is ${own}`);
    if (isIndexType(header) && looksImage) throw notManifest(`it is sent as ${header} but holds layers`);
    if (isManifestType(header) && looksIndex) throw notManifest(`it is sent as ${header} but holds manifests`);
    return header;
  }
  if (own !== undefined && own !== '') {
    if (isIndexType(own) && looksImage) throw notManifest(`it says it is ${own} but holds layers`);
    if (isManifestType(own) && looksIndex) throw notManifest(`it says it is ${own} but holds manifests`);
    return own;
  }
  if (looksIndex) return OCI_INDEX;
  if (looksImage) return OCI_MANIFEST;
  throw notManifest('it holds neither manifests nor layers');
}

function readBase(body: JsonObject, mediaType: string): ManifestBase {
  const subject = readDigest(textProperty(property(body, 'subject'), 'digest') ?? '');
  const artifactType = textProperty(body, 'artifactType');
  return {
    mediaType,
    annotations: textMapProperty(body, 'annotations'),
    ...(subject === undefined ? {} : { subject }),
    ...(artifactType === undefined || artifactType === '' ? {} : { artifactType }),
  };
}

function readIndex(body: JsonObject, base: ManifestBase): ImageIndex {
  const entries = listProperty(body, 'manifests');
  const manifests = entries.map(readDescriptor).filter((entry) => entry !== undefined);
  return { ...base, kind: 'index', manifests, unsupported: entries.length - manifests.length };
}

function readImage(body: JsonObject, base: ManifestBase): ImageManifest {
  const config = readDescriptor(property(body, 'config'));
  const layers = listProperty(body, 'layers')
    .map(readDescriptor)
    .filter((layer) => layer !== undefined);
  const isImage = config !== undefined && IMAGE_CONFIGS.has(config.mediaType) && base.artifactType === undefined;
  return { ...base, kind: isImage ? 'manifest' : 'artifact', layers, ...(config === undefined ? {} : { config }) };
}

function readDescriptor(value: unknown): Descriptor | undefined {
  const digest = readDigest(textProperty(value, 'digest') ?? '');
  if (digest === undefined) return undefined;
  const platform = readPlatform(property(value, 'platform'));
  const artifactType = textProperty(value, 'artifactType');
  return {
    mediaType: textProperty(value, 'mediaType') ?? '',
    digest,
    size: numberProperty(value, 'size') ?? 0,
    annotations: textMapProperty(value, 'annotations'),
    ...(platform === undefined ? {} : { platform }),
    ...(artifactType === undefined ? {} : { artifactType }),
  };
}

/** The platform that a descriptor or a config names; undefined when os or architecture is missing. */
export function readPlatform(value: unknown): Platform | undefined {
  const os = textProperty(value, 'os');
  const architecture = textProperty(value, 'architecture');
  if (os === undefined || architecture === undefined || os === '' || architecture === '') return undefined;
  const variant = textProperty(value, 'variant');
  const osVersion = textProperty(value, 'os.version');
  return normalisePlatform({
    os,
    architecture,
    ...(variant === undefined ? {} : { variant }),
    ...(osVersion === undefined ? {} : { osVersion }),
  });
}

const ATTESTATION = 'attestation-manifest';
const ATTESTATION_ARTIFACT = 'application/vnd.docker.attestation.manifest.v1+json';

/** Whether an entry of an index is a buildx attestation (buildkit attestation-storage.md; REGISTRIES.md Q150). */
export function isAttestation({ annotations, artifactType }: Descriptor): boolean {
  return annotations.get('vnd.docker.reference.type') === ATTESTATION || artifactType === ATTESTATION_ARTIFACT;
}

/** Whether an entry of an index is an image for a real platform. */
export function isPlatformImage(entry: Descriptor): entry is Descriptor & { readonly platform: Platform } {
  if (isAttestation(entry) || entry.artifactType !== undefined || entry.platform === undefined) return false;
  return entry.platform.os !== 'unknown' && entry.platform.architecture !== 'unknown';
}

/** The facts of an image config that this product uses (image-spec config.md). */
export interface ImageConfig {
  readonly platform?: Platform;
  readonly labels: ReadonlyMap<string, string>;
  /** RFC 3339, as written. */
  readonly created?: string;
}

/** The config that these bytes are; facts that are missing or odd are left out. @throws UserError `cannot-tell`. */
export function parseConfig(bytes: Uint8Array): ImageConfig {
  const body = parseJson(bytes);
  if (!isObject(body)) {
    throw new UserError('cannot-tell', 'the config of the image is no JSON object', 'Push the image again');
  }
  const platform = readPlatform(body);
  const created = textProperty(body, 'created');
  return {
    labels: textMapProperty(property(body, 'config'), 'Labels'),
    ...(platform === undefined ? {} : { platform }),
    ...(created === undefined ? {} : { created }),
  };
}

