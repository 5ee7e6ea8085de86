import { printable, quoted } from '../core/printable.ts';
import { NGINX_LATEST, NGINX_PIN, OTHER_PIN } from './example-facts.ts';
import { nowText } from './now.ts';
import type { Rule } from './rule.ts';
import { isPlatformMeant } from './subject.ts';

/** The digest is an entry of the index that the tag names. */
export const digestOnePlatform: Rule = {
  id: 'digest-one-platform',
  level: 'warning',
  cause: 'digest',
  title: 'The digest is of one platform only',
  why: 'The tag is a multi-platform image; this digest is one entry of it and does not run on other platforms.',
  help: 'Write the digest of the index; when one platform is meant, name it beside the image, or accept the finding.',
  judge(subject, options) {
    const { site, parts, facts } = subject;
    if (parts.validDigest === undefined || facts.pin?.kind !== 'child' || isPlatformMeant(subject)) return undefined;
    const message = `${quoted(site.reference)} is pinned to ${printable(facts.pin.platform)} only`;
    if (facts.tag === undefined) return { message };
    return {
      message: `${message}; the index of all platforms is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: 'pin', digest: facts.tag.digest },
    };
  },
  examples: [
    {
      name: 'a child of the index',
      reference: `nginx:1.27@${OTHER_PIN}`,
      facts: { pin: { kind: 'child', platform: 'linux/amd64' }, tag: NGINX_LATEST },
      says: 'is pinned to linux/amd64 only',
      writes: NGINX_PIN,
    },
    {
      name: 'another platform than the one that is named beside it',
      reference: `nginx:1.27@${OTHER_PIN}`,
      site: { traits: [{ kind: 'one-platform', platform: 'linux/arm64' }] },
      facts: { pin: { kind: 'child', platform: 'linux/amd64' }, tag: NGINX_LATEST },
      says: 'is pinned to linux/amd64 only',
      writes: NGINX_PIN,
    },
    {
      name: 'the platform that is named beside it',
      reference: `nginx:1.27@${OTHER_PIN}`,
      site: { traits: [{ kind: 'one-platform', platform: 'linux/arm64/v8' }] },
      facts: { pin: { kind: 'child', platform: 'linux/arm64' }, tag: NGINX_LATEST },
      says: null,
    },
    {
      name: 'the index',
      reference: `nginx:1.27@${NGINX_PIN}`,
      facts: { pin: { kind: 'present' }, tag: NGINX_LATEST },
      says: null,
    },
  ],
};
