import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  parseRegistry,
  readCommon
} from "./part-inputs-registry.js";
import {
  checkWritablePath
} from "./part-ports-files.js";
import {
  isTag
} from "./part-core-reference-problem.js";
import {
  environment,
  workspaceFolder
} from "./part-actions-runner.js";
import {
  UserError
} from "./part-core-json.js";

// src/inputs/check.ts
var SCOPES = ["added", "changed-files", "all"];
var REPORT_INPUTS = { sarif: "sarif-file", json: "json-file", patch: "patch-file" };
function readCheck(form) {
  const registries = new Set(form.listOf("registries", parseRegistry));
  const common = readCommon(form, registries);
  checkLogin(form, common, registries);
  return {
    ...common,
    paths: form.listOf("paths", parsePattern),
    exclude: form.listOf("exclude", parsePattern),
    require: form.choice("require", ["tag", "digest"], "tag"),
    scope: form.text("scope") === void 0 ? void 0 : form.choice("scope", SCOPES, "all"),
    allow: form.listOf("allow", parseAllowed),
    imageKeys: form.listOf("image-keys", parseKey),
    floatingTags: form.listOf("floating-tags", parseFloatingTag),
    failOn: form.choice("fail-on", ["error", "warning", "never"], "error"),
    resolve: form.choice("resolve", ["auto", "never"], "auto"),
    registries,
    onUnresolved: form.choice("on-unresolved", ["warn", "fail", "ignore"], "warn"),
    annotations: form.boolean("annotations", true),
    suggestions: form.choice("suggestions", ["auto", "never"], "auto"),
    comment: form.choice("comment", ["never", "on-failure", "always"], "never"),
    reports: readReports(form)
  };
}
function checkLogin(form, { credential }, registries) {
  const isWritten = form.text("username") !== void 0 && form.secret("password") !== void 0;
  if (credential === void 0 && isWritten && form.text("registry") === void 0 && registries.size === 0) {
    const message2 = "username and password are given, and no registry that they are for";
    form.problem("registry", new UserError("bad-input", message2, "Write registry and list it in registries"));
  }
  if (credential === void 0 || registries.has(credential.registry)) return;
  const message = `registry is ${credential.registry}, which registries does not list: check uses no login for it`;
  form.problem("registries", new UserError("bad-input", message, `Add ${credential.registry} to registries`));
}
function parsePattern(text) {
  if (text.split("/").includes("..")) {
    throw new UserError("bad-input", `"${text}" leaves the workspace`, "Patterns are relative to the workspace");
  }
  return text;
}
function parseAllowed(text) {
  if (/\s/.test(text)) {
    throw new UserError("bad-input", `"${text}" holds a blank`, "Write one pattern a line, such as ghcr.io/acme/*");
  }
  return text;
}
function parseKey(text) {
  if (/^(?:--)?[A-Za-z_][\w.-]*$/.test(text)) return text;
  throw new UserError("bad-input", `"${text}" is not a YAML key`, "Write the name of a key, such as imageName");
}
function parseFloatingTag(text) {
  if (isTag(text)) return text;
  const bare = text.replace(/^:/, "");
  throw new UserError(
    "bad-input",
    `"${text}" is not a tag`,
    isTag(bare) ? `Write ${bare}` : "Write tags, such as stable"
  );
}
function readReports(form) {
  const reports = {
    sarif: form.text(REPORT_INPUTS.sarif),
    json: form.text(REPORT_INPUTS.json),
    patch: form.text(REPORT_INPUTS.patch)
  };
  const seen = /* @__PURE__ */ new Set();
  for (const kind of ["sarif", "json", "patch"]) {
    const path = reports[kind];
    if (path === void 0) continue;
    if (seen.has(path)) {
      const message = `two reports are to be written to "${path}"`;
      form.problem(REPORT_INPUTS[kind], new UserError("bad-input", message, "Give each report a file of its own"));
    }
    seen.add(path);
  }
  return reports;
}

// src/actions/check/report-paths.ts
async function checkReportPaths(form, { reports }) {
  for (const kind of ["sarif", "json", "patch"]) {
    const path = reports[kind];
    if (path === void 0) continue;
    try {
      await checkWritablePath(path, writableFolders());
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      form.problem(REPORT_INPUTS[kind], error);
    }
  }
}
function writableFolders() {
  const temp = environment("RUNNER_TEMP");
  return { workspace: workspaceFolder(), ...temp === void 0 ? {} : { temp } };
}

export {
  readCheck,
  checkReportPaths,
  writableFolders
};
