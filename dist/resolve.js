import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  runAction
} from "./part-inputs-form.js";
import "./part-ports-files.js";
import "./part-actions-runner.js";
import "./part-ports-paths.js";
import "./part-core-limits.js";
import "./part-ports-transport-error.js";
import "./part-core-json.js";
import "./part-shared.js";

// src/actions/resolve/index.ts
await runAction(async (run) => {
  const { resolve } = await import("./part-actions-resolve-main.js");
  return resolve(run);
});
