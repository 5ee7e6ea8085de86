import { readDigest, type Digest } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { isAttestation, parseConfig, type ImageIndex } from '../core/manifest.ts';
import { isObject, parseJson } from '../core/json.ts';
import { familiarNameOf, familiarReference, type Reference } from '../core/reference.ts';
import type { Resolution } from '../core/resolution.ts';
import type { RegistryClient } from './client.ts';
import { hostnameOf, type Location } from './location.ts';
import { statedVersion } from './inspect.ts';
import { listPlatforms } from './platforms.ts';
import { listTags } from './tag-list.ts';
import type { Trace } from './trace.ts';

/*
 * Why there is no answer, or another one than expected. Everything here runs only after a look-up has failed: its
 * requests are spent on telling the user what is wrong.
 */

/** The error for a definite "not found": image ID, missing repository, or missing tag with the nearest ones. */
export async function explainMissing(
  client: RegistryClient,
  location: Location,
  reference: Reference,
  trace: Trace,
): Promise<UserError> {
  const { digest } = reference;
  if (digest !== undefined) {
    const wrongKind = await explainDigest(client, location, reference, digest, trace).catch(() => undefined);
    if (wrongKind !== undefined) return wrongKind;
  }
  const list = await listTags(client, location, trace, { pages: PAGES }).catch(() => 'not told' as const);
  const name = familiarReference(reference);
  const asked = `${hostnameOf(location.registry) === '' ? '' : location.registry} answered 404`;
  if (list === 'not told') {
    return new UserError(
      'not-found',
      `${name} was not found: ${asked}; whether the repository exists cannot be told`,
      `Check the spelling.${waitHint(reference)}`,
    );
  }
  if (list === undefined) {
    return new UserError(
      'not-found',
      `${name} was not found: ${location.registry} has no repository ${location.repository}`,
      `Check the spelling of the repository, and that the job that pushes it has run.${waitHint(reference)}`,
    );
  }
  const nearest = reference.tag === undefined ? [] : nearestTags(reference.tag, list.tags);
  const shown = nearest.length === 0 ? '' : ` The nearest tags are ${nearest.join(', ')}.`;
  return new UserError(
    'not-found',
    `${name} was not found: the repository exists and has no such ${digest === undefined ? 'tag' : 'digest'} (${asked}).${shown}`,
    digest === undefined
      ? `Use a tag that exists.${waitHint(reference)}`
      : 'The digest may have been deleted: registries drop manifests that no tag holds. Resolve the tag again',
  );
}

/** distribution 2.8 answers 500 for the digest of a config: throws what is wrong with the digest, else the error itself. */
export async function explainRefusal(
  client: RegistryClient,
  location: Location,
  reference: Reference,
  error: unknown,
  trace: Trace,
): Promise<never> {
  if (!(error instanceof UserError) || error.code !== 'cannot-tell' || reference.digest === undefined) throw error;
  throw (await explainDigest(client, location, reference, reference.digest, trace).catch(() => undefined)) ?? error;
}

/** A tag that looks like a commit is probably on its way. */
function waitHint({ tag }: Reference): string {
  if (tag === undefined || !/^(?:sha-|git-)?[a-f0-9]{7,40}$/.test(tag)) return '';
  return ' The tag looks like a commit: let this job wait for the one that pushes it (needs:), or set wait: 60 where it is resolved.';
}

/** Whether a digest that is no manifest is a config or a layer of the repository (USERS.md `image-id`). */
async function explainDigest(
  client: RegistryClient,
  location: Location,
  reference: Reference,
  digest: Digest,
  trace: Trace,
): Promise<UserError | undefined> {
  const size = await client.blobSize(location, digest, trace);
  if (size === undefined) return undefined;
  const name = familiarNameOf(reference);
  const { tag } = reference;
  const right = tag === undefined ? undefined : await client.head(location, tag, trace).catch(() => undefined);
  const hint =
    right === undefined
      ? `Resolve the tag instead: the image ID of docker inspect --format '{{.Id}}' cannot be used to pull`
      : `Write ${name}:${tag ?? ''}@${right.digest}`;
  const isConfig = size <= LIMITS.configBytes && (await looksLikeConfig(client, location, digest, trace));
  if (!isConfig) {
    return new UserError('not-found', `${name}@${digest} is the digest of a layer, not of a manifest`, hint);
  }
  return new UserError('image-id', `${name}@${digest}: this is an image ID, not a manifest digest`, hint);
}

async function looksLikeConfig(
  client: RegistryClient,
  location: Location,
  digest: Digest,
  trace: Trace,
): Promise<boolean> {
  const bytes = await client.blob(location, digest, trace);
  if (bytes === undefined) return false;
  const body = parseJson(bytes);
  return isObject(body) && ('rootfs' in body || 'architecture' in body || parseConfig(bytes).platform !== undefined);
}

/** How many near tags are shown, among how many they are looked for, and on how many pages. */
const NEAREST = 3;
const COMPARED = 2000;
const PAGES = 2;

function nearestTags(tag: string, tags: readonly string[]): readonly string[] {
  return tags
    .slice(0, COMPARED)
    .map((other) => ({ other, distance: editDistance(tag, other) }))
    .toSorted((one, two) => one.distance - two.distance)
    .slice(0, NEAREST)
    .map(({ other }) => other);
}

