import { expandWord, type Budget, type Variables } from './dockerfile-expand.ts';
import { splitQuotedWords, type EscapeToken } from './dockerfile-words.ts';
import type { Expansion } from './expansion.ts';
import { consultedBoth, textOf } from './expansion.ts';
import { rangeOf, sliceText, type MappedText } from './mapped-text.ts';
import type { Range } from './site.ts';

/** Arguments that BuildKit sets before the first ARG (dockerfile2llb/platform.go defaultArgs). */
const PLATFORM_ARGUMENTS: ReadonlySet<string> = new Set([
  'BUILDPLATFORM',
  'BUILDOS',
  'BUILDOSVERSION',
  'BUILDARCH',
  'BUILDVARIANT',
  'TARGETPLATFORM',
  'TARGETOS',
  'TARGETOSVERSION',
  'TARGETARCH',
  'TARGETVARIANT',
  'TARGETSTAGE',
]);

/** More ARGs before the first FROM than this are not read: a chain of them can be long, not the list. */
const MAX_DECLARATIONS = 1000;

interface Declaration {
  readonly name: string;
  readonly range: Range;
  readonly value: string;
}

/** The ARGs before the first FROM: the only ones that FROM sees. */
export interface Arguments extends Variables {
  /** Reads the words of one ARG instruction. */
  readonly declare: (words: MappedText) => void;
  /** The default that a declaration has: as written, and the value that it gives. */
  readonly defaultOf: (declaration: number) => Declaration | undefined;
  /** Whether it declares an argument that BuildKit sets and commands use. */
  readonly isOfPlatform: (declaration: number) => boolean;
}

/** Whether the variable is one of the platform of the build. */
export function isPlatformArgument(name: string): boolean {
  return PLATFORM_ARGUMENTS.has(name);
}

/** No argument declared yet. */
export function newArguments(escape: EscapeToken, budget: Budget): Arguments {
  const values = new Map<string, Expansion>();
  const withoutDefault = new Set<string>();
  const declarations: Declaration[] = [];
  const self: Arguments = {
    valueOf: (name) => values.get(name),
    absence: (name) => absenceOf(name, withoutDefault, declarations.length),
    defaultOf: (declaration) => declarations[declaration],
    isOfPlatform: (declaration) => isPlatformArgument(declarations[declaration]?.name ?? ''),
    declare: (words) => {
      for (const word of splitQuotedWords(words, escape)) {
        const equals = word.text.indexOf('=');
        if (equals < 0) withoutDefault.add(word.text);
        else if (equals > 0 && declarations.length < MAX_DECLARATIONS) {
          const name = word.text.slice(0, equals);
          values.set(name, declareDefault(name, sliceText(word, equals + 1)));
        }
      }
    },
  };
  function declareDefault(name: string, written: MappedText): Expansion {
    const id = declarations.length;
    const expanded = expandWord(written, escape, self, budget, id);
    if (expanded.failure !== undefined) {
      declarations.push({ name, range: rangeOf(written), value: '' });
      const why = `the default of ARG ${name} cannot be expanded: ${expanded.failure}`;
      return {
        pieces: [{ text: '', unknown: { written: `\${${name}}`, why, filled: true } }],
        consulted: new Set([id]),
      };
    }
    declarations.push({ name, range: unquotedRange(written), value: textOf(expanded.pieces) });
    return { pieces: expanded.pieces, consulted: consultedBoth(new Set([id]), expanded.consulted) };
  }
  return self;
}

/** The default without one pair of quotes around it. */
function unquotedRange(written: MappedText): Range {
  const { text } = written;
  const quote = text[0];
  const quoted = text.length > 1 && (quote === '"' || quote === "'") && text.endsWith(quote);
  return rangeOf(quoted ? sliceText(written, 1, text.length - 1) : written);
}

function absenceOf(name: string, withoutDefault: ReadonlySet<string>, count: number): { why: string; filled: boolean } {
  if (isPlatformArgument(name)) return { why: `${name} depends on the platform of the build`, filled: true };
  if (withoutDefault.has(name)) return { why: `ARG ${name} has no default`, filled: false };
  if (count >= MAX_DECLARATIONS) return { why: `more than ${MAX_DECLARATIONS} ARGs stand before FROM`, filled: false };
  return { why: `no ARG before the first FROM declares ${name}`, filled: false };
}
