import type { PinnedImage } from './build-context.ts';
import { nameOf } from './reference.ts';

/** A rule of BuildKit that replaces one source by another (sourcepolicy/pb/policy.proto). */
interface ConvertRule {
  readonly action: 'CONVERT';
  readonly selector: { readonly identifier: string };
  readonly updates: { readonly identifier: string };
}

/** BuildKit's source policy as JSON has it. */
export interface SourcePolicy {
  readonly rules: readonly ConvertRule[];
}

/**
 * The policy that makes a build take each tag by its digest, wherever it is named: FROM, COPY --from, mounts. Images
 * without a tag are pinned already.
 */
export function sourcePolicy(images: readonly PinnedImage[]): SourcePolicy {
  const rules = new Map<string, ConvertRule>();
  for (const { reference, digest } of images) {
    if (reference.tag === undefined) continue;
    // BuildKit names images fully and with their tag: FROM debian is docker-image://docker.io/library/debian:latest.
    const identifier = `docker-image://${nameOf(reference)}:${reference.tag}`;
    if (rules.has(identifier)) continue;
    rules.set(identifier, {
      action: 'CONVERT',
      selector: { identifier },
      updates: { identifier: `${identifier}@${digest}` },
    });
  }
  return { rules: [...rules.values()] };
}
