import { describe, expect, test } from '@jest/globals';
import { helmValues } from '../../src/files/helm-values.ts';

function references(text: string, hasChart = true): readonly string[] {
  const sibling = (path: string) => (hasChart && path === 'charts/a/Chart.yaml' ? 'name: a' : undefined);
  const sites = helmValues.find({ path: 'charts/a/values.yaml', text }, { imageKeys: [], sibling });
  return sites.map(({ reference }) => reference);
}

describe('values', () => {
  test.each([
    ['values.yaml', 'yes'],
    ['charts/a/values.yml', 'yes'],
    ['values-prod.yaml', 'yes'],
    ['values.schema.json', 'no'],
    ['my-values.yaml', 'maybe'],
    ['ci/default.values.yml', 'maybe'],
    ['myvalues.yaml', 'no'],
    ['values/prod.yaml', 'no'],
  ])('are %s: %s', (path, expected) => {
    expect(helmValues.matches(path)).toBe(expected);
  });

  test.each([
    ['image: {repository: a, tag: b}', ['a:b'], ['a:b']],
    ['image: {repository: a}', ['a'], []],
    ['a: {repository: b, pullPolicy: Always}', ['b'], []],
    ['a: {repository: b}', [], []],
    ['repository: https://charts.example.com\ntag: a', [], []],
    ['repository: git@github.com:a/b\ntag: c', [], []],
    ['image: a b', [], []],
    ['image: ./a', [], []],
    ['image: a.svg', [], []],
    ['image: 5', [], []],
    ['image: a', ['a'], []],
    ['image: a:b', ['a:b'], ['a:b']],
    ['images: {web: {image: a:b}}', ['a:b'], ['a:b']],
    ['mainImage: {name: a, tag: b}', ['a:b'], ['a:b']],
    ['person: {name: a, tag: b}', [], []],
    ['image: {registry: r.io/, repository: a, tag: b}', ['r.io/a:b'], ['r.io/a:b']],
    ['image: [a, b]', [], []],
    ['image:', [], []],
  ])('%j hold %j, without a chart %j', (text, inChart, elsewhere) => {
    expect(references(text)).toEqual(inChart);
    expect(references(text, false)).toEqual(elsewhere);
  });
});
