import { isObject, listProperty, parseJson, property, textProperty } from '../core/json.ts';
import { LIMITS } from '../core/limits.ts';
import { clipped } from '../core/printable.ts';

/** What an error answer says: the registry's own code where it has one, and its text (empty when it says nothing). */
export interface ErrorText {
  readonly code?: string;
  readonly message: string;
}

/** A code is a short name; anything else in its place is not shown. */
const CODE = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;

/** Members that hold the text, best first (REGISTRIES.md Q115; `error_description` is OAuth's, `Message` Amazon's). */
const TEXT_MEMBERS = ['message', 'Message', 'error_description', 'details', 'detail', 'error', 'title'] as const;

/** Members that hold the code, best first. */
const CODE_MEMBERS = ['code', 'Code', 'error'] as const;

/**
 * The text of an error answer, whatever its shape: the specification's `errors`, other JSON, HTML, XML or plain text.
 * One line, without control characters, at most LIMITS.errorShownCharacters. Never throws.
 */
export function errorText(body: Uint8Array): ErrorText {
  const text = new TextDecoder().decode(body.subarray(0, LIMITS.errorBytes)).trim();
  const json = parseJson(text);
  const said = json === undefined ? readMarkup(text) : readJson(json);
  const message = clipped(onOneLine(said.message === '' ? text : said.message), LIMITS.errorShownCharacters);
  return said.code !== undefined && CODE.test(said.code) ? { code: said.code, message } : { message };
}

/** Control and format characters become blanks, runs of blanks one. */
function onOneLine(text: string): string {
  return text.replaceAll(/[\s\p{C}\p{Z}]+/gu, ' ').trim();
}

function readJson(value: unknown): ErrorText {
  if (typeof value === 'string') return { message: value };
  const list = Array.isArray(value) ? value : listProperty(value, 'errors');
  return list.map(readEntry).find((entry) => entry.message !== '') ?? readEntry(value);
}

function readEntry(value: unknown): ErrorText {
  if (typeof value === 'string') return { message: value };
  if (!isObject(value)) return { message: '' };
  const inner = property(value, 'error');
  if (isObject(inner)) return readEntry(inner);
  const code = CODE_MEMBERS.map((name) => textProperty(value, name)).find(
    (text) => text !== undefined && CODE.test(text),
  );
  const texts = TEXT_MEMBERS.map((name) => textProperty(value, name));
  const message = texts.find((text) => text !== undefined && text.trim() !== '') ?? code ?? '';
  return code === undefined || code === message ? { message } : { code, message };
}

/** HTML by its title, XML (the object stores behind registries) by Code and Message, anything else as it is. */
function readMarkup(text: string): ErrorText {
  if (!text.startsWith('<')) return { message: text };
  const lower = text.toLowerCase();
  const message = elementOf(text, lower, 'message') ?? elementOf(text, lower, 'title') ?? elementOf(text, lower, 'h1');
  const code = elementOf(text, lower, 'code');
  const shown = message ?? withoutTags(text);
  return code === undefined ? { message: shown } : { code, message: shown };
}

/** The text of the first element of this name, undefined when there is none or it is empty. */
function elementOf(text: string, lower: string, name: string): string | undefined {
  const open = lower.indexOf(`<${name}`);
  const start = open < 0 ? -1 : lower.indexOf('>', open);
  const end = start < 0 ? -1 : lower.indexOf(`</${name}`, start);
  if (end < 0) return undefined;
  const found = withoutTags(text.slice(start + 1, end)).trim();
  return found === '' ? undefined : found;
}

function withoutTags(text: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    if (open < 0) break;
    parts.push(text.slice(at, open));
    const close = text.indexOf('>', open);
    at = close < 0 ? text.length : close + 1;
  }
  return decodeEntities([...parts, text.slice(at)].join(' '));
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
  ['&apos;', "'"],
  ['&nbsp;', ' '],
  ['&amp;', '&'],
]);

function decodeEntities(text: string): string {
  return text.replaceAll(/&(?:lt|gt|quot|#39|apos|nbsp|amp);/g, (entity) => ENTITIES.get(entity) ?? entity);
}
