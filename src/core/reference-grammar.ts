import { readDigest, type Digest } from './digest.ts';

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
export const LEGACY_DOCKER_HUB = 'index.docker.io';
export const OFFICIAL_PREFIX = 'library/';

/** distribution/reference RepositoryNameTotalLengthMax: of the path, without the registry. */
export const MAX_REPOSITORY_LENGTH = 255;
export const MAX_TAG_LENGTH = 128;

/** SAFETY.md T43: 255 of repository, 128 of tag, 135 of digest and 253 of host fit. */
export const MAX_REFERENCE_LENGTH = 1024;

const LABEL = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/;
const IPV6 = /^\[[a-fA-F0-9:]+\]$/;
const PORT = /^[0-9]+$/;
const PATH_COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const IDENTIFIER = /^[a-f0-9]{64}$/;

/** Whether `text` is a tag by the grammar. */
export function isTag(text: string): boolean {
  return TAG.test(text);
}

/** Whether `text` is one component of a repository's path by the grammar. */
export function isPathComponent(text: string): boolean {
  return text.length <= MAX_REPOSITORY_LENGTH && PATH_COMPONENT.test(text);
}

/** Whether `text` is a path of a repository by the grammar, without a registry. */
export function isRepository(text: string): boolean {
  return text.length <= MAX_REPOSITORY_LENGTH && text.split('/').every(isPathComponent);
}

/** Whether `text` is `host[:port]` by the grammar, which bounds neither the port nor the groups of an IPv6 address. */
export function isRegistry(text: string): boolean {
  if (text.length > MAX_REFERENCE_LENGTH) return false;
  const colon = text.endsWith(']') ? -1 : text.lastIndexOf(':');
  const host = colon < 0 ? text : text.slice(0, colon);
  if (colon >= 0 && !PORT.test(text.slice(colon + 1))) return false;
  return IPV6.test(host) || host.split('.').every((label) => LABEL.test(label));
}

/** Whether a registry by the grammar can be asked at all: a port up to 65535, an address that is one. */
export function isUsableRegistry(text: string): boolean {
  return isRegistry(text) && URL.canParse(`https://${text}/`);
}

/** Whether `text` is what docker takes for an image ID (identifierRegexp): 64 hexadecimal digits and nothing else. */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

/** The parts of a text that may be a reference; none of them is checked. */
export interface Parts {
  readonly registry: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
  /** What stands before the path: the registry as written and its slash, or nothing. */
  readonly prefix: string;
  /** The path as written. */
  readonly path: string;
}

/** Splits as splitDockerDomain of normalize.go does, then at the first `@` and the first `:` behind the registry. */
export function splitReference(text: string): Parts {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(slash, 0));
  const prefix = slash >= 0 && looksLikeRegistry(first) ? `${first}/` : '';
  const rest = text.slice(prefix.length);
  const at = rest.indexOf('@');
  const named = at < 0 ? rest : rest.slice(0, at);
  const colon = named.indexOf(':');
  const path = colon < 0 ? named : named.slice(0, colon);
  const onHub = prefix === '' || first === DOCKER_HUB || first === LEGACY_DOCKER_HUB;
  return {
    registry: onHub ? DOCKER_HUB : first,
    repository: onHub && !rest.includes('/') ? OFFICIAL_PREFIX + path : path,
    ...(colon < 0 ? {} : { tag: named.slice(colon + 1) }),
    ...(at < 0 ? {} : { digest: rest.slice(at + 1) }),
    prefix,
    path,
  };
}

/** A first component is a registry when it is `localhost` or holds a dot, a colon or an upper-case letter. */
function looksLikeRegistry(component: string): boolean {
  return component === 'localhost' || /[.:A-Z]/.test(component);
}

/**
 * The reference that `text` is, normalised as distribution/reference does (normalize.go), but with its tag kept
 * beside its digest and no tag made up where none stands; undefined when it is none.
 */
export function readReference(text: string): Reference | undefined {
  if (text.length > MAX_REFERENCE_LENGTH || isIdentifier(text) || readDigest(text) !== undefined) return undefined;
  const { registry, repository, tag, digest } = splitReference(text);
  const known = digest === undefined ? undefined : readDigest(digest);
  if (!isUsableRegistry(registry) || !isRepository(repository)) return undefined;
  if ((tag !== undefined && !isTag(tag)) || (digest !== undefined && known === undefined)) return undefined;
  return {
    registry,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(known === undefined ? {} : { digest: known }),
  };
}
