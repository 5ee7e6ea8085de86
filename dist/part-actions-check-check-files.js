import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  FORMATS,
  NO_TIME,
  applyEdits,
  createWorkspace,
  folderOf,
  formatsFor,
  helmNumber,
  imageChanges,
  indexLines,
  kustomize,
  mapOf,
  pinSite,
  positionAt,
  readableYaml,
  search,
  siblingsIn,
  splitIdentifiers,
  takenBy,
  upperBound,
  variableEnd,
  worthTrying
} from "./part-yaml.js";
import {
  writableFolders
} from "./part-inputs-check.js";
import "./part-core-build-context.js";
import {
  cell,
  cellOfLines,
  codeSpan,
  details,
  heading,
  prose,
  table
} from "./part-report-markdown.js";
import "./part-inputs-registry.js";
import {
  Cancelled,
  collectNow
} from "./part-inputs-form.js";
import {
  writeWorkspaceFile
} from "./part-ports-files.js";
import {
  readPatch
} from "./part-rules-diff.js";
import {
  readPlatform,
  samePlatform
} from "./part-core-platform.js";
import {
  VERSION
} from "./part-actions-version.js";
import {
  canonicalRegistry,
  digestOf,
  familiarNameOf,
  formatReference,
  hexOf,
  isTag,
  nameOf,
  parseDigest,
  parseReference,
  readDigest
} from "./part-core-reference-problem.js";
import {
  annotate,
  clipped,
  environment,
  group,
  line,
  printable,
  quoted,
  reportBug,
  setOutputs,
  warnOnce,
  withoutSecrets,
  wordsOf,
  writeSummary
} from "./part-actions-runner.js";
import "./part-ports-paths.js";
import {
  LIMITS
} from "./part-core-limits.js";
import "./part-ports-transport-error.js";
import {
  UserError,
  sentencesOf
} from "./part-core-json.js";
import "./part-shared.js";

// src/rules/scope.ts
var EVERYTHING = { isChanged: () => true, isAdded: () => true };
function scopeOfSpans(added) {
  const sorted = /* @__PURE__ */ new Map();
  const spansOf = (file) => {
    const spans = sorted.get(file) ?? joined(added.get(file) ?? []);
    sorted.set(file, spans);
    return spans;
  };
  return {
    isChanged: (file) => added.has(file),
    isAdded(file, first, last) {
      const spans = spansOf(file);
      const span = spans[upperBound(spans, (one) => one.first <= last) - 1];
      return span !== void 0 && first < span.first + span.count;
    }
  };
}
function joined(spans) {
  const result = [];
  for (const span of spans.toSorted((one, other) => one.first - other.first)) {
    const before = result.at(-1);
    if (before === void 0 || before.first + before.count < span.first) result.push(span);
    else {
      const end = Math.max(before.first + before.count, span.first + span.count);
      result[result.length - 1] = { first: before.first, count: end - before.first };
    }
  }
  return result;
}
var WITHOUT_PATCH = /* @__PURE__ */ new Set(["renamed", "unchanged"]);
function isWithoutLines({ patch, changes, status }) {
  return patch === void 0 && changes === 0 && WITHOUT_PATCH.has(status);
}
function scopeOfApi(files, complete, { isSameKind: isSameKind2, isBinary }) {
  const rows = new Map(files.filter(({ status }) => status !== "removed").map((row) => [row.filename, row]));
  const patches = /* @__PURE__ */ new Map();
  const linesOf = (row) => {
    const known = patches.get(row.filename) ?? new AddedLines(row.patch ?? "");
    patches.set(row.filename, known);
    return known;
  };
  return {
    isChanged: (file) => rows.has(file) || !complete,
    isAdded(file, first, last, lineText2) {
      const row = rows.get(file);
      if (row === void 0) return !complete;
      if (row.previous !== void 0 && !isSameKind2(row.previous, file)) return true;
      if (row.patch === void 0) return !isWithoutLines(row) || isBinary(file);
      const added = linesOf(row);
      if (row.additions !== void 0 && added.count < row.additions) return true;
      return added.overlap(first, last, lineText2);
    }
  };
}
var AddedLines = class {
  count;
  #lines;
  #numbers;
  #texts;
  /** Whether the numbers are those of the text that was asked about last. */
  #last;
  constructor(patch) {
    this.#lines = readPatch(patch).flatMap(
      (one) => one.added ? [{ ...one, text: one.text.replace(/^\uFEFF/, "") }] : []
    );
    this.count = this.#lines.length;
    this.#numbers = new Set(this.#lines.map(({ line: line2 }) => line2));
    this.#texts = new Set(this.#lines.map(({ text }) => text));
  }
  overlap(first, last, lineText2) {
    if (this.#last?.lineText !== lineText2) {
      this.#last = { lineText: lineText2, inPlace: this.#lines.every(({ line: line2, text }) => lineText2(line2) === text) };
    }
    const { inPlace } = this.#last;
    for (let line2 = first; line2 <= last; line2 += 1) {
      if (inPlace ? this.#numbers.has(line2) : this.#texts.has(lineText2(line2))) return true;
    }
    return false;
  }
};

// src/rules/verdict.ts
function verdictOf(findings, open, scanned, { onUnresolved }) {
  if (findings.some(({ level }) => level !== "notice")) return "findings";
  if (open.length > 0 && onUnresolved !== "ignore") return "unverified";
  return scanned === 0 ? "nothing-scanned" : "clean";
}
function fails(findings, open, verdicts) {
  if (verdicts.onUnresolved === "fail" && open.length > 0) return true;
  if (verdicts.failOn === "never") return false;
  return findings.some(({ level }) => level === "error" || level === "warning" && verdicts.failOn === "warning");
}

// src/rules/glob.ts
function pathTest(patterns) {
  const matchers = patterns.map((pattern) => {
    const takesBack = pattern.startsWith("!");
    return { takesBack, matches: compilePath(takesBack ? pattern.slice(1) : pattern) };
  });
  const unnamed = patterns.length > 0 && matchers.every(({ takesBack }) => takesBack);
  return (path) => {
    const components = path.split("/");
    const last = matchers.findLast(({ matches }) => matches(components));
    return last === void 0 ? unnamed : !last.takesBack;
  };
}
function compilePath(pattern) {
  const folderOnly = pattern.endsWith("/");
  const bare = pattern.replace(/^\.\//, "").replace(/\/+$/, "");
  const anchored = bare.includes("/");
  const wanted = bare.replace(/^\//, "").split("/");
  const parts = anchored ? wanted : ["**", ...wanted];
  return (components) => components.some((_, index) => {
    const isFile = index === components.length - 1;
    return !(folderOnly && isFile) && matchComponents(parts, components.slice(0, index + 1));
  });
}
function matchComponents(parts, components) {
  let part = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < components.length) {
    if (parts[part] === "**") {
      star = part;
      resume = at;
      part += 1;
    } else if (part < parts.length && matchText(parts[part] ?? "", components[at] ?? "")) {
      part += 1;
      at += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      part = star + 1;
    } else return false;
  }
  if (part < parts.length && parts[part] === "**" && part === parts.length - 1) return false;
  return part === parts.length;
}
function matchText(pattern, text) {
  let part = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const step = pattern[part] === "*" ? void 0 : matchOne(pattern, part, text[at] ?? "");
    if (pattern[part] === "*") {
      star = part;
      resume = at;
      part += 1;
    } else if (step !== void 0) {
      part = step;
      at += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      part = star + 1;
    } else return false;
  }
  while (pattern[part] === "*") part += 1;
  return part >= pattern.length;
}
function matchOne(pattern, part, character) {
  const item = pattern[part];
  if (item === void 0) return void 0;
  if (item === "?") return part + 1;
  if (item === "\\" && part + 1 < pattern.length) return pattern[part + 1] === character ? part + 2 : void 0;
  if (item === "[") {
    const close = pattern.indexOf("]", part + 2);
    if (close > 0) return inClass(pattern.slice(part + 1, close), character) ? close + 1 : void 0;
  }
  return item === character ? part + 1 : void 0;
}
function inClass(body, character) {
  const negated = body.startsWith("!") || body.startsWith("^");
  const items = negated ? body.slice(1) : body;
  let found = false;
  for (let at = 0; at < items.length; at += 1) {
    const first = items[at] ?? "";
    const last = items[at + 1] === "-" ? items[at + 2] : void 0;
    if (last === void 0) found ||= first === character;
    else {
      found ||= first <= character && character <= last;
      at += 2;
    }
  }
  return found !== negated;
}
function matchesReference(pattern, text) {
  let places = withoutText(pattern, /* @__PURE__ */ new Set([0]));
  for (const character of text) {
    const next = /* @__PURE__ */ new Set();
    for (const place of places) {
      if (pattern[place] === "*") {
        if (character !== "/" || isDoubleStar(pattern, place)) next.add(place);
      } else {
        const step = matchOne(pattern, place, character);
        if (step !== void 0 && !(pattern[place] === "?" && character === "/")) next.add(step);
      }
    }
    if (next.size === 0) return false;
    places = withoutText(pattern, next);
  }
  return places.has(pattern.length);
}
function withoutText(pattern, places) {
  const all = new Set(places);
  for (const place of all) if (pattern[place] === "*") all.add(isDoubleStar(pattern, place) ? place + 2 : place + 1);
  return all;
}
function isDoubleStar(pattern, place) {
  return pattern[place + 1] === "*";
}

// src/rules/left-out.ts
var FOREIGN_FOLDERS = /* @__PURE__ */ new Map([
  ["vendor", "it is vendored"],
  ["third_party", "it is vendored"],
  ["node_modules", "it is vendored"]
]);
var TEMPLATE_ENDINGS = [".j2", ".jinja", ".jinja2", ".tpl", ".tmpl", ".gotmpl", ".template", ".erb", ".mustache"];
var HELM_TEMPLATE = "it is a template of a Helm chart";
function leftOutBy(isFile, paths) {
  const isWanted = (word) => paths.some((pattern) => pattern.includes(word));
  return (path) => {
    const folders = path.split("/").slice(0, -1);
    const foreign = folders.find((folder) => FOREIGN_FOLDERS.has(folder) && !isWanted(folder));
    if (foreign !== void 0) return `${FOREIGN_FOLDERS.get(foreign)} (${foreign}/)`;
    const lower = path.toLowerCase();
    const ending = TEMPLATE_ENDINGS.find((one) => lower.endsWith(one));
    if (ending !== void 0 && !isWanted(ending)) return `it is a template (*${ending})`;
    if (isHelmTemplate(folders, isFile) && !isWanted("templates")) return HELM_TEMPLATE;
    return void 0;
  };
}
function isHelmTemplate(folders, isFile) {
  return folders.some(
    (folder, index) => folder === "templates" && isFile([...folders.slice(0, index), "Chart.yaml"].join("/"))
  );
}

// src/actions/check/candidates.ts
function candidatesOf(listed, included, options, skipped, most) {
  const isNamed = options.paths.length === 0 ? () => true : pathTest(options.paths);
  const isExcluded = options.exclude.length === 0 ? () => false : pathTest(options.exclude);
  const leftOut = leftOutBy((path) => listed.has(path), options.paths);
  const first = [];
  let next;
  let more = 0;
  for (const path of listed) {
    const named = formatsFor(path);
    const inclusion = included.get(path);
    const { formats, isCertain } = named.isCertain || inclusion === void 0 ? named : { formats: [.../* @__PURE__ */ new Set([inclusion.format, ...named.formats])], isCertain: true };
    if (formats.length === 0 || !isNamed(path) || isExcluded(path) || !options.isInScope(path)) continue;
    const reason = leftOut(path);
    const by = inclusion === void 0 ? {} : { includedBy: inclusion.by };
    if (reason === void 0 && first.length < most) first.push({ path, formats, isCertain, ...by });
    else if (reason === void 0) {
      next ??= path;
      more += 1;
    } else if ((isCertain || reason === HELM_TEMPLATE) && skipped.length < most) skipped.push({ file: path, reason });
  }
  return { first, more, ...next === void 0 ? {} : { next } };
}
function isSameKind(from, to, { paths, exclude, isFile }) {
  const [before, after] = [from, to].map(
    (path) => formatsFor(path).formats.map(({ id }) => id).join(" ")
  );
  if (before !== after || leftOutBy(isFile, paths)(from) !== void 0) return false;
  return (paths.length === 0 || pathTest(paths)(from)) && !pathTest(exclude)(from);
}

