import { LIMITS } from '../core/limits.ts';
import { indexLines, upperBound, type LineIndex } from '../files/position.ts';
import type { Edit, ImageSite } from '../files/site.ts';
import { isAllowed } from './allow.ts';
import type { Answer } from './facts.ts';
import type { Finding, FoundReference, IgnoredFinding, Skipped, VoidIgnore } from './finding.ts';
import { editsOf, fixOf } from './fix.ts';
import { Gravest, type LevelCounts } from './gravest.ts';
import { ignoreFor, readIgnores, type Ignore, type Ignores } from './ignore.ts';
import { isWorthAsking, judge, type Objection } from './judge.ts';
import { Mends } from './mends.ts';
import type { Level, RuleOptions } from './rule.ts';
import type { Scope } from './scope.ts';
import { subjectOf, traitOf, withFacts, type Subject } from './subject.ts';

/** A file with references in it, before any registry was asked. */
export interface ReadFile {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly ignores: Ignores;
  /** Each is taken apart only while it is judged: a hostile file has 100,000 of them. */
  readonly sites: readonly ImageSite[];
}

/** What the user says of all files. */
export interface JudgeOptions extends RuleOptions {
  readonly allow: readonly string[];
}

/** A place that two references share is one for each reference. */
export function readFileOf(path: string, text: string, sites: readonly ImageSite[], today: string): ReadFile {
  const distinct = new Map(
    sites.map((site) => [`${site.line} ${site.column} ${site.endColumn} ${site.reference}`, site]),
  );
  return { path, text, lines: indexLines(text), ignores: readIgnores(text, today), sites: [...distinct.values()] };
}

/** The subject of a site when a registry is worth asking about it. */
export function questionOf(file: ReadFile, site: ImageSite, options: JudgeOptions): Subject | undefined {
  const subject = subjectOf(site);
  if (isAllowed(options.allow, subject)) return undefined;
  const open = judge(subject, options).filter(
    ({ rule }) => ignoreFor(file.ignores.valid, subject.site.line, rule.id) === undefined,
  );
  return isWorthAsking(subject, open) ? subject : undefined;
}

