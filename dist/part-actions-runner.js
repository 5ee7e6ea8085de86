import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  LIMITS
} from "./part-core-limits.js";
import {
  documentationOf,
  sentencesOf
} from "./part-core-json.js";

// node_modules/@actions/core/lib/command.js
import * as os from "os";

// node_modules/@actions/core/lib/utils.js
function toCommandValue(input) {
  if (input === null || input === void 0) {
    return "";
  } else if (typeof input === "string" || input instanceof String) {
    return input;
  }
  return JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
  if (!Object.keys(annotationProperties).length) {
    return {};
  }
  return {
    title: annotationProperties.title,
    file: annotationProperties.file,
    line: annotationProperties.startLine,
    endLine: annotationProperties.endLine,
    col: annotationProperties.startColumn,
    endColumn: annotationProperties.endColumn
  };
}

// node_modules/@actions/core/lib/command.js
function issueCommand(command, properties, message) {
  const cmd = new Command(command, properties, message);
  process.stdout.write(cmd.toString() + os.EOL);
}
function issue(name, message = "") {
  issueCommand(name, {}, message);
}
var CMD_STRING = "::";
var Command = class {
  constructor(command, properties, message) {
    if (!command) {
      command = "missing.command";
    }
    this.command = command;
    this.properties = properties;
    this.message = message;
  }
  toString() {
    let cmdStr = CMD_STRING + this.command;
    if (this.properties && Object.keys(this.properties).length > 0) {
      cmdStr += " ";
      let first = true;
      for (const key in this.properties) {
        if (this.properties.hasOwnProperty(key)) {
          const val = this.properties[key];
          if (val) {
            if (first) {
              first = false;
            } else {
              cmdStr += ",";
            }
            cmdStr += `${key}=${escapeProperty(val)}`;
          }
        }
      }
    }
    cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
    return cmdStr;
  }
};
function escapeData(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}

// node_modules/@actions/core/lib/file-command.js
import * as crypto from "crypto";
import * as fs from "fs";
import * as os2 from "os";
function issueFileCommand(command, message) {
  const filePath = process.env[`GITHUB_${command}`];
  if (!filePath) {
    throw new Error(`Unable to find environment variable for file command ${command}`);
  }
  if (!fs.existsSync(filePath)) {
    throw new Error(`Missing file at path: ${filePath}`);
  }
  fs.appendFileSync(filePath, `${toCommandValue(message)}${os2.EOL}`, {
    encoding: "utf8"
  });
}
function prepareKeyValueMessage(key, value) {
  const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
  const convertedValue = toCommandValue(value);
  if (key.includes(delimiter)) {
    throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
  }
  if (convertedValue.includes(delimiter)) {
    throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
  }
  return `${key}<<${delimiter}${os2.EOL}${convertedValue}${os2.EOL}${delimiter}`;
}

// node_modules/@actions/core/lib/core.js
import * as os4 from "os";

// scripts/stubs/http-client.ts
var HttpClient = class {
  /** No agent: requests go through the `fetch` that src/ports hands to `getOctokit`. */
  getAgent() {
    return void 0;
  }
  getAgentDispatcher() {
    return void 0;
  }
  getJson() {
    throw new Error("getIDToken is not part of this bundle");
  }
};

// node_modules/@actions/core/lib/platform.js
import os3 from "os";

// node_modules/@actions/io/lib/io-util.js
import * as fs2 from "fs";
var { chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, symlink, unlink } = fs2.promises;
var IS_WINDOWS = process.platform === "win32";
var READONLY = fs2.constants.O_RDONLY;

// node_modules/@actions/exec/lib/toolrunner.js
var IS_WINDOWS2 = process.platform === "win32";

// node_modules/@actions/core/lib/platform.js
var platform = os3.platform();
var arch = os3.arch();

