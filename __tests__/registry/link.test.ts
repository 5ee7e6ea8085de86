import { describe, expect, test } from '@jest/globals';
import * as fc from '../support/properties.ts';
import { LIMITS } from '../../src/core/limits.ts';
import { nextLink, resolveNext } from '../../src/registry/link.ts';

describe('the link to the next page is found', () => {
  const rows: readonly (readonly [string, readonly string[], string | undefined])[] = [
    ['distribution', ['</v2/a/tags/list?last=b&n=10>; rel="next"'], '/v2/a/tags/list?last=b&n=10'],
    [
      'absolute',
      ['<https://quay.io/v2/a/tags/list?next_page=gAAA%3D>; rel="next"'],
      'https://quay.io/v2/a/tags/list?next_page=gAAA%3D',
    ],
    [
      'without <>, relation unquoted (Q98)',
      ['https://r.example/v2/a/tags/list?n=50&last=x; rel=next'],
      'https://r.example/v2/a/tags/list?n=50&last=x',
    ],
    ['relation unquoted', ['</x>; rel=next'], '/x'],
    ['any case and blanks', ['  < /x >  ;  REL = "NEXT"  '], '/x'],
    ['several relations in one', ['</x>; rel="last next"'], '/x'],
    ['previous before next (Q99)', ['</p>; rel="previous", </n>; rel="next"'], '/n'],
    ['next before previous', ['</n>; rel="next",</p>; rel="previous"'], '/n'],
    ['repeated header', ['</p>; rel="prev"', '</n>; rel="next"'], '/n'],
    ['without <>, several', ['/p; rel=previous, /n; rel=next'], '/n'],
    ['other parameters', ['</n>; title="a, b; rel=previous"; rel="next"; type=x'], '/n'],
    ['commas and semicolons inside <>', ['</n?a=1,2;3>; rel="next"'], '/n?a=1,2;3'],
    ['only the first rel of a link counts', ['</p>; rel="prev"; rel="next"'], undefined],
    ['previous alone', ['</p>; rel="previous"'], undefined],
    ['no relation', ['</x>'], undefined],
    ['nextish relations', ['</x>; rel="nextpage", </y>; rev="next"'], undefined],
    ['an empty target', ['<>; rel="next"'], undefined],
    ['never closed', ['</x; rel="next"'], undefined],
    ['nothing', [], undefined],
    ['an empty header, then one', ['', ', ,', '</n>; rel=next'], '/n'],
    ['beyond the limit', [`</${'x'.repeat(LIMITS.headerCharacters)}>; rel=next`], undefined],
  ];
  test.each(rows)('%s', (_name, headers, target) => {
    expect(nextLink(headers)).toBe(target);
  });

  test('of what is printed the first next is read back', () => {
    const target = fc.webPath().map((path) => `/v2${path}?n=1`);
    const relation = fc.constantFrom('next', 'previous', 'first', 'last next');
    fc.assert(
      fc.property(fc.array(fc.tuple(target, relation)), (links) => {
        const line = links.map(([to, rel]) => `<${to}>; rel="${rel}"`).join(', ');
        expect(nextLink([line])).toBe(links.find(([, rel]) => rel.includes('next'))?.[0]);
      }),
    );
  });

  test('nothing throws, and hostile headers of the greatest length are read in one pass', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (headers) => {
        nextLink(headers);
      }),
    );
    for (const piece of ['<', '<>', '<>;', '<a', ';', ',', '=', '"', 'a=', 'a="', '; ', ' ', '<a>; rel=x,', 'a;b=c;']) {
      expect(nextLink([piece.repeat(LIMITS.headerCharacters / piece.length)])).toBeUndefined();
    }
  });
});

