import { quoted } from '../core/printable.ts';
import { NGINX_LATEST, NGINX_PIN, OTHER_PIN } from './example-facts.ts';
import { nowText } from './now.ts';
import type { Rule } from './rule.ts';

/** The digest is a config's. */
export const digestIsImageId: Rule = {
  id: 'digest-is-image-id',
  level: 'error',
  cause: 'digest',
  title: 'The digest is an image ID',
  why: 'An image ID names the config, as docker inspect .Id shows it. Only manifests can be pulled.',
  help: 'Write the digest of the manifest: what the tag points to in the registry.',
  judge({ site, parts, facts }, options) {
    if (parts.validDigest === undefined || facts.pin?.kind !== 'image-id') return undefined;
    const message = `${quoted(site.reference)} cannot be pulled: this is an image ID, not a manifest digest`;
    if (facts.tag === undefined) return { message };
    return {
      message: `${message}; the tag is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: 'pin', digest: facts.tag.digest },
    };
  },
  examples: [
    {
      name: 'an image ID',
      reference: `nginx@${OTHER_PIN}`,
      facts: { pin: { kind: 'image-id' } },
      says: 'this is an image ID, not a manifest digest',
    },
    {
      name: 'with a tag',
      reference: `nginx:1.27@${OTHER_PIN}`,
      facts: { pin: { kind: 'image-id' }, tag: NGINX_LATEST },
      says: NGINX_PIN,
      writes: NGINX_PIN,
    },
    { name: 'a manifest', reference: `nginx@${OTHER_PIN}`, facts: { pin: { kind: 'present' } }, says: null },
  ],
};
