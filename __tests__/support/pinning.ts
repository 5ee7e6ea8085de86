/* What holds for every format, whatever is in the file: ranges are exact, and what is pinned stays as it is. */
import { expect } from '@jest/globals';
import { parseDigest } from '../../src/core/digest.ts';
import { applyEdits, pinSite } from '../../src/files/edit.ts';
import type { ImageSite } from '../../src/files/site.ts';
import * as fc from './properties.ts';

/** What everything is pinned to here. */
export const DIGEST = parseDigest(`sha256:${'0f'.repeat(32)}`);

/** Finds what a text names. */
export type Find = (text: string) => readonly ImageSite[];

/** The text with every site pinned to one digest. */
export function pinAll(text: string, find: Find): string {
  return applyEdits(
    text,
    find(text).flatMap((site) => pinSite(site, text, { digest: DIGEST }) ?? []),
  );
}

/** Expects of texts made of these parts that they are read without failing, and that what is pinned is found pinned. */
export function expectPinnedOnce(parts: fc.Arbitrary<string>, find: Find): void {
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 50 }), (chosen) => {
      const text = chosen.join('');
      for (const { placement, reference, unresolved } of find(text)) {
        expect(unresolved).toBeUndefined();
        if (placement.kind !== 'value') continue;
        expect(placement.prefix + text.slice(placement.range.start, placement.range.end)).toBe(reference);
      }
      const once = pinAll(text, find);
      expect(pinAll(once, find)).toBe(once);
    }),
    { numRuns: 3000 },
  );
}
