import { LIMITS } from '../core/limits.ts';
import { indexLines, upperBound, type LineIndex } from '../files/position.ts';
import type { ImageSite } from '../files/site.ts';
import type { Answer } from './facts.ts';
import type { Finding, FoundReference, IgnoredFinding, Skipped, VoidIgnore } from './finding.ts';
import { isAllowed } from './allow.ts';
import { ignoreFor, readIgnores, type Ignores } from './ignore.ts';
import { isWorthAsking, judge } from './judge.ts';
import { findingsOf, mendableOf, mendsOf, NO_MENDS, type Mendable } from './mend.ts';
import { LEVELS, type Level, type RuleOptions } from './rule.ts';
import type { Scope } from './scope.ts';
import { subjectOf, traitOf, withFacts, type Subject } from './subject.ts';

/** A file with references in it, before any registry was asked. */
export interface ReadFile {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly ignores: Ignores;
  readonly subjects: readonly Subject[];
}

/** What the user says of all files. */
export interface JudgeOptions extends RuleOptions {
  readonly allow: readonly string[];
}

/** Takes a file's sites apart; a place that two references share is one for each reference. */
export function readFileOf(path: string, text: string, sites: readonly ImageSite[], today: string): ReadFile {
  const distinct = new Map(
    sites.map((site) => [`${site.line} ${site.column} ${site.endColumn} ${site.reference}`, site]),
  );
  return {
    path,
    text,
    lines: indexLines(text),
    ignores: readIgnores(text, today),
    subjects: [...distinct.values()].map((site) => subjectOf(site)),
  };
}

/** The references of a file about which a registry is worth asking. */
export function questionsOf(file: ReadFile, options: JudgeOptions): readonly Subject[] {
  return file.subjects.filter((subject) => {
    if (isAllowed(options.allow, subject)) return false;
    const open = judge(subject, options).filter(
      ({ rule }) => ignoreFor(file.ignores.valid, subject.site.line, rule.id) === undefined,
    );
    return isWorthAsking(subject, open);
  });
}

/** All that is said of one file. */
export interface JudgedFile {
  readonly references: readonly FoundReference[];
  /** The gravest, in the order of the file. */
  readonly findings: readonly Finding[];
  /** How many more there are of each level. */
  readonly omitted: Readonly<Record<Level, number>>;
  readonly ignored: readonly IgnoredFinding[];
  readonly voidIgnores: readonly VoidIgnore[];
  readonly skipped: readonly Skipped[];
  /** References that `allow` accepts. */
  readonly allowed: number;
}

/** How strictly the lines of a file count. */
export interface Scopes {
  /** Findings on lines that are not added are notices. */
  readonly level: Scope;
  /** What the change adds, to tell new ignores from old ones; undefined when that is not known. */
  readonly change?: Scope;
}

/**
 * Judges a file; `answerTo` gives what a registry said of a reference, when one was asked.
 * @param room characters that the fixes of this file may have together
 */
export function judgeFile(
  file: ReadFile,
  options: JudgeOptions,
  scopes: Scopes,
  answerTo: (subject: Subject) => Answer | undefined,
  room: number = LIMITS.fixedCharacters,
): JudgedFile {
  const known = file.subjects.map((subject) => {
    const answer = answerTo(subject);
    return answer?.kind === 'facts' ? withFacts(subject, answer.facts) : subject;
  });
  const judged = known.filter((subject) => !isAllowed(options.allow, subject));
  const mendable = judged.flatMap((subject) => mendableOf(file, subject, options));
  const accepted = (one: Mendable): boolean =>
    ignoreFor(file.ignores.valid, one.subject.site.line, one.rule.id) !== undefined;
  const open = mendable.filter((one) => !accepted(one));
  const textOfLine = (line: number): string => lineText(file, line);
  const levelled = open.map((one) => ({ one, level: levelOf(file, one, scopes.level, textOfLine) }));
  const { kept, omitted } = gravest(levelled);
  return {
    references: known.map(referenceOf),
    findings: findingsOf(file, kept, mendsOf(file, open), room),
    omitted,
    ignored: ignoredOf(file, mendable, scopes, textOfLine, room),
    voidIgnores: file.ignores.bad.map((bad) => ({ file: file.path, ...bad })),
    skipped: judged.flatMap((subject) => unreadable(subject)),
    allowed: known.length - judged.length,
  };
}

