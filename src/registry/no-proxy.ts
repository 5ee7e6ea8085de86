import { classOfAddress, contains, parseAddress, parseNetwork } from './address.ts';

/**
 * Whether a host is reached without the proxy. The syntax is what Go's clients, curl and undici understand together,
 * so that docker and we agree:
 *
 *   no-proxy := entry *( ( "," | " " ) entry )
 *   entry    := "*" | host [ ":" port ] | CIDR
 *   host     := name | "." name | "*." name | IPv4 | IPv6 | "[" IPv6 "]"
 *
 * A name stands for itself and its sub-domains, with or without `.` or `*.` before it. Loopback is never proxied.
 * `host` is a URL's hostname, `port` its effective port.
 */
export function matchesNoProxy(noProxy: string, host: string, port: number): boolean {
  const name = normalise(host);
  const address = parseAddress(name);
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  if (address !== undefined && classOfAddress(address) === 'loopback') return true;
  return noProxy
    .split(/[\s,]/)
    .filter((entry) => entry !== '')
    .some((entry) => matchesEntry(entry, name, port));
}

function normalise(host: string): string {
  const lower = host.toLowerCase();
  const bare = lower.startsWith('[') && lower.endsWith(']') ? lower.slice(1, -1) : lower;
  return bare.endsWith('.') ? bare.slice(0, -1) : bare;
}

function matchesEntry(entry: string, name: string, port: number): boolean {
  if (entry === '*') return true;
  const network = parseNetwork(entry);
  const address = parseAddress(name);
  if (network !== undefined) return address !== undefined && contains(network, address);
  const { host, port: only } = splitPort(entry);
  if (only !== undefined && only !== port) return false;
  const wanted = normalise(host);
  const literal = parseNetwork(wanted);
  if (literal !== undefined) return address !== undefined && contains(literal, address);
  const suffix = wanted.startsWith('*.') ? wanted.slice(2) : wanted.startsWith('.') ? wanted.slice(1) : wanted;
  // An address is no domain: `10.0.0.1` is not below `0.1`.
  return suffix !== '' && (name === suffix || (address === undefined && name.endsWith(`.${suffix}`)));
}

function splitPort(entry: string): { host: string; port?: number } {
  const colon = entry.lastIndexOf(':');
  const port = entry.slice(colon + 1);
  if (colon < 0 || !/^[0-9]{1,5}$/.test(port)) return { host: entry };
  return { host: entry.slice(0, colon), port: Number(port) };
}
