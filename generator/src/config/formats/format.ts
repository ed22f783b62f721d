import type { Problem } from '../../diagnostics/index.js';

/** Judges one text of the configuration by itself. An empty list means that it may be used. */
export type TextCheck = (value: string) => readonly Problem[];

/** A kind of text: its check, and the same as a pattern as far as a JSON Schema can say it. */
export interface TextFormat {
  readonly check: TextCheck;
  /** JavaScript regular expression for editors. It never refuses what `check` accepts. */
  readonly pattern: string | undefined;
}
