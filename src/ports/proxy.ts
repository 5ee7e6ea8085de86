import { TransportError } from '../registry/http.ts';
import { matchesNoProxy } from '../registry/no-proxy.ts';

/** The values of the proxy variables, as `proxyEnvironment` reads them. */
export interface ProxyEnvironment {
  readonly https?: string;
  readonly http?: string;
  readonly all?: string;
  readonly noProxy?: string;
}

/** A proxy that applies to a URL. */
export interface Proxy {
  /** Without userinfo. */
  readonly url: URL;
  /** Value of Proxy-Authorization, when the variable holds a login. */
  readonly authorization?: string;
}

/** Reads the proxy variables; the lower-case one wins, an empty one counts as unset (as with Go's clients). */
export function proxyEnvironment(environment: Readonly<Record<string, string | undefined>>): ProxyEnvironment {
  const read = (name: string): string | undefined =>
    [environment[name], environment[name.toUpperCase()]]
      .map((value) => value?.trim())
      .find((value) => value !== '' && value !== undefined);
  const pairs = {
    https: read('https_proxy'),
    http: read('http_proxy'),
    all: read('all_proxy'),
    noProxy: read('no_proxy'),
  };
  return Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== undefined));
}

/** The secrets in the proxy variables, in every form in which they are sent or stand there, to be masked. */
export function proxySecrets({ https, http, all }: ProxyEnvironment): readonly string[] {
  return [https, http, all].flatMap((value) => {
    const url = value === undefined ? null : URL.parse(value.includes('://') ? value : `http://${value}`);
    if (url === null || url.password === '') return [];
    return [url.password, decode(url.password), Buffer.from(loginOf(url)).toString('base64')];
  });
}

/**
 * The proxy that a URL is asked through; undefined for a direct connection. https falls back to ALL_PROXY, then to
 * HTTP_PROXY; http to ALL_PROXY.
 * @throws TransportError `proxy` when the variable holds no http(s) URL.
 */
export function chooseProxy(environment: ProxyEnvironment, url: URL): Proxy | undefined {
  const { https, http, all, noProxy = '' } = environment;
  const value = url.protocol === 'https:' ? (https ?? all ?? http) : (http ?? all);
  if (value === undefined || matchesNoProxy(noProxy, url.hostname, portOf(url))) return undefined;
  return parseProxy(value);
}

/** The port of a URL, its scheme's own when none is written. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

function parseProxy(value: string): Proxy {
  const parsed = URL.parse(value.includes('://') ? value : `http://${value}`);
  if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') || parsed.hostname === '') {
    const shown = parsed === null ? 'its value is no URL' : `${parsed.protocol}//${parsed.host} is no http(s) URL`;
    throw new TransportError(
      'proxy',
      `the proxy of the environment cannot be used: ${shown}`,
      'Set HTTPS_PROXY to http://host:port, or name the registry in NO_PROXY.',
      false,
    );
  }
  const { username, password } = parsed;
  const url = new URL(parsed.origin);
  if (username === '' && password === '') return { url };
  return { url, authorization: `Basic ${Buffer.from(loginOf(parsed)).toString('base64')}` };
}

function loginOf({ username, password }: URL): string {
  return `${decode(username)}:${decode(password)}`;
}

/** Percent-encoding undone; a text that is none stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
