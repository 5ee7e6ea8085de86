/* The built actions as processes: what every transcript test starts. */
import { join } from 'node:path';
import { runAction, type RunOptions, type RunResult } from '../support/runner.ts';

/** The folder of the actions that were built for this run of the tests (build-once.ts). */
export function builtDist(): string {
  const { IMAGE_DIGEST_TEST_DIST: folder, IMAGE_DIGEST_TEST_DIST_FAILURE: failure } = process.env;
  if (failure !== undefined) throw new Error(`dist/ could not be built: ${failure}`);
  if (folder === undefined) throw new Error('dist/ is built by globalSetup of jest.config.js, which did not run');
  return folder;
}

/** Runs a built action as the runner does. */
export function runBuilt(options: RunOptions): Promise<RunResult> {
  return runAction({ main: join(builtDist(), `${options.action}.js`), ...options });
}

/** The value of a JSON output. */
export function jsonOf(text: string | undefined): object {
  const value: unknown = JSON.parse(text ?? '');
  if (typeof value !== 'object' || value === null) throw new Error(`no JSON object: ${text ?? ''}`);
  return value;
}
