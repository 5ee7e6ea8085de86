/** What an image says of itself in annotations and labels (image-spec annotations.md), as far as it is put out. */

const PREFIX = 'org.opencontainers.image.';

export type StatementName = 'version' | 'revision' | 'source' | 'created';

/** The full name of an annotation or label: `org.opencontainers.image.version`. */
export function statementKey(name: StatementName | 'title' | 'base.name' | 'base.digest'): string {
  return PREFIX + name;
}

/**
 * What may be put out as a single value. Users write such values into scripts, so it is what versions, commits, addresses
 * and times are made of, and nothing that a shell or a log would act on (SAFETY.md T25).
 */
const PLAIN: Readonly<Record<StatementName, RegExp>> = {
  version: /^[A-Za-z0-9][A-Za-z0-9._+~:/-]{0,254}$/,
  revision: /^[A-Za-z0-9][A-Za-z0-9._+~:/@-]{0,254}$/,
  source: /^[A-Za-z0-9][A-Za-z0-9._~:/?#@%+=,-]{0,1000}$/,
  created: /^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)?)?$/,
};

/** Whether a value may be put out by itself. */
export function isPlainStatement(name: StatementName, value: string): boolean {
  return PLAIN[name].test(value);
}

/**
 * Whether labels speak of this repository: their title or the last part of their source is its name. Labels of a base
 * that were inherited speak of another one.
 * @param repository without the registry: `acme/api`
 */
export function speaksOf(repository: string, title: string | undefined, source: string | undefined): boolean {
  const name = lastPart(repository);
  if (title !== undefined && (title.toLowerCase() === name || title.toLowerCase() === repository)) return true;
  if (source === undefined) return false;
  const path = source
    .replace(/[?#].*$/s, '')
    .toLowerCase()
    .replace(/(?:\.git)?\/?$/, '');
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1) === name;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
