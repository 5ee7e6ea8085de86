import { describe, expect, test } from '@jest/globals';
import { buildArgs, buildContexts, contextName } from '../../src/core/build-context.ts';
import { parseDigest } from '../../src/core/digest.ts';
import { annotationsOf, baseLabels, buildLabels, labelLines, mergeLabels } from '../../src/core/labels.ts';
import { parseReference, withDefaultTag } from '../../src/core/reference.ts';
import { sourcePolicy } from '../../src/core/source-policy.ts';
import { buildOf, commitTime, revisionOf, type WorkflowRun } from '../../src/core/workflow-run.ts';

const DIGEST = parseDigest(`sha256:${'a'.repeat(64)}`);
const OTHER = parseDigest(`sha256:${'b'.repeat(64)}`);

function pinned(key: string, text: string, digest = DIGEST) {
  return { key, reference: withDefaultTag(parseReference(text)), digest };
}

/** As buildx writes --build-context and BuildKit looks FROM up: familiar form, then `:latest` cut off. */
const FROMS: readonly (readonly [written: string, name: string])[] = [
  ['alpine', 'alpine'],
  ['alpine:latest', 'alpine'],
  ['alpine:3.20', 'alpine:3.20'],
  ['library/alpine:3.20', 'alpine:3.20'],
  ['docker.io/library/alpine:3.20', 'alpine:3.20'],
  ['index.docker.io/library/alpine', 'alpine'],
  ['docker.io/acme/api:1', 'acme/api:1'],
  ['ghcr.io/acme/api', 'ghcr.io/acme/api'],
  ['ghcr.io/acme/api:latest', 'ghcr.io/acme/api'],
  ['ghcr.io/acme/api:latest-slim', 'ghcr.io/acme/api:latest-slim'],
  ['localhost:5000/api:1', 'localhost:5000/api:1'],
  [`alpine:3.20@${OTHER}`, 'alpine:3.20'],
  [`alpine@${OTHER}`, `alpine@${OTHER}`],
];

describe('contexts that take the place of FROM', () => {
  test.each(FROMS)('FROM %s is found under %s', (written, name) => {
    expect(contextName(withDefaultTag(parseReference(written)))).toBe(name);
  });

  test('name the image by its digest, fully', () => {
    const contexts = buildContexts([pinned('base', 'debian:12'), pinned('go', 'ghcr.io/acme/go:1', OTHER)]);
    expect([...contexts]).toEqual([
      ['debian:12', `docker-image://docker.io/library/debian@${DIGEST}`],
      ['ghcr.io/acme/go:1', `docker-image://ghcr.io/acme/go@${OTHER}`],
    ]);
  });

  test('are unique: the first of two images with one name', () => {
    const contexts = buildContexts([pinned('a', 'debian'), pinned('b', 'docker.io/library/debian:latest', OTHER)]);
    expect([...contexts.values()]).toEqual([`docker-image://docker.io/library/debian@${DIGEST}`]);
  });
});

test('build arguments are keys in capitals', () => {
  expect([...buildArgs([pinned('base', 'debian:12'), pinned('my-go_2', 'golang:1', OTHER)])]).toEqual([
    ['BASE_IMAGE', `docker.io/library/debian@${DIGEST}`],
    ['MY_GO_2_IMAGE', `docker.io/library/golang@${OTHER}`],
  ]);
});

test('a source policy converts each tag once, in BuildKit’s own form, and leaves digests alone', () => {
  const images = [
    pinned('a', 'alpine'),
    pinned('b', 'docker.io/library/alpine:latest'),
    pinned('c', `alpine@${OTHER}`),
  ];
  expect(sourcePolicy(images)).toEqual({
    rules: [
      {
        action: 'CONVERT',
        selector: { identifier: 'docker-image://docker.io/library/alpine:latest' },
        updates: { identifier: `docker-image://docker.io/library/alpine:latest@${DIGEST}` },
      },
    ],
  });
});

