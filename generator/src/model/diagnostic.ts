/** Place in a source file; lines and columns count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * One problem of the configuration. Printed as
 * `file:line:column severity code: message` followed by the offending text, the reason and the fix.
 */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** Stable kebab-case name of the check: `unknown-key`, `per-user-in-automation`. */
  readonly code: string;
  readonly position: SourcePosition;
  /** What is wrong, one sentence. */
  readonly message: string;
  /** The text at the position, at most one line. */
  readonly excerpt: string;
  /** Why it matters: the failure that it would cause. */
  readonly reason: string;
  /** What to write instead. */
  readonly fix: string;
  /** A near match for a misspelt key or value. */
  readonly suggestion: string | undefined;
}
