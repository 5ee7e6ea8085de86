import { quoted } from '../core/printable.ts';
import { NGINX_LATEST, NGINX_PIN, OTHER_PIN } from './example-facts.ts';
import { nowText } from './now.ts';
import type { Rule } from './rule.ts';

/** The repository can be read and has no manifest with the digest. */
export const digestGone: Rule = {
  id: 'digest-gone',
  level: 'error',
  cause: 'digest',
  title: 'The registry does not have the digest',
  why: 'The image was deleted, or the digest is from another repository: the next pull fails.',
  help: 'Write the digest that the tag names now. Some registries delete what no tag holds.',
  judge({ site, parts, facts }, options) {
    if (parts.validDigest === undefined || facts.pin?.kind !== 'gone') return undefined;
    const message = `${quoted(site.reference)} cannot be pulled: the registry does not have this digest (any more)`;
    if (facts.tag === undefined) return { message };
    return {
      message: `${message}; the tag is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: 'pin', digest: facts.tag.digest },
    };
  },
  examples: [
    { name: 'gone', reference: `nginx@${OTHER_PIN}`, facts: { pin: { kind: 'gone' } }, says: 'cannot be pulled' },
    { name: 'present', reference: `nginx@${OTHER_PIN}`, facts: { pin: { kind: 'present' } }, says: null },
    { name: 'not asked', reference: `nginx@${OTHER_PIN}`, says: null },
    {
      name: 'the tag is still there',
      reference: `nginx:1.27@${OTHER_PIN}`,
      facts: { pin: { kind: 'gone' }, tag: NGINX_LATEST },
      says: 'the tag is',
      writes: NGINX_PIN,
    },
  ],
};