// src/actions/check/change.ts
async function findChange(event, sources) {
  if (event.kind === "other") return whole(event.why);
  const head = await sources.git.head();
  const place = head === void 0 ? "unknown" : await placeOf(event, head, sources.git);
  if (place === "elsewhere") return whole("the checkout is not the commit of this event");
  if (head !== void 0 && place !== "unknown") {
    const base = await baseInClone(event.base, head, place, sources.git);
    const added = base === void 0 ? void 0 : await sources.git.addedBetween(base, head.id, sources.isSameKind);
    if (added !== void 0) return { scope: scopeOfSpans(added) };
  }
  return fromApi(event, head?.id, sources);
}
function whole(why) {
  return {
    scope: EVERYTHING,
    notice: `The lines that this change adds are not known (${why}), so every line of the repository counts.`
  };
}
async function placeOf(event, head, git) {
  if (head.id === event.head) return "head";
  if (head.parents.length === 2 && head.parents[1] === event.head) return "merge";
  const inClone = await git.hasCommit(event.head);
  return inClone && await git.mergeBase(event.head, head.id) === event.head ? "descendant" : "elsewhere";
}
async function baseInClone(base, head, place, git) {
  const first = head.parents[0];
  if (place === "merge") return first !== void 0 && await git.hasCommit(first) ? first : void 0;
  return await git.hasCommit(base) ? git.mergeBase(base, head.id) : void 0;
}
async function fromApi(event, head, sources) {
  const github = await sources.github();
  if (github === void 0) return whole("the base commit is not in the clone, and there is no github-token");
  let changed;
  try {
    changed = await changedFiles(event, github);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return whole(`the base commit is not in the clone, and ${lowerFirst(error.message)}`);
  }
  const present = changed.files.filter(({ status }) => status !== "removed");
  if (present.length > 0 && !present.some(({ filename }) => sources.isFile(filename))) {
    return whole("the changed files are not in the workspace: the repository is checked out elsewhere");
  }
  const silent = changed.files.filter(isWithoutLines).map(({ filename }) => filename);
  const texts = head === void 0 ? /* @__PURE__ */ new Set() : await sources.git.textFiles(head, silent);
  const { isSameKind: isSameKind2 } = sources;
  const scope = scopeOfApi(changed.files, changed.complete, { isSameKind: isSameKind2, isBinary: (file) => !texts.has(file) });
  if (changed.complete) return { scope };
  const notice = `GitHub lists only ${changed.files.length} of the changed files; every line of the others counts.`;
  return { scope, notice };
}
async function changedFiles(event, github) {
  const compared = () => github.comparedFiles(event.base, event.head);
  if (event.kind !== "pull") return compared();
  try {
    return await github.pullFiles(event.number);
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== "unauthorized") throw error;
    const found = await compared().catch(() => void 0);
    if (found === void 0 || found.files.length === 0) throw error;
    return found;
  }
}
function lowerFirst(text) {
  return /^[A-Z][a-z]/.test(text) && !text.startsWith("GitHub") ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

// src/rules/rule.ts
var LEVELS = ["error", "warning", "notice"];
var RULE_IDS = [
  "no-tag",
  "latest-tag",
  "not-pinned",
  "digest-invalid",
  "digest-gone",
  "digest-is-image-id",
  "digest-one-platform",
  "tag-moved",
  "tag-in-name",
  "unquoted-tag",
  "unresolved-variable"
];

// src/report/check-report.ts
var RANK = { error: 0, warning: 1, notice: 2 };
function bySeverity(one, other) {
  return RANK[one.level] - RANK[other.level] || compareText(one.file, other.file) || one.line - other.line || one.column - other.column || compareText(one.rule, other.rule);
}
function compareText(one, other) {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
function countLevels(findings) {
  const counts = { error: 0, warning: 0, notice: 0 };
  for (const { level } of findings) counts[level] += 1;
  return counts;
}
function levelsText({ findings, omitted }) {
  const counts = countLevels(findings);
  const parts = LEVELS.flatMap((level) => {
    const count = counts[level] + (omitted?.[level] ?? 0);
    return count === 0 ? [] : [plural(count, level)];
  });
  return parts.length === 0 ? "no findings" : parts.join(", ");
}
function omittedText({ omitted, findings }) {
  const parts = LEVELS.flatMap((level) => {
    const count = omitted?.[level] ?? 0;
    return count === 0 ? [] : [plural(count, level)];
  });
  return parts.length === 0 ? void 0 : `Besides the ${findings.length} findings there are ${parts.join(", ")} more`;
}
function unjudgedText({ unjudged = [] }) {
  const [first] = unjudged;
  if (first === void 0) return void 0;
  const { file, reason } = first;
  return `${plural(unjudged.length, "place")} could not be judged: ${clipped(printable(`${file}: ${reason}`), 500)}`;
}
function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

// src/rules/gravest.ts
var Gravest = class {
  #kept = { error: [], warning: [], notice: [] };
  #counts = { error: 0, warning: 0, notice: 0 };
  #added = 0;
  #order = /* @__PURE__ */ new Map();
  add(one) {
    const { level } = one;
    this.#counts[level] += 1;
    this.#added += 1;
    if (this.#kept[level].length >= LIMITS.findings) return;
    this.#kept[level].push(one);
    this.#order.set(one, this.#added);
  }
  /** Those that are kept in the order in which they were added, and how many of each level are not. */
  result() {
    let room = LIMITS.findings;
    const omitted = { error: 0, warning: 0, notice: 0 };
    const kept = [];
    for (const level of LEVELS) {
      const first = this.#kept[level].slice(0, room);
      room -= first.length;
      omitted[level] = this.#counts[level] - first.length;
      kept.push(...first);
    }
    const place = (one) => this.#order.get(one) ?? 0;
    return { kept: kept.toSorted((one, other) => place(one) - place(other)), omitted };
  }
};

// src/rules/allow.ts
function isAllowed(patterns, subject) {
  if (patterns.length === 0) return false;
  const forms = formsOf(subject);
  return patterns.some((pattern) => forms.some((form) => matchesReference(withPlainHost(pattern), form)));
}
function withPlainHost(pattern) {
  return pattern.replace(/^[\w.:*?-]+(?=\/)/, (host) => host.toLowerCase());
}
function formsOf({ site, reference }) {
  if (reference === void 0) return [site.reference];
  const plain = { ...reference, registry: canonicalRegistry(reference.registry) };
  return [.../* @__PURE__ */ new Set([familiarNameOf(plain), nameOf(plain)])].flatMap((name) => withIdentifiers(name, plain));
}
function withIdentifiers(name, { tag, digest }) {
  const tagged = tag === void 0 ? name : `${name}:${tag}`;
  const forms = [name, tagged, ...digest === void 0 ? [] : [`${tagged}@${digest}`, `${name}@${digest}`]];
  return [...new Set(forms)];
}

// src/rules/fix.ts
function editsOf(site, file, remedy) {
  const edits = remedy.kind === "edits" ? remedy.edits : pinEdits(site, file.text, remedy);
  return edits === void 0 || edits.length === 0 ? void 0 : edits;
}
function pinEdits(site, text, { digest, tag }) {
  const tagged = tag === void 0 ? void 0 : pinSite(site, text, { digest, tag });
  return tagged ?? pinSite(site, text, { digest });
}
function compatible(groups) {
  const taken = [];
  for (const group2 of groups) {
    const fresh = group2.filter((edit) => !taken.some((other) => sameEdit(edit, other)));
    if (fresh.every((edit) => !taken.some((other) => collide(edit, other)))) taken.push(...fresh);
  }
  return taken;
}
function sameEdit(one, other) {
  return one.start === other.start && one.end === other.end && one.text === other.text;
}
function collide(one, other) {
  const isInsertion = one.start === one.end || other.start === other.end;
  return isInsertion ? one.start <= other.end && other.start <= one.end : one.start < other.end && other.start < one.end;
}
function fixOf(edits, { file, line: line2, others, room }) {
  const touched = edits.flatMap((edit) => [lineOf(file, edit.start), lineOf(file, edit.end)]);
  const startLine = Math.min(line2, ...touched);
  const endLine = Math.max(line2, ...touched);
  const start = file.lines.starts[startLine - 1] ?? 0;
  const end = file.lines.starts[endLine] ?? file.text.length;
  if (end - start > room) return void 0;
  const within = others.filter(
    (group2) => group2.every((edit) => edit.start >= start && lineOf(file, edit.end) <= endLine)
  );
  const local = compatible([edits, ...within]).map((edit) => movedBy(edit, -start));
  const original = file.text.slice(start, end);
  return {
    edits,
    startLine,
    endLine,
    replacement: plainLines(applyEdits(original, local)),
    original: plainLines(original)
  };
}
function plainLines(text) {
  return text.replaceAll("\r\n", "\n").replace(/\n$/, "");
}
function movedBy({ start, end, text }, distance) {
  return { start: start + distance, end: end + distance, text };
}
function lineOf(file, offset) {
  return positionAt(file.lines, offset).line;
}

// src/rules/ignore.ts
var MARK = "image-digest:";
var UNTIL = /(?<![\w-])[([]?until=([^\s,;.()[\]{}"'`]*)[)\]]?/gi;
var DATE = /^\d{4}-\d{2}-\d{2}$/;
var KNOWN = new Set(RULE_IDS);
function readIgnores(text, today) {
  const valid = [];
  const bad = [];
  let line2 = 1;
  let counted = 0;
  for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + MARK.length)) {
    const lineStart = text.lastIndexOf("\n", at) + 1;
    line2 += newlinesBetween(text, counted, lineStart);
    counted = lineStart;
    const before = text.slice(lineStart, at);
    const rest = restOfLine(text, at + MARK.length).trim();
    const mark = commentMark(before);
    if (mark === void 0 || !/^ignore(?![\w-])/.test(rest)) continue;
    const read = readComment(rest.slice("ignore".length), today);
    if (typeof read === "string") {
      const column = before.length + 1;
      bad.push({ line: line2, column, endColumn: column + MARK.length + 1 + rest.length, message: read });
    } else valid.push({ line: line2, alone: mark.alone, ...read });
  }
  return { valid, bad };
}
function newlinesBetween(text, start, end) {
  let count = 0;
  for (let at = text.indexOf("\n", start); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
function restOfLine(text, start) {
  const end = text.indexOf("\n", start);
  return text.slice(start, end < 0 ? text.length : end);
}
function commentMark(before) {
  const trimmed = before.trimEnd();
  let start = trimmed.length;
  while (trimmed[start - 1] === "#") start -= 1;
  if (start === trimmed.length && trimmed.endsWith("//")) start -= 2;
  if (start === trimmed.length) return void 0;
  const leading = trimmed.slice(0, start);
  if (leading !== "" && !/\s$/.test(leading)) return void 0;
  return { alone: leading.trim() === "" };
}
function readComment(text, today) {
  const close = text.indexOf("]");
  if (!text.startsWith("[") || close < 0) {
    return "this comment accepts nothing: the rules stand in brackets, as in ignore[latest-tag] reason";
  }
  const names = text.slice(1, close).split(",").map((name) => name.trim());
  const unknown = names.find((name) => !KNOWN.has(name));
  if (unknown !== void 0) return unknownRule(unknown);
  const rules = RULE_IDS.filter((id) => names.includes(id));
  return readReason(rules, text.slice(close + 1), today);
}
function unknownRule(name) {
  if (name === "") return "this comment accepts nothing: no rule stands in its brackets";
  return `this comment accepts nothing: there is no rule ${quoted(clipped(name, 40))} (there are ${RULE_IDS.join(", ")})`;
}
function readReason(rules, text, today) {
  const dates = [...text.matchAll(UNTIL)].map(([, date = ""]) => date);
  const reason = text.replaceAll(UNTIL, " ").replaceAll(/\s+/g, " ").trim();
  if (!/[\p{L}\p{N}]/u.test(reason)) return "this comment accepts nothing: the reason behind the brackets is missing";
  const wrong = dates.find((date) => !isDate(date));
  if (wrong !== void 0) {
    return `this comment accepts nothing: ${quoted(wrong, 40)} is not a date (until=YYYY-MM-DD)`;
  }
  const [until] = dates.toSorted();
  if (until === void 0) return { rules, reason };
  if (until < today) return `this comment accepts nothing any more: it was good until ${until}`;
  return { rules, reason, until };
}
function isDate(text) {
  if (!DATE.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}
function ignoreFor(ignores, line2, rule) {
  for (let at = upperBound(ignores, (one) => one.line < line2 - 1); at < ignores.length; at += 1) {
    const ignore = ignores[at];
    if (ignore === void 0 || ignore.line > line2) return void 0;
    if (ignore.rules.includes(rule) && (ignore.line === line2 || ignore.alone)) return ignore;
  }
  return void 0;
}

// src/rules/example-facts.ts
var NGINX_PIN = parseDigest(`sha256:${"0a1b2c3d".repeat(8)}`);
var OTHER_PIN = parseDigest(`sha256:${"4e5f6a7b".repeat(8)}`);
var NGINX_LATEST = {
  digest: NGINX_PIN,
  kind: "index",
  version: "1.27.3",
  created: "2026-11-09T08:00:00Z"
};

// src/rules/now.ts
var DAY = 864e5;
function nowText(tag, today) {
  const known = [
    ...tag.version === void 0 ? [] : [`version ${clipped(printable(tag.version), 64).replaceAll('"', "'")}`],
    ...ageOf(tag.created, today)
  ];
  return `${tag.digest} now${known.length === 0 ? "" : ` (${known.join(", ")})`}`;
}
function ageOf(created, today) {
  const days = Math.floor((Date.parse(`${today}T23:59:59Z`) - Date.parse(created ?? "")) / DAY);
  if (!Number.isFinite(days) || days < 0 || days > 365 * 30) return [];
  return [days === 0 ? "made today" : `${days} ${days === 1 ? "day" : "days"} old`];
}

// src/rules/digest-gone.ts
var digestGone = {
  id: "digest-gone",
  level: "error",
  cause: "digest",
  title: "The registry does not have the digest",
  why: "The image was deleted, or the digest is from another repository: the next pull fails.",
  help: "Write the digest that the tag names now. Some registries delete what no tag holds.",
  judge({ site, parts, facts }, options) {
    if (parts.validDigest === void 0 || facts.pin?.kind !== "gone") return void 0;
    const message = `${quoted(site.reference)} cannot be pulled: the registry does not have this digest (any more)`;
    if (facts.tag === void 0) return { message };
    return {
      message: `${message}; the tag is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: "pin", digest: facts.tag.digest }
    };
  },
  examples: [
    { name: "gone", reference: `nginx@${OTHER_PIN}`, facts: { pin: { kind: "gone" } }, says: "cannot be pulled" },
    { name: "present", reference: `nginx@${OTHER_PIN}`, facts: { pin: { kind: "present" } }, says: null },
    { name: "not asked", reference: `nginx@${OTHER_PIN}`, says: null },
    {
      name: "the tag is still there",
      reference: `nginx:1.27@${OTHER_PIN}`,
      facts: { pin: { kind: "gone" }, tag: NGINX_LATEST },
      says: "the tag is",
      writes: NGINX_PIN
    }
  ]
};

// src/rules/digest-invalid.ts
var digestInvalid = {
  id: "digest-invalid",
  level: "error",
  cause: "reference",
  title: "What stands after @ is no digest",
  why: "It looks pinned and is not: clients refuse such a reference.",
  help: "Write sha256: followed by 64 lower-case hexadecimal digits, or a tag after a colon.",
  judge({ site, parts, facts }, options) {
    if (parts.digest.kind !== "text" || parts.validDigest !== void 0) return void 0;
    const text = parts.digest.text;
    const message = `${quoted(site.reference)} cannot be pulled: ${whyNot(text, parts.tag.kind === "none")}`;
    if (facts.tag === void 0 || parts.tag.kind !== "text") return { message };
    return {
      message: `${message}; the tag is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: "pin", digest: facts.tag.digest }
    };
  },
  examples: [
    { name: "a short hash", reference: "fedora@f717d3f59ea0", says: "is not a digest" },
    { name: "a version", reference: "mysql@8.0.44", says: "a tag stands after a colon" },
    { name: "too few digits", reference: "app@sha256:abc123", says: "64 hexadecimal digits, this has 6" },
    { name: "capitals", reference: `nginx@${NGINX_PIN.replaceAll("a", "A")}`, says: "lower case" },
    { name: "a digest", reference: `nginx@${NGINX_PIN}`, says: null },
    { name: "no digest", reference: "nginx:1", says: null },
    {
      name: "a variable",
      reference: "nginx@$DIGEST",
      site: { unresolved: "DIGEST has no value in the file" },
      says: null
    },
    {
      name: "the tag is known",
      reference: "nginx:1.27@sha256:abc",
      facts: { tag: NGINX_LATEST },
      says: "the tag is",
      writes: NGINX_PIN
    }
  ]
};
function whyNot(text, untagged) {
  try {
    parseDigest(text);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const reason = error.message.slice(error.message.lastIndexOf("is not a digest"));
    const version = untagged && isTag(text) && /[.]/.test(text);
    return `${quoted(text)} ${reason}${version ? "; a tag stands after a colon" : ""}`;
  }
  return `${quoted(text)} is not a digest`;
}

// src/rules/digest-is-image-id.ts
var digestIsImageId = {
  id: "digest-is-image-id",
  level: "error",
  cause: "digest",
  title: "The digest is an image ID",
  why: "An image ID names the config, as docker inspect .Id shows it. Only manifests can be pulled.",
  help: "Write the digest of the manifest: what the tag points to in the registry.",
  judge({ site, parts, facts }, options) {
    if (parts.validDigest === void 0 || facts.pin?.kind !== "image-id") return void 0;
    const message = `${quoted(site.reference)} cannot be pulled: this is an image ID, not a manifest digest`;
    if (facts.tag === void 0) return { message };
    return {
      message: `${message}; the tag is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: "pin", digest: facts.tag.digest }
    };
  },
  examples: [
    {
      name: "an image ID",
      reference: `nginx@${OTHER_PIN}`,
      facts: { pin: { kind: "image-id" } },
      says: "this is an image ID, not a manifest digest"
    },
    {
      name: "with a tag",
      reference: `nginx:1.27@${OTHER_PIN}`,
      facts: { pin: { kind: "image-id" }, tag: NGINX_LATEST },
      says: NGINX_PIN,
      writes: NGINX_PIN
    },
    { name: "a manifest", reference: `nginx@${OTHER_PIN}`, facts: { pin: { kind: "present" } }, says: null }
  ]
};

// src/rules/subject.ts
var NONE = { kind: "none" };
var HOLE = "\0";
function subjectOf(site, facts = {}) {
  const isUnknown = site.unresolved !== void 0 || traitOf(site, "name-unknown") !== void 0;
  const parts = partsOf(site.reference, isUnknown);
  if (isUnknown) return { site, parts, facts, ...unread(site) };
  const read = readReference(withoutBadDigest(site.reference, parts));
  return { site, parts, facts, ...read };
}
function unread({ reference, unresolved }) {
  if (unresolved === void 0 || !reference.endsWith("…")) return {};
  return { error: new UserError("limit", `the reference is not read: ${unresolved}`, "Write the reference out") };
}
function withFacts(subject, facts) {
  return isTaggedElsewhere(subject.site) ? subject : { ...subject, facts };
}
function isTaggedElsewhere(site) {
  return traitOf(site, "tag-elsewhere") !== void 0 || traitOf(site, "replaced") !== void 0;
}
function readReference(text) {
  try {
    return { reference: parseReference(text) };
  } catch (error) {
    if (error instanceof UserError) return { error };
    throw error;
  }
}
function withoutBadDigest(text, parts) {
  return parts.digest.kind === "text" && parts.validDigest === void 0 ? text.slice(0, text.indexOf("@")) : text;
}
function partsOf(text, mayHoldVariables) {
  const masked = mayHoldVariables ? maskVariables(text) : text;
  const at = masked.indexOf("@");
  const named = at < 0 ? masked : masked.slice(0, at);
  const last = named.slice(named.lastIndexOf("/") + 1);
  const colon = last.indexOf(":");
  const digest = at < 0 ? NONE : partOf(masked.slice(at + 1));
  const validDigest = digest.kind === "text" ? readDigest(digest.text) : void 0;
  return {
    tag: colon < 0 ? NONE : partOf(last.slice(colon + 1)),
    digest,
    ...validDigest === void 0 ? {} : { validDigest },
    nameKnown: !(colon < 0 ? last : last.slice(0, colon)).includes(HOLE)
  };
}
function partOf(text) {
  return text.includes(HOLE) ? { kind: "unknown" } : { kind: "text", text };
}
function maskVariables(text) {
  let masked = "";
  for (let at = 0; at < text.length; ) {
    const end = variableEnd(text, at);
    masked += end === void 0 && text[at] !== "…" ? text[at] ?? "" : HOLE;
    at = end ?? at + 1;
  }
  return masked;
}
function traitOf(site, kind) {
  return site.traits.find((trait) => trait.kind === kind);
}
function missesNothing(site) {
  return traitOf(site, "build-cache") !== void 0 || traitOf(site, "replaced") !== void 0;
}
function isPlatformMeant({ site, facts }) {
  const meant = traitOf(site, "one-platform");
  if (meant === void 0 || facts.pin?.kind !== "child") return false;
  const [named, pinned] = [readPlatform(meant.platform), readPlatform(facts.pin.platform)];
  return named !== void 0 && pinned !== void 0 && samePlatform(named, pinned);
}

// src/rules/digest-one-platform.ts
var digestOnePlatform = {
  id: "digest-one-platform",
  level: "warning",
  cause: "digest",
  title: "The digest is of one platform only",
  why: "The tag is a multi-platform image; this digest is one entry of it and does not run on other platforms.",
  help: "Write the digest of the index; when one platform is meant, name it beside the image, or accept the finding.",
  judge(subject, options) {
    const { site, parts, facts } = subject;
    if (parts.validDigest === void 0 || facts.pin?.kind !== "child" || isPlatformMeant(subject)) return void 0;
    const message = `${quoted(site.reference)} is pinned to ${printable(facts.pin.platform)} only`;
    if (facts.tag === void 0) return { message };
    return {
      message: `${message}; the index of all platforms is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: "pin", digest: facts.tag.digest }
    };
  },
  examples: [
    {
      name: "a child of the index",
      reference: `nginx:1.27@${OTHER_PIN}`,
      facts: { pin: { kind: "child", platform: "linux/amd64" }, tag: NGINX_LATEST },
      says: "is pinned to linux/amd64 only",
      writes: NGINX_PIN
    },
    {
      name: "another platform than the one that is named beside it",
      reference: `nginx:1.27@${OTHER_PIN}`,
      site: { traits: [{ kind: "one-platform", platform: "linux/arm64" }] },
      facts: { pin: { kind: "child", platform: "linux/amd64" }, tag: NGINX_LATEST },
      says: "is pinned to linux/amd64 only",
      writes: NGINX_PIN
    },
    {
      name: "the platform that is named beside it",
      reference: `nginx:1.27@${OTHER_PIN}`,
      site: { traits: [{ kind: "one-platform", platform: "linux/arm64/v8" }] },
      facts: { pin: { kind: "child", platform: "linux/arm64" }, tag: NGINX_LATEST },
      says: null
    },
    {
      name: "the index",
      reference: `nginx:1.27@${NGINX_PIN}`,
      facts: { pin: { kind: "present" }, tag: NGINX_LATEST },
      says: null
    }
  ]
};

// src/rules/latest-tag.ts
var latestTag = {
  id: "latest-tag",
  level: "error",
  cause: "reference",
  title: "The tag can move",
  why: '"latest" and tags like it are pushed anew: the same line pulls another image tomorrow.',
  help: "Write a version tag, or keep the tag and add the digest that it names now.",
  judge({ site, parts, facts }, options) {
    if (parts.digest.kind !== "none" || parts.tag.kind !== "text" || missesNothing(site)) return void 0;
    const tag = parts.tag.text;
    if (tag !== "latest" && !options.floatingTags.includes(tag)) return void 0;
    const message = `${quoted(site.reference)} can change at any time: ${quoted(tag)} is a moving tag`;
    if (facts.tag === void 0) return { message };
    return {
      message: `${message}; it is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: "pin", digest: facts.tag.digest }
    };
  },
  examples: [
    { name: "latest", reference: "nginx:latest", says: "can change at any time" },
    { name: "latest with a digest", reference: `debian:latest@${NGINX_PIN}`, says: null },
    { name: "a build cache", reference: "acme/api:latest", site: { traits: [{ kind: "build-cache" }] }, says: null },
    {
      name: "every kustomization sets the tag",
      reference: "acme/api:latest",
      site: { format: "kubernetes", traits: [{ kind: "replaced" }] },
      says: null
    },
    { name: "a version", reference: "nginx:1.27", says: null },
    { name: "latest is only a part of the tag", reference: "nginx:latest-alpine", says: null },
    { name: "a tag of another name", reference: "nginx:stable", says: null },
    {
      name: "a floating tag that the user names",
      reference: "nginx:stable",
      options: { floatingTags: ["stable", "edge"] },
      says: '"stable" is a moving tag'
    },
    {
      name: "the registry is asked",
      reference: "nginx:latest",
      facts: { tag: NGINX_LATEST },
      says: "version 1.27.3",
      writes: NGINX_PIN
    },
    {
      name: "the registry is a variable",
      reference: "$REGISTRY/ubuntu:latest",
      site: { unresolved: "REGISTRY has no value in the file" },
      says: "can change"
    }
  ]
};

// src/rules/no-tag.ts
var noTag = {
  id: "no-tag",
  level: "error",
  cause: "reference",
  title: "The image has no tag",
  why: 'Without a tag every client asks for "latest": what that is changes whenever somebody pushes it.',
  help: "Write a version tag, better with the digest that it names now.",
  judge({ site, parts, facts, error }, options) {
    if (error !== void 0) return void 0;
    if (parts.tag.kind !== "none" || parts.digest.kind !== "none" || !parts.nameKnown) return void 0;
    if (traitOf(site, "tag-elsewhere") !== void 0 || missesNothing(site)) return void 0;
    const message = `${quoted(site.reference)} has no tag, so it means "latest", which can change at any time`;
    if (facts.tag === void 0) return { message };
    return {
      message: `${message}; it is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: "pin", digest: facts.tag.digest, tag: "latest" }
    };
  },
  examples: [
    { name: "a short name", reference: "nginx", says: "has no tag" },
    { name: "a registry port is no tag", reference: "localhost:5000/app", says: "has no tag" },
    { name: "a tag", reference: "nginx:1.27", says: null },
    { name: "a build cache", reference: "acme/api", site: { traits: [{ kind: "build-cache" }] }, says: null },
    {
      name: "every kustomization sets the tag",
      reference: "acme/api",
      site: { format: "kubernetes", traits: [{ kind: "replaced" }] },
      says: null
    },
    { name: "a digest", reference: `nginx@${NGINX_PIN}`, says: null },
    { name: "no reference at all: a template", reference: "{{", says: null },
    { name: "what stands behind @ is no digest", reference: "mysql@8.0.44", says: null },
    {
      name: "the registry is asked",
      reference: "nginx",
      facts: { tag: NGINX_LATEST },
      says: `it is ${NGINX_PIN} now (version 1.27.3, 12 days old)`,
      writes: NGINX_PIN
    },
    {
      name: "the registry is a variable, the name has no tag",
      reference: "${REGISTRY}/ubuntu",
      site: { unresolved: "REGISTRY has no value in the file" },
      says: "has no tag"
    },
    {
      name: "the whole name is a variable",
      reference: "${IMAGE}",
      site: { unresolved: "IMAGE has no value in the file" },
      says: null
    },
    {
      name: "a chart fills in its appVersion",
      reference: "acme/api",
      site: { traits: [{ kind: "tag-elsewhere", where: "appVersion of the chart" }] },
      says: null
    }
  ]
};

// src/rules/not-pinned.ts
var notPinned = {
  id: "not-pinned",
  level: "error",
  cause: "reference",
  title: "The image is not pinned to a digest",
  why: "A version tag is a promise, only a digest is immutable: whoever may push can move the tag.",
  help: "Write the digest behind the tag: name:tag@sha256:….",
  judge({ site, parts, facts, error }, options) {
    if (options.require !== "digest" || parts.digest.kind !== "none") return void 0;
    if (site.unresolved !== void 0 || error !== void 0) return void 0;
    if (missesNothing(site)) return void 0;
    const message = `${quoted(site.reference)} has no digest, which this check requires`;
    if (facts.tag === void 0) return { message };
    return {
      message: `${message}; it is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: "pin", digest: facts.tag.digest }
    };
  },
  examples: [
    { name: "tags are enough by default", reference: "nginx:1.27", says: null },
    { name: "a digest is required", reference: "nginx:1.27", options: { require: "digest" }, says: "has no digest" },
    {
      name: "no reference at all: a template",
      reference: "python:{{",
      options: { require: "digest" },
      says: null
    },
    {
      name: "a build cache",
      reference: "ghcr.io/acme/api:cache",
      site: { traits: [{ kind: "build-cache" }] },
      options: { require: "digest" },
      says: null
    },
    {
      name: "every kustomization sets the tag",
      reference: "acme/api:1.2",
      site: { format: "kubernetes", traits: [{ kind: "replaced" }] },
      options: { require: "digest" },
      says: null
    },
    { name: "a digest is there", reference: `nginx@${NGINX_PIN}`, options: { require: "digest" }, says: null },
    {
      name: "what the tag is",
      reference: "nginx:1.27",
      options: { require: "digest" },
      facts: { tag: NGINX_LATEST },
      says: NGINX_PIN,
      writes: NGINX_PIN
    },
    {
      name: "the tag is a variable: it may hold a digest",
      reference: "python:${VARIANT}",
      site: { unresolved: "VARIANT has no value in the file" },
      options: { require: "digest" },
      says: null
    }
  ]
};

// src/rules/tag-in-name.ts
var tagInName = {
  id: "tag-in-name",
  level: "error",
  cause: "reference",
  title: "A Kustomize image name holds a tag or a digest",
  why: "Kustomize compares names without tags, so this entry matches nothing and changes nothing.",
  help: "Move the tag to newTag and the digest to digest.",
  judge({ site }) {
    if (traitOf(site, "tag-in-name") === void 0) return void 0;
    return { message: `${quoted(site.reference)} holds a tag or a digest in the name, so Kustomize will not match it` };
  },
  examples: [
    {
      name: "a tag in the name",
      reference: "nginx:1.27",
      site: { format: "kustomize", traits: [{ kind: "tag-in-name" }] },
      says: "Kustomize will not match it"
    },
    { name: "a plain name", reference: "nginx:1.27", site: { format: "kustomize" }, says: null }
  ]
};

// src/rules/tag-moved.ts
var tagMoved = {
  id: "tag-moved",
  level: "notice",
  cause: "digest",
  title: "Tag and digest disagree now",
  why: "Either the tag has moved since, or one of the two was edited without the other. The digest is what is pulled.",
  help: "Write the new digest to follow the tag, or the tag that belongs to the digest.",
  judge(subject, options) {
    const { site, parts, facts } = subject;
    const dropped = traitOf(site, "drops-digest");
    if (dropped !== void 0) {
      const { reference, file } = dropped;
      return {
        message: `newTag wins over the digest of ${quoted(reference)} in ${quoted(file)}: Kustomize drops it, and ${quoted(site.reference)} is pulled without a digest`,
        ...facts.tag === void 0 ? {} : { remedy: { kind: "pin", digest: facts.tag.digest } }
      };
    }
    const digest = parts.validDigest;
    if (digest === void 0 || parts.tag.kind !== "text" || isPlatformMeant(subject)) return void 0;
    if (facts.tagIsGone) {
      return { message: `${quoted(site.reference)} holds a tag and a digest that disagree: there is no such tag now` };
    }
    if (facts.tag === void 0 || facts.tag.digest === digest) return void 0;
    return {
      message: `${quoted(site.reference)} holds a digest that the tag does not name: the tag is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: "pin", digest: facts.tag.digest }
    };
  },
  examples: [
    {
      name: "they disagree",
      reference: `nginx:1.27@${OTHER_PIN}`,
      facts: { pin: { kind: "present" }, tag: NGINX_LATEST },
      says: "the tag is",
      writes: NGINX_PIN
    },
    {
      name: "the tag is gone",
      reference: `nginx:1.27@${OTHER_PIN}`,
      facts: { pin: { kind: "present" }, tagIsGone: true },
      says: "there is no such tag now"
    },
    {
      name: "a new tag of Kustomize takes the digest of the manifest away",
      reference: "nginx:1.27",
      site: {
        format: "kustomize",
        traits: [{ kind: "drops-digest", reference: `nginx:latest@${OTHER_PIN}`, file: "deployment.yaml" }]
      },
      facts: { tag: NGINX_LATEST },
      says: 'newTag wins over the digest of "nginx:latest@sha256:4e5f6a7b',
      writes: NGINX_PIN
    },
    {
      name: "the manifest of the platform that is named beside it agrees with the tag",
      reference: `nginx:1.27@${OTHER_PIN}`,
      site: { traits: [{ kind: "one-platform", platform: "linux/amd64" }] },
      facts: { pin: { kind: "child", platform: "linux/amd64" }, tag: NGINX_LATEST },
      says: null
    },
    {
      name: "they agree",
      reference: `nginx:1.27@${NGINX_PIN}`,
      facts: { pin: { kind: "present" }, tag: NGINX_LATEST },
      says: null
    },
    { name: "no tag", reference: `nginx@${OTHER_PIN}`, facts: { pin: { kind: "present" } }, says: null },
    { name: "no digest", reference: "nginx:1.27", facts: { tag: NGINX_LATEST }, says: null }
  ]
};

// src/rules/unquoted-tag.ts
var unquotedTag = {
  id: "unquoted-tag",
  level: "warning",
  cause: "spelling",
  title: "YAML does not read the tag as text",
  why: "An unquoted 1.10 is the number 1.1, and 72225e2 is 7222500: another tag is pulled, or none.",
  help: "Put the tag in quotes.",
  judge({ site }) {
    const trait = traitOf(site, "unquoted-tag");
    if (trait === void 0) return void 0;
    const { start, end } = trait.range;
    const read = clipped(printable(trait.value), 64);
    const written = site.format === "helm-values" ? helmNumber(read) : read;
    return {
      message: `the tag of ${quoted(site.reference)} is not quoted: YAML reads it as ${read}${written === read ? "" : `, and Helm writes ${written}`}`,
      remedy: {
        kind: "edits",
        edits: [
          { start, end: start, text: '"' },
          { start: end, end, text: '"' }
        ]
      }
    };
  },
  examples: [
    {
      name: "a version that is a number",
      reference: "nginx:1.10",
      site: {
        format: "helm-values",
        traits: [{ kind: "unquoted-tag", value: "1.1", range: { start: 5, end: 9 } }]
      },
      says: "YAML reads it as 1.1",
      writes: '"'
    },
    {
      name: "a number that Helm writes another way",
      reference: "acme/app:20190612073634",
      site: {
        format: "helm-values",
        traits: [{ kind: "unquoted-tag", value: "20190612073634", range: { start: 5, end: 19 } }]
      },
      says: "YAML reads it as 20190612073634, and Helm writes 2.0190612073634e+13",
      writes: '"'
    },
    { name: "a quoted one", reference: "nginx:1.10", site: { format: "helm-values" }, says: null }
  ]
};

// src/rules/unresolved-variable.ts
var unresolvedVariable = {
  id: "unresolved-variable",
  level: "notice",
  cause: "reference",
  title: "The image depends on a value that is not in the file",
  why: "Whether it can move is decided elsewhere and cannot be checked here.",
  help: "Give the variable a default, or write the reference out.",
  judge({ site, parts }) {
    const why = site.unresolved ?? traitOf(site, "name-unknown")?.why;
    if (why === void 0 || parts.validDigest !== void 0) return void 0;
    return { message: `${quoted(site.reference)} cannot be checked: ${clipped(printable(why), 300)}` };
  },
  examples: [
    {
      name: "a tag that is a variable",
      reference: "python:${VARIANT}",
      site: { unresolved: "VARIANT has no value in the file" },
      says: "cannot be checked: VARIANT has no value in the file"
    },
    {
      name: "BuildKit expands nothing in COPY --from",
      reference: "$IMG",
      site: { unresolved: "BuildKit does not expand variables here" },
      says: "BuildKit does not expand variables here"
    },
    {
      name: "the digest is written, so the image is known",
      reference: `\${REGISTRY}/nginx@${NGINX_PIN}`,
      site: { unresolved: "REGISTRY has no value in the file" },
      says: null
    },
    { name: "nothing is missing", reference: "python:3.12", says: null }
  ]
};

// src/rules/index.ts
var RULES = [
  tagInName,
  digestInvalid,
  noTag,
  latestTag,
  notPinned,
  unresolvedVariable,
  digestIsImageId,
  digestGone,
  digestOnePlatform,
  tagMoved,
  unquotedTag
];
function documentationOfRule(id) {
  return `docs/rules/${id}.md`;
}

// src/rules/judge.ts
function judge(subject, options) {
  const objections = [];
  const causes = /* @__PURE__ */ new Set();
  for (const rule of RULES) {
    if (causes.has(rule.cause)) continue;
    const judgement = rule.judge(subject, options);
    if (judgement === void 0) continue;
    causes.add(rule.cause);
    objections.push({ rule, judgement: withRemarks(subject.site, rule, judgement) });
  }
  return objections;
}
function withRemarks(site, { cause }, judgement) {
  const by = cause === "reference" ? traitOf(site, "left-by")?.by : void 0;
  const left = by === void 0 ? void 0 : `${quoted(by)} leaves it as it is written`;
  const remark = judgement.remedy?.kind === "pin" ? remarkOn(site) : void 0;
  const message = [judgement.message, left, remark].filter((part) => part !== void 0).join("; ");
  return { ...judgement, message };
}
function remarkOn({ format, placement }) {
  if (placement.kind === "none") return `there is no fix, because ${placement.why}`;
  const hasTagOnly = placement.kind === "keys" && placement.digest === void 0 && placement.insertDigest === void 0;
  if (format !== "helm-values" || !hasTagOnly) return void 0;
  return 'the digest goes into "tag", as there is no digest key: charts that use the tag in a label may reject it';
}
function isWorthAsking(subject, objections) {
  if (subject.reference === void 0 || isTaggedElsewhere(subject.site)) return false;
  if (subject.reference.digest !== void 0) return true;
  return objections.some(
    ({ rule }) => ASKED.has(rule.id) && !(rule.id === "digest-invalid" && subject.reference?.tag === void 0)
  );
}
var ASKED = /* @__PURE__ */ new Set(["no-tag", "latest-tag", "not-pinned", "digest-invalid", "tag-moved"]);

// src/rules/mends.ts
var MAX_NEIGHBOURS = 64;
var Mends = class {
  #file;
  #byLine = /* @__PURE__ */ new Map();
  #lines;
  constructor(file) {
    this.#file = file;
  }
  add(edits) {
    const [first] = edits;
    if (first === void 0) return;
    const { line: line2 } = positionAt(this.#file.lines, first.start);
    const present = this.#byLine.get(line2);
    if (present === void 0) this.#byLine.set(line2, [edits]);
    else if (present.length < MAX_NEIGHBOURS + 2) present.push(edits);
  }
  /** The other edits on the lines that these edits of a site touch; undefined when there are too many. */
  neighboursOf(site, edits) {
    const touched = edits.flatMap(
      ({ start, end }) => [start, end].map((offset) => positionAt(this.#file.lines, offset).line)
    );
    const first = Math.min(site.line, ...touched);
    const last = Math.max(site.line, ...touched);
    this.#lines ??= [...this.#byLine.keys()].toSorted((one, other) => one - other);
    const found = [];
    for (let at = upperBound(this.#lines, (line2) => line2 < first); at < this.#lines.length; at += 1) {
      const line2 = this.#lines[at] ?? Infinity;
      if (line2 > last) break;
      for (const other of this.#byLine.get(line2) ?? []) {
        if (other === edits) continue;
        if (found.length >= MAX_NEIGHBOURS) return void 0;
        found.push(other);
      }
    }
    return found;
  }
};

// src/rules/judge-file.ts
function readFileOf(path, text, sites, today) {
  const distinct = new Map(
    sites.map((site) => [`${site.line} ${site.column} ${site.endColumn} ${site.reference}`, site])
  );
  return { path, text, lines: indexLines(text), ignores: readIgnores(text, today), sites: [...distinct.values()] };
}
function questionOf(file, site, options) {
  const subject = subjectOf(site);
  if (isAllowed(options.allow, subject)) return void 0;
  const open = judge(subject, options).filter(
    ({ rule }) => ignoreFor(file.ignores.valid, subject.site.line, rule.id) === void 0
  );
  return isWorthAsking(subject, open) ? subject : void 0;
}
var STRIDE = 500;
function* judging(file, options, scopes, answerTo) {
  const work = new Judging(file, options, scopes);
  for (const [index, site] of file.sites.entries()) {
    if (index % STRIDE === STRIDE - 1) yield;
    const subject = subjectOf(site);
    const answer = answerTo(subject);
    work.add(answer?.kind === "facts" ? withFacts(subject, answer.facts) : subject);
  }
  return yield* work.end();
}
var Judging = class {
  #file;
  #options;
  #scopes;
  #references = [];
  #open = new Gravest();
  #mends;
  #ignored = [];
  #skipped = [];
  #allowed = 0;
  #omittedIgnored = 0;
  /** Characters that all fixes of the file may still have: each is complete lines, and a line may be the whole file. */
  #room = LIMITS.fixedCharacters;
  /** One for all questions: a scope may remember what it learnt of a text. */
  #textOfLine = (line2) => lineText(this.#file, line2);
  constructor(file, options, scopes) {
    this.#file = file;
    this.#options = options;
    this.#scopes = scopes;
    this.#mends = new Mends(file);
  }
  add(subject) {
    this.#references.push(referenceOf(subject));
    if (isAllowed(this.#options.allow, subject)) {
      this.#allowed += 1;
      return;
    }
    this.#skipped.push(...unreadable(subject));
    for (const objection of judge(subject, this.#options)) {
      const one = this.#mendable(subject, objection);
      const ignore = ignoreFor(this.#file.ignores.valid, subject.site.line, one.rule.id);
      if (ignore !== void 0) this.#ignore(one, ignore);
      else {
        if (one.edits !== void 0 && one.rule.level !== "notice") this.#mends.add(one.edits);
        this.#open.add(one);
      }
    }
  }
  *end() {
    const { kept, omitted } = this.#open.result();
    const findings = [];
    for (const one of kept) {
      if (findings.length % STRIDE === STRIDE - 1) yield;
      findings.push(this.#findingOf(one, (edits) => this.#mends.neighboursOf(one.subject.site, edits)));
    }
    return {
      references: this.#references,
      findings,
      omitted,
      ignored: this.#ignored,
      omittedIgnored: this.#omittedIgnored,
      voidIgnores: voidIgnoresOf(this.#file),
      skipped: fewOf(this.#skipped),
      allowed: this.#allowed
    };
  }
  #mendable(subject, objection) {
    const { remedy } = objection.judgement;
    const edits = remedy === void 0 ? void 0 : editsOf(subject.site, this.#file, remedy);
    const isNew = isOnNewLine(this.#file, subject.site, this.#scopes.level, this.#textOfLine);
    return { ...objection, subject, edits, level: isNew ? objection.rule.level : "notice" };
  }
  /** What is accepted is shown with the fix for itself alone. */
  #ignore(one, { line: line2, reason, until }) {
    if (this.#ignored.length >= LIMITS.findings) {
      this.#omittedIgnored += 1;
      return;
    }
    const isNew = this.#scopes.change?.isAdded(this.#file.path, line2, line2, this.#textOfLine) ?? false;
    const finding = this.#findingOf(one, () => []);
    this.#ignored.push({ ...finding, reason, ...until === void 0 ? {} : { until }, isNew });
  }
  #findingOf(one, neighboursOf) {
    const { edits, level, rule, judgement } = one;
    const { file, line: line2, column, endColumn, reference } = one.subject.site;
    const finding = { file, line: line2, column, endColumn, rule: rule.id, level, reference, message: judgement.message };
    const others = edits === void 0 ? void 0 : neighboursOf(edits);
    if (edits === void 0 || others === void 0) return finding;
    const room = Math.min(this.#room, LIMITS.fixedLineCharacters);
    const fix = fixOf(edits, { file: this.#file, line: line2, others, room });
    if (fix === void 0) return finding;
    this.#room -= fix.replacement.length;
    return { ...finding, fix };
  }
};
function voidIgnoresOf({ path, ignores }) {
  const kept = [];
  for (const bad of ignores.bad.slice(0, LIMITS.findings)) kept.push({ file: path, ...bad });
  const last = kept.at(-1);
  if (last === void 0 || kept.length === ignores.bad.length) return kept;
  const message = `${last.message}; ${ignores.bad.length - kept.length} more comments of the file accept nothing`;
  return [...kept.slice(0, -1), { ...last, message }];
}
function fewOf(skipped) {
  const [next] = skipped.slice(LIMITS.findings);
  if (next === void 0) return skipped;
  const reason = `${skipped.length - LIMITS.findings} more references of it are none`;
  return [...skipped.slice(0, LIMITS.findings), { file: next.file, reason }];
}
function referenceOf({ site, parts, facts }) {
  const digest = parts.validDigest ?? facts.tag?.digest;
  const { file, line: line2, column, endColumn, reference, format } = site;
  return { file, line: line2, column, endColumn, reference, ...digest === void 0 ? {} : { digest }, format };
}
function isOnNewLine(file, site, scope, textOfLine) {
  if (site.otherLines?.some((line2) => scope.isAdded(file.path, line2, line2, textOfLine)) === true) return true;
  const end = site.placement.kind === "value" ? lastLineOf(file, site.placement.range.end) : site.line;
  return scope.isAdded(file.path, site.line, Math.max(site.line, end), textOfLine);
}
function lastLineOf({ lines }, offset) {
  return upperBound(lines.starts, (start) => start <= offset);
}
function lineText({ text, lines }, line2) {
  const start = lines.starts[line2 - 1];
  if (start === void 0) return "";
  return text.slice(start, lines.starts[line2] ?? text.length).replace(/\r?\n$/, "");
}
function unreadable({ site, error }) {
  return error === void 0 || traitOf(site, "name-unknown") !== void 0 ? [] : [{ file: site.file, reason: `line ${site.line}: ${error.message}` }];
}

// src/actions/check/judge-all.ts
var KEPT_CHARACTERS = 16 * 1024 * 1024;
var GRACE = 300;
var COLLECTED = 25e3;
async function judgeAll(files, options, scopes, answerTo, pace) {
  const all = new Collected();
  let end = Infinity;
  for (const file of files) {
    const judged = await hasTime() ? await judgeOne(file) : NO_TIME;
    if (typeof judged === "string") all.skipped.push({ file: file.path, reason: judged, unjudged: "file" });
    else all.add(judged, file.isKept ? keep : structuredClone);
    file.release();
    if (all.judged >= COLLECTED) {
      all.judged = 0;
      collectNow();
    }
  }
  return all.result();
  async function judgeOne(file) {
    const opened = await file.open();
    if (opened === void 0) return pace.isOver ? NO_TIME : "it could not be read again as it was";
    const steps = judging(opened, options, scopes, answerTo);
    for (; ; ) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (!await hasTime()) return NO_TIME;
    }
  }
  async function hasTime() {
    if (pace.isDue()) await pace.rest();
    if (pace.isOver) end = Math.min(end, performance.now() + GRACE);
    return performance.now() < end;
  }
}
function keep(value) {
  return value;
}
var Collected = class {
  skipped = [];
  /** References since memory was looked at. */
  judged = 0;
  #references = [];
  #findings = new Gravest();
  #ignored = [];
  #voidIgnores = [];
  #omitted = { error: 0, warning: 0, notice: 0 };
  #omittedReferences = 0;
  #omittedIgnored = 0;
  #allowed = 0;
  #room = KEPT_CHARACTERS;
  add(file, keeping) {
    this.judged += file.references.length;
    for (const one of file.references) this.#addReference(one, keeping);
    for (const one of file.findings) {
      const { fix, ...rest } = one;
      this.#findings.add(keeping(this.#hasRoomFor(fix) ? one : rest));
    }
    for (const level of LEVELS) this.#omitted[level] += file.omitted[level];
    const ignored = file.ignored.slice(0, LIMITS.findings - this.#ignored.length);
    for (const one of ignored) {
      const { fix, ...rest } = one;
      this.#ignored.push(keeping(this.#hasRoomFor(fix) ? one : rest));
    }
    this.#omittedIgnored += file.omittedIgnored + file.ignored.length - ignored.length;
    this.#voidIgnores.push(...keeping(file.voidIgnores.slice(0, LIMITS.findings - this.#voidIgnores.length)));
    this.skipped.push(...keeping(file.skipped.slice(0, Math.max(0, LIMITS.scannedFiles - this.skipped.length))));
    this.#allowed += file.allowed;
  }
  result() {
    const { kept, omitted } = this.#findings.result();
    for (const level of LEVELS) this.#omitted[level] += omitted[level];
    return {
      references: this.#references,
      omittedReferences: this.#omittedReferences,
      findings: kept.toSorted(bySeverity),
      omitted: this.#omitted,
      ignored: this.#ignored,
      omittedIgnored: this.#omittedIgnored,
      voidIgnores: this.#voidIgnores,
      skipped: this.skipped,
      allowed: this.#allowed
    };
  }
  #addReference(one, keeping) {
    const fits = this.#references.length < LIMITS.listedReferences && this.#takes(one.reference.length);
    if (fits) this.#references.push(keeping(one));
    else this.#omittedReferences += 1;
  }
  #hasRoomFor(fix) {
    return fix === void 0 || this.#takes(fix.replacement.length);
  }
  #takes(characters) {
    if (characters > this.#room) return false;
    this.#room -= characters;
    return true;
  }
};

// src/actions/check/pace.ts
import { setImmediate } from "node:timers/promises";
var SLICE = 20;
var Pace = class {
  #signal;
  #until = performance.now() + SLICE;
  constructor(signal) {
    this.#signal = signal;
  }
  /** Whether the step's time is over: what is not done yet is left. */
  get isOver() {
    return this.#signal.aborted;
  }
  /** Asked so that nothing has to be awaited a thousand times for nothing. */
  isDue() {
    return performance.now() >= this.#until;
  }
  /** Lets other work have its turn. @throws Cancelled when the step is to end at once */
  async rest() {
    await setImmediate();
    if (this.#signal.reason instanceof Cancelled) throw this.#signal.reason;
    this.#until = performance.now() + SLICE;
  }
};

// src/report/annotations.ts
var MESSAGE_LIMIT = 4096;
function annotationsOf({ findings, voidIgnores }, wanted, taken = 0) {
  const voids = wanted === "warning" ? voidIgnores.map(annotationOfVoid) : [];
  const annotations = [...findings.filter(({ level }) => level === wanted).map(annotationOf), ...voids];
  const kept = annotations.slice(0, LIMITS.annotationsOfAKind - taken);
  const last = kept.at(-1);
  const more = annotations.length - kept.length;
  if (more === 0 || last === void 0) return kept;
  const note = `
and ${more} more, in the summary and the reports`;
  return [...kept.slice(0, -1), { ...last, message: clipped(last.message, MESSAGE_LIMIT - note.length) + note }];
}
function annotationOf(finding) {
  const { file, line: line2, column, endColumn, level, rule, message, fix } = finding;
  const write = fix === void 0 ? "" : `
${fixText(fix)}`;
  const accept = `
Accept: # image-digest: ignore[${rule}] reason`;
  const body = clipped(message + write, MESSAGE_LIMIT - accept.length);
  return { level, title: rule, message: body + accept, file, line: line2, column, endColumn };
}
function fixText({ startLine, endLine, replacement }) {
  return startLine === endLine ? `Write: ${replacement.trim()}` : `Write as lines ${startLine} to ${endLine}:
${replacement}`;
}
function annotationOfVoid({ file, line: line2, column, endColumn, message }) {
  return { level: "warning", title: "ignore", message, file, line: line2, column, endColumn };
}

// src/report/json-report.ts
function jsonReport(report) {
  const { verdict, references, findings, ignored, skipped, unverified, truncated } = report;
  const omitted = Object.values(report.omitted ?? {}).some((count) => count > 0);
  const value = {
    schemaVersion: 1,
    verdict,
    references,
    findings: findings.map(jsonFinding),
    ignored: ignored.map(jsonIgnored),
    skipped: skipped.map(({ file, reason }) => ({ file, reason })),
    unverified,
    truncated: truncated || omitted
  };
  return `${JSON.stringify(value, void 0, 2)}
`;
}
function jsonFinding({ file, line: line2, column, endColumn, rule, level, reference, message, fix }) {
  const own = { file, line: line2, column, endColumn, rule, level, reference, message };
  return fix === void 0 ? own : { ...own, fix: fix.replacement };
}
function jsonIgnored(finding) {
  const own = { ...jsonFinding(finding), reason: finding.reason };
  return finding.until === void 0 ? own : { ...own, until: finding.until };
}
var OUTPUT_BYTES = 256 * 1024;
function arrayOutputs(report) {
  const findings = arrayWithin(report.findings.map(jsonFinding), OUTPUT_BYTES - 2);
  const references = arrayWithin(report.references, OUTPUT_BYTES - byteLength(findings.text));
  return {
    findings: findings.text,
    references: references.text,
    truncated: findings.truncated || references.truncated
  };
}
function arrayWithin(values, bytes) {
  const parts = [];
  let size = 2;
  for (const value of values) {
    const part = JSON.stringify(value);
    size += byteLength(part) + 1;
    if (size > bytes) return { text: `[${parts.join(",")}]`, truncated: true };
    parts.push(part);
  }
  return { text: `[${parts.join(",")}]`, truncated: false };
}
var encoder = new TextEncoder();
function byteLength(text) {
  return encoder.encode(text).length;
}

// src/report/check-summary.ts
function checkSummary(report, options = {}) {
  const parts = new Parts(options.limit ?? LIMITS.summaryBytes);
  parts.add(verdictLine(report));
  for (const notice of options.notices ?? []) parts.add(`> ${prose(notice)}`);
  if (report.findings.length > 0)
    parts.addTable(
      FINDING_HEADERS,
      report.findings.map((one) => findingRow(one, options))
    );
  const omitted = omittedText(report);
  if (omitted !== void 0) parts.add(`${omitted}.`);
  if (report.findings.some(({ fix }) => fix !== void 0)) parts.add(fixHint(options.patchFile));
  addUnverified(parts, report);
  addIgnored(parts, report);
  addSkipped(parts, report);
  return parts.text();
}
function verdictLine(report) {
  const { references, omittedReferences = 0 } = report;
  const unique = new Set(references.map(({ reference }) => reference)).size;
  const atLeast = omittedReferences > 0 ? "at least " : "";
  const count = plural(references.length + omittedReferences, "reference");
  const seen = `${count}, ${atLeast}${unique} unique, in ${plural(report.files, "file")}`;
  const lines = {
    clean: () => `**Clean**: ${seen}${report.findings.length > 0 ? `; ${levelsText(report)}` : ""}.`,
    findings: () => `**Findings**: ${levelsText(report)} (${seen}).`,
    unverified: () => `**Unverified**: ${openText(report)} (${seen}).`,
    "nothing-scanned": () => `**Nothing scanned**: no file matches ${report.patterns.map((one) => codeSpan(one)).join(", ")}.`
  };
  return lines[report.verdict]();
}
function openText(report) {
  const unjudged = unjudgedText(report);
  const silent = report.unverified.length === 0 ? [] : [`${registriesOf(report)} did not answer`];
  return [...silent, ...unjudged === void 0 ? [] : [prose(unjudged)]].join("; ");
}
function registriesOf({ unverified }) {
  return [...new Set(unverified.map(({ registry }) => registry))].map((registry) => codeSpan(registry)).join(", ");
}
var FINDING_HEADERS = ["", "Where", "Rule", "What", "Write instead"];
function findingRow(finding, { documentation }) {
  const { file, line: line2, rule, level, message, fix } = finding;
  const named = documentation === void 0 ? `\`${rule}\`` : `[\`${rule}\`](${documentation}/docs/rules/${rule}.md)`;
  return [level, placeCell(file, line2), named, prose(message), fix === void 0 ? "" : fixCell(fix)];
}
function fixCell({ startLine, endLine, replacement }) {
  return startLine === endLine ? cell(replacement.trim()) : `lines ${startLine} to ${endLine}: ${cellOfLines(replacement)}`;
}
function placeCell(file, line2) {
  const place = `${file}:${line2}`;
  return cell(place.length > 200 ? `…${place.slice(-199)}` : place);
}
function fixHint(patchFile) {
  const accept = "Accept a finding with a comment on its line or the line before: `# image-digest: ignore[rule] reason`.";
  return patchFile === void 0 ? accept : `Apply all fixes with git apply ${codeSpan(patchFile)}. ${accept}`;
}
function addUnverified(parts, { unverified }) {
  if (unverified.length === 0) return;
  parts.add(heading(3, "Not verified"));
  parts.addTable(
    ["Registry", "Reason"],
    unverified.map(({ registry, reason }) => [cell(registry), prose(reason)])
  );
}
function addIgnored(parts, { ignored, omittedIgnored = 0, voidIgnores, allowed }) {
  if (allowed > 0) parts.add(`${plural(allowed, "reference")} accepted by the input allow.`);
  if (ignored.length > 0) {
    const fresh = ignored.filter(({ isNew }) => isNew).length;
    const added = fresh === 0 ? "" : `, ${fresh} of them by comments that this change adds`;
    parts.add(heading(3, `${plural(ignored.length + omittedIgnored, "finding")} ignored${added}`));
    parts.addTable(["Where", "Rule", "Reference", "Reason", "Until", "New"], ignored.map(ignoredRow));
  }
  if (voidIgnores.length > 0) {
    parts.add(heading(3, "Comments that accept nothing"));
    parts.addTable(
      ["Where", "Why"],
      voidIgnores.map(({ file, line: line2, message }) => [placeCell(file, line2), prose(message)])
    );
  }
}
function ignoredRow({ file, line: line2, rule, reference, reason, until, isNew }) {
  return [placeCell(file, line2), `\`${rule}\``, cell(reference), cell(reason), until ?? "", isNew ? "yes" : ""];
}
function addSkipped(parts, { skipped, truncated }) {
  if (truncated) parts.add("A limit was reached: not every file was read.");
  if (skipped.length === 0) return;
  const rows = skipped.slice(0, 1e3).map(({ file, reason }) => [cell(file), prose(reason)]);
  const more = skipped.length - rows.length;
  const note = more > 0 ? `

… ${more} more` : "";
  parts.add(details(`${plural(skipped.length, "place")} not judged`, table(["File", "Reason"], rows) + note));
}
var Parts = class {
  #parts = [];
  #left;
  #full = false;
  constructor(limit) {
    this.#left = limit - 200;
  }
  add(markdown) {
    const size = byteLength(markdown) + 2;
    if (size > this.#left) this.#full = true;
    else {
      this.#left -= size;
      this.#parts.push(markdown);
    }
  }
  addTable(headers, rows) {
    const lines = table(headers, rows).split("\n");
    const kept = [];
    let size = 40;
    for (const line2 of lines) {
      size += byteLength(line2) + 1;
      if (size > this.#left) break;
      kept.push(line2);
    }
    if (kept.length < 3) {
      this.#full = true;
      return;
    }
    const more = lines.length - kept.length;
    this.add(kept.join("\n"));
    if (more > 0) this.add(`… ${more} more`);
  }
  text() {
    const end = this.#full ? ["More did not fit here; it is in the reports and the log."] : [];
    return `${[...this.#parts, ...end].join("\n\n")}
`;
  }
};

// src/report/review.ts
var SUGGESTIONS_OF_A_REVIEW = 30;
var MARKER = "<!-- image-digest:suggestion ";
function suggestionsOf(findings, files) {
  const patches = new Map(files.map(({ filename, patch }) => [filename, readPatch(patch ?? "")]));
  const made = /* @__PURE__ */ new Map();
  for (const finding of findings) {
    if (finding.fix === void 0 || finding.level === "notice") continue;
    const { startLine, original } = finding.fix;
    const place = placeOf2(patches.get(finding.file) ?? [], startLine, original.split("\n"));
    const suggestion = place === void 0 ? void 0 : suggestionOf(finding, place);
    const key = `${finding.file} ${place?.startLine}`;
    if (suggestion !== void 0 && !made.has(key)) made.set(key, suggestion);
    if (made.size === SUGGESTIONS_OF_A_REVIEW) break;
  }
  return [...made.values()];
}
function placeOf2(patch, first, lines) {
  const starts = patch.flatMap((_, index2) => standsAt(patch, index2, lines) ? [index2] : []);
  const exact = starts.find((index2) => patch[index2]?.line === first);
  const index = exact ?? (starts.length === 1 ? starts[0] : void 0);
  const startLine = index === void 0 ? void 0 : patch[index]?.line;
  return startLine === void 0 ? void 0 : { startLine, line: startLine + lines.length - 1 };
}
function standsAt(patch, index, lines) {
  const start = patch[index]?.line ?? 0;
  const block = lines.map((_, offset) => patch[index + offset]);
  return block.every((one, offset) => one !== void 0 && one.line === start + offset && one.text === lines[offset]) && block.some((one) => one?.added === true);
}
function suggestionOf(finding, place) {
  const { rule, message, fix, file } = finding;
  if (fix === void 0 || fix.replacement.split("\n").some((line2) => printable(line2.replaceAll("	", "")) !== line2.replaceAll("	", ""))) {
    return void 0;
  }
  const fingerprint = hexOf(digestOf(new TextEncoder().encode(JSON.stringify([file, rule, fix.replacement])))).slice(
    0,
    16
  );
  const fence = "`".repeat(Math.max(3, ...[...fix.replacement.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const body = [
    `${MARKER}${fingerprint} -->`,
    `${codeSpan(rule)}: ${prose(clipped(message, 2e3))}`,
    "",
    `${fence}suggestion`,
    fix.replacement,
    fence
  ].join("\n");
  return { path: file, ...place, body, fingerprint };
}
function planReview(wanted, present, login) {
  const answered = new Set(present.flatMap(({ inReplyTo }) => inReplyTo === void 0 ? [] : [inReplyTo]));
  const own = present.flatMap((comment) => {
    const fingerprint = comment.login === login ? fingerprintIn(comment.body) : void 0;
    return fingerprint === void 0 ? [] : [{ comment, fingerprint }];
  });
  const wishes = new Set(wanted.map(({ fingerprint }) => fingerprint));
  const kept = /* @__PURE__ */ new Set();
  const remove = [];
  for (const { comment, fingerprint } of own) {
    const stays = !comment.outdated && wishes.has(fingerprint) && !kept.has(fingerprint);
    if (stays) kept.add(fingerprint);
    else if (!answered.has(comment.id)) remove.push(comment.id);
  }
  return { post: wanted.filter(({ fingerprint }) => !kept.has(fingerprint)), remove };
}
function isMarked({ body }) {
  return fingerprintIn(body) !== void 0;
}
function fingerprintIn(body) {
  if (!body.startsWith(MARKER)) return void 0;
  const fingerprint = body.slice(MARKER.length, MARKER.length + 16);
  return /^[0-9a-f]{16}$/.test(fingerprint) ? fingerprint : void 0;
}

// src/report/sticky.ts
function stickyMarker(step) {
  return `<!-- image-digest:check ${hexOf(digestOf(new TextEncoder().encode(step))).slice(0, 16)} -->`;
}
function stickyBody(report, marker, options) {
  return `${marker}
${checkSummary(report, { ...options, limit: LIMITS.commentCharacters - marker.length - 1 })}`;
}
function ownComment(comments, marker, login) {
  return comments.find((comment) => comment.login === login && hasMarker(comment, marker));
}
function hasMarker({ body }, marker) {
  return body.startsWith(marker);
}

// src/actions/check/conversation.ts
async function tellOnPullRequest(publication, failed, options) {
  const { event, inputs, network } = publication;
  if (event.kind !== "pull") return withoutPull(publication);
  const problems = [];
  const attempt = async (work) => {
    try {
      const github = await network.github();
      if (github !== void 0) await work(github, onceLogin(github));
      else if (inputs.comment !== "never") throw noToken();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error);
    }
  };
  if (inputs.suggestions === "auto") await attempt((github, login) => suggest(publication, event, github, login));
  if (inputs.comment !== "never") {
    await attempt((github, login) => keepComment(publication, event.number, failed, options, github, login));
  }
  return noticesOf(problems);
}
function noToken() {
  return new UserError("bad-input", "there is no github-token", "Leave github-token out of the inputs, or give one");
}
function withoutPull({ report, inputs }) {
  const isFixable = inputs.suggestions === "auto" && report.findings.some(({ fix }) => fix !== void 0);
  if (environment("GITHUB_EVENT_NAME") !== "merge_group" || !isFixable && inputs.comment === "never") return [];
  return [
    "No suggestions or comments: a merge group has no pull request. Annotations, summary and verdict are complete."
  ];
}
function onceLogin(github) {
  let login;
  return () => {
    login ??= github.login();
    return login;
  };
}
function noticesOf([first]) {
  if (first === void 0) return [];
  const why = first.code === "unauthorized" ? "the token may not write on this pull request" : first.message;
  const words = sentencesOf(new UserError(first.code, why, first.hint));
  return [`No suggestions or comments: ${words} Annotations, summary and verdict are complete.`];
}
async function suggest(publication, event, github, login) {
  const { report } = publication;
  const fixable = report.findings.filter(({ fix, level }) => fix !== void 0 && level !== "notice");
  const present = await presentComments(publication, event, github);
  if (fixable.length === 0 && present.length === 0) return;
  const wanted = fixable.length === 0 ? [] : suggestionsOf(fixable, (await github.pullFiles(event.number)).files);
  if (wanted.length === 0 && present.length === 0) return;
  const plan = planReview(wanted, present, present.some(isMarked) ? await login() : "");
  for (const id of plan.remove) await github.removeLineComment(id);
  if (plan.post.length > 0) await github.createReview(event.number, event.head, plan.post);
}
async function presentComments({ report }, event, github) {
  try {
    return await github.lineComments(event.number);
  } catch (error) {
    if (error instanceof UserError && error.code === "unauthorized" && report.findings.length === 0) return [];
    throw error;
  }
}
async function keepComment({ report, inputs }, pull, failed, options, github, login) {
  const marker = stickyMarker(stepName());
  const comments = await github.comments(pull);
  const isThere = comments.some((comment) => hasMarker(comment, marker));
  const own = isThere ? ownComment(comments, marker, await login()) : void 0;
  const body = stickyBody(report, marker, options);
  if (own !== void 0) {
    if (own.body !== body) await github.updateComment(own.id, body);
  } else if (failed || inputs.comment === "always") await github.createComment(pull, body);
}
function stepName() {
  return ["GITHUB_WORKFLOW", "GITHUB_JOB", "GITHUB_ACTION"].map((name) => environment(name) ?? "").join("\n");
}

// src/actions/check/publication.ts
function documentationBase() {
  const repository = environment("GITHUB_ACTION_REPOSITORY");
  const ref = environment("GITHUB_ACTION_REF") ?? "HEAD";
  if (repository === void 0 || !/^[\w.-]+\/[\w.-]+$/.test(repository) || !/^[\w./-]+$/.test(ref)) return void 0;
  return `${environment("GITHUB_SERVER_URL") ?? "https://github.com"}/${repository}/blob/${ref}`;
}

// src/actions/check/report-files.ts
import { gzipSync } from "node:zlib";

// src/report/patch.ts
var CONTEXT = 3;
var BYTE_ORDER_MARK = "\uFEFF";
function patchOf(files) {
  return files.filter(({ edits }) => edits.length > 0).toSorted((one, other) => one.path < other.path ? -1 : 1).map(patchOfFile).join("");
}
function patchOfFile(file) {
  const before = quotePath(`a/${file.path}`);
  const after = quotePath(`b/${file.path}`);
  const header = `diff --git ${before} ${after}
--- ${before}
+++ ${after}
`;
  const mark = file.hasByteOrderMark ? BYTE_ORDER_MARK : "";
  const source = markedSource(file, mark);
  const lines = indexLines(source.text);
  let shift = 0;
  const hunks = hunksOf(source.edits, lines, linesIn(source.text, lines)).map((hunk) => {
    const made = writeHunk(source.text, lines, hunk, shift);
    shift = made.shift;
    return made.text;
  });
  return header + hunks.join("");
}
function markedSource({ text, edits }, mark) {
  if (mark === "") return { text, edits };
  const moved = edits.map(({ start, end, text: inserted }) => ({ start: start + 1, end: end + 1, text: inserted }));
  return { text: mark + text, edits: moved };
}
function linesIn(text, { starts }) {
  return (starts.at(-1) ?? 0) === text.length ? starts.length - 1 : starts.length;
}
function hunksOf(edits, lines, count) {
  const hunks = [];
  for (const change of changesOf(edits, lines)) {
    const first = Math.max(1, change.first - CONTEXT);
    const last = Math.min(count, change.last + CONTEXT);
    const before = hunks.at(-1);
    if (before === void 0 || before.last + 1 < first) hunks.push({ first, last, changes: [change] });
    else hunks.splice(-1, 1, { first: before.first, last, changes: [...before.changes, change] });
  }
  return hunks;
}
function changesOf(edits, lines) {
  const changes = [];
  for (const edit of edits.toSorted((one, other) => one.start - other.start || one.end - other.end)) {
    const first = positionAt(lines, edit.start).line;
    const last = positionAt(lines, edit.end).line;
    const before = changes.at(-1);
    if (before === void 0 || before.last < first) changes.push({ first, last, edits: [edit] });
    else
      changes.splice(-1, 1, { first: before.first, last: Math.max(before.last, last), edits: [...before.edits, edit] });
  }
  return changes;
}
function writeHunk(text, lines, hunk, shift) {
  const out = [];
  let removed = 0;
  let added = 0;
  const slice = (first, last) => sliceLines(text, lines, first, last);
  const context = (first, last) => {
    const kept = splitLines(slice(first, last));
    removed += kept.length;
    added += kept.length;
    out.push(...kept.map((line2) => marked(" ", line2)));
  };
  let next = hunk.first;
  for (const change of hunk.changes) {
    context(next, change.first - 1);
    const old = slice(change.first, change.last);
    const fresh = applyEdits(old, movedEdits(change.edits, lines.starts[change.first - 1] ?? 0, change.first));
    const { kept, oldLines, newLines, rest } = difference(splitLines(old), splitLines(fresh));
    removed += kept.length + oldLines.length + rest.length;
    added += kept.length + newLines.length + rest.length;
    out.push(
      ...kept.map((line2) => marked(" ", line2)),
      ...oldLines.map((line2) => marked("-", line2)),
      ...newLines.map((line2) => marked("+", line2)),
      ...rest.map((line2) => marked(" ", line2))
    );
    next = change.last + 1;
  }
  context(next, hunk.last);
  const header = `@@ -${hunk.first},${removed} +${hunk.first + shift},${added} @@
`;
  return { text: header + out.join(""), shift: shift + added - removed };
}
function difference(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return {
    kept: before.slice(0, start),
    oldLines: before.slice(start, before.length - end),
    newLines: after.slice(start, after.length - end),
    rest: before.slice(before.length - end)
  };
}
function startOf(lines, line2) {
  return line2 === 1 ? 0 : lines.starts[line2 - 1] ?? 0;
}
function sliceLines(text, lines, first, last) {
  return last < first ? "" : text.slice(startOf(lines, first), lines.starts[last] ?? text.length);
}
function movedEdits(edits, start, line2) {
  const base = line2 === 1 ? 0 : start;
  return edits.map((edit) => ({ start: edit.start - base, end: edit.end - base, text: edit.text }));
}
function splitLines(text) {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
function marked(sign, line2) {
  return line2.endsWith("\n") ? sign + line2 : `${sign}${line2}
\\ No newline at end of file
`;
}
var ESCAPES = /* @__PURE__ */ new Map([
  ["	", String.raw`\t`],
  ["\n", String.raw`\n`],
  ["\r", String.raw`\r`],
  ['"', String.raw`\"`],
  ["\\", String.raw`\\`]
]);
function quotePath(path) {
  if (!/[\u0000-\u001f\u007f"\\ ]/.test(path)) return path;
  const escaped = path.replaceAll(/[\u0000-\u001f\u007f"\\]/g, (character) => {
    const octal = (character.codePointAt(0) ?? 0).toString(8).padStart(3, "0");
    return ESCAPES.get(character) ?? `\\${octal}`;
  });
  return `"${escaped}"`;
}

// src/report/sarif.ts
var SARIF_LEVEL = { error: "error", warning: "warning", notice: "note" };
function sarifReport(report, tool, compressedSize2) {
  const open = report.findings.toSorted(bySeverity).map((finding) => resultOf(finding));
  const ignored = report.ignored.map((finding) => ({ ...resultOf(finding), suppressions: [suppressionOf(finding)] }));
  const results = [...open, ...ignored];
  for (let kept = results.slice(0, LIMITS.sarifResults); ; ) {
    const text = textOf(kept, tool);
    const size = compressedSize2(text);
    if (size <= LIMITS.sarifBytes || kept.length === 0) return { text, omitted: results.length - kept.length };
    kept = kept.slice(0, Math.floor(kept.length * LIMITS.sarifBytes * 0.9 / size));
  }
}
function textOf(results, tool) {
  const value = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: driverOf(tool) },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the repository" } } },
        results
      }
    ]
  };
  return `${JSON.stringify(value, void 0, 2)}
`;
}
function driverOf({ version, documentation }) {
  return {
    name: "image-digest",
    semanticVersion: version,
    ...documentation === void 0 ? {} : { informationUri: `${documentation}/check/README.md` },
    rules: RULES.map(({ id, title, why, help, level }) => ({
      id,
      name: pascalCase(id),
      shortDescription: { text: title },
      fullDescription: { text: why },
      help: { text: help, markdown: help },
      ...documentation === void 0 ? {} : { helpUri: `${documentation}/${documentationOfRule(id)}` },
      defaultConfiguration: { level: SARIF_LEVEL[level] },
      properties: { tags: ["supply-chain", "containers"] }
    }))
  };
}
function pascalCase(id) {
  return id.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
function resultOf(finding) {
  const { file, line: line2, column, endColumn, rule, level, message, fix } = finding;
  const artifactLocation = { uri: encodePath(file), uriBaseId: "%SRCROOT%" };
  return {
    ruleId: rule,
    ruleIndex: RULES.findIndex(({ id }) => id === rule),
    level: SARIF_LEVEL[level],
    message: { text: plainMessage(message) },
    locations: [
      {
        physicalLocation: {
          artifactLocation,
          region: { startLine: line2, startColumn: column, endColumn: Math.max(endColumn, column) }
        }
      }
    ],
    partialFingerprints: { "imageDigest/v1": fingerprintOf(finding) },
    ...fix === void 0 ? {} : { fixes: [fixOf2(fix, artifactLocation)] }
  };
}
function fixOf2(fix, artifactLocation) {
  const replacement = {
    deletedRegion: { startLine: fix.startLine, endLine: fix.endLine },
    insertedContent: { text: fix.replacement }
  };
  return {
    description: { text: "Write the reference so that it cannot move" },
    artifactChanges: [{ artifactLocation, replacements: [replacement] }]
  };
}
function suppressionOf({ reason }) {
  return { kind: "inSource", justification: plainMessage(reason) };
}
function plainMessage(text) {
  return text.replaceAll(/[\\[\]]/g, String.raw`\$&`);
}
function fingerprintOf({ file, rule, reference }) {
  return hexOf(digestOf(new TextEncoder().encode(JSON.stringify([file, rule, reference])))).slice(0, 32);
}
function encodePath(path) {
  return path.toWellFormed().split("/").map(encodeURIComponent).join("/");
}

// src/actions/check/report-files.ts
async function writeReports(publication) {
  const { report, inputs } = publication;
  const documentation = documentationBase();
  const tool = { version: VERSION, ...documentation === void 0 ? {} : { documentation } };
  const contents = [
    [inputs.reports.json, () => jsonReport(report)],
    [inputs.reports.sarif, () => sarifText(report, tool)],
    [inputs.reports.patch, () => patchOfAll(publication)]
  ];
  let written = true;
  for (const [path, make] of contents) {
    if (path === void 0) continue;
    collectNow();
    try {
      line(`${path}: ${await writeWorkspaceFile(path, make(), writableFolders())}`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      annotate("error", error.code, wordsOf(error));
      written = false;
    }
  }
  return written;
}
function sarifText(report, tool) {
  const { text, omitted } = sarifReport(report, tool, compressedSize);
  if (omitted > 0) {
    warnOnce(`sarif-file holds the gravest results without ${omitted} more: GitHub takes 5,000, and 10 MB after gzip`);
  }
  return text;
}
function compressedSize(text) {
  const size = Buffer.byteLength(text);
  return size <= LIMITS.sarifBytes ? size : gzipSync(text).length;
}
function patchOfAll({ report, files }) {
  const fixes = Map.groupBy(
    report.findings.filter(({ fix, level }) => fix !== void 0 && level !== "notice"),
    ({ file }) => file
  );
  const patches = [];
  for (const found of files.toSorted((one, other) => one.path < other.path ? -1 : 1)) {
    const own = fixes.get(found.path);
    const source = own === void 0 ? void 0 : found.text();
    if (own === void 0 || source === void 0) continue;
    const edits = compatible(own.flatMap(({ fix }) => fix === void 0 ? [] : [fix.edits]));
    patches.push(patchOf([{ ...source, path: found.path, edits }]));
  }
  return patches.join("");
}

// src/actions/check/publish.ts
async function publish(publication) {
  const { report, inputs } = publication;
  const failed = fails(report.findings, [...report.unverified, ...report.unjudged ?? []], inputs);
  const own = ownWarnings(report, inputs);
  if (inputs.annotations) {
    printAnnotations(report, "error");
    printAnnotations(report, "warning", inputs.onUnresolved === "fail" ? 0 : own.length);
  }
  log(report, inputs);
  const filesWritten = await writeReports(publication);
  const documentation = documentationBase();
  const patchFile = inputs.reports.patch;
  const options = {
    ...documentation === void 0 ? {} : { documentation },
    ...patchFile === void 0 ? {} : { patchFile }
  };
  const more = await tellOnPullRequest(publication, failed, options);
  const notices = [...publication.notices, ...more];
  const told = [...notices, ...newIgnores(report)];
  if (inputs.annotations) printAnnotations(report, "notice", Math.min(told.length, 1));
  if (told.length > 0) annotate("notice", "image-digest", told.join("\n"));
  for (const text of own) annotate(inputs.onUnresolved === "fail" ? "error" : "warning", "unverified", text);
  setOutputs(outputsOf(report, inputs));
  if (inputs.showSummary) await writeSummary(checkSummary(report, { ...options, notices }));
  if (failed) annotate("error", "image-digest", closingWords(report, inputs));
  return filesWritten && !failed;
}
function newIgnores({ ignored }) {
  const fresh = ignored.filter(({ isNew }) => isNew);
  const [first] = fresh;
  if (first === void 0) return [];
  const place = `${first.file}:${first.line} ${first.rule}: ${first.reason}`;
  const rest = fresh.length > 1 ? ` and ${fresh.length - 1} more, in the summary` : "";
  return [
    `${plural(fresh.length, "finding")} accepted by comments that this change adds: ${clipped(place, 500)}${rest}`
  ];
}
function printAnnotations(report, level, taken = 0) {
  for (const { title, message, file, line: startLine, column, endColumn } of annotationsOf(report, level, taken)) {
    annotate(level, title, message, { file, startLine, startColumn: column, endColumn });
  }
}
function log(report, { annotations }) {
  const { findings, ignored, omittedIgnored = 0, skipped, unverified, references, omittedReferences = 0 } = report;
  const counts = Object.values(countLevels(findings));
  if (findings.length > 0 && (!annotations || counts.some((count) => count >= LIMITS.annotationsOfAKind))) {
    group(`All findings: ${levelsText({ findings })}`, findings.map(logLine));
  }
  for (const { file, line: at, rule, reason, isNew } of ignored) {
    line(`ignored${isNew ? " (added by this change)" : ""}: ${file}:${at} ${rule}: ${reason}`);
  }
  if (omittedIgnored > 0) line(`ignored: ${omittedIgnored} more findings`);
  for (const { registry, reason } of unverified) line(`not verified: ${registry}: ${reason}`);
  if (skipped.length > 0) {
    group(
      `Not judged: ${plural(skipped.length, "place")}`,
      skipped.map(({ file, reason }) => `${file}: ${reason}`)
    );
  }
  const seen = `${plural(references.length + omittedReferences, "reference")} in ${plural(report.files, "file")}`;
  const nothing = `no file matches ${report.patterns.join(", ")}`;
  line(`${report.verdict}: ${report.verdict === "nothing-scanned" ? nothing : `${seen}, ${levelsText(report)}`}`);
}
function logLine({ file, line: at, column, level, rule, message }) {
  return `${level}: ${file}:${at}:${column} ${rule}: ${message}`;
}
function ownWarnings(report, { onUnresolved }) {
  const { unverified } = report;
  const unjudged = unjudgedText(report);
  const texts = unjudged === void 0 ? [] : [`${unjudged}. All of them are in the log`];
  if (unverified.length === 0 || onUnresolved === "ignore") return texts;
  const registries = [...new Set(unverified.map(({ registry }) => registry))].join(", ");
  const [first] = unverified;
  const rest = unverified.length > 1 ? ` and ${unverified.length - 1} more, in the log` : "";
  return [`${registries} could not say what is true: ${first?.reason ?? ""}${rest}`, ...texts];
}
function outputsOf(report, { reports }) {
  const { findings, references, truncated } = arrayOutputs(report);
  const { omitted = { error: 0, warning: 0, notice: 0 } } = report;
  const more = omittedText(report);
  if (more !== void 0) warnOnce(more);
  if (truncated) {
    const most = `${LIMITS.findings} findings and ${LIMITS.listedReferences} references`;
    warnOnce(`The outputs findings and references are cut at 256 KiB; json-file has room for ${most}`);
  }
  return {
    verdict: report.verdict,
    "findings-count": String(report.findings.length + (omitted.error + omitted.warning + omitted.notice)),
    "errors-count": String(countLevels(report.findings).error + omitted.error),
    findings,
    references,
    "sarif-file": reports.sarif ?? "",
    "json-file": reports.json ?? "",
    "patch-file": reports.patch ?? ""
  };
}
function closingWords(report, { failOn, onUnresolved }) {
  const { findings, unverified, unjudged = [] } = report;
  const counted = findings.filter(({ level }) => level === "error" || level === "warning" && failOn === "warning");
  const why = counted.length > 0 && failOn !== "never" ? [levelsText(report)] : [];
  if (onUnresolved === "fail" && unverified.length > 0) why.push(`${unverified.length} not verified`);
  if (onUnresolved === "fail" && unjudged.length > 0) why.push(`${plural(unjudged.length, "place")} not judged`);
  return `The check failed: ${why.join("; ")}. Write the lines that the findings show, or accept one with a comment: # image-digest: ignore[rule] reason`;
}

// src/rules/askable.ts
var WELL_KNOWN_REGISTRIES = [
  { host: "docker.io", why: "Docker Hub" },
  { host: "ghcr.io", why: "GitHub Packages" },
  { host: "quay.io", why: "Red Hat Quay" },
  { host: "public.ecr.aws", why: "Amazon ECR Public" },
  { host: "mcr.microsoft.com", why: "Microsoft Artifact Registry" },
  { host: "gcr.io", why: "Google, distroless images" },
  { host: "registry.k8s.io", why: "Kubernetes" },
  { host: "registry.gitlab.com", why: "GitLab" },
  { host: "registry.access.redhat.com", why: "Red Hat, images without a login" },
  { host: "registry.fedoraproject.org", why: "Fedora" },
  { host: "registry.opensuse.org", why: "openSUSE" },
  { host: "docker.elastic.co", why: "Elastic" },
  { host: "nvcr.io", why: "NVIDIA" },
  { host: "cgr.dev", why: "Chainguard" },
  { host: "lscr.io", why: "LinuxServer.io" }
];
var WELL_KNOWN = new Set(WELL_KNOWN_REGISTRIES.map(({ host }) => host));
function permissionFor(registry, listed, resolve) {
  const canonical = canonicalRegistry(registry);
  if (resolve === "never") return "no";
  if (listed.has(canonical)) return "with-credentials";
  return WELL_KNOWN.has(canonical) ? "anonymous" : "no";
}

// src/actions/check/questions.ts
var NO_ANSWERS = { to: () => void 0, unverified: [] };
var Questions = class {
  #options;
  #inputs;
  #network;
  #pace;
  /** By the text as it is written in full: which of them are one question, the network's part knows. */
  #references = /* @__PURE__ */ new Map();
  /** Registries of references that are more than may be asked about. */
  #left = /* @__PURE__ */ new Set();
  constructor(options, inputs, network) {
    this.#options = options;
    this.#inputs = inputs;
    this.#network = network;
    this.#pace = new Pace(network.signal);
  }
  async collect(file) {
    const { registries, resolve } = this.#inputs;
    if (resolve === "never") return;
    for (const site of file.sites) {
      if (this.#pace.isDue()) await this.#pace.rest();
      const reference = questionOf(file, site, this.#options)?.reference;
      if (reference === void 0 || permissionFor(reference.registry, registries, resolve) === "no") continue;
      const text = formatReference(reference);
      if (this.#references.has(text)) continue;
      if (this.#references.size < LIMITS.questions) this.#references.set(text, structuredClone(reference));
      else this.#left.add(reference.registry);
    }
  }
  /** Asks about all of them. */
  async ask() {
    if (this.#references.size === 0) return NO_ANSWERS;
    const { Asker, questionKey } = await import("./part-actions-check-network.js");
    const distinct = new Map([...this.#references.values()].map((reference) => [questionKey(reference), reference]));
    this.#references.clear();
    const client = await this.#network.client();
    client.announce([...distinct.values()]);
    const isMoving = (tag) => tag === "latest" || this.#options.floatingTags.includes(tag);
    const asker = new Asker(client, this.#network.signal, isMoving);
    const answers = await answersTo(distinct, (reference) => asker.ask(reference));
    return {
      to: lookUpIn(answers, questionKey),
      unverified: [...unansweredOf(answers.values()), ...this.#leftOut()]
    };
  }
  #leftOut() {
    const reason = `registries are asked about ${LIMITS.questions.toLocaleString("en")} references in one run, and there are more`;
    return [...this.#left].slice(0, LIMITS.questions).map((registry) => ({ registry, reason }));
  }
};
function lookUpIn(answers, keyOf) {
  return ({ reference }) => reference === void 0 ? void 0 : answers.get(keyOf(reference));
}
var OPEN = 256;
async function answersTo(questions, ask) {
  const answers = /* @__PURE__ */ new Map();
  const askAll = async (queue) => {
    for (const [key, reference] of queue) answers.set(key, withoutSecretsIn(await ask(reference)));
  };
  const queues = Map.groupBy(questions, ([, { registry }]) => registry);
  const asking = [...queues.values()].flatMap((queue) => {
    const rest = queue.values();
    return Array.from({ length: Math.min(OPEN, queue.length) }, () => askAll(rest));
  });
  await Promise.all(asking);
  return new Map(
    [...questions.keys()].flatMap((key) => {
      const answer = answers.get(key);
      return answer === void 0 ? [] : [[key, answer]];
    })
  );
}
function unansweredOf(answers) {
  const distinct = /* @__PURE__ */ new Map();
  for (const answer of answers) {
    if (answer.kind !== "unanswered") continue;
    const { registry, reason } = answer;
    distinct.set(`${registry} ${reason}`, { registry, reason });
  }
  return [...distinct.values()];
}
function withoutSecretsIn(answer) {
  return answer.kind === "unanswered" ? { ...answer, reason: withoutSecrets(answer.reason) } : answer;
}

// src/actions/check/finder.ts
var LARGE = 32 * 1024;
var Finder = class {
  #workspace;
  #signal;
  #around;
  /** Characters that the file which is read now may still ask for. */
  #room = 0;
  #large;
  /** @param listed the files of the workspace */
  constructor(workspace, listed, signal) {
    this.#workspace = workspace;
    this.#signal = signal;
    const read = siblingsIn(workspace);
    const sibling = (path) => {
      const text = read(path);
      this.#room -= text?.length ?? 0;
      if (this.#room < 0) throw new Error("it asks for more than is read at once");
      return text;
    };
    this.#around = { sibling, files: [...listed] };
  }
  find(file) {
    return (file.text.length < LARGE ? this.#findAtOnce(file) : void 0) ?? this.#findInThread(file);
  }
  close() {
    this.#large?.close();
  }
  /** Undefined when the file asks for so much that it has to be read as a large one. */
  #findAtOnce(file) {
    this.#room = LARGE - file.text.length;
    const found = search(file, this.#around);
    return this.#room < 0 ? void 0 : found;
  }
  async #findInThread(file) {
    const { LargeFiles } = await import("./part-actions-check-large-files.js");
    const files = this.#around.files.filter((path) => /\.ya?ml$|docker-bake\.\w+$/i.test(path));
    this.#large ??= new LargeFiles({ root: this.#workspace.root, files }, this.#signal);
    return this.#large.find(file);
  }
};

// src/actions/check/found-files.ts
var KEPT_BYTES = 8 * 1024 * 1024;
var SITE_BYTES = 400;
var FoundFiles = class {
  files = [];
  #room = KEPT_BYTES;
  add(opened, source) {
    const { path, text, sites } = opened;
    const size = 2 * text.length + SITE_BYTES * sites.length;
    if (size <= this.#room) {
      this.#room -= size;
      this.files.push(new KeptFile(opened, size, source));
    } else this.files.push(releasedFile(path, fingerprintOf2(text), source));
  }
};
var LARGE_BYTES = 1024 * 1024;
var KeptFile = class {
  path;
  isKept;
  #source;
  #file;
  constructor(opened, size, source) {
    this.path = opened.path;
    this.isKept = size < LARGE_BYTES;
    this.#source = source;
    this.#file = opened;
  }
  open() {
    return "open" in this.#file ? this.#file.open() : Promise.resolve(this.#file);
  }
  text() {
    if ("open" in this.#file) return this.#file.text();
    const { text, hasByteOrderMark } = this.#file;
    return { kind: "text", text, hasByteOrderMark };
  }
  release() {
    if (this.isKept || "open" in this.#file) return;
    this.#file = releasedFile(this.path, fingerprintOf2(this.#file.text), this.#source);
  }
};
function releasedFile(path, before, { again, read }) {
  return {
    path,
    isKept: false,
    open: async () => {
      const now = await again();
      return now !== void 0 && fingerprintOf2(now.text) === before ? now : void 0;
    },
    text: () => {
      const now = read();
      return now.kind === "text" && fingerprintOf2(now.text) === before ? now : void 0;
    },
    release: () => void 0
  };
}
function openedFile(path, source, sites, today) {
  return { ...readFileOf(path, source.text, sites, today), hasByteOrderMark: source.hasByteOrderMark };
}
function fingerprintOf2(text) {
  return digestOf(Buffer.from(text));
}

// src/actions/check/included.ts
var MAX_INCLUDING = 1e3;
var MAX_CHAIN = 100;
async function includedFiles(listed, workspace, finder, pace) {
  const included = /* @__PURE__ */ new Map();
  for (const format of FORMATS.filter((one) => one.includes !== void 0)) {
    const named = [...listed].filter((path) => format.matches(path) === "yes");
    const open = named.toSorted((left, right) => depthOf(left) - depthOf(right)).slice(0, MAX_INCLUDING);
    const seen = new Set(open);
    for (const path of open) {
      if (pace.isDue()) await pace.rest();
      if (pace.isOver) break;
      const by = [path, ...included.get(path)?.by ?? []].slice(0, MAX_CHAIN);
      for (const inner of await includesOf(format, path, workspace, finder)) {
        if (!listed.has(inner) || included.has(inner) || by.includes(inner)) continue;
        if (!seen.has(inner) && seen.size >= MAX_INCLUDING) continue;
        included.set(inner, { format, by });
        if (!seen.has(inner)) open.push(inner);
        seen.add(inner);
      }
    }
  }
  return included;
}
function depthOf(path) {
  return path.split("/").length;
}
async function includesOf({ id }, path, workspace, finder) {
  const source = workspace.read(path);
  if (source.kind === "skipped") return [];
  const { text } = source;
  const found = await finder.find({ wants: "includes", path, text, formats: [id], imageKeys: [] });
  return found.kind === "found" ? found.includes : [];
}

// src/files/kustomize-overlays.ts
var MAX_LEVELS = 100;
var MAX_STEPS = 5e5;
function readKustomization({ path, text }) {
  const root = mapOf(readableYaml(text)?.documents[0]);
  if (root === void 0) return void 0;
  const names = /* @__PURE__ */ new Map();
  for (const { name, newName, newTag, digest } of imageChanges(root).toReversed()) {
    if (newTag !== "" || digest !== "") names.set(name, void 0);
    else if (newName !== "") names.set(name, names.has(newName) ? names.get(newName) : newName);
  }
  return { path, names, ...takenBy(path, root) };
}
function entriesIn({ resources, components, names }) {
  return resources.length + components.length + names.size;
}
function maySetTags(text) {
  return text.includes("newTag") || text.includes("digest");
}
var SET = { isSet: true };
var NOT_SET = { isSet: false };
var Overlays = class {
  /** By folder. */
  #nodes = /* @__PURE__ */ new Map();
  /** By path of a manifest or folder. */
  #takings = /* @__PURE__ */ new Map();
  /** What any of them changes, as the kustomization writes it: a part of a manifest would keep all of it in memory. */
  #named = /* @__PURE__ */ new Map();
  #left = MAX_STEPS;
  /** @param all in the order in which they are named to people */
  constructor(all) {
    for (const one of all) {
      const folder = folderPath(one.path);
      if (!this.#nodes.has(folder)) this.#nodes.set(folder, { ...one, folder, level: void 0, fates: /* @__PURE__ */ new Map() });
    }
    for (const node of this.#nodes.values()) {
      for (const target of node.resources) this.#addTaking(target, { by: node, from: 0 });
      for (const [index, target] of node.components.entries()) this.#addTaking(target, { by: node, from: index + 1 });
      for (const name of node.names.keys()) this.#named.set(name, name);
    }
    this.#setLevels();
  }
  /** How many steps were taken until now. */
  get steps() {
    return MAX_STEPS - this.#left;
  }
  /** What kustomizations make of the tag of an image: none of them sets it, and it is judged alone, without a trait. */
  traitOf(site) {
    const { name: written, tag = "", digest } = splitIdentifiers(site.reference);
    const name = this.#named.get(written);
    if (name === void 0 || digest !== void 0 || !/^[\w.{}-]*$/.test(tag)) return void 0;
    if (this.#left <= 0 || site.traits.some(({ kind }) => kind === "not-kustomized")) return void 0;
    const target = site.format === "kustomize" ? folderPath(site.file) : site.file;
    const { isSet, leftBy } = this.#fateOf(this.#takings.get(target) ?? [], name);
    if (!isSet || this.#left <= 0) return void 0;
    return leftBy === void 0 ? { kind: "replaced" } : { kind: "left-by", by: leftBy };
  }
  #addTaking(target, taking) {
    const takings = this.#takings.get(target);
    if (takings === void 0) this.#takings.set(target, [taking]);
    else takings.push(taking);
  }
  /** From those that nobody takes down, each when all that take it have their level. */
  #setLevels() {
    const waiting = /* @__PURE__ */ new Map();
    const open = [];
    for (const [folder, node] of this.#nodes) {
      const takings = this.#takings.get(folder);
      if (takings === void 0) open.push(Object.assign(node, { level: 0 }));
      else waiting.set(node, takings.length);
    }
    for (const { level = 0, resources, components } of open) {
      if (level >= MAX_LEVELS) continue;
      for (const target of [...resources, ...components]) {
        const node = this.#nodes.get(target);
        if (node === void 0) continue;
        const left = (waiting.get(node) ?? 0) - 1;
        waiting.set(node, left);
        if (left === 0) open.push(Object.assign(node, { level: level + 1 }));
      }
    }
  }
  /** What becomes of an image of this name in all that take it. */
  #fateOf(takings, name) {
    let isSet = false;
    let leftBy;
    for (const taking of takings) {
      if (taking.by.level === void 0) return NOT_SET;
      const fate = this.#fateIn(taking, name);
      isSet ||= fate.isSet;
      leftBy ??= fate.leftBy;
      if (isSet && leftBy !== void 0) break;
    }
    return { isSet, ...leftBy === void 0 ? {} : { leftBy } };
  }
  #fateIn({ by, from }, name) {
    const changed = this.#nameBehind(by, from, name);
    if (changed === void 0) return SET;
    if (this.#left <= 0) return NOT_SET;
    const takings = this.#takings.get(by.folder);
    if (takings === void 0) return { isSet: false, leftBy: by.path };
    const known = by.fates.get(changed);
    if (known !== void 0) return known;
    const fate = this.#fateOf(takings, changed);
    by.fates.set(changed, fate);
    return fate;
  }
  /** The name that an image has behind a kustomization and its components from one on; none when its tag is set. */
  #nameBehind(node, from, name) {
    this.#left -= 1;
    let changed = name;
    for (let index = from; index < node.components.length && this.#left > 0; index += 1) {
      const component = this.#nodes.get(node.components[index] ?? "");
      this.#left -= 1;
      if (component?.level !== void 0) changed = this.#nameBehind(component, 0, changed);
      if (changed === void 0) return void 0;
    }
    return node.names.has(changed) ? node.names.get(changed) : changed;
  }
};
function folderPath(path) {
  return folderOf(path).slice(0, -1);
}

// src/actions/check/kustomizations.ts
var MAX_CHARACTERS = 8 * 1024 * 1024;
var MAX_FILE = 128 * 1024;
var MAX_ENTRIES = 1e5;
var LACKS = /* @__PURE__ */ new Set(["no-tag", "latest-tag", "not-pinned"]);
var Kustomizations = class {
  #paths;
  #workspace;
  #pace;
  #rules;
  #overlays;
  /** @param listed the files of the workspace; those that are not judged change what others mean as well */
  constructor(listed, workspace, pace, rules) {
    this.#paths = [...listed].filter((path) => kustomize.matches(path) === "yes");
    this.#workspace = workspace;
    this.#pace = pace;
    this.#rules = rules;
  }
  /** The same sites, with what kustomizations make of their tags; undefined when there is no time to read them. */
  mark(sites) {
    return this.#paths.length > 0 && sites.some((site) => this.#lacks(site)) ? this.#marked(sites) : sites;
  }
  async #marked(sites) {
    this.#overlays ??= this.#read();
    const overlays = await this.#overlays;
    if (overlays === void 0) return void 0;
    const marked2 = [];
    for (const site of sites) {
      if (this.#pace.isDue()) await this.#pace.rest();
      const trait = this.#lacks(site) ? overlays.traitOf(site) : void 0;
      marked2.push(trait === void 0 ? site : { ...site, traits: [...site.traits, trait] });
    }
    return marked2;
  }
  #lacks(site) {
    if (site.format !== "kubernetes" && site.format !== "kustomize") return false;
    return judge(subjectOf(site), this.#rules).some(({ rule }) => LACKS.has(rule.id));
  }
  /** With too many of them none counts. */
  async #read() {
    const files = await this.#files();
    if (this.#pace.isOver) return void 0;
    if (!files.some(({ text }) => maySetTags(text))) return new Overlays([]);
    const all = [];
    let entries = 0;
    for (const file of files) {
      if (this.#pace.isDue()) await this.#pace.rest();
      const one = readKustomization(file);
      if (one === void 0) continue;
      entries += entriesIn(one);
      if (this.#pace.isOver) return void 0;
      if (entries > MAX_ENTRIES) return new Overlays([]);
      all.push(one);
    }
    return new Overlays(all);
  }
  /** Their texts; none when there is too much of them. */
  async #files() {
    const files = [];
    let left = MAX_CHARACTERS;
    for (const path of this.#paths) {
      if (this.#pace.isDue()) await this.#pace.rest();
      const source = this.#workspace.read(path);
      if (source.kind === "skipped") continue;
      const { text } = source;
      left -= path.length + text.length;
      if (left < 0 || text.length > MAX_FILE || this.#pace.isOver) return [];
      files.push({ path, text });
    }
    return files;
  }
};

// src/actions/check/scan.ts
async function scan(listed, workspace, options) {
  const finder = new Finder(workspace, listed, options.signal);
  try {
    return await new Scanning(listed, workspace, finder, options).scan();
  } finally {
    finder.close();
  }
}
var Scanning = class {
  #listed;
  #workspace;
  #finder;
  #options;
  #pace;
  #kustomizations;
  #found = new FoundFiles();
  #skipped = [];
  #read = 0;
  constructor(listed, workspace, finder, options) {
    this.#listed = listed;
    this.#workspace = workspace;
    this.#finder = finder;
    this.#options = options;
    this.#pace = new Pace(options.signal);
    this.#kustomizations = new Kustomizations(listed, workspace, this.#pace, options);
  }
  async scan() {
    const included = await includedFiles(this.#listed, this.#workspace, this.#finder, this.#pace);
    const { first, next, more } = candidatesOf(
      this.#listed,
      included,
      this.#options,
      this.#skipped,
      LIMITS.scannedFiles
    );
    for (const candidate of first) {
      if (this.#pace.isDue()) await this.#pace.rest();
      if (this.#pace.isOver) this.#skip(candidate, NO_TIME);
      else await this.#look(candidate);
    }
    if (next !== void 0) {
      const reason = `at most ${LIMITS.scannedFiles} files are read; this one and ${more - 1} more are not`;
      this.#skipped.push({ file: next, reason, unjudged: "more" });
    }
    const truncated = next !== void 0 || this.#pace.isOver;
    return { files: this.#found.files, read: this.#read, skipped: this.#skipped, truncated };
  }
  async #look(candidate) {
    const source = this.#workspace.read(candidate.path);
    if (source.kind === "skipped") {
      const { path, isCertain } = candidate;
      const unjudged = source.isFile ? { unjudged: isCertain ? "file" : "maybe" } : {};
      const isListed = isCertain || source.isFile && /\.(?:ya?ml|mk|\w*sh)$|makefile[^/]*$/i.test(path);
      if (isListed) this.#skipped.push({ file: path, reason: source.reason, ...unjudged });
      return;
    }
    const opened = this.#openedIn(candidate, source);
    const file = opened instanceof Promise ? await opened : opened;
    if (candidate.isCertain || file !== void 0) this.#read += 1;
    if (file === void 0) return;
    this.#found.add(file, {
      again: async () => this.#again(candidate),
      read: () => this.#workspace.read(candidate.path)
    });
    await this.#options.onFile(file);
  }
  /** Undefined when there are no references, or they could not be found. */
  #openedIn(candidate, source) {
    const { imageKeys } = this.#options;
    const formats = worthTrying(candidate.formats, source.text, imageKeys);
    if (formats.length === 0) return void 0;
    const { path, includedBy } = candidate;
    const ids = formats.map(({ id }) => id);
    const by = includedBy === void 0 ? {} : { includedBy };
    const found = this.#finder.find({ wants: "sites", path, text: source.text, formats: ids, imageKeys, ...by });
    return found instanceof Promise ? found.then((one) => this.#received(candidate, source, one)) : this.#received(candidate, source, found);
  }
  #received(candidate, source, found) {
    if (found.kind === "found") {
      if (found.sites.length === 0) return void 0;
      const sites = this.#kustomizations.mark(found.sites);
      return sites instanceof Promise ? sites.then((marked2) => this.#opened(candidate, source, marked2)) : this.#opened(candidate, source, sites);
    }
    this.#skip(candidate, found.kind === "refused" ? found.reason : "it cannot be read (a bug)");
    if (found.kind === "bug") this.#options.onBug(candidate.path, found.error);
    return void 0;
  }
  #opened(candidate, source, sites) {
    if (sites !== void 0) return openedFile(candidate.path, source, sites, this.#options.today);
    this.#skip(candidate, NO_TIME);
    return void 0;
  }
  async #again(candidate) {
    const source = this.#workspace.read(candidate.path);
    if (source.kind === "skipped") return void 0;
    try {
      return await this.#openedIn(candidate, source);
    } finally {
      this.#finder.close();
    }
  }
  #skip({ path }, reason) {
    this.#skipped.push({ file: path, reason, unjudged: "file" });
  }
};

// src/actions/check/check-files.ts
async function checkFiles(started) {
  const { inputs, network, run, git, event } = started;
  const listing = await list(started);
  const isFile = (path) => listing.files.has(path);
  const choice = { ...inputs, isFile };
  const isJudgedAlike = (from, to) => isSameKind(from, to, choice);
  const sources = { git, github: () => network.github(), isFile, isSameKind: isJudgedAlike };
  const wanted = inputs.scope ?? (environment("GITHUB_EVENT_NAME") === "pull_request" ? "added" : "all");
  const changing = wanted === "all" ? Promise.resolve({ scope: EVERYTHING }) : findChange(event, sources);
  const options = judgeOptions(inputs);
  const questions = new Questions(options, inputs, network);
  let ignores = 0;
  const [found, change] = await Promise.all([
    scan(listing.files, createWorkspace(started.workspace), {
      ...inputs,
      today: options.today,
      isInScope: wanted === "changed-files" ? (await changing).scope.isChanged : () => true,
      onFile: (file) => {
        ignores += file.ignores.valid.length;
        return questions.collect(file);
      },
      onBug: (path, error) => {
        line(`${path} could not be read`);
        reportBug(error);
      },
      signal: run.signal
    }),
    changing
  ]);
  const answers = await questions.ask();
  collectNow();
  if (run.signal.reason instanceof Cancelled) throw run.signal.reason;
  const level = wanted === "added" ? change.scope : EVERYTHING;
  const added = wanted === "all" ? await addedByPull(event, sources, ignores) : change.scope;
  const scopes = added === void 0 || added === EVERYTHING ? { level } : { level, change: added };
  const judged = await judgeAll(found.files, options, scopes, answers.to, new Pace(run.signal));
  const report = reportOf(judged, found, listing, inputs, scopes, answers);
  return publish({ report, files: found.files, inputs, event, network, notices: noticesOf2(change, event, added) });
}
async function addedByPull(event, sources, ignores) {
  const matters = event.kind === "pull" && ignores > 0;
  return matters ? (await findChange(event, sources)).scope : void 0;
}
async function list({ tracked, workspace, run }) {
  if (tracked !== void 0) return { files: tracked, truncated: false, skipped: [] };
  const walked = await createWorkspace(workspace).walk(mayHoldReferences, run.signal);
  const listing = { ...walked, files: new Set(walked.files) };
  if (!walked.truncated) return listing;
  const reason = run.signal.aborted ? NO_TIME : "the workspace holds more files than are read";
  return { ...listing, skipped: [...walked.skipped, { file: ".", reason, unjudged: "more" }] };
}
function mayHoldReferences(path) {
  return formatsFor(path).formats.length > 0;
}
function judgeOptions(inputs) {
  const { require: require2, floatingTags, allow } = inputs;
  return { require: require2, floatingTags, allow, today: (/* @__PURE__ */ new Date()).toISOString().slice(0, 10) };
}
function reportOf(judged, { read, skipped, truncated }, listing, inputs, scopes, { unverified }) {
  const skippedFiles = [...listing.skipped, ...skipped, ...judged.skipped];
  const counts = {
    more: () => true,
    file: (file) => scopes.level.isChanged(file),
    maybe: (file) => scopes.change?.isChanged(file) ?? false
  };
  const unjudged = skippedFiles.filter((one) => one.unjudged !== void 0 && counts[one.unjudged](one.file));
  const verdicts = unjudged.some(({ reason }) => reason === NO_TIME) ? { ...inputs, onUnresolved: "warn" } : inputs;
  return {
    ...judged,
    verdict: verdictOf(judged.findings, [...unverified, ...unjudged], read, verdicts),
    files: read,
    patterns: inputs.paths.length > 0 ? inputs.paths : FORMATS.flatMap((format) => format.files),
    skipped: skippedFiles,
    unverified,
    unjudged,
    truncated: truncated || listing.truncated || judged.omittedReferences > 0
  };
}
function noticesOf2({ notice }, event, added) {
  const name = environment("GITHUB_EVENT_NAME");
  if (name === "pull_request_target" && event.kind === "pull" && event.fromFork) {
    warnOnce(
      "This run is a pull_request_target of a fork: it holds secrets and a token that may write. Run the check on pull_request, which needs neither"
    );
  }
  const workflow = added === EVERYTHING ? void 0 : ownWorkflow();
  const edited = workflow === void 0 || added?.isChanged(workflow) !== true ? [] : [`This change edits ${workflow}, the workflow that runs this check: see what becomes of the check’s inputs.`];
  return [...notice === void 0 ? [] : [notice], ...edited];
}
function ownWorkflow() {
  const [repository, reference] = [environment("GITHUB_REPOSITORY"), environment("GITHUB_WORKFLOW_REF")];
  if (repository === void 0 || reference?.startsWith(`${repository}/`) !== true) return void 0;
  const end = reference.indexOf("@");
  return end < 0 ? void 0 : reference.slice(repository.length + 1, end);
}
export {
  checkFiles
};
