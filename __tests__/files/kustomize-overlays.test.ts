import { describe, expect, test } from '@jest/globals';
import { kubernetes } from '../../src/files/kubernetes.ts';
import { Overlays, readKustomization } from '../../src/files/kustomize-overlays.ts';
import { kustomize } from '../../src/files/kustomize.ts';

type Files = Readonly<Record<string, string>>;

const DIGEST = `sha256:${'a'.repeat(64)}`;
const POD = 'apiVersion: v1\nkind: Pod\nspec: {containers: [{image: acme/web}]}\n';
const BASE = { 'base/pod.yaml': POD, 'base/kustomization.yaml': 'resources: [pod.yaml]' };
const SETS = 'images: [{name: acme/web, newTag: 1.4.2}]';

function overlaysOf(files: Files): Overlays {
  const paths = Object.keys(files).filter((path) => kustomize.matches(path) === 'yes');
  return new Overlays(paths.flatMap((path) => readKustomization({ path, text: files[path] ?? '' }) ?? []));
}

/** What kustomizations make of the images of a file: `replaced`, who leaves one, or nothing. */
function fates(files: Files, path: string, imageKeys: readonly string[] = []) {
  const overlays = overlaysOf(files);
  const format = kustomize.matches(path) === 'yes' ? kustomize : kubernetes;
  const sites = format.find({ path, text: files[path] ?? '' }, { imageKeys, sibling: () => undefined });
  return sites.map((site) => {
    const trait = overlays.traitOf(site);
    return trait?.kind === 'left-by' ? trait.by : trait?.kind;
  });
}

