import { quoted } from '../core/printable.ts';
import { nowText } from './now.ts';
import { NGINX_LATEST, NGINX_PIN } from './example-facts.ts';
import type { Rule } from './rule.ts';
import { missesNothing, traitOf } from './subject.ts';

/** No tag and no digest: clients fill in `latest`. */
export const noTag: Rule = {
  id: 'no-tag',
  level: 'error',
  cause: 'reference',
  title: 'The image has no tag',
  why: 'Without a tag every client asks for "latest": what that is changes whenever somebody pushes it.',
  help: 'Write a version tag, better with the digest that it names now.',
  judge({ site, parts, facts, error }, options) {
    if (error !== undefined) return undefined;
    if (parts.tag.kind !== 'none' || parts.digest.kind !== 'none' || !parts.nameKnown) return undefined;
    if (traitOf(site, 'tag-elsewhere') !== undefined || missesNothing(site)) return undefined;
    const message = `${quoted(site.reference)} has no tag, so it means "latest", which can change at any time`;
    if (facts.tag === undefined) return { message };
    return {
      message: `${message}; it is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: 'pin', digest: facts.tag.digest, tag: 'latest' },
    };
  },
  examples: [
    { name: 'a short name', reference: 'nginx', says: 'has no tag' },
    { name: 'a registry port is no tag', reference: 'localhost:5000/app', says: 'has no tag' },
    { name: 'a tag', reference: 'nginx:1.27', says: null },
    { name: 'a build cache', reference: 'acme/api', site: { traits: [{ kind: 'build-cache' }] }, says: null },
    {
      name: 'every kustomization sets the tag',
      reference: 'acme/api',
      site: { format: 'kubernetes', traits: [{ kind: 'replaced' }] },
      says: null,
    },
    { name: 'a digest', reference: `nginx@${NGINX_PIN}`, says: null },
    { name: 'no reference at all: a template', reference: '{{', says: null },
    { name: 'what stands behind @ is no digest', reference: 'mysql@8.0.44', says: null },
    {
      name: 'the registry is asked',
      reference: 'nginx',
      facts: { tag: NGINX_LATEST },
      says: `it is ${NGINX_PIN} now (version 1.27.3, 12 days old)`,
      writes: NGINX_PIN,
    },
    {
      name: 'the registry is a variable, the name has no tag',
      reference: '${REGISTRY}/ubuntu',
      site: { unresolved: 'REGISTRY has no value in the file' },
      says: 'has no tag',
    },
    {
      name: 'the whole name is a variable',
      reference: '${IMAGE}',
      site: { unresolved: 'IMAGE has no value in the file' },
      says: null,
    },
    {
      name: 'a chart fills in its appVersion',
      reference: 'acme/api',
      site: { traits: [{ kind: 'tag-elsewhere', where: 'appVersion of the chart' }] },
      says: null,
    },
  ],
};
