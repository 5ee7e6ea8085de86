import { sentencesOf, UserError } from '../../core/errors.ts';
import type { GitHub } from '../../ports/github.ts';
import type { SummaryOptions } from '../../report/check-summary.ts';
import { isMarked, planReview, suggestionsOf } from '../../report/review.ts';
import { hasMarker, ownComment, stickyBody, stickyMarker } from '../../report/sticky.ts';
import type { LineComment } from '../../rules/pull-request.ts';
import { environment } from '../runner.ts';
import type { Publication } from './publication.ts';

/**
 * Suggestions and the sticky comment. Nothing here can change the verdict: what GitHub refuses becomes one notice.
 * @returns sentences for the user
 */
export async function tellOnPullRequest(
  publication: Publication,
  failed: boolean,
  options: SummaryOptions,
): Promise<readonly string[]> {
  const { event, inputs, network } = publication;
  if (event.kind !== 'pull') return withoutPull(publication);
  const problems: UserError[] = [];
  const attempt = async (work: (github: GitHub, login: Login) => Promise<void>): Promise<void> => {
    try {
      const github = await network.github();
      if (github !== undefined) await work(github, onceLogin(github));
      else if (inputs.comment !== 'never') throw noToken();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error);
    }
  };
  if (inputs.suggestions === 'auto') await attempt((github, login) => suggest(publication, event, github, login));
  if (inputs.comment !== 'never') {
    await attempt((github, login) => keepComment(publication, event.number, failed, options, github, login));
  }
  return noticesOf(problems);
}

/** Who leaves the token out does without suggestions, but not without a comment that is asked for. */
function noToken(): UserError {
  return new UserError('bad-input', 'there is no github-token', 'Leave github-token out of the inputs, or give one');
}

/** What a merge group adds came through pull requests; there is none for the whole of it. */
function withoutPull({ report, inputs }: Publication): readonly string[] {
  const isFixable = inputs.suggestions === 'auto' && report.findings.some(({ fix }) => fix !== undefined);
  if (environment('GITHUB_EVENT_NAME') !== 'merge_group' || (!isFixable && inputs.comment === 'never')) return [];
  return [
    'No suggestions or comments: a merge group has no pull request. Annotations, summary and verdict are complete.',
  ];
}

type Login = () => Promise<string>;
type PullEvent = Extract<Publication['event'], { kind: 'pull' }>;

function onceLogin(github: GitHub): Login {
  let login: Promise<string> | undefined;
  return () => {
    login ??= github.login();
    return login;
  };
}

/** One notice, however much was refused. */
function noticesOf([first]: readonly UserError[]): readonly string[] {
  if (first === undefined) return [];
  const why = first.code === 'unauthorized' ? 'the token may not write on this pull request' : first.message;
  const words = sentencesOf(new UserError(first.code, why, first.hint));
  return [`No suggestions or comments: ${words} Annotations, summary and verdict are complete.`];
}

async function suggest(publication: Publication, event: PullEvent, github: GitHub, login: Login): Promise<void> {
  const { report } = publication;
  const fixable = report.findings.filter(({ fix, level }) => fix !== undefined && level !== 'notice');
  const present = await presentComments(publication, event, github);
  if (fixable.length === 0 && present.length === 0) return;
  const wanted = fixable.length === 0 ? [] : suggestionsOf(fixable, (await github.pullFiles(event.number)).files);
  if (wanted.length === 0 && present.length === 0) return;
  const plan = planReview(wanted, present, present.some(isMarked) ? await login() : '');
  for (const id of plan.remove) await github.removeLineComment(id);
  if (plan.post.length > 0) await github.createReview(event.number, event.head, plan.post);
}

/** Where nothing was found it is no news that the token may not read what stands on the pull request. */
async function presentComments(
  { report }: Publication,
  event: PullEvent,
  github: GitHub,
): Promise<readonly LineComment[]> {
  try {
    return await github.lineComments(event.number);
  } catch (error) {
    if (error instanceof UserError && error.code === 'unauthorized' && report.findings.length === 0) return [];
    throw error;
  }
}

async function keepComment(
  { report, inputs }: Publication,
  pull: number,
  failed: boolean,
  options: SummaryOptions,
  github: GitHub,
  login: Login,
): Promise<void> {
  const marker = stickyMarker(stepName());
  const comments = await github.comments(pull);
  const isThere = comments.some((comment) => hasMarker(comment, marker));
  const own = isThere ? ownComment(comments, marker, await login()) : undefined;
  const body = stickyBody(report, marker, options);
  if (own !== undefined) {
    // One that is there is kept true, also when nothing fails any more.
    if (own.body !== body) await github.updateComment(own.id, body);
  } else if (failed || inputs.comment === 'always') await github.createComment(pull, body);
}

/** What makes this step another one than the next. */
function stepName(): string {
  return ['GITHUB_WORKFLOW', 'GITHUB_JOB', 'GITHUB_ACTION'].map((name) => environment(name) ?? '').join('\n');
}
