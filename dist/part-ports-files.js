import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  isInside
} from "./part-ports-paths.js";
import {
  codeOf
} from "./part-ports-transport-error.js";
import {
  UserError
} from "./part-core-json.js";

// src/ports/files.ts
import { createHash, randomBytes } from "node:crypto";
import { constants, rmSync } from "node:fs";
import { lstat, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
var temporary = /* @__PURE__ */ new Set();
function removeTemporaryFiles() {
  for (const path of temporary) rmSync(path, { force: true });
  temporary.clear();
}
async function writeWorkspaceFile(path, contents, options) {
  const bytes = typeof contents === "string" ? Buffer.from(contents) : contents;
  const full = resolve(options.workspace, path);
  const folder = writableFolder(path, full, options);
  return explained(path, async () => {
    await makeParents(folder, full, path);
    const before = await stateOf(full, path);
    refuseUnexpected(path, before, options.expected);
    if (before !== void 0 && before.hash === hashOf(bytes)) return "unchanged";
    await replace(full, path, bytes, before);
    return "written";
  });
}
async function checkWritablePath(path, options) {
  const full = resolve(options.workspace, path);
  const folder = writableFolder(path, full, options);
  let current = folder;
  for (const part of relative(folder, full).split(sep)) {
    current = join(current, part);
    const found = await statOf(current);
    if (found === void 0) return;
    const wanted = current === full ? found.isFile() : found.isDirectory();
    if (!wanted)
      throw unsafe(path, `${current} is ${kindOf(found)}, not a ${current === full ? "regular file" : "folder"}`);
  }
}
function writableFolder(path, full, { workspace, temp }) {
  const folder = [workspace, temp].filter((one) => one !== void 0).find((one) => isInside(one, full) && resolve(one) !== full);
  if (folder !== void 0) return resolve(folder);
  throw new UserError(
    "bad-input",
    `${path} is not written: it is outside the workspace`,
    "Give a path inside the workspace or RUNNER_TEMP."
  );
}
async function makeParents(folder, full, path) {
  const way = relative(folder, dirname(full)).split(sep).filter((part) => part !== "");
  let current = folder;
  for (const part of way) {
    current = join(current, part);
    const found = await statOf(current);
    if (found === void 0) await mkdir(current);
    else if (!found.isDirectory()) throw unsafe(path, `${current} is ${kindOf(found)}, not a folder`);
  }
}
async function stateOf(full, path) {
  const found = await statOf(full);
  if (found === void 0) return void 0;
  if (!found.isFile()) throw unsafe(path, `it is ${kindOf(found)}, not a regular file`);
  const file = await open(full, constants.O_RDONLY | NO_FOLLOW);
  try {
    const opened = await file.stat();
    if (!opened.isFile()) throw unsafe(path, "it is not a regular file");
    return { hash: hashOf(await file.readFile()), inode: `${opened.dev}:${opened.ino}`, mode: opened.mode & 4095 };
  } finally {
    await file.close();
  }
}
var NO_FOLLOW = process.platform === "win32" ? 0 : constants.O_NOFOLLOW;
function refuseUnexpected(path, before, expected) {
  if (expected === void 0) return;
  const wanted = expected === null ? void 0 : hashOf(Buffer.from(expected));
  if (before?.hash !== wanted) throw changedMeanwhile(path);
}
async function replace(full, path, bytes, before) {
  const draft = join(dirname(full), `.image-digest-${randomBytes(8).toString("hex")}.tmp`);
  temporary.add(draft);
  try {
    const file = await open(draft, "wx", before?.mode ?? 438);
    try {
      if (before !== void 0) await file.chmod(before.mode);
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    const now = await stateOf(full, path);
    if (now?.hash !== before?.hash || now?.inode !== before?.inode) throw changedMeanwhile(path);
    await rename(draft, full);
  } finally {
    await rm(draft, { force: true });
    temporary.delete(draft);
  }
}
async function statOf(path) {
  try {
    return await lstat(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return void 0;
    throw error;
  }
}
function hashOf(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
function kindOf(found) {
  if (found.isSymbolicLink()) return "a symbolic link";
  if (found.isDirectory()) return "a folder";
  return found.isFile() ? "a file" : "a special file";
}
function unsafe(path, why) {
  return new UserError(
    "bad-input",
    `${path} is not written: ${why}`,
    "Give a path without symbolic links inside the workspace."
  );
}
function changedMeanwhile(path) {
  return new UserError(
    "bad-input",
    `${path} is not written: something else changed it meanwhile`,
    "Run the step again when nothing else writes the file."
  );
}
async function explained(path, work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError || codeOf(error) === "") throw error;
    const message = `${path} is not written: ${Error.isError(error) ? error.message : codeOf(error)}`;
    throw new UserError("bad-input", message, "Check the permissions and the space of the disk.", { cause: error });
  }
}
async function readTextFile(path, maxBytes) {
  try {
    const found = await lstat(path);
    if (!found.isFile()) return { kind: "unread", why: "not-a-file" };
    const file = await open(path, constants.O_RDONLY | NO_FOLLOW | NO_WAIT);
    try {
      if (!(await file.stat()).isFile()) return { kind: "unread", why: "not-a-file" };
      return decodeText(await readAtMost(file, maxBytes), maxBytes);
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = codeOf(error);
    return { kind: "unread", why: code === "ENOENT" || code === "ENOTDIR" ? "missing" : "unreadable" };
  }
}
var NO_WAIT = process.platform === "win32" ? 0 : constants.O_NONBLOCK;
async function readAtMost(file, maxBytes) {
  const chunks = [];
  for await (const chunk of file.createReadStream({ end: maxBytes, autoClose: false })) {
    if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
function decodeText(bytes, maxBytes) {
  if (bytes.length > maxBytes) return { kind: "unread", why: "too-large" };
  const bom = bytes[0] === 239 && bytes[1] === 187 && bytes[2] === 191;
  try {
    return { kind: "text", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), bom };
  } catch {
    return { kind: "unread", why: "not-utf8" };
  }
}

export {
  removeTemporaryFiles,
  writeWorkspaceFile,
  checkWritablePath,
  readTextFile
};
