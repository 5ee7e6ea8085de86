import { readDigest, type Digest } from './digest.ts';
import { UserError } from './errors.ts';
import { LIMITS } from './limits.ts';
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
  DOCKER_MANIFEST,
  isGenericType,
  isIndexType,
  isManifestType,
  isSchema1Type,
  OCI_INDEX,
  OCI_MANIFEST,
} from './media-type.ts';
import { isPlatformPart, normalisePlatform, type Platform } from './platform.ts';
import { quoted } from './printable.ts';

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

/** Config types of images. */
const IMAGE_CONFIGS: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
  'application/vnd.docker.container.image.rootfs.diff+x86_64',
]);

/** What docker 1.10 wrote as the type of a config (distribution/distribution#1621). */
const DOCKER_1_10_CONFIG = 'application/octet-stream';

/**
 * The manifest that these bytes are. The header decides, then `mediaType` in the body, then the shape; where they
 * contradict each other the manifest is refused (CVE-2021-41190).
 * @param mediaType of the Content-Type header without parameters; empty when absent
 * @throws UserError `cannot-tell` for what is no manifest, with what it looks like instead
 */
export function parseManifest(bytes: Uint8Array, mediaType: string): Manifest {
  if (mediaType === 'text/html') throw notManifest('it is a web page', ' (text/html)');
  const body = parseJson(bytes);
  if (!isObject(body)) throw notManifest(`it is no JSON object (Content-Type ${quoted(mediaType, 100)})`);
  if (isSchema1Type(mediaType) || numberProperty(body, 'schemaVersion') === 1) throw schema1();
  const type = decideType(body, mediaType);
  const base = readBase(body, type);
  return isIndexType(type) || (!isManifestType(type) && Array.isArray(property(body, 'manifests')))
    ? readIndex(body, base)
    : readImage(body, base);
}

function notManifest(why: string, type = ''): UserError {
  return new UserError(
    'cannot-tell',
    `the answer is not a manifest${type}: ${why}`,
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
  const own = textProperty(body, 'mediaType')?.toLowerCase();
  const looksIndex = Array.isArray(property(body, 'manifests'));
  const looksImage = Array.isArray(property(body, 'layers')) || isObject(property(body, 'config'));
  if (looksIndex && looksImage) throw notManifest('it is an index and an image manifest at once');
  const named = own === '' ? undefined : own;
  const type = isGenericType(header) ? named : header;
  if (named !== undefined && named !== type) {
    throw notManifest(`it is sent as ${quoted(header, 100)} but says it is ${quoted(named, 100)}`);
  }
  if (type !== undefined && isIndexType(type) && looksImage) throw notManifest(`it is an index (${type}) with layers`);
  if (type !== undefined && isManifestType(type) && looksIndex) {
    throw notManifest(`it is a manifest (${type}) that holds manifests`);
  }
  const isNamed = named !== undefined || (type !== undefined && (isIndexType(type) || isManifestType(type)));
  if (!isNamed && !looksIndex && !looksImage) throw notManifest('it holds neither manifests nor layers');
  return type ?? (looksIndex ? OCI_INDEX : OCI_MANIFEST);
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
  const isImage = config !== undefined && isImageConfig(config, base) && base.artifactType === undefined;
  return { ...base, kind: isImage ? 'manifest' : 'artifact', layers, ...(config === undefined ? {} : { config }) };
}

function isImageConfig({ mediaType }: Descriptor, base: ManifestBase): boolean {
  if (mediaType === DOCKER_1_10_CONFIG) return base.mediaType === DOCKER_MANIFEST;
  return IMAGE_CONFIGS.has(mediaType);
}

function readDescriptor(value: unknown): Descriptor | undefined {
  const digest = readDigest(textProperty(value, 'digest') ?? '');
  if (digest === undefined) return undefined;
  const platform = readPlatform(property(value, 'platform'));
  const artifactType = textProperty(value, 'artifactType');
  const size = numberProperty(value, 'size') ?? 0;
  return {
    mediaType: textProperty(value, 'mediaType') ?? '',
    digest,
    size: Number.isSafeInteger(size) && size > 0 ? size : 0,
    annotations: textMapProperty(value, 'annotations'),
    ...(platform === undefined ? {} : { platform }),
    ...(artifactType === undefined || artifactType === '' ? {} : { artifactType }),
  };
}

/** The platform that a descriptor or a config names; undefined when os or architecture is missing or no plain word. */
export function readPlatform(value: unknown): Platform | undefined {
  const [os, architecture, variant, osVersion] = ['os', 'architecture', 'variant', 'os.version'].map((name) => {
    const text = textProperty(value, name);
    return text === '' ? undefined : text;
  });
  if (os === undefined || architecture === undefined) return undefined;
  if (![os, architecture, variant, osVersion].every((part) => part === undefined || isPlatformPart(part)))
    return undefined;
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
  const labels = textMapProperty(property(body, 'config'), 'Labels');
  if (labels.size > LIMITS.labels) {
    throw new UserError(
      'limit',
      `the config of the image has ${labels.size} labels, at most ${LIMITS.labels} are read`,
      'Leave out inspect for this image',
    );
  }
  return {
    labels,
    ...(platform === undefined ? {} : { platform }),
    ...(created === undefined ? {} : { created }),
  };
}
