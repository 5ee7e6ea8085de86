/* Debian's docker-registry (distribution 2.8) on loopback: open, with Basic, or with tokens; each also over TLS. */
import { randomUUID, sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAuthority, type Authority } from '../../support/certificates.ts';
import { listen } from '../../support/listener.ts';
import { createTokenServer, type Mint, type TokenOptions, type TokenServer } from '../../support/tokens.ts';
import { startServer } from './child.ts';

/** The only user of the `basic` form. bcrypt with cost 5, made once with libxcrypt; Node has no bcrypt. */
export const USER = 'robot';
export const PASSWORD = 'correct horse battery';
const HTPASSWD = `${USER}:$2b$05$abcdefghijklmnopqrstuuD3mHdCr44zlIZ.VZCaYRpfQhXMYnEo.\n`;

const ISSUER = 'image-digest-tests';
export const SERVICE = 'docker-registry';

export interface DockerRegistryOptions {
  readonly auth?: 'none' | 'basic' | 'token';
  /** Speak TLS with a certificate of this authority. */
  readonly authority?: Authority;
  /** How the token server behaves. Users and rights as in registry.ts; `robot` is always there. */
  readonly token?: TokenOptions;
}

export interface DockerRegistry {
  /** `127.0.0.1:<port>`. */
  readonly host: string;
  readonly origin: string;
  /** With `auth: token`. Its requests are in `tokens.service.requests`. */
  readonly tokens?: TokenServer;
  readonly tokenOrigin?: string;
  /** What the registry printed. */
  readonly log: () => string;
  readonly close: () => Promise<void>;
}

/** Starts a registry that holds nothing. */
export async function startDockerRegistry(options: DockerRegistryOptions = {}): Promise<DockerRegistry> {
  const { auth = 'none', authority } = options;
  const folder = await mkdtemp(join(tmpdir(), 'docker-registry-'));
  const tokens = auth === 'token' ? await startTokens(folder, options) : undefined;
  const lines = [
    'version: 0.1',
    // The port is told at this level.
    'log: {level: info, accesslog: {disabled: true}}',
    `storage: {filesystem: {rootdirectory: ${JSON.stringify(join(folder, 'data'))}}, delete: {enabled: true}}`,
    `http: {addr: "127.0.0.1:0", secret: tests${authority ? await writePair(folder, authority) : ''}}`,
    ...(auth === 'basic' ? [`auth: {htpasswd: {realm: basic-realm, path: ${join(folder, 'htpasswd')}}}`] : []),
    ...(tokens ? [tokens.configuration] : []),
  ];
  await writeFile(join(folder, 'htpasswd'), HTPASSWD);
  await writeFile(join(folder, 'config.yml'), `${lines.join('\n')}\n`);
  const ready = /listening on 127\.0\.0\.1:(\d+)/;
  const server = await startServer('/usr/bin/docker-registry', ['serve', join(folder, 'config.yml')], ready);
  const host = `127.0.0.1:${server.found[1] ?? ''}`;
  return {
    host,
    origin: `${authority ? 'https' : 'http'}://${host}`,
    ...(tokens ? { tokens: tokens.server, tokenOrigin: tokens.origin } : {}),
    log: server.log,
    async close() {
      await server.stop();
      await tokens?.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function writePair(folder: string, authority: Authority): Promise<string> {
  const pair = authority.issue({ hosts: ['127.0.0.1', 'localhost'] });
  await writeFile(join(folder, 'tls.crt'), pair.cert);
  await writeFile(join(folder, 'tls.key'), pair.key);
  return `, tls: {certificate: ${join(folder, 'tls.crt')}, key: ${join(folder, 'tls.key')}}`;
}

async function startTokens(folder: string, options: DockerRegistryOptions) {
  const signer = makeAuthority('Token Authority');
  await writeFile(join(folder, 'roots.pem'), signer.cert);
  const server = createTokenServer({
    name: 'token',
    service: SERVICE,
    users: { [USER]: PASSWORD },
    ...options.token,
    mint: jwt(signer),
  });
  const pair = options.authority?.issue({ hosts: ['127.0.0.1', 'localhost'] });
  const listening = await listen(server.service.handle, pair ? { tls: pair } : {});
  const realm = `${listening.origin}${options.token?.path ?? '/token'}`;
  const members = [
    `realm: ${realm}`,
    `service: ${SERVICE}`,
    `issuer: ${ISSUER}`,
    `rootcertbundle: ${folder}/roots.pem`,
  ];
  const configuration = `auth: {token: {${members.join(', ')}}}`;
  return { server, configuration, origin: listening.origin, close: listening.close };
}

/** Signs tokens as distribution's token.md wants them: ES256 with the certificate in `x5c`. */
function jwt(signer: Authority): Mint {
  const pair = signer.issue({ name: 'Token Signer' });
  const der = pair.cert.replaceAll(/-----[A-Z ]+-----|\n/g, '');
  const header = encode({ typ: 'JWT', alg: 'ES256', x5c: [der] });
  return (grants, lifetime, user) => {
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, nbf: now - 10, exp: now + lifetime };
    const claims = { iss: ISSUER, sub: user, aud: SERVICE, ...times, jti: randomUUID(), access: grants };
    const signed = `${header}.${encode(claims)}`;
    const key = { key: pair.key, dsaEncoding: 'ieee-p1363' } as const;
    return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
  };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
