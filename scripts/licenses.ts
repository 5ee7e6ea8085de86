import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** Names of the packages that these paths (relative to the repository) are part of. */
export function packagesOf(paths: Iterable<string>): readonly string[] {
  const names = new Set<string>();
  for (const path of paths) {
    const parts = path.split('/');
    const first = parts.lastIndexOf('node_modules') + 1;
    if (first === 0) continue;
    const length = parts[first]?.startsWith('@') ? 2 : 1;
    names.add(parts.slice(0, first + length).join('/'));
  }
  return [...names].sort();
}

/** Text of dist/licenses.txt: name, version, notices and licence of each of these packages, an equal licence once. */
export async function licenseTexts(root: string, packages: readonly string[]): Promise<string> {
  const sections = await Promise.all(packages.map((folder) => section(join(root, folder))));
  const groups = Map.groupBy(sections, ({ text }) => text.replaceAll(/\s+/g, ' '));
  const texts = [...groups.values()].map((group) => {
    const heads = group.map(({ head, notices }) => [head, ...notices].join('\n'));
    return `${LINE}\n${heads.join('\n\n')}\n${LINE}\n\n${group[0]?.text ?? ''}\n`;
  });
  return `The files in this folder contain code of these packages.\n\n${texts.join('\n')}`;
}

const LINE = '-'.repeat(80);

interface Section {
  readonly head: string;
  /** Its title and its copyright notices, which are not the same in equal licences. */
  readonly notices: readonly string[];
  readonly text: string;
}

async function section(folder: string): Promise<Section> {
  const { name, version, license } = readPackage(await readFile(join(folder, 'package.json'), 'utf8'), folder);
  const entries = await readdir(folder);
  const files = entries.filter((entry) => /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i.test(entry)).sort();
  if (files.length === 0) throw new Error(`${name} has no licence file: it cannot be bundled`);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const body = texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n');
  const paragraphs = body.split(/\n{2,}/);
  return {
    head: `${name} ${version} (${license})`,
    notices: paragraphs.filter(isNotice),
    text: paragraphs.filter((paragraph) => !isNotice(paragraph)).join('\n\n'),
  };
}

function isNotice(paragraph: string): boolean {
  const lines = paragraph.trim().split('\n');
  const [first = ''] = lines;
  if (lines.length === 1 && /^#* *(?:the )?mit license(?: \(mit\))?$/i.test(first)) return true;
  return lines.every((line) => /^copyright/i.test(line));
}

function readPackage(text: string, folder: string): PackageFile {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new Error(`${folder}/package.json is no object`);
  const { name, version, license } = { name: undefined, version: undefined, license: undefined, ...value };
  if (typeof name !== 'string' || typeof version !== 'string' || typeof license !== 'string') {
    throw new TypeError(`${folder}/package.json lacks name, version or license`);
  }
  return { name, version, license };
}
