import {
  entriesIn,
  maySetTags,
  Overlays,
  readKustomization,
  type Kustomization,
} from '../../files/kustomize-overlays.ts';
import { kustomize } from '../../files/kustomize.ts';
import type { ImageSite, SourceFile } from '../../files/site.ts';
import type { Workspace } from '../../ports/workspace.ts';
import { judge } from '../../rules/judge.ts';
import type { RuleId, RuleOptions } from '../../rules/rule.ts';
import { subjectOf } from '../../rules/subject.ts';
import type { Pace } from './pace.ts';

/** Text of all kustomizations together, in characters: 10,000 of them have half as much. With more, none counts. */
const MAX_CHARACTERS = 8 * 1024 * 1024;
/** A larger one is none that people wrote, nor one to be parsed at once: what it leaves as it is cannot be known. */
const MAX_FILE = 128 * 1024;
/** Resources, components and images of all kustomizations together: with more, none counts. */
const MAX_ENTRIES = 100_000;

/** What a manifest lacks that a kustomization may give. */
const LACKS: ReadonlySet<RuleId> = new Set(['no-tag', 'latest-tag', 'not-pinned']);

/** The kustomizations of a workspace, read when a manifest has an image that they may change, and not before. */
export class Kustomizations {
  readonly #paths: readonly string[];
  readonly #workspace: Workspace;
  readonly #pace: Pace;
  readonly #rules: RuleOptions;
  #overlays: Promise<Overlays | undefined> | undefined;

  /** @param listed the files of the workspace; those that are not judged change what others mean as well */
  constructor(listed: ReadonlySet<string>, workspace: Workspace, pace: Pace, rules: RuleOptions) {
    this.#paths = [...listed].filter((path) => kustomize.matches(path) === 'yes');
    this.#workspace = workspace;
    this.#pace = pace;
    this.#rules = rules;
  }

  /** The same sites, with what kustomizations make of their tags; undefined when there is no time to read them. */
  mark(sites: readonly ImageSite[]): readonly ImageSite[] | Promise<readonly ImageSite[] | undefined> {
    return this.#paths.length > 0 && sites.some((site) => this.#lacks(site)) ? this.#marked(sites) : sites;
  }

  async #marked(sites: readonly ImageSite[]): Promise<readonly ImageSite[] | undefined> {
    this.#overlays ??= this.#read();
    const overlays = await this.#overlays;
    if (overlays === undefined) return undefined;
    const marked: ImageSite[] = [];
    for (const site of sites) {
      if (this.#pace.isDue()) await this.#pace.rest();
      const trait = this.#lacks(site) ? overlays.traitOf(site) : undefined;
      marked.push(trait === undefined ? site : { ...site, traits: [...site.traits, trait] });
    }
    return marked;
  }

  #lacks(site: ImageSite): boolean {
    if (site.format !== 'kubernetes' && site.format !== 'kustomize') return false;
    return judge(subjectOf(site), this.#rules).some(({ rule }) => LACKS.has(rule.id));
  }

  /** With too many of them none counts. */
  async #read(): Promise<Overlays | undefined> {
    const files = await this.#files();
    if (this.#pace.isOver) return undefined;
    if (!files.some(({ text }) => maySetTags(text))) return new Overlays([]);
    const all: Kustomization[] = [];
    let entries = 0;
    for (const file of files) {
      if (this.#pace.isDue()) await this.#pace.rest();
      const one = readKustomization(file);
      if (one === undefined) continue;
      entries += entriesIn(one);
      if (this.#pace.isOver) return undefined;
      if (entries > MAX_ENTRIES) return new Overlays([]);
      all.push(one);
    }
    return new Overlays(all);
  }

  /** Their texts; none when there is too much of them. */
  async #files(): Promise<readonly SourceFile[]> {
    const files: SourceFile[] = [];
    let left = MAX_CHARACTERS;
    for (const path of this.#paths) {
      if (this.#pace.isDue()) await this.#pace.rest();
      const source = this.#workspace.read(path);
      if (source.kind === 'skipped') continue;
      const { text } = source;
      left -= path.length + text.length;
      if (left < 0 || text.length > MAX_FILE || this.#pace.isOver) return [];
      files.push({ path, text });
    }
    return files;
  }
}
