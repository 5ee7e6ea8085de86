import { UserError } from '../core/errors.ts';
import { readListLines, type ListEntry } from '../core/list-line.ts';
import type { Labels } from '../core/labels.ts';
import { clipped, quoted } from '../core/printable.ts';
import type { FindTags } from '../core/resolution.ts';
import type { Form } from './form.ts';

/** The inputs that say what is handed over to a build, and which tags are looked for (DESIGN.md §4, §5). */
export interface BuildInputs {
  /** undefined when no tags are looked for. */
  readonly findTags: FindTags | undefined;
  readonly buildLabels: boolean;
  /** Of the input `labels`. */
  readonly labels: Labels;
  readonly bakeTarget: string;
}

/** Most tags that may be looked at: what one host answers within the time of a step. */
const MOST_TAGS = 1000;

/** Reads these inputs; problems are in the form. */
export function readBuild(form: Form): BuildInputs {
  const limit = form.integer('find-tags-limit', 40, 1, MOST_TAGS);
  const wanted = form.text('find-tags') !== undefined;
  const mode = form.choice('find-tags', ['semver', 'all'], 'semver');
  return {
    findTags: wanted ? { mode, limit } : undefined,
    buildLabels: form.boolean('build-labels', false),
    labels: readLabels(form),
    bakeTarget: readBakeTarget(form),
  };
}

/** What buildx takes for the name of a target. */
const TARGET = /^[A-Za-z0-9_-]+$/;

function readBakeTarget(form: Form): string {
  const target = form.text('bake-target') ?? 'image-digest';
  if (TARGET.test(target)) return target;
  const hint = `Names of targets are letters, digits, _ and -: ${target.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 100)}`;
  form.problem('bake-target', new UserError('bad-input', `${quoted(target, 100)} is not the name of a target`, hint));
  return target;
}

function readLabels(form: Form): Labels {
  const labels = new Map<string, string>();
  for (const entry of readListLines(form.secret('labels') ?? '')) {
    const label = form.attempt('labels', () => parseLabel(entry));
    if (label !== undefined) labels.set(...label);
  }
  return labels;
}

/** @throws UserError `bad-input` */
function parseLabel(entry: ListEntry): readonly [string, string] {
  if ('unclosed' in entry) {
    throw new UserError(
      'bad-input',
      `${clipped(entry.unclosed, 100)} begins with a quote, and the quotes do not end at the end of a line`,
      'Write key=value without quotes around it, or double the quotes inside: "key=a ""quoted"" word"',
    );
  }
  const equals = entry.text.indexOf('=');
  const key = entry.text.slice(0, Math.max(equals, 0)).trim();
  if (equals >= 0 && key !== '' && !/[\s"\p{Cc}]/u.test(key)) return [key, entry.text.slice(equals + 1).trim()];
  throw new UserError(
    'bad-input',
    `${quoted(entry.text, 100)} is not a label (key=value)`,
    'Write one key=value on each line; keys have no blanks and no quotes',
  );
}
