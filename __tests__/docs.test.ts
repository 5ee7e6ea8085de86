import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { generatedDocs, replacePart } from '../scripts/docs.ts';
import { limitRows } from '../scripts/limit-rows.ts';
import { documentationOf, ERROR_CODES } from '../src/core/errors.ts';

const ROOT = join(import.meta.dirname, '..');

const PAGES = ['.', 'docs', 'docs/rules', 'check', 'tag']
  .filter((folder) => existsSync(join(ROOT, folder)))
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => normalize(join(folder, name)).replaceAll('\\', '/')),
  )
  .filter((page) => page.endsWith('.md'));

function textOf(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

/** The text without code blocks and code spans. */
function proseOf(page: string): string {
  return textOf(page)
    .replaceAll(/^( *)```[\s\S]*?^\1```/gm, '')
    .replaceAll(/`[^`]*`/g, '');
}

/** Anchors as GitHub makes them of headings. */
function anchorsOf(page: string): ReadonlySet<string> {
  const headings =
    textOf(page)
      .replaceAll(/^( *)```[\s\S]*?^\1```/gm, '')
      .match(/^#+ .*$/gm) ?? [];
  return new Set(
    headings.map((heading) =>
      heading
        .replace(/^#+ /, '')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(/\s/g, '-'),
    ),
  );
}

describe('docs/errors.md', () => {
  const text = textOf('docs/errors.md');
  const sections = text.split(/^## /m).slice(1);

  test('has one heading for each code, in their order', () => {
    expect(sections.map((section) => section.slice(0, section.indexOf('\n')))).toEqual([...ERROR_CODES]);
  });

  test.each(ERROR_CODES)('says of %s what it means and what to do', (code) => {
    const section = sections.find((candidate) => candidate.startsWith(`${code}\n`)) ?? '';
    const [, meaning = '', ...rest] = section.split('\n\n');
    expect(meaning.split(' ').length).toBeGreaterThan(12);
    expect(rest.join('\n\n')).toMatch(/^ *- \S/m);
  });

  test('is where errors point to', () => {
    const anchors = anchorsOf('docs/errors.md');
    for (const code of ERROR_CODES) {
      const [page, anchor = ''] = documentationOf(code).split('#');
      expect([page, anchors.has(anchor)]).toEqual(['docs/errors.md', true]);
    }
  });
});

describe('what is generated', () => {
  test('is what the sources give', async () => {
    for (const [path, text] of await generatedDocs(ROOT)) {
      expect([path, existsSync(join(ROOT, path)) ? textOf(path) : 'missing: npm run build']).toEqual([path, text]);
    }
  });

  test('stands in a README.md beside each action.yml', () => {
    const actions = ['.', 'check', 'tag', 'pin', 'drift', 'pull'].filter((folder) =>
      existsSync(join(ROOT, folder, 'action.yml')),
    );
    expect(actions.filter((folder) => !existsSync(join(ROOT, folder, 'README.md')))).toEqual([]);
  });

  test('holds the limits in plain words', () => {
    const readme = textOf('README.md').replaceAll(/ +/g, ' ');
    for (const [what, value] of limitRows()) expect(readme).toContain(`| ${what} | ${value} |`);
  });

  test('stands between its markers', () => {
    const text = 'a\n<!-- generated: x -->\nold\n<!-- end: x -->\nb\n';
    expect(replacePart(text, 'x', 'new', 'p')).toBe('a\n<!-- generated: x -->\n\nnew\n\n<!-- end: x -->\nb\n');
    expect(() => replacePart('a', 'x', 'new', 'README.md')).toThrow('README.md lacks the markers');
  });
});

describe('README.md', () => {
  test.each([
    'npm ci && npm run demo',
    'npm ci && npm test',
    'npm run try -- resolve alpine:3.20',
    'gh attestation verify',
    '## When not to use it',
    '## Hosts to allow',
    '## Security',
  ])('tells a newcomer: %s', (text) => {
    expect(textOf('README.md')).toContain(text);
  });

  test('begins with a sentence, a snippet and what comes out', () => {
    const [title, sentence, snippet, table] = textOf('README.md').split('\n\n');
    expect(title).toBe('# Image Digest');
    expect(sentence).toMatch(/^A GitHub Action .*\.$/);
    expect(snippet?.split('\n').length).toBeLessThanOrEqual(6);
    expect(table).toMatch(/^\| output .*paste it into/);
  });

  test('names every error of the actions that exist', () => {
    const later = existsSync(join(ROOT, 'tag')) ? [] : ['tag-exists', 'tag-immutable'];
    const missing = ERROR_CODES.filter((code) => !textOf('README.md').includes(`docs/errors.md#${code}`));
    expect(missing).toEqual(later);
  });
});

test('ARCHITECTURE.md fits on two pages, CONTRIBUTING.md on one', () => {
  expect(textOf('ARCHITECTURE.md').split(/\s+/).length).toBeLessThan(1100);
  expect(textOf('CONTRIBUTING.md').split(/\s+/).length).toBeLessThan(550);
});

test.each(['ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'])('the paths that %s names exist', (page) => {
  const spans = [...textOf(page).matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
  const paths = spans.filter((span) => /^(?:\.?[\w-]+\/)+[\w.-]*$|^[\w-]+\.(?:md|json|yml|ts)$|^\.nvmrc$/.test(span));
  const built = /^dist(?:\/|$)/;
  expect(paths.length).toBeGreaterThan(page === 'SECURITY.md' ? 0 : 5);
  expect(paths.filter((path) => !built.test(path) && !existsSync(join(ROOT, path)))).toEqual([]);
});

test.each(PAGES)('the links of %s lead somewhere', (page) => {
  const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
  const broken = links.filter((link) => {
    if (link.startsWith('https://')) return false;
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : normalize(join(dirname(page), path));
    if (!existsSync(join(ROOT, target))) return true;
    return anchor !== undefined && !anchorsOf(target).has(anchor);
  });
  expect(broken).toEqual([]);
});

test('every page is reached from README.md, and no page holds what should not be there', () => {
  const readme = PAGES.map(textOf).join('\n');
  const pages = PAGES.filter((page) => page.startsWith('docs/'));
  expect(pages.filter((page) => !readme.includes(page.slice('docs/'.length)))).toEqual([]);
  for (const page of PAGES) expect([page, /\b(?:TODO|FIXME|lorem ipsum)\b/i.test(textOf(page))]).toEqual([page, false]);
});
