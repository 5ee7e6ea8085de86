/* A registry client on real sockets with a clock of its own: waiting takes no time and is written down. */
import { parseReference, withDefaultTag } from '../../src/core/reference.ts';
import type { AuthHost, RegistryMapping } from '../../src/core/routing.ts';
import { createTransport, type TransportOptions } from '../../src/ports/http.ts';
import { RegistryClient } from '../../src/registry/client.ts';
import { ANONYMOUS, type Credential } from '../../src/registry/credential.ts';
import type { Timing } from '../../src/registry/http.ts';
import { resolveReference, type ResolveOptions } from '../../src/registry/resolve.ts';
import { Throttle } from '../../src/registry/throttle.ts';
import { startTrace } from '../../src/registry/trace.ts';
import type { Resolution } from '../../src/core/resolution.ts';

export interface TestClientOptions {
  /** By canonical registry. */
  readonly credentials?: Readonly<Record<string, Credential>>;
  readonly authHosts?: readonly AuthHost[];
  readonly insecure?: readonly string[];
  readonly mappings?: readonly RegistryMapping[];
  readonly transport?: Partial<TransportOptions>;
  readonly signal?: AbortSignal;
  readonly packagesToken?: string;
}

export interface TestClient {
  readonly client: RegistryClient;
  readonly warnings: string[];
  readonly secrets: string[];
  /** Milliseconds of every wait. */
  readonly sleeps: number[];
  readonly timing: Timing;
  /** Moves the clock on. */
  readonly advance: (milliseconds: number) => void;
  /** Resolves a reference as the action does. */
  readonly resolve: (text: string, options?: Partial<ResolveOptions>) => Promise<Resolution | undefined>;
  /** Announces all, then resolves all at once. */
  readonly resolveAll: (texts: readonly string[]) => Promise<readonly PromiseSettledResult<Resolution | undefined>[]>;
  readonly close: () => Promise<void>;
}

export function createTestClient(options: TestClientOptions = {}): TestClient {
  const warnings: string[] = [];
  const secrets: string[] = [];
  const sleeps: number[] = [];
  let skipped = 0;
  const timing: Timing = {
    now: () => performance.now() + skipped,
    wallClock: () => Date.parse('2026-11-21T00:00:00Z') + skipped,
    sleep: async (milliseconds, signal) => {
      sleeps.push(milliseconds);
      skipped += milliseconds;
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      signal.throwIfAborted();
    },
    random: () => 0.5,
  };
  const signal = options.signal ?? new AbortController().signal;
  const transport = createTransport({ userAgent: 'image-digest/test', ...options.transport });
  const client = new RegistryClient({
    wire: { send: transport.send, timing, throttle: new Throttle(timing, signal), signal },
    findCredential: async (registry) => options.credentials?.[registry] ?? ANONYMOUS,
    authHosts: options.authHosts ?? [],
    insecureRegistries: new Set(options.insecure),
    mappings: options.mappings ?? [],
    ...(options.packagesToken === undefined ? {} : { packagesToken: options.packagesToken }),
    warn: (text) => warnings.push(text),
    onSecret: (secret) => secrets.push(secret),
    preconnect: transport.preconnect,
  });
  const resolve: TestClient['resolve'] = (text, wanted = {}) =>
    resolveReference(
      { client, timing, signal },
      withDefaultTag(parseReference(text)),
      { ...PLAIN, ...wanted },
      startTrace(),
    );
  return {
    client,
    warnings,
    secrets,
    sleeps,
    timing,
    advance: (milliseconds) => {
      skipped += milliseconds;
    },
    resolve,
    resolveAll: (texts) => {
      client.announce(texts.map((text) => withDefaultTag(parseReference(text))));
      return Promise.allSettled(texts.map((text) => resolve(text)));
    },
    close: transport.close,
  };
}

const PLAIN: ResolveOptions = {
  requirePlatforms: [],
  expect: [],
  inspect: false,
  verify: false,
  wait: 0,
  missingIsFine: false,
};

/** A user and a password, as a login leaves them. */
export function basic(username: string, password: string): Credential {
  return { kind: 'basic', username, password, source: 'docker config' };
}
