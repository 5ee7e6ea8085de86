import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);


// src/actions/version.ts
var VERSION = "1.0.0";

export {
  VERSION
};
