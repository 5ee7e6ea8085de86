import { afterEach, describe, expect, test } from '@jest/globals';
import { parseDigest } from '../../src/core/digest.ts';
import { UserError } from '../../src/core/errors.ts';
import { parseReference, withDefaultTag } from '../../src/core/reference.ts';
import type { TagOutcome, TagTarget } from '../../src/core/tag-decision.ts';
import { parseTagPattern, type TagPattern } from '../../src/core/tag-pattern.ts';
import { createCertificates } from '../../src/ports/certificates.ts';
import type { Credential } from '../../src/registry/credential.ts';
import { planRetag, type RetagRequest } from '../../src/registry/retag-plan.ts';
import { carryOut, foretell } from '../../src/registry/retag.ts';
import { startTrace } from '../../src/registry/trace.ts';
import { makeAuthority } from '../support/certificates.ts';
import { basic, createTestClient, type TestClient } from '../support/client.ts';
import * as faults from '../support/faults.ts';
import { startInternet } from '../support/internet.ts';
import { artifact, image, index, manifest, TYPES, type Manifest } from '../support/oci.ts';
import { startRegistry, type RegistryOptions, type StartedRegistry } from '../support/registry.ts';
import { json, text, type Behaviour } from '../support/service.ts';
import { dockerHub, ecr, ECR_HOST, ghcr, quay, refuseOverwriting, type World } from '../support/worlds.ts';
import type { Allow } from '../support/tokens.ts';

const amd64 = image();
const arm64 = image({ platform: 'linux/arm64' });
const multi = index([amd64, arm64], { attestations: true });
const other = image({ content: 'other' });

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

interface Stage {
  readonly registry: StartedRegistry;
  readonly host: string;
  readonly tool: TestClient;
}

async function stage(options: RegistryOptions = {}, credential?: Credential, signal?: AbortSignal): Promise<Stage> {
  const registry = await startRegistry(options);
  registry.add('acme/api', { main: multi, '1.0.0': other });
  const credentials = credential === undefined ? {} : { [registry.host]: credential };
  const tool = createTestClient({ credentials, ...(signal === undefined ? {} : { signal }) });
  open.push(tool.close, registry.close);
  return { registry, host: registry.host, tool };
}

/** A client for a public registry behind its real name. */
async function publicStage(world: World, credentials: Readonly<Record<string, Credential>>): Promise<TestClient> {
  const authority = makeAuthority();
  const net = await startInternet({ authority, hosts: world.hosts });
  const tls = createCertificates({ folders: [], extraCa: authority.cert });
  const tool = createTestClient({ credentials, transport: { proxy: { https: net.proxy }, tls } });
  open.push(tool.close, net.close);
  return tool;
}

interface Wanted extends Partial<Pick<RetagRequest, 'dryRun' | 'expect'>> {
  readonly overwrite?: string;
  readonly forwardOnly?: string;
}

function patterns(written: string | undefined): readonly TagPattern[] {
  return written === undefined ? [] : [parseTagPattern(written)];
}

/** An image that states its version, and which image it is. */
function labelled(version: string, title: string): Manifest {
  const labels = { 'org.opencontainers.image.version': version, 'org.opencontainers.image.title': title };
  return image({ content: `labelled ${version}`, labels });
}

const mayWriteWebOnly: Allow = (user, repository, action) =>
  user !== undefined && (repository === 'acme/web' || action === 'pull');
const mayUseWebOnly: Allow = (user, repository) => user !== undefined && repository === 'acme/web';
const mayReadSignedIn: Allow = (user, _repository, action) => user !== undefined && action === 'pull';

/** Token servers that are asked for more than they give (Q68). */
const refuseWriting =
  (status: number): Behaviour =>
  (request, next) =>
    (request.query.get('scope') ?? '').includes('push') ? json(status, { errors: [{ code: 'DENIED' }] }) : next();

const wantsStar = (_request: unknown, usual: string): string => usual.replace(/scope="[^"]*"/, 'scope="*"');

/** A token server that grants all that is asked for, or nothing. */
const grantNothing: Behaviour = (request, next) => {
  if ((request.query.get('scope') ?? '').includes('push')) request.query.delete('scope');
  return next();
};

function tokensWithoutLogin(registry: StartedRegistry): readonly unknown[] {
  return registry.requests.filter(({ path, headers }) => path === '/token' && headers['authorization'] === undefined);
}

function requestOf(source: string, tags: readonly string[], wanted: Wanted): RetagRequest {
  const reference = withDefaultTag(parseReference(source));
  const targets = tags.map((tag): TagTarget => {
    if (!tag.includes(':')) return { tag, reference: { ...nameOf(reference), tag } };
    const target = parseReference(tag);
    return { tag: target.tag ?? '', reference: target };
  });
  return {
    source: reference,
    targets,
    expect: wanted.expect,
    overwrite: patterns(wanted.overwrite),
    forwardOnly: patterns(wanted.forwardOnly),
    dryRun: wanted.dryRun ?? false,
  };
}

function nameOf({ registry, repository }: { registry: string; repository: string }) {
  return { registry, repository };
}

/** Tags as the action does. */
async function retag(
  { client }: TestClient,
  source: string,
  tags: readonly string[],
  wanted: Wanted = {},
  signal = new AbortController().signal,
): Promise<readonly TagOutcome[]> {
  const trace = startTrace();
  const request = requestOf(source, tags, wanted);
  const plan = await planRetag(client, request, trace);
  return request.dryRun ? foretell(plan) : carryOut(client, plan, signal, trace);
}

function results(outcomes: readonly TagOutcome[]): readonly string[] {
  return outcomes.map(({ target, result, error }) =>
    [target.tag, result, error?.code].filter((part) => part !== undefined).join(' '),
  );
}

async function failureOf(work: Promise<unknown>): Promise<UserError> {
  const outcome = await work.then(
    (value) => value,
    (error: unknown) => error,
  );
  if (outcome instanceof UserError) return outcome;
  throw new Error(`expected a UserError, got ${JSON.stringify(outcome)}`);
}

const seen = { status: true, query: true } as const;
const ROBOT = basic('robot', 'secret password');
const users = { robot: 'secret password' };

