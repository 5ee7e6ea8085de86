import { readDigest, type Digest } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { isObject, listProperty, parseJson, property, textProperty } from '../core/json.ts';
import { isIndexType, isManifestType } from '../core/media-type.ts';
import type { RegistryClient } from './client.ts';
import { NO_BODY } from './exchange.ts';
import { refusalOf, refusalOfLoad } from './failure.ts';
import type { Location } from './location.ts';
import type { FetchedManifest } from './manifest-answer.ts';
import { putManifest } from './push.ts';
import type { Answer } from './redirect.ts';
import type { Trace } from './trace.ts';

/** Two repositories of one registry. */
export interface MountRoute {
  readonly from: Location;
  /** With `writes` that cover reading `from`. */
  readonly to: Location;
}

/**
 * Brings everything that a manifest needs into another repository of the same registry: blobs are mounted, the
 * manifests of an index are read and put by their digests, the deepest first (REGISTRIES.md Q136, Q137). The manifest
 * itself is left to the caller. What is there already is left alone.
 * @throws UserError that names both repositories when a blob cannot be mounted
 */
export async function mountContents(
  client: RegistryClient,
  route: MountRoute,
  top: FetchedManifest,
  trace: Trace,
): Promise<void> {
  if ((await client.head(route.to, top.digest, trace, false)) !== undefined) return;
  const mounted = new Map<Digest, Promise<void>>();
  const once = (digest: Digest, work: () => Promise<void>): Promise<void> => {
    const begun = mounted.get(digest) ?? work();
    mounted.set(digest, begun);
    return begun;
  };
  const bring = async ({ bytes }: FetchedManifest, depth: number): Promise<void> => {
    const parts = partsOf(bytes);
    await Promise.all(
      parts.map(({ digest, isManifest }) =>
        once(digest, () => (isManifest ? bringChild(digest, depth + 1) : mountBlob(client, route, digest, trace))),
      ),
    );
  };
  const bringChild = async (digest: Digest, depth: number): Promise<void> => {
    const child = await client.get(route.from, digest, trace);
    if (child === undefined) throw lostPart(route.from, digest);
    if (child.manifest.kind === 'index' && depth > LIMITS.indexDepth) throw tooDeep(route.from);
    await bring(child, depth);
    await putManifest(client, { location: route.to, identifier: digest, before: undefined }, child, trace);
  };
  await bring(top, 1);
}

interface Part {
  readonly digest: Digest;
  readonly isManifest: boolean;
}

/** What has to be in a repository before it takes the manifest; layers that are elsewhere (`urls`) need not be. */
function partsOf(bytes: Uint8Array): readonly Part[] {
  const body = parseJson(bytes);
  const config = property(body, 'config');
  const blobs = [
    ...(isObject(config) ? [config] : []),
    ...listProperty(body, 'layers'),
    ...listProperty(body, 'blobs'),
  ];
  const present = blobs.filter((blob) => listProperty(blob, 'urls').length === 0);
  const entries = listProperty(body, 'manifests');
  return [
    ...present.map((blob) => ({ digest: digestIn(blob), isManifest: false })),
    ...entries.map((entry) => ({ digest: digestIn(entry), isManifest: namesManifest(entry) })),
  ];
}

function namesManifest(entry: unknown): boolean {
  const type = textProperty(entry, 'mediaType')?.toLowerCase() ?? '';
  // BuildKit's cache is an index of blobs.
  return type === '' || isIndexType(type) || isManifestType(type) || type.includes('manifest');
}

function digestIn(descriptor: unknown): Digest {
  const text = textProperty(descriptor, 'digest') ?? '';
  const digest = readDigest(text);
  if (digest !== undefined) return digest;
  throw new UserError(
    'cannot-tell',
    `the manifest names a part by "${text.slice(0, 100)}", which is no digest that can be mounted`,
    'Copy the image with another tool, such as skopeo copy --all',
  );
}

/** Asks the registry to share a blob between two repositories: 201 is done, 202 opens an upload instead. */
async function mountBlob(
  client: RegistryClient,
  { from, to }: MountRoute,
  digest: Digest,
  trace: Trace,
): Promise<void> {
  const query = new URLSearchParams({ mount: digest, from: from.repository });
  const question = {
    method: 'POST',
    path: `${to.repository}/blobs/uploads/?${query.toString()}`,
    headers: {},
    body: new Uint8Array(),
    maxBytes: NO_BODY,
    what: 'answer to a mount',
  } as const;
  const answer = await client.session.ask(to, question, trace).catch((error: unknown) => {
    const isRefused = error instanceof UserError && error.code === 'unauthorized';
    throw isRefused ? refusedMount(from, to, digest, error.message) : error;
  });
  const { status } = answer.response;
  if (status === 201 || status === 200 || status === 204) return;
  if (status === 202) {
    await cancelUpload(client, to, answer, trace);
    // Some registries open an upload even for what they have.
    if ((await client.blobSize(to, digest, trace)) !== undefined) return;
    throw refusedMount(from, to, digest, `${to.registry} wants it uploaded instead`);
  }
  if (status === 401 || status === 403 || status === 404 || status === 405) {
    const { text } = refusalOf(answer.response, answer.url.host);
    const reason = client.session.unauthorized(to, answer).message;
    throw refusedMount(from, to, digest, status < 404 ? reason : `${to.registry} answered ${status}: ${text}`);
  }
  throw refusalOfLoad(answer.response, to.registry, client.timing.wallClock());
}

function refusedMount(from: Location, to: Location, digest: Digest, why: string): UserError {
  return new UserError(
    'unauthorized',
    `${digest} of ${from.registry}/${from.repository} could not be mounted into ${to.registry}/${to.repository}: ${why}`,
    `The login needs the right to read ${from.repository} and to write ${to.repository}; where the registry mounts ` +
      'nothing between repositories, copy the image once with skopeo copy --all',
  );
}

/** Ends an upload that nobody wants. Best effort: the registry forgets it by itself. */
async function cancelUpload(client: RegistryClient, to: Location, answer: Answer, trace: Trace): Promise<void> {
  const url = URL.parse(answer.response.header('location')[0] ?? '', answer.url.href);
  if (url === null || url.origin !== answer.url.origin) return;
  const question = { method: 'DELETE', path: url, headers: {}, maxBytes: NO_BODY, what: 'answer' } as const;
  await client.session.ask(to, question, trace).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
  });
}

function lostPart({ registry, repository }: Location, digest: Digest): UserError {
  return new UserError(
    'not-found',
    `${registry}/${repository} has an index but not the manifest ${digest} that it names`,
    'Push the image again: the registry has lost a part of it',
  );
}

function tooDeep({ registry, repository }: Location): UserError {
  return new UserError(
    'limit',
    `the index in ${registry}/${repository} holds indexes more than ${LIMITS.indexDepth} deep`,
    'Copy the image with another tool, such as skopeo copy --all',
  );
}
