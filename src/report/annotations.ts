import { LIMITS } from '../core/limits.ts';
import { clipped } from '../core/printable.ts';
import type { Finding, Fix, Spot, VoidIgnore } from '../rules/finding.ts';
import type { Level } from '../rules/rule.ts';
import type { CheckReport } from './check-report.ts';

/** One annotation of the workflow run; the text is plain, printing it safely is the printer's work. */
export interface Annotation extends Spot {
  readonly level: Level;
  readonly title: string;
  readonly message: string;
}

/** What the runner cuts a message to. */
const MESSAGE_LIMIT = 4096;

/**
 * The annotations of a level, at most ten (the runner shows no more), the last of them saying how many more there are.
 * @param taken how many of the ten the step needs for what it says itself
 */
export function annotationsOf({ findings, voidIgnores }: CheckReport, wanted: Level, taken = 0): readonly Annotation[] {
  const voids = wanted === 'warning' ? voidIgnores.map(annotationOfVoid) : [];
  const annotations = [...findings.filter(({ level }) => level === wanted).map(annotationOf), ...voids];
  const kept = annotations.slice(0, LIMITS.annotationsOfAKind - taken);
  const last = kept.at(-1);
  const more = annotations.length - kept.length;
  if (more === 0 || last === undefined) return kept;
  const note = `\nand ${more} more, in the summary and the reports`;
  return [...kept.slice(0, -1), { ...last, message: clipped(last.message, MESSAGE_LIMIT - note.length) + note }];
}

function annotationOf(finding: Finding): Annotation {
  const { file, line, column, endColumn, level, rule, message, fix } = finding;
  const write = fix === undefined ? '' : `\n${fixText(fix)}`;
  const accept = `\nAccept: # image-digest: ignore[${rule}] reason`;
  // What tells how to go on is short and must not be cut away.
  const body = clipped(message + write, MESSAGE_LIMIT - accept.length);
  return { level, title: rule, message: body + accept, file, line, column, endColumn };
}

/** Several lines are told with their place: the finding names only one of them. */
function fixText({ startLine, endLine, replacement }: Fix): string {
  return startLine === endLine
    ? `Write: ${replacement.trim()}`
    : `Write as lines ${startLine} to ${endLine}:\n${replacement}`;
}

function annotationOfVoid({ file, line, column, endColumn, message }: VoidIgnore): Annotation {
  return { level: 'warning', title: 'ignore', message, file, line, column, endColumn };
}
