import { describe, expect, test } from '@jest/globals';
import { preCommit } from '../../src/files/pre-commit.ts';

function references(entry: string): readonly string[] {
  const text = `- id: a\n  language: docker_image\n  entry: ${entry}\n`;
  const sites = preCommit.find({ path: '.pre-commit-hooks.yaml', text }, { imageKeys: [], sibling: () => undefined });
  return sites.map(({ reference }) => reference);
}

describe('a hook', () => {
  test.each([
    ['.pre-commit-config.yaml', 'yes'],
    ['a/.pre-commit-config.yml', 'yes'],
    ['.pre-commit-hooks.yaml', 'yes'],
    ['pre-commit-config.yaml', 'no'],
  ])('may stand in %s: %s', (path, expected) => {
    expect(preCommit.matches(path)).toBe(expected);
  });

  test.each([
    ['a:1', ['a:1']],
    ['a:1 b c', ['a:1']],
    ['"a:1 b"', ['a:1']],
    ["'a:1' b", ['a:1']],
    [`"'a:1' b"`, ['a:1']],
    ['--entrypoint x a:1', ['a:1']],
    ['-e A=b --rm a:1', ['a:1']],
    ['--entrypoint=x a:1 --flag', ['a:1']],
    ['--something x a:1', []],
    ['$A', []],
    ['', []],
  ])('with the entry %s has %j', (entry, expected) => {
    expect(references(entry)).toEqual(expected);
  });
});
