import { UserError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { splitIdentifiers } from './edit.ts';
import type { FoundReference } from './found-reference.ts';
import { podReferences } from './kubernetes.ts';
import { folderOf, joinPath, siblingYaml } from './sibling.ts';
import type { FormatOptions } from './site.ts';
import { itemsOf, mapOf, textOf, valueOf } from './yaml-lookup.ts';
import type { YamlFile, YamlMap, YamlNode } from './yaml.ts';

/*
 * What a kustomization changes (sigs.k8s.io/kustomize api/types/kustomization.go): manifests, patches, and what other
 * kustomizations make of theirs.
 */

/** An image with a digest, and the file that gives it. */
export interface PinnedImage {
  readonly file: string;
  readonly reference: string;
}

/** The first of each name. */
type PinnedImages = Map<string, PinnedImage>;

/** Adds the references that have a digest. */
export function addPinned(images: PinnedImages, file: string, found: readonly FoundReference[]): void {
  for (const { reference } of found) {
    const { name, digest } = splitIdentifiers(reference);
    if (digest !== undefined && !images.has(name)) images.set(name, { file, reference });
  }
}

/** The values of an entry of `images`; empty ones are none (api/types/image.go). */
export interface ImageChange {
  readonly name: string;
  readonly newName: string;
  readonly newTag: string;
  readonly digest: string;
}

/** The entries of `images`, in the order in which they are applied. */
export function imageChanges(root: YamlMap): readonly ImageChange[] {
  const images = itemsOf(valueOf(root, 'images')).flatMap((item) => mapOf(item) ?? []);
  // One map may be many entries by aliases, and long.
  const known = new Map([...new Set(images)].map((image) => [image, changeOf(image)]));
  return images.flatMap((image) => known.get(image) ?? []);
}

/** The entry of `images` that a map is. */
export function changeOf(image: YamlMap): ImageChange {
  const valueAt = (key: string) => textOf(valueOf(image, key))?.trim() ?? '';
  return { name: valueAt('name'), newName: valueAt('newName'), newTag: valueAt('newTag'), digest: valueAt('digest') };
}

/** More files than these are not looked at for one kustomization. */
const MAX_FILES = 100;

const RESOURCES = ['resources', 'bases', 'patchesStrategicMerge'] as const;

/** The images with a digest that a kustomization is given, before its own `images` change them. */
export function pinnedImages(path: string, root: YamlMap, sibling: FormatOptions['sibling']): PinnedImages {
  const images: PinnedImages = new Map();
  accumulate(images, path, root, { sibling, left: MAX_FILES, units: LIMITS.scannedFileBytes });
  return images;
}

interface Search {
  readonly sibling: FormatOptions['sibling'];
  /** Files, and text of manifests, that may still be looked at. */
  left: number;
  units: number;
}

/** What a kustomization takes, as paths below the workspace. */
export interface Taken {
  /** Manifests, patches, and folders of other kustomizations. */
  readonly resources: readonly string[];
  /** Folders of components, in the order in which they change what was taken until then. */
  readonly components: readonly string[];
}

/** What the kustomization in a file takes; of more than `most` entries the first. */
export function takenBy(path: string, root: YamlMap, most = Infinity): Taken {
  const pathsOf = (nodes: readonly (YamlNode | undefined)[]) =>
    nodes.slice(0, most).flatMap((node) => {
      const name = textOf(node);
      return name === undefined || name.includes('\n') ? [] : (joinPath(folderOf(path), name) ?? []);
    });
  const patches = itemsOf(valueOf(root, 'patches')).map((item) => valueOf(mapOf(item) ?? root, 'path'));
  return {
    resources: pathsOf([...RESOURCES.flatMap((place) => itemsOf(valueOf(root, place))), ...patches]),
    components: pathsOf(itemsOf(valueOf(root, 'components'))),
  };
}

/** Adds what the kustomization takes; its components change all of it (api/internal/target/kusttarget.go). */
function accumulate(images: PinnedImages, path: string, root: YamlMap, search: Search): void {
  const { resources, components } = takenBy(path, root, MAX_FILES);
  for (const target of resources) {
    for (const [name, image] of givenBy(target, search)) if (!images.has(name)) images.set(name, image);
  }
  for (const target of components) kustomizeWith(images, target, search);
}

function givenBy(target: string, search: Search): PinnedImages {
  if (/\.(?:ya?ml|json)$/.test(target)) return manifestImages(target, search);
  const images: PinnedImages = new Map();
  kustomizeWith(images, target, search);
  return images;
}

const OF_MANIFESTS = new WeakMap<YamlFile, PinnedImages>();

function manifestImages(file: string, search: Search): PinnedImages {
  if (search.left-- <= 0) return new Map();
  const text = search.sibling(file) ?? '';
  if (!text.includes('@') || (search.units -= text.length) < 0) return new Map();
  const yaml = siblingYaml(search.sibling, file);
  const known = yaml === undefined ? undefined : OF_MANIFESTS.get(yaml);
  if (yaml === undefined || known !== undefined) return known ?? new Map();
  const images: PinnedImages = new Map();
  OF_MANIFESTS.set(yaml, images);
  try {
    for (const document of yaml.documents) addPinned(images, file, podReferences(yaml, document));
  } catch (error) {
    // The scan tells why the file cannot be read.
    if (!(error instanceof UserError)) throw error;
  }
  return images;
}

const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** Adds the images of the kustomization in a folder, and changes all as it does. */
function kustomizeWith(images: PinnedImages, folder: string, search: Search): void {
  for (const name of NAMES) {
    if (search.left-- <= 0) return;
    const file = folder === '' ? name : `${folder}/${name}`;
    const root = mapOf(siblingYaml(search.sibling, file)?.documents[0]);
    if (root === undefined) continue;
    accumulate(images, file, root, search);
    for (const one of imageChanges(root)) change(images, one, file);
    return;
  }
}

/** Tag and digest of an entry replace those of the image together (api/filters/imagetag/updater.go). */
function change(images: PinnedImages, { name, newName, newTag, digest }: ImageChange, file: string): void {
  const given = images.get(name);
  const changedName = newName === '' ? name : newName;
  images.delete(name);
  if (digest !== '') {
    images.set(changedName, { file, reference: `${changedName}${newTag === '' ? '' : `:${newTag}`}@${digest}` });
  } else if (newTag === '' && given !== undefined) {
    images.set(changedName, { ...given, reference: changedName + given.reference.slice(name.length) });
  }
}
