import { LIMITS } from '../core/limits.ts';
import { sitesOf } from './dockerfile.ts';
import { splitIdentifiers } from './edit.ts';
import { distinctReferences, type FoundReference } from './found-reference.ts';
import { helmReferences } from './helm-values.ts';
import { podReferences } from './kubernetes.ts';
import type { Format, FormatOptions, SiteTrait, SourceFile } from './site.ts';
import { keyedReference } from './yaml-keys.ts';
import {
  itemsOf,
  mapOf,
  mapScalar,
  referencePart,
  referenceScalar,
  resolveAlias,
  scalarOf,
  textOf,
  valueOf,
} from './yaml-lookup.ts';
import { misreadTraits, namedReferences, wholeReference } from './yaml-site.ts';
import { readYaml, spend, type YamlFile, type YamlMap, type YamlScalar } from './yaml.ts';

/*
 * Kustomize (sigs.k8s.io/kustomize api/types/kustomization.go, image.go; api/filters/imagetag): an entry of `images`
 * changes the images whose name is `name` into `newName:newTag@digest`. What it does not say stays as the manifest has
 * it, but a new tag takes away the manifest's digest.
 */

function find(file: SourceFile, { imageKeys, sibling }: FormatOptions): ReturnType<Format['find']> {
  const yaml = readYaml(file.text);
  const found: FoundReference[] = [];
  for (const root of yaml.documents.map(mapOf).filter((map) => map !== undefined)) {
    const images = itemsOf(valueOf(root, 'images')).map(mapOf);
    const manifests = images.length === 0 ? [] : resourceReferences(file.path, root, sibling);
    for (const image of images) found.push(...imageReference(yaml, image, manifests));
    found.push(...patchReferences(yaml, root));
    for (const chart of itemsOf(valueOf(root, 'helmCharts'))) found.push(...chartReferences(yaml, mapOf(chart)));
  }
  return sitesOf('kustomize', file, distinctReferences([...found, ...namedReferences(yaml, imageKeys)]));
}

function chartReferences(file: YamlFile, chart: YamlMap | undefined): readonly FoundReference[] {
  const values = chart === undefined ? undefined : valueOf(chart, 'valuesInline');
  return values === undefined ? [] : helmReferences(file, values, true);
}

/** An image of a manifest that the kustomization changes. */
interface ManifestImage {
  readonly file: string;
  readonly reference: string;
}

/** The images with a digest in the manifests that stand in files beside the kustomization. */
function resourceReferences(path: string, root: YamlMap, sibling: FormatOptions['sibling']): readonly ManifestImage[] {
  const folder = path.split('/').slice(0, -1);
  const images: ManifestImage[] = [];
  let left: number = LIMITS.scannedFileBytes;
  for (const item of itemsOf(valueOf(root, 'resources')).slice(0, MAX_RESOURCES)) {
    const name = textOf(item) ?? '';
    const file = /\.(?:ya?ml|json)$/.test(name) && !name.includes('://') ? joinPath(folder, name) : undefined;
    const text = file === undefined ? undefined : sibling(file);
    if (file === undefined || text === undefined || !text.includes('@') || text.length > left) continue;
    left -= text.length;
    const manifest = readYaml(text, (part) => part.includes('@'));
    for (const { reference } of manifest.documents.flatMap((document) => podReferences(manifest, document))) {
      if (reference.includes('@')) images.push({ file, reference });
    }
  }
  return images;
}

/** More resources than these, and more text than one file may have, are not looked at. */
const MAX_RESOURCES = 100;

