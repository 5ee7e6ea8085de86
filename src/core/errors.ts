/**
 * Every code that a user can meet, in the order of docs/errors.md, which has one heading for each.
 */
export const ERROR_CODES = [
  'not-found',
  'unauthorized',
  'rate-limited',
  'image-id',
  'empty-digest',
  'platform-digest',
  'attestation-digest',
  'platform-missing',
  'moved',
  'tag-exists',
  'tag-immutable',
  'registry-refused',
  'integrity',
  'tls',
  'proxy',
  'network',
  'timeout',
  'limit',
  'bad-reference',
  'bad-input',
  'cannot-tell',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * An error that the user can act on. `message` says what happened and why, with the values; `hint` says what to do
 * next. Anything that is not a UserError is a bug of ours.
 */
export class UserError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UserError';
    this.code = code;
    this.hint = hint;
  }
}

/** What an error says, as two sentences: what happened, what to do. Registries' own words may end in a full stop. */
export function sentencesOf({ message, hint }: UserError): string {
  return [message, hint].map((text) => (/[.!?…]$/.test(text) ? text : `${text}.`)).join(' ');
}

/** Where the documentation of a code is, relative to the repository. */
export function documentationOf(code: ErrorCode): string {
  return `docs/errors.md#${code}`;
}
