import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  checkReportPaths,
  readCheck
} from "./part-inputs-check.js";
import {
  readEventFile
} from "./part-actions-event-file.js";
import {
  readExtraCa
} from "./part-actions-ca-file.js";
import "./part-inputs-registry.js";
import {
  Form,
  collectEarly,
  keepHeapSmall
} from "./part-inputs-form.js";
import "./part-ports-files.js";
import {
  createGit
} from "./part-ports-git.js";
import "./part-rules-diff.js";
import "./part-ports-certificates.js";
import "./part-core-reference-problem.js";
import {
  environment,
  hideSecret,
  readInput,
  workspaceFolder
} from "./part-actions-runner.js";
import "./part-ports-paths.js";
import "./part-core-limits.js";
import "./part-ports-transport-error.js";
import {
  numberProperty,
  property,
  textProperty
} from "./part-core-json.js";
import "./part-shared.js";

// src/actions/check/event.ts
var NO_COMMIT = /^0+$/;
var COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
function readEvent(name, event) {
  if (name === void 0) return { kind: "other", why: "this is no workflow run" };
  if (event === void 0) return { kind: "other", why: "the event of this run cannot be read" };
  const pull = property(event, "pull_request");
  if (pull !== void 0) return readPull(event, pull);
  if (name === "merge_group") {
    const group = property(event, "merge_group");
    return readRange(textProperty(group, "base_sha"), textProperty(group, "head_sha"));
  }
  if (name === "push") return readRange(textProperty(event, "before"), textProperty(event, "after"));
  return { kind: "other", why: `the event ${name} adds no lines` };
}
function readPull(event, pull) {
  const number = numberProperty(pull, "number") ?? numberProperty(event, "number");
  const [base, head] = [property(pull, "base"), property(pull, "head")];
  const [baseId, headId] = [textProperty(base, "sha"), textProperty(head, "sha")];
  if (number === void 0 || !isCommit(baseId) || !isCommit(headId)) {
    return { kind: "other", why: "the event names no commits" };
  }
  const names = [base, head].map((side) => textProperty(property(side, "repo"), "full_name"));
  return { kind: "pull", number, base: baseId, head: headId, fromFork: names[0] !== names[1] };
}
function readRange(base, head) {
  if (!isCommit(base) || !isCommit(head)) return { kind: "other", why: "the event names no commits" };
  if (NO_COMMIT.test(base)) return { kind: "other", why: "the branch is new, so there is nothing to compare with" };
  return { kind: "range", base, head };
}
function isCommit(text) {
  return text !== void 0 && COMMIT.test(text);
}

// src/actions/check/lazy.ts
var Network = class {
  #inputs;
  #extraCa;
  #signal;
  #opened;
  #github;
  constructor(inputs, extraCa, signal) {
    this.#inputs = inputs;
    this.#extraCa = extraCa;
    this.#signal = signal;
  }
  get signal() {
    return this.#signal;
  }
  async client() {
    return (await this.#open()).client;
  }
  /** GitHub's API; undefined without a token or outside of a workflow. */
  github() {
    this.#github ??= this.#openGitHub();
    return this.#github;
  }
  async close() {
    if (this.#opened === void 0) return;
    const { transport } = await this.#opened;
    await transport.close();
  }
  #open() {
    this.#opened ??= this.#openRegistries();
    return this.#opened;
  }
  async #openRegistries() {
    const { openRegistries } = await import("./part-actions-check-network.js");
    const mayLogIn = (registry) => this.#inputs.registries.has(registry);
    return openRegistries(this.#inputs, this.#extraCa, this.#signal, mayLogIn);
  }
  async #openGitHub() {
    if (this.#inputs.githubToken === void 0) return void 0;
    const { openGitHub } = await import("./part-actions-check-github-api.js");
    return openGitHub(this.#inputs.githubToken, await this.#open(), this.#signal);
  }
};

// src/actions/check/main.ts
async function check(run) {
  keepHeapSmall();
  collectEarly();
  const form = new Form(readInput);
  const inputs = readCheck(form);
  const extraCa = await readExtraCa(form, inputs);
  await checkReportPaths(form, inputs);
  form.finish();
  run.endAfter(inputs.timeout);
  if (inputs.githubToken !== void 0) hideSecret(inputs.githubToken);
  const network = new Network(inputs, extraCa, run.signal);
  const workspace = workspaceFolder();
  const git = createGit(workspace, process.env, run.signal);
  try {
    const [tracked, payload, { checkFiles }] = await Promise.all([
      git.trackedFiles(),
      readEventFile(),
      import("./part-actions-check-check-files.js")
    ]);
    run.signal.throwIfAborted();
    const event = readEvent(environment("GITHUB_EVENT_NAME"), payload);
    return await checkFiles({ inputs, network, run, workspace, git, tracked, event });
  } finally {
    await network.close();
  }
}
export {
  check
};
