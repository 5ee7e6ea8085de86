/** What the workflow run says of the commit that tags are named after (GitHub's variables and event). */
export interface TagContext {
  /** `refs/heads/main`, `refs/tags/v1.4.2`, `refs/pull/15/merge`; empty when there is none. */
  readonly ref: string;
  /** Commit; empty when there is none. */
  readonly sha: string;
  readonly eventName: string;
  /** Of the repository, undefined when the event does not say. */
  readonly defaultBranch: string | undefined;
  /** Branch that a tag was pushed from, or that a pull request goes to; empty when the event does not say. */
  readonly baseRef: string;
  /** Characters of a short commit. */
  readonly shortSha: number;
}

/** Events that run on the last commit of the default branch whatever their ref is. */
const ON_DEFAULT_BRANCH = /create|discussion|issues|schedule/;

/** The values that templates may name, with docker/metadata-action's meaning. */
export function templateValues(context: TagContext): Readonly<Record<string, string>> {
  const isDefault = isDefaultBranch(context);
  return {
    branch: nameIn(context, 'refs/heads/') ?? '',
    tag: nameIn(context, 'refs/tags/') ?? '',
    sha: shortSha(context),
    base_ref: context.baseRef,
    is_default_branch: String(isDefault),
    is_not_default_branch: String(!isDefault),
  };
}

/** The ref without this prefix, undefined when it begins with something else. */
export function nameIn({ ref }: TagContext, prefix: 'refs/heads/' | 'refs/tags/' | 'refs/pull/'): string | undefined {
  return ref.startsWith(prefix) ? ref.slice(prefix.length) : undefined;
}

export function shortSha({ sha, shortSha: length }: TagContext): string {
  return sha.slice(0, length);
}

function isDefaultBranch({ ref, defaultBranch, eventName }: TagContext): boolean {
  const branch = ref.replace(/^refs\/heads\//, '');
  return branch !== '' && (branch === defaultBranch || ON_DEFAULT_BRANCH.test(eventName));
}
