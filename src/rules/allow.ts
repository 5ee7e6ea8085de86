import { familiarNameOf, nameOf, type Reference } from '../core/reference.ts';
import { matchesReference } from './glob.ts';
import type { Subject } from './subject.ts';

/** Whether a pattern of `allow` accepts the reference: by its name, with or without tag and digest, short or full. */
export function isAllowed(patterns: readonly string[], subject: Subject): boolean {
  if (patterns.length === 0) return false;
  const forms = formsOf(subject);
  return patterns.some((pattern) => forms.some((form) => matchesReference(pattern, form)));
}

function formsOf({ site, reference }: Subject): readonly string[] {
  if (reference === undefined) return [site.reference];
  return [...new Set([familiarNameOf(reference), nameOf(reference)])].flatMap((name) =>
    withIdentifiers(name, reference),
  );
}

function withIdentifiers(name: string, { tag, digest }: Reference): readonly string[] {
  const tagged = tag === undefined ? name : `${name}:${tag}`;
  const forms = [name, tagged, ...(digest === undefined ? [] : [`${tagged}@${digest}`, `${name}@${digest}`])];
  return [...new Set(forms)];
}
