/* `GET /v2/<name>/tags/list` in the ways in which registries page it (REGISTRIES.md, 3f). */
import type { Repository } from './content.ts';
import { json, text, type Incoming, type Reply } from './service.ts';

export type LinkForm = 'relative' | 'absolute' | 'bare' | 'opaque';

export interface Paging {
  /** Tags on a page when the client asks for none. */
  readonly size: number;
  /** Most tags that may be asked for; beyond it `tooBig` is the answer. */
  readonly max?: number;
  readonly tooBig?: 400 | 405 | 413;
  /** How the next page is named. `bare`: without `<>`. `opaque`: an absolute URL with `next_page`. */
  readonly link?: LinkForm;
  /** In the order in which they were made, as ghcr.io lists them; sorted when left out. */
  readonly order?: 'made';
  /** Also a link to the previous page, before the next one. */
  readonly previous?: boolean;
}

/** Without `paging` everything comes at once, as from distribution 2.8, which knows neither `n` nor `last`. */
export function listTags(
  request: Incoming,
  name: string,
  found: Repository | undefined,
  paging: Paging | undefined,
  more: Readonly<Record<string, unknown>> = {},
): Reply {
  if (request.method !== 'GET') return text(405, 'Method not allowed\n', { allow: 'GET' });
  if (found === undefined) {
    const error = { code: 'NAME_UNKNOWN', message: 'repository name not known to registry', detail: { name } };
    return json(404, { errors: [error] });
  }
  // distribution 2.8 gives the order of the folder, which is none.
  if (paging === undefined) return json(200, { name, tags: [...found.tags.keys()].reverse(), ...more });
  const made = [...found.tags.keys()];
  const tags = paging.order === 'made' ? made : made.toSorted();
  const asked = Number(request.query.get('n') ?? paging.size);
  if (paging.max !== undefined && asked > paging.max) {
    return json(paging.tooBig ?? 400, { errors: [{ code: 'UNSUPPORTED', message: 'number of results is too big' }] });
  }
  const after = request.query.get('next_page') ?? request.query.get('last') ?? '';
  const rest = paging.order === 'made' ? tags.slice(tags.indexOf(after) + 1) : tags.filter((tag) => tag > after);
  const page = rest.slice(0, asked);
  const last = page.at(-1);
  const isMore = last !== undefined && rest.length > page.length;
  const links = [
    ...(paging.previous === true && after !== '' ? [`</v2/${name}/tags/list?n=${String(asked)}>; rel="previous"`] : []),
    ...(isMore ? [linkTo(request, name, asked, last, paging.link ?? 'relative')] : []),
  ];
  return json(200, { name, tags: page, ...more }, links.length === 0 ? {} : { link: links.join(', ') });
}

function linkTo(request: Incoming, name: string, size: number, last: string, form: LinkForm): string {
  const path = `/v2/${name}/tags/list`;
  const origin = `${request.scheme}://${request.host}`;
  const query = `?last=${encodeURIComponent(last)}&n=${String(size)}`;
  const forms = {
    absolute: `<${origin}${path}${query}>; rel="next"`,
    opaque: `<${origin}${path}?next_page=${encodeURIComponent(last)}>; rel="next"`,
    bare: `${origin}${path}${query}; rel=next`,
    relative: `<${path}${query}>; rel="next"`,
  } satisfies Record<LinkForm, string>;
  return forms[form];
}
