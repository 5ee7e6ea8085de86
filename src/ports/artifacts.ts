import { appendFile } from 'node:fs/promises';
import type { Digest } from '../core/digest.ts';

/**
 * Declares what the step has produced: one line `name@digest` in the runner's file (actions/runner 2.336).
 * @param path of GITHUB_ARTIFACTS
 * @throws Node's error when the file cannot be written
 */
export async function declareArtifact(path: string, name: string, digest: Digest): Promise<void> {
  await appendFile(path, `${name}@${digest}\n`, { flag: 'a' });
}
