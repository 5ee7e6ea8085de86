import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import {
  canonicalHost,
  findLogin,
  helpersFor,
  parseCredentialFile,
  serverUrl,
} from '../../src/registry/credential-file.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const fileOf = (value: unknown): ReturnType<typeof parseCredentialFile> => parseCredentialFile(JSON.stringify(value));
const loginOf = (entry: unknown): unknown => {
  const login = findLogin(fileOf({ auths: { 'r.example': entry } }), 'r.example', 'a/b', 'docker');
  if (login === undefined) return undefined;
  const { secrets, ...rest } = login;
  expect(secrets.length).toBeGreaterThan(0);
  return rest;
};

describe('an entry', () => {
  test.each([
    ['auth', { auth: base64('me:pass') }, { kind: 'basic', username: 'me', password: 'pass' }],
    [
      'auth with colons in the password',
      { auth: base64('me:a:b') },
      { kind: 'basic', username: 'me', password: 'a:b' },
    ],
    ['auth padded with NUL', { auth: base64('me:pass\0\0') }, { kind: 'basic', username: 'me', password: 'pass' }],
    [
      'auth without padding',
      { auth: base64('me:pass1').replaceAll('=', '') },
      { kind: 'basic', username: 'me', password: 'pass1' },
    ],
    ['auth in UTF-8', { auth: base64('mé:pässword') }, { kind: 'basic', username: 'mé', password: 'pässword' }],
    [
      'user name and password',
      { username: 'me', password: 'pass' },
      { kind: 'basic', username: 'me', password: 'pass' },
    ],
    [
      'auth before user name',
      { auth: base64('me:pass'), username: 'x', password: 'y' },
      { kind: 'basic', username: 'me', password: 'pass' },
    ],
    [
      'identity token',
      { auth: base64('0000:'), identitytoken: 'refresh' },
      { kind: 'identity-token', token: 'refresh' },
    ],
    ['the user <token>', { auth: base64('<token>:refresh') }, { kind: 'identity-token', token: 'refresh' }],
    ['registry token', { registrytoken: 'bearer', identitytoken: 'x' }, { kind: 'registry-token', token: 'bearer' }],
    ['nothing, since it is in a store', {}, undefined],
    ['an e-mail only', { email: 'a@b' }, undefined],
    ['a user without password', { username: 'me' }, undefined],
  ])('with %s', (_, entry, expected) => {
    expect(loginOf(entry)).toEqual(expected);
  });

  test('tells the secret in every form in which it stands there', () => {
    const auth = base64('me:password');
    const login = findLogin(fileOf({ auths: { 'r.example': { auth } } }), 'r.example', 'a', 'docker');
    expect(login?.secrets).toEqual(['password', auth]);
  });

  test.each([
    ['no object', 'text', 'is not an object'],
    ['no base64', { auth: '***' }, 'not base64'],
    ['no colon', { auth: base64('secret-without') }, 'without a colon'],
    ['no user', { auth: base64(':secret') }, 'without a user name'],
    ['no password', { auth: base64('me:') }, 'without a password'],
  ])('that is unreadable (%s) is left out with a warning that holds no value', (_, entry, expected) => {
    const file = fileOf({ auths: { bad: entry, good: { auth: base64('me:pass') } } });
    expect(file.warnings).toEqual([expect.stringContaining(expected)]);
    expect(file.warnings.join('')).not.toMatch(/secret|c2Vj/);
    expect(findLogin(file, 'good', 'a', 'docker')).toMatchObject({ password: 'pass' });
  });
});

describe('a file', () => {
  test.each(['', 'null', '[]', '"x"', '{', '1', '\uFEFF'])('that is %j is empty, with a warning', (text) => {
    expect(parseCredentialFile(text)).toMatchObject({ entries: [], warnings: ['it is not a JSON object'] });
  });

  test('with a byte order mark is read', () => {
    expect(parseCredentialFile('\uFEFF{"auths":{}}').warnings).toEqual([]);
  });

  test('with odd members is read as far as it goes', () => {
    const file = fileOf({ auths: [], credHelpers: { a: 1, 'b.example': 'x' }, credsStore: 5 });
    expect(file.warnings).toEqual(['"auths" is not an object']);
    expect([...file.helpers]).toEqual([['b.example', 'x']]);
    expect(file.store).toBeUndefined();
  });

  test('with the keys of prototypes is read as data', () => {
    const file = parseCredentialFile(`{"auths":{"__proto__":{"auth":"${base64('me:pass')}"}}}`);
    expect(findLogin(file, '__proto__', 'a', 'docker')).toMatchObject({ username: 'me' });
    expect(findLogin(file, 'constructor', 'a', 'docker')).toBeUndefined();
  });

  test('of any content never throws', () => {
    fc.assert(fc.property(fc.json(), (text) => void parseCredentialFile(text)));
    fc.assert(
      fc.property(fc.string(), (text) => void parseCredentialFile(`{"auths":{"x":{"auth":${JSON.stringify(text)}}}}`)),
    );
  });
});

