import { readFile } from 'node:fs/promises';
import { parseCredentialFile, type CredentialFile } from '../registry/credential-file.ts';
import { isReallyInside } from './paths.ts';
import { codeOf } from './transport-error.ts';

/** A configuration file is far smaller. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;

export interface FileOptions {
  readonly workspace: string | undefined;
  readonly warn: (text: string) => void;
}

/** Reads a credential file, each once; undefined when there is none. `required`: its absence is worth a warning. */
export type ReadCredentialFile = (path: string, required: boolean) => Promise<CredentialFile | undefined>;

/** Files inside the workspace, which a pull request may have written, are ignored with a warning (SAFETY.md T30). */
export function createFileReader(options: FileOptions): ReadCredentialFile {
  const known = new Map<string, Promise<CredentialFile | undefined>>();
  return (path, required) => {
    const kept = known.get(path) ?? read(path, required, options);
    known.set(path, kept);
    return kept;
  };
}

async function read(path: string, required: boolean, options: FileOptions): Promise<CredentialFile | undefined> {
  const text = await textOf(path, required, options.warn);
  if (text === undefined) return undefined;
  if (options.workspace !== undefined && (await isReallyInside(options.workspace, path))) {
    options.warn(
      `${path} is ignored: credentials are not read from inside the workspace, which a pull request can write`,
    );
    return undefined;
  }
  const file = parseCredentialFile(text);
  for (const warning of file.warnings) options.warn(`${path}: ${warning}; it is left out`);
  return file;
}

async function textOf(path: string, required: boolean, warn: (text: string) => void): Promise<string | undefined> {
  try {
    const bytes = await readFile(path);
    if (bytes.length <= MAX_FILE_BYTES) return bytes.toString('utf8');
    warn(`${path} is ignored: it is larger than ${MAX_FILE_BYTES} bytes`);
  } catch (error) {
    const code = codeOf(error);
    const absent = code === 'ENOENT' || code === 'ENOTDIR';
    if (required || !absent) warn(`${path} cannot be read (${code})`);
  }
  return undefined;
}
