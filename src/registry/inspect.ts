import type { Digest } from '../core/digest.ts';
import type { ImageConfig, ImageManifest } from '../core/manifest.ts';
import { formatPlatform } from '../core/platform.ts';
import type { FetchedManifest } from './manifest-answer.ts';
import { findProvenance } from './provenance.ts';
import type { Reference } from '../core/reference.ts';
import type { Inspection } from '../core/resolution.ts';
import type { RegistryClient } from './client.ts';
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
  /** Whether tags have told the version, so that it need not be found out here. */
  readonly versionIsKnown?: boolean;
}

/** The platform whose config stands for a multi-platform image: where labels differ, this is the one most people run. */
const REPRESENTATIVE = 'linux/amd64';

/** Reads annotations and labels of an image: of an index those of linux/amd64, else of its first platform. */
export async function inspectImage(
  client: RegistryClient,
  location: Location,
  reference: Reference,
  { found, digest, image, config, versionIsKnown = false }: InspectedImage,
  trace: Trace,
): Promise<Inspection> {
  const { manifest } = found;
  const chosen = image ?? (manifest.kind === 'index' ? undefined : manifest);
  if (chosen !== undefined || manifest.kind !== 'index') {
    const own = digest === found.digest ? manifest.annotations : (chosen?.annotations ?? new Map());
    const entries = manifest.kind === 'index' ? manifest.manifests : [];
    const entry = entries.find((candidate) => candidate.digest === digest);
    const layers = [own, ...(entry === undefined ? [] : [entry.annotations]), manifest.annotations];
    const platform = config?.platform === undefined ? REPRESENTATIVE : formatPlatform(config.platform);
    return describe(client, reference, { own, layers, config, labelsOf: undefined, platform, versionIsKnown }, trace);
  }
  const images = await listPlatforms(client, location, manifest, trace);
  const one: PlatformImage | undefined = images.find(({ name }) => name === REPRESENTATIVE) ?? images[0];
  const child = one === undefined ? undefined : await childManifest(client, location, one.descriptor.digest, trace);
  const childConfig = child?.kind === 'manifest' ? await readConfig(client, location, child, trace) : undefined;
  const layers = [manifest.annotations, one?.descriptor.annotations, child?.annotations].filter(
    (layer) => layer !== undefined,
  );
  const facts = {
    own: manifest.annotations,
    layers,
    config: childConfig,
    labelsOf: images.length > 1 ? one?.name : undefined,
    platform: one?.name ?? REPRESENTATIVE,
    versionIsKnown,
  };
  return describe(client, reference, facts, trace);
}

interface Facts {
  readonly own: ReadonlyMap<string, string>;
  /** Annotations in the order in which they are asked. */
  readonly layers: readonly ReadonlyMap<string, string>[];
  readonly config: ImageConfig | undefined;
  readonly labelsOf: string | undefined;
  /** Whose annotations and labels they are. */
  readonly platform: string;
  readonly versionIsKnown: boolean;
}

async function describe(
  client: RegistryClient,
  reference: Reference,
  { own, layers, config, labelsOf, platform, versionIsKnown }: Facts,
  trace: Trace,
): Promise<Inspection> {
  const annotations = new Map<string, string>();
  for (const layer of layers)
    for (const [name, value] of layer) if (!annotations.has(name)) annotations.set(name, value);
  const labels = config?.labels ?? new Map<string, string>();
  const statements = { annotations, labels, created: config?.created, platform, versionIsKnown };
  const provenance = await findProvenance(client, reference, statements, trace);
  return { annotations: own, labels, labelsOf, ...provenance };
}

/** The version that annotations and labels state, when it is the image's own and not its base's. */
export async function statedVersion(
  client: RegistryClient,
  location: Location,
  reference: Reference & { readonly digest: Digest },
  trace: Trace,
): Promise<string | undefined> {
  const fetched = await client.get(location, reference.digest, trace);
  if (fetched === undefined || fetched.manifest.kind === 'artifact') return undefined;
  const image = fetched.manifest.kind === 'manifest' ? fetched.manifest : undefined;
  const config = image === undefined ? undefined : await readConfig(client, location, image, trace);
  return (
    await inspectImage(client, location, reference, { found: fetched, digest: fetched.digest, image, config }, trace)
  ).version;
}
