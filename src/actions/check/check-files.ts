import { setImmediate } from 'node:timers/promises';
import { LIMITS } from '../../core/limits.ts';
import { FORMATS } from '../../files/index.ts';
import type { CheckInputs } from '../../inputs/check.ts';
import type { Git } from '../../ports/git.ts';
import { createWorkspace } from '../../ports/workspace.ts';
import { bySeverity, type CheckReport } from '../../report/check-report.ts';
import type { Answer } from '../../rules/facts.ts';
import type { Skipped, Unverified } from '../../rules/finding.ts';
import { gravest, judgeFile, type JudgedFile, type JudgeOptions, type Scopes } from '../../rules/judge-file.ts';
import { LEVELS, type Level } from '../../rules/rule.ts';
import { EVERYTHING, type Scope } from '../../rules/scope.ts';
import type { Subject } from '../../rules/subject.ts';
import { verdictOf } from '../../rules/verdict.ts';
import { line } from '../print.ts';
import { Cancelled, type Run } from '../run.ts';
import { environment, reportBug, warnOnce } from '../runner.ts';
import { findChange, type Change, type ChangeSources } from './change.ts';
import type { CheckEvent } from './event.ts';
import type { Network } from './lazy.ts';
import { publish } from './publish.ts';
import { askAll } from './questions.ts';
import { isSameKind, scan, type Scan } from './scan.ts';

/** After so many files other work gets its turn. */
const BATCH = 16;

/** What is known when the work begins. */
export interface Started {
  readonly inputs: CheckInputs;
  readonly network: Network;
  readonly run: Run;
  readonly workspace: string;
  readonly git: Git;
  /** What git tracks; undefined where there is no repository. */
  readonly tracked: readonly string[] | undefined;
  readonly event: CheckEvent;
}

/** Reads, judges and tells. @returns whether the step succeeded */
export async function checkFiles(started: Started): Promise<boolean> {
  const { inputs, network, run, git, event } = started;
  const listing = await list(started);
  const all = new Set(listing.files);
  const isFile = (path: string): boolean => all.has(path);
  const choice = { ...inputs, isFile };
  const isJudgedAlike = (from: string, to: string): boolean => isSameKind(from, to, choice);
  const sources = { git, github: () => network.github(), isFile, isSameKind: isJudgedAlike };
  const wanted = inputs.scope ?? (environment('GITHUB_EVENT_NAME') === 'pull_request' ? 'added' : 'all');
  const changing: Promise<Change> =
    wanted === 'all' ? Promise.resolve({ scope: EVERYTHING }) : findChange(event, sources);
  const options = judgeOptions(inputs);
  const [found, change] = await Promise.all([
    scan(listing.files, createWorkspace(started.workspace), {
      ...inputs,
      today: options.today,
      isInScope: wanted === 'changed-files' ? (await changing).scope.isChanged : () => true,
      onBug: (path, error) => {
        line(`${path} could not be read`);
        reportBug(error);
      },
    }),
    changing,
  ]);
  const answers = await askAll(found.files, options, inputs, network);
  if (run.signal.reason instanceof Cancelled) throw run.signal.reason;
  // With changed-files every line of a changed file counts.
  const level = wanted === 'added' ? change.scope : EVERYTHING;
  const added = wanted === 'all' ? await addedByPull(event, sources, found) : change.scope;
  const scopes = added === undefined || added === EVERYTHING ? { level } : { level, change: added };
  const report = await reportOf(found, listing, inputs, options, scopes, answers);
  return publish({ report, scan: found, inputs, event, network, notices: noticesOf(change, event) });
}

/** Ignores that a pull request adds are told apart also where every line counts (SAFETY.md T50). */
async function addedByPull(event: CheckEvent, sources: ChangeSources, { files }: Scan): Promise<Scope | undefined> {
  const matters = event.kind === 'pull' && files.some(({ ignores }) => ignores.valid.length > 0);
  return matters ? (await findChange(event, sources)).scope : undefined;
}

/** The files of the workspace: what git tracks, else what is there. */
interface Files {
  readonly files: readonly string[];
  readonly truncated: boolean;
  readonly skipped: readonly Skipped[];
}

