import { parseDigest, readDigest } from './digest.ts';
import { UserError } from './errors.ts';
import { clipped, quoted } from './printable.ts';
import {
  isIdentifier,
  isPathComponent,
  isRegistry,
  isRepository,
  isTag,
  isUsableRegistry,
  MAX_REFERENCE_LENGTH,
  MAX_REPOSITORY_LENGTH,
  MAX_TAG_LENGTH,
  readReference,
  splitReference,
  type Parts,
} from './reference-grammar.ts';

const SHAPE = 'A reference is [host[:port]/]name[:tag][@digest]';

const EMPTY_HINT = `${SHAPE}; a variable may be empty`;

/** `docker://`, `oci://`, `https://`: a transport, which is no part of a reference. */
const SCHEME = /^[a-z][a-z+.-]{0,30}:\/\//;

/** Docker Hub's page of an image, which is pasted as if it were its name. */
const WEB_PAGE = /^https:\/\/hub\.docker\.com\/(?:r|_|layers|repository\/docker)\//;

/** Longest text that a message repeats. */
const SHOWN = 300;

/** The error for a text that is no reference: what is wrong with it, and the corrected form where it can be guessed. */
export function problemOf(text: string): UserError {
  if (text === '') return new UserError('bad-reference', 'an image reference is empty', EMPTY_HINT);
  if (text.length > MAX_REFERENCE_LENGTH) {
    const why = `it has ${text.length} characters, at most ${MAX_REFERENCE_LENGTH} are taken`;
    return bad(`${text.slice(0, 64)}...`, { why, hint: SHAPE });
  }
  const { why, hint } = strangeText(text) ?? wrongKind(text) ?? wrongPart(text, splitReference(text));
  const corrected = isDigestAlone(text) ? undefined : correctionOf(text);
  return bad(text, { why, hint: corrected === undefined ? hint : correctedHint(text, corrected) });
}

interface Problem {
  readonly why: string;
  readonly hint: string;
}

function bad(text: string, { why, hint }: Problem): UserError {
  return new UserError('bad-reference', `"${clipped(asAscii(text), SHOWN)}" is not an image reference: ${why}`, hint);
}

