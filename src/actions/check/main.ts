import { readCheck } from '../../inputs/check.ts';
import { Form } from '../../inputs/form.ts';
import { createGit } from '../../ports/git.ts';
import { readExtraCa } from '../ca-file.ts';
import { readEventFile } from '../event-file.ts';
import { hideSecret } from '../print.ts';
import { collectEarly, keepHeapSmall, type Run } from '../run.ts';
import { environment, readInput, workspaceFolder } from '../runner.ts';
import { readEvent } from './event.ts';
import { Network } from './lazy.ts';
import { checkReportPaths } from './report-paths.ts';

/** The action `check`: files in, findings out. @returns whether the step succeeded */
export async function check(run: Run): Promise<boolean> {
  keepHeapSmall();
  collectEarly();
  const form = new Form(readInput);
  const inputs = readCheck(form);
  const extraCa = await readExtraCa(form, inputs);
  await checkReportPaths(form, inputs);
  form.finish();
  run.endAfter(inputs.timeout);
  if (inputs.githubToken !== undefined) hideSecret(inputs.githubToken);
  const network = new Network(inputs, extraCa, run.signal);
  const workspace = workspaceFolder();
  const git = createGit(workspace, process.env, run.signal);
  try {
    // The formats are loaded while git looks for its files.
    const [tracked, payload, { checkFiles }] = await Promise.all([
      git.trackedFiles(),
      readEventFile(),
      import('./check-files.ts'),
    ]);
    // Without the list of the files there is nothing to tell but that the time was too short.
    run.signal.throwIfAborted();
    const event = readEvent(environment('GITHUB_EVENT_NAME'), payload);
    return await checkFiles({ inputs, network, run, workspace, git, tracked, event });
  } finally {
    await network.close();
  }
}
