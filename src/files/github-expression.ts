import { literalPieces, textOf as piecesText, type Piece } from './expansion.ts';
import type { Combination } from './github-matrix.ts';
import { readExpression, type Expression } from './github-syntax.ts';
import { placeOf, rangeOf, sliceText, type MappedText } from './mapped-text.ts';
import { mapOf, resolveAlias, scalarOf, valueOf } from './yaml-lookup.ts';
import { referenceText } from './yaml-site.ts';
import { declaredBy, type VariableUses } from './yaml-variables.ts';
import { spend, type YamlMap, type YamlNode } from './yaml.ts';

/** What expressions at one place of a workflow may look at. */
export interface Scope {
  readonly uses: VariableUses;
  readonly combination: Combination;
  /** Whether the matrix has values that only a run knows. */
  readonly computedMatrix: boolean;
  /** `env` of the step, of the job and of the workflow. */
  readonly environments: readonly YamlMap[];
  /** `inputs` of the workflow or action, with their defaults. */
  readonly inputs: readonly YamlMap[];
}

/** The texts that a place may have; none when it is the output of a step, which is not looked at. */
type Texts = readonly (readonly Piece[])[];

/** What an expression may give. */
interface Value {
  readonly texts: Texts;
  /** Whether it may be empty as well, so that what follows `||` is used. */
  readonly maybeEmpty: boolean;
  /** Why it is not known from the file. */
  readonly unknown?: string;
  /** Whether it is the output of a step or a job. */
  readonly isOutput: boolean;
  /** Whether it is one variable, which has one value. */
  readonly isSingle?: boolean;
}

/** Values that refer to values that refer to values … */
const MAX_DEPTH = 8;
const MAX_TEXTS = 64;

/** More pieces give no reference that anyone means. */
const MAX_PIECES = 64;

/** Longer texts are no references, which have at most 1,024 characters. */
const MAX_UNITS = 4096;

/** The texts that a scalar's text gives with its expressions put in. */
export function expandExpressions(scope: Scope, source: MappedText, depth = 0): Texts {
  if (source.text.length > MAX_UNITS) {
    return tooLong(source);
  }
  let texts: (readonly Piece[])[] = [[]];
  let run = 0;
  const add = (values: Texts) => {
    texts = texts.flatMap((text) => values.map((value) => [...text, ...value])).slice(0, MAX_TEXTS);
  };
  for (let at = source.text.indexOf('${{'); at >= 0; at = source.text.indexOf('${{', run)) {
    const close = endOfExpression(source.text, at + 3);
    add([literalPieces(sliceText(source, run, at))]);
    spend(scope.uses.file, 2 + (close < 0 ? 0 : (close - at) >> 5));
    if (texts.some((pieces) => pieces.length > MAX_PIECES)) return tooLong(source);
    if (close < 0) {
      const written = source.text.slice(at);
      add([[{ text: '', unknown: { written, why: 'the expression is not closed', filled: false } }]]);
      return texts;
    }
    run = close + 2;
    const value = evaluateText(scope, source, at + 3, close, depth);
    if (value.isOutput && value.texts.length === 0) return [];
    const written = source.text.slice(at, run);
    const { unknown, isSingle } = value;
    const anchor = placeOf(source, close + 1) + 1;
    if (isSingle === true && unknown === undefined) add(value.texts.map((pieces) => anchoredAt(anchor, pieces)));
    else if (unknown === undefined || value.texts.length > 0) add(value.texts);
    else add([[{ text: '', unknown: { written, why: unknown, filled: false } }]]);
  }
  add([literalPieces(sliceText(source, run))]);
  return texts;
}

/** Where the `}}` begins that closes an expression; -1 when none does. One in quotes closes nothing. */
function endOfExpression(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "'") quoted = !quoted;
    else if (!quoted && text.startsWith('}}', at)) return at;
  }
  return -1;
}

/** The same for a text that is no image: it does not count as a use of the variables by one. */
export function expandApart(scope: Scope, source: MappedText): Texts {
  return expandExpressions({ ...scope, uses: scope.uses.apart() }, source);
}

function tooLong(source: MappedText): Texts {
  return [[{ text: '', unknown: { written: source.text.slice(0, 64), why: 'it is too long', filled: true } }]];
}

/** The pieces with the place behind their substitution, where something can be added to them. */
function anchoredAt(anchor: number, pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map((piece, index) => (index === pieces.length - 1 ? Object.assign({}, piece, { anchor }) : piece));
}

function evaluateText(scope: Scope, source: MappedText, from: number, to: number, depth: number): Value {
  const expression = readExpression(source.text, from, to);
  if (expression === undefined || depth > MAX_DEPTH) return unknownValue('the expression cannot be read');
  return evaluate({ scope, source, depth, at: rangeOf(sliceText(source, from, to)).start }, expression);
}

interface Evaluation {
  readonly scope: Scope;
  readonly source: MappedText;
  readonly depth: number;
  /** Where the expression stands in the file: what tells uses of a variable apart. */
  readonly at: number;
}

function unknownValue(why: string, isOutput = false): Value {
  return { texts: [], maybeEmpty: true, unknown: why, isOutput };
}

function evaluate(evaluation: Evaluation, expression: Expression): Value {
  spend(evaluation.scope.uses.file);
  if (expression.kind === 'literal') return literalValue(evaluation, expression);
  if (expression.kind === 'path') return pathValue(evaluation, expression.path);
  if (expression.kind === 'other') return unknownValue(`it is computed by ${expression.what}`);
  const values = expression.operands.map((operand) => evaluate(evaluation, operand));
  if (expression.kind === 'call') return callValue(evaluation, expression, values);
  if (expression.kind === 'or') return alternativeValue(values);
  const last = values.at(-1) ?? emptyValue;
  return values.slice(0, -1).every((value) => !value.maybeEmpty) ? last : { ...last, maybeEmpty: true };
}

