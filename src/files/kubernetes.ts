import { sitesOf } from './dockerfile.ts';
import { customReferences } from './kubernetes-custom.ts';
import { distinctReferences, forPlatform, type FoundReference } from './found-reference.ts';
import type { Format, FormatOptions, SourceFile } from './site.ts';
import { itemsOf, mapOf, mapsIn, textOf, valueOf } from './yaml-lookup.ts';
import { namedReferences, wholeReference } from './yaml-site.ts';
import { readYaml, spend, type YamlFile, type YamlMap, type YamlNode } from './yaml.ts';

/*
 * Kubernetes' API: a PodSpec has `containers`, `initContainers` and `ephemeralContainers`, and its volumes may be
 * images; it stands in Pods, in the templates of workloads, and in those of custom resources that run Pods (Rollout,
 * Knative's Service). It is known by its lists, at whatever depth, so that `List` and kinds to come are read as well.
 */

const CONTAINER_LISTS = ['containers', 'initContainers', 'ephemeralContainers'] as const;

/** Kinds that hold data or schemas, in which something may look like a container. */
const DATA_KINDS: ReadonlySet<string> = new Set(['ConfigMap', 'Secret', 'CustomResourceDefinition']);

/** The images of all containers and volumes below a node. */
export function podReferences(file: YamlFile, node: YamlNode): readonly FoundReference[] {
  const found: FoundReference[] = [];
  for (const map of resourceMaps(node)) {
    const platform = platformOf(map);
    for (const list of CONTAINER_LISTS) {
      const images = itemsOf(valueOf(map, list)).flatMap((item) => containerReference(file, mapOf(item)));
      const meant = images.map((one) => forPlatform(one, platform));
      found.push(...(list === 'ephemeralContainers' ? notKustomized(meant) : meant));
    }
    for (const item of itemsOf(valueOf(map, 'volumes'))) found.push(...volumeReference(file, mapOf(item)));
  }
  return found;
}

/** The one platform of the nodes that a pod may run on. */
function platformOf(pod: YamlMap): string | undefined {
  const selector = mapOf(valueOf(pod, 'nodeSelector'));
  const arch = selector === undefined ? undefined : textOf(valueOf(selector, 'kubernetes.io/arch'));
  if (selector === undefined || arch === undefined) return undefined;
  return `${textOf(valueOf(selector, 'kubernetes.io/os')) ?? 'linux'}/${arch}`;
}

/** The maps of a resource, without those of data that a `List` holds. */
function* resourceMaps(node: YamlNode): Generator<YamlMap> {
  const map = mapOf(node);
  if (map !== undefined && DATA_KINDS.has(textOf(valueOf(map, 'kind')) ?? '')) return;
  const items = map === undefined ? [] : itemsOf(valueOf(map, 'items'));
  if (map === undefined || items.length === 0) yield* mapsIn(node);
  else for (const item of items) yield* resourceMaps(item);
}

/**
 * A reference; what a policy compares images with (Kyverno's `!*:latest`) is none, and no image has such a name. Istio puts
 * its own in the place of `auto` (istio pkg/kube/inject, gateway injection).
 */
function imageReference(file: YamlFile, node: YamlNode | undefined): readonly FoundReference[] {
  const text = textOf(node) ?? '';
  return text === 'auto' || text.includes('*') ? [] : wholeReference(file, node);
}

/** The image of a container, unless it is never pulled. */
export function containerReference(file: YamlFile, container: YamlMap | undefined): readonly FoundReference[] {
  spend(file);
  if (container === undefined || textOf(valueOf(container, 'imagePullPolicy')) === 'Never') return [];
  return imageReference(file, valueOf(container, 'image'));
}

/** The image that a volume is. */
export function volumeReference(file: YamlFile, volume: YamlMap | undefined): readonly FoundReference[] {
  spend(file);
  const image = volume === undefined ? undefined : mapOf(valueOf(volume, 'image'));
  if (image === undefined || textOf(valueOf(image, 'pullPolicy')) === 'Never') return [];
  return notKustomized(imageReference(file, valueOf(image, 'reference')));
}

/**
 * The references as those that Kustomize leaves alone: its `images` changes what stands in `containers` and
 * `initContainers` at any depth (api/filters/imagetag/legacy.go); volumes newer versions change, in some places.
 */
export function notKustomized(found: readonly FoundReference[]): readonly FoundReference[] {
  return found.map((one) => ({ ...one, traits: [...one.traits, { kind: 'not-kustomized' }] }));
}

function find(file: SourceFile, { imageKeys }: FormatOptions): ReturnType<Format['find']> {
  const wanted = ['mage', ...imageKeys];
  const yaml = readYaml(file.text, (part) => isManifest(part) && wanted.some((word) => part.includes(word)));
  const manifests = yaml.documents
    .flatMap((document) => mapOf(document) ?? [])
    .filter((map) => valueOf(map, 'apiVersion') !== undefined && valueOf(map, 'kind') !== undefined);
  const found = manifests.flatMap((map) => [
    ...podReferences(yaml, map),
    ...notKustomized(customReferences(yaml, map, containerReference)),
  ]);
  const named = notKustomized(namedReferences({ ...yaml, documents: manifests }, imageKeys));
  return sitesOf('kubernetes', file, distinctReferences([...found, ...named]));
}

/** Whether a text may be a manifest, by what every one of them holds. */
function isManifest(text: string): boolean {
  return text.includes('apiVersion') && text.includes('kind');
}

/** Manifests of Kubernetes. */
export const kubernetes: Format = {
  id: 'kubernetes',
  title: 'Kubernetes manifests',
  files: ['*.yml', '*.yaml', '*.json'],
  places: [
    '`containers`, `initContainers` and `ephemeralContainers` at any depth, unless `imagePullPolicy` is `Never`',
    '`volumes[].image.reference`',
    'Argo Workflows: `container`, `script`, `sidecars`; Tekton: `steps`, `sidecars`, `stepTemplate`',
    'values of charts as in Helm values: Flux HelmRelease, Argo CD `helm.valuesObject` and `helm.values`, k3s HelmChart',
    '`images` of Kustomize: Argo CD `kustomize.images`, Flux Kustomization `spec.images`',
    'keys, environment variables and arguments that the input `image-keys` names',
  ],
  matches: (path) => (/\.(?:ya?ml|json)$/i.test(path) ? 'maybe' : 'no'),
  mayContain: (text) => isManifest(text) && text.includes('mage'),
  find,
};
