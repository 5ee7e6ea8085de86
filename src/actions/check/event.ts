import { numberProperty, property, textProperty } from '../../core/json.ts';

/** What the event says about the change that is checked. */
export type CheckEvent =
  | {
      readonly kind: 'pull';
      readonly number: number;
      readonly base: string;
      readonly head: string;
      /** Whether the head is in another repository. */
      readonly fromFork: boolean;
    }
  /** A merge group or a push: two commits and no pull request. */
  | { readonly kind: 'range'; readonly base: string; readonly head: string }
  | { readonly kind: 'other'; readonly why: string };

const NO_COMMIT = /^0+$/;
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * Reads the event tolerantly (SAFETY.md F44).
 * @param name GITHUB_EVENT_NAME
 * @param event the payload, undefined when it could not be read
 */
export function readEvent(name: string | undefined, event: unknown): CheckEvent {
  if (name === undefined) return { kind: 'other', why: 'this is no workflow run' };
  if (event === undefined) return { kind: 'other', why: 'the event of this run cannot be read' };
  const pull = property(event, 'pull_request');
  if (pull !== undefined) return readPull(event, pull);
  if (name === 'merge_group') {
    const group = property(event, 'merge_group');
    return readRange(textProperty(group, 'base_sha'), textProperty(group, 'head_sha'));
  }
  if (name === 'push') return readRange(textProperty(event, 'before'), textProperty(event, 'after'));
  return { kind: 'other', why: `the event ${name} adds no lines` };
}

function readPull(event: unknown, pull: unknown): CheckEvent {
  const number = numberProperty(pull, 'number') ?? numberProperty(event, 'number');
  const [base, head] = [property(pull, 'base'), property(pull, 'head')];
  const [baseId, headId] = [textProperty(base, 'sha'), textProperty(head, 'sha')];
  if (number === undefined || !isCommit(baseId) || !isCommit(headId)) {
    return { kind: 'other', why: 'the event names no commits' };
  }
  const names = [base, head].map((side) => textProperty(property(side, 'repo'), 'full_name'));
  // The repository of a head that was deleted is null: that is a fork as well.
  return { kind: 'pull', number, base: baseId, head: headId, fromFork: names[0] !== names[1] };
}

function readRange(base: string | undefined, head: string | undefined): CheckEvent {
  if (!isCommit(base) || !isCommit(head)) return { kind: 'other', why: 'the event names no commits' };
  if (NO_COMMIT.test(base)) return { kind: 'other', why: 'the branch is new, so there is nothing to compare with' };
  return { kind: 'range', base, head };
}

function isCommit(text: string | undefined): text is string {
  return text !== undefined && COMMIT.test(text);
}
