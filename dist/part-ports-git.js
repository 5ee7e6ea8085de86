import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  createDiffReader
} from "./part-rules-diff.js";

// src/ports/git.ts
import { spawn } from "node:child_process";
import { once } from "node:events";
import { devNull } from "node:os";
var MAX_OUTPUT = 64 * 1024 * 1024;
var TIME_LIMIT = 6e4;
var COMMIT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
var SAFE_CONFIG = [
  "core.fsmonitor=",
  `core.hooksPath=${devNull}`,
  "core.quotePath=false",
  "core.pager=cat",
  "core.attributesFile=",
  "diff.external=",
  "diff.noprefix=false",
  "diff.mnemonicPrefix=false",
  "diff.renames=true",
  "protocol.allow=never"
];
function createGit(workspace, environment) {
  const run = (args) => start(workspace, environment, args);
  const text = async (args) => collect(run(args));
  return {
    async trackedFiles() {
      const listed = await text(["ls-files", "-z", "--cached"]);
      if (listed === void 0) return void 0;
      return [...new Set(listed.split("\0").filter((path) => path !== ""))];
    },
    async head() {
      const id = (await text(["rev-parse", "--verify", "--quiet", "--end-of-options", "HEAD"]))?.trim();
      if (id === void 0 || !COMMIT_ID.test(id)) return void 0;
      const commit = await text(["cat-file", "commit", id]);
      return commit === void 0 ? void 0 : { id, parents: parentsOf(commit) };
    },
    async hasCommit(id) {
      return COMMIT_ID.test(id) && await text(["cat-file", "-e", `${id}^{commit}`]) !== void 0;
    },
    async commitTime(id) {
      if (!COMMIT_ID.test(id)) return void 0;
      const commit = await text(["cat-file", "commit", id]);
      return commit === void 0 ? void 0 : timeOf(commit);
    },
    async mergeBase(one, other) {
      if (!COMMIT_ID.test(one) || !COMMIT_ID.test(other)) return void 0;
      const id = (await text(["merge-base", "--end-of-options", one, other]))?.trim();
      return id !== void 0 && COMMIT_ID.test(id) ? id : void 0;
    },
    async addedBetween(base, head, isSameKind) {
      if (!COMMIT_ID.test(base) || !COMMIT_ID.test(head)) return void 0;
      return readDiff(run([...DIFF, "--end-of-options", base, head, "--"]), createDiffReader(isSameKind));
    }
  };
}
var DIFF = [
  "diff",
  "--unified=0",
  "--inter-hunk-context=0",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  // Attributes and a NUL must not hide lines: whoever changes a file may write both.
  "--text",
  "--ignore-submodules=all",
  "--find-renames",
  "--diff-filter=ACMRT",
  "--relative",
  "--src-prefix=a/",
  "--dst-prefix=b/",
  `-O${devNull}`
];
function timeOf(commit) {
  const match = /^committer [^\n]*> (\d{1,11}) ([+-])(\d\d)(\d\d)$/m.exec(headerOf(commit));
  if (match === null) return void 0;
  const [, seconds = "", sign = "", hours = "", minutes = ""] = match;
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const local = new Date((Number(seconds) + offset * 60) * 1e3).toISOString().replace(/\.000Z$/, "");
  return offset === 0 ? `${local}Z` : `${local}${sign}${hours}:${minutes}`;
}
function headerOf(commit) {
  const end = commit.indexOf("\n\n");
  return end < 0 ? commit : commit.slice(0, end);
}
function parentsOf(commit) {
  return headerOf(commit).split("\n").flatMap((line) => line.startsWith("parent ") ? [line.slice("parent ".length)] : []);
}
function start(workspace, environment, args) {
  const config = [...SAFE_CONFIG, `safe.directory=${workspace}`].flatMap((setting) => ["-c", setting]);
  return spawn("git", ["--no-pager", "--literal-pathspecs", ...config, ...args], {
    cwd: workspace,
    env: childEnvironment(environment),
    stdio: ["ignore", "pipe", "ignore"],
    shell: false,
    windowsHide: true
  });
}
function childEnvironment(environment) {
  const kept = ["PATH", "Path", "SystemRoot", "TEMP", "TMP", "TMPDIR"].flatMap((name) => {
    const value = environment[name];
    return value === void 0 ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(kept),
    LC_ALL: "C",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_ALLOW_PROTOCOL: "none"
  };
}
async function succeeded(child) {
  const timer = setTimeout(() => child.kill("SIGKILL"), TIME_LIMIT);
  try {
    const [code] = await once(child, "close");
    return code === 0;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
async function collect(child) {
  const ended = succeeded(child);
  const chunks = [];
  let size = 0;
  child.stdout.on("data", (chunk) => {
    size += chunk.length;
    if (size <= MAX_OUTPUT) chunks.push(chunk);
    else child.kill("SIGKILL");
  });
  return await ended && size <= MAX_OUTPUT ? Buffer.concat(chunks).toString("utf8") : void 0;
}
async function readDiff(child, reader) {
  const ended = succeeded(child);
  let rest = "";
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) reader.push(line);
  });
  if (!await ended) return void 0;
  if (rest !== "") reader.push(rest);
  return reader.result();
}

export {
  createGit
};
