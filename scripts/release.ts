/**
 * Checks that the version in $VERSION can be released: it is the one of package.json, has a dated entry in CHANGELOG.md
 * and no tag yet. With `--notes` it writes the entry instead.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { notes: { type: 'boolean' } } });
const version = process.env['VERSION'] ?? '';

const problems = problemsOf(version);
if (problems.length > 0) {
  for (const problem of problems) console.error(problem);
  process.exitCode = 1;
} else if (values.notes) {
  console.log(entryOf(version)?.text);
} else {
  console.log(`v${version} can be released`);
}

function problemsOf(wanted: string): readonly string[] {
  if (!/^\d+\.\d+\.\d+$/.test(wanted)) return [`"${wanted}" is not a version such as 1.2.3`];
  const found: string[] = [];
  const manifest: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (manifest.version !== wanted) found.push(`package.json has version ${manifest.version}: set it to ${wanted}`);
  const entry = entryOf(wanted);
  if (entry === undefined) found.push(`CHANGELOG.md has no entry "## [${wanted}] - date"`);
  else if (!/^\d{4}-\d{2}-\d{2}$/.test(entry.date)) found.push(`the entry of CHANGELOG.md is "${entry.date}": date it`);
  const tag = execFileSync('git', ['tag', '--list', `v${wanted}`], { cwd: root, encoding: 'utf8' });
  if (!values.notes && tag !== '') found.push(`the tag v${wanted} exists: releases are immutable, take a new version`);
  return found;
}

function entryOf(wanted: string): { readonly date: string; readonly text: string } | undefined {
  const sections = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').split(/^## /m);
  const section = sections.find((text) => text.startsWith(`[${wanted}] - `));
  if (section === undefined) return undefined;
  const [title = '', ...lines] = section.split('\n');
  return { date: title.slice(title.indexOf(' - ') + 3).trim(), text: lines.join('\n').trim() };
}
