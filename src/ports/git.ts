import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { devNull } from 'node:os';
import { createDiffReader, type AddedSpans, type DiffReader, type IsSameKind } from '../rules/diff.ts';

/*
 * git is asked about a repository whose files, names and configuration strangers may have written (SAFETY.md T33, T34):
 * no shell, no user or system configuration, no hooks, no file system monitor, no external or text-converting diff, no
 * network, no revision that could be an option.
 */

/** The questions that `check` has about a repository. */
export interface Git {
  /** Tracked files below the workspace, relative to it; undefined where there is no repository or no git. */
  readonly trackedFiles: () => Promise<ReadonlySet<string> | undefined>;
  /** The commit that is checked out, with its parents (also where a shallow clone lacks them). */
  readonly head: () => Promise<Commit | undefined>;
  /** Whether a commit is in the clone. */
  readonly hasCommit: (id: string) => Promise<boolean>;
  /** When a commit of the clone was made, RFC 3339 with its own offset; undefined when it is not there. */
  readonly commitTime: (id: string) => Promise<string | undefined>;
  /** The best common ancestor; undefined when the clone does not know one. */
  readonly mergeBase: (one: string, other: string) => Promise<string | undefined>;
  /** What the second commit adds to the first one; undefined when git cannot say. */
  readonly addedBetween: (base: string, head: string, isSameKind: IsSameKind) => Promise<AddedSpans | undefined>;
  /** Those of the files of the commit that git shows as lines: not for binary by content or attributes. */
  readonly textFiles: (head: string, files: readonly string[]) => Promise<ReadonlySet<string>>;
}

export interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
}

/** Most bytes of a list or a commit that are read. */
const MAX_OUTPUT = 64 * 1024 * 1024;
const TIME_LIMIT = 60_000;
const COMMIT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

const SAFE_CONFIG = [
  'core.fsmonitor=',
  `core.hooksPath=${devNull}`,
  'core.quotePath=false',
  'core.pager=cat',
  'core.attributesFile=',
  'diff.external=',
  'diff.noprefix=false',
  'diff.mnemonicPrefix=false',
  'diff.renames=true',
  'protocol.allow=never',
  // In a container the checkout belongs to another user, and the workspace's path may hold links: neither matters to
  // calls that run nothing of what the repository says.
  'safe.directory=*',
];

/** git in a workspace. `environment` is the process's own; little of it is handed on. `signal` ends what git does. */
export function createGit(workspace: string, environment: NodeJS.ProcessEnv, signal?: AbortSignal): Git {
  const run = (args: readonly string[]) => start(workspace, environment, args, signal);
  const text = async (args: readonly string[]): Promise<string | undefined> => collect(run(args));
  return {
    async trackedFiles() {
      return readNames(run(['ls-files', '-z', '--cached']));
    },
    async head() {
      const id = (await text(['rev-parse', '--verify', '--quiet', '--end-of-options', 'HEAD']))?.trim();
      if (id === undefined || !COMMIT_ID.test(id)) return undefined;
      // `HEAD^1` fails in a shallow clone; the commit itself still names its parents.
      const commit = await text(['cat-file', 'commit', id]);
      return commit === undefined ? undefined : { id, parents: parentsOf(commit) };
    },
    async hasCommit(id) {
      return COMMIT_ID.test(id) && (await text(['cat-file', '-e', `${id}^{commit}`])) !== undefined;
    },
    async commitTime(id) {
      if (!COMMIT_ID.test(id)) return undefined;
      const commit = await text(['cat-file', 'commit', id]);
      return commit === undefined ? undefined : timeOf(commit);
    },
    async mergeBase(one, other) {
      if (!COMMIT_ID.test(one) || !COMMIT_ID.test(other)) return undefined;
      const id = (await text(['merge-base', '--end-of-options', one, other]))?.trim();
      return id !== undefined && COMMIT_ID.test(id) ? id : undefined;
    },
    async addedBetween(base, head, isSameKind) {
      if (!COMMIT_ID.test(base) || !COMMIT_ID.test(head)) return undefined;
      return readDiff(run([...DIFF, '--end-of-options', base, head, '--']), createDiffReader(isSameKind));
    },
    async textFiles(head, files) {
      const empty = (await text(['hash-object', '-t', 'tree', '--stdin']))?.trim() ?? '';
      const found = new Set<string>();
      if (!COMMIT_ID.test(head) || !COMMIT_ID.test(empty)) return found;
      for (let at = 0; at < files.length; at += PATHS_OF_A_CALL) {
        const some = files.slice(at, at + PATHS_OF_A_CALL);
        const counted = await text([...COUNT, '--end-of-options', empty, head, '--', ...some]);
        for (const path of countedFiles(counted ?? '')) found.add(path);
      }
      return found;
    },
  };
}

