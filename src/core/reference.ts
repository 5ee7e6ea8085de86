import { parseDigest, type Digest } from './digest.ts';
import { UserError } from './errors.ts';

/*
 * Grammar (distribution/reference, regexp.go):
 *
 *   reference      := name [ ":" tag ] [ "@" digest ]
 *   name           := [ domain "/" ] remote-name
 *   domain         := host [ ":" 1*DIGIT ]
 *   host           := label *( "." label ) | "[" 1*( HEX | ":" ) "]"
 *   label          := ALNUM | ALNUM *( ALNUM | "-" ) ALNUM
 *   remote-name    := path-component *( "/" path-component )
 *   path-component := 1*LOWALNUM *( ( "." | "_" | "__" | 1*"-" ) 1*LOWALNUM )
 *   tag            := WORD *127( WORD | "." | "-" )
 */

/** An image reference, normalised: `nginx` is docker.io / library/nginx. It keeps its tag and its digest. */
export interface Reference {
  /** `host[:port]` in the case it was written in; `docker.io` when none was written. */
  readonly registry: string;
  /** Path inside the registry, such as `library/nginx`; at most 255 characters. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
}

export const DOCKER_HUB = 'docker.io';
const LEGACY_DOCKER_HUB = 'index.docker.io';
const OFFICIAL_PREFIX = 'library/';

/** distribution/reference RepositoryNameTotalLengthMax: of the path, without the registry. */
const MAX_REPOSITORY_LENGTH = 255;

/** SAFETY.md: 255 of repository, 128 of tag, 135 of digest and 253 of host fit. */
const MAX_REFERENCE_LENGTH = 1024;

const LABEL = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/;
const IPV6 = /^\[[a-fA-F0-9:]+\]$/;
const PORT = /^[0-9]+$/;
const PATH_COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const IDENTIFIER = /^[a-f0-9]{64}$/;
const SCHEME = /^(?:docker|oci|docker-image|https?):\/\//;

/** Whether `text` is a tag by the grammar. */
export function isTag(text: string): boolean {
  return TAG.test(text);
}

/** Whether `text` is a path of a repository by the grammar, without a registry. */
export function isRepository(text: string): boolean {
  return text.length <= MAX_REPOSITORY_LENGTH && text.split('/').every((component) => PATH_COMPONENT.test(component));
}

/** Whether `text` is `host[:port]` by the grammar. */
export function isRegistry(text: string): boolean {
  if (text.length > MAX_REFERENCE_LENGTH) return false;
  const { host, port } = splitPort(text);
  if (port !== undefined && !PORT.test(port)) return false;
  return IPV6.test(host) || host.split('.').every((label) => LABEL.test(label));
}

function splitPort(domain: string): { host: string; port?: string } {
  const colon = domain.lastIndexOf(':');
  if (colon < 0 || domain.endsWith(']')) return { host: domain };
  return { host: domain.slice(0, colon), port: domain.slice(colon + 1) };
}

/**
 * The reference that `text` is, normalised as distribution/reference does (normalize.go), but with its tag kept
 * beside its digest and no tag made up where none stands.
 * @throws UserError `bad-reference` with the corrected form where it can be guessed.
 */
export function parseReference(text: string): Reference {
  refuseStrangeText(text);
  if (IDENTIFIER.test(text)) {
    throw bad(text, 'it is a bare image ID', `Write name@sha256:${text} when it is a manifest digest`);
  }
  const [registry, rest] = splitRegistry(text);
  const { repository, tag, digest } = splitIdentifiers(rest);
  checkRepository(text, registry, repository);
  if (!isRegistry(registry)) throw bad(text, `"${registry}" is not a registry (host[:port])`, shapeHint);
  if (tag !== undefined && !TAG.test(tag)) throw badTag(text, tag);
  return {
    registry,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest: digestIn(text, digest) }),
  };
}

const shapeHint = 'A reference is [host[:port]/]name[:tag][@digest]';

function bad(text: string, why: string, hint: string, options?: ErrorOptions): UserError {
  return new UserError('bad-reference', `"${text}" is not an image reference: ${why}`, hint, options);
}

