import { splitIdentifiers } from './edit.ts';
import { withoutRewrite, type FoundReference } from './found-reference.ts';
import { mapText } from './mapped-text.ts';
import type { SiteTrait } from './site.ts';
import { unknownPieces } from './unknown-variables.ts';
import { keyedReference, withoutShared } from './yaml-keys.ts';
import { keyOf, mapOf, scalarOf, scalarOrEmpty, textOf, valueOf } from './yaml-lookup.ts';
import { misreadTraits, wholeReference } from './yaml-site.ts';
import type { YamlFile, YamlMap, YamlNode, YamlScalar } from './yaml.ts';

/*
 * Values of a chart have no schema. Charts write an image as a map of `registry`, `repository`, `tag` and `digest`
 * (what `helm create` and Bitnami's charts begin with), or as one string under `image`.
 */

/** Where the tag comes from that a chart's values leave out. */
const CHART_TAG: SiteTrait = { kind: 'tag-elsewhere', where: 'chart appVersion' };

interface Values {
  readonly file: YamlFile;
  /** Whether the file belongs to a chart for sure. */
  readonly certain: boolean;
  /** Bitnami's `global.imageRegistry`, which is used instead of each image's `registry`. */
  readonly globalRegistry: string;
  /** Whether a map around has a tag for all its images (Istio's `global.tag`). */
  readonly hasTagAbove: boolean;
}

/** The images in values, which are certainly those of a chart or only look like it. */
export function helmReferences(file: YamlFile, root: YamlNode, certain: boolean): readonly FoundReference[] {
  const map = mapOf(root);
  const global = map === undefined ? undefined : mapOf(valueOf(map, 'global'));
  const globalRegistry = global === undefined ? '' : (textOf(valueOf(global, 'imageRegistry'))?.trim() ?? '');
  return withoutShared(valuesBelow({ file, certain, globalRegistry, hasTagAbove: false }, root, ''));
}

function valuesBelow(values: Values, node: YamlNode, key: string): readonly FoundReference[] {
  if (node.kind === 'list') return node.items.flatMap((item) => valuesBelow(values, item, key));
  if (node.kind !== 'map') return [];
  const below = hasKey(node, 'tag') && !hasKey(node, 'repository') ? { ...values, hasTagAbove: true } : values;
  const inner = node.entries.flatMap((entry) => valuesBelow(below, entry.value, keyOf(entry)));
  return [...imageMap(values, node, key), ...imageStrings(values, node), ...inner];
}

/** `{registry, repository, tag, digest}`, or `{name, tag}` under a key that ends with `image`, where it may be `version`. */
function imageMap(values: Values, map: YamlMap, key: string): readonly FoundReference[] {
  const isImage = /image$/i.test(key);
  const repository = scalarOf(valueOf(map, 'repository')) ?? (isImage ? scalarOf(valueOf(map, 'name')) : undefined);
  if (repository === undefined || !isName(repository.text.trim())) return [];
  const version = isImage && !hasKey(map, 'tag') ? scalarOrEmpty(valueOf(map, 'version')) : undefined;
  const identified = version !== undefined || hasKey(map, 'tag') || hasKey(map, 'digest');
  if (!identified && !(values.certain && (isImage || hasKey(map, 'pullPolicy')) && hasKey(map, 'repository')))
    return [];
  return partsReference(values, map, repository, version ?? scalarOrEmpty(valueOf(map, 'tag')));
}

/** What stands in front of the name: the registry (Istio's hub) beside it, or the one of all images, with a slash. */
function registryPrefix({ globalRegistry }: Values, map: YamlMap): string {
  const registry = textOf(valueOf(map, 'registry') ?? valueOf(map, 'hub'))?.trim() ?? '';
  const used = globalRegistry !== '' && hasKey(map, 'registry') ? globalRegistry : registry;
  return used === '' ? '' : `${used.replace(/\/$/, '')}/`;
}

