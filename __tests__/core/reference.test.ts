import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { parseDigest, readDigest, type Digest } from '../../src/core/digest.ts';
import { UserError } from '../../src/core/errors.ts';
import { isIdentifier } from '../../src/core/reference-grammar.ts';
import {
  canonicalRegistry,
  familiarNameOf,
  familiarReference,
  formatReference,
  isRegistry,
  isRepository,
  isTag,
  nameOf,
  parseReference,
  withDefaultTag,
  type Reference,
} from '../../src/core/reference.ts';

/** The tables of distribution/reference, as data (the files name their source). */
function table(name: string): string {
  return readFileSync(new URL(`../fixtures/reference/${name}.json`, import.meta.url), 'utf8');
}

interface Names {
  readonly valid: readonly string[];
  readonly invalid: readonly string[];
}

const normalize: {
  TestValidateReferenceName: Names;
  TestValidateRemoteName: Names;
  TestParseRepositoryInfo: readonly {
    remoteName: string;
    familiarName: string;
    fullName: string;
    ambiguousName: string;
    domain: string;
  }[];
  TestParseReferenceWithTagAndDigest: { familiar: string; full: string };
  TestInvalidReferenceComponents: { name: string; tag: string; digest: string };
  TestParseAnyReference: readonly { reference: string; equivalent: string; expected?: string }[];
  TestNormalizedSplitHostname: readonly { input: string; domain: string; path: string }[];
  TestParseDockerRef: readonly { name: string; input: string; expected: string }[];
} = JSON.parse(table('normalize'));

const reference: {
  TestReferenceParse: readonly {
    input: string;
    err?: string;
    repository?: string;
    domain?: string;
    tag?: string;
    digest?: string;
  }[];
  TestWithNameFailure: readonly { input: string; err: string }[];
  TestDomainAndPath: readonly { input: string; domain: string; path: string }[];
} = JSON.parse(table('reference'));

interface Match {
  readonly input: string;
  readonly match: boolean;
  readonly subs?: readonly string[];
}

const regexp: {
  TestDomainRegexp: readonly Match[];
  TestFullNameRegexp: readonly Match[];
  TestReferenceRegexp: readonly Match[];
  TestIdentifierRegexp: readonly Match[];
} = JSON.parse(table('regexp'));

function refusal(text: string): UserError {
  try {
    const parsed = parseReference(text);
    throw new Error(`${text} was taken as ${formatReference(parsed)}`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.code).toBe('bad-reference');
    return error;
  }
}

/** Whether `text` is a name alone, which is what WithName and the name's regular expression take. */
function isName(text: string): boolean {
  try {
    const parsed = parseReference(text);
    return parsed.tag === undefined && parsed.digest === undefined;
  } catch {
    return false;
  }
}

/** What normalisation makes of the domain and the name that the grammar alone finds (it takes `foo` of `foo/bar`). */
function normalised(domain: string, name: string): string {
  const isRealDomain = domain === 'localhost' || /[.:A-Z]/.test(domain);
  if (isRealDomain) return name;
  return name.includes('/') ? `docker.io/${name}` : `docker.io/library/${name}`;
}

function splitName(name: string): [domain: string, name: string] {
  return [name.includes('/') ? name.slice(0, name.indexOf('/')) : '', name];
}

