/* Judges requests by GitHub's published OpenAPI description, so that a fake API cannot be kinder than the real one. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import type { Incoming } from './service.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: object;
}

interface Operation {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, { readonly schema: object } | undefined>>;
  };
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation | undefined>> | undefined>>;
  readonly components: { readonly parameters: Readonly<Record<string, Parameter | undefined>> };
}

const FILE = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json');

/** One operation that is offered, such as `GET /repos/{owner}/{repo}/pulls/{pull_number}/files`. */
export interface Route {
  readonly method: string;
  readonly template: string;
  /** What is wrong with a request to it; empty when nothing is. */
  readonly problemsOf: (request: Incoming) => readonly string[];
  /** The values of the path's parameters; undefined when the path is another one. */
  readonly match: (request: Incoming) => Readonly<Record<string, string>> | undefined;
}

/** The routes with these names, cut from the description. @throws Error for one that GitHub does not have */
export function routesOf(names: readonly string[]): readonly Route[] {
  const description: Description = JSON.parse(readFileSync(FILE, 'utf8'));
  const ajv = new Ajv({ strict: false, validateFormats: false, coerceTypes: true });
  ajv.addSchema({ $id: 'github', components: description.components });
  return names.map((name) => {
    const [method = '', template = ''] = name.split(' ');
    const operation = description.paths[template]?.[method.toLowerCase()];
    if (operation === undefined) throw new Error(`GitHub has no ${name}`);
    return routeOf(method, template, operation, description, ajv);
  });
}

function routeOf(method: string, template: string, operation: Operation, description: Description, ajv: Ajv): Route {
  const keys = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const expression = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '([^/]+)')}$`);
  const parameters = (operation.parameters ?? []).map((one) => resolved(one, description));
  const checks = parameters.map((parameter) => ({ parameter, validate: ajv.compile(absolute(parameter.schema)) }));
  const schema = operation.requestBody?.content['application/json']?.schema;
  const validateBody = schema === undefined ? undefined : ajv.compile(absolute(schema));
  const match = (request: Incoming) => {
    const values = request.method === method ? expression.exec(request.path) : null;
    if (values === null) return undefined;
    return Object.fromEntries(keys.map((key, index) => [key, decodeURIComponent(values[index + 1] ?? '')]));
  };
  return {
    method,
    template,
    match,
    problemsOf: (request) => [
      ...parameterProblems(request, match(request) ?? {}, checks),
      ...bodyProblems(request, validateBody),
    ],
  };
}

function resolved(one: Parameter | { readonly $ref: string }, description: Description): Parameter {
  if (!('$ref' in one)) return one;
  const found = description.components.parameters[one.$ref.split('/').at(-1) ?? ''];
  if (found === undefined) throw new Error(`no parameter ${one.$ref}`);
  return found;
}

/** References inside the description point to its own root. */
function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"github#/'));
}

function parameterProblems(
  request: Incoming,
  path: Readonly<Record<string, string>>,
  checks: readonly { readonly parameter: Parameter; readonly validate: ValidateFunction }[],
): readonly string[] {
  const known = new Set(
    checks.filter(({ parameter }) => parameter.in === 'query').map(({ parameter }) => parameter.name),
  );
  const unknown = [...request.query.keys()].filter((name) => !known.has(name));
  const wrong = checks.flatMap(({ parameter: one, validate }) => {
    const value = one.in === 'path' ? path[one.name] : request.query.get(one.name);
    if (value === undefined || value === null)
      return one.required === true && one.in !== 'header' ? [`${one.name} is missing`] : [];
    const isValid: boolean = validate(value);
    return isValid ? [] : [`${one.name}=${value} is not valid`];
  });
  return [...unknown.map((name) => `there is no query parameter ${name}`), ...wrong];
}

function bodyProblems({ body }: Incoming, validate: ValidateFunction | undefined): readonly string[] {
  if (validate === undefined) return body.length === 0 ? [] : ['a body where none belongs'];
  const value: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `body${instancePath} ${message ?? ''}`);
}
