import { trimText } from './dockerfile-words.ts';
import { splitIdentifiers } from './edit.ts';
import { slicePieces, textOf as piecesText, writtenOf, type Piece } from './expansion.ts';
import { asBuildCache, type FoundReference } from './found-reference.ts';
import { expandApart, expandExpressions, type Scope } from './github-expression.ts';
import { imageInputsOf, linesOf, partsOf, type InputShape } from './github-inputs.ts';
import { rangeOf, sliceText, type MappedText } from './mapped-text.ts';
import type { Range, SiteTrait } from './site.ts';
import { asPosix } from './shell-dialect.ts';
import { fieldOf, fieldsOf, imagesOf, isPullable, repositoryOf } from './shell-docker.ts';
import { NAMES_PROGRAM } from './shell-program.ts';
import { readCommands } from './shell.ts';
import { itemsOf, keyOf, mapOf, mapsIn, scalarOf, textOf, valueOf } from './yaml-lookup.ts';
import { literalReference, misreadTraits, overlongScalar, referenceText } from './yaml-site.ts';
import type { VariableUses } from './yaml-variables.ts';
import { readYaml, spend, type YamlMap, type YamlNode, type YamlScalar } from './yaml.ts';

/**
 * What a place holds: an image that is pulled, one that the file may have built itself, a cache, or what expressions
 * give in a script, which is looked at only when it is known as a whole.
 */
type Purpose = 'pulled' | 'maybe-own' | 'cache' | 'script';

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
  /** Repositories of images that commands and inputs make. */
  readonly own: Set<string>;
}

/** A reading of nothing yet. */
export function newReading(uses: VariableUses): Reading {
  return { uses, candidates: [], found: [], own: new Set() };
}

/** What the file's references are, once it is read to its end: those of images of its own are none. */
export function finishReading({ uses, candidates, found, own }: Reading): readonly FoundReference[] {
  for (const { pieces, word } of candidates) uses.recordReference(pieces, word);
  const located = candidates.map(({ pieces, word, purpose }) => ({
    reference: uses.locate(pieces, word),
    purpose,
  }));
  return [...found, ...located]
    .filter(({ reference, purpose }) => purpose === 'pulled' || !own.has(repositoryOf(reference.reference)))
    .filter(({ reference, purpose }) => purpose !== 'script' || isKnown(reference))
    .map(({ reference, purpose }) => (purpose === 'cache' ? asBuildCache(reference) : reference));
}

/** Whether a script's word certainly is a reference: with a tag or a digest, and no variable in it. */
function isKnown({ reference, unresolved }: FoundReference): boolean {
  const { tag, digest } = splitIdentifiers(reference);
  return unresolved === undefined && isPullable(reference) && (tag !== undefined || digest !== undefined);
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
  const text = withoutDocker(referenceText(reading.uses.file, scalar));
  if (text.text.includes('${{')) readExpressions(reading, scopes, text, 'pulled');
  else addLiteral(reading, text, 'pulled', misreadTraits(scalar));
}

/** Whether a scalar is too long to be a reference, which is noted. */
function isOverlong({ uses, found }: Reading, scalar: YamlScalar): boolean {
  const reference = overlongScalar(uses.file, scalar);
  if (reference !== undefined) found.push({ reference, purpose: 'pulled' });
  return reference !== undefined;
}

const DOCKER = 'docker://';

/** The runner takes a container's image with the scheme as well (actions/runner WorkflowTemplateConverter). */
function withoutDocker(text: MappedText): MappedText {
  return text.text.startsWith(DOCKER) ? sliceText(text, DOCKER.length) : text;
}

/** What is left of a reference when a job of a matrix lacks a value of it, which GitHub puts in as nothing. */
const BROKEN = /^[:@/]|:(?:[-.@]|$)|\/(?:[:@/]|$)/;

