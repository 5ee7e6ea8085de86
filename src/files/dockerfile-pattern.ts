/*
 * The patterns of ${X#p}, ${X%p} and ${X/p/r} (shell/lex.go convertShellPatternToRegex): `*` is any text, `?` any
 * character, `\*`, `\?`, `\\` themselves; `\}` and `\/` are the character without the backslash. Matching keeps a set of
 * states instead of backtracking: at most text × pattern steps.
 */

type Token = { readonly kind: 'star' } | { readonly kind: 'any' } | { readonly kind: 'unit'; readonly unit: string };

export type Pattern = readonly Token[];

/** Counts work down over one file. */
export interface Steps {
  left: number;
}

/** The pattern that the text is, undefined when it is none. */
export function parsePattern(text: string): Pattern | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; at++) {
    let unit = text[at] ?? '';
    if (unit === '*') tokens.push({ kind: 'star' });
    else if (unit === '?') tokens.push({ kind: 'any' });
    else if (unit !== '\\') tokens.push({ kind: 'unit', unit });
    else if (text[at + 1] !== '}' && text[at + 1] !== '/') {
      unit = text[++at] ?? '';
      if (unit !== '*' && unit !== '?' && unit !== '\\') return undefined;
      tokens.push({ kind: 'unit', unit });
    }
  }
  return tokens;
}

/**
 * Where the shortest or longest match ends that begins at `from`; undefined when there is none or the steps are used
 * up (`steps.left` is then negative).
 */
export function matchEnd(
  pattern: Pattern,
  text: string,
  from: number,
  longest: boolean,
  steps: Steps,
): number | undefined {
  // In which round each state was added last; the last state is the end of the pattern.
  const rounds: number[] = [];
  steps.left -= pattern.length;
  let states: number[] = [];
  addState(pattern, 0, states, rounds, from);
  let found = rounds[pattern.length] === from ? from : undefined;
  for (let at = from; at < text.length && states.length > 0; at++) {
    if (found !== undefined && !longest) break;
    steps.left -= states.length;
    if (steps.left < 0) return undefined;
    const next: number[] = [];
    for (const state of states) {
      const token = pattern[state];
      if (token?.kind === 'star') addState(pattern, state, next, rounds, at + 1);
      else if (token?.kind === 'any' || (token?.kind === 'unit' && token.unit === text[at])) {
        addState(pattern, state + 1, next, rounds, at + 1);
      }
    }
    states = next;
    if (rounds[pattern.length] === at + 1) found = at + 1;
  }
  return found;
}

/** Adds a state and those that are reached from it without reading: behind each star. */
function addState(pattern: Pattern, first: number, states: number[], rounds: number[], round: number): void {
  for (let state = first; rounds[state] !== round; state++) {
    rounds[state] = round;
    states.push(state);
    if (pattern[state]?.kind !== 'star') return;
  }
}

/** The text without the shortest or longest beginning that matches; as many units of it are cut off. */
export function prefixLength(pattern: Pattern, text: string, longest: boolean, steps: Steps): number {
  return matchEnd(pattern, text, 0, longest, steps) ?? 0;
}

/** How many units the shortest or longest end of the text has that matches: the beginning of both reversed. */
export function suffixLength(pattern: Pattern, text: string, longest: boolean, steps: Steps): number {
  const reversed = text.split('').toReversed().join('');
  return matchEnd(pattern.toReversed(), reversed, 0, longest, steps) ?? 0;
}

/** The text with the first, or every, longest match replaced. */
export function replaceMatches(
  pattern: Pattern,
  text: string,
  replacement: string,
  every: boolean,
  steps: Steps,
): string {
  const parts: string[] = [];
  let behindMatch = -1;
  for (let at = 0; at <= text.length;) {
    const end = matchEnd(pattern, text, at, true, steps);
    if (end !== undefined && (end > at || behindMatch !== at)) {
      parts.push(replacement);
      if (!every) return parts.join('') + text.slice(end);
      behindMatch = end;
      if (end > at) {
        at = end;
        continue;
      }
    }
    parts.push(text[at] ?? '');
    at++;
    if (steps.left < 0) break;
  }
  return parts.join('');
}
