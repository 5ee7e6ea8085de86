import { isObject, parseJson, property, textMapProperty, textProperty, type JsonObject } from '../core/json.ts';

/**
 * Docker's config.json, the containers tools' auth.json and DOCKER_AUTH_CONFIG: one syntax, read here without trust.
 *
 *   { "auths": { KEY: { "auth"? , "username"?, "password"?, "identitytoken"?, "registrytoken"? } },
 *     "credHelpers": { HOST: NAME }, "credsStore": NAME }
 *   KEY := [ ( "https" | "http" ) "://" ] HOST [ ":" PORT ] [ "/" PATH ]
 */
export interface CredentialFile {
  readonly entries: readonly Entry[];
  /** Names of helpers (`docker-credential-<name>`) by canonical host. */
  readonly helpers: ReadonlyMap<string, string>;
  /** The helper for every host, `credsStore`. */
  readonly store?: string;
  /** What was left out and why, without any value of a secret. */
  readonly warnings: readonly string[];
}

interface Entry {
  /** As it stands in the file, for messages. */
  readonly key: string;
  readonly host: string;
  /** Path of a namespace or repository that the entry is for; empty for the whole host. */
  readonly path: string;
  readonly login: Login;
}

/** What an entry holds, and every form in which its secret stands in the file. */
export type Login =
  | {
      readonly kind: 'basic';
      readonly username: string;
      readonly password: string;
      readonly secrets: readonly string[];
    }
  | { readonly kind: 'identity-token'; readonly token: string; readonly secrets: readonly string[] }
  | { readonly kind: 'registry-token'; readonly token: string; readonly secrets: readonly string[] };

/** The user name by which helpers and docker mark the secret as an OAuth refresh token. */
export const TOKEN_USER = '<token>';

/** Docker Hub's key in docker's own files, and the server URL that helpers know it by. */
export const DOCKER_HUB_KEY = 'https://index.docker.io/v1/';

const DOCKER_HUB = 'docker.io';

/** Other names of Docker Hub; the only aliases that there are (SAFETY.md T8). */
const HUB_ALIASES = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

/** Paths of the registry API, which say nothing about a repository. */
const API_PATHS = new Set(['v1', 'v2', 'v1/users']);

/** The one form in which hosts are compared: lower case, without a last dot, Docker Hub by one name. */
export function canonicalHost(host: string): string {
  const lower = host.toLowerCase();
  const bare = lower.endsWith('.') ? lower.slice(0, -1) : lower;
  return HUB_ALIASES.has(bare) ? DOCKER_HUB : bare;
}

/** Reads a file; what cannot be read in it is left out with a warning. */
export function parseCredentialFile(text: string): CredentialFile {
  const value = parseJson(text.startsWith('\uFEFF') ? text.slice(1) : text);
  if (!isObject(value)) return { entries: [], helpers: new Map(), warnings: ['it is not a JSON object'] };
  const warnings: string[] = [];
  const auths = property(value, 'auths');
  if (auths !== undefined && !isObject(auths)) warnings.push('"auths" is not an object');
  const entries = Object.entries(isObject(auths) ? auths : {}).flatMap(([key, raw]) => {
    const login = loginOf(raw);
    if (typeof login === 'string') warnings.push(`the entry ${JSON.stringify(key)} ${login}`);
    return typeof login === 'object' ? [{ key, ...splitKey(key), login }] : [];
  });
  const helpers = new Map(
    [...textMapProperty(value, 'credHelpers')].map(([key, name]) => [splitKey(key).host, name] as const),
  );
  const store = textProperty(value, 'credsStore');
  return { entries, helpers, warnings, ...(store === undefined || store === '' ? {} : { store }) };
}

