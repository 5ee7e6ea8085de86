import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..');

/** What each layer of src may import: other layers, and modules from outside. */
const LAYERS = {
  core: { layers: ['core'], modules: [] },
  registry: { layers: ['core', 'registry'], modules: [] },
  files: { layers: ['core', 'files'], modules: ['yaml'] },
  rules: { layers: ['core', 'files', 'rules'], modules: [] },
  report: { layers: ['core', 'files', 'rules', 'report'], modules: [] },
  inputs: { layers: ['core', 'inputs'], modules: [] },
  // Ports know the values that pure layers make (what they send) and read (what they hand over at once). Never the reverse.
  ports: {
    layers: ['core', 'registry', 'files', 'rules', 'report', 'ports'],
    modules: ['undici', 'node:', '@actions/exec', '@actions/github'],
  },
  actions: {
    layers: ['core', 'registry', 'files', 'rules', 'report', 'inputs', 'ports', 'actions'],
    modules: ['@actions/core', 'node:'],
  },
} as const satisfies Record<string, { layers: readonly string[]; modules: readonly string[] }>;

type Layer = keyof typeof LAYERS;

const PURE: ReadonlySet<string> = new Set(['core', 'registry', 'files', 'rules', 'report', 'inputs']);

/** Modules that a file may import although its layer may not, with the reason. */
const EXTRA_MODULES: Readonly<Record<string, readonly string[]>> = {
  // Hashing is a pure function that nobody should write again.
  'src/core/digest.ts': ['node:crypto'],
};

/** Modules of Node that only ports may import: actions speak to the world through them. */
const IO_MODULES = [
  'node:fs',
  'node:child_process',
  'node:net',
  'node:tls',
  'node:http',
  'node:https',
  'node:http2',
  'node:dns',
];

/** Files that may be longer than 250 lines, with the reason. */
const LONG_FILES: Readonly<Record<string, string>> = {};

interface SourceText {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly layer: string;
  readonly text: string;
  /** The text without comments. */
  readonly code: string;
  readonly imports: readonly string[];
}

const SOURCES = filesIn('src')
  .filter((path) => path.endsWith('.ts'))
  .map(readSource);

function filesIn(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.map((path) => path.slice(ROOT.length + 1).replaceAll(sep, '/')).sort();
}

function readSource(path: string): SourceText {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$|(?<=[;,{}()\s])\/\/ .*$/gm, '');
  return { path, layer: path.split('/')[1] ?? '', text, code, imports: importsOf(code) };
}

function importsOf(code: string): readonly string[] {
  const patterns = [/\b(?:im|ex)port\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/g, /\bimport\s*\(?\s*['"]([^'"]+)['"]/g];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? ''));
}

function isLayer(name: string): name is Layer {
  return Object.hasOwn(LAYERS, name);
}

/** `path: what is wrong` for each source and each of its violations. */
function violations(of: (source: SourceText) => readonly string[], among = SOURCES): readonly string[] {
  return among.flatMap((source) => of(source).map((what) => `${source.path}: ${what}`));
}

describe('the reading of imports', () => {
  test.each([
    [`import { a } from './a.ts';`, ['./a.ts']],
    [`import type {\n  A,\n  B,\n} from "../b.ts";`, ['../b.ts']],
    [`import fs, { type Stats } from 'node:fs';\nimport 'yaml';`, ['node:fs', 'yaml']],
    [`export { a } from './a.ts';\nexport * from './c.ts';`, ['./a.ts', './c.ts']],
    [`const { main } = await import('./main.ts');`, ['./main.ts']],
    [`const from = 'x'; // from 'nowhere'`, []],
  ])('finds what %j imports', (code, imports) => {
    expect(importsOf(code)).toEqual(imports);
  });
});

