/** A text with formulas in it, in pieces. */
export type Piece =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'formula'; readonly source: string };

/** Splits `Bearer {!$Credential.Erp.Token}`. An opening without an end is text. Texts inside a formula may hold braces. */
export function pieces(template: string): readonly Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (;;) {
    const start = template.indexOf('{!', at);
    const end = start < 0 ? -1 : endOf(template, start + 2);
    if (end < 0) break;
    if (start > at) found.push({ kind: 'text', text: template.slice(at, start) });
    found.push({ kind: 'formula', source: template.slice(start + 2, end) });
    at = end + 1;
  }
  if (at < template.length) found.push({ kind: 'text', text: template.slice(at) });
  return found;
}

export function hasFormula(template: string): boolean {
  return pieces(template).some(({ kind }) => kind === 'formula');
}

/** Position of the brace that ends a formula; -1 when there is none. */
function endOf(template: string, from: number): number {
  let quote: string | undefined;
  for (let at = from; at < template.length; at++) {
    const char = template.charAt(at);
    if (quote === undefined) {
      if (char === '}') return at;
      if (char === '"' || char === "'") quote = char;
    } else if (char === '\\') at++;
    else if (char === quote) quote = undefined;
  }
  return -1;
}
