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
