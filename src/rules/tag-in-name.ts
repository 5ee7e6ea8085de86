import { quoted } from '../core/printable.ts';
import type { Rule } from './rule.ts';
import { traitOf } from './subject.ts';

/** Kustomize's `name` or `newName` with a tag or a digest in it. */
export const tagInName: Rule = {
  id: 'tag-in-name',
  level: 'error',
  cause: 'reference',
  title: 'A Kustomize image name holds a tag or a digest',
  why: 'Kustomize compares names without tags, so this entry matches nothing and changes nothing.',
  help: 'Move the tag to newTag and the digest to digest.',
  judge({ site }) {
    if (traitOf(site, 'tag-in-name') === undefined) return undefined;
    return { message: `${quoted(site.reference)} holds a tag or a digest in the name, so Kustomize will not match it` };
  },
  examples: [
    {
      name: 'a tag in the name',
      reference: 'nginx:1.27',
      site: { format: 'kustomize', traits: [{ kind: 'tag-in-name' }] },
      says: 'Kustomize will not match it',
    },
    { name: 'a plain name', reference: 'nginx:1.27', site: { format: 'kustomize' }, says: null },
  ],
};
