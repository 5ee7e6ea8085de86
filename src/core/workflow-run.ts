import { listProperty, property, textProperty } from './json.ts';
import type { Build } from './labels.ts';

/** What a run of a workflow says of itself: GitHub's variables and the event. */
export interface WorkflowRun {
  /** GITHUB_SHA. */
  readonly sha: string | undefined;
  readonly eventName: string | undefined;
  /** The payload; undefined when it could not be read. */
  readonly event: unknown;
  /** `https://github.com`. */
  readonly serverUrl: string | undefined;
  /** `acme/api`. */
  readonly repository: string | undefined;
  readonly runId: string | undefined;
  readonly runNumber: string | undefined;
}

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const REPOSITORY = /^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/;
const NUMBER = /^\d{1,20}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * The commit that a run builds: on pull requests the head, not the merge commit that GitHub makes for the run and that
 * is nowhere to be found later. Runs of pull_request_target check out the base branch, which is what GITHUB_SHA is.
 */
export function revisionOf({ sha, eventName, event }: WorkflowRun): string | undefined {
  const isMerge = eventName?.startsWith('pull_request') === true && eventName !== 'pull_request_target';
  const head = isMerge ? textProperty(property(property(event, 'pull_request'), 'head'), 'sha') : undefined;
  return [head, sha].find((commit) => commit !== undefined && COMMIT.test(commit));
}

/** When a commit was made, as the event of its push says; undefined when the event does not say. */
export function commitTime({ event }: WorkflowRun, commit: string): string | undefined {
  const run = property(event, 'workflow_run');
  const commits = [property(event, 'head_commit'), property(run, 'head_commit'), ...listProperty(event, 'commits')];
  const found = commits.find((candidate) => textProperty(candidate, 'id') === commit);
  const time = textProperty(found, 'timestamp');
  return time !== undefined && TIME.test(time) ? time : undefined;
}

/** What the run knows of the build. @param created time of the revision, undefined when it is not known */
export function buildOf(run: WorkflowRun, created: string | undefined): Build {
  const revision = revisionOf(run);
  const { runId, runNumber } = run;
  const url = repositoryUrl(run);
  return {
    ...(revision === undefined ? {} : { revision }),
    ...(url === undefined ? {} : { repositoryUrl: url }),
    ...(created === undefined ? {} : { created }),
    ...(runNumber !== undefined && NUMBER.test(runNumber) ? { runNumber } : {}),
    ...(url !== undefined && runId !== undefined && NUMBER.test(runId)
      ? { runUrl: `${url}/actions/runs/${runId}` }
      : {}),
  };
}

function repositoryUrl({ serverUrl, repository }: WorkflowRun): string | undefined {
  const server = URL.parse(serverUrl ?? 'https://github.com');
  if (server === null || repository === undefined || !REPOSITORY.test(repository)) return undefined;
  return `${server.origin}/${repository}`;
}
