import { describe, expect, test } from '@jest/globals';
import { kustomize } from '../../src/files/kustomize.ts';

const PINNED = `redis:6@sha256:${'a'.repeat(64)}`;

function neverAsked(): string {
  throw new Error('asked');
}

const pod = (image: string) => `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: ${image}\n`;

/** The file and the reference whose digest the overlay's `images` take away. */
function dropped(overlay: string, files: Readonly<Record<string, string>>) {
  const options = { imageKeys: [], sibling: (path: string) => files[path] };
  const sites = kustomize.find({ path: 'overlays/prod/kustomization.yaml', text: overlay }, options);
  return sites.flatMap(({ traits }) =>
    traits.flatMap((trait) => (trait.kind === 'drops-digest' ? [`${trait.file} ${trait.reference}`] : [])),
  );
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
    ['https://example.com/app.yaml', undefined],
  ])('looks for the digests of %s in %s', (resource, expected) => {
    const asked: string[] = [];
    const sibling = (path: string) => {
      asked.push(path);
      return `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: ${PINNED}\n`;
    };
    const text = `resources:\n  - ${resource}\nimages:\n  - name: redis\n    newTag: "7"\n`;
    const [site] = kustomize.find({ path: 'overlays/prod/kustomization.yaml', text }, { imageKeys: [], sibling });
    if (expected !== undefined) expect(new Set(asked)).toEqual(new Set([expected]));
    expect(site?.traits).toEqual(
      expected === undefined ? [] : [{ kind: 'drops-digest', file: expected, reference: PINNED }],
    );
  });

  describe('in front of others', () => {
    const digest = `sha256:${'b'.repeat(64)}`;

    const TO_SEVEN = 'images:\n  - name: redis\n    newTag: "7"\n';

    test.each([
      ['kustomization.yaml', 'resources: [../../base]'],
      ['kustomization.yml', 'bases: [../../base/]'],
      ['Kustomization', 'resources:\n  - ../../base'],
    ])('it finds the digests of the manifests of %s', (name, resources) => {
      const files = { [`base/${name}`]: 'resources: [app.yaml]', 'base/app.yaml': pod(PINNED) };
      expect(dropped(`${resources}\n${TO_SEVEN}`, files)).toEqual([`base/app.yaml ${PINNED}`]);
    });

    test('the digest that another kustomization gives is dropped as well', () => {
      const files = {
        'base/kustomization.yaml': `resources: [app.yaml]\nimages: [{name: cache, newName: redis, digest: "${digest}"}]`,
        'base/app.yaml': pod('cache:6'),
      };
      expect(dropped(`resources: [../../base]\n${TO_SEVEN}`, files)).toEqual([
        `base/kustomization.yaml redis@${digest}`,
      ]);
    });

    test.each([
      [
        'a kustomization',
        { 'base/kustomization.yaml': `resources: [app.yaml]\n${TO_SEVEN}` },
        'resources: [../../base]',
      ],
      [
        'a component',
        {
          'base/kustomization.yaml': 'resources: [app.yaml]',
          'parts/kustomization.yaml': `kind: Component\n${TO_SEVEN}`,
        },
        'resources: [../../base]\ncomponents: [../../parts]',
      ],
    ])('a digest that %s has dropped before is none', (_, files, taken) => {
      expect(dropped(`${taken}\n${TO_SEVEN}`, { ...files, 'base/app.yaml': pod(PINNED) })).toEqual([]);
    });

    test('a name that a kustomization gives is the one that counts', () => {
      const files = {
        'base/kustomization.yaml': 'resources: [app.yaml]\nimages: [{name: cache, newName: redis}]',
        'base/app.yaml': pod(`cache:6@${digest}`),
      };
      expect(dropped(`resources: [../../base]\n${TO_SEVEN}`, files)).toEqual([`base/app.yaml redis:6@${digest}`]);
    });

    test('patches give digests too', () => {
      const files = { 'overlays/prod/image.yaml': pod(PINNED) };
      const own = `patches:\n  - patch: |\n      ${pod(PINNED).replaceAll('\n', '\n      ')}\n`;
      expect(dropped(`patches: [{path: image.yaml}]\n${TO_SEVEN}`, files)).toEqual([
        `overlays/prod/image.yaml ${PINNED}`,
      ]);
      expect(dropped(own + TO_SEVEN, {})).toEqual([`overlays/prod/kustomization.yaml ${PINNED}`]);
    });

    test('kustomizations that take each other end', () => {
      const files = { 'base/kustomization.yaml': 'resources: [../overlays/prod, ../base, app.yaml]' };
      const overlay = `resources: [../../base]\n${TO_SEVEN}`;
      expect(dropped(overlay, { ...files, 'overlays/prod/kustomization.yaml': overlay })).toEqual([]);
    });
  });

  test('without new tags asks for no other file that has no digest to lose', () => {
    const text = 'resources: [a.yaml]\ncommonLabels: {image: a}\n';
    expect(kustomize.find({ path: 'kustomization.yaml', text }, { imageKeys: [], sibling: neverAsked })).toEqual([]);
  });
});
