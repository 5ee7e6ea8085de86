import { expandWord, type Budget, type Variables } from './dockerfile-expand.ts';
import { NONE_CONSULTED, textOf, type Expansion } from './expansion.ts';
import { referenceEnd, type MakeAssignment, type MakeFile } from './make-lines.ts';
import { joinPieces, piecesOf, placeOf, rangeOf, sliceText, type MappedPiece, type MappedText } from './mapped-text.ts';
import { tooMuch } from './script-images.ts';
import { ANYTHING, type ScriptDeclaration } from './script-uses.ts';
import { isProgram } from './shell-program.ts';

/*
 * Variables of a Makefile, put in as make does it before a shell reads a line. Those that are set once, to a text, whatever
 * happens, are known. The others become variables of a shell that nothing is known of, and so do known ones that are one
 * word: what they give is looked up only for the words of images, which then know where they come from.
 */

/** In front of the names of make's variables, as which no variable of a shell is named. */
const KNOWN = 'make__';
const UNKNOWN = 'unknown__';

/** Values that are made of more levels of others are not known. */
const MAX_DEPTH = 16;

/** The variables of a Makefile. */
export interface MakeVariables extends Variables {
  readonly declared: readonly ScriptDeclaration[];
  /** The text as a shell gets it, and scripts that `$(shell …)` in it runs. */
  readonly convert: (source: MappedText) => { readonly text: MappedText; readonly scripts: readonly MappedText[] };
}

interface Known extends MakeAssignment {
  readonly index: number;
}

interface State {
  readonly known: ReadonlyMap<string, Known>;
  readonly budget: Budget;
  readonly scripts: MappedText[];
  readonly open: Set<string>;
}

/** The variables that a Makefile sets. */
export function makeVariables(file: MakeFile, budget: Budget): MakeVariables {
  const known = knownOf(file);
  const declared: ScriptDeclaration[] = [];
  const values = new Map<string, Expansion | undefined>();
  const lookUp = (name: string, user: Known | undefined, depth: number): Expansion | undefined => {
    const one = known.get(name);
    // What is put in at once does not see what is set behind it.
    if (one === undefined || depth > MAX_DEPTH || (user !== undefined && !isVisible(one, user))) return undefined;
    if (values.has(name)) return values.get(name);
    values.set(name, undefined);
    const id = declared.length;
    declared.push({ name, range: rangeOf(one.value), value: '' });
    const state: State = { known, budget, scripts: [], open: new Set([name]) };
    const variables: Variables = {
      valueOf: (inner) => (inner.startsWith(KNOWN) ? lookUp(inner.slice(KNOWN.length), one, depth + 1) : undefined),
      absence,
    };
    const expanded = expandWord(convert(state, one.value, 0), '\\', variables, budget, id);
    if (budget.units < 0) throw tooMuch();
    if (expanded.failure !== undefined) return undefined;
    declared[id] = { name, range: rangeOf(one.value), value: textOf(expanded.pieces) };
    const value = { pieces: expanded.pieces, consulted: NONE_CONSULTED };
    values.set(name, value);
    return value;
  };
  return {
    declared,
    valueOf: (name) =>
      (name.startsWith(KNOWN) ? lookUp(name.slice(KNOWN.length), undefined, 0) : undefined) ?? ANYTHING,
    absence,
    convert: (source) => {
      const state: State = { known, budget, scripts: [], open: new Set() };
      return { text: convert(state, source, 0), scripts: state.scripts };
    },
  };
}

const absence: Variables['absence'] = () => ({ why: '', filled: true });

function isVisible(one: Known, user: Known): boolean {
  return !user.operator.startsWith(':') || one.index < user.index;
}

/** Those that are set once, without a condition, to a text. */
function knownOf({ assignments, others, recipes }: MakeFile): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  const unknown = new Set<string>();
  for (const text of [...others, ...recipes, ...assignments.map(({ value }) => value)]) {
    if (!text.text.includes('eval')) continue;
    // `$(eval NAME := …)`
    for (const [, name = ''] of text.text.matchAll(/[({]eval\s+(?:export\s+|override\s+)?([\w.-]+)/g))
      unknown.add(name);
  }
  for (const [index, one] of assignments.entries()) {
    const isText = /^(?::{0,3}|\?)=$/.test(one.operator) && !one.isConditional && one.value.text.trim() !== '';
    if (!isText || known.has(one.name)) unknown.add(one.name);
    else known.set(one.name, { ...one, index });
  }
  for (const name of unknown) known.delete(name);
  return known;
}

/** The text as a shell gets it. @throws UserError `limit` when variables give too much. */
function convert(state: State, source: MappedText, depth: number): MappedText {
  const { text } = source;
  if (!text.includes('$')) return source;
  const pieces: MappedPiece[] = [];
  const add = (more: readonly MappedPiece[]) => {
    for (const piece of more) pieces.push(piece);
  };
  let run = 0;
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', run)) {
    add(piecesOf(sliceText(source, run, at)));
    const open = text[at + 1] ?? '';
    const isOpen = open === '(' || open === '{';
    run = Math.min(text.length, isOpen ? referenceEnd(text, at) + 1 : at + 2);
    if (open === '$') add(piecesOf(sliceText(source, at + 1, run)));
    else {
      const inner = isOpen ? sliceText(source, at + 2, run - 1) : sliceText(source, at + 1, run);
      add(convertReference(state, inner, { start: placeOf(source, at), end: placeOf(source, run - 1) }, depth));
    }
  }
  add(piecesOf(sliceText(source, run)));
  return joinPieces(pieces);
}

/** What `$(inner)` gives, that begins and ends at these places. */
function convertReference(
  state: State,
  inner: MappedText,
  place: { readonly start: number; readonly end: number },
  depth: number,
): readonly MappedPiece[] {
  const { text } = inner;
  const shell = /^shell\s/.test(text);
  if (shell && depth <= MAX_DEPTH) state.scripts.push(convert(state, sliceText(inner, 'shell'.length), depth + 1));
  const [, call] = /^call\s+([\w.-]+)/.exec(text) ?? [];
  const name = call ?? text;
  const known = state.known.get(name);
  if (known !== undefined && depth <= MAX_DEPTH && !state.open.has(name) && isPutIn(known.value.text)) {
    state.budget.units -= known.value.text.length + 1;
    if (state.budget.units < 0) throw tooMuch();
    state.open.add(name);
    const value = convert(state, known.value, depth + 1);
    state.open.delete(name);
    return piecesOf(value);
  }
  const isPlain = known !== undefined && call === undefined && /^\w+$/.test(name);
  const written = isPlain ? KNOWN + name : UNKNOWN + text.slice(0, 64).replaceAll(/\W/g, '_');
  return [
    { text: `\${${written}`, start: place.start },
    { text: '}', start: place.end },
  ];
}

/** Whether a value is more than one word, or a command. */
function isPutIn(value: string): boolean {
  return /\s/.test(value) || isProgram(value);
}
