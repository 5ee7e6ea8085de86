import { UserError } from '../core/errors.ts';
import { nameOf, parseReference } from '../core/reference.ts';
import { mapText, sliceText, type MappedText } from './mapped-text.ts';
import { GLOBAL_OPTIONS, PULL_OPTIONS, RUN_OPTIONS, type OptionTable } from './shell-options.ts';
import { isOfficial } from './official-images.ts';
import { programOf } from './shell-program.ts';
import type { Command, Word } from './shell.ts';

/** What a script does with images. */
export interface ScriptImages {
  /** Literal references that commands pull or run. */
  readonly used: readonly MappedText[];
  /** References with GitHub's expressions in them. */
  readonly computed: readonly MappedText[];
  /** References with the shell's variables in them. */
  readonly variable: readonly MappedText[];
  /** Names that the script gives to images of its own, variables and expressions as written. */
  readonly made: readonly MappedText[];
  /** The one platform that is written beside what is used. */
  readonly platform?: string | undefined;
}

/** Commands whose last word is a name that they give to an image. */
const NAMING: ReadonlySet<string> = new Set('commit import push tag'.split(' '));

/** The images that a command names, if it is one of a container engine or kubectl. */
export function imagesOf(command: Command): ScriptImages {
  const [program, words] = programOf(command);
  if (program === 'kubectl') return usedBy(kubectlImage(words));
  // `$BUILD -t name .`, kaniko, img, pack: what is a tag to another program can be an image that is used.
  if (program === undefined) {
    // `kind build node-image`
    const nodes = words[1]?.text.text === 'node-image' ? [mapText('kindest/node')] : [];
    return { ...NOTHING, made: [...optionValues(words, ['--tag', '-t', '--destination'], true), ...nodes] };
  }
  const [verb, rest] = verbOf(words);
  switch (verb) {
    case 'run':
    case 'create':
      // What buildah runs is a container, and what is never pulled is made here.
      return program === 'buildah' || isNeverPulled(rest) ? NOTHING : pulledBy(rest, RUN_OPTIONS);
    case 'pull':
      return pulledBy(rest, PULL_OPTIONS);
    case 'from':
      return program === 'buildah' ? usedBy(imageArgument(rest, RUN_OPTIONS)) : NOTHING;
    case 'build':
    case 'bud':
      return { ...NOTHING, used: buildImages(rest), made: optionValues(rest, ['--tag', '-t'], true) };
    case 'buildx create':
      return { ...NOTHING, used: driverImages(rest) };
    case 'buildx imagetools':
      return { ...NOTHING, made: optionValues(rest, ['--tag', '-t'], true) };
    default:
      return NAMING.has(verb) ? { ...NOTHING, made: rest.slice(-1).map(writtenText) } : NOTHING;
  }
}

const NOTHING: ScriptImages = { used: [], computed: [], variable: [], made: [] };

/** What every shell takes for a reference: no variable of another shell, no path of Windows. */
const PLAUSIBLE = /^[a-z0-9][\w.:/@+-]*$/i;

/** Whether a script's word is a reference that can be pulled: a name without a path is one that was built here, or official. */
export function isPullable(reference: string): boolean {
  if (!PLAUSIBLE.test(reference) || !/\w$/.test(reference)) return false;
  // Podman's images of its own.
  if (reference.startsWith('localhost/')) return false;
  return reference.includes('/') || isOfficial(reference.replace(/[:@].*$/s, ''));
}

function pulledBy(words: Command, options: OptionTable): ScriptImages {
  return { ...usedBy(imageArgument(words, options)), platform: optionValues(words, ['--platform'])[0]?.text };
}

function usedBy(word: Word | undefined): ScriptImages {
  if (word === undefined) return NOTHING;
  const { text, dynamic, expression, variable } = word;
  if (expression !== undefined) return { ...NOTHING, computed: [withoutScheme(expression)] };
  if (variable !== undefined) return { ...NOTHING, variable: [withoutScheme(variable)] };
  const image = withoutScheme(text);
  return !dynamic && PLAUSIBLE.test(image.text) ? { ...NOTHING, used: [image] } : NOTHING;
}

/** A word with variables and expressions in it as written, without what else is dynamic. */
function writtenText({ text, expression, variable }: Word): MappedText {
  return expression ?? variable ?? text;
}

function isNeverPulled(words: Command): boolean {
  return optionValues(words, ['--pull']).some(({ text }) => text === 'never');
}

/** `--image` of `kubectl run`, `create deployment` and `debug`. */
function kubectlImage(words: Command): Word | undefined {
  const end = words.findIndex(({ text }) => text.text === '--');
  const own = end < 0 ? words : words.slice(0, end);
  const isRun = own.some(({ text }) => text.text === 'run' || text.text === 'create' || text.text === 'debug');
  const isNever = own.some(({ text }) => text.text === '--image-pull-policy=Never');
  if (!isRun || isNever) return undefined;
  const [image] = optionValues(own, ['--image'], true);
  if (image === undefined) return undefined;
  const dynamic = image.text.includes('$');
  return { text: image, dynamic, ...(dynamic ? { variable: image } : {}) };
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

function withoutScheme(text: MappedText): MappedText {
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
    const one = words[at];
    const word = one === undefined ? '' : writtenText(one).text;
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

/** The values of an option wherever it stands, attached or as the next word; dynamic ones when wanted. */
function optionValues(words: Command, names: readonly string[], dynamic = false): readonly MappedText[] {
  const values: MappedText[] = [];
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    if (names.includes(word.text.text) && next !== undefined && (dynamic || !next.dynamic)) {
      values.push(writtenText(next));
    }
    if (word.dynamic && !dynamic) continue;
    for (const name of names) {
      const isLong = name.startsWith('--');
      const start = isLong ? `${name}=` : name;
      const text = writtenText(word);
      if (!text.text.startsWith(start) || text.text === name) continue;
      values.push(sliceText(text, text.text.startsWith(`${name}=`) ? name.length + 1 : name.length));
    }
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

/** The value of a field in `key=value,key=value`; none when it has none. */
export function fieldOf(fields: MappedText, key: string): readonly MappedText[] {
  const found = fieldsOf(fields).find(({ text }) => text.startsWith(`${key}=`));
  return found === undefined ? [] : [sliceText(found, key.length + 1)];
}

/** The parts between commas. */
export function fieldsOf(fields: MappedText): readonly MappedText[] {
  const parts: MappedText[] = [];
  for (let from = 0; from <= fields.text.length;) {
    const comma = fields.text.indexOf(',', from);
    const end = comma < 0 ? fields.text.length : comma;
    parts.push(sliceText(fields, from, end));
    from = end + 1;
  }
  return parts;
}

/** Longer texts are no references. */
const MAX_UNITS = 4096;

/** The repository of a reference in the one form in which equal ones are equal; the text itself when it has none. */
export function repositoryOf(reference: string): string {
  if (reference.length > MAX_UNITS) return reference;
  const name = reference.replace(/(?:@[^/]*|:[^/]*)$/, '');
  try {
    return nameOf(parseReference(name));
  } catch (error) {
    if (error instanceof UserError) return name;
    throw error;
  }
}
