import { readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { canonicalHost } from '../registry/credential-file.ts';

/**
 * Folders that docker/login-action's `scope` leaves for Buildx (its configprovider.go):
 *
 *   <base>/<host> [ "/" <repository> ] [ "@" action *( "," action ) ] /config.json
 *
 * Docker Hub's host is registry-1.docker.io here.
 */
export interface Scope {
  /** Relative to the base, such as `ghcr.io/acme/api@push`. */
  readonly name: string;
  readonly file: string;
}

/** The scopes that apply, the best first: those for the repository before those for the host, more actions first. */
export async function findScopes(
  base: string,
  registry: string,
  repository: string,
  access: 'pull' | 'push',
): Promise<readonly Scope[]> {
  const host = canonicalHost(registry) === 'docker.io' ? 'registry-1.docker.io' : registry;
  const granted = access === 'push' ? new Set(['pull', 'push']) : new Set(['pull']);
  const parent = posix.join(host, posix.dirname(repository));
  const [ofRepository, ofHost] = await Promise.all([
    foldersFor(base, parent, posix.basename(repository), granted),
    foldersFor(base, '.', host, granted),
  ]);
  return [...ofRepository, ...ofHost].map((name) => ({ name, file: join(base, name, 'config.json') }));
}

/** Names in `parent` that are `name` or `name@actions` with no action beyond the granted ones. */
async function foldersFor(
  base: string,
  parent: string,
  name: string,
  granted: ReadonlySet<string>,
): Promise<readonly string[]> {
  const found = (await namesIn(join(base, parent))).flatMap((folder) => {
    const [main, ...rest] = folder.split('@');
    const actions = rest
      .join('@')
      .split(',')
      .map((action) => action.trim())
      .filter((action) => action !== '');
    return main === name && actions.every((action) => granted.has(action)) ? [{ folder, actions: actions.length }] : [];
  });
  return found.toSorted((a, b) => b.actions - a.actions).map(({ folder }) => posix.join(parent, folder));
}

/** Most runs have no such folder at all. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}
