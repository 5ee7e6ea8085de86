import { sitesOf } from './dockerfile.ts';
import type { Piece } from './expansion.ts';
import { distinctReferences, forPlatform, type FoundReference } from './found-reference.ts';
import { includedPaths, includedVariables, pipelineVariables, type SharedValue } from './gitlab-include.ts';
import { newScriptReading, readScripts, scriptImages, type ScriptReading } from './gitlab-script.ts';
import { expandVariables, isEmpty, matrixOf, ruledBy, type Variables } from './gitlab-variables.ts';
import { rangeOf } from './mapped-text.ts';
import { NAMES_PROGRAM } from './shell-program.ts';
import type { Format, FormatOptions, Range, SourceFile } from './site.ts';
import { entriesOf, itemsOf, keyOf, mapOf, resolveAlias, scalarOf, textOf, valueOf } from './yaml-lookup.ts';
import { literalReference, misreadTraits, namedReferences, overlongScalar, referenceText } from './yaml-site.ts';
import { VariableUses } from './yaml-variables.ts';
import { readYaml, spend, type YamlFile, type YamlMap, type YamlNode } from './yaml.ts';

/*
 * GitLab CI (docs.gitlab.com/ci/yaml): `image` and `services` of the pipeline, of `default`, and of every job, hidden
 * ones included, because others are made from them. Whatever stands at the top level and is no keyword is a job.
 */

const KEYWORDS: ReadonlySet<string> = new Set(
  'include stages variables workflow cache before_script after_script spec image services'.split(' '),
);

/** GitLab's own limit of levels. */
const MAX_EXTENDS = 11;

interface Pipeline {
  readonly root: YamlMap;
  /** Jobs by name, for `extends`. */
  readonly jobs: ReadonlyMap<string, YamlMap>;
  readonly uses: VariableUses;
  /** What all jobs have: `variables` of the pipeline, of its other files, of `workflow`. */
  readonly common: Pick<Variables, 'own' | 'outer' | 'included' | 'ruled'>;
  readonly inputs: YamlMap | undefined;
  readonly scripts: ScriptReading;
  readonly found: FoundReference[];
  readonly candidates: { readonly pieces: readonly Piece[]; readonly word: Range }[];
}

