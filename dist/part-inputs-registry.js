import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  canonicalRegistry,
  isRegistry,
  isRepository
} from "./part-core-reference-problem.js";
import {
  UserError
} from "./part-core-json.js";

// src/inputs/registry.ts
function readCommon(form, registries) {
  return {
    credential: readCredential(form, registries),
    githubToken: form.secret("github-token"),
    authHosts: form.listOf("auth-hosts", parseAuthHost),
    caFile: form.text("ca-file"),
    insecureRegistries: new Set(form.listOf("insecure-registries", parseRegistry)),
    mappings: form.listOf("registry-map", parseMapping),
    timeout: form.seconds("timeout", 300, 1),
    showSummary: form.boolean("show-summary", true)
  };
}
function readCredential(form, registries) {
  const username = form.text("username");
  const password = form.secret("password");
  const written = form.text("registry");
  const registry = written === void 0 ? void 0 : form.attempt("registry", () => parseRegistry(written));
  if (username === void 0 && password === void 0) return void 0;
  if (username === void 0 || password === void 0) {
    const [has, lacks] = username === void 0 ? ["password", "username"] : ["username", "password"];
    form.problem(lacks, new UserError("bad-input", `${has} is given and ${lacks} is empty`, secretHint(lacks)));
    return void 0;
  }
  if (registry !== void 0) return { registry, username, password };
  const [only, ...others] = registries;
  if (written === void 0 && others.length > 0) {
    form.problem(
      "registry",
      new UserError(
        "bad-input",
        `username and password are given without registry, and the references are on ${[...registries].join(", ")}`,
        "Name the registry that the login is for, with registry; log in to others with docker/login-action before"
      )
    );
  }
  return only === void 0 ? void 0 : { registry: only, username, password };
}
function secretHint(lacks) {
  return lacks === "password" ? "A secret that does not exist is empty, and pull requests from forks get no secrets; leave username out there" : "Give the user name that belongs to the password";
}
function parseRegistry(text) {
  if (isRegistry(text)) return canonicalRegistry(text);
  const bare = text.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
  const hint = isRegistry(bare) ? `Write ${bare}` : "Write host or host:port";
  throw new UserError("bad-input", `"${text}" is not a registry (host[:port])`, hint);
}
function parseAuthHost(text) {
  const [registry = "", host = "", ...rest] = text.split("=").map((side) => side.trim());
  if (rest.length === 0 && registry !== "" && host !== "") {
    return { registry: parseRegistry(registry), host: withoutDefaultPort(parseRegistry(host)) };
  }
  throw new UserError(
    "bad-input",
    `"${text}" is not a pair registry=token-host`,
    "Write the registry, = and the host of its token server: registry.example.com=auth.example.com"
  );
}
function withoutDefaultPort(host) {
  return host.endsWith(":443") ? host.slice(0, -4) : host;
}
function parseMapping(text) {
  const [from = "", to = "", ...rest] = text.split("=").map((side) => side.trim().replace(/\/+$/, ""));
  if (from === "" || to === "" || rest.length > 0) {
    throw new UserError(
      "bad-input",
      `"${text}" is not a mapping`,
      "Write prefix=prefix, such as docker.io=mirror.example"
    );
  }
  return { from: canonicalPrefix(from), to: canonicalPrefix(to) };
}
function canonicalPrefix(prefix) {
  const slash = prefix.indexOf("/");
  const [registry, path] = slash < 0 ? [prefix, void 0] : [prefix.slice(0, slash), prefix.slice(slash + 1)];
  if (/^https?:\/\//.test(prefix) || !isRegistry(registry)) {
    const bare = prefix.replace(/^https?:\/\//, "");
    const hint = bare === prefix ? "Begin each side with host or host:port" : `Write ${bare}`;
    throw new UserError("bad-input", `"${prefix}" does not begin with a registry (host[:port])`, hint);
  }
  if (path !== void 0 && !isRepository(path)) {
    const lower = path.toLowerCase();
    const hint = isRepository(lower) ? `Write ${registry}/${lower}` : "Components are a-z and 0-9, separated inside by one of . _ __ or dashes";
    throw new UserError("bad-input", `"${prefix}" is not a prefix of an image name`, hint);
  }
  return canonicalRegistry(registry) + (path === void 0 ? "" : `/${path}`);
}

export {
  readCommon,
  parseRegistry
};
