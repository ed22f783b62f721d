import { ApexParser, type ApexToken, type ApexTokenStream } from '@apexdevtools/apex-parser';
import type { Interval, TokenStream } from 'antlr4';
import { firstOf } from './grammar.js';

const { LT, GT, COMMA, DOT, LBRACE, RBRACE, LBRACK, RBRACK, LPAREN, RPAREN, EOF } = ApexParser;
const OPENING = new Set([LBRACE, LBRACK, LPAREN]);
const CLOSING = new Set([RBRACE, RBRACK, RPAREN]);
const startsTypeName = firstOf(ApexParser.RULE_typeName);
const VISIBLE = 0;

/**
 * The tokens of a source without spaces and comments. A token is at hand by its distance from the current one, where the
 * parser's own stream steps over what is hidden each time.
 */
export class VisibleTokens implements TokenStream {
  index = 0;
  readonly #tokens: readonly ApexToken[];

  constructor(private readonly whole: ApexTokenStream) {
    this.#tokens = whole.tokens.filter(({ channel }) => channel === VISIBLE);
  }

  get size(): number {
    return this.#tokens.length;
  }

  /** The token at a distance; the one before the current is at -1. After the last one, which is the end of the file, nothing comes. */
  LT(distance: number): ApexToken {
    const at = this.index + (distance > 0 ? distance - 1 : distance);
    const token = this.#tokens[at] ?? this.#tokens.at(-1);
    if (token === undefined) throw new Error('a source has at least the token that ends it');
    return token;
  }

  LA(distance: number): number {
    return this.LT(distance).type;
  }

  consume(): void {
    if (this.index < this.#tokens.length - 1) this.index++;
  }

  seek(index: number): void {
    this.index = index;
  }

  get(index: number): ApexToken {
    return this.LT(index - this.index + 1);
  }

  mark(): number {
    return this.index;
  }

  release(): void {
    // All tokens stay at hand.
  }

  getText(interval?: Interval): string {
    return this.whole.getText(interval);
  }

  getHiddenTokensToLeft(index: number, channel?: number): ApexToken[] {
    return this.whole.getHiddenTokensToLeft(index, channel);
  }

  getHiddenTokensToRight(index: number, channel?: number): ApexToken[] {
    return this.whole.getHiddenTokensToRight(index, channel);
  }

  /** The distance of the next token of a kind that is in no brackets, before the ones around end. */
  find(wanted: (type: number) => boolean, from = 1): number | undefined {
    let depth = 0;
    for (let at = from; ; at++) {
      const type = this.LA(at);
      if (depth === 0 && wanted(type)) return at;
      if (OPENING.has(type)) depth++;
      else if (CLOSING.has(type)) depth--;
      if (depth < 0 || type === EOF) return undefined;
    }
  }

  /** The distance of the token after the type that stands at a distance; undefined when there is none. */
  afterType(distance: number): number | undefined {
    let at = distance;
    for (;;) {
      if (startsTypeName[this.LA(at)] !== 1) return undefined;
      at++;
      if (this.LA(at) === LT) at = this.#afterTypeArguments(at) ?? at;
      if (this.LA(at) !== DOT || startsTypeName[this.LA(at + 1)] !== 1) break;
      at++;
    }
    while (this.LA(at) === LBRACK && this.LA(at + 1) === RBRACK) at += 2;
    return at;
  }

  #afterTypeArguments(distance: number): number | undefined {
    let at: number | undefined = distance;
    do {
      at = this.afterType(at + 1);
      if (at === undefined) return undefined;
    } while (this.LA(at) === COMMA);
    return this.LA(at) === GT ? at + 1 : undefined;
  }
}
