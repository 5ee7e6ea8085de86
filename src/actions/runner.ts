import * as core from '@actions/core';
import { documentationOf, sentencesOf, type ErrorCode, type UserError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import { clipped } from '../core/printable.ts';
import { appendSummary } from '../ports/summary.ts';
import { annotate, line, withoutSecrets, type AnnotationLevel } from './print.ts';

/** The raw text of an input, empty when it was not given. */
export function readInput(name: string): string {
  return core.getInput(name, { trimWhitespace: false });
}

/** An environment variable; undefined when it is unset or empty. */
export function environment(name: string): string | undefined {
  const value = process.env[name];
  return value === undefined || value === '' ? undefined : value;
}

/** The folder that files are read from and written to. */
export function workspaceFolder(): string {
  return environment('GITHUB_WORKSPACE') ?? process.cwd();
}

let outputsWork = true;

/**
 * Sets outputs through the runner's file. Without that file (local runs) the work goes on with one warning, and never
 * with a legacy command on stdout (SAFETY.md F43).
 */
export function setOutputs(outputs: Readonly<Record<string, string>>): void {
  if (environment('GITHUB_OUTPUT') === undefined) {
    if (outputsWork) warnOnce('Outputs are not set: there is no GITHUB_OUTPUT, so this is no workflow step');
    outputsWork = false;
    return;
  }
  try {
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  } catch (error) {
    warnOnce(`Outputs are not set: ${Error.isError(error) ? error.message : String(error)}`);
  }
}

const SUMMARY_END = '\n\n… the rest was left out: a summary may have 1 MiB.\n';

/** Writes the job summary; a failure is a warning. */
export async function writeSummary(markdown: string): Promise<void> {
  const path = environment('GITHUB_STEP_SUMMARY');
  if (path === undefined) {
    if (outputsWork) warnOnce('No job summary: there is no GITHUB_STEP_SUMMARY');
    return;
  }
  try {
    await appendSummary(path, fitting(withoutSecrets(markdown)));
  } catch (error) {
    warnOnce(`No job summary: ${Error.isError(error) ? error.message : String(error)}`);
  }
}

/** The runner drops a summary above 1 MiB whole, so a longer one is cut at a line. */
function fitting(markdown: string): string {
  const bytes = Buffer.from(markdown);
  if (bytes.length <= LIMITS.summaryBytes) return markdown;
  const cut = bytes.subarray(0, LIMITS.summaryBytes).toString('utf8');
  return cut.slice(0, cut.lastIndexOf('\n')) + SUMMARY_END;
}

const warned = new Set<string>();

/** A warning annotation, each text once. */
export function warnOnce(text: string): void {
  if (warned.has(text)) return;
  warned.add(text);
  if (warned.size < LIMITS.annotationsOfAKind) annotate('warning', 'image-digest', text);
  else line(`warning: ${text}`);
}

/** Where the documentation of a code is: on GitHub when the runner says where this action came from. */
export function linkTo(code: ErrorCode): string {
  const repository = environment('GITHUB_ACTION_REPOSITORY');
  const path = documentationOf(code);
  if (repository === undefined || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return path;
  const server = environment('GITHUB_SERVER_URL') ?? 'https://github.com';
  return `${server}/${repository}/blob/${environment('GITHUB_ACTION_REF') ?? 'HEAD'}/${path}`;
}

/** The runner cuts a message to 4096 characters; the link at its end must not be what is lost. */
const WORDS = 3800;

/** What a user reads of an error: what happened, what to do, where more stands. */
export function wordsOf(error: UserError): string {
  return `${clipped(sentencesOf(error), WORDS)} See ${linkTo(error.code)}`;
}

/** Annotations of one kind; beyond the runner's ten the last says how many more there are, and all are in the log. */
export function annotateAll(
  level: AnnotationLevel,
  entries: readonly { readonly title: string; readonly message: string }[],
): void {
  const most = LIMITS.annotationsOfAKind;
  const shown = entries.length > most ? entries.slice(0, most - 1) : entries;
  for (const { title, message } of shown) annotate(level, title, message);
  const rest = entries.slice(shown.length);
  if (rest.length === 0) return;
  for (const { title, message } of rest) line(`${level}: ${title}: ${message}`);
  annotate(level, 'image-digest', `… and ${rest.length} more, in the log of this step`);
}

/** The annotation of an error that nobody expected: a bug of ours. */
export function reportBug(error: unknown): void {
  const text = Error.isError(error) ? `${error.name}: ${error.message}` : String(error);
  annotate('error', 'image-digest', `Unexpected error, please report it: ${text}`);
  if (core.isDebug() && Error.isError(error)) for (const frame of (error.stack ?? '').split('\n')) line(frame);
}
