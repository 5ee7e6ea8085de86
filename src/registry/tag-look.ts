import type { Digest } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import type { ManifestKind } from '../core/manifest.ts';
import { isIndexType } from '../core/media-type.ts';
import type { TagTarget } from '../core/tag-decision.ts';
import type { RegistryClient } from './client.ts';
import type { Location } from './location.ts';
import type { Trace } from './trace.ts';

/** A tag and where it is asked for. */
export interface TagPlace {
  readonly target: TagTarget;
  readonly location: Location;
}

/** What a tag has now. */
export interface LookedTag extends TagPlace {
  /** Undefined when the tag does not exist, and when that is not known. */
  readonly before: Digest | undefined;
  readonly kind: ManifestKind;
  /** Why it is not known. */
  readonly error: UserError | undefined;
}

/** Looks at a tag once; what goes wrong is told with the tag. */
export async function lookAtTag(
  client: RegistryClient,
  { target, location }: TagPlace,
  trace: Trace,
  how: 'head' | 'get' = 'head',
): Promise<LookedTag> {
  try {
    const { tag } = target;
    const looking = how === 'get' ? client.get(location, tag, trace) : client.head(location, tag, trace, false);
    const found = await looking;
    const kind = isIndexType(found?.mediaType ?? '') ? 'index' : 'manifest';
    return { target, location, before: found?.digest, kind, error: undefined };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { target, location, before: undefined, kind: 'manifest', error };
  }
}

/** A tag that is not there is looked at again where HEAD is in doubt: an existing one would be moved unseen (Q29). */
export async function lookAgain(client: RegistryClient, looked: LookedTag, trace: Trace): Promise<LookedTag> {
  const { location, before, error } = looked;
  const isSure = before !== undefined || error !== undefined || !client.headTrust.isDoubtful(location.registry);
  return isSure ? looked : lookAtTag(client, looked, trace, 'get');
}
