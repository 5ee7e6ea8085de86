import type { Command, Word } from './shell.ts';

/*
 * Which program a command runs: `docker` behind what does not change what it does (`sudo -E`, `time`, assignments,
 * keywords of the shell).
 */

const PROGRAMS: ReadonlySet<string> = new Set(['docker', 'podman', 'nerdctl', 'buildah', 'kubectl']);

/** Whether a word is the name of one of them. */
export function isProgram(name: string): boolean {
  return PROGRAMS.has(name);
}

/** Cheap test that a script may run one of them, by name or by a variable that says so. */
export const NAMES_PROGRAM =
  /docker|podman|nerdctl|buildah|kubectl|(?:container|oci)_(?:runtime|engine|tool|cli|cmd|bin)/i;

/** Words in front of a command that do not change what it does. */
const PREFIXES: ReadonlySet<string> = new Set(
  (
    '! { if then elif else do while until time exec command builtin nohup sudo doas env nice call ' +
    'timeout retry travis_retry winpty caffeinate'
  ).split(' '),
);

/** A variable that holds `sudo`, or nothing. */
const SUDO = /^\$\{?\w*sudo\w*\}?$/i;

/** Variables that hold the name of a container engine, whatever else is known of them. */
const ENGINE =
  /^\$\{?(?:[a-z]+__)?(?:docker|podman|nerdctl|(?:docker|podman)_(?:bin|binary|cli|exe)|(?:container|oci)_(?:runtime|engine|tool|cli|bin|cmd))\}?$/i;

/** The program that a command runs, of those that name images, and the words behind it. */
export function programOf(command: Command): readonly [string | undefined, Command] {
  let at = prefixLength(command);
  if (SUDO.test(command[at]?.variable?.text.slice(0, 64) ?? '')) at += 1 + prefixLength(command.slice(at + 1));
  const name = command[at];
  const rest = command.slice(at + 1);
  if (name === undefined) return [undefined, []];
  if (name.dynamic) return [ENGINE.test(name.variable?.text ?? '') ? 'docker' : undefined, rest];
  const program = name.text.text.slice(name.text.text.lastIndexOf('/') + 1);
  return [PROGRAMS.has(program) ? program : undefined, rest];
}

/** How many words stand in front of the program. */
function prefixLength(command: Command): number {
  let at = 0;
  for (; at < command.length; at++) {
    const word = command[at]?.text.text ?? '';
    if (at === 0 && word === 'function') at += 1;
    else if (!isPrefix(word, command[at - 1])) break;
  }
  return Math.min(at, command.length);
}

function isPrefix(word: string, before: Word | undefined): boolean {
  if (PREFIXES.has(word) || /^[A-Za-z_]\w*=/.test(word)) return true;
  if (before === undefined) return false;
  // `sudo -u name` and `sudo -g name`.
  if (/^-[ug]$/.test(before.text.text)) return true;
  return /^(?:--?[A-Za-z][\w=-]*|\d+(?:\.\d+)?[smhd]?)$/.test(word);
}
