import { LIMITS } from '../core/limits.ts';
import type { Body, Expression, TemplatePart } from './bake-syntax.ts';
import { consultedBoth, textOf, writtenOf, type Expansion, type Piece } from './expansion.ts';
import { type Declarations } from './found-reference.ts';
import type { Range } from './site.ts';

/** Longest text that a template may give: references have at most 1,024 characters, an inline Dockerfile more. */
const MAX_UNITS = 64 * 1024;

/** UTF-16 units that substitutions may give in one file. */
const MAX_TOTAL = LIMITS.scannedFileBytes / 2;

/** A piece is as much work as so many units. */
const PIECE_UNITS = 16;

interface Variable {
  readonly id: number;
  readonly expression: Expression | undefined;
  expansion?: Expansion;
  /** Units that each use of it counts for. */
  cost: number;
  busy: boolean;
}

/** Variables by their names, attributes of objects with their paths among them. */
type Variables = ReadonlyMap<string, Variable>;

/** What the variables of a bake file give: their defaults, as nothing else is known. */
export interface Values {
  /** A string or a variable; undefined when bake computes the value. `own` has the variables of one target. */
  readonly expand: (expression: Expression, own: Variables) => Expansion | undefined;
  /** The variables that a target's `matrix` gives to each of the targets that are made of it; none once without one. */
  readonly targetsOf: (target: Body) => readonly Variables[];
  readonly declarations: Declarations;
}

/** More targets of one block are not told apart. */
const MAX_TARGETS = 64;

/** The variables of a file: `variable` blocks, and attributes outside of blocks. */
export function newValues(body: Body, mentions: ReadonlyMap<string, number>): Values {
  const variables = new Map<string, Variable>();
  const byId: { readonly name: string; readonly variable: Variable }[] = [];
  const add = (name: string, expression: Expression | undefined, into: Map<string, Variable>): void => {
    const variable: Variable = { id: byId.length, expression, cost: 0, busy: false };
    into.set(name, variable);
    byId.push({ name, variable });
    if (expression?.kind !== 'object') return;
    for (const { key, value } of expression.entries) if (key !== undefined) add(`${name}.${key}`, value, into);
  };
  for (const { key, value } of body.attributes) if (key !== undefined) add(key, value, variables);
  for (const { type, labels, body: inner } of body.blocks) {
    if (type !== 'variable' || labels[0] === undefined) continue;
    add(labels[0], inner.attributes.findLast(({ key }) => key === 'default')?.value, variables);
  }
  const state: State = { variables, own: new Map(), budget: { left: MAX_TOTAL }, depth: 0 };
  return {
    expand: (expression, own) => expandExpression({ ...state, own }, expression),
    targetsOf: (target) => targetsOf(target, add),
    declarations: {
      belongsTo: (id) => mentions.get(byId[id]?.name ?? '') === 1,
      isExposed: () => false,
      defaultOf: (id) => defaultOf(byId[id]?.variable),
    },
  };
}

type AddVariable = (name: string, expression: Expression, into: Map<string, Variable>) => void;

/** The product of the lists of `matrix` (docs.docker.com/build/bake/reference, `target.matrix`). */
function targetsOf(target: Body, add: AddVariable): readonly Variables[] {
  const matrix = target.attributes.findLast(({ key }) => key === 'matrix')?.value;
  let targets: readonly Variables[] = [new Map<string, Variable>()];
  for (const { key, value } of matrix?.kind === 'object' ? matrix.entries : []) {
    if (key === undefined || value.kind !== 'list') continue;
    const choices = value.items.slice(0, MAX_TARGETS).map((item) => {
      const own = new Map<string, Variable>();
      add(key, item, own);
      return own;
    });
    targets = targets.flatMap((one) => choices.map((own) => new Map([...one, ...own]))).slice(0, MAX_TARGETS);
  }
  return targets;
}

function defaultOf(variable: Variable | undefined): { readonly range: Range; readonly value: string } | undefined {
  if (variable?.expression?.kind !== 'template' || variable.expansion === undefined) return undefined;
  return { range: variable.expression.range, value: textOf(variable.expansion.pieces) };
}

interface State {
  readonly variables: Variables;
  readonly own: Variables;
  readonly budget: { left: number };
  depth: number;
}

function expandExpression(state: State, expression: Expression, declaration?: number): Expansion | undefined {
  if (expression.kind === 'variable') {
    const value = valueOf(state, expression.name, expression.name);
    // Nothing can be written behind a name that stands by itself.
    return { ...value, pieces: value.pieces.map(({ anchor: _anchor, ...piece }) => piece) };
  }
  if (expression.kind !== 'template') return undefined;
  const pieces: Piece[] = [];
  let consulted: Expansion['consulted'] = new Set();
  for (const part of expression.parts) {
    const expanded = expandPart(state, part, declaration);
    consulted = consultedBoth(consulted, expanded.consulted);
    pieces.push(...expanded.pieces);
  }
  if (writtenOf(pieces).length <= MAX_UNITS) return { pieces, consulted };
  return unknown('…', `its variables give more than ${MAX_UNITS} characters`);
}

function expandPart(state: State, part: TemplatePart, declaration: number | undefined): Expansion {
  if (part.kind === 'text') {
    const mark = declaration === undefined ? {} : { declaration };
    return { pieces: part.pieces.map(({ text, start }) => Object.assign({ text, start }, mark)), consulted: new Set() };
  }
  const { value, written, end } = part;
  if (value.kind !== 'variable') return anchored(unknown(written, `bake computes ${written}`), end);
  return anchored(valueOf(state, value.name, written), end);
}

function anchored({ pieces, consulted }: Expansion, anchor: number): Expansion {
  return { pieces: pieces.map((piece) => Object.assign({}, piece, { anchor })), consulted };
}

function unknown(written: string, why: string): Expansion {
  return { pieces: [{ text: '', unknown: { written, why, filled: true } }], consulted: new Set() };
}

function valueOf(state: State, name: string, written: string): Expansion {
  const variable = state.own.get(name) ?? state.variables.get(name);
  if (variable === undefined) return unknown(written, `no variable block of this file declares ${name}`);
  if (variable.expression === undefined) return unknown(written, `variable ${name} has no default`);
  if (variable.expansion === undefined) {
    if (variable.busy || state.depth >= LIMITS.depth) return unknown(written, `variable ${name} refers to itself`);
    variable.busy = true;
    state.depth++;
    const expanded = expandExpression(state, variable.expression, variable.id);
    state.depth--;
    variable.busy = false;
    const consulted = consultedBoth(new Set([variable.id]), expanded?.consulted ?? new Set());
    const pieces = expanded?.pieces ?? unknown(written, `bake computes variable ${name}`).pieces;
    variable.expansion = { pieces, consulted };
    variable.cost = writtenOf(pieces).length + PIECE_UNITS * pieces.length;
  }
  state.budget.left -= variable.cost;
  if (state.budget.left < 0) return unknown(written, 'the variables of this file give too much text');
  return variable.expansion;
}
