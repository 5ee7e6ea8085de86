import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  quoted
} from "./part-actions-runner.js";
import {
  UserError
} from "./part-core-json.js";

// src/core/platform.ts
var ARCHITECTURES = /* @__PURE__ */ new Map([
  ["i386", { architecture: "386", variant: "" }],
  ["x86_64", { architecture: "amd64" }],
  ["x86-64", { architecture: "amd64" }],
  ["aarch64", { architecture: "arm64" }],
  ["armhf", { architecture: "arm", variant: "v7" }],
  ["armel", { architecture: "arm", variant: "v6" }]
]);
var DEFAULT_VARIANTS = /* @__PURE__ */ new Map([
  ["amd64", /* @__PURE__ */ new Set(["v1"])],
  ["arm64", /* @__PURE__ */ new Set(["v8", "8", "v8.0"])]
]);
function normalisePlatform(parts) {
  const os = parts.os.toLowerCase();
  const known = ARCHITECTURES.get(parts.architecture.toLowerCase());
  const architecture = known?.architecture ?? parts.architecture.toLowerCase();
  const variant = variantOf(architecture, known?.variant ?? parts.variant?.toLowerCase() ?? "");
  return {
    os: os === "macos" ? "darwin" : os,
    architecture,
    ...variant === "" ? {} : { variant },
    ...parts.osVersion === void 0 || parts.osVersion === "" ? {} : { osVersion: parts.osVersion }
  };
}
function variantOf(architecture, variant) {
  if (DEFAULT_VARIANTS.get(architecture)?.has(variant) === true) return "";
  if (architecture !== "arm") return variant;
  if (variant === "") return "v7";
  return /^[5-8]$/.test(variant) ? `v${variant}` : variant;
}
var PART = /^[A-Za-z0-9_.-]{1,64}$/;
function isPlatformPart(text) {
  return PART.test(text);
}
function parsePlatform(text) {
  const platform = readPlatform(text);
  if (platform !== void 0) return platform;
  throw new UserError("bad-input", `${quoted(text)} is not a platform (os/arch[/variant])`, correctionOf(text));
}
function readPlatform(text) {
  const [os = "", architecture = "", variant, ...rest] = text.split("/");
  const parts = [os, architecture, ...variant === void 0 ? [] : [variant]];
  if (rest.length > 0 || !parts.every(isPlatformPart)) return void 0;
  return normalisePlatform({ os, architecture, ...variant === void 0 ? {} : { variant } });
}
function correctionOf(text) {
  const joined = text.trim().split(/[/\s:]+/).filter((part) => part !== "").join("/");
  const guess = joined.includes("/") ? joined : `linux/${joined}`;
  const parts = guess.split("/");
  if (parts.length > 3 || !parts.every(isPlatformPart)) return "Write it as linux/amd64 or linux/arm/v7";
  return `Write ${guess}`;
}
function formatPlatform({ os, architecture, variant }) {
  return variant === void 0 ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
}
function samePlatform(one, other) {
  return formatPlatform(one) === formatPlatform(other);
}

export {
  normalisePlatform,
  isPlatformPart,
  parsePlatform,
  readPlatform,
  formatPlatform,
  samePlatform
};
