/** Classes of IP addresses: what a registry may make us connect to (SAFETY.md T3). */

/**
 * - `public`: anything else.
 * - `private`: RFC 1918, carrier-grade NAT, unique local and other addresses that are only routed inside a site.
 * - `loopback`: the machine itself.
 * - `forbidden`: link-local, cloud metadata, unspecified, multicast and reserved addresses; no registry is there.
 */
export type AddressClass = 'public' | 'private' | 'loopback' | 'forbidden';

/** An IP address as a number of 32 or 128 bits. */
export interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** The address that `text` is, strictly written (`127.0.0.1`, `::1`, `[::1]`, `fe80::1%eth0`); undefined when it is none. */
export function parseAddress(text: string): Address | undefined {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const value = parseIpv4(bare);
  if (value !== undefined) return { bits: 32, value };
  const zone = bare.indexOf('%');
  const wide = parseIpv6(zone < 0 ? bare : bare.slice(0, zone));
  return wide === undefined ? undefined : { bits: 128, value: wide };
}

const DECIMAL_OCTET = /^(?:0|[1-9][0-9]{0,2})$/;
const HEX_GROUP = /^[0-9a-fA-F]{1,4}$/;
/** 8 groups of 4 digits and their colons, or an IPv4 tail. */
const MAX_ADDRESS_LENGTH = 45;

function parseIpv4(text: string): bigint | undefined {
  if (text.length > MAX_ADDRESS_LENGTH) return undefined;
  const octets = text.split('.');
  if (octets.length !== 4) return undefined;
  let value = 0n;
  for (const octet of octets) {
    if (!DECIMAL_OCTET.test(octet) || Number(octet) > 255) return undefined;
    value = (value << 8n) | BigInt(octet);
  }
  return value;
}

function parseIpv6(text: string): bigint | undefined {
  if (text.length > MAX_ADDRESS_LENGTH || !text.includes(':')) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((side, index) => groupsOf(side, index === halves.length - 1));
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...(tail ?? [])];
  return groups.reduce((value, group) => (value << 16n) | group, 0n);
}

/** The 16-bit groups of one side of `::`, of which the last may end as IPv4; undefined when one is malformed. */
function groupsOf(side: string, last: boolean): bigint[] | undefined {
  if (side === '') return [];
  const groups: bigint[] = [];
  const texts = side.split(':');
  for (const [index, text] of texts.entries()) {
    if (HEX_GROUP.test(text)) {
      groups.push(BigInt(`0x${text}`));
      continue;
    }
    const embedded = last && index === texts.length - 1 ? parseIpv4(text) : undefined;
    if (embedded === undefined) return undefined;
    groups.push(embedded >> 16n, embedded & 0xffffn);
  }
  return groups;
}

/** A network such as `10.0.0.0/8`; a bare address is a network of one. */
export interface Network {
  readonly address: Address;
  readonly prefix: number;
}

/** The network that `text` is in CIDR notation; undefined when it is none. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  if (slash < 0) return { address, prefix: address.bits };
  const prefix = text.slice(slash + 1);
  if (!DECIMAL_OCTET.test(prefix) || Number(prefix) > address.bits) return undefined;
  return { address, prefix: Number(prefix) };
}

/** Whether the address is in the network; addresses of another family never are. */
export function contains(range: Network, address: Address): boolean {
  if (range.address.bits !== address.bits) return false;
  const shift = BigInt(address.bits - range.prefix);
  return range.address.value >> shift === address.value >> shift;
}

function network(text: string): Network {
  const parsed = parseNetwork(text);
  if (parsed === undefined) throw new TypeError(`not a network: ${text}`);
  return parsed;
}

/** First match decides. Metadata services: AWS and others, AWS over IPv6, Alibaba, Azure's wire server, Oracle. */
const NETWORKS = (
  [
    ['forbidden', '0.0.0.0/8 169.254.0.0/16 100.100.100.200 168.63.129.16 192.0.0.0/24 224.0.0.0/4 240.0.0.0/4'],
    ['loopback', '127.0.0.0/8 ::1'],
    ['private', '10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 198.18.0.0/15'],
    ['forbidden', ':: fe80::/10 ff00::/8 fd00:ec2::254'],
    ['private', 'fc00::/7 fec0::/10 64:ff9b:1::/48'],
  ] as const
).flatMap(([name, networks]) => networks.split(' ').map((text) => ({ name, network: network(text) })));

/** IPv6 networks that stand for the IPv4 address which begins at the given bit from the right. */
const EMBEDDING = [
  { network: network('::ffff:0:0/96'), shift: 0n },
  { network: network('::ffff:0:0:0/96'), shift: 0n },
  { network: network('64:ff9b::/96'), shift: 0n },
  { network: network('2002::/16'), shift: 80n },
  { network: network('::/96'), shift: 0n },
] as const;

/** The class of an address; an IPv6 address that stands for an IPv4 address has that one's class. */
export function classOfAddress(address: Address): AddressClass {
  for (const { name, network: known } of NETWORKS) {
    if (contains(known, address)) return name;
  }
  for (const { network: known, shift } of EMBEDDING) {
    if (contains(known, address)) {
      return classOfAddress({ bits: 32, value: (address.value >> shift) & 0xffffffffn });
    }
  }
  return 'public';
}

/** The class of the address that `text` is; undefined when it is no address but a name. */
export function addressClass(text: string): AddressClass | undefined {
  const address = parseAddress(text);
  return address === undefined ? undefined : classOfAddress(address);
}

/** Whether a registry at an address of class `registry` may name a server at an address of class `target`. */
export function mayBeNamedBy(target: AddressClass, registry: AddressClass): boolean {
  if (target === 'forbidden') return false;
  return target === 'public' || target === registry;
}