function refuseStrangeText(text: string): void {
  if (text === '') throw new UserError('bad-reference', 'an image reference is empty', shapeHint);
  if (text.length > MAX_REFERENCE_LENGTH) {
    throw bad(`${text.slice(0, 64)}…`, `it has ${text.length} characters, at most ${MAX_REFERENCE_LENGTH} are taken`, shapeHint);
  }
  const strange = [...text].find((character) => character < '!' || character > '~');
  if (strange !== undefined) {
    const point = (strange.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    throw bad(printable(text), `it holds the character U+${point}`, 'References are printable ASCII without blanks');
  }
  const scheme = SCHEME.exec(text);
  if (scheme !== null) {
    const bare = text.slice(scheme[0].length);
    throw bad(text, `it begins with ${scheme[0]}`, bare === '' ? shapeHint : `Write ${bare}`);
  }
}

/** The text with everything outside printable ASCII written as `\u{…}`. */
function printable(text: string): string {
  return text.replaceAll(/[^!-~]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** splitDockerDomain of normalize.go: which part of the text is the registry. */
function splitRegistry(text: string): readonly [string, string] {
  const slash = text.indexOf('/');
  if (slash < 0) return [DOCKER_HUB, OFFICIAL_PREFIX + text];
  const first = text.slice(0, slash);
  if (!looksLikeRegistry(first)) return [DOCKER_HUB, text];
  const rest = text.slice(slash + 1);
  if (first !== DOCKER_HUB && first !== LEGACY_DOCKER_HUB) return [first, rest];
  return [DOCKER_HUB, rest.includes('/') ? rest : OFFICIAL_PREFIX + rest];
}

function looksLikeRegistry(component: string): boolean {
  return component === 'localhost' || /[.:A-Z]/.test(component);
}

interface Identifiers {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

function splitIdentifiers(rest: string): Identifiers {
  const at = rest.indexOf('@');
  const named = at < 0 ? rest : rest.slice(0, at);
  const colon = named.indexOf(':');
  return {
    repository: colon < 0 ? named : named.slice(0, colon),
    ...(colon < 0 ? {} : { tag: named.slice(colon + 1) }),
    ...(at < 0 ? {} : { digest: rest.slice(at + 1) }),
  };
}

function checkRepository(text: string, registry: string, repository: string): void {
  const lower = repository.toLowerCase();
  if (isRepository(repository)) return;
  if (lower !== repository && isRepository(lower)) {
    const at = text.lastIndexOf(repository.slice(repository.startsWith(OFFICIAL_PREFIX) ? OFFICIAL_PREFIX.length : 0));
    const corrected = at < 0 ? lower : text.slice(0, at) + text.slice(at).toLowerCase().slice(0, lower.length) + text.slice(at + lower.length);
    throw bad(text, `the repository ${registry}/${repository} must be lowercase`, `repository names are lower-case: ${corrected}`);
  }
  if (repository.length > MAX_REPOSITORY_LENGTH) {
    throw bad(text, `the repository has ${repository.length} characters, at most ${MAX_REPOSITORY_LENGTH} are allowed`, shapeHint);
  }
  const component = repository.split('/').find((part) => !PATH_COMPONENT.test(part)) ?? '';
  const why = component === '' ? 'a part of the repository is empty' : `"${component}" is not a path component`;
  throw bad(text, why, 'Components are a-z and 0-9, separated inside by one of . _ __ or dashes');
}

function badTag(text: string, tag: string): UserError {
  if (tag === '') return bad(text, 'the tag after ":" is empty', shapeHint);
  if (tag.length > 128) return bad(text, `the tag has ${tag.length} characters, at most 128 are allowed`, 'Shorten the tag');
  return bad(text, `"${tag}" is not a tag`, 'A tag is letters, digits, _ . and -, and does not begin with . or -');
}

function digestIn(text: string, digest: string): Digest {
  try {
    return parseDigest(digest);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw bad(text, error.message, error.hint, { cause: error });
  }
}

/** The fully qualified name without tag and digest: `docker.io/library/nginx`. */
export function nameOf(reference: Reference): string {
  return `${reference.registry}/${reference.repository}`;
}

/** The fully qualified reference: `docker.io/library/nginx:1.27@sha256:…`. */
export function formatReference(reference: Reference): string {
  return nameOf(reference) + identifiersOf(reference);
}

/** The short form that docker shows: without `docker.io/` and `library/`. */
export function familiarReference(reference: Reference): string {
  return familiarNameOf(reference) + identifiersOf(reference);
}

/** The short form of the name: `nginx` for docker.io/library/nginx. */
export function familiarNameOf(reference: Reference): string {
  if (reference.registry !== DOCKER_HUB) return nameOf(reference);
  const official = reference.repository.startsWith(OFFICIAL_PREFIX);
  const short = official ? reference.repository.slice(OFFICIAL_PREFIX.length) : reference.repository;
  return short.includes('/') && official ? reference.repository : short;
}

function identifiersOf({ tag, digest }: Reference): string {
  return (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`);
}

/** The reference with the tag `latest` when it has neither tag nor digest (normalize.go TagNameOnly). */
export function withDefaultTag(reference: Reference): Reference {
  if (reference.tag !== undefined || reference.digest !== undefined) return reference;
  return { ...reference, tag: 'latest' };
}

/** Names of Docker Hub that clients and credential stores use (normalize.go; docker/cli registry.IndexServer). */
const DOCKER_HUB_ALIASES: ReadonlySet<string> = new Set([DOCKER_HUB, LEGACY_DOCKER_HUB, 'registry-1.docker.io']);

/** The registry as it is compared: lower case, Docker Hub's aliases folded, so that equal means the same server. */
export function canonicalRegistry(registry: string): string {
  const lower = registry.toLowerCase();
  return DOCKER_HUB_ALIASES.has(lower) ? DOCKER_HUB : lower;
}
