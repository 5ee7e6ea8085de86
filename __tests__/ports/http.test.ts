import { describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type Server as TcpServer, type Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { Transport } from '../../src/ports/http.ts';
import { TransportError, type HttpResponse } from '../../src/registry/http.ts';
import { makeAuthority, type IssueOptions } from '../support/certificates.ts';
import { failure, get, listen, text, transport, type Listening } from '../support/exchanges.ts';

const authority = makeAuthority();
const pair = authority.issue({ hosts: ['localhost', '127.0.0.1', '::1'] });
const trusting = { tls: async () => ({ ca: [authority.cert] }) };

/** A server that says these bytes to every request, then does what `then` says. */
function raw(bytes: string, then: (socket: Socket) => void = () => undefined): TcpServer {
  return createTcp((socket) => {
    socket.once('data', () => {
      socket.write(bytes);
      then(socket);
    });
  });
}

const slowly: RequestListener = (_, response) => {
  setTimeout(() => response.setHeader('content-length', 2).end('ok'), 5);
};

function sendAll(sender: Transport, url: string, count: number): Promise<HttpResponse[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => get(sender, `${url}/${index}`)));
}

function serveEncoded(encoding: string, bytes: Uint8Array, status = 200): Promise<Listening> {
  return listen(
    createHttp((_, response) => void response.writeHead(status, { 'content-encoding': encoding }).end(bytes)),
  );
}

function serveCertificate(options: IssueOptions): Promise<Listening> {
  return listen(createHttps(authority.issue(options), (_, response) => void response.end('ok')));
}

function ok(): Promise<Listening> {
  return listen(createHttp((_, response) => void response.end('ok')));
}

describe('an exchange', () => {
  test('sends what it is given and nothing else, and tells what came', async () => {
    const seen: unknown[] = [];
    const server = await listen(
      createHttp((request, response) => {
        request.setEncoding('utf8').on('data', (body) => seen.push(body));
        request.on('end', () => {
          seen.push(request.method, request.url, request.headers);
          response.setHeader('link', ['<a>; rel="next"', '<b>']);
          response.writeHead(201, { 'X-Case': 'kept' }).end('made');
        });
      }),
    );
    const answer = await get(transport(), `http://127.0.0.1:${server.port}/v2/a?b=c#d`, {
      method: 'PUT',
      headers: { accept: 'x/y' },
      body: new TextEncoder().encode('body'),
    });
    expect(seen).toEqual([
      'body',
      'PUT',
      '/v2/a?b=c',
      {
        host: `127.0.0.1:${server.port}`,
        connection: 'keep-alive',
        accept: 'x/y',
        'accept-encoding': 'identity',
        'user-agent': 'image-digest/test',
        'content-length': '4',
      },
    ]);
    expect([answer.status, text(answer), answer.header('x-case'), answer.header('none')]).toEqual([
      201,
      'made',
      ['kept'],
      [],
    ]);
    expect(answer.header('link').join(', ')).toBe('<a>; rel="next", <b>');
  });

  test.each(['GET', 'HEAD'] as const)('of %s after another uses the same connection', async (method) => {
    const server = await listen(createHttp((_, response) => void response.setHeader('content-length', 2).end('ok')));
    const sender = transport();
    for (const path of ['1', '2', '3']) await get(sender, `http://127.0.0.1:${server.port}/${path}`, { method });
    expect(server.connections).toBe(1);
  });

  test('never follows a redirect', async () => {
    const server = await listen(
      createHttp((_, response) => void response.writeHead(307, { location: '/other' }).end()),
    );
    const answer = await get(transport(), `http://127.0.0.1:${server.port}/`);
    expect([answer.status, answer.header('location')]).toEqual([307, ['/other']]);
  });

  test('to an IPv6 literal works over TLS', async () => {
    const server = await listen(
      createHttps(pair, (_, response) => void response.end('six')),
      '::1',
    );
    expect(text(await get(transport(trusting), `https://[::1]:${server.port}/`))).toBe('six');
  });

  test('passes over 103 answers', async () => {
    const server = await listen(
      createHttp((_, response) => {
        response.writeEarlyHints({ link: '</x>; rel=preload' });
        response.end('after');
      }),
    );
    expect(text(await get(transport(), `http://127.0.0.1:${server.port}/`))).toBe('after');
  });
});