// node_modules/@actions/core/lib/core.js
var ExitCode;
(function(ExitCode2) {
  ExitCode2[ExitCode2["Success"] = 0] = "Success";
  ExitCode2[ExitCode2["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function setSecret(secret) {
  issueCommand("add-mask", {}, secret);
}
function getInput(name, options) {
  const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
  if (options && options.required && !val) {
    throw new Error(`Input required and not supplied: ${name}`);
  }
  if (options && options.trimWhitespace === false) {
    return val;
  }
  return val.trim();
}
function setOutput(name, value) {
  const filePath = process.env["GITHUB_OUTPUT"] || "";
  if (filePath) {
    return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
  }
  process.stdout.write(os4.EOL);
  issueCommand("set-output", { name }, toCommandValue(value));
}
function isDebug() {
  return process.env["RUNNER_DEBUG"] === "1";
}
function error(message, properties = {}) {
  issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
  issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function notice(message, properties = {}) {
  issueCommand("notice", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
  process.stdout.write(message + os4.EOL);
}
function startGroup(name) {
  issue("group", name);
}
function endGroup() {
  issue("endgroup");
}

// src/core/redaction.ts
var SHORTEST_SECRET = 8;
var LEAST_OF_SECRET = 4;
var SHOWN = "***";
function createRedaction() {
  const known = /* @__PURE__ */ new Set();
  let expression;
  return {
    add(secret) {
      const added = formsOf(secret).filter((form) => !known.has(form));
      for (const form of added) known.add(form);
      if (added.length > 0) expression = void 0;
      return added;
    },
    apply(text) {
      if (known.size === 0) return text;
      expression ??= expressionOf(known);
      return withoutCutSecrets(text.replaceAll(expression, SHOWN), known);
    }
  };
}
function expressionOf(forms) {
  const sorted = [...forms].toSorted((one, other) => other.length - one.length);
  return new RegExp(sorted.map((form) => RegExp.escape(form)).join("|"), "g");
}
function withoutCutSecrets(text, secrets) {
  const parts = text.split("…");
  const last = parts.pop() ?? "";
  const shown = parts.map((part) => {
    const length = longestStart(part, secrets);
    return length < LEAST_OF_SECRET ? part : part.slice(0, -length) + SHOWN;
  });
  return [...shown, last].join("…");
}
function longestStart(text, secrets) {
  let longest = 0;
  for (const secret of secrets) {
    for (let length = Math.min(secret.length - 1, text.length); length > longest; length -= 1) {
      if (text.endsWith(secret.slice(0, length))) longest = length;
    }
  }
  return longest;
}
function formsOf(secret) {
  const lines = secret.split(/[\r\n]+/).map((line2) => line2.trim());
  return [...new Set(lines.flatMap(formsOfLine))].filter((form) => form.length >= SHORTEST_SECRET);
}
function formsOfLine(line2) {
  const urlSafe = line2.replaceAll("+", "-").replaceAll("/", "_");
  return [
    line2,
    urlSafe,
    line2.replace(/=+$/, ""),
    urlSafe.replace(/=+$/, ""),
    ...percentForms(line2),
    ...jsonForms(line2),
    // What the words of others go through before they are shown: blanks become one, quotes become single.
    line2.replaceAll(/[\s\p{C}\p{Z}]+/gu, " "),
    line2.replaceAll('"', "'")
  ];
}
function percentForms(text) {
  const usual = encodeURIComponent(text.toWellFormed());
  const strict = usual.replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  const upper = [usual, strict, strict.replaceAll("%20", "+")];
  return [...upper, ...upper.map((form) => form.replaceAll(/%../g, (code) => code.toLowerCase()))];
}
function jsonForms(text) {
  const plain = JSON.stringify(text).slice(1, -1);
  const go = plain.replaceAll(/[<>&]/g, (mark) => String.raw`\u00${mark.charCodeAt(0).toString(16)}`);
  return [plain, plain.replaceAll("/", String.raw`\/`), go];
}

// src/actions/print.ts
var redaction = createRedaction();
function hideSecret(secret) {
  for (const form of redaction.add(secret)) if (onRunner()) setSecret(form);
}
function onRunner() {
  const { GITHUB_ACTIONS: actions, GITHUB_OUTPUT: output } = process.env;
  return actions === void 0 || actions === "" ? output !== void 0 && output !== "" : actions === "true";
}
var UNSEEN = /(?!\t)[\p{C}\p{Zl}\p{Zp}]/gu;
function neutralise(text) {
  return withoutSecrets(text).replaceAll(UNSEEN, escapeCharacter).replaceAll("##[", "## [").replace(/^(\s*):(?=:)/, "$1: ");
}
function escapeCharacter(character) {
  if (character === "\n") return String.raw`\n`;
  if (character === "\r") return String.raw`\r`;
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? String.raw`\u{${code}}` : String.raw`\u${code.padStart(4, "0")}`;
}
function line(text) {
  info(neutralise(text));
}
var LINES_AT_ONCE = 500;
function group(title, lines) {
  if (onRunner()) startGroup(neutralise(title));
  else info(neutralise(title));
  for (let at = 0; at < lines.length; at += LINES_AT_ONCE) {
    info(
      lines.slice(at, at + LINES_AT_ONCE).map(neutralise).join("\n")
    );
  }
  if (onRunner()) endGroup();
}
function annotate(level, title, message, place) {
  const text = message.split("\n").map(neutralise).join("\n");
  if (!onRunner()) {
    const at = place === void 0 ? "" : `${neutralise(place.file)}:${place.startLine}:${place.startColumn}: `;
    info(`${level}: ${at}${neutralise(title)}: ${text}`);
    return;
  }
  const properties = {
    title: neutralise(title),
    ...place === void 0 ? {} : { ...place, file: neutralise(place.file) }
  };
  if (level === "error") error(text, properties);
  else if (level === "warning") warning(text, properties);
  else notice(text, properties);
}
function withoutSecrets(text) {
  return redaction.apply(text);
}
function progress(text) {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1B[2K${neutralise(text)}`);
  else line(text);
}
function endProgress() {
  if (process.stdout.isTTY) process.stdout.write("\r\x1B[2K");
}

// src/core/printable.ts
var UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/gu;
function printable(text) {
  return text.replaceAll(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
function clipped(text, limit) {
  if (text.length <= limit) return text;
  const cut = text.slice(0, Math.max(limit - 1, 0));
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
function quoted(text, limit = 300) {
  return `"${clipped(printable(text), limit).replaceAll('"', "'")}"`;
}

// src/ports/summary.ts
import { appendFile } from "node:fs/promises";
async function appendSummary(path, markdown) {
  await appendFile(path, `${markdown}
`);
}

// src/actions/runner.ts
function readInput(name) {
  return getInput(name, { trimWhitespace: false });
}
function environment(name) {
  const value = process.env[name];
  return value === void 0 || value === "" ? void 0 : value;
}
function workspaceFolder() {
  return environment("GITHUB_WORKSPACE") ?? process.cwd();
}
var outputsWork = true;
function setOutputs(outputs) {
  if (environment("GITHUB_OUTPUT") === void 0) {
    if (outputsWork) warnOnce("Outputs are not set: there is no GITHUB_OUTPUT, so this is no workflow step");
    outputsWork = false;
    return;
  }
  try {
    for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
  } catch (error2) {
    warnOnce(`Outputs are not set: ${Error.isError(error2) ? error2.message : String(error2)}`);
  }
}
var SUMMARY_END = "\n\n… the rest was left out: a summary may have 1 MiB.\n";
async function writeSummary(markdown) {
  const path = environment("GITHUB_STEP_SUMMARY");
  if (path === void 0) {
    if (outputsWork) warnOnce("No job summary: there is no GITHUB_STEP_SUMMARY");
    return;
  }
  try {
    await appendSummary(path, fitting(withoutSecrets(markdown)));
  } catch (error2) {
    warnOnce(`No job summary: ${Error.isError(error2) ? error2.message : String(error2)}`);
  }
}
function fitting(markdown) {
  const bytes = Buffer.from(markdown);
  if (bytes.length <= LIMITS.summaryBytes) return markdown;
  const cut = bytes.subarray(0, LIMITS.summaryBytes).toString("utf8");
  return cut.slice(0, cut.lastIndexOf("\n")) + SUMMARY_END;
}
var warned = /* @__PURE__ */ new Set();
function warnOnce(text) {
  if (warned.has(text)) return;
  warned.add(text);
  if (warned.size < LIMITS.annotationsOfAKind) annotate("warning", "image-digest", text);
  else line(`warning: ${text}`);
}
function linkTo(code) {
  const repository = environment("GITHUB_ACTION_REPOSITORY");
  const path = documentationOf(code);
  if (repository === void 0 || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return path;
  const server = environment("GITHUB_SERVER_URL") ?? "https://github.com";
  return `${server}/${repository}/blob/${environment("GITHUB_ACTION_REF") ?? "HEAD"}/${path}`;
}
var WORDS = 3800;
function wordsOf(error2) {
  return `${clipped(sentencesOf(error2), WORDS)} See ${linkTo(error2.code)}`;
}
function annotateAll(level, entries) {
  const most = LIMITS.annotationsOfAKind;
  const shown = entries.length > most ? entries.slice(0, most - 1) : entries;
  for (const { title, message } of shown) annotate(level, title, message);
  const rest = entries.slice(shown.length);
  if (rest.length === 0) return;
  for (const { title, message } of rest) line(`${level}: ${title}: ${message}`);
  annotate(level, "image-digest", `… and ${rest.length} more, in the log of this step`);
}
function reportBug(error2) {
  const text = Error.isError(error2) ? `${error2.name}: ${error2.message}` : String(error2);
  annotate("error", "image-digest", `Unexpected error, please report it: ${text}`);
  if (isDebug() && Error.isError(error2)) for (const frame of (error2.stack ?? "").split("\n")) line(frame);
}

export {
  HttpClient,
  hideSecret,
  line,
  group,
  annotate,
  withoutSecrets,
  progress,
  endProgress,
  printable,
  clipped,
  quoted,
  readInput,
  environment,
  workspaceFolder,
  setOutputs,
  writeSummary,
  warnOnce,
  wordsOf,
  annotateAll,
  reportBug
};
