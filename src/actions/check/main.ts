import { UserError } from '../../core/errors.ts';
import { readCheck, type CheckInputs } from '../../inputs/check.ts';
import { Form } from '../../inputs/form.ts';
import { readCaFile } from '../../ports/certificates.ts';
import { createGit } from '../../ports/git.ts';
import { hideSecret } from '../print.ts';
import type { Run } from '../run.ts';
import { readInput, workspaceFolder } from '../runner.ts';
import { eventOfRun } from './event-file.ts';
import { Network } from './lazy.ts';
import { checkReportPaths } from './report-paths.ts';

/** The action `check`: files in, findings out. @returns whether the step succeeded */
export async function check(run: Run): Promise<boolean> {
  const form = new Form(readInput);
  const inputs = readCheck(form);
  const extraCa = await readExtraCa(form, inputs);
  await checkReportPaths(form, inputs);
  form.finish();
  run.endAfter(inputs.timeout);
  if (inputs.githubToken !== undefined) hideSecret(inputs.githubToken);
  const network = new Network(inputs, extraCa, run.signal);
  const workspace = workspaceFolder();
  const git = createGit(workspace, process.env);
  try {
    // The formats are loaded while git looks for its files.
    const [tracked, event, { checkFiles }] = await Promise.all([
      git.trackedFiles(),
      eventOfRun(),
      import('./check-files.ts'),
    ]);
    return await checkFiles({ inputs, network, run, workspace, git, tracked, event });
  } finally {
    await network.close();
  }
}

async function readExtraCa(form: Form, { caFile }: CheckInputs): Promise<string | undefined> {
  if (caFile === undefined) return undefined;
  try {
    return await readCaFile(caFile);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    form.problem('ca-file', error);
    return undefined;
  }
}
