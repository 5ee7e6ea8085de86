import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  buildArgs,
  buildContexts
} from "./part-core-build-context.js";
import {
  annotationsOf,
  baseLabels,
  labelLines,
  listLine,
  mergeLabels,
  readListLines
} from "./part-core-list-line.js";
import {
  explainMismatch,
  explainMissing,
  explainMove,
  explainRefusal,
  findTags
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
  keepHeapSmall
} from "./part-inputs-form.js";
import {
  checkWritablePath,
  writeWorkspaceFile
} from "./part-ports-files.js";
import {
  DOCKER_LIST,
  DOCKER_MANIFEST,
  OCI_INDEX,
  OCI_MANIFEST,
  childManifest,
  inspectImage,
  isIndexType,
  listPlatforms,
  openRegistries,
  platformMissing,
  readConfig,
  startTrace
} from "./part-registry-authorizer.js";
import {
  TIMING
} from "./part-registry-retry.js";
import {
  formatPlatform,
  parsePlatform,
  samePlatform
} from "./part-core-platform.js";
import "./part-actions-version.js";
import "./part-ports-certificates.js";
import {
  EMPTY_DIGESTS,
  canonicalRegistry,
  familiarReference,
  formatReference,
  hexOf,
  imageIdOf,
  nameOf,
  parseDigest,
  parseReference,
  withDefaultTag
} from "./part-core-reference-problem.js";
import {
  annotateAll,
  clipped,
  endProgress,
  environment,
  group,
  line,
  printable,
  progress,
  quoted,
  readInput,
  setOutputs,
  warnOnce,
  withoutSecrets,
  wordsOf,
  workspaceFolder,
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
  UserError,
  mapToJson,
  sentencesOf,
  toJson
} from "./part-core-json.js";
import "./part-shared.js";

