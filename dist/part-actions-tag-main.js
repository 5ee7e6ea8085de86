import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  readEventFile
} from "./part-actions-event-file.js";
import {
  compareSemver,
  explainMismatch,
  explainMissing,
  explainRefusal,
  isPrerelease,
  parseSemver,
  readVersionTag,
  sameChildren,
  searchTags
} from "./part-registry-diagnose.js";
import {
  cell,
  codeBlock,
  codeSpan,
  details,
  heading,
  prose,
  table
} from "./part-report-markdown.js";
import {
  readExtraCa
} from "./part-actions-ca-file.js";
import {
  readCommon
} from "./part-inputs-registry.js";
import {
  Cancelled,
  Form,
  splitLines
} from "./part-inputs-form.js";
import "./part-ports-files.js";
import {
  NO_BODY,
  isIndexType,
  isManifestType,
  openRegistries,
  refusalOf,
  refusalOfLoad,
  startTrace,
  statedVersion
} from "./part-registry-authorizer.js";
import {
  TIMING
} from "./part-registry-retry.js";
import "./part-core-platform.js";
import "./part-actions-version.js";
import "./part-ports-certificates.js";
import {
  EMPTY_DIGESTS,
  canonicalRegistry,
  familiarReference,
  formatReference,
  isTag,
  matchesDigest,
  nameOf,
  parseDigest,
  parseReference,
  readDigest,
  withDefaultTag
} from "./part-core-reference-problem.js";
import {
  annotateAll,
  environment,
  group,
  line,
  quoted,
  readInput,
  setOutputs,
  warnOnce,
  wordsOf,
  writeSummary
} from "./part-actions-runner.js";
import "./part-registry-credential-file.js";
import "./part-ports-paths.js";
import {
  LIMITS
} from "./part-core-limits.js";
import "./part-undici.js";
import "./part-stubs-undici.js";
import "./part-ports-transport-error.js";
import {
  TransportError,
  UserError,
  isObject,
  listProperty,
  numberProperty,
  parseJson,
  property,
  textProperty
} from "./part-core-json.js";
import "./part-shared.js";

// src/core/tag-rule.ts
var REF_EVENTS = ["branch", "tag", "pr"];
var TYPES = ["sha", "semver", "ref", "raw"];
function isTagRule(text) {
  return text.includes("=") || text.includes("{{");
}
var ATTRIBUTES = {
  sha: ["format"],
  semver: ["pattern", "value", "match"],
  ref: ["event"],
  raw: ["value"]
};
var COMMON = ["type", "prefix", "suffix", "enable", "priority"];
function parseTagRule(written) {
  const attributes = readAttributes(written);
  const type = typeOf(written, attributes.get("type") ?? "raw");
  const known = [...COMMON, ...ATTRIBUTES[type]];
  const unknown = [...attributes.keys()].find((name) => !known.includes(name));
  if (unknown !== void 0) {
    throw bad(written, `type=${type} has no ${quoted(unknown)}`, `It has ${known.slice(1).join(", ")}`);
  }
  const body = bodyOf(written, type, attributes);
  return {
    written,
    body,
    prefix: attributes.get("prefix") ?? defaultPrefix(body),
    suffix: attributes.get("suffix") ?? "",
    enable: attributes.get("enable") ?? "true"
  };
}
function bad(written, why, hint) {
  return new UserError("bad-input", `${quoted(written)}: ${why}`, hint);
}
function defaultPrefix(body) {
  if (body.type === "sha") return "sha-";
  return body.type === "ref" && body.event === "pr" ? "pr-" : "";
}
function typeOf(written, name) {
  const type = TYPES.find((known) => known === name);
  if (type !== void 0) return type;
  const isTheirs = ["schedule", "pep440", "match", "edge"].includes(name);
  throw bad(
    written,
    `type=${name} is not taken here`,
    isTheirs ? "Let docker/metadata-action make this tag, and give its output tags to tags" : `Write type=${TYPES.join(", type=")}`
  );
}
function bodyOf(written, type, attributes) {
  const need = (name, example) => {
    const value = attributes.get(name);
    if (value !== void 0) return value;
    throw bad(written, `${name} is missing`, `Write ${written},${name}=${example}`);
  };
  if (type === "raw") return { type, value: need("value", "latest") };
  if (type === "semver") {
    const pattern = need("pattern", "{{version}}");
    return { type, pattern, value: attributes.get("value") ?? "", match: attributes.get("match") ?? "" };
  }
  if (type === "ref") {
    const name = need("event", "tag");
    const event = REF_EVENTS.find((known) => known === name);
    if (event !== void 0) return { type, event };
    throw bad(written, `the event ${quoted(name)} does not exist`, `Write event=${REF_EVENTS.join(", event=")}`);
  }
  const format = attributes.get("format") ?? "short";
  if (format === "short" || format === "long") return { type, format };
  throw bad(written, `the format ${quoted(format)} does not exist`, "Write format=short or format=long");
}
function readAttributes(line2) {
  const attributes = /* @__PURE__ */ new Map();
  for (const field of fieldsOf(line2)) {
    const equals = field.indexOf("=");
    if (equals < 1) attributes.set("value", field.trim());
    else attributes.set(field.slice(0, equals).trim().toLowerCase(), field.slice(equals + 1).trim());
  }
  return attributes;
}
function fieldsOf(line2) {
  const fields = [];
  for (let at = 0; at <= line2.length; ) {
    if (line2[at] === '"') {
      const { text, end: end2 } = quotedField(line2, at);
      fields.push(text);
      at = end2 + 1;
      continue;
    }
    const comma = line2.indexOf(",", at);
    const end = comma < 0 ? line2.length : comma;
    fields.push(line2.slice(at, end));
    at = end + 1;
  }
  return fields;
}
function quotedField(line2, start) {
  let text = "";
  for (let at = start + 1; at < line2.length; at += 1) {
    if (line2[at] !== '"') text += line2.charAt(at);
    else if (line2[at + 1] === '"') {
      text += '"';
      at += 1;
    } else if (at + 1 === line2.length || line2[at + 1] === ",") return { text, end: at + 1 };
    else throw bad(line2, "a comma is missing behind a quoted field", 'Quote whole fields: "match=v(.*),x"');
  }
  throw bad(line2, "a quote has no end", 'Close it, or write "" for a quote inside a quoted field');
}