describe('normalisation holds for the tables of distribution/reference normalize_test.go', () => {
  const { TestValidateReferenceName: names, TestValidateRemoteName: remotes } = normalize;

  test.each([...names.valid, ...remotes.valid])('%s is a name', (name) => {
    expect(() => parseReference(name)).not.toThrow();
  });

  test.each([...names.invalid, ...remotes.invalid])('%s is refused', (name) => {
    refusal(name);
  });

  test.each(normalize.TestParseRepositoryInfo)('$fullName, $familiarName and $ambiguousName are one name', (row) => {
    for (const text of [row.familiarName, row.fullName, row.ambiguousName].filter((name) => name !== '')) {
      const parsed = parseReference(text);
      expect(parsed).toEqual({ registry: row.domain, repository: row.remoteName });
      expect(nameOf(parsed)).toBe(row.fullName);
      expect(familiarNameOf(parsed)).toBe(row.familiarName);
    }
  });

  test('a tag is kept beside a digest', () => {
    const { familiar, full } = normalize.TestParseReferenceWithTagAndDigest;
    expect(formatReference(parseReference(familiar))).toBe(full);
    expect(familiarReference(parseReference(full))).toBe(familiar);
  });

  test('components that do not fit the grammar are refused one by one', () => {
    const { name, tag, digest } = normalize.TestInvalidReferenceComponents;
    expect([isRepository(name), isTag(tag), readDigest(digest)]).toEqual([false, false, undefined]);
    for (const text of [name, `busybox:${tag}`, `busybox@${digest}`]) refusal(text);
  });

  test.each(normalize.TestParseAnyReference)('$reference is $equivalent', (row) => {
    // Differs: a digest without a name is no image. ParseAnyReference, made for local images, takes it as one.
    if (row.expected === undefined) expect(formatReference(parseReference(row.reference))).toBe(row.equivalent);
    else expect(refusal(row.reference).hint).toContain(`name@${row.equivalent}`);
  });

  test.each(normalize.TestNormalizedSplitHostname)('$input is at $domain', ({ input, domain, path }) => {
    expect(parseReference(input)).toEqual({ registry: domain, repository: path });
  });

  test.each(normalize.TestParseDockerRef)('$input, $name', ({ input, expected }) => {
    const parsed = withDefaultTag(parseReference(input));
    // Differs: ParseDockerRef drops the tag beside a digest; here it is kept (DESIGN.md, "the tag is kept").
    const shown = parsed.tag !== undefined && parsed.digest !== undefined ? `${nameOf(parsed)}@${parsed.digest}` : '';
    expect(shown === '' ? formatReference(parsed) : shown).toBe(expected);
  });
});

const REASONS: Readonly<Record<string, RegExp>> = {
  ErrNameEmpty: /is empty/,
  ErrReferenceInvalidFormat: /is not|is missing|is empty|it holds/,
  ErrDigestInvalidLength: /has 64 hexadecimal digits, this has 34/,
  ErrDigestUnsupported: /algorithm .* is not supported/,
  ErrNameContainsUppercase: /must be lowercase/,
  ErrNameTooLong: /at most 255 are allowed/,
};

describe('the grammar holds for the tables of distribution/reference reference_test.go', () => {
  test.each(reference.TestReferenceParse)('$input', ({ input, err, repository = '', domain = '', tag, digest }) => {
    // Differs: sha512 is taken; the Go package takes it only where a program links crypto/sha512.
    if (input.startsWith('validname@sha512:')) expect(parseReference(input).digest).toBe(input.slice(10));
    else if (err !== undefined) expect(refusal(input).message).toMatch(REASONS[err] ?? /^$/);
    else {
      const parsed = parseReference(input);
      expect(nameOf(parsed)).toBe(normalised(domain, repository));
      expect(parsed.tag).toBe(tag);
      expect(parsed.digest).toBe(digest);
    }
  });

  test.each(reference.TestWithNameFailure)('$input is no name', ({ input }) => {
    expect(isName(input)).toBe(false);
  });

  test.each(reference.TestDomainAndPath)('$input is split at the registry', ({ input, domain, path }) => {
    const name = domain === '' ? path : `${domain}/${path}`;
    // Differs: `test:8080` is a registry for the grammar and for normalisation alike, `foo` of `foo/bar` only for the former.
    expect(nameOf(parseReference(input))).toBe(normalised(domain, name));
  });
});

