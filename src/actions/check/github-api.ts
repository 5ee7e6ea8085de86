import { createGitHub, type GitHub } from '../../ports/github.ts';
import { TIMING } from '../../ports/timing.ts';
import type { Registries } from '../registry.ts';
import { environment } from '../runner.ts';
import { VERSION } from '../version.ts';

/** GitHub's API for the repository of this run; undefined without a token or outside of a workflow. */
export function openGitHub(
  token: string | undefined,
  { transport }: Registries,
  signal: AbortSignal,
): GitHub | undefined {
  const [owner = '', repo = '', ...rest] = (environment('GITHUB_REPOSITORY') ?? '').split('/');
  if (token === undefined || owner === '' || repo === '' || rest.length > 0) return undefined;
  return createGitHub({
    token,
    owner,
    repo,
    apiUrl: environment('GITHUB_API_URL') ?? 'https://api.github.com',
    userAgent: `image-digest/${VERSION}`,
    send: transport.send,
    timing: TIMING,
    signal,
  });
}