// src/inputs/build.ts
var MOST_TAGS = 1e3;
function readBuild(form) {
  const limit = form.integer("find-tags-limit", 40, 1, MOST_TAGS);
  const wanted = form.text("find-tags") !== void 0;
  const mode = form.choice("find-tags", ["semver", "all"], "semver");
  return {
    findTags: wanted ? { mode, limit } : void 0,
    buildLabels: form.boolean("build-labels", false),
    labels: readLabels(form),
    bakeTarget: readBakeTarget(form)
  };
}
var TARGET = /^[A-Za-z0-9_-]+$/;
function readBakeTarget(form) {
  const target = form.text("bake-target") ?? "image-digest";
  if (TARGET.test(target)) return target;
  const hint = `Names of targets are letters, digits, _ and -: ${target.replaceAll(/[^A-Za-z0-9_-]+/g, "-").slice(0, 100)}`;
  form.problem("bake-target", new UserError("bad-input", `${quoted(target, 100)} is not the name of a target`, hint));
  return target;
}
function readLabels(form) {
  const labels = /* @__PURE__ */ new Map();
  for (const entry of readListLines(form.secret("labels") ?? "")) {
    const label = form.attempt("labels", () => parseLabel(entry));
    if (label !== void 0) labels.set(...label);
  }
  return labels;
}
function parseLabel(entry) {
  if ("unclosed" in entry) {
    throw new UserError(
      "bad-input",
      `${clipped(entry.unclosed, 100)} begins with a quote, and the quotes do not end at the end of a line`,
      'Write key=value without quotes around it, or double the quotes inside: "key=a ""quoted"" word"'
    );
  }
  const equals = entry.text.indexOf("=");
  const key = entry.text.slice(0, Math.max(equals, 0)).trim();
  if (equals >= 0 && key !== "" && !/[\s"\p{Cc}]/u.test(key)) return [key, entry.text.slice(equals + 1).trim()];
  throw new UserError(
    "bad-input",
    `${quoted(entry.text, 100)} is not a label (key=value)`,
    "Write one key=value on each line; keys have no blanks and no quotes"
  );
}

// src/inputs/resolve.ts
function readResolve(form) {
  const images = readImages(form);
  const platform = form.text("platform");
  const registries = new Set(images.map(({ reference }) => canonicalRegistry(reference.registry)));
  return {
    ...readCommon(form, registries),
    ...readBuild(form),
    images,
    platform: platform === void 0 ? void 0 : form.attempt("platform", () => parsePlatform(platform)),
    requirePlatforms: form.listOf("require-platforms", parsePlatform),
    expect: readExpect(form, images),
    wait: form.seconds("wait", 0, 0),
    missingIsFine: form.choice("if-missing", ["error", "ignore"], "error") === "ignore",
    inspect: form.boolean("inspect", false),
    verify: form.boolean("verify", false),
    write: form.listOf("write", parseOutputPath)
  };
}
var KEY = /^[A-Za-z_][A-Za-z0-9_-]*$/;
var keyHint = "Keys are letters, digits, _ and -, and begin with a letter or _: api=ghcr.io/acme/api:1.4.2";
function readImages(form) {
  const entries = form.listOf("images", parseEntry);
  if (form.list("images").length === 0) {
    form.problem(
      "images",
      new UserError(
        "bad-input",
        "the list is empty",
        "Name at least one image; an expression that gave nothing is empty"
      )
    );
  }
  return withKeys(form, entries);
}
function parseEntry(text) {
  const equals = text.indexOf("=");
  const key = equals < 0 ? void 0 : text.slice(0, equals).trim();
  const written = text.slice(equals + 1).trim();
  if (key !== void 0 && !KEY.test(key)) throw new UserError("bad-input", `"${key}" is not a key`, keyHint);
  const reference = withDefaultTag(parseReference(written));
  refuseEmptyDigest(reference.digest, `${written}: `);
  return { key, written, reference };
}
function refuseEmptyDigest(digest, where) {
  if (digest === void 0 || !EMPTY_DIGESTS.has(digest)) return;
  throw new UserError(
    "empty-digest",
    `${where}${digest} is the digest of nothing`,
    "An earlier command failed and gave no output; look there, and begin scripts with set -o pipefail"
  );
}
function withKeys(form, entries) {
  const plain = entries.map(({ key, reference }) => key ?? lastComponent(reference));
  const takenPlain = repeated(plain);
  const keys = entries.map(({ key, reference }, index) => {
    const name = plain[index] ?? "";
    const useTag = key === void 0 && takenPlain.has(name) && reference.tag !== void 0;
    return useTag ? `${name}-${reference.tag}` : name;
  });
  const twice = repeated(keys);
  for (const key of twice)
    form.problem(
      "images",
      keyTaken(
        key,
        entries.filter((_, index) => keys[index] === key)
      )
    );
  return entries.map(({ written, reference }, index) => ({ key: keys[index] ?? "", written, reference }));
}
function repeated(names) {
  const seen = /* @__PURE__ */ new Set();
  const again = /* @__PURE__ */ new Set();
  for (const name of names) (seen.has(name) ? again : seen).add(name);
  return again;
}
function lastComponent({ repository }) {
  return repository.slice(repository.lastIndexOf("/") + 1);
}
function keyTaken(key, entries) {
  const shown2 = entries.map(({ reference }) => familiarReference(reference)).join(" and ");
  const example = entries.map(({ written }, index) => `${index === 0 ? "first" : "second"}=${written}`).slice(0, 2);
  return new UserError(
    "bad-input",
    `${shown2} would both have the key "${key}"`,
    `Write keys of your own: ${example.join(", ")}`
  );
}
function readExpect(form, images) {
  const expected = /* @__PURE__ */ new Map();
  for (const entry of form.list("expect")) {
    form.attempt("expect", () => {
      const { key, digests } = parseExpectation(entry, images);
      if (expected.has(key)) {
        throw new UserError("bad-input", `there are two entries for "${key}"`, "Join digests that are all right by |");
      }
      expected.set(key, digests);
    });
  }
  return expected;
}
function parseExpectation(entry, images) {
  const equals = entry.indexOf("=");
  const digests = entry.slice(equals + 1).split("|").map((text) => parseDigest(text.trim()));
  for (const digest of digests) refuseEmptyDigest(digest, "");
  const keys = images.map(({ key }) => key);
  if (equals >= 0) {
    const key = entry.slice(0, equals).trim();
    if (keys.includes(key)) return { key, digests };
    throw new UserError("bad-input", `no image has the key "${key}"`, `The keys are ${keys.join(", ")}`);
  }
  const [only, ...others] = keys;
  if (only !== void 0 && others.length === 0) return { key: only, digests };
  throw new UserError(
    "bad-input",
    "there are several images, and a digest without a key",
    `Write key=sha256:…; the keys are ${keys.join(", ")}`
  );
}
var EXTENSIONS = [".json", ".env", ".yaml", ".yml", ".md"];
function parseOutputPath(text) {
  if (EXTENSIONS.some((extension) => text.toLowerCase().endsWith(extension))) return text;
  throw new UserError(
    "bad-input",
    `"${text}" is not a kind of file that can be written`,
    `Let the name end in ${EXTENSIONS.join(", ")}`
  );
}

// src/registry/platform-choice.ts
async function choose(client, location, reference, options, found, wantsPlatforms, trace) {
  const { manifest, digest, mediaType, size } = found;
  const own = { digest, kind: manifest.kind, mediaType, size };
  if (manifest.kind !== "index") {
    if (!wantsPlatforms) return { ...own, platforms: void 0, image: manifest, config: void 0 };
    return chooseSingle(client, location, reference, options, { ...own, image: manifest }, trace);
  }
  if (!wantsPlatforms) return { ...own, platforms: void 0, image: void 0, config: void 0 };
  const wanted = [...options.platform === void 0 ? [] : [options.platform], ...options.requirePlatforms];
  const images = await listPlatforms(client, location, manifest, trace, wanted);
  const platforms = new Map(images.map(({ name, descriptor }) => [name, descriptor.digest]));
  const { platform } = options;
  if (platform === void 0) return { ...own, platforms, image: void 0, config: void 0 };
  const match = images.find((image) => samePlatform(image.platform, platform));
  if (match === void 0)
    throw platformMissing(familiarReference(reference), formatPlatform(platform), [...platforms.keys()]);
  const child = options.inspect ? await childManifest(client, location, match.descriptor.digest, trace) : void 0;
  return {
    digest: match.descriptor.digest,
    kind: "manifest",
    mediaType: match.descriptor.mediaType,
    size: match.descriptor.size,
    platforms,
    image: child,
    config: child === void 0 ? void 0 : await readConfig(client, location, child, trace)
  };
}
async function chooseSingle(client, location, reference, { platform }, own, trace) {
  const config = own.kind === "manifest" ? await readConfig(client, location, own.image, trace) : void 0;
  const name = config?.platform === void 0 ? void 0 : formatPlatform(config.platform);
  const platforms = new Map(name === void 0 ? [] : [[name, own.digest]]);
  if (platform !== void 0 && (config?.platform === void 0 || !samePlatform(config.platform, platform))) {
    throw platformMissing(familiarReference(reference), formatPlatform(platform), [...platforms.keys()]);
  }
  return { ...own, platforms, config };
}

// src/registry/resolve.ts
async function resolveReference({ client, timing, signal }, reference, options, trace) {
  const location = client.locate(reference);
  const look = () => lookUp(client, location, reference, options, trace);
  const found = await waitFor(look, options.wait, timing, signal).catch(
    (error) => explainRefusal(client, location, reference, error, trace)
  );
  if (found === void 0) {
    if (options.missingIsFine) return void 0;
    throw await explainMissing(client, location, reference, trace);
  }
  const resolution = "bytes" in found ? await readMore(client, location, reference, options, found, trace) : await readNothing(client, location, reference, options, found, trace);
  if (!isExpected(resolution.digest, options)) {
    throw await explainMismatch(client, location, reference, resolution, options.expect, trace);
  }
  return resolution;
}
function lookUp(client, location, reference, { platform, requirePlatforms, inspect, verify }, trace) {
  const identifier = reference.digest ?? reference.tag ?? "latest";
  const body = platform !== void 0 || requirePlatforms.length > 0 || inspect || verify;
  return body ? client.get(location, identifier, trace) : client.head(location, identifier, trace);
}
var WAITS = [500, 1e3, 2e3, 3e3, 5e3];
async function waitFor(look, wait, timing, signal) {
  const started = timing.now();
  for (let round = 0; ; round += 1) {
    const found = await look();
    const left = wait - (timing.now() - started);
    if (found !== void 0 || left <= 0) return found;
    await timing.sleep(Math.min(WAITS[Math.min(round, WAITS.length - 1)] ?? 0, left), signal);
  }
}
function isExpected(digest, { expect }) {
  return expect.length === 0 || expect.includes(digest);
}
async function readNothing(client, location, reference, options, head, trace) {
  const kind = isIndexType(head.mediaType) ? "index" : "manifest";
  const found = { head, kind, digest: head.digest, platforms: void 0 };
  const foundTags = await otherTags(client, location, reference, options, found, trace);
  return {
    digest: head.digest,
    indexDigest: head.digest,
    kind,
    mediaType: head.mediaType,
    size: head.size,
    platforms: void 0,
    imageId: void 0,
    inspection: void 0,
    ...foundTags === void 0 ? {} : { foundTags },
    notices: []
  };
}
async function otherTags(client, location, { tag, digest: asked }, options, { head, kind, digest, platforms }, trace) {
  if (options.findTags === void 0 || !isExpected(digest, options)) return void 0;
  const image = {
    digest: head.digest,
    kind,
    platforms,
    bytes: "bytes" in head ? head.bytes : void 0,
    tag: asked === void 0 ? tag : void 0,
    writtenTag: tag
  };
  return findTags(client, location, image, options.findTags, trace);
}
async function readMore(client, location, reference, options, found, trace) {
  const wantsPlatforms = options.platform !== void 0 || options.requirePlatforms.length > 0 || options.inspect;
  const chosen = await choose(client, location, reference, options, found, wantsPlatforms, trace);
  requireAll(reference, options.requirePlatforms, chosen.platforms ?? /* @__PURE__ */ new Map());
  const head = { head: found, kind: found.manifest.kind, digest: chosen.digest, platforms: chosen.platforms };
  const foundTags = await otherTags(client, location, reference, options, head, trace);
  const inspection = options.inspect ? await inspectImage(
    client,
    location,
    reference,
    {
      found,
      digest: chosen.digest,
      image: chosen.image,
      config: chosen.config,
      versionIsKnown: foundTags?.version !== void 0
    },
    trace
  ) : void 0;
  const moved = options.inspect || options.verify ? await compareWithTag(client, location, reference, trace) : void 0;
  const isOne = found.manifest.kind !== "index" || options.platform !== void 0;
  const config = isOne && options.inspect && chosen.kind === "manifest" ? chosen.image?.config : void 0;
  return {
    digest: chosen.digest,
    indexDigest: found.digest,
    kind: chosen.kind,
    mediaType: chosen.mediaType,
    size: chosen.size,
    platforms: chosen.platforms,
    imageId: config === void 0 ? void 0 : imageIdOf(config.digest),
    inspection,
    ...foundTags === void 0 ? {} : { foundTags },
    notices: moved === void 0 ? [] : [moved]
  };
}
function requireAll(reference, required, platforms) {
  const missing = required.map(formatPlatform).filter((name) => !platforms.has(name));
  if (missing.length > 0)
    throw platformMissing(familiarReference(reference), missing.join(", "), [...platforms.keys()]);
}
async function compareWithTag(client, location, reference, trace) {
  try {
    return await explainMove(client, location, reference, trace);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `${familiarReference(reference)}: whether the tag has moved cannot be told: ${error.message}`;
  }
}

// src/report/resolve-outputs.ts
var FREE_TEXT = /* @__PURE__ */ new Set([
  "version",
  "version-source",
  "revision",
  "source",
  "created",
  "image-labels",
  "image-annotations",
  "json"
]);
function imageOf(reference, resolution) {
  return `${nameOf(reference)}@${resolution.digest}`;
}
function pinnedOf(reference, { digest }) {
  return formatReference({ ...reference, digest });
}
function resolveOutputs(results) {
  return { ...scalarOutputs(results[0]), ...mapOutputs(results), json: resultsJson(results) };
}
var NOTHING = {
  digest: "",
  "digest-hex": "",
  name: "",
  tag: "",
  image: "",
  pinned: "",
  kind: "",
  "media-type": "",
  size: "",
  exists: "",
  "index-digest": "",
  platforms: "",
  "platform-digests": "",
  "image-id": "",
  version: "",
  "version-source": "",
  revision: "",
  source: "",
  created: "",
  "tags-same-digest": "",
  "image-labels": "",
  "image-annotations": ""
};
function scalarOutputs(first) {
  if (first === void 0 || first.outcome.status === "failed") return NOTHING;
  if (first.outcome.status === "missing") return { ...NOTHING, exists: "false" };
  const { resolution } = first.outcome;
  const { reference } = first.request;
  const { platforms, inspection, foundTags } = resolution;
  const { version, versionSource } = versionOf(resolution);
  return {
    digest: resolution.digest,
    "digest-hex": hexOf(resolution.digest),
    name: nameOf(reference),
    tag: reference.tag ?? "",
    image: imageOf(reference, resolution),
    pinned: pinnedOf(reference, resolution),
    kind: resolution.kind,
    "media-type": resolution.mediaType,
    size: String(resolution.size),
    exists: "true",
    "index-digest": resolution.indexDigest,
    platforms: platforms === void 0 ? "" : JSON.stringify([...platforms.keys()]),
    "platform-digests": platforms === void 0 ? "" : mapToJson(platforms),
    "image-id": resolution.imageId ?? "",
    version: printable(version),
    "version-source": versionSource,
    revision: printable(inspection?.revision ?? ""),
    source: printable(inspection?.source ?? ""),
    created: printable(inspection?.created ?? ""),
    "tags-same-digest": foundTags === void 0 ? "" : JSON.stringify(foundTags.tags),
    "image-labels": inspection === void 0 ? "" : mapToJson(inspection.labels),
    "image-annotations": inspection === void 0 ? "" : mapToJson(inspection.annotations)
  };
}
function versionOf({ foundTags, inspection }) {
  const evidence = foundTags?.version === void 0 ? inspection : foundTags;
  const { version, versionSource } = evidence ?? {};
  return version === void 0 ? { version: "", versionSource: "" } : { version, versionSource: versionSource ?? "" };
}
function resolvedImages(results) {
  return results.flatMap(
    ({ request, outcome }) => outcome.status === "resolved" ? [{ key: request.key, reference: request.reference, resolution: outcome.resolution }] : []
  );
}
function mapOutputs(results) {
  const resolved = resolvedImages(results);
  const include = resolved.map(({ key, reference, resolution }) => ({
    key,
    image: imageOf(reference, resolution),
    name: nameOf(reference),
    tag: reference.tag ?? "",
    digest: resolution.digest
  }));
  return {
    digests: mapToJson(new Map(resolved.map(({ key, resolution }) => [key, resolution.digest]))),
    images: mapToJson(new Map(resolved.map(({ key, reference, resolution }) => [key, imageOf(reference, resolution)]))),
    matrix: JSON.stringify({ include })
  };
}
function resultsJson(results, indent = 0) {
  return toJson({ schemaVersion: 1, images: results.map(entryOf) }, indent);
}
function entryOf({ request, outcome }) {
  const { key, reference } = request;
  const base = {
    key,
    reference: formatReference(reference),
    status: outcome.status,
    reason: reasonOf(outcome),
    name: nameOf(reference),
    tag: reference.tag ?? ""
  };
  if (outcome.status === "failed") return { ...base, code: outcome.error.code };
  if (outcome.status === "missing") return { ...base, code: "not-found", exists: false };
  const { resolution } = outcome;
  const { platforms, inspection, foundTags } = resolution;
  const hasVersion = inspection !== void 0 || foundTags !== void 0;
  return {
    ...base,
    exists: true,
    digest: resolution.digest,
    image: imageOf(reference, resolution),
    pinned: pinnedOf(reference, resolution),
    kind: resolution.kind,
    mediaType: resolution.mediaType,
    size: resolution.size,
    indexDigest: resolution.indexDigest,
    ...platforms === void 0 ? {} : { platforms: [...platforms].map(([platform, digest]) => ({ platform, digest })) },
    ...resolution.imageId === void 0 ? {} : { imageId: resolution.imageId },
    ...hasVersion ? versionOf(resolution) : {},
    ...inspection === void 0 ? {} : inspectionEntry(inspection),
    ...foundTags === void 0 ? {} : { tagsSameDigest: foundTags.tags }
  };
}
function reasonOf(outcome) {
  if (outcome.status === "failed") return outcome.error.message;
  if (outcome.status === "resolved") return "";
  return outcome.error?.message ?? "the registry has no such image";
}
function inspectionEntry(inspection) {
  return {
    revision: inspection.revision ?? "",
    source: inspection.source ?? "",
    created: inspection.created ?? ""
  };
}

// src/report/resolve-text.ts
var KINDS = /* @__PURE__ */ new Map([
  [OCI_INDEX, "OCI image index"],
  [OCI_MANIFEST, "OCI image manifest"],
  [DOCKER_LIST, "Docker manifest list"],
  [DOCKER_MANIFEST, "Docker image manifest"]
]);
var KIND_NAMES = {
  index: "index",
  manifest: "manifest",
  artifact: "artifact"
};
function kindText({ kind, mediaType }) {
  if (kind === "artifact") return `artifact (${mediaType})`;
  return KINDS.get(mediaType) ?? `${KIND_NAMES[kind]} (${mediaType})`;
}
function logOf({ request, outcome }) {
  if (outcome.status === "failed") return [fact("failed", outcome.error.message), how(outcome.how)];
  if (outcome.status === "missing") {
    return [fact("missing", outcome.error?.message ?? "the registry has no such image"), how(outcome.how)];
  }
  const { resolution } = outcome;
  const { platforms, inspection, foundTags } = resolution;
  return [
    fact("digest", resolution.digest),
    fact("kind", kindText(resolution)),
    ...resolution.indexDigest === resolution.digest ? [] : [fact("index", resolution.indexDigest)],
    ...platforms === void 0 || platforms.size === 0 ? [] : [fact("platforms", [...platforms.keys()].join(", "))],
    ...resolution.imageId === void 0 ? [] : [fact("image ID", resolution.imageId)],
    ...versionLines(resolution),
    ...inspection === void 0 ? [] : inspectionLines(inspection),
    ...foundTags?.failure === void 0 ? [] : [fact("find-tags", `ended early: ${foundTags.failure}`)],
    ...resolution.notices.map((notice) => fact("notice", notice)),
    ...request.reference.digest === void 0 || request.reference.tag === void 0 ? [] : [fact("asked", "by digest; the tag is kept")],
    how(outcome.how)
  ];
}
var TAGS_SHOWN = 8;
function versionLines({ foundTags, inspection }) {
  if (foundTags?.version !== void 0) {
    const { version, versionSource = "", tags } = foundTags;
    const evidence = versionSource.startsWith("same platform images") ? versionSource : sameDigest(tags, versionSource);
    return [fact("version", `${version} (${evidence}; ${requestsText(foundTags.requests)})`)];
  }
  const others = foundTags === void 0 || foundTags.tags.length === 0 ? [] : [fact("tags", shown(foundTags.tags))];
  if (inspection?.version !== void 0) {
    const { version, versionSource } = inspection;
    return [...others, fact("version", versionSource === void 0 ? version : `${version} (${versionSource})`)];
  }
  const looked = foundTags === void 0 ? void 0 : `${foundTags.versionMissing ?? ""}; ${requestsText(foundTags.requests)}`;
  const reasons = [looked, inspection?.versionMissing].filter((reason) => reason !== void 0);
  return reasons.length === 0 ? others : [...others, fact("version", `not known: ${reasons.join("; ")}`)];
}
function sameDigest(tags, versionSource) {
  if (tags.length === 0) return versionSource;
  const same = `same digest as ${shown(tags)}`;
  return versionSource.startsWith("same digest") ? same : `${versionSource}; ${same}`;
}
function shown(tags) {
  const more = tags.length - TAGS_SHOWN;
  return tags.slice(0, TAGS_SHOWN).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
function inspectionLines(inspection) {
  const { revision, source, created, labelsOf, remarks } = inspection;
  return [
    ...revision === void 0 ? [] : [fact("revision", revision)],
    ...source === void 0 ? [] : [fact("source", source)],
    ...created === void 0 ? [] : [fact("created", created)],
    ...labelsOf === void 0 ? [] : [fact("labels", `of ${labelsOf}`)],
    ...remarks.map((remark) => fact("note", remark))
  ];
}
function fact(name, value) {
  return `  ${name.padEnd(9)} ${value}`;
}
function how({ requests, milliseconds, credential }) {
  const count = requestsText(requests);
  const signedIn = credential === void 0 || credential === "anonymous" ? "anonymous" : `credential: ${credential}`;
  return fact("how", `${count}, ${Math.round(milliseconds)} ms, ${signedIn}`);
}
function requestsText(requests) {
  return `${requests} request${requests === 1 ? "" : "s"}`;
}
var COMMANDS = 20;
function summaryOf(results) {
  const rows = results.map(({ request, outcome }) => {
    const name = cell(familiarReference(request.reference));
    if (outcome.status !== "resolved") {
      const error = outcome.error;
      return [
        name,
        outcome.status === "failed" ? "failed" : "does not exist",
        error === void 0 ? "" : prose(error.code),
        ""
      ];
    }
    const { resolution } = outcome;
    return [name, codeSpan(resolution.digest), kindCell(resolution), cell(versionOf(resolution).version)];
  });
  const hasVersion = rows.some((row) => row[3] !== "");
  const columns = hasVersion ? 4 : 3;
  const title = results.length === 1 ? "Image digest" : "Image digests";
  const parts = [
    heading(3, title),
    table(
      ["Image", "Digest", "Kind", "Version"].slice(0, columns),
      rows.map((row) => row.slice(0, columns))
    ),
    ...failuresOf(results),
    ...commandsOf(results)
  ];
  return `${parts.join("\n\n")}
`;
}
function kindCell({ kind, platforms }) {
  if (platforms === void 0 || platforms.size === 0) return KIND_NAMES[kind];
  return cell([...platforms.keys()].join(", "));
}
function failuresOf(results) {
  return results.flatMap(({ request, outcome }) => {
    if (outcome.status === "resolved" || outcome.error === void 0) return [];
    return [`${codeSpan(familiarReference(request.reference))}: ${prose(sentencesOf(outcome.error))}`];
  });
}
function commandsOf(results) {
  const resolved = resolvedImages(results).slice(0, COMMANDS);
  if (resolved.length === 0) return [];
  const pull = resolved.map(({ reference, resolution }) => `docker pull ${imageOf(reference, resolution)}`);
  const verify = resolved.map(({ reference, resolution }) => verifyCommand(reference, imageOf(reference, resolution)));
  const pinned = resolved.map(({ reference, resolution }) => pinnedOf(reference, resolution));
  return [
    details("Pull", codeBlock(pull, "sh")),
    details("Verify", codeBlock(verify, "sh")),
    details("Pinned references", codeBlock(pinned))
  ];
}
function verifyCommand({ registry, repository }, image) {
  if (registry.toLowerCase() !== "ghcr.io") return `docker buildx imagetools inspect ${image}`;
  return `gh attestation verify oci://${image} --owner ${repository.slice(0, repository.indexOf("/"))}`;
}
function fileContents(path, results, json) {
  const lower = path.toLowerCase();
  const resolved = resolvedImages(results);
  if (lower.endsWith(".json")) return `${json}
`;
  if (lower.endsWith(".env")) {
    return resolved.map(({ key, reference, resolution }) => envLines(key, imageOf(reference, resolution), resolution.digest)).join("");
  }
  if (lower.endsWith(".md")) {
    const rows = resolved.map(({ reference, resolution }) => [
      cell(familiarReference(reference)),
      codeSpan(resolution.digest)
    ]);
    return `${table(["Image", "Digest"], rows)}
`;
  }
  const entries = resolved.map(
    ({ key, reference, resolution }) => `  ${JSON.stringify(key)}:
` + [
      ["name", nameOf(reference)],
      ["tag", reference.tag ?? ""],
      ["digest", resolution.digest],
      ["image", imageOf(reference, resolution)]
    ].map(([name, value]) => `    ${name ?? ""}: ${JSON.stringify(value)}
`).join("")
  );
  return entries.length === 0 ? "images: {}\n" : `images:
${entries.join("")}`;
}
function envLines(key, image, digest) {
  const name = key.toUpperCase().replaceAll(/[^A-Z0-9_]/g, "_");
  const safe = /^[0-9]/.test(name) ? `_${name}` : name;
  return `${safe}_IMAGE=${image}
${safe}_DIGEST=${digest}
`;
}

// src/actions/progress.ts
var EVERY = 5e3;
var EVERY_IN_TERMINAL = 100;
function startProgress(total) {
  let count = 0;
  let last = "";
  const tell = () => progress(`${count} of ${total} images resolved${last === "" ? "" : `, last ${last}`}`);
  const timer = setInterval(tell, process.stdout.isTTY ? EVERY_IN_TERMINAL : EVERY);
  timer.unref();
  return {
    done: (name) => {
      count += 1;
      last = name;
    },
    end: () => {
      clearInterval(timer);
      endProgress();
    }
  };
}

// src/ports/temporary.ts
import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
async function writeTemporaryFiles(temp, files) {
  const folder = await mkdtemp(join(temp, "image-digest-"));
  const written = [...files].map(async ([name, text]) => {
    const path = join(folder, name);
    await writeFile(path, text, { flag: "wx" });
    return [name, path];
  });
  return new Map(await Promise.all(written));
}

// src/core/source-policy.ts
function sourcePolicy(images) {
  const rules = /* @__PURE__ */ new Map();
  for (const { reference, digest } of images) {
    if (reference.tag === void 0) continue;
    const identifier = `docker-image://${nameOf(reference)}:${reference.tag}`;
    if (rules.has(identifier)) continue;
    rules.set(identifier, {
      action: "CONVERT",
      selector: { identifier },
      updates: { identifier: `${identifier}@${digest}` }
    });
  }
  return { rules: [...rules.values()] };
}

// src/report/hand-over.ts
var BASE_KEY = "base";
function handOver(results, facts) {
  const images = resolvedImages(results).map(({ key, reference, resolution }) => ({
    key,
    reference,
    digest: resolution.digest
  }));
  const { labels: ofBase, why } = labelsOfBase(results);
  const labels = mergeLabels(ofBase, facts.build, facts.extra);
  if (images.length === 0 && labels.size === 0) return void 0;
  return {
    outputs: {
      labels: labelLines(labels).join("\n"),
      annotations: annotationsOf(labels).map(listLine).join("\n"),
      "build-contexts": pairs(buildContexts(images)),
      "build-args": pairs(buildArgs(images))
    },
    bakeFile: bakeFile(labels, images, facts.bakeTarget),
    sourcePolicy: `${JSON.stringify(sourcePolicy(images), void 0, 2)}
`,
    noBase: why
  };
}
function labelsOfBase(results) {
  const named = results.find(({ request }) => request.key === BASE_KEY);
  const base = named ?? (results.length === 1 ? results[0] : void 0);
  if (base === void 0) {
    return { labels: /* @__PURE__ */ new Map(), why: `none of the ${results.length} images has the key ${BASE_KEY}` };
  }
  if (base.outcome.status !== "resolved") return { labels: /* @__PURE__ */ new Map() };
  return { labels: baseLabels(base.request.reference, base.outcome.resolution.indexDigest) };
}
function pairs(map) {
  return [...map].map(([name, value]) => listLine(`${name}=${value}`)).join("\n");
}
function bakeFile(labels, images, target) {
  const members = /* @__PURE__ */ new Map([
    ["labels", bakeMap(labels)],
    ["annotations", annotationsOf(labels).map(bakeText)],
    ["contexts", bakeMap(buildContexts(images))]
  ]);
  const compact = mapToJson(/* @__PURE__ */ new Map([["target", /* @__PURE__ */ new Map([[target, members]])]]));
  return `${compact}
`;
}
function bakeMap(map) {
  return new Map([...map].map(([name, value]) => [bakeText(name), bakeText(value)]));
}
function bakeText(text) {
  return text.replaceAll(/[$%](?=\{)/g, "$&$&");
}

// src/actions/resolve/hand-over.ts
var BAKE_FILE = "docker-bake.json";
var SOURCE_POLICY = "source-policy.json";
var NOTHING2 = {
  labels: "",
  annotations: "",
  "build-contexts": "",
  "build-args": "",
  "bake-file": "",
  "source-policy": ""
};
async function handOverOutputs(results, { labels, bakeTarget }, build) {
  const handed = handOver(results, { build, extra: labels, bakeTarget });
  if (handed === void 0) return NOTHING2;
  const { noBase, outputs } = handed;
  if (noBase !== void 0) line(`labels: none of a base image, as ${noBase}`);
  return { ...outputs, ...await writeFiles(handed) };
}
async function writeFiles(handed) {
  const temp = environment("RUNNER_TEMP");
  if (temp === void 0) return { "bake-file": "", "source-policy": "" };
  const files = /* @__PURE__ */ new Map([
    [BAKE_FILE, handed.bakeFile],
    [SOURCE_POLICY, handed.sourcePolicy]
  ]);
  try {
    const paths = await writeTemporaryFiles(temp, files);
    return { "bake-file": paths.get(BAKE_FILE) ?? "", "source-policy": paths.get(SOURCE_POLICY) ?? "" };
  } catch (error) {
    warnOnce(`bake-file and source-policy are not written: ${Error.isError(error) ? error.message : String(error)}`);
    return { "bake-file": "", "source-policy": "" };
  }
}

// src/actions/resolve/main.ts
async function resolve(run) {
  keepHeapSmall();
  const form = new Form(readInput);
  const inputs = readResolve(form);
  const extraCa = await readExtraCa(form, inputs);
  await checkWrites(form, inputs);
  form.finish();
  run.endAfter(inputs.timeout);
  const { client, transport } = openRegistries(inputs, extraCa, run.signal);
  try {
    const [results, build] = await Promise.all([resolveAll(client, inputs, run.signal), buildLabelsOf(inputs)]);
    if (run.signal.reason instanceof Cancelled) throw run.signal.reason;
    return await report(results, inputs, build);
  } finally {
    await transport.close();
  }
}
async function checkWrites(form, { write }) {
  for (const path of write) {
    try {
      await checkWritablePath(path, writableFolders());
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      form.problem("write", error);
    }
  }
}
function writableFolders() {
  const temp = environment("RUNNER_TEMP");
  return { workspace: workspaceFolder(), ...temp === void 0 ? {} : { temp } };
}
async function resolveAll(client, inputs, signal) {
  const { images } = inputs;
  client.announce(images.map(({ reference }) => reference));
  const progress2 = startProgress(images.length);
  const lookUps = /* @__PURE__ */ new Map();
  const one = async (request) => {
    const options = optionsFor(request, inputs);
    const same = sameLookUp(request, options);
    const outcome = lookUps.get(same) ?? resolveOne(client, request, options, signal);
    lookUps.set(same, outcome);
    const result = { request, outcome: await outcome };
    progress2.done(familiarReference(request.reference));
    return result;
  };
  try {
    return await mapInOrder(images, UNDER_WAY, one);
  } finally {
    progress2.end();
  }
}
var UNDER_WAY = 2 * LIMITS.inFlight;
async function mapInOrder(entries, most, work) {
  const results = /* @__PURE__ */ new Map();
  const queue = entries.entries();
  const worker = async () => {
    for (const [index, entry] of queue) results.set(index, await work(entry));
  };
  await Promise.all(Array.from({ length: Math.min(most, entries.length) }, worker));
  return [...results].toSorted(([one], [other]) => one - other).map(([, result]) => result);
}
async function buildLabelsOf({ buildLabels }) {
  return buildLabels ? (await import("./part-actions-resolve-build.js")).labelsOfRun() : /* @__PURE__ */ new Map();
}
function optionsFor({ key }, inputs) {
  return {
    requirePlatforms: inputs.requirePlatforms,
    expect: inputs.expect.get(key) ?? [],
    inspect: inputs.inspect,
    verify: inputs.verify,
    wait: inputs.wait,
    missingIsFine: inputs.missingIsFine,
    ...inputs.platform === void 0 ? {} : { platform: inputs.platform },
    ...inputs.findTags === void 0 ? {} : { findTags: inputs.findTags }
  };
}
function sameLookUp({ reference }, { expect }) {
  const registry = canonicalRegistry(reference.registry);
  return [formatReference({ ...reference, registry }), ...expect].join(" ");
}
async function resolveOne(client, { reference }, options, signal) {
  const trace = startTrace();
  const started = TIMING.now();
  const how2 = () => ({ ...trace, milliseconds: TIMING.now() - started });
  try {
    const resolution = await resolveReference({ client, timing: TIMING, signal }, reference, options, trace);
    if (resolution === void 0) return { status: "missing", error: void 0, how: how2() };
    return { status: "resolved", resolution, how: how2() };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const shown2 = new UserError(error.code, withoutSecrets(error.message), withoutSecrets(error.hint), {
      cause: error
    });
    if (error.code === "not-found") return { status: "missing", error: shown2, how: how2() };
    return { status: "failed", error: shown2, how: how2() };
  }
}
function outputsOf(results) {
  const outputs = Object.entries(resolveOutputs(results));
  return Object.fromEntries(
    outputs.map(([name, value]) => [name, FREE_TEXT.has(name) ? withoutSecrets(value) : value])
  );
}
async function report(results, inputs, build) {
  for (const result of results) group(familiarReference(result.request.reference), logOf(result));
  const failures = results.flatMap(
    ({ outcome }) => outcome.status !== "resolved" && outcome.error !== void 0 ? [outcome.error] : []
  );
  const notices = results.flatMap(({ outcome }) => outcome.status === "resolved" ? outcome.resolution.notices : []);
  annotateAll(
    "notice",
    notices.map((message) => ({ title: "moved", message }))
  );
  setOutputs({ ...outputsOf(results), ...await handOverOutputs(results, inputs, build) });
  if (failures.length === 0) failures.push(...await writeFiles2(results, inputs.write));
  else if (inputs.write.length > 0) line(`Not written, because an image failed: ${inputs.write.join(", ")}`);
  if (inputs.showSummary) await writeSummary(summaryOf(results));
  annotateAll(
    "error",
    distinct(failures).map((error) => ({ title: error.code, message: wordsOf(error) }))
  );
  return failures.length === 0;
}
function distinct(errors) {
  return [...new Map(errors.map((error) => [`${error.code} ${error.message}`, error])).values()];
}
async function writeFiles2(results, paths) {
  const failures = [];
  for (const path of paths) {
    const contents = fileContents(path, results, withoutSecrets(resultsJson(results, 2)));
    try {
      line(`${path}: ${await writeWorkspaceFile(path, contents, writableFolders())}`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failures.push(error);
    }
  }
  return failures;
}
export {
  resolve
};
