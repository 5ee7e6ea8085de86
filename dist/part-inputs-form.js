import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  removeTemporaryFiles
} from "./part-ports-files.js";
import {
  annotateAll,
  line,
  reportBug,
  wordsOf
} from "./part-actions-runner.js";
import {
  UserError
} from "./part-core-json.js";

// src/inputs/form.ts
var InvalidInputs = class extends Error {
  problems;
  constructor(problems) {
    super(`${problems.length} invalid input${problems.length === 1 ? "" : "s"}`);
    this.name = "InvalidInputs";
    this.problems = problems;
  }
};
var TRUE = /* @__PURE__ */ new Set(["true", "True", "TRUE"]);
var FALSE = /* @__PURE__ */ new Set(["false", "False", "FALSE"]);
var Form = class {
  #read;
  #problems = [];
  /** @param read the raw text of an input, empty when it was not given */
  constructor(read) {
    this.#read = read;
  }
  /** @throws InvalidInputs when there is any problem */
  finish() {
    if (this.#problems.length > 0) throw new InvalidInputs(this.#problems);
  }
  problem(input, error) {
    this.#problems.push({ input, error });
  }
  /** The value of `work`, or undefined with the problem noted. */
  attempt(input, work) {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.problem(input, error);
      return void 0;
    }
  }
  /** The text without white space around it; undefined when it is empty. */
  text(name) {
    const text = this.#read(name).trim();
    return text === "" ? void 0 : text;
  }
  /** The text as it is: passwords may end in a blank. Undefined when it is empty. */
  secret(name) {
    const text = this.#read(name);
    return text === "" ? void 0 : text;
  }
  /** true or false as YAML 1.2's core schema writes them. */
  boolean(name, fallback) {
    const text = this.text(name);
    if (text === void 0) return fallback;
    if (TRUE.has(text)) return true;
    if (FALSE.has(text)) return false;
    this.problem(name, new UserError("bad-input", `"${text}" is not a boolean`, "Write true or false"));
    return fallback;
  }
  /** Whole seconds, as milliseconds. */
  seconds(name, fallback, least) {
    const seconds = this.integer(name, fallback, least, 86400);
    return seconds * 1e3;
  }
  integer(name, fallback, least, most) {
    const text = this.text(name);
    if (text === void 0) return fallback;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    const range = `a whole number from ${least} to ${most}`;
    this.problem(name, new UserError("bad-input", `"${text}" is not ${range}`, `Write ${range}`));
    return fallback;
  }
  choice(name, choices, fallback) {
    const text = this.text(name);
    if (text === void 0) return fallback;
    const chosen = choices.find((choice) => choice === text);
    if (chosen !== void 0) return chosen;
    const near = choices.find((choice) => choice.toLowerCase() === text.toLowerCase());
    const hint = `Write ${near ?? choices.join(" or ")}`;
    this.problem(name, new UserError("bad-input", `"${text}" is not one of ${choices.join(", ")}`, hint));
    return fallback;
  }
  /** A list: split at newlines and commas, trimmed, empty lines and `#` comment lines dropped. */
  list(name) {
    return splitList(this.#read(name));
  }
  /** A list whose values may hold commas: split at newlines only. */
  lines(name) {
    return splitLines(this.#read(name));
  }
  /** A list of which each entry is parsed; entries with a problem are noted and left out. */
  listOf(name, parse) {
    return this.list(name).map((entry) => this.attempt(name, () => parse(entry))).filter((entry) => entry !== void 0);
  }
};
function splitLines(text) {
  return text.split(/[\r\n]+/).map((line2) => line2.trim()).filter((line2) => line2 !== "" && !line2.startsWith("#"));
}
function splitList(text) {
  return splitLines(text).flatMap((line2) => line2.split(",")).map((entry) => entry.trim()).filter((entry) => entry !== "");
}

// src/actions/run.ts
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
var Cancelled = class extends Error {
  exitCode;
  constructor(signal) {
    super(`cancelled by ${signal}`);
    this.name = "Cancelled";
    this.exitCode = signal === "SIGINT" ? 130 : 143;
  }
};
var CANCEL_GRACE = 800;
var EXIT_GRACE = 1e3;
async function runAction(main) {
  const controller = new AbortController();
  const timers = [];
  const cancel = (signal) => () => {
    const cancelled = new Cancelled(signal);
    controller.abort(cancelled);
    removeTemporaryFiles();
    setTimeout(() => process.exit(cancelled.exitCode), CANCEL_GRACE).unref();
  };
  process.once("SIGINT", cancel("SIGINT"));
  process.once("SIGTERM", cancel("SIGTERM"));
  const endAfter = (milliseconds) => {
    const left = Math.max(0, milliseconds - performance.now());
    timers.push(setTimeout(() => controller.abort(stepTimeout(milliseconds)), left));
  };
  process.exitCode = await exitCodeOf(() => main({ signal: controller.signal, endAfter }), controller.signal);
  for (const timer of timers) clearTimeout(timer);
  setTimeout(() => process.exit(), EXIT_GRACE).unref();
}
function keepHeapSmall() {
  setFlagsFromString("--semi-space-growth-factor=1");
}
function collectEarly() {
  setFlagsFromString("--heap-growing-percent=40");
}
var LARGE_PROCESS = 160 * 1024 * 1024;
function isLargeProcess() {
  return process.memoryUsage.rss() >= LARGE_PROCESS;
}
function collectNow() {
  if (!isLargeProcess()) return;
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  if (typeof collect === "function") collect({ type: "major", execution: "sync", flavor: "last-resort" });
}
function stepTimeout(milliseconds) {
  return new UserError(
    "timeout",
    `the step did not end within ${milliseconds / 1e3} seconds`,
    "Set timeout to more seconds, or look at what the registry is doing"
  );
}
async function exitCodeOf(main, signal) {
  try {
    const succeeded = await main();
    if (signal.reason instanceof Cancelled) return signal.reason.exitCode;
    return succeeded ? 0 : 1;
  } catch (error) {
    if (signal.reason instanceof Cancelled) {
      line(`Stopped: ${signal.reason.message}`);
      return signal.reason.exitCode;
    }
    if (error instanceof InvalidInputs) {
      annotateAll(
        "error",
        error.problems.map((problem) => ({
          title: problem.error.code,
          message: `${problem.input}: ${wordsOf(problem.error)}`
        }))
      );
    } else if (error instanceof UserError) {
      annotateAll("error", [{ title: error.code, message: wordsOf(error) }]);
    } else reportBug(error);
    return 1;
  }
}

export {
  Form,
  splitLines,
  Cancelled,
  runAction,
  keepHeapSmall,
  collectEarly,
  isLargeProcess,
  collectNow
};
