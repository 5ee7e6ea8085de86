import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A workflow or action file to be judged; the name decides which of the two it is. */
export interface WorkflowDocument {
  readonly name: string;
  readonly text: string;
}

/** Inputs of the actions that the documents use, by `owner/name` or `owner/name/path`. */
export type KnownActions = Readonly<Record<string, unknown>>;

const ROOT = join(import.meta.dirname, '../..');

/**
 * Reads `{documents, actions}` from standard input and writes `name:line: message` for everything that GitHub's own
 * language service has against them.
 */
const PROGRAM = `
import { validate } from '@actions/languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readFileSync } from 'node:fs';
const { documents, actions } = JSON.parse(readFileSync(0, 'utf8'));
const actionsMetadataProvider = {
  fetchActionMetadata: async ({ owner, name, path }) => actions[[owner, name, path].filter(Boolean).join('/')],
};
async function main() {
  const found = [];
  for (const { name, text } of documents) {
    const document = TextDocument.create('file:///' + name, 'yaml', 1, text);
    for (const { range, message } of await validate(document, { actionsMetadataProvider })) {
      found.push(name + ':' + (range.start.line + 1) + ': ' + message);
    }
  }
  process.stdout.write(JSON.stringify(found));
}
main();
`;

/** The language service imports JSON without attributes, which Node refuses: it is bundled first. */
const BUNDLE = `
import { build } from 'esbuild';
const [outfile, contents] = process.argv.slice(1);
const stdin = { contents, resolveDir: process.cwd(), loader: 'js' };
await build({ stdin, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
`;

/** What GitHub's language service finds wrong, in the order of the documents. */
export function problemsOf(documents: readonly WorkflowDocument[], actions: KnownActions): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'language-service-'));
  try {
    const program = join(folder, 'validate.cjs');

    execFileSync(process.execPath, ['--input-type=module', '--eval', BUNDLE, program, PROGRAM], { cwd: ROOT });
    const input = JSON.stringify({ documents, actions });
    const found: readonly string[] = JSON.parse(execFileSync(process.execPath, [program], { input, encoding: 'utf8' }));
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
