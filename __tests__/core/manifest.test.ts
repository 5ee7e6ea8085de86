import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { UserError } from '../../src/core/errors.ts';
import {
  isAttestation,
  isPlatformImage,
  parseConfig,
  parseManifest,
  readPlatform,
  type Manifest,
} from '../../src/core/manifest.ts';
import {
  DOCKER_LIST,
  DOCKER_MANIFEST,
  isGenericType,
  isSchema1Type,
  MANIFEST_ACCEPT,
  mediaTypeOf,
  OCI_INDEX,
  OCI_MANIFEST,
} from '../../src/core/media-type.ts';
import { formatPlatform, normalisePlatform, parsePlatform, samePlatform } from '../../src/core/platform.ts';

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;
const C = `sha512:${'c'.repeat(128)}`;
const OCI_CONFIG = 'application/vnd.oci.image.config.v1+json';
const DOCKER_CONFIG = 'application/vnd.docker.container.image.v1+json';

function parse(body: unknown, mediaType = ''): Manifest {
  return parseManifest(new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)), mediaType);
}

function refusal(body: unknown, mediaType: string): UserError {
  try {
    parse(body, mediaType);
  } catch (error) {
    if (error instanceof UserError && error.code === 'cannot-tell') return error;
    throw error;
  }
  throw new Error('it was taken');
}

const config = { mediaType: OCI_CONFIG, digest: A, size: 7 };
const image = { schemaVersion: 2, config, layers: [{ mediaType: 'x', digest: B, size: 9 }] };
const index = {
  schemaVersion: 2,
  manifests: [{ mediaType: OCI_MANIFEST, digest: A, size: 5, platform: { os: 'linux', architecture: 'amd64' } }],
};

describe('what a manifest is', () => {
  test.each<readonly [string, unknown, string, string, string]>([
    ['an OCI image', image, OCI_MANIFEST, 'manifest', OCI_MANIFEST],
    [
      'a docker image',
      { ...image, mediaType: DOCKER_MANIFEST, config: { ...config, mediaType: DOCKER_CONFIG } },
      DOCKER_MANIFEST,
      'manifest',
      DOCKER_MANIFEST,
    ],
    [
      'an image by docker 1.10',
      { ...image, config: { ...config, mediaType: 'application/octet-stream' } },
      DOCKER_MANIFEST,
      'manifest',
      DOCKER_MANIFEST,
    ],
    ['an OCI index', index, OCI_INDEX, 'index', OCI_INDEX],
    ['a docker list', { ...index, mediaType: DOCKER_LIST }, DOCKER_LIST, 'index', DOCKER_LIST],
    ['an index without entries, as Go writes it', { schemaVersion: 2, manifests: null }, OCI_INDEX, 'index', OCI_INDEX],
    [
      'an image by its body alone (Q11)',
      { ...image, mediaType: OCI_MANIFEST },
      'application/json',
      'manifest',
      OCI_MANIFEST,
    ],
    [
      'an index by its body alone',
      { ...index, mediaType: DOCKER_LIST },
      'application/octet-stream',
      'index',
      DOCKER_LIST,
    ],
    ['an image by its shape alone (Q12)', image, '', 'manifest', OCI_MANIFEST],
    ['an index by its shape alone', index, 'text/plain', 'index', OCI_INDEX],
    ['an index with an empty mediaType', { ...index, mediaType: '' }, OCI_INDEX, 'index', OCI_INDEX],
    [
      'a Helm chart',
      { ...image, config: { ...config, mediaType: 'application/vnd.cncf.helm.config.v1+json' } },
      OCI_MANIFEST,
      'artifact',
      OCI_MANIFEST,
    ],
    [
      'an artifact by its type',
      { ...image, artifactType: 'application/vnd.example' },
      OCI_MANIFEST,
      'artifact',
      OCI_MANIFEST,
    ],
    [
      'an artifact with an octet-stream config',
      { ...image, config: { ...config, mediaType: 'application/octet-stream' } },
      OCI_MANIFEST,
      'artifact',
      OCI_MANIFEST,
    ],
    [
      'an artifact manifest',
      { mediaType: 'application/vnd.oci.artifact.manifest.v1+json', blobs: [] },
      'application/vnd.oci.artifact.manifest.v1+json',
      'artifact',
      'application/vnd.oci.artifact.manifest.v1+json',
    ],
    [
      'an index of an unknown type',
      index,
      'application/vnd.future.index.v9+json',
      'index',
      'application/vnd.future.index.v9+json',
    ],
    ['an image with a byte order mark', `\ufeff${JSON.stringify(image)}`, OCI_MANIFEST, 'manifest', OCI_MANIFEST],
  ])('%s', (_name, body, header, kind, mediaType) => {
    const manifest = parse(body, header);
    expect([manifest.kind, manifest.mediaType]).toEqual([kind, mediaType]);
  });

  test.each<readonly [string, unknown, string, string]>([
    ['a web page (F10)', '<html>', 'text/html', 'a web page'],
    ['a web page without a type', '<html>', '', 'no JSON object'],
    ['a list', [], OCI_INDEX, 'no JSON object'],
    ['nothing', '', OCI_INDEX, 'no JSON object'],
    ['JSON of something else (Q35)', { status: 'ok' }, 'application/json', 'neither manifests nor layers'],
    ['a problem report', { title: 'x' }, 'application/problem+json', 'neither manifests nor layers'],
    ['both at once (T14)', { ...image, ...index }, OCI_INDEX, 'an index and an image manifest at once'],
    [
      'another type in the body (Q13)',
      { ...image, mediaType: DOCKER_MANIFEST },
      OCI_MANIFEST,
      `sent as "${OCI_MANIFEST}" but says it is "${DOCKER_MANIFEST}"`,
    ],
    ['a list with an image inside', image, DOCKER_LIST, 'an index'],
    ['an image with a list inside', index, DOCKER_MANIFEST, 'that holds manifests'],
    ['a body that lies about itself', { ...image, mediaType: OCI_INDEX }, '', 'an index'],
    ['schema 1 by its type (Q3)', {}, 'application/vnd.docker.distribution.manifest.v1+prettyjws', 'schema 1'],
    ['schema 1 as plain text (Q10)', { schemaVersion: 1, fsLayers: [] }, 'text/plain', 'schema 1'],
  ])('is not %s', (_name, body, header, why) => {
    expect(refusal(body, header).message).toContain(why);
  });

  test('a type that a stranger wrote is shown on one line', () => {
    const error = refusal({ ...image, mediaType: 'x\n::error::y' }, OCI_MANIFEST);
    expect(error.message).not.toMatch(/\p{Cc}/u);
  });
});