describe('the grammar holds for the tables of distribution/reference regexp_test.go', () => {
  test.each(regexp.TestDomainRegexp)('$input as a registry: $match', ({ input, match }) => {
    expect(isRegistry(input)).toBe(match);
  });

  /** Differs: the grammar does not bound a port or an address ("will fail on validation"); nobody could ask them. */
  const unusable = [
    '192.168.1.1:75050',
    '192.168.1.1:750050',
    '[fd00123123123]:5000',
    '[fd00:1:2::3]:75050',
    '1.2.3.400',
  ];
  test.each(unusable)('%s fits the grammar but cannot be asked', (registry) => {
    expect(isRegistry(registry)).toBe(true);
    expect(refusal(`${registry}/name`).message).toContain('cannot be asked');
  });

  test.each(regexp.TestFullNameRegexp)('$input as a name: $match', ({ input, match, subs }) => {
    // Differs: 257 characters fit the regular expression, which knows no length; without a registry all of them are path.
    if (input.length > 255) expect(refusal(input).message).toContain('at most 255');
    else {
      expect(isName(input)).toBe(match);
      const [domain = '', path = ''] = subs ?? [];
      if (path === '') return;
      expect(nameOf(parseReference(input))).toBe(normalised(domain, domain === '' ? path : `${domain}/${path}`));
    }
  });

  test.each(regexp.TestReferenceRegexp)('$input as a reference: $match', ({ input, match, subs = [] }) => {
    if (!match) {
      refusal(input);
      return;
    }
    const { tag = '', digest = '', ...name } = parseReference(input);
    expect([nameOf(name), tag, digest]).toEqual([normalised(...splitName(subs[0] ?? '')), subs[1], subs[2]]);
  });

  test.each(regexp.TestIdentifierRegexp)('$input as an image ID: $match', ({ input, match }) => {
    expect(isIdentifier(input)).toBe(match);
    if (match) expect(refusal(input).message).toContain('image ID');
  });
});

const hex = '764c89bf53e9935db99a57253a0a2a1d9660bf4db8edd741781707122d24cec5';

describe('traps of normalisation', () => {
  test.each([
    ['192.168.0.1:80', 'docker.io/library/192.168.0.1:80'],
    ['localhost:5000', 'docker.io/library/localhost:5000'],
    ['localhost/x', 'localhost/x'],
    ['a.b/c', 'a.b/c'],
    ['Foo/bar', 'Foo/bar'],
    ['docker.io/x', 'docker.io/library/x'],
    ['index.docker.io/library/x', 'docker.io/library/x'],
    ['registry-1.docker.io/x', 'registry-1.docker.io/x'],
    [`docker.io/${hex}`, `docker.io/library/${hex}`],
    ['[::1]:5000/x', '[::1]:5000/x'],
    [`a/b:tag@sha256:${hex}`, `docker.io/a/b:tag@sha256:${hex}`],
    ['GHCR.io/acme/api:V1', 'GHCR.io/acme/api:V1'],
  ])('%s is %s', (text, full) => {
    expect(formatReference(parseReference(text))).toBe(full);
  });

  const invalid = [
    'x:',
    'x@',
    ':x',
    `@sha256:${hex}`,
    'x//y',
    '-x',
    'x-',
    'x___y',
    'x..y',
    'x/',
    '/x',
    'foo_bar.com/x',
  ];
  test.each([...invalid, `x:${'t'.repeat(129)}`, 'x:-x', 'x:.x', 'x@sha256:', 'x:1:2', 'x@y@z'])(
    '%s is refused',
    (text) => {
      refusal(text);
    },
  );

  test('a registry is compared without case, and Docker Hub under all its names', () => {
    const names = ['docker.io', 'index.docker.io', 'Registry-1.docker.io', 'GHCR.io', '[FD00::1]:5000'];
    expect(names.map(canonicalRegistry)).toEqual(['docker.io', 'docker.io', 'docker.io', 'ghcr.io', '[fd00::1]:5000']);
  });

  test('the default tag is added only where neither tag nor digest stands', () => {
    const texts = ['nginx', 'nginx:1', `nginx@sha256:${hex}`];
    const shown = texts.map((text) => familiarReference(withDefaultTag(parseReference(text))));
    expect(shown).toEqual(['nginx:latest', 'nginx:1', `nginx@sha256:${hex}`]);
  });

  test.each(['docker.io/a.b/c', 'docker.io/localhost/c', `docker.io/library/${hex}`])(
    '%s has no short form',
    (text) => {
      expect(familiarReference(parseReference(text))).toBe(text);
    },
  );
});

