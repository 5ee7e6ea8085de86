import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  isObject,
  parseJson,
  property,
  textMapProperty,
  textProperty
} from "./part-core-json.js";

// src/registry/credential-file.ts
var TOKEN_USER = "<token>";
var DOCKER_HUB_KEY = "https://index.docker.io/v1/";
var DOCKER_HUB = "docker.io";
var HUB_ALIASES = /* @__PURE__ */ new Set(["docker.io", "index.docker.io", "registry-1.docker.io"]);
var API_PATHS = /* @__PURE__ */ new Set(["v1", "v2", "v1/users"]);
function canonicalHost(host) {
  const lower = host.toLowerCase();
  const bare = lower.endsWith(".") ? lower.slice(0, -1) : lower;
  return HUB_ALIASES.has(bare) ? DOCKER_HUB : bare;
}
function parseCredentialFile(text) {
  const value = parseJson(text.startsWith("\uFEFF") ? text.slice(1) : text);
  if (!isObject(value)) return { entries: [], helpers: /* @__PURE__ */ new Map(), warnings: ["it is not a JSON object"] };
  const warnings = [];
  const auths = property(value, "auths");
  if (auths !== void 0 && !isObject(auths)) warnings.push('"auths" is not an object');
  const entries = Object.entries(isObject(auths) ? auths : {}).flatMap(([key, raw]) => {
    const login = loginOf(raw);
    if (typeof login === "string") warnings.push(`the entry ${JSON.stringify(key)} ${login}`);
    return typeof login === "object" ? [{ key, ...splitKey(key), login }] : [];
  });
  const helpers = new Map(
    [...textMapProperty(value, "credHelpers")].map(([key, name]) => [splitKey(key).host, name])
  );
  const store = textProperty(value, "credsStore");
  return { entries, helpers, warnings, ...store === void 0 || store === "" ? {} : { store } };
}
function splitKey(key) {
  const scheme = /^https?:\/\//i.exec(key);
  const rest = scheme === null ? key : key.slice(scheme[0].length);
  const slash = rest.indexOf("/");
  if (slash < 0) return { host: canonicalHost(rest), path: "" };
  const path = rest.slice(slash + 1).split("/").filter((part) => part !== "").join("/");
  return { host: canonicalHost(rest.slice(0, slash)), path: API_PATHS.has(path) ? "" : path };
}
function loginOf(raw) {
  if (!isObject(raw)) return "is not an object";
  const registryToken = textProperty(raw, "registrytoken") ?? "";
  if (registryToken !== "") return { kind: "registry-token", token: registryToken, secrets: [registryToken] };
  const identityToken = textProperty(raw, "identitytoken") ?? "";
  if (identityToken !== "") return { kind: "identity-token", token: identityToken, secrets: [identityToken] };
  const auth = textProperty(raw, "auth") ?? "";
  return auth === "" ? plainLogin(raw) : decodedLogin(auth);
}
function plainLogin(raw) {
  const username = textProperty(raw, "username") ?? "";
  const password = textProperty(raw, "password") ?? "";
  return username === "" || password === "" ? void 0 : basicOrToken(username, password, []);
}
function decodedLogin(auth) {
  const text = decodeBase64(auth);
  if (text === void 0) return 'has an "auth" that is not base64';
  const colon = text.indexOf(":");
  if (colon < 0) return 'has an "auth" without a colon';
  if (colon === 0) return 'has an "auth" without a user name';
  const password = trimNuls(text.slice(colon + 1));
  if (password === "") return 'has an "auth" without a password';
  return basicOrToken(text.slice(0, colon), password, [auth]);
}
function basicOrToken(username, password, otherForms) {
  const secrets = [password, ...otherForms];
  return username === TOKEN_USER ? { kind: "identity-token", token: password, secrets } : { kind: "basic", username, password, secrets };
}
function trimNuls(text) {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1;
  return text.slice(0, end);
}
function decodeBase64(text) {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return void 0;
  }
}
function findLogin(file, registry, repository, style) {
  const host = canonicalHost(registry);
  const ofHost = file.entries.filter((entry) => entry.host === host);
  const matching = ofHost.filter(({ path }) => path === "" || repository === path || repository.startsWith(`${path}/`)).toSorted((a, b) => b.path.length - a.path.length || preference(b, registry) - preference(a, registry));
  return (matching[0] ?? (style === "docker" ? ofHost[0] : void 0))?.login;
}
function preference(entry, registry) {
  return entry.key === DOCKER_HUB_KEY ? 2 : entry.key === registry ? 1 : 0;
}
function helpersFor(file, registry) {
  const own = file.helpers.get(canonicalHost(registry));
  const names = [own, file.store].filter((name) => name !== void 0 && name !== "");
  return [...new Set(names)];
}
function serverUrl(registry) {
  return canonicalHost(registry) === DOCKER_HUB ? DOCKER_HUB_KEY : registry;
}

export {
  canonicalHost,
  parseCredentialFile,
  basicOrToken,
  findLogin,
  helpersFor,
  serverUrl
};