describe('many exchanges', () => {
  test('over HTTP/2 share one connection', async () => {
    // The compatibility listener of node:http2 has the same calls.
    const server = await listen(
      createSecureServer({ ...pair, allowHTTP1: true }, (_, response) => {
        setTimeout(() => response.end('ok'), 5);
      }),
    );
    const answers = await sendAll(transport(trusting), `https://localhost:${server.port}`, 100);
    expect(answers.every((answer) => text(answer) === 'ok')).toBe(true);
    expect(server.connections).toBe(1);
  });

  test('over HTTP/1.1 share as many connections as may be in flight', async () => {
    const server = await listen(createHttps(pair, slowly));
    const answers = await sendAll(
      transport({ ...trusting, limits: { inFlightPerRegistry: 6 } }),
      `https://localhost:${server.port}`,
      60,
    );
    expect(answers.every((answer) => text(answer) === 'ok')).toBe(true);
    expect(server.connections).toBe(6);
  });

  test('outlive one that is aborted', async () => {
    const server = await listen(
      createSecureServer(pair, (request, response) => {
        if (request.url !== '/never') response.end('ok');
      }),
    );
    const sender = transport(trusting);
    const controller = new AbortController();
    const stuck = get(sender, `https://localhost:${server.port}/never`, {}, controller.signal);
    const reason = new Error('cancelled');
    const other = get(sender, `https://localhost:${server.port}/other`);
    controller.abort(reason);
    await expect(stuck).rejects.toBe(reason);
    expect(text(await other)).toBe('ok');
  });
});

describe('connections made early', () => {
  test('are taken by the first requests', async () => {
    const server = await listen(createHttps(pair, (_, response) => void response.end('ok')));
    const sender = transport(trusting);
    const url = `https://localhost:${server.port}/`;
    sender.preconnect(new URL(url));
    await get(sender, url);
    expect(server.connections).toBe(1);
  });

  test('that the server has closed are replaced', async () => {
    let first = true;
    const server = createTcp((socket) => {
      if (first) socket.destroy();
      else socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok'));
      first = false;
    });
    const { port } = await listen(server);
    const sender = transport();
    const closed = new Promise<void>(
      (resolve) => void server.once('connection', (socket) => socket.once('close', () => resolve())),
    );
    sender.preconnect(new URL(`http://127.0.0.1:${port}/`));
    await closed;
    const answer = await get(sender, `http://127.0.0.1:${port}/`).catch((error: unknown) => error);
    // The close may not have reached us yet: then it is an error that is worth another attempt.
    expect(answer instanceof TransportError ? answer.retryable : answer).toEqual(
      answer instanceof TransportError ? true : expect.objectContaining({ status: 200 }),
    );
  });

  test('to nowhere do no harm, and the request says what is wrong', async () => {
    const sender = transport();
    sender.preconnect(new URL('http://127.0.0.1:1/'), 3);
    expect(await failure(get(sender, 'http://127.0.0.1:1/'))).toMatchObject({ code: 'network', retryable: true });
  });

  test('that nobody took end with the transport', async () => {
    const server = createHttps(pair, () => undefined);
    const { port } = await listen(server);
    const sender = transport(trusting);
    const gone = new Promise<void>(
      (resolve) => void server.once('secureConnection', (socket) => socket.once('close', () => resolve())),
    );
    sender.preconnect(new URL(`https://localhost:${port}/`));
    await new Promise<void>((resolve) => void server.once('secureConnection', () => resolve()));
    await sender.close();
    await gone;
  });
});

