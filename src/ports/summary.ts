import { appendFile } from 'node:fs/promises';

/**
 * Appends to the file of the job summary, which the runner makes before the step.
 * @param path of GITHUB_STEP_SUMMARY
 * @throws what the system says when it cannot be written
 */
export async function appendSummary(path: string, markdown: string): Promise<void> {
  await appendFile(path, `${markdown}\n`);
}
