/*
 * Images in memory, the same bytes on every machine: what builders push, in both families of media types, so that
 * tests, the demo and the benchmark can fill a registry without an engine and without a network.
 */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export const TYPES = {
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  ociLayer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  ociEmpty: 'application/vnd.oci.empty.v1+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  inToto: 'application/vnd.in-toto+json',
  attestation: 'application/vnd.docker.attestation.manifest.v1+json',
  schema1: 'application/vnd.docker.distribution.manifest.v1+prettyjws',
} as const;

export type Labels = Readonly<Record<string, string>>;

/** A config, a layer or another blob. */
export interface Blob {
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Buffer;
}

/** Anything that `/manifests/` answers, with everything that it needs. */
export interface Manifest {
  readonly mediaType: string;
  /** By sha512 when the manifest was made with `sha512`. */
  readonly digest: string;
  readonly bytes: Buffer;
  /** First the config, when there is one. */
  readonly blobs: readonly Blob[];
  readonly children: readonly Manifest[];
  /** `os/arch[/variant]`, absent for indexes, artifacts and attestations. */
  readonly platform?: string;
  /** Digest of the config: what docker calls the image ID. */
  readonly imageId?: string;
  readonly artifactType?: string;
  /** Digest of the subject, where the manifest refers to another one. */
  readonly subject?: string;
}

export interface ImageOptions {
  /** `linux/amd64` when left out. */
  readonly platform?: string;
  /** Makes images differ that are otherwise the same; goes into the layer. */
  readonly content?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  /** RFC 3339; a fixed date when left out, absent from the config with `null`. */
  readonly created?: string | null;
  readonly docker?: boolean;
  /** Members that replace those of the config (`undefined` removes one). */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly sha512?: boolean;
  /** `false` leaves `mediaType` out of an OCI manifest, which is legal. */
  readonly mediaTypeMember?: boolean;
}

export interface IndexEntry {
  readonly manifest: Manifest;
  /** Overrides the platform of the manifest; `null` leaves it out. */
  readonly platform?: Readonly<Record<string, string>> | null;
  readonly annotations?: Labels;
}

export interface IndexOptions {
  readonly docker?: boolean;
  readonly annotations?: Labels;
  /** Attestations as buildx writes them: one per image; `subject` writes the newer form. */
  readonly attestations?: boolean | 'subject';
  readonly sha512?: boolean;
  readonly mediaTypeMember?: boolean;
}

export function sha256(bytes: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** A blob of these bytes. */
export function blob(mediaType: string, bytes: Uint8Array | string): Blob {
  return { mediaType, digest: sha256(bytes), bytes: Buffer.from(bytes) };
}

/** A descriptor as it stands in manifests. */
export function descriptor(
  of: Blob | Manifest,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return { mediaType: of.mediaType, digest: of.digest, size: of.bytes.length, ...more };
}

/** A manifest of exactly this value (or these bytes), for everything that the other functions do not build. */
export function manifest(
  mediaType: string,
  value: unknown,
  parts: Partial<Omit<Manifest, 'mediaType' | 'digest' | 'bytes'>> & { readonly sha512?: boolean } = {},
): Manifest {
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value, null, 2));
  const { sha512 = false, ...rest } = parts;
  const digest = sha512 ? `sha512:${createHash('sha512').update(bytes).digest('hex')}` : sha256(bytes);
  return { blobs: [], children: [], ...rest, mediaType, digest, bytes };
}

/** The platform of a config or descriptor, from `os/arch[/variant]`. */
export function platformMembers(platform: string): Readonly<Record<string, string>> {
  const [os = 'linux', architecture = 'amd64', variant] = platform.split('/');
  return { architecture, os, ...(variant === undefined ? {} : { variant }) };
}