describe('what a manifest says', () => {
  test('of an image: its config, its layers, its subject', () => {
    const manifest = parse({ ...image, subject: { digest: B }, annotations: { a: 'b', n: 1 } }, OCI_MANIFEST);
    expect(manifest).toEqual({
      kind: 'manifest',
      mediaType: OCI_MANIFEST,
      annotations: new Map([['a', 'b']]),
      subject: B,
      config: { mediaType: OCI_CONFIG, digest: A, size: 7, annotations: new Map() },
      layers: [{ mediaType: 'x', digest: B, size: 9, annotations: new Map() }],
    });
  });

  test('of an index: its entries; digests of other algorithms are counted', () => {
    const entries = [
      {
        mediaType: OCI_MANIFEST,
        digest: A,
        size: 5,
        platform: { os: 'Linux', architecture: 'AArch64', variant: 'v8' },
      },
      {
        mediaType: OCI_MANIFEST,
        digest: C,
        size: -1,
        platform: { os: 'windows', architecture: 'amd64', 'os.version': '10.0.20348.2700' },
      },
      { digest: `sha384:${'a'.repeat(96)}` },
      { digest: 'sha256:../../x' },
      {},
      null,
      7,
    ];
    const manifest = parse({ manifests: entries }, OCI_INDEX);
    expect(manifest).toEqual({
      kind: 'index',
      mediaType: OCI_INDEX,
      annotations: new Map(),
      unsupported: 5,
      manifests: [
        {
          mediaType: OCI_MANIFEST,
          digest: A,
          size: 5,
          annotations: new Map(),
          platform: { os: 'linux', architecture: 'arm64' },
        },
        {
          mediaType: OCI_MANIFEST,
          digest: C,
          size: 0,
          annotations: new Map(),
          platform: { os: 'windows', architecture: 'amd64', osVersion: '10.0.20348.2700' },
        },
      ],
    });
  });

  test('attestations and artifacts are no images for a platform (Q150, Q152)', () => {
    const unknown = { os: 'unknown', architecture: 'unknown' };
    const linux = { os: 'linux', architecture: 'amd64' };
    const manifest = parse(
      {
        manifests: [
          { digest: A, platform: linux },
          { digest: A, platform: linux, artifactType: '' },
          { digest: A, platform: unknown, annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } },
          { digest: A, platform: linux, artifactType: 'application/vnd.docker.attestation.manifest.v1+json' },
          { digest: A, platform: linux, artifactType: 'application/vnd.example' },
          { digest: A, platform: unknown },
          { digest: A },
          { digest: A, platform: { os: 'linux' } },
          { digest: A, platform: { os: 'linux\n', architecture: 'amd64' } },
          { digest: A, platform: { os: 'linux', architecture: 'arm', variant: 'v7/x' } },
        ],
      },
      OCI_INDEX,
    );
    if (manifest.kind !== 'index') throw new Error('not an index');
    expect(manifest.manifests.map(isPlatformImage)).toEqual([true, true, ...Array.from({ length: 8 }, () => false)]);
    expect(manifest.manifests.map(isAttestation).slice(0, 5)).toEqual([false, false, true, true, false]);
  });

  test('nothing but a UserError comes out of any JSON', () => {
    const keys = fc.constantFrom(
      'manifests',
      'layers',
      'config',
      'mediaType',
      'digest',
      'platform',
      'subject',
      'schemaVersion',
    );
    const values = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(A, OCI_INDEX, OCI_MANIFEST, [{ digest: A }], { digest: A }),
    );
    const types = fc.constantFrom('', OCI_INDEX, OCI_MANIFEST, 'application/json', 'x/y');
    fc.assert(
      fc.property(fc.dictionary(keys, values), types, (body, type) => {
        try {
          expect(['index', 'manifest', 'artifact']).toContain(parse(body, type).kind);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a config', () => {
  test.each<readonly [string, unknown]>([
    [
      '{"os":"linux","architecture":"arm","config":{"Labels":{"a":"b","n":1}},"created":"2026-01-01T00:00:00Z"}',
      {
        platform: { os: 'linux', architecture: 'arm', variant: 'v7' },
        labels: new Map([['a', 'b']]),
        created: '2026-01-01T00:00:00Z',
      },
    ],
    ['{"config":{"Labels":null}}', { labels: new Map() }],
    ['{"config":null,"created":7}', { labels: new Map() }],
    ['{"rootfs":{}}', { labels: new Map() }],
    ['{"config":{"Labels":{"__proto__":"x"}}}', { labels: new Map([['__proto__', 'x']]) }],
  ])('%s (Q159)', (text, facts) => {
    expect(parseConfig(new TextEncoder().encode(text))).toEqual(facts);
  });

  test('that is no JSON object cannot be read', () => {
    expect(() => parseConfig(new TextEncoder().encode('[]'))).toThrow('no JSON object');
  });
});

describe('media types', () => {
  test.each([
    [undefined, ''],
    ['', ''],
    ['application/json; charset=utf-8', 'application/json'],
    [' Application/Vnd.OCI.image.index.v1+JSON ;x', OCI_INDEX],
  ])('%j is %j', (header, type) => {
    expect(mediaTypeOf(header)).toBe(type);
  });

  test('all four are asked for in one line without weights (Q1 to Q8)', () => {
    expect(MANIFEST_ACCEPT.split(', ')).toEqual([OCI_INDEX, DOCKER_LIST, OCI_MANIFEST, DOCKER_MANIFEST]);
    expect([isGenericType(''), isGenericType('application/json'), isGenericType(OCI_INDEX)]).toEqual([
      true,
      true,
      false,
    ]);
    expect([
      isSchema1Type('application/vnd.docker.distribution.manifest.v1+json'),
      isSchema1Type(DOCKER_MANIFEST),
    ]).toEqual([true, false]);
  });
});

describe('a platform is normalised as containerd does (platforms database.go)', () => {
  test.each([
    ['linux/amd64', 'linux/amd64'],
    ['linux/amd64/v1', 'linux/amd64'],
    ['linux/amd64/V2', 'linux/amd64/v2'],
    ['linux/x86_64', 'linux/amd64'],
    ['linux/x86-64/v1', 'linux/amd64'],
    ['Linux/X86_64', 'linux/amd64'],
    ['linux/i386', 'linux/386'],
    ['linux/i386/v1', 'linux/386'],
    ['linux/386', 'linux/386'],
    ['linux/aarch64', 'linux/arm64'],
    ['linux/aarch64/v8', 'linux/arm64'],
    ['linux/arm64/8', 'linux/arm64'],
    ['linux/arm64/v8.0', 'linux/arm64'],
    ['linux/arm64/v9', 'linux/arm64/v9'],
    ['linux/arm', 'linux/arm/v7'],
    ['linux/arm/7', 'linux/arm/v7'],
    ['linux/arm/v7', 'linux/arm/v7'],
    ['linux/arm/6', 'linux/arm/v6'],
    ['linux/arm/8', 'linux/arm/v8'],
    ['linux/armhf', 'linux/arm/v7'],
    ['linux/armhf/v6', 'linux/arm/v7'],
    ['linux/armel', 'linux/arm/v6'],
    ['linux/s390x', 'linux/s390x'],
    ['macOS/arm64', 'darwin/arm64'],
    ['windows/amd64', 'windows/amd64'],
    ['wasip1/wasm', 'wasip1/wasm'],
  ])('%s is %s', (text, normal) => {
    expect(formatPlatform(parsePlatform(text))).toBe(normal);
    expect(parsePlatform(normal)).toEqual(parsePlatform(text));
  });

  test.each([
    ['', 'linux/amd64'],
    ['amd64', 'Write linux/amd64'],
    ['linux', 'linux/amd64'],
    ['/linux/arm', 'Write linux/arm'],
    ['linux/arm/', 'Write linux/arm'],
    ['linux /arm', 'Write linux/arm'],
    ['linux:amd64', 'Write linux/amd64'],
    [' linux/amd64 ', 'Write linux/amd64'],
    ['linux/&arm', 'linux/arm/v7'],
    ['linux/arm/foo/bar', 'linux/arm/v7'],
    ['linux/amd64,linux/arm64', 'linux/arm/v7'],
    ['windows(10.0.17763)/amd64', 'linux/arm/v7'],
    [`linux/${'a'.repeat(65)}`, 'linux/arm/v7'],
  ])('%j is refused', (text, hint) => {
    expect(() => parsePlatform(text)).toThrow(UserError);
    try {
      parsePlatform(text);
    } catch (error) {
      expect(error).toMatchObject({ code: 'bad-input' });
      if (error instanceof UserError && text !== 'linux') expect(error.hint).toContain(hint);
    }
  });

  test('is compared strictly, the build of Windows apart (Q153, Q155)', () => {
    const windows = { os: 'windows', architecture: 'amd64' };
    expect(samePlatform(windows, { ...windows, osVersion: '10.0.20348.1' })).toBe(true);
    expect(samePlatform(parsePlatform('linux/arm64'), parsePlatform('linux/arm/v8'))).toBe(false);
    expect(samePlatform(parsePlatform('linux/amd64'), parsePlatform('linux/amd64/v2'))).toBe(false);
    expect(samePlatform(parsePlatform('linux/arm'), parsePlatform('linux/arm/v7'))).toBe(true);
  });

  test('normalisation changes nothing the second time', () => {
    const part = fc.oneof(
      fc.stringMatching(/^[A-Za-z0-9_.-]{1,8}$/),
      fc.constantFrom('arm', 'arm64', 'AMD64', 'i386', 'v8', '7'),
    );
    fc.assert(
      fc.property(part, part, fc.option(part, { nil: undefined }), (os, architecture, variant) => {
        const once = normalisePlatform({ os, architecture, ...(variant === undefined ? {} : { variant }) });
        expect(normalisePlatform(once)).toEqual(once);
        expect(parsePlatform(formatPlatform(once))).toEqual(once);
        expect(readPlatform({ os, architecture, variant: variant ?? '' })).toEqual(once);
      }),
    );
  });
});
