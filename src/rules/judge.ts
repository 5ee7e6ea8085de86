import type { ImageSite } from '../files/site.ts';
import { quoted } from '../core/printable.ts';
import { RULES } from './index.ts';
import type { Judgement, Rule, RuleOptions } from './rule.ts';
import { isTaggedElsewhere, traitOf, type Subject } from './subject.ts';

/** An objection before anything of the file around it is known. */
export interface Objection {
  readonly rule: Rule;
  readonly judgement: Judgement;
}

/** What the rules object to: of each cause the most specific (DESIGN.md §8). */
export function judge(subject: Subject, options: RuleOptions): readonly Objection[] {
  const objections: Objection[] = [];
  const causes = new Set<Rule['cause']>();
  for (const rule of RULES) {
    if (causes.has(rule.cause)) continue;
    const judgement = rule.judge(subject, options);
    if (judgement === undefined) continue;
    causes.add(rule.cause);
    objections.push({ rule, judgement: withRemarks(subject.site, rule, judgement) });
  }
  return objections;
}

function withRemarks(site: ImageSite, { cause }: Rule, judgement: Judgement): Judgement {
  const by = cause === 'reference' ? traitOf(site, 'left-by')?.by : undefined;
  const left = by === undefined ? undefined : `${quoted(by)} leaves it as it is written`;
  const remark = judgement.remedy?.kind === 'pin' ? remarkOn(site) : undefined;
  const message = [judgement.message, left, remark].filter((part) => part !== undefined).join('; ');
  return { ...judgement, message };
}

/**
 * What has to be known of a digest that is to be written: why it cannot be, and that a chart which has no key for it may
 * use the tag where no digest is valid (FILES.md 96).
 */
function remarkOn({ format, placement }: ImageSite): string | undefined {
  if (placement.kind === 'none') return `there is no fix, because ${placement.why}`;
  const hasTagOnly =
    placement.kind === 'keys' && placement.digest === undefined && placement.insertDigest === undefined;
  if (format !== 'helm-values' || !hasTagOnly) return undefined;
  return 'the digest goes into "tag", as there is no digest key: charts that use the tag in a label may reject it';
}

/**
 * Whether a registry can add to what is known offline: it has the digest to write, or it knows what a pin is. A version
 * tag that is accepted as it is needs no request.
 */
export function isWorthAsking(subject: Subject, objections: readonly Objection[]): boolean {
  if (subject.reference === undefined || isTaggedElsewhere(subject.site)) return false;
  if (subject.reference.digest !== undefined) return true;
  return objections.some(
    ({ rule }) => ASKED.has(rule.id) && !(rule.id === 'digest-invalid' && subject.reference?.tag === undefined),
  );
}

const ASKED: ReadonlySet<string> = new Set(['no-tag', 'latest-tag', 'not-pinned', 'digest-invalid', 'tag-moved']);
