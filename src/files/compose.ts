import { interpolate, MAX_FILE_UNITS, readEnvironment, type Environment } from './compose-variables.ts';
import { dockerfileReferences, sitesOf } from './dockerfile.ts';
import { slicePieces, textOf as expandedText, type Piece } from './expansion.ts';
import {
  asBuildCache,
  distinctReferences,
  locateReference,
  NO_DECLARATIONS,
  type FoundReference,
} from './found-reference.ts';
import { joinPieces, placeOf, rangeOf, sliceText, type MappedText } from './mapped-text.ts';
import type { Format, FormatOptions, SourceFile } from './site.ts';
import { entriesOf, itemsOf, keyOf, mapOf, referenceScalar, scalarOf, textOf, valueOf } from './yaml-lookup.ts';
import { misreadTraits, namedReferences, referenceText, withoutBlanks } from './yaml-site.ts';
import { readYaml, spend, type YamlFile, type YamlMap, type YamlNode, type YamlScalar } from './yaml.ts';

/*
 * The Compose specification (github.com/compose-spec/compose-spec, 05-services.md, build.md, 12-interpolation.md) and
 * files of version 1, whose services stand at the top level.
 */

/** Keys of the top level that are no services of a version 1 file. */
const TOP_LEVEL: ReadonlySet<string> = new Set(
  'version name services networks volumes configs secrets include models'.split(' '),
);

interface Context {
  readonly file: YamlFile;
  readonly environment: Environment;
}

function find(file: SourceFile, options: FormatOptions): ReturnType<Format['find']> {
  const yaml = readYaml(file.text);
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
  const context: Context = { file: yaml, environment: readEnvironment(options.sibling(`${folder}.env`) ?? '') };
  const found = yaml.documents.flatMap((document) =>
    servicesOf(mapOf(document)).flatMap((service) => serviceReferences(context, service)),
  );
  return sitesOf('compose', file, distinctReferences([...found, ...namedReferences(yaml, options.imageKeys)]));
}

function servicesOf(root: YamlMap | undefined): readonly YamlMap[] {
  if (root === undefined) return [];
  const services = valueOf(root, 'services');
  const entries = services === undefined ? versionOneServices(root) : entriesOf(mapOf(services) ?? emptyMap);
  return entries.map(({ value }) => mapOf(value)).filter((service) => service !== undefined);
}

const emptyMap: YamlMap = { kind: 'map', entries: [], flow: true, column: 0, start: 0, end: 0 };

function versionOneServices(root: YamlMap): YamlMap['entries'] {
  return root.entries.filter((entry) => {
    const service = mapOf(entry.value);
    if (service === undefined || TOP_LEVEL.has(keyOf(entry)) || keyOf(entry).startsWith('x-')) return false;
    return valueOf(service, 'image') !== undefined || valueOf(service, 'build') !== undefined;
  });
}

function serviceReferences(context: Context, service: YamlMap): readonly FoundReference[] {
  const build = presentValue(service, 'build');
  const policy = textOf(presentValue(service, 'pull_policy'));
  const isLocal = build !== undefined || policy === 'never' || policy === 'build';
  return [
    ...(isLocal ? [] : imageReferences(context, presentValue(service, 'image'))),
    ...buildReferences(context, mapOf(build)),
    ...itemsOf(presentValue(service, 'volumes')).flatMap((volume) => {
      const map = mapOf(volume);
      spend(context.file);
      if (map === undefined || textOf(valueOf(map, 'type')) !== 'image') return [];
      return imageReferences(context, valueOf(map, 'source'));
    }),
  ];
}

/** The value of a key that holds something; `!reset` takes away what another file says. */
function presentValue(map: YamlMap, key: string): YamlNode | undefined {
  const value = valueOf(map, key);
  if (value === undefined || value.kind === 'alias') return value;
  return value.tag === '!reset' || (value.kind === 'scalar' && scalarOf(value) === undefined) ? undefined : value;
}

