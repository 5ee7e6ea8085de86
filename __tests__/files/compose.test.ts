import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { interpolate, readEnvironment } from '../../src/files/compose-variables.ts';
import { compose } from '../../src/files/compose.ts';
import { textOf, writtenOf } from '../../src/files/expansion.ts';
import { mapText } from '../../src/files/mapped-text.ts';

const SET = new Map([
  ['SET', 'v'],
  ['EMPTY', ''],
]);

function written(text: string): string {
  return writtenOf(interpolate(mapText(text), SET));
}

describe('interpolation', () => {
  test.each([
    ['a', 'a'],
    ['$SET', 'v'],
    ['${SET}', 'v'],
    ['$SET-x', 'v-x'],
    ['$$SET', '$SET'],
    ['$$$SET', '$v'],
    ['$', '$'],
    ['a$', 'a$'],
    ['$1', '$1'],
    ['${', '${'],
    ['${}', '${}'],
    ['${SET', '${SET'],
    ['${SET-d', '${SET-d'],
    ['${SET#d}', '${SET#d}'],
    ['${UNSET}', '${UNSET}'],
    ['$UNSET:1', '$UNSET:1'],
    ['${UNSET-d}', 'd'],
    ['${UNSET:-d}', 'd'],
    ['${EMPTY-d}', ''],
    ['${EMPTY:-d}', 'd'],
    ['${SET:-d}', 'v'],
    ['${SET+a}', 'a'],
    ['${SET:+a}', 'a'],
    ['${EMPTY+a}', 'a'],
    ['${EMPTY:+a}', ''],
    ['${UNSET+a}', ''],
    ['${SET:?error}', 'v'],
    ['${UNSET?error}', '${UNSET?error}'],
    ['${EMPTY?error}', ''],
    ['${EMPTY:?error}', '${EMPTY:?error}'],
    ['${UNSET:-${ALSO:-${SET}}}', 'v'],
    ['${UNSET:-a${SET}b$$c}', 'avb$c'],
    ['${UNSET:-a:b/c@d}', 'a:b/c@d'],
    ['${UNSET:-}', ''],
  ])('of %s gives %s', (text, expected) => {
    expect(written(text)).toBe(expected);
  });

  test('of texts without dollar signs changes nothing, of others never fails', () => {
    const text = fc.string({ unit: fc.constantFrom('$', '{', '}', ':', '-', '+', '?', 'A', '1', ' ') });
    fc.assert(
      fc.property(text, (source) => {
        const pieces = interpolate(mapText(source, 7), new Map());
        for (const { text: piece, start } of pieces) {
          if (start !== undefined) expect(source.slice(start - 7, start - 7 + piece.length)).toBe(piece);
        }
        if (!source.includes('$')) expect(textOf(pieces)).toBe(source);
      }),
    );
  });

  test('deeper than anybody nests is left as it is written', () => {
    const nested = `${'${A:-'.repeat(10_000)}x${'}'.repeat(10_000)}`;
    expect(written(nested)).toContain('${A:-');
  });
});

describe('a .env file', () => {
  test.each([
    ['A=b', 'b'],
    ['export A=b', 'b'],
    [' A = b ', 'b'],
    ['A: b', 'b'],
    ['A="b # c" # d', 'b # c'],
    ["A='$X' # d", '$X'],
    ['A=b # c', 'b'],
    ['A=b#c', 'b#c'],
    ['A=', ''],
    ['A=# c', '# c'],
    ['A= # c', '# c'],
    ['A=b\t# c', 'b\t# c'],
    ['# A=b', undefined],
    ['A', undefined],
    ['X=1\nA=${X}2', '12'],
    ['A=$X', undefined],
    ['A=${X:-b}', 'b'],
    ['A=${X:?missing}', undefined],
    ['A=a\nA=b\r\n', 'b'],
  ])('%j gives %j', (text, expected) => {
    expect(readEnvironment(text).get('A')).toBe(expected);
  });

  test('values that double make no long text, and what is made of them is not told', () => {
    const lines = ['A0=aaaaaaaaaaaaaaaa', ...Array.from({ length: 60 }, (_, at) => `A${at + 1}=$A${at}$A${at}`)];
    const environment = readEnvironment(lines.join('\n'));
    expect([...environment.values()].map((value) => value?.length ?? 0).reduce((sum, one) => sum + one)).toBeLessThan(
      16 * 1024,
    );
    const sibling = () => lines.join('\n');
    const text = 'services: {a: {image: "nginx:$A60"}, b: {image: "b:$A1"}, c: {image: "$A8$A8$A8$A8:1"}}';
    const sites = compose.find({ path: 'compose.yaml', text }, { imageKeys: [], sibling });
    expect(sites.map(({ reference, unresolved }) => [reference, unresolved !== undefined])).toEqual([
      ['nginx:$A60', true],
      [`b:${'a'.repeat(32)}`, false],
      // Its tag is known, its name is not.
      [expect.stringMatching(/\$A8:1$/), false],
    ]);
  });
});

