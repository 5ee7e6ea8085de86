import { readJsonString } from './bake-hcl.ts';
import type { Block, Body, Entry, Expression } from './bake-syntax.ts';
import { mapString, type JsonMember, type JsonNode } from './json-scanner.ts';

/** Blocks of bake (bake/bake.go); each has one label. */
const BLOCKS: ReadonlySet<string> = new Set(['variable', 'target', 'group', 'function']);

/**
 * The body that a JSON bake file is (hashicorp/hcl json/spec.md): members named like blocks hold their labels as keys,
 * a list holds several; every string is a template.
 */
export function bodyOfJson(text: string, root: JsonNode, mentions: Map<string, number>): Body {
  const attributes: Entry[] = [];
  const blocks: Block[] = [];
  for (const { key, value } of membersOf(root)) {
    if (!BLOCKS.has(key.value)) attributes.push({ key: key.value, value: expressionOf(text, value, mentions) });
    else {
      for (const labelled of membersOf(value)) {
        const body = bodyOfJson(text, labelled.value, mentions);
        blocks.push({ type: key.value, labels: [labelled.key.value], body });
      }
    }
  }
  return { attributes, blocks };
}

function membersOf(node: JsonNode): readonly JsonMember[] {
  if (node.kind === 'array') return node.items.flatMap(membersOf);
  return node.kind === 'object' ? node.members : [];
}

function expressionOf(text: string, node: JsonNode, mentions: Map<string, number>): Expression {
  switch (node.kind) {
    case 'string':
      return readJsonString(mapString(text, node), mentions);
    case 'array':
      return { kind: 'list', items: node.items.map((item) => expressionOf(text, item, mentions)) };
    case 'object':
      return {
        kind: 'object',
        entries: node.members.map(({ key, value }) => ({ key: key.value, value: expressionOf(text, value, mentions) })),
      };
    case 'literal':
      return { kind: 'other', terms: [] };
    default:
      return node satisfies never;
  }
}
