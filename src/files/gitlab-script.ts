import { splitIdentifiers } from './edit.ts';
import { textOf as piecesText, unknownIn, writtenOf, type Piece } from './expansion.ts';
import { forPlatform, type FoundReference } from './found-reference.ts';
import { expandVariables, type Variables } from './gitlab-variables.ts';
import { rangeOf, type MappedText } from './mapped-text.ts';
import { comparable } from './script-images.ts';
import { imagesOf, isPullable, repositoryOf } from './shell-docker.ts';
import { NAMES_PROGRAM } from './shell-program.ts';
import { assignedNames } from './shell-variables.ts';
import { readCommands } from './shell.ts';
import type { Range } from './site.ts';
import { itemsOf, mapOf, resolveAlias, scalarOf, textOf, valueOf } from './yaml-lookup.ts';
import { literalReference, referenceText } from './yaml-site.ts';
import { spend, type YamlFile, type YamlMap, type YamlNode, type YamlScalar } from './yaml.ts';

/*
 * What jobs run (docs.gitlab.com/ci/yaml, `script`): a command, or a list of them, in which lists of others may stand, by
 * alias or `!reference`. Variables are the shell's, which has those of the job.
 */

interface Used {
  readonly image: MappedText;
  /** Undefined for an image without variables. */
  readonly variables: Variables | undefined;
  readonly platform?: string | undefined;
}

/** The scripts of a pipeline, as far as they name images. */
export interface ScriptReading {
  readonly file: YamlFile;
  readonly jobs: ReadonlyMap<string, YamlMap>;
  readonly used: Used[];
  /** Repositories of images that a job makes, for others to use. */
  readonly own: Set<string>;
  /** Variables that a script sets itself. */
  readonly set: Set<string>;
}

/** A reading of nothing yet. */
export function newScriptReading(file: YamlFile, jobs: ScriptReading['jobs']): ScriptReading {
  return { file, jobs, used: [], own: new Set(), set: new Set() };
}

/** Reads the scripts of a job, of `default` or of the pipeline. */
export function readScripts(reading: ScriptReading, owner: YamlMap, variables: Variables): void {
  const hooks = mapOf(valueOf(owner, 'hooks'));
  const hook = hooks === undefined ? undefined : valueOf(hooks, 'pre_get_sources_script');
  const scripts = ['before_script', 'script', 'after_script'].map((key) => valueOf(owner, key));
  for (const node of [...scripts, hook]) {
    for (const scalar of scalarsIn(reading, node, 0)) readScript(reading, scalar, variables);
  }
}

/** GitLab's own limit of levels. */
const MAX_LEVELS = 10;

function* scalarsIn(reading: ScriptReading, node: YamlNode | undefined, level: number): Generator<YamlScalar> {
  spend(reading.file);
  const scalar = scalarOf(node);
  if (scalar !== undefined) yield scalar;
  else if (level > MAX_LEVELS) return;
  else if (resolveAlias(node)?.tag === '!reference') {
    const [name = '', ...path] = itemsOf(node).map(textOf);
    let target: YamlNode | undefined = reading.jobs.get(name);
    for (const key of path) {
      const map = mapOf(target);
      target = map === undefined ? undefined : valueOf(map, key ?? '');
    }
    yield* scalarsIn(reading, target, level + 1);
  } else for (const item of itemsOf(node)) yield* scalarsIn(reading, item, level + 1);
}

function readScript(reading: ScriptReading, scalar: YamlScalar, variables: Variables): void {
  spend(reading.file, Math.ceil(scalar.text.length / 8));
  if (!NAMES_PROGRAM.test(scalar.text) && !/=|read|unset/.test(scalar.text)) return;
  const source = referenceText(reading.file, scalar);
  for (const name of assignedNames(source)) reading.set.add(name);
  for (const command of readCommands(source)) {
    const { used, variable, made, platform } = imagesOf(command);
    for (const image of used) reading.used.push({ image, variables: undefined, platform });
    for (const image of variable) reading.used.push({ image, variables });
    for (const image of made) {
      reading.own.add(repositoryOf(comparable(image.text)));
      if (!image.text.includes('$')) continue;
      const texts = expandVariables({ ...variables, uses: variables.uses.apart() }, image);
      for (const pieces of texts) reading.own.add(repositoryOf(comparable(writtenOf(pieces))));
    }
  }
}

/** Images of scripts: those that stand there, and those that known variables give. */
export function scriptImages(reading: ScriptReading): {
  readonly found: readonly FoundReference[];
  readonly candidates: readonly { readonly pieces: readonly Piece[]; readonly word: Range }[];
} {
  const { used, own } = reading;
  const isForeign = (reference: string): boolean =>
    isPullable(reference) && !own.has(repositoryOf(comparable(reference)));
  const foreign = used.filter(({ image }) => !own.has(repositoryOf(comparable(image.text))));
  const literal = foreign.filter(({ image, variables }) => variables === undefined && isForeign(image.text));
  const candidates = foreign.flatMap(({ image, variables }) =>
    variables === undefined || isSet(reading, image.text)
      ? []
      : expandVariables(variables, image)
          .filter((pieces) => isReference(pieces) && isForeign(piecesText(pieces)))
          .map((pieces) => ({ pieces, word: rangeOf(image) })),
  );
  const found = literal.flatMap(({ image, platform }) =>
    literalReference(image).map((one) => forPlatform(one, platform)),
  );
  return { found, candidates };
}

function isSet({ set }: ScriptReading, written: string): boolean {
  return [...written.matchAll(/\$\{?(\w+)/g)].some(([, name = '']) => set.has(name));
}

/** Whether all of it is known and it certainly is a reference: with a tag or a digest. */
function isReference(pieces: readonly Piece[]): boolean {
  const { tag, digest } = splitIdentifiers(piecesText(pieces));
  return unknownIn(pieces) === undefined && (tag !== undefined || digest !== undefined);
}