describe('limits', () => {
  const body = 'x'.repeat(2000);

  test.each([
    ['announced', { 'content-length': '2000' }],
    ['not announced', {}],
  ])('a body that is too large (%s) is refused by name and number', async (_, headers) => {
    const server = await listen(createHttp((__, response) => void response.writeHead(200, headers).end(body)));
    const error = await failure(get(transport(), `http://127.0.0.1:${server.port}/`));
    expect(error).toMatchObject({ code: 'limit', retryable: false });
    expect(error.message).toContain('manifest is larger than 1000 bytes');
  });

  test.each([302, 404, 500])('the body of a %d is cut, and the next request still works', async (status) => {
    const server = await listen(createHttp((_, response) => void response.writeHead(status).end(body)));
    const sender = transport({ limits: { errorBytes: 100 } });
    for (const url of ['/1', '/2']) {
      const answer = await get(sender, `http://127.0.0.1:${server.port}${url}`);
      expect([answer.status, answer.body.length]).toEqual([status, 100]);
    }
  });

  test('a body without end is refused when it is too large', async () => {
    const server = createHttp((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(body));
      };
      response.on('drain', more);
      more();
    });
    const { port } = await listen(server);
    expect((await failure(get(transport(), `http://127.0.0.1:${port}/`))).code).toBe('limit');
  });

  test('a header that is too large is refused', async () => {
    const server = await listen(raw(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(70_000)}\r\ncontent-length: 0\r\n\r\n`));
    expect(await failure(get(transport(), `http://127.0.0.1:${server.port}/`))).toMatchObject({
      code: 'limit',
      retryable: false,
    });
  });

  test('a HEAD may announce any length', async () => {
    const server = await listen(createHttp((_, response) => void response.setHeader('content-length', 5000).end()));
    const answer = await get(transport(), `http://127.0.0.1:${server.port}/`, { method: 'HEAD' });
    expect([answer.header('content-length'), answer.body.length]).toEqual([['5000'], 0]);
  });
});

describe('content encodings that nobody asked for', () => {
  test.each([
    ['gzip', gzipSync('plain')],
    ['x-gzip', gzipSync('plain')],
    ['GZIP', gzipSync('plain')],
    ['deflate', deflateSync('plain')],
    ['br', brotliCompressSync('plain')],
    ['zstd', zstdCompressSync('plain')],
    ['identity', Buffer.from('plain')],
  ])('%s is undone', async (encoding, bytes) => {
    const { port } = await serveEncoded(encoding, bytes);
    expect(text(await get(transport(), `http://127.0.0.1:${port}/`))).toBe('plain');
  });

  test('a bomb is refused', async () => {
    const { port } = await serveEncoded('gzip', gzipSync(Buffer.alloc(50_000_000)));
    expect(await failure(get(transport(), `http://127.0.0.1:${port}/`, { maxBytes: 100_000 }))).toMatchObject({
      code: 'limit',
    });
  });

  test('a bomb as an error answer is an empty body', async () => {
    const { port } = await serveEncoded('gzip', gzipSync(Buffer.alloc(50_000_000)), 500);
    const answer = await get(transport(), `http://127.0.0.1:${port}/`, { maxBytes: 100_000 });
    expect([answer.status, answer.body.length]).toEqual([500, 0]);
  });

  test.each([
    ['gzip', Buffer.from('this is no gzip')],
    ['gzip, gzip', gzipSync(gzipSync('plain'))],
    ['compress', Buffer.from('x')],
    ['__proto__', Buffer.from('x')],
  ])('%s that cannot be undone is refused', async (encoding, bytes) => {
    const { port } = await serveEncoded(encoding, bytes);
    expect(await failure(get(transport(), `http://127.0.0.1:${port}/`))).toMatchObject({
      code: 'cannot-tell',
      retryable: false,
    });
  });

  test('that is broken does not hide an error answer', async () => {
    const { port } = await serveEncoded('gzip', Buffer.from('this is no gzip'), 503);
    expect((await get(transport(), `http://127.0.0.1:${port}/`)).status).toBe(503);
  });
});

