import { buildArgs, buildContexts, type PinnedImage } from '../core/build-context.ts';
import { mapToJson } from '../core/json.ts';
import { annotationsOf, baseLabels, labelLines, mergeLabels, type Labels } from '../core/labels.ts';
import { listLine } from '../core/list-line.ts';
import type { ImageResult } from '../core/resolution.ts';
import { sourcePolicy } from '../core/source-policy.ts';
import { resolvedImages } from './resolve-outputs.ts';

/** What the build gets besides the images. */
export interface BuildFacts {
  /** Labels of `build-labels`; empty when they are not wanted. */
  readonly build: Labels;
  /** Labels of the input. */
  readonly extra: Labels;
  readonly bakeTarget: string;
}

/** Everything that is handed over to a build (DESIGN.md §4). */
export interface HandOver {
  /** `labels`, `annotations`, `build-contexts` and `build-args`: lists for docker's actions. */
  readonly outputs: Readonly<Record<'labels' | 'annotations' | 'build-contexts' | 'build-args', string>>;
  /** Contents of the files that `bake-file` and `source-policy` name. */
  readonly bakeFile: string;
  readonly sourcePolicy: string;
  /** Why there are no labels of a base although there are images; undefined when there are. */
  readonly noBase: string | undefined;
}

/** The key of the image that a build begins with, where there are several. */
const BASE_KEY = 'base';

/** What is handed over for the images that were resolved; undefined when there is nothing to hand over. */
export function handOver(results: readonly ImageResult[], facts: BuildFacts): HandOver | undefined {
  const images = resolvedImages(results).map(({ key, reference, resolution }) => ({
    key,
    reference,
    digest: resolution.digest,
  }));
  const { labels: ofBase, why } = labelsOfBase(results);
  const labels = mergeLabels(ofBase, facts.build, facts.extra);
  if (images.length === 0 && labels.size === 0) return undefined;
  return {
    outputs: {
      labels: labelLines(labels).join('\n'),
      annotations: annotationsOf(labels).map(listLine).join('\n'),
      'build-contexts': pairs(buildContexts(images)),
      'build-args': pairs(buildArgs(images)),
    },
    bakeFile: bakeFile(labels, images, facts.bakeTarget),
    sourcePolicy: `${JSON.stringify(sourcePolicy(images), undefined, 2)}\n`,
    noBase: why,
  };
}

function labelsOfBase(results: readonly ImageResult[]): { readonly labels: Labels; readonly why?: string } {
  const named = results.find(({ request }) => request.key === BASE_KEY);
  const base = named ?? (results.length === 1 ? results[0] : undefined);
  if (base === undefined) {
    return { labels: new Map(), why: `none of the ${results.length} images has the key ${BASE_KEY}` };
  }
  if (base.outcome.status !== 'resolved') return { labels: new Map() };
  return { labels: baseLabels(base.request.reference, base.outcome.resolution.indexDigest) };
}

function pairs(map: ReadonlyMap<string, string>): string {
  return [...map].map(([name, value]) => listLine(`${name}=${value}`)).join('\n');
}

/** A bake file with one target, for others to inherit (docker buildx bake, JSON). */
function bakeFile(labels: Labels, images: readonly PinnedImage[], target: string): string {
  const members = new Map<string, unknown>([
    ['labels', bakeMap(labels)],
    ['annotations', annotationsOf(labels).map(bakeText)],
    ['contexts', bakeMap(buildContexts(images))],
  ]);
  const compact = mapToJson(new Map([['target', new Map([[target, members]])]]));
  return `${compact}\n`;
}

function bakeMap(map: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...map].map(([name, value]) => [bakeText(name), bakeText(value)]));
}

/** Strings of JSON bake files are templates of HCL: what would begin an expression is doubled. */
function bakeText(text: string): string {
  return text.replaceAll(/[$%](?=\{)/g, '$&$&');
}
