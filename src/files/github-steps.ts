import type { Piece } from './expansion.ts';
import { asBuildCache, type FoundReference } from './found-reference.ts';
import { expandExpressions, type Scope } from './github-expression.ts';
import { imageInputsOf, type InputShape } from './github-inputs.ts';
import { rangeOf, sliceText, type MappedText } from './mapped-text.ts';
import type { Range, SiteTrait } from './site.ts';
import { fieldOf, imagesOf, sameImage } from './shell-docker.ts';
import { readCommands } from './shell.ts';
import { itemsOf, keyOf, mapOf, mapsIn, scalarOf, textOf, valueOf } from './yaml-lookup.ts';
import { literalReference, misreadTraits, overlongScalar, referenceText } from './yaml-site.ts';
import type { VariableUses } from './yaml-variables.ts';
import { readYaml, spend, type YamlMap, type YamlNode, type YamlScalar } from './yaml.ts';

/** What a place holds: an image that is pulled, one that the file may have built itself, a cache. */
type Purpose = 'pulled' | 'maybe-own' | 'cache';

/** A reference that expressions give, before it is known which variables may be rewritten. */
interface Candidate {
  readonly pieces: readonly Piece[];
  readonly word: Range;
  readonly purpose: Purpose;
}

/** What is collected while a workflow or an action is read. */
export interface Reading {
  readonly uses: VariableUses;
  readonly candidates: Candidate[];
  readonly found: { readonly reference: FoundReference; readonly purpose: Purpose }[];
  /** Names that commands and inputs give to images of the file's own. */
  readonly own: Set<string>;
}

/** A reading of nothing yet. */
export function newReading(uses: VariableUses): Reading {
  return { uses, candidates: [], found: [], own: new Set() };
}

/** What the file's references are, once it is read to its end: those of images of its own are none. */
export function finishReading({ uses, candidates, found, own }: Reading): readonly FoundReference[] {
  for (const { pieces } of candidates) uses.recordReference(pieces);
  const located = candidates.map(({ pieces, word, purpose }) => ({
    reference: uses.locate(pieces, word),
    purpose,
  }));
  return [...found, ...located]
    .filter(({ reference, purpose }) => purpose === 'pulled' || !own.has(sameImage(reference.reference)))
    .map(({ reference, purpose }) => (purpose === 'cache' ? asBuildCache(reference) : reference));
}

/** Notes a reference that stands in the file as it is. */
export function addLiteral(
  { found }: Reading,
  text: MappedText,
  purpose: Purpose,
  traits: readonly SiteTrait[] = [],
): void {
  for (const reference of literalReference(text, traits)) found.push({ reference, purpose });
}

/** Reads a scalar that holds a reference as a whole. */
export function readReference(reading: Reading, scopes: readonly Scope[], node: YamlNode | undefined): void {
  spend(reading.uses.file);
  const scalar = scalarOf(node);
  if (scalar === undefined || isOverlong(reading, scalar)) return;
  const text = referenceText(reading.uses.file, scalar);
  if (text.text.includes('${{')) readExpressions(reading, scopes, text, 'pulled');
  else addLiteral(reading, text, 'pulled', misreadTraits(scalar));
}

/** Whether a scalar is too long to be a reference, which is noted. */
function isOverlong({ uses, found }: Reading, scalar: YamlScalar): boolean {
  const reference = overlongScalar(uses.file, scalar);
  if (reference !== undefined) found.push({ reference, purpose: 'pulled' });
  return reference !== undefined;
}

/** Reads a text that expressions are a part of, once for each job of a matrix that it depends on. */
function readExpressions(reading: Reading, scopes: readonly Scope[], text: MappedText, purpose: Purpose): void {
  const relevant = text.text.includes('matrix') ? scopes : scopes.slice(0, 1);
  const seen = new Set<string>();
  for (const scope of relevant) {
    for (const pieces of expandExpressions(scope, text)) {
      const identity = pieces.map((piece) => `${piece.start ?? ''} ${piece.text}`).join('|');
      const isEmpty = pieces.every((piece) => piece.text === '' && piece.unknown === undefined);
      if (isEmpty || seen.has(identity)) continue;
      seen.add(identity);
      reading.candidates.push({ pieces, word: rangeOf(text), purpose });
    }
  }
}

/** Reads the steps of a job or a composite action, those inside of groups that run in parallel included. */
export function readSteps(reading: Reading, scopes: readonly Scope[], steps: YamlNode | undefined): void {
  for (const step of itemsOf(steps).map(mapOf)) {
    spend(reading.uses.file);
    if (step === undefined) continue;
    readSteps(reading, scopes, valueOf(step, 'parallel'));
    readSteps(reading, scopes, valueOf(step, 'steps'));
    const environment = mapOf(valueOf(step, 'env'));
    if (environment !== undefined) spend(reading.uses.file, scopes.length);
    const inner = environment === undefined ? scopes : scopes.map((scope) => withEnvironment(scope, environment));
    readUses(reading, inner, step);
    readScript(reading, step);
  }
}

/** The scope inside of something that has an `env` of its own. */
export function withEnvironment(scope: Scope, environment: YamlMap): Scope {
  return { ...scope, environments: [environment, ...scope.environments] };
}

