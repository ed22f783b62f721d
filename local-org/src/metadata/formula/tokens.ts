/** A piece of a formula; `end` is the offset behind it. */
export type Token =
  | { readonly kind: 'name'; readonly text: string; readonly end: number }
  | { readonly kind: 'string' | 'number'; readonly text: string; readonly end: number }
  | { readonly kind: 'reference'; readonly text: string; readonly end: number }
  | { readonly kind: 'symbol'; readonly text: string; readonly end: number }
  | { readonly kind: 'error'; readonly text: string; readonly end: number };

interface Pattern {
  readonly kind: Token['kind'] | 'space';
  readonly pattern: RegExp;
}

const PATTERNS: readonly Pattern[] = [
  { kind: 'space', pattern: /(?:\s+|\/\*[\s\S]*?(?:\*\/|$))/y },
  { kind: 'string', pattern: /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'/y },
  { kind: 'number', pattern: /\d+(?:\.\d+)?|\.\d+/y },
  { kind: 'reference', pattern: /\{![^{}]*\}/y },
  { kind: 'name', pattern: /\$?[A-Za-z_][\w]*(?:[.:]\$?[A-Za-z_]\w*)*/y },
  { kind: 'symbol', pattern: /<>|!=|<=|>=|==|&&|\|\||[-+*/^&=<>!(),[\]]/y },
];

/**
 * Splits a formula of the platform's formula language. What fits nothing becomes one `error` token, and the reading
 * ends there. `{!Name}` is how flows write a reference.
 */
export function tokens(formula: string): readonly Token[] {
  const found: Token[] = [];
  let offset = 0;
  while (offset < formula.length) {
    const next = tokenAt(formula, offset);
    if (next.kind !== 'space') found.push({ ...next, kind: next.kind });
    if (next.kind === 'error') break;
    offset = next.end;
  }
  return found;
}

function tokenAt(formula: string, offset: number): { kind: Pattern['kind']; text: string; end: number } {
  for (const { kind, pattern } of PATTERNS) {
    pattern.lastIndex = offset;
    const match = pattern.exec(formula);
    if (match !== null) return { kind, text: match[0], end: pattern.lastIndex };
  }
  return { kind: 'error', text: formula.charAt(offset), end: offset + 1 };
}