function find(file: SourceFile, options: FormatOptions): ReturnType<Format['find']> {
  const yaml = readYaml(file.text);
  const roots = yaml.documents.map(mapOf).filter((root) => root !== undefined);
  const specs = roots.map((root) => mapOf(valueOf(root, 'spec'))).filter((spec) => spec !== undefined);
  const inputs = specs.map((spec) => mapOf(valueOf(spec, 'inputs'))).find((map) => map !== undefined);
  const found: FoundReference[] = [];
  const isCertain = options.includedBy !== undefined || matches(file.path) === 'yes';
  for (const root of isCertain ? roots : roots.filter(isPipeline)) {
    const uses = new VariableUses(yaml, /\$(?:\{\w+|\w+)/g);
    const jobs = jobsOf(root);
    const own = variablesIn(jobs, root);
    const common = { own, ruled: ruledBy(yaml, [jobs.get('workflow')]), ...sharedBy(file, root, options) };
    const scripts = newScriptReading(yaml, jobs);
    const pipeline: Pipeline = { root, jobs, uses, common, inputs, scripts, found, candidates: [] };
    readPipeline(pipeline);
    for (const { pieces, word } of pipeline.candidates) uses.recordReference(pieces, word);
    for (const { pieces, word } of pipeline.candidates) found.push(uses.locate(pieces, word));
  }
  return sitesOf('gitlab-ci', file, distinctReferences([...found, ...namedReferences(yaml, options.imageKeys)]));
}

/** The variables that other files of the pipeline set: those that this one wins over, and those that win over it. */
function sharedBy(file: SourceFile, root: YamlMap, options: FormatOptions): Pick<Variables, 'outer' | 'included'> {
  const included = includedVariables(root, options);
  const first = options.includedBy?.at(-1);
  if (first === undefined) return { outer: new Map<string, SharedValue>(), included };
  const values = [...pipelineVariables(first, options)];
  return { outer: new Map(values.filter(([, { path }]) => path !== file.path)), included };
}

/** Whether a file that may be anything has jobs. */
function isPipeline(root: YamlMap): boolean {
  return root.entries.some((entry) => {
    const job = mapOf(entry.value);
    return (
      job !== undefined && ['script', 'extends', 'trigger', 'stage'].some((key) => valueOf(job, key) !== undefined)
    );
  });
}

function readPipeline(pipeline: Pipeline): void {
  const { root } = pipeline;
  readPlaces(pipeline, root, variablesOf(pipeline, undefined));
  for (const entry of root.entries) {
    const job = KEYWORDS.has(keyOf(entry)) ? undefined : mapOf(entry.value);
    if (job !== undefined) readPlaces(pipeline, job, variablesOf(pipeline, job));
  }
  const { found, candidates } = scriptImages(pipeline.scripts);
  pipeline.found.push(...found);
  pipeline.candidates.push(...candidates);
}

/** Reads `image`, `services` and scripts of the pipeline, of `default` or of a job. */
function readPlaces(pipeline: Pipeline, owner: YamlMap, variables: Variables): void {
  readImage(pipeline, valueOf(owner, 'image'), variables);
  readScripts(pipeline.scripts, owner, variables);
  const services = valueOf(owner, 'services');
  // What `!reference` names stands elsewhere and is read there.
  if (resolveAlias(services)?.tag === '!reference') return;
  for (const service of itemsOf(services)) readImage(pipeline, service, variables);
}

/** An image of a machine, which GitLab's macOS runners are given (docs.gitlab.com/ci/runners/hosted_runners/macos). */
const MACHINE = /^macos-\d+-xcode-\d+$/;

function readImage(pipeline: Pipeline, node: YamlNode | undefined, variables: Variables): void {
  spend(pipeline.uses.file);
  const map = mapOf(node);
  const scalar = scalarOf(map === undefined ? node : valueOf(map, 'name'));
  if (scalar === undefined) return;
  const file: YamlFile = pipeline.uses.file;
  const overlong = overlongScalar(file, scalar);
  if (overlong !== undefined) {
    pipeline.found.push(overlong);
    return;
  }
  const text = referenceText(file, scalar);
  if (MACHINE.test(text.text)) return;
  if (!text.text.includes('$')) {
    const docker = map === undefined ? undefined : mapOf(valueOf(map, 'docker'));
    const platform = docker === undefined ? undefined : textOf(valueOf(docker, 'platform'));
    pipeline.found.push(...literalReference(text, misreadTraits(scalar)).map((one) => forPlatform(one, platform)));
    return;
  }
  for (const pieces of expandVariables(variables, text)) {
    if (!isEmpty(pieces)) pipeline.candidates.push({ pieces, word: rangeOf(text) });
  }
}

function variablesOf(pipeline: Pipeline, job: YamlMap | undefined): Variables {
  const { uses, common, inputs, jobs } = pipeline;
  if (job === undefined) return { uses, maps: [], matrix: new Map(), ...common, inputs };
  const owners = [job, ...extendedJobs(pipeline, job)];
  const maps = owners.map((owner) => variablesIn(jobs, owner)).filter((map) => map !== undefined);
  const ruled = new Map([...common.ruled, ...ruledBy(uses.file, owners)]);
  for (const values of ruled.values()) spend(uses.file, values.length);
  return { uses, maps, matrix: matrixOf(uses.file, job), ...common, ruled, inputs };
}

/** The `variables` of a job or the pipeline, also where they are those of another: `!reference [.job, variables]`. */
function variablesIn(jobs: Pipeline['jobs'], owner: YamlMap): YamlMap | undefined {
  const node = valueOf(owner, 'variables');
  if (resolveAlias(node)?.tag !== '!reference') return mapOf(node);
  const [name = '', ...path] = itemsOf(node).map(textOf);
  let map = jobs.get(name);
  for (const key of path) map = map === undefined ? undefined : mapOf(valueOf(map, key ?? ''));
  return map;
}

function jobsOf(root: YamlMap): ReadonlyMap<string, YamlMap> {
  const jobs = new Map<string, YamlMap>();
  for (const entry of entriesOf(root)) {
    const job = mapOf(entry.value);
    if (job !== undefined) jobs.set(keyOf(entry), job);
  }
  return jobs;
}

/** The jobs that a job extends, nearest first; of several, later ones win. */
function extendedJobs({ jobs, uses }: Pipeline, job: YamlMap): readonly YamlMap[] {
  const found = new Set<YamlMap>();
  let level: readonly YamlMap[] = [job];
  for (let depth = 0; depth < MAX_EXTENDS && level.length > 0; depth++) {
    const next = new Set<YamlMap>();
    for (const extending of level) {
      const names = valueOf(extending, 'extends');
      for (const item of [names, ...itemsOf(names).toReversed()]) {
        spend(uses.file);
        const parent = jobs.get(textOf(item) ?? '');
        if (parent !== undefined && !found.has(parent)) next.add(parent);
      }
    }
    level = [...next];
    for (const parent of level) found.add(parent);
  }
  return [...found];
}

/** Names and folders that hold pipelines by custom. */
const NAMES = /(?:^|\/)(?:[^/]*\.)?\.?gitlab-ci\.ya?ml$/;
const FOLDERS = /(?:^|\/)\.gitlab-ci\/|(?:^|\/)\.gitlab\/ci\//;
const MAYBE_FOLDERS = /(?:^|[/._-])(?:ci|gitlab|gitlab-ci|pipelines?)[/._-]/i;

function matches(path: string): 'yes' | 'maybe' | 'no' {
  if (NAMES.test(path)) return 'yes';
  if (!/\.ya?ml$/.test(path)) return 'no';
  if (FOLDERS.test(path)) return 'yes';
  return MAYBE_FOLDERS.test(path) ? 'maybe' : 'no';
}

/** Whether a text may be a part of a pipeline: it names images or runs them, and jobs have something to do. */
function mayContain(text: string): boolean {
  return (/image|services/.test(text) || NAMES_PROGRAM.test(text)) && !/^apiVersion:/m.test(text);
}

/** Pipelines of GitLab CI. */
export const gitlabCi: Format = {
  id: 'gitlab-ci',
  title: 'GitLab CI',
  files: ['.gitlab-ci.yml', '*.gitlab-ci.yml', '.gitlab/ci/**/*.yml', '.gitlab-ci/**/*.yml'],
  places: [
    '`image`, `default.image` and `image` of each job: a text or `name`',
    '`services` of each of them: texts or `name`',
    '`docker run`, `pull` and the other commands of shell scripts in `script`, `before_script`, `after_script` and hooks',
    '`variables` of the pipeline, of the job, of what it extends and of local includes; `parallel: matrix`; `spec: inputs`',
  ],
  matches,
  mayContain,
  find,
  includes: ({ text }, files) => includedPaths(text, files),
};