/** Levenshtein distance of two tags (at most 128 characters each). */
function editDistance(one: string, two: string): number {
  let row = Array.from({ length: two.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= two.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (one[i - 1] === two[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[two.length] ?? 0;
}

/** The error for a digest that is not the expected one, with what the expected one is (USERS.md). */
export async function explainMismatch(
  client: RegistryClient,
  location: Location,
  reference: Reference,
  resolution: Resolution,
  expected: readonly Digest[],
  trace: Trace,
): Promise<UserError> {
  const known = await Promise.all(
    expected.map((digest) =>
      kindOfExpected(client, location, reference, resolution, digest, trace).catch(() => undefined),
    ),
  );
  const explained = known.find((error) => error !== undefined);
  if (explained !== undefined) return explained;
  const before = await versionBefore(client, location, reference, resolution, expected[0], trace);
  const now = resolution.inspection?.version;
  return new UserError(
    'moved',
    `${familiarReference(reference)} is ${resolution.digest}${inBrackets(now)} now, not the expected ` +
      `${expected.join(' or ')}${inBrackets(before)}`,
    'The tag was moved since. Look at what changed, then expect the new digest, or use the old one by digest',
  );
}

function inBrackets(version: string | undefined): string {
  return version === undefined ? '' : ` (version ${version})`;
}

/** The version of what was expected, when versions are asked for at all and it is still there. */
async function versionBefore(
  client: RegistryClient,
  location: Location,
  reference: Reference,
  { inspection }: Resolution,
  expected: Digest | undefined,
  trace: Trace,
): Promise<string | undefined> {
  if (inspection === undefined || expected === undefined) return undefined;
  return statedVersion(client, location, { ...reference, digest: expected }, trace).catch(() => undefined);
}

async function kindOfExpected(
  client: RegistryClient,
  location: Location,
  reference: Reference,
  { digest, indexDigest, kind }: Resolution,
  expected: Digest,
  trace: Trace,
): Promise<UserError | undefined> {
  const name = familiarReference(reference);
  if (expected === indexDigest) {
    return new UserError(
      'platform-digest',
      `the expected ${expected} is the index digest of ${name}; with platform, digest is the manifest of that platform: ${digest}`,
      'Expect the digest of the platform, or leave out platform',
    );
  }
  const fetched = await client.get(location, indexDigest, trace);
  if (fetched === undefined) return undefined;
  const { manifest } = fetched;
  if (manifest.kind === 'index') {
    const child = await kindOfChild(client, location, name, indexDigest, manifest, expected, trace);
    if (child !== undefined) return child;
  } else if (manifest.config?.digest === expected) {
    return imageIdExpected(name, expected, digest);
  }
  if (kind === 'artifact') return undefined;
  const size = await client.blobSize(location, expected, trace);
  if (size === undefined || size > LIMITS.configBytes) return undefined;
  return (await looksLikeConfig(client, location, expected, trace))
    ? imageIdExpected(name, expected, digest)
    : undefined;
}

function imageIdExpected(name: string, expected: Digest, digest: Digest): UserError {
  return new UserError(
    'image-id',
    `the expected ${expected}: this is an image ID, not a manifest digest; the digest of ${name} is ${digest}`,
    `Expect ${digest}`,
  );
}

async function kindOfChild(
  client: RegistryClient,
  location: Location,
  name: string,
  indexDigest: Digest,
  index: ImageIndex,
  expected: Digest,
  trace: Trace,
): Promise<UserError | undefined> {
  const entry = index.manifests.find(({ digest }) => digest === expected);
  if (entry !== undefined && isAttestation(entry)) {
    const subject = readDigest(entry.annotations.get('vnd.docker.reference.digest') ?? '');
    return new UserError(
      'attestation-digest',
      `the expected ${expected} is an attestation inside ${name}${subject === undefined ? '' : ` (of ${subject})`}, not an image; the index digest is ${indexDigest}`,
      `Expect ${indexDigest}`,
    );
  }
  const images = await listPlatforms(client, location, index, trace);
  const image = images.find(({ descriptor }) => descriptor.digest === expected);
  if (image === undefined) return undefined;
  return new UserError(
    'platform-digest',
    `the expected ${expected} is the manifest of ${image.name} inside ${name}; the index digest is ${indexDigest}`,
    `Expect ${indexDigest}; the manifest of one platform is what resolve gives with platform: ${image.name}`,
  );
}

/** For `tag@digest`: the sentence that says how tag and digest disagree, undefined when they agree or it cannot be told. */
export async function explainMove(
  client: RegistryClient,
  location: Location,
  reference: Reference,
  trace: Trace,
): Promise<string | undefined> {
  const { tag, digest } = reference;
  if (tag === undefined || digest === undefined) return undefined;
  const name = `${familiarNameOf(reference)}:${tag}`;
  const now = await client.head(location, tag, trace);
  if (now === undefined) return `${name} is gone; ${digest} is still there`;
  if (now.digest === digest) return undefined;
  const index = await client.get(location, now.digest, trace);
  const images = index?.manifest.kind === 'index' ? await listPlatforms(client, location, index.manifest, trace) : [];
  const image = images.find(({ descriptor }) => descriptor.digest === digest);
  if (image !== undefined)
    return `${digest} is the manifest of ${image.name} inside ${name}, whose index digest is ${now.digest}`;
  return `${name} has moved: it is ${now.digest} now, not ${digest}`;
}
