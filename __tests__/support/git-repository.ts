/* Real git repositories in temporary folders, with nobody's configuration. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export type FileTree = Readonly<Record<string, string | Uint8Array | null>>;

export interface GitRepository {
  readonly folder: string;
  /** Runs git and gives what it prints, without the last line end. */
  readonly git: (...args: readonly string[]) => string;
  /** Writes files (`null` removes one). */
  readonly write: (files: FileTree) => void;
  /** Writes files, commits everything and gives the commit's id. */
  readonly commit: (files?: FileTree) => string;
  readonly remove: () => void;
}

const ENVIRONMENT = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_AUTHOR_DATE: '2026-11-01T12:00:00Z',
  GIT_COMMITTER_DATE: '2026-11-01T12:00:00Z',
  GIT_ALLOW_PROTOCOL: 'file',
};

/** Runs git in a folder. */
export function git(folder: string, ...args: readonly string[]): string {
  const options = { cwd: folder, env: ENVIRONMENT, encoding: 'utf8', stdio: 'pipe' } as const;
  return execFileSync(
    'git',
    ['-c', 'core.autocrlf=false', '-c', 'protocol.file.allow=always', ...args],
    options,
  ).replace(/\n$/, '');
}

/** A repository with the branch main and no commit. */
export function createRepository(): GitRepository {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'repository-')));
  git(folder, 'init', '--quiet', '--initial-branch=main');
  return repositoryIn(folder);
}

/** A clone with so many commits of one revision, as actions/checkout makes it. */
export function shallowClone(from: GitRepository, revision: string, depth = 1): GitRepository {
  const clone = createRepository();
  clone.git('fetch', '--quiet', `--depth=${depth}`, `file://${from.folder}`, revision);
  clone.git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
  return clone;
}

function repositoryIn(folder: string): GitRepository {
  const write = (files: FileTree): void => {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      if (content === null) rmSync(path);
      else writeFileSync(path, content);
    }
  };
  return {
    folder,
    git: (...args) => git(folder, ...args),
    write,
    commit(files = {}) {
      write(files);
      git(folder, 'add', '--all');
      git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'change');
      return git(folder, 'rev-parse', 'HEAD');
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The commits of a pull request: base, head, and the merge of both as GitHub makes it. */
export interface PullRequest {
  readonly base: string;
  readonly head: string;
  readonly merge: string;
}

/** Makes a pull request: `files` change on a branch from the last commit, `meanwhile` on main. */
export function pullRequest(repository: GitRepository, files: FileTree, meanwhile: FileTree = {}): PullRequest {
  repository.git('checkout', '--quiet', '-b', 'topic');
  const head = repository.commit(files);
  repository.git('checkout', '--quiet', 'main');
  const base = Object.keys(meanwhile).length === 0 ? repository.git('rev-parse', 'HEAD') : repository.commit(meanwhile);
  repository.git('checkout', '--quiet', '-b', 'merge');
  repository.git('merge', '--quiet', '--no-ff', '--no-edit', 'topic');
  return { base, head, merge: repository.git('rev-parse', 'HEAD') };
}

/** The event of a pull request of this repository, or of a fork. */
export function pullRequestEvent({ base, head }: PullRequest, fork = false) {
  return {
    number: 7,
    pull_request: {
      number: 7,
      base: { sha: base, ref: 'main', repo: { full_name: 'acme/api' } },
      head: { sha: head, ref: 'topic', repo: { full_name: fork ? 'stranger/api' : 'acme/api' } },
    },
  };
}
