import { emptyNode, enter, finish, peek, takeProperties, type Tree } from './yaml-cursor.ts';
import type { YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar } from './yaml-node.ts';
import { scalarText } from './yaml-scalar.ts';
import type { Token } from './yaml-token.ts';

/** Index of the token that closes the flow collection which begins at `from`; of the last token when none does. */
export function closeOf(tree: Tree, from: number): number {
  let open = 0;
  for (let at = from; at < tree.tokens.length; at++) {
    const kind = tree.tokens[at]?.kind;
    if (kind === '{' || kind === '[') open++;
    else if (kind === '}' || kind === ']') open--;
    else if (kind === 'broken' || kind === '---' || kind === '...') return at - 1;
    if (open === 0) return at;
  }
  return tree.tokens.length - 1;
}

/** A scalar, an alias or a flow collection; nothing for what cannot be a node. */
export function readLeaf(tree: Tree, token: Token, parent: number): YamlNode {
  const { start, end } = token;
  if (token.kind === '{' || token.kind === '[') return readFlow(tree, token);
  if (token.kind === 'header') return readBlockScalar(tree, token, parent);
  tree.at++;
  if (token.kind === 'plain' || token.kind === 'single' || token.kind === 'double') {
    return scalarNode(tree, { style: token.kind, start, end, indent: 0 });
  }
  if (token.kind !== 'alias') return emptyNode(start);
  return { kind: 'alias', start, end, target: tree.anchors.get(tree.text.slice(start + 1, end)) };
}

function scalarNode(tree: Tree, scalar: Omit<YamlScalar, 'kind' | 'text'>): YamlScalar {
  return { kind: 'scalar', ...scalar, text: scalarText(tree.text, scalar) };
}

function readBlockScalar(tree: Tree, header: Token, parent: number): YamlScalar {
  tree.at++;
  const style = tree.text[header.start] === '|' ? 'literal' : 'folded';
  const token = peek(tree);
  if (token?.kind !== 'block') return scalarNode(tree, { style, start: header.end, end: header.end, indent: 0 });
  tree.at++;
  const { start, end } = token;
  const indicators = tree.text.slice(header.start, header.end);
  const digit = /[1-9]/.exec(indicators)?.[0];
  const indent = digit === undefined ? indentOf(tree.text, start, end) : Math.max(0, parent) + Number(digit);
  const scalar = scalarNode(tree, { style, start, end, indent });
  return indicators.includes('-') ? { ...scalar, text: scalar.text.replace(/\n$/, '') } : scalar;
}

/** Indentation of the first line that is not empty. */
function indentOf(text: string, from: number, to: number): number {
  let lineStart = from;
  for (let at = from; at < to; at++) {
    if (text[at] === '\n') lineStart = at + 1;
    else if (text[at] !== ' ' && text[at] !== '\r') return at - lineStart;
  }
  return to - from;
}

function readFlow(tree: Tree, open: Token): YamlMap | YamlList {
  const entries: YamlEntry[] = [];
  const items: YamlNode[] = [];
  const isMap = open.kind === '{';
  enter(tree);
  tree.at++;
  for (let token = peek(tree); token !== undefined && !isFlowEnd(token); token = peek(tree)) {
    if (token.kind === ',' || token.kind === '?') {
      tree.at++;
      continue;
    }
    const key = readFlowNode(tree);
    const colon = peek(tree);
    if (colon?.kind === ':') {
      tree.at++;
      const entry = { key, value: readFlowNode(tree) };
      entries.push(entry);
      const { start, end } = { start: key.start, end: entry.value.end };
      if (!isMap) items.push({ kind: 'map', entries: [entry], flow: true, column: 0, start, end });
    } else if (isMap) entries.push({ key, value: emptyNode(key.end) });
    else items.push(key);
  }
  const close = peek(tree);
  if (close?.kind === '}' || close?.kind === ']') tree.at++;
  tree.depth--;
  const range = { start: open.start, end: tree.tokens[tree.at - 1]?.end ?? open.end };
  return isMap
    ? { kind: 'map', entries, flow: true, column: open.column, ...range }
    : { kind: 'list', items, flow: true, ...range };
}

function isFlowEnd({ kind }: Token): boolean {
  return kind === '}' || kind === ']' || kind === 'broken' || kind === '---' || kind === '...';
}

function readFlowNode(tree: Tree): YamlNode {
  const token = peek(tree);
  if (token?.kind === 'anchor' || token?.kind === 'tag') {
    const properties = takeProperties(tree, token.line);
    return finish(tree, readFlowNode(tree), properties);
  }
  const before = tree.tokens[tree.at - 1]?.end ?? 0;
  if (token === undefined || isFlowEnd(token) || token.kind === ',' || token.kind === ':') return emptyNode(before);
  return readLeaf(tree, token, 0);
}
