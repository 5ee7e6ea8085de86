import { sitesOf } from './dockerfile.ts';
import { distinctReferences } from './found-reference.ts';
import type { Scope } from './github-expression.ts';
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
import { entriesOf, mapOf, scalarOf, valueOf } from './yaml-lookup.ts';
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
    if (job !== undefined) readJob(reading, withOwnEnvironment(scope, root), job);
  }
}

function withOwnEnvironment(scope: Scope, owner: YamlMap): Scope {
  const environment = mapOf(valueOf(owner, 'env'));
  return environment === undefined ? scope : withEnvironment(scope, environment);
}

/** Work of one job, whose matrix may have 256 combinations. */
const JOB_WORK = 100;

function readJob(reading: Reading, outer: Scope, job: YamlMap): void {
  spend(reading.uses.file, JOB_WORK);
  const scope = withOwnEnvironment(outer, job);
  const { combinations, computed } = readMatrix(reading.uses.file, job);
  const used = combinations.length === 0 ? NO_MATRIX.combinations : combinations;
  const scopes = used.map((combination) => Object.assign({}, scope, { combination, computedMatrix: computed }));
  const container = valueOf(job, 'container');
  const containerMap = mapOf(container);
  readReference(reading, scopes, containerMap === undefined ? container : valueOf(containerMap, 'image'));
  const services = mapOf(valueOf(job, 'services'));
  for (const { value } of services === undefined ? [] : entriesOf(services)) {
    const service = mapOf(value);
    if (service !== undefined) readReference(reading, scopes, valueOf(service, 'image'));
  }
  readSteps(reading, scopes, valueOf(job, 'steps'));
}

const DOCKER = 'docker://';

function readAction(reading: Reading, root: YamlMap): void {
  const runs = mapOf(valueOf(root, 'runs'));
  if (runs === undefined) return;
  const image = scalarOf(valueOf(runs, 'image'));
  if (image?.text.startsWith(DOCKER) === true) {
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
  readSteps(reading, [scope], valueOf(runs, 'steps'));
}

const STEP_PLACES = [
  'steps: `uses: docker://…`, those in `parallel` groups included',
  'image inputs of well-known actions (docker/build-push-action, aquasecurity/trivy-action, …)',
  '`docker run`, `create`, `pull` and `build --build-context` in `run`, of podman and nerdctl as well; literal ones only',
];

/** Workflows. */
export const githubWorkflow: Format = {
  id: 'github-workflow',
  title: 'GitHub workflows',
  files: ['.github/workflows/*.yml', '.github/workflows/*.yaml'],
  places: [
    '`jobs.*.container`, `jobs.*.services.*.image`',
    ...STEP_PLACES,
    "`${{ matrix.x }}`, `${{ inputs.x || 'image' }}` and `${{ env.x }}` in them",
  ],
  matches: (path) => (/(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/.test(path) ? 'yes' : 'no'),
  mayContain: (text) => /docker|image|container|podman|nerdctl|buildah/.test(text),
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
