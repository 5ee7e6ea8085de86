/**
 * Stands in for the parts of `yaml` that read and write its concrete syntax tree (45 KB): src/files/yaml-tree.ts builds
 * a tree of its own from the lexer's tokens.
 */
export function notBundled(): never {
  throw new Error('only the lexer of yaml is part of this bundle');
}
