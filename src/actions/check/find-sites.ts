import { UserError } from '../../core/errors.ts';
import { LIMITS } from '../../core/limits.ts';
import { FORMATS } from '../../files/index.ts';
import type { Format, FormatOptions, ImageSite } from '../../files/site.ts';

/** A file in which something is looked for, in a form that another thread can be given. */
export interface Search {
  /** The references, or the paths of the files that it includes. */
  readonly wants: 'sites' | 'includes';
  readonly path: string;
  readonly text: string;
  /** Names of the formats that it may have. */
  readonly formats: readonly string[];
  readonly imageKeys: readonly string[];
  /** The files of the format that include it, nearest first. */
  readonly includedBy?: readonly string[];
}

/** What else of the workspace a format may ask for. */
export type Surroundings = Required<Pick<FormatOptions, 'sibling' | 'files'>>;

/** What is found, or why the file could not be read. */
export type Found =
  | { readonly kind: 'found'; readonly sites: readonly ImageSite[]; readonly includes: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string }
  /** A bug of ours, which must not hide the other files. */
  | { readonly kind: 'bug'; readonly error: Error };

/** Why a file that there was no time for is not judged. */
export const NO_TIME = 'the step ended before it was judged';

/** The formats that are worth trying: parsing is needless in a text that cannot hold a reference. */
export function worthTrying(formats: readonly Format[], text: string, imageKeys: readonly string[]): readonly Format[] {
  return formats.filter(
    (format) => format.mayContain(text) || imageKeys.some((key) => text.includes(key.replace(/^--/, ''))),
  );
}

/** Looks into the file. */
export function search(file: Search, around: Surroundings): Found {
  try {
    const formats = file.formats.flatMap((name) => FORMATS.find(({ id }) => id === name) ?? []);
    if (file.wants === 'includes') {
      const includes = formats.flatMap((format) => format.includes?.(file, around.files) ?? []);
      return { kind: 'found', sites: [], includes };
    }
    const sites = firstSites(file, formats, around);
    return sites.length > LIMITS.references
      ? { kind: 'refused', reason: tooMany(sites.length) }
      : { kind: 'found', sites, includes: [] };
  } catch (error) {
    if (error instanceof UserError) return { kind: 'refused', reason: error.message };
    return { kind: 'bug', error: Error.isError(error) ? error : new Error(String(error)) };
  }
}

/** The references of the first format that finds some. */
function firstSites(
  { path, text, imageKeys, includedBy }: Search,
  formats: readonly Format[],
  around: Surroundings,
): readonly ImageSite[] {
  for (const format of formats) {
    const options = { imageKeys, ...around, ...(includedBy === undefined ? {} : { includedBy }) };
    const sites = format.find({ path, text }, options);
    if (sites.length > 0) return sites;
  }
  return [];
}

function tooMany(count: number): string {
  return `it has ${count.toLocaleString('en')} references, at most ${LIMITS.references.toLocaleString('en')} are judged`;
}
