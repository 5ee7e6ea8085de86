import { gzipSync } from 'node:zlib';
import { UserError } from '../../core/errors.ts';
import { LIMITS } from '../../core/limits.ts';
import { writeWorkspaceFile } from '../../ports/files.ts';
import { jsonReport } from '../../report/json-report.ts';
import { patchOf } from '../../report/patch.ts';
import type { CheckReport } from '../../report/check-report.ts';
import { sarifReport, type SarifTool } from '../../report/sarif.ts';
import { compatible } from '../../rules/fix.ts';
import { annotate, line } from '../print.ts';
import { collectNow } from '../run.ts';
import { warnOnce, wordsOf } from '../runner.ts';
import { VERSION } from '../version.ts';
import { writableFolders } from './report-paths.ts';
import { documentationBase, type Publication } from './publication.ts';

/** @returns whether every report that was asked for is written */
export async function writeReports(publication: Publication): Promise<boolean> {
  const { report, inputs } = publication;
  const documentation = documentationBase();
  const tool = { version: VERSION, ...(documentation === undefined ? {} : { documentation }) };
  const contents = [
    [inputs.reports.json, () => jsonReport(report)],
    [inputs.reports.sarif, () => sarifText(report, tool)],
    [inputs.reports.patch, () => patchOfAll(publication)],
  ] as const;
  let written = true;
  for (const [path, make] of contents) {
    if (path === undefined) continue;
    collectNow();
    try {
      line(`${path}: ${await writeWorkspaceFile(path, make(), writableFolders())}`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      annotate('error', error.code, wordsOf(error));
      written = false;
    }
  }
  return written;
}

function sarifText(report: CheckReport, tool: SarifTool): string {
  const { text, omitted } = sarifReport(report, tool, compressedSize);
  if (omitted > 0) {
    warnOnce(`sarif-file holds the gravest results without ${omitted} more: GitHub takes 5,000, and 10 MB after gzip`);
  }
  return text;
}

/** What is small enough as it is need not be compressed to be measured. */
function compressedSize(text: string): number {
  const size = Buffer.byteLength(text);
  return size <= LIMITS.sarifBytes ? size : gzipSync(text).length;
}

/** What fails is mended; a notice is not. A file that is another one by now is left alone. */
function patchOfAll({ report, files }: Publication): string {
  const fixes = Map.groupBy(
    report.findings.filter(({ fix, level }) => fix !== undefined && level !== 'notice'),
    ({ file }) => file,
  );
  const patches: string[] = [];
  for (const found of files.toSorted((one, other) => (one.path < other.path ? -1 : 1))) {
    const own = fixes.get(found.path);
    const source = own === undefined ? undefined : found.text();
    if (own === undefined || source === undefined) continue;
    const edits = compatible(own.flatMap(({ fix }) => (fix === undefined ? [] : [fix.edits])));
    patches.push(patchOf([{ ...source, path: found.path, edits }]));
  }
  return patches.join('');
}
