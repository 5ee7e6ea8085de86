import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { matchesNoProxy } from '../../src/registry/no-proxy.ts';

describe('NO_PROXY', () => {
  test.each([
    ['example.com', 'example.com', 443, true],
    ['example.com', 'a.b.example.com', 443, true],
    ['example.com', 'notexample.com', 443, false],
    ['example.com', 'example.com.evil', 443, false],
    ['.example.com', 'a.example.com', 443, true],
    ['.example.com', 'example.com', 443, true],
    ['*.example.com', 'a.example.com', 443, true],
    ['*.example.com', 'aexample.com', 443, false],
    ['EXAMPLE.com', 'Example.COM', 443, true],
    ['example.com.', 'example.com', 443, true],
    ['example.com', 'example.com.', 443, true],
    ['example.com:5000', 'example.com', 5000, true],
    ['example.com:5000', 'example.com', 443, false],
    ['*', 'anything', 80, true],
    ['a.example, b.example', 'b.example', 443, true],
    ['a.example b.example', 'b.example', 443, true],
    [' , ,,', 'b.example', 443, false],
    ['', 'b.example', 443, false],
    ['.', 'b.example', 443, false],
    ['10.0.0.0/8', '10.1.2.3', 443, true],
    ['10.0.0.0/8', '11.1.2.3', 443, false],
    ['10.1.2.3', '10.1.2.3', 443, true],
    ['10.1.2.3:5000', '10.1.2.3', 5000, true],
    ['10.1.2.3:5000', '10.1.2.3', 5001, false],
    ['2.3', '10.1.2.3', 443, false],
    ['fd00::/8', '[fd00::1]', 443, true],
    ['[fd00::1]:5000', '[fd00::1]', 5000, true],
    ['[fd00::1]:5000', '[fd00::1]', 443, false],
    ['fd00::1', '[fd00:0::1]', 443, true],
    ['[fd00::1]', '[fd00::1]', 443, true],
    ['', 'localhost', 443, true],
    ['', 'registry.localhost', 443, true],
    ['', '127.0.0.9', 443, true],
    ['', '[::1]', 443, true],
  ])('%j covers %s port %d: %s', (noProxy, host, port, expected) => {
    expect(matchesNoProxy(noProxy, host, port)).toBe(expected);
  });

  test('an entry never covers a host that merely ends with its letters', () => {
    fc.assert(
      fc.property(fc.domain(), fc.stringMatching(/^[a-z]{1,8}$/), (domain, letters) => {
        expect(matchesNoProxy(domain, `${letters}${domain}`, 443)).toBe(false);
      }),
    );
  });
});
