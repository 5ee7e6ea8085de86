import { parseJson } from '../core/json.ts';
import { readTextFile } from '../ports/files.ts';
import { environment } from './runner.ts';

/** A webhook's payload is at most 25 MB. */
const EVENT_BYTES = 32 * 1024 * 1024;
const EVENT_TRIES = 3;
const EVENT_WAIT = 100;

/** The payload of this run's event; undefined when it cannot be read. A file that is being written is read again (SAFETY.md F44). */
export async function readEventFile(): Promise<unknown> {
  const path = environment('GITHUB_EVENT_PATH');
  if (path === undefined) return undefined;
  for (let attempt = 1; attempt <= EVENT_TRIES; attempt += 1) {
    const file = await readTextFile(path, EVENT_BYTES);
    const event = file.kind === 'text' ? parseJson(file.text) : undefined;
    if (event !== undefined) return event;
    await new Promise((resolve) => {
      setTimeout(resolve, EVENT_WAIT);
    });
  }
  return undefined;
}
