import { mediaTypeOf } from '../core/media-type.ts';
import type { HttpMethod, HttpResponse } from './http.ts';
import { rowOf } from './quirks.ts';

/** Which of its answers come from the registry's API, and not from the web server that it runs in. */
const API_VERSION = 'docker-distribution-api-version';

/**
 * Whether a HEAD that finds nothing may be believed. Nexus knew no HEAD: its web server answers it with a page of 404,
 * without the header that is in the answers of its API (REGISTRIES.md Q29). That costs no request to find out.
 */
export class HeadTrust {
  readonly #proven = new Set<string>();
  readonly #named = new Set<string>();
  readonly #unnamed = new Set<string>();
  readonly #pages = new Set<string>();

  /** Looks at an answer for a manifest. */
  note(registry: string, method: HttpMethod, { status, header }: HttpResponse): void {
    const isNamed = header(API_VERSION).length > 0;
    if (method === 'GET' && isNamed) this.#named.add(registry);
    if (method !== 'HEAD') return;
    if (status === 200) this.#proven.add(registry);
    if (status !== 404) return;
    if (!isNamed) this.#unnamed.add(registry);
    if (mediaTypeOf(header('content-type')[0]) === 'text/html') this.#pages.add(registry);
  }

  /** Whether a 404 on HEAD has to be confirmed by GET. */
  isDoubtful(registry: string): boolean {
    if (rowOf(registry)?.headIsDefinite === true || this.#proven.has(registry)) return false;
    return this.#pages.has(registry) || (this.#named.has(registry) && this.#unnamed.has(registry));
  }
}
