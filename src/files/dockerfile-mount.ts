import { sliceText, type MappedText } from './mapped-text.ts';

/**
 * The values of `from` in the value of `--mount` (instructions/commands_runmount.go parseMount): fields between commas,
 * a field in "quotes" may hold commas. What is no such list gives none, as BuildKit refuses it.
 */
export function mountSources(mount: MappedText): readonly MappedText[] {
  return (splitFields(mount) ?? []).flatMap((field) => {
    const equals = field.text.indexOf('=');
    if (equals < 0 || field.text.slice(0, equals).toLowerCase() !== 'from') return [];
    return [sliceText(field, equals + 1)];
  });
}

/** The fields of one line of comma-separated values; undefined when a quote stands where none may. */
export function splitFields(source: MappedText): readonly MappedText[] | undefined {
  const { text } = source;
  const fields: MappedText[] = [];
  for (let at = 0; ; at++) {
    const quoted = text[at] === '"';
    const from = quoted ? at + 1 : at;
    const found = text.indexOf(quoted ? '"' : ',', from);
    if (quoted && found < 0) return undefined;
    const to = found < 0 ? text.length : found;
    const field = sliceText(source, from, to);
    if (!quoted && field.text.includes('"')) return undefined;
    fields.push(field);
    at = quoted ? to + 1 : to;
    if (at >= text.length) return fields;
    if (text[at] !== ',') return undefined;
  }
}