describe('what is wrong is said, with the form that was probably meant', () => {
  test.each([
    ['GHCR.io/Acme/API:1', 'must be lowercase', 'repository names are lower-case: GHCR.io/acme/api:1'],
    ['ghcr.io/Acme/api', 'ghcr.io/Acme/api must be lowercase', 'repository names are lower-case: ghcr.io/acme/api'],
    ['Nginx:Latest', 'docker.io/library/Nginx', 'repository names are lower-case: nginx:Latest'],
    ['Acme/Api', 'must be lowercase', '"Acme" is read as a registry'],
    ['Acme/Api:V1', 'must be lowercase', 'on Docker Hub it is acme/api:V1'],
    ['localhost/Foo', 'must be lowercase', 'repository names are lower-case: localhost/foo'],
    ['docker://nginx', 'begins with docker://', 'Write nginx'],
    ['oci://GHCR.io/Acme/charts', 'begins with oci://', 'Write GHCR.io/acme/charts'],
    ['https://ghcr.io/acme/api/', 'begins with https://', 'Write ghcr.io/acme/api'],
    ['https://hub.docker.com/r/grafana/grafana', 'begins with https://', 'Write grafana/grafana'],
    ['https://hub.docker.com/_/nginx', 'begins with https://', 'Write nginx'],
    [' nginx:1 ', 'a blank (U+0020)', 'Write nginx:1'],
    ['"nginx:1"', 'is not a path component', 'Write nginx:1'],
    ['nginx@1.27', 'the algorithm is missing', 'Write nginx:1.27'],
    [`nginx@${hex}`, 'the algorithm is missing', `Write nginx@sha256:${hex}`],
    [`nginx:sha256:${hex}`, 'is not a tag', `Write nginx@sha256:${hex}`],
    [`Nginx@SHA256:${hex.toUpperCase()}`, 'must be lowercase', `Write nginx@sha256:${hex}`],
    [`sha256:${hex}`, 'a digest without a name', `Write name@sha256:${hex}`],
    [hex, 'a bare image ID', `Write name@sha256:${hex}`],
    [`x@sha384:${hex}${hex.slice(32)}`, 'the algorithm "sha384" is not supported', 'A digest looks like sha256:'],
    [`x@sha256:${hex.slice(1)}`, 'has 64 hexadecimal digits, this has 63', 'A digest looks like sha256:'],
    ['nginx:', 'the tag after ":" is empty', 'a variable may be empty'],
    ['nginx@', 'the digest after "@" is empty', 'a variable may be empty'],
    ['ghcr.io/acme/api:$TAG', 'it holds a "$"', 'Variables are not expanded here'],
    ['ghcr.io//api', 'a part of the repository is empty', 'a variable may be empty'],
    ['', 'is empty', 'a variable may be empty'],
    ['ghcr.io/', 'the name is missing', 'A reference is'],
    ['foo_bar.com/x', '"foo_bar.com" is not a registry', 'Host names hold letters, digits and dashes'],
    ['fc00::1:5000/debian', 'is not a registry', 'IPv6 addresses stand in brackets'],
    ['x'.repeat(2000), 'has 2000 characters, at most 1024', 'A reference is'],
    [`x:${'t'.repeat(129)}`, 'has 129 characters, at most 128', 'Shorten the tag'],
    [`ghcr.io/${'a'.repeat(256)}`, 'has 256 characters, at most 255', 'A reference is'],
  ])('%s', (text, why, hint) => {
    const error = refusal(text);
    expect(error.message).toContain(why);
    expect(error.hint).toContain(hint);
  });

  test.each([
    ['ɡhcr.io/acme/api', 'U+0261', '\\u{261}hcr.io'],
    ['gh\u200bcr.io/acme/api', 'U+200B', 'gh\\u{200b}cr.io'],
    ['ghсr.io/acme/api', 'U+0441', 'gh\\u{441}r.io'],
    ['nginx\u202e:1', 'U+202E', 'nginx\\u{202e}:1'],
    ['nginx:\u{1f433}', 'U+1F433', 'nginx:\\u{1f433}'],
    ['nginx\n::error::x', 'U+000A', 'nginx\\u{a}::error'],
    ['ｎginx', 'U+FF4E', '\\u{ff4e}ginx'],
  ])('look-alikes and invisible characters are named: %j', (text, name, shown) => {
    const { message } = refusal(text);
    expect(message).toContain(name);
    expect(message).toContain(shown);
    expect(message).toMatch(/^[ -~]*$/);
  });
});

