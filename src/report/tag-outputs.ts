import type { Digest } from '../core/digest.ts';
import { formatReference, nameOf, type Reference } from '../core/reference.ts';
import type { TagOutcome } from '../core/tag-decision.ts';

/** What a run of `tag` gives. */
export interface TagReport {
  readonly source: Reference;
  readonly digest: Digest;
  readonly outcomes: readonly TagOutcome[];
  readonly dryRun: boolean;
}

/** Every output of `tag` by its name (DESIGN.md §7). */
export function tagOutputs({ source, digest, outcomes, dryRun }: TagReport): Readonly<Record<string, string>> {
  const having = outcomes.filter(({ result }) => result === 'unchanged' || (!dryRun && isChange(result)));
  return {
    digest,
    name: nameOf(source),
    tags: having.map(({ target }) => formatReference(target.reference)).join('\n'),
    changed: String(!dryRun && outcomes.some(({ result }) => isChange(result))),
    json: JSON.stringify(outcomes.map(entryOf)),
  };
}

/** Whether a result means that the tag was written. */
export function isChange(result: TagOutcome['result']): boolean {
  return result === 'created' || result === 'moved';
}

/** `before` and `after` are absent where the tag does not exist or that is not known. */
function entryOf({ target, before, after, result }: TagOutcome): object {
  return {
    tag: target.tag,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    result,
  };
}
