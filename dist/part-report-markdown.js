import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  clipped,
  printable
} from "./part-actions-runner.js";

// src/report/markdown.ts
var CELL_LIMIT = 256;
var SPAN_LIMIT = 1024;
function codeSpan(text, limit = SPAN_LIMIT) {
  const shown = clipped(printable(text), limit);
  if (shown === "") return "` `";
  const fence = "`".repeat(longestRun(shown) + 1);
  const pad = needsPadding(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}
function needsPadding(shown) {
  if (shown.startsWith("`") || shown.endsWith("`")) return true;
  return shown.startsWith(" ") && shown.endsWith(" ") && shown.trim() !== "";
}
function longestRun(text) {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
function cell(text) {
  return text === "" ? "" : codeSpan(text, CELL_LIMIT);
}
function cellOfLines(text) {
  return clipped(text, CELL_LIMIT).split(/\r?\n/).map((line) => codeSpan(line, CELL_LIMIT)).join("<br>");
}
function table(headers, rows) {
  return [rowOf(headers), `|${headers.map(() => " --- |").join("")}`, ...rows.map(rowOf)].join("\n");
}
function rowOf(cells) {
  return `| ${cells.map(escapePipes).join(" | ")} |`;
}
function escapePipes(markdown) {
  return markdown.replaceAll("|", "\\|").replaceAll(/[\r\n]+/g, " ");
}
function details(summary, body) {
  return `<details><summary>${htmlText(summary)}</summary>

${body}

</details>`;
}
function htmlText(text) {
  return breakMentions(printable(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"));
}
var ZERO_WIDTH_SPACE = "​";
function breakMentions(text) {
  return text.replaceAll(
    /[@#](?=\S)|\bGH-(?=\d)|:(?=\/\/)|\bwww(?=\.)|\b[\da-f](?=[\da-f]{6,39}\b)/giu,
    (mark) => mark + ZERO_WIDTH_SPACE
  );
}
function prose(text) {
  const parts = printable(text).split('"');
  if (parts.length % 2 === 0) return escapeProse(parts.join('"'));
  return parts.map((part, index) => index % 2 === 0 ? escapeProse(part) : quotedSpan(part)).join("");
}
function quotedSpan(text) {
  return text === "" ? '""' : codeSpan(text);
}
function escapeProse(text) {
  return breakMentions(text).replaceAll(/[\\`*_[\]<>#!|~&@$]/g, String.raw`\$&`).replace(/^(\s*)([-+=])/, String.raw`$1\$2`).replace(/^(\s*\d+)([.)])/, String.raw`$1\$2`);
}
function codeBlock(lines, language = "") {
  const shown = lines.map((line) => printable(line));
  const fence = "`".repeat(Math.max(3, ...shown.map((line) => longestRun(line) + 1)));
  return [`${fence}${language}`, ...shown, fence].join("\n");
}
function heading(level, text) {
  return `${"#".repeat(level)} ${text}`;
}

export {
  codeSpan,
  cell,
  cellOfLines,
  table,
  details,
  prose,
  codeBlock,
  heading
};
