import { describe, expect, test } from '@jest/globals';
import { createServer, request, type IncomingMessage, type RequestListener } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createHttps } from 'node:https';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Transport, TransportOptions } from '../../src/ports/http.ts';
import { chooseProxy, proxyEnvironment, proxySecrets } from '../../src/ports/proxy.ts';
import { makeAuthority } from '../support/certificates.ts';
import { failure, get, listen, transport } from '../support/exchanges.ts';

const authority = makeAuthority();
const pair = authority.issue({ hosts: ['localhost', 'registry.test', '127.0.0.1'] });
const trusting = { tls: async () => ({ ca: [authority.cert] }) };

/** A proxy that resolves every name to this machine, and tells what it was asked. */
async function proxy(secure = false): Promise<{ port: number; asked: { line: string; login: unknown }[] }> {
  const asked: { line: string; login: unknown }[] = [];
  const note = (message: IncomingMessage): void => {
    asked.push({ line: `${message.method} ${message.url}`, login: message.headers['proxy-authorization'] });
  };
  const forward: RequestListener = (incoming, outgoing) => {
    note(incoming);
    const { port, pathname } = new URL(incoming.url ?? '');
    const { 'proxy-authorization': _, ...headers } = incoming.headers;
    request({ host: '127.0.0.1', port, path: pathname, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    }).end();
  };
  const server = secure ? createHttps(pair, forward) : createServer(forward);
  server.on('connect', (incoming: IncomingMessage, client: Duplex, head: Buffer) => {
    note(incoming);
    const upstream = connect(Number(incoming.url?.split(':').pop()), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
    client.on('close', () => upstream.destroy());
  });
  return { port: (await listen(server)).port, asked };
}

function proxied(options: Partial<TransportOptions>): Transport {
  return transport({ ...trusting, ...options });
}

describe('through a proxy', () => {
  test.each([false, true])('https goes in a tunnel that is kept (proxy over TLS: %s)', async (secure) => {
    const { port: target } = await listen(
      createHttps(pair, (_, response) => void response.setHeader('content-length', 2).end('ok')),
    );
    const { port, asked } = await proxy(secure);
    const scheme = secure ? 'https' : 'http';
    const sender = proxied({ proxy: { https: `${scheme}://user:p%40ss@127.0.0.1:${port}` } });
    for (const path of ['1', '2']) {
      const answer = await get(sender, `https://registry.test:${target}/${path}`);
      expect(Buffer.from(answer.body).toString()).toBe('ok');
    }
    expect(asked).toEqual([
      { line: `CONNECT registry.test:${target}`, login: `Basic ${Buffer.from('user:p@ss').toString('base64')}` },
    ]);
  });

  test('HTTP/2 is spoken inside the tunnel, and the tunnel can be opened early', async () => {
    const versions: string[] = [];
    const { port: target } = await listen(
      createSecureServer(pair, (incoming, response) => {
        versions.push(incoming.httpVersion);
        response.end('ok');
      }),
    );
    const { port, asked } = await proxy();
    const sender = proxied({ proxy: { https: `127.0.0.1:${port}` } });
    const url = `https://registry.test:${target}/`;
    sender.preconnect(new URL(url));
    await Promise.all(Array.from({ length: 20 }, () => get(sender, url)));
    expect(versions).toEqual(Array.from({ length: 20 }, () => '2.0'));
    expect(asked.length).toBe(1);
  });

  test('http is forwarded as a whole URL, and the login stays with the proxy', async () => {
    const seen: unknown[] = [];
    const { port: target } = await listen(
      createServer((incoming, response) => {
        seen.push(incoming.headers['host'], incoming.headers['proxy-authorization']);
        response.end('ok');
      }),
    );
    const { port, asked } = await proxy();
    const sender = proxied({ proxy: { http: `http://user@127.0.0.1:${port}/` } });
    const answer = await get(sender, `http://registry.test:${target}/path`);
    expect(answer.status).toBe(200);
    expect(asked).toEqual([
      { line: `GET http://registry.test:${target}/path`, login: `Basic ${Buffer.from('user:').toString('base64')}` },
    ]);
    expect(seen).toEqual([`registry.test:${target}`, undefined]);
  });

  test('the proxy’s own address is not held against a server that a registry names', async () => {
    const { port: target } = await listen(createServer((_, response) => void response.end('ok')));
    const { port, asked } = await proxy();
    const sender = proxied({ proxy: { http: `http://localhost:${port}/` } });
    const answer = await get(sender, `http://named.test:${target}/`, { onWordOf: 'registry.example.com' });
    expect([answer.status, asked.length]).toEqual([200, 1]);
  });

  test('literals that a registry names are still checked', async () => {
    const { port, asked } = await proxy();
    const sender = proxied({ proxy: { https: `http://127.0.0.1:${port}` } });
    const error = await failure(get(sender, 'https://169.254.169.254/', { onWordOf: 'registry.example.com' }));
    expect(error.code).toBe('registry-refused');
    expect(asked).toEqual([]);
  });

  test.each([
    [407, 'wants a login (407)', false],
    [403, 'refuses a connection', false],
    [502, 'refuses a connection', true],
  ])('an answer of %d is told with the proxy’s name and without its password', async (status, expected, retryable) => {
    const server = createServer();
    server.on(
      'connect',
      (_: IncomingMessage, client: Duplex) => void client.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`),
    );
    const { port } = await listen(server);
    const error = await failure(
      get(proxied({ proxy: { https: `http://user:hunter22@127.0.0.1:${port}` } }), 'https://registry.test/'),
    );
    expect(error).toMatchObject({ code: 'proxy', retryable });
    expect(error.message).toContain(`127.0.0.1:${port}`);
    expect(error.message).toContain(expected);
    expect(JSON.stringify([error.message, error.hint])).not.toContain('hunter22');
  });

  test('407 to a forwarded request is the proxy’s, too', async () => {
    const { port } = await listen(createServer((_, response) => void response.writeHead(407).end()));
    expect(
      (await failure(get(proxied({ proxy: { http: `http://127.0.0.1:${port}` } }), 'http://registry.test/'))).code,
    ).toBe('proxy');
  });

  test('a proxy that cannot be reached is told', async () => {
    const error = await failure(
      get(proxied({ proxy: { https: 'http://user:hunter22@127.0.0.1:1' } }), 'https://registry.test/'),
    );
    expect(error).toMatchObject({ code: 'proxy', retryable: true });
    expect(error.message).toMatch(/127\.0\.0\.1:1.*ECONNREFUSED/);
    expect(error.message).not.toContain('hunter22');
  });

  test('a proxy that never answers ends with the connect time', async () => {
    const server = createServer();
    server.on('connect', () => undefined);
    const { port } = await listen(server);
    const sender = proxied({ proxy: { https: `http://127.0.0.1:${port}` }, limits: { connectTimeout: 50 } });
    expect(await failure(get(sender, 'https://registry.test/'))).toMatchObject({ code: 'proxy', retryable: true });
  });

  test('a tunnel that is being opened ends with the transport', async () => {
    const server = createServer();
    const { port } = await listen(server);
    const asked = new Promise<Duplex>((resolve) => void server.once('connect', (_, client) => resolve(client)));
    const sender = proxied({ proxy: { https: `http://127.0.0.1:${port}` } });
    sender.preconnect(new URL('https://registry.test/'));
    const client = await asked;
    const closed = new Promise<void>((resolve) => void client.once('end', () => resolve()));
    client.on('error', () => undefined).resume();
    await sender.close();
    await closed;
  });

  test('an untrusted certificate behind the proxy is a matter of TLS', async () => {
    const { port: target } = await listen(
      createHttps(makeAuthority().issue({ hosts: ['registry.test'] }), () => undefined),
    );
    const { port } = await proxy();
    const sender = proxied({ proxy: { https: `http://127.0.0.1:${port}` } });
    expect(await failure(get(sender, `https://registry.test:${target}/`))).toMatchObject({
      code: 'tls',
      retryable: false,
    });
  });
});

describe('the proxy of a URL', () => {
  const all = { https: 'http://s:1', http: 'http://p:2', all: 'http://a:3', noProxy: 'direct.example' };

  test.each([
    ['https://r.example/', all, 's:1'],
    ['http://r.example/', all, 'p:2'],
    ['https://r.example/', { all: 'http://a:3', http: 'http://p:2' }, 'a:3'],
    ['https://r.example/', { http: 'http://p:2' }, 'p:2'],
    ['http://r.example/', { all: 'http://a:3' }, 'a:3'],
    ['http://r.example/', { https: 'http://s:1' }, undefined],
    ['https://direct.example/', all, undefined],
    ['https://localhost:5000/', all, undefined],
    ['https://127.0.0.1/', all, undefined],
    ['https://r.example/', {}, undefined],
    ['https://r.example/', { https: 'proxy.example:3128' }, 'proxy.example:3128'],
  ])('%s with %j is %s', (url, environment, expected) => {
    expect(chooseProxy(environment, new URL(url))?.url.host).toBe(expected);
  });

  test.each(['socks5://user:hunter22@p:1080', 'http://', 'a b'])(
    '%j cannot be used, which is said without its login',
    async (value) => {
      const error = await failure(get(proxied({ proxy: { https: value } }), 'https://registry.test/'));
      expect(error).toMatchObject({ code: 'proxy', retryable: false });
      expect(error.message).not.toContain('hunter22');
    },
  );

  test.each([
    [{ https_proxy: 'a', HTTPS_PROXY: 'b' }, { https: 'a' }],
    [{ https_proxy: '', HTTPS_PROXY: 'b' }, { https: 'b' }],
    [
      { HTTP_PROXY: 'c', no_proxy: 'd', ALL_PROXY: 'e' },
      { http: 'c', noProxy: 'd', all: 'e' },
    ],
    [{ HTTPS_PROXY: ' ' }, {}],
  ])('is read from %j', (environment, expected) => {
    expect(proxyEnvironment(environment)).toEqual(expected);
  });

  test('holds secrets that can be masked', () => {
    expect(proxySecrets({ https: 'http://user:p%40ss@h:1', http: 'user:other@h', all: 'http://h' })).toEqual([
      'p%40ss',
      'p@ss',
      Buffer.from('user:p@ss').toString('base64'),
      'other',
      'other',
      Buffer.from('user:other').toString('base64'),
    ]);
  });
});
