import { describe, expect, test } from '@jest/globals';
import { Kustomizations } from '../../src/actions/check/kustomizations.ts';
import { Pace } from '../../src/actions/check/pace.ts';
import { kubernetes } from '../../src/files/kubernetes.ts';

type Files = Readonly<Record<string, string>>;

const SETS = 'images: [{name: acme/web, newTag: "1"}]';
const FILES: Files = { 'a/kustomization.yaml': `resources: [pod.yaml]\n${SETS}`, 'b/kustomization.yaml': SETS };

/** Kustomizations of a workspace, and what was read of it. */
function kustomizationsOf(files: Files, signal = new AbortController().signal) {
  const read: string[] = [];
  const workspace = {
    root: '/',
    walk: () => Promise.reject(new Error('not asked')),
    read: (path: string) => {
      read.push(path);
      const text = files[path];
      if (text === undefined) return { kind: 'skipped', reason: 'it is a symbolic link' } as const;
      return { kind: 'text', text, hasByteOrderMark: false } as const;
    },
  };
  const listed = new Set([...Object.keys(files), 'a/pod.yaml', 'link/kustomization.yaml']);
  const rules = { require: 'tag', floatingTags: [], today: '2026-11-01' } as const;
  const kustomizations = new Kustomizations(listed, workspace, new Pace(signal), rules);
  const mark = (reference: string) => {
    const text = `apiVersion: v1\nkind: Pod\nspec: {containers: [{image: "${reference}"}]}\n`;
    return kustomizations.mark(
      kubernetes.find({ path: 'a/pod.yaml', text }, { imageKeys: [], sibling: () => undefined }),
    );
  };
  return { read, mark };
}

async function traits(files: Files) {
  const sites = await kustomizationsOf(files).mark('acme/web');
  return sites?.flatMap((site) => site.traits.map(({ kind }) => kind));
}

function filler(length: number): string {
  return `\n#${'x'.repeat(length)}`;
}

function many(count: number, text: string): Files {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`x/${index}/kustomization.yaml`, text]));
}

describe('the kustomizations of a workspace', () => {
  test('are read once, when an image lacks what they may give', async () => {
    const { read, mark } = kustomizationsOf(FILES);
    expect(mark('acme/web:1.2')).not.toBeInstanceOf(Promise);
    expect(read).toEqual([]);
    for (let index = 0; index < 3; index += 1) {
      expect(await mark('acme/web')).toMatchObject([{ reference: 'acme/web', traits: [{ kind: 'replaced' }] }]);
    }
    expect(read).toEqual(['a/kustomization.yaml', 'b/kustomization.yaml', 'link/kustomization.yaml']);
  });

  test('that there is no time to read leave the file unjudged', async () => {
    const { mark } = kustomizationsOf(FILES, AbortSignal.abort(new Error('the time is over')));
    expect(await mark('acme/web')).toBeUndefined();
  });

  test.each<[string, Files, readonly string[]]>([
    ['as many as people write', many(100, 'resources: [../y]'), ['replaced']],
    ['one that is too large', { 'x/kustomization.yaml': `resources: [../a]${filler(128 * 1024)}` }, []],
    ['text of 8 MB', many(70, filler(127 * 1024)), []],
    ['100,000 resources', many(5, `resources:\n${'- b\n'.repeat(20_000)}`), []],
  ])('count or do not, whatever else there is: %s', async (_name, files, expected) => {
    expect(await traits({ ...FILES, ...files })).toEqual(expected);
  });
});
