/** Tells whether a code point belongs to a set of characters. */
export type CharSet = (code: number) => boolean;

/** Places that match without taking a character. */
export type Assertion =
  /** `^` outside of multi-line mode, `\A` */
  | 'start'
  /** `^` in multi-line mode */
  | 'lineStart'
  /** `$` outside of multi-line mode, `\Z`: the end, or before a line terminator there */
  | 'end'
  /** `$` in multi-line mode */
  | 'lineEnd'
  /** `\z` */
  | 'inputEnd'
  /** `\G` */
  | 'lastMatch'
  | 'wordBoundary'
  | 'noWordBoundary';

/** How a repetition tries: as many as it can, as few, or as many and never fewer. */
export type RepeatMode = 'greedy' | 'lazy' | 'possessive';

/** A regular expression as a tree. */
export type RegexNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'char'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'alternatives'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'group'; readonly index: number; readonly body: RegexNode }
  | {
      readonly kind: 'repeat';
      readonly body: RegexNode;
      readonly min: number;
      /** Infinity when there is no bound. */
      readonly max: number;
      readonly mode: RepeatMode;
    }
  | { readonly kind: 'assert'; readonly what: Assertion; readonly unixLines: boolean }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly negative: boolean; readonly body: RegexNode }
  | { readonly kind: 'atomic'; readonly body: RegexNode }
  | { readonly kind: 'backreference'; readonly group: number; readonly ignoreCase: boolean };

/** What is wrong with a regular expression, worded as java.util.regex does. */
export class RegexSyntaxError extends Error {
  override readonly name = 'RegexSyntaxError';

  constructor(description: string, index: number, pattern: string) {
    super(`${description} near index ${String(index)}\n${pattern}\n${' '.repeat(Math.max(0, index))}^`);
  }
}

/** Matching took more steps than the platform allows. */
export class RegexTooComplicated extends Error {
  override readonly name = 'RegexTooComplicated';

  constructor() {
    super('Regex too complicated');
  }
}
