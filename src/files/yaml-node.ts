import type { Range } from './site.ts';

/** How a scalar is written. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** A value that is no collection. Its text is the source's: never a number that YAML would make of it. */
export interface YamlScalar extends Range {
  readonly kind: 'scalar';
  readonly style: ScalarStyle;
  /** The text that it stands for: without quotes, unescaped, unfolded. Empty for a value that is left out. */
  readonly text: string;
  /** Units of indentation that do not belong to the text of a literal or folded one. */
  readonly indent: number;
  readonly tag?: string;
}

export interface YamlEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

export interface YamlMap extends Range {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  /** Whether it is written in braces. */
  readonly flow: boolean;
  /** Units in front of its keys, in a block. */
  readonly column: number;
  readonly tag?: string;
}

export interface YamlList extends Range {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
  readonly flow: boolean;
  readonly tag?: string;
}

/** `*name`; the node that it stands for is read once, where it is written. */
export interface YamlAlias extends Range {
  readonly kind: 'alias';
  readonly target: YamlNode | undefined;
}

export type YamlNode = YamlScalar | YamlMap | YamlList | YamlAlias;