/** The reference that the scalar of a name is by itself, behind its registry. */
function behindRegistry(values: Values, map: YamlMap, scalar: YamlScalar): readonly FoundReference[] {
  const prefix = registryPrefix(values, map);
  return wholeReference(values.file, scalar).map((found) => withPrefix(found, prefix));
}

function withPrefix(found: FoundReference, prefix: string): FoundReference {
  const { placement } = found;
  return {
    ...found,
    prefix,
    reference: prefix + found.reference,
    placement: placement.kind === 'value' ? { ...placement, prefix } : placement,
  };
}

function partsReference(
  values: Values,
  map: YamlMap,
  nameScalar: YamlScalar,
  tag: YamlScalar | undefined,
): readonly FoundReference[] {
  const digest = scalarOrEmpty(valueOf(map, 'digest'));
  const hasTag = tag !== undefined && scalarOf(tag) !== undefined && tag.text !== '';
  const { tag: ownTag, digest: ownDigest } = splitIdentifiers(nameScalar.text.trim());
  if (!hasTag && (ownTag ?? ownDigest) !== undefined && digest === undefined) {
    return behindRegistry(values, map, nameScalar);
  }
  const isComplete = hasTag || (digest?.text ?? '') !== '';
  const found = keyedReference(
    values.file,
    {
      map,
      name: registryPrefix(values, map) + nameScalar.text.trim(),
      nameScalar,
      ...(tag === undefined ? {} : { tag }),
      ...(digest === undefined ? {} : { digest }),
      traits: [...misreadTraits(hasTag ? tag : undefined, values.file), ...(isComplete ? [] : [CHART_TAG])],
    },
    false,
  );
  return [withSha(map, found)];
}

/** Grafana's charts write the digest under `sha`, without its algorithm, and put it behind whatever the tag is. */
function withSha(map: YamlMap, found: FoundReference): FoundReference {
  const sha = hasKey(map, 'digest') ? undefined : textOf(valueOf(map, 'sha'))?.trim();
  if (sha === undefined || !/^[0-9a-f]{64}$/.test(sha)) return found;
  const traits = found.traits.filter(({ kind }) => kind !== 'tag-elsewhere');
  const pinned = { ...found, reference: `${found.reference}@sha256:${sha}`, traits };
  return withoutRewrite(pinned, 'its digest stands under "sha"');
}

function hasKey(map: YamlMap, key: string): boolean {
  return valueOf(map, key) !== undefined;
}

/** `image: "name:tag"`, and `image: name` beside `tag`, `imageTag` or, in a chart, `registry`. */
function imageStrings(values: Values, map: YamlMap): readonly FoundReference[] {
  const image = scalarOf(map.entries.findLast((entry) => keyOf(entry) === 'image')?.value);
  if (image === undefined || !isName(image.text.trim()) || misreadTraits(image).length > 0) return [];
  const { tag, digest } = splitIdentifiers(image.text.trim());
  const tagScalar = scalarOrEmpty(valueOf(map, 'tag') ?? valueOf(map, 'imageTag'));
  const isPart = values.certain && (values.hasTagAbove || hasKey(map, 'registry') || hasKey(map, 'hub'));
  const hasParts = isPart || tagScalar !== undefined || hasKey(map, 'digest');
  if (tag === undefined && digest === undefined && hasParts) {
    return partsReference(values, map, image, tagScalar);
  }
  const isReference = values.certain || tag !== undefined || digest !== undefined;
  return isReference ? behindRegistry(values, map, image) : [];
}

const OTHER_FILES = /^git@.*\/|\.(?:git|png|jpe?g|gif|svg|webp|ico|iso|img|qcow2|vmdk|tar|gz)$/i;

/** Whether a text may be a name of an image: no address, path, template or file. */
function isName(text: string): boolean {
  const written = writtenText(text);
  return /^[\w[][\w.:@/[\]-]*$/.test(written) && !text.includes('://') && !OTHER_FILES.test(text);
}

/** A text with a letter for each value that another program fills in. */
function writtenText(text: string): string {
  return unknownPieces(mapText(text))
    .map((piece) => (piece.unknown === undefined ? piece.text : 'x'))
    .join('');
}
