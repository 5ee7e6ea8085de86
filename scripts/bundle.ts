import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { licenseTexts, packagesOf } from './licenses.ts';

/** Contents of each file, by its path relative to the folder it belongs to. */
export type Files = ReadonlyMap<string, string | Uint8Array>;

/** Most that dist/ may weigh, in bytes: a runner downloads it for every job. */
export const DIST_BYTES = 1_200_000;

/** CommonJS packages call `require` for Node's own modules; in an ES module it has to be made. */
const BANNER = `import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
`;

/** The files of dist/, from the sources in `root`. The same sources give the same bytes, wherever `root` is. */
export async function bundle(root: string): Promise<Files> {
  const actions = await actionsIn(root);
  if (actions.length === 0) throw new Error('there is no src/actions/*/index.ts');
  const result = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(actions.map((action) => [action, `src/actions/${action}/index.ts`])),
    outdir: 'dist',
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    banner: { js: BANNER },
    legalComments: 'none',
    charset: 'utf8',
    // Said here, so that what is built does not depend on a file that is meant for the type checker.
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    // undici's own switch for bundles without its second, experimental HTTP parser (200 KB).
    define: { esbuildDetection: 'true' },
    preserveSymlinks: true,
    logLevel: 'error',
    plugins: [oneHttpClient(root)],
  });
  const names = readableNames(result.metafile);
  const rename = (text: string) => [...names].reduce((all, [from, to]) => all.replaceAll(from, to), text);
  const files = new Map<string, string | Uint8Array>();
  for (const { path, text } of result.outputFiles) files.set(rename(basename(path)), rename(text));
  files.set(PARSER.file, parserOf(join(root, 'node_modules/undici/lib/llhttp/llhttp_simd-wasm.js')));
  files.set('licenses.txt', await licenseTexts(root, packagesOf(usedInputs(result.metafile))));
  files.set('package.json', '{ "type": "module" }\n');
  return new Map([...files].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Names of the actions: the folders of src/actions that hold an index.ts. */
export async function actionsIn(root: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, 'src/actions'), { recursive: true });
  const names = entries.map((entry) => entry.replaceAll('\\', '/')).filter((entry) => /^[^/]+\/index\.ts$/.test(entry));
  return names.map((entry) => dirname(entry)).sort();
}

