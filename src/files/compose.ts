import { contextsOf, withoutContexts } from './build-contexts.ts';
import { environmentOf } from './compose-environment.ts';
import {
  composeFile,
  contextNames,
  includedPaths,
  isBuilt,
  isBuiltByOverride,
  isLocal,
  presentValue,
  type ComposeFile,
} from './compose-services.ts';
import { interpolate, MAX_FILE_UNITS } from './compose-variables.ts';
import { dockerfileReferences, sitesOf } from './dockerfile.ts';
import { slicePieces, textOf as expandedText, writtenOf, type Piece } from './expansion.ts';
import {
  asBuildCache,
  distinctReferences,
  forPlatform,
  locateReference,
  NO_DECLARATIONS,
  unresolvedReference,
  withoutRewrite,
  type FoundReference,
} from './found-reference.ts';
import { joinPieces, placeOf, rangeOf, sliceText, type MappedText } from './mapped-text.ts';
import type { Format, FormatOptions, SourceFile } from './site.ts';
import { itemsOf, mapOf, scalarOf, textOf, valueOf } from './yaml-lookup.ts';
import { TEMPLATE } from './unknown-variables.ts';
import { misreadTraits, namedReferences, readScalar, referenceText, withoutBlanks } from './yaml-site.ts';
import { readYaml, spend, type YamlMap, type YamlNode, type YamlScalar } from './yaml.ts';

/*
 * The Compose specification (github.com/compose-spec/compose-spec, 05-services.md, build.md, 12-interpolation.md) and
 * files of version 1, whose services stand at the top level.
 */

function includes({ text, path }: SourceFile): readonly string[] {
  return /include|extends/.test(text) ? includedPaths(readYaml(text), path) : [];
}

function find(file: SourceFile, options: FormatOptions): ReturnType<Format['find']> {
  const yaml = readYaml(file.text);
  const context = composeFile(file.path, yaml, environmentOf(file.path, options), options.sibling);
  const built = builtImages(context);
  const images = context.services.flatMap(([name, service]) => serviceImage(context, name, service));
  const pulled = images.filter(({ reference }) => !built.has(reference));
  const found = context.services.flatMap(([, service]) => serviceReferences(context, service));
  return sitesOf(
    'compose',
    file,
    distinctReferences([...pulled, ...found, ...namedReferences(yaml, options.imageKeys)]),
  );
}

/** Names that services give to what they build: Compose pulls them for no other service (pull.go isServiceImageToBuild). */
function builtImages(context: ComposeFile): ReadonlySet<string> {
  const services = context.services.filter(([name, service]) => isBuilt(context, name, service));
  const images = services.flatMap(([, service]) => imageReferences(context, presentValue(service, 'image')));
  return new Set(images.map(({ reference }) => reference));
}

/** What a service uses besides its own image. */
function serviceReferences(context: ComposeFile, service: YamlMap): readonly FoundReference[] {
  return [
    ...buildReferences(context, mapOf(presentValue(service, 'build'))),
    ...itemsOf(presentValue(service, 'volumes')).flatMap((volume) => {
      const map = mapOf(volume);
      spend(context.yaml);
      if (map === undefined || textOf(valueOf(map, 'type')) !== 'image') return [];
      return imageReferences(context, valueOf(map, 'source'));
    }),
    ...itemsOf(presentValue(service, 'pre_start')).flatMap((hook) => {
      const map = mapOf(hook);
      return map === undefined ? [] : imageReferences(context, presentValue(map, 'image'));
    }),
  ];
}

function serviceImage(context: ComposeFile, name: string, service: YamlMap): readonly FoundReference[] {
  if (isLocal(context, name, service)) return [];
  const platform = platformOf(context, presentValue(service, 'platform'));
  const found = imageReferences(context, presentValue(service, 'image')).map((one) => forPlatform(one, platform));
  if (!isBuiltByOverride(context, name)) return found;
  return found.map((reference) =>
    withoutRewrite(reference, 'the override file builds it, which a digest would prevent'),
  );
}

function platformOf({ yaml, environment }: ComposeFile, node: YamlNode | undefined): string | undefined {
  const scalar = scalarOf(node);
  if (scalar === undefined) return undefined;
  const pieces = interpolate(referenceText(yaml, scalar), environment);
  return pieces.every(({ unknown }) => unknown === undefined) ? expandedText(pieces) : undefined;
}

function buildReferences(context: ComposeFile, build: YamlMap | undefined): readonly FoundReference[] {
  if (build === undefined) return [];
  const contexts = valueOf(build, 'additional_contexts');
  return [
    ...inlineReferences(context, scalarOf(valueOf(build, 'dockerfile_inline')), contexts),
    ...contextReferences(context, contexts),
    ...itemsOf(valueOf(build, 'cache_from')).flatMap((item) => cacheReferences(context, item)),
    ...generatorReferences(context, valueOf(build, 'sbom')),
  ];
}

/** The images of a Dockerfile in the file, without those that an additional context stands for. */
function inlineReferences(
  context: ComposeFile,
  inline: YamlScalar | undefined,
  contexts: YamlNode | undefined,
): readonly FoundReference[] {
  if (inline === undefined) return [];
  // A Dockerfile is as much to look at as its words.
  spend(context.yaml, Math.ceil(inline.text.length / 2));
  const names = contextNames(contexts);
  spend(context.yaml, names.length);
  return withoutContexts(dockerfileReferences(interpolatedText(context, inline)), [contextsOf(names)]);
}

