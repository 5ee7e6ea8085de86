import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);


// src/rules/diff.ts
var ALL_LINES = { first: 1, count: Number.MAX_SAFE_INTEGER };
var HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;
function createDiffReader(isSameKind) {
  const files = /* @__PURE__ */ new Map();
  let spans;
  let pending = 0;
  let from = "";
  let unread;
  let name;
  const closeFile = () => {
    fileOf(files, unread)?.push(ALL_LINES);
    unread = name = void 0;
  };
  const push = (line) => {
    if (pending > 0) {
      if (!line.startsWith("\\")) pending -= 1;
      return;
    }
    if (line.startsWith("+++ ")) spans = fileOf(files, newName(line.slice(4)));
    else if (line.startsWith("rename from ")) from = unquotePath(line.slice("rename from ".length));
    else if (line.startsWith("rename to ")) {
      const to = unquotePath(line.slice("rename to ".length));
      name = to;
      const renamed = fileOf(files, to);
      if (!isSameKind(from, to)) renamed?.push(ALL_LINES);
    } else if (line.startsWith("diff --git ")) {
      closeFile();
      spans = void 0;
      name = sameName(line.slice("diff --git ".length));
    } else if (line.startsWith("index ")) unread = name;
    const hunk = HUNK.exec(line);
    if (hunk === null) return;
    unread = void 0;
    const removed = Number(hunk[1] ?? "1");
    const count = Number(hunk[3] ?? "1");
    pending = removed + count;
    if (count > 0) spans?.push({ first: Number(hunk[2]), count });
  };
  const result = () => {
    closeFile();
    return files;
  };
  return { push, result };
}
function sameName(text) {
  const middle = (text.length - 1) / 2;
  const [before, after] = [text.slice(0, middle), text.slice(middle + 1)].map((half) => unquotePath(half).slice(2));
  return before === after ? after : void 0;
}
function newName(text) {
  const path = unquotePath(text.endsWith("	") ? text.slice(0, -1) : text);
  return path.startsWith("b/") ? path.slice(2) : void 0;
}
function fileOf(files, path) {
  if (path === void 0) return void 0;
  const spans = files.get(path) ?? [];
  files.set(path, spans);
  return spans;
}
var ESCAPES = /* @__PURE__ */ new Map([
  ["a", 7],
  ["b", 8],
  ["t", 9],
  ["n", 10],
  ["v", 11],
  ["f", 12],
  ["r", 13],
  ['"', 34],
  ["\\", 92]
]);
function unquotePath(text) {
  if (!text.startsWith('"') || !text.endsWith('"') || text.length < 2) return text;
  const bytes = [];
  const body = new TextEncoder().encode(text.slice(1, -1));
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    if (byte !== 92) {
      bytes.push(byte);
      continue;
    }
    const octal = /^[0-3][0-7]{2}/.exec(String.fromCodePoint(...body.subarray(at + 1, at + 4)));
    if (octal === null) {
      const escaped = String.fromCodePoint(body[at + 1] ?? 0);
      bytes.push(ESCAPES.get(escaped) ?? body[at + 1] ?? 0);
      at += 1;
    } else {
      bytes.push(Number.parseInt(octal[0], 8));
      at += 3;
    }
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}
function readPatch(patch) {
  const found = [];
  let next = 0;
  let pendingNew = 0;
  let pendingOld = 0;
  for (const raw of patch.split("\n")) {
    if (pendingNew <= 0 && pendingOld <= 0) {
      const hunk = HUNK.exec(raw);
      if (hunk === null) continue;
      pendingOld = Number(hunk[1] ?? "1");
      next = Number(hunk[2]);
      pendingNew = Number(hunk[3] ?? "1");
      continue;
    }
    const sign = raw[0] ?? " ";
    if (sign === "\\") continue;
    if (sign !== "+") pendingOld -= 1;
    if (sign === "-") continue;
    pendingNew -= 1;
    found.push({ line: next, text: raw.slice(1).replace(/\r$/, ""), added: sign === "+" });
    next += 1;
  }
  return found;
}

export {
  createDiffReader,
  readPatch
};