// src/core/tag-context.ts
var ON_DEFAULT_BRANCH = /create|discussion|issues|schedule/;
function templateValues(context) {
  const isDefault = isDefaultBranch(context);
  return {
    branch: nameIn(context, "refs/heads/") ?? "",
    tag: nameIn(context, "refs/tags/") ?? "",
    sha: shortSha(context),
    base_ref: context.baseRef,
    is_default_branch: String(isDefault),
    is_not_default_branch: String(!isDefault)
  };
}
function nameIn({ ref }, prefix) {
  return ref.startsWith(prefix) ? ref.slice(prefix.length) : void 0;
}
function shortSha({ sha, shortSha: length }) {
  return sha.slice(0, length);
}
function isDefaultBranch({ ref, defaultBranch, eventName }) {
  const branch = ref.replace(/^refs\/heads\//, "");
  return branch !== "" && (branch === defaultBranch || ON_DEFAULT_BRANCH.test(eventName));
}

// src/core/tag-name.ts
var MOST = 128;
function sanitiseTag(text) {
  return text.replaceAll(/[^a-zA-Z0-9._-]+/g, "-");
}
function parseTag(text) {
  if (isTag(text)) return text;
  const guess = sanitiseTag(text).replace(/^[.-]+/, "");
  if (guess.length > MOST) {
    const shorter = guess.slice(0, MOST).replace(/[.-]+$/, "");
    throw new UserError(
      "bad-input",
      `the tag ${quoted(text)} has ${text.length} characters, at most ${MOST} are allowed`,
      `Shorten it: ${shorter}`
    );
  }
  throw new UserError(
    "bad-input",
    `${quoted(text)} is not a tag`,
    isTag(guess) ? `Write ${guess}` : "A tag is letters, digits, _ . and -, and does not begin with . or -"
  );
}

// src/core/tag-template.ts
function expandTemplate(template, values) {
  return partsOf(template).map((part) => "text" in part ? part.text : valueOf(part.expression, template, values)).join("");
}
function isRawTemplate(template) {
  const parts = partsOf(template);
  const [only] = parts;
  return parts.length === 1 && only !== void 0 && "expression" in only && only.expression === "raw";
}
function partsOf(template) {
  const parts = [];
  for (let at = 0; at < template.length; ) {
    const open = template.indexOf("{{", at);
    const close = open < 0 ? -1 : template.indexOf("}}", open);
    if (open < 0) {
      parts.push({ text: template.slice(at) });
      break;
    }
    if (close < 0) throw new UserError("bad-input", `${quoted(template)} has a {{ without }}`, "Close it with }}");
    if (open > at) parts.push({ text: template.slice(at, open) });
    parts.push({ expression: template.slice(open + 2, close).trim() });
    at = close + 2;
  }
  return parts;
}
function valueOf(expression, template, values) {
  const value = Object.hasOwn(values, expression) ? values[expression] : void 0;
  if (value !== void 0) return value;
  const isDate = /^(?:commit_)?date\b/.test(expression);
  throw new UserError(
    "bad-input",
    `${quoted(template)} holds {{${expression}}}, which is not known here`,
    isDate ? "Let docker/metadata-action make tags with dates, and give its output tags to tags" : `Known are ${Object.keys(values).map((name) => `{{${name}}}`).join(", ")}`
  );
}

// src/core/tag-make.ts
function makeTag(rule, context) {
  const values = templateValues(context);
  if (!isEnabled(rule, values)) return none("enable is false");
  const made = bodyOf2(rule, context, values);
  if (typeof made !== "string") return made;
  const whole = expandTemplate(rule.prefix, values) + made + expandTemplate(rule.suffix, values);
  if (whole === "") return none("its value is empty");
  return { kind: "tag", tag: parseTag(sanitiseTag(whole)) };
}
function none(reason, isWarning = false) {
  return { kind: "none", reason, isWarning };
}
function isEnabled({ enable, written }, values) {
  const text = expandTemplate(enable, values);
  if (text === "true" || text === "false") return text === "true";
  const hint = "Write enable=true or enable=false; an expression that gave nothing is empty";
  throw new UserError("bad-input", `${quoted(written)}: enable is ${quoted(text)}`, hint);
}
function bodyOf2({ body, written }, context, values) {
  if (body.type === "raw") return expandTemplate(body.value, values);
  if (body.type === "ref") return refOf(body.event, context);
  if (body.type === "sha") {
    if (context.sha === "") return none("the run has no commit");
    return body.format === "long" ? context.sha : shortSha(context);
  }
  const value = body.value === "" ? nameIn(context, "refs/tags/") : expandTemplate(body.value, values);
  if (value === void 0) return none(`the run is not for a tag (${context.ref})`);
  const text = matched(written, body.match, value).replaceAll("/", "-");
  const version = parseSemver(text);
  if (version === void 0) return none(`${quoted(text)} is not a version by SemVer`, true);
  return versionOf(body.pattern, text, version);
}
function refOf(event, context) {
  const prefix = { branch: "refs/heads/", tag: "refs/tags/", pr: "refs/pull/" };
  const name = nameIn(context, prefix[event]);
  if (name === void 0) {
    const what = { branch: "a branch", tag: "a tag", pr: "a pull request" };
    return none(`the run is not for ${what[event]} (${context.ref})`);
  }
  return event === "pr" ? name.replace(/\/merge$/, "") : name;
}
function matched(written, match, value) {
  if (match === "") return value;
  try {
    return new RegExp(match).exec(value)?.[1] ?? value;
  } catch {
    const hint = 'Write a regular expression with a group: "match=v(.*)$"';
    throw new UserError("bad-input", `${quoted(written)}: match is no regular expression`, hint);
  }
}
function versionOf(pattern, raw, version) {
  const template = isPrerelease(version) && !isRawTemplate(pattern) ? "{{version}}" : pattern;
  const { major, minor, patch } = version;
  return expandTemplate(template, { version: formatVersion(version), major, minor, patch, raw });
}
function formatVersion({ major, minor, patch, prerelease }) {
  const core = `${major}.${minor}.${patch}`;
  return prerelease.length === 0 ? core : `${core}-${prerelease.join(".")}`;
}

// src/core/tag-pattern.ts
var CHARACTER = /^[\w.-]$/;
function parseTagPattern(text) {
  const items = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === "*") items.push({ kind: "any" });
    else if (character === "?") items.push({ kind: "one" });
    else if (character === "[") {
      const close = text.indexOf("]", at + 2);
      const item = close < 0 ? void 0 : readClass(text.slice(at + 1, close));
      if (item === void 0) throw notAPattern(text, "a [ begins a class of characters that has no end");
      items.push(item);
      at = close;
    } else if (CHARACTER.test(character)) items.push({ kind: "character", character });
    else throw notAPattern(text, `no tag holds ${quoted(character)}`);
  }
  return { text, items };
}
function notAPattern(text, why) {
  const last = text.slice(Math.max(text.lastIndexOf("/"), text.lastIndexOf(":")) + 1);
  const hint = last !== text && /^[\w.*?-]+$/.test(last) ? `Write ${last}` : "Write patterns such as latest or v[0-9]*";
  return new UserError("bad-input", `${quoted(text)} is not a pattern of tags: ${why}`, hint);
}
function readClass(body) {
  const negated = body.startsWith("!") || body.startsWith("^");
  const members = negated ? body.slice(1) : body;
  const ranges = [];
  for (let at = 0; at < members.length; at += 1) {
    const first = members.charAt(at);
    const last = members[at + 1] === "-" ? members[at + 2] : void 0;
    ranges.push([first, last ?? first]);
    if (last !== void 0) at += 2;
  }
  return ranges.length === 0 ? void 0 : { kind: "class", negated, ranges };
}
function matchesTag({ items }, tag2) {
  let item = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < tag2.length) {
    const current = items[item];
    if (current?.kind === "any") {
      star = item;
      resume = at;
      item += 1;
    } else if (current !== void 0 && takes(current, tag2.charAt(at))) {
      item += 1;
      at += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      item = star + 1;
    } else return false;
  }
  return items.slice(item).every(({ kind }) => kind === "any");
}
function takes(item, character) {
  if (item.kind === "character") return item.character === character;
  if (item.kind !== "class") return true;
  return item.ranges.some(([first, last]) => first <= character && character <= last) !== item.negated;
}
function patternFor(patterns, tag2) {
  return patterns.find((pattern) => matchesTag(pattern, tag2));
}

