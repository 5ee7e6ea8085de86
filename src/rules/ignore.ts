import { clipped, quoted } from '../core/printable.ts';
import { upperBound } from '../files/position.ts';
import { RULE_IDS, type RuleId } from './rule.ts';

/*
 * comment := ( "#" | "//" ) *blank "image-digest:" *blank "ignore" "[" rule *( "," rule ) "]" reason
 *
 * It accepts findings on its own line; when nothing else stands on that line, also on the next. The reason is
 * mandatory, `until=YYYY-MM-DD` may stand anywhere in it. What is not exactly so accepts nothing and is told.
 */

/** A comment that accepts findings. */
export interface Ignore {
  /** 1-based line of the comment. */
  readonly line: number;
  /** Whether nothing but the comment stands on its line, so that it is about the next one as well. */
  readonly alone: boolean;
  readonly rules: readonly RuleId[];
  /** Without `until=…`. */
  readonly reason: string;
  readonly until?: string;
}

/** A comment that means to accept findings and does not. */
export interface BadIgnore {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly message: string;
}

export interface Ignores {
  readonly valid: readonly Ignore[];
  readonly bad: readonly BadIgnore[];
}

const MARK = 'image-digest:';
/** Also in brackets or before a full stop: a date that is not seen would never end. */
const UNTIL = /(?<![\w-])[([]?until=([^\s,;.()[\]{}"'`]*)[)\]]?/gi;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const KNOWN: ReadonlySet<string> = new Set(RULE_IDS);

/** The ignoring comments of a text. `today` is YYYY-MM-DD in UTC: a date before it is past. */
export function readIgnores(text: string, today: string): Ignores {
  const valid: Ignore[] = [];
  const bad: BadIgnore[] = [];
  let line = 1;
  let counted = 0;
  for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + MARK.length)) {
    const lineStart = text.lastIndexOf('\n', at) + 1;
    line += newlinesBetween(text, counted, lineStart);
    counted = lineStart;
    const before = text.slice(lineStart, at);
    const rest = restOfLine(text, at + MARK.length).trim();
    const mark = commentMark(before);
    if (mark === undefined || !/^ignore(?![\w-])/.test(rest)) continue;
    const read = readComment(rest.slice('ignore'.length), today);
    if (typeof read === 'string') {
      const column = before.length + 1;
      bad.push({ line, column, endColumn: column + MARK.length + 1 + rest.length, message: read });
    } else valid.push({ line, alone: mark.alone, ...read });
  }
  return { valid, bad };
}

function newlinesBetween(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', start); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function restOfLine(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? text.length : end);
}

/** Whether a comment begins directly before, and whether something stands before it on the line. */
function commentMark(before: string): { alone: boolean } | undefined {
  const trimmed = before.trimEnd();
  let start = trimmed.length;
  while (trimmed[start - 1] === '#') start -= 1;
  if (start === trimmed.length && trimmed.endsWith('//')) start -= 2;
  if (start === trimmed.length) return undefined;
  const leading = trimmed.slice(0, start);
  if (leading !== '' && !/\s$/.test(leading)) return undefined;
  return { alone: leading.trim() === '' };
}

type Read = Pick<Ignore, 'rules' | 'reason' | 'until'>;

/** What stands behind `ignore`; a sentence when it is not valid. */
function readComment(text: string, today: string): Read | string {
  const close = text.indexOf(']');
  if (!text.startsWith('[') || close < 0) {
    return 'this comment accepts nothing: the rules stand in brackets, as in ignore[latest-tag] reason';
  }
  const names = text
    .slice(1, close)
    .split(',')
    .map((name) => name.trim());
  const unknown = names.find((name) => !KNOWN.has(name));
  if (unknown !== undefined) return unknownRule(unknown);
  const rules = RULE_IDS.filter((id) => names.includes(id));
  return readReason(rules, text.slice(close + 1), today);
}

function unknownRule(name: string): string {
  if (name === '') return 'this comment accepts nothing: no rule stands in its brackets';
  return `this comment accepts nothing: there is no rule ${quoted(clipped(name, 40))} (there are ${RULE_IDS.join(', ')})`;
}

function readReason(rules: readonly RuleId[], text: string, today: string): Read | string {
  const dates = [...text.matchAll(UNTIL)].map(([, date = '']) => date);
  const reason = text.replaceAll(UNTIL, ' ').replaceAll(/\s+/g, ' ').trim();
  if (!/[\p{L}\p{N}]/u.test(reason)) return 'this comment accepts nothing: the reason behind the brackets is missing';
  const wrong = dates.find((date) => !isDate(date));
  if (wrong !== undefined) {
    return `this comment accepts nothing: ${quoted(wrong, 40)} is not a date (until=YYYY-MM-DD)`;
  }
  const [until] = dates.toSorted();
  if (until === undefined) return { rules, reason };
  if (until < today) return `this comment accepts nothing any more: it was good until ${until}`;
  return { rules, reason, until };
}

function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}

/** The comment that accepts this rule on this line, when there is one; the comments stand in the order of lines. */
export function ignoreFor(ignores: readonly Ignore[], line: number, rule: RuleId): Ignore | undefined {
  for (let at = upperBound(ignores, (one) => one.line < line - 1); at < ignores.length; at += 1) {
    const ignore = ignores[at];
    if (ignore === undefined || ignore.line > line) return undefined;
    if (ignore.rules.includes(rule) && (ignore.line === line || ignore.alone)) return ignore;
  }
  return undefined;
}
