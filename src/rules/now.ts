import { clipped, printable } from '../core/printable.ts';
import type { TagFacts } from './facts.ts';

const DAY = 86_400_000;

/** "sha256:… now (version 1.27.3, 12 days old)": what a tag names, for the end of a sentence. */
export function nowText(tag: TagFacts, today: string): string {
  const known = [
    ...(tag.version === undefined ? [] : [`version ${clipped(printable(tag.version), 64).replaceAll('"', "'")}`]),
    ...ageOf(tag.created, today),
  ];
  return `${tag.digest} now${known.length === 0 ? '' : ` (${known.join(', ')})`}`;
}

function ageOf(created: string | undefined, today: string): readonly string[] {
  const days = Math.floor((Date.parse(`${today}T23:59:59Z`) - Date.parse(created ?? '')) / DAY);
  // Reproducible builds carry 1970 or 1980: that is no age.
  if (!Number.isFinite(days) || days < 0 || days > 365 * 30) return [];
  return [days === 0 ? 'made today' : `${days} ${days === 1 ? 'day' : 'days'} old`];
}
