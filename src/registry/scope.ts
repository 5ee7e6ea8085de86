/** What may be done with a repository, as token servers name it, in the order in which it is asked for. */
export type Action = 'pull' | 'push' | 'delete';

const ACTIONS = ['pull', 'push', 'delete'] as const satisfies readonly Action[];

/** What a token is asked for: actions on one repository. */
export interface Scope {
  /** Path inside the registry. */
  readonly repository: string;
  readonly actions: readonly Action[];
}

/** A scope as a challenge writes it; `aws` and `*` have a type alone. */
export interface ResourceScope {
  /** `repository`, `repository(plugin)`, `registry`. */
  readonly type: string;
  /** May hold colons (`host:5000/a`). */
  readonly name: string;
  readonly actions: readonly string[];
}

/** The value of a token request's `scope` parameter: `repository:a/b:pull,push`. */
export function formatScope({ repository, actions }: Scope): string {
  return `repository:${repository}:${mergeActions(actions, []).join(',')}`;
}

/** The scopes of a challenge's `scope` parameter: separated by blanks, each split at its first and last colon. */
export function parseScopes(text: string): readonly ResourceScope[] {
  return text
    .split(/[ \t]/)
    .filter((part) => part !== '')
    .map(parseScope);
}

function parseScope(text: string): ResourceScope {
  const first = text.indexOf(':');
  if (first < 0) return { type: text, name: '', actions: [] };
  const last = text.lastIndexOf(':');
  const type = text.slice(0, first);
  if (last === first) return { type, name: text.slice(first + 1), actions: [] };
  const actions = text.slice(last + 1).split(',');
  return { type, name: text.slice(first + 1, last), actions: actions.filter((action) => action !== '') };
}

/** The actions that either list names, each once, in one order; names that are no actions are left out. */
export function mergeActions(one: readonly string[], other: readonly string[]): readonly Action[] {
  return ACTIONS.filter((action) => one.includes(action) || other.includes(action));
}

/**
 * What to ask for when our own scope was not enough and the challenge names another one (REGISTRIES.md Q44, Q58,
 * Q143): scopes without a name (`aws`, `*`) as they are, and further actions on our own repository. A read never asks
 * for more than `pull`, and other repositories are none of our business. Undefined when that is what was asked already.
 */
export function widenedScopes(challenge: string, own: Scope): readonly string[] | undefined {
  const scopes = parseScopes(challenge).flatMap(({ type, name, actions }) => {
    if (name === '') return [type];
    if (type !== 'repository' || name !== own.repository) return [];
    const reads = !own.actions.includes('push');
    return [formatScope(reads ? own : { ...own, actions: mergeActions(own.actions, actions) })];
  });
  const known = formatScope(own);
  return scopes.every((scope) => scope === known) ? undefined : scopes;
}
