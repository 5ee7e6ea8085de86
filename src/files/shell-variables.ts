import { expandWord, type Budget, type Variables } from './dockerfile-expand.ts';
import { NONE_CONSULTED, textOf, type Expansion } from './expansion.ts';
import { rangeOf, sliceText, type MappedText } from './mapped-text.ts';
import { tooMuch } from './script-images.ts';
import { ANYTHING, type ScriptDeclaration } from './script-uses.ts';
import { isProgram } from './shell-program.ts';
import { readCommands, visitCommands, type Command, type Word } from './shell.ts';

/*
 * Variables of a script: one that is set once, with a text, whatever happens. What is set on a condition, in a function or
 * a loop, twice, by `read`, by a command or an argument may be anything.
 */

/** The variables of a script. */
export interface ShellVariables extends Variables {
  readonly declared: readonly ScriptDeclaration[];
  /** The words that an unquoted variable is split into, when it is known. */
  readonly split: (words: Command) => Command;
}

interface Assignment {
  readonly name: string;
  /** Undefined when it is not known as a text. */
  readonly value: MappedText | undefined;
}

/** What the commands say of the variables' values. */
interface Assigned {
  /** Assignments that are made whatever happens, in their order. */
  readonly certain: Assignment[];
  /** How often each variable is set, or may be. */
  readonly counts: Map<string, number>;
}

