import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  canonicalHost,
  findLogin,
  helpersFor,
  parseCredentialFile,
  serverUrl,
  type CredentialFile,
  type Login,
} from '../registry/credential-file.ts';
import { ANONYMOUS, type Credential, type FindCredential } from '../registry/credential.ts';
import { findScopes } from './buildx-scopes.ts';
import { createFileReader, type ReadCredentialFile } from './credential-source.ts';

export interface CredentialOptions {
  /** The inputs `registry`, `username`, `password`; without a registry they are for every registry that is asked. */
  readonly input?: { readonly registry?: string; readonly username: string; readonly password: string };
  /** For ghcr.io when nothing else has a credential for it. */
  readonly githubToken?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
  /** Configuration inside this folder is ignored, as are programs. */
  readonly workspace?: string;
  readonly platform: NodeJS.Platform;
  /** Linux' user number, for /run/containers. */
  readonly uid?: number;
  /** Ends helpers together with the run. */
  readonly signal?: AbortSignal;
  readonly warn: (text: string) => void;
  /** Told every secret before it is used for anything, so that it can be masked. */
  readonly onSecret: (secret: string) => void;
}

interface Question {
  readonly registry: string;
  readonly repository: string;
  readonly access: 'pull' | 'push';
}

type Source = (question: Question) => Promise<Credential | undefined>;

/** Looks for credentials in the order of DESIGN.md §6. Nothing is read before the first question, each file once. */
export function createCredentialFinder(options: CredentialOptions): FindCredential {
  for (const secret of [options.input?.password, options.githubToken]) {
    if (secret !== undefined && secret !== '') options.onSecret(secret);
  }
  const context = {
    ...options,
    read: createFileReader({ workspace: options.workspace, warn: onceEach(options.warn) }),
  };
  const helpers = helperCalls(context);
  const sources: readonly Source[] = [
    fromInput(options),
    fromVariable(context),
    fromRegistryAuthFile(context, helpers),
    fromBuildx(context, helpers),
    fromDockerConfig(context, helpers),
    fromContainers(context, helpers),
    fromGithubToken(options),
  ];
  const find = async (question: Question): Promise<Credential> => {
    for (const source of sources) {
      const found = await source(question);
      if (found !== undefined) return found;
    }
    return ANONYMOUS;
  };
  const answered = new Map<string, Promise<Credential>>();
  return (registry, repository, access) => {
    const key = `${registry}/${repository} ${access}`;
    const answer = answered.get(key) ?? find({ registry, repository, access });
    answered.set(key, answer);
    return answer;
  };
}

interface Context extends CredentialOptions {
  readonly read: ReadCredentialFile;
}

function onceEach(warn: (text: string) => void): (text: string) => void {
  const told = new Set<string>();
  return (text) => {
    if (told.has(text)) return;
    told.add(text);
    warn(text);
  };
}

function fromInput({ input }: CredentialOptions): Source {
  return async ({ registry }) => {
    if (input === undefined || input.password === '') return undefined;
    if (input.registry !== undefined && canonicalHost(input.registry) !== canonicalHost(registry)) return undefined;
    return { kind: 'basic', username: input.username, password: input.password, source: 'inputs' };
  };
}

function fromVariable({ environment, warn, onSecret }: Context): Source {
  let parsed: CredentialFile | undefined;
  return async ({ registry, repository }) => {
    const text = environment['DOCKER_AUTH_CONFIG'] ?? '';
    if (text === '') return undefined;
    if (parsed === undefined) {
      parsed = parseCredentialFile(text);
      for (const warning of parsed.warnings) warn(`DOCKER_AUTH_CONFIG: ${warning}; it is left out`);
    }
    return credentialOf(findLogin(parsed, registry, repository, 'docker'), 'DOCKER_AUTH_CONFIG', onSecret);
  };
}

function fromRegistryAuthFile(context: Context, helpers: HelperCalls): Source {
  return async (question) => {
    const path = context.environment['REGISTRY_AUTH_FILE'] ?? '';
    if (path === '') return undefined;
    const file = await context.read(path, true);
    return fromFile(file, question, 'REGISTRY_AUTH_FILE', 'containers', context, helpers);
  };
}

