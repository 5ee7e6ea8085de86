import type { Digest } from '../core/digest.ts';
import type { ImageConfig, ImageManifest } from '../core/manifest.ts';
import { findProvenance } from './provenance.ts';
import type { Reference } from '../core/reference.ts';
import type { Inspection } from '../core/resolution.ts';
import type { FetchedManifest, RegistryClient } from './client.ts';
import type { Location } from './location.ts';
import { childManifest, listPlatforms, readConfig, type PlatformImage } from './platforms.ts';
import type { Trace } from './trace.ts';

/** What was read already when an image is inspected. */
export interface InspectedImage {
  /** What the reference points to. */
  readonly found: FetchedManifest;
  /** What the output digest names: the same, or a platform's manifest. */
  readonly digest: Digest;
  readonly image: ImageManifest | undefined;
  readonly config: ImageConfig | undefined;
}

/** The platform whose config stands for a multi-platform image: where labels differ, this is the one most people run. */
const REPRESENTATIVE = 'linux/amd64';

/** Reads annotations and labels of an image: of an index those of linux/amd64, else of its first platform. */
export async function inspectImage(
  client: RegistryClient,
  location: Location,
  reference: Reference,
  { found, digest, image, config }: InspectedImage,
  trace: Trace,
): Promise<Inspection> {
  const { manifest } = found;
  const chosen = image ?? (manifest.kind === 'index' ? undefined : manifest);
  if (chosen !== undefined || manifest.kind !== 'index') {
    const own = digest === found.digest ? manifest.annotations : (chosen?.annotations ?? new Map());
    const layers = [own, manifest.annotations];
    return describe(client, reference, { own, layers, config, labelsOf: undefined }, trace);
  }
  const images = await listPlatforms(client, location, manifest, trace);
  const one: PlatformImage | undefined = images.find(({ name }) => name === REPRESENTATIVE) ?? images[0];
  const child = one === undefined ? undefined : await childManifest(client, location, one.descriptor.digest, trace);
  const childConfig = child?.kind === 'manifest' ? await readConfig(client, location, child, trace) : undefined;
  const layers = [manifest.annotations, one?.descriptor.annotations, child?.annotations].filter(
    (layer) => layer !== undefined,
  );
  return describe(
    client,
    reference,
    { own: manifest.annotations, layers, config: childConfig, labelsOf: images.length > 1 ? one?.name : undefined },
    trace,
  );
}

interface Facts {
  readonly own: ReadonlyMap<string, string>;
  /** Annotations in the order in which they are asked. */
  readonly layers: readonly ReadonlyMap<string, string>[];
  readonly config: ImageConfig | undefined;
  readonly labelsOf: string | undefined;
}

async function describe(
  client: RegistryClient,
  reference: Reference,
  { own, layers, config, labelsOf }: Facts,
  trace: Trace,
): Promise<Inspection> {
  const annotations = new Map<string, string>();
  for (const layer of layers)
    for (const [name, value] of layer) if (!annotations.has(name)) annotations.set(name, value);
  const labels = config?.labels ?? new Map<string, string>();
  const provenance = await findProvenance(client, reference, { annotations, labels, created: config?.created }, trace);
  return { annotations: own, labels, labelsOf, ...provenance };
}
