import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  UserError
} from "./part-core-json.js";

// src/registry/http.ts
var TransportError = class extends UserError {
  /** Whether the same request may succeed when it is sent again. */
  retryable;
  /** Whether the server may speak plain http: it did not get as far as showing a certificate. */
  mayBePlainHttp;
  constructor(code, message, hint, retryable, options) {
    super(code, message, hint, options);
    this.name = "TransportError";
    this.retryable = retryable;
    this.mayBePlainHttp = options?.mayBePlainHttp ?? false;
  }
};

export {
  TransportError
};
