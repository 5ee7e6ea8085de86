import { contextName } from '../core/build-context.ts';
import { parseReference } from '../core/reference.ts';
import { UserError } from '../core/errors.ts';
import type { FoundReference } from './found-reference.ts';

/** Names of contexts, as BuildKit looks for them. */
export type Contexts = ReadonlySet<string>;

/** The contexts of these names. */
export function contextsOf(names: readonly string[]): Contexts {
  return new Set(names.map(nameInBuild));
}

/** The references of a Dockerfile that no named context of its build takes the place of. */
export function withoutContexts(found: readonly FoundReference[], all: readonly Contexts[]): readonly FoundReference[] {
  const contexts = all.filter(({ size }) => size > 0);
  if (contexts.length === 0) return found;
  return found.filter(({ reference, unresolved }) => {
    if (unresolved !== undefined) return true;
    const name = nameInBuild(reference);
    return !contexts.some((some) => some.has(name));
  });
}

/** The name that BuildKit looks for; a text that is no reference is none of a context either. */
function nameInBuild(text: string): string {
  try {
    return contextName(parseReference(text));
  } catch (error) {
    if (error instanceof UserError) return text;
    throw error;
  }
}
