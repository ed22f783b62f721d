import type { Node, Symbol as TypeScriptSymbol } from 'ts-morph';

/**
 * What a type name refers to: declarations in contract files, a type of TypeScript's own library, or nothing
 * that is known, which the compiler or the import check has reported.
 */
export type Declarations =
  | { readonly kind: 'contract'; readonly nodes: readonly Node[] }
  | { readonly kind: 'library' }
  | { readonly kind: 'unresolved' };

/** Resolves a name through imports to its declarations. */
export function declarationsOf(name: Node): Declarations {
  const nodes = targetOf(name.getSymbol())?.getDeclarations() ?? [];
  if (nodes.length === 0) return { kind: 'unresolved' };
  if (nodes.some(isLibrary)) return { kind: 'library' };
  return { kind: 'contract', nodes };
}

function targetOf(symbol: TypeScriptSymbol | undefined): TypeScriptSymbol | undefined {
  return symbol?.isAlias() === true ? symbol.getAliasedSymbol() : symbol;
}

/** In memory, TypeScript's library stands below node_modules, and nothing else does. */
function isLibrary(node: Node): boolean {
  return node.getSourceFile().isInNodeModules();
}