describe('faults', () => {
  const head = 'HTTP/1.1 200 OK\r\n';

  test.each([
    ['a body shorter than announced', `${head}content-length: 10\r\n\r\nfive5`],
    ['a cut chunked body', `${head}transfer-encoding: chunked\r\n\r\n5\r\nfive5\r\n`],
  ])('%s is truncated, which is worth another attempt', async (_, bytes) => {
    const server = await listen(raw(bytes, (socket) => socket.end()));
    const error = await failure(get(transport(), `http://127.0.0.1:${server.port}/`));
    expect(error).toMatchObject({ code: 'network', retryable: true });
    expect(error.message).toMatch(/truncated after 5 bytes/);
  });

  test('a cut HTTP/2 body is truncated', async () => {
    const server = createSecureServer(pair);
    server.on('stream', (stream) => {
      stream.respond({ ':status': 200, 'content-length': 10 });
      stream.write('five5', () => stream.session?.destroy());
    });
    const { port } = await listen(server);
    const error = await failure(get(transport(trusting), `https://localhost:${port}/`));
    expect(error).toMatchObject({ code: 'network', retryable: true });
    expect(error.message).toContain('truncated');
  });

  test.each([
    ['a reset before the answer', raw('', (socket) => socket.resetAndDestroy())],
    ['an end before the answer', raw('', (socket) => socket.end())],
    ['an answer that is no HTTP', raw('SSH-2.0-OpenSSH\r\n')],
    ['a port that nobody listens on', undefined],
  ])('%s is worth another attempt', async (_, server) => {
    const port = server === undefined ? 1 : (await listen(server)).port;
    const error = await failure(get(transport(), `http://127.0.0.1:${port}/`));
    expect(error).toMatchObject({ code: 'network', retryable: true });
    expect(error.message).toContain(`127.0.0.1:${port}`);
  });

  test('a connection that the server closed between two requests is worth another attempt or replaced', async () => {
    const server = createHttp((_, response) => void response.end('ok', () => response.socket?.destroy()));
    const { port } = await listen(server);
    const sender = transport();
    for (const path of ['1', '2', '3']) {
      const answer = await get(sender, `http://127.0.0.1:${port}/${path}`).catch((error: unknown) => error);
      expect(answer instanceof TransportError ? answer.retryable : true).toBe(true);
    }
  });

  test('an unknown host is not', async () => {
    const error = await failure(get(transport(), 'https://no-such-host.invalid/'));
    // Where there is no name server at all, the system cannot tell.
    expect(error.code).toBe('network');
    expect(error.message).toMatch(/no-such-host\.invalid.*(?:unknown host|for now)/);
  });

  test.each([
    ['a server that never answers', ''],
    ['a drip', `${head}content-length: 1000\r\n\r\n`],
  ])('%s ends with the attempt', async (_, bytes) => {
    const server = await listen(
      raw(bytes, (socket) => {
        const timer = setInterval(() => bytes !== '' && socket.write('x'), 10);
        socket.on('close', () => clearInterval(timer));
      }),
    );
    const error = await failure(
      get(transport({ limits: { attemptTimeout: 100 } }), `http://127.0.0.1:${server.port}/`),
    );
    expect(error).toMatchObject({ code: 'timeout', retryable: true });
    expect(error.message).toContain('0.1 s');
  });

  test('a flood of 103 answers ends with the attempt', async () => {
    const server = await listen(
      raw('', (socket) => {
        const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'), 5);
        socket.on('close', () => clearInterval(timer));
      }),
    );
    const error = await failure(
      get(transport({ limits: { attemptTimeout: 100 } }), `http://127.0.0.1:${server.port}/`),
    );
    expect(error).toMatchObject({ code: 'timeout', retryable: true });
  });

  test('a server that accepts but speaks no TLS ends with the connect time', async () => {
    const server = await listen(createTcp(() => undefined));
    const error = await failure(
      get(transport({ limits: { connectTimeout: 100 } }), `https://127.0.0.1:${server.port}/`),
    );
    expect(error).toMatchObject({ code: 'timeout', retryable: true });
  });

  test('after a time-out the next attempt gets another connection', async () => {
    let first = true;
    const server = await listen(
      createSecureServer(pair, (_, response) => {
        if (!first) response.end('ok');
        first = false;
      }),
    );
    const sender = transport({ ...trusting, limits: { attemptTimeout: 700 } });
    expect((await failure(get(sender, `https://localhost:${server.port}/`))).code).toBe('timeout');
    expect(text(await get(sender, `https://localhost:${server.port}/`))).toBe('ok');
    expect(server.connections).toBe(2);
  });

  test('an aborted signal gives its reason, before and while it waits', async () => {
    const server = await listen(raw(''));
    const reason = new Error('deadline');
    await expect(get(transport(), `http://127.0.0.1:${server.port}/`, {}, AbortSignal.abort(reason))).rejects.toBe(
      reason,
    );
    const controller = new AbortController();
    const waiting = get(transport(), `http://127.0.0.1:${server.port}/`, {}, controller.signal);
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });

  test('the end of the transport fails what has no answer', async () => {
    const server = createTcp(() => undefined);
    const { port } = await listen(server);
    const sender = transport();
    const waiting = failure(get(sender, `http://127.0.0.1:${port}/`));
    await new Promise<void>((resolve) => void server.once('connection', () => resolve()));
    await sender.close();
    expect((await waiting).code).toBe('network');
  });

  test('a header that cannot be sent is told without its value', async () => {
    const error = await failure(
      get(transport(), 'http://127.0.0.1:1/', { headers: { authorization: 'Bearer se\ncret' } }),
    );
    expect(error.retryable).toBe(false);
    expect(error.message).not.toContain('cret');
  });
});

