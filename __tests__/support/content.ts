/* What an in-process registry holds. */
import { withChildren } from './layout.ts';
import { sha256, type Blob, type Manifest } from './oci.ts';

export interface Stored {
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Buffer;
}

export interface Repository {
  readonly manifests: Map<string, Stored>;
  readonly blobs: Map<string, Buffer>;
  /** Tag to digest, in the order in which the tags were made. */
  readonly tags: Map<string, string>;
}

export interface Content {
  readonly repositories: ReadonlyMap<string, Repository>;
  /** The repository, made when it does not exist. */
  readonly repository: (name: string) => Repository;
  /** Puts manifests with everything below them into a repository, and names them. */
  readonly add: (repository: string, tags: Readonly<Record<string, Manifest>>) => void;
  /** Puts a manifest into a repository without naming it. */
  readonly store: (repository: string, manifest: Manifest) => void;
  /** The digest of a tag. */
  readonly digestOf: (repository: string, tag: string) => string | undefined;
  readonly remove: (repository: string, tagOrDigest: string) => void;
}

export function createContent(): Content {
  const repositories = new Map<string, Repository>();

  function repository(name: string): Repository {
    const known = repositories.get(name) ?? { manifests: new Map(), blobs: new Map(), tags: new Map() };
    repositories.set(name, known);
    return known;
  }

  function store(name: string, top: Manifest): void {
    const { manifests, blobs } = repository(name);
    for (const manifest of withChildren([top])) {
      manifests.set(manifest.digest, manifest);
      manifests.set(sha256(manifest.bytes), manifest);
      manifest.blobs.forEach((blob: Blob) => blobs.set(blob.digest, blob.bytes));
    }
  }

  return {
    repositories,
    repository,
    store,
    add(name, tags) {
      for (const [tag, manifest] of Object.entries(tags)) {
        store(name, manifest);
        repository(name).tags.set(tag, manifest.digest);
      }
    },
    digestOf: (name, tag) => repositories.get(name)?.tags.get(tag),
    remove(name, tagOrDigest) {
      const found = repositories.get(name);
      found?.tags.delete(tagOrDigest);
      found?.manifests.delete(tagOrDigest);
      for (const [tag, digest] of found?.tags ?? []) if (digest === tagOrDigest) found?.tags.delete(tag);
    },
  };
}
