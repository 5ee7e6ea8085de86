import { UserError } from '../core/errors.ts';
import { isTag } from '../core/reference.ts';
import { parseRegistry, readCommon, type CommonInputs } from './registry.ts';
import type { Form } from './form.ts';

const SCOPES = ['added', 'changed-files', 'all'] as const;

/** The inputs of `check` (DESIGN.md §8). */
export interface CheckInputs extends CommonInputs {
  /** gitignore-style patterns; empty for every supported file. */
  readonly paths: readonly string[];
  readonly exclude: readonly string[];
  readonly require: 'tag' | 'digest';
  /** Undefined when not given: `added` on pull_request, else `all`. */
  readonly scope: (typeof SCOPES)[number] | undefined;
  readonly allow: readonly string[];
  readonly imageKeys: readonly string[];
  readonly floatingTags: readonly string[];
  readonly failOn: 'error' | 'warning' | 'never';
  readonly resolve: 'auto' | 'never';
  /** Canonical. */
  readonly registries: ReadonlySet<string>;
  readonly onUnresolved: 'warn' | 'fail' | 'ignore';
  readonly annotations: boolean;
  readonly suggestions: 'auto' | 'never';
  readonly comment: 'never' | 'on-failure' | 'always';
  readonly reports: ReportFiles;
}

/** Paths as the user wrote them. */
export interface ReportFiles {
  readonly sarif: string | undefined;
  readonly json: string | undefined;
  readonly patch: string | undefined;
}

/** Names of the inputs that are paths of reports. */
export const REPORT_INPUTS = { sarif: 'sarif-file', json: 'json-file', patch: 'patch-file' } as const;

/** Reads all inputs; problems are in the form. */
export function readCheck(form: Form): CheckInputs {
  const registries = new Set(form.listOf('registries', parseRegistry));
  const common = readCommon(form, registries);
  checkLogin(form, common, registries);
  return {
    ...common,
    paths: form.listOf('paths', parsePattern),
    exclude: form.listOf('exclude', parsePattern),
    require: form.choice('require', ['tag', 'digest'], 'tag'),
    scope: form.text('scope') === undefined ? undefined : form.choice('scope', SCOPES, 'all'),
    allow: form.listOf('allow', parseAllowed),
    imageKeys: form.listOf('image-keys', parseKey),
    floatingTags: form.listOf('floating-tags', parseFloatingTag),
    failOn: form.choice('fail-on', ['error', 'warning', 'never'], 'error'),
    resolve: form.choice('resolve', ['auto', 'never'], 'auto'),
    registries,
    onUnresolved: form.choice('on-unresolved', ['warn', 'fail', 'ignore'], 'warn'),
    annotations: form.boolean('annotations', true),
    suggestions: form.choice('suggestions', ['auto', 'never'], 'auto'),
    comment: form.choice('comment', ['never', 'on-failure', 'always'], 'never'),
    reports: readReports(form),
  };
}

/** Credentials are for listed registries only, so a login for another one would be given for nothing. */
function checkLogin(form: Form, { credential }: CommonInputs, registries: ReadonlySet<string>): void {
  const isWritten = form.text('username') !== undefined && form.secret('password') !== undefined;
  if (credential === undefined && isWritten && form.text('registry') === undefined && registries.size === 0) {
    const message = 'username and password are given, and no registry that they are for';
    form.problem('registry', new UserError('bad-input', message, 'Write registry and list it in registries'));
  }
  if (credential === undefined || registries.has(credential.registry)) return;
  const message = `registry is ${credential.registry}, which registries does not list: check uses no login for it`;
  form.problem('registries', new UserError('bad-input', message, `Add ${credential.registry} to registries`));
}

function parsePattern(text: string): string {
  if (text.split('/').includes('..')) {
    throw new UserError('bad-input', `"${text}" leaves the workspace`, 'Patterns are relative to the workspace');
  }
  return text;
}

function parseAllowed(text: string): string {
  if (/\s/.test(text)) {
    throw new UserError('bad-input', `"${text}" holds a blank`, 'Write one pattern a line, such as ghcr.io/acme/*');
  }
  return text;
}

/** A key, a variable, or an option as it stands among arguments. */
function parseKey(text: string): string {
  if (/^(?:--)?[A-Za-z_][\w.-]*$/.test(text)) return text;
  throw new UserError('bad-input', `"${text}" is not a YAML key`, 'Write the name of a key, such as imageName');
}

function parseFloatingTag(text: string): string {
  if (isTag(text)) return text;
  const bare = text.replace(/^:/, '');
  throw new UserError(
    'bad-input',
    `"${text}" is not a tag`,
    isTag(bare) ? `Write ${bare}` : 'Write tags, such as stable',
  );
}

function readReports(form: Form): ReportFiles {
  const reports = {
    sarif: form.text(REPORT_INPUTS.sarif),
    json: form.text(REPORT_INPUTS.json),
    patch: form.text(REPORT_INPUTS.patch),
  };
  const seen = new Set<string>();
  for (const kind of ['sarif', 'json', 'patch'] as const) {
    const path = reports[kind];
    if (path === undefined) continue;
    if (seen.has(path)) {
      const message = `two reports are to be written to "${path}"`;
      form.problem(REPORT_INPUTS[kind], new UserError('bad-input', message, 'Give each report a file of its own'));
    }
    seen.add(path);
  }
  return reports;
}