describe('labels', () => {
  test.each([
    ['debian:12', 'docker.io/library/debian:12'],
    ['debian', 'docker.io/library/debian:latest'],
    [`debian:12@${DIGEST}`, 'docker.io/library/debian:12'],
    [`debian@${DIGEST}`, `docker.io/library/debian@${DIGEST}`],
  ])('the base %s is named %s', (written, name) => {
    expect([...baseLabels(withDefaultTag(parseReference(written)), DIGEST)]).toEqual([
      ['org.opencontainers.image.base.name', name],
      ['org.opencontainers.image.base.digest', DIGEST],
    ]);
  });

  test('of a build are those whose values are known', () => {
    expect([...buildLabels({ revision: 'abc', runNumber: '7' })]).toEqual([
      ['org.opencontainers.image.revision', 'abc'],
      ['git-commit', 'abc'],
      ['build-number', '7'],
    ]);
    expect(buildLabels({}).size).toBe(0);
  });

  test('that come later take the place of earlier ones', () => {
    const merged = mergeLabels(
      new Map([
        ['a', '1'],
        ['b', '2'],
      ]),
      new Map([['a', '3']]),
      new Map([['__proto__', '4']]),
    );
    expect(labelLines(merged)).toEqual(['a=3', 'b=2', '__proto__=4']);
    expect(annotationsOf(merged)).toEqual([
      'manifest:a=3',
      'manifest:b=2',
      'manifest:__proto__=4',
      'index:a=3',
      'index:b=2',
      'index:__proto__=4',
    ]);
  });
});

const [HEAD, MERGE, PUSHED] = ['1', '2', '3'].map((digit) => digit.repeat(40));
const RUN: WorkflowRun = {
  sha: MERGE,
  eventName: 'push',
  event: {},
  serverUrl: 'https://github.com',
  repository: 'acme/api',
  runId: '123',
  runNumber: '7',
};

describe('a run of a workflow', () => {
  const pull = { pull_request: { head: { sha: HEAD } } };

  test.each([
    ['a push', { ...RUN, sha: PUSHED }, PUSHED],
    ['a pull request: the head', { ...RUN, eventName: 'pull_request', event: pull }, HEAD],
    ['a review of a pull request', { ...RUN, eventName: 'pull_request_review', event: pull }, HEAD],
    ['pull_request_target, which runs on the base', { ...RUN, eventName: 'pull_request_target', event: pull }, MERGE],
    ['a pull request whose event cannot be read', { ...RUN, eventName: 'pull_request', event: undefined }, MERGE],
    ['a push that speaks of a pull request', { ...RUN, event: pull }, MERGE],
    ['no commit', { ...RUN, sha: 'main; rm -rf' }, undefined],
    ['nothing', { ...RUN, sha: undefined }, undefined],
  ])('%s: the revision', (_, run, revision) => {
    expect(revisionOf(run)).toBe(revision);
  });

  test.each([
    [
      'the head commit',
      { head_commit: { id: PUSHED, timestamp: '2026-01-02T03:04:05+01:00' } },
      '2026-01-02T03:04:05+01:00',
    ],
    [
      'one of the commits',
      { commits: [{ id: HEAD }, { id: PUSHED, timestamp: '2026-01-02T03:04:05Z' }] },
      '2026-01-02T03:04:05Z',
    ],
    [
      'a workflow_run',
      { workflow_run: { head_commit: { id: PUSHED, timestamp: '2026-01-02T03:04:05Z' } } },
      '2026-01-02T03:04:05Z',
    ],
    ['another commit', { head_commit: { id: HEAD, timestamp: '2026-01-02T03:04:05Z' } }, undefined],
    ['no time', { head_commit: { id: PUSHED, timestamp: 'yesterday' } }, undefined],
    ['null', { head_commit: null, commits: null }, undefined],
    ['nothing', undefined, undefined],
  ])('%s: the time of the revision', (_, event, time) => {
    expect(commitTime({ ...RUN, event }, PUSHED ?? '')).toBe(time);
  });

  test('tells everything there is to tell of a build', () => {
    expect(buildOf(RUN, '2026-01-02T03:04:05Z')).toEqual({
      revision: MERGE,
      repositoryUrl: 'https://github.com/acme/api',
      created: '2026-01-02T03:04:05Z',
      runNumber: '7',
      runUrl: 'https://github.com/acme/api/actions/runs/123',
    });
    expect(buildOf({ ...RUN, serverUrl: 'https://git.example.com/', runId: 'x' }, undefined)).toEqual({
      revision: MERGE,
      repositoryUrl: 'https://git.example.com/acme/api',
      runNumber: '7',
    });
    const nothing = { sha: undefined, eventName: undefined, event: undefined, serverUrl: undefined };
    expect(buildOf({ ...nothing, repository: 'acme', runId: '1', runNumber: undefined }, undefined)).toEqual({});
  });
});
