import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import { TransportError } from '../registry/http.ts';
import { codeOf, tooLarge } from './transport-error.ts';

const DECODERS = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
} as const;

/**
 * Undoes a content encoding that nobody asked for; loaded only when one comes. At most `maxBytes` are made, whatever
 * the size of the input (SAFETY.md T56). `host` and `what` are for messages.
 * @throws TransportError `limit`; `cannot-tell` for an encoding that is unknown, one upon another, or broken.
 */
export async function decode(
  body: Uint8Array,
  encoding: string,
  maxBytes: number,
  host: string,
  what: string,
): Promise<Uint8Array> {
  const decoder = Object.entries(DECODERS).find(([name]) => name === encoding)?.[1];
  if (decoder === undefined)
    throw undecodable(host, `its encoding ${JSON.stringify(encoding.slice(0, 40))} is not known`);
  try {
    return await decoder(body, { maxOutputLength: maxBytes });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(host, what, maxBytes);
    throw undecodable(host, `its encoding ${encoding} is broken (${code})`, { cause: error });
  }
}

function undecodable(host: string, why: string, options?: ErrorOptions): TransportError {
  return new TransportError(
    'cannot-tell',
    `${host}: the answer cannot be read: ${why}`,
    'It was asked for without an encoding: a proxy between the runner and the registry may be at fault.',
    false,
    options,
  );
}
