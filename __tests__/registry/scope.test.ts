import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { formatScope, mergeActions, parseScopes, type Action } from '../../src/registry/scope.ts';

describe('a scope', () => {
  test.each<readonly [readonly Action[], string]>([
    [['pull'], 'repository:a/b:pull'],
    [['push', 'pull'], 'repository:a/b:pull,push'],
    [['delete', 'pull', 'push', 'pull'], 'repository:a/b:pull,push,delete'],
  ])('of %j is written in one order', (actions, text) => {
    expect(formatScope({ repository: 'a/b', actions })).toBe(text);
  });

  test.each([
    ['repository:a/b:pull', [{ type: 'repository', name: 'a/b', actions: ['pull'] }]],
    ['repository:a/b:pull,push', [{ type: 'repository', name: 'a/b', actions: ['pull', 'push'] }]],
    ['repository:host.example:5000/a:pull', [{ type: 'repository', name: 'host.example:5000/a', actions: ['pull'] }]],
    ['repository(plugin):a:pull', [{ type: 'repository(plugin)', name: 'a', actions: ['pull'] }]],
    ['registry:catalog:*', [{ type: 'registry', name: 'catalog', actions: ['*'] }]],
    [
      ' repository:a:pull   repository:b:pull,,push ',
      [
        { type: 'repository', name: 'a', actions: ['pull'] },
        { type: 'repository', name: 'b', actions: ['pull', 'push'] },
      ],
    ],
    ['aws', [{ type: 'aws', name: '', actions: [] }]],
    ['*', [{ type: '*', name: '', actions: [] }]],
    ['repository:a', [{ type: 'repository', name: 'a', actions: [] }]],
    ['repository:a:', [{ type: 'repository', name: 'a', actions: [] }]],
    [':', [{ type: '', name: '', actions: [] }]],
    ['', []],
    ['  ', []],
  ])('%j is split at its first and last colon', (text, scopes) => {
    expect(parseScopes(text)).toEqual(scopes);
  });

  test('that is written is read back', () => {
    const actions = fc.subarray<Action>(['pull', 'push', 'delete'], { minLength: 1 });
    const repository = fc.stringMatching(/^[a-z0-9]{1,5}(:[0-9]{1,4})?(\/[a-z0-9]{1,5}){0,3}$/);
    fc.assert(
      fc.property(fc.array(fc.record({ repository, actions })), (scopes) => {
        const expected = scopes.map(({ repository: name, actions: asked }) => ({
          type: 'repository',
          name,
          actions: asked,
        }));
        expect(parseScopes(scopes.map(formatScope).join(' '))).toEqual(expected);
      }),
    );
  });

  test('from anywhere is read without a throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        parseScopes(text);
      }),
    );
    expect(parseScopes(': '.repeat(8192))).toHaveLength(8192);
  });
});

test.each<readonly [readonly string[], readonly string[], readonly string[]]>([
  [['pull'], ['push'], ['pull', 'push']],
  [['push'], ['pull'], ['pull', 'push']],
  [['pull'], ['pull'], ['pull']],
  [
    ['pull', 'push'],
    ['delete', 'pull'],
    ['pull', 'push', 'delete'],
  ],
  [['pull'], ['*', 'metadata_read', ''], ['pull']],
  [[], [], []],
])('%j and %j together are %j', (one, other, together) => {
  expect(mergeActions(one, other)).toEqual(together);
  expect(mergeActions(other, one)).toEqual(together);
});
