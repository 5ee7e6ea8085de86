import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../core/errors.ts';
import type { TlsMaterial } from './connections.ts';
import { codeOf } from './transport-error.ts';

export interface CertificateOptions {
  /** PEM text of further authorities, as `readCaFile` gives it. */
  readonly extraCa?: string;
  /** Folders that hold a folder for each registry (`certificateFolders`). */
  readonly folders: readonly string[];
}

/** Where docker and the containers tools keep certificates by registry: docker-certs.d, containers-certs.d(5). */
export function certificateFolders(
  platform: NodeJS.Platform,
  home: string,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  if (platform === 'win32') {
    const data = environment['PROGRAMDATA'] ?? environment['ProgramData'];
    return data === undefined ? [] : [join(data, 'docker', 'certs.d')];
  }
  const configuration = environment['XDG_CONFIG_HOME'] || join(home, '.config');
  return [
    '/etc/docker/certs.d',
    '/etc/containers/certs.d',
    join(configuration, 'containers', 'certs.d'),
    join(configuration, 'docker', 'certs.d'),
  ];
}

/**
 * Looks up the TLS material of a server: the folders are listed once, and read for servers that are really used.
 * Node's own authorities are only asked for when there is another one to add, since that costs time. Servers without a
 * folder of their own are given one object.
 * @throws UserError `bad-input` for a client certificate without its key.
 */
export function createCertificates(options: CertificateOptions): (host: string) => Promise<TlsMaterial> {
  const known = new Map<string, Promise<TlsMaterial>>();
  let listed: Promise<readonly (readonly string[])[]> | undefined;
  let common: Promise<TlsMaterial> | undefined;
  const look = async (host: string): Promise<TlsMaterial> => {
    listed ??= Promise.all(options.folders.map(namesIn));
    const names = folderNames(host);
    const folders = (await listed).flatMap((present, index) =>
      present.filter((name) => names.has(name)).map((name) => join(options.folders[index] ?? '', name)),
    );
    if (folders.length === 0) return (common ??= combine(options.extraCa, []));
    return combine(options.extraCa, await Promise.all(folders.map(readFolder)));
  };
  return (host) => {
    const kept = known.get(host) ?? look(host);
    known.set(host, kept);
    return kept;
  };
}

/** Names that the folder of `host[:port]` may have; Windows cannot write the colon. */
function folderNames(host: string): ReadonlySet<string> {
  const names = /:[0-9]+$/.test(host) ? [host] : [host, `${host}:443`];
  return new Set([...names, ...names.map((name) => name.replaceAll(':', ''))]);
}

interface Found {
  readonly ca: readonly string[];
  readonly cert: readonly string[];
  readonly key: readonly string[];
}

async function readFolder(folder: string): Promise<Found> {
  const names = (await namesIn(folder)).toSorted();
  const pairs = names.filter((name) => name.endsWith('.cert'));
  for (const name of pairs) {
    if (names.includes(keyOf(name))) continue;
    throw new UserError(
      'bad-input',
      `${join(folder, name)} is a client certificate without its key ${keyOf(name)}`,
      `Add the key, or name the file *.crt if it is a certificate authority.`,
    );
  }
  const read = (name: string): Promise<string> => readPem(join(folder, name));
  const [ca, cert, key] = await Promise.all([
    Promise.all(names.filter((name) => name.endsWith('.crt')).map(read)),
    Promise.all(pairs.map(read)),
    Promise.all(pairs.map((name) => read(keyOf(name)))),
  ]);
  return { ca, cert, key };
}

function keyOf(certificate: string): string {
  return `${certificate.slice(0, -'.cert'.length)}.key`;
}

async function readPem(path: string): Promise<string> {
  try {
    // A pipe would keep the step waiting for a writer.
    if (!(await stat(path)).isFile()) throw Object.assign(new Error(), { code: 'not a regular file' });
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UserError(
      'bad-input',
      `${path} cannot be read (${codeOf(error)})`,
      'Let the user of the runner read it, or remove it.',
      { cause: error },
    );
  }
}

async function combine(extraCa: string | undefined, found: readonly Found[]): Promise<TlsMaterial> {
  const extra = [...(extraCa === undefined ? [] : [extraCa]), ...found.flatMap(({ ca }) => ca)];
  const cert = found.flatMap((one) => one.cert);
  const key = found.flatMap((one) => one.key);
  return {
    ...(extra.length === 0 ? {} : { ca: [...(await defaultAuthorities()), ...extra] }),
    ...(cert.length === 0 ? {} : { cert, key }),
  };
}

/** What Node trusts by itself, NODE_EXTRA_CA_CERTS and --use-system-ca included: a list of ours would replace it. */
async function defaultAuthorities(): Promise<readonly string[]> {
  const { getCACertificates } = await import('node:tls');
  return getCACertificates('default');
}

/** Most machines have none of the folders. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

const CERTIFICATE = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** A list of every authority in the world is a quarter of this. */
const MAX_CA_BYTES = 1024 * 1024;

/**
 * The PEM text of the input `ca-file`.
 * @throws UserError `bad-input` when it cannot be read or one of its certificates is none, or it has none.
 */
export async function readCaFile(path: string): Promise<string> {
  const text = await readPem(path);
  const blocks = text.length > MAX_CA_BYTES ? [] : (text.match(CERTIFICATE) ?? []);
  if (blocks.length === 0) throw noCertificate(path, 'holds no certificate');
  const { X509Certificate } = await import('node:crypto');
  for (const [index, block] of blocks.entries()) {
    try {
      void new X509Certificate(block);
    } catch (error) {
      throw noCertificate(path, `holds a certificate that cannot be read (number ${index + 1})`, { cause: error });
    }
  }
  return `${blocks.join('\n')}\n`;
}

function noCertificate(path: string, why: string, options?: ErrorOptions): UserError {
  return new UserError(
    'bad-input',
    `the ca-file ${path} ${why}`,
    'Give a PEM file: text that has -----BEGIN CERTIFICATE----- in it. DER is turned into PEM by: openssl x509 -inform der',
    options,
  );
}
