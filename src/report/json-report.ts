import type { Finding, IgnoredFinding } from '../rules/finding.ts';
import type { CheckReport } from './check-report.ts';

/** The text of `json-file` (DESIGN.md §8), to the letter. */
export function jsonReport(report: CheckReport): string {
  const { verdict, references, findings, ignored, skipped, unverified, truncated } = report;
  const omitted = Object.values(report.omitted ?? {}).some((count) => count > 0);
  const value = {
    schemaVersion: 1,
    verdict,
    references,
    findings: findings.map(jsonFinding),
    ignored: ignored.map(jsonIgnored),
    skipped: skipped.map(({ file, reason }) => ({ file, reason })),
    unverified,
    truncated: truncated || omitted,
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** A finding as outputs and `json-file` have it. */
export function jsonFinding({ file, line, column, endColumn, rule, level, reference, message, fix }: Finding) {
  const own = { file, line, column, endColumn, rule, level, reference, message };
  return fix === undefined ? own : { ...own, fix: fix.replacement };
}

function jsonIgnored(finding: IgnoredFinding) {
  const own = { ...jsonFinding(finding), reason: finding.reason };
  return finding.until === undefined ? own : { ...own, until: finding.until };
}

/** Most bytes of the outputs `findings` and `references` together. */
const OUTPUT_BYTES = 256 * 1024;

/** The two array outputs: as many whole entries as fit, findings first. */
export function arrayOutputs(report: CheckReport): {
  readonly findings: string;
  readonly references: string;
  readonly truncated: boolean;
} {
  const findings = arrayWithin(report.findings.map(jsonFinding), OUTPUT_BYTES - 2);
  const references = arrayWithin(report.references, OUTPUT_BYTES - byteLength(findings.text));
  return {
    findings: findings.text,
    references: references.text,
    truncated: findings.truncated || references.truncated,
  };
}

function arrayWithin(values: readonly unknown[], bytes: number): { text: string; truncated: boolean } {
  const parts: string[] = [];
  let size = 2;
  for (const value of values) {
    const part = JSON.stringify(value);
    size += byteLength(part) + 1;
    if (size > bytes) return { text: `[${parts.join(',')}]`, truncated: true };
    parts.push(part);
  }
  return { text: `[${parts.join(',')}]`, truncated: false };
}

const encoder = new TextEncoder();

/** Bytes of a text in UTF-8. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}
