import { parseDigest } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import { quoted } from '../core/printable.ts';
import { isTag } from '../core/reference.ts';
import { NGINX_LATEST, NGINX_PIN } from './example-facts.ts';
import { nowText } from './now.ts';
import type { Rule } from './rule.ts';

/** Something stands behind `@` that is no digest. */
export const digestInvalid: Rule = {
  id: 'digest-invalid',
  level: 'error',
  cause: 'reference',
  title: 'What stands after @ is no digest',
  why: 'It looks pinned and is not: clients refuse such a reference.',
  help: 'Write sha256: followed by 64 lower-case hexadecimal digits, or a tag after a colon.',
  judge({ site, parts, facts }, options) {
    if (parts.digest.kind !== 'text' || parts.validDigest !== undefined) return undefined;
    const text = parts.digest.text;
    const message = `${quoted(site.reference)} cannot be pulled: ${whyNot(text, parts.tag.kind === 'none')}`;
    if (facts.tag === undefined || parts.tag.kind !== 'text') return { message };
    return {
      message: `${message}; the tag is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: 'pin', digest: facts.tag.digest },
    };
  },
  examples: [
    { name: 'a short hash', reference: 'fedora@f717d3f59ea0', says: 'is not a digest' },
    { name: 'a version', reference: 'mysql@8.0.44', says: 'a tag stands after a colon' },
    { name: 'too few digits', reference: 'app@sha256:abc123', says: '64 hexadecimal digits, this has 6' },
    { name: 'capitals', reference: `nginx@${NGINX_PIN.replaceAll('a', 'A')}`, says: 'lower case' },
    { name: 'a digest', reference: `nginx@${NGINX_PIN}`, says: null },
    { name: 'no digest', reference: 'nginx:1', says: null },
    {
      name: 'a variable',
      reference: 'nginx@$DIGEST',
      site: { unresolved: 'DIGEST has no value in the file' },
      says: null,
    },
    {
      name: 'the tag is known',
      reference: 'nginx:1.27@sha256:abc',
      facts: { tag: NGINX_LATEST },
      says: 'the tag is',
      writes: NGINX_PIN,
    },
  ],
};

function whyNot(text: string, untagged: boolean): string {
  try {
    parseDigest(text);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const reason = error.message.slice(error.message.lastIndexOf('is not a digest'));
    const version = untagged && isTag(text) && /[.]/.test(text);
    return `${quoted(text)} ${reason}${version ? '; a tag stands after a colon' : ''}`;
  }
  return `${quoted(text)} is not a digest`;
}
