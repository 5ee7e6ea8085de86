import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { LIMITS } from '../../src/core/limits.ts';
import { parseChallenges } from '../../src/registry/challenge.ts';

type Plain = readonly [scheme: string, parameters: Readonly<Record<string, string>>];

function plain(headers: readonly string[]): readonly Plain[] {
  return parseChallenges(headers).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);
}

const hub =
  'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/x:pull"';

describe('challenges of real registries', () => {
  const rows: readonly (readonly [string, readonly string[], readonly Plain[]])[] = [
    [
      'Docker Hub',
      [hub],
      [
        [
          'bearer',
          {
            realm: 'https://auth.docker.io/token',
            service: 'registry.docker.io',
            scope: 'repository:library/x:pull',
          },
        ],
      ],
    ],
    [
      'Gitea: two headers, the second bare (Q45, Q59)',
      ['Bearer realm="https://git.example/v2/token",service="container_registry",scope="*"', 'Basic'],
      [
        ['bearer', { realm: 'https://git.example/v2/token', service: 'container_registry', scope: '*' }],
        ['basic', {}],
      ],
    ],
    [
      'Codeberg: both in one line (Q46)',
      [
        'Bearer realm="https://codeberg.org/v2/token",service="container_registry",scope="*",Basic realm="https://codeberg.org/v2",service="container_registry",scope="*"',
      ],
      [
        ['bearer', { realm: 'https://codeberg.org/v2/token', service: 'container_registry', scope: '*' }],
        ['basic', { realm: 'https://codeberg.org/v2', service: 'container_registry', scope: '*' }],
      ],
    ],
    [
      'a proxy that joined two headers with the bare one last',
      ['Bearer realm="https://git.example/v2/token",scope="*", Basic'],
      [
        ['bearer', { realm: 'https://git.example/v2/token', scope: '*' }],
        ['basic', {}],
      ],
    ],
    [
      'IBM: nothing quoted, blanks after commas (Q48)',
      ['Bearer realm=https://cp.icr.io/oauth/token, service=registry, scope=repository:cp/ibm-ceph/ceph-8-rhel9:pull'],
      [
        [
          'bearer',
          {
            realm: 'https://cp.icr.io/oauth/token',
            service: 'registry',
            scope: 'repository:cp/ibm-ceph/ceph-8-rhel9:pull',
          },
        ],
      ],
    ],
    [
      'IBM for a push: a comma inside an unquoted scope',
      ['Bearer realm=https://icr.io/oauth/token,scope=repository:a/b:pull,push,delete,service=registry, Basic realm=x'],
      [
        [
          'bearer',
          { realm: 'https://icr.io/oauth/token', scope: 'repository:a/b:pull,push,delete', service: 'registry' },
        ],
        ['basic', { realm: 'x' }],
      ],
    ],
    [
      'an unquoted scope with a bare scheme behind it',
      ['Bearer realm=https://r/t,scope=repository:a:pull,push,Basic'],
      [
        ['bearer', { realm: 'https://r/t', scope: 'repository:a:pull,push' }],
        ['basic', {}],
      ],
    ],
    [
      'NVIDIA: neither service nor scope (Q41)',
      ['Bearer realm="https://nvcr.io/proxy_auth"'],
      [['bearer', { realm: 'https://nvcr.io/proxy_auth' }]],
    ],
    [
      'an empty service',
      ['Bearer realm="https://r/t",service="",scope=""'],
      [['bearer', { realm: 'https://r/t', service: '', scope: '' }]],
    ],
    [
      'ECR',
      ['Basic realm="https://1.dkr.ecr.eu-west-1.amazonaws.com/",service="ecr.amazonaws.com"'],
      [['basic', { realm: 'https://1.dkr.ecr.eu-west-1.amazonaws.com/', service: 'ecr.amazonaws.com' }]],
    ],
    [
      'Artifactory: a blank in the realm',
      ['Basic realm="Artifactory Realm"'],
      [['basic', { realm: 'Artifactory Realm' }]],
    ],
    [
      'Negotiate first (Q47)',
      ['Negotiate', 'NTLM TlRMTVNTUAAC', 'Basic realm="Sonatype Nexus Repository Manager"'],
      [
        ['negotiate', {}],
        ['ntlm', {}],
        ['basic', { realm: 'Sonatype Nexus Repository Manager' }],
      ],
    ],
    [
      'Negotiate with a token68 in the same line',
      ['Negotiate YIIJvwYGKwYB/+==, Bearer realm="https://r/t"'],
      [
        ['negotiate', {}],
        ['bearer', { realm: 'https://r/t' }],
      ],
    ],
    [
      'Negotiate, Basic in one line',
      ['Negotiate, Basic realm="x"'],
      [
        ['negotiate', {}],
        ['basic', { realm: 'x' }],
      ],
    ],
    [
      'commas and escapes inside quotes (Q49)',
      ['Bearer realm="q\\"uo\\\\te",scope="repository:a:pull,push repository:b:pull",error="insufficient_scope"'],
      [
        [
          'bearer',
          { realm: 'q"uo\\te', scope: 'repository:a:pull,push repository:b:pull', error: 'insufficient_scope' },
        ],
      ],
    ],
    [
      'any case and any blanks (Q50)',
      ['BEARER\tRealm = "/token" ,  SERVICE=y  '],
      [['bearer', { realm: '/token', service: 'y' }]],
    ],
    [
      'parameters that only blanks or semicolons separate',
      ['Bearer realm="x" service="y"; scope="z"'],
      [['bearer', { realm: 'x', service: 'y', scope: 'z' }]],
    ],
  ];
  test.each(rows)('%s', (_name, headers, challenges) => {
    expect(plain(headers)).toEqual(challenges);
  });
});

