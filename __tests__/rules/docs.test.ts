import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { documentationOfRule, RULES } from '../../src/rules/index.ts';
import { WELL_KNOWN_REGISTRIES } from '../../src/rules/askable.ts';

const ROOT = join(import.meta.dirname, '../..');
const README = readFileSync(join(ROOT, 'check/README.md'), 'utf8');

describe('the documentation of the rules', () => {
  test('has a page for each rule and no other', () => {
    const pages = readdirSync(join(ROOT, 'docs/rules'));
    expect(pages.toSorted()).toEqual(RULES.map(({ id }) => `${id}.md`).toSorted());
  });

  test.each(RULES.map(({ id, level }) => [id, level] as const))(
    '%s: level, both examples, what to do, how to accept it',
    (id, level) => {
      const text = readFileSync(join(ROOT, documentationOfRule(id)), 'utf8');
      expect(text.startsWith(`# ${id}\n\n**Level**: ${level}`)).toBe(true);
      for (const part of ['Flagged:', 'Fine:', '## What to do', '## Accept it', `ignore[${id}]`])
        expect(text).toContain(part);
      expect(README).toMatch(new RegExp(`\\[${id}\\]\\(\\.\\./docs/rules/${id}\\.md\\) +\\| ${level}`));
    },
  );
});

test('every well-known registry is listed once, with what it is', () => {
  const hosts = WELL_KNOWN_REGISTRIES.map(({ host }) => host);
  expect(new Set(hosts).size).toBe(hosts.length);
});
