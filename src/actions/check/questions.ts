import { LIMITS } from '../../core/limits.ts';
import type { Reference } from '../../core/reference.ts';
import { formatReference } from '../../core/reference.ts';
import type { CheckInputs } from '../../inputs/check.ts';
import { permissionFor } from '../../rules/askable.ts';
import type { Answer } from '../../rules/facts.ts';
import type { Unverified } from '../../rules/finding.ts';
import { questionOf, type AnswerTo, type JudgeOptions } from '../../rules/judge-file.ts';
import { withoutSecrets } from '../print.ts';
import type { OpenedFile } from './found-files.ts';
import type { Network } from './lazy.ts';
import { Pace } from './pace.ts';

/** What registries said. */
export interface Answers {
  readonly to: AnswerTo;
  /** One entry for each registry and reason. */
  readonly unverified: readonly Unverified[];
}

const NO_ANSWERS: Answers = { to: () => undefined, unverified: [] };

/** The distinct references that are worth asking about and may be asked about, collected file by file. */
export class Questions {
  readonly #options: JudgeOptions;
  readonly #inputs: CheckInputs;
  readonly #network: Network;
  readonly #pace: Pace;
  /** By the text as it is written in full: which of them are one question, the network's part knows. */
  readonly #references = new Map<string, Reference>();
  /** Registries of references that are more than may be asked about. */
  readonly #left = new Set<string>();

  constructor(options: JudgeOptions, inputs: CheckInputs, network: Network) {
    this.#options = options;
    this.#inputs = inputs;
    this.#network = network;
    this.#pace = new Pace(network.signal);
  }

  async collect(file: OpenedFile): Promise<void> {
    const { registries, resolve } = this.#inputs;
    if (resolve === 'never') return;
    for (const site of file.sites) {
      if (this.#pace.isDue()) await this.#pace.rest();
      const reference = questionOf(file, site, this.#options)?.reference;
      if (reference === undefined || permissionFor(reference.registry, registries, resolve) === 'no') continue;
      const text = formatReference(reference);
      if (this.#references.has(text)) continue;
      // A copy: a part of the file's text would keep all of it in memory.
      if (this.#references.size < LIMITS.questions) this.#references.set(text, structuredClone(reference));
      else this.#left.add(reference.registry);
    }
  }

  /** Asks about all of them. */
  async ask(): Promise<Answers> {
    if (this.#references.size === 0) return NO_ANSWERS;
    const { Asker, questionKey } = await import('./network.ts');
    const distinct = new Map([...this.#references.values()].map((reference) => [questionKey(reference), reference]));
    this.#references.clear();
    const client = await this.#network.client();
    client.announce([...distinct.values()]);
    const isMoving = (tag: string): boolean => tag === 'latest' || this.#options.floatingTags.includes(tag);
    const asker = new Asker(client, this.#network.signal, isMoving);
    const answers = await answersTo(distinct, (reference) => asker.ask(reference));
    return {
      to: lookUpIn(answers, questionKey),
      unverified: [...unansweredOf(answers.values()), ...this.#leftOut()],
    };
  }

  #leftOut(): readonly Unverified[] {
    const reason = `registries are asked about ${LIMITS.questions.toLocaleString('en')} references in one run, and there are more`;
    return [...this.#left].slice(0, LIMITS.questions).map((registry) => ({ registry, reason }));
  }
}

/** Of its own: a closure beside others would hold what they hold, which is all that registries sent. */
function lookUpIn(answers: ReadonlyMap<string, Answer>, keyOf: (reference: Reference) => string): AnswerTo {
  return ({ reference }) => (reference === undefined ? undefined : answers.get(keyOf(reference)));
}

/** Questions to one registry that are open at once: more than may be in flight, and not all, each of which takes 8 KB. */
const OPEN = 256;

/** The answers in the order of the questions, not as they come in: the same files give the same report. */
async function answersTo(
  questions: ReadonlyMap<string, Reference>,
  ask: (reference: Reference) => Promise<Answer>,
): Promise<ReadonlyMap<string, Answer>> {
  const answers = new Map<string, Answer>();
  const askAll = async (queue: Iterable<readonly [string, Reference]>): Promise<void> => {
    for (const [key, reference] of queue) answers.set(key, withoutSecretsIn(await ask(reference)));
  };
  const queues = Map.groupBy(questions, ([, { registry }]) => registry);
  // Those who ask take from the same queue. One registry that hangs keeps no other waiting.
  const asking = [...queues.values()].flatMap((queue) => {
    const rest = queue.values();
    return Array.from({ length: Math.min(OPEN, queue.length) }, () => askAll(rest));
  });
  await Promise.all(asking);
  return new Map(
    [...questions.keys()].flatMap((key) => {
      const answer = answers.get(key);
      return answer === undefined ? [] : [[key, answer] as const];
    }),
  );
}

function unansweredOf(answers: Iterable<Answer>): readonly Unverified[] {
  const distinct = new Map<string, Unverified>();
  for (const answer of answers) {
    if (answer.kind !== 'unanswered') continue;
    const { registry, reason } = answer;
    distinct.set(`${registry} ${reason}`, { registry, reason });
  }
  return [...distinct.values()];
}

/** What a registry says may hold what was sent to it (SAFETY.md T27), and goes into files. */
function withoutSecretsIn(answer: Answer): Answer {
  return answer.kind === 'unanswered' ? { ...answer, reason: withoutSecrets(answer.reason) } : answer;
}
