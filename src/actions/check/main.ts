import { UserError } from '../../core/errors.ts';
import { parseJson } from '../../core/json.ts';
import { readCheck, type CheckInputs } from '../../inputs/check.ts';
import { Form } from '../../inputs/form.ts';
import { readCaFile } from '../../ports/certificates.ts';
import { readTextFile } from '../../ports/files.ts';
import { createGit, type Git } from '../../ports/git.ts';
import { createWorkspace } from '../../ports/workspace.ts';
import { FORMATS } from '../../files/index.ts';
import { bySeverity, type CheckReport } from '../../report/check-report.ts';
import type { Answer } from '../../rules/facts.ts';
import type { Unverified } from '../../rules/finding.ts';
import { judgeFile, type JudgedFile, type JudgeOptions, type Scopes } from '../../rules/judge-file.ts';
import { EVERYTHING, type Scope } from '../../rules/scope.ts';
import type { Subject } from '../../rules/subject.ts';
import { verdictOf } from '../../rules/verdict.ts';
import { hideSecret, line } from '../print.ts';
import { Cancelled, type Run } from '../run.ts';
import { environment, readInput, reportBug, warnOnce, workspaceFolder } from '../runner.ts';
import { findChange, type Change, type ChangeSources } from './change.ts';
import { readEvent, type CheckEvent } from './event.ts';
import { Network } from './lazy.ts';
import { publish } from './publish.ts';
import { askAll } from './questions.ts';
import { checkReportPaths } from './report-files.ts';
import { isSameKind, scan, type Scan } from './scan.ts';

/** The action `check`: files in, findings out. @returns whether the step succeeded */
export async function check(run: Run): Promise<boolean> {
  const form = new Form(readInput);
  const inputs = readCheck(form);
  const extraCa = await readExtraCa(form, inputs);
  await checkReportPaths(form, inputs);
  form.finish();
  run.endAfter(inputs.timeout);
  if (inputs.githubToken !== undefined) hideSecret(inputs.githubToken);
  const network = new Network(inputs, extraCa, run.signal);
  try {
    return await checkWith(network, inputs, run);
  } finally {
    await network.close();
  }
}

async function checkWith(network: Network, inputs: CheckInputs, run: Run): Promise<boolean> {
  const workspace = workspaceFolder();
  const git = createGit(workspace, process.env);
  const [event, listing] = await Promise.all([eventOfRun(), list(git, workspace)]);
  const all = new Set(listing.files);
  const sources = { git, github: () => network.github(), isFile: (path: string) => all.has(path), isSameKind };
  const wanted = inputs.scope ?? (environment('GITHUB_EVENT_NAME') === 'pull_request' ? 'added' : 'all');
  const change: Change = wanted === 'all' ? { scope: EVERYTHING } : await findChange(event, sources);
  const options = judgeOptions(inputs);
  const found = await scan(listing.files, createWorkspace(workspace), {
    ...inputs,
    today: options.today,
    isInScope: wanted === 'changed-files' ? change.scope.isChanged : () => true,
    onBug: (path, error) => {
      line(`${path} could not be read`);
      reportBug(error);
    },
  });
  const answers = await askAll(found.files, options, inputs, network);
  if (run.signal.reason instanceof Cancelled) throw run.signal.reason;
  // With changed-files every line of a changed file counts.
  const level = wanted === 'added' ? change.scope : EVERYTHING;
  const added = wanted === 'all' ? await addedByPull(event, sources, found) : change.scope;
  const scopes = added === undefined || added === EVERYTHING ? { level } : { level, change: added };
  const report = reportOf(found, listing, inputs, options, scopes, answers);
  return publish({ report, scan: found, inputs, event, network, notices: noticesOf(change, event) });
}

/** Ignores that a pull request adds are told apart also where every line counts (SAFETY.md T50). */
async function addedByPull(event: CheckEvent, sources: ChangeSources, { files }: Scan): Promise<Scope | undefined> {
  const matters = event.kind === 'pull' && files.some(({ ignores }) => ignores.valid.length > 0);
  return matters ? (await findChange(event, sources)).scope : undefined;
}

async function readExtraCa(form: Form, { caFile }: CheckInputs): Promise<string | undefined> {
  if (caFile === undefined) return undefined;
  try {
    return await readCaFile(caFile);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    form.problem('ca-file', error);
    return undefined;
  }
}

/** A webhook's payload is at most 25 MB. */
const EVENT_BYTES = 32 * 1024 * 1024;
const EVENT_TRIES = 3;
const EVENT_WAIT = 100;

/** The event of this run; a file that is being written is read again (SAFETY.md F44). */
async function eventOfRun(): Promise<CheckEvent> {
  const [name, path] = [environment('GITHUB_EVENT_NAME'), environment('GITHUB_EVENT_PATH')];
  let event: CheckEvent = readEvent(name, undefined);
  if (path === undefined) return event;
  for (let attempt = 1; attempt <= EVENT_TRIES; attempt += 1) {
    const file = await readTextFile(path, EVENT_BYTES);
    const text = file.kind === 'text' ? file.text : undefined;
    event = readEvent(name, text);
    if (text !== undefined && parseJson(text) !== undefined) return event;
    await new Promise((resolve) => setTimeout(resolve, EVENT_WAIT));
  }
  return event;
}

/** The files of the workspace: what git tracks, else what is there. */
interface Files {
  readonly files: readonly string[];
  readonly truncated: boolean;
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

async function list(git: Git, workspace: string): Promise<Files> {
  const tracked = await git.trackedFiles();
  if (tracked !== undefined) return { files: tracked, truncated: false, skipped: [] };
  return createWorkspace(workspace).walk(mayHoldReferences);
}

function mayHoldReferences(path: string): boolean {
  return FORMATS.some(({ matches }) => matches(path) !== 'no');
}

function judgeOptions(inputs: CheckInputs): JudgeOptions {
  const { require, floatingTags, allow } = inputs;
  return { require, floatingTags, allow, today: new Date().toISOString().slice(0, 10) };
}

function reportOf(
  { files, read, skipped, truncated }: Scan,
  listing: Files,
  inputs: CheckInputs,
  options: JudgeOptions,
  scopes: Scopes,
  answers: (subject: Subject) => Answer | undefined,
): CheckReport {
  const judged: readonly JudgedFile[] = files.map((file) => judgeFile(file, options, scopes, answers));
  const findings = judged.flatMap((one) => one.findings).toSorted(bySeverity);
  const unverified = unverifiedOf(files.flatMap(({ subjects }) => subjects).map(answers));
  return {
    verdict: verdictOf(findings, unverified, read, inputs),
    files: read,
    patterns: inputs.paths.length > 0 ? inputs.paths : FORMATS.flatMap((format) => format.files),
    references: judged.flatMap((one) => one.references),
    findings,
    ignored: judged.flatMap((one) => one.ignored),
    voidIgnores: judged.flatMap((one) => one.voidIgnores),
    skipped: [...listing.skipped, ...skipped, ...judged.flatMap((one) => one.skipped)],
    unverified,
    allowed: judged.reduce((sum, one) => sum + one.allowed, 0),
    truncated: truncated || listing.truncated,
  };
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
