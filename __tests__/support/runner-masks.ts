/* How actions/runner 2.336 hides secrets: each value in eleven encodings, every occurrence, also overlapping ones. */

export interface Masks {
  /** Values as they were registered. */
  readonly values: readonly string[];
  readonly add: (value: string) => void;
  readonly apply: (text: string) => string;
}

export function createMasks(initial: readonly string[] = []): Masks {
  const values: string[] = [];
  const secrets = new Set<string>();
  const masks: Masks = {
    values,
    add(value) {
      if (value === '' || values.includes(value)) return;
      values.push(value);
      for (const form of [value, ...ENCODERS.map((encode) => encode(value))]) if (form !== '') secrets.add(form);
    },
    apply(text) {
      const ranges = [...secrets].flatMap((secret) => occurrences(text, secret)).sort((a, b) => a.start - b.start);
      return replaceAll(text, ranges);
    },
  };
  initial.forEach((value) => masks.add(value));
  return masks;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function occurrences(text: string, secret: string): Range[] {
  const found: Range[] = [];
  for (let start = text.indexOf(secret); start >= 0; start = text.indexOf(secret, start + 1)) {
    found.push({ start, end: start + secret.length });
  }
  return found;
}

function replaceAll(text: string, ranges: readonly Range[]): string {
  let shown = '';
  let end = 0;
  let open: Range | undefined;
  for (const range of ranges) {
    if (open !== undefined && range.start <= open.end) {
      open = { start: open.start, end: Math.max(open.end, range.end) };
      continue;
    }
    if (open !== undefined) {
      shown += `${text.slice(end, open.start)}***`;
      end = open.end;
    }
    open = range;
  }
  if (open === undefined) return text;
  return `${shown}${text.slice(end, open.start)}***${text.slice(open.end)}`;
}

function base64(value: string, shift: number): string {
  const bytes = Buffer.from(value);
  return (bytes.length > shift ? bytes.subarray(shift) : bytes).toString('base64');
}

const XML: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '&': '&amp;',
};

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function unicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** PowerShell colours the text around an ampersand, so that its halves appear alone. */
function beforeAmpersand(value: string): string {
  const end = value.includes('&+') ? value.indexOf('&+') + 2 : value.lastIndexOf('&') + 1;
  return end >= 6 ? value.slice(0, end) : '';
}

function afterAmpersand(value: string): string {
  if (!value.includes('&')) return '';
  const start = value.includes('&+') ? value.indexOf('&+') + 3 : value.lastIndexOf('&') + 1;
  return value.length - start >= 6 ? value.slice(start) : '';
}

const ENCODERS: readonly ((value: string) => string)[] = [
  (value) => base64(value, 0),
  (value) => base64(value, 1),
  (value) => base64(value, 2),
  (value) => value.replaceAll('"', '\\"'),
  (value) => value.replaceAll("'", "''"),
  (value) =>
    JSON.stringify(value)
      .slice(1, -1)
      .replaceAll(/[\u0085\u2028\u2029]/g, unicode),
  (value) => encodeURIComponent(value.toWellFormed()).replaceAll(/[!'()*]/g, percent),
  (value) => value.replaceAll(/[<>"'&]/g, (character) => XML[character] ?? ''),
  (value) => (value.length > 8 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : ''),
  beforeAmpersand,
  afterAmpersand,
];
