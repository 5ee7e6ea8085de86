import { newBudget } from './dockerfile-expand.ts';
import { sitesOf } from './dockerfile.ts';
import { readMakefile } from './make-lines.ts';
import { makeVariables } from './make-variables.ts';
import { sliceText, type MappedText } from './mapped-text.ts';
import { ScriptReading } from './script-images.ts';
import { ScriptUses } from './script-uses.ts';
import { NAMES_PROGRAM } from './shell-program.ts';
import { withoutReturns } from './shell-script.ts';
import { readCommands } from './shell.ts';
import type { Format, SourceFile } from './site.ts';

const VARIABLE = /\$[({]([\w.-]+)|\$(\w)/g;

function find(file: SourceFile): ReturnType<Format['find']> {
  const makefile = readMakefile(withoutReturns(file.text));
  const budget = newBudget();
  const variables = makeVariables(makefile, budget);
  const reading = new ScriptReading(variables, budget);
  const read = (source: MappedText, isRecipe: boolean): void => {
    const { text, scripts } = variables.convert(source);
    for (const script of isRecipe ? [...scripts, withoutSilencer(text)] : scripts) {
      for (const command of readCommands(script)) reading.add(command);
    }
  };
  for (const { value } of makefile.assignments) if (value.text.includes('shell')) read(value, false);
  for (const line of makefile.others) if (line.text.includes('shell')) read(line, false);
  for (const recipe of makefile.recipes) read(recipe, true);
  return sitesOf('make', file, reading.found(new ScriptUses(file.text, VARIABLE, variables.declared)));
}

/** A variable directly in front of the program is `@`, or nothing (`$(Q)docker run`). */
function withoutSilencer(script: MappedText): MappedText {
  const silencer = /^\$\{\w{1,64}\}(?=docker|podman|nerdctl|buildah|kubectl|\$\{)/.exec(script.text.slice(0, 128));
  return silencer === null ? script : sliceText(script, silencer[0].length);
}

/** Other programs' files, and documents, that begin alike. */
const OTHERS = /\.(?:js|lock|md|pl|py|rb|rs|rst|sh|toml|ts|txt|ya?ml|json)$/i;

/** Makefiles of GNU make. */
export const makefile: Format = {
  id: 'make',
  title: 'Makefile',
  files: ['Makefile', 'makefile', 'GNUmakefile', 'Makefile.*', '*.mk'],
  places: [
    'what shell scripts are read for, in recipes, canned recipes and `$(shell …)`',
    'variables that the Makefile sets once, to a text',
  ],
  matches: (path) => (/(?:^|\/)(?:gnu)?makefile(?:\.[^/]*)?$|\.mk$/i.test(path) && !OTHERS.test(path) ? 'maybe' : 'no'),
  mayContain: (text) => NAMES_PROGRAM.test(text),
  find,
};
