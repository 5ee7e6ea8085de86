import { literalPieces, textOf as piecesText, type Piece } from './expansion.ts';
import type { SharedValue } from './gitlab-include.ts';
import { mapText, placeOf, sliceText, type MappedText } from './mapped-text.ts';
import { itemsOf, keyOf, mapOf, scalarOf, textOf, valueOf } from './yaml-lookup.ts';
import { referenceText } from './yaml-site.ts';
import { declaredBy, type VariableUses } from './yaml-variables.ts';
import { spend, type YamlFile, type YamlMap, type YamlNode, type YamlScalar } from './yaml.ts';

/*
 * Variables of GitLab CI (docs.gitlab.com/ci/variables/where_variables_can_be_used): `$NAME` and `${NAME}` in `image`
 * and `services`; `$$` is a dollar sign. `$[[ inputs.name ]]` is put in before anything is read.
 */

/** What a job may use. */
export interface Variables {
  readonly uses: VariableUses;
  /** `variables` of the job and of what it extends; the first that has a name wins, then each of what follows here. */
  readonly maps: readonly YamlMap[];
  /** Values from files that include this one, and from what those include. */
  readonly outer: ReadonlyMap<string, SharedValue>;
  /** `variables` of the pipeline in this file. */
  readonly own: YamlMap | undefined;
  /** Values from files that this one includes. */
  readonly included: ReadonlyMap<string, SharedValue>;
  /** Values of `parallel: matrix`, by name: the job runs once for each. */
  readonly matrix: Several;
  /** Values of `rules: variables`, by name: one of them, or what the variable is without them. */
  readonly ruled: Several;
  /** `spec: inputs`. */
  readonly inputs: YamlMap | undefined;
}

/** Several values of one variable. */
type Several = ReadonlyMap<string, readonly YamlScalar[]>;

type Texts = readonly (readonly Piece[])[];

const MAX_DEPTH = 8;
const MAX_TEXTS = 64;

/** More pieces give no reference that anyone means. */
const MAX_PIECES = 64;

/** Longer texts are no references, which have at most 1,024 characters. */
const MAX_UNITS = 4096;

const SUBSTITUTION = /\$(?:\$|\[\[\s*inputs\.([\w-]+)[^\]]*\]\]|\{(\w+)\}|\{[^{}]*\}|([A-Za-z_]\w*))/g;

/** The texts that a scalar's text gives with its variables put in: several when the job has a matrix. */
export function expandVariables(variables: Variables, source: MappedText, depth = 0): Texts {
  if (source.text.length > MAX_UNITS) {
    return tooLong(source);
  }
  let texts: Texts = [[]];
  let run = 0;
  const add = (values: Texts) => {
    const more = values.slice(0, MAX_TEXTS);
    // Not more of them than are kept.
    const first = texts.slice(0, Math.ceil(MAX_TEXTS / more.length));
    texts = first.flatMap((text) => more.map((value) => text.concat(value))).slice(0, MAX_TEXTS);
    spend(variables.uses.file, texts.length);
  };
  for (const match of source.text.matchAll(SUBSTITUTION)) {
    const [written, input, braced, plain] = match;
    spend(variables.uses.file);
    if (texts.some((pieces) => pieces.length > MAX_PIECES)) return tooLong(source);
    add([literalPieces(sliceText(source, run, match.index))]);
    run = match.index + written.length;
    const name = braced ?? plain;
    const place = { at: placeOf(source, match.index), anchor: placeOf(source, run - 1) + 1, written, depth };
    if (input !== undefined) add(inputTexts(variables, input, place));
    else if (name !== undefined) add(namedTexts(variables, name, place));
    else if (written === '$$') add(unknown({ ...place, written: '$' }, 'it holds a dollar sign, which no image does'));
    else add(unknown(place, 'GitLab knows no such form of a variable'));
  }
  add([literalPieces(sliceText(source, run))]);
  return texts;
}

function tooLong(source: MappedText): Texts {
  return [[{ text: '', unknown: { written: source.text.slice(0, 64), why: 'it is too long', filled: true } }]];
}

interface Substituted {
  readonly at: number;
  /** Place behind the substitution. */
  readonly anchor: number;
  readonly written: string;
  readonly depth: number;
}

function namedTexts(variables: Variables, name: string, place: Substituted): Texts {
  const several = variables.matrix.get(name);
  if (several !== undefined) return several.flatMap((scalar) => scalarTexts(variables, scalar, place));
  const ruled = variables.ruled.get(name) ?? [];
  const texts = ruled.flatMap((scalar) => scalarTexts(variables, scalar, place));
  const otherwise = declaredTexts(variables, name, place);
  if (otherwise !== undefined) return [...texts, ...otherwise];
  if (texts.length > 0) return texts;
  const predefined = /^(?:CI|GITLAB)(?:_|$)/.test(name);
  return unknown(place, `the variable ${name} is ${predefined ? 'set by GitLab' : 'not set in the file'}`);
}

