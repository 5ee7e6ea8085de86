import { newBudget } from './dockerfile-expand.ts';
import { sitesOf } from './dockerfile.ts';
import { mapText, type MappedText } from './mapped-text.ts';
import { ScriptReading } from './script-images.ts';
import { ScriptUses } from './script-uses.ts';
import { NAMES_PROGRAM } from './shell-program.ts';
import { shellVariables } from './shell-variables.ts';
import { visitCommands } from './shell.ts';
import type { Format, SourceFile } from './site.ts';

/** The text with LF where it has CR and LF, unit for unit. */
export function withoutReturns(text: string): MappedText {
  return mapText(text.replaceAll('\\\r\n', ' \\\n').replaceAll('\r\n', '\n\n'));
}

const VARIABLE = /\$(?:\{[#!]?)?([A-Za-z_]\w*)/g;

function find(file: SourceFile): ReturnType<Format['find']> {
  const source = withoutReturns(file.text);
  const budget = newBudget();
  const variables = shellVariables(source, budget);
  const reading = new ScriptReading(variables, budget);
  visitCommands(source, ({ words }) => reading.add(variables.split(words)));
  const uses = new ScriptUses(file.text, VARIABLE, variables.declared);
  return sitesOf('shell', file, reading.found(uses));
}

/** Scripts of the POSIX shell and its kin. Those without an ending are not looked at: files are chosen by their names. */
export const shellScript: Format = {
  id: 'shell',
  title: 'Shell script',
  files: ['*.sh', '*.bash', '*.ksh', '*.zsh'],
  places: [
    '`docker run`, `create`, `pull` and `build --build-context`, of podman, nerdctl and buildah as well',
    '`kubectl run`, `create` and `debug` with `--image`',
    'variables that the script sets once, to a text, and `${NAME:-default}`',
  ],
  // Most scripts have nothing to do with images: they are no files that a report has to tell about.
  matches: (path) => (/\.(?:ba|k|z)?sh$/i.test(path) ? 'maybe' : 'no'),
  mayContain: (text) => NAMES_PROGRAM.test(text),
  find,
};
