import { matchesDigest, readDigest, type Digest } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { NO_BODY } from './exchange.ts';
import { refusalOf, refusalOfLoad } from './failure.ts';
import type { RegistryClient } from './client.ts';
import type { Location } from './location.ts';
import type { Answer } from './redirect.ts';
import type { Trace } from './trace.ts';

/** A manifest as it is sent: the very bytes and the media type that were received. */
export interface PushedManifest {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly digest: Digest;
}

/** Where a manifest goes. */
export interface PushTarget {
  /** With `writes`. */
  readonly location: Location;
  /** A tag, or the manifest's digest. */
  readonly identifier: string;
  /** What the tag had before; undefined when it did not exist. */
  readonly before: Digest | undefined;
}

/** What the answer says: whether it names the digest of what was sent. */
export type PushAnswer = { readonly confirmed: boolean };

/**
 * PUTs a manifest under a tag or its digest. Any 2xx is taken; whether the tag has the digest is for a look afterwards.
 * @throws UserError `integrity` when the registry says that it stored something else; `tag-immutable`,
 * `unauthorized`, `not-found`, `limit`, `rate-limited`, `cannot-tell` when it did not take the manifest
 */
export async function putManifest(
  client: RegistryClient,
  { location, identifier, before }: PushTarget,
  { bytes, mediaType, digest }: PushedManifest,
  trace: Trace,
): Promise<PushAnswer> {
  const answer = await client.session.ask(
    location,
    {
      method: 'PUT',
      path: `${location.repository}/manifests/${identifier}`,
      headers: { 'content-type': mediaType },
      body: bytes,
      maxBytes: NO_BODY,
      what: 'answer to a manifest',
    },
    trace,
  );
  const { response } = answer;
  if (response.status < 200 || response.status > 299) {
    throw refusalOfPush(client, { location, identifier, before }, mediaType, answer);
  }
  const said = readDigest(response.header('docker-content-digest')[0] ?? '');
  if (said !== undefined && !matchesDigest(bytes, said)) {
    throw new UserError(
      'integrity',
      `${nameOf(location, identifier)} was to become ${digest}, and ${location.registry} says that it stored ${said}`,
      'The registry, or a proxy in front of it, changes what it stores. Look at the tag and move it back',
    );
  }
  return { confirmed: said !== undefined };
}

function nameOf({ registry, repository }: Location, identifier: string): string {
  return `${registry}/${repository}${identifier.includes(':') ? '@' : ':'}${identifier}`;
}

/** Words of registries that refuse to move a tag (ECR, Google, Harbor, Quay, Docker Hub). */
const IMMUTABLE =
  /immutab|cannot be overwritten|already exists|can ?not update tag|read.only mode|operation is disallowed/i;

/** Refused by rule, whatever the words are: 412 is Harbor's, 409 a conflict (REGISTRIES.md Q135). */
const IMMUTABLE_STATUS: ReadonlySet<number> = new Set([409, 412]);

function refusalOfPush(client: RegistryClient, target: PushTarget, mediaType: string, answer: Answer): UserError {
  const { location, identifier } = target;
  const { status } = answer.response;
  const { text } = refusalOf(answer.response, answer.url.host);
  const name = nameOf(location, identifier);
  const said = `${location.registry} answered ${status}${text === '' ? '' : `: ${text}`}`;
  if (isImmutable(target, status, text)) return immutable(name, target.before, said);
  if (status === 401 || status === 403) return client.session.unauthorized(location, answer);
  const known = KNOWN.find(({ fits }) => fits(status, text));
  if (known !== undefined) {
    return new UserError(known.code, `${name} was not written: ${said}`, known.hint(location, mediaType));
  }
  return refusalOfLoad(answer.response, location.registry, client.timing.wallClock());
}

/** Docker Hub refuses a login without rights with 401, so its 403 for a tag that exists is its rule (Q135). */
function isImmutable({ location, identifier, before }: PushTarget, status: number, text: string): boolean {
  if (status < 400 || status >= 500 || identifier.includes(':')) return false;
  if (IMMUTABLE_STATUS.has(status) || IMMUTABLE.test(text)) return true;
  return status === 403 && location.registry === 'docker.io' && before !== undefined;
}

function immutable(name: string, before: Digest | undefined, said: string): UserError {
  const has = before === undefined ? '' : ` It has ${before}.`;
  return new UserError(
    'tag-immutable',
    `${name} may not be written: tags are immutable there, or the registry is read-only (${said}).${has}`,
    'Use a new tag, or change the rule in the settings of the registry',
  );
}

interface KnownRefusal {
  readonly fits: (status: number, text: string) => boolean;
  readonly code: 'not-found' | 'unauthorized' | 'limit' | 'cannot-tell';
  readonly hint: (location: Location, mediaType: string) => string;
}

/** Refusals that say what to do (REGISTRIES.md Q136 to Q144). */
const KNOWN: readonly KnownRefusal[] = [
  {
    fits: (status) => status === 404,
    code: 'not-found',
    hint: ({ repository }) => `Create the repository ${repository} first: this registry does not make it by itself`,
  },
  {
    fits: (status) => status === 405,
    code: 'unauthorized',
    hint: () => 'Proxies, caches and locked repositories take no pushes: write to the registry that is behind it',
  },
  {
    fits: (status) => status === 413,
    code: 'limit',
    hint: () => `A manifest may have ${LIMITS.manifestBytes} bytes at most registries; ask the operator of this one`,
  },
  {
    fits: (status, text) => status === 400 && /blob.?unknown/i.test(text),
    code: 'cannot-tell',
    hint: () => 'The registry has lost a part of the image: push it again',
  },
  {
    fits: (status) => status === 415 || status === 400,
    code: 'cannot-tell',
    hint: (_, mediaType) =>
      `The registry may not know ${mediaType}. Nothing is converted, because the digest would change`,
  },
];
