import { UserError } from '../core/errors.ts';
import { canonicalRegistry, isRegistry, isRepository } from '../core/reference.ts';
import type { AuthHost, RegistryMapping } from '../core/routing.ts';
import type { Form } from './form.ts';

/** The login of the inputs. */
export interface InputCredential {
  /** Canonical. */
  readonly registry: string;
  readonly username: string;
  readonly password: string;
}

/** The inputs that all actions share (DESIGN.md §2). */
export interface CommonInputs {
  readonly credential: InputCredential | undefined;
  readonly githubToken: string | undefined;
  readonly authHosts: readonly AuthHost[];
  readonly caFile: string | undefined;
  readonly insecureRegistries: ReadonlySet<string>;
  readonly mappings: readonly RegistryMapping[];
  /** Milliseconds. */
  readonly timeout: number;
  readonly showSummary: boolean;
}

/** @param registries canonical registries of the references, for a login that names none */
export function readCommon(form: Form, registries: ReadonlySet<string>): CommonInputs {
  return {
    credential: readCredential(form, registries),
    githubToken: form.secret('github-token'),
    authHosts: form.listOf('auth-hosts', parseAuthHost),
    caFile: form.text('ca-file'),
    insecureRegistries: new Set(form.listOf('insecure-registries', parseRegistry)),
    mappings: form.listOf('registry-map', parseMapping),
    timeout: form.seconds('timeout', 300, 1),
    showSummary: form.boolean('show-summary', true),
  };
}

function readCredential(form: Form, registries: ReadonlySet<string>): InputCredential | undefined {
  const username = form.text('username');
  const password = form.secret('password');
  const written = form.text('registry');
  const registry = written === undefined ? undefined : form.attempt('registry', () => parseRegistry(written));
  if (username === undefined && password === undefined) return undefined;
  if (username === undefined || password === undefined) {
    const [has, lacks] = username === undefined ? ['password', 'username'] : ['username', 'password'];
    form.problem(lacks, new UserError('bad-input', `${has} is given and ${lacks} is empty`, secretHint(lacks)));
    return undefined;
  }
  if (registry !== undefined) return { registry, username, password };
  const [only, ...others] = registries;
  if (written === undefined && others.length > 0) {
    form.problem(
      'registry',
      new UserError(
        'bad-input',
        `username and password are given without registry, and the references are on ${[...registries].join(', ')}`,
        'Name the registry that the login is for, with registry; log in to others with docker/login-action before',
      ),
    );
  }
  return only === undefined ? undefined : { registry: only, username, password };
}

function secretHint(lacks: string): string {
  return lacks === 'password'
    ? 'A secret that does not exist is empty, and pull requests from forks get no secrets; leave username out there'
    : 'Give the user name that belongs to the password';
}

/** `host[:port]`, canonical; an URL is accepted in error messages only. @throws UserError `bad-input` */
export function parseRegistry(text: string): string {
  if (isRegistry(text)) return canonicalRegistry(text);
  const bare = text.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  const hint = isRegistry(bare) ? `Write ${bare}` : 'Write host or host:port';
  throw new UserError('bad-input', `"${text}" is not a registry (host[:port])`, hint);
}

/** `registry=token-host[:port]`. @throws UserError `bad-input` */
export function parseAuthHost(text: string): AuthHost {
  const [registry = '', host = '', ...rest] = text.split('=').map((side) => side.trim());
  if (rest.length === 0 && registry !== '' && host !== '') {
    return { registry: parseRegistry(registry), host: withoutDefaultPort(parseRegistry(host)) };
  }
  throw new UserError(
    'bad-input',
    `"${text}" is not a pair registry=token-host`,
    'Write the registry, = and the host of its token server: registry.example.com=auth.example.com',
  );
}

/** As URL.host has it for https. */
function withoutDefaultPort(host: string): string {
  return host.endsWith(':443') ? host.slice(0, -4) : host;
}

/** `prefix=prefix`. @throws UserError `bad-input` */
export function parseMapping(text: string): RegistryMapping {
  const [from = '', to = '', ...rest] = text.split('=').map((side) => side.trim().replace(/\/+$/, ''));
  if (from === '' || to === '' || rest.length > 0) {
    throw new UserError(
      'bad-input',
      `"${text}" is not a mapping`,
      'Write prefix=prefix, such as docker.io=mirror.example',
    );
  }
  return { from: canonicalPrefix(from), to: canonicalPrefix(to) };
}

/** `host[:port]` with or without a path behind it. */
function canonicalPrefix(prefix: string): string {
  const slash = prefix.indexOf('/');
  const [registry, path] = slash < 0 ? [prefix, undefined] : [prefix.slice(0, slash), prefix.slice(slash + 1)];
  if (/^https?:\/\//.test(prefix) || !isRegistry(registry)) {
    const bare = prefix.replace(/^https?:\/\//, '');
    const hint = bare === prefix ? 'Begin each side with host or host:port' : `Write ${bare}`;
    throw new UserError('bad-input', `"${prefix}" does not begin with a registry (host[:port])`, hint);
  }
  if (path !== undefined && !isRepository(path)) {
    const lower = path.toLowerCase();
    const hint = isRepository(lower)
      ? `Write ${registry}/${lower}`
      : 'Components are a-z and 0-9, separated inside by one of . _ __ or dashes';
    throw new UserError('bad-input', `"${prefix}" is not a prefix of an image name`, hint);
  }
  return canonicalRegistry(registry) + (path === undefined ? '' : `/${path}`);
}
