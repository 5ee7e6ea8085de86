/* A git repository with any number of files, about 900 of which name images; the same bytes in every run. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Tree {
  readonly files: number;
  /** Files that name images. */
  readonly relevant: number;
  readonly bytes: number;
}

/** Writes the files and adds them to a new git repository. */
export function growTree(folder: string, files: number): Tree {
  const random = generator(files);
  const written = new Set<string>();
  let bytes = 0;
  const write = (path: string, text: string): void => {
    const full = join(folder, path);
    if (!written.has(dirname(full))) mkdirSync(dirname(full), { recursive: true });
    written.add(dirname(full));
    writeFileSync(full, text);
    bytes += text.length;
  };
  const relevant = relevantFiles(random);
  for (const [path, text] of relevant) write(path, text);
  const pool = poolOfLines(random);
  for (let number = relevant.length; number < files; number += 1) {
    const [extension, comment] = pick(EXTENSIONS, random);
    const path = `src/${number % 37}/part${number % 211}/${pick(WORDS, random)}-${number}.${extension}`;
    const start = Math.floor(random() * (pool.length - 70_000));
    write(path, `${comment} ${path}\n${pool.slice(start, start + sizeOf(random))}\n`);
  }
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'core.fsync=none', '-c', 'init.defaultBranch=main', ...args], {
      cwd: folder,
      stdio: 'ignore',
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, GIT_CONFIG_NOSYSTEM: '1' },
    });
  };
  git('init', '--quiet');
  git('add', '--all');
  return { files, relevant: relevant.length, bytes };
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pick<T>(values: readonly T[], random: () => number): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

/** Sizes of sources: most are small, a few are large; 2.6 KB in the mean, which is little. */
function sizeOf(random: () => number): number {
  const kind = random();
  if (kind < 0.8) return 200 + Math.floor(random() * 1800);
  return kind < 0.98 ? 2000 + Math.floor(random() * 6000) : 8000 + Math.floor(random() * 52_000);
}

/** One in twelve is YAML that is no Kubernetes manifest, one in twelve is JSON. */
const EXTENSIONS: readonly (readonly [string, string])[] = [
  ['ts', '//'],
  ['ts', '//'],
  ['go', '//'],
  ['go', '//'],
  ['py', '#'],
  ['py', '#'],
  ['java', '//'],
  ['md', '#'],
  ['css', '//'],
  ['txt', '#'],
  ['yaml', '#'],
  ['json', '//'],
];

const WORDS =
  'server client config value request result handler index buffer stream parse format user order price stock item cart total image name port host time list entry state field model view query token error retry limit'.split(
    ' ',
  );

/** A megabyte of lines that look like sources. */
function poolOfLines(random: () => number): string {
  const lines: string[] = [];
  for (let length = 0; length < 1_000_000;) {
    const words = Array.from({ length: 3 + Math.floor(random() * 8) }, () => pick(WORDS, random));
    const line = `${' '.repeat(2 * Math.floor(random() * 4))}${words.join(pick([' ', '.', ': ', ' = '], random))}`;
    lines.push(line);
    length += line.length + 1;
  }
  return lines.join('\n');
}

type NamedText = readonly [path: string, text: string];

function many(count: number, make: (number: number) => NamedText): readonly NamedText[] {
  return Array.from({ length: count }, (_, number) => make(number));
}

function relevantFiles(random: () => number): readonly NamedText[] {
  const name = (): string =>
    `${pick(['', 'ghcr.io/acme/', 'registry.example.com:5000/team/', 'quay.io/'], random)}${pick(WORDS, random)}`;
  // One in ten is what the check is there for.
  const reference = (): string =>
    `${name()}${random() < 0.1 ? ':latest' : `:${Math.floor(random() * 9)}.${Math.floor(random() * 30)}`}`;
  return [
    ...many(250, (number) => [
      `services/s${number}/Dockerfile`,
      `# service ${number}\nFROM ${reference()} AS build\nWORKDIR /src\nCOPY . .\nRUN make && make install\n\n` +
        `FROM ${reference()}\nCOPY --from=build /out /app\nENV PORT=80\nENTRYPOINT ["/app"]\n`,
    ]),
    ...many(150, (number) => [
      `services/s${number}/compose.yaml`,
      `services:\n  app:\n    image: ${reference()}\n    ports: ["80:80"]\n    environment:\n      A: b\n` +
        `  db:\n    image: ${reference()}\n    volumes:\n      - data:/data\nvolumes:\n  data: {}\n`,
    ]),
    ...many(150, (number) => [
      `.github/workflows/w${number}.yml`,
      `name: w${number}\non: [push]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    container: ${reference()}\n` +
        `    steps:\n      - uses: actions/checkout@v4\n      - run: |\n          make test\n          docker run ${reference()}\n`,
    ]),
    ...many(200, (number) => [
      `deploy/k${number}/deployment.yaml`,
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d${number}\nspec:\n  template:\n    spec:\n` +
        `      initContainers:\n        - name: init\n          image: ${reference()}\n      containers:\n` +
        `        - name: app\n          image: ${reference()}\n          ports:\n            - containerPort: 80\n`,
    ]),
    ...many(100, (number) => [
      `charts/c${number}/values.yaml`,
      `replicas: 1\nimage:\n  repository: ${name()}\n  tag: "1.${number}"\n  pullPolicy: Always\nservice:\n  port: 80\n`,
    ]),
    ...many(50, (number) => [
      `deploy/k${number}/kustomization.yaml`,
      `resources:\n  - deployment.yaml\nimages:\n  - name: app\n    newName: ${name()}\n    newTag: "2.${number}"\n`,
    ]),
  ];
}
