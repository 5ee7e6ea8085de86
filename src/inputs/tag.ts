import { EMPTY_DIGESTS, parseDigest, type Digest } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import { quoted } from '../core/printable.ts';
import {
  canonicalRegistry,
  familiarReference,
  formatReference,
  isTag,
  parseReference,
  withDefaultTag,
  type Reference,
} from '../core/reference.ts';
import type { TagContext } from '../core/tag-context.ts';
import type { TagTarget } from '../core/tag-decision.ts';
import { makeTag } from '../core/tag-make.ts';
import { parseTag, sanitiseTag } from '../core/tag-name.ts';
import { parseTagPattern, type TagPattern } from '../core/tag-pattern.ts';
import { isTagRule, parseTagRule } from '../core/tag-rule.ts';
import { readCommon, type CommonInputs } from './registry.ts';
import type { Form } from './form.ts';

/** The inputs of `tag` (DESIGN.md §7). */
export interface TagInputs extends CommonInputs {
  readonly source: Reference;
  /** Each tag of each repository once, in the order in which they were written; all on the registry of the source. */
  readonly targets: readonly TagTarget[];
  readonly skipped: readonly SkippedTag[];
  readonly expect: Digest | undefined;
  readonly overwrite: readonly TagPattern[];
  readonly forwardOnly: readonly TagPattern[];
  readonly dryRun: boolean;
}

/** A line of `tags` that gives no tag in this run. */
export interface SkippedTag {
  readonly written: string;
  readonly reason: string;
  /** Whether a tag was probably expected. */
  readonly isWarning: boolean;
}

/** Reads all inputs; problems are in the form. @param context what the lines of docker/metadata-action's kind are made of */
export function readTag(form: Form, context: TagContext): TagInputs {
  const source = readImage(form);
  const { targets, skipped } = readTags(form, source, context);
  return {
    ...readCommon(form, new Set(source === undefined ? [] : [canonicalRegistry(source.registry)])),
    source: source ?? NO_SOURCE,
    targets,
    skipped,
    expect: readExpect(form),
    overwrite: form.listOf('overwrite', parseTagPattern),
    forwardOnly: form.listOf('forward-only', parseTagPattern),
    dryRun: form.boolean('dry-run', false),
  };
}

/** Stands in for an image that could not be read: the form holds the problem and nothing is done. */
const NO_SOURCE: Reference = { registry: 'localhost', repository: 'none' };

function readImage(form: Form): Reference | undefined {
  const text = form.text('image');
  if (text === undefined) {
    const hint = 'Name the image that gets the tags, best by its digest; an expression that gave nothing is empty';
    form.problem('image', new UserError('bad-input', 'image is empty', hint));
    return undefined;
  }
  return form.attempt('image', () => {
    const reference = withDefaultTag(parseReference(text));
    refuseEmptyDigest(reference.digest, text);
    return reference;
  });
}

function readExpect(form: Form): Digest | undefined {
  const text = form.text('expect');
  if (text === undefined) return undefined;
  return form.attempt('expect', () => {
    const digest = parseDigest(text);
    refuseEmptyDigest(digest, 'expect');
    return digest;
  });
}

function refuseEmptyDigest(digest: Digest | undefined, where: string): void {
  if (digest === undefined || !EMPTY_DIGESTS.has(digest)) return;
  throw new UserError(
    'empty-digest',
    `${where}: ${digest} is the digest of nothing`,
    'An earlier command failed and gave no output; look there, and begin scripts with set -o pipefail',
  );
}

function readTags(
  form: Form,
  source: Reference | undefined,
  context: TagContext,
): { readonly targets: readonly TagTarget[]; readonly skipped: readonly SkippedTag[] } {
  const targets = new Map<string, TagTarget>();
  const skipped: SkippedTag[] = [];
  const entries = entriesOf(form);
  let hasProblem = false;
  for (const written of entries) {
    const made = form.attempt('tags', () => readEntry(written, source, context));
    hasProblem ||= made === undefined;
    if (made === undefined) continue;
    if ('isWarning' in made) skipped.push(made);
    else targets.set(keyOf(made), targets.get(keyOf(made)) ?? made);
  }
  if (targets.size === 0 && !hasProblem) form.problem('tags', noTags(skipped));
  return { targets: [...targets.values()], skipped };
}

/** Lists are split at newlines and commas, but the lines of docker/metadata-action hold commas themselves. */
function entriesOf(form: Form): readonly string[] {
  return form.lines('tags').flatMap((line) => {
    if (isTagRule(line)) return [line];
    return line
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
  });
}

function noTags(skipped: readonly SkippedTag[]): UserError {
  if (skipped.length === 0) {
    const hint = 'Name at least one tag; an expression that gave nothing is empty';
    return new UserError('bad-input', 'tags is empty', hint);
  }
  const reasons = skipped.map(({ written, reason }) => `${quoted(written)}: ${reason}`).join('; ');
  return new UserError(
    'bad-input',
    `tags leaves nothing to do in this run: ${reasons}`,
    'Add a tag that fits every run, such as type=sha, or skip the step with if:',
  );
}

function keyOf({ reference }: TagTarget): string {
  return formatReference({ ...reference, registry: canonicalRegistry(reference.registry) });
}

function readEntry(written: string, source: Reference | undefined, context: TagContext): TagTarget | SkippedTag {
  if (isTagRule(written)) {
    const made = makeTag(parseTagRule(written), context);
    if (made.kind === 'none') return { written, reason: made.reason, isWarning: made.isWarning };
    return beside(source, made.tag);
  }
  if (isTag(written) || !/[:/@]/.test(written)) return beside(source, parseTag(written));
  return targetOf(written, source);
}

/** A tag in the repository of the source. */
function beside(source: Reference | undefined, tag: string): TagTarget {
  const { registry, repository } = source ?? NO_SOURCE;
  return { tag, reference: { registry, repository, tag } };
}

/** A full reference. @throws UserError */
function targetOf(written: string, source: Reference | undefined): TagTarget {
  const reference = parseReference(written);
  const { registry, repository, tag, digest } = reference;
  if (digest !== undefined) {
    const right = familiarReference({ registry, repository, ...(tag === undefined ? {} : { tag }) });
    const hint = `Write ${tag === undefined ? `${right}:tag` : right} here, and the digest in image or expect`;
    throw new UserError('bad-input', `${quoted(written)} names a digest, and a tag is wanted`, hint);
  }
  if (tag === undefined) {
    const asTag = sanitiseTag(written);
    const hint = isTag(asTag) ? `Write ${written}:tag, or ${asTag} when it is meant as a tag` : `Write ${written}:tag`;
    throw new UserError('bad-input', `${quoted(written)} is a reference without a tag`, hint);
  }
  if (source !== undefined && canonicalRegistry(registry) !== canonicalRegistry(source.registry)) {
    throw new UserError(
      'bad-input',
      `${familiarReference(reference)} is on ${registry} and the image is on ${source.registry}: ` +
        'tags are put on one registry, nothing is copied from one to another',
      `Copy the image first (skopeo copy --all --preserve-digests), then tag it on ${registry}`,
    );
  }
  return { tag, reference: { registry, repository, tag } };
}
