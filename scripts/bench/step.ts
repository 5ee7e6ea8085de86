/* The built action as the runner starts it, ready to be measured. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAction } from '../docs.ts';
import type { Command } from './measure.ts';

export interface StepOptions {
  /** Path of the action.yml. */
  readonly action: string;
  /** The file that is run. */
  readonly main: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Where the runner's files are, and HOME. */
  readonly temp: string;
  readonly workspace: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Makes the command of a step; the runner's files are emptied each time that it is asked for. */
export async function stepCommand(options: StepOptions): Promise<() => Command> {
  const { action, main, inputs, temp, workspace } = options;
  const declared = Object.entries((await readAction(action)).inputs).map(([name, input]) => {
    const value = inputs[name] ?? (input.default ?? '').replace('${{ github.token }}', '');
    return [`INPUT_${name.toUpperCase()}`, value] as const;
  });
  const files = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary') };
  const environment = {
    ...Object.fromEntries(declared),
    ...files,
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
    HOME: temp,
    ...options.environment,
  };
  return () => {
    for (const file of Object.values(files)) {
      rmSync(file, { force: true });
      writeFileSync(file, '');
    }
    return { program: process.execPath, args: [main], environment, folder: workspace };
  };
}
