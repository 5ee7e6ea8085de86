import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  buildLabels
} from "./part-core-list-line.js";
import {
  readEventFile
} from "./part-actions-event-file.js";
import "./part-ports-files.js";
import "./part-core-reference-problem.js";
import {
  environment,
  line,
  workspaceFolder
} from "./part-actions-runner.js";
import "./part-ports-paths.js";
import "./part-core-limits.js";
import "./part-ports-transport-error.js";
import {
  listProperty,
  property,
  textProperty
} from "./part-core-json.js";
import "./part-shared.js";

// src/core/workflow-run.ts
var COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
var REPOSITORY = /^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/;
var NUMBER = /^\d{1,20}$/;
var TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
function revisionOf({ sha, eventName, event }) {
  const isMerge = eventName?.startsWith("pull_request") === true && eventName !== "pull_request_target";
  const head = isMerge ? textProperty(property(property(event, "pull_request"), "head"), "sha") : void 0;
  return [head, sha].find((commit) => commit !== void 0 && COMMIT.test(commit));
}
function commitTime({ event }, commit) {
  const run = property(event, "workflow_run");
  const commits = [property(event, "head_commit"), property(run, "head_commit"), ...listProperty(event, "commits")];
  const found = commits.find((candidate) => textProperty(candidate, "id") === commit);
  const time = textProperty(found, "timestamp");
  return time !== void 0 && TIME.test(time) ? time : void 0;
}
function buildOf(run, created) {
  const revision = revisionOf(run);
  const { runId, runNumber } = run;
  const url = repositoryUrl(run);
  return {
    ...revision === void 0 ? {} : { revision },
    ...url === void 0 ? {} : { repositoryUrl: url },
    ...created === void 0 ? {} : { created },
    ...runNumber !== void 0 && NUMBER.test(runNumber) ? { runNumber } : {},
    ...url !== void 0 && runId !== void 0 && NUMBER.test(runId) ? { runUrl: `${url}/actions/runs/${runId}` } : {}
  };
}
function repositoryUrl({ serverUrl, repository }) {
  const server = URL.parse(serverUrl ?? "https://github.com");
  if (server === null || repository === void 0 || !REPOSITORY.test(repository)) return void 0;
  return `${server.origin}/${repository}`;
}

// src/actions/resolve/build.ts
async function labelsOfRun() {
  const run = {
    sha: environment("GITHUB_SHA"),
    eventName: environment("GITHUB_EVENT_NAME"),
    event: await readEventFile(),
    serverUrl: environment("GITHUB_SERVER_URL"),
    repository: environment("GITHUB_REPOSITORY"),
    runId: environment("GITHUB_RUN_ID"),
    runNumber: environment("GITHUB_RUN_NUMBER")
  };
  const revision = revisionOf(run);
  const created = revision === void 0 ? void 0 : commitTime(run, revision) ?? await timeInCheckout(revision);
  const build = buildOf(run, created);
  const unknown = ["revision", "repositoryUrl", "created", "runNumber", "runUrl"].filter(
    (fact) => build[fact] === void 0
  );
  for (const fact of unknown) line(`build-labels: ${LEFT_OUT[fact]}`);
  return buildLabels(build);
}
var LEFT_OUT = {
  revision: "no revision and no git-commit: GITHUB_SHA names no commit",
  repositoryUrl: "no source and no url: GITHUB_REPOSITORY names no repository",
  created: "no created: neither the event nor a checkout tells the time of the commit",
  runNumber: "no build-number: GITHUB_RUN_NUMBER is no number",
  runUrl: "no build-url: GITHUB_RUN_ID is no number"
};
async function timeInCheckout(revision) {
  const { createGit } = await import("./part-ports-git-2.js");
  return createGit(workspaceFolder(), process.env).commitTime(revision);
}
export {
  labelsOfRun
};
