/**
 * Where a node stands in its file. Lines and columns count from 1, as the platform reports them; the end is the position just after the
 * last character. `start` and `end` are offsets in UTF-16 units from 0.
 */
export interface SourceRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly start: number;
  readonly end: number;
}

/** An identifier as written, with its place. Apex compares names without letter case: use `name.toLowerCase()` as a key. */
export interface Identifier {
  readonly name: string;
  readonly range: SourceRange;
}
