import { sitesOf } from './dockerfile.ts';
import { splitIdentifiers } from './edit.ts';
import { distinctReferences, type FoundReference } from './found-reference.ts';
import { helmReferences } from './helm-images.ts';
import { containerReference, notKustomized, podReferences, volumeReference } from './kubernetes.ts';
import { addPinned, changeOf, pinnedImages, type PinnedImage } from './kustomize-base.ts';
import type { Format, FormatOptions, SiteTrait, SourceFile } from './site.ts';
import { keyedReference, withoutShared } from './yaml-keys.ts';
import { itemsOf, mapOf, mapScalar, scalarOf, scalarOrEmpty, textOf, valueOf } from './yaml-lookup.ts';
import { misreadTraits, namedReferences, wholeReference } from './yaml-site.ts';
import { readYaml, spend, type YamlFile, type YamlMap, type YamlScalar } from './yaml.ts';

/*
 * Kustomize (sigs.k8s.io/kustomize api/types/kustomization.go, image.go; api/filters/imagetag): an entry of `images`
 * changes the images whose name is `name` into `newName:newTag@digest`. Tag and digest are replaced together: a new tag
 * takes away the manifest's digest, and `tagSuffix` counts only where neither is given.
 */

function find(file: SourceFile, { imageKeys, sibling }: FormatOptions): ReturnType<Format['find']> {
  const yaml = readYaml(file.text);
  const found: FoundReference[] = [];
  for (const root of yaml.documents.map(mapOf).filter((map) => map !== undefined)) {
    const images = itemsOf(valueOf(root, 'images')).flatMap((item) => mapOf(item) ?? []);
    const patched = patchReferences(yaml, root);
    const pinned = images.some(dropsDigests) ? pinnedImages(file.path, root, sibling) : new Map<string, PinnedImage>();
    addPinned(pinned, file.path, patched);
    found.push(...withoutShared(images.flatMap((image) => imageReference(yaml, image, pinned))));
    found.push(...patched);
    for (const chart of itemsOf(valueOf(root, 'helmCharts'))) found.push(...chartReferences(yaml, mapOf(chart)));
  }
  return sitesOf('kustomize', file, distinctReferences([...found, ...notKustomized(namedReferences(yaml, imageKeys))]));
}

function chartReferences(file: YamlFile, chart: YamlMap | undefined): readonly FoundReference[] {
  const values = chart === undefined ? undefined : valueOf(chart, 'valuesInline');
  return values === undefined ? [] : helmReferences(file, values, true);
}

/** Whether an entry of `images` takes away the digests that manifests have. */
function dropsDigests(image: YamlMap): boolean {
  const { newTag, digest } = changeOf(image);
  return newTag !== '' && digest === '';
}

function imageReference(
  file: YamlFile,
  image: YamlMap,
  pinned: ReadonlyMap<string, PinnedImage>,
): readonly FoundReference[] {
  spend(file);
  const name = scalarOf(valueOf(image, 'name'));
  const newName = scalarOf(valueOf(image, 'newName'));
  const misnamed = [name, newName].filter((scalar) => scalar !== undefined && hasIdentifiers(scalar.text.trim()));
  if (misnamed.length > 0) return misnamed.flatMap((scalar) => misnamedReference(file, scalar));
  const nameScalar = newName ?? name;
  if (nameScalar === undefined) return [];
  const written = scalarOf(valueOf(image, 'newTag'));
  // Kustomize tells an empty text from no tag as little as Go does.
  const tag = written?.text === '' ? undefined : written;
  const digest = scalarOrEmpty(valueOf(image, 'digest'));
  if (newName === undefined && tag === undefined && (digest?.text ?? '') === '') return [];
  const keys = {
    map: image,
    name: nameScalar.text.trim(),
    nameScalar,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
    traits: [...misreadTraits(tag), ...manifestTraits(image, pinned)],
  };
  return [keyedReference(file, keys, true)];
}

/** What the manifest has to do with the reference: it keeps its tag, or it loses its digest. */
function manifestTraits(image: YamlMap, pinned: ReadonlyMap<string, PinnedImage>): readonly SiteTrait[] {
  const { name, newTag, digest } = changeOf(image);
  if (digest !== '') return [];
  if (newTag === '') return [{ kind: 'tag-elsewhere', where: 'the manifest' }];
  const dropped = pinned.get(name);
  return dropped === undefined ? [] : [{ kind: 'drops-digest', ...dropped }];
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

/** Where a JSON patch writes an image, a container or a list of them; the same of volumes. */
const CONTAINERS = /\/(?:containers|initContainers|ephemeralContainers)(?:\/[^/]+(\/image)?)?$/;
const VOLUMES = /\/volumes(?:\/[^/]+(\/image\/reference)?)?$/;

/** An operation of a JSON patch (RFC 6902) that writes images; pods in its value are found as such. */
function operationReferences(patch: YamlFile, operation: YamlMap | undefined): readonly FoundReference[] {
  if (operation === undefined || textOf(valueOf(operation, 'op')) === 'test') return [];
  const path = textOf(valueOf(operation, 'path')) ?? '';
  const value = valueOf(operation, 'value');
  const places = [
    { match: CONTAINERS.exec(path), read: containerReference },
    { match: VOLUMES.exec(path), read: volumeReference },
  ];
  return places.flatMap(({ match, read }) => {
    if (match === null) return [];
    if (match[1] !== undefined) return wholeReference(patch, value);
    return [value, ...itemsOf(value)].flatMap((item) => read(patch, mapOf(item)));
  });
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
