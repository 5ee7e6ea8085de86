import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  readCaFile
} from "./part-ports-certificates.js";
import {
  UserError
} from "./part-core-json.js";

// src/actions/ca-file.ts
async function readExtraCa(form, { caFile }) {
  if (caFile === void 0) return void 0;
  try {
    return await readCaFile(caFile);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    form.problem("ca-file", error);
    return void 0;
  }
}

export {
  readExtraCa
};