/** All that is said of one file. */
export interface JudgedFile {
  readonly references: readonly FoundReference[];
  /** The gravest, in the order of the file. */
  readonly findings: readonly Finding[];
  /** How many more there are of each level. */
  readonly omitted: LevelCounts;
  readonly ignored: readonly IgnoredFinding[];
  /** How many more are ignored than are kept. */
  readonly omittedIgnored: number;
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

/** What a registry said of a reference, when one was asked. */
export type AnswerTo = (subject: Subject) => Answer | undefined;

/** Judges a file at once. */
export function judgeFile(file: ReadFile, options: JudgeOptions, scopes: Scopes, answerTo: AnswerTo): JudgedFile {
  const steps = judging(file, options, scopes, answerTo);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** After so many references other work may get its turn. */
const STRIDE = 500;

/** Judges a file in steps of some milliseconds. */
export function* judging(
  file: ReadFile,
  options: JudgeOptions,
  scopes: Scopes,
  answerTo: AnswerTo,
): Generator<undefined, JudgedFile> {
  const work = new Judging(file, options, scopes);
  for (const [index, site] of file.sites.entries()) {
    if (index % STRIDE === STRIDE - 1) yield;
    const subject = subjectOf(site);
    const answer = answerTo(subject);
    work.add(answer?.kind === 'facts' ? withFacts(subject, answer.facts) : subject);
  }
  return yield* work.end();
}

/** An objection with the edits that mend it. */
interface Mendable extends Objection {
  readonly subject: Subject;
  readonly edits: readonly Edit[] | undefined;
  readonly level: Level;
}

/** What is known of a file whose references are judged one after the other. */
class Judging {
  readonly #file: ReadFile;
  readonly #options: JudgeOptions;
  readonly #scopes: Scopes;
  readonly #references: FoundReference[] = [];
  readonly #open = new Gravest<Mendable>();
  readonly #mends: Mends;
  readonly #ignored: IgnoredFinding[] = [];
  readonly #skipped: Skipped[] = [];
  #allowed = 0;
  #omittedIgnored = 0;
  /** Characters that all fixes of the file may still have: each is complete lines, and a line may be the whole file. */
  #room: number = LIMITS.fixedCharacters;
  /** One for all questions: a scope may remember what it learnt of a text. */
  readonly #textOfLine = (line: number): string => lineText(this.#file, line);

  constructor(file: ReadFile, options: JudgeOptions, scopes: Scopes) {
    this.#file = file;
    this.#options = options;
    this.#scopes = scopes;
    this.#mends = new Mends(file);
  }

  add(subject: Subject): void {
    this.#references.push(referenceOf(subject));
    if (isAllowed(this.#options.allow, subject)) {
      this.#allowed += 1;
      return;
    }
    this.#skipped.push(...unreadable(subject));
    for (const objection of judge(subject, this.#options)) {
      const one = this.#mendable(subject, objection);
      const ignore = ignoreFor(this.#file.ignores.valid, subject.site.line, one.rule.id);
      if (ignore !== undefined) this.#ignore(one, ignore);
      else {
        if (one.edits !== undefined && one.rule.level !== 'notice') this.#mends.add(one.edits);
        this.#open.add(one);
      }
    }
  }

  *end(): Generator<undefined, JudgedFile> {
    const { kept, omitted } = this.#open.result();
    const findings: Finding[] = [];
    for (const one of kept) {
      if (findings.length % STRIDE === STRIDE - 1) yield;
      findings.push(this.#findingOf(one, (edits) => this.#mends.neighboursOf(one.subject.site, edits)));
    }
    return {
      references: this.#references,
      findings,
      omitted,
      ignored: this.#ignored,
      omittedIgnored: this.#omittedIgnored,
      voidIgnores: voidIgnoresOf(this.#file),
      skipped: fewOf(this.#skipped),
      allowed: this.#allowed,
    };
  }

  #mendable(subject: Subject, objection: Objection): Mendable {
    const { remedy } = objection.judgement;
    const edits = remedy === undefined ? undefined : editsOf(subject.site, this.#file, remedy);
    const isNew = isOnNewLine(this.#file, subject.site, this.#scopes.level, this.#textOfLine);
    return { ...objection, subject, edits, level: isNew ? objection.rule.level : 'notice' };
  }

  /** What is accepted is shown with the fix for itself alone. */
  #ignore(one: Mendable, { line, reason, until }: Ignore): void {
    if (this.#ignored.length >= LIMITS.findings) {
      this.#omittedIgnored += 1;
      return;
    }
    const isNew = this.#scopes.change?.isAdded(this.#file.path, line, line, this.#textOfLine) ?? false;
    const finding = this.#findingOf(one, () => []);
    this.#ignored.push({ ...finding, reason, ...(until === undefined ? {} : { until }), isNew });
  }

  #findingOf(
    one: Mendable,
    neighboursOf: (edits: readonly Edit[]) => readonly (readonly Edit[])[] | undefined,
  ): Finding {
    const { edits, level, rule, judgement } = one;
    const { file, line, column, endColumn, reference } = one.subject.site;
    const finding = { file, line, column, endColumn, rule: rule.id, level, reference, message: judgement.message };
    const others = edits === undefined ? undefined : neighboursOf(edits);
    if (edits === undefined || others === undefined) return finding;
    const room = Math.min(this.#room, LIMITS.fixedLineCharacters);
    const fix = fixOf(edits, { file: this.#file, line, others, room });
    if (fix === undefined) return finding;
    this.#room -= fix.replacement.length;
    return { ...finding, fix };
  }
}

function voidIgnoresOf({ path, ignores }: ReadFile): readonly VoidIgnore[] {
  const kept: VoidIgnore[] = [];
  for (const bad of ignores.bad.slice(0, LIMITS.findings)) kept.push({ file: path, ...bad });
  const last = kept.at(-1);
  if (last === undefined || kept.length === ignores.bad.length) return kept;
  const message = `${last.message}; ${ignores.bad.length - kept.length} more comments of the file accept nothing`;
  return [...kept.slice(0, -1), { ...last, message }];
}

/** One place for all that are more than anybody reads. */
function fewOf(skipped: readonly Skipped[]): readonly Skipped[] {
  const [next] = skipped.slice(LIMITS.findings);
  if (next === undefined) return skipped;
  const reason = `${skipped.length - LIMITS.findings} more references of it are none`;
  return [...skipped.slice(0, LIMITS.findings), { file: next.file, reason }];
}

function referenceOf({ site, parts, facts }: Subject): FoundReference {
  const digest = parts.validDigest ?? facts.tag?.digest;
  const { file, line, column, endColumn, reference, format } = site;
  return { file, line, column, endColumn, reference, ...(digest === undefined ? {} : { digest }), format };
}

/** Whether a line is added that gives a part of the reference; the site's range may go on over several. */
function isOnNewLine(file: ReadFile, site: ImageSite, scope: Scope, textOfLine: (line: number) => string): boolean {
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

/**
 * A reference that is none is told as what could not be judged; a digest that is none is a finding, and what holds a
 * variable as written is judged as far as it is known.
 */
function unreadable({ site, error }: Subject): readonly Skipped[] {
  return error === undefined || traitOf(site, 'name-unknown') !== undefined
    ? []
    : [{ file: site.file, reason: `line ${site.line}: ${error.message}` }];
}