// src/inputs/tag.ts
function readTag(form, context) {
  const source = readImage(form);
  const { targets, skipped } = readTags(form, source, context);
  return {
    ...readCommon(form, new Set(source === void 0 ? [] : [canonicalRegistry(source.registry)])),
    source: source ?? NO_SOURCE,
    targets,
    skipped,
    expect: readExpect(form),
    overwrite: form.listOf("overwrite", parseTagPattern),
    forwardOnly: form.listOf("forward-only", parseTagPattern),
    dryRun: form.boolean("dry-run", false)
  };
}
var NO_SOURCE = { registry: "localhost", repository: "none" };
function readImage(form) {
  const text = form.text("image");
  if (text === void 0) {
    const hint = "Name the image that gets the tags, best by its digest; an expression that gave nothing is empty";
    form.problem("image", new UserError("bad-input", "image is empty", hint));
    return void 0;
  }
  return form.attempt("image", () => {
    const reference = withDefaultTag(parseReference(text));
    refuseEmptyDigest(reference.digest, text);
    return reference;
  });
}
function readExpect(form) {
  const text = form.text("expect");
  if (text === void 0) return void 0;
  return form.attempt("expect", () => {
    const digest = parseDigest(text);
    refuseEmptyDigest(digest, "expect");
    return digest;
  });
}
function refuseEmptyDigest(digest, where) {
  if (digest === void 0 || !EMPTY_DIGESTS.has(digest)) return;
  throw new UserError(
    "empty-digest",
    `${where}: ${digest} is the digest of nothing`,
    "An earlier command failed and gave no output; look there, and begin scripts with set -o pipefail"
  );
}
function readTags(form, source, context) {
  const targets = /* @__PURE__ */ new Map();
  const skipped = [];
  const entries = entriesOf(form);
  let hasProblem = false;
  for (const written of entries) {
    const made = form.attempt("tags", () => readEntry(written, source, context));
    hasProblem ||= made === void 0;
    if (made === void 0) continue;
    if ("isWarning" in made) skipped.push(made);
    else targets.set(keyOf(made), targets.get(keyOf(made)) ?? made);
  }
  if (targets.size === 0 && !hasProblem) form.problem("tags", noTags(skipped));
  return { targets: [...targets.values()], skipped };
}
function entriesOf(form) {
  return form.lines("tags").flatMap((line2) => {
    if (isTagRule(line2)) return [line2];
    return line2.split(",").map((entry) => entry.trim()).filter((entry) => entry !== "");
  });
}
function noTags(skipped) {
  if (skipped.length === 0) {
    const hint = "Name at least one tag; an expression that gave nothing is empty";
    return new UserError("bad-input", "tags is empty", hint);
  }
  const reasons = skipped.map(({ written, reason }) => `${quoted(written)}: ${reason}`).join("; ");
  return new UserError(
    "bad-input",
    `tags leaves nothing to do in this run: ${reasons}`,
    "Add a tag that fits every run, such as type=sha, or skip the step with if:"
  );
}
function keyOf({ reference }) {
  return formatReference({ ...reference, registry: canonicalRegistry(reference.registry) });
}
function readEntry(written, source, context) {
  if (isTagRule(written)) {
    const made = makeTag(parseTagRule(written), context);
    if (made.kind === "none") return { written, reason: made.reason, isWarning: made.isWarning };
    return beside(source, made.tag);
  }
  if (isTag(written) || !/[:/@]/.test(written)) return beside(source, parseTag(written));
  return targetOf(written, source);
}
function beside(source, tag2) {
  const { registry, repository } = source ?? NO_SOURCE;
  return { tag: tag2, reference: { registry, repository, tag: tag2 } };
}
function targetOf(written, source) {
  const reference = parseReference(written);
  const { registry, repository, tag: tag2, digest } = reference;
  if (digest !== void 0) {
    const right = familiarReference({ registry, repository, ...tag2 === void 0 ? {} : { tag: tag2 } });
    const hint = `Write ${tag2 === void 0 ? `${right}:tag` : right} here, and the digest in image or expect`;
    throw new UserError("bad-input", `${quoted(written)} names a digest, and a tag is wanted`, hint);
  }
  if (tag2 === void 0) {
    const asTag = sanitiseTag(written);
    const hint = isTag(asTag) ? `Write ${written}:tag, or ${asTag} when it is meant as a tag` : `Write ${written}:tag`;
    throw new UserError("bad-input", `${quoted(written)} is a reference without a tag`, hint);
  }
  if (source !== void 0 && canonicalRegistry(registry) !== canonicalRegistry(source.registry)) {
    throw new UserError(
      "bad-input",
      `${familiarReference(reference)} is on ${registry} and the image is on ${source.registry}: tags are put on one registry, nothing is copied from one to another`,
      `Copy the image first (skopeo copy --all --preserve-digests), then tag it on ${registry}`
    );
  }
  return { tag: tag2, reference: { registry, repository, tag: tag2 } };
}

// src/ports/artifacts.ts
import { appendFile } from "node:fs/promises";
async function declareArtifact(path, name, digest) {
  await appendFile(path, `${name}@${digest}
`, { flag: "a" });
}

