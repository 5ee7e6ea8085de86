import { homedir } from 'node:os';
import type { CommonInputs } from '../inputs/registry.ts';
import { certificateFolders, createCertificates } from '../ports/certificates.ts';
import { createCredentialFinder } from '../ports/credentials.ts';
import { createTransport, type Transport } from '../ports/http.ts';
import { proxyEnvironment, proxySecrets } from '../ports/proxy.ts';
import { TIMING } from '../ports/timing.ts';
import { RegistryClient } from '../registry/client.ts';
import { ANONYMOUS } from '../registry/credential.ts';
import { Throttle } from '../registry/throttle.ts';
import { hideSecret } from './print.ts';
import { environment, warnOnce, workspaceFolder } from './runner.ts';
import { VERSION } from './version.ts';

/** A registry client on real sockets, and what has to be closed when it is done. */
export interface Registries {
  readonly client: RegistryClient;
  readonly transport: Transport;
}

/**
 * Builds the client of a run from the common inputs.
 * @param extraCa PEM text of `ca-file`
 * @param mayLogIn whether credentials may be used for a canonical registry; all others are asked anonymously
 */
export function openRegistries(
  inputs: CommonInputs,
  extraCa: string | undefined,
  signal: AbortSignal,
  mayLogIn: (registry: string) => boolean = () => true,
): Registries {
  const home = environment('HOME') ?? environment('USERPROFILE') ?? homedir();
  const proxy = proxyEnvironment(process.env);
  for (const secret of proxySecrets(proxy)) hideSecret(secret);
  warnAboutTls();
  const transport = createTransport({
    userAgent: `image-digest/${VERSION}`,
    proxy,
    tls: createCertificates({
      folders: certificateFolders(process.platform, home, process.env),
      ...(extraCa === undefined ? {} : { extraCa }),
    }),
  });
  const findCredential = createCredentialFinder({
    environment: process.env,
    home,
    workspace: workspaceFolder(),
    platform: process.platform,
    signal,
    warn: warnOnce,
    onSecret: hideSecret,
    ...(process.getuid === undefined ? {} : { uid: process.getuid() }),
    ...(inputs.credential === undefined ? {} : { input: inputs.credential }),
    ...(inputs.githubToken === undefined ? {} : { githubToken: inputs.githubToken }),
  });
  const client = new RegistryClient({
    wire: { send: transport.send, timing: TIMING, throttle: new Throttle(TIMING, signal), signal },
    findCredential: async (registry, repository, access) =>
      mayLogIn(registry) ? findCredential(registry, repository, access) : ANONYMOUS,
    authHosts: inputs.authHosts,
    insecureRegistries: inputs.insecureRegistries,
    mappings: inputs.mappings,
    ...packagesToken(inputs),
    warn: warnOnce,
    onSecret: hideSecret,
    preconnect: transport.preconnect,
  });
  return { client, transport };
}

/** The job's token is for github.com: on a server of one's own it is not that server's business what ghcr.io holds. */
function packagesToken({ githubToken }: CommonInputs): { readonly packagesToken?: string } {
  const api = environment('GITHUB_API_URL') ?? 'https://api.github.com';
  return githubToken === undefined || api !== 'https://api.github.com' ? {} : { packagesToken: githubToken };
}

function warnAboutTls(): void {
  if (environment('NODE_TLS_REJECT_UNAUTHORIZED') !== '0') return;
  warnOnce(
    'NODE_TLS_REJECT_UNAUTHORIZED=0 switches off the check of certificates; give the authority with ca-file instead',
  );
}
