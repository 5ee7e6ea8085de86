/** Half-open range of UTF-16 units in the text of a file, without its byte order mark. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** One replacement of a range by a text; a patch is a list of edits that do not overlap. */
export interface Edit extends Range {
  readonly text: string;
}

/**
 * How a pinned reference is written at a site, so that nothing but the reference changes:
 * - `value`: the range holds the whole reference (or its tail, when `prefix` stands elsewhere, as in
 *   `FROM golang:${VERSION}` whose ARG default `1.22` is the range: what is written is the pinned reference without
 *   `prefix`). `escape` says how the surrounding syntax wants it.
 * - `keys`: the parts stand under keys of their own (Helm's `tag`/`digest`, Kustomize's `newTag`/`digest`).
 * - `none`: the site cannot be rewritten; `why` is told to the user.
 */
export type Placement =
  | { readonly kind: 'value'; readonly range: Range; readonly prefix: string; readonly quote: '' | '"' | "'" }
  | {
      readonly kind: 'keys';
      /** The tag's value with its quotes, when there is one. */
      readonly tag?: Range & { readonly quote: '' | '"' | "'" };
      /** The digest's value with its quotes, when there is one. */
      readonly digest?: Range & { readonly quote: '' | '"' | "'" };
      /** Where a `digest:` line can be added: `before` + value + `after` is inserted at `at`. */
      readonly insertDigest?: { readonly at: number; readonly before: string; readonly after: string };
    }
  | { readonly kind: 'none'; readonly why: string };

/** A fact about a site that a rule judges and only the format can know. */
export type SiteTrait =
  /** YAML reads the tag as something that is no string; `value` is what it reads. */
  | { readonly kind: 'unquoted-tag'; readonly value: string; readonly range: Range }
  /** Kustomize `name`/`newName` holds a tag or a digest. */
  | { readonly kind: 'tag-in-name' }
  /** The tag comes from elsewhere when it is left out (Helm: the chart's appVersion): no tag is not `latest`. */
  | { readonly kind: 'tag-elsewhere'; readonly where: string }
  /**
   * A part of the name in front of the tag depends on a value that is not in the file (`${REGISTRY}/app:1.2`): tag and
   * digest can be judged as they are written, no registry can be asked. The reference holds the variable as written.
   */
  | { readonly kind: 'name-unknown'; readonly why: string }
  /** The image is a build cache, which is meant to move with every build: it is not pinned. */
  | { readonly kind: 'build-cache' }
  /** The place names one platform beside the image: the digest of that platform's manifest is meant. */
  | { readonly kind: 'one-platform'; readonly platform: string }
  /** Kustomize: the image in the manifest `file` has a digest, which the new tag takes away. */
  | { readonly kind: 'drops-digest'; readonly reference: string; readonly file: string }
  /** Kubernetes: the image stands where Kustomize's `images` changes none. */
  | { readonly kind: 'not-kustomized' }
  /** Every kustomization that is built from it sets tag or digest: what is written is never pulled. */
  | { readonly kind: 'replaced' }
  /** Some kustomizations do so, and the one in the file `by` leaves it as it is written. */
  | { readonly kind: 'left-by'; readonly by: string };

/** A place in a file that names an image. */
export interface ImageSite {
  /** Path relative to the workspace, with `/`. */
  readonly file: string;
  /** Name of the format, as in docs/formats.md: `dockerfile`, `compose`, … */
  readonly format: string;
  /** 1-based line of what a fix would edit (an ARG's default, Helm's `tag:`, Kustomize's `newTag:`). */
  readonly line: number;
  /** 1-based, in UTF-16 units, of the first and behind the last unit of what is edited. */
  readonly column: number;
  readonly endColumn: number;
  /** Other lines that give the reference: an ARG's default that is used elsewhere too, a FROM that uses one, Helm's `repository:`. */
  readonly otherLines?: readonly number[];
  /** The reference as it will be pulled, variables expanded; where that is impossible, the text as written. */
  readonly reference: string;
  /** Why the reference cannot be known from the file, when it cannot (rule `unresolved-variable`). */
  readonly unresolved?: string;
  readonly placement: Placement;
  readonly traits: readonly SiteTrait[];
}

/** A text file of the workspace as the formats see it. */
export interface SourceFile {
  /** Path relative to the workspace, with `/`. */
  readonly path: string;
  /** Decoded UTF-8 without byte order mark; line ends as they are. */
  readonly text: string;
}

/** What a format may be told by inputs. */
export interface FormatOptions {
  /** `image-keys`: further YAML keys whose values are references. */
  readonly imageKeys: readonly string[];
  /** Text of another file of the workspace (Compose's `.env`, GitLab's includes), undefined when there is none. */
  readonly sibling: (path: string) => string | undefined;
  /** Paths of all files of the workspace, for includes that are patterns. */
  readonly files?: readonly string[];
  /** The files of the format that include this one, nearest first: it is one of them, whatever its name and content. */
  readonly includedBy?: readonly string[];
}

/**
 * One file format: which files are its own, and where image references stand in them. Pure; throws UserError `limit`
 * for a file that is beyond what can be read, which is then listed as skipped.
 */
export interface Format {
  readonly id: string;
  /** One line for docs/formats.md. */
  readonly title: string;
  /** File names and globs for docs/formats.md. */
  readonly files: readonly string[];
  /** The places that are read, for docs/formats.md. */
  readonly places: readonly string[];
  /** Whether a path is of this format by its name alone; `maybe` when the content has to decide. */
  readonly matches: (path: string) => 'yes' | 'maybe' | 'no';
  /** Cheap test that a text may hold a reference at all; false means that parsing is needless. */
  readonly mayContain: (text: string) => boolean;
  readonly find: (file: SourceFile, options: FormatOptions) => readonly ImageSite[];
  /** Paths of the workspace that are of this format because the file includes them; `files` are all there are. */
  readonly includes?: (file: SourceFile, files: readonly string[]) => readonly string[];
}