// src/core/tag-decision.ts
function decideTag(tag2, before, isSame, { overwrite, forwardOnly }) {
  if (before === void 0) return { action: "create", reason: "" };
  if (isSame) return { action: "unchanged", reason: "" };
  if (patternFor(forwardOnly, tag2) !== void 0) return "compare";
  const pattern = patternFor(overwrite, tag2);
  if (pattern !== void 0) return { action: "move", reason: `overwrite: ${pattern.text}` };
  return { action: "refuse", reason: "it exists with another digest" };
}
function compareVersions(next, present) {
  if (next.kind === "unknown")
    return { action: "refuse", reason: `the version of the image is not known: ${next.why}` };
  if (present.kind === "unknown") {
    return { action: "refuse", reason: `the version that the tag has now is not known: ${present.why}` };
  }
  const [from, to] = [present.text, next.text];
  if (isPrerelease(next.version) && !isPrerelease(present.version)) {
    return { action: "keep", reason: `${to} is a pre-release and ${from} is not` };
  }
  const order = compareSemver(next.version, present.version);
  if (order > 0) return { action: "move", reason: `${from} to ${to}` };
  return { action: "keep", reason: order === 0 ? `it is ${from} already` : `${to} is older than ${from}` };
}
function highestVersion(tags) {
  const versions = tags.flatMap((tag2) => {
    const version = parseSemver(tag2);
    return version === void 0 ? [] : [{ tag: tag2, version }];
  });
  return versions.toSorted((one, other) => compareSemver(other.version, one.version))[0];
}

// src/registry/tag-look.ts
async function lookAtTag(client, { target, location }, trace, how = "head") {
  try {
    const { tag: tag2 } = target;
    const looking = how === "get" ? client.get(location, tag2, trace) : client.head(location, tag2, trace, false);
    const found2 = await looking;
    const kind = isIndexType(found2?.mediaType ?? "") ? "index" : "manifest";
    return { target, location, before: found2?.digest, kind, error: void 0 };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { target, location, before: void 0, kind: "manifest", error };
  }
}
async function lookAgain(client, looked, trace) {
  const { location, before, error } = looked;
  const isSure = before !== void 0 || error !== void 0 || !client.headTrust.isDoubtful(location.registry);
  return isSure ? looked : lookAtTag(client, looked, trace, "get");
}

// src/registry/tag-version.ts
var LOOKED_AT = 40;
async function findVersion(client, { location, reference, digest, kind, tag: tag2 }, trace) {
  const own = tag2 === void 0 ? void 0 : highestVersion([tag2]);
  if (own !== void 0) return found(own);
  const options = {
    mode: "semver",
    limit: LOOKED_AT,
    askedTag: tag2,
    only: (other) => parseSemver(other) !== void 0,
    first: true,
    // Nothing is written while versions are looked for, so what was read once is read.
    readsOnly: true
  };
  const search = await searchTags(client, location, digest, options, trace);
  const failure = search?.failure;
  if (failure !== void 0 && !isListRefused(failure)) throw failure;
  const image = { digest, kind, bytes: void 0, platforms: void 0, tag: void 0, writtenTag: tag2 };
  const alike = async () => search === void 0 ? [] : await sameChildren(client, location, image, search, LOOKED_AT, trace) ?? [];
  const highest = highestVersion(search?.tags ?? []) ?? highestVersion(await alike());
  if (highest !== void 0) return found(highest);
  const said = await statedVersion(client, location, { ...reference, digest }, trace);
  const stated = said === void 0 ? void 0 : highestVersion([said]);
  if (stated !== void 0) return found(stated);
  const none2 = search === void 0 || search.looked === 0 ? "no tag" : `none of the ${search.looked} newest version tags`;
  const looked = failure === void 0 ? none2 : "the tags may not be listed, so no tag";
  const label = said === void 0 ? "it states none that is known to be its own" : `${quoted(said, 60)}, which it states itself, is none by SemVer`;
  return { kind: "unknown", why: `${looked} with a version by SemVer has its digest, and ${label}` };
}
function isListRefused({ code, message }) {
  return code === "unauthorized" || / answered 4(?:0[13-6]|10)/.test(message);
}
function found({ tag: tag2, version }) {
  return { kind: "version", version, text: tag2 };
}

