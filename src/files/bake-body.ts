import { UserError } from '../core/errors.ts';
import { readHcl } from './bake-hcl.ts';
import { bodyOfJson } from './bake-json.ts';
import type { Body } from './bake-syntax.ts';
import { scanJson } from './json-scanner.ts';
import { mapText } from './mapped-text.ts';
import type { SourceFile } from './site.ts';

/**
 * What a bake file says, in HCL or JSON; `mentions` counts the variables that it names.
 * @throws UserError `bad-input` for what is called JSON and is none, `limit` when it is nested too deep.
 */
export function readBake(file: SourceFile, mentions: Map<string, number>): Body {
  if (!file.path.toLowerCase().endsWith('.json')) return readHcl(mapText(file.text), mentions);
  const root = scanJson(file.text, 'json');
  if (root !== undefined) return bodyOfJson(file.text, root, mentions);
  throw new UserError(
    'bad-input',
    `${file.path} is not JSON`,
    'Correct the file, or leave it out with the input exclude',
  );
}
