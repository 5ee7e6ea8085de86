/* The tools that users have today, as far as they are here. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A registry as a tool has to be told of it. */
export interface Reach {
  /** `host[:port]` */
  readonly host: string;
  readonly tls: boolean;
}

export interface Tool {
  readonly name: string;
  /** Prints the digest of one reference. */
  readonly digest: (reference: string, reach: Reach) => readonly string[];
  /** Puts another tag on what a reference names, with all its platforms. */
  readonly retag?: (reference: string, target: string, tag: string, reach: Reach) => readonly string[];
  readonly version: readonly string[];
}

const TOOLS: readonly Tool[] = [
  {
    name: 'skopeo',
    digest: (reference, { tls }) => [
      'inspect',
      ...(tls ? [] : ['--tls-verify=false']),
      '--no-tags',
      '--format',
      '{{.Digest}}',
      `docker://${reference}`,
    ],
    retag: (reference, target, _tag, { tls }) => [
      '--insecure-policy',
      'copy',
      '--all',
      '--quiet',
      '--preserve-digests',
      ...(tls ? [] : ['--src-tls-verify=false', '--dest-tls-verify=false']),
      `docker://${reference}`,
      `docker://${target}`,
    ],
    version: ['--version'],
  },
  {
    name: 'crane',
    digest: (reference, { tls }) => ['digest', ...(tls ? [] : ['--insecure']), reference],
    retag: (reference, _target, tag, { tls }) => ['tag', ...(tls ? [] : ['--insecure']), reference, tag],
    version: ['version'],
  },
  {
    name: 'regctl',
    digest: (reference, { host, tls }) => [
      ...(tls ? [] : ['--host', `reg=${host},tls=disabled`]),
      'image',
      'digest',
      reference,
    ],
    retag: (reference, target, _tag, { host, tls }) => [
      ...(tls ? [] : ['--host', `reg=${host},tls=disabled`]),
      'image',
      'copy',
      reference,
      target,
    ],
    version: ['version', '--format', '{{.VCSTag}}'],
  },
  {
    name: 'oras',
    digest: (reference, { tls }) => ['resolve', ...(tls ? [] : ['--plain-http']), reference],
    retag: (reference, _target, tag, { tls }) => ['tag', ...(tls ? [] : ['--plain-http']), reference, tag],
    version: ['version'],
  },
];

/** Where a program is; undefined when it is not on PATH. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** The tools that are on PATH. */
export const PRESENT: readonly Tool[] = TOOLS.filter(({ name }) => findProgram(name) !== undefined);

/** The names of those that are not. */
export const ABSENT: readonly string[] = TOOLS.filter((tool) => !PRESENT.includes(tool)).map(({ name }) => name);

/** `skopeo 1.9.3` */
export function versionOf(name: string, args: readonly string[]): string {
  try {
    const text = execFileSync(name, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return `${name} ${/\d+\.\d+[\w.~+-]*/.exec(text)?.[0] ?? ''}`.trim();
  } catch {
    return name;
  }
}
