import { UserError } from '../../core/errors.ts';
import type { Commit, Git } from '../../ports/git.ts';
import type { ChangedFiles, GitHub } from '../../ports/github.ts';
import type { IsSameKind } from '../../rules/diff.ts';
import { EVERYTHING, isWithoutLines, scopeOfApi, scopeOfSpans, type Scope } from '../../rules/scope.ts';
import type { CheckEvent } from './event.ts';

/** What is judged how strictly. */
export interface Change {
  readonly scope: Scope;
  /** Why the whole repository counts although less was asked for; told once. */
  readonly notice?: string;
}

/** Where the change can be found out. */
export interface ChangeSources {
  readonly git: Git;
  /** The API, undefined when there is no token for it. */
  readonly github: () => Promise<GitHub | undefined>;
  /** Whether the workspace has this file. */
  readonly isFile: (path: string) => boolean;
  readonly isSameKind: IsSameKind;
}

/**
 * What the event's change adds: from git when the base is in the clone, else from the API; where neither can say,
 * everything counts and the notice says why (DESIGN.md §8).
 */
export async function findChange(event: CheckEvent, sources: ChangeSources): Promise<Change> {
  if (event.kind === 'other') return whole(event.why);
  const head = await sources.git.head();
  const place = head === undefined ? 'unknown' : await placeOf(event, head, sources.git);
  if (place === 'elsewhere') return whole('the checkout is not the commit of this event');
  if (head !== undefined && place !== 'unknown') {
    const base = await baseInClone(event.base, head, place, sources.git);
    const added = base === undefined ? undefined : await sources.git.addedBetween(base, head.id, sources.isSameKind);
    if (added !== undefined) return { scope: scopeOfSpans(added) };
  }
  return fromApi(event, head?.id, sources);
}

function whole(why: string): Change {
  return {
    scope: EVERYTHING,
    notice: `The lines that this change adds are not known (${why}), so every line of the repository counts.`,
  };
}

/** What is checked out: the event's head, the merge of base and head, something made on top of them, or neither. */
type Place = 'head' | 'merge' | 'descendant' | 'elsewhere';

async function placeOf(event: Exclude<CheckEvent, { kind: 'other' }>, head: Commit, git: Git): Promise<Place> {
  if (head.id === event.head) return 'head';
  if (head.parents.length === 2 && head.parents[1] === event.head) return 'merge';
  const inClone = await git.hasCommit(event.head);
  return inClone && (await git.mergeBase(event.head, head.id)) === event.head ? 'descendant' : 'elsewhere';
}

/** The commit to compare with, when the clone has it. */
async function baseInClone(base: string, head: Commit, place: Place, git: Git): Promise<string | undefined> {
  const first = head.parents[0];
  // The base branch may have moved on since the event: what was merged is the first parent.
  if (place === 'merge') return first !== undefined && (await git.hasCommit(first)) ? first : undefined;
  return (await git.hasCommit(base)) ? git.mergeBase(base, head.id) : undefined;
}

async function fromApi(
  event: Exclude<CheckEvent, { kind: 'other' }>,
  head: string | undefined,
  sources: ChangeSources,
): Promise<Change> {
  const github = await sources.github();
  if (github === undefined) return whole('the base commit is not in the clone, and there is no github-token');
  let changed: ChangedFiles;
  try {
    changed = await changedFiles(event, github);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return whole(`the base commit is not in the clone, and ${lowerFirst(error.message)}`);
  }
  const present = changed.files.filter(({ status }) => status !== 'removed');
  if (present.length > 0 && !present.some(({ filename }) => sources.isFile(filename))) {
    return whole('the changed files are not in the workspace: the repository is checked out elsewhere');
  }
  const silent = changed.files.filter(isWithoutLines).map(({ filename }) => filename);
  const texts = head === undefined ? new Set<string>() : await sources.git.textFiles(head, silent);
  const { isSameKind } = sources;
  const scope = scopeOfApi(changed.files, changed.complete, { isSameKind, isBinary: (file) => !texts.has(file) });
  if (changed.complete) return { scope };
  const notice = `GitHub lists only ${changed.files.length} of the changed files; every line of the others counts.`;
  return { scope, notice };
}

/** A token with `contents: read` alone may compare commits and not list the files of a pull request. */
async function changedFiles(event: Exclude<CheckEvent, { kind: 'other' }>, github: GitHub): Promise<ChangedFiles> {
  const compared = (): Promise<ChangedFiles> => github.comparedFiles(event.base, event.head);
  if (event.kind !== 'pull') return compared();
  try {
    return await github.pullFiles(event.number);
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'unauthorized') throw error;
    const found = await compared().catch(() => undefined);
    // A pull request changes something: nothing is no answer.
    if (found === undefined || found.files.length === 0) throw error;
    return found;
  }
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) && !text.startsWith('GitHub') ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