describe('the image of a manifest', () => {
  test.each<[string, Files, string | undefined]>([
    ['none takes it', { 'base/kustomization.yaml': SETS }, undefined],
    [
      'in the top folder',
      { 'base/kustomization.yaml': '', 'kustomization.yaml': `resources: [base/pod.yaml]\n${SETS}` },
      'replaced',
    ],
    ['without images', {}, undefined],
    [
      'for another image',
      { 'base/kustomization.yaml': `resources: [pod.yaml]\nimages: [{name: web, newTag: 1}]` },
      undefined,
    ],
    ['in its folder', { 'base/kustomization.yaml': `resources: [./pod.yaml]\n${SETS}` }, 'replaced'],
    [
      'with another file name',
      { 'base/kustomization.yml': `resources: [pod.yaml]\n${SETS}`, 'base/kustomization.yaml': '' },
      'replaced',
    ],
    ['for another manifest', { 'base/kustomization.yaml': `resources: [other.yaml]\n${SETS}` }, undefined],
    ['an overlay', { 'prod/kustomization.yaml': `resources: [../base]\n${SETS}` }, 'replaced'],
    [
      'an overlay with a digest',
      { 'prod/Kustomization': `bases: [../base/]\nimages: [{name: acme/web, digest: "${DIGEST}"}]` },
      'replaced',
    ],
    [
      'an overlay without its tag',
      { 'prod/kustomization.yaml': 'resources: [../base]\nimages: [{name: acme/web, newName: x}]' },
      undefined,
    ],
    [
      'an empty tag',
      { 'prod/kustomization.yaml': 'resources: [../base]\nimages: [{name: acme/web, newTag: ""}]' },
      undefined,
    ],
    [
      'an overlay of the overlay',
      { 'a/kustomization.yaml': 'resources: [../base]', 'b/kustomization.yaml': `resources: [../a]\n${SETS}` },
      'replaced',
    ],
    [
      'the overlay below',
      { 'a/kustomization.yaml': `resources: [../base]\n${SETS}`, 'b/kustomization.yaml': 'resources: [../a]' },
      'replaced',
    ],
    [
      'for the name that another gave it',
      {
        'base/kustomization.yaml': 'resources: [pod.yaml]\nimages: [{name: acme/web, newName: eu.example/web}]',
        'a/kustomization.yaml': 'resources: [../base]\nimages: [{name: eu.example/web, newTag: 1}]',
      },
      'replaced',
    ],
    [
      'for a name that it has no more',
      {
        'base/kustomization.yaml': 'resources: [pod.yaml]\nimages: [{name: acme/web, newName: eu.example/web}]',
        'a/kustomization.yaml': `resources: [../base]\n${SETS}`,
      },
      undefined,
    ],
    [
      'one entry behind the other',
      {
        'base/kustomization.yaml':
          'resources: [pod.yaml]\nimages: [{name: acme/web, newName: a}, {name: a, newTag: 1}]',
      },
      'replaced',
    ],
    [
      'one entry in front of the other',
      {
        'base/kustomization.yaml':
          'resources: [pod.yaml]\nimages: [{name: a, newTag: 1}, {name: acme/web, newName: a}]',
      },
      undefined,
    ],
    [
      'two overlays that set it',
      {
        'dev/kustomization.yaml': `resources: [../base]\n${SETS}`,
        'prod/kustomization.yaml': `resources: [../base]\n${SETS}`,
      },
      'replaced',
    ],
    [
      'one of two overlays',
      {
        'dev/kustomization.yaml': 'resources: [../base]',
        'prod/kustomization.yaml': `resources: [../base]\n${SETS}`,
      },
      'dev/kustomization.yaml',
    ],
    [
      'one of two ways to the same overlay',
      {
        'a/kustomization.yaml': 'resources: [../base]',
        'b/kustomization.yaml': `resources: [../base]\n${SETS}`,
        'all/kustomization.yaml': 'resources: [../a, ../b]',
      },
      'all/kustomization.yaml',
    ],
    [
      'a component of the overlay',
      {
        'c/kustomization.yaml': `kind: Component\n${SETS}`,
        'prod/kustomization.yaml': 'resources: [../base]\ncomponents: [../c]',
      },
      'replaced',
    ],
    [
      'a component of a component',
      {
        'c/kustomization.yaml': `kind: Component\n${SETS}`,
        'd/kustomization.yaml': 'kind: Component\ncomponents: [../c]',
        'prod/kustomization.yaml': 'resources: [../base]\ncomponents: [../d]',
      },
      'replaced',
    ],
    [
      'a component that gives the name for the overlay',
      {
        'c/kustomization.yaml': 'kind: Component\nimages: [{name: acme/web, newName: a}]',
        'prod/kustomization.yaml': 'resources: [../base]\ncomponents: [../c]\nimages: [{name: a, newTag: 1}]',
      },
      'replaced',
    ],
    [
      'the overlay whose component it is',
      {
        'base/kustomization.yaml': 'kind: Component\nresources: [pod.yaml]',
        'prod/kustomization.yaml': `components: [../base]\n${SETS}`,
      },
      'replaced',
    ],
    [
      'a component behind its own',
      {
        'base/kustomization.yaml': 'kind: Component\nresources: [pod.yaml]',
        'c/kustomization.yaml': `kind: Component\n${SETS}`,
        'prod/kustomization.yaml': `components: [../base, ../c]`,
      },
      'replaced',
    ],
    [
      'its own component, once',
      {
        'base/kustomization.yaml':
          'kind: Component\nresources: [pod.yaml]\nimages: [{name: a, newTag: 1}, {name: acme/web, newName: a}]',
        'prod/kustomization.yaml': 'components: [../base]',
      },
      undefined,
    ],
    [
      'a component in front of its own',
      {
        'base/kustomization.yaml': 'kind: Component\nresources: [pod.yaml]',
        'c/kustomization.yaml': `kind: Component\n${SETS}`,
        'prod/kustomization.yaml': `components: [../c, ../base]`,
      },
      undefined,
    ],
    [
      'an overlay of a remote base',
      { 'prod/kustomization.yaml': `resources: ["https://github.com/acme/base?ref=v1"]\n${SETS}` },
      undefined,
    ],
    [
      'an overlay of a remote base without a scheme',
      { 'prod/kustomization.yaml': `resources: ["github.com/acme/base//base?ref=v1"]\n${SETS}` },
      undefined,
    ],
    [
      'an overlay of what lies outside',
      { 'prod/kustomization.yaml': `resources: [../../base, /base]\n${SETS}` },
      undefined,
    ],
    [
      'an overlay with what is missing',
      { 'prod/kustomization.yaml': `resources: [../gone, ../base, gone.yaml]\ncomponents: [../c]\n${SETS}` },
      'replaced',
    ],
    [
      'a cycle',
      {
        'base/kustomization.yaml': 'resources: [pod.yaml, ../prod]',
        'prod/kustomization.yaml': `resources: [../base]\n${SETS}`,
      },
      undefined,
    ],
    ['what takes itself', { 'base/kustomization.yaml': `resources: [pod.yaml, .]\n${SETS}` }, undefined],
    [
      'a component in a cycle',
      {
        'c/kustomization.yaml': `components: [../d]\n${SETS}`,
        'd/kustomization.yaml': 'components: [../c]',
        'prod/kustomization.yaml': 'resources: [../base]\ncomponents: [../c]',
      },
      undefined,
    ],
    [
      'a cycle beside an overlay',
      {
        'a/kustomization.yaml': 'resources: [../base, ../b]',
        'b/kustomization.yaml': 'resources: [../a]',
        'prod/kustomization.yaml': `resources: [../base]\n${SETS}`,
      },
      undefined,
    ],
    ['what is no kustomization', { 'prod/kustomization.yaml': '- a', 'x/kustomization.yaml': '' }, undefined],
  ])('is changed by kustomizations: %s', (_name, files, expected) => {
    expect(fates({ ...BASE, ...files }, 'base/pod.yaml')).toEqual([expected]);
  });

  test.each<[string, string, readonly (string | undefined)[]]>([
    ['without a tag', 'containers: [{image: acme/web}]', ['replaced']],
    ['with a tag', 'containers: [{image: "acme/web:latest"}]', ['replaced']],
    ['with a tag that Kustomize does not know', 'containers: [{image: "acme/web:$TAG"}]', [undefined]],
    ['with a digest', `containers: [{image: "acme/web@${DIGEST}"}]`, [undefined]],
    ['with a registry', 'containers: [{image: docker.io/acme/web}]', [undefined]],
    [
      'in a list',
      'initContainers: [{image: acme/web}, {image: "acme/web:1"}, {image: b}]',
      ['replaced', 'replaced', undefined],
    ],
    ['in an ephemeral container', 'ephemeralContainers: [{image: acme/web}]', [undefined]],
    ['in a volume', 'volumes: [{image: {reference: acme/web}}]', [undefined]],
    ['in a value that image-keys names', 'env: [{name: WEB, value: acme/web}]', [undefined]],
  ])('is changed only where Kustomize does: %s', (_name, spec, expected) => {
    const files = {
      'pod.yaml': `apiVersion: v1\nkind: Pod\nspec: {${spec}}`,
      'kustomization.yaml': `resources: [pod.yaml]\n${SETS}`,
    };
    expect(fates(files, 'pod.yaml', ['WEB'])).toEqual(expected);
  });

  test.each([
    ['patches', 'patches: [{path: pod.yaml}]'],
    ['strategic merges', 'patchesStrategicMerge: [pod.yaml]'],
  ])('is changed where %s bring it in', (_name, taking) => {
    const files = { 'pod.yaml': POD, 'kustomization.yaml': `${taking}\n${SETS}` };
    expect(fates(files, 'pod.yaml')).toEqual(['replaced']);
  });
});

