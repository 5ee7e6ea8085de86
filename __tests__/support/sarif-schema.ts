/* SARIF 2.1.0's own JSON schema, which Microsoft's matchers for tests carry with them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';

const FILE = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');

/** Reads a report by the schema and gives what is wrong with it; a test expects nothing. */
export function sarifValidator(): (report: unknown) => readonly string[] {
  // It is written for draft 4, of which ajv refuses these two words and reads the rest as it is meant.
  const { id: _id, $schema: _draft, ...schema } = JSON.parse(readFileSync(FILE, 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  ajv.addFormat('uri', (text) => URL.canParse(text));
  ajv.addFormat('uri-reference', /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[\dA-F]{2})*$/i);
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/);
  const validate = ajv.compile(schema);
  return (report) => {
    if (validate(report)) return [];
    return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
  };
}
