import { bake } from './bake.ts';
import { compose } from './compose.ts';
import { devcontainer } from './devcontainer.ts';
import { dockerfile } from './dockerfile.ts';
import { githubAction, githubWorkflow } from './github-workflow.ts';
import { gitlabCi } from './gitlab-ci.ts';
import { helmValues } from './helm-values.ts';
import { kubernetes } from './kubernetes.ts';
import { kustomize } from './kustomize.ts';
import { makefile } from './makefile.ts';
import { preCommit } from './pre-commit.ts';
import { shellScript } from './shell-script.ts';
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
  shellScript,
  makefile,
  kubernetes,
];

/** What the names of all known files have in common: most files of a repository are passed over by this one question. */
const KNOWN = /\.(?:ya?ml|json|hcl|(?:ba|k|z)?sh|mk)$|makefile|dockerfile|containerfile|kustomization$/i;

/** The first format that says yes to a path's name, which makes it certain; else those that say maybe. */
export function formatsFor(path: string): { readonly formats: readonly Format[]; readonly isCertain: boolean } {
  if (!KNOWN.test(path)) return NO_FORMATS;
  const maybe: Format[] = [];
  for (const format of FORMATS) {
    const answer = format.matches(path);
    if (answer === 'yes') return { formats: [format], isCertain: true };
    if (answer === 'maybe') maybe.push(format);
  }
  return { formats: maybe, isCertain: false };
}

const NO_FORMATS = { formats: [], isCertain: false };