/** Host and path of a key; the scheme and the API's own paths are dropped. */
function splitKey(key: string): { host: string; path: string } {
  const scheme = /^https?:\/\//i.exec(key);
  const rest = scheme === null ? key : key.slice(scheme[0].length);
  const slash = rest.indexOf('/');
  if (slash < 0) return { host: canonicalHost(rest), path: '' };
  const path = rest
    .slice(slash + 1)
    .split('/')
    .filter((part) => part !== '')
    .join('/');
  return { host: canonicalHost(rest.slice(0, slash)), path: API_PATHS.has(path) ? '' : path };
}

/** The login that an entry holds; undefined when it has none (it is in a store), a text when it is unreadable. */
function loginOf(raw: unknown): Login | string | undefined {
  if (!isObject(raw)) return 'is not an object';
  const registryToken = textProperty(raw, 'registrytoken') ?? '';
  if (registryToken !== '') return { kind: 'registry-token', token: registryToken, secrets: [registryToken] };
  const identityToken = textProperty(raw, 'identitytoken') ?? '';
  if (identityToken !== '') return { kind: 'identity-token', token: identityToken, secrets: [identityToken] };
  const auth = textProperty(raw, 'auth') ?? '';
  return auth === '' ? plainLogin(raw) : decodedLogin(auth);
}

function plainLogin(raw: JsonObject): Login | undefined {
  const username = textProperty(raw, 'username') ?? '';
  const password = textProperty(raw, 'password') ?? '';
  return username === '' || password === '' ? undefined : basicOrToken(username, password, []);
}

function decodedLogin(auth: string): Login | string {
  const text = decodeBase64(auth);
  if (text === undefined) return 'has an "auth" that is not base64';
  const colon = text.indexOf(':');
  if (colon < 0) return 'has an "auth" without a colon';
  if (colon === 0) return 'has an "auth" without a user name';
  const password = trimNuls(text.slice(colon + 1));
  if (password === '') return 'has an "auth" without a password';
  return basicOrToken(text.slice(0, colon), password, [auth]);
}

/** A login as helpers and files give it: the user `<token>` says that the secret is an identity token. */
export function basicOrToken(username: string, password: string, otherForms: readonly string[]): Login {
  const secrets = [password, ...otherForms];
  return username === TOKEN_USER
    ? { kind: 'identity-token', token: password, secrets }
    : { kind: 'basic', username, password, secrets };
}

/** Old versions of docker padded passwords with NUL. */
function trimNuls(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1;
  return text.slice(0, end);
}

function decodeBase64(text: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The login for a repository: the entry with the longest path that is a prefix by whole components, in the end the
 * one for the host. `docker` also takes an entry with another path when there is none for the host, as docker does;
 * `containers` never does.
 */
export function findLogin(
  file: CredentialFile,
  registry: string,
  repository: string,
  style: 'docker' | 'containers',
): Login | undefined {
  const host = canonicalHost(registry);
  const ofHost = file.entries.filter((entry) => entry.host === host);
  const matching = ofHost
    .filter(({ path }) => path === '' || repository === path || repository.startsWith(`${path}/`))
    .toSorted((a, b) => b.path.length - a.path.length || preference(b, registry) - preference(a, registry));
  return (matching[0] ?? (style === 'docker' ? ofHost[0] : undefined))?.login;
}

/** Of entries for the same host, docker's own key for Docker Hub counts most, then the one written like the registry. */
function preference(entry: Entry, registry: string): number {
  return entry.key === DOCKER_HUB_KEY ? 2 : entry.key === registry ? 1 : 0;
}

/** The names of the helpers to ask for a registry, the more specific one first. */
export function helpersFor(file: CredentialFile, registry: string): readonly string[] {
  const own = file.helpers.get(canonicalHost(registry));
  const names = [own, file.store].filter((name): name is string => name !== undefined && name !== '');
  return [...new Set(names)];
}

/** The server URL by which a helper knows a registry. */
export function serverUrl(registry: string): string {
  return canonicalHost(registry) === DOCKER_HUB ? DOCKER_HUB_KEY : registry;
}