// src/registry/retag-plan.ts
async function planRetag(client, request, trace) {
  const places = placesOf(client, request);
  const reading = readSource(client, places.source, request, trace);
  const looks = places.targets.map((place) => lookAtTag(client, place, trace));
  const [source, ...heads] = await Promise.all([reading, ...looks]);
  const looked = await Promise.all(heads.map((one) => lookAgain(client, one, trace)));
  const decider = new Decider(client, request, { source, looked }, trace);
  const decided = await Promise.all(looked.map((one) => decider.decide(one)));
  return { source, tags: await Promise.all(decided.map((one) => withRights(client, one))) };
}
async function withRights(client, planned) {
  const { action } = planned.decision;
  if (action !== "create" && action !== "move") return planned;
  const error = await client.session.refusedWrite(planned.location);
  return error === void 0 ? planned : failed(planned, error);
}
function placesOf(client, { source, targets, dryRun }) {
  const from = client.locate(source);
  const located = targets.map((target) => ({ target, location: client.locate(target.reference) }));
  for (const { target, location } of located) {
    if (location.registry !== from.registry) throw otherRegistry(target, location, from);
  }
  if (dryRun) return { source: from, targets: located };
  const places = located.map(({ target, location }) => {
    const { repository } = location;
    const mounts = repository === from.repository ? {} : { from: from.repository };
    return { target, location: { ...location, writes: { repository, ...mounts } } };
  });
  const writer = places.find(({ location }) => location.repository === from.repository) ?? places[0];
  return { source: { ...from, ...writer && { writes: writer.location.writes } }, targets: places };
}
function otherRegistry({ reference }, location, from) {
  return new UserError(
    "bad-input",
    `registry-map sends ${formatReference(reference)} to ${location.registry} and the image to ${from.registry}`,
    "A tag can only be put where the image is: map both to one registry"
  );
}
async function readSource(client, location, { source, expect }, trace) {
  const asked = source.digest ?? source.tag ?? "latest";
  const manifest = await client.get(location, asked, trace).catch((error) => explainRefusal(client, location, source, error, trace));
  if (manifest === void 0) throw await explainMissing(client, location, source, trace);
  if (expect !== void 0 && !matchesDigest(manifest.bytes, expect)) {
    const { digest, mediaType, size } = manifest;
    const known = { platforms: void 0, imageId: void 0, inspection: void 0, notices: [] };
    const resolution = { digest, indexDigest: digest, kind: manifest.manifest.kind, mediaType, size, ...known };
    throw await explainMismatch(client, location, source, resolution, [expect], trace);
  }
  return { location, manifest };
}
var Decider = class {
  #client;
  #request;
  #source;
  #looked;
  #trace;
  #next;
  /** By repository and digest: `latest`, `1` and `1.4` mostly are one image. */
  #present = /* @__PURE__ */ new Map();
  constructor(client, request, { source, looked }, trace) {
    this.#client = client;
    this.#request = request;
    this.#source = source;
    this.#looked = looked;
    this.#trace = trace;
  }
  async decide(looked) {
    if (looked.error !== void 0) return failed(looked, looked.error);
    try {
      const decision = await this.#decision(looked);
      const error = decision.action === "refuse" ? this.#refusal(looked, decision.reason) : void 0;
      return { ...looked, decision, error };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return failed(looked, error);
    }
  }
  async #decision(looked) {
    const { target, before } = looked;
    const { digest, bytes } = this.#source.manifest;
    const isSame = before !== void 0 && (before === digest || matchesDigest(bytes, before));
    const decision = decideTag(target.tag, before, isSame, this.#request);
    if (decision !== "compare" || before === void 0) {
      return decision === "compare" ? { action: "create", reason: "" } : decision;
    }
    this.#next ??= this.#versionOfSource();
    return compareVersions(...await Promise.all([this.#next, this.#versionBefore(looked, before)]));
  }
  #versionBefore({ target, location, kind }, before) {
    const question = { location, reference: target.reference, digest: before, kind };
    const ask = (tag2) => findVersion(this.#client, { ...question, tag: tag2 }, this.#trace);
    if (parseSemver(target.tag) !== void 0) return ask(target.tag);
    const key = `${location.repository} ${before}`;
    const begun = this.#present.get(key) ?? ask(this.#mostSpecificTag(location, before) ?? target.tag);
    this.#present.set(key, begun);
    return begun;
  }
  /** Of several tags with one digest the one that says most of the version: `1.4` finds `1.4.2` sooner than `latest`. */
  #mostSpecificTag({ repository }, digest) {
    return this.#looked.filter(({ location, before }) => location.repository === repository && before === digest).map(({ target: { tag: tag2 } }) => ({ tag: tag2, numbers: readVersionTag(tag2)?.numbers.length ?? 0 })).toSorted((one, other) => other.numbers - one.numbers)[0]?.tag;
  }
  /** The highest version among this run's own tags, else the one that the image has (DESIGN.md §7). */
  async #versionOfSource() {
    const { source, targets } = this.#request;
    const own = highestVersion(targets.map(({ tag: tag3 }) => tag3));
    if (own !== void 0) return { kind: "version", version: own.version, text: own.tag };
    const tag2 = source.digest === void 0 && parseSemver(source.tag ?? "") !== void 0 ? source.tag : void 0;
    const { location, manifest } = this.#source;
    const { digest } = manifest;
    const question = { location, reference: source, digest, kind: manifest.manifest.kind, tag: tag2 };
    return findVersion(this.#client, question, this.#trace);
  }
  #refusal({ target, before }, reason) {
    const { tag: tag2, reference } = target;
    const name = familiarReference(reference);
    const isCompared = patternFor(this.#request.forwardOnly, tag2) !== void 0;
    return new UserError(
      "tag-exists",
      `${name} exists with ${before ?? "another digest"} and would become ${this.#source.manifest.digest}: ${reason}`,
      isCompared ? `Name the version among tags, or move it on purpose: take ${tag2} out of forward-only and write overwrite: ${tag2}` : `To move it on purpose write overwrite: ${tag2}, or forward-only: ${tag2} to move it to higher versions only`
    );
  }
};
function failed(looked, error) {
  return { ...looked, decision: { action: "fail", reason: error.message }, error };
}

// src/registry/push.ts
async function putManifest(client, { location, identifier, before }, { bytes, mediaType, digest }, trace) {
  const answer = await client.session.ask(
    location,
    {
      method: "PUT",
      path: `${location.repository}/manifests/${identifier}`,
      headers: { "content-type": mediaType },
      body: bytes,
      maxBytes: NO_BODY,
      what: "answer to a manifest"
    },
    trace
  );
  const { response } = answer;
  if (response.status < 200 || response.status > 299) {
    throw refusalOfPush(client, { location, identifier, before }, mediaType, answer);
  }
  const said = readDigest(response.header("docker-content-digest")[0] ?? "");
  if (said !== void 0 && !matchesDigest(bytes, said)) {
    throw new UserError(
      "integrity",
      `${nameOf2(location, identifier)} was to become ${digest}, and ${location.registry} says that it stored ${said}`,
      "The registry, or a proxy in front of it, changes what it stores. Look at the tag and move it back"
    );
  }
  return { confirmed: said !== void 0 };
}
function nameOf2({ registry, repository }, identifier) {
  return `${registry}/${repository}${identifier.includes(":") ? "@" : ":"}${identifier}`;
}
var IMMUTABLE = /immutab|cannot be overwritten|already exists|can ?not update tag|read.only mode|operation is disallowed/i;
var IMMUTABLE_STATUS = /* @__PURE__ */ new Set([409, 412]);
function refusalOfPush(client, target, mediaType, answer) {
  const { location, identifier } = target;
  const { status } = answer.response;
  const { text } = refusalOf(answer.response, answer.url.host);
  const name = nameOf2(location, identifier);
  const said = `${location.registry} answered ${status}${text === "" ? "" : `: ${text}`}`;
  if (isImmutable(target, status, text)) return immutable(name, target.before, said);
  if (status === 401 || status === 403) return client.session.unauthorized(location, answer);
  const known = KNOWN.find(({ fits }) => fits(status, text));
  if (known !== void 0) {
    return new UserError(known.code, `${name} was not written: ${said}`, known.hint(location, mediaType));
  }
  return refusalOfLoad(answer.response, location.registry, client.timing.wallClock());
}
function isImmutable({ location, identifier, before }, status, text) {
  if (status < 400 || status >= 500 || identifier.includes(":")) return false;
  if (IMMUTABLE_STATUS.has(status) || IMMUTABLE.test(text)) return true;
  return status === 403 && location.registry === "docker.io" && before !== void 0;
}
function immutable(name, before, said) {
  const has = before === void 0 ? "" : ` It has ${before}.`;
  return new UserError(
    "tag-immutable",
    `${name} may not be written: tags are immutable there, or the registry is read-only (${said}).${has}`,
    "Use a new tag, or change the rule in the settings of the registry"
  );
}
var KNOWN = [
  {
    fits: (status) => status === 404,
    code: "not-found",
    hint: ({ repository }) => `Create the repository ${repository} first: this registry does not make it by itself`
  },
  {
    fits: (status) => status === 405,
    code: "unauthorized",
    hint: () => "Proxies, caches and locked repositories take no pushes: write to the registry that is behind it"
  },
  {
    fits: (status) => status === 413,
    code: "limit",
    hint: () => `A manifest may have ${LIMITS.manifestBytes} bytes at most registries; ask the operator of this one`
  },
  {
    fits: (status, text) => status === 400 && /blob.?unknown/i.test(text),
    code: "cannot-tell",
    hint: () => "The registry has lost a part of the image: push it again"
  },
  {
    fits: (status) => status === 415 || status === 400,
    code: "cannot-tell",
    hint: (_, mediaType) => `The registry may not know ${mediaType}. Nothing is converted, because the digest would change`
  }
];

// src/registry/mount.ts
async function mountContents(client, route, top, trace) {
  if (await client.head(route.to, top.digest, trace, false) !== void 0) return;
  const mounted = /* @__PURE__ */ new Map();
  const once = (digest, work) => {
    const begun = mounted.get(digest) ?? work();
    mounted.set(digest, begun);
    return begun;
  };
  const bring = async ({ bytes }, depth) => {
    const parts = partsOf2(bytes);
    await Promise.all(
      parts.map(
        ({ digest, isManifest }) => once(digest, () => isManifest ? bringChild(digest, depth + 1) : mountBlob(client, route, digest, trace))
      )
    );
  };
  const bringChild = async (digest, depth) => {
    const child = await client.get(route.from, digest, trace);
    if (child === void 0) throw lostPart(route.from, digest);
    if (child.manifest.kind === "index" && depth > LIMITS.indexDepth) throw tooDeep(route.from);
    await bring(child, depth);
    await putManifest(client, { location: route.to, identifier: digest, before: void 0 }, child, trace);
  };
  await bring(top, 1);
}
function partsOf2(bytes) {
  const body = parseJson(bytes);
  const config = property(body, "config");
  const blobs = [
    ...isObject(config) ? [config] : [],
    ...listProperty(body, "layers"),
    ...listProperty(body, "blobs")
  ];
  const present = blobs.filter((blob) => listProperty(blob, "urls").length === 0);
  const entries = listProperty(body, "manifests");
  return [
    ...present.map((blob) => ({ digest: digestIn(blob), isManifest: false })),
    ...entries.map((entry) => ({ digest: digestIn(entry), isManifest: namesManifest(entry) }))
  ];
}
function namesManifest(entry) {
  const type = textProperty(entry, "mediaType")?.toLowerCase() ?? "";
  return type === "" || isIndexType(type) || isManifestType(type) || type.includes("manifest");
}
function digestIn(descriptor) {
  const text = textProperty(descriptor, "digest") ?? "";
  const digest = readDigest(text);
  if (digest !== void 0) return digest;
  throw new UserError(
    "cannot-tell",
    `the manifest names a part by "${text.slice(0, 100)}", which is no digest that can be mounted`,
    "Copy the image with another tool, such as skopeo copy --all"
  );
}
async function mountBlob(client, { from, to }, digest, trace) {
  const query = new URLSearchParams({ mount: digest, from: from.repository });
  const question = {
    method: "POST",
    path: `${to.repository}/blobs/uploads/?${query.toString()}`,
    headers: {},
    body: new Uint8Array(),
    maxBytes: NO_BODY,
    what: "answer to a mount"
  };
  const answer = await client.session.ask(to, question, trace).catch((error) => {
    const isRefused = error instanceof UserError && error.code === "unauthorized";
    throw isRefused ? refusedMount(from, to, digest, error.message) : error;
  });
  const { status } = answer.response;
  if (status === 201 || status === 200 || status === 204) return;
  if (status === 202) {
    await cancelUpload(client, to, answer, trace);
    if (await client.blobSize(to, digest, trace) !== void 0) return;
    throw refusedMount(from, to, digest, `${to.registry} wants it uploaded instead`);
  }
  if (status === 401 || status === 403 || status === 404 || status === 405) {
    const { text } = refusalOf(answer.response, answer.url.host);
    const reason = client.session.unauthorized(to, answer).message;
    throw refusedMount(from, to, digest, status < 404 ? reason : `${to.registry} answered ${status}: ${text}`);
  }
  throw refusalOfLoad(answer.response, to.registry, client.timing.wallClock());
}
function refusedMount(from, to, digest, why) {
  return new UserError(
    "unauthorized",
    `${digest} of ${from.registry}/${from.repository} could not be mounted into ${to.registry}/${to.repository}: ${why}`,
    `The login needs the right to read ${from.repository} and to write ${to.repository}; where the registry mounts nothing between repositories, copy the image once with skopeo copy --all`
  );
}
async function cancelUpload(client, to, answer, trace) {
  const url = URL.parse(answer.response.header("location")[0] ?? "", answer.url.href);
  if (url === null || url.origin !== answer.url.origin) return;
  const question = { method: "DELETE", path: url, headers: {}, maxBytes: NO_BODY, what: "answer" };
  await client.session.ask(to, question, trace).catch((error) => {
    if (!(error instanceof UserError)) throw error;
  });
}
function lostPart({ registry, repository }, digest) {
  return new UserError(
    "not-found",
    `${registry}/${repository} has an index but not the manifest ${digest} that it names`,
    "Push the image again: the registry has lost a part of it"
  );
}
function tooDeep({ registry, repository }) {
  return new UserError(
    "limit",
    `the index in ${registry}/${repository} holds indexes more than ${LIMITS.indexDepth} deep`,
    "Copy the image with another tool, such as skopeo copy --all"
  );
}

// src/registry/retag.ts
function foretell(plan) {
  return isBlocked(plan) ? decisions(plan).map(withheld) : decisions(plan);
}
function decisions({ source, tags }) {
  const results = {
    create: "created",
    unchanged: "unchanged",
    move: "moved",
    keep: "kept",
    refuse: "refused"
  };
  return tags.map((planned) => {
    const { action, reason } = planned.decision;
    if (action === "fail") return outcomeOf(planned, "failed", void 0, reason, planned.error);
    const willHave = action === "create" || action === "move" ? source.manifest.digest : planned.before;
    return outcomeOf(planned, results[action], willHave, reason, planned.error);
  });
}
function isBlocked({ tags }) {
  return tags.some(({ decision: { action } }) => action === "refuse" || action === "fail");
}
async function carryOut(client, plan, signal, trace) {
  if (isBlocked(plan)) return foretell(plan);
  const work = new Retagging(client, plan.source, signal, trace);
  return Promise.all(plan.tags.map((planned) => work.carryOut(planned)));
}
function withheld(outcome) {
  if (outcome.result !== "created" && outcome.result !== "moved") return outcome;
  return { ...outcome, result: "failed", after: outcome.before, reason: "nothing was written, because of another tag" };
}
function outcomeOf({ target, before }, result, after, reason, error) {
  return { target, result, before, after, reason, error };
}
var LAG = [500, 1e3, 2e3];
var MAY_HAVE_WORKED = /* @__PURE__ */ new Set(["cannot-tell", "rate-limited"]);
var STOPPED = {
  "nothing sent": "the run ended before it was written",
  sent: "the run ended before the registry had confirmed it",
  taken: "the registry took it, and the run ended before it was read back"
};
var Retagging = class {
  #client;
  #source;
  #signal;
  #trace;
  /** Repositories that the contents are brought to, each once. */
  #mounts = /* @__PURE__ */ new Map();
  constructor(client, source, signal, trace) {
    this.#client = client;
    this.#source = source;
    this.#signal = signal;
    this.#trace = trace;
  }
  async carryOut(planned) {
    const { decision, before } = planned;
    if (decision.action === "keep") return outcomeOf(planned, "kept", before, decision.reason);
    if (decision.action === "unchanged") return outcomeOf(planned, "unchanged", before, decision.reason);
    const progress = { stage: "nothing sent", requests: 0 };
    try {
      await this.#bringContents(planned.location);
      return await this.#write(planned, progress);
    } catch (error) {
      if (this.#signal.aborted) return this.#stopped(planned, progress);
      if (!(error instanceof UserError)) throw error;
      return this.#afterFailure(planned, error, progress);
    }
  }
  async #bringContents(to) {
    const from = this.#source.location;
    if (to.repository === from.repository) return;
    const begun = this.#mounts.get(to.repository) ?? mountContents(this.#client, { from, to }, this.#source.manifest, this.#trace);
    this.#mounts.set(to.repository, begun);
    await begun;
  }
  async #write(planned, progress) {
    const { location, target, before, decision } = planned;
    const where = { location, identifier: target.tag, before };
    const own = startTrace();
    progress.stage = "sent";
    const { confirmed } = await putManifest(this.#client, where, this.#source.manifest, own).finally(() => {
      progress.requests = own.requests;
      this.#trace.requests += own.requests;
    });
    progress.stage = "taken";
    const after = await this.#readBack(planned);
    if (after !== void 0 && this.#isOurs(after)) {
      return outcomeOf(planned, before === void 0 ? "created" : "moved", after, decision.reason);
    }
    const error = this.#notThere(planned, after, confirmed);
    return outcomeOf(planned, "failed", after, error.message, error);
  }
  /** What the tag has now. A registry that does not show the write yet gets a little time. */
  async #readBack({ location, target, before }) {
    for (let round = 0; ; round += 1) {
      const head = await this.#client.head(location, target.tag, this.#trace, round > 0);
      const wait = LAG[round];
      const isLate = head === void 0 || head.digest === before;
      if (!isLate || wait === void 0) return head?.digest;
      await this.#client.timing.sleep(wait, this.#signal);
    }
  }
  #isOurs(digest) {
    const { manifest } = this.#source;
    return digest === manifest.digest || matchesDigest(manifest.bytes, digest);
  }
  /** The registry said that it took the manifest, and the tag does not show it. */
  #notThere({ location, target, before }, after, confirmed) {
    const name = familiarReference(target.reference);
    const { digest } = this.#source.manifest;
    if (after === void 0 || after === before && confirmed) {
      return new UserError(
        "cannot-tell",
        `${location.registry} took ${name} and ${after === void 0 ? "does not show it" : `still shows ${after}`} afterwards`,
        "Look at the tag: it may appear late. Running the step again does no harm"
      );
    }
    if (confirmed) {
      return new UserError(
        "moved",
        `${name} was set to ${digest} and is ${after} now: another run or person moved it at the same time`,
        "Let one job at a time move this tag (concurrency:), and run the right one again"
      );
    }
    return new UserError(
      "integrity",
      `${name} was to become ${digest} and is ${after} after the registry took it`,
      "The registry, or a proxy in front of it, changes what it stores. Look at the tag and move it back"
    );
  }
  /** What the tag has after a failure. It may be what was wanted: the answer was lost, or another run was faster. */
  async #afterFailure(planned, error, { requests }) {
    const { location, target, before, decision } = planned;
    try {
      const head = await this.#client.head(location, target.tag, this.#trace, false);
      if (head !== void 0 && this.#isOurs(head.digest)) {
        if (error.code === "tag-immutable" && requests === 1) {
          return outcomeOf({ ...planned, before: head.digest }, "unchanged", head.digest, "another run was faster");
        }
        if (error instanceof TransportError || MAY_HAVE_WORKED.has(error.code) || error.code === "tag-immutable") {
          return outcomeOf(planned, before === void 0 ? "created" : "moved", head.digest, decision.reason);
        }
      }
      return outcomeOf(planned, "failed", head?.digest, error.message, error);
    } catch (second) {
      if (!(second instanceof UserError) && !this.#signal.aborted) throw second;
      return outcomeOf(planned, "failed", void 0, error.message, error);
    }
  }
  #stopped(planned, { stage }) {
    const { reason } = this.#signal;
    const error = reason instanceof UserError ? reason : void 0;
    const after = stage === "nothing sent" ? planned.before : void 0;
    return outcomeOf(planned, "failed", after, STOPPED[stage], error);
  }
};

