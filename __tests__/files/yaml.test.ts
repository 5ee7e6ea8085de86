import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments, stringify, type Node, type Pair } from 'yaml';
import { parseDigest } from '../../src/core/digest.ts';
import { applyEdits, pinSite } from '../../src/files/edit.ts';
import { FORMATS } from '../../src/files/index.ts';
import { mapText, placeOf } from '../../src/files/mapped-text.ts';
import { entriesOf, keyOf, mapOf, mapScalar, mapsIn, scalarOf, textOf, valueOf } from '../../src/files/yaml-lookup.ts';
import { helmNumber, misreadValue } from '../../src/files/yaml-value.ts';
import { readYaml, type YamlNode, type YamlScalar } from '../../src/files/yaml.ts';

/** A node as plain data: maps as lists of pairs, scalars as their text. */
type Shape = string | readonly Shape[] | { readonly map: readonly (readonly [Shape, Shape])[] } | null;

function shapeOf(node: YamlNode): Shape {
  switch (node.kind) {
    case 'alias':
      return null;
    case 'scalar':
      return node.text.replace(/\n+$/, '');
    case 'list':
      return node.items.map(shapeOf);
    case 'map':
      return { map: node.entries.map(({ key, value }) => [shapeOf(key), shapeOf(value)]) };
    default:
      return node satisfies never;
  }
}

/** The same of what the yaml package composes; its failsafe schema makes no numbers of texts. */
function oracleShape(node: Node | Pair | null | undefined): Shape {
  if (node === null || node === undefined) return '';
  if (isAlias(node)) return null;
  if (isScalar(node)) return typeof node.value === 'string' ? node.value.replace(/\n+$/, '') : '';
  if (isSeq<Node | Pair>(node)) return node.items.map(oracleShape);
  if (isPair<Node, Node>(node)) return { map: [[oracleShape(node.key), oracleShape(node.value)]] };
  if (!isMap<Node, Node>(node)) throw new Error('unknown node');
  return { map: node.items.map(({ key, value }) => [oracleShape(key), oracleShape(value)]) };
}

/** Undefined for a text in which the package finds errors. */
function oracle(text: string): readonly Shape[] | undefined {
  const documents = parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false, merge: false });
  const list = Array.isArray(documents) ? documents : [];
  if (list.some(({ errors }) => errors.length > 0)) return undefined;
  return list.map(({ contents }) => oracleShape(contents)).filter((shape) => shape !== '');
}

function shapes(text: string): readonly Shape[] {
  return readYaml(text)
    .documents.map(shapeOf)
    .filter((shape) => shape !== '');
}

/** Spellings of YAML 1.2.2's chapters 6 to 9. */
const SPELLINGS: readonly string[] = [
  'a: b\nc: d',
  '- a\n- - b\n  - c\n-\n  - d\n- ',
  'a:\n- b\n- c\nd:\n  - e\n',
  'a: {b: c, "d": e, f, ? g : h, i: , : j}',
  'a: [b, c: d, [e], {f: g}, ]',
  '{"a":"b","c":["d","e"],"f":{"g":"h"}}',
  'a: >\n  b\n  c\n\n  d\n   e\n  f\n\n\n  g\n',
  'a: |\n  b\n   c\n\n  d\ne: |-\n  f\ng: |+\n  h\n\ni: j',
  'a: |2\n    b\n   c\nd: >1\n  e\n f\n',
  '- |\n a\n- >-\n b\n c\n- |1\n  d\n',
  '- - |2\n     a\n',
  "a: 'b''c'\nd: 'e\n  f\n\n  g'\n",
  'a: "b\\n\\x41\\u00e9\\"\\\n  c\n  d\\ \n\n  e"\n',
  'a: b\n  c\n\n  d # e\nf: g#h\ni: "j" # k\n',
  '? a\n: b\n? - c\n: - d\n? |\n  e\n: f\n',
  '?\n- a\n:\n- b\n',
  '&a b: &c d\n*a : *c\n',
  '&a\nb: &c\n  d: e\nf: !t\n  - g\n',
  'a: !!str b\nc: !<tag:x> d\ne: ! f\n!!str g: h\n',
  '--- a\n--- |\n b\n---\nc: d\n...\n---\n- e\n',
  '%YAML 1.2\n---\na: b\n...\n%YAML 1.2\n---\nc: d\n',
  '# a\na: # b\n  # c\n  b: c\n  # d\n# e\nf:\n',
  'a: b:c\nd: http://e:1/f\ng: -h\ni: ?j\nk: :l\n',
  'a\\b: c\n"d:e": f\n[g]: h\n{i: j}: k\n',
  'a:   \n  b:\t c\n',
  'a:\r\n  - b\r\n  - >-\r\n    c\r\n    d\r\n',
  '- a: b\n  c: d\n-   e: f\n    g: h\n- - i: j\n',
  'a: [\n  b,\n  # c\n  d\n]\ne: {\n  f: g\n  }\n',
  'a:\n  b: |\n    c: d\n    - e\n\n  f: g\n',
  '\n\n  \na: b',
  '"a": "b"\n\'c\': \'d\'',
];

