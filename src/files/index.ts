import { bake } from './bake.ts';
import { compose } from './compose.ts';
import { devcontainer } from './devcontainer.ts';
import { dockerfile } from './dockerfile.ts';
import { githubAction, githubWorkflow } from './github-workflow.ts';
import { gitlabCi } from './gitlab-ci.ts';
import { helmValues } from './helm-values.ts';
import { kubernetes } from './kubernetes.ts';
import { kustomize } from './kustomize.ts';
import { preCommit } from './pre-commit.ts';
import type { Format } from './site.ts';

/** Every file format, in the order of docs/formats.md; the first that says yes to a path reads it. */
export const FORMATS: readonly Format[] = [
  dockerfile,
  compose,
  kustomize,
  helmValues,
  githubWorkflow,
  githubAction,
  gitlabCi,
  preCommit,
  bake,
  devcontainer,
  kubernetes,
];
