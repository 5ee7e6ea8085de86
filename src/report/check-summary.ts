import { LIMITS } from '../core/limits.ts';
import type { Finding, Fix, IgnoredFinding } from '../rules/finding.ts';
import type { Verdict } from '../rules/verdict.ts';
import { levelsText, omittedText, plural, unjudgedText, type CheckReport } from './check-report.ts';
import { byteLength } from './json-report.ts';
import { cell, cellOfLines, codeSpan, details, heading, prose, table } from './markdown.ts';

/** What the summary says besides the report. */
export interface SummaryOptions {
  /** Most bytes of the whole text. */
  readonly limit?: number;
  /** `https://github.com/<owner>/<repo>/blob/<ref>` of the action, when it is known: the rules are linked to it. */
  readonly documentation?: string;
  /** Path of the patch, as the user wrote it. */
  readonly patchFile?: string;
  /** Sentences about this run: plain text. */
  readonly notices?: readonly string[];
}

/** Job summary and comment: the verdict in the first line, then the complete table, as much as fits. */
export function checkSummary(report: CheckReport, options: SummaryOptions = {}): string {
  const parts = new Parts(options.limit ?? LIMITS.summaryBytes);
  parts.add(verdictLine(report));
  for (const notice of options.notices ?? []) parts.add(`> ${prose(notice)}`);
  if (report.findings.length > 0)
    parts.addTable(
      FINDING_HEADERS,
      report.findings.map((one) => findingRow(one, options)),
    );
  const omitted = omittedText(report);
  if (omitted !== undefined) parts.add(`${omitted}.`);
  if (report.findings.some(({ fix }) => fix !== undefined)) parts.add(fixHint(options.patchFile));
  addUnverified(parts, report);
  addIgnored(parts, report);
  addSkipped(parts, report);
  return parts.text();
}

/** One line, without Markdown of strangers: which of the four it is, and how much was looked at. */
function verdictLine(report: CheckReport): string {
  const { references, omittedReferences = 0 } = report;
  const unique = new Set(references.map(({ reference }) => reference)).size;
  const atLeast = omittedReferences > 0 ? 'at least ' : '';
  const count = plural(references.length + omittedReferences, 'reference');
  const seen = `${count}, ${atLeast}${unique} unique, in ${plural(report.files, 'file')}`;
  const lines: Readonly<Record<Verdict, () => string>> = {
    clean: () => `**Clean**: ${seen}${report.findings.length > 0 ? `; ${levelsText(report)}` : ''}.`,
    findings: () => `**Findings**: ${levelsText(report)} (${seen}).`,
    unverified: () => `**Unverified**: ${openText(report)} (${seen}).`,
    'nothing-scanned': () =>
      `**Nothing scanned**: no file matches ${report.patterns.map((one) => codeSpan(one)).join(', ')}.`,
  };
  return lines[report.verdict]();
}

function openText(report: CheckReport): string {
  const unjudged = unjudgedText(report);
  const silent = report.unverified.length === 0 ? [] : [`${registriesOf(report)} did not answer`];
  return [...silent, ...(unjudged === undefined ? [] : [prose(unjudged)])].join('; ');
}

function registriesOf({ unverified }: CheckReport): string {
  return [...new Set(unverified.map(({ registry }) => registry))].map((registry) => codeSpan(registry)).join(', ');
}

const FINDING_HEADERS = ['', 'Where', 'Rule', 'What', 'Write instead'];

function findingRow(finding: Finding, { documentation }: SummaryOptions): readonly string[] {
  const { file, line, rule, level, message, fix } = finding;
  const named = documentation === undefined ? `\`${rule}\`` : `[\`${rule}\`](${documentation}/docs/rules/${rule}.md)`;
  return [level, placeCell(file, line), named, prose(message), fix === undefined ? '' : fixCell(fix)];
}

