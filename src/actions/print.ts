import * as core from '@actions/core';
import { createRedaction } from '../core/redaction.ts';

/*
 * The only file that writes to stdout. The runner reads every line of it for commands (actions/runner
 * ActionCommand.cs): `::name::` at the beginning of a line and `##[name]` anywhere. So nothing is printed that has not
 * been redacted and neutralised here (SAFETY.md T17 to T21, T26, T27).
 */

const redaction = createRedaction();

/** Registers a secret in all the forms in which it may come back, with the runner and for our own redaction. */
export function hideSecret(secret: string): void {
  for (const form of redaction.add(secret)) if (onRunner()) core.setSecret(form);
}

/** Commands are for the runner (or one that does its work); a terminal would only show them. */
function onRunner(): boolean {
  const { GITHUB_ACTIONS: actions, GITHUB_OUTPUT: output } = process.env;
  return actions === undefined || actions === '' ? output !== undefined && output !== '' : actions === 'true';
}

/** Control and format characters, separators of lines, lone surrogates; a tab does no harm. */
const UNSEEN = /(?!\t)[\p{C}\p{Zl}\p{Zp}]/gu;

/** One printable line: no secret, no control character, nothing that the runner takes for a command. */
export function neutralise(text: string): string {
  return withoutSecrets(text)
    .replaceAll(UNSEEN, escapeCharacter)
    .replaceAll('##[', '## [')
    .replace(/^(\s*):(?=:)/, '$1: ');
}

function escapeCharacter(character: string): string {
  if (character === '\n') return String.raw`\n`;
  if (character === '\r') return String.raw`\r`;
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? String.raw`\u{${code}}` : String.raw`\u${code.padStart(4, '0')}`;
}

/** One line of the log. */
export function line(text: string): void {
  core.info(neutralise(text));
}

/** So many lines are written at once: hostile repositories give 50,000, each of which is a call of the system. */
const LINES_AT_ONCE = 500;

/** Lines that belong together under a title; folded on the runner. */
export function group(title: string, lines: readonly string[]): void {
  if (onRunner()) core.startGroup(neutralise(title));
  else core.info(neutralise(title));
  for (let at = 0; at < lines.length; at += LINES_AT_ONCE) {
    core.info(
      lines
        .slice(at, at + LINES_AT_ONCE)
        .map(neutralise)
        .join('\n'),
    );
  }
  if (onRunner()) core.endGroup();
}

/** A line that is shown only when the step runs with debug logging. */
export function debug(text: string): void {
  if (core.isDebug()) core.debug(neutralise(text));
}

/** Where an annotation points. */
export interface AnnotationPlace {
  readonly file: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

export type AnnotationLevel = 'error' | 'warning' | 'notice';

/** A workflow annotation, which may have several lines; in a terminal lines that begin with its level and place. */
export function annotate(level: AnnotationLevel, title: string, message: string, place?: AnnotationPlace): void {
  const text = message.split('\n').map(neutralise).join('\n');
  if (!onRunner()) {
    const at = place === undefined ? '' : `${neutralise(place.file)}:${place.startLine}:${place.startColumn}: `;
    core.info(`${level}: ${at}${neutralise(title)}: ${text}`);
    return;
  }
  const properties = {
    title: neutralise(title),
    ...(place === undefined ? {} : { ...place, file: neutralise(place.file) }),
  };
  if (level === 'error') core.error(text, properties);
  else if (level === 'warning') core.warning(text, properties);
  else core.notice(text, properties);
}

/** Text with the secrets taken out, for outputs of free text and for the summary. */
export function withoutSecrets(text: string): string {
  return redaction.apply(text);
}

/** Shows how far long work is: one line that is written over in a terminal, a new line elsewhere. */
export function progress(text: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001B[2K${neutralise(text)}`);
  else line(text);
}

/** Takes the live line away again. */
export function endProgress(): void {
  if (process.stdout.isTTY) process.stdout.write('\r\u001B[2K');
}
