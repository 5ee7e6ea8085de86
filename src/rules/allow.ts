import { canonicalRegistry, familiarNameOf, nameOf, type Reference } from '../core/reference.ts';
import { matchesReference } from './glob.ts';
import type { Subject } from './subject.ts';

/** Whether a pattern of `allow` accepts the reference: by its name, with or without tag and digest, short or full. */
export function isAllowed(patterns: readonly string[], subject: Subject): boolean {
  if (patterns.length === 0) return false;
  const forms = formsOf(subject);
  return patterns.some((pattern) => forms.some((form) => matchesReference(withPlainHost(pattern), form)));
}

/** The case of a host means nothing, that of a tag or a variable does. */
function withPlainHost(pattern: string): string {
  return pattern.replace(/^[\w.:*?-]+(?=\/)/, (host) => host.toLowerCase());
}

function formsOf({ site, reference }: Subject): readonly string[] {
  if (reference === undefined) return [site.reference];
  const plain = { ...reference, registry: canonicalRegistry(reference.registry) };
  return [...new Set([familiarNameOf(plain), nameOf(plain)])].flatMap((name) => withIdentifiers(name, plain));
}

function withIdentifiers(name: string, { tag, digest }: Reference): readonly string[] {
  const tagged = tag === undefined ? name : `${name}:${tag}`;
  const forms = [name, tagged, ...(digest === undefined ? [] : [`${tagged}@${digest}`, `${name}@${digest}`])];
  return [...new Set(forms)];
}
