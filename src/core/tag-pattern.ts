import { UserError } from './errors.ts';
import { quoted } from './printable.ts';

/*
 * Patterns of tags, as shells have them:
 *
 *   pattern := 1*( "*" | "?" | class | character )
 *   class   := "[" [ "!" | "^" ] 1*( character [ "-" character ] ) "]"
 *
 * A tag holds no `/`, so `*` stands for anything.
 */

type Item =
  | { readonly kind: 'any' }
  | { readonly kind: 'one' }
  | { readonly kind: 'class'; readonly negated: boolean; readonly ranges: readonly (readonly [string, string])[] }
  | { readonly kind: 'character'; readonly character: string };

/** A pattern of tags that was read. */
export interface TagPattern {
  /** As the user wrote it. */
  readonly text: string;
  readonly items: readonly Item[];
}

const CHARACTER = /^[\w.-]$/;

/** The pattern that `text` is. @throws UserError `bad-input` */
export function parseTagPattern(text: string): TagPattern {
  const items: Item[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '*') items.push({ kind: 'any' });
    else if (character === '?') items.push({ kind: 'one' });
    else if (character === '[') {
      const close = text.indexOf(']', at + 2);
      const item = close < 0 ? undefined : readClass(text.slice(at + 1, close));
      if (item === undefined) throw notAPattern(text, 'a [ begins a class of characters that has no end');
      items.push(item);
      at = close;
    } else if (CHARACTER.test(character)) items.push({ kind: 'character', character });
    else throw notAPattern(text, `no tag holds ${quoted(character)}`);
  }
  return { text, items };
}

function notAPattern(text: string, why: string): UserError {
  const last = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf(':')) + 1);
  const hint = last !== text && /^[\w.*?-]+$/.test(last) ? `Write ${last}` : 'Write patterns such as latest or v[0-9]*';
  return new UserError('bad-input', `${quoted(text)} is not a pattern of tags: ${why}`, hint);
}

function readClass(body: string): Item | undefined {
  const negated = body.startsWith('!') || body.startsWith('^');
  const members = negated ? body.slice(1) : body;
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < members.length; at += 1) {
    const first = members.charAt(at);
    const last = members[at + 1] === '-' ? members[at + 2] : undefined;
    ranges.push([first, last ?? first]);
    if (last !== undefined) at += 2;
  }
  return ranges.length === 0 ? undefined : { kind: 'class', negated, ranges };
}

/** Whether the tag is named by the pattern. Only the last `*` is ever come back to: pattern length × tag length. */
export function matchesTag({ items }: TagPattern, tag: string): boolean {
  let item = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < tag.length) {
    const current = items[item];
    if (current?.kind === 'any') {
      star = item;
      resume = at;
      item += 1;
    } else if (current !== undefined && takes(current, tag.charAt(at))) {
      item += 1;
      at += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      item = star + 1;
    } else return false;
  }
  return items.slice(item).every(({ kind }) => kind === 'any');
}

function takes(item: Item, character: string): boolean {
  if (item.kind === 'character') return item.character === character;
  if (item.kind !== 'class') return true;
  return item.ranges.some(([first, last]) => first <= character && character <= last) !== item.negated;
}

/** The first of the patterns that names the tag. */
export function patternFor(patterns: readonly TagPattern[], tag: string): TagPattern | undefined {
  return patterns.find((pattern) => matchesTag(pattern, tag));
}
