/** How conditions combine; `index` counts from 0. */
export type LogicTree =
  | { readonly kind: 'condition'; readonly index: number }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly LogicTree[] }
  | { readonly kind: 'not'; readonly part: LogicTree };

/** The verdict on a condition logic such as `1 AND (2 OR NOT 3)`. */
export type LogicResult =
  | {
      readonly kind: 'valid';
      readonly logic: LogicTree;
      /** Conditions that it never names. */
      readonly unused: readonly number[];
    }
  | { readonly kind: 'invalid'; readonly message: string };

class LogicError extends Error {}

/**
 * Reads a condition logic by the grammar `term ((AND|OR) term)*`, where a term is a number, `NOT term` or a logic in
 * parentheses. As in Flow Builder, AND and OR mix only with parentheses.
 * @param count number of conditions; valid numbers are 1 to count
 */
export function parseLogic(text: string, count: number): LogicResult {
  const reader = new LogicReader(text, count);
  let logic: LogicTree;
  try {
    logic = reader.read();
  } catch (error) {
    if (error instanceof LogicError) return { kind: 'invalid', message: error.message };
    throw error;
  }
  const all = Array.from({ length: count }, (_, index) => index + 1);
  return { kind: 'valid', logic, unused: all.filter((number) => !reader.used.has(number)) };
}

/** Deeper nesting than any condition list needs would only exhaust the stack. */
const MAX_DEPTH = 100;

class LogicReader {
  readonly used = new Set<number>();
  private readonly tokens: readonly string[];
  private next = 0;

  constructor(
    text: string,
    private readonly count: number,
  ) {
    this.tokens = text.match(/\d+|[A-Za-z]+|[()]|\S/g) ?? [];
  }

  read(): LogicTree {
    const tree = this.logic(0);
    const rest = this.tokens[this.next];
    if (rest !== undefined) throw new LogicError(`unexpected "${rest}"`);
    return tree;
  }

  private logic(depth: number): LogicTree {
    const first = this.term(depth);
    const parts = [first];
    let joined: 'and' | 'or' | undefined;
    for (let word = this.joiner(); word !== undefined; word = this.joiner()) {
      if (joined !== undefined && joined !== word) throw new LogicError('AND and OR need parentheses between them');
      joined = word;
      this.next += 1;
      parts.push(this.term(depth));
    }
    return joined === undefined ? first : { kind: joined, parts };
  }

  private joiner(): 'and' | 'or' | undefined {
    const word = this.tokens[this.next]?.toLowerCase();
    return word === 'and' || word === 'or' ? word : undefined;
  }

  private term(depth: number): LogicTree {
    if (depth > MAX_DEPTH) throw new LogicError('it is nested too deeply');
    const token = this.tokens[this.next];
    this.next += 1;
    if (token === undefined) throw new LogicError('it ends where a condition number is expected');
    if (token.toUpperCase() === 'NOT') return { kind: 'not', part: this.term(depth + 1) };
    if (token === '(') {
      const tree = this.logic(depth + 1);
      if (this.tokens[this.next] !== ')') throw new LogicError('a parenthesis is not closed');
      this.next += 1;
      return tree;
    }
    return this.number(token);
  }

  private number(token: string): LogicTree {
    const number = Number(token);
    if (!/^\d+$/.test(token)) throw new LogicError(`unexpected "${token}"`);
    if (number < 1 || number > this.count) throw new LogicError(`there is no condition ${token}`);
    this.used.add(number);
    return { kind: 'condition', index: number - 1 };
  }
}
