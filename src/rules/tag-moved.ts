import { quoted } from '../core/printable.ts';
import { NGINX_LATEST, NGINX_PIN, OTHER_PIN } from './example-facts.ts';
import { nowText } from './now.ts';
import type { Rule } from './rule.ts';
import { isPlatformMeant, traitOf } from './subject.ts';

/** Tag and digest are both written, and the tag names something else now, or takes the digest's place. */
export const tagMoved: Rule = {
  id: 'tag-moved',
  level: 'notice',
  cause: 'digest',
  title: 'Tag and digest disagree now',
  why: 'Either the tag has moved since, or one of the two was edited without the other. The digest is what is pulled.',
  help: 'Write the new digest to follow the tag, or the tag that belongs to the digest.',
  judge(subject, options) {
    const { site, parts, facts } = subject;
    const dropped = traitOf(site, 'drops-digest');
    if (dropped !== undefined) {
      const { reference, file } = dropped;
      return {
        message: `newTag wins over the digest of ${quoted(reference)} in ${quoted(file)}: Kustomize drops it, and ${quoted(site.reference)} is pulled without a digest`,
        ...(facts.tag === undefined ? {} : { remedy: { kind: 'pin', digest: facts.tag.digest } }),
      };
    }
    const digest = parts.validDigest;
    if (digest === undefined || parts.tag.kind !== 'text' || isPlatformMeant(subject)) return undefined;
    if (facts.tagIsGone) {
      return { message: `${quoted(site.reference)} holds a tag and a digest that disagree: there is no such tag now` };
    }
    if (facts.tag === undefined || facts.tag.digest === digest) return undefined;
    return {
      message: `${quoted(site.reference)} holds a digest that the tag does not name: the tag is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: 'pin', digest: facts.tag.digest },
    };
  },
  examples: [
    {
      name: 'they disagree',
      reference: `nginx:1.27@${OTHER_PIN}`,
      facts: { pin: { kind: 'present' }, tag: NGINX_LATEST },
      says: 'the tag is',
      writes: NGINX_PIN,
    },
    {
      name: 'the tag is gone',
      reference: `nginx:1.27@${OTHER_PIN}`,
      facts: { pin: { kind: 'present' }, tagIsGone: true },
      says: 'there is no such tag now',
    },
    {
      name: 'a new tag of Kustomize takes the digest of the manifest away',
      reference: 'nginx:1.27',
      site: {
        format: 'kustomize',
        traits: [{ kind: 'drops-digest', reference: `nginx:latest@${OTHER_PIN}`, file: 'deployment.yaml' }],
      },
      facts: { tag: NGINX_LATEST },
      says: 'newTag wins over the digest of "nginx:latest@sha256:4e5f6a7b',
      writes: NGINX_PIN,
    },
    {
      name: 'the manifest of the platform that is named beside it agrees with the tag',
      reference: `nginx:1.27@${OTHER_PIN}`,
      site: { traits: [{ kind: 'one-platform', platform: 'linux/amd64' }] },
      facts: { pin: { kind: 'child', platform: 'linux/amd64' }, tag: NGINX_LATEST },
      says: null,
    },
    {
      name: 'they agree',
      reference: `nginx:1.27@${NGINX_PIN}`,
      facts: { pin: { kind: 'present' }, tag: NGINX_LATEST },
      says: null,
    },
    { name: 'no tag', reference: `nginx@${OTHER_PIN}`, facts: { pin: { kind: 'present' } }, says: null },
    { name: 'no digest', reference: 'nginx:1.27', facts: { tag: NGINX_LATEST }, says: null },
  ],
};
