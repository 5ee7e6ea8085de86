import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  NO_TIME,
  createWorkspace,
  search,
  siblingsIn
} from "./part-yaml.js";
import "./part-core-build-context.js";
import {
  collectNow,
  isLargeProcess
} from "./part-inputs-form.js";
import "./part-ports-files.js";
import "./part-core-reference-problem.js";
import "./part-actions-runner.js";
import "./part-ports-paths.js";
import {
  LIMITS
} from "./part-core-limits.js";
import "./part-ports-transport-error.js";
import "./part-core-json.js";
import "./part-shared.js";

// src/actions/check/large-files.ts
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
var MEMORY = { maxOldGenerationSizeMb: 112, maxYoungGenerationSizeMb: 8 };
var LOOK = 100;
var PATIENCE = 6e4;
var PORTION = 2e3;
var LargeFiles = class {
  #workspace;
  #signal;
  #thread;
  constructor(workspace, signal) {
    this.#workspace = workspace;
    this.#signal = signal;
  }
  find(file) {
    this.#thread ??= startThread(this.#workspace);
    const thread = this.#thread;
    return new Promise((resolve) => {
      const sites = [];
      const share = sharing(file.path);
      const finish = (found) => {
        clearInterval(timer);
        this.#signal.removeEventListener("abort", stop);
        thread.off("message", hear).off("error", fail).off("exit", vanish);
        resolve(found);
      };
      const give = (reason) => () => {
        this.close();
        finish({ kind: "refused", reason });
      };
      const stop = give(NO_TIME);
      const vanish = give("the thread that reads it ended");
      const tooLong = give(`it takes more than ${LIMITS.fileTime / 1e3} s of processor time to read`);
      const before = process.cpuUsage();
      const began = performance.now();
      const timer = setInterval(() => {
        const { user, system } = process.cpuUsage(before);
        if (user + system > LIMITS.fileTime * 1e3 || performance.now() - began > PATIENCE) tooLong();
      }, LOOK);
      const hear = (message) => {
        if (message.kind === "portion") for (const site of message.sites) sites.push(share(site));
        else {
          finish(message.found.kind === "found" ? { ...message.found, sites } : message.found);
          if (isLargeProcess()) this.close();
        }
      };
      const fail = (error) => {
        if ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") give("it takes too much memory to read")();
        else {
          this.close();
          finish({ kind: "bug", error });
        }
      };
      this.#signal.addEventListener("abort", stop);
      thread.on("message", hear).on("error", fail).on("exit", vanish);
      thread.postMessage(file);
    });
  }
  close() {
    void this.#thread?.terminate();
    this.#thread = void 0;
  }
};
function startThread(workspace) {
  const thread = new Worker(new URL(import.meta.url), { workerData: workspace, resourceLimits: MEMORY });
  thread.on("error", () => void 0);
  return thread;
}
function sharing(file) {
  const known = /* @__PURE__ */ new Map();
  const one = (text) => {
    const first = known.get(text);
    if (first === void 0 && known.size < PORTION) known.set(text, text);
    return first ?? text;
  };
  return (site) => {
    const { format, unresolved, placement, traits } = site;
    return {
      ...site,
      file,
      format: one(format),
      ...unresolved === void 0 ? {} : { unresolved: one(unresolved) },
      placement: placement.kind === "none" ? { kind: "none", why: one(placement.why) } : placement,
      traits: traits.length === 0 ? NO_TRAITS : traits
    };
  };
}
var NO_TRAITS = [];
if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  const { root, files } = workerData;
  const around = { sibling: siblingsIn(createWorkspace(root)), files };
  const send = (message) => port.postMessage(message);
  port.on("message", (file) => {
    const found = search(file, around);
    const sites = found.kind === "found" ? found.sites : [];
    if (sites.length > PORTION) collectNow();
    for (let at = 0; at < sites.length; at += PORTION) send({ kind: "portion", sites: sites.slice(at, at + PORTION) });
    send({ kind: "end", found: found.kind === "found" ? { ...found, sites: [] } : found });
  });
}
export {
  LargeFiles
};
