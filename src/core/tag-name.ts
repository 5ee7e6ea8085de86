import { UserError } from './errors.ts';
import { quoted } from './printable.ts';
import { isTag } from './reference-grammar.ts';

/** Most characters of a tag (distribution-spec). */
const MOST = 128;

/** Any text as a tag, the way docker/metadata-action does it: each run of other characters becomes one dash. */
export function sanitiseTag(text: string): string {
  return text.replaceAll(/[^a-zA-Z0-9._-]+/g, '-');
}

/** The tag that `text` is. @throws UserError `bad-input` with the tag that was probably meant */
export function parseTag(text: string): string {
  if (isTag(text)) return text;
  const guess = sanitiseTag(text).replace(/^[.-]+/, '');
  if (guess.length > MOST) {
    const shorter = guess.slice(0, MOST).replace(/[.-]+$/, '');
    throw new UserError(
      'bad-input',
      `the tag ${quoted(text)} has ${text.length} characters, at most ${MOST} are allowed`,
      `Shorten it: ${shorter}`,
    );
  }
  throw new UserError(
    'bad-input',
    `${quoted(text)} is not a tag`,
    isTag(guess) ? `Write ${guess}` : 'A tag is letters, digits, _ . and -, and does not begin with . or -',
  );
}