describe('the layers of src', () => {
  test('are the ones that ARCHITECTURE.md names', () => {
    const unknown = SOURCES.filter(({ layer }) => !isLayer(layer)).map(({ path }) => path);
    expect(unknown).toEqual([]);
    expect(SOURCES.length).toBeGreaterThan(10);
  });

  test('import one another in one direction only', () => {
    expect(
      violations(({ path, layer, imports }) => {
        const allowed: readonly string[] = isLayer(layer) ? LAYERS[layer].layers : [];
        const targets = imports
          .filter((name) => name.startsWith('.'))
          .map((name) => normalize(join(dirname(path), name)).replaceAll(sep, '/'));
        return targets.filter((target) => {
          const [top = '', folder = ''] = target.split('/');
          return top !== 'src' || !allowed.includes(folder);
        });
      }),
    ).toEqual([]);
  });

  test('import only the packages and modules that are theirs', () => {
    expect(
      violations(({ path, layer, imports }) => {
        const allowed: readonly string[] = isLayer(layer) ? LAYERS[layer].modules : [];
        const extra = EXTRA_MODULES[path] ?? [];
        return imports
          .filter((name) => !name.startsWith('.') && !extra.includes(name))
          .filter(
            (name) =>
              !allowed.some(
                (module) => name === module || name.startsWith(module.endsWith(':') ? module : `${module}/`),
              ),
          );
      }),
    ).toEqual([]);
  });

  test('touch files, processes and the network only in ports', () => {
    const outside = SOURCES.filter(({ layer }) => layer !== 'ports');
    expect(
      violations(
        ({ imports }) => imports.filter((name) => IO_MODULES.some((io) => name === io || name.startsWith(`${io}/`))),
        outside,
      ),
    ).toEqual([]);
  });

  test.each([
    ['process', /\bprocess\s*[.[]/],
    ['a clock', /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\s*\./],
    ['randomness', /\bMath\.random\b|\bcrypto\.(?:random|getRandom)/],
    ['timers', /\bset(?:Timeout|Interval|Immediate)\s*\(/],
    ['the console', /\bconsole\s*\./],
    ['the network', /(?<![.\w])fetch\s*\(/],
    ['globalThis', /\bglobalThis\b/],
  ])('do not touch %s where they are pure', (_what, pattern) => {
    const pure = SOURCES.filter(({ layer }) => PURE.has(layer));
    expect(violations(({ code }) => pattern.exec(code)?.slice(0, 1) ?? [], pure)).toEqual([]);
  });
});

describe('the sources', () => {
  test('print in one file only', () => {
    const printing =
      /\bconsole\s*\.|\bprocess\.std(?:out|err)\.write\b|\bcore\.(?:info|notice|warning|error|debug|setFailed|startGroup|endGroup|group)\b|\b(?:info|notice|warning|error|debug|setFailed|startGroup|endGroup|group)\b[^;]*\bfrom '@actions\/core'/;
    const printers = SOURCES.filter(({ code }) => printing.test(code)).map(({ path }) => path);
    expect(printers.slice(1)).toEqual([]);
  });

  test('have named exports only', () => {
    expect(violations(({ code }) => /\bexport default\b|\bas default\b/.exec(code) ?? [])).toEqual([]);
  });

  test('import undici by its parts and only one of its copies is installed', () => {
    expect(violations(({ text }) => /^import (?!type\b)[^;]* from 'undici';/m.exec(text) ?? [])).toEqual([]);
    const lock: { packages: Record<string, unknown> } = JSON.parse(
      readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
    );
    expect(Object.keys(lock.packages).filter((path) => path.endsWith('/undici'))).toEqual(['node_modules/undici']);
  });

  test('call the GitHub API by request(), because the list of its endpoints is not bundled', () => {
    expect(violations(({ code }) => /\b(?:octokit|github|api|client)\w*\.rest\.\w+/i.exec(code) ?? [])).toEqual([]);
  });

  test('leave nothing to be done later', () => {
    expect(violations(({ text }) => /\b(?:TODO|FIXME|XXX|HACK)\b/.exec(text) ?? [])).toEqual([]);
  });

  test('are named by a noun of the domain', () => {
    // A credential helper is a program of docker's, not a helper of ours.
    const vague =
      /(?:^|\/|(?<!credential)-)(?:utils?|helpers?|common|managers?|handlers?|misc|process|index\.test)(?=[-./]|$)/;
    expect([...filesIn('src'), ...filesIn('scripts')].filter((path) => vague.test(path))).toEqual([]);
  });

  test('are at most about 250 lines long', () => {
    const long = SOURCES.filter(({ text }) => text.split('\n').length > 275).map(({ path }) => path);
    expect(long.filter((path) => LONG_FILES[path] === undefined)).toEqual([]);
    expect(Object.keys(LONG_FILES).filter((path) => !long.includes(path))).toEqual([]);
  });
});

test('package.json names the five runtime dependencies and no other, all by exact version', () => {
  const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  );
  expect(Object.keys(dependencies)).toEqual(['@actions/core', '@actions/exec', '@actions/github', 'undici', 'yaml']);
  expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
