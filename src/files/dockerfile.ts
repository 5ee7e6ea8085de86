import { withoutNamedContexts } from './dockerfile-contexts.ts';
import { escapeTokenOf } from './dockerfile-directives.ts';
import { scanInstructions } from './dockerfile-lines.ts';
import { dockerfileReferences } from './dockerfile-references.ts';
import type { FoundReference } from './found-reference.ts';
import { mapText } from './mapped-text.ts';
import { indexLines, positionAt, spanOf } from './position.ts';
import type { Format, ImageSite, Placement, SourceFile } from './site.ts';

export { dockerfileReferences };

/** Names that begin like a Dockerfile but may as well be program text or documents about one: the content tells. */
const OTHER_ENDINGS: ReadonlySet<string> = new Set(
  (
    'adoc c cc cjs cpp cs css cts csv diff go gz h hcl html ini java js json jsx kt lock log lua map md mdx mjs ' +
    'mts patch php png ps1 py rb rs rst scss sh snap sql sum svg swift tar tf toml ts tsx vim xml yaml yml zip'
  ).split(' '),
);

const NAMES = ['dockerfile', 'containerfile'] as const;

/** `Dockerfile*`, `*.Dockerfile`, `Containerfile*`, `*.Containerfile` in any case; perhaps `a.Dockerfile.amd64`. */
function matches(path: string): 'yes' | 'maybe' | 'no' {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const ending = name.slice(name.lastIndexOf('.') + 1);
  if (NAMES.some((known) => ending === known)) return 'yes';
  if (ending === 'dockerignore') return 'no';
  if (NAMES.some((known) => name.includes(`.${known}.`))) return 'maybe';
  if (!NAMES.some((known) => name.startsWith(known))) return 'no';
  return OTHER_ENDINGS.has(ending) ? 'maybe' : 'yes';
}

/** Longer introductions than this have only Dockerfiles that are known by their name. */
const MAX_INTRODUCTION = 64 * 1024;

/** Whether the first instruction is an ARG or a FROM as BuildKit wants it: `Dockerfile.go` is one of Go's or one for Go. */
function beginsAsDockerfile(text: string): boolean {
  const source = mapText(text.slice(0, MAX_INTRODUCTION));
  const [first] = scanInstructions(source, escapeTokenOf(source.text)).take(1);
  if (first?.keyword === 'arg') return /^[a-z_]\w*(?:=|\s|$)/i.test(first.rest.text);
  return first?.keyword === 'from' && /^\S+(?:\s+as\s+\S+)?$/i.test(first.rest.text);
}

/** The sites that references found in the text of a file are. */
export function sitesOf(format: string, file: SourceFile, found: readonly FoundReference[]): readonly ImageSite[] {
  const lines = indexLines(file.text);
  return found.map(({ shown, reference, unresolved, elsewhere, placement, traits }) => ({
    file: file.path,
    format,
    ...spanOf(lines, shown),
    ...(elsewhere === undefined ? {} : { otherLines: elsewhere.map((at) => positionAt(lines, at).line) }),
    reference,
    ...(unresolved === undefined ? {} : { unresolved }),
    placement: unresolved === undefined ? readablePlacement(file.text, reference, placement) : placement,
    traits,
  }));
}

/** A value whose escapes hide the reference (`alpine\u003a3`) is left alone: its end cannot be told in the text. */
function readablePlacement(text: string, reference: string, placement: Placement): Placement {
  if (placement.kind !== 'value' || placement.quote !== '') return placement;
  const written = placement.prefix + text.slice(placement.range.start, placement.range.end);
  return written === reference ? placement : { kind: 'none', why: 'it is written with escapes' };
}

/** Dockerfiles and Containerfiles as BuildKit reads them (github.com/moby/buildkit frontend/dockerfile). */
export const dockerfile: Format = {
  id: 'dockerfile',
  title: 'Dockerfile, Containerfile',
  files: ['Dockerfile*', '*.Dockerfile', 'Containerfile*', '*.Containerfile'],
  places: [
    '`FROM`, with the defaults of the `ARG`s before it',
    '`COPY --from`',
    '`RUN --mount=…from=`',
    '`ONBUILD` with one of these',
    '`# syntax=`',
    'no named context of `docker-bake.hcl` or Compose in the folder or above it',
  ],
  matches,
  mayContain: (text) => text.trim() !== '',
  find(file, options) {
    if (matches(file.path) === 'maybe' && !beginsAsDockerfile(file.text)) return [];
    const found = dockerfileReferences(file.text);
    return sitesOf('dockerfile', file, withoutNamedContexts(file.path, found, options));
  },
};
