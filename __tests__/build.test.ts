import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..');
const TEMP = realpathSync(mkdtempSync(join(tmpdir(), 'build-')));

type Files = ReadonlyMap<string, string>;

let here: Files = new Map();
let elsewhere: Files = new Map();

beforeAll(() => {
  here = build(ROOT, join(TEMP, 'here'));
  const copy = join(TEMP, 'a much longer path than the first one', 'ß');
  mkdirSync(copy, { recursive: true });
  for (const part of ['src', 'scripts', 'package.json'])
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
  elsewhere = build(copy, join(TEMP, 'elsewhere'));
}, 60_000);

afterAll(() => rmSync(TEMP, { recursive: true, force: true }));

function build(root: string, out: string): Files {
  execFileSync(process.execPath, [join(root, 'scripts/build.ts'), '--out', out], { cwd: TEMP });
  return new Map(readdirSync(out).map((name) => [name, readFileSync(join(out, name), encodingOf(name))]));
}

/** Bytes that are no text are kept as one character each. */
function encodingOf(name: string): 'utf8' | 'latin1' {
  return name.endsWith('.wasm') ? 'latin1' : 'utf8';
}

/** The file and everything that it imports at once (what `import()` loads later is left out). */
function loadedWith(name: string, seen = new Set<string>()): ReadonlySet<string> {
  seen.add(name);
  const imports = here.get(name)?.matchAll(/^(?:import|\} from) ?[^;()]*"\.\/([^"]+)";$/gm) ?? [];
  for (const [, next = ''] of imports) if (!seen.has(next)) loadedWith(next, seen);
  return seen;
}

/** The packages whose code is in these files. */
function packagesIn(names: Iterable<string>): ReadonlySet<string> {
  const text = [...names].map((name) => here.get(name)).join('\n');
  const comments = text.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm);
  return new Set([...comments].map((match) => match[1] ?? ''));
}

const entries = () => [...here.keys()].filter((name) => name.endsWith('.js') && !name.startsWith('part-'));

describe('dist/', () => {
  test('is the same byte for byte, wherever it is built', () => {
    expect([...elsewhere.keys()]).toEqual([...here.keys()]);
    for (const [name, text] of here) expect([name, elsewhere.get(name) === text]).toEqual([name, true]);
  });

  test('has one entry for each action, and parts with names that say what is in them', () => {
    const actions = readdirSync(join(ROOT, 'src/actions'), { withFileTypes: true });
    const folders = actions.filter((entry) => entry.isDirectory()).map((entry) => `${entry.name}.js`);
    expect(entries().sort()).toEqual(folders.sort());
    const others = [...here.keys()].filter((name) => !entries().includes(name));
    expect(
      others.filter((name) => !/^(?:part-[A-Za-z0-9-]+\.js|llhttp\.wasm|licenses\.txt|package\.json)$/.test(name)),
    ).toEqual([]);
  });

  test('weighs at most 1.2 MB', () => {
    const size = [...here].reduce((sum, [name, text]) => sum + Buffer.byteLength(text, encodingOf(name)), 0);
    expect(size).toBeLessThanOrEqual(1_200_000);
  });

  test('is readable: no minified lines, no source map, no path of the machine', () => {
    for (const [name, text] of here) {
      if (name.endsWith('.js')) expect([name, text.split('\n').length > text.length / 1000]).toEqual([name, true]);
      expect([name, text.includes('sourceMappingURL'), text.includes(TEMP)]).toEqual([name, false, false]);
    }
  });

  test('holds undici’s parser of HTTP/1 byte for byte', () => {
    const module: unknown = createRequire(import.meta.url)('undici/lib/llhttp/llhttp_simd-wasm.js');
    expect(Buffer.from(here.get('llhttp.wasm') ?? '', 'latin1')).toEqual(module);
  });

  test('holds one HTTP client', () => {
    const packages = packagesIn(here.keys());
    expect(packages).toContain('undici');
    expect(packages).not.toContain('@actions/http-client');
    expect([...here.values()].join('').includes('node_modules/undici/index.js')).toBe(false);
  });

  test('names every package that is in it in licenses.txt, with its full licence', () => {
    const licences = here.get('licenses.txt') ?? '';
    const named = [...licences.matchAll(/^(\S+) \d\S* \([\w.-]+\)$/gm)].map((match) => match[1] ?? '');
    expect(named.sort()).toEqual([...packagesIn(here.keys())].sort());
    // Packages with the same licence stand in front of it together, each with its own notice.
    const [, ...sections] = licences.split(/^-{80}$/m);
    const texts = sections.filter((_, index) => index % 2 === 1);
    expect(sections).toHaveLength(2 * texts.length);
    for (const text of texts) {
      expect(text).toMatch(/Permission\s+is\s+hereby\s+granted|Permission\s+to\s+use|TERMS\s+AND\s+CONDITIONS/);
    }
    expect(licences.match(/copyright (?:\(c\) )?\d{4}/gi)?.length).toBeGreaterThanOrEqual(texts.length);
  });

  test('loads neither the YAML parser nor the GitHub client with resolve', () => {
    const loaded = packagesIn(loadedWith('part-actions-resolve-main.js'));
    expect(
      [...loaded].filter((name) => name === 'yaml' || name.startsWith('@octokit/') || name === '@actions/github'),
    ).toEqual([]);
    expect(loaded).toContain('undici');
  });

  test('hears signals before it loads what it works with', () => {
    for (const entry of entries()) {
      const first = [...loadedWith(entry)];
      const size = first.reduce((sum, name) => sum + Buffer.byteLength(here.get(name) ?? ''), 0);
      const others = [...packagesIn(first)].filter((name) => !name.startsWith('@actions/'));
      expect([entry, others, size < 64 * 1024]).toEqual([entry, [], true]);
      expect(here.get(entry)).toContain(`import("./part-actions-${entry.replace('.js', '-main.js')}")`);
    }
  });

  test('does what the demo shows', () => {
    const demo = [join(ROOT, 'scripts/demo.ts'), '--dist', join(TEMP, 'here')];
    const text = execFileSync(process.execPath, demo, { cwd: TEMP, encoding: 'utf8' });
    expect(text).toMatch(/All of it as it should be\./);
    expect(text).not.toContain('✗');
  }, 30_000);
});
