import type { Labels } from '../../core/labels.ts';
import type { ImageResult } from '../../core/resolution.ts';
import type { ResolveInputs } from '../../inputs/resolve.ts';
import { writeTemporaryFiles } from '../../ports/temporary.ts';
import { handOver, type HandOver } from '../../report/hand-over.ts';
import { line } from '../print.ts';
import { environment, warnOnce } from '../runner.ts';

const BAKE_FILE = 'docker-bake.json';
const SOURCE_POLICY = 'source-policy.json';

const NOTHING = {
  labels: '',
  annotations: '',
  'build-contexts': '',
  'build-args': '',
  'bake-file': '',
  'source-policy': '',
} as const;

/** The outputs for the build, and the files that two of them name. @param build labels of this run */
export async function handOverOutputs(
  results: readonly ImageResult[],
  { labels, bakeTarget }: ResolveInputs,
  build: Labels,
): Promise<Readonly<Record<string, string>>> {
  const handed = handOver(results, { build, extra: labels, bakeTarget });
  if (handed === undefined) return NOTHING;
  const { noBase, outputs } = handed;
  if (noBase !== undefined) line(`labels: none of a base image, as ${noBase}`);
  return { ...outputs, ...(await writeFiles(handed)) };
}

async function writeFiles(handed: HandOver): Promise<Record<'bake-file' | 'source-policy', string>> {
  const temp = environment('RUNNER_TEMP');
  // Outside of a workflow nobody would take the files away again.
  if (temp === undefined) return { 'bake-file': '', 'source-policy': '' };
  const files = new Map([
    [BAKE_FILE, handed.bakeFile],
    [SOURCE_POLICY, handed.sourcePolicy],
  ]);
  try {
    const paths = await writeTemporaryFiles(temp, files);
    return { 'bake-file': paths.get(BAKE_FILE) ?? '', 'source-policy': paths.get(SOURCE_POLICY) ?? '' };
  } catch (error) {
    warnOnce(`bake-file and source-policy are not written: ${Error.isError(error) ? error.message : String(error)}`);
    return { 'bake-file': '', 'source-policy': '' };
  }
}