describe('the link to the next page is resolved', () => {
  const page = 'https://r.example/v2/acme/api/tags/list?n=100';
  const rows: readonly (readonly [string, string, string, string | undefined])[] = [
    ['relative', page, '/v2/acme/api/tags/list?last=b', 'https://r.example/v2/acme/api/tags/list?last=b'],
    ['query alone', page, '?last=b&n=100', 'https://r.example/v2/acme/api/tags/list?last=b&n=100'],
    ['relative to the path', page, 'list?last=b', 'https://r.example/v2/acme/api/tags/list?last=b'],
    [
      'absolute',
      page,
      'https://r.example/v2/acme/api/tags/list?last=b',
      'https://r.example/v2/acme/api/tags/list?last=b',
    ],
    [
      'opaque query',
      page,
      '/v2/acme/api/tags/list?next_page=gA%3D%3D',
      'https://r.example/v2/acme/api/tags/list?next_page=gA%3D%3D',
    ],
    [
      'http on https (Q96)',
      page,
      'http://r.example/v2/acme/api/tags/list?last=b',
      'https://r.example/v2/acme/api/tags/list?last=b',
    ],
    [
      'http on https with a port',
      'https://r.example:8443/v2/acme/api/tags/list',
      'http://r.example:8443/v2/acme/api/tags/list?last=b',
      'https://r.example:8443/v2/acme/api/tags/list?last=b',
    ],
    [
      'http on https that lost its port',
      'https://r.example:8443/v2/acme/api/tags/list',
      'http://r.example/v2/acme/api/tags/list?last=b',
      'https://r.example:8443/v2/acme/api/tags/list?last=b',
    ],
    [
      'any case of the host',
      page,
      'https://R.Example/v2/acme/api/tags/list?last=b',
      'https://r.example/v2/acme/api/tags/list?last=b',
    ],
    [
      'plain http registry',
      'http://localhost:5000/v2/acme/api/tags/list',
      '/v2/acme/api/tags/list?last=b',
      'http://localhost:5000/v2/acme/api/tags/list?last=b',
    ],
    [
      'lost prefix of a virtual repository (Q97)',
      'https://art.example/v2/virtual/acme/api/tags/list',
      '/v2/acme/api/tags/list?last=b',
      'https://art.example/v2/virtual/acme/api/tags/list?last=b',
    ],
    [
      'lost API prefix',
      'https://art.example/artifactory/api/docker/virtual/v2/acme/api/tags/list',
      '/v2/acme/api/tags/list?last=b',
      'https://art.example/v2/acme/api/tags/list?last=b',
    ],
    [
      'added prefix',
      page,
      '/v2/proxy/acme/api/tags/list?last=b',
      'https://r.example/v2/proxy/acme/api/tags/list?last=b',
    ],
    ['another repository', page, '/v2/other/api/tags/list?last=b', 'https://r.example/v2/acme/api/tags/list?last=b'],
    ['another operation', page, '/v2/acme/api/blobs/uploads/?last=b', 'https://r.example/v2/acme/api/tags/list?last=b'],
    [
      'a path that climbs',
      page,
      '/v2/acme/api/../../../admin?last=b',
      'https://r.example/v2/acme/api/tags/list?last=b',
    ],
    [
      'referrers',
      'https://r.example/v2/acme/api/referrers/sha256:aa',
      '/v2/acme/api/referrers/sha256:aa?page=2',
      'https://r.example/v2/acme/api/referrers/sha256:aa?page=2',
    ],
    [
      'after a redirect (registry.k8s.io, Q83)',
      'https://us-docker.pkg.dev/v2/k8s/images/acme/api/tags/list',
      '/v2/k8s/images/acme/api/tags/list?last=b',
      'https://us-docker.pkg.dev/v2/k8s/images/acme/api/tags/list?last=b',
    ],
    ['a fragment is dropped', page, '?last=b#x', 'https://r.example/v2/acme/api/tags/list?last=b'],
    ['another host', page, 'https://evil.example/v2/acme/api/tags/list?last=b', undefined],
    ['another host without a scheme', page, '//evil.example/v2/acme/api/tags/list', undefined],
    ['another port', page, 'https://r.example:8443/v2/acme/api/tags/list', undefined],
    ['http on another port', page, 'http://r.example:5000/v2/acme/api/tags/list', undefined],
    [
      'https on http',
      'http://localhost:5000/v2/acme/api/tags/list',
      'https://localhost:5000/v2/acme/api/tags/list',
      undefined,
    ],
    ['user information', page, 'https://u:p@r.example/v2/acme/api/tags/list', undefined],
    ['another scheme', page, 'file:///etc/passwd', undefined],
    ['a script', page, 'javascript:alert(1)', undefined],
    ['no URL', page, 'https://[', undefined],
  ];
  test.each(rows)('%s', (_name, from, link, resolved) => {
    const repository = from.includes('/virtual/acme') ? 'virtual/acme/api' : 'acme/api';
    expect(resolveNext(link, new URL(from), repository)?.href).toBe(resolved);
  });

  test('whatever the link, it stays on the origin of the page', () => {
    const links = fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.webPath(), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(links, (link) => {
        const url = resolveNext(link, new URL(page), 'acme/api');
        if (url === undefined) return;
        expect(url.origin).toBe('https://r.example');
        expect(url.pathname.endsWith('/acme/api/tags/list')).toBe(true);
        expect(url.username + url.password).toBe('');
      }),
    );
  });
});