/** What is bundled instead of a package that is imported and not used; `from` restricts it to these importers. */
const STUBS: readonly { readonly what: RegExp; readonly from?: RegExp; readonly stub: string }[] = [
  { what: /^@actions\/http-client(\/|$)/, stub: 'http-client.ts' },
  { what: /^undici$/, from: /\/@actions\/github\//, stub: 'undici.ts' },
  { what: /\/web\/(fetch|webidl)(\/|$)/, from: /\/undici\/lib\/(core|dispatcher|api)\//, stub: 'undici.ts' },
  { what: /\/diagnostics\.js$/, from: /\/undici\/lib\//, stub: 'undici-diagnostics.ts' },
  { what: /^@octokit\/(plugin-rest-endpoint-methods|plugin-paginate-rest|graphql)$/, stub: 'octokit-plugins.ts' },
  { what: /^\.\/summary\.js$/, from: /\/@actions\/core\/lib\//, stub: 'core-summary.ts' },
  { what: /^json-with-bigint$/, stub: 'json-with-bigint.ts' },
  // The lexer needs four characters of cst.js, which brings the writer of YAML with it.
  { what: /^\.\/cst-(scalar|stringify|visit)\.js$/, from: /\/yaml\/dist\/parse\/cst\.js$/, stub: 'yaml-cst.ts' },
];

/** Of these packages only one file is used; the others would be bundled with it. */
const PARTS: readonly { readonly what: RegExp; readonly from: RegExp; readonly part: string }[] = [
  // The formats read YAML from the lexer's tokens (src/files/yaml-token.ts); documents are two thirds of the package.
  { what: /^yaml$/, from: /\/src\/files\//, part: 'yaml/dist/parse/lexer.js' },
  // undici's fall-back for machines without SIMD: every machine that runs node24 actions has it.
  { what: /llhttp\/llhttp-wasm\.js$/, from: /\/undici\/lib\//, part: 'undici/lib/llhttp/llhttp_simd-wasm.js' },
];

/**
 * undici's parser of HTTP/1, WebAssembly in a text (72 KB of base64): in the bundle it is a file of its own, which is read
 * when the first connection needs it.
 */
const PARSER = { module: /[\\/]undici[\\/]lib[\\/]llhttp[\\/]llhttp_simd-wasm\.js$/, file: 'llhttp.wasm' } as const;

/** The bytes that a module of undici gives. */
function parserOf(path: string): Uint8Array {
  const bytes: unknown = createRequire(import.meta.url)(path);
  if (!(bytes instanceof Uint8Array)) throw new Error(`${path} does not give bytes`);
  return bytes;
}

/** Modules of constants of which these few are read. */
const CONSTANTS: readonly { readonly file: RegExp; readonly names: readonly string[] }[] = [
  { file: /[\\/]undici[\\/]lib[\\/]llhttp[\\/]constants\.js$/, names: ['ERROR', 'TYPE'] },
];

/** The module with these constants alone, as their values are when the bundle is built. */
function constantsOf(path: string, names: readonly string[]): string {
  const module: Readonly<Record<string, unknown>> = createRequire(import.meta.url)(path);
  return names.map((name) => `exports.${name} = ${JSON.stringify(module[name], undefined, 2)};\n`).join('');
}

/** Keeps undici in the bundle once, and of it only the parts that src/ports imports. */
function oneHttpClient(root: string): Plugin {
  return {
    name: 'one-http-client',
    setup(bundler) {
      for (const { what, from = /(?:)/, stub } of STUBS) {
        bundler.onResolve({ filter: what }, ({ importer }) =>
          from.test(importer.replaceAll('\\', '/')) ? { path: join(root, 'scripts/stubs', stub) } : undefined,
        );
      }
      for (const { what, from, part } of PARTS) {
        bundler.onResolve({ filter: what }, ({ importer }) =>
          from.test(importer.replaceAll('\\', '/')) ? { path: join(root, 'node_modules', part) } : undefined,
        );
      }
      bundler.onLoad({ filter: PARSER.module }, () => ({
        contents: `module.exports = require('node:fs').readFileSync(require.resolve('./${PARSER.file}'));\n`,
        loader: 'js',
      }));
      bundler.onResolve({ filter: /^\.\/llhttp\.wasm$/ }, ({ path }) => ({ path, external: true }));
      for (const { file, names } of CONSTANTS) {
        bundler.onLoad({ filter: file }, ({ path }) => ({ contents: constantsOf(path, names), loader: 'js' }));
      }
      const text = 'import undici by its parts (undici/lib/…): the whole package doubles the start-up';
      bundler.onResolve({ filter: /^undici$/ }, () => ({ errors: [{ text }] }));
    },
  };
}

function usedInputs({ outputs }: Metafile): readonly string[] {
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path),
  );
}

/** esbuild's `chunk-7JK2WQ3A.js` → a name that says what is in it and does not change with every edit. */
function readableNames({ outputs }: Metafile): ReadonlyMap<string, string> {
  const chunks = Object.entries(outputs)
    .filter(([, { entryPoint }]) => entryPoint === undefined || !/^src\/actions\/[^/]+\/index\.ts$/.test(entryPoint))
    .map(([path, { entryPoint, inputs }]) => ({ old: basename(path), subject: entryPoint ?? largest(inputs) }))
    .sort((one, other) => (one.subject + one.old < other.subject + other.old ? -1 : 1));
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { old, subject } of chunks) {
    const wish = `part-${nameOf(subject)}`;
    let name = wish;
    for (let number = 2; taken.has(name); number += 1) name = `${wish}-${number}`;
    taken.add(name);
    names.set(old, `${name}.js`);
  }
  return names;
}

function largest(inputs: Metafile['outputs'][string]['inputs']): string {
  const [first] = Object.entries(inputs).sort(
    ([onePath, one], [otherPath, other]) => other.bytesInOutput - one.bytesInOutput || (onePath < otherPath ? -1 : 1),
  );
  return first?.[0] ?? 'shared';
}

/** `node_modules/@actions/core/lib/core.js` → `actions-core`, `src/registry/client.ts` → `registry-client`. */
function nameOf(path: string): string {
  const [folder] = packagesOf([path]);
  const subject =
    folder === undefined ? path.replace(/^(src|scripts)\//, '').replace(/\.[jt]s$/, '') : folder.slice(13);
  return subject.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
}