function fixCell({ startLine, endLine, replacement }: Fix): string {
  return startLine === endLine
    ? cell(replacement.trim())
    : `lines ${startLine} to ${endLine}: ${cellOfLines(replacement)}`;
}

/** The end of a long path tells more than its beginning. */
function placeCell(file: string, line: number): string {
  const place = `${file}:${line}`;
  return cell(place.length > 200 ? `…${place.slice(-199)}` : place);
}

function fixHint(patchFile: string | undefined): string {
  const accept =
    'Accept a finding with a comment on its line or the line before: `# image-digest: ignore[rule] reason`.';
  return patchFile === undefined ? accept : `Apply all fixes with git apply ${codeSpan(patchFile)}. ${accept}`;
}

function addUnverified(parts: Parts, { unverified }: CheckReport): void {
  if (unverified.length === 0) return;
  parts.add(heading(3, 'Not verified'));
  parts.addTable(
    ['Registry', 'Reason'],
    unverified.map(({ registry, reason }) => [cell(registry), prose(reason)]),
  );
}

function addIgnored(parts: Parts, { ignored, omittedIgnored = 0, voidIgnores, allowed }: CheckReport): void {
  if (allowed > 0) parts.add(`${plural(allowed, 'reference')} accepted by the input allow.`);
  if (ignored.length > 0) {
    const fresh = ignored.filter(({ isNew }) => isNew).length;
    const added = fresh === 0 ? '' : `, ${fresh} of them by comments that this change adds`;
    parts.add(heading(3, `${plural(ignored.length + omittedIgnored, 'finding')} ignored${added}`));
    parts.addTable(['Where', 'Rule', 'Reference', 'Reason', 'Until', 'New'], ignored.map(ignoredRow));
  }
  if (voidIgnores.length > 0) {
    parts.add(heading(3, 'Comments that accept nothing'));
    parts.addTable(
      ['Where', 'Why'],
      voidIgnores.map(({ file, line, message }) => [placeCell(file, line), prose(message)]),
    );
  }
}

function ignoredRow({ file, line, rule, reference, reason, until, isNew }: IgnoredFinding): readonly string[] {
  return [placeCell(file, line), `\`${rule}\``, cell(reference), cell(reason), until ?? '', isNew ? 'yes' : ''];
}

function addSkipped(parts: Parts, { skipped, truncated }: CheckReport): void {
  if (truncated) parts.add('A limit was reached: not every file was read.');
  if (skipped.length === 0) return;
  const rows = skipped.slice(0, 1000).map(({ file, reason }) => [cell(file), prose(reason)]);
  const more = skipped.length - rows.length;
  const note = more > 0 ? `\n\n… ${more} more` : '';
  parts.add(details(`${plural(skipped.length, 'place')} not judged`, table(['File', 'Reason'], rows) + note));
}

/** Paragraphs up to a number of bytes; what does not fit is counted. */
class Parts {
  readonly #parts: string[] = [];
  #left: number;
  #full = false;

  constructor(limit: number) {
    // Room for the sentence that says what is missing.
    this.#left = limit - 200;
  }

  add(markdown: string): void {
    const size = byteLength(markdown) + 2;
    if (size > this.#left) this.#full = true;
    else {
      this.#left -= size;
      this.#parts.push(markdown);
    }
  }

  addTable(headers: readonly string[], rows: readonly (readonly string[])[]): void {
    const lines = table(headers, rows).split('\n');
    const kept: string[] = [];
    let size = 40;
    for (const line of lines) {
      size += byteLength(line) + 1;
      if (size > this.#left) break;
      kept.push(line);
    }
    if (kept.length < 3) {
      this.#full = true;
      return;
    }
    const more = lines.length - kept.length;
    this.add(kept.join('\n'));
    if (more > 0) this.add(`… ${more} more`);
  }

  text(): string {
    const end = this.#full ? ['More did not fit here; it is in the reports and the log.'] : [];
    return `${[...this.#parts, ...end].join('\n\n')}\n`;
  }
}
