/** One syntax error, in the platform's wording. Line and column count from 1. */
export interface SyntaxProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

const MISSING = /^missing (.+?) at ('.*')$/s;
const EXTRANEOUS = /^extraneous input '(.*)' expecting (.*)$/s;
const MISMATCHED = /^mismatched input '(.*)' expecting (.*)$/s;
const LEXER = /^token recognition error at: '(.*)'$/s;

function expectedToken(expected: string): string | undefined {
  if (!expected.startsWith('{')) return expected.replace(/^'(.*)'$/, '$1');
  if (/[{ ]'}'/.test(expected)) return '}';
  return undefined;
}

function parserMessage(raw: string, offending: string): string {
  const missing = MISSING.exec(raw);
  if (missing) return `Missing ${quote(missing[1] ?? '')} at ${missing[2] ?? ''}`;
  const extraneous = EXTRANEOUS.exec(raw);
  if (extraneous) {
    const expected = expectedToken(extraneous[2] ?? '');
    return expected === undefined ? `Unexpected token '${offending}'.` : `Extra '${expected}', at '${offending}'.`;
  }
  const mismatched = MISMATCHED.exec(raw);
  if (mismatched && !(mismatched[2] ?? '').startsWith('{')) {
    return `Expecting ${quote(mismatched[2] ?? '')} but was: '${offending}'`;
  }
  return `Unexpected token '${offending}'.`;
}

function quote(token: string): string {
  return token.startsWith("'") ? token : `'${token}'`;
}

function lexerMessage(text: string): string {
  if (text.startsWith("'")) {
    const escape = /^'(?:[^'\\]|\\(?:[btnfr"'\\]|u[0-9a-f]{4}))*\\(.?)/i.exec(text);
    if (escape) {
      return `Illegal string literal: Invalid string literal '${text.slice(1)}'. Illegal character sequence '\\${escape[1] ?? ''}' in string literal.`;
    }
    return "Missing closing quote character ' on string.";
  }
  if (text.startsWith('/*')) return 'Missing closing mark */ on multi-line comment.';
  const symbol = [...text][0] ?? '';
  if (symbol === '"' || symbol === '`') return `Unrecognized symbol '${symbol}', which is not a valid Apex identifier.`;
  return `Found punctuation symbol or operator '${symbol}' that isn't valid in Apex.`;
}

/** Turns the parser generator's message into the platform's. `offending` is the token's text, undefined for a lexer error. */
export function platformSyntaxMessage(raw: string, offending: string | undefined): string {
  const lexer = LEXER.exec(raw);
  return lexer ? lexerMessage(lexer[1] ?? '') : parserMessage(raw, offending ?? '<EOF>');
}

const NO_ALTERNATIVE = /^no viable alternative at input '(.*)'$/s;

/** The same for a query on its own, whose parser says only what it did not expect. */
export function querySyntaxMessage(raw: string, offending: string | undefined): string {
  const lexer = LEXER.exec(raw);
  if (lexer) return lexerMessage(lexer[1] ?? '');
  return `unexpected token: '${NO_ALTERNATIVE.exec(raw)?.[1] ?? offending ?? '<EOF>'}'`;
}
