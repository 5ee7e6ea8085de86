import type { Reference } from '../../core/reference.ts';
import type { CheckInputs } from '../../inputs/check.ts';
import { permissionFor } from '../../rules/askable.ts';
import type { Answer } from '../../rules/facts.ts';
import { questionsOf, type JudgeOptions, type ReadFile } from '../../rules/judge-file.ts';
import type { Subject } from '../../rules/subject.ts';
import { withoutSecrets } from '../print.ts';
import type { Network } from './lazy.ts';

/** Asks about every distinct reference that is worth it and may be asked about. @returns the answers by subject */
export async function askAll(
  files: readonly ReadFile[],
  options: JudgeOptions,
  inputs: CheckInputs,
  network: Network,
): Promise<(subject: Subject) => Answer | undefined> {
  if (inputs.resolve === 'never') return () => undefined;
  const references = files
    .flatMap((file) => questionsOf(file, options))
    .flatMap(({ reference }) => (reference === undefined ? [] : [reference]))
    .filter(({ registry }) => permissionFor(registry, inputs.registries, inputs.resolve) !== 'no');
  if (references.length === 0) return () => undefined;
  const { Asker, questionKey } = await import('./network.ts');
  const distinct = new Map<string, Reference>(references.map((reference) => [questionKey(reference), reference]));
  const client = await network.client();
  client.announce([...distinct.values()]);
  const isMoving = (tag: string): boolean => tag === 'latest' || options.floatingTags.includes(tag);
  const asker = new Asker(client, network.signal, isMoving);
  const answers = new Map<string, Answer>();
  await Promise.all(
    [...distinct].map(async ([key, reference]) => {
      answers.set(key, withoutSecretsIn(await asker.ask(reference)));
    }),
  );
  return ({ reference }) => (reference === undefined ? undefined : answers.get(questionKey(reference)));
}

/** What a registry says may hold what was sent to it (SAFETY.md T27), and goes into files. */
function withoutSecretsIn(answer: Answer): Answer {
  return answer.kind === 'unanswered' ? { ...answer, reason: withoutSecrets(answer.reason) } : answer;
}
