import { numberProperty, property, textProperty } from '../../core/json.ts';
import type { TagContext } from '../../core/tag-context.ts';
import { readEventFile } from '../event-file.ts';
import { environment, warnOnce } from '../runner.ts';

/** Characters of a short commit, as docker/metadata-action has it. */
const SHORT_SHA = 7;

/** The commit, ref and event of this run, read as docker/metadata-action reads them. */
export async function readTagContext(): Promise<TagContext> {
  const event = await readEventFile();
  const pull = property(event, 'pull_request');
  const eventName = environment('GITHUB_EVENT_NAME') ?? '';
  const ref = refOf(eventName, event);
  return {
    ref,
    sha: headOf(eventName, pull) ?? environment('GITHUB_SHA') ?? '',
    eventName,
    defaultBranch: textProperty(property(event, 'repository'), 'default_branch'),
    baseRef: baseOf(ref, event, pull),
    shortSha: shortShaLength(),
  };
}

/** Runs of pull_request_target have the base branch in GITHUB_REF, although they are for the pull request. */
function refOf(eventName: string, event: unknown): string {
  const number = numberProperty(event, 'number');
  if (eventName === 'pull_request_target' && number !== undefined) return `refs/pull/${number}/merge`;
  return environment('GITHUB_REF') ?? '';
}

/** On pull requests GITHUB_SHA is the merge commit; this variable asks for the head commit. */
function headOf(eventName: string, pull: unknown): string | undefined {
  if (!/^true$/i.test(environment('DOCKER_METADATA_PR_HEAD_SHA') ?? '')) return undefined;
  return eventName.startsWith('pull_request') ? textProperty(property(pull, 'head'), 'sha') : undefined;
}

function baseOf(ref: string, event: unknown, pull: unknown): string {
  if (ref.startsWith('refs/tags/')) return (textProperty(event, 'base_ref') ?? '').replace(/^refs\/heads\//, '');
  if (ref.startsWith('refs/pull/')) return textProperty(property(pull, 'base'), 'ref') ?? '';
  return '';
}

function shortShaLength(): number {
  const text = environment('DOCKER_METADATA_SHORT_SHA_LENGTH');
  if (text === undefined) return SHORT_SHA;
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  warnOnce(
    `DOCKER_METADATA_SHORT_SHA_LENGTH is "${text}", which is no length; short commits have ${SHORT_SHA} characters`,
  );
  return SHORT_SHA;
}
