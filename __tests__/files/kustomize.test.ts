import { describe, expect, test } from '@jest/globals';
import { kustomize } from '../../src/files/kustomize.ts';

const PINNED = `redis:6@sha256:${'a'.repeat(64)}`;

function neverAsked(): string {
  throw new Error('asked');
}

describe('a kustomization', () => {
  test.each([
    ['kustomization.yaml', 'yes'],
    ['a/kustomization.yml', 'yes'],
    ['a/Kustomization', 'yes'],
    ['kustomization.json', 'no'],
    ['my-kustomization.yaml', 'no'],
  ])('is %s: %s', (path, expected) => {
    expect(kustomize.matches(path)).toBe(expected);
  });

  test.each([
    ['../../base/app.yaml', 'base/app.yaml'],
    ['./app.yaml', 'overlays/prod/app.yaml'],
    ['sub/app.yml', 'overlays/prod/sub/app.yml'],
    ['../../../outside.yaml', undefined],
    ['../base', undefined],
    ['https://example.com/app.yaml', undefined],
  ])('looks for the digests of %s in %s', (resource, expected) => {
    const asked: string[] = [];
    const sibling = (path: string) => {
      asked.push(path);
      return `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: ${PINNED}\n`;
    };
    const text = `resources:\n  - ${resource}\nimages:\n  - name: redis\n    newTag: "7"\n`;
    const [site] = kustomize.find({ path: 'overlays/prod/kustomization.yaml', text }, { imageKeys: [], sibling });
    expect(asked).toEqual(expected === undefined ? [] : [expected]);
    expect(site?.traits).toEqual(
      expected === undefined ? [] : [{ kind: 'drops-digest', file: expected, reference: PINNED }],
    );
  });

  test('without new tags asks for no other file that has no digest to lose', () => {
    const text = 'resources: [a.yaml]\ncommonLabels: {image: a}\n';
    expect(kustomize.find({ path: 'kustomization.yaml', text }, { imageKeys: [], sibling: neverAsked })).toEqual([]);
  });
});
