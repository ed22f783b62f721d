import type { ApexRuntime } from '../../apex/runtime/index.js';
import type { FieldSymbol, MethodSymbol, TypeSymbol } from '../../apex/types/index.js';

/** An `@InvocableMethod` of a deployed class. */
export interface Invocable {
  readonly symbol: TypeSymbol;
  readonly method: MethodSymbol;
  /** It makes callouts: a flow may commit before it and start another transaction (PLATFORM 3.2). */
  readonly callout: boolean;
}

const annotation = (of: { readonly annotations: MethodSymbol['annotations'] }, name: string) =>
  of.annotations.find((candidate) => candidate.name.toLowerCase() === name);

/** The invocable method of a class; undefined when there is no such class or it has none. */
export function findInvocable(runtime: ApexRuntime, className: string): Invocable | undefined {
  const symbol = runtime.options.findClass(className);
  for (const method of [...(symbol?.methods.values() ?? [])].flat()) {
    const found = annotation(method, 'invocablemethod');
    if (symbol !== undefined && found !== undefined)
      return { symbol, method, callout: found.values.get('callout')?.toLowerCase() === 'true' };
  }
  return undefined;
}

/** What an action takes or gives by name, inherited ones first. */
export function invocableVariables(symbol: TypeSymbol): readonly FieldSymbol[] {
  const own = [...symbol.fields.values()].filter((field) => annotation(field, 'invocablevariable') !== undefined);
  return symbol.superType?.kind === 'user' ? [...invocableVariables(symbol.superType.symbol), ...own] : own;
}

/** Whether callers have to give the variable a value. */
export function isRequired(field: FieldSymbol): boolean {
  return annotation(field, 'invocablevariable')?.values.get('required')?.toLowerCase() === 'true';
}