function buildReferences(context: Context, build: YamlMap | undefined): readonly FoundReference[] {
  if (build === undefined) return [];
  const inline = scalarOf(valueOf(build, 'dockerfile_inline'));
  // A Dockerfile is as much to look at as its words.
  spend(context.file, Math.ceil((inline?.text.length ?? 0) / 2));
  return [
    ...(inline === undefined ? [] : dockerfileReferences(interpolatedText(context, inline))),
    ...contextReferences(context, valueOf(build, 'additional_contexts')),
    ...itemsOf(valueOf(build, 'cache_from')).flatMap((item) => cacheReferences(context, item)),
    ...generatorReferences(context, valueOf(build, 'sbom')),
  ];
}

/** The text of a Dockerfile after interpolation; variables that are unset give nothing. */
function interpolatedText({ file, environment }: Context, scalar: YamlScalar): MappedText {
  const text = referenceText(file, scalar);
  let place = placeOf(text, 0);
  return joinPieces(
    interpolate(text, environment, false, MAX_FILE_UNITS).map((piece) => {
      // What a value gives is as much to look at as what stands in the file.
      if (piece.start === undefined) spend(file, Math.ceil(piece.text.length / 2));
      place = piece.start ?? piece.anchor ?? place;
      return { text: piece.text, start: place };
    }),
  );
}

/** `name: docker-image://reference` in a map, `name=docker-image://reference` in a list. */
function contextReferences(context: Context, contexts: YamlNode | undefined): readonly FoundReference[] {
  const inMap = mapOf(contexts)?.entries.flatMap(({ value }) => dockerImage(context, value, '')) ?? [];
  return [...inMap, ...itemsOf(contexts).flatMap((item) => dockerImage(context, item, '='))];
}

const DOCKER_IMAGE = 'docker-image://';

function dockerImage(context: Context, node: YamlNode, separator: '' | '='): readonly FoundReference[] {
  return locate(context, node, (text) => {
    const value = sliceText(text, separator === '' ? 0 : text.text.indexOf(separator) + 1);
    const pieces = interpolate(value, context.environment);
    return expandedText(pieces).startsWith(DOCKER_IMAGE) ? slicePieces(pieces, DOCKER_IMAGE.length) : [];
  });
}

/** `reference` or `type=registry,ref=reference`: sources of a cache. */
function cacheReferences(context: Context, node: YamlNode): readonly FoundReference[] {
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
function generatorReferences(context: Context, node: YamlNode | undefined): readonly FoundReference[] {
  return locate(context, node, (text) => {
    const generator = splitAtCommas(text).find((field) => field.text.startsWith('generator='));
    return generator === undefined ? [] : interpolate(sliceText(generator, 10), context.environment);
  });
}

function imageReferences(context: Context, node: YamlNode | undefined): readonly FoundReference[] {
  return locate(context, node, (text) => {
    const pieces = interpolate(text, context.environment);
    const isEmpty = pieces.every((piece) => piece.text === '' && piece.unknown === undefined);
    return isEmpty ? interpolate(text, context.environment, true) : pieces;
  });
}

/** The reference that a part of a scalar gives. */
function locate(
  { file }: Context,
  node: YamlNode | undefined,
  expand: (text: MappedText) => readonly Piece[],
): readonly FoundReference[] {
  spend(file);
  const scalar = referenceScalar(node);
  if (scalar === undefined) return [];
  const text = referenceText(file, scalar);
  const pieces = expand(text);
  if (pieces.every((piece) => piece.text === '' && piece.unknown === undefined)) return [];
  const found = withoutBlanks(locateReference(pieces, rangeOf(text), NO_DECLARATIONS));
  return [{ ...found, traits: [...found.traits, ...misreadTraits(scalar)] }];
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
    '`services.*.image`, unless the service is built',
    '`services.*.build`: `dockerfile_inline`, `additional_contexts`, `cache_from`, `sbom`',
    '`services.*.volumes` of type `image`',
    'services of version 1 files, fragments that are used by alias or merge key',
    '`${NAME:-default}` and the other substitutions, with the values of `.env` beside the file',
  ],
  matches: (path) => (/(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/i.test(path) ? 'yes' : 'no'),
  mayContain: (text) => /image|dockerfile_inline|cache_from|generator=/i.test(text),
  find,
};
