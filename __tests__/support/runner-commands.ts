/*
 * How actions/runner 2.336 reads what a step prints: every line of stdout and stderr may be a command, in either of
 * two syntaxes (ActionCommand, ActionCommandManager, OutputManager).
 */
import { relative } from 'node:path';
import type { Masks } from './runner-masks.ts';

export interface Command {
  /** As written; names are compared without case. */
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: string;
  readonly endLine?: string;
  readonly col?: string;
  readonly endColumn?: string;
}

const COMMANDS = [
  'stop-commands',
  'set-env',
  'set-output',
  'save-state',
  'add-mask',
  'add-path',
  'add-matcher',
  'remove-matcher',
  'debug',
  'warning',
  'error',
  'notice',
  'group',
  'endgroup',
  'echo',
];

/** Annotations of one level that a step can show. */
export const ANNOTATIONS_OF_A_LEVEL = 10;
const MESSAGE_LENGTH = 4096;

/** .NET's white space, which is not quite JavaScript's. */
const LEADING_SPACE = /^[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+/;

/** `::name key=value,key=value::data` after white space, or `##[name key=value;key=value]data` anywhere. */
export function parseCommand(line: string, names: ReadonlySet<string>): Command | undefined {
  return parseColons(line, names) ?? parseBrackets(line, names);
}

function parseColons(line: string, names: ReadonlySet<string>): Command | undefined {
  const text = line.replace(LEADING_SPACE, '');
  if (!text.startsWith('::')) return undefined;
  const end = text.indexOf('::', 2);
  if (end < 0) return undefined;
  const info = text.slice(2, end);
  return build(info, text.slice(end + 2), names, ',', unescapeProperty, unescapeData);
}

function parseBrackets(line: string, names: ReadonlySet<string>): Command | undefined {
  const start = line.indexOf('##[');
  const end = start < 0 ? -1 : line.indexOf(']', start);
  if (end < 0) return undefined;
  return build(line.slice(start + 3, end), line.slice(end + 1), names, ';', unescapeBrackets, unescapeBrackets);
}

function build(
  info: string,
  data: string,
  names: ReadonlySet<string>,
  separator: string,
  property: (text: string) => string,
  unescape: (text: string) => string,
): Command | undefined {
  const space = info.indexOf(' ');
  const name = space < 0 ? info : info.slice(0, space);
  if (!names.has(name.toLowerCase())) return undefined;
  const properties = new Map<string, string>();
  for (const pair of space > 0
    ? info
        .slice(space + 1)
        .trim()
        .split(separator)
    : []) {
    // Empty parts are dropped before the pair is counted, so `=x` and `x=` are no pairs.
    const equals = pair.indexOf('=');
    if (equals <= 0 || equals === pair.length - 1) continue;
    properties.set(pair.slice(0, equals).toLowerCase(), property(pair.slice(equals + 1)));
  }
  return { name, properties, data: unescape(data) };
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function unescapeProperty(text: string): string {
  const line = text.replaceAll('%0D', '\r').replaceAll('%0A', '\n');
  return line.replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');
}

function unescapeBrackets(text: string): string {
  const line = text.replaceAll('%3B', ';').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
  return line.replaceAll('%5D', ']').replaceAll('%25', '%');
}

export interface StepLog {
  /** Takes one line of stdout or stderr. */
  readonly read: (line: string) => void;
  readonly error: (message: string) => void;
  readonly warning: (message: string) => void;
  /** Lines as the user sees them, with secrets hidden. */
  readonly lines: readonly string[];
  /** At most ten of a level, as on the run's page. */
  readonly annotations: readonly Annotation[];
  /** How many more there were. */
  readonly dropped: () => number;
  /** Every command that was obeyed, in order. */
  readonly commands: readonly Command[];
  /** Outputs of the legacy `set-output` command. */
  readonly legacyOutputs: ReadonlyMap<string, string>;
  /** A command that fails the step although the process ends well. */
  readonly hasFailed: () => boolean;
}

export interface StepLogOptions {
  readonly masks: Masks;
  readonly workspace: string;
  readonly debug: boolean;
}

/** Follows the output of one step. */
export function createStepLog({ masks, workspace, debug }: StepLogOptions): StepLog {
  const names = new Set(COMMANDS);
  const lines: string[] = [];
  const annotations: Annotation[] = [];
  const commands: Command[] = [];
  const legacyOutputs = new Map<string, string>();
  let stopToken: string | undefined;
  let failed = false;
  let dropped = 0;
  let echo = false;

  function write(text: string): void {
    lines.push(masks.apply(text));
  }

  function writeDebug(text: string): void {
    if (debug) for (const part of text.replaceAll('\r\n', '\n').split('\n')) write(`##[debug]${part}`);
  }

  function addIssue(issue: Annotation): void {
    const message = masks.apply(issue.message).slice(0, MESSAGE_LENGTH);
    const shown = annotations.filter((one) => one.level === issue.level).length;
    if (shown < ANNOTATIONS_OF_A_LEVEL) annotations.push({ ...issue, message });
    else dropped += 1;
    if (message !== '') write(`##[${issue.level}]${message}`);
  }

  function fail(input: string, reason: string): void {
    addIssue({ level: 'error', message: `Unable to process command '${input}' successfully.` });
    addIssue({ level: 'error', message: reason });
    failed = true;
  }

  function addMask(data: string): void {
    if (data.trim() === '') {
      addIssue({ level: 'warning', message: "Can't add secret mask for empty string in ##[add-mask] command." });
      return;
    }
    if (echo) write('::add-mask::***');
    masks.add(data);
    data.split(/[\r\n]/).forEach((part) => masks.add(part.trim()));
  }

  function setLegacyOutput(input: string, command: Command): void {
    const message = 'The `set-output` command is deprecated and will be disabled soon.';
    addIssue({ level: 'warning', message });
    const name = command.properties.get('name');
    if (name === undefined) fail(input, "Required field 'name' is missing in ##[set-output] command.");
    else legacyOutputs.set(name, command.data);
  }

  function obey(input: string, command: Command): void {
    const name = command.name.toLowerCase();
    const isSilent = ['add-mask', 'debug', 'warning', 'error', 'notice'].includes(name);
    if (echo && !isSilent) write(input);
    if (name === 'error' || name === 'warning' || name === 'notice') {
      addIssue(issueOf(name, command, workspace));
    } else if (name === 'debug') writeDebug(command.data);
    else if (name === 'group') write(`##[group]${command.data}`);
    else if (name === 'endgroup') write('##[endgroup]');
    else if (name === 'add-mask') addMask(command.data);
    else if (name === 'echo') echo = command.data.trim().toUpperCase() === 'ON';
    else if (name === 'set-output') setLegacyOutput(input, command);
    else if (name === 'set-env' || name === 'add-path') fail(input, `The \`${name}\` command is disabled.`);
  }

  function stop(input: string, token: string): void {
    if (token === '' || names.has(token.toLowerCase()) || token.toLowerCase() === 'pause-logging') {
      fail(input, 'You cannot use a endToken that is an empty string or another workflow command.');
      return;
    }
    stopToken = token.toLowerCase();
    names.add(stopToken);
    if (token.length > 6) masks.add(token);
    write(input);
  }

  /** Whether the line was a command and is done. */
  function tryCommand(input: string): boolean {
    const command = parseCommand(input, names);
    if (command === undefined) return false;
    if (stopToken !== undefined) {
      if (command.name.toLowerCase() !== stopToken) return false;
      names.delete(stopToken);
      stopToken = undefined;
      write(input);
      return true;
    }
    commands.push(command);
    if (command.name.toLowerCase() === 'stop-commands') stop(input, command.data);
    else obey(input, command);
    return true;
  }

  return {
    read(input) {
      if (!tryCommand(input))
        write(input.replaceAll('##[start-action', '##[\\start-action').replaceAll('##[end-action', '##[\\end-action'));
    },
    error(message) {
      addIssue({ level: 'error', message });
      failed = true;
    },
    warning: (message) => addIssue({ level: 'warning', message }),
    lines,
    annotations,
    dropped: () => dropped,
    commands,
    legacyOutputs,
    hasFailed: () => failed,
  };
}

const WHOLE_NUMBER = /^\s*[+-]?\d+\s*$/;

/** The issue of a command, with the runner's corrections of lines and columns. */
function issueOf(level: Annotation['level'], command: Command, workspace: string): Annotation {
  const given = new Map(command.properties);
  const number = (name: string): number | undefined => {
    const value = given.get(name);
    return value !== undefined && WHOLE_NUMBER.test(value) ? Number(value) : undefined;
  };
  const copy = (from: string, to: string): void => {
    const value = given.get(from);
    if (number(from) !== undefined && number(to) === undefined && value !== undefined) given.set(to, value);
  };
  copy('endline', 'line');
  copy('endcolumn', 'col');
  const [line, endLine] = [number('line'), number('endline')];
  const spansLines = endLine !== undefined && given.get('line') !== given.get('endline');
  if (line === undefined || spansLines || (number('endcolumn') ?? Infinity) < (number('col') ?? 0)) {
    given.delete('col');
    given.delete('endcolumn');
  }
  if (line !== undefined && endLine !== undefined && endLine < line) {
    given.delete('line');
    given.delete('endline');
  }
  const file = given.get('file');
  if (file?.startsWith(`${workspace}/`) === true) given.set('file', relative(workspace, file));
  const member = (name: string, from = name): object => (given.has(from) ? { [name]: given.get(from) } : {});
  return {
    level,
    message: command.data,
    ...member('title'),
    ...member('file'),
    ...member('line'),
    ...member('endLine', 'endline'),
    ...member('col'),
    ...member('endColumn', 'endcolumn'),
  };
}
