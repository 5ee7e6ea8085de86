import { EMPTY_DIGESTS, parseDigest, type Digest } from '../core/digest.ts';
import { UserError } from '../core/errors.ts';
import { parsePlatform, type Platform } from '../core/platform.ts';
import {
  canonicalRegistry,
  familiarReference,
  parseReference,
  withDefaultTag,
  type Reference,
} from '../core/reference.ts';
import type { ImageRequest } from '../core/resolution.ts';
import { readBuild, type BuildInputs } from './build.ts';
import { readCommon, type CommonInputs } from './registry.ts';
import type { Form } from './form.ts';

/** The inputs of `resolve` (DESIGN.md §3). */
export interface ResolveInputs extends CommonInputs, BuildInputs {
  readonly images: readonly ImageRequest[];
  readonly platform: Platform | undefined;
  readonly requirePlatforms: readonly Platform[];
  /** Accepted digests per key of `images`. */
  readonly expect: ReadonlyMap<string, readonly Digest[]>;
  /** Milliseconds. */
  readonly wait: number;
  readonly missingIsFine: boolean;
  readonly inspect: boolean;
  readonly verify: boolean;
  /** Paths as written. */
  readonly write: readonly string[];
}

/** Reads all inputs; problems are in the form. */
export function readResolve(form: Form): ResolveInputs {
  const images = readImages(form);
  const platform = form.text('platform');
  const registries = new Set(images.map(({ reference }) => canonicalRegistry(reference.registry)));
  return {
    ...readCommon(form, registries),
    ...readBuild(form),
    images,
    platform: platform === undefined ? undefined : form.attempt('platform', () => parsePlatform(platform)),
    requirePlatforms: form.listOf('require-platforms', parsePlatform),
    expect: readExpect(form, images),
    wait: form.seconds('wait', 0, 0),
    missingIsFine: form.choice('if-missing', ['error', 'ignore'], 'error') === 'ignore',
    inspect: form.boolean('inspect', false),
    verify: form.boolean('verify', false),
    write: form.listOf('write', parseOutputPath),
  };
}

const KEY = /^[A-Za-z_][A-Za-z0-9_-]*$/;
const keyHint = 'Keys are letters, digits, _ and -, and begin with a letter or _: api=ghcr.io/acme/api:1.4.2';

interface Entry {
  readonly key: string | undefined;
  readonly written: string;
  readonly reference: Reference;
}

function readImages(form: Form): readonly ImageRequest[] {
  const entries = form.listOf('images', parseEntry);
  if (form.list('images').length === 0) {
    form.problem(
      'images',
      new UserError(
        'bad-input',
        'the list is empty',
        'Name at least one image; an expression that gave nothing is empty',
      ),
    );
  }
  return withKeys(form, entries);
}

function parseEntry(text: string): Entry {
  const equals = text.indexOf('=');
  const key = equals < 0 ? undefined : text.slice(0, equals).trim();
  const written = text.slice(equals + 1).trim();
  if (key !== undefined && !KEY.test(key)) throw new UserError('bad-input', `"${key}" is not a key`, keyHint);
  const reference = withDefaultTag(parseReference(written));
  refuseEmptyDigest(reference.digest, `${written}: `);
  return { key, written, reference };
}

function refuseEmptyDigest(digest: Digest | undefined, where: string): void {
  if (digest === undefined || !EMPTY_DIGESTS.has(digest)) return;
  throw new UserError(
    'empty-digest',
    `${where}${digest} is the digest of nothing`,
    'An earlier command failed and gave no output; look there, and begin scripts with set -o pipefail',
  );
}

/** Default keys are the last path component; where that is taken, with the tag behind it. */
function withKeys(form: Form, entries: readonly Entry[]): readonly ImageRequest[] {
  const plain = entries.map(({ key, reference }) => key ?? lastComponent(reference));
  const takenPlain = repeated(plain);
  const keys = entries.map(({ key, reference }, index) => {
    const name = plain[index] ?? '';
    const useTag = key === undefined && takenPlain.has(name) && reference.tag !== undefined;
    return useTag ? `${name}-${reference.tag}` : name;
  });
  const twice = repeated(keys);
  for (const key of twice)
    form.problem(
      'images',
      keyTaken(
        key,
        entries.filter((_, index) => keys[index] === key),
      ),
    );
  return entries.map(({ written, reference }, index) => ({ key: keys[index] ?? '', written, reference }));
}

/** The names that stand there more than once. */
function repeated(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const name of names) (seen.has(name) ? again : seen).add(name);
  return again;
}

function lastComponent({ repository }: Reference): string {
  return repository.slice(repository.lastIndexOf('/') + 1);
}

function keyTaken(key: string, entries: readonly Entry[]): UserError {
  const shown = entries.map(({ reference }) => familiarReference(reference)).join(' and ');
  const example = entries.map(({ written }, index) => `${index === 0 ? 'first' : 'second'}=${written}`).slice(0, 2);
  return new UserError(
    'bad-input',
    `${shown} would both have the key "${key}"`,
    `Write keys of your own: ${example.join(', ')}`,
  );
}

function readExpect(form: Form, images: readonly ImageRequest[]): ReadonlyMap<string, readonly Digest[]> {
  const expected = new Map<string, readonly Digest[]>();
  for (const entry of form.list('expect')) {
    form.attempt('expect', () => {
      const { key, digests } = parseExpectation(entry, images);
      if (expected.has(key)) {
        throw new UserError('bad-input', `there are two entries for "${key}"`, 'Join digests that are all right by |');
      }
      expected.set(key, digests);
    });
  }
  return expected;
}

function parseExpectation(entry: string, images: readonly ImageRequest[]): { key: string; digests: readonly Digest[] } {
  const equals = entry.indexOf('=');
  const digests = entry
    .slice(equals + 1)
    .split('|')
    .map((text) => parseDigest(text.trim()));
  for (const digest of digests) refuseEmptyDigest(digest, '');
  const keys = images.map(({ key }) => key);
  if (equals >= 0) {
    const key = entry.slice(0, equals).trim();
    if (keys.includes(key)) return { key, digests };
    throw new UserError('bad-input', `no image has the key "${key}"`, `The keys are ${keys.join(', ')}`);
  }
  const [only, ...others] = keys;
  if (only !== undefined && others.length === 0) return { key: only, digests };
  throw new UserError(
    'bad-input',
    'there are several images, and a digest without a key',
    `Write key=sha256:…; the keys are ${keys.join(', ')}`,
  );
}

const EXTENSIONS = ['.json', '.env', '.yaml', '.yml', '.md'] as const;

function parseOutputPath(text: string): string {
  if (EXTENSIONS.some((extension) => text.toLowerCase().endsWith(extension))) return text;
  throw new UserError(
    'bad-input',
    `"${text}" is not a kind of file that can be written`,
    `Let the name end in ${EXTENSIONS.join(', ')}`,
  );
}
