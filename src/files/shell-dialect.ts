import type { MappedText } from './mapped-text.ts';

/*
 * Scripts of other shells, written so that a POSIX shell would read the same words: what differs is replaced unit for
 * unit, so that every word stays where it is. A `%` makes a word that is no image, and `$x` one that is not known.
 */

const UNKNOWN = '%';

/** A shell as GitHub names it, and what its scripts are to a POSIX shell; undefined for languages that are no shell. */
export function asPosix(source: MappedText, shell: string): MappedText | undefined {
  const command = shell.trim().split(/\s/, 1)[0] ?? '';
  const name = command
    .slice(command.search(/[^/\\]*$/))
    .replace(/\.exe$/i, '')
    .toLowerCase();
  if (/^(?:ba|da|k|z)?sh$/.test(name)) return source;
  if (name === 'pwsh' || name === 'powershell') return { ...source, text: fromPowerShell(source.text) };
  return name === 'cmd' ? { ...source, text: fromCmd(source.text) } : undefined;
}

/** about_Quoting_Rules, about_Special_Characters, about_Comments of PowerShell. */
const POWERSHELL = new RegExp(
  [
    '<#[^]*?(?:#>|$)', // a comment
    '(?<![^\\s;&|(){}])#[^\\n]*', // one to the end of its line
    '@"[ \\t]*\\n[^]*?(?:\\n"@|$)', // texts of several lines
    "@'[ \\t]*\\n[^]*?(?:\\n'@|$)",
    '"(?:[^"`]|`[^])*"?',
    "'[^']*'?",
    '\\$\\{\\{[^}]{0,256}\\}\\}', // GitHub's expressions
    '\\$\\{[^}\\n]{0,256}\\}', // variables
    '`[^]?',
    '[\\\\{}]',
  ].join('|'),
  'g',
);

function fromPowerShell(text: string): string {
  return text.replace(POWERSHELL, (part) => {
    if (part === '`\n') return '\\\n';
    if (part === '{' || part === '}') return ';';
    if (part === '\\') return UNKNOWN;
    if (part.startsWith('`')) return unknown(part);
    if (part.startsWith('"')) return part.replaceAll(/`[^]?|\\/g, unknown);
    if (part.startsWith('<#') || part.startsWith('#')) return ' '.repeat(part.length);
    return part.startsWith('@') ? `$x${' '.repeat(part.length - 2)}` : part;
  });
}

function unknown(part: string): string {
  return part.length === 2 ? '$x' : UNKNOWN;
}

/** `cmd /?`, `help rem`: quotes are `"` alone, `^` escapes, `%NAME%` and `!NAME!` are variables. */
function fromCmd(text: string): string {
  return text
    .replaceAll(/^[ \t@]*(?:rem(?![^\s])|::)[^\n]*/gim, (line) => ' '.repeat(line.length))
    .replaceAll(/^[ \t]*@/gm, (start) => ' '.repeat(start.length))
    .replaceAll(/\$\{\{[^}]{0,256}\}\}|\^[^]?|[\\'`$#;]/g, (part) => {
      if (part === '^\n') return '\\\n';
      if (part.startsWith('${{')) return part;
      return part === ';' ? ' ' : unknown(part);
    });
}
