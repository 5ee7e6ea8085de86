import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  hostnameOf,
  isAttestation,
  isIndexType,
  isPlatformImage,
  listPlatforms,
  parseConfig,
  refusalOfLoad,
  rowOf,
  statedVersion
} from "./part-registry-authorizer.js";
import {
  familiarNameOf,
  familiarReference,
  isTag,
  matchesDigest,
  readDigest
} from "./part-core-reference-problem.js";
import {
  LIMITS
} from "./part-core-limits.js";
import {
  UserError,
  isObject,
  listProperty,
  parseJson,
  property,
  textProperty
} from "./part-core-json.js";

// src/registry/link.ts
function nextLink(headers) {
  for (const header of headers) {
    if (header.length > LIMITS.headerCharacters) continue;
    const next = parseLinks(header).find(({ target, relations }) => target !== "" && relations.includes("next"));
    if (next !== void 0) return next.target;
  }
  return void 0;
}
function parseLinks(text) {
  const links = [];
  let at = 0;
  while ((at = skip(text, at, " 	,")) < text.length) {
    const target = readTarget(text, at);
    const parameters = readParameters(text, target.end);
    links.push({ target: target.value, relations: parameters.relations });
    at = parameters.end;
  }
  return links;
}
function readTarget(text, start) {
  if (text[start] !== "<") return readWord(text, start, ",;");
  const close = text.indexOf(">", start);
  if (close < 0) return { value: "", end: text.length };
  return { value: text.slice(start + 1, close).trim(), end: close + 1 };
}
function readParameters(text, start) {
  let relations;
  let at = skip(text, start, " 	;");
  while (at < text.length && text[at] !== ",") {
    const name = readWord(text, at, ",;=");
    at = skip(text, name.end, " 	");
    if (text[at] === "=") {
      const value = readValue(text, skip(text, at + 1, " 	"));
      if (name.value.toLowerCase() === "rel") relations ??= value.value.toLowerCase().split(/\s+/);
      at = value.end;
    }
    at = skip(text, at, " 	;");
  }
  return { relations: relations ?? [], end: at };
}
function readValue(text, start) {
  if (text[start] !== '"') return readWord(text, start, ",;");
  const close = text.indexOf('"', start + 1);
  return close < 0 ? { value: text.slice(start + 1), end: text.length } : { value: text.slice(start + 1, close), end: close + 1 };
}
function readWord(text, start, stops) {
  let end = start;
  while (end < text.length && !` 	${stops}`.includes(text.charAt(end))) end += 1;
  return { value: text.slice(start, end), end };
}
function skip(text, from, characters) {
  let at = from;
  while (at < text.length && characters.includes(text.charAt(at))) at += 1;
  return at;
}
function resolveNext(link, finalUrl, repository) {
  const url = URL.parse(link, finalUrl.href);
  if (url === null || url.username !== "" || url.password !== "") return void 0;
  if (url.origin !== finalUrl.origin && !isSameHostInPlain(url, finalUrl)) return void 0;
  const path = keepsRepository(url.pathname, finalUrl.pathname, repository) ? url.pathname : finalUrl.pathname;
  return new URL(path + url.search, finalUrl.origin);
}
function isSameHostInPlain(url, page) {
  const isDowngrade = url.protocol === "http:" && page.protocol === "https:";
  return isDowngrade && url.hostname === page.hostname && (url.port === page.port || url.port === "");
}
function keepsRepository(path, pagePath, repository) {
  if (path === pagePath) return true;
  const at = pagePath.lastIndexOf(`/${repository}/`);
  return at < 0 ? path.includes(`/${repository}/`) : path.endsWith(pagePath.slice(at));
}

