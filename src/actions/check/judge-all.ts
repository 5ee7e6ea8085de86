import { LIMITS } from '../../core/limits.ts';
import { bySeverity } from '../../report/check-report.ts';
import type { Finding, Fix, FoundReference, IgnoredFinding, Skipped, VoidIgnore } from '../../rules/finding.ts';
import { Gravest } from '../../rules/gravest.ts';
import { judging, type AnswerTo, type JudgedFile, type JudgeOptions, type Scopes } from '../../rules/judge-file.ts';
import { LEVELS, type Level } from '../../rules/rule.ts';
import { collectNow } from '../run.ts';
import { NO_TIME } from './find-sites.ts';
import type { FoundFile } from './found-files.ts';
import type { Pace } from './pace.ts';

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

/** So many references are judged until memory is looked at. */
const COLLECTED = 25_000;

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
    const judged = (await hasTime()) ? await judgeOne(file) : NO_TIME;
    if (typeof judged === 'string') all.skipped.push({ file: file.path, reason: judged, unjudged: 'file' });
    else all.add(judged, file.isKept ? keep : structuredClone);
    file.release();
    if (all.judged >= COLLECTED) {
      all.judged = 0;
      collectNow();
    }
  }
  return all.result();

  async function judgeOne(file: FoundFile): Promise<JudgedFile | string> {
    const opened = await file.open();
    if (opened === undefined) return pace.isOver ? NO_TIME : 'it could not be read again as it was';
    const steps = judging(opened, options, scopes, answerTo);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (!(await hasTime())) return NO_TIME;
    }
  }

  async function hasTime(): Promise<boolean> {
    if (pace.isDue()) await pace.rest();
    if (pace.isOver) end = Math.min(end, performance.now() + GRACE);
    return performance.now() < end;
  }
}

/** How a value is kept: parts of a long text keep all of it in memory, what is copied does not. */
type Keeping = <T>(value: T) => T;

function keep<T>(value: T): T {
  return value;
}

/** Adds up what is said of files within the limits of a report. */
class Collected {
  readonly skipped: Skipped[] = [];
  /** References since memory was looked at. */
  judged = 0;
  readonly #references: FoundReference[] = [];
  readonly #findings = new Gravest<Finding>();
  readonly #ignored: IgnoredFinding[] = [];
  readonly #voidIgnores: VoidIgnore[] = [];
  readonly #omitted = { error: 0, warning: 0, notice: 0 };
  #omittedReferences = 0;
  #omittedIgnored = 0;
  #allowed = 0;
  #room = KEPT_CHARACTERS;

  add(file: JudgedFile, keeping: Keeping): void {
    this.judged += file.references.length;
    for (const one of file.references) this.#addReference(one, keeping);
    for (const one of file.findings) {
      const { fix, ...rest } = one;
      this.#findings.add(keeping(this.#hasRoomFor(fix) ? one : rest));
    }
    for (const level of LEVELS) this.#omitted[level] += file.omitted[level];
    const ignored = file.ignored.slice(0, LIMITS.findings - this.#ignored.length);
    for (const one of ignored) {
      const { fix, ...rest } = one;
      this.#ignored.push(keeping(this.#hasRoomFor(fix) ? one : rest));
    }
    this.#omittedIgnored += file.omittedIgnored + file.ignored.length - ignored.length;
    this.#voidIgnores.push(...keeping(file.voidIgnores.slice(0, LIMITS.findings - this.#voidIgnores.length)));
    this.skipped.push(...keeping(file.skipped.slice(0, Math.max(0, LIMITS.scannedFiles - this.skipped.length))));
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

  #addReference(one: FoundReference, keeping: Keeping): void {
    const fits = this.#references.length < LIMITS.listedReferences && this.#takes(one.reference.length);
    if (fits) this.#references.push(keeping(one));
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
