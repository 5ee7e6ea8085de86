import { isSpace, type EscapeToken } from './dockerfile-words.ts';
import { mapString, scanJson } from './json-scanner.ts';
import { joinPieces, piecesOf, placeOf, sliceText, type MappedText } from './mapped-text.ts';

/*
 * Parser directives (parser/directives.go):
 *
 *   directive := comment *blank name *blank "=" *blank value *blank
 *   comment   := "#" | "//"
 *   name      := ALPHA *ALNUM           case does not matter; known are syntax, escape, check
 *
 * They stand at the very beginning, in any order, until the first line that is none.
 */

interface Directive {
  readonly name: string;
  /** Range of the value in the line. */
  readonly from: number;
  readonly to: number;
}

const KNOWN: ReadonlySet<string> = new Set(['syntax', 'escape', 'check']);

/** The longest line that is looked at; the known directives are short. */
const MAX_LINE = 4096;

function readDirective(line: string, comment: string): Directive | undefined {
  if (!line.startsWith(comment) || line.length > MAX_LINE) return undefined;
  let at = skipBlanks(line, comment.length);
  const nameFrom = at;
  while (/[a-zA-Z0-9]/.test(line[at] ?? '')) at++;
  const name = line.slice(nameFrom, at).toLowerCase();
  at = skipBlanks(line, at);
  if (!KNOWN.has(name) || line[at] !== '=' || at + 1 === line.length) return undefined;
  const from = skipBlanks(line, at + 1);
  let to = line.length;
  while (to > from && isSpace(line[to - 1])) to--;
  return { name, from, to };
}

function skipBlanks(line: string, from: number): number {
  let at = from;
  while (isSpace(line[at])) at++;
  return at;
}

/** The directives of the lines from `from` on, with ranges in the text; a repeated one ends them. */
function readDirectives(text: string, from: number, comment: string, indented: boolean): readonly Directive[] {
  const found: Directive[] = [];
  for (let at = from; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const lineFrom = indented ? Math.min(skipBlanks(text, at), end) : at;
    const directive = readDirective(text.slice(lineFrom, Math.min(end, lineFrom + MAX_LINE + 1)), comment);
    if (directive === undefined || found.some(({ name }) => name === directive.name)) break;
    found.push({ name: directive.name, from: lineFrom + directive.from, to: lineFrom + directive.to });
    at = end + 1;
  }
  return found;
}

/** What escapes and continues lines in this Dockerfile. Unlike `syntax`, this directive may not follow a `#!` line. */
export function escapeTokenOf(text: string): EscapeToken {
  const directive = readDirectives(text, 0, '#', true).find(({ name }) => name === 'escape');
  return directive !== undefined && text.slice(directive.from, directive.to) === '`' ? '`' : '\\';
}

/**
 * The frontend image that the text asks for (directives.go DetectSyntax): `# syntax=`, else `// syntax=`, both also
 * after a `#!` line; else the member `syntax` when the whole text is a JSON object.
 */
export function findSyntax(source: MappedText): MappedText | undefined {
  const { text } = source;
  const firstLine = text.startsWith('#!') ? text.indexOf('\n') + 1 : 0;
  if (firstLine === 0 && text.startsWith('#!')) return undefined;
  for (const comment of ['#', '//']) {
    const directive = readDirectives(text, firstLine, comment, false).find(({ name }) => name === 'syntax');
    if (directive === undefined) continue;
    const blank = text.slice(directive.from, directive.to).indexOf(' ');
    return sliceText(source, directive.from, blank < 0 ? directive.to : directive.from + blank);
  }
  return findJsonSyntax(source, firstLine);
}

function findJsonSyntax(source: MappedText, from: number): MappedText | undefined {
  if (source.text[skipBlanks(source.text, from)] !== '{') return undefined;
  const root = scanJson(source.text.slice(from), 'json');
  if (root?.kind !== 'object') return undefined;
  const value = root.members.findLast((member) => member.key.value === 'syntax')?.value;
  if (value?.kind !== 'string') return undefined;
  const pieces = piecesOf(mapString(source.text.slice(from), value));
  return joinPieces(pieces.map(({ text, start }) => ({ text, start: placeOf(source, from + start) })));
}
