import { bake } from './bake.ts';
import { devcontainer } from './devcontainer.ts';
import { dockerfile } from './dockerfile.ts';
import type { Format } from './site.ts';

/** Every file format, in the order of docs/formats.md; the first that says yes to a path reads it. */
export const FORMATS: readonly Format[] = [dockerfile, bake, devcontainer];
