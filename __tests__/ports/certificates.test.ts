import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { certificateFolders, createCertificates, readCaFile } from '../../src/ports/certificates.ts';
import { makeAuthority } from '../support/certificates.ts';
import { get, listen, text, transport } from '../support/exchanges.ts';

const authority = makeAuthority();
const client = authority.issue({ name: 'runner' });

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'certificates-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(path: string, value: string): Promise<string> {
  const full = join(root, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, value);
  return full;
}

describe('certificates by registry', () => {
  test('are found for the very host and port, in every folder', async () => {
    await put('one/r.example:5000/ca.crt', authority.cert);
    await put('two/r.example:5000/client.cert', client.cert);
    await put('two/r.example:5000/client.key', client.key);
    await put('one/r.example/other.crt', 'other');
    const find = createCertificates({ folders: [join(root, 'one'), join(root, 'missing'), join(root, 'two')] });
    const { ca = [], cert, key } = await find('r.example:5000');
    expect([ca.at(-1), ca.length > 100, cert, key]).toEqual([authority.cert, true, [client.cert], [client.key]]);
    expect((await find('r.example')).ca?.at(-1)).toBe('other');
    expect(await find('other.example')).toEqual({});
    expect(await find('r.example:5001')).toEqual({});
  });

  test('are one object for all servers without a folder of their own, so that it is made into a context once', async () => {
    await put('one/r.example/ca.crt', authority.cert);
    const find = createCertificates({ folders: [join(root, 'one')], extraCa: authority.cert });
    const [one, other, own] = [await find('a.example'), await find('b.example:5000'), await find('r.example')];
    expect([one === other, own === one, own.ca?.length === (one.ca?.length ?? 0) + 1]).toEqual([true, false, true]);
  });

  test('are found under the port of https, and without the colon that Windows cannot write', async () => {
    await put('one/a.example:443/ca.crt', 'a');
    await put('one/b.example5000/ca.crt', 'b');
    const find = createCertificates({ folders: [join(root, 'one')] });
    expect((await find('a.example')).ca?.at(-1)).toBe('a');
    expect((await find('b.example:5000')).ca?.at(-1)).toBe('b');
  });

  test('without a key are an error that names the file', async () => {
    await put('one/r.example/client.cert', client.cert);
    const find = createCertificates({ folders: [join(root, 'one')] });
    await expect(find('r.example')).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('client.key'),
    });
    // The transport tells it as it is.
    const tls = (): ReturnType<typeof find> => find('r.example');
    await expect(get(transport({ tls }), 'https://127.0.0.1:1/')).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('let the transport speak with the registry', async () => {
    const server = createServer(
      { ...authority.issue({ hosts: ['localhost'] }), ca: authority.cert, requestCert: true },
      (_, response) => void response.end('ok'),
    );
    const { port } = await listen(server);
    for (const [name, value] of [
      ['ca.crt', authority.cert],
      ['x.cert', client.cert],
      ['x.key', client.key],
    ] as const) {
      await put(`one/localhost:${port}/${name}`, value);
    }
    const tls = createCertificates({ folders: [join(root, 'one')] });
    expect(text(await get(transport({ tls }), `https://localhost:${port}/`))).toBe('ok');
  });

  test('are where docker and podman look', () => {
    expect(certificateFolders('linux', '/home/me', {})).toEqual([
      '/etc/docker/certs.d',
      '/etc/containers/certs.d',
      '/home/me/.config/containers/certs.d',
      '/home/me/.config/docker/certs.d',
    ]);
    expect(certificateFolders('win32', 'C:\\me', {})).toEqual([]);
  });
});

describe('a ca-file', () => {
  test('is added to what Node trusts', async () => {
    const { port } = await listen(
      createServer(authority.issue({ hosts: ['localhost'] }), (_, response) => void response.end('ok')),
    );
    const extraCa = await readCaFile(
      await put('ca.pem', `Subject: a comment\n${makeAuthority('Another Authority').cert}\n${authority.cert}`),
    );
    const tls = createCertificates({ extraCa, folders: [] });
    expect((await tls('x')).ca?.length).toBeGreaterThan(100);
    expect(text(await get(transport({ tls }), `https://localhost:${port}/`))).toBe('ok');
  });

  test.each([
    ['empty', '', 'holds no certificate'],
    ['a key', client.key, 'holds no certificate'],
    ['binary', '\0\u0001\u0002', 'holds no certificate'],
    [
      'garbage in its frame',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      'cannot be read (number 1)',
    ],
  ])('that is %s is refused', async (_, value, expected) => {
    const path = await put('ca.pem', value);
    await expect(readCaFile(path)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(expected),
    });
  });

  test('that is missing is refused by name', async () => {
    await expect(readCaFile(join(root, 'none.pem'))).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/none\.pem.*ENOENT/),
    });
  });
});