describe('broken challenges give what can be had of them', () => {
  const rows: readonly (readonly [string, readonly Plain[]])[] = [
    ['', []],
    [' , ,, ', []],
    ['realm="x"', []],
    ['"Bearer"', []],
    ['Bearer', [['bearer', {}]]],
    ['Bearer realm="x', [['bearer', {}]]],
    ['Bearer realm="x\\', [['bearer', {}]]],
    ['Bearer realm=', [['bearer', {}]]],
    ['Bearer realm="a",realm="b"', [['bearer', { realm: 'a' }]]],
    ['Bearer ="x",service=y', []],
    ['Bearer @@@ realm="x"', [['bearer', { realm: 'x' }]]],
    ['https://not.a.scheme, Basic', [['basic', {}]]],
    ['Bearer __proto__="x",constructor="y"', [['bearer', JSON.parse('{"__proto__":"x","constructor":"y"}')]]],
  ];
  test.each(rows)('%j', (header, challenges) => {
    expect(plain([header])).toEqual(challenges);
  });

  test('a header beyond the limit is ignored, the others are read', () => {
    const long = `${hub},x="${'a'.repeat(LIMITS.headerCharacters)}"`;
    expect(plain([long, 'Basic'])).toEqual([['basic', {}]]);
    expect(plain([`Basic realm="${'a'.repeat(LIMITS.headerCharacters - 'Basic realm=""'.length)}"`])).toHaveLength(1);
  });
});

const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);
const value = fc.string({ maxLength: 40 });
const challenge = fc.record({
  scheme: fc.constantFrom('bearer', 'basic', 'digest', 'x-own'),
  parameters: fc.dictionary(name, value, { maxKeys: 5, noNullPrototype: true }),
});

function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** Prints as RFC 9110 wants it, values unquoted where they are tokens and `unquoted` says so. */
function print(
  { scheme, parameters }: { scheme: string; parameters: Record<string, string> },
  unquoted: boolean,
): string {
  const printed = Object.entries(parameters).map(([key, text]) => {
    const isToken = unquoted && /^[a-zA-Z][\w:/.-]*$/.test(text);
    return `${key}=${isToken ? text : quote(text)}`;
  });
  return printed.length === 0 ? scheme : `${scheme} ${printed.join(', ')}`;
}

describe('properties', () => {
  test('what is printed is read back, in one line or in several', () => {
    fc.assert(
      fc.property(fc.array(challenge, { maxLength: 4 }), fc.boolean(), (challenges, unquoted) => {
        const lines = challenges.map((one) => print(one, unquoted));
        const expected = challenges.map(({ scheme, parameters }) => [scheme, parameters]);
        expect(plain(lines)).toEqual(expected);
        expect(plain([lines.join(', ')])).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  test('nothing throws, and every scheme and name is a lower-case token', () => {
    const pieces = fc.constantFrom(
      'Bearer',
      'Basic',
      ' ',
      ',',
      '=',
      '"',
      '\\',
      ';',
      'realm',
      'a:b',
      '/',
      '\t',
      'é',
      '\0',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' }))), (parts) => {
        for (const { scheme, parameters } of parseChallenges([parts.join('')])) {
          for (const word of [scheme, ...parameters.keys()]) expect(word).toMatch(/^[a-z0-9!#$%&'*+.^_`|~-]+$/);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('hostile headers of the greatest length are read in one pass', () => {
    const pieces = [
      'a ',
      'a,',
      'a=',
      'a="',
      'a=b,',
      'a=b,c,',
      '"',
      '\\',
      ' ',
      ',',
      '=',
      'a  ',
      'Basic ',
      'a===',
      'a=,b,',
    ];
    for (const piece of pieces) {
      const text = piece.repeat(LIMITS.headerCharacters / piece.length);
      expect(parseChallenges(Array.from({ length: 20 }, () => text)).length).toBeLessThanOrEqual(20 * text.length);
    }
  });
});
