import { formatReference, familiarReference, nameOf, type Reference } from '../core/reference.ts';
import type { How } from '../core/resolution.ts';
import type { TagOutcome } from '../core/tag-decision.ts';
import { cell, codeBlock, codeSpan, details, heading, prose, table } from './markdown.ts';
import { isChange, type TagReport } from './tag-outputs.ts';

/** What is known of the image before anything is written. */
export interface TaggedImage {
  readonly source: Reference;
  readonly digest: string;
  readonly kind: string;
}

/** The lines about the image that gets the tags. */
export function imageLines({ digest, kind }: TaggedImage): readonly string[] {
  return [fact('digest', digest), fact('kind', kind)];
}

/** Columns: two blanks, the name, the value from column 13 on. */
function fact(name: string, value: string): string {
  return `  ${name.padEnd(9)} ${value}`;
}

/** Results as what is still to be done. */
const TO_DO: Readonly<Record<TagOutcome['result'], string>> = {
  created: 'create',
  unchanged: 'unchanged',
  moved: 'move',
  kept: 'keep',
  refused: 'refuse',
  failed: 'fail',
};

/**
 * The table of results, or of decisions when it is still `ahead`: tag, what becomes of it, from which digest, why.
 */
export function outcomeLines(source: Reference, outcomes: readonly TagOutcome[], ahead: boolean): readonly string[] {
  const names = outcomes.map((outcome) => shownName(source, outcome));
  const width = Math.max(0, ...names.map((name) => name.length));
  return outcomes.map(({ result, before, reason }, index) => {
    const was = before === undefined || result === 'unchanged' ? '' : `was ${before}`;
    const why = [was, reason].filter((part) => part !== '').join(', ');
    return `  ${(names[index] ?? '').padEnd(width)}  ${(ahead ? TO_DO[result] : result).padEnd(9)} ${why}`.trimEnd();
  });
}

/** The tag alone where it is in the repository of the image. */
function shownName(source: Reference, { target }: TagOutcome): string {
  return nameOf(target.reference) === nameOf(source) ? target.tag : familiarReference(target.reference);
}

/** The last line of the log. */
export function howLine({ requests, milliseconds, credential }: How): string {
  const count = `${requests} request${requests === 1 ? '' : 's'}`;
  const signedIn = credential === undefined || credential === 'anonymous' ? 'anonymous' : `credential: ${credential}`;
  return fact('how', `${count}, ${Math.round(milliseconds)} ms, ${signedIn}`);
}

/** The job summary: one table, then the command that pulls by digest. */
export function tagSummary({ source, digest, outcomes, dryRun }: TagReport): string {
  const rows = outcomes.map((outcome) => [
    cell(shownName(source, outcome)),
    outcome.result,
    outcome.before === undefined ? '' : codeSpan(outcome.before),
    prose(outcome.reason),
  ]);
  const parts = [
    heading(3, dryRun ? 'Image tags (dry run: nothing was written)' : 'Image tags'),
    codeSpan(`${nameOf(source)}@${digest}`),
    table(['Tag', dryRun ? 'Would be' : 'Result', 'Before', 'Why'], rows),
    ...pullPart({ source, digest, outcomes, dryRun }),
  ];
  return `${parts.join('\n\n')}\n`;
}

function pullPart({ digest, outcomes, dryRun }: TagReport): readonly string[] {
  const written = outcomes.filter(({ result }) => !dryRun && (isChange(result) || result === 'unchanged'));
  if (written.length === 0) return [];
  const commands = written.map(({ target }) => `docker pull ${formatReference(target.reference)}@${digest}`);
  return [details('Pull', codeBlock(commands, 'sh'))];
}
