import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { addressClass, contains, mayBeNamedBy, parseAddress, parseNetwork } from '../../src/registry/address.ts';

describe('the class of an address', () => {
  test.each([
    ['8.8.8.8', 'public'],
    ['2606:4700::1111', 'public'],
    ['172.15.255.255', 'public'],
    ['172.32.0.0', 'public'],
    ['100.63.255.255', 'public'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['100.64.0.1', 'private'],
    ['fd12:3456::1', 'private'],
    ['fec0::1', 'private'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['::1', 'loopback'],
    ['[::1]', 'loopback'],
    ['0:0:0:0:0:0:0:1', 'loopback'],
    ['0.0.0.0', 'forbidden'],
    ['0.1.2.3', 'forbidden'],
    ['::', 'forbidden'],
    ['169.254.169.254', 'forbidden'],
    ['169.254.0.1', 'forbidden'],
    ['fe80::1', 'forbidden'],
    ['fe80::1%eth0', 'forbidden'],
    ['febf::1', 'forbidden'],
    ['fd00:ec2::254', 'forbidden'],
    ['100.100.100.200', 'forbidden'],
    ['168.63.129.16', 'forbidden'],
    ['192.0.0.192', 'forbidden'],
    ['224.0.0.1', 'forbidden'],
    ['255.255.255.255', 'forbidden'],
    ['ff02::1', 'forbidden'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['::ffff:169.254.169.254', 'forbidden'],
    ['::ffff:10.1.2.3', 'private'],
    ['::ffff:8.8.8.8', 'public'],
    ['::127.0.0.1', 'loopback'],
    ['64:ff9b::a9fe:a9fe', 'forbidden'],
    ['64:ff9b::8.8.8.8', 'public'],
    ['2002:7f00:1::1', 'loopback'],
    ['2002:a9fe:a9fe::', 'forbidden'],
  ])('%s is %s', (text, expected) => {
    expect(addressClass(text)).toBe(expected);
  });

  test.each([
    '',
    'localhost',
    'example.com',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '256.1.1.1',
    '1.2.3.-4',
    '0x7f.0.0.1',
    '2130706433',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8:9',
    '12345::',
    'g::1',
    '1.2.3.4::',
    '::1.2.3',
    ':1',
    '1:',
    `::${'0'.repeat(100)}`,
  ])('%j is no address', (text) => {
    expect(addressClass(text)).toBeUndefined();
  });

  test('every IPv4 address has the class of its mapped form', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(addressClass(`::ffff:${text}`)).toBe(addressClass(text));
      }),
    );
  });

  test('whatever the URL parser takes as an address is read as the same one', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.ipV4(),
          fc.ipV6().map((text) => `[${text}]`),
        ),
        (text) => {
          const { hostname } = new URL(`https://${text}/`);
          expect(parseAddress(hostname)).toEqual(parseAddress(text));
        },
      ),
    );
  });

  test('parsing never throws', () => {
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (text) => void parseAddress(text)));
  });
});

describe('networks', () => {
  test.each([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['0.0.0.0/0', '8.8.8.8', true],
    ['0.0.0.0/0', '::1', false],
    ['192.168.1.1', '192.168.1.1', true],
    ['192.168.1.1', '192.168.1.2', false],
    ['fd00::/8', 'fdff::1', true],
    ['fd00::/8', 'fe00::1', false],
    ['2001:db8::/127', '2001:db8::1', true],
    ['2001:db8::/127', '2001:db8::2', false],
  ])('%s contains %s: %s', (network, text, expected) => {
    const parsed = parseNetwork(network);
    const address = parseAddress(text);
    expect(parsed !== undefined && address !== undefined && contains(parsed, address)).toBe(expected);
  });

  test.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/8/8', '::/129', 'x/8', '10.0/8'])(
    '%j is no network',
    (text) => {
      expect(parseNetwork(text)).toBeUndefined();
    },
  );
});

test.each([
  ['public', 'public', true],
  ['public', 'private', true],
  ['public', 'loopback', true],
  ['private', 'private', true],
  ['private', 'public', false],
  ['private', 'loopback', false],
  ['loopback', 'loopback', true],
  ['loopback', 'private', false],
  ['loopback', 'public', false],
  ['forbidden', 'forbidden', false],
  ['forbidden', 'private', false],
  ['forbidden', 'public', false],
] as const)('a server at a %s address may be named by a registry at a %s one: %s', (target, registry, expected) => {
  expect(mayBeNamedBy(target, registry)).toBe(expected);
});
