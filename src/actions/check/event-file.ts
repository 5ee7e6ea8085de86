import { parseJson } from '../../core/json.ts';
import { readTextFile } from '../../ports/files.ts';
import { environment } from '../runner.ts';
import { readEvent, type CheckEvent } from './event.ts';

/** A webhook's payload is at most 25 MB. */
const EVENT_BYTES = 32 * 1024 * 1024;
const EVENT_TRIES = 3;
const EVENT_WAIT = 100;

/** The event of this run; a file that is being written is read again (SAFETY.md F44). */
export async function eventOfRun(): Promise<CheckEvent> {
  const [name, path] = [environment('GITHUB_EVENT_NAME'), environment('GITHUB_EVENT_PATH')];
  let event: CheckEvent = readEvent(name, undefined);
  if (path === undefined) return event;
  for (let attempt = 1; attempt <= EVENT_TRIES; attempt += 1) {
    const file = await readTextFile(path, EVENT_BYTES);
    const text = file.kind === 'text' ? file.text : undefined;
    event = readEvent(name, text);
    if (text !== undefined && parseJson(text) !== undefined) return event;
    await new Promise((resolve) => setTimeout(resolve, EVENT_WAIT));
  }
  return event;
}
