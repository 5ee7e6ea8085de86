import { contextName } from '../core/build-context.ts';
import { parseReference } from '../core/reference.ts';
import { UserError } from '../core/errors.ts';
import type { FoundReference } from './found-reference.ts';

/** The references of a Dockerfile that no named context of its build takes the place of. */
export function withoutContexts(found: readonly FoundReference[], names: readonly string[]): readonly FoundReference[] {
  if (names.length === 0) return found;
  const contexts = new Set(names.map(nameInBuild));
  return found.filter(({ reference, unresolved }) => unresolved !== undefined || !contexts.has(nameInBuild(reference)));
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