const find = (
  keys: readonly string[],
  registry: string,
  repository: string,
  style: 'docker' | 'containers',
): string | undefined => {
  const auths = Object.fromEntries(keys.map((key) => [key, { username: key, password: 'pass' }]));
  const login = findLogin(fileOf({ auths }), registry, repository, style);
  return login?.kind === 'basic' ? login.username : undefined;
};

describe('the entry for a repository', () => {
  test.each([
    [['ghcr.io'], 'ghcr.io', 'a/b', 'ghcr.io'],
    [['https://ghcr.io'], 'ghcr.io', 'a/b', 'https://ghcr.io'],
    [['https://ghcr.io/v2/'], 'ghcr.io', 'a/b', 'https://ghcr.io/v2/'],
    [['http://localhost:5000/v1/'], 'localhost:5000', 'a', 'http://localhost:5000/v1/'],
    [['GHCR.io'], 'ghcr.IO', 'a/b', 'GHCR.io'],
    [['ghcr.io.'], 'ghcr.io', 'a/b', 'ghcr.io.'],
    [['registry.example.com'], 'registry.example.com.evil', 'a', undefined],
    [['registry.example.com'], 'example.com', 'a', undefined],
    [['example.com'], 'registry.example.com', 'a', undefined],
    [['example.com:5000'], 'example.com', 'a', undefined],
    [['example.com'], 'example.com:5000', 'a', undefined],
    [['evil.example/registry.example.com'], 'registry.example.com', 'a', undefined],
    [['https://index.docker.io/v1/'], 'docker.io', 'library/nginx', 'https://index.docker.io/v1/'],
    [['registry-1.docker.io'], 'docker.io', 'library/nginx', 'registry-1.docker.io'],
    [['docker.io', 'https://index.docker.io/v1/'], 'docker.io', 'library/nginx', 'https://index.docker.io/v1/'],
    [['docker.io'], 'index.docker.io', 'library/nginx', 'docker.io'],
    [['docker.io'], 'docker.io.evil', 'library/nginx', undefined],
    [['hub.docker.io'], 'docker.io', 'library/nginx', undefined],
    [['r.example', 'r.example/a', 'r.example/a/b'], 'r.example', 'a/b', 'r.example/a/b'],
    [['r.example', 'r.example/a', 'r.example/a/b'], 'r.example', 'a/c', 'r.example/a'],
    [['r.example', 'r.example/a', 'r.example/a/b'], 'r.example', 'ab/c', 'r.example'],
    [['r.example/a/'], 'r.example', 'a/b', 'r.example/a/'],
  ] as const)('among %j of %s/%s is %s', (keys, registry, repository, expected) => {
    expect(find(keys, registry, repository, 'containers')).toBe(expected);
    expect(find(keys, registry, repository, 'docker')).toBe(expected);
  });

  test('of another path of the host is docker’s last resort, and nobody else’s', () => {
    expect(find(['r.example/a'], 'r.example', 'x/y', 'docker')).toBe('r.example/a');
    expect(find(['r.example/a'], 'r.example', 'x/y', 'containers')).toBeUndefined();
  });
});

describe('helpers', () => {
  test.each([
    [{ credHelpers: { 'ghcr.io': 'one' }, credsStore: 'two' }, 'ghcr.io', ['one', 'two']],
    [{ credHelpers: { 'ghcr.io': 'one' }, credsStore: 'one' }, 'ghcr.io', ['one']],
    [{ credHelpers: { 'ghcr.io': 'one' } }, 'ghcr.io.evil', []],
    [{ credHelpers: { 'https://index.docker.io/v1/': 'hub' } }, 'docker.io', ['hub']],
    [{ credsStore: 'two' }, 'any.example', ['two']],
    [{ credsStore: '' }, 'any.example', []],
  ])('of %j for %s are %j', (value, registry, expected) => {
    expect(helpersFor(fileOf(value), registry)).toEqual(expected);
  });

  test('know Docker Hub by its old URL and others by their host', () => {
    expect(serverUrl('docker.io')).toBe('https://index.docker.io/v1/');
    expect(serverUrl('localhost:5000')).toBe('localhost:5000');
  });
});

test('hosts are only folded into Docker Hub by the table', () => {
  expect(
    ['docker.io', 'index.docker.io', 'Registry-1.docker.io.', 'x.docker.io', 'docker.io:443'].map(canonicalHost),
  ).toEqual(['docker.io', 'docker.io', 'docker.io', 'x.docker.io', 'docker.io:443']);
});
