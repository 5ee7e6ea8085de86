import { expect, test } from '@jest/globals';
import { Overlays, type Kustomization } from '../../src/files/kustomize-overlays.ts';
import * as fc from '../support/properties.ts';

/*
 * The look-up goes from a manifest up; Kustomize builds from the top down. Here small workspaces are built as Kustomize
 * builds them (api/internal/target/kusttarget.go), image by image, and compared with what the look-up says.
 */

interface Change {
  readonly name: string;
  /** Empty where the entry sets a tag. */
  readonly newName: string;
}

interface Folder {
  /** Offsets of folders below that it takes. */
  readonly resources: readonly number[];
  readonly components: readonly number[];
  readonly images: readonly Change[];
}

/** An image on its way: whose manifest it is from, and what became of it. */
interface Image {
  readonly from: number;
  name: string;
  isSet: boolean;
}

const names = fc.constantFrom('x', 'y', 'z');
const below = fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 2 });
const folder = fc.record({
  resources: below,
  components: below,
  images: fc.array(fc.record({ name: names, newName: fc.constantFrom('', 'x', 'y', 'z') }), { maxLength: 3 }),
});

/** Adds what a folder yields to what was taken until now, and changes all of it, as a component does. */
function build(folders: readonly Folder[], index: number, taken: Image[]): void {
  const { resources, components, images } = folders[index] ?? { resources: [], components: [], images: [] };
  taken.push({ from: index, name: 'x', isSet: false });
  for (const offset of resources.filter((one) => index + one < folders.length)) {
    const own: Image[] = [];
    build(folders, index + offset, own);
    taken.push(...own);
  }
  for (const offset of components.filter((one) => index + one < folders.length)) build(folders, index + offset, taken);
  for (const { name, newName } of images) {
    for (const image of taken.filter((one) => one.name === name)) {
      if (newName === '') image.isSet = true;
      else image.name = newName;
    }
  }
}

/** As `readKustomization` gives it; the manifest of each folder is `pod.yaml`. */
function kustomizationOf({ resources, components, images }: Folder, index: number): Kustomization {
  const changes = new Map<string, string | undefined>();
  for (const { name, newName } of images.toReversed()) {
    changes.set(name, newName === '' ? undefined : changes.has(newName) ? changes.get(newName) : newName);
  }
  const paths = (offsets: readonly number[]) => offsets.map((offset) => `${index + offset}`);
  const path = `${index}/kustomization.yaml`;
  return { path, names: changes, resources: [`${index}/pod.yaml`, ...paths(resources)], components: paths(components) };
}

test('the look-up says what becomes of each image when everything is built', () => {
  fc.assert(
    fc.property(fc.array(folder, { minLength: 1, maxLength: 6 }), (folders) => {
      const taken = folders.flatMap(({ resources, components }, index) =>
        [...resources, ...components].map((offset) => index + offset),
      );
      const isTaken = new Set(taken);
      const roots = folders.flatMap((_, index) => (isTaken.has(index) ? [] : [index]));
      const built = roots.flatMap((root) => {
        const images: Image[] = [];
        build(folders, root, images);
        return images.map((image) => Object.assign(image, { root }));
      });
      const overlays = new Overlays(folders.map(kustomizationOf));
      for (const index of folders.keys()) {
        const own = built.filter(({ from }) => from === index);
        const trait = overlays.traitOf({
          file: `${index}/pod.yaml`,
          format: 'kubernetes',
          line: 1,
          column: 1,
          endColumn: 2,
          reference: 'x',
          placement: { kind: 'none', why: '' },
          traits: [],
        });
        const leaving = own.filter(({ isSet }) => !isSet).map(({ root }) => `${root}/kustomization.yaml`);
        if (leaving.length === own.length) expect(trait).toBeUndefined();
        else if (leaving.length === 0) expect(trait).toEqual({ kind: 'replaced' });
        else if (trait?.kind === 'left-by') expect(leaving).toContain(trait.by);
        else expect(trait).toEqual({ kind: 'left-by', by: leaving[0] });
      }
    }),
    { numRuns: 2000 },
  );
});