/** The text with everything outside printable ASCII written as `\u{…}`, so that look-alikes can be told apart. */
function asAscii(text: string): string {
  const ascii = text.replaceAll(/[^ -~]/gu, (character) => `\\u{${codePointOf(character).toString(16)}}`);
  return ascii.replaceAll('"', "'");
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function strangeText(text: string): Problem | undefined {
  if (text.includes('$')) {
    return {
      why: 'it holds a "$"',
      hint: 'Variables are not expanded here: write ${{ env.NAME }} or ${{ github.sha }} in the workflow',
    };
  }
  const strange = new Set(Array.from(text).filter((character) => character < '!' || character > '~'));
  if (strange.size === 0) return undefined;
  const names = [...strange].slice(0, 3).map((character) => nameOfCharacter(character));
  return { why: `it holds ${names.join(', ')}`, hint: 'References are printable ASCII without blanks' };
}

function nameOfCharacter(character: string): string {
  const name = `U+${codePointOf(character).toString(16).toUpperCase().padStart(4, '0')}`;
  return character === ' ' ? `a blank (${name})` : `the character ${name}`;
}

function wrongKind(text: string): Problem | undefined {
  const scheme = SCHEME.exec(text)?.[0];
  if (scheme !== undefined) return { why: `it begins with ${scheme}`, hint: SHAPE };
  if (isIdentifier(text)) {
    return { why: 'it is a bare image ID', hint: `Write name@sha256:${text} when it is a manifest digest` };
  }
  if (readDigest(text) !== undefined) return { why: 'it is a digest without a name', hint: `Write name@${text}` };
  return undefined;
}

function wrongPart(text: string, parts: Parts): Problem {
  const { registry, repository, tag, digest } = parts;
  if (!isUsableRegistry(registry)) return wrongRegistry(registry);
  if (!isRepository(repository)) return wrongRepository(parts);
  if (tag !== undefined && !isTag(tag)) return wrongTag(tag);
  return wrongDigest(digest ?? text);
}

function wrongRegistry(registry: string): Problem {
  if (isRegistry(registry)) {
    return {
      why: `the registry "${registry}" cannot be asked`,
      hint: 'Check its address and its port (at most 65535)',
    };
  }
  const inBrackets = /^[a-fA-F0-9:]+$/.test(registry) && registry.lastIndexOf(':') > registry.indexOf(':');
  return {
    why: `${quoted(registry)} is not a registry (host[:port])`,
    hint: inBrackets
      ? 'IPv6 addresses stand in brackets: [::1]:5000/name'
      : 'Host names hold letters, digits and dashes between dots, ports digits',
  };
}

function wrongRepository({ registry, repository, path }: Parts): Problem {
  if (repository !== repository.toLowerCase() && isRepository(repository.toLowerCase())) {
    return {
      why: `the repository ${registry}/${repository} must be lowercase`,
      hint: 'repository names are lower-case',
    };
  }
  if (repository.length > MAX_REPOSITORY_LENGTH) {
    const why = `the repository has ${repository.length} characters, at most ${MAX_REPOSITORY_LENGTH} are allowed`;
    return { why, hint: SHAPE };
  }
  if (path === '') return { why: 'the name is missing', hint: EMPTY_HINT };
  const component = path.split('/').find((part) => !isPathComponent(part)) ?? '';
  if (component === '') return { why: 'a part of the repository is empty', hint: EMPTY_HINT };
  return {
    why: `${quoted(component)} is not a path component`,
    hint: 'Components are a-z and 0-9, separated inside by one of . _ __ or dashes',
  };
}

function wrongTag(tag: string): Problem {
  if (tag === '') return { why: 'the tag after ":" is empty', hint: EMPTY_HINT };
  if (tag.length > MAX_TAG_LENGTH) {
    return {
      why: `the tag has ${tag.length} characters, at most ${MAX_TAG_LENGTH} are allowed`,
      hint: 'Shorten the tag',
    };
  }
  return {
    why: `${quoted(tag)} is not a tag`,
    hint: 'A tag is letters, digits, _ . and -, and does not begin with . or -',
  };
}

function wrongDigest(digest: string): Problem {
  if (digest === '') return { why: 'the digest after "@" is empty', hint: EMPTY_HINT };
  try {
    parseDigest(digest);
  } catch (error) {
    if (error instanceof UserError) return { why: error.message, hint: error.hint };
    throw error;
  }
  return { why: 'it does not fit the grammar', hint: SHAPE };
}

function isDigestAlone(text: string): boolean {
  return isIdentifier(text) || readDigest(text) !== undefined;
}

/** Repairs of what people paste, each of text that the one before it left. */
const REPAIRS: readonly ((text: string) => string)[] = [
  (text) => text.trim(),
  (text) => text.replace(/^(["'`])(.*)\1$/, '$2'),
  (text) => text.replace(WEB_PAGE, '').replace(SCHEME, ''),
  (text) => (text.endsWith('/') && splitReference(text).path.length > 1 ? text.slice(0, -1) : text),
  repairDigest,
  lowerRepository,
];

/** The reference that was probably meant; undefined when no repair makes one. */
function correctionOf(text: string): string | undefined {
  let repaired = text;
  for (const repair of REPAIRS) {
    repaired = repair(repaired);
    if (readReference(repaired) !== undefined) return repaired;
  }
  return undefined;
}

/** `name:sha256:…`, `name@<hex>`, `name@SHA256:…` and `name@tag`. */
function repairDigest(text: string): string {
  const bare = /^(.*?)[:@](?:sha256[:-])?([a-f0-9]{64})$/i.exec(text);
  if (bare !== null) return `${bare[1]}@sha256:${bare[2]?.toLowerCase()}`;
  const { digest } = splitReference(text);
  if (digest === undefined) return text;
  const before = text.slice(0, text.length - digest.length - 1);
  if (readDigest(digest.toLowerCase()) !== undefined) return `${before}@${digest.toLowerCase()}`;
  return isTag(digest) && splitReference(before).tag === undefined ? `${before}:${digest}` : text;
}

function lowerRepository(text: string): string {
  const { prefix, path } = splitReference(text);
  return prefix + path.toLowerCase() + text.slice(prefix.length + path.length);
}

function correctedHint(text: string, corrected: string): string {
  if (corrected !== lowerRepository(text)) return `Write ${corrected}`;
  const hint = `repository names are lower-case: ${corrected}`;
  const first = splitReference(text).prefix.slice(0, -1);
  if (first === 'localhost' || /[.:]/.test(first) || first === '') return hint;
  const onHub = corrected.replace(first, first.toLowerCase());
  return `${hint}; "${first}" is read as a registry because of its upper-case letters, on Docker Hub it is ${onHub}`;
}
