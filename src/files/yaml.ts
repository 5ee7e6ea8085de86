import { UserError } from '../core/errors.ts';
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
  /** Work that may still be done on what was read: aliases make a small file say much. */
  readonly work: { left: number };
}

/** Places that are looked at in one file; a file of 2 MiB that people wrote has some thousands. */
const MAX_WORK = 400_000;

/**
 * Counts work on a file whose amount aliases or variables may multiply.
 * @throws UserError `limit` when it is more than a file may cause.
 */
export function spend(file: YamlFile, amount = 1): void {
  file.work.left -= amount;
  if (file.work.left >= 0) return;
  const message = `the file has more than ${MAX_WORK.toLocaleString('en')} places to look at, aliases and variables put in`;
  throw new UserError('limit', message, 'Leave the file out with the input exclude');
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
  const work = { left: MAX_WORK };
  return typeof source === 'string' ? { text, documents, work } : { text, within: source, documents, work };
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
