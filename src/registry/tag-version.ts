import type { Digest } from '../core/digest.ts';
import type { UserError } from '../core/errors.ts';
import type { ManifestKind } from '../core/manifest.ts';
import type { Reference } from '../core/reference.ts';
import { quoted } from '../core/printable.ts';
import { parseSemver, type Semver } from '../core/semver.ts';
import { highestVersion, type FoundVersion } from '../core/tag-decision.ts';
import { statedVersion } from './inspect.ts';
import type { RegistryClient } from './client.ts';
import type { Location } from './location.ts';
import { searchTags } from './same-digest.ts';
import type { Trace } from './trace.ts';
import { sameChildren } from './version-tags.ts';

export interface VersionQuestion {
  readonly location: Location;
  /** The image as the user names it; its tag is not looked at. */
  readonly reference: Reference;
  readonly digest: Digest;
  readonly kind: ManifestKind;
  /** The tag that has the digest, where it is known. */
  readonly tag: string | undefined;
}

/** Most tags that are looked at with one request each. */
const LOOKED_AT = 40;

/**
 * The SemVer version of an image (DESIGN.md §5): of the highest tag with its digest, else of a tag with the same platform
 * images, else what its annotation or label says, when that is a version and its own.
 * @throws UserError when the registry cannot answer
 */
export async function findVersion(
  client: RegistryClient,
  { location, reference, digest, kind, tag }: VersionQuestion,
  trace: Trace,
): Promise<FoundVersion> {
  const own = tag === undefined ? undefined : highestVersion([tag]);
  if (own !== undefined) return found(own);
  const options = {
    mode: 'semver',
    limit: LOOKED_AT,
    askedTag: tag,
    only: (other: string) => parseSemver(other) !== undefined,
    first: true,
    // Nothing is written while versions are looked for, so what was read once is read.
    readsOnly: true,
  } as const;
  const search = await searchTags(client, location, digest, options, trace);
  const failure = search?.failure;
  if (failure !== undefined && !isListRefused(failure)) throw failure;
  const image = { digest, kind, bytes: undefined, platforms: undefined, tag: undefined, writtenTag: tag };
  const alike = async (): Promise<readonly string[]> =>
    search === undefined ? [] : ((await sameChildren(client, location, image, search, LOOKED_AT, trace)) ?? []);
  const highest = highestVersion(search?.tags ?? []) ?? highestVersion(await alike());
  if (highest !== undefined) return found(highest);
  const said = await statedVersion(client, location, { ...reference, digest }, trace);
  const stated = said === undefined ? undefined : highestVersion([said]);
  if (stated !== undefined) return found(stated);
  const none =
    search === undefined || search.looked === 0 ? 'no tag' : `none of the ${search.looked} newest version tags`;
  const looked = failure === undefined ? none : 'the tags may not be listed, so no tag';
  const label =
    said === undefined
      ? 'it states none that is known to be its own'
      : `${quoted(said, 60)}, which it states itself, is none by SemVer`;
  return { kind: 'unknown', why: `${looked} with a version by SemVer has its digest, and ${label}` };
}

/** The right to read an image does not always hold the right to list its tags; the other evidence is left then. */
function isListRefused({ code, message }: UserError): boolean {
  return code === 'unauthorized' || / answered 4(?:0[13-6]|10)/.test(message);
}

function found({ tag, version }: { readonly tag: string; readonly version: Semver }): FoundVersion {
  return { kind: 'version', version, text: tag };
}
