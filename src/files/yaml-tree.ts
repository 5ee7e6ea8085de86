import {
  emptyNode,
  enter,
  finish,
  isDocumentEnd,
  peek,
  takeProperties,
  type Properties,
  type Tree,
} from './yaml-cursor.ts';
import { closeOf, readLeaf } from './yaml-leaf.ts';
import type { YamlEntry, YamlList, YamlMap, YamlNode } from './yaml-node.ts';
import type { Token } from './yaml-token.ts';

/*
 * Nodes from tokens (YAML 1.2.2, chapters 6 to 9). What stands where YAML allows nothing (a line of a template, a
 * value that is indented wrongly) is passed over, so that the rest of the file is read: whether a file is valid is not
 * judged here. Recursion goes as deep as collections are nested, which is limited.
 */

/** Where a node is expected. */
interface Place {
  /** Column of the collection that the node is an item of; -1 in front of the document. */
  readonly parent: number;
  /** Whether a list at the parent's own column is the node: the value of a key. */
  readonly listAtParent: boolean;
  /** Line of the indicator that announces the node. */
  readonly line: number;
  /** Whether a block collection may begin on that line: behind `-`, `?` and an explicit `:`. */
  readonly compact: boolean;
  /** Where a value that is left out would stand. */
  readonly end: number;
}

/** The documents of a stream of tokens, undefined ones left out. */
export function readDocuments(text: string, tokens: readonly Token[]): readonly YamlNode[] {
  const tree: Tree = { text, tokens, at: 0, depth: 0, anchors: new Map() };
  const documents: YamlNode[] = [];
  let roots: YamlNode[] = [];
  for (let token = peek(tree); token !== undefined; token = peek(tree)) {
    const start = tree.at;
    if (token.kind === '---' || token.kind === '...') {
      tree.at++;
      documents.push(...joinRoots(roots));
      roots = [];
      tree.anchors.clear();
    } else {
      const node = readNode(tree, { parent: -1, listAtParent: false, line: -1, compact: true, end: token.start });
      if (node.end > node.start || node.kind !== 'scalar') roots.push(node);
      if (tree.at === start) tree.at++;
    }
  }
  documents.push(...joinRoots(roots));
  return documents;
}

/** A document that is broken by something that is no YAML gives several roots: its maps are one. */
function joinRoots(roots: readonly YamlNode[]): readonly YamlNode[] {
  const blocks = roots.filter((node) => node.kind === 'map' && !node.flow).filter((node) => node.kind === 'map');
  const [first] = blocks;
  if (first === undefined) return roots.slice(0, 1);
  if (blocks.length === 1) return [first];
  return [{ ...first, entries: blocks.flatMap(({ entries }) => entries), end: blocks.at(-1)?.end ?? first.end }];
}

const SCALARS: ReadonlySet<string> = new Set(['plain', 'single', 'double']);

function belongs(token: Token | undefined, place: Place): token is Token {
  return token !== undefined && isPartOf(token, place);
}

function isPartOf(token: Token, place: Place): boolean {
  if (isDocumentEnd(token)) return false;
  if (token.line === place.line || token.column > place.parent) return true;
  return place.listAtParent && token.kind === '-' && token.column === place.parent && token.first;
}

function readNode(tree: Tree, place: Place): YamlNode {
  passStrayLines(tree, place);
  const token = peek(tree);
  if (!belongs(token, place)) return emptyNode(place.end);
  if (token.kind !== 'anchor' && token.kind !== 'tag') return readContent(tree, token, token.column, place, {});
  const properties = takeProperties(tree, token.line);
  const next = peek(tree);
  const end = tree.tokens[tree.at - 1]?.end ?? place.end;
  if (!belongs(next, place)) return finish(tree, emptyNode(end), properties);
  if (next.line !== token.line)
    return finish(tree, readNode(tree, { ...place, line: -1, compact: true, end }), properties);
  return readContent(tree, next, token.column, place, properties);
}

/** `properties` stand on the content's line: when that is a key, they are the key's. */
function readContent(tree: Tree, token: Token, column: number, place: Place, properties: Properties): YamlNode {
  const mayStartBlock = token.line !== place.line || place.compact;
  if (token.kind === '-' && mayStartBlock) return finish(tree, readList(tree, token.column), properties);
  if (mayStartBlock && isKey(tree)) return readMap(tree, column, properties);
  return finish(tree, readLeaf(tree, token, place.parent), properties);
}