const DOCKER = 'docker://';

function readUses(reading: Reading, scopes: readonly Scope[], step: YamlMap): void {
  const uses = scalarOf(valueOf(step, 'uses'));
  if (uses === undefined) return;
  if (uses.text.startsWith(DOCKER)) {
    if (isOverlong(reading, uses)) return;
    addLiteral(reading, sliceText(referenceText(reading.uses.file, uses), DOCKER.length), 'pulled');
    return;
  }
  const shapes = imageInputsOf(uses.text);
  const inputs = mapOf(valueOf(step, 'with'));
  for (const entry of inputs?.entries ?? []) {
    const scalar = scalarOf(entry.value);
    const name = keyOf(entry);
    spend(reading.uses.file);
    if (scalar === undefined) continue;
    const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (shape !== undefined || name === 'tags') spend(reading.uses.file, Math.ceil(scalar.text.length / 8));
    if (shape !== undefined) readInput(reading, scopes, scalar, shape);
    if (name === 'tags') {
      for (const line of linesOf(referenceText(reading.uses.file, scalar))) {
        for (const tag of line.text.split(',')) reading.own.add(sameImage(tag.trim()));
      }
    }
  }
}

function readInput(reading: Reading, scopes: readonly Scope[], scalar: YamlScalar, shape: InputShape): void {
  const text = referenceText(reading.uses.file, scalar);
  if (shape === 'nodes') {
    readNodes(reading, text);
    return;
  }
  const purpose = shape === 'cache' ? 'cache' : 'maybe-own';
  for (const part of linesOf(text).flatMap((line) => partsOf(line, shape))) {
    if (part.text.includes('${{')) readExpressions(reading, scopes, part, purpose);
    else addLiteral(reading, part, purpose);
  }
}

/** The references in a line of an input. */
function partsOf(line: MappedText, shape: Exclude<InputShape, 'nodes'>): readonly MappedText[] {
  if (shape === 'driver-opts') return fieldOf(line, 'image');
  if (shape === 'generator') return fieldOf(line, 'generator');
  if (shape === 'contexts') {
    const at = line.text.indexOf(CONTEXT);
    return at < 0 ? [] : [sliceText(line, at + CONTEXT.length)];
  }
  if (shape === 'cache') {
    if (!line.text.includes('type=')) return [line];
    return line.text.includes('type=registry') ? fieldOf(line, 'ref') : [];
  }
  const scheme = /^(?:docker|registry):\/\//.exec(line.text)?.[0] ?? '';
  const rest = sliceText(line, scheme.length);
  return rest.text.includes('://') ? [] : [rest];
}

const CONTEXT = '=docker-image://';

/** `append` of docker/setup-buildx-action: a list of nodes, written as YAML in a scalar. */
function readNodes(reading: Reading, text: MappedText): void {
  const nodes = readYaml(text);
  for (const map of nodes.documents.flatMap((document) => [...mapsIn(document)])) {
    const options = valueOf(map, 'driver-opts');
    for (const item of [options, ...itemsOf(options)]) {
      const scalar = scalarOf(item);
      const lines = scalar === undefined ? [] : linesOf(referenceText(nodes, scalar));
      for (const part of lines.flatMap((line) => fieldOf(line, 'image'))) {
        if (!part.text.includes('${{')) addLiteral(reading, part, 'pulled');
      }
    }
  }
}

/** The lines of a text without blanks around them; empty ones and comments left out. */
function linesOf(text: MappedText): readonly MappedText[] {
  const lines: MappedText[] = [];
  for (let from = 0; from < text.text.length;) {
    const newline = text.text.indexOf('\n', from);
    const end = newline < 0 ? text.text.length : newline;
    const line = text.text.slice(from, end);
    const start = from + line.length - line.trimStart().length;
    if (line.trim() !== '' && !line.trim().startsWith('#')) {
      lines.push(sliceText(text, start, start + line.trim().length));
    }
    from = end + 1;
  }
  return lines;
}

const ENGINE = /\b(?:docker|podman|nerdctl|buildah)\b/;
const SHELLS = /^(?:bash|sh|zsh|dash|ksh|pwsh|powershell|cmd)\b/;

/** Commands of container engines in `run`. */
function readScript(reading: Reading, step: YamlMap): void {
  const script = scalarOf(valueOf(step, 'run'));
  const shell = textOf(valueOf(step, 'shell')) ?? 'sh';
  if (script === undefined) return;
  // A script is as much to look at as its words.
  spend(reading.uses.file, Math.ceil(script.text.length / 8));
  if (!ENGINE.test(script.text) || !SHELLS.test(shell)) return;
  // PowerShell continues lines with what a POSIX shell takes for a substitution.
  if (/^(?:pwsh|powershell)/.test(shell) && script.text.includes('`')) return;
  for (const command of readCommands(referenceText(reading.uses.file, script))) {
    const { used, made } = imagesOf(command);
    for (const text of used) addLiteral(reading, text, 'maybe-own');
    for (const name of made) reading.own.add(sameImage(name));
  }
}
