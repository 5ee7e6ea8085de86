/** The parts of the documentation that are made from the sources: tables of inputs, outputs, limits, registries, formats. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'prettier';
import { parse } from 'yaml';
import type { Format } from '../src/files/site.ts';
import type { RegistryRow } from '../src/registry/quirks.ts';
import type { Files } from './bundle.ts';
import { limitRows } from './limit-rows.ts';

/** Folders that hold an action.yml and a README.md with its tables. */
const ACTION_FOLDERS = ['', 'check/', 'tag/', 'pin/', 'drift/', 'pull/'] as const;

const PRETTIER = { parser: 'markdown', printWidth: 120, singleQuote: true } as const;

export interface ActionInput {
  readonly description: string;
  readonly required?: boolean;
  readonly default?: string;
}

/** What is read of an action.yml. */
export interface ActionFile {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<Record<string, ActionInput>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

/** An action.yml of this repository. */
export async function readAction(path: string): Promise<ActionFile> {
  const action: ActionFile = parse(await readFile(path, 'utf8'));
  return action;
}

/** The text of every file that is generated or holds a generated part, by its path from the repository's root. */
export async function generatedDocs(root: string): Promise<Files> {
  const files = new Map<string, string>();
  for (const folder of ACTION_FOLDERS) {
    if (!existsSync(join(root, folder, 'README.md')) || !existsSync(join(root, folder, 'action.yml'))) continue;
    const action = await readAction(join(root, folder, 'action.yml'));
    const path = `${folder}README.md`;
    let text = await readFile(join(root, path), 'utf8');
    text = replacePart(text, 'inputs', inputTable(action), path);
    text = replacePart(text, 'outputs', outputTable(action), path);
    if (folder === '') text = replacePart(text, 'limits', table(['limit', 'value'], limitRows()), path);
    files.set(path, text);
  }
  if (existsSync(join(root, 'src/registry/quirks.ts'))) {
    files.set('docs/registries.md', registriesPage(await list(root, 'src/registry/quirks.ts', 'REGISTRY_ROWS')));
  }
  if (existsSync(join(root, 'src/files/index.ts'))) {
    files.set('docs/formats.md', formatsPage(await list(root, 'src/files/index.ts', 'FORMATS')));
  }
  const formatted = [...files].map(async ([path, text]) => [path, await format(text, PRETTIER)] as const);
  return new Map(await Promise.all(formatted));
}

async function list<Row>(root: string, path: string, name: string): Promise<readonly Row[]> {
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(join(root, path)).href);
  const rows = module[name];
  if (!Array.isArray(rows) || rows.length === 0) throw new Error(`${path} exports no list ${name}`);
  return rows;
}

/** Replaces what stands between `<!-- generated: part -->` and `<!-- end: part -->`. */
export function replacePart(text: string, part: string, content: string, path: string): string {
  const begin = `<!-- generated: ${part} -->`;
  const end = `<!-- end: ${part} -->`;
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path} lacks the markers ${begin} and ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
}

function inputTable({ inputs }: ActionFile): string {
  const rows = Object.entries(inputs).map(([name, input]) => [
    `\`${name}\``,
    input.required ? 'required' : input.default === undefined ? '' : `\`${input.default}\``,
    input.description,
  ]);
  return table(['input', 'default', 'meaning'], rows);
}

function outputTable({ outputs }: ActionFile): string {
  return table(
    ['output', 'meaning'],
    Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]),
  );
}

/** A table of GitHub's Markdown. Cells are Markdown; a pipe in a cell is escaped, also inside a code span. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [tableLine(head), tableLine(head.map(() => '---')), ...rows.map(tableLine)].join('\n');
}

function tableLine(cells: readonly string[]): string {
  return `| ${cells
    .map((cell) =>
      cell
        .replaceAll('|', String.raw`\|`)
        .replaceAll('\n', ' ')
        .trim(),
    )
    .join(' | ')} |`;
}

const GENERATED = (source: string) =>
  `<!-- Generated from ${source} by "npm run build". Edit that file, not this one. -->`;

function registriesPage(rows: readonly RegistryRow[]): string {
  const body = rows.map((row) => [
    row.name,
    row.hosts.map((host) => `\`${host}\``).join(', '),
    contacted(row),
    requests(row),
    row.login,
    row.notes,
  ]);
  return `${GENERATED('src/registry/quirks.ts')}

# Registries

Every registry that speaks the OCI distribution protocol (or Docker's registry protocol, version 2) works, on any host and
port. This table holds the ones whose ways are known beforehand, which saves requests and makes errors clearer.

"Requests" is what one image costs when nothing goes wrong, the request for a token included. A registry that is not in
the table costs 1 when it wants no authentication, 2 with a user name and password (1 after the first), and 3 with tokens
(1 after the first image of a repository). A redirect is one more.

${table(['registry', 'hosts', 'also contacted', 'requests', 'log in', 'good to know'], body)}

Where credentials are looked for, in which order, and how to name a token server on another host: see
[Registries and how to log in](../README.md#registries-and-how-to-log-in).
`;
}

function contacted(row: RegistryRow): string {
  const realm = row.tokenEndpoint?.realm.replace(/^https:\/\//, '').replace(/\/.*$/, '');
  const hosts = new Set([row.api, realm === '{host}' ? undefined : realm, ...(row.authHosts ?? [])]);
  return [...hosts]
    .filter((host) => host !== undefined && !row.hosts.includes(host))
    .map((host) => `\`${host}\``)
    .join(', ');
}

function requests(row: RegistryRow): string {
  if (row.basic) return '1, credentials known';
  const authorised = row.tokenEndpoint === undefined ? 3 : 2;
  if (row.headWithoutDigest) return `${authorised}, the manifest is read`;
  return row.openToAnonymous
    ? row.tokenEndpoint === undefined
      ? '1'
      : `1 public, ${authorised} private`
    : `${authorised}`;
}

function formatsPage(formats: readonly Format[]): string {
  const rows = formats.map(({ id, title, files, places }) => [
    `\`${id}\``,
    title,
    files.map((file) => `\`${file}\``).join(', '),
    places.join('; '),
  ]);
  return `${GENERATED('src/files/index.ts')}

# File formats

The files in which image references are looked for, and the places in them that count.

${table(['format', 'what it is', 'files', 'places'], rows)}
`;
}
