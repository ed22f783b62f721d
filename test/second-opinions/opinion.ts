/** What a checker says about one line of a source. */
export interface Remark {
  /** Name of the class or trigger. */
  readonly source: string;
  /** From 1. */
  readonly line: number;
  /** From 1; apex-ls counts from 0. */
  readonly column: number;
  readonly message: string;
}
