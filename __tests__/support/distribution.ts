/* The answers of distribution 2.8 (measured against Debian's docker-registry 2.8.2; a contract test compares them). */
import { randomUUID } from 'node:crypto';
import type { Content, Repository, Stored } from './content.ts';
import { manifest as makeManifest, sha256, schema1, TYPES } from './oci.ts';
import { headerOf, json, text, type Headers, type Incoming, type Reply } from './service.ts';
import { listTags, type Paging } from './tag-list.ts';

export interface DistributionOptions {
  /** Which answers carry Docker-Content-Digest. */
  readonly digestHeader: 'always' | 'head' | 'never';
  readonly paging?: Paging;
  /** `PUT …/manifests/<digest>?tag=` creates tags, at most this many, and echoes them in OCI-Tag. */
  readonly ociTag: number;
  /** Whether `/referrers/` is answered. */
  readonly referrers: boolean;
  /** What the list of tags holds besides its name and tags (Google's `manifest` map). */
  readonly listMembers?: (repository: string) => Readonly<Record<string, unknown>>;
}

const NAME = '[a-zA-Z0-9]+(?:[._-]+[a-zA-Z0-9]+)*(?:/[a-zA-Z0-9]+(?:[._-]+[a-zA-Z0-9]+)*)*';
const ROUTE = new RegExp(
  `^/v2/(?<name>${NAME})/(?:(?<list>tags/list)|manifests/(?<reference>[\\w][\\w.-]{0,127}|[a-z0-9+._-]+:[a-f0-9]{32,})` +
    `|blobs/(?<upload>uploads/(?<session>[\\w-]*))|blobs/(?<digest>[a-z0-9]+:[A-Za-z0-9]+)|referrers/(?<subject>[a-z0-9]+:[a-f0-9]+))$`,
);

/** The repository that a path is about. */
export function repositoryOf(path: string): string | undefined {
  return ROUTE.exec(decodeURIComponent(path))?.groups?.['name'];
}

export function errorReply(status: number, code: string, message: string, detail?: unknown): Reply {
  return json(status, { errors: [{ code, message, ...(detail === undefined ? {} : { detail }) }] });
}

const notAPage = (): Reply => text(404, '404 page not found\n');