async function list({ tracked, workspace }: Started): Promise<Files> {
  if (tracked !== undefined) return { files: tracked, truncated: false, skipped: [] };
  const walked = await createWorkspace(workspace).walk(mayHoldReferences);
  if (!walked.truncated) return walked;
  const reason = 'the workspace holds more files than are read';
  return { ...walked, skipped: [...walked.skipped, { file: '.', reason, unjudged: 'more' }] };
}

function mayHoldReferences(path: string): boolean {
  return FORMATS.some(({ matches }) => matches(path) !== 'no');
}

function judgeOptions(inputs: CheckInputs): JudgeOptions {
  const { require, floatingTags, allow } = inputs;
  return { require, floatingTags, allow, today: new Date().toISOString().slice(0, 10) };
}

async function reportOf(
  { files, read, skipped, truncated }: Scan,
  listing: Files,
  inputs: CheckInputs,
  options: JudgeOptions,
  scopes: Scopes,
  answers: (subject: Subject) => Answer | undefined,
): Promise<CheckReport> {
  const judged: JudgedFile[] = [];
  let room: number = LIMITS.fixedCharacters;
  for (const file of files) {
    // Other work, such as the end of the step, gets its turn.
    if (judged.length % BATCH === 0) await setImmediate();
    const one = judgeFile(file, options, scopes, answers, room);
    for (const { fix } of one.findings) room -= fix?.replacement.length ?? 0;
    judged.push(one);
  }
  const { kept: findings, omitted: beyond } = gravest(judged.flatMap((one) => one.findings).toSorted(bySeverity));
  const unverified = unverifiedOf(files.flatMap(({ subjects }) => subjects).map(answers));
  const skippedFiles = [...listing.skipped, ...skipped];
  // In a file that the change leaves alone there are notices only.
  const counts = {
    more: () => true,
    file: (file: string) => scopes.level.isChanged(file),
    maybe: (file: string) => scopes.change?.isChanged(file) ?? false,
  };
  const unjudged = skippedFiles.filter((one) => one.unjudged !== undefined && counts[one.unjudged](one.file));
  return {
    verdict: verdictOf(findings, [...unverified, ...unjudged], read, inputs),
    files: read,
    patterns: inputs.paths.length > 0 ? inputs.paths : FORMATS.flatMap((format) => format.files),
    references: judged.flatMap((one) => one.references),
    findings,
    omitted: sumOf([beyond, ...judged.map(({ omitted }) => omitted)]),
    ignored: judged.flatMap((one) => one.ignored),
    voidIgnores: judged.flatMap((one) => one.voidIgnores),
    skipped: [...skippedFiles, ...judged.flatMap((one) => one.skipped)],
    unverified,
    unjudged,
    allowed: judged.reduce((sum, one) => sum + one.allowed, 0),
    truncated: truncated || listing.truncated,
  };
}

function sumOf(counts: readonly Readonly<Record<Level, number>>[]): Readonly<Record<Level, number>> {
  const sum = { error: 0, warning: 0, notice: 0 };
  for (const level of LEVELS) for (const one of counts) sum[level] += one[level];
  return sum;
}

/** One entry for each registry and reason. */
function unverifiedOf(answers: readonly (Answer | undefined)[]): readonly Unverified[] {
  const distinct = new Map<string, Unverified>();
  for (const answer of answers) {
    if (answer?.kind !== 'unanswered') continue;
    const { registry, reason } = answer;
    distinct.set(`${registry} ${reason}`, { registry, reason });
  }
  return [...distinct.values()];
}

function noticesOf({ notice }: Change, event: CheckEvent): readonly string[] {
  const name = environment('GITHUB_EVENT_NAME');
  if (name === 'pull_request_target' && event.kind === 'pull' && event.fromFork) {
    warnOnce(
      'This run is a pull_request_target of a fork: it holds secrets and a token that may write. ' +
        'Run the check on pull_request, which needs neither',
    );
  }
  return notice === undefined ? [] : [notice];
}
