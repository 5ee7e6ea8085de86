import { describe, expect, test } from '@jest/globals';
import type { LookupAddress } from 'node:dns';
import { createLookUp, socketLookup, type LookUp } from '../../src/ports/name-lookup.ts';

const MIXED: readonly LookupAddress[] = [
  { address: '93.184.216.34', family: 4 },
  { address: '169.254.169.254', family: 4 },
];

/** What a socket is told by a look-up that refuses link-local addresses. */
function answerOf(lookUp: LookUp, all: boolean): Promise<unknown[]> {
  const lookup = socketLookup(lookUp, (address) => {
    if (address.startsWith('169.254.')) throw new Error(`refused ${address}`);
  });
  return new Promise((resolve) => {
    lookup('host.test', { all }, (...answer) => resolve(answer));
  });
}

describe('a socket’s look-up', () => {
  test('gives all addresses, or the first', async () => {
    const lookUp = async (): Promise<readonly LookupAddress[]> => MIXED.slice(0, 1);
    expect(await answerOf(lookUp, true)).toEqual([null, MIXED.slice(0, 1)]);
    expect(await answerOf(lookUp, false)).toEqual([null, '93.184.216.34', 4]);
  });

  test.each([true, false])('gives nothing when one address of several is refused (all: %s)', async (all) => {
    const [error, addresses] = await answerOf(async () => MIXED, all);
    expect(error).toMatchObject({ message: 'refused 169.254.169.254' });
    expect(addresses).toEqual([]);
  });

  test('passes on what went wrong', async () => {
    const failure = Object.assign(new Error('getaddrinfo'), { code: 'EAI_AGAIN' });
    expect(await answerOf(() => Promise.reject(failure), true)).toEqual([failure, []]);
  });
});

test('a name is looked up once for a while, and again after a failure', async () => {
  let time = 0;
  const lookUp = createLookUp(() => time);
  const first = lookUp('localhost');
  expect(lookUp('localhost')).toBe(first);
  expect((await first).map(({ address }) => address)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^(?:127\.0\.0\.1|::1)$/)]),
  );
  time = 10_001;
  expect(lookUp('localhost')).not.toBe(first);
  const failed = lookUp('no such host');
  await expect(failed).rejects.toMatchObject({ syscall: 'getaddrinfo' });
  const again = lookUp('no such host');
  expect(again).not.toBe(failed);
  await expect(again).rejects.toMatchObject({ syscall: 'getaddrinfo' });
});
