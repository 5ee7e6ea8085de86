import { LIMITS } from '../../core/limits.ts';
import { bySeverity } from '../../report/check-report.ts';
import type { Finding, Fix, FoundReference, IgnoredFinding, Skipped, VoidIgnore } from '../../rules/finding.ts';
import { Gravest } from '../../rules/gravest.ts';
import { judging, type AnswerTo, type JudgedFile, type JudgeOptions, type Scopes } from '../../rules/judge-file.ts';
import { LEVELS, type Level } from '../../rules/rule.ts';
import type { FoundFile } from './found-files.ts';
import type { Pace } from './pace.ts';
import { NO_TIME } from './scan.ts';

/** What is said of all files: as much of it as one report can hold, and how much more there is. */
export interface Judged {
  readonly references: readonly FoundReference[];
  readonly omittedReferences: number;
  /** In the order of `bySeverity`. */
  readonly findings: readonly Finding[];
  readonly omitted: Readonly<Record<Level, number>>;
  readonly ignored: readonly IgnoredFinding[];
  readonly omittedIgnored: number;
  readonly voidIgnores: readonly VoidIgnore[];
  readonly skipped: readonly Skipped[];
  readonly allowed: number;
}

/** Characters of the fixes and references that are held, in all. */
const KEPT_CHARACTERS = 16 * 1024 * 1024;

/** After the end of the step's time files are judged for so many milliseconds: then something has to be told. */
const GRACE = 300;

/** Judges one file after the other; those that there is no time for are told. */
export async function judgeAll(
  files: readonly FoundFile[],
  options: JudgeOptions,
  scopes: Scopes,
  answerTo: AnswerTo,
  pace: Pace,
): Promise<Judged> {
  const all = new Collected();
  let end = Infinity;
  for (const file of files) {
    if (pace.isDue()) await pace.rest();
    if (pace.isOver) end = Math.min(end, performance.now() + GRACE);
    const judged = performance.now() < end ? await judgeOne(file) : NO_TIME;
    if (typeof judged === 'string') all.skipped.push({ file: file.path, reason: judged, unjudged: 'file' });
    else all.add(judged);
  }
  return all.result();

  async function judgeOne(file: FoundFile): Promise<JudgedFile | string> {
    const opened = await file.open();
    if (opened === undefined) return pace.isOver ? NO_TIME : 'it was changed while it was checked';
    const steps = judging(opened, options, scopes, answerTo);
    for (;;) {
      const step = steps.next();
      // Parts of a long text keep all of it in memory; what is copied does not.
      if (step.done === true) return file.isKept ? step.value : structuredClone(step.value);
      if (pace.isDue()) await pace.rest();
      if (pace.isOver) end = Math.min(end, performance.now() + GRACE);
      if (performance.now() >= end) return NO_TIME;
    }
  }
}

/** Adds up what is said of files within the limits of a report. */
class Collected {
  readonly skipped: Skipped[] = [];
  readonly #references: FoundReference[] = [];
  readonly #findings = new Gravest<Finding>();
  readonly #ignored: IgnoredFinding[] = [];
  readonly #voidIgnores: VoidIgnore[] = [];
  readonly #omitted = { error: 0, warning: 0, notice: 0 };
  #omittedReferences = 0;
  #omittedIgnored = 0;
  #allowed = 0;
  #room = KEPT_CHARACTERS;

  add(file: JudgedFile): void {
    for (const one of file.references) this.#addReference(one);
    for (const one of file.findings) {
      const { fix, ...rest } = one;
      this.#findings.add(this.#hasRoomFor(fix) ? one : rest);
    }
    for (const level of LEVELS) this.#omitted[level] += file.omitted[level];
    const ignored = file.ignored.slice(0, LIMITS.findings - this.#ignored.length);
    for (const one of ignored) {
      const { fix, ...rest } = one;
      this.#ignored.push(this.#hasRoomFor(fix) ? one : rest);
    }
    this.#omittedIgnored += file.omittedIgnored + file.ignored.length - ignored.length;
    this.#voidIgnores.push(...file.voidIgnores.slice(0, LIMITS.findings - this.#voidIgnores.length));
    this.skipped.push(...file.skipped.slice(0, Math.max(0, LIMITS.scannedFiles - this.skipped.length)));
    this.#allowed += file.allowed;
  }

  result(): Judged {
    const { kept, omitted } = this.#findings.result();
    for (const level of LEVELS) this.#omitted[level] += omitted[level];
    return {
      references: this.#references,
      omittedReferences: this.#omittedReferences,
      findings: kept.toSorted(bySeverity),
      omitted: this.#omitted,
      ignored: this.#ignored,
      omittedIgnored: this.#omittedIgnored,
      voidIgnores: this.#voidIgnores,
      skipped: this.skipped,
      allowed: this.#allowed,
    };
  }

  #addReference(one: FoundReference): void {
    if (this.#references.length < LIMITS.references && this.#takes(one.reference.length)) this.#references.push(one);
    else this.#omittedReferences += 1;
  }

  #hasRoomFor(fix: Fix | undefined): boolean {
    return fix === undefined || this.#takes(fix.replacement.length);
  }

  #takes(characters: number): boolean {
    if (characters > this.#room) return false;
    this.#room -= characters;
    return true;
  }
}
