import type { TypeDeclaration } from '../syntax/ast.js';
import type { MethodSymbol, TypeSymbol } from '../types/symbols.js';
import type { ApexEngine } from './engine.js';

/** A test class with its methods in source order. */
export interface TestClass {
  readonly symbol: TypeSymbol;
  readonly setup: readonly MethodSymbol[];
  readonly methods: readonly MethodSymbol[];
  readonly seeAllData: boolean;
}

function annotated(method: MethodSymbol, name: string): boolean {
  return method.annotations.some((annotation) => annotation.name.toLowerCase() === name);
}

function seesAllData(holder: { readonly annotations: TypeSymbol['annotations'] }): boolean {
  return holder.annotations.some(
    (annotation) =>
      annotation.name.toLowerCase() === 'istest' && annotation.values.get('seealldata')?.toLowerCase() === 'true',
  );
}

function methodsOf(declaration: TypeDeclaration | undefined): readonly MethodSymbol[] {
  if (declaration?.kind !== 'class') return [];
  return declaration.members.flatMap((member) =>
    member.kind === 'method' && member.symbol !== undefined ? [member.symbol] : [],
  );
}

/** Test classes of the engine, sorted by name. `filter` keeps those whose `Class.method` contains the text or matches the pattern. */
export function selectTests(engine: ApexEngine, filter: string | RegExp | undefined): readonly TestClass[] {
  const keeps = (name: string): boolean => {
    if (filter === undefined) return true;
    return typeof filter === 'string' ? name.toLowerCase().includes(filter.toLowerCase()) : filter.test(name);
  };
  return [...engine.checked.types.values()]
    .filter((symbol) => symbol.kind === 'class' && symbol.isTest)
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((symbol) => {
      const all = methodsOf(engine.checked.declarationOf(symbol));
      const methods = all.filter((method) => method.isTest && keeps(`${symbol.name}.${method.name}`));
      if (methods.length === 0) return [];
      return [
        {
          symbol,
          setup: all.filter((method) => annotated(method, 'testsetup')),
          methods,
          seeAllData: seesAllData(symbol) || methods.some(seesAllData),
        },
      ];
    });
}
