import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  nameOf
} from "./part-core-reference-problem.js";

// src/core/list-line.ts
function listLine(text) {
  return /["#\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
function readListLines(list) {
  const entries = [];
  let at = 0;
  while (at < list.length) {
    at = skipWhite(list, at);
    if (list[at] === '"') {
      const { entry, end: end2 } = readQuoted(list, at);
      entries.push(entry);
      at = end2;
      continue;
    }
    const end = endOfLine(list, at);
    const line = list.slice(at, end).trim();
    if (line !== "" && !line.startsWith("#")) entries.push({ text: line });
    at = end;
  }
  return entries;
}
function readQuoted(list, start) {
  let text = "";
  let at = start + 1;
  for (; ; ) {
    const quote = list.indexOf('"', at);
    if (quote < 0) return unclosed(list, start);
    text += list.slice(at, quote);
    if (list[quote + 1] !== '"') {
      const end = endOfLine(list, quote);
      const isAlone = list.slice(quote + 1, end).trim() === "";
      return isAlone ? { entry: { text: text.trim() }, end } : unclosed(list, start);
    }
    text += '"';
    at = quote + 2;
  }
}
function unclosed(list, start) {
  const end = endOfLine(list, start);
  return { entry: { unclosed: list.slice(start, end).trim() }, end };
}
function skipWhite(text, from) {
  let at = from;
  while (at < text.length && text.charAt(at).trim() === "") at += 1;
  return at;
}
function endOfLine(text, from) {
  let at = from;
  while (at < text.length && text[at] !== "\n" && text[at] !== "\r") at += 1;
  return at;
}

// src/core/labels.ts
var OCI = "org.opencontainers.image.";
function baseLabels(reference, pointsTo) {
  const name = nameOf(reference);
  const named = reference.tag === void 0 ? `${name}@${pointsTo}` : `${name}:${reference.tag}`;
  return /* @__PURE__ */ new Map([
    [`${OCI}base.name`, named],
    [`${OCI}base.digest`, pointsTo]
  ]);
}
function buildLabels({ revision, repositoryUrl, created, runNumber, runUrl }) {
  const pairs = [
    [`${OCI}revision`, revision],
    [`${OCI}source`, repositoryUrl],
    [`${OCI}url`, repositoryUrl],
    [`${OCI}created`, created],
    ["git-commit", revision],
    ["build-number", runNumber],
    ["build-url", runUrl]
  ];
  return new Map(pairs.filter((pair) => pair[1] !== void 0));
}
function mergeLabels(...all) {
  const merged = /* @__PURE__ */ new Map();
  for (const labels of all) for (const [key, value] of labels) merged.set(key, value);
  return merged;
}
function labelLines(labels) {
  return [...labels].map(([key, value]) => listLine(`${key}=${value}`));
}
function annotationsOf(labels) {
  return ["manifest", "index"].flatMap((place) => [...labels].map(([key, value]) => `${place}:${key}=${value}`));
}

export {
  listLine,
  readListLines,
  baseLabels,
  buildLabels,
  mergeLabels,
  labelLines,
  annotationsOf
};
