import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { stringify } from 'yaml';
import { kubernetes } from '../../src/files/kubernetes.ts';
import type { FormatOptions } from '../../src/files/site.ts';

const OPTIONS: FormatOptions = { imageKeys: [], sibling: () => undefined };

function references(text: string): readonly string[] {
  return kubernetes.find({ path: 'a.yaml', text }, OPTIONS).map(({ reference }) => reference);
}

describe('a manifest', () => {
  test.each([
    ['a.yaml', 'maybe'],
    ['b/c.YML', 'maybe'],
    ['c.json', 'maybe'],
    ['c.jsonc', 'no'],
    ['yaml', 'no'],
  ])('may be %s: %s', (path, expected) => {
    expect(kubernetes.matches(path)).toBe(expected);
  });

  test('is known by what it holds', () => {
    expect(kubernetes.mayContain('apiVersion: v1\nkind: Pod\nimage: a')).toBe(true);
    expect(kubernetes.mayContain('apiVersion: v1\nkind: Service')).toBe(false);
    expect(kubernetes.mayContain('image: a')).toBe(false);
  });

  const name = fc.constantFrom('nginx', 'ghcr.io/acme/a', 'localhost:5000/b', 'c/d/e');
  const image = fc
    .tuple(name, fc.constantFrom('', ':1.2', ':latest', `@sha256:${'a'.repeat(64)}`))
    .map((parts) => parts.join(''));
  const container = fc.record({
    name: fc.constantFrom('a', 'b: c', '# d'),
    image,
    args: fc.array(fc.string(), { maxLength: 3 }),
  });
  const pod = fc.record({
    initContainers: fc.array(container, { maxLength: 2 }),
    containers: fc.array(container, { maxLength: 3 }),
  });

  test('gives every image, as YAML and as JSON, in whatever style', () => {
    fc.assert(
      fc.property(pod, fc.constantFrom('any', 'flow'), fc.boolean(), (spec, collectionStyle, isJson) => {
        const manifest = { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec } } };
        const text = isJson ? JSON.stringify(manifest, null, '\t') : stringify(manifest, { collectionStyle });
        const expected = [...spec.initContainers, ...spec.containers].map((item) => item.image);
        expect(references(text)).toEqual(expected);
      }),
    );
  });

  test('of thousands of documents is read', () => {
    const one = 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: nginx:1\n---\n';
    expect(references(one.repeat(3000))).toHaveLength(3000);
  });
});

describe('values of a chart in a text', () => {
  const text = [
    'apiVersion: helm.cattle.io/v1',
    'kind: HelmChart',
    'spec:',
    '  valuesContent: |-',
    '    # ü',
    '    image: {repository: acme/app, tag: 1.10}',
    '    sidecar:',
    '      image:',
    '        repository: acme/sidecar',
    '        tag: 072',
  ].join('\n');

  test('have their places in the file, that of an unquoted tag as well', () => {
    const places = kubernetes
      .find({ path: 'a.yaml', text }, OPTIONS)
      .flatMap(({ traits }) => traits)
      .flatMap((trait) => (trait.kind === 'unquoted-tag' ? text.slice(trait.range.start, trait.range.end) : []));
    expect(places).toEqual(['1.10', '072']);
  });

  test('that many aliases name are read once', () => {
    const sources = Array.from({ length: 20_000 }, () => '    - helm: *a').join('\n');
    const images = Array.from({ length: 2000 }, (_, index) => `        - image: a:${index}`).join('\n');
    const application = `apiVersion: argoproj.io/v1\nkind: Application\nspec:\n  sources:\n    - helm: &a\n        valuesObject:\n          a:\n${images.replaceAll(/^/gm, '    ')}\n${sources}`;
    expect(references(application)).toHaveLength(2000);
  });

  const values = Array.from({ length: 1000 }, (_, index) => `  a${index}: {image: "a:${index}"}`).join('\n');

  test.each([
    ['argoproj.io', `x: &a\n${values}`, '- helm: {valuesObject: *a}', 1000],
    ['argoproj.io', `x: &a |\n${values}`, '- helm: {values: *a}', 1000],
    ['helm.toolkit.fluxcd.io', `x: &a\n${values}`, '- spec: {values: *a}', 1000],
    ['tekton.dev', `x: &a\n${values.replaceAll(/a\d+: /g, '- ')}`, '- {steps: *a}', 1000],
    ['argoproj.io', `x: &a\n${values.replaceAll(/a\d+: .*"(.*)"}/g, '- b=$1')}`, '- kustomize: {images: *a}', 1000],
  ])('and what else %s has are read once, whatever names them', (group, anchored, alias, expected) => {
    const resource = `apiVersion: ${group}/v1\nkind: A\n${anchored}\ny:\n${`${alias}\n`.repeat(2000)}`;
    expect(references(resource)).toHaveLength(expected);
  });
});
