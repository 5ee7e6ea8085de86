import { describe, expect, test } from '@jest/globals';
import { gitlabCi } from '../../src/files/gitlab-ci.ts';
import { wildcardTest } from '../../src/files/gitlab-include.ts';

function references(text: string, sibling: (path: string) => string | undefined = () => undefined): readonly string[] {
  return gitlabCi.find({ path: '.gitlab-ci.yml', text }, { imageKeys: [], sibling }).map(({ reference }) => reference);
}

describe('a pipeline', () => {
  test.each([
    ['.gitlab-ci.yml', 'yes'],
    ['sub/.gitlab-ci.yaml', 'yes'],
    ['templates/build.gitlab-ci.yml', 'yes'],
    ['.gitlab/ci/build.yml', 'yes'],
    ['.gitlab-ci/a/b.yaml', 'yes'],
    ['ci/build.yml', 'maybe'],
    ['charts/a/ci/values.yaml', 'maybe'],
    ['.gitlab/issues.yml', 'maybe'],
    ['gitlab-ci.md', 'no'],
    ['src/specific.yml', 'no'],
  ])('is %s: %s', (path, expected) => {
    expect(gitlabCi.matches(path)).toBe(expected);
  });

  test.each([
    ['image: ""', []],
    ['image:', []],
    ['image: {entrypoint: [a]}', []],
    ['services: a:1', []],
    ['variables: {image: a:1}', []],
    ['variables: {A: ""}\na: {image: $A}', []],
    ['variables: {A: b}\na: {image: "$A$A:1"}', ['bb:1']],
    ['a: {variables: {A: b}, image: "c:${A}"}\nd: {image: "c:${A}"}', ['c:b', 'c:${A}']],
    ['a: {image: "b:$$c"}', ['b:$c']],
    ['a: {image: "b:$"}', ['b:$']],
    [
      'variables: {A: b:1, C: {value: $A, expand: false}, D: {value: $A}}\na: {image: $C}\nd: {image: $D}',
      ['b:1', '$C'],
    ],
    ['a: !reference [b, c]\nb: {image: d:1}', ['d:1']],
    ['workflow: {image: a:1}\ncache: {image: b:1}', []],
  ])('%j gives %j', (text, expected) => {
    expect(references(text)).toEqual(expected);
  });

  test.each([
    ['a: {script: docker run b/a:1}', ['b/a:1']],
    ['a: {script: [docker run b/a:1, [docker run b/a:2]]}', ['b/a:1', 'b/a:2']],
    ['script: docker run b/a:1', ['b/a:1']],
    ['variables: {script: docker run b/a:1}\na: {script: x}', []],
    ['a: {script: {b: docker run b/a:1}}', []],
    ['a: {variables: {A: b/a:1}, script: docker run $A}', ['b/a:1']],
    ['a: {variables: {A: b/a:1}, script: [A=b/a:2, docker run $A]}', []],
    ['a: {variables: {A: b/a:1}, script: docker run $A}\nc: {script: unset A}', []],
    ['a: {variables: {A: b/a}, script: docker run $A}', []],
    ['a: {variables: {A: "1"}, script: "docker run b/a:${A} && docker run \'b/c:$A\'"}', ['b/a:1']],
    ['a: {script: docker run $CI_REGISTRY_IMAGE:1}', []],
    ['a: {script: docker run local}', []],
    ['a: {script: docker build -t b/a .}\nc: {script: docker run b/a:1}', []],
    ['a: {variables: {A: b/a}, script: "docker build -t $A:1 ."}\nc: {script: docker run b/a:1}', []],
  ])('runs in %j the images %j', (text, expected) => {
    expect(references(text)).toEqual(expected);
  });

  test('whose jobs share a long script is not read without end', () => {
    const jobs = Array.from({ length: 5000 }, (_, index) => `j${index}: {script: *s}`);
    const text = `.s: &s [${'docker run b/a:1, '.repeat(500)}]\n${jobs.join('\n')}`;
    expect(() => references(text)).toThrow('places to look at');
  });

  test.each([
    ['include: a.yml', ['a.yml']],
    ['include: /a/b.yml', ['a/b.yml']],
    ['include: {local: a.yml}', ['a.yml']],
    ['include: [a.yml, {local: /b.yml}, {remote: c.yml}, {template: d.yml}]', ['a.yml', 'b.yml']],
    ['include: https://example.com/a.yml', []],
    ['include: ../a.yml', []],
    ['include: [a/*.yml, a/**.yml]', []],
    ['include: [$A/b.yml]', []],
  ])('%s asks for %j', (text, expected) => {
    const asked: string[] = [];
    const sibling = (path: string) => {
      asked.push(path);
      return 'variables: {A: b:1}';
    };
    expect(references(`${text}\njob: {image: $A}`, sibling)).toEqual([expected.length > 0 ? 'b:1' : '$A']);
    expect(asked).toEqual(expected);
  });

  test('whose jobs extend one another again and again is read', () => {
    const jobs = Array.from(
      { length: 12 },
      (_, index) => `j${index}: {extends: [${`j${index + 1}, `.repeat(20)}], image: $A}`,
    );
    expect(references(jobs.join('\n'))).toHaveLength(12);
    expect(references('a: {extends: b, image: $A}\nb: {extends: a, variables: {A: c:1}}')).toEqual(['c:1']);
  });

  test('with a matrix of many values does not multiply without end', () => {
    const list = `[${Array.from({ length: 500 }, (_, index) => `v${index}`).join(', ')}]`;
    const text = `a: {parallel: {matrix: [{A: ${list}, B: ${list}, C: ${list}}]}, image: "$A/$B:$C"}`;
    expect(references(text).length).toBeLessThanOrEqual(64);
  });

  // What GitLab's documentation says of `*` and `**`, and its code of `**/`.
  test.each([
    ['configs/*.yml', ['configs/a.yml', 'configs/.b.yml', 'configs/.yml']],
    ['configs/**.yml', ['configs/a.yml', 'configs/.b.yml', 'configs/.yml', 'configs/x/a.yml', 'configs/x/y/a.yml']],
    ['configs/**/*.yml', ['configs/a.yml', 'configs/.b.yml', 'configs/.yml', 'configs/x/a.yml', 'configs/x/y/a.yml']],
    ['**/a.yml', ['a.yml', 'configs/a.yml', 'configs/x/a.yml', 'configs/x/y/a.yml']],
    ['*/*/a.yml', ['configs/x/a.yml']],
    ['**', 'all'],
    ['configs/[ax].yml', []],
    ['configs/?.yml', []],
    ['*.yml', ['a.yml']],
    ['*', ['a.yml', 'b.yaml']],
  ])('%s names %j', (pattern, expected) => {
    const files = 'a.yml b.yaml configs/a.yml configs/.b.yml configs/.yml configs/x/a.yml configs/x/y/a.yml'.split(' ');
    const matches = wildcardTest(pattern);
    expect(files.filter(matches)).toEqual(expected === 'all' ? files : expected);
  });

  test('with a pattern of stars is matched without going back', () => {
    const matches = wildcardTest(`${'*a'.repeat(100)}*b`);
    expect(matches('a'.repeat(4000))).toBe(false);
    expect(matches(`${'a'.repeat(4000)}b`)).toBe(true);
  });

  test('that includes more patterns than can be followed says so', () => {
    const stars = Array.from({ length: 50 }, (_, index) => `"**${'a*'.repeat(50)}${index}.yml"`);
    const files = Array.from({ length: 5000 }, (_, index) => `${'a'.repeat(50)}/${index}.yml`);
    expect(() =>
      gitlabCi.includes?.({ path: '.gitlab-ci.yml', text: `include: [${stars.join(', ')}]` }, files),
    ).toThrow('more patterns of files');
  });

  test('whose jobs share many rules is not read without end', () => {
    const rules = Array.from({ length: 1000 }, (_, index) => `{variables: {A: "${index}"}}`);
    const jobs = Array.from({ length: 1000 }, (_, index) => `j${index}: {image: "x:1", rules: *r}`);
    expect(() => references(`r: &r [${rules.join(', ')}]\n${jobs.join('\n')}`)).toThrow('places to look at');
  });

  test('whose jobs have many values of variables is not read without end', () => {
    const rules = Array.from({ length: 64 }, (_, index) => `{variables: {A: "${index}"}}`);
    const jobs = Array.from({ length: 10_000 }, (_, index) => `j${index}: {image: "$A:1"}`);
    expect(() => references(`workflow: {rules: [${rules.join(', ')}]}\n${jobs.join('\n')}`)).toThrow(
      'places to look at',
    );
  });

  test.each([
    ['include: ci/*.yml', ['ci/a.yml', 'ci/b.yml']],
    ['include: [{local: "/ci/**.yml"}]', ['ci/a.yml', 'ci/b.yml', 'ci/x/c.yml']],
    ['include: "**"', ['ci/a.yml', 'ci/b.yml', 'ci/x/c.yml', 'z.yaml']],
    ['include: {project: a/b, file: "/ci/*.yml"}', []],
    ['child: {trigger: {include: ci/a.yml}}', ['ci/a.yml']],
    ['child: {trigger: {include: [{local: "ci/x/*.yml"}, {artifact: ci/b.yml, job: a}]}}', ['ci/x/c.yml']],
    ['child: {trigger: a/b}', []],
    ['include: $CI_PROJECT_DIR/ci/*.yml', []],
  ])('with %s is made of %j', (text, expected) => {
    const files = ['ci/a.yml', 'ci/b.yml', 'ci/x/c.yml', 'ci/readme.md', 'z.yaml'];
    expect(gitlabCi.includes?.({ path: '.gitlab-ci.yml', text }, files)).toEqual(expected);
  });

  test('uses the variables of all files that it is made of, the including ones first', () => {
    const files = new Map([
      ['.gitlab-ci.yml', 'include: ["ci/*.yml"]\nvariables: {A: root:1}\nmain: {image: "$A $B $C $D"}'],
      ['ci/a.yml', 'variables: {A: a:1, B: a:2, C: a:3}\na: {image: $A}\nb: {image: $B}\nc: {image: "${D}"}'],
      ['ci/b.yml', 'include: x/deep.yml\nvariables: {B: {value: b:2}, D: "$C-slim"}\nd: {image: $E}\ne: {image: $B}'],
      ['x/deep.yml', 'variables: {D: deep:4, E: deep:5}'],
    ]);
    const find = (path: string, includedBy?: readonly string[]) => {
      const options = { imageKeys: [], sibling: (name: string) => files.get(name), files: [...files.keys()] };
      const text = files.get(path) ?? '';
      const sites = gitlabCi.find({ path, text }, includedBy === undefined ? options : { ...options, includedBy });
      return sites.map(({ line, column, reference }) => `${line}:${column} ${reference}`);
    };
    expect(find('.gitlab-ci.yml')).toEqual(['3:16 root:1 b:2 a:3 a:3-slim']);
    expect(find('ci/a.yml', ['.gitlab-ci.yml'])).toEqual(['2:12 root:1', '3:12 b:2', '4:13 a:3-slim']);
    expect(find('ci/b.yml', ['.gitlab-ci.yml'])).toEqual(['2:24 b:2', '3:12 deep:5']);
  });
});
