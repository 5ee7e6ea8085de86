import { quoted } from '../core/printable.ts';
import { NGINX_LATEST, NGINX_PIN } from './example-facts.ts';
import { nowText } from './now.ts';
import type { Rule } from './rule.ts';
import { missesNothing } from './subject.ts';

/** No digest, where digests are required. */
export const notPinned: Rule = {
  id: 'not-pinned',
  level: 'error',
  cause: 'reference',
  title: 'The image is not pinned to a digest',
  why: 'A version tag is a promise, only a digest is immutable: whoever may push can move the tag.',
  help: 'Write the digest behind the tag: name:tag@sha256:….',
  judge({ site, parts, facts, error }, options) {
    if (options.require !== 'digest' || parts.digest.kind !== 'none') return undefined;
    if (site.unresolved !== undefined || error !== undefined) return undefined;
    if (missesNothing(site)) return undefined;
    const message = `${quoted(site.reference)} has no digest, which this check requires`;
    if (facts.tag === undefined) return { message };
    return {
      message: `${message}; it is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: 'pin', digest: facts.tag.digest },
    };
  },
  examples: [
    { name: 'tags are enough by default', reference: 'nginx:1.27', says: null },
    { name: 'a digest is required', reference: 'nginx:1.27', options: { require: 'digest' }, says: 'has no digest' },
    {
      name: 'no reference at all: a template',
      reference: 'python:{{',
      options: { require: 'digest' },
      says: null,
    },
    {
      name: 'a build cache',
      reference: 'ghcr.io/acme/api:cache',
      site: { traits: [{ kind: 'build-cache' }] },
      options: { require: 'digest' },
      says: null,
    },
    {
      name: 'every kustomization sets the tag',
      reference: 'acme/api:1.2',
      site: { format: 'kubernetes', traits: [{ kind: 'replaced' }] },
      options: { require: 'digest' },
      says: null,
    },
    { name: 'a digest is there', reference: `nginx@${NGINX_PIN}`, options: { require: 'digest' }, says: null },
    {
      name: 'what the tag is',
      reference: 'nginx:1.27',
      options: { require: 'digest' },
      facts: { tag: NGINX_LATEST },
      says: NGINX_PIN,
      writes: NGINX_PIN,
    },
    {
      name: 'the tag is a variable: it may hold a digest',
      reference: 'python:${VARIANT}',
      site: { unresolved: 'VARIANT has no value in the file' },
      options: { require: 'digest' },
      says: null,
    },
  ],
};