describe('TLS', () => {
  const day = 86_400_000;
  test.each([
    ['of an unknown authority', { hosts: ['localhost'] }, {}, 'not trusted'],
    ['for another name', { hosts: ['other.example'] }, trusting, 'another name'],
    [
      'that has expired',
      { hosts: ['localhost'], notBefore: Date.now() - 2 * day, notAfter: Date.now() - day },
      trusting,
      'expired',
    ],
    ['of the future', { hosts: ['localhost'], notBefore: Date.now() + day / 2 }, trusting, 'not valid yet'],
  ])('a certificate %s is refused, and the message says what to do', async (_, certificate, options, expected) => {
    const { port } = await serveCertificate(certificate);
    const error = await failure(get(transport(options), `https://localhost:${port}/`));
    expect(error).toMatchObject({ code: 'tls', retryable: false, mayBePlainHttp: false });
    expect(error.message).toContain(expected);
    expect(error.message).toContain(`localhost:${port}`);
    expect(error.hint).toMatch(/ca-file.*NODE_EXTRA_CA_CERTS/);
  });

  test('a server that speaks plain http is named so', async () => {
    const { port } = await listen(createHttp((_, response) => void response.end()));
    const error = await failure(get(transport(), `https://127.0.0.1:${port}/`));
    expect(error).toMatchObject({ code: 'tls', retryable: false, mayBePlainHttp: true });
    expect(error.hint).toContain(`add 127.0.0.1:${port} to the input insecure-registries`);
  });

  test.each([
    'Client sent an HTTP request to an HTTPS server.\n',
    '<center>The plain HTTP request was sent to HTTPS port</center>',
    "Reason: You're speaking plain HTTP to an SSL-enabled server port.",
  ])('a server that wants https says so: %s', async (words) => {
    const { port } = await listen(createHttp((_, response) => void response.writeHead(400).end(words)));
    const error = await failure(get(transport(), `http://127.0.0.1:${port}/`));
    expect(error).toMatchObject({ code: 'tls', retryable: false });
    expect(error.hint).toContain('insecure-registries');
  });

  test('a client certificate is shown to a server that wants one', async () => {
    const server = createHttps(
      { ...pair, ca: [authority.cert], requestCert: true, rejectUnauthorized: true },
      (_, response) => void response.end('ok'),
    );
    const { port } = await listen(server);
    const client = authority.issue({ name: 'runner' });
    const sender = transport({ tls: async () => ({ ca: [authority.cert], cert: [client.cert], key: [client.key] }) });
    expect(text(await get(sender, `https://localhost:${port}/`))).toBe('ok');
    expect((await failure(get(transport(trusting), `https://localhost:${port}/`))).code).toMatch(/tls|network/);
  });

  test('material that is no PEM is refused', async () => {
    const { port } = await listen(createHttps(pair, () => undefined));
    const sender = transport({ tls: async () => ({ cert: ['x'], key: ['y'] }) });
    expect(await failure(get(sender, `https://localhost:${port}/`))).toMatchObject({ code: 'tls', retryable: false });
  });
});

