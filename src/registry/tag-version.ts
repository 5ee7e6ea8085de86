import type { Digest } from '../core/digest.ts';
import type { Reference } from '../core/reference.ts';
import { parseSemver } from '../core/semver.ts';
import { highestVersion, type FoundVersion } from '../core/tag-decision.ts';
import { inspectImage } from './inspect.ts';
import { readConfig } from './platforms.ts';
import type { RegistryClient } from './client.ts';
import type { Location } from './location.ts';
import { findSameDigest } from './same-digest.ts';
import type { Trace } from './trace.ts';

export interface VersionQuestion {
  readonly location: Location;
  /** The image as the user names it; its tag is not looked at. */
  readonly reference: Reference;
  readonly digest: Digest;
  /** The tag that has the digest, where it is known. */
  readonly tag: string | undefined;
}

/** Most tags that are looked at with one request each. */
const LOOKED_AT = 40;

/**
 * The SemVer version of an image (DESIGN.md §5): of the highest tag with its digest, else what its annotation or
 * label says, when that is a version and its own.
 * @throws UserError when the registry cannot answer
 */
export async function findVersion(
  client: RegistryClient,
  { location, reference, digest, tag }: VersionQuestion,
  trace: Trace,
): Promise<FoundVersion> {
  const own = tag === undefined ? undefined : parseSemver(tag);
  if (tag !== undefined && own !== undefined) return { kind: 'version', version: own, text: tag };
  const options = {
    mode: 'semver',
    limit: LOOKED_AT,
    askedTag: tag,
    only: (other: string) => parseSemver(other) !== undefined,
    first: true,
  } as const;
  const same = await findSameDigest(client, location, digest, options, trace);
  const highest = highestVersion(same?.tags ?? []);
  if (highest !== undefined) return { kind: 'version', version: highest.version, text: highest.tag };
  const said = await statedVersion(client, location, { ...reference, digest }, trace);
  const version = said === undefined ? undefined : parseSemver(said);
  if (said !== undefined && version !== undefined) return { kind: 'version', version, text: said };
  const looked = same === undefined || same.looked === 0 ? 'no tag' : `none of the ${same.looked} newest version tags`;
  const label = said === undefined ? 'it states none itself' : `"${said}", which it states itself, is none by SemVer`;
  return { kind: 'unknown', why: `${looked} with a version by SemVer has its digest, and ${label}` };
}

/** What annotations and labels say, when it is the image's own and not its base's. */
async function statedVersion(
  client: RegistryClient,
  location: Location,
  reference: Reference & { readonly digest: Digest },
  trace: Trace,
): Promise<string | undefined> {
  const found = await client.get(location, reference.digest, trace);
  if (found === undefined || found.manifest.kind === 'artifact') return undefined;
  const image = found.manifest.kind === 'manifest' ? found.manifest : undefined;
  const config = image === undefined ? undefined : await readConfig(client, location, image, trace);
  return (await inspectImage(client, location, reference, { found, digest: found.digest, image, config }, trace))
    .version;
}
