import { joinRanges, sliceText, type MappedText } from './mapped-text.ts';
import type { Range } from './site.ts';

/**
 * The value of `from` in the value of `--mount` (instructions/commands_runmount.go parseMount), of several the last:
 * fields between commas, a field in "quotes" may hold commas. What is no such list gives none, as BuildKit refuses it.
 */
export function mountSource(mount: MappedText): MappedText | undefined {
  const field = splitFields(mount)?.findLast(({ text }) => /^from=/i.test(text));
  return field === undefined ? undefined : sliceText(field, 'from='.length);
}

/** The fields of one line of comma-separated values; undefined when a quote stands where none may. */
export function splitFields(source: MappedText): readonly MappedText[] | undefined {
  const { text } = source;
  const fields: MappedText[] = [];
  for (let at = 0; ; at++) {
    const read = text[at] === '"' ? readQuoted(source, at) : readPlain(source, at);
    if (read === undefined) return undefined;
    fields.push(read.field);
    at = read.end;
    if (at >= text.length) return fields;
    if (text[at] !== ',') return undefined;
  }
}

/** A field, and where it ends in the text. */
interface Read {
  readonly field: MappedText;
  readonly end: number;
}

function readPlain(source: MappedText, at: number): Read | undefined {
  const comma = source.text.indexOf(',', at);
  const end = comma < 0 ? source.text.length : comma;
  const field = sliceText(source, at, end);
  return field.text.includes('"') ? undefined : { field, end };
}

/** In quotes, two of them are one that is text; undefined when they do not end. */
function readQuoted(source: MappedText, open: number): Read | undefined {
  const parts: Range[] = [];
  for (let from = open + 1; ;) {
    const quote = source.text.indexOf('"', from);
    if (quote < 0) return undefined;
    const isText = source.text[quote + 1] === '"';
    parts.push({ start: from, end: isText ? quote + 1 : quote });
    if (!isText) return { field: joinRanges(source, parts), end: quote + 1 };
    from = quote + 2;
  }
}