function referenceOf({ site, parts, facts }: Subject): FoundReference {
  const digest = parts.validDigest ?? facts.tag?.digest;
  const { file, line, column, endColumn, reference, format } = site;
  return { file, line, column, endColumn, reference, ...(digest === undefined ? {} : { digest }), format };
}

function levelOf(file: ReadFile, { subject, rule }: Mendable, scope: Scope, textOfLine: LineText): Level {
  return isOnNewLine(file, subject.site, scope, textOfLine) ? rule.level : 'notice';
}

/** The first ones of the gravest levels that fit, in the order of the file, and how many of each level do not. */
export function gravest<T extends { readonly level: Level }>(
  all: readonly T[],
): { readonly kept: readonly T[]; readonly omitted: Readonly<Record<Level, number>> } {
  const omitted = { error: 0, warning: 0, notice: 0 };
  if (all.length <= LIMITS.findings) return { kept: all, omitted };
  const room = { error: 0, warning: 0, notice: 0 };
  let left: number = LIMITS.findings;
  for (const level of LEVELS) {
    const count = all.filter((one) => one.level === level).length;
    room[level] = Math.min(count, left);
    omitted[level] = count - room[level];
    left -= room[level];
  }
  const kept = all.filter(({ level }) => {
    room[level] -= 1;
    return room[level] >= 0;
  });
  return { kept, omitted };
}

type LineText = (line: number) => string;

/** Whether a line is added that gives a part of the reference; the site's range may go on over several. */
function isOnNewLine(file: ReadFile, site: ImageSite, scope: Scope, textOfLine: LineText): boolean {
  if (site.otherLines?.some((line) => scope.isAdded(file.path, line, line, textOfLine)) === true) return true;
  const end = site.placement.kind === 'value' ? lastLineOf(file, site.placement.range.end) : site.line;
  return scope.isAdded(file.path, site.line, Math.max(site.line, end), textOfLine);
}

function lastLineOf({ lines }: ReadFile, offset: number): number {
  return upperBound(lines.starts, (start) => start <= offset);
}

/** A line of the file without its end; empty behind the last one. */
function lineText({ text, lines }: ReadFile, line: number): string {
  const start = lines.starts[line - 1];
  if (start === undefined) return '';
  return text.slice(start, lines.starts[line] ?? text.length).replace(/\r?\n$/, '');
}

function ignoredOf(
  file: ReadFile,
  mendable: readonly Mendable[],
  { level, change }: Scopes,
  textOfLine: LineText,
  room: number,
): readonly IgnoredFinding[] {
  const accepted = mendable.flatMap((one) => {
    const ignore = ignoreFor(file.ignores.valid, one.subject.site.line, one.rule.id);
    return ignore === undefined ? [] : [{ one, ignore, level: levelOf(file, one, level, textOfLine) }];
  });
  return findingsOf(file, accepted, NO_MENDS, room).flatMap((finding, index) => {
    const { reason = '', until, line = 0 } = accepted[index]?.ignore ?? {};
    const isNew = change?.isAdded(file.path, line, line, textOfLine) ?? false;
    return [{ ...finding, reason, ...(until === undefined ? {} : { until }), isNew }];
  });
}

/**
 * A reference that is none is told as what could not be judged; a digest that is none is a finding, and what holds a
 * variable as written is judged as far as it is known.
 */
function unreadable({ site, error }: Subject): readonly Skipped[] {
  return error === undefined || traitOf(site, 'name-unknown') !== undefined
    ? []
    : [{ file: site.file, reason: `line ${site.line}: ${error.message}` }];
}
