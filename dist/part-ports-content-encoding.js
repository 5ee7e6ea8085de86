import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

import {
  codeOf,
  tooLarge
} from "./part-ports-transport-error.js";
import {
  TransportError
} from "./part-core-json.js";
import "./part-shared.js";

// src/ports/content-encoding.ts
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, zstdDecompress } from "node:zlib";
var DECODERS = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress)
};
async function decode(body, encoding, maxBytes, host, what) {
  const decoder = Object.entries(DECODERS).find(([name]) => name === encoding)?.[1];
  if (decoder === void 0)
    throw undecodable(host, `its encoding ${JSON.stringify(encoding.slice(0, 40))} is not known`);
  try {
    return await decoder(body, { maxOutputLength: maxBytes });
  } catch (error) {
    const code = codeOf(error);
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(host, what, maxBytes);
    throw undecodable(host, `its encoding ${encoding} is broken (${code})`, { cause: error });
  }
}
function undecodable(host, why, options) {
  return new TransportError(
    "cannot-tell",
    `${host}: the answer cannot be read: ${why}`,
    "It was asked for without an encoding: a proxy between the runner and the registry may be at fault.",
    false,
    options
  );
}
export {
  decode
};
