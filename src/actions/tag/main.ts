import { familiarReference, nameOf } from '../../core/reference.ts';
import type { TagContext } from '../../core/tag-context.ts';
import type { TagOutcome } from '../../core/tag-decision.ts';
import { isTagRule } from '../../core/tag-rule.ts';
import { Form, splitLines } from '../../inputs/form.ts';
import { readTag, type TagInputs } from '../../inputs/tag.ts';
import { declareArtifact } from '../../ports/artifacts.ts';
import { TIMING } from '../../ports/timing.ts';
import type { RegistryClient } from '../../registry/client.ts';
import { planRetag, type RetagPlan } from '../../registry/retag-plan.ts';
import { carryOut, decisions, foretell, isBlocked } from '../../registry/retag.ts';
import { startTrace, type Trace } from '../../registry/trace.ts';
import { tagOutputs, type TagReport } from '../../report/tag-outputs.ts';
import { howLine, imageLines, outcomeLines, tagSummary } from '../../report/tag-text.ts';
import { readExtraCa } from '../ca-file.ts';
import { group, line } from '../print.ts';
import { openRegistries } from '../registry.ts';
import { Cancelled, type Run } from '../run.ts';
import { annotateAll, environment, readInput, setOutputs, warnOnce, wordsOf, writeSummary } from '../runner.ts';
import { readTagContext } from './context.ts';

/** The action `tag`: tags put on an image that exists. @returns whether the step succeeded */
export async function tag(run: Run): Promise<boolean> {
  const form = new Form(readInput);
  const inputs = readTag(form, await contextFor(readInput('tags')));
  const extraCa = await readExtraCa(form, inputs);
  form.finish();
  run.endAfter(inputs.timeout);
  const { client, transport } = openRegistries(inputs, extraCa, run.signal);
  try {
    return await retag(client, inputs, run);
  } finally {
    await transport.close();
  }
}

const NO_CONTEXT: TagContext = {
  ref: '',
  sha: '',
  eventName: '',
  defaultBranch: undefined,
  baseRef: '',
  shortSha: 7,
};

/** The event is read only where a line of `tags` may need it. */
async function contextFor(tags: string): Promise<TagContext> {
  return splitLines(tags).some(isTagRule) ? readTagContext() : NO_CONTEXT;
}

async function retag(client: RegistryClient, inputs: TagInputs, run: Run): Promise<boolean> {
  const trace = startTrace();
  const started = TIMING.now();
  tellSkipped(inputs);
  const plan = await makePlan(client, inputs, trace);
  tellPlan(plan, inputs);
  const writes = !inputs.dryRun && !isBlocked(plan) && plan.tags.some(({ decision }) => isWrite(decision.action));
  const outcomes = inputs.dryRun ? foretell(plan) : await carryOut(client, plan, run.signal, trace);
  if (writes) tellResults(inputs, outcomes);
  else line('Nothing was written.');
  line(howLine({ ...trace, milliseconds: TIMING.now() - started }));
  const { digest } = plan.source.manifest;
  return report({ source: inputs.source, digest, outcomes, dryRun: inputs.dryRun }, inputs, run);
}

function isWrite(action: string): boolean {
  return action === 'create' || action === 'move';
}

function tellSkipped({ skipped }: TagInputs): void {
  for (const { written, reason, isWarning } of skipped) {
    const text = `tags: ${written} gives no tag: ${reason}`;
    if (isWarning) warnOnce(text);
    else line(text);
  }
}

async function makePlan(client: RegistryClient, inputs: TagInputs, trace: Trace): Promise<RetagPlan> {
  try {
    return await planRetag(client, inputs, trace);
  } catch (error) {
    line('Nothing was written.');
    throw error;
  }
}

/** The decisions are shown before anything is written. */
function tellPlan(plan: RetagPlan, inputs: TagInputs): void {
  const { digest, manifest, mediaType } = plan.source.manifest;
  const kind = `${manifest.kind} (${mediaType})`;
  group(familiarReference(inputs.source), imageLines({ source: inputs.source, digest, kind }));
  line(inputs.dryRun ? 'What would be done:' : 'What is to be done:');
  for (const text of outcomeLines(inputs.source, decisions(plan), true)) line(text);
}

function tellResults({ source }: TagInputs, outcomes: readonly TagOutcome[]): void {
  line('Result:');
  for (const text of outcomeLines(source, outcomes, false)) line(text);
}

/** Tells what there is to tell, also when the run was cancelled in the middle. */
async function report(result: TagReport, inputs: TagInputs, run: Run): Promise<boolean> {
  const { outcomes } = result;
  setOutputs(tagOutputs(result));
  if (inputs.showSummary) await writeSummary(tagSummary(result));
  if (run.signal.reason instanceof Cancelled) throw run.signal.reason;
  annotateAll('notice', outcomes.filter(({ result: is }) => is === 'kept').map(keptNotice));
  const failures = outcomes.flatMap(({ error }) => (error === undefined ? [] : [error]));
  if (!inputs.dryRun && failures.length === 0) await declare(result);
  const distinct = new Map(failures.map((error) => [`${error.code} ${error.message}`, error]));
  annotateAll(
    'error',
    [...distinct.values()].map((error) => ({ title: error.code, message: wordsOf(error) })),
  );
  return failures.length === 0;
}

function keptNotice({ target, before, reason }: TagOutcome): { readonly title: string; readonly message: string } {
  return { title: 'kept', message: `${familiarReference(target.reference)} stays ${before ?? ''}: ${reason}` };
}

/** Tells the runner what the step has produced, where it wants to know. */
async function declare({ source, digest }: TagReport): Promise<void> {
  const path = environment('GITHUB_ARTIFACTS');
  if (path === undefined) return;
  try {
    await declareArtifact(path, nameOf(source), digest);
  } catch (error) {
    warnOnce(`The image is not declared in GITHUB_ARTIFACTS: ${Error.isError(error) ? error.message : String(error)}`);
  }
}