/** The variables that a script sets. */
export function shellVariables(source: MappedText, budget: Budget): ShellVariables {
  const { certain, counts } = readAssignments(source);
  // `${NAME:=value}` sets it as well.
  for (const [, name = ''] of source.text.matchAll(/\$\{(\w+):?=/g)) count({ counts }, name, 1);
  const values = new Map<string, Expansion>();
  const texts = new Map<string, MappedText>();
  const declared: ScriptDeclaration[] = [];
  const self: ShellVariables = {
    declared,
    valueOf: (name) => values.get(name) ?? ((counts.get(name) ?? 0) > 1 ? ANYTHING : undefined),
    absence: () => ({ why: '', filled: false }),
    split: newSplitter(texts, budget),
  };
  for (const { name, value } of certain) {
    if (counts.get(name) !== 1) continue;
    const id = declared.length;
    const expanded = value === undefined || value.text === '' ? undefined : expandWord(value, '\\', self, budget, id);
    if (value === undefined || expanded?.failure !== undefined || expanded === undefined) {
      values.set(name, ANYTHING);
      continue;
    }
    declared.push({ name, range: rangeOf(value), value: textOf(expanded.pieces) });
    values.set(name, { pieces: expanded.pieces, consulted: NONE_CONSULTED });
    texts.set(name, value);
  }
  for (const name of counts.keys()) if (!values.has(name)) values.set(name, ANYTHING);
  return self;
}

/** The variables that a script sets, or may set. */
export function assignedNames(source: MappedText): Iterable<string> {
  return readAssignments(source).counts.keys();
}

const OPENING: ReadonlySet<string> = new Set(['if', 'case', 'for', 'while', 'until', 'select', '{']);
const CLOSING: ReadonlySet<string> = new Set(['fi', 'esac', 'done', '}']);
const KEYWORDS: ReadonlySet<string> = new Set('! { if then elif else do while until time'.split(' '));
const DECLARING: ReadonlySet<string> = new Set('export readonly declare typeset local let'.split(' '));
/** Commands that set the variables that they name. */
const SETTING: ReadonlySet<string> = new Set(
  'read for select unset printf mapfile readarray getopts local declare typeset'.split(' '),
);

function readAssignments(source: MappedText): Assigned {
  const assigned: Assigned = { certain: [], counts: new Map() };
  let depth = 0;
  visitCommands(source, ({ words, isNested }) => {
    // Not one of a substitution: those stand in front of the command that they are in.
    let at = 0;
    for (; at < words.length && KEYWORDS.has(plain(words[at])); at++) if (OPENING.has(plain(words[at]))) depth++;
    const first = plain(words[at]);
    if (OPENING.has(first)) depth++;
    if (first === 'function' && words.slice(at + 1).some((word) => plain(word) === '{')) depth++;
    readCommand(assigned, words.slice(at), !isNested && depth === 0);
    if (CLOSING.has(first)) depth = Math.max(0, depth - 1);
  });
  return assigned;
}

function plain(word: Word | undefined): string {
  return word?.text.text ?? '';
}

function count({ counts }: Pick<Assigned, 'counts'>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

/** Notes what one command sets, without the keywords in front of it. What is not certain counts as set twice. */
function readCommand(assigned: Assigned, words: Command, isCertain: boolean): void {
  const first = plain(words[0]);
  const isDeclaring = DECLARING.has(first);
  const rest = isDeclaring ? words.filter((word, index) => index > 0 && !plain(word).startsWith('-')) : words;
  const assignments = rest.map(assignmentOf);
  const other = isDeclaring ? -1 : assignments.indexOf(undefined);
  // Arrays, numbers and names of others; in front of a command they are the command's.
  const isOther = first === 'let' || (isDeclaring && words.some((word) => /^-\w*[aAin]/.test(plain(word))));
  const isSure = isCertain && other < 0 && !isOther;
  for (const one of other < 0 ? assignments : assignments.slice(0, other)) {
    if (one === undefined) continue;
    count(assigned, one.name, isSure ? 1 : 2);
    if (isSure) assigned.certain.push(one);
  }
  if (first === ':' && isCertain) readDefaults(assigned, words);
  const program = isDeclaring ? first : plain(rest[other]);
  if (program !== 'eval' && !SETTING.has(program)) return;
  const names = program === 'eval' ? /[A-Za-z_]\w*/g : /^[A-Za-z_]\w*(?=$|\[)/g;
  for (const word of rest) for (const [name] of plain(word).matchAll(names)) count(assigned, name, 2);
}

/** `NAME=value`; `NAME+=` and `NAME[…]=` set it to what is not known. */
function assignmentOf(word: Word): Assignment | undefined {
  const source = word.variable ?? word.text;
  const match = /^([A-Za-z_]\w*)(\+?=|\[)/.exec(source.text.slice(0, 256));
  if (match === null) return undefined;
  const [written, name = '', operator] = match;
  const isText = word.dynamic ? word.variable !== undefined : !/[$'"\\`]/.test(source.text);
  const isKnown = operator === '=' && isText;
  return { name, value: isKnown ? sliceText(source, written.length) : undefined };
}

/** `: "${NAME:=value}"`. */
function readDefaults(assigned: Assigned, words: Command): void {
  for (const { variable } of words) {
    const match = /^\$\{([A-Za-z_]\w*)(:?)=/.exec(variable?.text.slice(0, 256) ?? '');
    if (match === null || variable === undefined) continue;
    const [, name = '', colon = ''] = match;
    const equals = 2 + name.length + colon.length;
    // Unit for unit what gives the same without setting anything.
    const text = `${variable.text.slice(0, equals)}-${variable.text.slice(equals + 1)}`;
    assigned.certain.push({ name, value: { ...variable, text } });
  }
}

const WHOLE = /^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})$/;

/** The words that known variables outside of quotes stand for, when those are several, or the name of a program. */
function newSplitter(texts: ReadonlyMap<string, MappedText>, budget: Budget): (words: Command) => Command {
  const known = new Map<string, Command | undefined>();
  const wordsOf = (name: string): Command | undefined => {
    const value = texts.get(name);
    if (known.has(name) || value === undefined) return known.get(name);
    const isPlain = value.text.length <= MAX_SPLIT && !/[;|&<>()#\n]/.test(value.text);
    const words = isPlain && (/\s/.test(value.text) || isProgram(value.text)) ? readCommands(value)[0] : undefined;
    known.set(name, words);
    return words;
  };
  return (words) =>
    words.flatMap((word) => {
      if (word.isSplit !== true || word.variable === undefined || word.variable.text.length > 256) return [word];
      const match = WHOLE.exec(word.variable.text);
      const inner = wordsOf(match?.[1] ?? match?.[2] ?? '');
      if (inner === undefined) return [word];
      budget.units -= inner.length + 1;
      if (budget.units < 0) throw tooMuch();
      return inner;
    });
}

/** Longer values are no options. */
const MAX_SPLIT = 4096;
