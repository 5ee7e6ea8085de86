import { digestOf, hexOf } from '../core/digest.ts';
import { LIMITS } from '../core/limits.ts';
import { documentationOfRule, RULES } from '../rules/index.ts';
import type { Finding, IgnoredFinding } from '../rules/finding.ts';
import type { Level } from '../rules/rule.ts';
import { bySeverity, type CheckReport } from './check-report.ts';

/*
 * SARIF 2.1.0 as GitHub's code scanning reads it: URIs relative to the repository and encoded, fixed words for rules,
 * findings of strangers' files as plain text only (SAFETY.md T48).
 */

/** What a report says of the tool. */
export interface SarifTool {
  readonly version: string;
  /** `https://github.com/<owner>/<repo>/blob/<ref>` of the action, when it is known. */
  readonly documentation?: string;
}

const SARIF_LEVEL: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', notice: 'note' };

/** The text of `sarif-file`, and how many results it could not take. */
export interface SarifReport {
  readonly text: string;
  readonly omitted: number;
}

/**
 * At most 5,000 results, gravest first, those that are ignored as suppressed ones behind; fewer where even these are
 * more than GitHub takes.
 * @param compressedSize bytes of a text as it is uploaded
 */
export function sarifReport(
  report: CheckReport,
  tool: SarifTool,
  compressedSize: (text: string) => number,
): SarifReport {
  const open = report.findings.toSorted(bySeverity).map((finding) => resultOf(finding));
  const ignored = report.ignored.map((finding) => ({ ...resultOf(finding), suppressions: [suppressionOf(finding)] }));
  const results = [...open, ...ignored];
  for (let kept = results.slice(0, LIMITS.sarifResults); ;) {
    const text = textOf(kept, tool);
    const size = compressedSize(text);
    if (size <= LIMITS.sarifBytes || kept.length === 0) return { text, omitted: results.length - kept.length };
    // A tenth less than would fit if all were equal: the gravest may be the longest.
    kept = kept.slice(0, Math.floor((kept.length * LIMITS.sarifBytes * 0.9) / size));
  }
}

function textOf(results: readonly object[], tool: SarifTool): string {
  const value = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: driverOf(tool) },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository' } } },
        results,
      },
    ],
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function driverOf({ version, documentation }: SarifTool) {
  return {
    name: 'image-digest',
    semanticVersion: version,
    ...(documentation === undefined ? {} : { informationUri: `${documentation}/check/README.md` }),
    rules: RULES.map(({ id, title, why, help, level }) => ({
      id,
      name: pascalCase(id),
      shortDescription: { text: title },
      fullDescription: { text: why },
      help: { text: help, markdown: help },
      ...(documentation === undefined ? {} : { helpUri: `${documentation}/${documentationOfRule(id)}` }),
      defaultConfiguration: { level: SARIF_LEVEL[level] },
      properties: { tags: ['supply-chain', 'containers'] },
    })),
  };
}

function pascalCase(id: string): string {
  return id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function resultOf(finding: Finding) {
  const { file, line, column, endColumn, rule, level, message, fix } = finding;
  const artifactLocation = { uri: encodePath(file), uriBaseId: '%SRCROOT%' };
  return {
    ruleId: rule,
    ruleIndex: RULES.findIndex(({ id }) => id === rule),
    level: SARIF_LEVEL[level],
    message: { text: plainMessage(message) },
    locations: [
      {
        physicalLocation: {
          artifactLocation,
          region: { startLine: line, startColumn: column, endColumn: Math.max(endColumn, column) },
        },
      },
    ],
    partialFingerprints: { 'imageDigest/v1': fingerprintOf(finding) },
    ...(fix === undefined ? {} : { fixes: [fixOf(fix, artifactLocation)] }),
  };
}

function fixOf(fix: NonNullable<Finding['fix']>, artifactLocation: { uri: string; uriBaseId: string }) {
  // The region is whole lines, from the first column to the one behind the last character.
  const replacement = {
    deletedRegion: { startLine: fix.startLine, endLine: fix.endLine },
    insertedContent: { text: fix.replacement },
  };
  return {
    description: { text: 'Write the reference so that it cannot move' },
    artifactChanges: [{ artifactLocation, replacements: [replacement] }],
  };
}

function suppressionOf({ reason }: IgnoredFinding) {
  return { kind: 'inSource', justification: plainMessage(reason) };
}

/** SARIF 3.11.6: brackets make a link in a plain message unless a backslash stands before them. */
function plainMessage(text: string): string {
  return text.replaceAll(/[\\[\]]/g, String.raw`\$&`);
}

/** The same for a reference wherever its line moves to. */
function fingerprintOf({ file, rule, reference }: Finding): string {
  return hexOf(digestOf(new TextEncoder().encode(JSON.stringify([file, rule, reference])))).slice(0, 32);
}

/** Relative and encoded, so that no name can be a scheme, a query or a way out. */
export function encodePath(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/');
}
