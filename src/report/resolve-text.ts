import type { Digest } from '../core/digest.ts';
import { sentencesOf } from '../core/errors.ts';
import type { ManifestKind } from '../core/manifest.ts';
import { DOCKER_LIST, DOCKER_MANIFEST, OCI_INDEX, OCI_MANIFEST } from '../core/media-type.ts';
import { familiarReference, nameOf, type Reference } from '../core/reference.ts';
import type { How, ImageResult, Resolution } from '../core/resolution.ts';
import { cell, codeBlock, codeSpan, details, heading, prose, table } from './markdown.ts';
import { imageOf, pinnedOf, resolvedImages, versionOf } from './resolve-outputs.ts';

const KINDS: ReadonlyMap<string, string> = new Map([
  [OCI_INDEX, 'OCI image index'],
  [OCI_MANIFEST, 'OCI image manifest'],
  [DOCKER_LIST, 'Docker manifest list'],
  [DOCKER_MANIFEST, 'Docker image manifest'],
]);

const KIND_NAMES: Readonly<Record<ManifestKind, string>> = {
  index: 'index',
  manifest: 'manifest',
  artifact: 'artifact',
};

function kindText({ kind, mediaType }: Resolution): string {
  if (kind === 'artifact') return `artifact (${mediaType})`;
  return KINDS.get(mediaType) ?? `${KIND_NAMES[kind]} (${mediaType})`;
}

/** The lines of one image's log, the digest first, then how we know (USERS.md "Texts"). */
export function logOf({ request, outcome }: ImageResult): readonly string[] {
  if (outcome.status === 'failed') return [fact('failed', outcome.error.message), how(outcome.how)];
  if (outcome.status === 'missing') {
    return [fact('missing', outcome.error?.message ?? 'the registry has no such image'), how(outcome.how)];
  }
  const { resolution } = outcome;
  const { platforms, inspection, foundTags } = resolution;
  return [
    fact('digest', resolution.digest),
    fact('kind', kindText(resolution)),
    ...(resolution.indexDigest === resolution.digest ? [] : [fact('index', resolution.indexDigest)]),
    ...(platforms === undefined || platforms.size === 0 ? [] : [fact('platforms', [...platforms.keys()].join(', '))]),
    ...(resolution.imageId === undefined ? [] : [fact('image ID', resolution.imageId)]),
    ...versionLines(resolution),
    ...(inspection === undefined ? [] : inspectionLines(inspection)),
    ...(foundTags?.failure === undefined ? [] : [fact('find-tags', `ended early: ${foundTags.failure}`)]),
    ...resolution.notices.map((notice) => fact('notice', notice)),
    ...(request.reference.digest === undefined || request.reference.tag === undefined
      ? []
      : [fact('asked', 'by digest; the tag is kept')]),
    how(outcome.how),
  ];
}

/** Most tags that are named in the log; all are in the output. */
const TAGS_SHOWN = 8;

/** The version and how it is known, or why it is not. */
function versionLines({ foundTags, inspection }: Resolution): readonly string[] {
  if (foundTags?.version !== undefined) {
    const { version, versionSource = '', tags } = foundTags;
    const evidence = versionSource.startsWith('same platform images') ? versionSource : sameDigest(tags, versionSource);
    return [fact('version', `${version} (${evidence}; ${requestsText(foundTags.requests)})`)];
  }
  const others = foundTags === undefined || foundTags.tags.length === 0 ? [] : [fact('tags', shown(foundTags.tags))];
  if (inspection?.version !== undefined) {
    const { version, versionSource } = inspection;
    return [...others, fact('version', versionSource === undefined ? version : `${version} (${versionSource})`)];
  }
  const looked =
    foundTags === undefined ? undefined : `${foundTags.versionMissing ?? ''}; ${requestsText(foundTags.requests)}`;
  const reasons = [looked, inspection?.versionMissing].filter((reason) => reason !== undefined);
  return reasons.length === 0 ? others : [...others, fact('version', `not known: ${reasons.join('; ')}`)];
}

/** The other tags; where only the asked one tells the version, that one. */
function sameDigest(tags: readonly string[], versionSource: string): string {
  if (tags.length === 0) return versionSource;
  const same = `same digest as ${shown(tags)}`;
  return versionSource.startsWith('same digest') ? same : `${versionSource}; ${same}`;
}

