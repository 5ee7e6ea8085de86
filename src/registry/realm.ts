import { UserError } from '../core/errors.ts';
import type { AuthHost } from '../core/routing.ts';
import { hostnameOf, apiHost } from './location.ts';
import { rowOf } from './quirks.ts';

/** A realm that may be asked, and what may be sent there. */
export interface Realm {
  readonly url: URL;
  /** Whether credentials may be sent: the registry's own origin, a built-in pair, or one that the user listed. */
  readonly trusted: boolean;
}

/**
 * The realm of a challenge, checked (SAFETY.md T1 to T3).
 * @param text the realm as the challenge has it; may be relative
 * @param asked the URL whose answer held the challenge
 * @throws UserError `registry-refused` for a downgrade to http, another scheme or user information
 */
export function checkRealm(text: string, asked: URL, registry: string, authHosts: readonly AuthHost[]): Realm {
  const url = URL.parse(text, asked.href);
  if (url === null) throw refusedRealm(registry, printableRealm(text), 'it is no URL');
  const shown = `${url.protocol}//${url.host}`;
  if (url.username !== '' || url.password !== '') throw refusedRealm(registry, shown, 'it holds user information');
  const plain = url.protocol === 'http:' && asked.protocol === 'http:';
  if (url.protocol !== 'https:' && !plain) {
    throw refusedRealm(registry, shown, `${asked.protocol}// registries are not sent to ${url.protocol}//`);
  }
  return { url, trusted: url.origin === asked.origin || isPair(registry, url, authHosts) };
}

function printableRealm(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** Whether a host belongs to a registry: by the table, or because the user listed it. */
export function isPair(registry: string, realm: URL, authHosts: readonly AuthHost[]): boolean {
  const host = realm.host.toLowerCase();
  if (authHosts.some((pair) => pair.registry === registry && pair.host === host)) return true;
  return realm.protocol === 'https:' && (rowOf(registry)?.authHosts ?? []).includes(host);
}

function refusedRealm(registry: string, shown: string, why: string): UserError {
  return new UserError(
    'registry-refused',
    `${registry} sends logins to ${shown}, which is refused: ${why}`,
    'Ask the operator of the registry to correct the realm of its WWW-Authenticate header',
  );
}

/** The error for a realm on a foreign host that would receive credentials. */
export function untrustedRealm(registry: string, realm: URL): UserError {
  return new UserError(
    'registry-refused',
    `${registry} asks for its login to be sent to ${realm.host}, another host, which is refused`,
    `When ${realm.host} is the token server of ${registry}, allow it with auth-hosts: ${registry}=${realm.host}`,
  );
}

/** Whether a URL is on the host of the registry, whatever the port. */
export function isOwnHost(url: URL, registry: string): boolean {
  const host = hostnameOf(url.host).toLowerCase();
  return host === hostnameOf(apiHost(registry)) || host === hostnameOf(registry);
}