/** Whether the next tokens are a key with its colon on one line, or announce one. */
function isKey(tree: Tree): boolean {
  const token = peek(tree);
  if (token === undefined) return false;
  if (token.kind === '?' || token.kind === ':') return true;
  const last = token.kind === '{' || token.kind === '[' ? closeOf(tree, tree.at) : tree.at;
  const isNode = last > tree.at || SCALARS.has(token.kind) || token.kind === 'alias';
  const colon = tree.tokens[last + 1];
  return isNode && colon?.kind === ':' && colon.line === tree.tokens[last]?.lastLine && colon.line === token.line;
}

function readList(tree: Tree, column: number): YamlList {
  const items: YamlNode[] = [];
  const start = peek(tree)?.start ?? 0;
  enter(tree);
  for (let token = peek(tree); token !== undefined && !isDocumentEnd(token); token = peek(tree)) {
    if (items.length > 0 && isOutside(tree, token, column, '-')) break;
    if (token.kind !== '-' || token.column !== column) {
      pass(tree);
      continue;
    }
    tree.at++;
    items.push(
      readNode(tree, { parent: column, listAtParent: false, line: token.line, compact: true, end: token.end }),
    );
  }
  tree.depth--;
  return { kind: 'list', items, flow: false, start, end: tree.tokens[tree.at - 1]?.end ?? start };
}

function readMap(tree: Tree, column: number, firstKey: Properties): YamlMap {
  const entries: YamlEntry[] = [];
  const start = peek(tree)?.start ?? 0;
  let properties = firstKey;
  enter(tree);
  for (let token = peek(tree); token !== undefined && !isDocumentEnd(token); token = peek(tree)) {
    if (entries.length > 0) {
      if (isOutside(tree, token, column, undefined)) break;
      const line = token.first && token.column === column ? token.line : -1;
      if (line >= 0) properties = takeProperties(tree, line);
      if (line < 0 || !isKey(tree)) {
        pass(tree);
        continue;
      }
    }
    entries.push(readEntry(tree, column, properties));
  }
  tree.depth--;
  return { kind: 'map', entries, flow: false, column, start, end: tree.tokens[tree.at - 1]?.end ?? start };
}

/**
 * Whether a token ends a block collection at `column`, whose items begin with `indicator`. A line that could be no
 * part of any block, such as `{{ end }}` of a template, does not.
 */
function isOutside(tree: Tree, token: Token, column: number, indicator: '-' | undefined): boolean {
  if (!token.first || token.column > column) return false;
  if (token.column === column && (indicator === undefined || token.kind === indicator)) return false;
  return token.kind === '-' || token.kind === 'anchor' || token.kind === 'tag' || isKey(tree);
}

/** Passes over lines of a template (`{{ if … }}`) that stand too far left between a key and its value. */
function passStrayLines(tree: Tree, place: Place): void {
  for (let token = peek(tree); token !== undefined; token = peek(tree)) {
    const isStray = STRAY.has(token.kind) && token.first && !isKey(tree);
    if (!isStray || isPartOf(token, place)) return;
    const { line } = token;
    while (peek(tree)?.line === line) pass(tree);
  }
}

const STRAY: ReadonlySet<string> = new Set(['{', '[', '}', ']', ',', 'broken']);

/** Passes over what is no entry; a flow collection (`{{ if … }}`) as a whole, because it may go over several lines. */
function pass(tree: Tree): void {
  const kind = peek(tree)?.kind;
  tree.at = (kind === '{' || kind === '[' ? closeOf(tree, tree.at) : tree.at) + 1;
}

function readEntry(tree: Tree, column: number, properties: Properties): YamlEntry {
  const token = peek(tree);
  if (token?.kind === '?') {
    tree.at++;
    const place = { parent: column, listAtParent: true, line: token.line, compact: true, end: token.end };
    const key = readNode(tree, place);
    const colon = peek(tree);
    if (colon?.kind !== ':' || colon.column !== column || !colon.first) return { key, value: emptyNode(key.end) };
    tree.at++;
    return { key, value: readNode(tree, { ...place, line: colon.line, end: colon.end }) };
  }
  const isEmpty = token === undefined || token.kind === ':';
  const key = finish(tree, isEmpty ? emptyNode(token?.start ?? 0) : readLeaf(tree, token, column), properties);
  const colon = peek(tree);
  if (colon?.kind !== ':') return { key, value: emptyNode(key.end) };
  tree.at++;
  const value = readNode(tree, {
    parent: column,
    listAtParent: true,
    line: colon.line,
    compact: false,
    end: colon.end,
  });
  return { key, value };
}
