import { escapeTokenOf, findSyntax } from './dockerfile-directives.ts';
import { readInstruction, scanInstructions, type Instruction } from './dockerfile-lines.ts';
import { mountSource } from './dockerfile-mount.ts';
import { expandWord, newBudget, type Budget, type WordExpansion } from './dockerfile-expand.ts';
import { newStages, type Stages } from './dockerfile-stages.ts';
import { newArguments, type Arguments } from './dockerfile-variables.ts';
import { splitAtBlanks, splitQuotedWords, type EscapeToken } from './dockerfile-words.ts';
import { literalPieces, textOf, type Expansion, type Piece } from './expansion.ts';
import {
  distinctReferences,
  EMPTY_IMAGE,
  forPlatform,
  locateReference,
  NO_DECLARATIONS,
  unresolvedReference,
  type Declarations,
  type FoundReference,
} from './found-reference.ts';
import { mapText, piecesOf, rangeOf, sliceText, type MappedText } from './mapped-text.ts';
import type { Range } from './site.ts';

/** What ONBUILD may do that names images or uses variables; a stage of the same file may build on it. */
const ON_BUILD: ReadonlySet<string> = new Set(['arg', 'copy', 'run']);

/** An image that FROM names with defaults, before it is known which of them may be rewritten. */
interface Base {
  readonly word: MappedText;
  readonly pieces: readonly Piece[];
  readonly platform: string | undefined;
}

/** A `from` of COPY or RUN --mount, before all stages are known. */
interface Source {
  readonly word: MappedText;
  readonly where: 'COPY --from' | 'RUN --mount=from';
}

/** What is collected while the instructions are read. */
interface Reading {
  readonly escape: EscapeToken;
  readonly budget: Budget;
  readonly variables: Arguments;
  readonly stages: Stages;
  readonly uses: Uses;
  readonly found: FoundReference[];
  readonly bases: Base[];
  readonly sources: Source[];
  inStage: boolean;
}

/**
 * The references in the text of a Dockerfile, which may stand inside of another file (Compose's `dockerfile_inline`);
 * ranges are those of the file. In the order in which they stand, one for each place and text.
 */
export function dockerfileReferences(input: string | MappedText): readonly FoundReference[] {
  const source = typeof input === 'string' ? mapText(input) : input;
  const escape = escapeTokenOf(source.text);
  const budget = newBudget();
  const reading: Reading = {
    escape,
    budget,
    variables: newArguments(escape, budget),
    stages: newStages(budget.steps),
    uses: newUses(),
    found: [],
    bases: [],
    sources: [],
    inStage: false,
  };
  const syntax = findSyntax(source);
  if (syntax !== undefined && syntax.text !== '') {
    reading.found.push(locateReference(literalPieces(syntax), rangeOf(syntax), NO_DECLARATIONS));
  }
  for (const instruction of scanInstructions(source, escape)) readOne(reading, instruction);
  for (const { word, pieces, platform } of reading.bases) {
    reading.found.push(forPlatform(locateReference(pieces, shownRange(word), declarationsOf(reading)), platform));
  }
  for (const use of reading.sources) readSource(reading, use);
  return distinctReferences(reading.found);
}

function readOne(reading: Reading, instruction: Instruction): void {
  switch (instruction.keyword) {
    case 'from':
      reading.inStage = true;
      return readFrom(reading, instruction);
    case 'arg':
      if (!reading.inStage) return reading.variables.declare(instruction.rest);
      return readArgumentInStage(reading, instruction);
    case 'copy':
      return collectFlags(instruction, '--from=', (value) =>
        reading.sources.push({ word: value, where: 'COPY --from' }),
      );
    case 'run':
      return collectFlags(instruction, '--mount=', (value) => {
        const word = mountSource(value);
        if (word !== undefined) reading.sources.push({ word, where: 'RUN --mount=from' });
      });
    case 'onbuild': {
      const inner = readInstruction(instruction.rest, reading.escape);
      return reading.inStage && ON_BUILD.has(inner.keyword) ? readOne(reading, inner) : undefined;
    }
    default:
      return undefined;
  }
}

function collectFlags({ flags }: Instruction, name: string, collect: (value: MappedText) => unknown): void {
  for (const flag of flags) if (flag.text.startsWith(name)) collect(sliceText(flag, name.length));
}

const PLATFORM = '--platform=';

/** `FROM [--platform=…] base [AS name]` */
function readFrom(reading: Reading, { flags, rest }: Instruction): void {
  const { stages, uses } = reading;
  let platform: string | undefined;
  for (const flag of flags) {
    const expansion = expand(reading, flag);
    uses.add(expansion.consulted, undefined);
    if (flag.text.startsWith(PLATFORM)) platform = knownText(expansion)?.slice(PLATFORM.length);
  }
  const [word, as, name] = splitAtBlanks(rest, 3);
  if (word === undefined) return;
  readBase(reading, word, platform);
  if (as?.text.toLowerCase() === 'as' && name !== undefined) stages.add(name.text);
}

