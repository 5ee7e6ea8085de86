/** Takes secrets out of texts, in every form in which a stranger may send them back (SAFETY.md T26, T27). */
export interface Redaction {
  /** Learns a secret. @returns the forms that were not known yet */
  readonly add: (secret: string) => readonly string[];
  readonly apply: (text: string) => string;
}

/** Secrets shorter than this are not taken out: the runner would drop every output that happens to contain them. */
const SHORTEST_SECRET = 8;

/** Fewer characters of a secret than this may be left where a text was cut inside it. */
const LEAST_OF_SECRET = 4;

const SHOWN = '***';

export function createRedaction(): Redaction {
  const known = new Set<string>();
  let expression: RegExp | undefined;
  return {
    add(secret) {
      const added = formsOf(secret).filter((form) => !known.has(form));
      for (const form of added) known.add(form);
      if (added.length > 0) expression = undefined;
      return added;
    },
    apply(text) {
      if (known.size === 0) return text;
      expression ??= expressionOf(known);
      return withoutCutSecrets(text.replaceAll(expression, SHOWN), known);
    },
  };
}

/** The longest form first, so that what is left of it is not shown. */
function expressionOf(forms: ReadonlySet<string>): RegExp {
  const sorted = [...forms].toSorted((one, other) => other.length - one.length);
  return new RegExp(sorted.map((form) => RegExp.escape(form)).join('|'), 'g');
}

/** Texts of others are cut to a length before they are shown: the beginning of a secret before `…` is one too. */
function withoutCutSecrets(text: string, secrets: ReadonlySet<string>): string {
  const parts = text.split('…');
  const last = parts.pop() ?? '';
  const shown = parts.map((part) => {
    const length = longestStart(part, secrets);
    return length < LEAST_OF_SECRET ? part : part.slice(0, -length) + SHOWN;
  });
  return [...shown, last].join('…');
}

/** How many characters at the end of the text are the beginning of a secret. */
function longestStart(text: string, secrets: ReadonlySet<string>): number {
  let longest = 0;
  for (const secret of secrets) {
    for (let length = Math.min(secret.length - 1, text.length); length > longest; length -= 1) {
      if (text.endsWith(secret.slice(0, length))) longest = length;
    }
  }
  return longest;
}

/** Each line of a secret as it is and as base64, URLs and JSON carry it. */
function formsOf(secret: string): readonly string[] {
  const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
  return [...new Set(lines.flatMap(formsOfLine))].filter((form) => form.length >= SHORTEST_SECRET);
}

function formsOfLine(line: string): readonly string[] {
  const urlSafe = line.replaceAll('+', '-').replaceAll('/', '_');
  return [
    line,
    urlSafe,
    line.replace(/=+$/, ''),
    urlSafe.replace(/=+$/, ''),
    ...percentForms(line),
    ...jsonForms(line),
    // What the words of others go through before they are shown: blanks become one, quotes become single.
    line.replaceAll(/[\s\p{C}\p{Z}]+/gu, ' '),
    line.replaceAll('"', "'"),
  ];
}

/** Encoders differ in what they leave (RFC 3986 §2.3), in the case of the digits and in what a blank becomes. */
function percentForms(text: string): readonly string[] {
  const usual = encodeURIComponent(text.toWellFormed());
  const strict = usual.replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  const upper = [usual, strict, strict.replaceAll('%20', '+')];
  return [...upper, ...upper.map((form) => form.replaceAll(/%../g, (code) => code.toLowerCase()))];
}

/** Slashes are escaped by some writers of JSON, `<`, `>` and `&` by Go's. */
function jsonForms(text: string): readonly string[] {
  const plain = JSON.stringify(text).slice(1, -1);
  const go = plain.replaceAll(/[<>&]/g, (mark) => String.raw`\u00${mark.charCodeAt(0).toString(16)}`);
  return [plain, plain.replaceAll('/', String.raw`\/`), go];
}
