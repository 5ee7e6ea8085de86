/*
 * Patterns as gitignore has them: `!` takes back what patterns before it named, `*` and `?` do not cross `/`, `**` as a whole component does,
 * `[a-z]`, `[!a-z]`, backslash escapes; a pattern without `/` (but at its end) is about names at any depth, a pattern
 * for a folder is about everything in it. Matching is by components, without backtracking over more than one `*` each,
 * so that no pattern and no path can make it slow.
 */

/** A test made of patterns; false for no patterns. */
export type PathTest = (path: string) => boolean;

/** Whether a path is named: the last pattern that matches it decides. Where all begin with `!`, the others are. */
export function pathTest(patterns: readonly string[]): PathTest {
  const matchers = patterns.map((pattern) => {
    const takesBack = pattern.startsWith('!');
    return { takesBack, matches: compilePath(takesBack ? pattern.slice(1) : pattern) };
  });
  const unnamed = patterns.length > 0 && matchers.every(({ takesBack }) => takesBack);
  return (path) => {
    const components = path.split('/');
    const last = matchers.findLast(({ matches }) => matches(components));
    return last === undefined ? unnamed : !last.takesBack;
  };
}

function compilePath(pattern: string): (components: readonly string[]) => boolean {
  const folderOnly = pattern.endsWith('/');
  const bare = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
  const anchored = bare.includes('/');
  const wanted = bare.replace(/^\//, '').split('/');
  const parts = anchored ? wanted : ['**', ...wanted];
  // What is below a named folder is named too; a pattern that ends in `/` names no file.
  return (components) =>
    components.some((_, index) => {
      const isFile = index === components.length - 1;
      return !(folderOnly && isFile) && matchComponents(parts, components.slice(0, index + 1));
    });
}

/** Components against a pattern's components: the last `**` is the only place to come back to. */
function matchComponents(parts: readonly string[], components: readonly string[]): boolean {
  let part = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < components.length) {
    if (parts[part] === '**') {
      star = part;
      resume = at;
      part += 1;
    } else if (part < parts.length && matchText(parts[part] ?? '', components[at] ?? '')) {
      part += 1;
      at += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      part = star + 1;
    } else return false;
  }
  // A `**` at the end names what is in the folder, not the folder.
  if (part < parts.length && parts[part] === '**' && part === parts.length - 1) return false;
  return part === parts.length;
}

/** One component, or a whole text without meaning for `/`. */
function matchText(pattern: string, text: string): boolean {
  let part = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const step = pattern[part] === '*' ? undefined : matchOne(pattern, part, text[at] ?? '');
    if (pattern[part] === '*') {
      star = part;
      resume = at;
      part += 1;
    } else if (step !== undefined) {
      part = step;
      at += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      part = star + 1;
    } else return false;
  }
  while (pattern[part] === '*') part += 1;
  return part >= pattern.length;
}

/** Where the pattern goes on when its item at `part` takes this character. */
function matchOne(pattern: string, part: number, character: string): number | undefined {
  const item = pattern[part];
  if (item === undefined) return undefined;
  if (item === '?') return part + 1;
  if (item === '\\' && part + 1 < pattern.length) return pattern[part + 1] === character ? part + 2 : undefined;
  if (item === '[') {
    const close = pattern.indexOf(']', part + 2);
    if (close > 0) return inClass(pattern.slice(part + 1, close), character) ? close + 1 : undefined;
  }
  return item === character ? part + 1 : undefined;
}

function inClass(body: string, character: string): boolean {
  const negated = body.startsWith('!') || body.startsWith('^');
  const items = negated ? body.slice(1) : body;
  let found = false;
  for (let at = 0; at < items.length; at += 1) {
    const first = items[at] ?? '';
    const last = items[at + 1] === '-' ? items[at + 2] : undefined;
    if (last === undefined) found ||= first === character;
    else {
      found ||= first <= character && character <= last;
      at += 2;
    }
  }
  return found !== negated;
}

/**
 * Whether a reference's text is named by a pattern of `allow`: `*` stays within a path component, `**` crosses them.
 * All places of the pattern that the text so far can stand at are followed at once: pattern length × text length.
 */
export function matchesReference(pattern: string, text: string): boolean {
  let places = withoutText(pattern, new Set([0]));
  for (const character of text) {
    const next = new Set<number>();
    for (const place of places) {
      if (pattern[place] === '*') {
        if (character !== '/' || isDoubleStar(pattern, place)) next.add(place);
      } else {
        const step = matchOne(pattern, place, character);
        if (step !== undefined && !(pattern[place] === '?' && character === '/')) next.add(step);
      }
    }
    if (next.size === 0) return false;
    places = withoutText(pattern, next);
  }
  return places.has(pattern.length);
}

/** The places, and those behind stars at them, which may stand for nothing. */
function withoutText(pattern: string, places: ReadonlySet<number>): Set<number> {
  const all = new Set(places);
  for (const place of all) if (pattern[place] === '*') all.add(isDoubleStar(pattern, place) ? place + 2 : place + 1);
  return all;
}

function isDoubleStar(pattern: string, place: number): boolean {
  return pattern[place + 1] === '*';
}
