import { readBake } from './bake-body.ts';
import { contextKeys, entriesOf, literalText, type Body, type Entry, type Expression } from './bake-syntax.ts';
import { newValues, type Values } from './bake-values.ts';
import { contextsOf, withoutContexts, type Contexts } from './build-contexts.ts';
import { dockerfileReferences, sitesOf } from './dockerfile.ts';
import { slicePieces, textOf, writtenOf, type Expansion, type Piece } from './expansion.ts';
import {
  distinctReferences,
  locateReference,
  unresolvedReference,
  withoutRewrite,
  asBuildCache,
  type Declarations,
  type FoundReference,
} from './found-reference.ts';
import { joinPieces } from './mapped-text.ts';
import type { Format, Range, SourceFile } from './site.ts';
import { withoutBlanks } from './yaml-site.ts';

const FILE_NAME = /^(?:docker-bake.*\.(?:hcl|json)|(?:.*[.-])?bake\.hcl)$/;

/** How a named context says that it is an image (buildx bake reference, `target.contexts`). */
const IMAGE_SCHEME = 'docker-image://';

/** The references of a bake file: what its targets build from. */
export function bakeReferences(file: SourceFile): readonly FoundReference[] {
  const mentions = new Map<string, number>();
  const body = readBake(file, mentions);
  const values = newValues(body, mentions);
  const found: FoundReference[] = [];
  const budget = { left: MAX_VALUES };
  const contexts = contextsOf(contextKeys(body));
  for (const block of body.blocks) {
    if (block.type === 'target')
      for (const one of targetReferences(values, block.body, contexts, budget)) found.push(one);
  }
  return distinctReferences(found);
}

/** What the expressions of one target give. */
interface Scope {
  readonly expand: (expression: Expression) => Expansion | undefined;
  readonly declarations: Declarations;
  /** Those of all targets of the file: what a target inherits is its own. */
  readonly contexts: Contexts;
}

/** Values that are looked at once more in a file because a matrix makes several targets of a block. */
const MAX_VALUES = 4096;

/** A long text counts as so many values as it has pieces of this length. */
const VALUE_UNITS = 64;

function targetReferences(
  values: Values,
  target: Body,
  contexts: Contexts,
  budget: { left: number },
): readonly FoundReference[] {
  const attributes = target.attributes.filter(({ key }) => key !== undefined && Object.hasOwn(READERS, key));
  const width = attributes.reduce((sum, { value }) => sum + sizeOf(value), 1);
  const targets = values.targetsOf(target).slice(0, 1 + Math.floor(budget.left / width));
  budget.left -= (targets.length - 1) * width;
  return targets.flatMap((own) => {
    const { declarations } = values;
    const scope = { declarations, contexts, expand: (one: Expression) => values.expand(one, own) };
    return attributes.flatMap(({ key, value }) => READERS[key ?? '']?.(scope, value) ?? []);
  });
}

/** How many values an expression holds. */
function sizeOf(expression: Expression): number {
  const inner = entriesOf(expression).map(({ value }) => value);
  const all = inner.length > 0 ? inner : choicesOf(expression);
  const units = all.map(rangeOfExpression).reduce((sum, { start, end }) => sum + end - start, 0);
  return 1 + all.length + Math.floor(units / VALUE_UNITS);
}

/** The strings and variables that an expression may give: both sides of a condition, the items of lists. */
function choicesOf(expression: Expression): readonly Expression[] {
  if (expression.kind === 'other') return expression.terms.flatMap(choicesOf);
  return expression.kind === 'list' ? expression.items.flatMap(choicesOf) : [expression];
}

function rangeOfExpression(expression: Expression): Range {
  return expression.kind === 'template' || expression.kind === 'variable' ? expression.range : { start: 0, end: 0 };
}

function contextReferences(scope: Scope, contexts: Expression): readonly FoundReference[] {
  return entriesOf(contexts).flatMap(({ value }) => {
    const computed = value.kind === 'other';
    return choicesOf(value).flatMap((choice) => {
      const pieces = scope.expand(choice)?.pieces ?? [];
      if (!textOf(pieces).startsWith(IMAGE_SCHEME)) return [];
      const reference = slicePieces(pieces, IMAGE_SCHEME.length);
      const range = withoutScheme(choice, reference);
      // A function adds the name, as join() does.
      if (writtenOf(reference) === '') return [];
      if (computed && textOf(reference).includes('%')) {
        return [unresolvedReference(writtenOf(reference), range, 'a function of bake computes it')];
      }
      return [withoutBlanks(locateReference(reference, range, scope.declarations))];
    });
  });
}

