import { tokens } from './tokens.js';

/** A field path in a formula; `global` is the name behind the dollar sign of `$User.Id`. */
export interface FormulaPath {
  readonly path: string;
  readonly global: string | undefined;
}

const LITERALS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'and', 'or', 'not']);

/** Every path that a formula reads, functions and literals left out. */
export function formulaPaths(formula: string): readonly FormulaPath[] {
  const found = tokens(formula);
  return found.flatMap((token, index) => {
    if (token.kind !== 'name' || found[index + 1]?.text === '(') return [];
    if (LITERALS.has(token.text.toLowerCase())) return [];
    return [globalPath(token.text)];
  });
}

function globalPath(text: string): FormulaPath {
  if (!text.startsWith('$')) return { path: text, global: undefined };
  const [global, ...rest] = text.slice(1).split('.');
  return { path: rest.join('.'), global: global ?? '' };
}