// src/report/tag-outputs.ts
function tagOutputs({ source, digest, outcomes, dryRun }) {
  const having = outcomes.filter(({ result }) => result === "unchanged" || !dryRun && isChange(result));
  return {
    digest,
    name: nameOf(source),
    tags: having.map(({ target }) => formatReference(target.reference)).join("\n"),
    changed: String(!dryRun && outcomes.some(({ result }) => isChange(result))),
    json: JSON.stringify(outcomes.map(entryOf))
  };
}
function isChange(result) {
  return result === "created" || result === "moved";
}
function entryOf({ target, before, after, result }) {
  return {
    tag: target.tag,
    ...before === void 0 ? {} : { before },
    ...after === void 0 ? {} : { after },
    result
  };
}

// src/report/tag-text.ts
function imageLines({ digest, kind }) {
  return [fact("digest", digest), fact("kind", kind)];
}
function fact(name, value) {
  return `  ${name.padEnd(9)} ${value}`;
}
var TO_DO = {
  created: "create",
  unchanged: "unchanged",
  moved: "move",
  kept: "keep",
  refused: "refuse",
  failed: "fail"
};
function outcomeLines(source, outcomes, ahead) {
  const names = outcomes.map((outcome) => shownName(source, outcome));
  const width = Math.max(0, ...names.map((name) => name.length));
  return outcomes.map(({ result, before, reason }, index) => {
    const was = before === void 0 || result === "unchanged" ? "" : `was ${before}`;
    const why = [was, reason].filter((part) => part !== "").join(", ");
    return `  ${(names[index] ?? "").padEnd(width)}  ${(ahead ? TO_DO[result] : result).padEnd(9)} ${why}`.trimEnd();
  });
}
function shownName(source, { target }) {
  return nameOf(target.reference) === nameOf(source) ? target.tag : familiarReference(target.reference);
}
function howLine({ requests, milliseconds, credential }) {
  const count = `${requests} request${requests === 1 ? "" : "s"}`;
  const signedIn = credential === void 0 || credential === "anonymous" ? "anonymous" : `credential: ${credential}`;
  return fact("how", `${count}, ${Math.round(milliseconds)} ms, ${signedIn}`);
}
function tagSummary({ source, digest, outcomes, dryRun }) {
  const rows = outcomes.map((outcome) => [
    cell(shownName(source, outcome)),
    outcome.result,
    outcome.before === void 0 ? "" : codeSpan(outcome.before),
    prose(outcome.reason)
  ]);
  const parts = [
    heading(3, dryRun ? "Image tags (dry run: nothing was written)" : "Image tags"),
    codeSpan(`${nameOf(source)}@${digest}`),
    table(["Tag", dryRun ? "Would be" : "Result", "Before", "Why"], rows),
    ...pullPart({ source, digest, outcomes, dryRun })
  ];
  return `${parts.join("\n\n")}
`;
}
function pullPart({ digest, outcomes, dryRun }) {
  const written = outcomes.filter(({ result }) => !dryRun && (isChange(result) || result === "unchanged"));
  if (written.length === 0) return [];
  const commands = written.map(({ target }) => `docker pull ${formatReference(target.reference)}@${digest}`);
  return [details("Pull", codeBlock(commands, "sh"))];
}