// src/registry/tag-list.ts
var PAGE_SIZE = 1e3;
var TOO_BIG = /* @__PURE__ */ new Set([400, 405, 413]);
var EMPTY_PAGES = 3;
async function listTags(client, location, trace, options = {}) {
  const { repository } = location;
  const size = rowOf(location.registry)?.pageSize ?? PAGE_SIZE;
  const bare = `${repository}/tags/list`;
  let answer = await ask(client, location, `${bare}?n=${size}`, trace);
  if (TOO_BIG.has(answer.response.status)) answer = await ask(client, location, bare, trace);
  const list = new PageReader();
  for (let page = 1; ; page += 1) {
    const { status } = answer.response;
    if (status === 404 && page === 1) return void 0;
    if (status === 401 || status === 403) throw client.session.unauthorized(location, answer);
    if (status !== 200) throw refusalOfLoad(answer.response, location.registry, client.timing.wallClock());
    const next = list.read(answer, repository);
    if (next === void 0) return list.result();
    if (page >= (options.pages ?? LIMITS.tagsPages)) return { ...list.result(), complete: false };
    answer = await ask(client, location, next, trace);
    if (answer.response.status === 404) return { ...list.result(), complete: false };
  }
}
function ask(client, location, path, trace) {
  const headers = { accept: "application/json" };
  const question = { method: "GET", path, headers, maxBytes: LIMITS.tagsPageBytes, what: "list of tags" };
  return client.session.ask(location, question, trace);
}
var PageReader = class {
  #tags = /* @__PURE__ */ new Set();
  #tagsOf = /* @__PURE__ */ new Map();
  #seen = /* @__PURE__ */ new Set();
  #complete = true;
  #emptyPages = 0;
  /** @returns the address of the next page, undefined at the end */
  read({ response, url }, repository) {
    const body = parseJson(response.body);
    const before = this.#tags.size;
    for (const tag of listProperty(body, "tags")) if (typeof tag === "string" && isTag(tag)) this.#tags.add(tag);
    this.#readManifests(property(body, "manifest"));
    this.#seen.add(url.href);
    this.#emptyPages = this.#tags.size === before ? this.#emptyPages + 1 : 0;
    const link = nextLink(response.header("link"));
    if (link === void 0) return void 0;
    const next = resolveNext(link, url, repository);
    const isCircle = next === void 0 || this.#seen.has(next.href) || this.#emptyPages >= EMPTY_PAGES;
    if (!isCircle && this.#tags.size < LIMITS.tags) return next;
    this.#complete = false;
    return void 0;
  }
  result() {
    const tagsOf = this.#tagsOf.size === 0 ? void 0 : this.#tagsOf;
    return { tags: [...this.#tags].slice(0, LIMITS.tags), complete: this.#complete, tagsOf };
  }
  #readManifests(manifests) {
    if (!isObject(manifests)) return;
    for (const [name, entry] of Object.entries(manifests)) {
      const digest = readDigest(name);
      const tags = listProperty(entry, "tag").filter((tag) => typeof tag === "string" && isTag(tag));
      if (digest !== void 0) this.#tagsOf.set(digest, tags);
    }
  }
};

// src/registry/diagnose.ts
async function explainMissing(client, location, reference, trace) {
  const { digest } = reference;
  if (digest !== void 0) {
    const wrongKind = await explainDigest(client, location, reference, digest, trace).catch(() => void 0);
    if (wrongKind !== void 0) return wrongKind;
  }
  const list = await listTags(client, location, trace, { pages: PAGES }).catch(() => "not told");
  const name = familiarReference(reference);
  const asked = `${hostnameOf(location.registry) === "" ? "" : location.registry} answered 404`;
  if (list === "not told") {
    return new UserError(
      "not-found",
      `${name} was not found: ${asked}; whether the repository exists cannot be told`,
      `Check the spelling.${waitHint(reference)}`
    );
  }
  if (list === void 0) {
    return new UserError(
      "not-found",
      `${name} was not found: ${location.registry} has no repository ${location.repository}`,
      `Check the spelling of the repository, and that the job that pushes it has run.${waitHint(reference)}`
    );
  }
  const nearest = reference.tag === void 0 ? [] : nearestTags(reference.tag, list.tags);
  const shown = nearest.length === 0 ? "" : ` The nearest tags are ${nearest.join(", ")}.`;
  return new UserError(
    "not-found",
    `${name} was not found: the repository exists and has no such ${digest === void 0 ? "tag" : "digest"} (${asked}).${shown}`,
    digest === void 0 ? `Use a tag that exists.${waitHint(reference)}` : "The digest may have been deleted: registries drop manifests that no tag holds. Resolve the tag again"
  );
}
async function explainRefusal(client, location, reference, error, trace) {
  if (!(error instanceof UserError) || error.code !== "cannot-tell" || reference.digest === void 0) throw error;
  throw await explainDigest(client, location, reference, reference.digest, trace).catch(() => void 0) ?? error;
}
function waitHint({ tag }) {
  if (tag === void 0 || !/^(?:sha-|git-)?[a-f0-9]{7,40}$/.test(tag)) return "";
  return " The tag looks like a commit: let this job wait for the one that pushes it (needs:), or set wait: 60 where it is resolved.";
}
async function explainDigest(client, location, reference, digest, trace) {
  const size = await client.blobSize(location, digest, trace);
  if (size === void 0) return void 0;
  const name = familiarNameOf(reference);
  const { tag } = reference;
  const right = tag === void 0 ? void 0 : await client.head(location, tag, trace).catch(() => void 0);
  const hint = right === void 0 ? `Resolve the tag instead: the image ID of docker inspect --format '{{.Id}}' cannot be used to pull` : `Write ${name}:${tag ?? ""}@${right.digest}`;
  const isConfig = size <= LIMITS.configBytes && await looksLikeConfig(client, location, digest, trace);
  if (!isConfig) {
    return new UserError("not-found", `${name}@${digest} is the digest of a layer, not of a manifest`, hint);
  }
  return new UserError("image-id", `${name}@${digest}: this is an image ID, not a manifest digest`, hint);
}
async function looksLikeConfig(client, location, digest, trace) {
  const bytes = await client.blob(location, digest, trace);
  if (bytes === void 0) return false;
  const body = parseJson(bytes);
  return isObject(body) && ("rootfs" in body || "architecture" in body || parseConfig(bytes).platform !== void 0);
}
var NEAREST = 3;
var COMPARED = 2e3;
var PAGES = 2;
function nearestTags(tag, tags) {
  return tags.slice(0, COMPARED).map((other) => ({ other, distance: editDistance(tag, other) })).toSorted((one, two) => one.distance - two.distance).slice(0, NEAREST).map(({ other }) => other);
}
function editDistance(one, two) {
  let row = Array.from({ length: two.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= two.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (one[i - 1] === two[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[two.length] ?? 0;
}
async function explainMismatch(client, location, reference, resolution, expected, trace) {
  const known = await Promise.all(
    expected.map(
      (digest) => kindOfExpected(client, location, reference, resolution, digest, trace).catch(() => void 0)
    )
  );
  const explained = known.find((error) => error !== void 0);
  if (explained !== void 0) return explained;
  const before = await versionBefore(client, location, reference, resolution, expected[0], trace);
  const now = resolution.inspection?.version;
  return new UserError(
    "moved",
    `${familiarReference(reference)} is ${resolution.digest}${inBrackets(now)} now, not the expected ${expected.join(" or ")}${inBrackets(before)}`,
    "The tag was moved since. Look at what changed, then expect the new digest, or use the old one by digest"
  );
}
function inBrackets(version) {
  return version === void 0 ? "" : ` (version ${version})`;
}
async function versionBefore(client, location, reference, { inspection }, expected, trace) {
  if (inspection === void 0 || expected === void 0) return void 0;
  return statedVersion(client, location, { ...reference, digest: expected }, trace).catch(() => void 0);
}
async function kindOfExpected(client, location, reference, { digest, indexDigest, kind }, expected, trace) {
  const name = familiarReference(reference);
  if (expected === indexDigest) {
    return new UserError(
      "platform-digest",
      `the expected ${expected} is the index digest of ${name}; with platform, digest is the manifest of that platform: ${digest}`,
      "Expect the digest of the platform, or leave out platform"
    );
  }
  const fetched = await client.get(location, indexDigest, trace);
  if (fetched === void 0) return void 0;
  const { manifest } = fetched;
  if (manifest.kind === "index") {
    const child = await kindOfChild(client, location, name, indexDigest, manifest, expected, trace);
    if (child !== void 0) return child;
  } else if (manifest.config?.digest === expected) {
    return imageIdExpected(name, expected, digest);
  }
  if (kind === "artifact") return void 0;
  const size = await client.blobSize(location, expected, trace);
  if (size === void 0 || size > LIMITS.configBytes) return void 0;
  return await looksLikeConfig(client, location, expected, trace) ? imageIdExpected(name, expected, digest) : void 0;
}
function imageIdExpected(name, expected, digest) {
  return new UserError(
    "image-id",
    `the expected ${expected}: this is an image ID, not a manifest digest; the digest of ${name} is ${digest}`,
    `Expect ${digest}`
  );
}
async function kindOfChild(client, location, name, indexDigest, index, expected, trace) {
  const entry = index.manifests.find(({ digest }) => digest === expected);
  if (entry !== void 0 && isAttestation(entry)) {
    const subject = readDigest(entry.annotations.get("vnd.docker.reference.digest") ?? "");
    return new UserError(
      "attestation-digest",
      `the expected ${expected} is an attestation inside ${name}${subject === void 0 ? "" : ` (of ${subject})`}, not an image; the index digest is ${indexDigest}`,
      `Expect ${indexDigest}`
    );
  }
  const images = await listPlatforms(client, location, index, trace);
  const image = images.find(({ descriptor }) => descriptor.digest === expected);
  if (image === void 0) return void 0;
  return new UserError(
    "platform-digest",
    `the expected ${expected} is the manifest of ${image.name} inside ${name}; the index digest is ${indexDigest}`,
    `Expect ${indexDigest}; the manifest of one platform is what resolve gives with platform: ${image.name}`
  );
}
async function explainMove(client, location, reference, trace) {
  const { tag, digest } = reference;
  if (tag === void 0 || digest === void 0) return void 0;
  const name = `${familiarNameOf(reference)}:${tag}`;
  const now = await client.head(location, tag, trace);
  if (now === void 0) return `${name} is gone; ${digest} is still there`;
  if (now.digest === digest) return void 0;
  const index = await client.get(location, now.digest, trace);
  const images = index?.manifest.kind === "index" ? await listPlatforms(client, location, index.manifest, trace) : [];
  const image = images.find(({ descriptor }) => descriptor.digest === digest);
  if (image !== void 0)
    return `${digest} is the manifest of ${image.name} inside ${name}, whose index digest is ${now.digest}`;
  return `${name} has moved: it is ${now.digest} now, not ${digest}`;
}

// src/core/semver.ts
var MAX_LENGTH = 256;
var NUMBER = /^(?:0|[1-9][0-9]*)$/;
var DIGITS = /^[0-9]+$/;
var WORD = /^[0-9A-Za-z-]+$/;
function parseSemver(text) {
  if (text.length > MAX_LENGTH) return void 0;
  const [rest, build] = cut(text.startsWith("v") ? text.slice(1) : text, "+");
  const [core, prerelease] = cut(rest, "-");
  const [major = "", minor = "", patch = "", ...more] = core.split(".");
  const identifiers = prerelease?.split(".") ?? [];
  const words = build?.split(".") ?? [];
  if (more.length > 0 || ![major, minor, patch].every((number) => NUMBER.test(number))) return void 0;
  if (!identifiers.every(isIdentifier) || !words.every((word) => WORD.test(word))) return void 0;
  return { major, minor, patch, prerelease: identifiers, build: words };
}
function cut(text, separator) {
  const at = text.indexOf(separator);
  return at < 0 ? [text, void 0] : [text.slice(0, at), text.slice(at + 1)];
}
function isIdentifier(text) {
  return WORD.test(text) && (!DIGITS.test(text) || NUMBER.test(text));
}
function compareSemver(one, other) {
  return compareNumbers([one.major, one.minor, one.patch], [other.major, other.minor, other.patch]) || comparePrereleases(one.prerelease, other.prerelease);
}
function isPrerelease(version) {
  return version.prerelease.length > 0;
}
function compareNumbers(one, other) {
  const length = Math.max(one.length, other.length);
  for (let index = 0; index < length; index += 1) {
    const difference = compareDigits(one[index] ?? "0", other[index] ?? "0");
    if (difference !== 0) return difference;
  }
  return 0;
}
function compareDigits(one, other) {
  const [left, right] = [one.replace(/^0+/, ""), other.replace(/^0+/, "")];
  return left.length - right.length || compareText(left, right);
}
function comparePrereleases(one, other) {
  if (one.length === 0 || other.length === 0) return other.length - one.length;
  const shared = Math.min(one.length, other.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = compareIdentifiers(one[index] ?? "", other[index] ?? "");
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}
function compareIdentifiers(one, other) {
  const [oneIsNumber, otherIsNumber] = [DIGITS.test(one), DIGITS.test(other)];
  if (oneIsNumber && otherIsNumber) return compareDigits(one, other);
  if (oneIsNumber !== otherIsNumber) return oneIsNumber ? -1 : 1;
  return compareText(one, other);
}
function compareText(one, other) {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

// src/core/version-tag.ts
var PLAIN_PREFIXES = /* @__PURE__ */ new Set(["v", "version", "ver", "release", "rel", "r"]);
var PLAIN_SUFFIXES = /* @__PURE__ */ new Set(["final", "release", "ga", "stable"]);
var FLOATING_NAMES = new Set(
  "latest stable edge nightly main master trunk head dev devel develop development lts current mainline testing test unstable canary next beta alpha rc pre preview snapshot rolling daily weekly monthly insiders experimental default prod production staging oldstable pr mr branch build run ci sha git commit".split(" ")
);
var PRERELEASE = /^(?:(?:alpha|beta|rc|cr|pre|preview|dev|snapshot|nightly|canary|next|milestone|ea|insiders|experimental|unstable)(?:[.\d].*)?|m\d+)$/;
var ATTACHED_PRERELEASE = /^[ab]\d+$/;
var REVISION = /^(?:r|p|u|rev|build|b|sp|patch)?(\d+(?:\.\d+)*)$/;
var HEAD = /^((?:[A-Za-z]+[-_.])*)[vV]?(\d{4}-\d\d-\d\d(?:T\d\d-\d\d-\d\dZ)?(?![\d.])|\d+(?:\.\d+)*)/;
var DAY = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?$/;
function readVersionTag(tag) {
  if (!isTag(tag) || isDigestTag(tag) || isCommitTag(tag)) return void 0;
  const head = HEAD.exec(tag);
  if (head === null) return void 0;
  const [whole, words = "", version = ""] = head;
  const prefix = wordsOf(words).filter((word) => !PLAIN_PREFIXES.has(word));
  const numbers = numbersOf(version);
  const scheme = DAY.test(numbers[0] ?? "") || version.includes("-") ? "date" : "version";
  const isBuild = prefix.some((word) => FLOATING_NAMES.has(word)) || numbers.length < 2;
  if (prefix.length > 0 && scheme === "version" && isBuild) return void 0;
  const { flavour, ...rest } = readSuffix(tag.slice(whole.length));
  return { tag, scheme, numbers, ...rest, flavour: [...prefix, ...flavour].join("-") };
}
function wordsOf(text) {
  return text.toLowerCase().split(/[-_.]/).filter((word) => word !== "");
}
function numbersOf(version) {
  if (!version.includes("-")) return version.split(".");
  return version.split("T").map((part) => part.replaceAll(/\D/g, ""));
}
function readSuffix(suffix) {
  const prerelease = [];
  const revision = [];
  const flavour = [];
  const isAttached = /^[A-Za-z]/.test(suffix);
  for (const [index, token] of tokensOf(suffix).entries()) {
    const number = REVISION.exec(token)?.[1];
    const isBeta = index === 0 && isAttached && ATTACHED_PRERELEASE.test(token);
    if (isBeta || PRERELEASE.test(token)) prerelease.push(...identifiersOf(token));
    else if (number !== void 0 && (flavour.length === 0 || !/^\d/.test(token))) revision.push(...number.split("."));
    else if (!PLAIN_SUFFIXES.has(token)) flavour.push(token);
  }
  return { prerelease, revision, flavour };
}
function tokensOf(suffix) {
  const text = suffix.toLowerCase();
  const parts = (text.startsWith(".") ? text.slice(1) : text).split(/[-_]/);
  return parts.filter((part) => part !== "");
}
function identifiersOf(token) {
  return token.match(/\d+|[^\d.]+/g) ?? [];
}
function compareVersionTags(one, other) {
  if (one.scheme !== other.scheme) return one.scheme === "date" ? -1 : 1;
  return compareNumbers(one.numbers, other.numbers) || comparePrereleases(one.prerelease, other.prerelease) || compareNumbers(one.revision, other.revision) || one.numbers.length - other.numbers.length || one.revision.length - other.revision.length || compareText(other.flavour, one.flavour) || compareText(one.tag, other.tag);
}
function isDigestTag(tag) {
  return /^sha(?:256|384|512)-[a-f0-9]{32,124}(?:[.-][\w.-]*)?$/.test(tag);
}
function isCommitTag(tag) {
  const match = /^(?:(?:sha|git|commit)[-_])?([a-f0-9]{7,40})$/.exec(tag);
  return match !== null && (match[1] !== tag || !DAY.test(tag));
}
function flavourOf(tag) {
  const words = tag.toLowerCase().split(/[-_]/);
  return words.filter((word) => word !== "" && !FLOATING_NAMES.has(word)).join("-");
}
function isAheadOfReleases(tag) {
  const ahead = /^(?:edge|nightly|canary|next|dev|devel|develop|main|master|trunk|head|unstable|testing|snapshot|rolling|daily)$/;
  return tag.toLowerCase().split(/[-_.]/).some((word) => ahead.test(word) || PRERELEASE.test(word));
}

// src/core/version.ts
function plausibleTags(tags, asked, limit, mode = "semver") {
  const others = [...new Set(tags)].filter((tag) => tag !== asked && isTag(tag) && !isDigestTag(tag));
  const versions = others.map(readVersionTag).filter((version) => version !== void 0);
  const question = readAsked(asked);
  const ranked = versions.map((version) => ({ version, rank: rankOf(version, question) })).toSorted((one, other) => compareRanks(one.rank, other.rank) || compareVersionTags(other.version, one.version)).map(({ version }) => version.tag);
  if (mode === "semver") return ranked.slice(0, limit);
  const named = new Set(ranked);
  const rest = others.filter((tag) => !named.has(tag)).toSorted(compareText);
  const commits = rest.filter(isCommitTag);
  return [...ranked, ...rest.filter((tag) => !isCommitTag(tag)), ...commits].slice(0, limit);
}
function readAsked(asked) {
  const version = asked === void 0 ? void 0 : readVersionTag(asked);
  if (version !== void 0) return { version, flavours: [version.flavour], ahead: version.prerelease.length > 0 };
  if (asked === void 0 || isCommitTag(asked)) return { version, flavours: [""], ahead: false };
  return { version, flavours: [flavourOf(asked), asked.toLowerCase()], ahead: isAheadOfReleases(asked) };
}
function rankOf(version, asked) {
  const isPre = version.prerelease.length > 0 && !asked.ahead;
  const distances = asked.flavours.map((flavour) => flavourDistance(version.flavour, flavour));
  return [isOfFamily(version, asked.version) ? 0 : 1, Math.min(...distances), isPre ? 1 : 0];
}
function isOfFamily(version, asked) {
  if (asked === void 0) return true;
  if (version.scheme !== asked.scheme) return false;
  const shared = Math.min(version.numbers.length, asked.numbers.length);
  return compareNumbers(version.numbers.slice(0, shared), asked.numbers.slice(0, shared)) === 0;
}
function flavourDistance(one, other) {
  if (one === other) return 0;
  const [left, right] = [wordsOf2(one), wordsOf2(other)];
  return 2 * left.symmetricDifference(right).size + 1;
}
function wordsOf2(flavour) {
  const words = flavour.split("-").map((word) => word.replaceAll(/[\d.]+/g, ""));
  return new Set(words.filter((word) => word !== ""));
}
function compareRanks(one, other) {
  for (const [index, rank] of one.entries()) {
    const difference = rank - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

// src/core/version-choice.ts
function newestFirst(tags) {
  const versions = versionTags(tags);
  const named = new Set(versions.map(({ tag }) => tag));
  return [...named, ...tags.filter((tag) => !named.has(tag)).toSorted(compareText)];
}
function versionAmong(tags) {
  const [newest] = versionTags(tags);
  return newest === void 0 ? void 0 : { tag: newest.tag, version: newest.tag.replace(/^[vV](?=\d)/, "") };
}
function versionTags(tags) {
  const versions = tags.map(readVersionTag).filter((version) => version !== void 0);
  return versions.toSorted((one, other) => compareVersionTags(other, one));
}
function mayShareImage(tag, known) {
  const candidate = readVersionTag(tag);
  if (candidate === void 0) return true;
  const comparable = versionTags(known).filter(({ scheme }) => scheme === candidate.scheme);
  return comparable.length === 0 || comparable.some((version) => beginAlike(version.numbers, candidate.numbers));
}
function beginAlike(one, other) {
  const shared = Math.min(one.length, other.length);
  return one.slice(0, shared).every((number, index) => Number(number) === Number(other[index]));
}

// src/registry/tag-api.ts
var PAGE_SIZE2 = 100;
var PAGES2 = 10;
var APIS = {
  "docker-hub": {
    addresses: (repository) => [`https://hub.docker.com/v2/repositories/${repository}/tags`],
    query: (page) => `page_size=${PAGE_SIZE2}&page=${page}&ordering=last_updated`,
    list: (body) => property(body, "results"),
    read: (body) => {
      const tags = listProperty(body, "results").map((entry) => {
        const children = childrenOf(listProperty(entry, "images"));
        const only = children.length === 1 ? children[0] : void 0;
        return listed(property(entry, "name"), property(entry, "digest") ?? only, children);
      });
      return { tags: tags.filter((tag) => tag !== void 0), isLast: textProperty(body, "next") === void 0 };
    }
  },
  quay: {
    addresses: (repository) => [`https://quay.io/api/v1/repository/${repository}/tag/`],
    query: (page) => `limit=${PAGE_SIZE2}&page=${page}&onlyActiveTags=true`,
    list: (body) => property(body, "tags"),
    read: (body) => {
      const tags = listProperty(body, "tags").map(
        (entry) => listed(property(entry, "name"), property(entry, "manifest_digest"))
      );
      return { tags: tags.filter((tag) => tag !== void 0), isLast: property(body, "has_additional") !== true };
    }
  },
  github: {
    withToken: true,
    addresses: (repository) => {
      const slash = repository.indexOf("/");
      const [owner, name] = [repository.slice(0, slash), encodeURIComponent(repository.slice(slash + 1))];
      return ["orgs", "users"].map(
        (kind) => `https://api.github.com/${kind}/${owner}/packages/container/${name}/versions`
      );
    },
    query: (page) => `state=active&per_page=${PAGE_SIZE2}&page=${page}`,
    list: (body) => body,
    read: (body, digest) => {
      const versions = Array.isArray(body) ? body : [];
      const tags = versions.flatMap(
        (version) => listProperty(property(property(version, "metadata"), "container"), "tags").map(
          (tag) => listed(tag, property(version, "name"))
        )
      );
      return {
        tags: tags.filter((tag) => tag !== void 0),
        // A version is one digest with all its tags.
        isEnough: versions.some((version) => textProperty(version, "name") === digest),
        isLast: versions.length < PAGE_SIZE2
      };
    }
  }
};
function listed(name, text, children) {
  const digest = typeof text === "string" ? readDigest(text) : void 0;
  if (typeof name !== "string" || !isTag(name) || digest === void 0) return void 0;
  return { tag: name, digest, ...children === void 0 ? {} : { children } };
}
function childrenOf(images) {
  return images.filter((image) => property(image, "os") !== "unknown" && property(image, "architecture") !== "unknown").map((image) => readDigest(textProperty(image, "digest") ?? "")).filter((child) => child !== void 0);
}
async function listTagDigests(client, { registry, repository }, digest, trace) {
  const name = rowOf(registry)?.tagApi;
  if (name === void 0) return void 0;
  const api = APIS[name];
  const token = api.withToken === true ? client.packagesToken : void 0;
  if (api.withToken === true && token === void 0) return void 0;
  const headers = {
    accept: "application/json",
    ...token === void 0 ? {} : { authorization: `Bearer ${token}` }
  };
  const ask2 = async (address, page) => {
    const url = new URL(`${address}?${api.query(page)}`);
    const request = { method: "GET", url, headers, maxBytes: LIMITS.tagsPageBytes, what: "list of tags" };
    return client.session.askBeside(registry, request, trace);
  };
  for (const address of api.addresses(repository)) {
    const first = await ask2(address, 1);
    if (first?.status === 404) continue;
    return readPages(first, digest, api, (page) => ask2(address, page));
  }
  return void 0;
}
async function readPages(first, digest, api, ask2) {
  const tags = [];
  let answer = first;
  let found = false;
  for (let number = 1; answer?.status === 200; number += 1) {
    const body = parseJson(answer.body);
    if (!Array.isArray(api.list(body))) break;
    const page = api.read(body, digest);
    const has = page.tags.some((tag) => tag.digest === digest);
    tags.push(...page.tags);
    if (page.isLast || page.isEnough === true || found && !has) return { tags, isEnough: true };
    if (number === PAGES2) break;
    found ||= has;
    answer = await ask2(number + 1);
  }
  return tags.length === 0 ? void 0 : { tags, isEnough: false };
}

// src/registry/same-digest.ts
var FIRST_AT_ONCE = 3;
var AT_ONCE = 8;
async function searchTags(client, location, digest, options, trace) {
  try {
    const listing = await listTagDigests(client, location, digest, trace);
    const known = listing === void 0 ? void 0 : fromListing(listing.tags, digest, options);
    if (listing?.isEnough === true && known !== void 0) return { ...known, isPartial: false };
    const read = () => listTags(client, location, trace);
    const list = await (options.readsOnly === true ? once(lists, client, nameOf(location), read) : read());
    if (list === void 0) return void 0;
    if (list.tagsOf !== void 0) return fromList(list, list.tagsOf, digest, options);
    return await new Search(client, location, digest, options, trace).run(list, known);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { tags: [], others: [], children: void 0, looked: 0, isPartial: true, failure: error };
  }
}
var lists = /* @__PURE__ */ new WeakMap();
var heads = /* @__PURE__ */ new WeakMap();
function once(asked, client, name, ask2) {
  const answers = asked.get(client) ?? /* @__PURE__ */ new Map();
  asked.set(client, answers);
  const answer = answers.get(name) ?? ask2();
  answers.set(name, answer);
  return answer;
}
function nameOf({ registry, repository }) {
  return `${registry}/${repository}`;
}
function fromList(list, tagsOf, digest, options) {
  const listed2 = [...tagsOf].flatMap(([of, tags]) => tags.map((tag) => ({ tag, digest: of })));
  return { ...fromListing(listed2, digest, options), isPartial: !list.complete };
}
function fromListing(listed2, digest, options) {
  const byTag = new Map(listed2.map((entry) => [entry.tag, entry]));
  const own = listed2.filter((entry) => isSame(entry.digest, digest, options.bytes));
  const same = own.map(({ tag }) => tag);
  const others = listed2.filter((entry) => !own.includes(entry)).map(({ tag }) => tag);
  return {
    tags: plausible(same, options, options.mode),
    others: plausible(others, options, "semver").flatMap((tag) => byTag.get(tag) ?? []),
    children: own.find(({ children }) => children !== void 0)?.children,
    looked: 0,
    isPartial: false,
    failure: void 0
  };
}
function plausible(tags, { askedTag, only = () => true }, mode) {
  return plausibleTags(tags.filter(only), askedTag, Number.MAX_SAFE_INTEGER, mode);
}
function isSame(found, digest, bytes) {
  if (found === void 0) return false;
  return found === digest || bytes !== void 0 && matchesDigest(bytes, found);
}
var Search = class {
  #client;
  #location;
  #digest;
  #options;
  #trace;
  #found = [];
  #others = [];
  #looked = 0;
  constructor(client, location, digest, options, trace) {
    this.#client = client;
    this.#location = location;
    this.#digest = digest;
    this.#options = options;
    this.#trace = trace;
  }
  /** @param known what an API told already of the newest tags */
  async run(list, known) {
    const { mode, limit } = this.#options;
    this.#found.push(...known?.tags ?? []);
    this.#others.push(...known?.others ?? []);
    const told = /* @__PURE__ */ new Set([...this.#found, ...this.#others.map(({ tag }) => tag)]);
    let queue = this.#ordered(plausible(list.tags, this.#options, mode).filter((tag) => !told.has(tag)));
    let failure;
    const begun = this.#trace.requests;
    while (queue.length > 0 && !this.#isDone() && failure === void 0) {
      const spent = Math.max(this.#looked, this.#trace.requests - begun);
      const atOnce = this.#found.length > 0 ? AT_ONCE : FIRST_AT_ONCE;
      const some = queue.slice(0, Math.max(0, Math.min(limit - spent, atOnce)));
      if (some.length === 0) break;
      const before = this.#found.length;
      failure = await this.#look(some);
      queue = queue.slice(some.length);
      if (this.#found.length > before) queue = this.#ordered(queue);
    }
    return {
      tags: this.#found,
      others: this.#others,
      children: known?.children,
      looked: this.#looked,
      isPartial: !list.complete || queue.length > 0 && !this.#isDone(),
      failure
    };
  }
  #isDone() {
    return this.#options.first === true && this.#found.length > 0;
  }
  #head(tag) {
    const look = () => this.#client.head(this.#location, tag, this.#trace, false);
    if (this.#options.readsOnly !== true) return look();
    return once(heads, this.#client, `${nameOf(this.#location)}:${tag}`, look);
  }
  /** Looks at some tags. @returns why no more should be looked at */
  async #look(tags) {
    const looks = await Promise.allSettled(tags.map((tag) => this.#head(tag)));
    let failure;
    for (const [index, look] of looks.entries()) {
      const tag = tags[index] ?? "";
      this.#looked += 1;
      if (look.status === "rejected") {
        if (!(look.reason instanceof UserError)) throw look.reason;
        failure ??= look.reason;
      } else if (isSame(look.value?.digest, this.#digest, this.#options.bytes)) this.#found.push(tag);
      else if (look.value !== void 0 && readVersionTag(tag) !== void 0) {
        const { digest, mediaType } = look.value;
        this.#others.push({ tag, digest, ...isIndexType(mediaType) ? {} : { children: [] } });
      }
    }
    return failure;
  }
  /**
   * Once a version is known, tags of other versions cannot name the same image: they are left out, or come last where
   * all tags are wanted, or where only the tag that was asked for says which version it is.
   */
  #ordered(queue) {
    const { mode, askedTag } = this.#options;
    const known = this.#found.length > 0 || askedTag === void 0 ? this.#found : [askedTag];
    const likely = queue.filter((tag) => mayShareImage(tag, known));
    if (mode === "semver" && this.#found.length > 0) return likely;
    const set = new Set(likely);
    return [...likely, ...queue.filter((tag) => !set.has(tag))];
  }
};

// src/registry/version-tags.ts
var INDEXES_READ = 8;
var KEPT = 4;
var SMALL_LIMIT = 5 * KEPT;
async function findTags(client, location, image, { mode, limit }, trace) {
  const begun = trace.requests;
  const keeps = image.kind === "index" && mayRead(location) && limit >= SMALL_LIMIT;
  const options = {
    mode,
    limit: keeps ? limit - KEPT : limit,
    askedTag: image.writtenTag,
    readsOnly: true,
    ...image.bytes === void 0 ? {} : { bytes: image.bytes }
  };
  const search = await searchTags(client, location, image.digest, options, trace);
  const tags = newestFirst(search?.tags ?? []);
  const own = versionAmong([...tags, ...image.tag === void 0 ? [] : [image.tag]]);
  if (own !== void 0) {
    const versionSource = own.tag === image.tag ? `tag ${own.tag}` : `same digest as ${own.tag}`;
    const failure2 = search?.failure?.message;
    const requests = trace.requests - begun;
    return { tags, failure: failure2, version: own.version, versionSource, versionMissing: void 0, requests };
  }
  const { alike, failure } = await findAlike(client, location, image, search, limit, trace);
  return {
    tags,
    failure: failure?.message,
    version: alike?.version,
    versionSource: alike === void 0 ? void 0 : `same platform images as ${alike.tag}`,
    versionMissing: alike === void 0 ? whyNot(search) : void 0,
    requests: trace.requests - begun
  };
}
async function findAlike(client, location, image, search, limit, trace) {
  if (search === void 0 || search.failure !== void 0) return { failure: search?.failure };
  try {
    const tags = await sameChildren(client, location, image, search, limit, trace);
    return { alike: versionAmong(tags ?? []) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { failure: error };
  }
}
function whyNot(search) {
  if (search === void 0) return "the registry lists no tags of this repository";
  if (search.failure !== void 0 && search.looked === 0) return "the tags could not be listed";
  if (search.looked === 0) return "no version tag has this digest";
  if (!search.isPartial) return "none of the version tags has this digest";
  if (search.looked === 1) return "the most plausible tag has another digest";
  return `none of the ${search.looked} most plausible tags has this digest`;
}
function mayRead({ registry }) {
  return rowOf(registry)?.countsReads !== true;
}
async function sameChildren(client, location, image, search, limit, trace) {
  if (image.kind === "artifact" || search.others.length === 0) return void 0;
  let left = mayRead(location) ? Math.min(INDEXES_READ, limit - search.looked) : 0;
  const read = async (digest) => {
    left -= 1;
    return childrenOf2(client, location, digest, trace);
  };
  const mayDiffer = /* @__PURE__ */ new Map();
  for (const other of search.others) mayDiffer.set(other.digest, [...mayDiffer.get(other.digest) ?? [], other]);
  let ours = knownChildren(image, search);
  for (const [digest, others] of mayDiffer) {
    let theirs = others[0]?.children;
    if (theirs === void 0 && left <= 0) continue;
    if (ours === void 0 && left <= 1) return void 0;
    ours ??= await read(image.digest);
    theirs ??= await read(digest);
    if (holdsOneAnother(ours, theirs)) return others.map(({ tag }) => tag);
  }
  return void 0;
}
function knownChildren({ kind, digest, platforms }, search) {
  if (kind === "manifest") return [digest];
  return platforms === void 0 ? search.children : [...platforms.values()];
}
async function childrenOf2(client, location, digest, trace) {
  const found = await client.get(location, digest, trace);
  if (found?.manifest.kind !== "index") return [];
  return found.manifest.manifests.filter(isPlatformImage).map((image) => image.digest);
}
function holdsOneAnother(one, other) {
  const [small, large] = one.length < other.length ? [one, other] : [other, one];
  return small.length > 0 && small.every((digest) => large.includes(digest));
}

export {
  explainMissing,
  explainRefusal,
  explainMismatch,
  explainMove,
  parseSemver,
  compareSemver,
  isPrerelease,
  readVersionTag,
  searchTags,
  findTags,
  sameChildren
};