/** `format('{0}:{1}', …)` with its values put in; every other function is computed when the workflow runs. */
function callValue(
  { scope, source }: Evaluation,
  { name, operands }: Extract<Expression, { kind: 'call' }>,
  values: readonly Value[],
): Value {
  const [pattern] = operands;
  const failed = values.find((value) => value.unknown !== undefined || value.texts.length === 0);
  if (name.toLowerCase() !== 'format' || pattern?.kind !== 'literal' || failed !== undefined) {
    return unknownValue(`it is computed by ${name}()`, failed?.isOutput === true);
  }
  const written = sliceText(source, pattern.from, pattern.to);
  let texts: Texts = [[]];
  let run = 0;
  const add = (more: Texts) => {
    spend(scope.uses.file, texts.length);
    texts = texts.flatMap((text) => more.map((value) => [...text, ...value].slice(0, MAX_PIECES))).slice(0, MAX_TEXTS);
  };
  for (const match of written.text.matchAll(/\{\{|\}\}|''|\{(\d{1,3})\}/g)) {
    const [part, number] = match;
    add([literalPieces(sliceText(written, run, match.index))]);
    run = match.index + part.length;
    if (number === undefined) add([literalPieces(sliceText(written, run - 1, run))]);
    else add(values[Number(number) + 1]?.texts ?? [[]]);
  }
  add([literalPieces(sliceText(written, run))]);
  return { texts, maybeEmpty: false, isOutput: false };
}

/** Each operand up to the first that is certainly not empty. */
function alternativeValue(values: readonly Value[]): Value {
  const used = values.slice(0, values.findIndex((value) => !value.maybeEmpty) + 1 || values.length);
  const texts = used.flatMap((value) => value.texts.filter((text) => piecesText(text) !== '')).slice(0, MAX_TEXTS);
  const first = used.find((value) => value.unknown !== undefined)?.unknown;
  return {
    texts,
    maybeEmpty: used.every((value) => value.maybeEmpty),
    ...(first === undefined ? {} : { unknown: first }),
    isOutput: used.some((value) => value.isOutput),
  };
}

function literalValue({ source }: Evaluation, { text, from, to }: Extract<Expression, { kind: 'literal' }>): Value {
  const written = sliceText(source, from, to);
  const pieces = written.text === text ? literalPieces(written) : [{ text }];
  return { texts: [pieces], maybeEmpty: text === '', isOutput: false };
}

function pathValue(evaluation: Evaluation, path: readonly string[]): Value {
  const { scope } = evaluation;
  const [context = '', name = '', ...rest] = path;
  const written = path.join('.');
  switch (context.toLowerCase()) {
    case 'matrix': {
      if (scope.combination.has(name)) return nodeValue(evaluation, below(scope.combination.get(name), rest), written);
      return scope.computedMatrix ? unknownValue(`${written} is computed when the workflow runs`) : emptyValue;
    }
    case 'env': {
      const map = scope.environments.find((environment) => valueOf(environment, name) !== undefined);
      if (map === undefined) return unknownValue(`${written} is not set in the file`);
      return { ...nodeValue(evaluation, valueOf(map, name), written), isSingle: true };
    }
    case 'inputs':
      return inputValue(evaluation, name);
    case 'github':
      if (name === 'event' && rest[0] === 'inputs') return inputValue(evaluation, rest[1] ?? '');
      return unknownValue(`${written} is known when the workflow runs`);
    case 'steps':
    case 'needs':
    case 'jobs':
      return unknownValue(`${written} is an output`, true);
    default:
      return unknownValue(`${written} is known when the workflow runs`);
  }
}

const emptyValue: Value = { texts: [[]], maybeEmpty: true, isOutput: false };

/** The default of an input; a caller may give another, but who reads the file sees this one. */
function inputValue(evaluation: Evaluation, name: string): Value {
  for (const inputs of evaluation.scope.inputs) {
    const input = mapOf(valueOf(inputs, name));
    const value = input === undefined ? undefined : valueOf(input, 'default');
    if (scalarOf(value) !== undefined) {
      return { ...nodeValue(evaluation, value, `inputs.${name}`), isSingle: true };
    }
  }
  return unknownValue(`the input ${name} has no default`);
}

function below(node: YamlNode | undefined, path: readonly string[]): YamlNode | undefined {
  let target = node;
  for (const key of path) {
    const map = mapOf(target);
    target = map === undefined ? undefined : valueOf(map, key);
  }
  return target;
}

function nodeValue({ scope, depth, at }: Evaluation, node: YamlNode | undefined, written: string): Value {
  const target = resolveAlias(node);
  if (target !== undefined && target.kind !== 'scalar') return unknownValue(`${written} is no text`);
  const scalar = scalarOf(target);
  if (scalar === undefined || scalar.text.trim() === '') return emptyValue;
  const text = referenceText(scope.uses.file, scalar);
  // Every command of the job sees its environment: what else uses a variable of it cannot be told.
  const name = written.toLowerCase();
  scope.uses.record(scalar, name.startsWith('env.') ? undefined : name, at);
  if (!text.text.includes('${{')) {
    return { texts: [literalPieces(text, scalar.start)], maybeEmpty: false, isOutput: false };
  }
  if (depth > MAX_DEPTH) return unknownValue(`${written} refers to itself`);
  const texts = expandExpressions(scope, text, depth + 1).map((pieces) => declaredBy(scalar, pieces));
  return { texts, maybeEmpty: false, isOutput: texts.length === 0 };
}