function fromBuildx(context: Context, helpers: HelperCalls): Source {
  const { environment } = context;
  const base = join(environment['BUILDX_CONFIG'] || join(dockerFolder(context), 'buildx'), 'config');
  let present: Promise<boolean> | undefined;
  return async (question) => {
    if (/^(?:1|t|true)$/i.test(environment['DOCKER_LOGIN_SCOPE_DISABLED'] ?? '')) return undefined;
    present ??= stat(base).then(
      () => true,
      () => false,
    );
    if (!(await present)) return undefined;
    for (const scope of await findScopes(base, question.registry, question.repository, question.access)) {
      const file = await context.read(scope.file, false);
      const found = await fromFile(file, question, `buildx scope ${scope.name}`, 'docker', context, helpers);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function fromDockerConfig(context: Context, helpers: HelperCalls): Source {
  const path = join(dockerFolder(context), 'config.json');
  return async (question) => {
    const file = await context.read(path, false);
    return fromFile(file, question, `docker config ${question.registry}`, 'docker', context, helpers);
  };
}

function dockerFolder({ environment, home }: CredentialOptions): string {
  return environment['DOCKER_CONFIG'] || join(home, '.docker');
}

function fromContainers(context: Context, helpers: HelperCalls): Source {
  return async (question) => {
    for (const path of containersFiles(context)) {
      const file = await context.read(path, false);
      const found = await fromFile(file, question, 'containers auth.json', 'containers', context, helpers);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** containers-auth.json(5): the run folder, on Linux only, then the configuration folder. */
function containersFiles({ environment, home, platform, uid }: CredentialOptions): readonly string[] {
  const run = environment['XDG_RUNTIME_DIR'] || (uid === undefined ? '' : join('/run/containers', String(uid)));
  const runFolder = environment['XDG_RUNTIME_DIR'] ? join(run, 'containers') : run;
  const configuration = environment['XDG_CONFIG_HOME'] || join(home, '.config');
  return [
    ...(platform === 'linux' && run !== '' ? [join(runFolder, 'auth.json')] : []),
    join(configuration, 'containers', 'auth.json'),
  ];
}

function fromGithubToken({ githubToken }: CredentialOptions): Source {
  return async ({ registry }) => {
    if (githubToken === undefined || githubToken === '' || canonicalHost(registry) !== 'ghcr.io') return undefined;
    // ghcr.io takes any user name with a token.
    return { kind: 'basic', username: 'x-access-token', password: githubToken, source: 'github-token' };
  };
}

/** Helpers first, as docker has it; an entry in the file is taken where they have nothing. */
async function fromFile(
  file: CredentialFile | undefined,
  question: Question,
  source: string,
  style: 'docker' | 'containers',
  context: Context,
  helpers: HelperCalls,
): Promise<Credential | undefined> {
  if (file === undefined) return undefined;
  for (const name of helpersFor(file, question.registry)) {
    const login = await helpers(name, serverUrl(question.registry));
    if (login !== undefined) return credentialOf(login, `credential helper ${name}`, context.onSecret);
  }
  return credentialOf(findLogin(file, question.registry, question.repository, style), source, context.onSecret);
}

type HelperCalls = (name: string, server: string) => Promise<Login | undefined>;

/** Each helper is asked once for each server in a run; its code is loaded when one is configured. */
function helperCalls(context: Context): HelperCalls {
  const known = new Map<string, Promise<Login | undefined>>();
  const warn = onceEach(context.warn);
  const call: HelperCalls = async (name, server) => {
    const { askHelper } = await import('./credential-helper.ts');
    const result = await askHelper(name, server, context);
    if (result.kind === 'failed') {
      warn(`credential helper ${JSON.stringify(name)} ${result.why}; going on without it`);
      return undefined;
    }
    return result.kind === 'none' ? undefined : result.login;
  };
  return (name, server) => {
    const key = `${name} ${server}`;
    const kept = known.get(key) ?? call(name, server);
    known.set(key, kept);
    return kept;
  };
}

function credentialOf(
  login: Login | undefined,
  source: string,
  onSecret: (secret: string) => void,
): Credential | undefined {
  if (login === undefined) return undefined;
  for (const secret of login.secrets) onSecret(secret);
  return login.kind === 'basic'
    ? { kind: 'basic', username: login.username, password: login.password, source }
    : { kind: login.kind, token: login.token, source };
}
