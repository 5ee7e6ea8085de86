import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  __esm,
  __export
} from "./part-shared.js";

// scripts/stubs/undici.ts
var undici_exports = {};
__export(undici_exports, {
  extractBody: () => extractBody,
  fetch: () => fetch,
  webidl: () => webidl
});
function fetch() {
  throw new Error("pass request.fetch to getOctokit");
}
function extractBody() {
  throw new Error("the body of a request is bytes or text");
}
var webidl;
var init_undici = __esm({
  "scripts/stubs/undici.ts"() {
    webidl = { is: { FormData: () => false } };
  }
});

export {
  fetch,
  undici_exports,
  init_undici
};
