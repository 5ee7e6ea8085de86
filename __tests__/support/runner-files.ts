/* How actions/runner 2.336 reads the files that a step wrote (EnvFileKeyValuePairs). */

export interface KeyValueFile {
  /** What was read before the first error, in order; a name may stand several times. */
  readonly pairs: readonly (readonly [name: string, value: string])[];
  /** The message of the first error, which fails the step. */
  readonly error?: string;
}

interface Line {
  readonly text: string;
  /** Where the next line starts. */
  readonly next: number;
  readonly hasNewline: boolean;
}

/** Reads `NAME=VALUE` lines and `NAME<<DELIMITER` blocks; lines end at LF only (on Linux and macOS). */
export function readKeyValueFile(content: string): KeyValueFile {
  const text = content.startsWith('\uFEFF') ? content.slice(1) : content;
  const pairs: [string, string][] = [];
  let position = 0;
  for (let line = lineAt(text, position); line !== undefined; line = lineAt(text, position)) {
    position = line.next;
    if (line.text === '') continue;
    const entry = readEntry(text, line);
    if (typeof entry === 'string') return { pairs, error: entry };
    pairs.push([entry.name, entry.value]);
    position = entry.next;
  }
  return { pairs };
}

function lineAt(text: string, start: number): Line | undefined {
  if (start >= text.length) return undefined;
  const end = text.indexOf('\n', start);
  if (end < 0) return { text: text.slice(start), next: text.length, hasNewline: false };
  return { text: text.slice(start, end), next: end + 1, hasNewline: true };
}

/** The entry that begins at a line, or what is wrong with it. */
function readEntry(text: string, line: Line): { name: string; value: string; next: number } | string {
  const equals = line.text.indexOf('=');
  const heredoc = line.text.indexOf('<<');
  if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
    if (equals === 0) return "Value cannot be empty. (Parameter 'name')";
    return { name: line.text.slice(0, equals), value: line.text.slice(equals + 1), next: line.next };
  }
  if (heredoc < 0) return `Invalid format '${line.text}'`;
  const name = line.text.slice(0, heredoc);
  const delimiter = line.text.slice(heredoc + 2);
  if (name === '' || delimiter === '') {
    return `Invalid format '${line.text}'. Name must not be empty and delimiter must not be empty`;
  }
  let end = line.next;
  let inner = lineAt(text, line.next);
  while (inner?.text !== delimiter) {
    if (inner === undefined) return `Invalid value. Matching delimiter not found '${delimiter}'`;
    if (!inner.hasNewline) return 'Invalid value. EOF marker missing new line.';
    end = inner.next - 1;
    inner = lineAt(text, inner.next);
  }
  return { name, value: end > line.next ? text.slice(line.next, end) : '', next: inner.next };
}