describe('a tag that a kustomization sets', () => {
  const below = { 'base/kustomization.yaml': 'images: [{name: web, newName: acme/web, newTag: latest}]' };

  test.each<[string, Files, string | undefined]>([
    ['nobody takes it', {}, undefined],
    ['the overlay sets another', { 'prod/kustomization.yaml': `resources: [../base]\n${SETS}` }, 'replaced'],
    ['the overlay leaves it', { 'prod/kustomization.yaml': 'resources: [../base]' }, undefined],
    [
      'one overlay leaves it',
      {
        'prod/kustomization.yaml': `resources: [../base]\n${SETS}`,
        'test/kustomization.yaml': 'resources: [../base]',
      },
      'test/kustomization.yaml',
    ],
    [
      'the kustomization whose component it is sets another',
      { 'prod/kustomization.yaml': `components: [../base]\n${SETS}` },
      'replaced',
    ],
  ])('counts unless those above it set another: %s', (_name, files, expected) => {
    expect(fates({ ...below, ...files }, 'base/kustomization.yaml')).toEqual([expected]);
  });
});

/** So many overlays of one base that set its tag. */
function fan(count: number): Files {
  const text = `resources: [../../base]\n${SETS}`;
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`o/${index}/kustomization.yaml`, text]));
}

/** The image of the base's manifest, or another one in its place. */
const WEB = {
  file: 'base/pod.yaml',
  format: 'kubernetes',
  line: 1,
  column: 1,
  endColumn: 2,
  reference: 'acme/web',
  placement: { kind: 'none', why: '' },
  traits: [],
} as const;

