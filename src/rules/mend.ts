import { LIMITS } from '../core/limits.ts';
import { positionAt, upperBound } from '../files/position.ts';
import type { Edit } from '../files/site.ts';
import type { Finding, Fix } from './finding.ts';
import { editsOf, fixOf, type FixableFile } from './fix.ts';
import { judge, type Objection } from './judge.ts';
import type { Level, RuleOptions } from './rule.ts';
import type { Subject } from './subject.ts';

/** An objection with the edits that mend it. */
export interface Mendable extends Objection {
  readonly subject: Subject;
  readonly edits?: readonly Edit[];
}

/** What the rules object to in a reference of the file, and how that can be mended. */
export function mendableOf(file: FixableFile, subject: Subject, options: RuleOptions): readonly Mendable[] {
  return judge(subject, options).map((objection) => withEdits(file, subject, objection));
}

function withEdits(file: FixableFile, subject: Subject, objection: Objection): Mendable {
  const { remedy } = objection.judgement;
  const edits = remedy === undefined ? undefined : editsOf(subject.site, file, remedy);
  return { ...objection, subject, ...(edits === undefined ? {} : { edits }) };
}

/** Mendable objections by the line on which their first edit begins. */
export interface Mends {
  /** In order. */
  readonly lines: readonly number[];
  readonly byLine: ReadonlyMap<number, readonly Mendable[]>;
}

export const NO_MENDS: Mends = { lines: [], byLine: new Map() };

/** Those of the objections whose fixes go together: notices are not mended on the way. */
export function mendsOf(file: FixableFile, open: readonly Mendable[]): Mends {
  const byLine = new Map<number, Mendable[]>();
  for (const one of open) {
    const [first] = one.edits ?? [];
    if (first === undefined || one.rule.level === 'notice') continue;
    const line = positionAt(file.lines, first.start).line;
    const present = byLine.get(line);
    if (present === undefined) byLine.set(line, [one]);
    else present.push(one);
  }
  return { lines: [...byLine.keys()].toSorted((one, other) => one - other), byLine };
}

/** A fix stands for complete lines: with more than so many other edits on them there is none. */
const MAX_NEIGHBOURS = 64;

/** The other edits on the lines that these edits touch; undefined when there are too many. */
function neighboursOf(file: FixableFile, one: Mendable, mends: Mends): readonly (readonly Edit[])[] | undefined {
  const touched = (one.edits ?? []).flatMap(({ start, end }) =>
    [start, end].map((offset) => positionAt(file.lines, offset).line),
  );
  const first = Math.min(one.subject.site.line, ...touched);
  const last = Math.max(one.subject.site.line, ...touched);
  const found: (readonly Edit[])[] = [];
  for (let at = upperBound(mends.lines, (line) => line < first); at < mends.lines.length; at += 1) {
    const line = mends.lines[at] ?? Infinity;
    if (line > last) break;
    for (const other of mends.byLine.get(line) ?? []) {
      if (other === one || other.edits === undefined) continue;
      if (found.length >= MAX_NEIGHBOURS) return undefined;
      found.push(other.edits);
    }
  }
  return found;
}

/** The findings that the objections are; `room` is how many characters all of their fixes may have together. */
export function findingsOf(
  file: FixableFile & { readonly path: string },
  levelled: readonly { readonly one: Mendable; readonly level: Level }[],
  mends: Mends,
  room: number,
): readonly Finding[] {
  let left = room;
  return levelled.map(({ one, level }) => {
    const fix = fixFor(file, one, mends, Math.min(left, LIMITS.fixedLineCharacters));
    left -= fix?.replacement.length ?? 0;
    const { line, column, endColumn, reference } = one.subject.site;
    const what = { rule: one.rule.id, level, reference, message: one.judgement.message };
    return { file: file.path, line, column, endColumn, ...what, ...(fix === undefined ? {} : { fix }) };
  });
}

function fixFor(file: FixableFile, one: Mendable, mends: Mends, room: number): Fix | undefined {
  const others = one.edits === undefined ? undefined : neighboursOf(file, one, mends);
  if (one.edits === undefined || others === undefined) return undefined;
  return fixOf(one.edits, { file, line: one.subject.site.line, others, room });
}
