/* The built action against Debian's docker-registry, filled by skopeo: what users have, in its three forms. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAuthority } from '../support/certificates.ts';
import { image, index, type Manifest } from '../support/oci.ts';
import { runAction, type RunResult } from '../support/runner.ts';
import { mustRun } from './support/child.ts';
import { startCounter, type Counter } from './support/counter.ts';
import { PASSWORD, startDockerRegistry, USER, type DockerRegistry } from './support/docker-registry.ts';
import { pushDirectly, pushWithSkopeo } from './support/push.ts';

const amd64 = image({ labels: { 'org.opencontainers.image.title': 'api' } });
const arm64 = image({ platform: 'linux/arm64' });
const multi = index([amd64, arm64], { attestations: true });
const docker = image({ docker: true });
const list = index([docker, image({ docker: true, platform: 'linux/arm64' })], { docker: true });
const TAGS: Readonly<Record<string, Manifest>> = { single: amd64, multi, docker, list };

const authority = makeAuthority();
const forms: readonly ['none' | 'basic' | 'token', boolean][] = [
  ['none', false],
  ['basic', false],
  ['token', false],
  ['none', true],
  ['basic', true],
  ['token', true],
];

describe.each(forms)('docker-registry with authentication %s, TLS %s', (auth, tls) => {
  let registry: DockerRegistry;
  let counter: Counter;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contract-'));
    await writeFile(join(folder, 'ca.pem'), authority.cert);
    registry = await startDockerRegistry({ auth, ...(tls ? { authority } : {}) });
    const login = auth === 'none' ? {} : { user: USER, password: PASSWORD };
    await pushWithSkopeo({ ...registry, ...login, ...(tls ? { ca: authority.cert } : {}) }, 'acme/api', TAGS);
    const secured = { ca: authority.cert, tls: authority.issue({ hosts: ['127.0.0.1'] }) };
    counter = await startCounter(registry.origin, tls ? secured : {});
  });
  afterAll(async () => {
    await counter.close();
    await registry.close();
    await rm(folder, { recursive: true });
  });

  function resolve(images: string, inputs: Readonly<Record<string, string>> = {}): Promise<RunResult> {
    const login = auth === 'none' ? {} : { registry: counter.host, username: USER, password: PASSWORD };
    const tokenHost =
      registry.tokenOrigin === undefined
        ? {}
        : { 'auth-hosts': `${counter.host}=${new URL(registry.tokenOrigin).host}` };
    counter.forget();
    return runAction({
      action: 'resolve',
      inputs: { images, ...login, ...tokenHost, ...(tls ? { 'ca-file': join(folder, 'ca.pem') } : {}), ...inputs },
    });
  }

  test('every kind of image has the digest that skopeo computes from the raw manifest', async () => {
    const names = Object.keys(TAGS);
    const run = await resolve(names.map((tag) => `${tag}=${counter.host}/acme/api:${tag}`).join('\n'));
    expect(run.exitCode).toBe(0);
    expect(JSON.parse(run.outputs['digests'] ?? '')).toEqual(
      Object.fromEntries(names.map((tag) => [tag, TAGS[tag]?.digest])),
    );
    const login = auth === 'none' ? ['--no-creds'] : ['--creds', `${USER}:${PASSWORD}`];
    const trust = tls ? ['--cert-dir', await certificates(folder)] : ['--tls-verify=false'];
    const raw = await mustRun('/usr/bin/skopeo', [
      'inspect',
      '--raw',
      ...login,
      ...trust,
      `docker://${registry.host}/acme/api:multi`,
    ]);
    expect(raw.stdout).toBe(multi.bytes.toString());
  });

  test('the requests are those of the budget, counted in front of the registry', async () => {
    const run = await resolve(`${counter.host}/acme/api:multi`);
    expect(run.outputs['digest']).toBe(multi.digest);
    const head = 'HEAD /v2/acme/api/manifests/multi';
    expect(counter.summary({ status: true })).toEqual(
      auth === 'none' ? [`${head} 200`] : [`${head} 401`, `${head} 200`],
    );
  });

  test('platform, inspect and wrong digests work on what a real registry stores', async () => {
    const run = await resolve(`${counter.host}/acme/api:multi`, { platform: 'linux/arm64', inspect: 'true' });
    expect(run.outputs).toMatchObject({
      digest: arm64.digest,
      'index-digest': multi.digest,
      'image-id': arm64.imageId,
      platforms: '["linux/amd64","linux/arm64"]',
    });
    const wrong = await resolve(`${counter.host}/acme/api@${amd64.imageId ?? ''}`);
    expect(wrong.exitCode).toBe(1);
    expect(wrong.annotations.map(({ title }) => title)).toEqual(['image-id']);
    // distribution 2.8 answers 500 for a config, which is asked four times.
  }, 30_000);

  test('a missing tag, and without the login what is private, are told as what they are', async () => {
    const missing = await resolve(`${counter.host}/acme/api:nope`);
    expect(missing.annotations[0]).toMatchObject({ title: 'not-found' });
    expect(missing.annotations[0]?.message).toContain('docker');
    if (auth !== 'basic') return; // the token server lets anybody read
    const refused = await resolve(`${counter.host}/acme/api:multi`, { username: '', password: '' });
    expect(refused.annotations[0]).toMatchObject({ title: 'unauthorized' });
    expect(refused.outputs['exists'] ?? '').toBe('');
  });
});

test('150 tags of one repository are resolved at one request each', async () => {
  const registry = await startDockerRegistry();
  const counter = await startCounter(registry.origin);
  try {
    const names = Array.from({ length: 150 }, (_, number) => `v${number}`);
    const tags = Object.fromEntries(names.map((name, number) => [name, number % 2 === 0 ? amd64 : arm64]));
    await pushDirectly(registry, 'acme/many', tags);
    const run = await runAction({
      action: 'resolve',
      inputs: { images: names.map((name) => `${name}=${counter.host}/acme/many:${name}`).join('\n') },
    });
    expect(run.exitCode).toBe(0);
    expect(JSON.parse(run.outputs['digests'] ?? '')).toEqual(
      Object.fromEntries(names.map((name) => [name, tags[name]?.digest])),
    );
    expect(counter.requests).toHaveLength(150);
  } finally {
    await counter.close();
    await registry.close();
  }
});

async function certificates(folder: string): Promise<string> {
  const own = await mkdtemp(join(folder, 'certs-'));
  await writeFile(join(own, 'ca.crt'), authority.cert);
  return own;
}
