/* The built action against Debian's docker-registry, with skopeo and the registry's own API as witnesses. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAuthority } from '../support/certificates.ts';
import { artifact, image, index, type Manifest } from '../support/oci.ts';
import type { RunResult } from '../support/runner.ts';
import { jsonOf, runBuilt } from '../transcripts/support.ts';
import { mustRun } from './support/child.ts';
import { startCounter, type Counter } from './support/counter.ts';
import { PASSWORD, startDockerRegistry, USER, type DockerRegistry } from './support/docker-registry.ts';
import { pushDirectly, pushWithSkopeo } from './support/push.ts';

const multi = index([image(), image({ platform: 'linux/arm64' })], { attestations: true });
const docker = image({ docker: true });
const list = index([docker, image({ docker: true, platform: 'linux/arm64' })], { docker: true });
const single = image({ content: 'single' });
const KINDS: Readonly<Record<string, Manifest>> = { single, multi, docker, list };
const old = image({ content: 'old' });

const authority = makeAuthority();
const forms: readonly (readonly ['none' | 'basic' | 'token', boolean])[] = [
  ['none', false],
  ['basic', false],
  ['token', false],
  ['token', true],
];

describe.each(forms)('docker-registry with authentication %s, TLS %s', (auth, tls) => {
  let registry: DockerRegistry;
  let counter: Counter;
  let folder = '';
  const login = auth === 'none' ? {} : { user: USER, password: PASSWORD };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contract-'));
    await writeFile(join(folder, 'ca.pem'), authority.cert);
    await mkdir(join(folder, 'certs'));
    await copyFile(join(folder, 'ca.pem'), join(folder, 'certs', 'ca.crt'));
    registry = await startDockerRegistry({ auth, ...(tls ? { authority } : {}) });
    const target = { ...registry, ...login, ...(tls ? { ca: authority.cert } : {}) };
    await pushWithSkopeo(target, 'acme/api', { ...KINDS, '1.0.0': old, latest: old });
    const trust = tls ? { ca: authority.cert, tls: authority.issue({ hosts: ['127.0.0.1'] }) } : {};
    counter = await startCounter(registry.origin, trust);
  });
  afterAll(async () => {
    await counter.close();
    await registry.close();
    await rm(folder, { recursive: true });
  });

  function tag(source: string, tags: string, inputs: Readonly<Record<string, string>> = {}): Promise<RunResult> {
    const credential = auth === 'none' ? {} : { registry: counter.host, username: USER, password: PASSWORD };
    const { tokenOrigin } = registry;
    const tokens = tokenOrigin === undefined ? {} : { 'auth-hosts': `${counter.host}=${new URL(tokenOrigin).host}` };
    const trust = tls ? { 'ca-file': join(folder, 'ca.pem') } : {};
    counter.forget();
    const given = { image: `${counter.host}/acme/api${source}`, tags, ...inputs };
    return runBuilt({ action: 'tag', inputs: { ...credential, ...tokens, ...trust, ...given } });
  }

  /** What skopeo gets of a tag, byte for byte, and the digest that it computes. */
  async function witness(name: string): Promise<{ readonly raw: string; readonly digest: string }> {
    const credential = auth === 'none' ? ['--no-creds'] : ['--creds', `${USER}:${PASSWORD}`];
    const trust = tls ? ['--cert-dir', join(folder, 'certs')] : ['--tls-verify=false'];
    const reference = `docker://${registry.host}/${name}`;
    const raw = await mustRun('/usr/bin/skopeo', ['inspect', '--raw', ...credential, ...trust, reference]);
    const file = join(folder, 'manifest.json');
    await writeFile(file, raw.stdout);
    const digest = await mustRun('/usr/bin/skopeo', ['manifest-digest', file]);
    return { raw: raw.stdout, digest: digest.stdout.trim() };
  }

  test.each(Object.entries(KINDS))('%s: bytes and digest are the same afterwards', async (kind, wanted) => {
    const run = await tag(`@${wanted.digest}`, `copy-${kind}\ntype=sha,suffix=-${kind}`, { expect: wanted.digest });
    expect(run.annotations).toEqual([]);
    expect(run.exitCode).toBe(0);
    for (const name of [`copy-${kind}`, `sha-9f3c1d2-${kind}`]) {
      expect(await witness(`acme/api:${name}`)).toEqual({ raw: wanted.bytes.toString(), digest: wanted.digest });
    }
    expect(jsonOf(run.outputs['json'])).toEqual([
      { tag: `copy-${kind}`, after: wanted.digest, result: 'created' },
      { tag: `sha-9f3c1d2-${kind}`, after: wanted.digest, result: 'created' },
    ]);
  });

  test.each(Object.entries(KINDS))('%s: another repository gets everything by mounts', async (kind, wanted) => {
    const run = await tag(`:${kind}`, `${counter.host}/acme/${kind}:1.0.0`);
    expect(run.annotations).toEqual([]);
    expect(await witness(`acme/${kind}:1.0.0`)).toEqual({ raw: wanted.bytes.toString(), digest: wanted.digest });
    const posts = counter.summary({ status: true }).filter((line) => line.startsWith('POST'));
    expect(posts.length).toBeGreaterThan(1);
    expect(posts.filter((line) => !line.endsWith(' 201'))).toEqual([]);
    // Every blob is there: skopeo copies the image out.
    const credential = auth === 'none' ? ['--src-no-creds'] : ['--src-creds', `${USER}:${PASSWORD}`];
    const trust = tls ? ['--src-cert-dir', join(folder, 'certs')] : ['--src-tls-verify=false'];
    const options = ['--insecure-policy', 'copy', '--all', '--quiet', ...credential, ...trust];
    const source = `docker://${registry.host}/acme/${kind}:1.0.0`;
    await mustRun('/usr/bin/skopeo', [...options, source, `dir:${join(folder, `copy-${kind}`)}`]);
  });

  test('the requests are those of the budget, counted in front of the registry', async () => {
    registry.tokens?.service.forget();
    const run = await tag(`@${multi.digest}`, 'budget-1,budget-2,multi');
    expect(run.outputs['changed']).toBe('true');
    const [first] = counter.summary({ status: true });
    const get = `GET /v2/acme/api/manifests/${multi.digest}`;
    const all = counter.summary({ status: true }).slice(auth === 'none' ? 0 : 1);
    expect(all.toSorted()).toEqual([
      `${get} 200`,
      'HEAD /v2/acme/api/manifests/budget-1 200',
      'HEAD /v2/acme/api/manifests/budget-1 404',
      'HEAD /v2/acme/api/manifests/budget-2 200',
      'HEAD /v2/acme/api/manifests/budget-2 404',
      'HEAD /v2/acme/api/manifests/multi 200',
      'PUT /v2/acme/api/manifests/budget-1 201',
      'PUT /v2/acme/api/manifests/budget-2 201',
    ]);
    expect(auth === 'none' || first === `${get} 401`).toBe(true);
    if (registry.tokens !== undefined) expect(registry.tokens.service.requests).toHaveLength(1);
  });

  test('an existing tag is refused, kept or moved as its version says', async () => {
    const refused = await tag(':multi', '1.0.0,another');
    expect(refused.annotations.map(({ title }) => title)).toEqual(['tag-exists']);
    const kept = await tag(':multi', 'v0.9.0,latest', { 'forward-only': 'latest' });
    expect([kept.exitCode, kept.annotations.map(({ title }) => title)]).toEqual([0, ['kept']]);
    expect((await witness('acme/api:latest')).digest).toBe(old.digest);
    const moved = await tag(':multi', 'v1.1.0-rc.1,v1.1.0,latest', { 'forward-only': 'latest' });
    expect(moved.annotations).toEqual([]);
    expect((await witness('acme/api:latest')).digest).toBe(multi.digest);
    const back = await tag(`@${old.digest}`, 'latest', { overwrite: 'lat*' });
    expect(back.outputs['changed']).toBe('true');
    expect((await witness('acme/api:latest')).digest).toBe(old.digest);
  });

  test('without the right to write nothing is written', async () => {
    if (auth === 'none') return;
    const run = await tag(':multi', 'not-mine', { username: '', password: '' });
    expect(run.annotations.map(({ title }) => title)).toEqual(['unauthorized']);
    expect(counter.summary({ status: true }).filter((line) => /^PUT .* 2\d\d$/.test(line))).toEqual([]);
  });

  test('artifacts are tagged too', async () => {
    const wanted = artifact({ artifactType: 'application/vnd.example.sbom' });
    const target = { ...registry, ...login, ...(tls ? { ca: authority.cert } : {}) };
    if (auth === 'token') return; // pushed directly, which knows no tokens
    await pushDirectly(target, 'acme/api', { sbom: wanted });
    const run = await tag(':sbom', 'sbom-1');
    expect(run.exitCode).toBe(0);
    expect((await witness('acme/api:sbom-1')).raw).toBe(wanted.bytes.toString());
  });
});
