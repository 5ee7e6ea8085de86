import { UserError } from '../../core/errors.ts';
import { LIMITS } from '../../core/limits.ts';
import type { Labels } from '../../core/labels.ts';
import { canonicalRegistry, familiarReference, formatReference } from '../../core/reference.ts';
import type { How, ImageRequest, ImageResult, Outcome } from '../../core/resolution.ts';
import { Form } from '../../inputs/form.ts';
import { readResolve, type ResolveInputs } from '../../inputs/resolve.ts';
import { checkWritablePath, writeWorkspaceFile } from '../../ports/files.ts';
import { TIMING } from '../../ports/timing.ts';
import type { RegistryClient } from '../../registry/client.ts';
import { resolveReference, type ResolveOptions } from '../../registry/resolve.ts';
import { startTrace } from '../../registry/trace.ts';
import { FREE_TEXT, resolveOutputs, resultsJson } from '../../report/resolve-outputs.ts';
import { fileContents, logOf, summaryOf } from '../../report/resolve-text.ts';
import { readExtraCa } from '../ca-file.ts';
import { group, line, withoutSecrets } from '../print.ts';
import { startProgress } from '../progress.ts';
import { openRegistries } from '../registry.ts';
import { Cancelled, keepHeapSmall, type Run } from '../run.ts';
import { handOverOutputs } from './hand-over.ts';
import { annotateAll, environment, readInput, setOutputs, wordsOf, workspaceFolder, writeSummary } from '../runner.ts';

/** The action `resolve`: tags in, digests out. @returns whether the step succeeded */
export async function resolve(run: Run): Promise<boolean> {
  keepHeapSmall();
  const form = new Form(readInput);
  const inputs = readResolve(form);
  const extraCa = await readExtraCa(form, inputs);
  await checkWrites(form, inputs);
  form.finish();
  run.endAfter(inputs.timeout);
  const { client, transport } = openRegistries(inputs, extraCa, run.signal);
  try {
    const [results, build] = await Promise.all([resolveAll(client, inputs, run.signal), buildLabelsOf(inputs)]);
    if (run.signal.reason instanceof Cancelled) throw run.signal.reason;
    return await report(results, inputs, build);
  } finally {
    await transport.close();
  }
}

async function checkWrites(form: Form, { write }: ResolveInputs): Promise<void> {
  for (const path of write) {
    try {
      await checkWritablePath(path, writableFolders());
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      form.problem('write', error);
    }
  }
}

function writableFolders(): { workspace: string; temp?: string } {
  const temp = environment('RUNNER_TEMP');
  return { workspace: workspaceFolder(), ...(temp === undefined ? {} : { temp }) };
}

async function resolveAll(
  client: RegistryClient,
  inputs: ResolveInputs,
  signal: AbortSignal,
): Promise<readonly ImageResult[]> {
  const { images } = inputs;
  client.announce(images.map(({ reference }) => reference));
  const progress = startProgress(images.length);
  const lookUps = new Map<string, Promise<Outcome>>();
  const one = async (request: ImageRequest): Promise<ImageResult> => {
    const options = optionsFor(request, inputs);
    const same = sameLookUp(request, options);
    const outcome = lookUps.get(same) ?? resolveOne(client, request, options, signal);
    lookUps.set(same, outcome);
    const result = { request, outcome: await outcome };
    progress.done(familiarReference(request.reference));
    return result;
  };
  try {
    return await mapInOrder(images, UNDER_WAY, one);
  } finally {
    progress.end();
  }
}

/** Images that are worked on at once: enough to keep every request that may be in flight busy, few enough for memory. */
const UNDER_WAY = 2 * LIMITS.inFlight;

