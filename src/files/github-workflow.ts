import { sitesOf } from './dockerfile.ts';
import { distinctReferences } from './found-reference.ts';
import { textOf as piecesText } from './expansion.ts';
import { expandApart, type Scope } from './github-expression.ts';
import { NO_MATRIX, readMatrix } from './github-matrix.ts';
import {
  addLiteral,
  finishReading,
  newReading,
  readReference,
  readSteps,
  withEnvironment,
  type Reading,
} from './github-steps.ts';
import { sliceText } from './mapped-text.ts';
import type { Format, FormatOptions, SourceFile } from './site.ts';
import { entriesOf, itemsOf, mapOf, scalarOf, textOf, valueOf } from './yaml-lookup.ts';
import { namedReferences, referenceText } from './yaml-site.ts';
import { VariableUses } from './yaml-variables.ts';
import { readYaml, spend, type YamlMap } from './yaml.ts';

/*
 * Workflows and actions of GitHub (docs.github.com "Workflow syntax for GitHub Actions", "Metadata syntax").
 */

/** A use of a variable that workflows and actions declare. */
const MENTION = /\b(?:matrix|inputs)(?:\.[\w-]+)+/gi;

type Read = (reading: Reading, root: YamlMap) => void;

function findWith(format: string, read: Read): Format['find'] {
  return (file: SourceFile, { imageKeys }: FormatOptions) => {
    const yaml = readYaml(file.text);
    const found = yaml.documents.flatMap((document) => {
      const root = mapOf(document);
      const reading = newReading(new VariableUses(yaml, MENTION));
      if (root !== undefined) read(reading, root);
      return finishReading(reading);
    });
    return sitesOf(format, file, distinctReferences([...found, ...namedReferences(yaml, imageKeys)]));
  };
}

function readWorkflow(reading: Reading, root: YamlMap): void {
  const events = mapOf(valueOf(root, 'on'));
  const inputs = ['workflow_call', 'workflow_dispatch'].map((event) => {
    const trigger = events === undefined ? undefined : mapOf(valueOf(events, event));
    return trigger === undefined ? undefined : mapOf(valueOf(trigger, 'inputs'));
  });
  const scope: Scope = {
    uses: reading.uses,
    combination: new Map(),
    computedMatrix: false,
    environments: [],
    inputs: inputs.filter((map) => map !== undefined),
  };
  const jobs = mapOf(valueOf(root, 'jobs'));
  for (const { value } of jobs === undefined ? [] : entriesOf(jobs)) {
    const job = mapOf(value);
    if (job !== undefined) readJob(reading, withOwnEnvironment(scope, root), job, shellOf(root));
  }
}

/** `defaults.run.shell`. */
function shellOf(owner: YamlMap): string | undefined {
  let map: YamlMap | undefined = owner;
  for (const key of ['defaults', 'run']) map = map === undefined ? undefined : mapOf(valueOf(map, key));
  return map === undefined ? undefined : textOf(valueOf(map, 'shell'));
}

/** Runs without a shell of their own have PowerShell on Windows; a runner is named by its labels. */
function isWindows(scopes: readonly Scope[], job: YamlMap): boolean {
  const node = valueOf(job, 'runs-on');
  const group = mapOf(node);
  const labels = group === undefined ? node : valueOf(group, 'labels');
  const scalars = [labels, ...itemsOf(labels)].map(scalarOf).filter((scalar) => scalar !== undefined);
  return scopes.every((scope) =>
    scalars.some((scalar) => {
      const texts = expandApart(scope, referenceText(scope.uses.file, scalar));
      return texts.length > 0 && texts.every((pieces) => /^windows/i.test(piecesText(pieces)));
    }),
  );
}

function withOwnEnvironment(scope: Scope, owner: YamlMap): Scope {
  const environment = mapOf(valueOf(owner, 'env'));
  return environment === undefined ? scope : withEnvironment(scope, environment);
}

/** Work of one job, whose matrix may have 256 combinations. */
const JOB_WORK = 100;

function readJob(reading: Reading, outer: Scope, job: YamlMap, shell: string | undefined): void {
  spend(reading.uses.file, JOB_WORK);
  const scope = withOwnEnvironment(outer, job);
  const { combinations, computed } = readMatrix(reading.uses.file, job);
  const used = combinations.length === 0 ? NO_MATRIX.combinations : combinations;
  const scopes = used.map((combination) => Object.assign({}, scope, { combination, computedMatrix: computed }));
  const services = mapOf(valueOf(job, 'services'));
  const container = valueOf(job, 'container');
  for (const node of [container, ...(services === undefined ? [] : entriesOf(services)).map(({ value }) => value)]) {
    const map = mapOf(node);
    readReference(reading, scopes, map === undefined ? node : valueOf(map, 'image'));
  }
  const usual = container === undefined && isWindows(scopes, job) ? 'pwsh' : 'bash';
  readSteps(reading, scopes, valueOf(job, 'steps'), shellOf(job) ?? shell ?? usual);
}

const DOCKER = 'docker://';

function readAction(reading: Reading, root: YamlMap): void {
  const runs = mapOf(valueOf(root, 'runs'));
  if (runs === undefined) return;
  const image = scalarOf(valueOf(runs, 'image'));
  if (image?.text.toLowerCase().startsWith(DOCKER) === true) {
    addLiteral(reading, sliceText(referenceText(reading.uses.file, image), DOCKER.length), 'pulled');
  }
  const inputs = mapOf(valueOf(root, 'inputs'));
  const scope: Scope = {
    uses: reading.uses,
    combination: new Map(),
    computedMatrix: false,
    environments: [],
    inputs: inputs === undefined ? [] : [inputs],
  };
  readSteps(reading, [scope], valueOf(runs, 'steps'), 'bash');
}

const STEP_PLACES = [
  'steps: `uses: docker://…`, those in `parallel` groups included',
  'image inputs of well-known actions (docker/build-push-action, aquasecurity/trivy-action, …)',
  '`docker run`, `create`, `pull` and `build --build-context` in `run`, of podman and nerdctl as well, `kubectl run --image`: literal ones, and those that a matrix or inputs give',
];

/** Workflows. */
export const githubWorkflow: Format = {
  id: 'github-workflow',
  title: 'GitHub workflows',
  files: ['.github/workflows/*.yml', '.github/workflows/*.yaml'],
  places: [
    '`jobs.*.container` and `jobs.*.services.*`: a text or `image`',
    ...STEP_PLACES,
    "`${{ matrix.x }}`, `${{ inputs.x || 'image' }}` and `${{ env.x }}` in them",
  ],
  matches: (path) => (/(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/.test(path) ? 'yes' : 'no'),
  mayContain: (text) => /docker|image|container|services|podman|nerdctl|buildah/.test(text),
  find: findWith('github-workflow', readWorkflow),
};

/** Metadata of actions. */
export const githubAction: Format = {
  id: 'github-action',
  title: 'GitHub actions',
  files: ['action.yml', 'action.yaml'],
  places: ['`runs.image: docker://…`', ...STEP_PLACES],
  matches: (path) => (/(?:^|\/)action\.ya?ml$/.test(path) ? 'yes' : 'no'),
  mayContain: (text) => /docker|image|podman|nerdctl|buildah/.test(text),
  find: findWith('github-action', readAction),
};
