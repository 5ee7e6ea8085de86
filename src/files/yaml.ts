import type { MappedText } from './mapped-text.ts';
import type { YamlNode } from './yaml-node.ts';
import { newLexemeBudget, readTokens } from './yaml-token.ts';
import { readDocuments } from './yaml-tree.ts';

export type * from './yaml-node.ts';

/** A YAML stream (a JSON document is one). */
export interface YamlFile {
  readonly text: string;
  /** Where the text stands, when it is a scalar of another file. */
  readonly within?: MappedText;
  /** The root of each document that holds something. */
  readonly documents: readonly YamlNode[];
}

/**
 * The documents of a text for which `isWanted` says yes of their part of the text; others are not even split into
 * tokens, which is what takes the time. Errors in the YAML are passed over.
 * @throws UserError `limit` for a text that is nested too deeply or takes too long.
 */
export function readYaml(source: string | MappedText, isWanted: (part: string) => boolean = () => true): YamlFile {
  const text = typeof source === 'string' ? source : source.text;
  const budget = newLexemeBudget();
  const documents: YamlNode[] = [];
  for (const [start, end] of documentRanges(text)) {
    if (isWanted(text.slice(start, end))) documents.push(...readDocuments(text, readTokens(text, start, end, budget)));
  }
  return typeof source === 'string' ? { text, documents } : { text, within: source, documents };
}

/** The parts of a stream from `---` to `---`, which begins a document wherever it begins a line (YAML 1.2.2, 9.1.2). */
function documentRanges(text: string): readonly (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = [];
  let start = 0;
  for (let at = text.indexOf('\n---'); at >= 0; at = text.indexOf('\n---', at + 1)) {
    const behind = text[at + 4];
    if (behind !== undefined && !/\s/.test(behind)) continue;
    ranges.push([start, at + 1]);
    start = at + 1;
  }
  return [...ranges, [start, text.length]];
}