describe('many kustomizations', () => {
  test('one step for each overlay of a base, however many images it has', () => {
    const overlays = overlaysOf({ ...BASE, ...fan(3000) });
    for (let index = 0; index < 500; index += 1) expect(overlays.traitOf(WEB)).toEqual({ kind: 'replaced' });
    expect(overlays.steps).toBe(3000 + 500);
  });

  test('one step for each way from one folder to the next, however many ways lead to the top', () => {
    const levels = Array.from({ length: 40 }, (_, level) =>
      ['a', 'b'].map((side) => [
        `${side}${level + 1}/kustomization.yaml`,
        `resources: [../a${level}, ../b${level}]\nimages: [{name: x${level}, newName: y}]`,
      ]),
    );
    const files = {
      ...BASE,
      'a0/kustomization.yaml': 'resources: [../base]',
      'b0/kustomization.yaml': 'resources: [../base]',
    };
    const top = { 'top/kustomization.yaml': `resources: [../a40, ../b40]\n${SETS}` };
    const overlays = overlaysOf({ ...files, ...Object.fromEntries(levels.flat()), ...top });
    expect(overlays.traitOf(WEB)).toEqual({ kind: 'replaced' });
    expect(overlays.steps).toBe(1 + 2 + 4 * 40 + 2);
  });

  test.each([
    [100, 'replaced'],
    [101, undefined],
    [20_000, undefined],
  ])('a chain of %i is followed: %s', (length, expected) => {
    const chain = Array.from({ length }, (_, index) => [
      `${index}/kustomization.yaml`,
      `resources: [../${index === 0 ? 'base' : index - 1}]\n${index === length - 1 ? SETS : ''}`,
    ]);
    expect(fates({ ...BASE, ...Object.fromEntries(chain) }, 'base/pod.yaml')).toEqual([expected]);
  });

  test('beyond a number of steps every tag is judged as it is written', () => {
    const names = Array.from({ length: 300 }, (_, index) => `web${index}`);
    const images = `images: [${names.map((name) => `{name: ${name}, newTag: 1}`).join(', ')}]`;
    // Parsed once: 2,000 times the same text.
    const one = readKustomization({ path: '', text: images });
    const base = readKustomization({ path: 'base/kustomization.yaml', text: 'resources: [pod.yaml]' });
    if (one === undefined || base === undefined) throw new Error('unread');
    const resources = ['base'];
    const overlays = new Overlays([
      base,
      ...Object.keys(fan(2000)).map((path) => Object.assign({}, one, { path, resources })),
    ]);
    const traits = names.map((reference) => overlays.traitOf({ ...WEB, reference })?.kind);
    expect(traits.indexOf(undefined)).toBe(249);
    expect(new Set(traits.slice(249))).toEqual(new Set([undefined]));
    expect(overlays.traitOf({ ...WEB, reference: 'web0' })).toBeUndefined();
  });

  test('components that double at each level end', () => {
    const levels = Array.from({ length: 60 }, (_, level) => [
      `c${level}/kustomization.yaml`,
      `components: [../c${level + 1}, ../c${level + 1}]`,
    ]);
    const files = {
      ...BASE,
      'c60/kustomization.yaml': '',
      'top/kustomization.yaml': `resources: [../base]\ncomponents: [../c0]\n${SETS}`,
    };
    const overlays = overlaysOf({ ...files, ...Object.fromEntries(levels) });
    expect(overlays.traitOf(WEB)).toBeUndefined();
    expect(overlays.steps).toBeLessThan(500_100);
  });
});
