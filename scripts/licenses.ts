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

/** Text of dist/licenses.txt: name, version and full licence text of each of these packages. */
export async function licenseTexts(root: string, packages: readonly string[]): Promise<string> {
  const sections = await Promise.all(packages.map((folder) => section(join(root, folder))));
  return `The files in this folder contain code of these packages.\n\n${sections.join('\n')}`;
}

async function section(folder: string): Promise<string> {
  const { name, version, license } = readPackage(await readFile(join(folder, 'package.json'), 'utf8'), folder);
  const entries = await readdir(folder);
  const files = entries.filter((entry) => /^(licen[cs]e|copying|notice)(\.(md|txt))?$/i.test(entry)).sort();
  if (files.length === 0) throw new Error(`${name} has no licence file: it cannot be bundled`);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const body = texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n');
  return `${'-'.repeat(80)}\n${name} ${version} (${license})\n${'-'.repeat(80)}\n\n${body}\n`;
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
