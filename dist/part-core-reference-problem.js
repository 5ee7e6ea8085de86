import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  clipped,
  quoted
} from "./part-actions-runner.js";
import {
  UserError
} from "./part-core-json.js";

// src/core/digest.ts
import { createHash } from "node:crypto";
var HEX_LENGTH = { sha256: 64, sha512: 128 };
var LOWER_HEX = /^[a-f0-9]+$/;
var EMPTY_DIGESTS = /* @__PURE__ */ new Set([
  `sha256:${createHash("sha256").digest("hex")}`,
  `sha512:${createHash("sha512").digest("hex")}`
]);
function readDigest(text) {
  const colon = text.indexOf(":");
  const algorithm = text.slice(0, colon);
  const hex = text.slice(colon + 1);
  if (algorithm !== "sha256" && algorithm !== "sha512") return void 0;
  if (hex.length !== HEX_LENGTH[algorithm] || !LOWER_HEX.test(hex)) return void 0;
  return text;
}
function parseDigest(text) {
  const digest = readDigest(text);
  if (digest !== void 0) return digest;
  throw new UserError("bad-reference", `${quoted(text)} is not a digest: ${reasonAgainst(text)}`, correctionOf(text));
}
function reasonAgainst(text) {
  const colon = text.indexOf(":");
  if (colon < 1) return "the algorithm is missing";
  const algorithm = text.slice(0, colon);
  const hex = text.slice(colon + 1);
  if (algorithm !== "sha256" && algorithm !== "sha512") {
    const known = algorithm.toLowerCase();
    if (known === "sha256" || known === "sha512") return "the algorithm is written in lower case";
    return `the algorithm ${quoted(algorithm, 40)} is not supported (sha256 and sha512 are)`;
  }
  if (hex.length !== HEX_LENGTH[algorithm]) {
    return `${algorithm} has ${HEX_LENGTH[algorithm]} hexadecimal digits, this has ${hex.length}`;
  }
  if (/^[a-fA-F0-9]+$/.test(hex)) return "hexadecimal digits are written in lower case";
  return "it holds characters that are no hexadecimal digits";
}
function correctionOf(text) {
  const lower = text.trim().toLowerCase();
  const last = lower.slice(lower.lastIndexOf("@") + 1).replace(/^(sha256|sha512)[-=]/, "$1:");
  const guess = [last, `sha256:${last}`, `sha512:${last}`].find((candidate) => readDigest(candidate) !== void 0);
  if (guess !== void 0) return `Write ${guess}`;
  return "A digest looks like sha256: followed by 64 lower-case hexadecimal digits";
}
function algorithmOf(digest) {
  return digest.startsWith("sha512:") ? "sha512" : "sha256";
}
function hexOf(digest) {
  return digest.slice(digest.indexOf(":") + 1);
}
function digestOf(bytes, algorithm = "sha256") {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest("hex")}`;
}
function matchesDigest(bytes, digest) {
  return digestOf(bytes, algorithmOf(digest)) === digest;
}
function imageIdOf(configDigest) {
  return configDigest;
}

// src/core/reference-grammar.ts
var DOCKER_HUB = "docker.io";
var LEGACY_DOCKER_HUB = "index.docker.io";
var OFFICIAL_PREFIX = "library/";
var MAX_REPOSITORY_LENGTH = 255;
var MAX_TAG_LENGTH = 128;
var MAX_REFERENCE_LENGTH = 1024;
var LABEL = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/;
var IPV6 = /^\[[a-fA-F0-9:]+\]$/;
var PORT = /^[0-9]+$/;
var PATH_COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
var TAG = /^\w[\w.-]{0,127}$/;
var IDENTIFIER = /^[a-f0-9]{64}$/;
function isTag(text) {
  return TAG.test(text);
}
function isPathComponent(text) {
  return text.length <= MAX_REPOSITORY_LENGTH && PATH_COMPONENT.test(text);
}
function isRepository(text) {
  return text.length <= MAX_REPOSITORY_LENGTH && text.split("/").every(isPathComponent);
}
function isRegistry(text) {
  if (text.length > MAX_REFERENCE_LENGTH) return false;
  const colon = text.endsWith("]") ? -1 : text.lastIndexOf(":");
  const host = colon < 0 ? text : text.slice(0, colon);
  if (colon >= 0 && !PORT.test(text.slice(colon + 1))) return false;
  return IPV6.test(host) || host.split(".").every((label) => LABEL.test(label));
}
function isUsableRegistry(text) {
  return isRegistry(text) && URL.canParse(`https://${text}/`);
}
function isIdentifier(text) {
  return IDENTIFIER.test(text);
}
function splitReference(text) {
  const slash = text.indexOf("/");
  const first = text.slice(0, Math.max(slash, 0));
  const prefix = slash >= 0 && looksLikeRegistry(first) ? `${first}/` : "";
  const rest = text.slice(prefix.length);
  const at = rest.indexOf("@");
  const named = at < 0 ? rest : rest.slice(0, at);
  const colon = named.indexOf(":");
  const path = colon < 0 ? named : named.slice(0, colon);
  const onHub = prefix === "" || first === DOCKER_HUB || first === LEGACY_DOCKER_HUB;
  return {
    registry: onHub ? DOCKER_HUB : first,
    repository: onHub && !rest.includes("/") ? OFFICIAL_PREFIX + path : path,
    ...colon < 0 ? {} : { tag: named.slice(colon + 1) },
    ...at < 0 ? {} : { digest: rest.slice(at + 1) },
    prefix,
    path
  };
}
function looksLikeRegistry(component) {
  return component === "localhost" || /[.:A-Z]/.test(component);
}
function readReference(text) {
  if (text.length > MAX_REFERENCE_LENGTH || isIdentifier(text) || readDigest(text) !== void 0) return void 0;
  const { registry, repository, tag, digest } = splitReference(text);
  const known = digest === void 0 ? void 0 : readDigest(digest);
  if (!isUsableRegistry(registry) || !isRepository(repository)) return void 0;
  if (tag !== void 0 && !isTag(tag) || digest !== void 0 && known === void 0) return void 0;
  return {
    registry,
    repository,
    ...tag === void 0 ? {} : { tag },
    ...known === void 0 ? {} : { digest: known }
  };
}