// src/actions/tag/context.ts
var SHORT_SHA = 7;
async function readTagContext() {
  const event = await readEventFile();
  const pull = property(event, "pull_request");
  const eventName = environment("GITHUB_EVENT_NAME") ?? "";
  const ref = refOf2(eventName, event);
  return {
    ref,
    sha: headOf(eventName, pull) ?? environment("GITHUB_SHA") ?? "",
    eventName,
    defaultBranch: textProperty(property(event, "repository"), "default_branch"),
    baseRef: baseOf(ref, event, pull),
    shortSha: shortShaLength()
  };
}
function refOf2(eventName, event) {
  const number = numberProperty(event, "number");
  if (eventName === "pull_request_target" && number !== void 0) return `refs/pull/${number}/merge`;
  return environment("GITHUB_REF") ?? "";
}
function headOf(eventName, pull) {
  if (!/^true$/i.test(environment("DOCKER_METADATA_PR_HEAD_SHA") ?? "")) return void 0;
  return eventName.startsWith("pull_request") ? textProperty(property(pull, "head"), "sha") : void 0;
}
function baseOf(ref, event, pull) {
  if (ref.startsWith("refs/tags/")) return (textProperty(event, "base_ref") ?? "").replace(/^refs\/heads\//, "");
  if (ref.startsWith("refs/pull/")) return textProperty(property(pull, "base"), "ref") ?? "";
  return "";
}
function shortShaLength() {
  const text = environment("DOCKER_METADATA_SHORT_SHA_LENGTH");
  if (text === void 0) return SHORT_SHA;
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  warnOnce(
    `DOCKER_METADATA_SHORT_SHA_LENGTH is "${text}", which is no length; short commits have ${SHORT_SHA} characters`
  );
  return SHORT_SHA;
}

// src/actions/tag/main.ts
async function tag(run) {
  const form = new Form(readInput);
  const inputs = readTag(form, await contextFor(readInput("tags")));
  const extraCa = await readExtraCa(form, inputs);
  form.finish();
  run.endAfter(inputs.timeout);
  const { client, transport } = openRegistries(inputs, extraCa, run.signal);
  try {
    return await retag(client, inputs, run);
  } finally {
    await transport.close();
  }
}
var NO_CONTEXT = {
  ref: "",
  sha: "",
  eventName: "",
  defaultBranch: void 0,
  baseRef: "",
  shortSha: 7
};
async function contextFor(tags) {
  return splitLines(tags).some(isTagRule) ? readTagContext() : NO_CONTEXT;
}
async function retag(client, inputs, run) {
  const trace = startTrace();
  const started = TIMING.now();
  tellSkipped(inputs);
  const plan = await makePlan(client, inputs, trace);
  tellPlan(plan, inputs);
  const writes = !inputs.dryRun && !isBlocked(plan) && plan.tags.some(({ decision }) => isWrite(decision.action));
  const outcomes = inputs.dryRun ? foretell(plan) : await carryOut(client, plan, run.signal, trace);
  if (writes) tellResults(inputs, outcomes);
  else line("Nothing was written.");
  line(howLine({ ...trace, milliseconds: TIMING.now() - started }));
  const { digest } = plan.source.manifest;
  return report({ source: inputs.source, digest, outcomes, dryRun: inputs.dryRun }, inputs, run);
}
function isWrite(action) {
  return action === "create" || action === "move";
}
function tellSkipped({ skipped }) {
  for (const { written, reason, isWarning } of skipped) {
    const text = `tags: ${written} gives no tag: ${reason}`;
    if (isWarning) warnOnce(text);
    else line(text);
  }
}
async function makePlan(client, inputs, trace) {
  try {
    return await planRetag(client, inputs, trace);
  } catch (error) {
    line("Nothing was written.");
    throw error;
  }
}
function tellPlan(plan, inputs) {
  const { digest, manifest, mediaType } = plan.source.manifest;
  const kind = `${manifest.kind} (${mediaType})`;
  group(familiarReference(inputs.source), imageLines({ source: inputs.source, digest, kind }));
  line(inputs.dryRun ? "What would be done:" : "What is to be done:");
  for (const text of outcomeLines(inputs.source, decisions(plan), true)) line(text);
}
function tellResults({ source }, outcomes) {
  line("Result:");
  for (const text of outcomeLines(source, outcomes, false)) line(text);
}
async function report(result, inputs, run) {
  const { outcomes } = result;
  setOutputs(tagOutputs(result));
  if (inputs.showSummary) await writeSummary(tagSummary(result));
  if (run.signal.reason instanceof Cancelled) throw run.signal.reason;
  annotateAll("notice", outcomes.filter(({ result: is }) => is === "kept").map(keptNotice));
  const failures = outcomes.flatMap(({ error }) => error === void 0 ? [] : [error]);
  if (!inputs.dryRun && failures.length === 0) await declare(result);
  const distinct = new Map(failures.map((error) => [`${error.code} ${error.message}`, error]));
  annotateAll(
    "error",
    [...distinct.values()].map((error) => ({ title: error.code, message: wordsOf(error) }))
  );
  return failures.length === 0;
}
function keptNotice({ target, before, reason }) {
  return { title: "kept", message: `${familiarReference(target.reference)} stays ${before ?? ""}: ${reason}` };
}
async function declare({ source, digest }) {
  const path = environment("GITHUB_ARTIFACTS");
  if (path === void 0) return;
  try {
    await declareArtifact(path, nameOf(source), digest);
  } catch (error) {
    warnOnce(`The image is not declared in GITHUB_ARTIFACTS: ${Error.isError(error) ? error.message : String(error)}`);
  }
}
export {
  tag
};
