import { UserError } from '../../core/errors.ts';
import { writeWorkspaceFile } from '../../ports/files.ts';
import { jsonReport } from '../../report/json-report.ts';
import { patchOf } from '../../report/patch.ts';
import { sarifReport } from '../../report/sarif.ts';
import { compatible } from '../../rules/fix.ts';
import { annotate, line } from '../print.ts';
import { wordsOf } from '../runner.ts';
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
    [inputs.reports.sarif, () => sarifReport(report, tool)],
    [inputs.reports.patch, () => patchOf(patchedFiles(publication))],
  ] as const;
  let written = true;
  for (const [path, make] of contents) {
    if (path === undefined) continue;
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

/** What fails is mended; a notice is not. */
function patchedFiles({ report, scan }: Publication) {
  return scan.files.map(({ path, text, hasByteOrderMark }) => {
    const own = report.findings.filter(({ file, level }) => file === path && level !== 'notice');
    const edits = compatible(own.flatMap(({ fix }) => (fix === undefined ? [] : [fix.edits])));
    return { path, text, hasByteOrderMark, edits };
  });
}