// src/core/reference-problem.ts
var SHAPE = "A reference is [host[:port]/]name[:tag][@digest]";
var EMPTY_HINT = `${SHAPE}; a variable may be empty`;
var SCHEME = /^[a-z][a-z+.-]{0,30}:\/\//;
var WEB_PAGE = /^https:\/\/hub\.docker\.com\/(?:r|_|layers|repository\/docker)\//;
var SHOWN = 300;
function problemOf(text) {
  if (text === "") return new UserError("bad-reference", "an image reference is empty", EMPTY_HINT);
  if (text.length > MAX_REFERENCE_LENGTH) {
    const why2 = `it has ${text.length} characters, at most ${MAX_REFERENCE_LENGTH} are taken`;
    return bad(`${text.slice(0, 64)}...`, { why: why2, hint: SHAPE });
  }
  const { why, hint } = strangeText(text) ?? wrongKind(text) ?? wrongPart(text, splitReference(text));
  const corrected = isDigestAlone(text) ? void 0 : correctionOf2(text);
  return bad(text, { why, hint: corrected === void 0 ? hint : correctedHint(text, corrected) });
}
function bad(text, { why, hint }) {
  return new UserError("bad-reference", `"${clipped(asAscii(text), SHOWN)}" is not an image reference: ${why}`, hint);
}
function asAscii(text) {
  const ascii = text.replaceAll(/[^ -~]/gu, (character) => `\\u{${codePointOf(character).toString(16)}}`);
  return ascii.replaceAll('"', "'");
}
function codePointOf(character) {
  return character.codePointAt(0) ?? 0;
}
function strangeText(text) {
  if (text.includes("$")) {
    return {
      why: 'it holds a "$"',
      hint: "Variables are not expanded here: write ${{ env.NAME }} or ${{ github.sha }} in the workflow"
    };
  }
  const strange = new Set(Array.from(text).filter((character) => character < "!" || character > "~"));
  if (strange.size === 0) return void 0;
  const names = [...strange].slice(0, 3).map((character) => nameOfCharacter(character));
  return { why: `it holds ${names.join(", ")}`, hint: "References are printable ASCII without blanks" };
}
function nameOfCharacter(character) {
  const name = `U+${codePointOf(character).toString(16).toUpperCase().padStart(4, "0")}`;
  return character === " " ? `a blank (${name})` : `the character ${name}`;
}
function wrongKind(text) {
  const scheme = SCHEME.exec(text)?.[0];
  if (scheme !== void 0) return { why: `it begins with ${scheme}`, hint: SHAPE };
  if (isIdentifier(text)) {
    return { why: "it is a bare image ID", hint: `Write name@sha256:${text} when it is a manifest digest` };
  }
  if (readDigest(text) !== void 0) return { why: "it is a digest without a name", hint: `Write name@${text}` };
  return void 0;
}
function wrongPart(text, parts) {
  const { registry, repository, tag, digest } = parts;
  if (!isUsableRegistry(registry)) return wrongRegistry(registry);
  if (!isRepository(repository)) return wrongRepository(parts);
  if (tag !== void 0 && !isTag(tag)) return wrongTag(tag);
  return wrongDigest(digest ?? text);
}
function wrongRegistry(registry) {
  if (isRegistry(registry)) {
    return {
      why: `the registry "${registry}" cannot be asked`,
      hint: "Check its address and its port (at most 65535)"
    };
  }
  const inBrackets = /^[a-fA-F0-9:]+$/.test(registry) && registry.lastIndexOf(":") > registry.indexOf(":");
  return {
    why: `${quoted(registry)} is not a registry (host[:port])`,
    hint: inBrackets ? "IPv6 addresses stand in brackets: [::1]:5000/name" : "Host names hold letters, digits and dashes between dots, ports digits"
  };
}
function wrongRepository({ registry, repository, path }) {
  if (repository !== repository.toLowerCase() && isRepository(repository.toLowerCase())) {
    return {
      why: `the repository ${registry}/${repository} must be lowercase`,
      hint: "repository names are lower-case"
    };
  }
  if (repository.length > MAX_REPOSITORY_LENGTH) {
    const why = `the repository has ${repository.length} characters, at most ${MAX_REPOSITORY_LENGTH} are allowed`;
    return { why, hint: SHAPE };
  }
  if (path === "") return { why: "the name is missing", hint: EMPTY_HINT };
  const component = path.split("/").find((part) => !isPathComponent(part)) ?? "";
  if (component === "") return { why: "a part of the repository is empty", hint: EMPTY_HINT };
  return {
    why: `${quoted(component)} is not a path component`,
    hint: "Components are a-z and 0-9, separated inside by one of . _ __ or dashes"
  };
}
function wrongTag(tag) {
  if (tag === "") return { why: 'the tag after ":" is empty', hint: EMPTY_HINT };
  if (tag.length > MAX_TAG_LENGTH) {
    return {
      why: `the tag has ${tag.length} characters, at most ${MAX_TAG_LENGTH} are allowed`,
      hint: "Shorten the tag"
    };
  }
  return {
    why: `${quoted(tag)} is not a tag`,
    hint: "A tag is letters, digits, _ . and -, and does not begin with . or -"
  };
}
function wrongDigest(digest) {
  if (digest === "") return { why: 'the digest after "@" is empty', hint: EMPTY_HINT };
  try {
    parseDigest(digest);
  } catch (error) {
    if (error instanceof UserError) return { why: error.message, hint: error.hint };
    throw error;
  }
  return { why: "it does not fit the grammar", hint: SHAPE };
}
function isDigestAlone(text) {
  return isIdentifier(text) || readDigest(text) !== void 0;
}
var REPAIRS = [
  (text) => text.trim(),
  (text) => text.replace(/^(["'`])(.*)\1$/, "$2"),
  (text) => text.replace(WEB_PAGE, "").replace(SCHEME, ""),
  (text) => text.endsWith("/") && splitReference(text).path.length > 1 ? text.slice(0, -1) : text,
  repairDigest,
  lowerRepository
];
function correctionOf2(text) {
  let repaired = text;
  for (const repair of REPAIRS) {
    repaired = repair(repaired);
    if (readReference(repaired) !== void 0) return repaired;
  }
  return void 0;
}
function repairDigest(text) {
  const bare = /^(.*?)[:@](?:sha256[:-])?([a-f0-9]{64})$/i.exec(text);
  if (bare !== null) return `${bare[1]}@sha256:${bare[2]?.toLowerCase()}`;
  const { digest } = splitReference(text);
  if (digest === void 0) return text;
  const before = text.slice(0, text.length - digest.length - 1);
  if (readDigest(digest.toLowerCase()) !== void 0) return `${before}@${digest.toLowerCase()}`;
  return isTag(digest) && splitReference(before).tag === void 0 ? `${before}:${digest}` : text;
}
function lowerRepository(text) {
  const { prefix, path } = splitReference(text);
  return prefix + path.toLowerCase() + text.slice(prefix.length + path.length);
}
function correctedHint(text, corrected) {
  if (corrected !== lowerRepository(text)) return `Write ${corrected}`;
  const hint = `repository names are lower-case: ${corrected}`;
  const first = splitReference(text).prefix.slice(0, -1);
  if (first === "localhost" || /[.:]/.test(first) || first === "") return hint;
  const onHub = corrected.replace(first, first.toLowerCase());
  return `${hint}; "${first}" is read as a registry because of its upper-case letters, on Docker Hub it is ${onHub}`;
}

// src/core/reference.ts
function parseReference(text) {
  const reference = readReference(text);
  if (reference === void 0) throw problemOf(text);
  return reference;
}
function nameOf(reference) {
  return `${reference.registry}/${reference.repository}`;
}
function formatReference(reference) {
  return nameOf(reference) + identifiersOf(reference);
}
function familiarReference(reference) {
  return familiarNameOf(reference) + identifiersOf(reference);
}
function familiarNameOf(reference) {
  const name = nameOf(reference);
  if (reference.registry !== DOCKER_HUB) return name;
  const { repository } = reference;
  const rest = repository.startsWith(OFFICIAL_PREFIX) ? repository.slice(OFFICIAL_PREFIX.length) : "/";
  const short = rest.includes("/") ? repository : rest;
  const read = readReference(short);
  return read !== void 0 && nameOf(read) === name ? short : name;
}
function identifiersOf({ tag, digest }) {
  return (tag === void 0 ? "" : `:${tag}`) + (digest === void 0 ? "" : `@${digest}`);
}
function withDefaultTag(reference) {
  if (reference.tag !== void 0 || reference.digest !== void 0) return reference;
  return { ...reference, tag: "latest" };
}
var DOCKER_HUB_ALIASES = /* @__PURE__ */ new Set([DOCKER_HUB, LEGACY_DOCKER_HUB, "registry-1.docker.io"]);
function canonicalRegistry(registry) {
  const lower = registry.toLowerCase();
  return DOCKER_HUB_ALIASES.has(lower) ? DOCKER_HUB : lower;
}

export {
  EMPTY_DIGESTS,
  readDigest,
  parseDigest,
  algorithmOf,
  hexOf,
  digestOf,
  matchesDigest,
  imageIdOf,
  isTag,
  isRepository,
  isRegistry,
  parseReference,
  nameOf,
  formatReference,
  familiarReference,
  familiarNameOf,
  withDefaultTag,
  canonicalRegistry
};
