import { UserError } from './errors.ts';
import { quoted } from './printable.ts';

/*
 * The templates of docker/metadata-action's tags, as far as they need no clock:
 *
 *   template   := *( text | "{{" *BLANK name *BLANK "}}" )
 */

/** Values of the names that a template may hold. */
export type TemplateValues = Readonly<Record<string, string>>;

/** The template with its expressions replaced. @throws UserError `bad-input` for an expression that is not known */
export function expandTemplate(template: string, values: TemplateValues): string {
  return partsOf(template)
    .map((part) => ('text' in part ? part.text : valueOf(part.expression, template, values)))
    .join('');
}

/** Whether the template is `{{raw}}` alone. */
export function isRawTemplate(template: string): boolean {
  const parts = partsOf(template);
  const [only] = parts;
  return parts.length === 1 && only !== undefined && 'expression' in only && only.expression === 'raw';
}

type Part = { readonly text: string } | { readonly expression: string };

function partsOf(template: string): readonly Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < template.length;) {
    const open = template.indexOf('{{', at);
    const close = open < 0 ? -1 : template.indexOf('}}', open);
    if (open < 0) {
      parts.push({ text: template.slice(at) });
      break;
    }
    if (close < 0) throw new UserError('bad-input', `${quoted(template)} has a {{ without }}`, 'Close it with }}');
    if (open > at) parts.push({ text: template.slice(at, open) });
    parts.push({ expression: template.slice(open + 2, close).trim() });
    at = close + 2;
  }
  return parts;
}

function valueOf(expression: string, template: string, values: TemplateValues): string {
  const value = Object.hasOwn(values, expression) ? values[expression] : undefined;
  if (value !== undefined) return value;
  const isDate = /^(?:commit_)?date\b/.test(expression);
  throw new UserError(
    'bad-input',
    `${quoted(template)} holds {{${expression}}}, which is not known here`,
    isDate
      ? 'Let docker/metadata-action make tags with dates, and give its output tags to tags'
      : `Known are ${Object.keys(values)
          .map((name) => `{{${name}}}`)
          .join(', ')}`,
  );
}
