/* Filling a real registry: with skopeo, as users do, and directly where skopeo is too slow or too old. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withChildren, writeOciLayout } from '../../support/layout.ts';
import type { Manifest } from '../../support/oci.ts';
import { mustRun } from './child.ts';

export interface Target {
  /** `127.0.0.1:<port>` */
  readonly host: string;
  readonly origin: string;
  readonly user?: string;
  readonly password?: string;
  /** PEM of the authority, for TLS. */
  readonly ca?: string;
}

/**
 * Pushes with `skopeo copy --all`, digests preserved. OCI images go through an OCI layout, docker's own types through
 * skopeo's `dir:` form, since an OCI layout holds none.
 */
export async function pushWithSkopeo(
  target: Target,
  repository: string,
  tags: Readonly<Record<string, Manifest>>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'skopeo-'));
  try {
    if (target.ca !== undefined) await writeFile(join(folder, 'ca.crt'), target.ca);
    const oci = Object.entries(tags).filter(([, manifest]) => !isDocker(manifest));
    await writeOciLayout(join(folder, 'layout'), Object.fromEntries(oci));
    for (const [tag, manifest] of Object.entries(tags)) {
      const source = isDocker(manifest) ? `dir:${await writeDir(folder, manifest)}` : `oci:${folder}/layout:${tag}`;
      await skopeoCopy(target, folder, source, `docker://${target.host}/${repository}:${tag}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function isDocker(manifest: Manifest): boolean {
  return manifest.mediaType.startsWith('application/vnd.docker.');
}

async function skopeoCopy(target: Target, folder: string, source: string, destination: string): Promise<void> {
  const access = target.user === undefined ? [] : ['--dest-creds', `${target.user}:${target.password ?? ''}`];
  const trust = target.ca === undefined ? ['--dest-tls-verify=false'] : ['--dest-cert-dir', folder];
  const options = ['--all', '--quiet', '--preserve-digests', ...access, ...trust];
  await mustRun('/usr/bin/skopeo', ['--insecure-policy', 'copy', ...options, source, destination]);
}

async function writeDir(folder: string, top: Manifest): Promise<string> {
  const own = join(folder, top.digest.replace(':', '-'));
  await mkdir(own, { recursive: true });
  for (const manifest of withChildren([top])) {
    const name = manifest === top ? 'manifest.json' : `${manifest.digest.slice(7)}.manifest.json`;
    await writeFile(join(own, name), manifest.bytes);
    for (const blob of manifest.blobs) await writeFile(join(own, blob.digest.slice(7)), blob.bytes);
  }
  return own;
}

/** Pushes over the registry's API: any manifest, and hundreds of tags at once. Basic or no authentication. */
export async function pushDirectly(
  target: Target,
  repository: string,
  tags: Readonly<Record<string, Manifest>>,
): Promise<void> {
  const base = `${target.origin}/v2/${repository}`;
  for (const manifest of withChildren(Object.values(tags))) {
    for (const blob of manifest.blobs) {
      const upload = await call(target, 'POST', `${base}/blobs/uploads/`);
      const location = new URL(upload.headers.location ?? '', target.origin);
      location.searchParams.set('digest', blob.digest);
      await call(target, 'PUT', location.href, blob.bytes, 'application/octet-stream');
    }
    await call(target, 'PUT', `${base}/manifests/${manifest.digest}`, manifest.bytes, manifest.mediaType);
  }
  const named = Object.entries(tags).map(([tag, manifest]) =>
    call(target, 'PUT', `${base}/manifests/${tag}`, manifest.bytes, manifest.mediaType),
  );
  await Promise.all(named);
}

async function call(
  target: Target,
  method: string,
  url: string,
  body: Buffer = Buffer.alloc(0),
  contentType?: string,
): Promise<http.IncomingMessage> {
  const login = target.user === undefined ? undefined : { auth: `${target.user}:${target.password ?? ''}` };
  const headers = {
    'content-length': body.length,
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
  };
  const trust = target.ca === undefined ? {} : { ca: target.ca };
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const client = url.startsWith('https:') ? https : http;
    client
      .request(url, { method, headers, ...login, ...trust }, resolve)
      .once('error', reject)
      .end(body);
  });
  answer.resume();
  const status = answer.statusCode ?? 0;
  if (status >= 300) throw new Error(`${method} ${url}: ${String(status)}`);
  return answer;
}