/** Reads a text that expressions are a part of, once for each job of a matrix that it depends on. */
function readExpressions(reading: Reading, scopes: readonly Scope[], text: MappedText, purpose: Purpose): void {
  const relevant = text.text.includes('matrix') ? scopes : scopes.slice(0, 1);
  const seen = new Set<string>();
  for (const scope of relevant) {
    for (const expanded of expandExpressions(scope, text)) {
      const pieces = piecesText(expanded).startsWith(DOCKER) ? slicePieces(expanded, DOCKER.length) : expanded;
      const identity = pieces.map((piece) => `${piece.start ?? ''} ${piece.text}`).join('|');
      const known = pieces.every((piece) => piece.unknown === undefined);
      const whole = piecesText(pieces);
      if ((known && (whole === '' || BROKEN.test(whole))) || seen.has(identity)) continue;
      seen.add(identity);
      reading.candidates.push({ pieces, word: rangeOf(text), purpose });
    }
  }
}

/** Notes the images that a text names, which the file makes itself: each job of a matrix may make another. */
function addOwn({ own }: Reading, scopes: readonly Scope[], text: MappedText): void {
  own.add(repositoryOf(text.text));
  if (!text.text.includes('${{')) return;
  for (const scope of text.text.includes('matrix') ? scopes : scopes.slice(0, 1)) {
    for (const pieces of expandApart(scope, text)) own.add(repositoryOf(writtenOf(pieces)));
  }
}

/**
 * Reads the steps of a job or a composite action, those inside of groups that run in parallel included. `shell` is what
 * `run` has without one of its own.
 */
export function readSteps(
  reading: Reading,
  scopes: readonly Scope[],
  steps: YamlNode | undefined,
  shell: string,
): void {
  for (const step of itemsOf(steps).map(mapOf)) {
    spend(reading.uses.file, 4);
    if (step === undefined) continue;
    readSteps(reading, scopes, valueOf(step, 'parallel'), shell);
    readSteps(reading, scopes, valueOf(step, 'steps'), shell);
    const environment = mapOf(valueOf(step, 'env'));
    if (environment !== undefined) spend(reading.uses.file, scopes.length);
    const inner = environment === undefined ? scopes : scopes.map((scope) => withEnvironment(scope, environment));
    readUses(reading, inner, step);
    readScript(reading, inner, step, shell);
  }
}

/** The scope inside of something that has an `env` of its own. */
export function withEnvironment(scope: Scope, environment: YamlMap): Scope {
  return { ...scope, environments: [environment, ...scope.environments] };
}

function readUses(reading: Reading, scopes: readonly Scope[], step: YamlMap): void {
  const uses = scalarOf(valueOf(step, 'uses'));
  if (uses === undefined) return;
  if (uses.text.startsWith(DOCKER)) {
    if (isOverlong(reading, uses)) return;
    addLiteral(reading, withoutDocker(referenceText(reading.uses.file, uses)), 'pulled');
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
        for (const tag of fieldsOf(line)) addOwn(reading, scopes, trimText(tag));
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
    if (shape === 'own') addOwn(reading, scopes, part);
    else if (part.text.includes('${{')) readExpressions(reading, scopes, part, purpose);
    else addLiteral(reading, part, purpose);
  }
}

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

/** Words of a script that a matrix or the defaults of inputs give; any other variable may hold a name of its own. */
const LISTED = /^(?:[^$]|\$\{\{\s*(?:matrix|(?:github\.event\.)?inputs)\.[\w.-]+\s*\}\})+$/;

/** Commands of container engines in `run`. */
function readScript(reading: Reading, scopes: readonly Scope[], step: YamlMap, shell: string): void {
  const script = scalarOf(valueOf(step, 'run'));
  if (script === undefined) return;
  // A script is as much to look at as its words.
  spend(reading.uses.file, Math.ceil(script.text.length / 2));
  if (!NAMES_PROGRAM.test(script.text)) return;
  const named = textOf(valueOf(step, 'shell')) ?? shell;
  const text = asPosix(referenceText(reading.uses.file, script), named.includes('${{') ? shell : named);
  for (const command of text === undefined ? [] : readCommands(text)) {
    const { used, computed, made, platform } = imagesOf(command);
    const traits: readonly SiteTrait[] = platform === undefined ? [] : [{ kind: 'one-platform', platform }];
    for (const image of used) if (isPullable(image.text)) addLiteral(reading, image, 'maybe-own', traits);
    for (const image of computed.filter((one) => LISTED.test(one.text))) {
      readExpressions(reading, scopes, image, 'script');
    }
    for (const image of made) addOwn(reading, scopes, image);
  }
}
