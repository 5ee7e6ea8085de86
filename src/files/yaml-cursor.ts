import { UserError } from '../core/errors.ts';
import { LIMITS } from '../core/limits.ts';
import type { YamlNode, YamlScalar } from './yaml-node.ts';
import type { Token } from './yaml-token.ts';

/** The tokens of a document, how far they are read, and what is known so far. */
export interface Tree {
  readonly text: string;
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
  readonly anchors: Map<string, YamlNode>;
}

/** What may stand in front of a node. */
export interface Properties {
  readonly anchor?: string;
  readonly tag?: string;
}

/** The next token, if there is one. */
export function peek(tree: Tree): Token | undefined {
  return tree.tokens[tree.at];
}

/** Whether the token separates documents. */
export function isDocumentEnd(token: Token): boolean {
  return token.kind === '---' || token.kind === '...';
}

/** Anchors and tags that stand one after the other on a line; the last of each counts. */
export function takeProperties(tree: Tree, line: number): Properties {
  const properties: { anchor?: string; tag?: string } = {};
  for (let token = peek(tree); token?.line === line; token = peek(tree)) {
    if (token.kind === 'anchor') properties.anchor = tree.text.slice(token.start + 1, token.end);
    else if (token.kind === 'tag') properties.tag = tree.text.slice(token.start, token.end);
    else break;
    tree.at++;
  }
  return properties;
}

/** The node with its properties; known by its anchor from here on, so that no node can hold itself. */
export function finish(tree: Tree, node: YamlNode, { anchor, tag }: Properties): YamlNode {
  const tagged = tag === undefined || node.kind === 'alias' ? node : { ...node, tag };
  if (anchor !== undefined) tree.anchors.set(anchor, tagged);
  return tagged;
}

/** A value that is left out. */
export function emptyNode(at: number): YamlScalar {
  return { kind: 'scalar', style: 'plain', text: '', start: at, end: at, indent: 0 };
}

/** Goes one collection deeper. @throws UserError `limit` below the depth that LIMITS allows. */
export function enter(tree: Tree): void {
  if (++tree.depth <= LIMITS.yamlDepth) return;
  const message = `the file's YAML is nested deeper than ${LIMITS.yamlDepth} levels`;
  throw new UserError('limit', message, 'Leave the file out with the input exclude');
}
