/*
 * Lines of lists for docker's actions. They read them as CSV with relaxed quotes (docker/actions-toolkit, Util.getList):
 *
 *   list  := *( line newline )
 *   line  := plain | quoted
 *   plain := any text without quotes and newlines; commas are put back where the input is no list of lists
 *   quoted := '"' *( any character but '"' | '""' ) '"'
 *
 * docker/metadata-action also takes `#` for the beginning of a comment, unless it stands inside quotes.
 */

/** A line that these parsers read as exactly this text, white space around it apart, which they cut off. */
export function listLine(text: string): string {
  return /["#\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One entry of a list as it was read, or the text that is wrong. */
export type ListEntry = { readonly text: string } | { readonly unclosed: string };

/**
 * Splits a list into its entries at newlines; empty lines and `#` comments are left out. An entry that begins with a
 * quote may go over several lines, as `listLine` writes it.
 */
export function readListLines(list: string): readonly ListEntry[] {
  const entries: ListEntry[] = [];
  let at = 0;
  while (at < list.length) {
    at = skipWhite(list, at);
    if (list[at] === '"') {
      const { entry, end } = readQuoted(list, at);
      entries.push(entry);
      at = end;
      continue;
    }
    const end = endOfLine(list, at);
    const line = list.slice(at, end).trim();
    if (line !== '' && !line.startsWith('#')) entries.push({ text: line });
    at = end;
  }
  return entries;
}

function readQuoted(list: string, start: number): { readonly entry: ListEntry; readonly end: number } {
  let text = '';
  let at = start + 1;
  for (;;) {
    const quote = list.indexOf('"', at);
    if (quote < 0) return unclosed(list, start);
    text += list.slice(at, quote);
    if (list[quote + 1] !== '"') {
      const end = endOfLine(list, quote);
      const isAlone = list.slice(quote + 1, end).trim() === '';
      return isAlone ? { entry: { text: text.trim() }, end } : unclosed(list, start);
    }
    text += '"';
    at = quote + 2;
  }
}

function unclosed(list: string, start: number): { readonly entry: ListEntry; readonly end: number } {
  const end = endOfLine(list, start);
  return { entry: { unclosed: list.slice(start, end).trim() }, end };
}

function skipWhite(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charAt(at).trim() === '') at += 1;
  return at;
}

function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return at;
}
