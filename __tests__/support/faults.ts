/* Everything that a server may do wrong, as behaviours to put in front of a service. They can be combined. */
import { gzipSync } from 'node:zlib';
import { pause, text, type Behaviour, type Headers, type Reply, type Wire } from './service.ts';

/** Answers this, whatever was asked. */
export function answer(status: number, headers: Headers = {}, body: string | Uint8Array = ''): Behaviour {
  return () => ({ status, headers, body });
}

/** The behaviour for the first `count` requests that match, then as if it were not there. */
export function times(count: number, behaviour: Behaviour): Behaviour {
  let used = 0;
  return (request, next) => {
    if (used >= count) return next();
    used += 1;
    return behaviour(request, next);
  };
}

/** As if it were not there for the first `count` requests that match, then the behaviour. */
export function after(count: number, behaviour: Behaviour): Behaviour {
  let seen = 0;
  return (request, next) => {
    seen += 1;
    return seen <= count ? next() : behaviour(request, next);
  };
}

/** One behaviour after the other, the last one for ever. */
export function inTurn(...behaviours: readonly Behaviour[]): Behaviour {
  let turn = 0;
  return (request, next) => {
    const behaviour = behaviours[Math.min(turn, behaviours.length - 1)];
    turn += 1;
    return behaviour === undefined ? next() : behaviour(request, next);
  };
}

/** Nothing special: a turn of `inTurn`. */
export const normal: Behaviour = (_request, next) => next();

/** Changes headers of a normal answer; `undefined` takes one away. */
export function withHeaders(changed: Headers): Behaviour {
  return async (_request, next) => {
    const reply = await next();
    return { ...reply, headers: { ...reply.headers, ...changed } };
  };
}

/** Leaves Docker-Content-Digest out. */
export function dropDigest(): Behaviour {
  return withHeaders({ 'docker-content-digest': undefined, etag: undefined });
}

/** A Docker-Content-Digest that is not true, or not well-formed. */
export function claimDigest(digest: string): Behaviour {
  return withHeaders({ 'docker-content-digest': digest });
}

/** Only successful answers are changed: another Content-Type. */
export function contentType(value: string | undefined): Behaviour {
  return withHeaders({ 'content-type': value });
}

/** Another body under the same headers. */
export function withBody(change: (bytes: Buffer) => Uint8Array | string): Behaviour {
  return async (_request, next) => {
    const reply = await next();
    return { ...reply, headers: { ...reply.headers, 'content-length': undefined }, body: change(bytesOf(reply)) };
  };
}

/** HEAD is answered with this status, every other method normally. */
export function onHead(status: number): Behaviour {
  return (request, next) => (request.method === 'HEAD' ? text(status, '') : next());
}

export function redirect(url: string | ((target: string) => string), status = 307): Behaviour {
  return (request) => ({ status, headers: { location: typeof url === 'string' ? url : url(request.target) } });
}

/** 429 with this Retry-After, or without one. */
export function tooMany(retryAfter?: string, message = 'Too Many Requests'): Behaviour {
  return () => text(429, message, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
}

/** A page for people, as captive portals and login pages of proxies give it. */
export function html(status = 200, page = '<!DOCTYPE html><title>Sign in</title><p>Please sign in.'): Behaviour {
  return () => ({ status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: page });
}

/** Milliseconds more for these requests. */
export function delay(milliseconds: number): Behaviour {
  return async (_request, next) => {
    await pause(milliseconds);
    return next();
  };
}

/** Waits until `gate` is fulfilled, to hold requests without any clock. */
export function hold(gate: Promise<void>): Behaviour {
  return async (_request, next) => {
    await gate;
    return next();
  };
}

/** The body compressed, although nobody asked. */
export function gzip(level = 6): Behaviour {
  return async (_request, next) => {
    const reply = await next();
    const packed = gzipSync(bytesOf(reply), { level });
    return {
      ...reply,
      headers: { ...reply.headers, 'content-encoding': 'gzip', 'content-length': undefined },
      body: packed,
    };
  };
}

function bytesOf(reply: Reply): Buffer {
  return Buffer.from(reply.body ?? '');
}

function onWire(act: (wire: Wire, reply: Reply) => Promise<void> | void): Behaviour {
  return async (_request, next) => {
    const reply = await next();
    return { ...reply, onWire: (wire) => act(wire, reply) };
  };
}

function fullHead(reply: Reply): Headers {
  return { 'content-length': String(bytesOf(reply).length), ...reply.headers };
}

/** Accepts the request and never answers. */
export function never(): Behaviour {
  return onWire((wire) => wire.closed);
}

/** Closes the connection instead of an answer. */
export function resetBeforeHeaders(): Behaviour {
  return onWire((wire) => wire.reset());
}

/** Takes the request, does what was asked, and dies before it answers: the client cannot know. */
export const resetAfterWork = resetBeforeHeaders;

/** Sends `share` of the body, of which it announced the whole, then resets. */
export function resetMidBody(share = 0.5): Behaviour {
  return onWire(async (wire, reply) => {
    const bytes = bytesOf(reply);
    wire.head(reply.status, fullHead(reply));
    wire.write(bytes.subarray(0, Math.floor(bytes.length * share)));
    await pause(5);
    wire.reset();
  });
}

/** Sends `share` of the body and says FIN. Without a length (`announced: false`) the answer looks complete. */
export function cutBody(share = 0.5, announced = true): Behaviour {
  return onWire((wire, reply) => {
    const bytes = bytesOf(reply);
    const cut = bytes.subarray(0, Math.floor(bytes.length * share));
    const unannounced = { ...reply.headers, 'content-length': undefined, connection: 'close' };
    wire.head(reply.status, announced ? fullHead(reply) : unannounced);
    wire.write(cut);
    if (announced) wire.hangUp();
    else wire.end();
  });
}

/** The body in pieces of `size` bytes, `milliseconds` apart. */
export function drip(milliseconds: number, size = 1): Behaviour {
  return onWire(async (wire, reply) => {
    const bytes = bytesOf(reply);
    wire.head(reply.status, fullHead(reply));
    for (let start = 0; start < bytes.length && !wire.isClosed(); start += size) {
      wire.write(bytes.subarray(start, start + size));
      await pause(milliseconds);
    }
    if (!wire.isClosed()) wire.end();
  });
}

/** 103 answers for ever, `milliseconds` apart, and never the real one. */
export function informationalFlood(milliseconds = 20): Behaviour {
  return onWire(async (wire) => {
    while (!wire.isClosed()) {
      wire.informational(103);
      await pause(milliseconds);
    }
  });
}

/** A chunked body that never ends. */
export function endless(chunkBytes = 64 * 1024): Behaviour {
  return onWire(async (wire, reply) => {
    wire.head(reply.status, { ...reply.headers, 'content-length': undefined });
    const chunk = Buffer.alloc(chunkBytes, 0x20);
    while (!wire.isClosed()) {
      wire.write(chunk);
      await pause(1);
    }
  });
}

/** A whole answer with a connection that is closed right after it, without saying so before. */
export function closeAfter(): Behaviour {
  return onWire(async (wire, reply) => {
    wire.head(reply.status, fullHead(reply));
    wire.write(bytesOf(reply));
    wire.end();
    await pause(1);
    wire.hangUp();
  });
}
