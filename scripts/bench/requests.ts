/**
 * The fewest that any client could do, as a program: the same HEAD requests with a token that is there already, 64 at a
 * time, over one HTTP/2 connection or kept HTTP/1.1 ones, and nothing else. What it takes is the registry's time.
 *
 *   node requests.js <origin> <authority or -> <token or -> <file with a path on each line>
 */
import { readFileSync } from 'node:fs';
import http2 from 'node:http2';

// An import of it would load more than is needed.
const http = process.getBuiltinModule('node:http');

const AT_ONCE = 64;

const [origin = '', authority = '-', token = '-', list = ''] = process.argv.slice(2);
const paths = readFileSync(list, 'utf8').trim().split('\n');
const headers = {
  accept: 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json',
  ...(token === '-' ? {} : { authorization: `Bearer ${token}` }),
};

const { head, close } = origin.startsWith('https:') ? overHttp2() : overHttp1();
const queue = paths.values();
await Promise.all(Array.from({ length: AT_ONCE }, worker));
close();

async function worker(): Promise<void> {
  for (const path of queue) {
    const status = await head(path);
    if (status !== 200) throw new Error(`${path}: ${status}`);
  }
}

interface Way {
  readonly head: (path: string) => Promise<number>;
  readonly close: () => void;
}

function overHttp2(): Way {
  const session = http2.connect(origin, { ca: readFileSync(authority) });
  return {
    head: (path) =>
      new Promise((resolve, reject) => {
        const stream = session.request({ ':method': 'HEAD', ':path': path, ...headers });
        stream.once('response', (answer) => resolve(Number(answer[':status'])));
        stream.once('error', reject);
        stream.resume();
      }),
    close: () => session.close(),
  };
}

function overHttp1(): Way {
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  return {
    head: (path) =>
      new Promise((resolve, reject) => {
        const request = http.request(`${origin}${path}`, { method: 'HEAD', headers, agent }, (answer) => {
          answer.resume();
          answer.once('end', () => resolve(answer.statusCode ?? 0));
        });
        request.once('error', reject).end();
      }),
    close: () => agent.destroy(),
  };
}