export function createDistribution(content: Content, options: DistributionOptions): (request: Incoming) => Reply {
  const uploads = new Map<string, Buffer>();

  function onManifest(request: Incoming, name: string, reference: string): Reply {
    switch (request.method) {
      case 'GET':
      case 'HEAD':
        return getManifest(request, content.repositories.get(name), name, reference);
      case 'PUT':
        return putManifest(request, content.repository(name), name, reference);
      case 'DELETE': {
        if (!reference.includes(':')) return digestInvalid();
        content.remove(name, reference);
        return { status: 202, headers: {} };
      }
      default:
        return text(405, 'Method not allowed\n', { allow: 'DELETE, GET, HEAD, PUT' });
    }
  }

  function getManifest(request: Incoming, found: Repository | undefined, name: string, reference: string): Reply {
    const byDigest = reference.includes(':');
    const stored = found?.manifests.get(byDigest ? reference : (found.tags.get(reference) ?? ''));
    if (found === undefined || stored === undefined) {
      const detail = byDigest ? { Name: name, Revision: reference } : { Tag: reference };
      return errorReply(404, 'MANIFEST_UNKNOWN', 'manifest unknown', detail);
    }
    const digest = byDigest ? reference : stored.digest;
    if (headerOf(request, 'if-none-match') === `"${digest}"`) return { status: 304, headers: {} };
    return negotiate({ ...stored, digest }, found, accepted(request), name, byDigest ? undefined : reference, request);
  }

  /** Q1 and Q2 of REGISTRIES.md: what Accept does not name is refused, replaced by a child, or converted. */
  function negotiate(
    stored: Stored,
    found: Repository,
    types: ReadonlySet<string>,
    name: string,
    tag: string | undefined,
    request: Incoming,
  ): Reply {
    if (stored.mediaType === TYPES.ociIndex && !types.has(TYPES.ociIndex)) return ociUnsupported('index', 'indexes');
    if (stored.mediaType === TYPES.ociManifest && !types.has(TYPES.ociManifest)) {
      return ociUnsupported('manifest', 'manifests');
    }
    if (tag === undefined) return served(stored, request);
    if (stored.mediaType === TYPES.dockerList && !types.has(TYPES.dockerList)) {
      const child = defaultChild(stored, found);
      if (child === undefined) return errorReply(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
      return served(types.has(TYPES.dockerManifest) ? child : schema1(name, tag), request);
    }
    const convert = stored.mediaType === TYPES.dockerManifest && !types.has(TYPES.dockerManifest);
    return served(convert ? schema1(name, tag) : stored, request);
  }

  function served(stored: Stored, request: Incoming): Reply {
    const named = options.digestHeader === 'always' || (options.digestHeader === 'head' && request.method === 'HEAD');
    const digest = named ? { 'docker-content-digest': stored.digest, etag: `"${stored.digest}"` } : {};
    return { status: 200, headers: { 'content-type': stored.mediaType, ...digest }, body: stored.bytes };
  }

  function putManifest(request: Incoming, found: Repository, name: string, reference: string): Reply {
    const contentType = headerOf(request, 'content-type') ?? '';
    const value = parsed(request.body);
    if (value === undefined || !MANIFEST_TYPES.has(contentType)) return manifestInvalid();
    if (value['mediaType'] !== undefined && value['mediaType'] !== contentType) return manifestInvalid();
    const digest = sha256(request.body);
    const made = makeManifest(contentType, request.body, { sha512: reference.startsWith('sha512:') });
    if (reference.includes(':') && reference !== made.digest) return digestInvalid();
    const missing = needed(value).filter((part) => !found.blobs.has(part) && !found.manifests.has(part));
    if (missing.length > 0) return blobsUnknown(missing);
    const tags = reference.includes(':') ? request.query.getAll('tag') : [];
    if (options.ociTag > 0 && tags.length > options.ociTag) return errorReply(414, 'TAG_INVALID', 'too many tags');
    found.manifests.set(made.digest, made).set(digest, made);
    if (!reference.includes(':')) found.tags.set(reference, made.digest);
    if (options.ociTag > 0) tags.forEach((tag) => found.tags.set(tag, made.digest));
    const echo = options.ociTag > 0 && tags.length > 0 ? { 'oci-tag': tags.join(', ') } : {};
    return created(request, `/v2/${name}/manifests/${made.digest}`, made.digest, echo);
  }

  function blobs(name: string, digest: string): Reply {
    const bytes = content.repositories.get(name)?.blobs.get(digest);
    if (!/^sha256:[a-f0-9]{64}$|^sha512:[a-f0-9]{128}$/.test(digest)) return digestInvalid({});
    if (bytes === undefined) return errorReply(404, 'BLOB_UNKNOWN', 'blob unknown to registry', digest);
    const headers = {
      'content-type': 'application/octet-stream',
      'docker-content-digest': digest,
      etag: `"${digest}"`,
      'accept-ranges': 'bytes',
      'cache-control': 'max-age=31536000',
    };
    return { status: 200, headers, body: bytes };
  }

  function upload(request: Incoming, name: string, session: string): Reply {
    const found = content.repository(name);
    if (request.method === 'POST') {
      const mount = request.query.get('mount') ?? '';
      const source = content.repositories.get(request.query.get('from') ?? '')?.blobs.get(mount);
      if (source === undefined) return openUpload(request, name, Buffer.alloc(0));
      found.blobs.set(mount, source);
      return created(request, `/v2/${name}/blobs/${mount}`, mount);
    }
    const begun = uploads.get(session);
    if (begun === undefined) return errorReply(404, 'BLOB_UPLOAD_INVALID', 'blob upload invalid', {});
    uploads.delete(session);
    if (request.method === 'DELETE') return { status: 204, headers: {} };
    const bytes = Buffer.concat([begun, request.body]);
    if (request.method === 'PATCH') return openUpload(request, name, bytes);
    const digest = request.query.get('digest') ?? '';
    if (digest !== sha256(bytes)) return digestInvalid({});
    found.blobs.set(digest, bytes);
    return created(request, `/v2/${name}/blobs/${digest}`, digest);
  }

  function openUpload(request: Incoming, name: string, bytes: Buffer): Reply {
    const session = randomUUID();
    uploads.set(session, bytes);
    const location = absolute(request, `/v2/${name}/blobs/uploads/${session}`);
    const range = `0-${String(Math.max(0, bytes.length - 1))}`;
    return { status: 202, headers: { location, 'docker-upload-uuid': session, range } };
  }

  function referrers(name: string, subject: string): Reply {
    if (!options.referrers) return notAPage();
    const all = [...(content.repositories.get(name)?.manifests.entries() ?? [])];
    const pointing = all.filter(([digest, stored]) => digest === stored.digest && subjectOf(stored) === subject);
    const manifests = pointing.map(([digest, stored]) => {
      const artifactType = parsed(stored.bytes)?.['artifactType'];
      return { mediaType: stored.mediaType, digest, size: stored.bytes.length, artifactType };
    });
    return {
      ...json(200, { schemaVersion: 2, mediaType: TYPES.ociIndex, manifests }, { 'content-type': TYPES.ociIndex }),
    };
  }

  return (request) => {
    if (request.path === '/v2/') return { ...json(200, {}), body: '{}' };
    if (request.path === '/v2') return { status: 301, headers: { location: '/v2/', 'content-type': 'text/html' } };
    if (request.path === '/v2/_catalog') return json(200, { repositories: [...content.repositories.keys()] });
    const found = ROUTE.exec(decodeURIComponent(request.path))?.groups;
    const name = found?.['name'];
    if (found === undefined || name === undefined) return notAPage();
    if (found['reference'] !== undefined) return onManifest(request, name, found['reference']);
    if (found['list'] !== undefined) {
      return listTags(request, name, content.repositories.get(name), options.paging, options.listMembers?.(name));
    }
    if (found['upload'] !== undefined) return upload(request, name, found['session'] ?? '');
    if (found['digest'] !== undefined) return blobs(name, found['digest']);
    return referrers(name, found['subject'] ?? '');
  };
}

const MANIFEST_TYPES: ReadonlySet<string> = new Set([
  TYPES.ociIndex,
  TYPES.ociManifest,
  TYPES.dockerList,
  TYPES.dockerManifest,
]);

function accepted(request: Incoming): ReadonlySet<string> {
  const header = request.headers['accept'] ?? '';
  const values = typeof header === 'string' ? [header] : header;
  const types = values.flatMap((value) => value.split(',')).map((type) => (type.split(';')[0] ?? '').trim());
  return new Set(types);
}

function ociUnsupported(one: string, many: string): Reply {
  const message = `OCI ${one} found, but accept header does not support OCI ${many}`;
  return errorReply(404, 'MANIFEST_UNKNOWN', message);
}

function manifestInvalid(): Reply {
  return errorReply(400, 'MANIFEST_INVALID', 'manifest invalid', {});
}

function digestInvalid(detail?: unknown): Reply {
  return errorReply(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content', detail);
}

function blobsUnknown(digests: readonly string[]): Reply {
  const errors = digests.map((detail) => ({
    code: 'MANIFEST_BLOB_UNKNOWN',
    message: 'blob unknown to registry',
    detail,
  }));
  return json(400, { errors });
}

function absolute(request: Incoming, path: string): string {
  return `${request.scheme}://${request.host}${path}`;
}

function created(request: Incoming, path: string, digest: string, more: Headers = {}): Reply {
  return { status: 201, headers: { location: absolute(request, path), 'docker-content-digest': digest, ...more } };
}

type Json = Readonly<Record<string, unknown>>;

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(bytes: Buffer): Json | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function subjectOf(stored: Stored): unknown {
  const subject = parsed(stored.bytes)?.['subject'];
  return isJson(subject) ? subject['digest'] : undefined;
}

function entries(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** Digests that must be there before a manifest is taken; foreign layers need not be. */
function needed(value: Json): readonly string[] {
  const config = isJson(value['config']) ? [value['config']] : [];
  const parts = [...config, ...entries(value['layers']), ...entries(value['manifests'])];
  return parts.filter((part) => part['urls'] === undefined).map((part) => String(part['digest']));
}

/** Old clients that know no lists get the image for linux/amd64. */
function defaultChild(stored: Stored, found: Repository): Stored | undefined {
  const child = entries(parsed(stored.bytes)?.['manifests']).find((entry) => {
    const platform = entry['platform'];
    return isJson(platform) && platform['os'] === 'linux' && platform['architecture'] === 'amd64';
  });
  return found.manifests.get(String(child?.['digest']));
}