describe('request budgets (DESIGN §9)', () => {
  test('k new tags without authentication: GET, k × (HEAD, PUT, HEAD)', async () => {
    const { registry, host, tool } = await stage();
    expect(results(await retag(tool, `${host}/acme/api@${multi.digest}`, ['a', 'b']))).toEqual([
      'a created',
      'b created',
    ]);
    expect(registry.summary(seen).toSorted()).toEqual([
      `GET /v2/acme/api/manifests/${multi.digest} 200`,
      'HEAD /v2/acme/api/manifests/a 200',
      'HEAD /v2/acme/api/manifests/a 404',
      'HEAD /v2/acme/api/manifests/b 200',
      'HEAD /v2/acme/api/manifests/b 404',
      'PUT /v2/acme/api/manifests/a 201',
      'PUT /v2/acme/api/manifests/b 201',
    ]);
  });

  test('a known token endpoint costs one token more, for reading and writing together', async () => {
    const world = ghcr({ users });
    world.registry.add('acme/api', { main: multi });
    const tool = await publicStage(world, { 'ghcr.io': ROBOT });
    expect(results(await retag(tool, `ghcr.io/acme/api:main`, ['a', 'b', 'main']))).toEqual([
      'a created',
      'b created',
      'main unchanged',
    ]);
    const all = world.registry.summary({ query: true });
    expect(all.filter((line) => line.includes('/token'))).toEqual([
      'GET /token?service=ghcr.io&scope=repository%3Aacme%2Fapi%3Apull%2Cpush',
    ]);
    expect(all).toHaveLength(1 + 1 + 3 * 2 + 1);
  });

  test('an unknown token registry costs one challenge more', async () => {
    const { registry, host, tool } = await stage({ auth: 'token', users }, ROBOT);
    await retag(tool, `${host}/acme/api:main`, ['a']);
    expect(registry.summary().toSorted()).toHaveLength(6);
    expect(registry.tokens.issued).toHaveLength(1);
  });

  test('a tag that has the digest is not put: GET, HEAD', async () => {
    const { registry, host, tool } = await stage();
    expect(results(await retag(tool, `${host}/acme/api:main`, ['main']))).toEqual(['main unchanged']);
    expect(registry.summary().toSorted()).toEqual([
      'GET /v2/acme/api/manifests/main',
      'HEAD /v2/acme/api/manifests/main',
    ]);
  });

  test('a dry run asks for the right to read only, and writes nothing', async () => {
    const { registry, host, tool } = await stage({ auth: 'token', users }, ROBOT);
    const outcomes = await retag(tool, `${host}/acme/api:main`, ['a', 'main', '1.0.0'], {
      dryRun: true,
      overwrite: '1.*',
    });
    expect(results(outcomes)).toEqual(['a created', 'main unchanged', '1.0.0 moved']);
    expect(registry.summary({ query: true }).filter((line) => line.includes('push') || line.startsWith('PUT'))).toEqual(
      [],
    );
  });

  test('moving forward looks at tags until one tells the version', async () => {
    const { registry, host, tool } = await stage();
    registry.add('acme/api', { '1.1.0': image({ content: '1.1.0' }), latest: other, '1.0': other });
    const outcomes = await retag(tool, `${host}/acme/api:main`, ['2.0.0', 'latest'], { forwardOnly: 'latest' });
    expect(results(outcomes)).toEqual(['2.0.0 created', 'latest moved']);
    expect(outcomes[1]?.reason).toBe('1.0.0 to 2.0.0');
    const looks = registry.summary({ query: true }).slice(0, -4);
    expect(looks.toSorted()).toEqual([
      'GET /v2/acme/api/manifests/main',
      'GET /v2/acme/api/tags/list?n=1000',
      'HEAD /v2/acme/api/manifests/1.0.0',
      'HEAD /v2/acme/api/manifests/1.1.0',
      'HEAD /v2/acme/api/manifests/2.0.0',
      'HEAD /v2/acme/api/manifests/latest',
    ]);
  });
});

describe('bytes and types', () => {
  const odd = manifest(TYPES.ociManifest, Buffer.from(JSON.stringify(JSON.parse(amd64.bytes.toString()), null, '\t')), {
    blobs: amd64.blobs,
  });

  test.each<readonly [string, Manifest]>([
    ['a multi-platform image with attestations', multi],
    ['docker’s list', index([image({ docker: true })], { docker: true })],
    ['docker’s manifest', image({ docker: true })],
    ['an OCI manifest without mediaType', image({ mediaTypeMember: false })],
    ['an index without mediaType', index([amd64], { mediaTypeMember: false })],
    ['JSON that nobody would write again', odd],
    ['an artifact', artifact({ artifactType: 'application/vnd.example.sbom' })],
  ])('%s is put as it is', async (_, wanted) => {
    const { registry, host, tool } = await stage();
    registry.add('acme/api', { source: wanted });
    const [outcome] = await retag(tool, `${host}/acme/api@${wanted.digest}`, ['copy']);
    expect(outcome).toMatchObject({ result: 'created', after: wanted.digest });
    const put = registry.requests.find(({ method }) => method === 'PUT');
    expect(put?.body.equals(wanted.bytes)).toBe(true);
    expect(put?.headers['content-type']).toBe(wanted.mediaType);
    expect(registry.digestOf('acme/api', 'copy')).toBe(wanted.digest);
  });

  test('a parameter of the type is not sent on, a generic type gives way to the one in the body', async () => {
    const { registry, host, tool } = await stage();
    registry.on('GET /v2/acme/api/manifests/main', faults.contentType(`${TYPES.ociIndex}; charset=utf-8`));
    registry.on('GET /v2/acme/api/manifests/1.0.0', faults.contentType('application/json'));
    await retag(tool, `${host}/acme/api:main`, ['a']);
    await retag(tool, `${host}/acme/api:1.0.0`, ['b']);
    const types = registry.requests
      .filter(({ method }) => method === 'PUT')
      .map(({ headers }) => headers['content-type']);
    expect(types).toEqual([TYPES.ociIndex, TYPES.ociManifest]);
  });

  test('a digest of sha512 is one that the registry may name by sha256', async () => {
    const { registry, host, tool } = await stage();
    const wanted = image({ content: 'sha512', sha512: true });
    registry.store('acme/api', wanted);
    const source = `${host}/acme/api@${wanted.digest}`;
    expect(results(await retag(tool, source, ['a']))).toEqual(['a created']);
    expect(results(await retag(tool, source, ['a']))).toEqual(['a unchanged']);
  });

  test('the expected digest is compared before anything else', async () => {
    const { registry, host, tool } = await stage();
    const wanted = parseDigest(multi.digest);
    expect(results(await retag(tool, `${host}/acme/api:main`, ['a'], { expect: wanted }))).toEqual(['a created']);
    const moved = await failureOf(retag(tool, `${host}/acme/api:1.0.0`, ['b'], { expect: wanted }));
    expect([moved.code, moved.message]).toEqual([
      'moved',
      expect.stringContaining(`${other.digest} now, not the expected`),
    ]);
    const child = await failureOf(retag(tool, `${host}/acme/api:main`, ['b'], { expect: parseDigest(arm64.digest) }));
    expect(child).toMatchObject({ code: 'platform-digest' });
    expect(registry.digestOf('acme/api', 'b')).toBeUndefined();
  });

  test.each([
    ['acme/api:mian', 'not-found', /nearest tags are main/],
    ['acme/nothing:1', 'not-found', /no repository acme\/nothing/],
    [`acme/api@${amd64.imageId}`, 'image-id', /this is an image ID/],
  ])('the source %s is %s', async (source, code, message) => {
    const { registry, host, tool } = await stage();
    const error = await failureOf(retag(tool, `${host}/${source}`, ['a']));
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
    expect(registry.summary().filter((line) => line.startsWith('PUT'))).toEqual([]);
  });
});

