import { applyEdits, pinSite } from '../files/edit.ts';
import { positionAt, type LineIndex } from '../files/position.ts';
import type { Edit, ImageSite } from '../files/site.ts';
import type { Fix } from './finding.ts';
import type { Remedy } from './rule.ts';

/** A file as fixes need it. */
export interface FixableFile {
  readonly text: string;
  readonly lines: LineIndex;
}

/** The edits of a remedy; undefined when the site cannot be rewritten or already is what it should be. */
export function editsOf(site: ImageSite, file: FixableFile, remedy: Remedy): readonly Edit[] | undefined {
  const edits = remedy.kind === 'edits' ? remedy.edits : pinEdits(site, file.text, remedy);
  return edits === undefined || edits.length === 0 ? undefined : edits;
}

/** Where a tag has no place of its own the digest alone is written. */
function pinEdits(
  site: ImageSite,
  text: string,
  { digest, tag }: Extract<Remedy, { kind: 'pin' }>,
): readonly Edit[] | undefined {
  const tagged = tag === undefined ? undefined : pinSite(site, text, { digest, tag });
  return tagged ?? pinSite(site, text, { digest });
}

/** Several edits as one that can be made together with others, or not at all. */
export type EditGroup = readonly Edit[];

/** The groups that can be made together, earlier ones first; equal edits of several groups are made once. */
export function compatible(groups: readonly EditGroup[]): readonly Edit[] {
  const taken: Edit[] = [];
  for (const group of groups) {
    const fresh = group.filter((edit) => !taken.some((other) => sameEdit(edit, other)));
    if (fresh.every((edit) => !taken.some((other) => collide(edit, other)))) taken.push(...fresh);
  }
  return taken;
}

function sameEdit(one: Edit, other: Edit): boolean {
  return one.start === other.start && one.end === other.end && one.text === other.text;
}

/** Edits that share a unit, and insertions at the edge of another edit: their order would be a guess. */
function collide(one: Edit, other: Edit): boolean {
  const isInsertion = one.start === one.end || other.start === other.end;
  return isInsertion
    ? one.start <= other.end && other.start <= one.end
    : one.start < other.end && other.start < one.end;
}

/** What stands around the edits of a fix. */
export interface FixPlace {
  readonly file: FixableFile;
  /** Line of the finding. */
  readonly line: number;
  /** The groups of other findings: those on the same lines are in the replacement as well, as it is complete lines. */
  readonly others: readonly EditGroup[];
  /** Most characters of the lines. */
  readonly room: number;
}

/** The fix that these edits are; undefined when its lines are too long to be shown. */
export function fixOf(edits: EditGroup, { file, line, others, room }: FixPlace): Fix | undefined {
  const touched = edits.flatMap((edit) => [lineOf(file, edit.start), lineOf(file, edit.end)]);
  const startLine = Math.min(line, ...touched);
  const endLine = Math.max(line, ...touched);
  const start = file.lines.starts[startLine - 1] ?? 0;
  const end = file.lines.starts[endLine] ?? file.text.length;
  if (end - start > room) return undefined;
  const within = others.filter((group) =>
    group.every((edit) => edit.start >= start && lineOf(file, edit.end) <= endLine),
  );
  const local = compatible([edits, ...within]).map((edit) => movedBy(edit, -start));
  const original = file.text.slice(start, end);
  return {
    edits,
    startLine,
    endLine,
    replacement: plainLines(applyEdits(original, local)),
    original: plainLines(original),
  };
}

function plainLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/\n$/, '');
}

function movedBy({ start, end, text }: Edit, distance: number): Edit {
  return { start: start + distance, end: end + distance, text };
}

function lineOf(file: FixableFile, offset: number): number {
  return positionAt(file.lines, offset).line;
}
