import { indexLines, type LineIndex } from '../files/position.ts';
import type { Edit, ImageSite } from '../files/site.ts';
import type { Answer } from './facts.ts';
import type { Finding, FoundReference, IgnoredFinding, Skipped, VoidIgnore } from './finding.ts';
import { editsOf, fixOf, type FixableFile } from './fix.ts';
import { isAllowed } from './allow.ts';
import { ignoreFor, readIgnores, type Ignores } from './ignore.ts';
import { isWorthAsking, judge, type Objection } from './judge.ts';
import type { Level, RuleOptions } from './rule.ts';
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
  readonly findings: readonly Finding[];
  readonly ignored: readonly IgnoredFinding[];
  readonly voidIgnores: readonly VoidIgnore[];
  readonly skipped: readonly Skipped[];
  /** References that `allow` accepts. */
  readonly allowed: number;
}

/** An objection with the edits that mend it. */
interface Mendable extends Objection {
  readonly subject: Subject;
  readonly edits?: readonly Edit[];
}

/** How strictly the lines of a file count. */
export interface Scopes {
  /** Findings on lines that are not added are notices. */
  readonly level: Scope;
  /** What the change adds, to tell new ignores from old ones; undefined when that is not known. */
  readonly change?: Scope;
}

/** Judges a file; `answerTo` gives what a registry said of a reference, when one was asked. */
export function judgeFile(
  file: ReadFile,
  options: JudgeOptions,
  scopes: Scopes,
  answerTo: (subject: Subject) => Answer | undefined,
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
  return {
    references: known.map(referenceOf),
    findings: open.map((one) => findingOf(file, one, open, scopes.level)),
    ignored: mendable.filter(accepted).flatMap((one) => ignoredOf(file, one, scopes)),
    voidIgnores: file.ignores.bad.map((bad) => ({ file: file.path, ...bad })),
    skipped: judged.flatMap((subject) => unreadable(subject)),
    allowed: known.length - judged.length,
  };
}

function mendableOf(file: FixableFile, subject: Subject, options: RuleOptions): readonly Mendable[] {
  return judge(subject, options).map((objection) => withEdits(file, subject, objection));
}

function withEdits(file: FixableFile, subject: Subject, objection: Objection): Mendable {
  const { remedy } = objection.judgement;
  const edits = remedy === undefined ? undefined : editsOf(subject.site, file, remedy);
  return { ...objection, subject, ...(edits === undefined ? {} : { edits }) };
}

function referenceOf({ site, parts, facts }: Subject): FoundReference {
  const digest = parts.validDigest ?? facts.tag?.digest;
  const { file, line, column, endColumn, reference, format } = site;
  return { file, line, column, endColumn, reference, ...(digest === undefined ? {} : { digest }), format };
}

function findingOf(file: ReadFile, one: Mendable, open: readonly Mendable[], scope: Scope): Finding {
  const { site } = one.subject;
  const level: Level = isOnNewLine(file, site, scope) ? one.rule.level : 'notice';
  const others = open.flatMap((other) =>
    other === one || other.edits === undefined || other.rule.level === 'notice' ? [] : [other.edits],
  );
  return {
    file: file.path,
    line: site.line,
    column: site.column,
    endColumn: site.endColumn,
    rule: one.rule.id,
    level,
    reference: site.reference,
    message: one.judgement.message,
    ...(one.edits === undefined ? {} : { fix: fixOf(site.line, file, one.edits, others) }),
  };
}

/** Whether a line of the site is added; the site's range may go on over several. */
function isOnNewLine(file: ReadFile, site: ImageSite, scope: Scope): boolean {
  const end = site.placement.kind === 'value' ? lastLineOf(file, site.placement.range.end) : site.line;
  return scope.isAdded(file.path, site.line, Math.max(site.line, end), (line) => lineText(file, line));
}

function lastLineOf({ lines }: ReadFile, offset: number): number {
  const next = lines.starts.findIndex((start) => start > offset);
  return next < 0 ? lines.starts.length : next;
}

/** A line of the file without its end; empty behind the last one. */
function lineText({ text, lines }: ReadFile, line: number): string {
  const start = lines.starts[line - 1];
  if (start === undefined) return '';
  return text.slice(start, lines.starts[line] ?? text.length).replace(/\r?\n$/, '');
}

function ignoredOf(file: ReadFile, one: Mendable, { level, change }: Scopes): readonly IgnoredFinding[] {
  const ignore = ignoreFor(file.ignores.valid, one.subject.site.line, one.rule.id);
  if (ignore === undefined) return [];
  const isNew = change?.isAdded(file.path, ignore.line, ignore.line, (line) => lineText(file, line)) ?? false;
  return [
    {
      ...findingOf(file, one, [], level),
      reason: ignore.reason,
      ...(ignore.until === undefined ? {} : { until: ignore.until }),
      isNew,
    },
  ];
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
