import { matchesDigest, type Digest } from '../core/digest.ts';
import { UserError, type ErrorCode } from '../core/errors.ts';
import { familiarReference } from '../core/reference.ts';
import type { TagOutcome, TagResult } from '../core/tag-decision.ts';
import type { RegistryClient } from './client.ts';
import { TransportError } from './http.ts';
import type { Location } from './location.ts';
import { mountContents } from './mount.ts';
import { putManifest } from './push.ts';
import type { PlannedTag, RetagPlan, RetagSource } from './retag-plan.ts';
import { startTrace, type Trace } from './trace.ts';

/** What a run would report: for `dry-run`. */
export function foretell(plan: RetagPlan): readonly TagOutcome[] {
  return isBlocked(plan) ? decisions(plan).map(withheld) : decisions(plan);
}

/** What the plan is, tag by tag, in the words of results. */
export function decisions({ source, tags }: RetagPlan): readonly TagOutcome[] {
  const results = {
    create: 'created',
    unchanged: 'unchanged',
    move: 'moved',
    keep: 'kept',
    refuse: 'refused',
  } as const;
  return tags.map((planned) => {
    const { action, reason } = planned.decision;
    if (action === 'fail') return outcomeOf(planned, 'failed', undefined, reason, planned.error);
    const willHave = action === 'create' || action === 'move' ? source.manifest.digest : planned.before;
    return outcomeOf(planned, results[action], willHave, reason, planned.error);
  });
}

/** Whether something speaks against writing anything at all. */
export function isBlocked({ tags }: RetagPlan): boolean {
  return tags.some(({ decision: { action } }) => action === 'refuse' || action === 'fail');
}

/**
 * Does what the plan says, all tags at once, and reads each back. When one tag is refused nothing is written.
 * A run that ends early gives what is known so far.
 */
export async function carryOut(
  client: RegistryClient,
  plan: RetagPlan,
  signal: AbortSignal,
  trace: Trace,
): Promise<readonly TagOutcome[]> {
  if (isBlocked(plan)) return foretell(plan);
  const work = new Retagging(client, plan.source, signal, trace);
  return Promise.all(plan.tags.map((planned) => work.carryOut(planned)));
}

/** A tag that would have been written, had not another one been refused. */
function withheld(outcome: TagOutcome): TagOutcome {
  if (outcome.result !== 'created' && outcome.result !== 'moved') return outcome;
  return { ...outcome, result: 'failed', after: outcome.before, reason: 'nothing was written, because of another tag' };
}

function outcomeOf(
  { target, before }: PlannedTag,
  result: TagResult,
  after: Digest | undefined,
  reason: string,
  error?: UserError,
): TagOutcome {
  return { target, result, before, after, reason, error };
}

/** Waits before a tag is looked at again that does not show what was written yet. */
const LAG = [500, 1000, 2000] as const;

/** Errors after which the registry may have done what it was asked for. */
const MAY_HAVE_WORKED: ReadonlySet<ErrorCode> = new Set(['cannot-tell', 'rate-limited']);

/** How far the writing of a tag is. */
interface Progress {
  stage: keyof typeof STOPPED;
  /** That its PUT took. */
  requests: number;
}

/** What is known of a tag when the run ends. */
const STOPPED = {
  'nothing sent': 'the run ended before it was written',
  sent: 'the run ended before the registry had confirmed it',
  taken: 'the registry took it, and the run ended before it was read back',
} as const;

class Retagging {
  readonly #client: RegistryClient;
  readonly #source: RetagSource;
  readonly #signal: AbortSignal;
  readonly #trace: Trace;
  /** Repositories that the contents are brought to, each once. */
  readonly #mounts = new Map<string, Promise<void>>();

  constructor(client: RegistryClient, source: RetagSource, signal: AbortSignal, trace: Trace) {
    this.#client = client;
    this.#source = source;
    this.#signal = signal;
    this.#trace = trace;
  }

  async carryOut(planned: PlannedTag): Promise<TagOutcome> {
    const { decision, before } = planned;
    if (decision.action === 'keep') return outcomeOf(planned, 'kept', before, decision.reason);
    if (decision.action === 'unchanged') return outcomeOf(planned, 'unchanged', before, decision.reason);
    const progress: Progress = { stage: 'nothing sent', requests: 0 };
    try {
      await this.#bringContents(planned.location);
      return await this.#write(planned, progress);
    } catch (error) {
      if (this.#signal.aborted) return this.#stopped(planned, progress);
      if (!(error instanceof UserError)) throw error;
      return this.#afterFailure(planned, error, progress);
    }
  }

  async #bringContents(to: Location): Promise<void> {
    const from = this.#source.location;
    if (to.repository === from.repository) return;
    const begun =
      this.#mounts.get(to.repository) ?? mountContents(this.#client, { from, to }, this.#source.manifest, this.#trace);
    this.#mounts.set(to.repository, begun);
    await begun;
  }

