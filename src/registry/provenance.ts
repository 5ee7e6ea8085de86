import type { Reference } from '../core/reference.ts';
import type { Inspection } from '../core/resolution.ts';
import type { RegistryClient } from './client.ts';
import type { Trace } from './trace.ts';

/** What an image says of itself. */
export interface Statements {
  /** Of the index, its descriptor and the manifest; the first that has a name wins. */
  readonly annotations: ReadonlyMap<string, string>;
  readonly labels: ReadonlyMap<string, string>;
  /** Of the config. */
  readonly created: string | undefined;
}

export type Provenance = Pick<
  Inspection,
  'version' | 'versionSource' | 'versionMissing' | 'revision' | 'source' | 'created'
>;

const PREFIX = 'org.opencontainers.image.';

/** Version, revision, source and creation time of an image: from annotations, then from labels (DESIGN.md §5). */
export async function findProvenance(
  _client: RegistryClient,
  _reference: Reference,
  { annotations, labels, created }: Statements,
  _trace: Trace,
): Promise<Provenance> {
  const say = (name: string): string | undefined => annotations.get(PREFIX + name) ?? labels.get(PREFIX + name);
  return {
    version: say('version'),
    versionSource: annotations.has(`${PREFIX}version`) ? 'annotation' : 'label',
    versionMissing: undefined,
    revision: say('revision'),
    source: say('source'),
    created: say('created') ?? created,
  };
}