function knownText(expansion: WordExpansion): string | undefined {
  if (expansion.failure !== undefined) return undefined;
  return expansion.pieces.every(({ unknown }) => unknown === undefined) ? textOf(expansion.pieces) : undefined;
}

function readBase(reading: Reading, word: MappedText, platform: string | undefined): void {
  const { stages, uses } = reading;
  const expansion = expand(reading, word);
  if (expansion.failure !== undefined) {
    reading.found.push(unresolvedReference(shortened(word.text), shownRange(word), expansion.failure));
    return;
  }
  const { pieces, consulted } = expansion;
  const text = textOf(pieces);
  const known = pieces.every(({ unknown }) => unknown === undefined);
  const isStage = (known && (text === EMPTY_IMAGE || stages.has(text))) || stages.matches(pieces);
  uses.add(consulted, known && !isStage ? pieces : undefined);
  if (isStage) return;
  if (known && text === '') {
    reading.found.push(unresolvedReference(word.text, shownRange(word), 'its variables give nothing'));
  } else if (pieces.every(({ declaration }) => declaration === undefined)) {
    reading.found.push(forPlatform(locateReference(pieces, shownRange(word), NO_DECLARATIONS), platform));
  } else reading.bases.push({ word, pieces, platform });
}

function expand(reading: Reading, word: MappedText): WordExpansion {
  return expandWord(word, reading.escape, reading.variables, reading.budget);
}

/**
 * The word; its last line, where a fix goes, when it is continued over several. A continued line begins two units or
 * more behind what it continues, what stands behind a dropped quote or escape token one.
 */
function shownRange(word: MappedText): Range {
  const { end } = rangeOf(word);
  let start = end;
  for (const piece of piecesOf(word).toReversed()) {
    if (piece.start + piece.text.length + 1 < start) break;
    ({ start } = piece);
  }
  return { start, end };
}

/** `ARG NAME` in a stage makes the default of the ARG before FROM a variable of commands. */
function readArgumentInStage(reading: Reading, { rest }: Instruction): void {
  for (const word of splitQuotedWords(rest, reading.escape)) {
    const value = reading.variables.valueOf(word.text);
    if (value !== undefined) reading.uses.expose(value.consulted);
  }
}

/** BuildKit takes these as they are written: a stage, the index of a stage (COPY only), or an image. */
function readSource(reading: Reading, { word, where }: Source): void {
  const { text } = word;
  if (text === '' || text === EMPTY_IMAGE || reading.stages.has(text)) return;
  if (where === 'COPY --from' && /^[-+]?\d+$/.test(text)) return;
  const range = shownRange(word);
  if (usesVariables(reading, word, where)) {
    const why = `BuildKit does not expand variables in ${where}: name a stage whose FROM uses the variable`;
    reading.found.push(unresolvedReference(shortened(text), range, why));
  } else reading.found.push(locateReference(literalPieces(word), range, NO_DECLARATIONS));
}

function usesVariables(reading: Reading, word: MappedText, where: Source['where']): boolean {
  const dollar = word.text.indexOf('$');
  if (where === 'RUN --mount=from') return dollar >= 0 && dollar < word.text.length - 1;
  const unset = { valueOf: () => undefined, absence: () => ({ why: '', filled: false }) };
  const expansion = expandWord(word, reading.escape, unset, reading.budget);
  if (expansion.failure !== undefined) return true;
  return expansion.pieces.some(({ unknown }) => unknown !== undefined) || textOf(expansion.pieces) !== word.text;
}

/** Text of a stranger that is shown as it is written. */
function shortened(text: string): string {
  return text.length > 1024 ? `${text.slice(0, 1024)}…` : text;
}

/** What each default before the first FROM is used for. */
interface Uses {
  /** A word looked at these declarations; `pieces` when it is a reference. */
  readonly add: (consulted: Expansion['consulted'], pieces: readonly Piece[] | undefined) => void;
  readonly expose: (consulted: Expansion['consulted']) => void;
  readonly belongsTo: Declarations['belongsTo'];
  readonly isExposed: Declarations['isExposed'];
}

function newUses(): Uses {
  /** The one reference that uses a declaration, and where its last piece stands; '' for several. */
  const users = new Map<number, string>();
  const exposed = new Set<number>();
  let everything = false;
  return {
    add: (consulted, pieces) => {
      if (consulted === 'many') everything = true;
      else {
        const user = pieces === undefined ? '' : textOf(pieces);
        for (const declaration of consulted) {
          const other = users.get(declaration);
          users.set(declaration, other === undefined || other === user ? user : '');
        }
      }
    },
    expose: (consulted) => {
      if (consulted === 'many') everything = true;
      else for (const declaration of consulted) exposed.add(declaration);
    },
    belongsTo: (declaration, reference) => !everything && users.get(declaration) === reference,
    isExposed: (declaration) => everything || exposed.has(declaration),
  };
}

function declarationsOf({ uses, variables }: Reading): Declarations {
  return {
    belongsTo: uses.belongsTo,
    isExposed: (declaration) => uses.isExposed(declaration) || variables.isOfPlatform(declaration),
    defaultOf: variables.defaultOf,
  };
}
