import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { devcontainer, devcontainerReferences } from '../../src/files/devcontainer.ts';
import { mapString, scanJson, type JsonNode } from '../../src/files/json-scanner.ts';
import { piecesOf } from '../../src/files/mapped-text.ts';
import { processorTimeOf } from '../support/processor-time.ts';

function references(text: string): readonly string[] {
  return devcontainerReferences({ path: 'devcontainer.json', text }).map(({ reference }) => reference);
}

describe('a devcontainer.json', () => {
  test.each([
    ['devcontainer.json', 'yes'],
    ['.devcontainer.json', 'yes'],
    ['.devcontainer/devcontainer.json', 'yes'],
    ['.devcontainer/a/b/devcontainer.json', 'yes'],
    ['mydevcontainer.json', 'no'],
    ['devcontainer-feature.json', 'no'],
    ['devcontainer.json.bak', 'no'],
  ])('is %s: %s', (path, result) => {
    expect(devcontainer.matches(path)).toBe(result);
  });

  test.each([
    ['{"image": "a", "image": "b"}', ['b']],
    ['{"image": ""}', []],
    ['{"image": 1, "build": "x"}', []],
    ['{"build": {"cacheFrom": [1, "a:1", null]}}', ['a:1']],
    ['["image", "a"]', []],
    ['{"image": "${localEnv:A}${localEnv:B:b}:1"}', ['${localEnv:A}b:1']],
    ['{"image": "a:${devcontainerId}"}', ['a:${devcontainerId}']],
    ['{"image": "a:${open"}', ['a:${open']],
  ])('%s', (text, expected) => {
    expect(references(text)).toEqual(expected);
  });

  test.each(['{', '{"image": "a"', '{"image": a b}', "{'image': 'a'}", '{"image": "a"} x', '{"a" "b"}', '{,}', ''])(
    'that is %s is refused with its name',
    (text) => {
      expect(() => references(text)).toThrow('devcontainer.json is not JSON with comments');
    },
  );

  test('nested too deep is refused', () => {
    expect(() => references('['.repeat(100_000))).toThrow(expect.objectContaining({ code: 'limit' }));
  });
});

function valueOf(node: JsonNode, text: string): unknown {
  switch (node.kind) {
    case 'string':
      return node.value;
    case 'array':
      return node.items.map((item) => valueOf(item, text));
    case 'object':
      return Object.fromEntries(node.members.map(({ key, value }) => [key.value, valueOf(value, text)]));
    case 'literal':
      return JSON.parse(text.slice(node.start, node.end));
    default:
      return node satisfies never;
  }
}

describe('JSON', () => {
  test('is read as JSON.parse reads it, with the places of its values', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 2, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        const node = scanJson(text, 'json');
        expect(node === undefined ? undefined : JSON.stringify(valueOf(node, text))).toBe(
          JSON.stringify(JSON.parse(text)),
        );
        expect(node && text.slice(node.start, node.end)).toBe(text);
      }),
    );
  });

  test('strings know the place of each unit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (value, escapeAll) => {
        const plain = JSON.stringify(value);
        const text = escapeAll
          ? `"${value
              .split('')
              .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
              .join('')}"`
          : plain;
        const node = scanJson(text, 'json');
        const mapped = node?.kind === 'string' ? mapString(text, node) : undefined;
        expect(mapped?.text).toBe(value);
        for (const { text: part, start } of piecesOf(mapped ?? { text: '', runs: [] })) {
          if (!text.includes('\\')) expect(text.slice(start, start + part.length)).toBe(part);
        }
      }),
    );
  });

  test.each([
    ['[1, 2,]', false, true],
    ['{"a": 1,}', false, true],
    ['// x\n[1] // y', false, true],
    ['[1 /* , */ ]', false, true],
    ['[,]', false, false],
    ['[1,,2]', false, false],
    ['/* x', false, false],
    ['[1] /', false, false],
    ['"a\nb"', false, false],
    ['"\\x"', false, false],
    ['"\\', false, false],
    [' \t\r\n[] ', true, true],
    ['[]', true, true],
  ])('%j: JSON %p, with comments %p', (text, json, jsonc) => {
    expect(scanJson(text, 'json') !== undefined).toBe(json);
    expect(scanJson(text, 'jsonc') !== undefined).toBe(jsonc);
  });

  test.each([
    ['quotes', '"'.repeat(200_000)],
    ['comments', '//\n'.repeat(200_000)],
    ['members', `{${'"a":"b",'.repeat(100_000)}"a":1}`],
    ['escapes', `"${'\\u0041'.repeat(100_000)}"`],
  ])('with many %s is read in time', (_name, text) => {
    const read = () => {
      const node = scanJson(text, 'jsonc');
      if (node?.kind === 'string') mapString(text, node);
    };
    expect(processorTimeOf(read)).toBeLessThan(1500);
  });
});
