/*
 * The part of SARIF 2.1.0's schema (OASIS, sarif-schema-2.1.0.json) that reports of `check` may use, written out by hand
 * and stricter in one way: a member that is not listed here is refused. The official schema accepts what this accepts.
 */

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 1 } as const;
const level = { enum: ['none', 'note', 'warning', 'error'] } as const;

function object(properties: Readonly<Record<string, unknown>>, ...required: readonly string[]) {
  return { type: 'object', additionalProperties: false, properties, required } as const;
}

function list(items: unknown) {
  return { type: 'array', items } as const;
}

const message = object({ text, markdown: text }, 'text');
const artifactLocation = object({ uri: text, uriBaseId: text, description: message });
const region = object({ startLine: count, startColumn: count, endLine: count, endColumn: count }, 'startLine');
const properties = object({ tags: { ...list(text), uniqueItems: true } });

const rule = object(
  {
    id: text,
    name: text,
    shortDescription: message,
    fullDescription: message,
    help: message,
    helpUri: text,
    defaultConfiguration: object({ level }),
    properties,
  },
  'id',
);

const fix = object(
  {
    description: message,
    artifactChanges: {
      ...list(
        object(
          {
            artifactLocation,
            replacements: {
              ...list(object({ deletedRegion: region, insertedContent: object({ text }) }, 'deletedRegion')),
              minItems: 1,
            },
          },
          'artifactLocation',
          'replacements',
        ),
      ),
      minItems: 1,
    },
  },
  'artifactChanges',
);

const result = object(
  {
    ruleId: text,
    ruleIndex: { type: 'integer', minimum: -1 },
    level,
    message,
    locations: list(object({ physicalLocation: object({ artifactLocation, region }, 'artifactLocation') })),
    partialFingerprints: { type: 'object', additionalProperties: text },
    fixes: { ...list(fix), uniqueItems: true },
    suppressions: {
      ...list(object({ kind: { enum: ['inSource', 'external'] }, justification: text }, 'kind')),
      uniqueItems: true,
    },
  },
  'message',
);

/** For ajv. */
export const SARIF_SCHEMA = object(
  {
    $schema: text,
    version: { const: '2.1.0' },
    runs: list(
      object(
        {
          tool: object(
            { driver: object({ name: text, semanticVersion: text, informationUri: text, rules: list(rule) }, 'name') },
            'driver',
          ),
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          originalUriBaseIds: { type: 'object', additionalProperties: artifactLocation },
          results: list(result),
        },
        'tool',
      ),
    ),
  },
  'version',
  'runs',
);
