import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  readTextFile
} from "./part-ports-files.js";
import {
  environment
} from "./part-actions-runner.js";
import {
  parseJson
} from "./part-core-json.js";

// src/actions/event-file.ts
var EVENT_BYTES = 32 * 1024 * 1024;
var EVENT_TRIES = 3;
var EVENT_WAIT = 100;
async function readEventFile() {
  const path = environment("GITHUB_EVENT_PATH");
  if (path === void 0) return void 0;
  for (let attempt = 1; attempt <= EVENT_TRIES; attempt += 1) {
    const file = await readTextFile(path, EVENT_BYTES);
    const event = file.kind === "text" ? parseJson(file.text) : void 0;
    if (event !== void 0) return event;
    await new Promise((resolve) => {
      setTimeout(resolve, EVENT_WAIT);
    });
  }
  return void 0;
}

export {
  readEventFile
};
