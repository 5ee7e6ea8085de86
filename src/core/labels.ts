import type { Digest } from './digest.ts';
import { listLine } from './list-line.ts';
import { nameOf, type Reference } from './reference.ts';

/** Labels in their order; of equal keys the last one counts. */
export type Labels = ReadonlyMap<string, string>;

const OCI = 'org.opencontainers.image.';

/** The labels that say which image a build began with (image-spec annotations.md). */
export function baseLabels(reference: Reference, pointsTo: Digest): Labels {
  const name = nameOf(reference);
  const named = reference.tag === undefined ? `${name}@${pointsTo}` : `${name}:${reference.tag}`;
  return new Map([
    [`${OCI}base.name`, named],
    [`${OCI}base.digest`, pointsTo],
  ]);
}

/** What is known of a build; what is not known is left out, never made up. */
export interface Build {
  /** Commit that is built. */
  readonly revision?: string;
  /** Web address of the repository. */
  readonly repositoryUrl?: string;
  /** Time of that commit, RFC 3339. */
  readonly created?: string;
  readonly runNumber?: string;
  readonly runUrl?: string;
}

/** The labels that say what a build was made of and where. */
export function buildLabels({ revision, repositoryUrl, created, runNumber, runUrl }: Build): Labels {
  const pairs: readonly (readonly [string, string | undefined])[] = [
    [`${OCI}revision`, revision],
    [`${OCI}source`, repositoryUrl],
    [`${OCI}url`, repositoryUrl],
    [`${OCI}created`, created],
    ['git-commit', revision],
    ['build-number', runNumber],
    ['build-url', runUrl],
  ];
  return new Map(pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined));
}

/** One map of several: a later label takes the place of an earlier one of the same key. */
export function mergeLabels(...all: readonly Labels[]): Labels {
  const merged = new Map<string, string>();
  for (const labels of all) for (const [key, value] of labels) merged.set(key, value);
  return merged;
}

/** `key=value` lines for docker's actions. */
export function labelLines(labels: Labels): readonly string[] {
  return [...labels].map(([key, value]) => listLine(`${key}=${value}`));
}

/** The same pairs as annotations of the manifests and of the index (docker buildx build --annotation). */
export function annotationsOf(labels: Labels): readonly string[] {
  return ['manifest', 'index'].flatMap((place) => [...labels].map(([key, value]) => `${place}:${key}=${value}`));
}
