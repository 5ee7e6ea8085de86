import { UserError } from '../core/errors.ts';
import { readBake } from './bake-body.ts';
import { contextKeys } from './bake-syntax.ts';
import { composeFile, contextNames, DEFAULT_NAMES } from './compose-services.ts';
import { splitIdentifiers } from './edit.ts';
import { contextsOf, withoutContexts, type Contexts } from './build-contexts.ts';
import type { FoundReference } from './found-reference.ts';
import { folderOf, siblingYaml } from './sibling.ts';
import type { FormatOptions, SourceFile } from './site.ts';
import { mapOf, valueOf } from './yaml-lookup.ts';

/*
 * Named contexts take the place of images: `FROM base` and `COPY --from=base` mean the context `base` of a build that has
 * one (buildx bake `target.contexts`, Compose `build.additional_contexts`), be it a folder, another target or an image,
 * which is judged there. Build files stand in the folder of the Dockerfile or in one above it.
 */

type Sibling = FormatOptions['sibling'];
type Surroundings = Pick<FormatOptions, 'sibling' | 'files'>;

/** The build files that buildx takes by itself (bake/bake.go). */
const BAKE_NAMES = ['docker-bake.hcl', 'docker-bake.json'] as const;

const BUILD_FILE = /(?:^|\/)(?:docker-bake\.(?:hcl|json)|(?:docker-)?compose\.ya?ml)$/;

/** Text of build files that is looked into for the Dockerfiles of a scan: people write a file or two. */
const MAX_UNITS = 2 * 1024 * 1024;

/** What is known for all Dockerfiles of a scan: the contexts by folder. */
interface Around {
  left: number;
  readonly isFile: (path: string) => boolean;
  readonly folders: Map<string, Contexts>;
}

const AROUND = new WeakMap<Sibling, Around>();

/** The references of the Dockerfile without those that a build file of the workspace gives another meaning. */
export function withoutNamedContexts(
  path: string,
  found: readonly FoundReference[],
  options: Surroundings,
): readonly FoundReference[] {
  // Whoever gives a context the name of an image with its tag pins it; the others would be `latest`.
  return found.some(isBare) ? withoutContexts(found, contextsAround(folderOf(path), options)) : found;
}

function isBare({ reference, unresolved }: FoundReference): boolean {
  const { tag, digest } = splitIdentifiers(reference);
  return unresolved === undefined && tag === undefined && digest === undefined;
}

function contextsAround(folder: string, options: Surroundings): readonly Contexts[] {
  const { sibling } = options;
  const around = AROUND.get(sibling) ?? newAround(options);
  AROUND.set(sibling, around);
  const all: Contexts[] = [];
  for (let at = folder; ; at = folderOf(at.slice(0, -1))) {
    const own = around.folders.get(at) ?? contextsOf(namesIn(at, sibling, around));
    around.folders.set(at, own);
    all.push(own);
    if (at === '') return all;
  }
}

/** Most folders have no build file: that is looked up in the list of files, not on the disk. */
function newAround({ files }: Surroundings): Around {
  const build = files === undefined ? undefined : new Set(files.filter((path) => BUILD_FILE.test(path)));
  return { left: MAX_UNITS, isFile: (path) => build?.has(path) ?? true, folders: new Map<string, Contexts>() };
}

function namesIn(folder: string, sibling: Sibling, around: Around): readonly string[] {
  return [...BAKE_NAMES, ...DEFAULT_NAMES].flatMap((name, index) => {
    const path = folder + name;
    const text = around.isFile(path) ? sibling(path) : undefined;
    if (text === undefined || !text.includes('contexts') || text.length > around.left) return [];
    around.left -= text.length;
    return index < BAKE_NAMES.length ? bakeNames({ path, text }) : composeNames(path, sibling);
  });
}

function bakeNames(file: SourceFile): readonly string[] {
  try {
    return contextKeys(readBake(file, new Map()));
  } catch (error) {
    // The scan tells why the file cannot be read.
    if (error instanceof UserError) return [];
    throw error;
  }
}

function composeNames(path: string, sibling: Sibling): readonly string[] {
  const yaml = siblingYaml(sibling, path);
  if (yaml === undefined) return [];
  return composeFile(path, yaml, new Map(), sibling).services.flatMap(([, service]) => {
    const build = mapOf(valueOf(service, 'build'));
    return build === undefined ? [] : contextNames(valueOf(build, 'additional_contexts'));
  });
}