/** A single-platform image. */
export function image(options: ImageOptions = {}): Manifest {
  const { platform = 'linux/amd64', docker = false, labels, annotations, mediaTypeMember = true } = options;
  const tar = tarOf('etc/content', `${platform} ${options.content ?? ''}\n`);
  const layer = blob(docker ? TYPES.dockerLayer : TYPES.ociLayer, gzip(tar));
  const created = options.created === undefined ? '2026-03-01T12:00:00Z' : options.created;
  const configValue = {
    ...(created === null ? {} : { created }),
    ...platformMembers(platform),
    config: { Env: ['PATH=/usr/bin:/bin'], ...(labels === undefined ? {} : { Labels: labels }) },
    rootfs: { type: 'layers', diff_ids: [sha256(tar)] },
    history: [{ ...(created === null ? {} : { created }), created_by: 'COPY content /etc/content' }],
    ...options.config,
  };
  const config = blob(docker ? TYPES.dockerConfig : TYPES.ociConfig, JSON.stringify(configValue));
  const mediaType = docker ? TYPES.dockerManifest : TYPES.ociManifest;
  const value = {
    schemaVersion: 2,
    ...(mediaTypeMember ? { mediaType } : {}),
    config: descriptor(config),
    layers: [descriptor(layer)],
    ...(annotations === undefined ? {} : { annotations }),
  };
  const parts = { blobs: [config, layer], platform, imageId: config.digest, sha512: options.sha512 ?? false };
  return manifest(mediaType, value, parts);
}

/** A multi-platform image, or any other index: entries may be images, indexes and artifacts. */
export function index(entries: readonly (Manifest | IndexEntry)[], options: IndexOptions = {}): Manifest {
  const { docker = false, annotations, attestations = false, mediaTypeMember = true } = options;
  const all = entries.map((entry) => ('manifest' in entry ? entry : { manifest: entry }));
  if (attestations !== false) {
    const images = all.filter((entry) => entry.manifest.platform !== undefined);
    all.push(...images.map((entry) => attestationOf(entry.manifest, attestations === 'subject')));
  }
  const mediaType = docker ? TYPES.dockerList : TYPES.ociIndex;
  const value = {
    schemaVersion: 2,
    ...(mediaTypeMember ? { mediaType } : {}),
    manifests: all.map(entryDescriptor),
    ...(annotations === undefined ? {} : { annotations }),
  };
  return manifest(mediaType, value, {
    children: all.map((entry) => entry.manifest),
    sha512: options.sha512 ?? false,
  });
}

function entryDescriptor(entry: IndexEntry): Readonly<Record<string, unknown>> {
  const own = entry.manifest.platform === undefined ? undefined : platformMembers(entry.manifest.platform);
  const platform = entry.platform === undefined ? own : entry.platform;
  return descriptor(entry.manifest, {
    ...(entry.manifest.artifactType === undefined ? {} : { artifactType: entry.manifest.artifactType }),
    ...(entry.annotations === undefined ? {} : { annotations: entry.annotations }),
    ...(platform === undefined || platform === null ? {} : { platform }),
  });
}

/** A provenance attestation as BuildKit stores it (docs/attestations/attestation-storage.md there). */
function attestationOf(of: Manifest, withSubject: boolean): IndexEntry {
  const predicateType = 'https://slsa.dev/provenance/v1';
  const subject = [{ name: '_', digest: { sha256: of.digest.slice(of.digest.indexOf(':') + 1) } }];
  const statement = { _type: 'https://in-toto.io/Statement/v0.1', predicateType, subject, predicate: {} };
  const layer = blob(TYPES.inToto, JSON.stringify(statement));
  const unknown = { architecture: 'unknown', os: 'unknown' };
  const rootfs = { type: 'layers', diff_ids: [layer.digest] };
  const config = withSubject
    ? blob(TYPES.ociEmpty, '{}')
    : blob(TYPES.ociConfig, JSON.stringify({ ...unknown, config: {}, rootfs }));
  const value = {
    schemaVersion: 2,
    mediaType: TYPES.ociManifest,
    ...(withSubject ? { artifactType: TYPES.attestation } : {}),
    config: descriptor(config),
    layers: [descriptor(layer, { annotations: { 'in-toto.io/predicate-type': predicateType } })],
    ...(withSubject ? { subject: descriptor(of) } : {}),
  };
  const made = manifest(TYPES.ociManifest, value, {
    blobs: [config, layer],
    ...(withSubject ? { artifactType: TYPES.attestation, subject: of.digest } : {}),
  });
  const annotations = {
    'vnd.docker.reference.digest': of.digest,
    'vnd.docker.reference.type': 'attestation-manifest',
  };
  return { manifest: made, platform: unknown, annotations };
}

