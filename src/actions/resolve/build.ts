import { buildLabels, type Labels } from '../../core/labels.ts';
import { buildOf, commitTime, revisionOf, type WorkflowRun } from '../../core/workflow-run.ts';
import { readEventFile } from '../event-file.ts';
import { line } from '../print.ts';
import { environment, workspaceFolder } from '../runner.ts';

/** The labels of `build-labels`: what this run says of the build; what it does not say is left out, and told. */
export async function labelsOfRun(): Promise<Labels> {
  const run: WorkflowRun = {
    sha: environment('GITHUB_SHA'),
    eventName: environment('GITHUB_EVENT_NAME'),
    event: await readEventFile(),
    serverUrl: environment('GITHUB_SERVER_URL'),
    repository: environment('GITHUB_REPOSITORY'),
    runId: environment('GITHUB_RUN_ID'),
    runNumber: environment('GITHUB_RUN_NUMBER'),
  };
  const revision = revisionOf(run);
  const created = revision === undefined ? undefined : (commitTime(run, revision) ?? (await timeInCheckout(revision)));
  const build = buildOf(run, created);
  const unknown = (['revision', 'repositoryUrl', 'created', 'runNumber', 'runUrl'] as const).filter(
    (fact) => build[fact] === undefined,
  );
  for (const fact of unknown) line(`build-labels: ${LEFT_OUT[fact]}`);
  return buildLabels(build);
}

const LEFT_OUT = {
  revision: 'no revision and no git-commit: GITHUB_SHA names no commit',
  repositoryUrl: 'no source and no url: GITHUB_REPOSITORY names no repository',
  created: 'no created: neither the event nor a checkout tells the time of the commit',
  runNumber: 'no build-number: GITHUB_RUN_NUMBER is no number',
  runUrl: 'no build-url: GITHUB_RUN_ID is no number',
} as const;

/** git is loaded and asked only where the event does not tell. */
async function timeInCheckout(revision: string): Promise<string | undefined> {
  const { createGit } = await import('../../ports/git.ts');
  return createGit(workspaceFolder(), process.env).commitTime(revision);
}
