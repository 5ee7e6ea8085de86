import { FORMATS, formatsFor } from '../../files/index.ts';
import type { CheckInputs } from '../../inputs/check.ts';
import type { Git } from '../../ports/git.ts';
import { createWorkspace } from '../../ports/workspace.ts';
import type { CheckReport } from '../../report/check-report.ts';
import type { Skipped } from '../../rules/finding.ts';
import type { JudgeOptions, Scopes } from '../../rules/judge-file.ts';
import { EVERYTHING, type Scope } from '../../rules/scope.ts';
import { verdictOf } from '../../rules/verdict.ts';
import { line } from '../print.ts';
import { Cancelled, collectNow, type Run } from '../run.ts';
import { environment, reportBug, warnOnce } from '../runner.ts';
import { isSameKind } from './candidates.ts';
import { findChange, type Change, type ChangeSources } from './change.ts';
import type { CheckEvent } from './event.ts';
import { NO_TIME } from './find-sites.ts';
import { judgeAll, type Judged } from './judge-all.ts';
import type { Network } from './lazy.ts';
import { Pace } from './pace.ts';
import { publish } from './publish.ts';
import { Questions, type Answers } from './questions.ts';
import { scan, type Scan } from './scan.ts';

/** What is known when the work begins. */
export interface Started {
  readonly inputs: CheckInputs;
  readonly network: Network;
  readonly run: Run;
  readonly workspace: string;
  readonly git: Git;
  /** What git tracks; undefined where there is no repository. */
  readonly tracked: ReadonlySet<string> | undefined;
  readonly event: CheckEvent;
}

/** Reads, judges and tells. @returns whether the step succeeded */
export async function checkFiles(started: Started): Promise<boolean> {
  const { inputs, network, run, git, event } = started;
  const listing = await list(started);
  const isFile = (path: string): boolean => listing.files.has(path);
  const choice = { ...inputs, isFile };
  const isJudgedAlike = (from: string, to: string): boolean => isSameKind(from, to, choice);
  const sources = { git, github: () => network.github(), isFile, isSameKind: isJudgedAlike };
  const wanted = inputs.scope ?? (environment('GITHUB_EVENT_NAME') === 'pull_request' ? 'added' : 'all');
  const changing: Promise<Change> =
    wanted === 'all' ? Promise.resolve({ scope: EVERYTHING }) : findChange(event, sources);
  const options = judgeOptions(inputs);
  const questions = new Questions(options, inputs, network);
  let ignores = 0;
  const [found, change] = await Promise.all([
    scan(listing.files, createWorkspace(started.workspace), {
      ...inputs,
      today: options.today,
      isInScope: wanted === 'changed-files' ? (await changing).scope.isChanged : () => true,
      onFile: (file) => {
        ignores += file.ignores.valid.length;
        return questions.collect(file);
      },
      onBug: (path, error) => {
        line(`${path} could not be read`);
        reportBug(error);
      },
      signal: run.signal,
    }),
    changing,
  ]);
  const answers = await questions.ask();
  collectNow();
  if (run.signal.reason instanceof Cancelled) throw run.signal.reason;
  // With changed-files every line of a changed file counts.
  const level = wanted === 'added' ? change.scope : EVERYTHING;
  const added = wanted === 'all' ? await addedByPull(event, sources, ignores) : change.scope;
  const scopes = added === undefined || added === EVERYTHING ? { level } : { level, change: added };
  const judged = await judgeAll(found.files, options, scopes, answers.to, new Pace(run.signal));
  const report = reportOf(judged, found, listing, inputs, scopes, answers);
  return publish({ report, files: found.files, inputs, event, network, notices: noticesOf(change, event, added) });
}

/** Ignores that a pull request adds are told apart also where every line counts (SAFETY.md T50). */
async function addedByPull(event: CheckEvent, sources: ChangeSources, ignores: number): Promise<Scope | undefined> {
  const matters = event.kind === 'pull' && ignores > 0;
  return matters ? (await findChange(event, sources)).scope : undefined;
}

/** The files of the workspace: what git tracks, else what is there. */
interface Files {
  readonly files: ReadonlySet<string>;
  readonly truncated: boolean;
  readonly skipped: readonly Skipped[];
}

async function list({ tracked, workspace, run }: Started): Promise<Files> {
  if (tracked !== undefined) return { files: tracked, truncated: false, skipped: [] };
  const walked = await createWorkspace(workspace).walk(mayHoldReferences, run.signal);
  const listing = { ...walked, files: new Set(walked.files) };
  if (!walked.truncated) return listing;
  const reason = run.signal.aborted ? NO_TIME : 'the workspace holds more files than are read';
  return { ...listing, skipped: [...walked.skipped, { file: '.', reason, unjudged: 'more' }] };
}

function mayHoldReferences(path: string): boolean {
  return formatsFor(path).formats.length > 0;
}

function judgeOptions(inputs: CheckInputs): JudgeOptions {
  const { require, floatingTags, allow } = inputs;
  return { require, floatingTags, allow, today: new Date().toISOString().slice(0, 10) };
}

function reportOf(
  judged: Judged,
  { read, skipped, truncated }: Scan,
  listing: Files,
  inputs: CheckInputs,
  scopes: Scopes,
  { unverified }: Answers,
): CheckReport {
  const skippedFiles = [...listing.skipped, ...skipped, ...judged.skipped];
  // In a file that the change leaves alone there are notices only.
  const counts = {
    more: () => true,
    file: (file: string) => scopes.level.isChanged(file),
    maybe: (file: string) => scopes.change?.isChanged(file) ?? false,
  };
  const unjudged = skippedFiles.filter((one) => one.unjudged !== undefined && counts[one.unjudged](one.file));
  // Who ignores what cannot be told does not ask for a check that stops half-way.
  const verdicts = unjudged.some(({ reason }) => reason === NO_TIME)
    ? { ...inputs, onUnresolved: 'warn' as const }
    : inputs;
  return {
    ...judged,
    verdict: verdictOf(judged.findings, [...unverified, ...unjudged], read, verdicts),
    files: read,
    patterns: inputs.paths.length > 0 ? inputs.paths : FORMATS.flatMap((format) => format.files),
    skipped: skippedFiles,
    unverified,
    unjudged,
    truncated: truncated || listing.truncated || judged.omittedReferences > 0,
  };
}

function noticesOf({ notice }: Change, event: CheckEvent, added: Scope | undefined): readonly string[] {
  const name = environment('GITHUB_EVENT_NAME');
  if (name === 'pull_request_target' && event.kind === 'pull' && event.fromFork) {
    warnOnce(
      'This run is a pull_request_target of a fork: it holds secrets and a token that may write. ' +
        'Run the check on pull_request, which needs neither',
    );
  }
  const workflow = added === EVERYTHING ? undefined : ownWorkflow();
  const edited =
    workflow === undefined || added?.isChanged(workflow) !== true
      ? []
      : [`This change edits ${workflow}, the workflow that runs this check: see what becomes of the check’s inputs.`];
  return [...(notice === undefined ? [] : [notice]), ...edited];
}

/** The file of the workflow that runs: a pull request runs its own version of it (SAFETY.md T50). */
function ownWorkflow(): string | undefined {
  const [repository, reference] = [environment('GITHUB_REPOSITORY'), environment('GITHUB_WORKFLOW_REF')];
  if (repository === undefined || reference?.startsWith(`${repository}/`) !== true) return undefined;
  const end = reference.indexOf('@');
  return end < 0 ? undefined : reference.slice(repository.length + 1, end);
}