const label = fc.stringMatching(/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,8}[a-zA-Z0-9])?$/);
const host = fc.oneof(
  fc.tuple(label, label, fc.constantFrom('io', 'com', 'example')).map((labels) => labels.join('.')),
  fc.constantFrom('localhost', '[::1]', '[fd00::1]', '127.0.0.1', 'xn--n3h.com', 'Foo'),
);
const registry = fc.oneof(
  fc.constant('docker.io'),
  fc
    .tuple(host, fc.option(fc.integer({ min: 1, max: 65535 })))
    .map(([name, port]) => (port === null ? name : `${name}:${port}`)),
);
const component = fc.stringMatching(/^[a-z0-9]{1,6}((\.|_|__|-{1,3})[a-z0-9]{1,6}){0,2}$/);
const digest = fc
  .tuple(fc.constantFrom({ name: 'sha256', size: 64 }, { name: 'sha512', size: 128 }), fc.infiniteStream(fc.nat(15)))
  .map(([{ name, size }, digits]) => {
    const text = Array.from({ length: size }, () => (digits.next().value ?? 0).toString(16)).join('');
    return parseDigest(`${name}:${text}`);
  });
const anyReference: fc.Arbitrary<Reference> = fc
  .record({
    registry,
    path: fc.array(component, { minLength: 1, maxLength: 4 }),
    tag: fc.option(fc.stringMatching(/^\w[\w.-]{0,20}$/), { nil: undefined }),
    digest: fc.option(digest, { nil: undefined }),
  })
  .map(({ registry: where, path, ...identifiers }) => {
    const repository = where === 'docker.io' && path.length === 1 ? `library/${path[0]}` : path.join('/');
    return withIdentifiers({ registry: where, repository }, identifiers.tag, identifiers.digest);
  });

function withIdentifiers(name: Reference, tag: string | undefined, pinned: Digest | undefined): Reference {
  return { ...name, ...(tag === undefined ? {} : { tag }), ...(pinned === undefined ? {} : { digest: pinned }) };
}

describe('properties', () => {
  test('a reference that is written out, in full or in short, reads as itself', () => {
    fc.assert(
      fc.property(anyReference, (value) => {
        expect(parseReference(formatReference(value))).toEqual(value);
        expect(parseReference(familiarReference(value))).toEqual(value);
      }),
    );
  });

  test('whatever is taken is within the grammar, and whatever is not is a UserError that can be printed', () => {
    const alphabet = fc.constantFrom(...Array.from('aZ0:@/.-_ $[]sh\u{200b}\u{1f433}"%'), 'sha256:', 'docker.io', hex);
    const texts = fc.oneof(fc.string({ unit: alphabet, maxLength: 40 }), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(texts, (text) => {
        try {
          const parsed = parseReference(text);
          expect(isRegistry(parsed.registry) && isRepository(parsed.repository)).toBe(true);
          expect(isTag(parsed.tag ?? 'latest')).toBe(true);
          expect(parseReference(formatReference(parsed))).toEqual(parsed);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
          if (error instanceof UserError) expect(`${error.message} ${error.hint}`).toMatch(/^[ -~]+$/);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a correction that is offered is itself a reference', () => {
    const broken = fc.tuple(anyReference, fc.constantFrom('docker://', ' ', '"', 'https://')).map(([value, noise]) => {
      const text = formatReference(value);
      return noise === '"' ? `"${text}"` : noise + text;
    });
    fc.assert(
      fc.property(broken, (text) => {
        const { hint } = refusal(text);
        expect(hint).toMatch(/^Write /);
        expect(() => parseReference(hint.slice('Write '.length))).not.toThrow();
      }),
    );
  });

  test('long hostile input is refused at once', () => {
    const pieces = ['a', 'a-', 'a.', '-', ':', '@', '/', 'A', '[', 'a__', ' ', '\u{1f433}'];
    for (const piece of pieces) refusal(piece.repeat(16_384));
  });
});
