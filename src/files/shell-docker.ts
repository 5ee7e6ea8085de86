import { formatReference, parseReference, withDefaultTag } from '../core/reference.ts';
import { UserError } from '../core/errors.ts';
import { sliceText, type MappedText } from './mapped-text.ts';
import { GLOBAL_OPTIONS, PULL_OPTIONS, RUN_OPTIONS, type OptionTable } from './shell-options.ts';
import type { Command, Word } from './shell.ts';

/** What a script does with images. */
export interface ScriptImages {
  /** Literal references that commands pull or run. */
  readonly used: readonly MappedText[];
  /** Names that the script gives to images of its own. */
  readonly made: readonly string[];
}

const ENGINES: ReadonlySet<string> = new Set(['docker', 'podman', 'nerdctl', 'buildah']);

/** Words in front of a command that do not change what it does. */
const PREFIXES: ReadonlySet<string> = new Set(
  '! { if then elif else do while until time exec command builtin nohup sudo env nice'.split(' '),
);

/** The images that a command names, if it is one of a container engine. */
export function imagesOf(command: Command): ScriptImages {
  const words = engineWords(command);
  const [verb, rest] = verbOf(words);
  switch (verb) {
    case 'run':
    case 'create':
      return { used: literals([imageArgument(rest, RUN_OPTIONS)]), made: [] };
    case 'pull':
      return { used: literals([imageArgument(rest, PULL_OPTIONS)]), made: [] };
    case 'build':
    case 'bud':
      return { used: buildImages(rest), made: optionValues(rest, ['--tag', '-t']).map(({ text }) => text) };
    case 'buildx create':
      return { used: driverImages(rest), made: [] };
    case 'tag':
    case 'commit':
      return { used: [], made: rest.slice(-1).map(({ text }) => text.text) };
    default:
      return { used: [], made: [] };
  }
}

/** The words behind `docker`; none for another command. */
function engineWords(command: Command): Command {
  let at = 0;
  for (; at < command.length; at++) {
    const word = command[at]?.text.text ?? '';
    const isPrefix = PREFIXES.has(word) || /^[A-Za-z_]\w*=/.test(word) || (at > 0 && /^-[A-Za-z]+$/.test(word));
    if (!isPrefix) break;
  }
  const name = command[at];
  if (name === undefined || name.dynamic) return [];
  return ENGINES.has(name.text.text.slice(name.text.text.lastIndexOf('/') + 1)) ? command.slice(at + 1) : [];
}

const GROUPS: ReadonlySet<string> = new Set(['container', 'image', 'builder']);

/** The engine's command, without its group (`image pull`), and what follows. */
function verbOf(words: Command): readonly [string, Command] {
  const at = firstArgument(words, GLOBAL_OPTIONS);
  const verb = at === undefined ? '' : (words[at]?.text.text ?? '');
  const rest = words.slice((at ?? 0) + 1);
  const next = rest[0]?.text.text ?? '';
  if (GROUPS.has(verb)) return [next, rest.slice(1)];
  if (verb !== 'buildx') return [verb, rest];
  return [next === 'b' || next === 'build' ? 'build' : `buildx ${next}`, rest.slice(1)];
}

function literals(words: readonly (Word | undefined)[]): readonly MappedText[] {
  return words.filter((word) => word !== undefined && !word.dynamic).map((word) => withoutScheme(word));
}

function withoutScheme(word: Word | undefined): MappedText {
  const text = word?.text ?? { text: '', runs: [] };
  return text.text.startsWith('docker://') ? sliceText(text, 'docker://'.length) : text;
}

/** The first word that is no option and no option's value: the image; undefined when an option is not known. */
export function imageArgument(words: Command, options: OptionTable): Word | undefined {
  const at = firstArgument(words, options);
  return at === undefined ? undefined : words[at];
}

function firstArgument(words: Command, options: OptionTable): number | undefined {
  let at = 0;
  while (at < words.length) {
    const word = words[at]?.text.text ?? '';
    if (word === '--') return at + 1;
    if (!word.startsWith('-') || word === '-') return at;
    const width = word.startsWith('--') ? longWidth(word.slice(2), options) : shortWidth(word.slice(1), options);
    if (width === undefined) return undefined;
    at += width;
  }
  return undefined;
}

/** How many words a long option takes; undefined when it is not known. */
function longWidth(option: string, { values, flags }: OptionTable): number | undefined {
  const equals = option.indexOf('=');
  const name = equals < 0 ? option : option.slice(0, equals);
  if (values.has(name)) return equals < 0 ? 2 : 1;
  return flags.has(name) ? 1 : undefined;
}

/** The same for short ones, of which several may stand together and the last may have its value attached. */
function shortWidth(letters: string, { values, flags }: OptionTable): number | undefined {
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? '';
    if (values.has(letter)) return at === letters.length - 1 ? 2 : 1;
    if (!flags.has(letter)) return letters[at] === '=' && at > 0 ? 1 : undefined;
  }
  return 1;
}

/** The values of an option wherever it stands, attached with `=` or as the next word; dynamic ones left out. */
function optionValues(words: Command, names: readonly string[]): readonly MappedText[] {
  const values: MappedText[] = [];
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    if (names.includes(word.text.text) && next !== undefined && !next.dynamic) values.push(next.text);
    const name = names.find((option) => word.text.text.startsWith(`${option}=`));
    if (name !== undefined && !word.dynamic) values.push(sliceText(word.text, name.length + 1));
  }
  return values;
}

const DOCKER_IMAGE = '=docker-image://';

function buildImages(words: Command): readonly MappedText[] {
  return optionValues(words, ['--build-context']).flatMap((context) => {
    const at = context.text.indexOf(DOCKER_IMAGE);
    return at < 0 ? [] : [sliceText(context, at + DOCKER_IMAGE.length)];
  });
}

/** `--driver-opt image=…` of `docker buildx create`. */
function driverImages(words: Command): readonly MappedText[] {
  return optionValues(words, ['--driver-opt']).flatMap((options) => fieldOf(options, 'image'));
}

/** The value of a field in `key=value,key=value`. */
export function fieldOf(fields: MappedText, key: string): readonly MappedText[] {
  let from = 0;
  while (from <= fields.text.length) {
    const comma = fields.text.indexOf(',', from);
    const end = comma < 0 ? fields.text.length : comma;
    if (fields.text.startsWith(`${key}=`, from)) return [sliceText(fields, from + key.length + 1, end)];
    from = end + 1;
  }
  return [];
}

/** A reference in the one form in which equal images are equal; the text itself when it is none. */
export function sameImage(text: string): string {
  try {
    return formatReference(withDefaultTag(parseReference(text)));
  } catch (error) {
    if (error instanceof UserError) return text;
    throw error;
  }
}