describe('the reader', () => {
  test.each(SPELLINGS)('reads %j as the yaml package does', (text) => {
    expect(shapes(text)).toEqual(oracle(text));
  });

  const text = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.string({ unit: fc.constantFrom('a', ' ', '\n', ':', '#', '-', '"', "'", '1', '{', '*', '\t'), maxLength: 12 }),
    fc.constantFrom('nginx:1.27', '1.10', 'null', '', 'a: b', '- c', '# d', '"', "it's", 'a\n\nb\n', ' x', 'true'),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      text,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(text, tie('value'), { maxKeys: 4 }),
    ),
  }));

  test('reads whatever the yaml package writes', () => {
    const styles = fc.record({
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
      defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
      collectionStyle: fc.constantFrom('any', 'flow', 'block'),
      lineWidth: fc.constantFrom(0, 20),
    });
    fc.assert(
      fc.property(value, styles, fc.boolean(), (data, style, crlf) => {
        const written = stringify(data, style);
        const source = crlf ? written.replaceAll('\n', '\r\n') : written;
        const expected = oracle(source);
        // It writes some texts that it cannot read.
        fc.pre(expected !== undefined);
        expect(shapes(source)).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  test('knows where each unit of a scalar stands', () => {
    const source = "a: \"b\\x41 c\"\nd: >-\n  e\n  f\n\n  g\nh: 'i''j'\nk: l\n  m\n";
    const file = readYaml(source);
    const scalars = file.documents
      .flatMap((document) => [...mapsIn(document)])
      .flatMap(({ entries }) => entries.map((entry) => scalarOf(entry.value)))
      .filter((scalar) => scalar !== undefined);
    const letters = scalars.map((scalar) => mapScalar(file, scalar));
    expect(letters.map((mapped) => mapped.text.trimEnd())).toEqual(['bA c', 'e f\ng', "i'j", 'l m']);
    for (const mapped of letters) {
      for (const [index, unit] of mapped.text.split('').entries()) {
        if (/[a-z]/.test(unit)) expect(source[placeOf(mapped, index)]).toBe(unit);
      }
    }
  });

  test('knows the places of a text inside of a text', () => {
    const source = 'patch: |-\n  a: "b\\x41"\n  c: d\n';
    const outer = readYaml(source);
    const patch = scalarOf(valueOf(mapOf(outer.documents[0]) ?? failed(), 'patch')) ?? failed();
    const inner = readYaml(mapScalar(outer, patch));
    const scalar = scalarOf(valueOf(mapOf(inner.documents[0]) ?? failed(), 'c')) ?? failed();
    expect(source[placeOf(mapScalar(inner, scalar), 0)]).toBe('d');
  });

  test.each([
    [
      'a: 1\n  b: 2\nc: 3',
      {
        map: [
          ['a', '1'],
          ['c', '3'],
        ],
      },
    ],
    [
      'a: [1\nb: 2',
      {
        map: [
          ['a', ['1']],
          ['b', '2'],
        ],
      },
    ],
    [
      'a: "1\nb: 2',
      {
        map: [['a', '1 b: 2']],
      },
    ],
    [
      '{{ if }}\na: 1\n{{ end }}\nb: 2',
      {
        map: [
          ['a', '1'],
          ['b', '2'],
        ],
      },
    ],
    [
      'a:\n{% if %}\n  b: 1\n{% endif %}\n  c: 2',
      {
        map: [
          [
            'a',
            {
              map: [
                ['b', '1'],
                ['c', '2'],
              ],
            },
          ],
        ],
      },
    ],
    ['- a\n{{ x }}\n- b', ['a', 'b']],
    [
      'a: 1\n}\nb: 2',
      {
        map: [
          ['a', '1'],
          ['b', '2'],
        ],
      },
    ],
    [
      'a: 1\njust text\nb: 2',
      {
        map: [
          ['a', '1'],
          ['b', '2'],
        ],
      },
    ],
    [
      '  a: 1\nb: 2',
      {
        map: [
          ['a', '1'],
          ['b', '2'],
        ],
      },
    ],
    [
      'a: *missing\nb: 2',
      {
        map: [
          ['a', null],
          ['b', '2'],
        ],
      },
    ],
    [
      'a: 1 \u0002\u0018\u001F\nb: 2',
      {
        map: [
          ['a', '1 \u0002\u0018\u001F'],
          ['b', '2'],
        ],
      },
    ],
  ])('reads what can be read of %j', (source, shape) => {
    expect(shapes(source)).toEqual([shape]);
  });

  test('leaves out documents that are not wanted', () => {
    const source = 'a: 1\n---\nb: 2\n--- # c\nd: 3\n---e: 4\n';
    expect(readYaml(source, (part) => part.includes('b:')).documents.map(shapeOf)).toEqual([{ map: [['b', '2']] }]);
    expect(readYaml(source).documents).toHaveLength(3);
  });
});

function many(count: number, of: (index: number) => string, separator = '\n'): string {
  return Array.from({ length: count }, (_, index) => of(index)).join(separator);
}

describe('hostile texts', () => {
  const SIZE = 2 * 1024 * 1024;

  test.each([
    ['flow lists', '['],
    ['flow maps', '{a: '],
    ['lists', '- '],
    ['explicit keys', '? '],
  ])('nested %s are refused', (_, part) => {
    expect(readYaml(part.repeat(50)).documents).toHaveLength(1);
    expect(() => readYaml(part.repeat(150))).toThrow(expect.objectContaining({ code: 'limit' }));
  });

  test('nested maps are refused', () => {
    const nested = Array.from({ length: 150 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('');
    expect(() => readYaml(nested)).toThrow('nested deeper than 100 levels');
  });

  test.each(['a:\n', '- *a\n', ',', '{{ a }}\n', "k: '\n"])('many %j are read or refused in time', (part) => {
    expect(() => readYaml(`[${part.repeat(SIZE / part.length)}`)).toThrow('too many to be read in time');
  });

  test('100,000 keys and anchors are read', () => {
    const keys = Array.from({ length: 100_000 }, (_, index) => `k${index}: &a${index} v`).join('\n');
    expect(mapOf(readYaml(keys).documents[0])?.entries).toHaveLength(100_000);
  });

  test('aliases of aliases are no work', () => {
    const levels = Array.from(
      { length: 60 },
      (_, index) => `a${index + 1}: &a${index + 1} {<<: [*a${index}, *a${index}]}`,
    );
    const file = readYaml(['a0: &a0 {x: y}', ...levels].join('\n'));
    const last = mapOf(valueOf(mapOf(file.documents[0]) ?? failed(), 'a60')) ?? failed();
    expect(textOf(valueOf(last, 'x'))).toBe('y');
    expect(entriesOf(last).map(keyOf)).toEqual(['x']);
  });

  const list = (item: string) => `x: &x [${many(5000, () => item, ', ')}]\n`;
  const circle = (reference: (index: number) => string) =>
    many(9, (index) => `  A${index}: "${reference(index + 1).repeat(100)}"`);

  test.each([
    ['compose', `${list('{type: image, source: a:1}')}services:\n${many(5000, (i) => `  s${i}: {volumes: *x}`)}`],
    ['kubernetes', `apiVersion: v1\nkind: Pod\n${list('{image: a:1}')}y:\n${many(5000, () => '  - containers: *x')}`],
    ['kustomize', `x: &x "image ${'a'.repeat(99_999)}"\npatches:\n${many(5000, () => '- patch: *x')}`],
    ['github-workflow', `${list('{run: docker run a}')}jobs:\n${many(5000, (i) => `  s${i}: {steps: *x}`)}`],
    [
      'github-workflow',
      `env:\n${circle((i) => `\${{ env.A${i} }}`)}\n  A9: x\njobs: {a: {container: "\${{ env.A0 }}"}}`,
    ],
    ['gitlab-ci', `${list('a:1')}${many(5000, (i) => `s${i}: {services: *x}`)}`],
    ['gitlab-ci', `variables:\n${circle((i) => `$A${i}`)}\n  A9: x\na: {image: $A0}`],
    ['pre-commit', `${list('{language: docker_image, entry: a:1}')}repos:\n${many(5000, () => '  - hooks: *x')}`],
  ])('what aliases and variables of %s multiply is refused in time', (id, text) => {
    const format = FORMATS.find((known) => known.id === id) ?? failed();
    const find = () => format.find({ path: '.gitlab-ci.yml', text }, { imageKeys: [], sibling: () => undefined });
    expect(find).toThrow(expect.objectContaining({ code: 'limit' }));
  });

  test('a map that merges thousands of others is refused', () => {
    const maps = Array.from({ length: 2000 }, (_, index) => `a${index}: &a${index} {k${index}: v}`);
    const merged = `all: {<<: [${maps.map((_, index) => `*a${index}`).join(', ')}]}`;
    const root = mapOf(readYaml([...maps, merged].join('\n')).documents[0]) ?? failed();
    const all = mapOf(valueOf(root, 'all')) ?? failed();
    expect(() => valueOf(all, 'none')).toThrow(expect.objectContaining({ code: 'limit' }));
  });
});

function failed(): never {
  throw new Error('it is not there');
}

describe('the look-up', () => {
  const source = `
base: &base {a: 1, b: 2}
other: &other {b: 3, c: 4}
one: {<<: *base, b: 5}
two: {<<: [*other, *base]}
same: {a: 1, a: 2}
alias: *base
nothing: ~
`;
  const root = mapOf(readYaml(source).documents[0]) ?? failed();
  const at = (...path: readonly string[]) =>
    textOf(path.reduce<YamlNode | undefined>((node, key) => valueOf(mapOf(node) ?? failed(), key), root));

  test.each([
    ['own keys win over merged ones', ['one', 'b'], '5'],
    ['merged keys are found', ['one', 'a'], '1'],
    ['the first merged map wins', ['two', 'b'], '3'],
    ['later ones are used as well', ['two', 'a'], '1'],
    ['the last of equal keys counts', ['same', 'a'], '2'],
    ['aliases are followed', ['alias', 'b'], '2'],
    ['null is nothing', ['nothing'], undefined],
  ])('%s', (_, path, expected) => {
    expect(at(...path)).toBe(expected);
  });
});

function plain(text: string): YamlScalar {
  return { kind: 'scalar', style: 'plain', text, start: 0, end: text.length, indent: 0 };
}

describe('what YAML reads instead of a tag', () => {
  test.each([
    ['1.10', '1.1'],
    ['72225e2', '7222500'],
    ['7e3', '7000'],
    ['0362525', '124245'],
    ['0389', '389'],
    ['20190612073634', '20190612073634'],
    ['1_000', '1000'],
    ['0x1F', '31'],
    ['0b11', '3'],
    ['0o17', '15'],
    ['-1.', '-1'],
    ['.5', '0.5'],
    ['+12e03', '12000'],
    ['.inf', '.inf'],
    ['.NaN', '.NaN'],
    ['true', 'true'],
    ['on', 'true'],
    ['No', 'false'],
    ['y', 'true'],
    ['N', 'false'],
    ['yEs', undefined],
    ['0X1f', '31'],
    ['0B11', '3'],
    ['-0755', '-493'],
    ['1__0', '10'],
    ['12345678901234567890', '12345678901234567890'],
    ['0b12', undefined],
    ['NaN', undefined],
    ['12:30:45', undefined],
    ['2024-01-01T00:00:00Z', undefined],
    ['1.2.3', undefined],
    ['v1', undefined],
    ['1.10-alpine', undefined],
    ['2024-01-01', undefined],
    ['latest', undefined],
    ['null', undefined],
    ['', undefined],
    ['_1', undefined],
    ['1e', undefined],
    ['9'.repeat(100), '9'.repeat(100)],
    ['9'.repeat(129), undefined],
  ])('%s is %s', (text, expected) => {
    expect(misreadValue(plain(text))).toBe(expected);
  });

  // What Helm 3 prints for `{{ .Values.tag }}` of these (sigs.k8s.io/yaml, then float64 with %v).
  test.each([
    ['20190612073634', '2.0190612073634e+13'],
    ['7222500', '7.2225e+06'],
    ['1000000', '1e+06'],
    ['123456', '123456'],
    ['0.001', '0.001'],
    ['0.00001', '1e-05'],
    ['12345678901234567890', '1.2345678901234567e+19'],
    ['-1234567', '-1.234567e+06'],
    ['0', '0'],
    ['1.1', '1.1'],
    ['true', 'true'],
    ['.inf', '.inf'],
  ])('Helm writes %s as %s', (value, expected) => {
    expect(helmNumber(value)).toBe(expected);
  });

  test('a quoted or tagged one is a text', () => {
    expect(misreadValue({ ...plain('1.10'), style: 'double' })).toBeUndefined();
    expect(misreadValue({ ...plain('1.10'), tag: '!!str' })).toBeUndefined();
  });
});

describe('every YAML format', () => {
  const IDS = [
    'compose',
    'kubernetes',
    'kustomize',
    'helm-values',
    'github-workflow',
    'github-action',
    'gitlab-ci',
    'pre-commit',
  ];
  const ROOT = join(import.meta.dirname, '../fixtures/files');
  const DIGEST = parseDigest(`sha256:${'c3'.repeat(32)}`);
  const texts = IDS.flatMap((id) =>
    readdirSync(join(ROOT, id)).flatMap((name) =>
      readdirSync(join(ROOT, id, name))
        .filter((file) => file !== 'expected.json' && file !== 'pinned.txt')
        .map((file) => readFileSync(join(ROOT, id, name, file), 'utf8')),
    ),
  );
  const cut = fc.record({
    text: fc.constantFrom(...texts),
    from: fc.nat(),
    length: fc.nat({ max: 20 }),
    other: fc.oneof(
      fc.constantFrom(...texts),
      fc.constantFrom('', '\n', ' ', '"', "'", '[', '{', '}', '&a ', '*a', '|\n', '${', '${{', ': ', '- '),
    ),
    at: fc.nat(),
  });

  test('reads whatever it is given, says where things are, and pins twice as it pins once', () => {
    const path = 'x.yaml';
    fc.assert(
      fc.property(cut, fc.constantFrom(...IDS), ({ text, from, length, other, at }, id) => {
        const format = FORMATS.find((known) => known.id === id) ?? failed();
        const start = from % (text.length + 1);
        const piece = other.slice(at % (other.length + 1)).slice(0, 40);
        const changed = text.slice(0, start) + piece + text.slice(start + length);
        const options = { imageKeys: ['imageName'], sibling: () => undefined };
        const sites = format.find({ path, text: changed }, options);
        const lines = changed.split('\n');
        for (const { line, column, endColumn } of sites) {
          expect(column).toBeLessThanOrEqual(endColumn);
          expect(endColumn).toBeLessThanOrEqual((lines[line - 1] ?? failed()).length + 1);
        }
        const pin = (source: string, found: typeof sites) =>
          applyEdits(
            source,
            found.flatMap((site) => pinSite(site, source, { digest: DIGEST }) ?? []),
          );
        const once = pin(changed, sites);
        const again = format.find({ path, text: once }, options);
        expect(pin(once, again)).toBe(once);
      }),
      { numRuns: 600 },
    );
  });

  test('finds nothing in an empty text', () => {
    for (const format of FORMATS.filter(({ id }) => IDS.includes(id))) {
      expect(format.find({ path: 'x.yaml', text: '' }, { imageKeys: [], sibling: () => undefined })).toEqual([]);
    }
    expect(readYaml(mapText('')).documents).toEqual([]);
  });
});

describe('a text that is too long to be a reference', () => {
  const LONG = 'a'.repeat(5000);

  test.each([
    ['compose.yaml', `services:\n  a: {image: ${LONG}:1}\n  b: {image: nginx:1}`, 2, 14, LONG],
    ['pod.yaml', `apiVersion: v1\nkind: Pod\ncontainers:\n- {image: ${LONG}:1}\n- {image: nginx:1}`, 4, 11, LONG],
    ['kustomization.yaml', `images:\n- name: ${LONG}\n  newTag: v1\n- {name: nginx, newTag: "1"}`, 3, 11, LONG],
    ['kustomization.yaml', `images:\n- name: b\n  newTag: ${LONG}\n- {name: nginx, newTag: "1"}`, 3, 11, `b:${LONG}`],
    ['values.yaml', `a: {repository: ${LONG}, tag: v1}\nb: {repository: nginx, tag: "1"}`, 1, 5024, LONG],
    ['values.yaml', `a: {repository: b, tag: ${LONG}}\nb: {repository: nginx, tag: "1"}`, 1, 25, `b:${LONG}`],
    ['.gitlab-ci.yml', `image: ${LONG}\na: {image: nginx:1}`, 1, 8, LONG],
    ['.github/workflows/a.yml', `jobs:\n  a: {container: ${LONG}}\n  b: {container: nginx:1}`, 2, 18, LONG],
  ])('is told as such in %s, and hides nothing', (path, text, line, column, reference) => {
    const format = FORMATS.find(({ matches }) => matches(path) !== 'no');
    const sites = format?.find({ path, text }, { imageKeys: [], sibling: () => undefined }) ?? [];
    expect(sites).toHaveLength(2);
    const [first, second] = sites;
    expect(first).toMatchObject({ line, column, unresolved: 'it has more than 4096 characters' });
    expect(first?.reference).toBe(`${reference.slice(0, 1024)}…`);
    expect(first?.placement.kind).toBe('none');
    expect(second?.reference).toBe('nginx:1');
  });
});
