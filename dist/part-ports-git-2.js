import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  createGit
} from "./part-ports-git.js";
import "./part-rules-diff.js";
import "./part-shared.js";
export {
  createGit
};
