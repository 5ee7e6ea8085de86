import { quoted } from '../core/printable.ts';
import { NGINX_LATEST, NGINX_PIN } from './example-facts.ts';
import { nowText } from './now.ts';
import type { Rule } from './rule.ts';
import { missesNothing } from './subject.ts';

/** `latest`, or a tag that the user says is like it, without a digest. */
export const latestTag: Rule = {
  id: 'latest-tag',
  level: 'error',
  cause: 'reference',
  title: 'The tag can move',
  why: '"latest" and tags like it are pushed anew: the same line pulls another image tomorrow.',
  help: 'Write a version tag, or keep the tag and add the digest that it names now.',
  judge({ site, parts, facts }, options) {
    if (parts.digest.kind !== 'none' || parts.tag.kind !== 'text' || missesNothing(site)) return undefined;
    const tag = parts.tag.text;
    if (tag !== 'latest' && !options.floatingTags.includes(tag)) return undefined;
    const message = `${quoted(site.reference)} can change at any time: ${quoted(tag)} is a moving tag`;
    if (facts.tag === undefined) return { message };
    return {
      message: `${message}; it is ${nowText(facts.tag, options.today)}`,
      remedy: { kind: 'pin', digest: facts.tag.digest },
    };
  },
  examples: [
    { name: 'latest', reference: 'nginx:latest', says: 'can change at any time' },
    { name: 'latest with a digest', reference: `debian:latest@${NGINX_PIN}`, says: null },
    { name: 'a build cache', reference: 'acme/api:latest', site: { traits: [{ kind: 'build-cache' }] }, says: null },
    {
      name: 'every kustomization sets the tag',
      reference: 'acme/api:latest',
      site: { format: 'kubernetes', traits: [{ kind: 'replaced' }] },
      says: null,
    },
    { name: 'a version', reference: 'nginx:1.27', says: null },
    { name: 'latest is only a part of the tag', reference: 'nginx:latest-alpine', says: null },
    { name: 'a tag of another name', reference: 'nginx:stable', says: null },
    {
      name: 'a floating tag that the user names',
      reference: 'nginx:stable',
      options: { floatingTags: ['stable', 'edge'] },
      says: '"stable" is a moving tag',
    },
    {
      name: 'the registry is asked',
      reference: 'nginx:latest',
      facts: { tag: NGINX_LATEST },
      says: 'version 1.27.3',
      writes: NGINX_PIN,
    },
    {
      name: 'the registry is a variable',
      reference: '$REGISTRY/ubuntu:latest',
      site: { unresolved: 'REGISTRY has no value in the file' },
      says: 'can change',
    },
  ],
};