/** Labels that are the image's own: its title says so. */
function own(version: string): Record<string, string> {
  return { 'org.opencontainers.image.version': version, 'org.opencontainers.image.title': 'api' };
}

describe('tags that exist', () => {
  test('with another digest are refused, and then nothing at all is written', async () => {
    const { registry, host, tool } = await stage();
    const outcomes = await retag(tool, `${host}/acme/api:main`, ['a', '1.0.0', 'main']);
    expect(results(outcomes)).toEqual(['a failed', '1.0.0 refused tag-exists', 'main unchanged']);
    expect(outcomes[1]?.error?.message).toContain(other.digest);
    expect(outcomes[1]?.error?.hint).toContain('overwrite: 1.0.0');
    expect(outcomes[1]).toMatchObject({ before: other.digest, after: other.digest });
    expect(outcomes[0]).toMatchObject({ reason: 'nothing was written, because of another tag' });
    expect(registry.summary().filter((line) => line.startsWith('PUT'))).toEqual([]);
  });

  test('are moved where a pattern allows it', async () => {
    const { registry, host, tool } = await stage();
    const [outcome] = await retag(tool, `${host}/acme/api:main`, ['1.0.0'], { overwrite: '1.*' });
    expect(outcome).toMatchObject({ result: 'moved', before: other.digest, after: multi.digest });
    expect(registry.digestOf('acme/api', '1.0.0')).toBe(multi.digest);
  });

  test('a look-up that fails is not taken for "does not exist"', async () => {
    const { registry, host, tool } = await stage();
    registry.on('HEAD /v2/acme/api/manifests/a', faults.answer(500));
    registry.on('GET /v2/acme/api/manifests/a', faults.answer(500));
    const outcomes = await retag(tool, `${host}/acme/api:main`, ['a', 'b']);
    expect(results(outcomes)).toEqual(['a failed cannot-tell', 'b failed']);
    expect(registry.summary().filter((line) => line.startsWith('PUT'))).toEqual([]);
  });

  const old = image({ content: 'old' });
  test.each<readonly [string, Readonly<Record<string, Manifest>>, readonly string[], string]>([
    ['to a higher version', { '1.4.1': old, latest: old }, ['1.4.2', 'latest'], 'latest moved'],
    ['not to a lower one', { '2.0.0': old, latest: old }, ['1.4.2', 'latest'], 'latest kept'],
    ['not to the same one', { '1.4.2': old, latest: old }, ['v1.4.2', 'latest'], 'latest kept'],
    ['not to a pre-release', { '1.4.1': old, latest: old }, ['1.5.0-rc.1', 'latest'], 'latest kept'],
    ['from pre-release to release', { '1.5.0-rc.1': old, latest: old }, ['1.5.0', 'latest'], 'latest moved'],
    ['by numbers, not by letters', { '1.9.0': old, latest: old }, ['1.10.0', 'latest'], 'latest moved'],
    ['to a floating name’s own family', { 'v1.4.9': old, 'v1.4': old }, ['v1.4.10', 'v1.4'], 'v1.4 moved'],
    [
      'by the version of the same platform images',
      { '1.4.1': index([old, arm64]), latest: index([old, arm64], { annotations: { a: 'b' } }) },
      ['1.4.2', 'latest'],
      'latest moved',
    ],
    ['by the version that a label states', { latest: labelled('1.4.1', 'api') }, ['1.4.2', 'latest'], 'latest moved'],
    ['not below a stated version', { latest: labelled('2.0.0', 'api') }, ['1.4.2', 'latest'], 'latest kept'],
    ['not from an unknown version', { latest: old }, ['1.4.2', 'latest'], 'latest refused tag-exists'],
    ['not from a word', { latest: labelled('jammy', 'api') }, ['1.4.2', 'latest'], 'latest refused tag-exists'],
    [
      'not from the version of a base',
      { latest: labelled('1.4.1', 'ubuntu') },
      ['1.4.2', 'latest'],
      'latest refused tag-exists',
    ],
    ['by the source’s own tags', { '1.4.1': old, latest: old, '1.4.2': multi }, ['latest'], 'latest moved'],
    ['not to an unknown version', { '1.4.1': old, latest: old }, ['latest'], 'latest refused tag-exists'],
    ['a version tag stays', { '1.4.2': old }, ['1.4.2'], '1.4.2 kept'],
    ['a new tag is made', {}, ['1.0.1-rc.1', 'latest'], 'latest created'],
  ])('forward-only: %s', async (_, present, tags, expected) => {
    const { registry, host, tool } = await stage();
    registry.add('acme/api', present);
    const outcomes = await retag(tool, `${host}/acme/api@${multi.digest}`, tags, { forwardOnly: '*' });
    expect(results(outcomes).at(-1)).toBe(expected);
    const { error } = outcomes.at(-1) ?? {};
    if (error !== undefined) expect(error.message).toContain('is not known');
  });

  test('tags that are one image now are looked up once', async () => {
    const { registry, host, tool } = await stage();
    registry.add('acme/api', { '1.4.1': old, latest: old, '1': old, '1.4': old, '3.0.0': other });
    const wanted = { forwardOnly: '*' };
    expect(results(await retag(tool, `${host}/acme/api:main`, ['1.4.2', 'latest', '1', '1.4'], wanted))).toEqual([
      '1.4.2 created',
      'latest moved',
      '1 moved',
      '1.4 moved',
    ]);
    const looks = registry.summary().filter((line) => /list|1\.4\.1|3\.0\.0/.test(line));
    expect(looks.filter((line) => line.includes('/tags/list'))).toHaveLength(1);
    expect(looks.filter((line) => line.includes('1.4.1'))).toHaveLength(1);
  });

  test.each([401, 403, 405])(
    'where tags may not be listed (%s) the image itself is asked for its version',
    async (status) => {
      const { registry, host, tool } = await stage();
      registry.add('acme/api', {
        main: image({ labels: own('1.1.0') }),
        latest: image({ labels: own('1.0.0') }),
        bare: old,
      });
      registry.on('GET /v2/acme/api/tags/list', faults.answer(status));
      expect(results(await retag(tool, `${host}/acme/api:main`, ['latest'], { forwardOnly: 'latest' }))).toEqual([
        'latest moved',
      ]);
      const unknown = await retag(tool, `${host}/acme/api:main`, ['bare'], { forwardOnly: 'bare' });
      expect(results(unknown)).toEqual(['bare refused tag-exists']);
      expect(unknown[0]?.reason).toContain('may not be listed');
    },
  );

  test('a version is looked for with at most 40 requests, by the list of digests with none', async () => {
    const { registry, host, tool } = await stage();
    const many = Array.from({ length: 100 }, (_, minor) => [`3.${minor}.0`, image({ content: `${minor}` })] as const);
    registry.add('acme/api', { ...Object.fromEntries(many), '1.4.1': old, latest: old });
    const outcomes = await retag(tool, `${host}/acme/api:main`, ['4.0.0', 'latest'], { forwardOnly: 'latest' });
    expect(results(outcomes)).toEqual(['4.0.0 failed', 'latest refused tag-exists']);
    expect(outcomes[1]?.reason).toContain('none of the 40 newest version tags');
    const listed = registry.summary().filter((line) => line.includes('/3.'));
    expect(listed).toHaveLength(40);
    registry.on('GET /v2/acme/api/tags/list', async (_request, next) => {
      const reply = await next();
      const body: unknown = JSON.parse(String(reply.body));
      return json(200, { ...Object(body), manifest: { [old.digest]: { tag: ['latest', '1.4.1'] } } });
    });
    registry.forget();
    const nextRun = createTestClient();
    open.push(nextRun.close);
    const listed2 = await retag(nextRun, `${host}/acme/api:main`, ['4.0.0', 'latest'], { forwardOnly: 'latest' });
    expect(results(listed2)).toEqual(['4.0.0 created', 'latest moved']);
    expect(registry.summary().filter((line) => line.includes('/3.'))).toEqual([]);
  });
});

