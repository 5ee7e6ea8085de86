import { parseDigest } from '../core/digest.ts';
import type { TagFacts } from './facts.ts';

/** A digest for the rules' examples. */
export const NGINX_PIN = parseDigest(`sha256:${'0a1b2c3d'.repeat(8)}`);

/** Another one. */
export const OTHER_PIN = parseDigest(`sha256:${'4e5f6a7b'.repeat(8)}`);

/** The day of the rules' examples. */
export const EXAMPLE_DAY = '2026-11-21';

/** What `nginx:latest` names in the rules' examples. */
export const NGINX_LATEST: TagFacts = {
  digest: NGINX_PIN,
  kind: 'index',
  version: '1.27.3',
  created: '2026-11-09T08:00:00Z',
};