/** The range of a string without the scheme, when that is written in it: in JSON perhaps with escapes. */
function withoutScheme(expression: Expression, [piece]: readonly Piece[]): Range {
  const { start, end } = rangeOfExpression(expression);
  if (expression.kind !== 'template') return { start, end };
  if (piece?.declaration === undefined && piece?.start !== undefined)
    return { start: Math.max(start, piece.start), end };
  const [first] = expression.parts;
  const written = first?.kind === 'text' && first.pieces[0]?.text.startsWith(IMAGE_SCHEME) === true;
  return { start: written ? start + IMAGE_SCHEME.length : start, end };
}

/** `type=registry,ref=…`, a plain list of references, or an object with `type` and `ref` (buildx buildflags/cache.go). */
function cacheReferences(scope: Scope, cacheFrom: Expression): readonly FoundReference[] {
  const items = cacheFrom.kind === 'list' ? cacheFrom.items : [cacheFrom];
  return items.flatMap((item) => {
    const found =
      item.kind === 'object'
        ? cacheObject(scope, item.entries)
        : choicesOf(item).flatMap((choice) => cacheText(scope, choice));
    return found.map(asBuildCache);
  });
}

function cacheObject(scope: Scope, entries: readonly Entry[]): readonly FoundReference[] {
  const typeOf = entries.findLast(({ key }) => key === 'type')?.value;
  const ref = entries.findLast(({ key }) => key === 'ref')?.value;
  if (typeOf === undefined || literalText(typeOf) !== 'registry' || ref === undefined) return [];
  const pieces = scope.expand(ref)?.pieces;
  return pieces === undefined ? [] : [locateReference(pieces, rangeOfExpression(ref), scope.declarations)];
}

function cacheText(scope: Scope, choice: Expression): readonly FoundReference[] {
  const pieces = scope.expand(choice)?.pieces ?? [];
  const fields = splitAtCommas(pieces);
  const range = rangeOfExpression(choice);
  const locate = (reference: readonly Piece[]) => locateReference(reference, range, scope.declarations);
  if (!textOf(pieces).includes('=')) return fields.filter((field) => writtenOf(field) !== '').map(locate);
  if (!fields.some((field) => /^type=registry$/i.test(textOf(field)))) return [];
  return fields
    .filter((field) => /^ref=/i.test(textOf(field)))
    .map((field) => locate(slicePieces(field, 'ref='.length)));
}

function splitAtCommas(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const fields: (readonly Piece[])[] = [];
  let from = 0;
  for (const field of textOf(pieces).split(',')) {
    fields.push(slicePieces(pieces, from, from + field.length));
    from += field.length + 1;
  }
  return fields;
}

/** A Dockerfile in the bake file; what its variables give stands elsewhere and is left alone. */
function inlineReferences(scope: Scope, inline: Expression): readonly FoundReference[] {
  return choicesOf(inline).flatMap((choice) => {
    const own = rangeOfExpression(choice);
    const pieces = scope.expand(choice)?.pieces ?? [];
    const placed = pieces.map(({ text, start, anchor, unknown }) => {
      const shown = unknown?.written ?? text;
      return { text: shown, start: start ?? (anchor ?? own.end) - shown.length };
    });
    return withoutContexts(dockerfileReferences(joinPieces(placed)), [scope.contexts]).map((found) => {
      const inside = found.range.start >= own.start && found.range.end <= own.end;
      return inside ? found : withoutRewrite(found, 'it is the value of a variable');
    });
  });
}

/** What is built from, by attribute; never what is built (`tags`, `output`). */
const READERS: Readonly<Record<string, (scope: Scope, value: Expression) => readonly FoundReference[]>> = {
  contexts: contextReferences,
  'cache-from': cacheReferences,
  'dockerfile-inline': inlineReferences,
};

/** Files of docker buildx bake, in HCL and in JSON (docs.docker.com/build/bake/reference). */
export const bake: Format = {
  id: 'bake',
  title: 'Bake file of docker buildx',
  files: ['docker-bake*.hcl', 'docker-bake*.json', 'bake.hcl', '*.bake.hcl', '*-bake.hcl'],
  places: [
    '`target.contexts` with `docker-image://`, with the defaults of variables',
    '`target.dockerfile-inline`',
    '`target.cache-from` of type `registry`; of each with the values of `matrix`',
  ],
  matches: (path) => (FILE_NAME.test(path.slice(path.lastIndexOf('/') + 1).toLowerCase()) ? 'yes' : 'no'),
  mayContain: (text) => /docker-image:|cache-from|dockerfile-inline/.test(text),
  find: (file) => sitesOf('bake', file, bakeReferences(file)),
};