/** Does the work for each entry, `most` at a time; the results are in the order of the entries. */
async function mapInOrder<T, R>(
  entries: readonly T[],
  most: number,
  work: (entry: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const queue = entries.entries();
  const worker = async (): Promise<void> => {
    for (const [index, entry] of queue) results.set(index, await work(entry));
  };
  await Promise.all(Array.from({ length: Math.min(most, entries.length) }, worker));
  return [...results].toSorted(([one], [other]) => one - other).map(([, result]) => result);
}

/** Loaded where they are wanted only. */
async function buildLabelsOf({ buildLabels }: ResolveInputs): Promise<Labels> {
  return buildLabels ? (await import('./build.ts')).labelsOfRun() : new Map();
}

function optionsFor({ key }: ImageRequest, inputs: ResolveInputs): ResolveOptions {
  return {
    requirePlatforms: inputs.requirePlatforms,
    expect: inputs.expect.get(key) ?? [],
    inspect: inputs.inspect,
    verify: inputs.verify,
    wait: inputs.wait,
    missingIsFine: inputs.missingIsFine,
    ...(inputs.platform === undefined ? {} : { platform: inputs.platform }),
    ...(inputs.findTags === undefined ? {} : { findTags: inputs.findTags }),
  };
}

/** Equal references cost one look-up, however their registry's name is written. */
function sameLookUp({ reference }: ImageRequest, { expect }: ResolveOptions): string {
  const registry = canonicalRegistry(reference.registry);
  return [formatReference({ ...reference, registry }), ...expect].join(' ');
}

async function resolveOne(
  client: RegistryClient,
  { reference }: ImageRequest,
  options: ResolveOptions,
  signal: AbortSignal,
): Promise<Outcome> {
  const trace = startTrace();
  const started = TIMING.now();
  const how = (): How => ({ ...trace, milliseconds: TIMING.now() - started });
  try {
    const resolution = await resolveReference({ client, timing: TIMING, signal }, reference, options, trace);
    if (resolution === undefined) return { status: 'missing', error: undefined, how: how() };
    return { status: 'resolved', resolution, how: how() };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // Here, where it is still the registry's own words: escaped for Markdown, a secret would not be recognised.
    const shown = new UserError(error.code, withoutSecrets(error.message), withoutSecrets(error.hint), {
      cause: error,
    });
    if (error.code === 'not-found') return { status: 'missing', error: shown, how: how() };
    return { status: 'failed', error: shown, how: how() };
  }
}

function outputsOf(results: readonly ImageResult[]): Readonly<Record<string, string>> {
  const outputs = Object.entries(resolveOutputs(results));
  return Object.fromEntries(
    outputs.map(([name, value]) => [name, FREE_TEXT.has(name) ? withoutSecrets(value) : value]),
  );
}

/** Tells everything there is to tell; nothing that was resolved is lost when another image failed. */
async function report(results: readonly ImageResult[], inputs: ResolveInputs, build: Labels): Promise<boolean> {
  for (const result of results) group(familiarReference(result.request.reference), logOf(result));
  const failures = results.flatMap(({ outcome }) =>
    outcome.status !== 'resolved' && outcome.error !== undefined ? [outcome.error] : [],
  );
  const notices = results.flatMap(({ outcome }) => (outcome.status === 'resolved' ? outcome.resolution.notices : []));
  annotateAll(
    'notice',
    notices.map((message) => ({ title: 'moved', message })),
  );
  setOutputs({ ...outputsOf(results), ...(await handOverOutputs(results, inputs, build)) });
  if (failures.length === 0) failures.push(...(await writeFiles(results, inputs.write)));
  else if (inputs.write.length > 0) line(`Not written, because an image failed: ${inputs.write.join(', ')}`);
  if (inputs.showSummary) await writeSummary(summaryOf(results));
  annotateAll(
    'error',
    distinct(failures).map((error) => ({ title: error.code, message: wordsOf(error) })),
  );
  return failures.length === 0;
}

/** One annotation per failure: a registry that cannot be reached is one, however many images are there. */
function distinct(errors: readonly UserError[]): readonly UserError[] {
  return [...new Map(errors.map((error) => [`${error.code} ${error.message}`, error])).values()];
}

/** Writes what can be written, and gives what went wrong with the rest. */
async function writeFiles(results: readonly ImageResult[], paths: readonly string[]): Promise<readonly UserError[]> {
  const failures: UserError[] = [];
  for (const path of paths) {
    const contents = fileContents(path, results, withoutSecrets(resultsJson(results, 2)));
    try {
      line(`${path}: ${await writeWorkspaceFile(path, contents, writableFolders())}`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failures.push(error);
    }
  }
  return failures;
}
