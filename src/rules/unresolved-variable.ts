import { clipped, printable, quoted } from '../core/printable.ts';
import { NGINX_PIN } from './example-facts.ts';
import type { Rule } from './rule.ts';
import { traitOf } from './subject.ts';

/** The reference depends on what the file does not say. */
export const unresolvedVariable: Rule = {
  id: 'unresolved-variable',
  level: 'notice',
  cause: 'reference',
  title: 'The image depends on a value that is not in the file',
  why: 'Whether it can move is decided elsewhere and cannot be checked here.',
  help: 'Give the variable a default, or write the reference out.',
  judge({ site, parts }) {
    const why = site.unresolved ?? traitOf(site, 'name-unknown')?.why;
    if (why === undefined || parts.validDigest !== undefined) return undefined;
    return { message: `${quoted(site.reference)} cannot be checked: ${clipped(printable(why), 300)}` };
  },
  examples: [
    {
      name: 'a tag that is a variable',
      reference: 'python:${VARIANT}',
      site: { unresolved: 'VARIANT has no value in the file' },
      says: 'cannot be checked: VARIANT has no value in the file',
    },
    {
      name: 'BuildKit expands nothing in COPY --from',
      reference: '$IMG',
      site: { unresolved: 'BuildKit does not expand variables here' },
      says: 'BuildKit does not expand variables here',
    },
    {
      name: 'the digest is written, so the image is known',
      reference: `\${REGISTRY}/nginx@${NGINX_PIN}`,
      site: { unresolved: 'REGISTRY has no value in the file' },
      says: null,
    },
    { name: 'nothing is missing', reference: 'python:3.12', says: null },
  ],
};
