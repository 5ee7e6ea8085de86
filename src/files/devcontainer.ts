import { UserError } from '../core/errors.ts';
import { sitesOf } from './dockerfile.ts';
import { literalPieces, type Piece } from './expansion.ts';
import {
  distinctReferences,
  locateReference,
  NO_DECLARATIONS,
  asBuildCache,
  type FoundReference,
} from './found-reference.ts';
import { mapString, scanJson, type JsonNode, type JsonString } from './json-scanner.ts';
import { sliceText, type MappedText } from './mapped-text.ts';
import type { Format, SourceFile } from './site.ts';

/**
 * The images of a devcontainer.json: `image`, and the caches of `build.cacheFrom`. The keys of `features` are OCI
 * artifacts that the devcontainer tools unpack, no images, and are left out; so is what an image is built from, which
 * stands in its Dockerfile.
 */
export function devcontainerReferences(file: SourceFile): readonly FoundReference[] {
  const root = scanJson(file.text, 'jsonc');
  if (root === undefined) {
    const hint = 'Correct the file, or leave it out with the input exclude';
    throw new UserError('bad-input', `${file.path} is not JSON with comments`, hint);
  }
  const image = memberOf(root, 'image');
  const cacheFrom = memberOf(memberOf(root, 'build'), 'cacheFrom');
  const caches = cacheFrom?.kind === 'array' ? cacheFrom.items : [cacheFrom];
  return distinctReferences([...referencesIn(file, [image]), ...referencesIn(file, caches).map(asBuildCache)]);
}

function memberOf(node: JsonNode | undefined, name: string): JsonNode | undefined {
  if (node?.kind !== 'object') return undefined;
  return node.members.findLast(({ key }) => key.value === name)?.value;
}

function referencesIn(file: SourceFile, nodes: readonly (JsonNode | undefined)[]): readonly FoundReference[] {
  const strings = nodes.filter((node): node is JsonString => node?.kind === 'string' && node.value !== '');
  return strings.map((node) => {
    const word = { start: node.start + 1, end: node.end - 1 };
    return locateReference(expand(mapString(file.text, node)), word, NO_DECLARATIONS);
  });
}

/**
 * `${localEnv:NAME:default}` (devcontainers/cli variableSubstitution.ts): the default ends at the next colon, so that it
 * can hold neither a tag nor a digest and is never rewritten. Every other variable is not in the file.
 */
function expand(source: MappedText): readonly Piece[] {
  const pieces: Piece[] = [];
  const { text } = source;
  let from = 0;
  for (let open = text.indexOf('${'); open >= 0; open = text.indexOf('${', from)) {
    const close = text.indexOf('}', open);
    if (close < 0) break;
    pieces.push(...literalPieces(sliceText(source, from, open)));
    const written = text.slice(open, close + 1);
    const [kind, name = '', value] = written.slice(2, -1).split(':');
    if ((kind === 'localEnv' || kind === 'env') && value !== undefined) pieces.push({ text: value });
    else
      pieces.push({
        text: '',
        unknown: { written, why: `${name === '' ? written : name} is not in the file`, filled: false },
      });
    from = close + 1;
  }
  pieces.push(...literalPieces(sliceText(source, from)));
  return pieces;
}

/** Development containers (containers.dev/implementors/json_reference). */
export const devcontainer: Format = {
  id: 'devcontainer',
  title: 'Development container',
  files: ['devcontainer.json', '.devcontainer.json'],
  places: ['`image`', '`build.cacheFrom`'],
  matches: (path) => (/(?:^|\/)\.?devcontainer\.json$/i.test(path) ? 'yes' : 'no'),
  mayContain: (text) => /"image"|"cacheFrom"|\\u/.test(text),
  find: (file) => sitesOf('devcontainer', file, devcontainerReferences(file)),
};