function shown(tags: readonly string[]): string {
  const more = tags.length - TAGS_SHOWN;
  return tags.slice(0, TAGS_SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function inspectionLines(inspection: NonNullable<Resolution['inspection']>): readonly string[] {
  const { revision, source, created, labelsOf, remarks } = inspection;
  return [
    ...(revision === undefined ? [] : [fact('revision', revision)]),
    ...(source === undefined ? [] : [fact('source', source)]),
    ...(created === undefined ? [] : [fact('created', created)]),
    ...(labelsOf === undefined ? [] : [fact('labels', `of ${labelsOf}`)]),
    ...remarks.map((remark) => fact('note', remark)),
  ];
}

/** Columns: two blanks, the name, the value from column 13 on. */
function fact(name: string, value: string): string {
  return `  ${name.padEnd(9)} ${value}`;
}

function how({ requests, milliseconds, credential }: How): string {
  const count = requestsText(requests);
  const signedIn = credential === undefined || credential === 'anonymous' ? 'anonymous' : `credential: ${credential}`;
  return fact('how', `${count}, ${Math.round(milliseconds)} ms, ${signedIn}`);
}

function requestsText(requests: number): string {
  return `${requests} request${requests === 1 ? '' : 's'}`;
}

/** Most images whose commands are shown in the summary. */
const COMMANDS = 20;

/** The job summary: one table, then the commands to pull and to verify. */
export function summaryOf(results: readonly ImageResult[]): string {
  const rows = results.map(({ request, outcome }) => {
    const name = cell(familiarReference(request.reference));
    if (outcome.status !== 'resolved') {
      const error = outcome.error;
      return [
        name,
        outcome.status === 'failed' ? 'failed' : 'does not exist',
        error === undefined ? '' : prose(error.code),
        '',
      ];
    }
    const { resolution } = outcome;
    return [name, codeSpan(resolution.digest), kindCell(resolution), cell(versionOf(resolution).version)];
  });
  const hasVersion = rows.some((row) => row[3] !== '');
  const columns = hasVersion ? 4 : 3;
  const title = results.length === 1 ? 'Image digest' : 'Image digests';
  const parts = [
    heading(3, title),
    table(
      ['Image', 'Digest', 'Kind', 'Version'].slice(0, columns),
      rows.map((row) => row.slice(0, columns)),
    ),
    ...failuresOf(results),
    ...commandsOf(results),
  ];
  return `${parts.join('\n\n')}\n`;
}

function kindCell({ kind, platforms }: Resolution): string {
  if (platforms === undefined || platforms.size === 0) return KIND_NAMES[kind];
  return cell([...platforms.keys()].join(', '));
}

function failuresOf(results: readonly ImageResult[]): readonly string[] {
  return results.flatMap(({ request, outcome }) => {
    if (outcome.status === 'resolved' || outcome.error === undefined) return [];
    return [`${codeSpan(familiarReference(request.reference))}: ${prose(sentencesOf(outcome.error))}`];
  });
}

function commandsOf(results: readonly ImageResult[]): readonly string[] {
  const resolved = resolvedImages(results).slice(0, COMMANDS);
  if (resolved.length === 0) return [];
  const pull = resolved.map(({ reference, resolution }) => `docker pull ${imageOf(reference, resolution)}`);
  const verify = resolved.map(({ reference, resolution }) => verifyCommand(reference, imageOf(reference, resolution)));
  const pinned = resolved.map(({ reference, resolution }) => pinnedOf(reference, resolution));
  return [
    details('Pull', codeBlock(pull, 'sh')),
    details('Verify', codeBlock(verify, 'sh')),
    details('Pinned references', codeBlock(pinned)),
  ];
}

/** GitHub's attestations are found by the owner; elsewhere the registry shows what the digest holds. */
function verifyCommand({ registry, repository }: Reference, image: string): string {
  if (registry.toLowerCase() !== 'ghcr.io') return `docker buildx imagetools inspect ${image}`;
  return `gh attestation verify oci://${image} --owner ${repository.slice(0, repository.indexOf('/'))}`;
}

/** The contents of a file of `write`, by the end of its name; the same images give the same bytes. */
export function fileContents(path: string, results: readonly ImageResult[], json: string): string {
  const lower = path.toLowerCase();
  const resolved = resolvedImages(results);
  if (lower.endsWith('.json')) return `${json}\n`;
  if (lower.endsWith('.env')) {
    return resolved
      .map(({ key, reference, resolution }) => envLines(key, imageOf(reference, resolution), resolution.digest))
      .join('');
  }
  if (lower.endsWith('.md')) {
    const rows = resolved.map(({ reference, resolution }) => [
      cell(familiarReference(reference)),
      codeSpan(resolution.digest),
    ]);
    return `${table(['Image', 'Digest'], rows)}\n`;
  }
  const entries = resolved.map(
    ({ key, reference, resolution }) =>
      `  ${JSON.stringify(key)}:\n` +
      [
        ['name', nameOf(reference)],
        ['tag', reference.tag ?? ''],
        ['digest', resolution.digest],
        ['image', imageOf(reference, resolution)],
      ]
        .map(([name, value]) => `    ${name ?? ''}: ${JSON.stringify(value)}\n`)
        .join(''),
  );
  return entries.length === 0 ? 'images: {}\n' : `images:\n${entries.join('')}`;
}

/** `API_IMAGE=…` and `API_DIGEST=…`; what is no name of a variable becomes `_`. */
function envLines(key: string, image: string, digest: Digest): string {
  const name = key.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '_');
  const safe = /^[0-9]/.test(name) ? `_${name}` : name;
  return `${safe}_IMAGE=${image}\n${safe}_DIGEST=${digest}\n`;
}
