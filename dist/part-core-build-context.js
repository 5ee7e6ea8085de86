import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  familiarNameOf,
  nameOf
} from "./part-core-reference-problem.js";

// src/core/build-context.ts
function contextName(reference) {
  const name = familiarNameOf(reference);
  const { tag, digest } = reference;
  if (tag === void 0) return digest === void 0 ? name : `${name}@${digest}`;
  return tag === "latest" ? name : `${name}:${tag}`;
}
function buildContexts(images) {
  const contexts = /* @__PURE__ */ new Map();
  for (const { reference, digest } of images) {
    const name = contextName(reference);
    if (!contexts.has(name)) contexts.set(name, `docker-image://${nameOf(reference)}@${digest}`);
  }
  return contexts;
}
function buildArgs(images) {
  return new Map(
    images.map(({ key, reference, digest }) => [
      `${key.toUpperCase().replaceAll(/[^A-Z0-9_]/g, "_")}_IMAGE`,
      `${nameOf(reference)}@${digest}`
    ])
  );
}

export {
  contextName,
  buildContexts,
  buildArgs
};
