import { splitIdentifiers } from './edit.ts';
import { imageChanges, takenBy, type Taken } from './kustomize-base.ts';
import { folderOf, readableYaml } from './sibling.ts';
import type { ImageSite, SiteTrait, SourceFile } from './site.ts';
import { mapOf } from './yaml-lookup.ts';

/*
 * What becomes of an image on its way through the kustomizations that take its manifest, one after the other, up to
 * those that nobody takes, which are what is built (sigs.k8s.io/kustomize api/internal/target/kusttarget.go). Each
 * takes its resources, then its components change all of them, then its own `images`. Patches are not evaluated.
 */

/** Kustomizations above one another that are known: people use three. */
const MAX_LEVELS = 100;
/** Steps from one kustomization to the next, for all images: 3,000 overlays of a base with 100 images make 300,000. */
const MAX_STEPS = 500_000;

/** What a kustomization does, in short. */
export interface Kustomization extends Taken {
  readonly path: string;
  /** The names that its `images` gives to others; none where it sets tag or digest, which is all that matters then. */
  readonly names: ReadonlyMap<string, string | undefined>;
}

/** Reads a kustomization; undefined when it is none. */
export function readKustomization({ path, text }: SourceFile): Kustomization | undefined {
  const root = mapOf(readableYaml(text)?.documents[0]);
  if (root === undefined) return undefined;
  const names = new Map<string, string | undefined>();
  // From the last: what an entry makes of a name is what those behind it find.
  for (const { name, newName, newTag, digest } of imageChanges(root).toReversed()) {
    if (newTag !== '' || digest !== '') names.set(name, undefined);
    else if (newName !== '') names.set(name, names.has(newName) ? names.get(newName) : newName);
  }
  return { path, names, ...takenBy(path, root) };
}

/** The places of a kustomization that memory is taken for. */
export function entriesIn({ resources, components, names }: Kustomization): number {
  return resources.length + components.length + names.size;
}

/** Whether a text may be that of a kustomization which sets a tag or a digest. */
export function maySetTags(text: string): boolean {
  return text.includes('newTag') || text.includes('digest');
}

interface Node extends Kustomization {
  readonly folder: string;
  /** Kustomizations above it, on the longest way; undefined in a cycle and below one, where nothing can be built. */
  level: number | undefined;
  /** By the name that an image has behind it. */
  readonly fates: Map<string, Fate>;
}

/** That a kustomization takes something, which its components from this one on change. */
interface Taking {
  readonly by: Node;
  readonly from: number;
}

interface Fate {
  readonly isSet: boolean;
  /** File of the first kustomization that is built and leaves the image as it is. */
  readonly leftBy?: string;
}

const SET: Fate = { isSet: true };
const NOT_SET: Fate = { isSet: false };

/** The kustomizations of a workspace. */
export class Overlays {
  /** By folder. */
  readonly #nodes = new Map<string, Node>();
  /** By path of a manifest or folder. */
  readonly #takings = new Map<string, Taking[]>();
  /** What any of them changes, as the kustomization writes it: a part of a manifest would keep all of it in memory. */
  readonly #named = new Map<string, string>();
  #left = MAX_STEPS;

  /** @param all in the order in which they are named to people */
  constructor(all: readonly Kustomization[]) {
    // Kustomize refuses a folder with two of them.
    for (const one of all) {
      const folder = folderPath(one.path);
      if (!this.#nodes.has(folder)) this.#nodes.set(folder, { ...one, folder, level: undefined, fates: new Map() });
    }
    for (const node of this.#nodes.values()) {
      for (const target of node.resources) this.#addTaking(target, { by: node, from: 0 });
      for (const [index, target] of node.components.entries()) this.#addTaking(target, { by: node, from: index + 1 });
      for (const name of node.names.keys()) this.#named.set(name, name);
    }
    this.#setLevels();
  }

  /** How many steps were taken until now. */
  get steps(): number {
    return MAX_STEPS - this.#left;
  }

  /** What kustomizations make of the tag of an image: none of them sets it, and it is judged alone, without a trait. */
  traitOf(site: ImageSite): SiteTrait | undefined {
    const { name: written, tag = '', digest } = splitIdentifiers(site.reference);
    const name = this.#named.get(written);
    // Kustomize knows an image by these characters behind its name (api/internal/image/image.go).
    if (name === undefined || digest !== undefined || !/^[\w.{}-]*$/.test(tag)) return undefined;
    if (this.#left <= 0 || site.traits.some(({ kind }) => kind === 'not-kustomized')) return undefined;
    // What a kustomization sets itself those above it may set again.
    const target = site.format === 'kustomize' ? folderPath(site.file) : site.file;
    const { isSet, leftBy } = this.#fateOf(this.#takings.get(target) ?? [], name);
    if (!isSet || this.#left <= 0) return undefined;
    return leftBy === undefined ? { kind: 'replaced' } : { kind: 'left-by', by: leftBy };
  }

  #addTaking(target: string, taking: Taking): void {
    const takings = this.#takings.get(target);
    if (takings === undefined) this.#takings.set(target, [taking]);
    else takings.push(taking);
  }

  /** From those that nobody takes down, each when all that take it have their level. */
  #setLevels(): void {
    const waiting = new Map<Node, number>();
    const open: Node[] = [];
    for (const [folder, node] of this.#nodes) {
      const takings = this.#takings.get(folder);
      if (takings === undefined) open.push(Object.assign(node, { level: 0 }));
      else waiting.set(node, takings.length);
    }
    for (const { level = 0, resources, components } of open) {
      if (level >= MAX_LEVELS) continue;
      for (const target of [...resources, ...components]) {
        const node = this.#nodes.get(target);
        if (node === undefined) continue;
        const left = (waiting.get(node) ?? 0) - 1;
        waiting.set(node, left);
        if (left === 0) open.push(Object.assign(node, { level: level + 1 }));
      }
    }
  }

  /** What becomes of an image of this name in all that take it. */
  #fateOf(takings: readonly Taking[], name: string): Fate {
    let isSet = false;
    let leftBy: string | undefined;
    for (const taking of takings) {
      if (taking.by.level === undefined) return NOT_SET;
      const fate = this.#fateIn(taking, name);
      isSet ||= fate.isSet;
      leftBy ??= fate.leftBy;
      if (isSet && leftBy !== undefined) break;
    }
    return { isSet, ...(leftBy === undefined ? {} : { leftBy }) };
  }

  #fateIn({ by, from }: Taking, name: string): Fate {
    const changed = this.#nameBehind(by, from, name);
    if (changed === undefined) return SET;
    if (this.#left <= 0) return NOT_SET;
    const takings = this.#takings.get(by.folder);
    if (takings === undefined) return { isSet: false, leftBy: by.path };
    const known = by.fates.get(changed);
    if (known !== undefined) return known;
    const fate = this.#fateOf(takings, changed);
    by.fates.set(changed, fate);
    return fate;
  }

  /** The name that an image has behind a kustomization and its components from one on; none when its tag is set. */
  #nameBehind(node: Node, from: number, name: string): string | undefined {
    this.#left -= 1;
    let changed: string | undefined = name;
    for (let index = from; index < node.components.length && this.#left > 0; index += 1) {
      const component = this.#nodes.get(node.components[index] ?? '');
      this.#left -= 1;
      if (component?.level !== undefined) changed = this.#nameBehind(component, 0, changed);
      if (changed === undefined) return undefined;
    }
    return node.names.has(changed) ? node.names.get(changed) : changed;
  }
}

/** The folder of a file, as kustomizations name it. */
function folderPath(path: string): string {
  return folderOf(path).slice(0, -1);
}