describe('what registries do to a PUT (REGISTRIES §3h)', () => {
  const PUT = 'PUT /v2/acme/api/manifests/*';

  test.each<readonly [string, Behaviour, string, RegExp]>([
    [
      '404 (Q144)',
      faults.answer(404, {}, '{"errors":[{"code":"NAME_UNKNOWN","message":"x"}]}'),
      'not-found',
      /404: NAME_UNKNOWN/,
    ],
    ['405 (Q140)', faults.answer(405), 'unauthorized', /405/],
    ['413', faults.answer(413), 'limit', /413/],
    ['415 (Q141)', faults.answer(415), 'cannot-tell', /415/],
    [
      '400',
      () => json(400, { errors: [{ code: 'MANIFEST_INVALID', message: 'manifest invalid' }] }),
      'cannot-tell',
      /MANIFEST_INVALID/,
    ],
    [
      '400 for a lost blob',
      () => json(400, { errors: [{ code: 'MANIFEST_BLOB_UNKNOWN' }] }),
      'cannot-tell',
      /BLOB_UNKNOWN/,
    ],
    ['403', () => json(403, { errors: [{ code: 'DENIED', message: 'no' }] }), 'unauthorized', /no right to write/],
    ['429', faults.tooMany('1000'), 'rate-limited', /429/],
    ['503', faults.answer(503), 'cannot-tell', /503/],
    [
      '412 (Harbor, Q135)',
      () => json(412, { errors: [{ code: 'PRECONDITION', message: 'immutable' }] }),
      'tag-immutable',
      /412/,
    ],
    ['409', faults.answer(409), 'tag-immutable', /409/],
    [
      'ECR’s words',
      () =>
        json(400, {
          errors: [
            {
              code: 'TAG_INVALID',
              message: 'The image tag exists and cannot be overwritten because the tag is immutable.',
            },
          ],
        }),
      'tag-immutable',
      /because the tag is immutable/,
    ],
    ['a redirect of 302', faults.redirect('/elsewhere', 302), 'cannot-tell', /302/],
    ['another digest (F48)', faults.claimDigest(other.digest), 'integrity', new RegExp(other.digest)],
  ])('%s', async (_, behaviour, code, message) => {
    const { registry, host, tool } = await stage();
    registry.on(PUT, behaviour);
    const [outcome] = await retag(tool, `${host}/acme/api:main`, ['a']);
    expect([outcome?.result, outcome?.error?.code]).toEqual(['failed', code]);
    expect(outcome?.error?.message).toMatch(message);
  });

  test.each<readonly [string, Behaviour]>([
    ['202 (Quay, Q138)', async (_request, next) => ({ ...(await next()), status: 202 })],
    ['no digest', faults.dropDigest()],
    ['a digest that is none', faults.claimDigest('sha256:')],
    ['a connection that dies after the work (F46)', faults.times(1, faults.resetAfterWork())],
    ['503 once', faults.times(1, faults.answer(503))],
    ['429 once', faults.times(1, faults.tooMany('0'))],
    [
      'a redirect of 307 (Q86)',
      faults.times(
        1,
        faults.redirect((target) => target),
      ),
    ],
  ])('%s is all right when the tag has the digest afterwards', async (_, behaviour) => {
    const { registry, host, tool } = await stage();
    registry.on(PUT, behaviour);
    const [outcome] = await retag(tool, `${host}/acme/api:main`, ['a']);
    expect(outcome).toMatchObject({ result: 'created', after: multi.digest });
    expect(registry.digestOf('acme/api', 'a')).toBe(multi.digest);
  });

  test('every answer lost: the tag is looked at, and has the digest', async () => {
    const { registry, host, tool } = await stage();
    registry.on(PUT, faults.resetAfterWork());
    expect(results(await retag(tool, `${host}/acme/api:main`, ['a']))).toEqual(['a created']);
  });

  test('every connection lost before the work: failed, and the tag’s state is told', async () => {
    const { registry, host, tool } = await stage();
    registry.on(PUT, () => ({ status: 0, headers: {}, onWire: (wire) => wire.reset() }));
    const [outcome] = await retag(tool, `${host}/acme/api:main`, ['1.0.0'], { overwrite: '*' });
    expect(outcome).toMatchObject({ result: 'failed', after: other.digest, error: { code: 'network' } });
  });

  test('a registry that stores something else is found out by reading back', async () => {
    const { registry, host, tool } = await stage();
    registry.on(PUT, (request) => {
      registry.add('acme/api', { a: other });
      return { status: 201, headers: { location: request.path } };
    });
    const [outcome] = await retag(tool, `${host}/acme/api:main`, ['a']);
    expect(outcome).toMatchObject({ result: 'failed', after: other.digest, error: { code: 'integrity' } });
  });

  test('a cache that shows the old digest for good does not make it somebody’s work', async () => {
    const { registry, host, tool } = await stage();
    const shown = { 'content-type': other.mediaType, 'content-length': String(other.bytes.length) };
    registry.on(
      'HEAD /v2/acme/api/manifests/1.0.0',
      faults.answer(200, { ...shown, 'docker-content-digest': other.digest }),
    );
    const [outcome] = await retag(tool, `${host}/acme/api:main`, ['1.0.0'], { overwrite: '*' });
    expect(outcome).toMatchObject({ result: 'failed', after: other.digest, error: { code: 'cannot-tell' } });
    expect(outcome?.error?.message).toContain(`still shows ${other.digest} afterwards`);
  });

  test('somebody who moves the tag at the same time is named (Q142)', async () => {
    const { registry, host, tool } = await stage();
    registry.on(PUT, async (_request, next) => {
      const reply = await next();
      registry.add('acme/api', { a: other });
      return reply;
    });
    const [outcome] = await retag(tool, `${host}/acme/api:main`, ['a']);
    expect(outcome).toMatchObject({ result: 'failed', after: other.digest, error: { code: 'moved' } });
  });

  test('GitHub’s words are known behind another name too (Q139)', async () => {
    const { registry, host, tool } = await stage();
    registry.on(PUT, () => json(403, { errors: [{ code: 'DENIED', message: 'permission_denied: write_package' }] }));
    const [outcome] = await retag(tool, `${host}/acme/api:main`, ['a']);
    expect(outcome?.error?.hint).toContain('permissions: packages: write');
  });

  test('a write that is sent to another host goes there without a login, and asks for none', async () => {
    const elsewhere = await startRegistry({ auth: 'token' });
    open.push(elsewhere.close);
    const { registry, host, tool } = await stage({ auth: 'token', users }, ROBOT);
    registry.on(
      PUT,
      faults.redirect((target) => `http://${elsewhere.host}${target}`),
    );
    const [outcome] = await retag(tool, `${host}/acme/api:main`, ['a']);
    expect(outcome).toMatchObject({ result: 'failed', error: { code: 'unauthorized' } });
    expect(elsewhere.requests.map(({ method, headers }) => [method, headers['authorization']])).toEqual([
      ['PUT', undefined],
    ]);
  });

  test('a write that is shown late is waited for, one that is never shown fails', async () => {
    const { registry, host, tool } = await stage();
    registry.on('HEAD /v2/acme/api/manifests/late', faults.times(3, faults.answer(404)));
    registry.on('GET /v2/acme/api/manifests/late', faults.times(1, faults.answer(404)));
    registry.on('* /v2/acme/api/manifests/never', (request, next) =>
      request.method === 'PUT' ? next() : text(404, ''),
    );
    const outcomes = await retag(tool, `${host}/acme/api:main`, ['late', 'never']);
    expect(results(outcomes)).toEqual(['late created', 'never failed cannot-tell']);
    expect(tool.sleeps.filter((wait) => wait === 2000)).toHaveLength(1);
  });

  test('a registry whose HEAD finds nothing is believed by its GET', async () => {
    const { registry, host, tool } = await stage();
    registry.on('HEAD /v2/acme/api/manifests/*', faults.answer(404));
    expect(results(await retag(tool, `${host}/acme/api:main`, ['a']))).toEqual(['a created']);
  });

  test('a registry without digest headers is read and hashed', async () => {
    const { registry, host, tool } = await stage({ digestHeader: 'never' });
    registry.on(PUT, faults.dropDigest());
    expect(results(await retag(tool, `${host}/acme/api:main`, ['a', 'main']))).toEqual(['a created', 'main unchanged']);
  });

  test('one tag that fails does not keep the others', async () => {
    const { registry, host, tool } = await stage();
    registry.on('PUT /v2/acme/api/manifests/b', faults.answer(409));
    const outcomes = await retag(tool, `${host}/acme/api:main`, ['a', 'b', 'c']);
    expect(results(outcomes)).toEqual(['a created', 'b failed tag-immutable', 'c created']);
  });

  test('another run that was faster with the same digest is no failure', async () => {
    const { registry, host, tool } = await stage();
    registry.on(PUT, () => {
      registry.add('acme/api', { a: multi });
      return json(400, { errors: [{ code: 'TAG_INVALID', message: 'cannot be overwritten' }] });
    });
    expect(results(await retag(tool, `${host}/acme/api:main`, ['a']))).toEqual(['a unchanged']);
  });

  test('a PUT whose answer was lost made the tag, also where its repetition is refused as immutable', async () => {
    const { registry, host, tool } = await stage();
    const immutable = json(400, { errors: [{ code: 'TAG_INVALID', message: 'cannot be overwritten' }] });
    registry.on(
      PUT,
      faults.inTurn(faults.resetAfterWork(), () => immutable),
    );
    const [outcome] = await retag(tool, `${host}/acme/api:main`, ['a']);
    expect(outcome).toMatchObject({ result: 'created', after: multi.digest });
    expect(outcome?.before).toBeUndefined();
  });

  test('a run that ends in the middle tells what is done and what is not known', async () => {
    const controller = new AbortController();
    const { registry, host, tool } = await stage({}, undefined, controller.signal);
    registry.on('PUT /v2/acme/api/manifests/slow', faults.never());
    // Once the other tag is read back nothing but the slow one is open.
    const { client } = tool;
    const head = client.head.bind(client);
    client.head = async (...question) => {
      const found = await head(...question);
      if (found !== undefined) setImmediate(() => controller.abort(new Error('cancelled')));
      return found;
    };
    const outcomes = await retag(tool, `${host}/acme/api:main`, ['fast', 'slow'], {}, controller.signal);
    expect(results(outcomes)).toEqual(['fast created', 'slow failed']);
    expect(outcomes[1]?.reason).toContain('before the registry had confirmed it');
    expect(outcomes[1]?.after).toBeUndefined();
  });

  test.each<readonly [string, string, { readonly reason: string; readonly after: string | undefined }]>([
    ['before it is sent', 'POST *', { reason: 'the run ended before it was written', after: other.digest }],
    [
      'after it was taken',
      'HEAD /v2/acme/web/manifests/1.0.0',
      { reason: 'the registry took it, and the run ended before it was read back', after: undefined },
    ],
  ])('a tag whose run ends %s says so', async (_, where, expected) => {
    const controller = new AbortController();
    const { registry, host, tool } = await stage({}, undefined, controller.signal);
    registry.add('acme/web', { '1.0.0': other });
    registry.on(where, async (request, next) => {
      if (request.method === 'HEAD' && !registry.summary().some((line) => line.startsWith('PUT'))) return next();
      controller.abort(new Error('cancelled'));
      return faults.never()(request, next);
    });
    const targets = [`${host}/acme/web:1.0.0`];
    const [outcome] = await retag(tool, `${host}/acme/api:main`, targets, { overwrite: '*' }, controller.signal);
    expect(outcome).toMatchObject({ result: 'failed', ...expected });
  });
});

