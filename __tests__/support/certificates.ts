/**
 * Certificates for tests, made with Node alone: a small DER writer (X.690) and the handful of X.509 fields that TLS
 * looks at (RFC 5280). EC P-256, signed with ECDSA and SHA-256.
 */
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate and its private key, as PEM. */
export interface Pair {
  readonly cert: string;
  readonly key: string;
}

export interface IssueOptions {
  /** DNS names and IP addresses for the subject alternative name. */
  readonly hosts?: readonly string[];
  readonly name?: string;
  /** Milliseconds since 1970; by default a day ago and a day from now. */
  readonly notBefore?: number;
  readonly notAfter?: number;
}

/** A certificate authority that lives as long as the test. */
export interface Authority {
  readonly cert: string;
  readonly issue: (options: IssueOptions) => Pair;
}

const DAY = 86_400_000;

export function makeAuthority(name = 'Test Authority'): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = distinguishedName(name);
  const cert = certificate({
    issuer,
    subject: issuer,
    publicKey: keys.publicKey,
    signer: keys.privateKey,
    authority: true,
  });
  return {
    cert,
    issue: (options) => {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const subject = distinguishedName(options.name ?? options.hosts?.[0] ?? 'client');
      return {
        cert: certificate({
          issuer,
          subject,
          publicKey: own.publicKey,
          signer: keys.privateKey,
          authority: false,
          ...options,
        }),
        key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
}

interface Fields extends IssueOptions {
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly authority: boolean;
}

function certificate(fields: Fields): string {
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
  const now = Date.now();
  const validity = sequence(time(fields.notBefore ?? now - DAY), time(fields.notAfter ?? now + DAY));
  // A positive integer without leading zeros.
  const serial = Buffer.concat([Buffer.from([0x40]), randomBytes(7)]);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    algorithm,
    fields.issuer,
    validity,
    fields.subject,
    fields.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions(fields))),
  );
  const signature = sign('sha256', body, fields.signer);
  const whole = sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function extensions(fields: Fields): Buffer[] {
  const isAuthority = fields.authority ? sequence(der(0x01, Buffer.from([0xff]))) : sequence();
  const basic = sequence(oid('2.5.29.19'), der(0x01, Buffer.from([0xff])), octets(isAuthority));
  const hosts = fields.hosts ?? [];
  if (hosts.length === 0) return [basic];
  return [basic, sequence(oid('2.5.29.17'), octets(sequence(...hosts.map(generalName))))];
}

function generalName(host: string): Buffer {
  const family = isIP(host);
  if (family === 0) return der(0x82, Buffer.from(host, 'latin1'));
  if (family === 4) return der(0x87, Buffer.from(host.split('.').map(Number)));
  const [head = '', tail] = host.split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  const groups = [...left, ...zeros, ...right].map((group) => group.padStart(4, '0'));
  return der(0x87, Buffer.from(groups.join(''), 'hex'));
}

function distinguishedName(name: string): Buffer {
  return sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(name)))));
}

/** UTCTime, which RFC 5280 wants for the years 1950 to 2049. */
function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
  return der(0x17, Buffer.from(`${digits.slice(2)}Z`));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function octets(content: Buffer): Buffer {
  return der(0x04, content);
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest.flatMap(base128)];
  return der(0x06, Buffer.from(bytes));
}

function base128(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}

function der(tag: number, content: Buffer): Buffer {
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length = Buffer.from(content.length.toString(16).padStart(content.length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}
