import type { Edit } from '../files/site.ts';
import type { Level, RuleId } from './rule.ts';

/** Where something stands in a file, as people count: 1-based, columns in UTF-16 units, the end behind the last one. */
export interface Spot {
  /** Path relative to the workspace, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** How a finding is mended: the edits, and the lines as they are afterwards. */
export interface Fix {
  readonly edits: readonly Edit[];
  /** First and last line, 1-based, that the replacement stands for. */
  readonly startLine: number;
  readonly endLine: number;
  /** The complete lines, joined with LF and without carriage returns. */
  readonly replacement: string;
  /** The same of the lines as they are. */
  readonly original: string;
}

/** One objection to one reference. */
export interface Finding extends Spot {
  readonly rule: RuleId;
  /** What counts: a line that the pull request does not add makes a notice of everything. */
  readonly level: Level;
  readonly reference: string;
  readonly message: string;
  readonly fix?: Fix;
}

/** A finding that a comment in the file accepts. */
export interface IgnoredFinding extends Finding {
  readonly reason: string;
  /** YYYY-MM-DD. */
  readonly until?: string;
  /** Whether the pull request adds the comment. */
  readonly isNew: boolean;
}

/** A comment that means to accept findings and does not, with the reason. */
export interface VoidIgnore extends Spot {
  readonly message: string;
}

/** A reference that was read. */
export interface FoundReference extends Spot {
  readonly reference: string;
  /** The digest that is written; else the one that the tag names now, where a registry was asked. */
  readonly digest?: string;
  readonly format: string;
}

/** A file, or a part of one, that was not judged. */
export interface Skipped {
  readonly file: string;
  readonly reason: string;
  /**
   * What should have been judged, and a limit or a bug kept it from being so (`more`: other files as well). `maybe`: its
   * name does not say whether there is anything to judge, so that it counts only where the change touches it.
   */
  readonly unjudged?: 'file' | 'maybe' | 'more';
}

/** A registry that was asked and could not say, with the reason for the first such reference. */
export interface Unverified {
  readonly registry: string;
  readonly reason: string;
}
