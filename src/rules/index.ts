import { digestGone } from './digest-gone.ts';
import { digestInvalid } from './digest-invalid.ts';
import { digestIsImageId } from './digest-is-image-id.ts';
import { digestOnePlatform } from './digest-one-platform.ts';
import { latestTag } from './latest-tag.ts';
import { noTag } from './no-tag.ts';
import { notPinned } from './not-pinned.ts';
import type { Rule, RuleId } from './rule.ts';
import { tagInName } from './tag-in-name.ts';
import { tagMoved } from './tag-moved.ts';
import { unquotedTag } from './unquoted-tag.ts';
import { unresolvedVariable } from './unresolved-variable.ts';

/** Every rule; of those with the same cause the first that objects to a reference is told (DESIGN.md §8). */
export const RULES: readonly Rule[] = [
  tagInName,
  digestInvalid,
  noTag,
  latestTag,
  notPinned,
  unresolvedVariable,
  digestIsImageId,
  digestGone,
  digestOnePlatform,
  tagMoved,
  unquotedTag,
];

/** Where the documentation of a rule is, relative to the repository. */
export function documentationOfRule(id: RuleId): string {
  return `docs/rules/${id}.md`;
}