/** The text of a Dockerfile after interpolation; variables that are unset give nothing. */
function interpolatedText({ yaml, environment }: ComposeFile, scalar: YamlScalar): MappedText {
  const text = referenceText(yaml, scalar);
  let place = placeOf(text, 0);
  return joinPieces(
    interpolate(text, environment, false, MAX_FILE_UNITS).map((piece) => {
      // What a value gives is as much to look at as what stands in the file.
      if (piece.start === undefined) spend(yaml, Math.ceil(piece.text.length / 2));
      place = piece.start ?? piece.anchor ?? place;
      return { text: piece.text, start: place };
    }),
  );
}

/** `name: docker-image://reference` in a map, `name=docker-image://reference` in a list. */
function contextReferences(context: ComposeFile, contexts: YamlNode | undefined): readonly FoundReference[] {
  const inMap = mapOf(contexts)?.entries.flatMap(({ value }) => dockerImage(context, value, '')) ?? [];
  return [...inMap, ...itemsOf(contexts).flatMap((item) => dockerImage(context, item, '='))];
}

const DOCKER_IMAGE = 'docker-image://';

function dockerImage(context: ComposeFile, node: YamlNode, separator: '' | '='): readonly FoundReference[] {
  return locate(context, node, (text) => {
    const value = sliceText(text, separator === '' ? 0 : text.text.indexOf(separator) + 1);
    const pieces = interpolate(value, context.environment);
    return expandedText(pieces).startsWith(DOCKER_IMAGE) ? slicePieces(pieces, DOCKER_IMAGE.length) : [];
  });
}

/** `reference` or `type=registry,ref=reference`: sources of a cache. */
function cacheReferences(context: ComposeFile, node: YamlNode): readonly FoundReference[] {
  const expand = (text: MappedText) => {
    const fields = splitAtCommas(text);
    if (!fields.some((field) => field.text.startsWith('type='))) return interpolate(text, context.environment);
    const isRegistry = fields.some((field) => field.text === 'type=registry');
    const reference = fields.find((field) => field.text.startsWith('ref='));
    return isRegistry && reference !== undefined ? interpolate(sliceText(reference, 4), context.environment) : [];
  };
  return locate(context, node, expand).map(asBuildCache);
}

/** `sbom: generator=reference`. */
function generatorReferences(context: ComposeFile, node: YamlNode | undefined): readonly FoundReference[] {
  return locate(context, node, (text) => {
    const generator = splitAtCommas(text).find((field) => field.text.startsWith('generator='));
    return generator === undefined ? [] : interpolate(sliceText(generator, 10), context.environment);
  });
}

function imageReferences(context: ComposeFile, node: YamlNode | undefined): readonly FoundReference[] {
  return locate(context, node, (text) => {
    const pieces = interpolate(text, context.environment);
    const isEmpty = pieces.every((piece) => piece.text === '' && piece.unknown === undefined);
    return isEmpty ? interpolate(text, context.environment, true) : pieces;
  });
}

/** The reference that a part of a scalar gives. */
function locate(
  { yaml }: ComposeFile,
  node: YamlNode | undefined,
  expand: (text: MappedText) => readonly Piece[],
): readonly FoundReference[] {
  return readScalar(yaml, node, (scalar) => {
    const text = referenceText(yaml, scalar);
    const pieces = expand(text);
    if (pieces.every((piece) => piece.text === '' && piece.unknown === undefined)) return [];
    // Another program (Ansible, a setup script) fills the file in before Compose reads it.
    if (expandedText(pieces).includes('{{')) return [unresolvedReference(writtenOf(pieces), rangeOf(text), TEMPLATE)];
    const found = withoutBlanks(locateReference(pieces, rangeOf(text), NO_DECLARATIONS));
    return [{ ...found, traits: [...found.traits, ...misreadTraits(scalar)] }];
  });
}

function splitAtCommas(text: MappedText): readonly MappedText[] {
  const fields: MappedText[] = [];
  let from = 0;
  for (let at = text.text.indexOf(','); at >= 0; at = text.text.indexOf(',', from)) {
    fields.push(sliceText(text, from, at));
    from = at + 1;
  }
  return [...fields, sliceText(text, from)];
}

/** Compose files. */
export const compose: Format = {
  id: 'compose',
  title: 'Compose',
  files: ['compose*.yml', 'compose*.yaml', 'docker-compose*.yml', 'docker-compose*.yaml'],
  places: [
    '`services.*.image`, unless this or another service builds it, by what it extends or overrides as well',
    '`services.*.build`: `dockerfile_inline`, `additional_contexts`, `cache_from`, `sbom`',
    '`services.*.volumes` of type `image`, `services.*.pre_start[].image`',
    'services of version 1 files, fragments that are used by alias or merge key, files of `include` and `extends`',
    '`${NAME:-default}` and the other substitutions, with the values of `.env` beside the file, and of `include`',
  ],
  matches: (path) => (/(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/i.test(path) ? 'yes' : 'no'),
  mayContain: (text) => /image|dockerfile_inline|cache_from|generator=/i.test(text),
  find,
  includes,
};
