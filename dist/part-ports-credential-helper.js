import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  basicOrToken
} from "./part-registry-credential-file.js";
import {
  isReallyInside
} from "./part-ports-paths.js";
import {
  LIMITS
} from "./part-core-limits.js";
import {
  codeOf
} from "./part-ports-transport-error.js";
import {
  parseJson,
  textProperty
} from "./part-core-json.js";
import "./part-shared.js";

// src/ports/credential-helper.ts
import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
var NAME = /^[A-Za-z0-9._-]{1,64}$/;
var NOT_FOUND = "credentials not found in native keychain";
async function askHelper(name, server, options) {
  if (!NAME.test(name)) return { kind: "failed", why: "has a name that no helper can have" };
  const path = await safePath(options);
  const program = await findProgram(`docker-credential-${name}`, path, options);
  if (program === void 0) return { kind: "failed", why: "is not on PATH" };
  const environment = helperEnvironment(options.environment, path);
  const run = await runHelper(program, server, environment, options);
  if (typeof run === "string") return { kind: "failed", why: run };
  if (run.status !== 0) {
    const none = run.output.trim() === NOT_FOUND;
    return none ? { kind: "none" } : { kind: "failed", why: `failed (exit code ${run.status})` };
  }
  const answer = parseJson(run.output);
  const username = textProperty(answer, "Username") ?? "";
  const secret = textProperty(answer, "Secret") ?? "";
  if (secret === "" || username === "")
    return { kind: "failed", why: "gave an answer without a user name and a secret" };
  return { kind: "login", login: basicOrToken(username, secret, []) };
}
async function safePath({ environment, workspace }) {
  const folders = (environment["PATH"] ?? environment["Path"] ?? "").split(delimiter).filter((folder) => isAbsolute(folder));
  if (workspace === void 0) return folders;
  const inside = await Promise.all(folders.map((folder) => isReallyInside(workspace, folder)));
  return folders.filter((_, index) => inside[index] === false);
}
async function findProgram(name, path, { workspace, platform }) {
  const file = platform === "win32" ? `${name}.exe` : name;
  for (const folder of path) {
    const program = join(folder, file);
    if (!await isProgram(program)) continue;
    if (workspace === void 0 || !await isReallyInside(workspace, program)) return program;
  }
  return void 0;
}
async function isProgram(path) {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
var PASSED_NAMES = new Set(
  "HOME USER LOGNAME DOCKER_CONFIG LANG LC_ALL TMPDIR HTTPS_PROXY HTTP_PROXY NO_PROXY ALL_PROXY SSL_CERT_FILE SSL_CERT_DIR XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_DATA_HOME DBUS_SESSION_BUS_ADDRESS GNUPGHOME PASSWORD_STORE_DIR SYSTEMROOT SYSTEMDRIVE WINDIR USERPROFILE APPDATA LOCALAPPDATA PROGRAMDATA PROGRAMFILES TEMP TMP PATHEXT".split(" ")
);
var PASSED_PREFIXES = ["AWS_", "GOOGLE_", "CLOUDSDK_", "AZURE_", "ACR_"];
function helperEnvironment(environment, path) {
  const passed = Object.entries(environment).filter((pair) => {
    const name = pair[0].toUpperCase();
    return pair[1] !== void 0 && (PASSED_NAMES.has(name) || PASSED_PREFIXES.some((prefix) => name.startsWith(prefix)));
  });
  return { ...Object.fromEntries(passed), PATH: path.join(delimiter) };
}
function runHelper(program, input, environment, { timeout = LIMITS.helperTimeout, signal }) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn(program, ["get"], {
      env: environment,
      stdio: ["pipe", "pipe", "ignore"],
      detached: process.platform !== "win32",
      windowsHide: true,
      shell: false
    });
    const chunks = [];
    let size = 0;
    const end = (result) => {
      clearTimeout(timer);
      process.removeListener("exit", kill);
      signal?.removeEventListener("abort", abort);
      child.stdout.destroy();
      if (signal?.aborted === true) reject(signal.reason);
      else resolve(result);
    };
    const kill = () => killGroup(child);
    const stop = (why) => {
      kill();
      end(why);
    };
    const abort = () => {
      stop("was interrupted");
    };
    const timer = setTimeout(() => stop(`did not end within ${timeout / 1e3} s`), timeout);
    process.once("exit", kill);
    signal?.addEventListener("abort", abort);
    child.on("error", (error) => end(`cannot be started (${codeOf(error)})`));
    child.stdin.on("error", () => void 0);
    child.stdin.end(input);
    child.stdout.on("data", (chunk) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > LIMITS.helperBytes) stop(`wrote more than ${LIMITS.helperBytes} bytes`);
    });
    child.on("close", (status) => end({ status: status ?? -1, output: Buffer.concat(chunks).toString("utf8") }));
  });
}
function killGroup(child) {
  if (child.pid === void 0) return;
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
  }
}
export {
  askHelper,
  helperEnvironment
};