export interface ArtifactOptions {
  readonly artifactType: string;
  /** Type of the single layer. */
  readonly layerType?: string;
  readonly content?: string;
  /** A config of its own (type and value); the empty one when left out. */
  readonly config?: { readonly mediaType: string; readonly value: unknown };
  readonly subject?: Manifest;
  readonly annotations?: Labels;
}

/** Something that is no image: a signature, an SBOM, a module. */
export function artifact(options: ArtifactOptions): Manifest {
  const config = options.config
    ? blob(options.config.mediaType, JSON.stringify(options.config.value))
    : blob(TYPES.ociEmpty, '{}');
  const layer = blob(options.layerType ?? 'application/octet-stream', options.content ?? options.artifactType);
  const value = {
    schemaVersion: 2,
    mediaType: TYPES.ociManifest,
    ...(options.config ? {} : { artifactType: options.artifactType }),
    config: descriptor(config),
    layers: [descriptor(layer)],
    ...(options.subject ? { subject: descriptor(options.subject) } : {}),
    ...(options.annotations ? { annotations: options.annotations } : {}),
  };
  return manifest(TYPES.ociManifest, value, {
    blobs: [config, layer],
    artifactType: options.artifactType,
    ...(options.subject ? { subject: options.subject.digest } : {}),
  });
}

/** A Helm chart as `helm push` stores it. */
export function helmChart(name: string, version: string): Manifest {
  return artifact({
    artifactType: 'application/vnd.cncf.helm.config.v1+json',
    config: { mediaType: 'application/vnd.cncf.helm.config.v1+json', value: { name, version, apiVersion: 'v2' } },
    layerType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
    content: `${name}-${version}`,
  });
}

/** A signed schema 1 manifest, as registries convert to when Accept does not name the stored type. */
export function schema1(name: string, tag: string): Manifest {
  const layer = blob(TYPES.dockerLayer, gzip(tarOf('etc/content', name)));
  const value = {
    schemaVersion: 1,
    name,
    tag,
    architecture: 'amd64',
    fsLayers: [{ blobSum: layer.digest }],
    history: [{ v1Compatibility: '{"id":"0"}' }],
    signatures: [{ header: { alg: 'ES256' }, signature: 'c2lnbmF0dXJl', protected: 'e30' }],
  };
  return manifest(TYPES.schema1, value, { blobs: [layer] });
}

/** A tar archive with one file, without any time or owner. */
function tarOf(name: string, text: string): Buffer {
  const content = Buffer.from(text);
  const head = Buffer.alloc(512);
  head.write(name, 0);
  head.write('0000644\0'.padEnd(24, '0000000\0'), 100);
  head.write(`${content.length.toString(8).padStart(11, '0')}\0${'0'.repeat(11)}\0`, 124);
  head.write('0'.padStart(9), 148);
  head.write('ustar\x0000', 257);
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  return Buffer.concat([head, content, padding, Buffer.alloc(1024)]);
}

/** Stored, not compressed, and without the byte that names the system: another zlib gives the same bytes. */
function gzip(bytes: Buffer): Buffer {
  const packed = gzipSync(bytes, { level: 0 });
  packed[9] = 255;
  return packed;
}
