import { UserError } from '../../core/errors.ts';
import { REPORT_INPUTS, type CheckInputs } from '../../inputs/check.ts';
import type { Form } from '../../inputs/form.ts';
import { checkWritablePath, type WritableFolders } from '../../ports/files.ts';
import { environment, workspaceFolder } from '../runner.ts';

/** Notes every report that could not be written, before any work is done. */
export async function checkReportPaths(form: Form, { reports }: CheckInputs): Promise<void> {
  for (const kind of ['sarif', 'json', 'patch'] as const) {
    const path = reports[kind];
    if (path === undefined) continue;
    try {
      await checkWritablePath(path, writableFolders());
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      form.problem(REPORT_INPUTS[kind], error);
    }
  }
}

/** Where reports may be written. */
export function writableFolders(): WritableFolders {
  const temp = environment('RUNNER_TEMP');
  return { workspace: workspaceFolder(), ...(temp === undefined ? {} : { temp }) };
}
