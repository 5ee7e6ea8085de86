import { createHash } from 'node:crypto';
import { UserError } from './errors.ts';
import { quoted } from './printable.ts';

declare const digestBrand: unique symbol;

/** A digest that passed the grammar: `sha256:` + 64 or `sha512:` + 128 lower-case hexadecimal digits. */
export type Digest = string & { readonly [digestBrand]: true };

declare const imageIdBrand: unique symbol;

/** The digest of a config blob, which docker calls the image ID. It can never be used to pull. */
export type ImageId = string & { readonly [imageIdBrand]: true };

export type DigestAlgorithm = 'sha256' | 'sha512';

/** Hexadecimal digits per algorithm (image-spec descriptor.md, "Registered Algorithms"). */
const HEX_LENGTH = { sha256: 64, sha512: 128 } as const satisfies Record<DigestAlgorithm, number>;

const LOWER_HEX = /^[a-f0-9]+$/;

/** The digest of nothing: what `sha256sum` prints when an earlier command gave no output. */
export const EMPTY_DIGESTS: ReadonlySet<string> = new Set([
  `sha256:${createHash('sha256').digest('hex')}`,
  `sha512:${createHash('sha512').digest('hex')}`,
]);

/** The digest that `text` is, or undefined when it is none that this product takes (image-spec descriptor.md). */
export function readDigest(text: string): Digest | undefined {
  const colon = text.indexOf(':');
  const algorithm = text.slice(0, colon);
  const hex = text.slice(colon + 1);
  if (algorithm !== 'sha256' && algorithm !== 'sha512') return undefined;
  if (hex.length !== HEX_LENGTH[algorithm] || !LOWER_HEX.test(hex)) return undefined;
  return text as Digest;
}

/** The digest that `text` is. @throws UserError `bad-reference`, which names what is wrong with it. */
export function parseDigest(text: string): Digest {
  const digest = readDigest(text);
  if (digest !== undefined) return digest;
  throw new UserError('bad-reference', `${quoted(text)} is not a digest: ${reasonAgainst(text)}`, correctionOf(text));
}

function reasonAgainst(text: string): string {
  const colon = text.indexOf(':');
  if (colon < 1) return 'the algorithm is missing';
  const algorithm = text.slice(0, colon);
  const hex = text.slice(colon + 1);
  if (algorithm !== 'sha256' && algorithm !== 'sha512') {
    const known = algorithm.toLowerCase();
    if (known === 'sha256' || known === 'sha512') return 'the algorithm is written in lower case';
    return `the algorithm ${quoted(algorithm, 40)} is not supported (sha256 and sha512 are)`;
  }
  if (hex.length !== HEX_LENGTH[algorithm]) {
    return `${algorithm} has ${HEX_LENGTH[algorithm]} hexadecimal digits, this has ${hex.length}`;
  }
  if (/^[a-fA-F0-9]+$/.test(hex)) return 'hexadecimal digits are written in lower case';
  return 'it holds characters that are no hexadecimal digits';
}

/** The digest inside `text` that was probably meant: in lower case, behind `name@`, or with the algorithm missing. */
function correctionOf(text: string): string {
  const lower = text.trim().toLowerCase();
  const last = lower.slice(lower.lastIndexOf('@') + 1).replace(/^(sha256|sha512)[-=]/, '$1:');
  const guess = [last, `sha256:${last}`, `sha512:${last}`].find((candidate) => readDigest(candidate) !== undefined);
  if (guess !== undefined) return `Write ${guess}`;
  return 'A digest looks like sha256: followed by 64 lower-case hexadecimal digits';
}

/** The algorithm that a digest names. */
export function algorithmOf(digest: Digest): DigestAlgorithm {
  return digest.startsWith('sha512:') ? 'sha512' : 'sha256';
}

/** The hexadecimal digits of a digest, without the algorithm. */
export function hexOf(digest: Digest): string {
  return digest.slice(digest.indexOf(':') + 1);
}

/** The digest of these bytes. */
export function digestOf(bytes: Uint8Array, algorithm: DigestAlgorithm = 'sha256'): Digest {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}` as Digest;
}

/** Whether these bytes hash to this digest, with the digest's own algorithm. */
export function matchesDigest(bytes: Uint8Array, digest: Digest): boolean {
  return digestOf(bytes, algorithmOf(digest)) === digest;
}

/** A config digest as what it is: an image ID. */
export function imageIdOf(configDigest: Digest): ImageId {
  return configDigest as string as ImageId;
}