/** What a variable is by its declarations, the first in GitLab's order; undefined when there is none. */
function declaredTexts(variables: Variables, name: string, place: Substituted): Texts | undefined {
  for (const map of variables.maps) {
    const texts = mapTexts(variables, map, name, place);
    if (texts !== undefined) return texts;
  }
  const outer = variables.outer.get(name);
  if (outer !== undefined) return sharedTexts(variables, outer, place);
  const own = variables.own === undefined ? undefined : mapTexts(variables, variables.own, name, place);
  if (own !== undefined) return own;
  const included = variables.included.get(name);
  return included === undefined ? undefined : sharedTexts(variables, included, place);
}

/** What `variables` give for a name; undefined when it is not among them. */
function mapTexts(variables: Variables, map: YamlMap, name: string, place: Substituted): Texts | undefined {
  const value = valueOf(map, name);
  const detailed = mapOf(value);
  const scalar = scalarOf(detailed === undefined ? value : valueOf(detailed, 'value'));
  const isRaw = detailed !== undefined && textOf(valueOf(detailed, 'expand')) === 'false';
  if (isRaw && scalar?.text.includes('$') === true) return unknown(place, `the variable ${name} is not expanded`);
  if (scalar !== undefined) return scalarTexts(variables, scalar, place).map((pieces) => anchored(pieces, place));
  return value === undefined ? undefined : [[]];
}

/** What a value of another file gives: nothing of it stands in this one. */
function sharedTexts(variables: Variables, { text }: SharedValue, place: Substituted): Texts {
  if (place.depth >= MAX_DEPTH) return unknown(place, 'its variables refer to one another');
  const texts = expandVariables(variables, mapText(text), place.depth + 1);
  const moved = texts.map((pieces) => pieces.map((piece) => ({ text: piece.text, ...unknownOf(piece) })));
  return moved.map((pieces) => anchored(pieces, place));
}

function unknownOf({ unknown: why }: Piece): Pick<Piece, 'unknown'> {
  return why === undefined ? {} : { unknown: why };
}

function inputTexts({ inputs, ...variables }: Variables, name: string, place: Substituted): Texts {
  const input = inputs === undefined ? undefined : mapOf(valueOf(inputs, name));
  const scalar = input === undefined ? undefined : scalarOf(valueOf(input, 'default'));
  if (scalar === undefined) return unknown(place, `the input ${name} has no default`);
  return scalarTexts({ inputs, ...variables }, scalar, place).map((pieces) => anchored(pieces, place));
}

function unknown({ written }: Substituted, why: string): Texts {
  return [[{ text: '', unknown: { written, why, filled: false } }]];
}

function scalarTexts(variables: Variables, scalar: YamlScalar, place: Substituted): Texts {
  const text = referenceText(variables.uses.file, scalar);
  // Every command of the job sees its variables: what else uses one cannot be told.
  variables.uses.record(scalar, undefined, place.at);
  if (!text.text.includes('$')) return [literalPieces(text, scalar.start)];
  if (place.depth >= MAX_DEPTH) return unknown(place, 'its variables refer to one another');
  return expandVariables(variables, text, place.depth + 1).map((pieces) => declaredBy(scalar, pieces));
}

/** The pieces with the place behind their substitution, where something can be added to them. */
function anchored(pieces: readonly Piece[], { anchor }: Substituted): readonly Piece[] {
  return pieces.map((piece, index) => (index === pieces.length - 1 ? Object.assign({}, piece, { anchor }) : piece));
}

/** The variables of `parallel: matrix`: each entry gives one value or a list of them to a name. */
export function matrixOf(file: YamlFile, job: YamlMap): Several {
  const parallel = mapOf(valueOf(job, 'parallel'));
  return collect(file, itemsOf(parallel === undefined ? undefined : valueOf(parallel, 'matrix')));
}

/** The variables of `rules` of a job, of what it extends, and of `workflow`. */
export function ruledBy(file: YamlFile, owners: readonly (YamlMap | undefined)[]): Several {
  const rules = owners.flatMap((owner) => itemsOf(owner === undefined ? undefined : valueOf(owner, 'rules')));
  spend(file, rules.length);
  const maps = rules.map(mapOf).map((rule) => (rule === undefined ? undefined : valueOf(rule, 'variables')));
  return collect(
    file,
    maps.filter((map) => map !== undefined),
  );
}

function collect(file: YamlFile, maps: readonly YamlNode[]): Several {
  const values = new Map<string, YamlScalar[]>();
  for (const map of maps.map(mapOf)) {
    for (const variable of map?.entries ?? []) {
      spend(file);
      const list = values.get(keyOf(variable)) ?? [];
      values.set(keyOf(variable), list);
      for (const node of [variable.value, ...itemsOf(variable.value)]) {
        if (list.length >= MAX_TEXTS) break;
        const scalar = scalarOf(node);
        if (scalar !== undefined) list.push(scalar);
      }
    }
  }
  return values;
}

/** What the pieces give is nothing at all. */
export function isEmpty(pieces: readonly Piece[]): boolean {
  return piecesText(pieces) === '' && pieces.every((piece) => piece.unknown === undefined);
}
