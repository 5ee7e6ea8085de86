/**
 * Runs an action from its source and shows what it prints, its outputs and its summary.
 *
 *   npm run try -- resolve alpine:3.20 debian:12 --inspect true
 *   npm run try -- <action> [value …] [--input value …]
 *
 * Values without a name are the action's first required input, one on a line; for an action without a required input
 * the one value is the folder to work in.
 */
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readAction } from './docs.ts';
import { runStep, shownOutputs, type Step } from './step.ts';

const root = join(import.meta.dirname, '..');
const started = process.env['INIT_CWD'] ?? process.cwd();

const [name = '', ...words] = process.argv.slice(2);
const action = join(root, name === 'resolve' ? 'action.yml' : `${name}/action.yml`);
const main = join(root, `src/actions/${name}/index.ts`);

if (!/^[a-z]+$/.test(name) || !existsSync(action) || !existsSync(main)) {
  console.error('Say which action and what it shall do, such as: npm run try -- resolve alpine:3.20');
  process.exitCode = 2;
} else {
  const { inputs, values } = readWords(words);
  const declared = Object.entries((await readAction(action)).inputs);
  const [first] = declared.find(([, input]) => input.required) ?? [];
  if (first !== undefined && values.length > 0) inputs[first] ??= values.join('\n');
  const workspace = first === undefined ? resolve(started, values[0] ?? '.') : started;
  const unknown = Object.keys(inputs).filter((input) => !declared.some(([known]) => known === input));
  if (unknown.length > 0) {
    console.error(`${name} has no input ${unknown.join(', ')}. It has ${declared.map(([input]) => input).join(', ')}`);
    process.exitCode = 2;
  } else if (statSync(workspace, { throwIfNoEntry: false })?.isDirectory() !== true) {
    console.error(`There is no folder ${workspace}`);
    process.exitCode = 2;
  } else await show({ action, main, inputs, workspace });
}

async function show(step: Step): Promise<void> {
  const { exitCode, outputs, summary } = await runStep(step);
  console.log(`\nOutputs\n${shownOutputs(outputs)}`);
  if (summary !== '') console.log(`\nJob summary\n${summary.trim().replaceAll(/^/gm, '  ')}`);
  console.log(`\nExit code ${exitCode}`);
  process.exitCode = exitCode;
}

/** `--input value` and `--input=value` apart from the rest. */
function readWords(all: readonly string[]): { readonly inputs: Record<string, string>; readonly values: string[] } {
  const found: Record<string, string> = {};
  const rest: string[] = [];
  for (let at = 0; at < all.length; at += 1) {
    const word = all[at] ?? '';
    if (!word.startsWith('--')) {
      rest.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    if (equals < 0) at += 1;
    found[word.slice(2, equals < 0 ? undefined : equals)] = equals < 0 ? (all[at] ?? '') : word.slice(equals + 1);
  }
  return { inputs: found, values: rest };
}
