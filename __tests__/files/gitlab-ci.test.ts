import { describe, expect, test } from '@jest/globals';
import { gitlabCi } from '../../src/files/gitlab-ci.ts';

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
    ['a: !reference [b, c]\nb: {image: d:1}', ['d:1']],
    ['workflow: {image: a:1}\ncache: {image: b:1}', []],
  ])('%j gives %j', (text, expected) => {
    expect(references(text)).toEqual(expected);
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
});