describe('another repository of the registry', () => {
  const deep = index([index([amd64, arm64])]);

  test.each<readonly [string, Manifest, number]>([
    ['a single image', other, 2],
    ['a multi-platform image with attestations', multi, 8],
    ['an index in an index', deep, 4],
    ['an artifact', artifact({ artifactType: 'application/vnd.example.sbom' }), 2],
  ])('%s: blobs are mounted, children come first', async (_, wanted, mounts) => {
    const { registry, host, tool } = await stage();
    registry.add('acme/api', { source: wanted });
    const target = `${host}/acme/web:1.0.0`;
    expect(results(await retag(tool, `${host}/acme/api@${wanted.digest}`, [target, `${host}/acme/web:2`]))).toEqual([
      '1.0.0 created',
      '2 created',
    ]);
    expect(registry.digestOf('acme/web', '1.0.0')).toBe(wanted.digest);
    const posts = registry.summary({ query: true }).filter((line) => line.startsWith('POST'));
    expect(posts).toHaveLength(new Set(posts).size);
    expect(posts).toHaveLength(mounts);
    registry.forget();
    await retag(tool, `${host}/acme/api@${wanted.digest}`, [`${host}/acme/web:3`]);
    expect(registry.summary().filter((line) => line.startsWith('POST'))).toEqual([]);
  });

  test('the token covers writing there and reading here', async () => {
    const { registry, host, tool } = await stage({ auth: 'token', users }, ROBOT);
    expect(results(await retag(tool, `${host}/acme/api:main`, [`${host}/acme/web:1`]))).toEqual(['1 created']);
    const tokens = registry.summary({ query: true }).filter((line) => line.includes('/token'));
    expect(
      tokens.map((line) => new URLSearchParams(line.slice(line.indexOf('?'))).getAll('scope').join(' ')).toSorted(),
    ).toEqual(['repository:acme/web:pull,push repository:acme/api:pull']);
  });

  test('a server that grants only the first scope is asked for the source alone', async () => {
    const server = { auth: 'token', users, token: { scopes: 'first' } } as const;
    const { registry, host, tool } = await stage(server, ROBOT);
    registry.add('acme/web', { same: multi });
    expect(results(await retag(tool, `${host}/acme/api:main`, [`${host}/acme/web:1`]))).toEqual(['1 created']);
    expect(registry.tokens.issued).toHaveLength(2);
  });

  test('layers that are kept elsewhere are left out', async () => {
    const { registry, host, tool } = await stage();
    const value: unknown = JSON.parse(amd64.bytes.toString());
    const layers = [
      { mediaType: TYPES.dockerLayer, digest: other.digest, size: 1, urls: ['https://example.com/layer'] },
    ];
    const foreign = manifest(TYPES.ociManifest, { ...Object(value), layers }, { blobs: amd64.blobs.slice(0, 1) });
    registry.add('acme/api', { foreign });
    expect(results(await retag(tool, `${host}/acme/api:foreign`, [`${host}/acme/web:1`]))).toEqual(['1 created']);
    expect(registry.summary().filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });

  test('a refused mount names both repositories, and the upload is taken back', async () => {
    const { registry, host, tool } = await stage();
    const blob = other.blobs[1];
    if (blob !== undefined) registry.repository('acme/api').blobs.delete(blob.digest);
    const [outcome] = await retag(tool, `${host}/acme/api:1.0.0`, [`${host}/acme/web:1`]);
    expect(outcome).toMatchObject({ result: 'failed', error: { code: 'unauthorized' } });
    expect(outcome?.error?.message).toContain(`${host}/acme/api could not be mounted into ${host}/acme/web`);
    expect(registry.summary().filter((line) => line.startsWith('DELETE'))).toHaveLength(1);
    expect(registry.summary().filter((line) => line.startsWith('PUT'))).toEqual([]);
  });

  test('a registry that opens an upload for what it has is no problem', async () => {
    const { registry, host, tool } = await stage();
    registry.store('acme/web', other);
    registry.repository('acme/web').manifests.clear();
    registry.on('POST *', faults.answer(202, { location: '/v2/acme/web/blobs/uploads/1' }));
    expect(results(await retag(tool, `${host}/acme/api:1.0.0`, [`${host}/acme/web:1`]))).toEqual(['1 created']);
  });

  test('a login that may not read here cannot mount', async () => {
    const { registry, host, tool } = await stage({ auth: 'token', users, allow: mayWriteWebOnly }, ROBOT);
    registry.on('POST *', () => json(401, { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required' }] }));
    const [outcome] = await retag(tool, `${host}/acme/api:main`, [`${host}/acme/web:1`]);
    expect(outcome?.error?.code).toBe('unauthorized');
    expect(outcome?.error?.message).toMatch(/acme\/api could not be mounted into .*acme\/web: .*docker config/);
  });

  test('a mapping that leads to two registries is refused', async () => {
    const tool = createTestClient({ mappings: [{ from: 'docker.io/acme/web', to: 'mirror.example/web' }] });
    open.push(tool.close);
    const error = await failureOf(retag(tool, 'acme/api:1', ['acme/web:1']));
    expect([error.code, error.message]).toEqual(['bad-input', expect.stringContaining('mirror.example')]);
  });
});

describe('a login that may only read', () => {
  const servers: readonly (readonly [string, Behaviour])[] = [
    ['refused with 403', refuseWriting(403)],
    ['refused with 401', refuseWriting(401)],
    ['refused with 400 (Google)', refuseWriting(400)],
    ['without grants', grantNothing],
    ['with fewer grants', faults.normal],
  ];

  test.each(servers)('a token for writing %s: what need not be written succeeds, signed in', async (_, server) => {
    const { registry, host, tool } = await stage({ auth: 'token', users, allow: mayReadSignedIn }, ROBOT);
    registry.add('acme/api', { '2.0.0': other, latest: other });
    registry.on('GET /token', server);
    const outcomes = await retag(tool, `${host}/acme/api:main`, ['main', '1.0.0', 'latest'], { forwardOnly: '*' });
    expect(results(outcomes)).toEqual(['main unchanged', '1.0.0 kept', 'latest kept']);
    const unchanged = await retag(tool, `${host}/acme/api:main`, ['main']);
    expect(results(unchanged)).toEqual(['main unchanged']);
    expect(tokensWithoutLogin(registry)).toEqual([]);
    expect(tool.warnings).toEqual([]);
  });

  test.each(servers)('a token for writing %s: what must be written is unauthorized', async (name, server) => {
    const { registry, host, tool } = await stage({ auth: 'token', users, allow: mayReadSignedIn }, ROBOT);
    registry.on('GET /token', server);
    const outcomes = await retag(tool, `${host}/acme/api:main`, ['a', 'main', 'b']);
    expect(results(outcomes)).toEqual(['a failed unauthorized', 'main unchanged', 'b failed unauthorized']);
    expect(outcomes[0]?.error?.message).toContain(`no right to write to ${host}/acme/api`);
    // A token with fewer grants looks like any other one: there it is the PUT that tells.
    const isKnown = name !== 'with fewer grants';
    expect(outcomes[0]?.error?.message.includes('which this login may read')).toBe(isKnown);
    if (isKnown) expect(registry.summary().filter((line) => line.startsWith('PUT'))).toEqual([]);
    expect(tokensWithoutLogin(registry)).toEqual([]);
  });

  test('costs one token more', async () => {
    const { registry, host, tool } = await stage({ auth: 'token', users, allow: mayReadSignedIn }, ROBOT);
    registry.on('GET /token', refuseWriting(403));
    await retag(tool, `${host}/acme/api@${multi.digest}`, ['main']);
    expect(registry.summary(seen)).toEqual([
      `GET /v2/acme/api/manifests/${multi.digest} 401`,
      'GET /token?service=registry&scope=repository%3Aacme%2Fapi%3Apull%2Cpush 403',
      'GET /token?service=registry&scope=repository%3Aacme%2Fapi%3Apull 200',
      expect.stringMatching(/^(GET|HEAD) .* 200$/),
      expect.stringMatching(/^(GET|HEAD) .* 200$/),
    ]);
  });

  test('is not taken for one where the token server wants another scope than the repository’s (Q44)', async () => {
    const { registry, host, tool } = await stage({ auth: 'token', users, challenge: wantsStar }, ROBOT);
    registry.on('GET /token', (request, next) => {
      if (request.query.get('scope') !== '*') return json(400, { errors: [{ code: 'UNKNOWN_SCOPE' }] });
      request.query.set('scope', 'repository:acme/api:pull,push');
      return next();
    });
    expect(results(await retag(tool, `${host}/acme/api:main`, ['a', 'b']))).toEqual(['a created', 'b created']);
    expect(registry.summary({ query: true }).filter((line) => line.endsWith('Apull'))).toEqual([]);
  });

  test('in one of two repositories: nothing is begun in the other', async () => {
    const { registry, host, tool } = await stage({ auth: 'token', users }, ROBOT);
    registry.on('GET /token', (request, next) =>
      request.query.getAll('scope').includes('repository:acme/web:pull,push') ? json(403, { errors: [] }) : next(),
    );
    const outcomes = await retag(tool, `${host}/acme/api:main`, ['a', `${host}/acme/web:1`]);
    expect(results(outcomes)).toEqual(['a failed', '1 failed unauthorized']);
    expect(outcomes[1]?.error?.message).toContain('acme/web, which this login may read');
    expect(registry.summary().filter((line) => /^(?:PUT|POST)/.test(line))).toEqual([]);
  });

  test('the source in another repository is read with the login as well, or not at all', async () => {
    const { registry, host, tool } = await stage({ auth: 'token', users }, basic('robot', 'wrong password'));
    const error = await failureOf(retag(tool, `${host}/acme/api:main`, [`${host}/acme/web:1`]));
    expect(error.code).toBe('unauthorized');
    expect(tokensWithoutLogin(registry)).toEqual([]);
  });

  test('a source in another repository that the login may not read is told as that, not as a right to write', async () => {
    const { host, tool } = await stage({ auth: 'token', users, allow: mayUseWebOnly }, ROBOT);
    const error = await failureOf(retag(tool, `${host}/acme/api:main`, [`${host}/acme/web:1`]));
    expect(error.code).toBe('unauthorized');
    expect(error.message).toContain(`${host}/acme/api does not exist or is private`);
  });

  test('a 401 after a fresh token for ever ends after two tokens and three requests (F27)', async () => {
    const { registry, host, tool } = await stage({ auth: 'token', users }, ROBOT);
    registry.on(
      ({ method, path }) => method === 'GET' && path.includes('/manifests/'),
      faults.answer(401, { 'www-authenticate': `Bearer realm="http://${host}/token"` }),
    );
    const error = await failureOf(retag(tool, `${host}/acme/api:main`, ['a']));
    expect(error.code).toBe('unauthorized');
    expect(registry.summary().filter((line) => line.startsWith('GET /token'))).toHaveLength(2);
    expect(registry.summary().filter((line) => line.startsWith('GET /v2/')).length).toBeLessThanOrEqual(3);
  });

  test('where the token server is known nothing is asked without a login either', async () => {
    const world = ghcr({ users });
    world.registry.add('acme/api', { main: multi });
    const tool = await publicStage(world, { 'ghcr.io': basic('robot', 'wrong password') });
    const error = await failureOf(retag(tool, 'ghcr.io/acme/api:main', ['main']));
    expect([error.code, error.hint]).toEqual(['unauthorized', expect.stringContaining('packages: write')]);
    expect(world.registry.requests.filter(({ headers }) => headers['authorization'] === undefined)).toEqual([]);
  });
});

describe('a registry that refuses HEAD alone (F32)', () => {
  test('the token for writing is not taken for one that may not even read', async () => {
    const { registry, host, tool } = await stage({ auth: 'token', users }, ROBOT);
    registry.on('HEAD *', faults.answer(403));
    const outcomes = await retag(tool, `${host}/acme/api:main`, ['a', 'main', '1.0.0'], { overwrite: '1.*' });
    expect(results(outcomes)).toEqual(['a created', 'main unchanged', '1.0.0 moved']);
    expect(registry.summary().filter((line) => line.startsWith('GET /token'))).toHaveLength(1);
  });
});

describe('a registry that knows no HEAD (old Nexus, Q29)', () => {
  const nothingThere = faults.answer(404, { 'content-type': 'text/html' });

  test('a tag that exists is not taken for missing', async () => {
    const { registry, host, tool } = await stage();
    registry.on('HEAD *', nothingThere);
    expect(results(await retag(tool, `${host}/acme/api:main`, ['a', '1.0.0']))).toEqual([
      'a failed',
      '1.0.0 refused tag-exists',
    ]);
    expect(registry.summary().filter((line) => line.startsWith('PUT'))).toEqual([]);
  });

  test('what is allowed is done, and read back without waiting', async () => {
    const { registry, host, tool } = await stage();
    registry.on('HEAD *', nothingThere);
    const outcomes = await retag(tool, `${host}/acme/api:main`, ['a', 'main', '1.0.0'], { overwrite: '1.*' });
    expect(results(outcomes)).toEqual(['a created', 'main unchanged', '1.0.0 moved']);
    expect(tool.sleeps).toEqual([]);
  });
});

describe('public registries', () => {
  test('Docker Hub: 403 for a tag that exists is its rule of immutable tags', async () => {
    const world = dockerHub({ users });
    world.registry.add('acme/api', { main: multi, '1.0.0': other });
    world.registry.on('PUT /v2/*/manifests/*', refuseOverwriting(world.registry, 'hub'));
    const tool = await publicStage(world, { 'docker.io': ROBOT });
    const outcomes = await retag(tool, 'acme/api:main', ['1.0.0', '2.0.0'], { overwrite: '*' });
    expect(results(outcomes)).toEqual(['1.0.0 failed tag-immutable', '2.0.0 created']);
    expect(outcomes[0]?.error?.message).toContain(other.digest);
  });

  test('Amazon ECR: immutable tags are told, an equal tag is never put (Q134)', async () => {
    const world = ecr({ immutable: true });
    world.registry.add('api', { main: multi, '1.0.0': other, '1.1.0': multi });
    const tool = await publicStage(world, { [ECR_HOST]: basic('AWS', 'ecr-password-of-today') });
    const outcomes = await retag(tool, `${ECR_HOST}/api:main`, ['1.0.0', '1.1.0', '1.2.0'], { overwrite: '*' });
    expect(results(outcomes)).toEqual(['1.0.0 failed tag-immutable', '1.1.0 unchanged', '1.2.0 created']);
    expect(outcomes[0]?.error?.message).toContain('the repository is immutable');
  });

  test('ghcr.io: a job without packages: write is told so (Q139)', async () => {
    const world = ghcr({ users, mayPush: false });
    world.registry.add('acme/api', { main: multi });
    const tool = await publicStage(world, { 'ghcr.io': ROBOT });
    const [outcome] = await retag(tool, 'ghcr.io/acme/api:main', ['a']);
    expect(outcome).toMatchObject({ result: 'failed', error: { code: 'unauthorized' } });
    expect(outcome?.error?.message).toMatch(/no right to write to ghcr\.io\/acme\/api, .*write_package/);
    expect(outcome?.error?.hint).toContain('packages: write');
  });

  test('quay.io: 202 is an answer (Q138)', async () => {
    const world = quay({ users });
    world.registry.add('acme/api', { main: multi });
    const tool = await publicStage(world, { 'quay.io': ROBOT });
    expect(results(await retag(tool, 'quay.io/acme/api:main', ['a']))).toEqual(['a created']);
  });

  test('a refused login is never replaced by none for a write', async () => {
    const { registry, host, tool } = await stage({ auth: 'token', users }, basic('robot', 'wrong password'));
    const error = await failureOf(retag(tool, `${host}/acme/api:main`, ['a']));
    expect(error.code).toBe('unauthorized');
    expect(tokensWithoutLogin(registry)).toEqual([]);
    expect(tool.warnings).toEqual([]);
  });
});
