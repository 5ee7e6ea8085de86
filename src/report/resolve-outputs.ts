import { hexOf } from '../core/digest.ts';
import { mapToJson, toJson } from '../core/json.ts';
import { printable } from '../core/printable.ts';
import { formatReference, nameOf, type Reference } from '../core/reference.ts';
import type { ImageResult, Resolution } from '../core/resolution.ts';

/** Outputs in which others have a say: image, registry. None of them may hold a secret. */
export const FREE_TEXT: ReadonlySet<string> = new Set([
  'version',
  'version-source',
  'revision',
  'source',
  'created',
  'image-labels',
  'image-annotations',
  'json',
]);

/** `name@digest`. */
export function imageOf(reference: Reference, resolution: Resolution): string {
  return `${nameOf(reference)}@${resolution.digest}`;
}

/** `name:tag@digest`, or as imageOf without a tag. */
export function pinnedOf(reference: Reference, { digest }: Resolution): string {
  return formatReference({ ...reference, digest });
}

/**
 * Every output of `resolve` by its name (DESIGN.md §3). Single values describe the first image and are empty when it
 * was not resolved; the maps hold those that were.
 */
export function resolveOutputs(results: readonly ImageResult[]): Readonly<Record<string, string>> {
  return { ...scalarOutputs(results[0]), ...mapOutputs(results), json: resultsJson(results) };
}

const NOTHING = {
  digest: '',
  'digest-hex': '',
  name: '',
  tag: '',
  image: '',
  pinned: '',
  kind: '',
  'media-type': '',
  size: '',
  exists: '',
  'index-digest': '',
  platforms: '',
  'platform-digests': '',
  'image-id': '',
  version: '',
  'version-source': '',
  revision: '',
  source: '',
  created: '',
  'tags-same-digest': '',
  'image-labels': '',
  'image-annotations': '',
} as const;

function scalarOutputs(first: ImageResult | undefined): Record<keyof typeof NOTHING, string> {
  if (first === undefined || first.outcome.status === 'failed') return NOTHING;
  if (first.outcome.status === 'missing') return { ...NOTHING, exists: 'false' };
  const { resolution } = first.outcome;
  const { reference } = first.request;
  const { platforms, inspection, foundTags } = resolution;
  const { version, versionSource } = versionOf(resolution);
  return {
    digest: resolution.digest,
    'digest-hex': hexOf(resolution.digest),
    name: nameOf(reference),
    tag: reference.tag ?? '',
    image: imageOf(reference, resolution),
    pinned: pinnedOf(reference, resolution),
    kind: resolution.kind,
    'media-type': resolution.mediaType,
    size: String(resolution.size),
    exists: 'true',
    'index-digest': resolution.indexDigest,
    platforms: platforms === undefined ? '' : JSON.stringify([...platforms.keys()]),
    'platform-digests': platforms === undefined ? '' : mapToJson(platforms),
    'image-id': resolution.imageId ?? '',
    version: printable(version),
    'version-source': versionSource,
    revision: printable(inspection?.revision ?? ''),
    source: printable(inspection?.source ?? ''),
    created: printable(inspection?.created ?? ''),
    'tags-same-digest': foundTags === undefined ? '' : JSON.stringify(foundTags.tags),
    'image-labels': inspection === undefined ? '' : mapToJson(inspection.labels),
    'image-annotations': inspection === undefined ? '' : mapToJson(inspection.annotations),
  };
}

/** The version by the best evidence there is: tags before statements; empty when it is not known. */
export function versionOf({ foundTags, inspection }: Resolution): {
  readonly version: string;
  readonly versionSource: string;
} {
  const evidence = foundTags?.version === undefined ? inspection : foundTags;
  const { version, versionSource } = evidence ?? {};
  return version === undefined ? { version: '', versionSource: '' } : { version, versionSource: versionSource ?? '' };
}

interface ResolvedImage {
  readonly key: string;
  readonly reference: Reference;
  readonly resolution: Resolution;
}

/** The images that were resolved, in input order. */
export function resolvedImages(results: readonly ImageResult[]): readonly ResolvedImage[] {
  return results.flatMap(({ request, outcome }) =>
    outcome.status === 'resolved'
      ? [{ key: request.key, reference: request.reference, resolution: outcome.resolution }]
      : [],
  );
}

function mapOutputs(results: readonly ImageResult[]): Record<'digests' | 'images' | 'matrix', string> {
  const resolved = resolvedImages(results);
  const include = resolved.map(({ key, reference, resolution }) => ({
    key,
    image: imageOf(reference, resolution),
    name: nameOf(reference),
    tag: reference.tag ?? '',
    digest: resolution.digest,
  }));
  return {
    digests: mapToJson(new Map(resolved.map(({ key, resolution }) => [key, resolution.digest]))),
    images: mapToJson(new Map(resolved.map(({ key, reference, resolution }) => [key, imageOf(reference, resolution)]))),
    matrix: JSON.stringify({ include }),
  };
}

/** `{"schemaVersion":1,"images":[…]}`: one entry per input in input order. @param indent spaces, 0 for one line */
export function resultsJson(results: readonly ImageResult[], indent = 0): string {
  return toJson({ schemaVersion: 1, images: results.map(entryOf) }, indent);
}

function entryOf({ request, outcome }: ImageResult): object {
  const { key, reference } = request;
  const base = {
    key,
    reference: formatReference(reference),
    status: outcome.status,
    reason: reasonOf(outcome),
    name: nameOf(reference),
    tag: reference.tag ?? '',
  };
  if (outcome.status === 'failed') return { ...base, code: outcome.error.code };
  if (outcome.status === 'missing') return { ...base, code: 'not-found', exists: false };
  const { resolution } = outcome;
  const { platforms, inspection, foundTags } = resolution;
  const hasVersion = inspection !== undefined || foundTags !== undefined;
  return {
    ...base,
    exists: true,
    digest: resolution.digest,
    image: imageOf(reference, resolution),
    pinned: pinnedOf(reference, resolution),
    kind: resolution.kind,
    mediaType: resolution.mediaType,
    size: resolution.size,
    indexDigest: resolution.indexDigest,
    ...(platforms === undefined
      ? {}
      : { platforms: [...platforms].map(([platform, digest]) => ({ platform, digest })) }),
    ...(resolution.imageId === undefined ? {} : { imageId: resolution.imageId }),
    ...(hasVersion ? versionOf(resolution) : {}),
    ...(inspection === undefined ? {} : inspectionEntry(inspection)),
    ...(foundTags === undefined ? {} : { tagsSameDigest: foundTags.tags }),
  };
}

function reasonOf(outcome: ImageResult['outcome']): string {
  if (outcome.status === 'failed') return outcome.error.message;
  if (outcome.status === 'resolved') return '';
  return outcome.error?.message ?? 'the registry has no such image';
}

function inspectionEntry(inspection: NonNullable<Resolution['inspection']>): object {
  return {
    revision: inspection.revision ?? '',
    source: inspection.source ?? '',
    created: inspection.created ?? '',
  };
}
