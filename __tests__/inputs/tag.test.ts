import { describe, expect, test } from '@jest/globals';
import { formatReference } from '../../src/core/reference.ts';
import type { TagContext } from '../../src/core/tag-context.ts';
import { Form, InvalidInputs } from '../../src/inputs/form.ts';
import { readTag, type TagInputs } from '../../src/inputs/tag.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const NOTHING = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const IMAGE = `ghcr.io/acme/api@${DIGEST}`;

const CONTEXT: TagContext = {
  ref: 'refs/heads/main',
  sha: '9f3c1d2e5b7a4c6d8e0f1a2b3c4d5e6f7a8b9c0d',
  eventName: 'push',
  defaultBranch: 'main',
  baseRef: '',
  shortSha: 7,
};

function read(inputs: Readonly<Record<string, string>>): TagInputs {
  const form = new Form((name) => inputs[name] ?? '');
  const found = readTag(form, CONTEXT);
  form.finish();
  return found;
}

function targetsOf(tags: string, image = IMAGE): readonly string[] {
  return read({ image, tags }).targets.map(({ reference }) => formatReference(reference));
}

/** Every problem as `input: code: message | hint`. */
function problemsOf(inputs: Readonly<Record<string, string>>): readonly string[] {
  try {
    read(inputs);
  } catch (error) {
    if (!(error instanceof InvalidInputs)) throw error;
    return error.problems.map((one) => `${one.input}: ${one.error.code}: ${one.error.message} | ${one.error.hint}`);
  }
  throw new Error('there was no problem');
}

describe('tags', () => {
  test.each([
    ['bare tags, by lines and commas', '1.4.2, v1\n\n# not this one\nlatest', ['1.4.2', 'v1', 'latest']],
    ['the output of docker/metadata-action', 'ghcr.io/acme/api:1.4.2\nghcr.io/acme/api:latest', ['1.4.2', 'latest']],
    ['the same output on one line', 'ghcr.io/acme/api:1.4.2,ghcr.io/acme/api:latest', ['1.4.2', 'latest']],
    ['lines with commas of their own', 'type=sha,format=long,prefix=\nlatest', [CONTEXT.sha, 'latest']],
    ['a type in the middle of a line', 'event=branch,type=ref', ['main']],
    ['templates', '{{branch}}-{{sha}}', ['main-9f3c1d2']],
    ['each tag once', 'latest,latest\nghcr.io/acme/api:latest\nGHCR.IO/acme/api:latest\ntype=raw,latest', ['latest']],
    ['Windows line ends', 'a\r\nb\r\n', ['a', 'b']],
  ])('%s', (_, tags, expected) => {
    expect(targetsOf(tags)).toEqual(expected.map((tag) => `ghcr.io/acme/api:${tag}`));
  });

  test('may be in other repositories of the registry', () => {
    expect(targetsOf('ghcr.io/acme/web:1\n2')).toEqual(['ghcr.io/acme/web:1', 'ghcr.io/acme/api:2']);
    const hub = targetsOf('acme/api:1\nindex.docker.io/acme/web:2\n3', 'nginx:latest');
    expect(hub).toEqual(['docker.io/acme/api:1', 'docker.io/acme/web:2', 'docker.io/library/nginx:3']);
  });

  test('that do not fit this run are skipped with their reason', () => {
    const { targets, skipped } = read({ image: IMAGE, tags: 'type=semver,pattern={{version}}\ntype=sha' });
    expect(targets.map(({ tag }) => tag)).toEqual(['sha-9f3c1d2']);
    expect(skipped).toEqual([
      {
        written: 'type=semver,pattern={{version}}',
        reason: 'the run is not for a tag (refs/heads/main)',
        isWarning: false,
      },
    ]);
  });

  test.each([
    ['', /^tags: bad-input: tags is empty \| Name at least one tag/],
    [
      'type=ref,event=tag\ntype=raw,x,enable=false',
      /leaves nothing to do in this run: "type=ref,event=tag": the run is not for a tag .*; "type=raw,x,enable=false": enable is false \|/,
    ],
    ['docker.io/acme/api:1', /docker\.io and the image is on ghcr\.io.*skopeo copy --all/],
    ['nginx:1.27', /nginx:1\.27 is on docker\.io and the image is on ghcr\.io/],
    [`ghcr.io/acme/api:1@${DIGEST}`, /names a digest, and a tag is wanted \| Write ghcr\.io\/acme\/api:1 here/],
    ['ghcr.io/acme/api', /is a reference without a tag \| Write ghcr\.io\/acme\/api:tag, or ghcr\.io-acme-api/],
    ['feature/x', /is a reference without a tag \| .*feature-x when it is meant as a tag/],
    ['ghcr.io/Acme/api:1', /^tags: bad-reference: .*ghcr\.io\/acme\/api:1/],
    ['-x', /"-x" is not a tag \| Write x/],
    ['x'.repeat(129), /has 129 characters, at most 128 are allowed \| Shorten it: x{128}$/],
    ['type=sha,format=huge', /the format "huge" does not exist/],
    ['$(id)', /is not a tag/],
  ])('%s is a problem', (tags, expected) => {
    expect(problemsOf({ image: IMAGE, tags })).toEqual([expect.stringMatching(expected)]);
  });
});

test('everything is read', () => {
  const inputs = read({
    image: 'ghcr.io/acme/api:main',
    tags: 'latest',
    expect: ` ${DIGEST} `,
    overwrite: 'latest, v[0-9]*',
    'forward-only': 'v1',
    'dry-run': 'True',
    username: 'octocat',
    password: 'secret',
  });
  expect(inputs).toMatchObject({
    source: { registry: 'ghcr.io', repository: 'acme/api', tag: 'main' },
    expect: DIGEST,
    dryRun: true,
    credential: { registry: 'ghcr.io', username: 'octocat' },
    timeout: 300_000,
    showSummary: true,
  });
  expect(inputs.overwrite.map(({ text }) => text)).toEqual(['latest', 'v[0-9]*']);
  expect(inputs.forwardOnly.map(({ text }) => text)).toEqual(['v1']);
  expect(read({ image: 'nginx', tags: 'x' }).source).toEqual({
    registry: 'docker.io',
    repository: 'library/nginx',
    tag: 'latest',
  });
});

test('every problem is told at once', () => {
  const problems = problemsOf({
    image: `ghcr.io/acme/api@${NOTHING}`,
    tags: 'a b\n-c',
    expect: 'sha256:xyz',
    overwrite: 'a/b',
    'forward-only': 'v[',
    'dry-run': 'yes',
    timeout: 'soon',
  });
  expect(problems.map((problem) => problem.split(':', 2).join(':')).toSorted()).toEqual([
    'dry-run: bad-input',
    'expect: bad-reference',
    'forward-only: bad-input',
    'image: empty-digest',
    'overwrite: bad-input',
    'tags: bad-input',
    'tags: bad-input',
    'timeout: bad-input',
  ]);
});

test.each([
  ['', /^image: bad-input: image is empty/],
  ['ghcr.io/Acme/api:1', /^image: bad-reference: .*lower/],
  ['a:1, b:2', /^image: bad-reference/],
  [`api@sha256:${'A'.repeat(64)}`, /^image: bad-reference/],
])('the image "%s" is a problem', (image, expected) => {
  expect(problemsOf({ image, tags: 'x' })).toEqual([expect.stringMatching(expected)]);
});

test('an expected digest of nothing is named', () => {
  expect(problemsOf({ image: IMAGE, tags: 'x', expect: NOTHING })[0]).toMatch(
    /^expect: empty-digest: .*digest of nothing/,
  );
});
