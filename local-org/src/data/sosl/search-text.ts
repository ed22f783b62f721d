import { SoqlError } from '../soql/index.js';

/** Tells whether the words of a text match; the text is given in lower case. */
export type TextTest = (text: string) => boolean;

const WORD = /[\p{L}\p{N}_]+/gu;

function words(text: string): readonly string[] {
  return text.match(WORD) ?? [];
}

/** A word with `*` for any characters and `?` for one. */
function wordTest(term: string): (word: string) => boolean {
  if (!/[*?]/.test(term)) return (word) => word === term;
  const pattern = term
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const regex = new RegExp(`^${pattern}$`, 'u');
  return (word) => regex.test(word);
}

/** Words that stand next to each other in this order. */
function phraseTest(phrase: string): TextTest {
  const wanted = phrase.match(/[\p{L}\p{N}_*?]+/gu) ?? [];
  const tests = wanted.map(wordTest);
  return (text) => {
    const found = words(text);
    return found.some((_, start) => tests.every((test, offset) => test(found[start + offset] ?? '')));
  };
}

type Token = { readonly kind: 'term'; readonly test: TextTest } | { readonly kind: '(' | ')' | 'and' | 'or' | 'not' };

function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const [found] of source.matchAll(/"[^"]*"|[()]|(?:\\.|[^\s()"])+/gs)) {
    const lower = found.toLowerCase();
    if (found === '(' || found === ')') tokens.push({ kind: found });
    else if (found.startsWith('"')) tokens.push({ kind: 'term', test: phraseTest(lower) });
    else if (found === 'AND' || found === '&') tokens.push({ kind: 'and' });
    else if (found === 'OR' || found === '|') tokens.push({ kind: 'or' });
    else if (found === 'NOT') tokens.push({ kind: 'not' });
    else tokens.push({ kind: 'term', test: phraseTest(lower.replace(/\\(.)/g, '$1')) });
  }
  return tokens;
}

/** Reads terms with AND, OR, AND NOT and brackets; terms beside each other must all match. */
class Reader {
  private at = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  either(): TextTest {
    let left = this.every();
    while (this.take('or')) {
      const first = left;
      const second = this.every();
      left = (text) => first(text) || second(text);
    }
    return left;
  }

  private every(): TextTest {
    let left = this.one();
    for (;;) {
      const explicit = this.take('and');
      const negated = this.take('not');
      const next = this.tokens[this.at]?.kind;
      if (!explicit && !negated && next !== 'term' && next !== '(') return left;
      const first = left;
      const second = this.one();
      left = negated ? (text) => first(text) && !second(text) : (text) => first(text) && second(text);
    }
  }

  private one(): TextTest {
    const token = this.tokens[this.at++];
    if (token?.kind === 'term') return token.test;
    if (token?.kind !== '(') throw new SoqlError('No search term found. The search term must be enclosed in braces.');
    const inner = this.either();
    if (!this.take(')')) throw new SoqlError("unexpected end of search term: expecting ')'");
    return inner;
  }

  private take(kind: Token['kind']): boolean {
    if (this.tokens[this.at]?.kind !== kind) return false;
    this.at++;
    return true;
  }
}

/**
 * The test behind a FIND clause (SOQL and SOSL Reference: FIND {SearchQuery}): words without regard to letter case, with wildcards, quoted
 * phrases and logical operators.
 * @throws SoqlError for fewer than two characters, or a term that cannot be read
 */
export function searchTest(source: string): TextTest {
  if (source.replace(/[*?\s]/g, '').length < 2)
    throw new SoqlError('search term must be longer than one character: ' + source);
  return new Reader(tokensOf(source)).either();
}
