import { digestOf, hexOf } from '../core/digest.ts';
import { clipped, printable } from '../core/printable.ts';
import { readPatch, type PatchLine } from '../rules/diff.ts';
import type { Finding } from '../rules/finding.ts';
import type { ApiFile, LineComment, Suggestion } from '../rules/pull-request.ts';
import { codeSpan, prose } from './markdown.ts';

/*
 * Suggestions on a pull request. GitHub takes them only on lines of the diff, by the line numbers of the pull request's
 * head, which may differ from those of a merge checkout: places are therefore found by the text of the lines.
 */

/** Most suggestions of one review. */
export const SUGGESTIONS_OF_A_REVIEW = 30;

/** Begins every comment of ours on a line; the fingerprint stands behind it. */
const MARKER = '<!-- image-digest:suggestion ';

/** The suggestions for those findings whose lines are in the diff, gravest first, one for each place. */
export function suggestionsOf(findings: readonly Finding[], files: readonly ApiFile[]): readonly Suggestion[] {
  const patches = new Map(files.map(({ filename, patch }) => [filename, readPatch(patch ?? '')]));
  const made = new Map<string, Suggestion>();
  for (const finding of findings) {
    if (finding.fix === undefined || finding.level === 'notice') continue;
    const { startLine, original } = finding.fix;
    const place = placeOf(patches.get(finding.file) ?? [], startLine, original.split('\n'));
    const suggestion = place === undefined ? undefined : suggestionOf(finding, place);
    const key = `${finding.file} ${place?.startLine}`;
    if (suggestion !== undefined && !made.has(key)) made.set(key, suggestion);
    if (made.size === SUGGESTIONS_OF_A_REVIEW) break;
  }
  return [...made.values()];
}

interface Place {
  readonly startLine: number;
  readonly line: number;
}

/** Where these lines stand in the diff: at their number, else at the only place with their text. */
function placeOf(patch: readonly PatchLine[], first: number, lines: readonly string[]): Place | undefined {
  const starts = patch.flatMap((_, index) => (standsAt(patch, index, lines) ? [index] : []));
  const exact = starts.find((index) => patch[index]?.line === first);
  const index = exact ?? (starts.length === 1 ? starts[0] : undefined);
  const startLine = index === undefined ? undefined : patch[index]?.line;
  return startLine === undefined ? undefined : { startLine, line: startLine + lines.length - 1 };
}

function standsAt(patch: readonly PatchLine[], index: number, lines: readonly string[]): boolean {
  const start = patch[index]?.line ?? 0;
  const block = lines.map((_, offset) => patch[index + offset]);
  return (
    block.every((one, offset) => one !== undefined && one.line === start + offset && one.text === lines[offset]) &&
    block.some((one) => one?.added === true)
  );
}

function suggestionOf(finding: Finding, place: Place): Suggestion | undefined {
  const { rule, message, fix, file } = finding;
  // A line that cannot be shown as it is would be written back changed.
  if (
    fix === undefined ||
    fix.replacement.split('\n').some((line) => printable(line.replaceAll('\t', '')) !== line.replaceAll('\t', ''))
  ) {
    return undefined;
  }
  const fingerprint = hexOf(digestOf(new TextEncoder().encode(JSON.stringify([file, rule, fix.replacement])))).slice(
    0,
    16,
  );
  const fence = '`'.repeat(Math.max(3, ...[...fix.replacement.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const body = [
    `${MARKER}${fingerprint} -->`,
    `${codeSpan(rule)}: ${prose(clipped(message, 2000))}`,
    '',
    `${fence}suggestion`,
    fix.replacement,
    fence,
  ].join('\n');
  return { path: file, ...place, body, fingerprint };
}

/** What is to be done so that exactly the wanted suggestions stand there. */
export interface ReviewPlan {
  readonly post: readonly Suggestion[];
  readonly remove: readonly number[];
}

/**
 * Compares what is there with what is wanted. Only comments by our own login that begin with our marker are ever
 * removed, and none that somebody answered.
 */
export function planReview(wanted: readonly Suggestion[], present: readonly LineComment[], login: string): ReviewPlan {
  const answered = new Set(present.flatMap(({ inReplyTo }) => (inReplyTo === undefined ? [] : [inReplyTo])));
  const own = present.flatMap((comment) => {
    const fingerprint = comment.login === login ? fingerprintIn(comment.body) : undefined;
    return fingerprint === undefined ? [] : [{ comment, fingerprint }];
  });
  const wishes = new Set(wanted.map(({ fingerprint }) => fingerprint));
  const kept = new Set<string>();
  const remove: number[] = [];
  for (const { comment, fingerprint } of own) {
    const stays = !comment.outdated && wishes.has(fingerprint) && !kept.has(fingerprint);
    if (stays) kept.add(fingerprint);
    else if (!answered.has(comment.id)) remove.push(comment.id);
  }
  return { post: wanted.filter(({ fingerprint }) => !kept.has(fingerprint)), remove };
}

/** Whether a comment says that it is ours; whose it is decides. */
export function isMarked({ body }: LineComment): boolean {
  return fingerprintIn(body) !== undefined;
}

function fingerprintIn(body: string): string | undefined {
  if (!body.startsWith(MARKER)) return undefined;
  const fingerprint = body.slice(MARKER.length, MARKER.length + 16);
  return /^[0-9a-f]{16}$/.test(fingerprint) ? fingerprint : undefined;
}
