import { afterEach, describe, expect, test } from '@jest/globals';
import { parseReference } from '../../src/core/reference.ts';
import { listTags, type TagList } from '../../src/registry/tag-list.ts';
import { UserError } from '../../src/core/errors.ts';
import { startTrace } from '../../src/registry/trace.ts';
import { createTestClient } from '../support/client.ts';
import * as faults from '../support/faults.ts';
import { image, type Manifest } from '../support/oci.ts';
import { startRegistry, type RegistryOptions, type StartedRegistry } from '../support/registry.ts';
import { json } from '../support/service.ts';

const one = image();
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function registryWith(count: number, options: RegistryOptions = {}): Promise<StartedRegistry> {
  const registry = await startRegistry(options);
  const names = Array.from({ length: count }, (_, number) => [`1.${number}`, one] satisfies [string, Manifest]);
  registry.add('acme/api', Object.fromEntries(names));
  open.push(registry.close);
  return registry;
}

function list(registry: StartedRegistry, pages?: number, repository = 'acme/api'): Promise<TagList | undefined> {
  const { client, close } = createTestClient();
  open.push(close);
  const location = client.locate(parseReference(`${registry.host}/${repository}`));
  return listTags(client, location, startTrace(), pages === undefined ? {} : { pages });
}

describe('pages (REGISTRIES §3f)', () => {
  test.each<readonly [string, RegistryOptions]>([
    ['everything at once, as distribution 2.8 gives it', {}],
    ['relative links', { paging: { size: 10, max: 1000 } }],
    ['absolute links', { paging: { size: 10, link: 'absolute' } }],
    ['links without <> (Q98)', { paging: { size: 10, link: 'bare' } }],
    ['opaque links (Q95)', { paging: { size: 10, link: 'opaque' } }],
    ['links to the previous page too (Q99)', { paging: { size: 10, previous: true } }],
    ['a page size that is too big (Q94)', { paging: { size: 10, max: 100, tooBig: 405 } }],
    ['the same with 413', { paging: { size: 10, max: 100, tooBig: 413 } }],
    ['the same with 400', { paging: { size: 10, max: 100, tooBig: 400 } }],
  ])('%s', async (_, options) => {
    const registry = await registryWith(35, options);
    registry.on('GET /v2/acme/api/tags/list', (request, next) => {
      // The registry gives pages of ten, whatever is asked for.
      if (options.paging !== undefined && options.paging.tooBig === undefined) request.query.set('n', '10');
      return next();
    });
    const found = await list(registry);
    expect(found?.complete).toBe(true);
    expect(new Set(found?.tags)).toEqual(new Set(Array.from({ length: 35 }, (_unused, number) => `1.${number}`)));
    const [first] = registry.summary({ query: true });
    expect(first).toBe('GET /v2/acme/api/tags/list?n=1000');
    expect(registry.requests[0]?.headers['accept']).toBe('application/json');
  });

  test('tags that are null are none (Q90), what is no tag is left out (Q91)', async () => {
    const registry = await registryWith(1);
    const bodies = [{ tags: null }, { name: 'other', tags: ['1.0', one.digest, '-x', 7, null, '1.0'] }, {}, []];
    registry.on('GET *', faults.inTurn(...bodies.map((body) => () => json(200, body))));
    const lists = [await list(registry), await list(registry), await list(registry), await list(registry)];
    expect(lists.map((found) => found?.tags)).toEqual([[], ['1.0'], [], []]);
  });

  test('a repository that does not exist is undefined, a refusal is an error', async () => {
    const registry = await registryWith(1);
    expect(await list(registry, undefined, 'acme/nothing')).toBeUndefined();
    registry.on('GET *', faults.answer(403));
    await expect(list(registry)).rejects.toBeInstanceOf(UserError);
    registry.on('GET *', faults.answer(418));
    await expect(list(registry)).rejects.toMatchObject({ code: 'cannot-tell' });
  });

  test.each<readonly [string, (request: { readonly target: string }, count: number) => string, number]>([
    ['a link to the page itself (Q100)', ({ target }) => `<${target}>; rel="next"`, 1],
    ['two pages that point to each other', (_, count) => `</v2/acme/api/tags/list?p=${count % 2}>; rel="next"`, 3],
    ['empty pages for ever', (_, count) => `</v2/acme/api/tags/list?p=${count}>; rel="next"`, 4],
    ['a link to another host (T10)', () => '<https://evil.example/v2/acme/api/tags/list>; rel="next"', 1],
    ['a link that is none', () => '<http://[>; rel="next"', 1],
  ])('%s ends the list, which is then not complete', async (_, link, requests) => {
    const registry = await registryWith(3);
    let count = 0;
    registry.on('GET *', (request) => {
      count += 1;
      return json(200, { tags: ['1.0'] }, { link: link(request, count) });
    });
    expect(await list(registry)).toEqual({ tags: ['1.0'], complete: false, tagsOf: undefined });
    expect(registry.requests).toHaveLength(requests);
  });

  test('a page that is gone in the middle (Q102) and a limit of pages leave the list incomplete', async () => {
    const registry = await registryWith(3000, { paging: { size: 1000 } });
    expect(await list(registry, 2)).toMatchObject({ complete: false, tags: { length: 2000 } });
    registry.on(/last=/, faults.answer(404));
    expect(await list(registry)).toMatchObject({ complete: false, tags: { length: 1000 } });
  });

  test('a link that lost the prefix of a virtual repository is repaired (Q97)', async () => {
    const registry = await registryWith(3, { paging: { size: 1000 } });
    registry.on(/n=1000$/, () =>
      json(200, { tags: ['1.0'] }, { link: '</v2/api/tags/list?last=1.0&n=5>; rel="next"' }),
    );
    expect(await list(registry)).toMatchObject({ complete: true, tags: ['1.0', '1.1', '1.2'] });
    expect(registry.summary({ query: true }).at(-1)).toBe('GET /v2/acme/api/tags/list?last=1.0&n=5');
  });

  test('after a redirect to another origin the next page is asked there, without the login', async () => {
    const mirror = await registryWith(15, { paging: { size: 10 } });
    const registry = await registryWith(0, { auth: 'token' });
    registry.on('GET /v2/*/tags/list', async (request, next) => {
      const reply = await next();
      return reply.status === 401 ? reply : faults.redirect(`${mirror.origin}${request.path}?n=10`)(request, next);
    });
    registry.add('acme/api', { '1.0': one });
    expect(await list(registry)).toMatchObject({ complete: true, tags: { length: 15 } });
    expect(mirror.requests).toHaveLength(2);
    expect(mirror.requests.filter(({ headers }) => headers['authorization'] !== undefined)).toEqual([]);
  });

  test('Google’s list tells the digests (Q104)', async () => {
    const manifest = {
      [one.digest]: { tag: ['1.0', 'latest', '-'], mediaType: one.mediaType },
      'sha256:1': { tag: ['x'] },
    };
    const registry = await registryWith(1, { listMembers: () => ({ manifest, child: [] }) });
    const found = await list(registry);
    expect([...(found?.tagsOf ?? [])]).toEqual([[one.digest, ['1.0', 'latest']]]);
  });
});
