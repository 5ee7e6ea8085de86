import { UserError } from './errors.ts';
import { quoted } from './printable.ts';

/*
 * One line of docker/metadata-action's `tags`:
 *
 *   line   := field *( "," field )
 *   field  := [ key "=" ] value          a field without a key is `value`
 *   a field may stand in double quotes, then it may hold commas, and "" is a quote
 */

const REF_EVENTS = ['branch', 'tag', 'pr'] as const;
const TYPES = ['sha', 'semver', 'ref', 'raw'] as const;

/** What makes the body of a tag. */
type RuleBody =
  | { readonly type: 'sha'; readonly format: 'short' | 'long' }
  /** `value` and `match` are empty when they are not given. */
  | { readonly type: 'semver'; readonly pattern: string; readonly value: string; readonly match: string }
  | { readonly type: 'ref'; readonly event: (typeof REF_EVENTS)[number] }
  | { readonly type: 'raw'; readonly value: string };

/** A line that was read. */
export interface TagRule {
  /** As the user wrote it. */
  readonly written: string;
  readonly body: RuleBody;
  readonly prefix: string;
  readonly suffix: string;
  /** A template that gives `true` or `false`. */
  readonly enable: string;
}

/** Whether an entry of `tags` is such a line: no tag and no reference holds these characters. */
export function isTagRule(text: string): boolean {
  return text.includes('=') || text.includes('{{');
}

/** Attributes that each type has beside the common ones. */
const ATTRIBUTES: Readonly<Record<RuleBody['type'], readonly string[]>> = {
  sha: ['format'],
  semver: ['pattern', 'value', 'match'],
  ref: ['event'],
  raw: ['value'],
};

/** `priority` only orders the output of docker/metadata-action. */
const COMMON = ['type', 'prefix', 'suffix', 'enable', 'priority'] as const;

/** The rule that a line is. @throws UserError `bad-input` */
export function parseTagRule(written: string): TagRule {
  const attributes = readAttributes(written);
  const type = typeOf(written, attributes.get('type') ?? 'raw');
  const known = [...COMMON, ...ATTRIBUTES[type]];
  const unknown = [...attributes.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw bad(written, `type=${type} has no ${quoted(unknown)}`, `It has ${known.slice(1).join(', ')}`);
  }
  const body = bodyOf(written, type, attributes);
  return {
    written,
    body,
    prefix: attributes.get('prefix') ?? defaultPrefix(body),
    suffix: attributes.get('suffix') ?? '',
    enable: attributes.get('enable') ?? 'true',
  };
}

function bad(written: string, why: string, hint: string): UserError {
  return new UserError('bad-input', `${quoted(written)}: ${why}`, hint);
}

function defaultPrefix(body: RuleBody): string {
  if (body.type === 'sha') return 'sha-';
  return body.type === 'ref' && body.event === 'pr' ? 'pr-' : '';
}

function typeOf(written: string, name: string): RuleBody['type'] {
  const type = TYPES.find((known) => known === name);
  if (type !== undefined) return type;
  const isTheirs = ['schedule', 'pep440', 'match', 'edge'].includes(name);
  throw bad(
    written,
    `type=${name} is not taken here`,
    isTheirs
      ? 'Let docker/metadata-action make this tag, and give its output tags to tags'
      : `Write type=${TYPES.join(', type=')}`,
  );
}

function bodyOf(written: string, type: RuleBody['type'], attributes: ReadonlyMap<string, string>): RuleBody {
  const need = (name: string, example: string): string => {
    const value = attributes.get(name);
    if (value !== undefined) return value;
    throw bad(written, `${name} is missing`, `Write ${written},${name}=${example}`);
  };
  if (type === 'raw') return { type, value: need('value', 'latest') };
  if (type === 'semver') {
    const pattern = need('pattern', '{{version}}');
    return { type, pattern, value: attributes.get('value') ?? '', match: attributes.get('match') ?? '' };
  }
  if (type === 'ref') {
    const name = need('event', 'tag');
    const event = REF_EVENTS.find((known) => known === name);
    if (event !== undefined) return { type, event };
    throw bad(written, `the event ${quoted(name)} does not exist`, `Write event=${REF_EVENTS.join(', event=')}`);
  }
  const format = attributes.get('format') ?? 'short';
  if (format === 'short' || format === 'long') return { type, format };
  throw bad(written, `the format ${quoted(format)} does not exist`, 'Write format=short or format=long');
}

/** Names in lower case; of equal names the last wins. */
function readAttributes(line: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const field of fieldsOf(line)) {
    const equals = field.indexOf('=');
    if (equals < 1) attributes.set('value', field.trim());
    else attributes.set(field.slice(0, equals).trim().toLowerCase(), field.slice(equals + 1).trim());
  }
  return attributes;
}

function fieldsOf(line: string): readonly string[] {
  const fields: string[] = [];
  for (let at = 0; at <= line.length;) {
    if (line[at] === '"') {
      const { text, end } = quotedField(line, at);
      fields.push(text);
      at = end + 1;
      continue;
    }
    const comma = line.indexOf(',', at);
    const end = comma < 0 ? line.length : comma;
    fields.push(line.slice(at, end));
    at = end + 1;
  }
  return fields;
}

/** The field that begins with the quote at `start`, and where its comma or the end of the line is. */
function quotedField(line: string, start: number): { readonly text: string; readonly end: number } {
  let text = '';
  for (let at = start + 1; at < line.length; at += 1) {
    if (line[at] !== '"') text += line.charAt(at);
    else if (line[at + 1] === '"') {
      text += '"';
      at += 1;
    } else if (at + 1 === line.length || line[at + 1] === ',') return { text, end: at + 1 };
    else throw bad(line, 'a comma is missing behind a quoted field', 'Quote whole fields: "match=v(.*),x"');
  }
  throw bad(line, 'a quote has no end', 'Close it, or write "" for a quote inside a quoted field');
}