  async #write(planned: PlannedTag, progress: Progress): Promise<TagOutcome> {
    const { location, target, before, decision } = planned;
    const where = { location, identifier: target.tag, before };
    const own = startTrace();
    progress.stage = 'sent';
    const { confirmed } = await putManifest(this.#client, where, this.#source.manifest, own).finally(() => {
      progress.requests = own.requests;
      this.#trace.requests += own.requests;
    });
    progress.stage = 'taken';
    const after = await this.#readBack(planned);
    if (after !== undefined && this.#isOurs(after)) {
      return outcomeOf(planned, before === undefined ? 'created' : 'moved', after, decision.reason);
    }
    const error = this.#notThere(planned, after, confirmed);
    return outcomeOf(planned, 'failed', after, error.message, error);
  }

  /** What the tag has now. A registry that does not show the write yet gets a little time. */
  async #readBack({ location, target, before }: PlannedTag): Promise<Digest | undefined> {
    for (let round = 0; ; round += 1) {
      const head = await this.#client.head(location, target.tag, this.#trace, round > 0);
      const wait = LAG[round];
      // A third digest is somebody else's work: waiting does not change it.
      const isLate = head === undefined || head.digest === before;
      if (!isLate || wait === undefined) return head?.digest;
      await this.#client.timing.sleep(wait, this.#signal);
    }
  }

  #isOurs(digest: Digest): boolean {
    const { manifest } = this.#source;
    return digest === manifest.digest || matchesDigest(manifest.bytes, digest);
  }

  /** The registry said that it took the manifest, and the tag does not show it. */
  #notThere({ location, target, before }: PlannedTag, after: Digest | undefined, confirmed: boolean): UserError {
    const name = familiarReference(target.reference);
    const { digest } = this.#source.manifest;
    if (after === undefined || (after === before && confirmed)) {
      return new UserError(
        'cannot-tell',
        `${location.registry} took ${name} and ${after === undefined ? 'does not show it' : `still shows ${after}`} afterwards`,
        'Look at the tag: it may appear late. Running the step again does no harm',
      );
    }
    if (confirmed) {
      return new UserError(
        'moved',
        `${name} was set to ${digest} and is ${after} now: another run or person moved it at the same time`,
        'Let one job at a time move this tag (concurrency:), and run the right one again',
      );
    }
    return new UserError(
      'integrity',
      `${name} was to become ${digest} and is ${after} after the registry took it`,
      'The registry, or a proxy in front of it, changes what it stores. Look at the tag and move it back',
    );
  }

  /** What the tag has after a failure. It may be what was wanted: the answer was lost, or another run was faster. */
  async #afterFailure(planned: PlannedTag, error: UserError, { requests }: Progress): Promise<TagOutcome> {
    const { location, target, before, decision } = planned;
    try {
      const head = await this.#client.head(location, target.tag, this.#trace, false);
      if (head !== undefined && this.#isOurs(head.digest)) {
        // Refused at once, it is another run's; when it was sent twice, the first answer was lost and the tag is ours.
        if (error.code === 'tag-immutable' && requests === 1) {
          return outcomeOf({ ...planned, before: head.digest }, 'unchanged', head.digest, 'another run was faster');
        }
        if (error instanceof TransportError || MAY_HAVE_WORKED.has(error.code) || error.code === 'tag-immutable') {
          return outcomeOf(planned, before === undefined ? 'created' : 'moved', head.digest, decision.reason);
        }
      }
      return outcomeOf(planned, 'failed', head?.digest, error.message, error);
    } catch (second) {
      if (!(second instanceof UserError) && !this.#signal.aborted) throw second;
      return outcomeOf(planned, 'failed', undefined, error.message, error);
    }
  }

  #stopped(planned: PlannedTag, { stage }: Progress): TagOutcome {
    const { reason } = this.#signal;
    const error = reason instanceof UserError ? reason : undefined;
    const after = stage === 'nothing sent' ? planned.before : undefined;
    return outcomeOf(planned, 'failed', after, STOPPED[stage], error);
  }
}