const DIFF = [
  'diff',
  '--unified=0',
  '--inter-hunk-context=0',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  // Attributes and a NUL must not hide lines: whoever changes a file may write both.
  '--text',
  '--ignore-submodules=all',
  '--find-renames',
  '--diff-filter=ACMRT',
  '--relative',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  `-O${devNull}`,
];

/** Windows takes 32,767 characters in a command line; most paths are shorter than 250. */
const PATHS_OF_A_CALL = 100;

const COUNT = ['diff', '--numstat', '-z', '--no-renames', '--no-ext-diff', '--no-textconv', '--relative'];

/** The paths in `added TAB removed TAB path NUL …` whose lines are counted: those of a binary file are dashes. */
function countedFiles(counts: string): readonly string[] {
  return counts.split('\0').flatMap((row) => /^\d+\t\d+\t([^]+)$/.exec(row)?.[1] ?? []);
}

/** The time of `committer Name <mail> 1700000000 +0130`; names hold no newline. */
function timeOf(commit: string): string | undefined {
  const match = /^committer [^\n]*> (\d{1,11}) ([+-])(\d\d)(\d\d)$/m.exec(headerOf(commit));
  if (match === null) return undefined;
  const [, seconds = '', sign = '', hours = '', minutes = ''] = match;
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const local = new Date((Number(seconds) + offset * 60) * 1000).toISOString().replace(/\.000Z$/, '');
  return offset === 0 ? `${local}Z` : `${local}${sign}${hours}:${minutes}`;
}

function headerOf(commit: string): string {
  const end = commit.indexOf('\n\n');
  return end < 0 ? commit : commit.slice(0, end);
}

function parentsOf(commit: string): readonly string[] {
  return headerOf(commit)
    .split('\n')
    .flatMap((line) => (line.startsWith('parent ') ? [line.slice('parent '.length)] : []));
}

type Child = ReturnType<typeof start>;

function start(
  workspace: string,
  environment: NodeJS.ProcessEnv,
  args: readonly string[],
  signal: AbortSignal | undefined,
) {
  const config = SAFE_CONFIG.flatMap((setting) => ['-c', setting]);
  return spawn('git', ['--no-pager', '--literal-pathspecs', ...config, ...args], {
    cwd: workspace,
    env: childEnvironment(environment),
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: false,
    windowsHide: true,
    killSignal: 'SIGKILL',
    ...(signal === undefined ? {} : { signal }),
  });
}

/** What git needs to start, and switches that keep it at home (SAFETY.md T32). */
function childEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = ['PATH', 'Path', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'].flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_ALLOW_PROTOCOL: 'none',
  };
}

/** How the child ended; false also when it could not be started. */
async function succeeded(child: Child): Promise<boolean> {
  // Not spawn's own time limit: it goes on counting when there is no git to start.
  const timer = setTimeout(() => child.kill('SIGKILL'), TIME_LIMIT);
  try {
    const [code] = await once(child, 'close');
    return code === 0;
  } catch {
    // The 'error' event: there is no git on this machine, which is one of the expected answers.
    return false;
  } finally {
    clearTimeout(timer);
  }
}

async function collect(child: Child): Promise<string | undefined> {
  const ended = succeeded(child);
  const chunks: Buffer[] = [];
  let size = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_OUTPUT) chunks.push(chunk);
    else child.kill('SIGKILL');
  });
  return (await ended) && size <= MAX_OUTPUT ? Buffer.concat(chunks).toString('utf8') : undefined;
}

/** What git lists with NUL behind each name. */
async function readNames(child: Child): Promise<ReadonlySet<string> | undefined> {
  const names = new Set<string>();
  let size = 0;
  const rest = eachPart(child, '\0', (name) => {
    size += name.length + 1;
    if (size <= MAX_OUTPUT) names.add(name);
    else child.kill('SIGKILL');
  });
  return (await succeeded(child)) && rest() === '' && size <= MAX_OUTPUT ? names : undefined;
}

async function readDiff(child: Child, reader: DiffReader): Promise<AddedSpans | undefined> {
  // Only LF ends a line of a diff: a lone CR is part of one, and readline takes it for an end.
  const rest = eachPart(child, '\n', (line) => reader.push(line));
  if (!(await succeeded(child))) return undefined;
  if (rest() !== '') reader.push(rest());
  return reader.result();
}

/** So much is kept of a part that has not ended: a changed line may have gigabytes, of which only the beginning tells. */
const MAX_PART = 64 * 1024;

/** Takes what the child writes apart. @returns gives what stands behind the last separator */
function eachPart(child: Child, separator: string, take: (part: string) => void): () => string {
  let rest = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (chunk: string) => {
    const parts = (rest + chunk).split(separator);
    rest = (parts.pop() ?? '').slice(0, MAX_PART);
    for (const part of parts) take(part);
  });
  return () => rest;
}
