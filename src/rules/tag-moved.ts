import { quoted } from '../core/printable.ts';
import { NGINX_LATEST, NGINX_PIN, OTHER_PIN } from './example-facts.ts';
import { nowText } from './now.ts';
import type { Rule } from './rule.ts';

/** Tag and digest are both written, and the tag names something else now. */
export const tagMoved: Rule = {
  id: 'tag-moved',
  level: 'notice',
  cause: 'digest',
  title: 'Tag and digest disagree now',
  why: 'Either the tag has moved since, or one of the two was edited without the other. The digest is what is pulled.',
  help: 'Write the new digest to follow the tag, or the tag that belongs to the digest.',
  judge({ site, parts, facts }, options) {
    const digest = parts.validDigest;
    if (digest === undefined || parts.tag.kind !== 'text') return undefined;
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
      name: 'they agree',
      reference: `nginx:1.27@${NGINX_PIN}`,
      facts: { pin: { kind: 'present' }, tag: NGINX_LATEST },
      says: null,
    },
    { name: 'no tag', reference: `nginx@${OTHER_PIN}`, facts: { pin: { kind: 'present' } }, says: null },
    { name: 'no digest', reference: 'nginx:1.27', facts: { tag: NGINX_LATEST }, says: null },
  ],
};