/** The path of a file below the workspace; undefined outside of it. */
function joinPath(folder: readonly string[], name: string): string | undefined {
  const parts = [...folder];
  for (const part of name.split('/')) {
    if (part === '..' && parts.length === 0) return undefined;
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function imageReference(
  file: YamlFile,
  image: YamlMap | undefined,
  manifests: readonly ManifestImage[],
): readonly FoundReference[] {
  if (image === undefined) return [];
  const name = referenceScalar(valueOf(image, 'name'));
  const newName = referenceScalar(valueOf(image, 'newName'));
  const misnamed = [name, newName].filter((scalar) => scalar !== undefined && hasIdentifiers(scalar.text));
  if (misnamed.length > 0) return misnamed.flatMap((scalar) => misnamedReference(file, scalar));
  const nameScalar = newName ?? name;
  if (nameScalar === undefined) return [];
  const written = referenceScalar(valueOf(image, 'newTag'));
  // Kustomize tells an empty text from no tag as little as Go does.
  const tag = written?.text === '' ? undefined : written;
  const digest = referencePart(valueOf(image, 'digest'));
  if (newName === undefined && tag === undefined && (digest?.text ?? '') === '') return [];
  const tagSuffix = textOf(valueOf(image, 'tagSuffix'));
  const keys = {
    map: image,
    name: nameScalar.text,
    nameScalar,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
    ...(tagSuffix === undefined ? {} : { tagSuffix }),
    traits: [...misreadTraits(tag), ...manifestTraits(name?.text, tag, digest, manifests)],
  };
  return [keyedReference(file, keys, true)];
}

/** What the manifest has to do with the reference: it keeps its tag, or it loses its digest. */
function manifestTraits(
  name: string | undefined,
  tag: YamlScalar | undefined,
  digest: YamlScalar | undefined,
  manifests: readonly ManifestImage[],
): readonly SiteTrait[] {
  if ((digest?.text ?? '') !== '') return [];
  if (tag === undefined) return [{ kind: 'tag-elsewhere', where: 'the manifest' }];
  const pinned = manifests.find(({ reference }) => splitIdentifiers(reference).name === name);
  return pinned === undefined ? [] : [{ kind: 'drops-digest', ...pinned }];
}

function hasIdentifiers(name: string): boolean {
  const { tag, digest } = splitIdentifiers(name);
  return tag !== undefined || digest !== undefined;
}

/** A name with a tag matches no image: there is nothing to pin, the name has to change. */
function misnamedReference(file: YamlFile, name: YamlScalar | undefined): readonly FoundReference[] {
  const why = 'the name holds a tag or a digest, which belongs into newTag or digest';
  return wholeReference(file, name).map(({ range, shown, reference }) => ({
    range,
    shown,
    prefix: '',
    reference,
    placement: { kind: 'none', why },
    traits: [{ kind: 'tag-in-name' }],
  }));
}

/** Patches that are written in the file itself, as YAML in a scalar. */
function patchReferences(file: YamlFile, root: YamlMap): readonly FoundReference[] {
  const inline = ['patches', 'patchesJson6902'].flatMap((key) =>
    itemsOf(valueOf(root, key)).map((item) => scalarOf(valueOf(mapOf(item) ?? root, 'patch'))),
  );
  const merges = itemsOf(valueOf(root, 'patchesStrategicMerge')).map((item) => scalarOf(item));
  const found: FoundReference[] = [];
  for (const scalar of [...inline, ...merges]) {
    if (scalar === undefined || !scalar.text.includes('mage')) continue;
    spend(file, Math.ceil(scalar.text.length / 2));
    const patch = readYaml(mapScalar(file, scalar));
    for (const document of patch.documents) {
      found.push(...podReferences(patch, document));
      for (const operation of itemsOf(document)) found.push(...operationReferences(patch, mapOf(operation)));
    }
  }
  return found;
}

/** An operation of a JSON patch (RFC 6902) that writes an image; containers in its value are found as such. */
function operationReferences(patch: YamlFile, operation: YamlMap | undefined): readonly FoundReference[] {
  if (operation === undefined) return [];
  const path = textOf(valueOf(operation, 'path')) ?? '';
  const value = valueOf(operation, 'value');
  if (/\/(?:containers|initContainers|ephemeralContainers)\/[^/]+\/image$/.test(path))
    return wholeReference(patch, value);
  const container = resolveAlias(value);
  const isContainer = /\/(?:containers|initContainers|ephemeralContainers)\/[^/]+$/.test(path);
  if (!isContainer || container?.kind !== 'map') return [];
  return wholeReference(patch, valueOf(container, 'image'));
}

/** Kustomizations. */
export const kustomize: Format = {
  id: 'kustomize',
  title: 'Kustomize',
  files: ['kustomization.yml', 'kustomization.yaml', 'Kustomization'],
  places: [
    '`images[]`: `name`, `newName`, `newTag`, `digest`',
    'patches that are written in the file',
    '`helmCharts[].valuesInline`',
  ],
  matches: (path) => (/(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(path) ? 'yes' : 'no'),
  mayContain: (text) => text.includes('mage'),
  find,
};