describe('a server that a registry names', () => {
  test.each([
    'http://169.254.169.254/latest',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://100.100.100.200/',
    'http://0.0.0.0/',
    'http://0/',
    'http://[::]/',
    'http://[::ffff:169.254.169.254]/',
    'http://[::ffff:127.0.0.1]/',
    'http://2130706433/',
    'http://127.1/',
    'http://0x7f.1/',
    'http://10.0.0.1/',
    'http://192.168.0.1/',
    'http://[fd00::1]/',
    'http://224.0.0.1/',
  ])('at %s is not asked for a public registry', async (url) => {
    const error = await failure(get(transport(), url, { onWordOf: 'registry.example.com' }));
    expect(error).toMatchObject({ code: 'registry-refused', retryable: false });
    expect(error.message).toContain('registry.example.com');
    expect(error.hint).toMatch(/registry\.example\.com=.* auth-hosts/);
  });

  test('by a name that resolves to this machine is not asked', async () => {
    const server = await ok();
    const error = await failure(
      get(transport(), `http://localhost:${server.port}/`, { onWordOf: 'registry.example.com' }),
    );
    expect(error.code).toBe('registry-refused');
    expect(error.message).toMatch(/localhost.*(?:127\.0\.0\.1|::1)/);
    expect(server.connections).toBe(0);
  });

  test('on this machine is asked for a registry that was reached on this machine, over another connection', async () => {
    const [registry, token] = [await ok(), await ok()];
    const sender = transport();
    const onWordOf = `localhost:${registry.port}`;
    const url = `http://127.0.0.1:${token.port}/`;
    // Not known yet.
    expect((await failure(get(sender, url, { onWordOf }))).code).toBe('registry-refused');
    await get(sender, `http://localhost:${registry.port}/`);
    expect(text(await get(sender, url, { onWordOf }))).toBe('ok');
    await get(sender, url);
    expect(token.connections).toBe(2);
  });

  test('on this machine is asked for a registry that is a loopback address', async () => {
    const token = await ok();
    const answer = await get(transport(), `http://localhost:${token.port}/`, { onWordOf: '127.0.0.1:5000' });
    expect(answer.status).toBe(200);
  });

  test('in the private network is not asked for a registry on loopback, nor metadata for anybody', async () => {
    for (const host of ['10.0.0.1', '169.254.169.254']) {
      const error = await failure(get(transport(), `http://${host}/`, { onWordOf: 'localhost:5000' }));
      expect(error.code).toBe('registry-refused');
    }
    expect((await failure(get(transport(), 'http://169.254.169.254/', { onWordOf: '10.0.0.1' }))).code).toBe(
      'registry-refused',
    );
  });

  test('on another port of the registry’s own host is asked', async () => {
    const server = await ok();
    expect((await get(transport(), `http://localhost:${server.port}/`, { onWordOf: 'localhost:1' })).status).toBe(200);
  });

  test('is not reached over a connection that was trusted', async () => {
    const server = await ok();
    const sender = transport();
    await get(sender, `http://localhost:${server.port}/`);
    const error = await failure(get(sender, `http://localhost:${server.port}/`, { onWordOf: 'registry.example.com' }));
    expect(error.code).toBe('registry-refused');
  });

  test.each(['file:///etc/passwd', 'ftp://example.com/', 'data:text/plain,x'])('by %s is not asked', async (url) => {
    expect((await failure(get(transport(), url))).code).toBe('registry-refused');
  });
});

/** Arguments of a Node that does this with a transport. */
const script = (port: number, body: string): string[] => {
  return [
    '--input-type=module',
    '--eval',
    `import { createTransport } from ${JSON.stringify(new URL('../../src/ports/http.ts', import.meta.url).href)};
     const sender = createTransport({ userAgent: 'x' });
     const url = new URL('http://127.0.0.1:${port}/');
     const send = () => sender.send({ method: 'GET', url, headers: {}, maxBytes: 10, what: 'x' }, new AbortController().signal);
     ${body}`,
  ];
};

describe('a process', () => {
  test.each([
    ['after its answers, without close', 'await send(); await send();'],
    [
      'after close, with connections that nobody took',
      'sender.preconnect(url, 3); await send(); await sender.close();',
    ],
    ['with connections that nobody took, without close', 'sender.preconnect(url, 3);'],
    ['after an answer that was cut', 'await send().catch(() => undefined);'],
  ])('ends %s', async (name, body) => {
    const long = name.includes('cut') ? 'x'.repeat(100) : 'ok';
    const { port } = await listen(createHttp((_, response) => void response.end(long)));
    const child = spawn(process.execPath, script(port, body), { stdio: 'ignore' });
    const status = await new Promise((resolve) => void child.once('exit', resolve));
    expect(status).toBe(0);
  });
});