/** The references of a file beside others. */
function images(path: string, files: Readonly<Record<string, string>>) {
  const options = { imageKeys: [], sibling: (other: string) => files[other] };
  return compose.find({ path, text: files[path] ?? '' }, options).map(({ reference }) => reference);
}

describe('a Compose file', () => {
  test.each([
    ['compose.yml', 'yes'],
    ['compose.yaml', 'yes'],
    ['a/compose.prod.yaml', 'yes'],
    ['docker-compose.yml', 'yes'],
    ['docker-compose.override.yaml', 'yes'],
    ['Docker-Compose-test.yml', 'yes'],
    ['my-compose.yml', 'no'],
    ['compose.json', 'no'],
    ['compose/app.yml', 'no'],
  ])('is %s: %s', (path, expected) => {
    expect(compose.matches(path)).toBe(expected);
  });

  test('reads the .env beside itself', () => {
    const asked: string[] = [];
    const sibling = (path: string) => {
      asked.push(path);
      return 'TAG=9';
    };
    const text = 'services: {a: {image: "nginx:${TAG}"}}';
    const sites = compose.find({ path: 'deploy/prod/compose.yaml', text }, { imageKeys: [], sibling });
    expect(asked[0]).toBe('deploy/prod/.env');
    expect(sites.map(({ reference }) => reference)).toEqual(['nginx:9']);
  });

  describe('with other files', () => {
    test.each([
      ['extends: {service: base}', true],
      ['extends: base', true],
      ['extends: {file: ../common.yaml, service: built}', true],
      ['extends: {file: ../common.yaml, service: pulled}', false],
      ['extends: {file: ../nowhere.yaml, service: built}', false],
      ['extends: web', false],
      ['extends: base\n    build: !reset null', false],
      ['pull_policy: "${POLICY:-never}"', true],
      ['extends: {file: ../common.yaml, service: kept}', true],
    ])('what a service gets by %s may make its image its own', (more, isLocal) => {
      const files = {
        'a/compose.yaml': `services:\n  base: {build: .}\n  web:\n    image: acme/web\n    ${more}\n`,
        'common.yaml':
          'services: {built: {extends: more}, more: {build: .}, pulled: {image: a}, kept: {pull_policy: never}}',
      };
      expect(images('a/compose.yaml', files)).toEqual(isLocal ? [] : ['acme/web']);
    });

    test.each([
      ['compose.override.yaml', 'compose.yaml', true],
      ['docker-compose.override.yml', 'docker-compose.yml', true],
      ['compose.override.yml', 'docker-compose.yaml', true],
      ['compose.prod.yaml', 'compose.yaml', false],
    ])('%s is merged into %s: %s', (override, base, isMerged) => {
      const files = { [override]: 'services: {web: {image: acme/web}}', [base]: 'services: {web: {build: .}}' };
      expect(images(override, files)).toEqual(isMerged ? [] : ['acme/web']);
    });

    test('an image that the override file builds is told, and not pinned', () => {
      const text = 'services: {web: {image: acme/web}, db: {image: postgres}}';
      const options = {
        imageKeys: [],
        sibling: (path: string) => (path === 'a/compose.override.yml' ? 'services: {web: {build: .}}' : undefined),
      };
      const sites = compose.find({ path: 'a/compose.yaml', text }, options);
      expect(sites.map(({ reference, placement }) => [reference, placement.kind])).toEqual([
        ['acme/web', 'none'],
        ['postgres', 'value'],
      ]);
    });

    test('services that extend each other end', () => {
      const text = 'services: {a: {image: x, extends: b}, b: {image: y, extends: a}}';
      expect(images('compose.yaml', { 'compose.yaml': text })).toEqual(['x', 'y']);
    });

    test('a value of .env that depends on another variable is not known', () => {
      const files = { 'compose.yaml': 'services: {a: {image: "$IMAGE"}}', '.env': 'IMAGE=${REGISTRY}/a:1' };
      expect(images('compose.yaml', files)).toEqual(['$IMAGE']);
    });

    const INCLUDED = 'services: {a: {image: "db:${TAG}"}}';

    test.each<[string, Record<string, string>, string]>([
      ['its own .env', { 'compose.yaml': 'include: [db/db.yaml]', 'db/.env': 'TAG=1' }, '1'],
      [
        'the .env of what includes it',
        { 'compose.yaml': 'include: [db/db.yaml]', 'db/.env': 'TAG=1', '.env': 'TAG=2' },
        '2',
      ],
      [
        'env_file',
        { 'compose.yaml': 'include: [{path: db/db.yaml, env_file: x/y.env}]', 'x/y.env': 'TAG=3', 'db/.env': 'TAG=1' },
        '3',
      ],
      [
        'the last of several',
        { 'compose.yaml': 'include: [{path: ./db/db.yaml, env_file: [a, b]}]', a: 'TAG=4', b: 'TAG=5' },
        '5',
      ],
      [
        'no env_file outside',
        { 'compose.yaml': 'include: [{path: db/db.yaml, env_file: ../a}]', a: 'TAG=4', 'db/.env': 'TAG=1' },
        '${TAG}',
      ],
      [
        'what includes it, before env_file',
        { 'compose.yaml': 'include: [{path: db/db.yaml, env_file: a}]', a: 'TAG=4', '.env': 'TAG=2' },
        '2',
      ],
      [
        'the entry that includes it',
        {
          'compose.yaml': 'include: [{path: x.yaml, env_file: a}, {path: [db/db.yaml]}]',
          a: 'TAG=4',
          'db/.env': 'TAG=1',
        },
        '1',
      ],
      [
        'the folder of the first file',
        { 'compose.yaml': 'include: [{path: [x/x.yaml, db/db.yaml]}]', 'x/.env': 'TAG=6', 'db/.env': 'TAG=1' },
        '6',
      ],
      [
        'project_directory',
        {
          'compose.yaml': 'include: [{path: db/db.yaml, project_directory: p}]',
          'p/.env': 'TAG=7',
          'db/.env': 'TAG=1',
        },
        '7',
      ],
      [
        'the .env of what extends it',
        { 'compose.yaml': 'services: {x: {extends: {file: db/db.yaml, service: a}}}', '.env': 'TAG=2' },
        '2',
      ],
      [
        'no env_file of a service',
        { 'compose.yaml': 'include: [db/db.yaml]\nservices: {x: {env_file: a}}', a: 'TAG=4' },
        '${TAG}',
      ],
    ])('an included file has the variables of %s', (_name, files, tag) => {
      const options = { imageKeys: [], sibling: (path: string) => files[path], includedBy: ['compose.yaml'] };
      const sites = compose.find({ path: 'db/db.yaml', text: INCLUDED }, options);
      expect(sites.map(({ reference }) => reference)).toEqual([`db:${tag}`]);
    });

    test('variables of each file above count, the uppermost first', () => {
      const files: Record<string, string> = {
        'compose.yaml': 'include: [{path: a/compose.yaml, env_file: top.env}]',
        'top.env': 'ONE=top\nTWO=top',
        '.env': 'ONE=first',
        'a/compose.yaml': 'include: [{path: ../db/db.yaml, env_file: mid.env}]',
        'a/mid.env': 'ONE=mid\nTWO=mid\nTHREE=mid',
      };
      const options = {
        imageKeys: [],
        sibling: (path: string) => files[path],
        includedBy: ['a/compose.yaml', 'compose.yaml'],
      };
      const text = 'services: {a: {image: "$ONE/$TWO/$THREE:1"}}';
      expect(compose.find({ path: 'db/db.yaml', text }, options).map(({ reference }) => reference)).toEqual([
        'first/top/mid:1',
      ]);
    });

    test('a list that many entries of include name is not looked at for each of them', () => {
      const list = Array.from({ length: 2500 }, (_, index) => `- a${index}\n`).join('');
      const text = `x-paths: &paths\n${list}include:\n${'- path: *paths\n'.repeat(2500)}`;
      expect(() => compose.includes?.({ path: 'compose.yaml', text }, [])).toThrow('places to look at');
    });

    test('what it includes or extends is of its format', () => {
      const text =
        'include: [db.yaml, ../x/cache.yml, {path: [one.yaml, "https://example.com/two.yaml"]}, ../../out.yaml]\n' +
        'services: {a: {extends: {file: common.yml, service: b}}}';
      const paths = ['a/common.yml', 'a/db.yaml', 'x/cache.yml', 'a/one.yaml'];
      expect(compose.includes?.({ path: 'a/compose.yaml', text }, [])).toEqual(paths);
    });
  });
});
