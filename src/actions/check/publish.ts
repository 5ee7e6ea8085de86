import { LIMITS } from '../../core/limits.ts';
import { clipped } from '../../core/printable.ts';
import type { CheckInputs } from '../../inputs/check.ts';
import { annotationsOf } from '../../report/annotations.ts';
import {
  countLevels,
  levelsText,
  omittedText,
  plural,
  unjudgedText,
  type CheckReport,
} from '../../report/check-report.ts';
import { checkSummary } from '../../report/check-summary.ts';
import { arrayOutputs } from '../../report/json-report.ts';
import type { Finding } from '../../rules/finding.ts';
import type { Level } from '../../rules/rule.ts';
import { fails } from '../../rules/verdict.ts';
import { annotate, group, line } from '../print.ts';
import { setOutputs, warnOnce, writeSummary } from '../runner.ts';
import { tellOnPullRequest } from './conversation.ts';
import { documentationBase, type Publication } from './publication.ts';
import { writeReports } from './report-files.ts';

/** Tells everything in every way that was asked for; none of them keeps another from its turn. @returns success */
export async function publish(publication: Publication): Promise<boolean> {
  const { report, inputs } = publication;
  const failed = fails(report.findings, [...report.unverified, ...(report.unjudged ?? [])], inputs);
  const own = ownWarnings(report, inputs);
  if (inputs.annotations) {
    printAnnotations(report, 'error');
    printAnnotations(report, 'warning', inputs.onUnresolved === 'fail' ? 0 : own.length);
  }
  log(report, inputs);
  const filesWritten = await writeReports(publication);
  const documentation = documentationBase();
  const patchFile = inputs.reports.patch;
  const options = {
    ...(documentation === undefined ? {} : { documentation }),
    ...(patchFile === undefined ? {} : { patchFile }),
  };
  const more = await tellOnPullRequest(publication, failed, options);
  const notices = [...publication.notices, ...more];
  // One notice, however many things a token or a clone does not allow.
  const told = [...notices, ...newIgnores(report)];
  if (inputs.annotations) printAnnotations(report, 'notice', Math.min(told.length, 1));
  if (told.length > 0) annotate('notice', 'image-digest', told.join('\n'));
  for (const text of own) annotate(inputs.onUnresolved === 'fail' ? 'error' : 'warning', 'unverified', text);
  setOutputs(outputsOf(report, inputs));
  if (inputs.showSummary) await writeSummary(checkSummary(report, { ...options, notices }));
  if (failed) annotate('error', 'image-digest', closingWords(report, inputs));
  return filesWritten && !failed;
}

/** Whoever reviews the change should know that it accepts its own findings; the summary has them one by one. */
function newIgnores({ ignored }: CheckReport): readonly string[] {
  const fresh = ignored.filter(({ isNew }) => isNew);
  const [first] = fresh;
  if (first === undefined) return [];
  const place = `${first.file}:${first.line} ${first.rule}: ${first.reason}`;
  const rest = fresh.length > 1 ? ` and ${fresh.length - 1} more, in the summary` : '';
  return [
    `${plural(fresh.length, 'finding')} accepted by comments that this change adds: ${clipped(place, 500)}${rest}`,
  ];
}

function printAnnotations(report: CheckReport, level: Level, taken = 0): void {
  for (const { title, message, file, line: startLine, column, endColumn } of annotationsOf(report, level, taken)) {
    annotate(level, title, message, { file, startLine, startColumn: column, endColumn });
  }
}

/** The log holds everything: a folded list of all findings where the annotations do not show them all. */
function log(report: CheckReport, { annotations }: CheckInputs): void {
  const { findings, ignored, omittedIgnored = 0, skipped, unverified, references, omittedReferences = 0 } = report;
  const counts = Object.values(countLevels(findings));
  if (findings.length > 0 && (!annotations || counts.some((count) => count >= LIMITS.annotationsOfAKind))) {
    group(`All findings: ${levelsText({ findings })}`, findings.map(logLine));
  }
  for (const { file, line: at, rule, reason, isNew } of ignored) {
    line(`ignored${isNew ? ' (added by this change)' : ''}: ${file}:${at} ${rule}: ${reason}`);
  }
  if (omittedIgnored > 0) line(`ignored: ${omittedIgnored} more findings`);
  for (const { registry, reason } of unverified) line(`not verified: ${registry}: ${reason}`);
  if (skipped.length > 0) {
    group(
      `Not judged: ${plural(skipped.length, 'place')}`,
      skipped.map(({ file, reason }) => `${file}: ${reason}`),
    );
  }
  const seen = `${plural(references.length + omittedReferences, 'reference')} in ${plural(report.files, 'file')}`;
  const nothing = `no file matches ${report.patterns.join(', ')}`;
  line(`${report.verdict}: ${report.verdict === 'nothing-scanned' ? nothing : `${seen}, ${levelsText(report)}`}`);
}

function logLine({ file, line: at, column, level, rule, message }: Finding): string {
  return `${level}: ${file}:${at}:${column} ${rule}: ${message}`;
}

/** What could not be told, and why. Also with on-unresolved: ignore somebody should know that files were left out. */
function ownWarnings(report: CheckReport, { onUnresolved }: CheckInputs): readonly string[] {
  const { unverified } = report;
  const unjudged = unjudgedText(report);
  const texts = unjudged === undefined ? [] : [`${unjudged}. All of them are in the log`];
  if (unverified.length === 0 || onUnresolved === 'ignore') return texts;
  const registries = [...new Set(unverified.map(({ registry }) => registry))].join(', ');
  const [first] = unverified;
  const rest = unverified.length > 1 ? ` and ${unverified.length - 1} more, in the log` : '';
  return [`${registries} could not say what is true: ${first?.reason ?? ''}${rest}`, ...texts];
}

function outputsOf(report: CheckReport, { reports }: CheckInputs): Readonly<Record<string, string>> {
  const { findings, references, truncated } = arrayOutputs(report);
  const { omitted = { error: 0, warning: 0, notice: 0 } } = report;
  const more = omittedText(report);
  if (more !== undefined) warnOnce(more);
  if (truncated) {
    const most = `${LIMITS.findings} findings and ${LIMITS.listedReferences} references`;
    warnOnce(`The outputs findings and references are cut at 256 KiB; json-file has room for ${most}`);
  }
  return {
    verdict: report.verdict,
    'findings-count': String(report.findings.length + (omitted.error + omitted.warning + omitted.notice)),
    'errors-count': String(countLevels(report.findings).error + omitted.error),
    findings,
    references,
    'sarif-file': reports.sarif ?? '',
    'json-file': reports.json ?? '',
    'patch-file': reports.patch ?? '',
  };
}

/** The last error of the step: what failed it, and how to go on. */
function closingWords(report: CheckReport, { failOn, onUnresolved }: CheckInputs): string {
  const { findings, unverified, unjudged = [] } = report;
  const counted = findings.filter(({ level }) => level === 'error' || (level === 'warning' && failOn === 'warning'));
  const why = counted.length > 0 && failOn !== 'never' ? [levelsText(report)] : [];
  if (onUnresolved === 'fail' && unverified.length > 0) why.push(`${unverified.length} not verified`);
  if (onUnresolved === 'fail' && unjudged.length > 0) why.push(`${plural(unjudged.length, 'place')} not judged`);
  return `The check failed: ${why.join('; ')}. Write the lines that the findings show, or accept one with a comment: # image-digest: ignore[rule] reason`;
}
