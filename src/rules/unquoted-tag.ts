import { clipped, printable, quoted } from '../core/printable.ts';
import { helmNumber } from '../files/yaml-value.ts';
import type { Rule } from './rule.ts';
import { traitOf } from './subject.ts';

/** A tag that YAML reads as a number or a boolean. */
export const unquotedTag: Rule = {
  id: 'unquoted-tag',
  level: 'warning',
  cause: 'spelling',
  title: 'YAML does not read the tag as text',
  why: 'An unquoted 1.10 is the number 1.1, and 72225e2 is 7222500: another tag is pulled, or none.',
  help: 'Put the tag in quotes.',
  judge({ site }) {
    const trait = traitOf(site, 'unquoted-tag');
    if (trait === undefined) return undefined;
    const { start, end } = trait.range;
    const read = clipped(printable(trait.value), 64);
    const written = site.format === 'helm-values' ? helmNumber(read) : read;
    return {
      message: `the tag of ${quoted(site.reference)} is not quoted: YAML reads it as ${read}${written === read ? '' : `, and Helm writes ${written}`}`,
      remedy: {
        kind: 'edits',
        edits: [
          { start, end: start, text: '"' },
          { start: end, end, text: '"' },
        ],
      },
    };
  },
  examples: [
    {
      name: 'a version that is a number',
      reference: 'nginx:1.10',
      site: {
        format: 'helm-values',
        traits: [{ kind: 'unquoted-tag', value: '1.1', range: { start: 5, end: 9 } }],
      },
      says: 'YAML reads it as 1.1',
      writes: '"',
    },
    {
      name: 'a number that Helm writes another way',
      reference: 'acme/app:20190612073634',
      site: {
        format: 'helm-values',
        traits: [{ kind: 'unquoted-tag', value: '20190612073634', range: { start: 5, end: 19 } }],
      },
      says: 'YAML reads it as 20190612073634, and Helm writes 2.0190612073634e+13',
      writes: '"',
    },
    { name: 'a quoted one', reference: 'nginx:1.10', site: { format: 'helm-values' }, says: null },
  ],
};
