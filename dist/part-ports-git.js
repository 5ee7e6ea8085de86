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
  "protocol.allow=never",
  // In a container the checkout belongs to another user, and the workspace's path may hold links: neither matters to
  // calls that run nothing of what the repository says.
  "safe.directory=*"
];
function createGit(workspace, environment, signal) {
  const run = (args) => start(workspace, environment, args, signal);
  const text = async (args) => collect(run(args));
  return {
    async trackedFiles() {
      return readNames(run(["ls-files", "-z", "--cached"]));
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
    },
    async textFiles(head, files) {
      const empty = (await text(["hash-object", "-t", "tree", "--stdin"]))?.trim() ?? "";
      const found = /* @__PURE__ */ new Set();
      if (!COMMIT_ID.test(head) || !COMMIT_ID.test(empty)) return found;
      for (let at = 0; at < files.length; at += PATHS_OF_A_CALL) {
        const some = files.slice(at, at + PATHS_OF_A_CALL);
        const counted = await text([...COUNT, "--end-of-options", empty, head, "--", ...some]);
        for (const path of countedFiles(counted ?? "")) found.add(path);
      }
      return found;
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
var PATHS_OF_A_CALL = 100;
var COUNT = ["diff", "--numstat", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--relative"];
function countedFiles(counts) {
  return counts.split("\0").flatMap((row) => /^\d+\t\d+\t([^]+)$/.exec(row)?.[1] ?? []);
}
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
function start(workspace, environment, args, signal) {
  const config = SAFE_CONFIG.flatMap((setting) => ["-c", setting]);
  return spawn("git", ["--no-pager", "--literal-pathspecs", ...config, ...args], {
    cwd: workspace,
    env: childEnvironment(environment),
    stdio: ["ignore", "pipe", "ignore"],
    shell: false,
    windowsHide: true,
    killSignal: "SIGKILL",
    ...signal === void 0 ? {} : { signal }
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
async function readNames(child) {
  const names = /* @__PURE__ */ new Set();
  let size = 0;
  const rest = eachPart(child, "\0", (name) => {
    size += name.length + 1;
    if (size <= MAX_OUTPUT) names.add(name);
    else child.kill("SIGKILL");
  });
  return await succeeded(child) && rest() === "" && size <= MAX_OUTPUT ? names : void 0;
}
async function readDiff(child, reader) {
  const rest = eachPart(child, "\n", (line) => reader.push(line));
  if (!await succeeded(child)) return void 0;
  if (rest() !== "") reader.push(rest());
  return reader.result();
}
var MAX_PART = 64 * 1024;
function eachPart(child, separator, take) {
  let rest = "";
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (chunk) => {
    const parts = (rest + chunk).split(separator);
    rest = (parts.pop() ?? "").slice(0, MAX_PART);
    for (const part of parts) take(part);
  });
  return () => rest;
}

export {
  createGit
};
