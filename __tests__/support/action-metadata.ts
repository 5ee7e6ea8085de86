/* What an action.yml says, and its input defaults as the runner evaluates them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface ActionInput {
  readonly description: string;
  readonly required: boolean;
  /** As written, expressions not evaluated. */
  readonly default?: string;
  readonly deprecationMessage?: string;
}

export interface ActionMetadata {
  readonly name: string;
  readonly description: string;
  /** In the order of the file. */
  readonly inputs: ReadonlyMap<string, ActionInput>;
  /** Output to its description. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly using: string;
  /** Absolute path of the script. */
  readonly main: string;
}

/** The values that expressions in defaults may use: `github.token` → `{github: {token}}`. */
export type Contexts = Readonly<Record<string, unknown>>;

/** Reads the action.yml (or action.yaml) of a folder. */
export function actionMetadata(folder: string): ActionMetadata {
  const path = ['action.yml', 'action.yaml'].map((name) => join(folder, name)).find((name) => existsSync(name));
  if (path === undefined) throw new Error(`${folder} holds no action.yml`);
  const file: unknown = parse(readFileSync(path, 'utf8'));
  const runs = member(file, 'runs');
  return {
    name: textOf(member(file, 'name')),
    description: textOf(member(file, 'description')),
    inputs: new Map(entriesOf(member(file, 'inputs')).map(([name, value]) => [name, inputOf(value)])),
    outputs: new Map(
      entriesOf(member(file, 'outputs')).map(([name, value]) => [name, textOf(member(value, 'description'))]),
    ),
    using: textOf(member(runs, 'using')),
    main: join(folder, textOf(member(runs, 'main'))),
  };
}

function inputOf(value: unknown): ActionInput {
  const standard = member(value, 'default');
  const deprecation = member(value, 'deprecationMessage');
  return {
    description: textOf(member(value, 'description')),
    required: member(value, 'required') === true,
    ...(standard === undefined ? {} : { default: textOf(standard) }),
    ...(deprecation === undefined ? {} : { deprecationMessage: textOf(deprecation) }),
  };
}

/** Replaces `${{ context.path }}`; other expressions are more than our defaults need. */
export function evaluate(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (_whole, path: string) => {
    const value = path.split('.').reduce<unknown>((at, name) => member(at, name), contexts);
    return value === undefined || value === null ? '' : textOf(value);
  });
}

function member(value: unknown, name: string): unknown {
  return entriesOf(value).find(([key]) => key === name)?.[1];
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
