import { apexError, ApexList, methodMemberOf, type ApexObject, type ApexRuntime } from '../runtime/index.js';
import type { MethodSymbol, TypeSymbol } from '../types/symbols.js';
import { platform, PRIMITIVES } from '../types/types.js';
import { typeToken, type TypeObject } from './type.js';

/** Every instance method that an object of the type answers: own, inherited, and of interfaces. */
function methodsOf(symbol: TypeSymbol, found = new Map<string, MethodSymbol>()): ReadonlyMap<string, MethodSymbol> {
  for (const overloads of symbol.methods.values()) {
    for (const method of overloads) {
      const member = methodMemberOf(method);
      if (!method.isStatic && !found.has(member)) found.set(member, method);
    }
  }
  for (const above of [symbol.superType, ...symbol.interfaces])
    if (above?.kind === 'user') methodsOf(above.symbol, found);
  return found;
}

/**
 * `Test.createStub`: an object of the class, made without running a constructor, whose methods all go to the provider's
 * handleMethodCall (Apex Developer Guide: Build a Mocking Framework with the Stub API).
 */
export function createStub(runtime: ApexRuntime, type: TypeObject, provider: ApexObject): ApexObject {
  if (type.type.kind !== 'user') throw apexError('TypeException', `Type ${type.name} cannot be stubbed`);
  const { symbol } = type.type;
  if (symbol.kind === 'enum') throw apexError('TypeException', `Type ${type.name} cannot be stubbed`);
  const stub = new (runtime.classOf(symbol))();
  stub['$stub'] = true;
  for (const [member, method] of methodsOf(symbol)) {
    stub[member] = (...args: unknown[]) => {
      const { parameters } = method;
      return runtime.call(provider, 'handleMethodCall', [
        stub,
        method.name,
        typeToken(runtime, method.returns),
        new ApexList(
          platform('System.Type'),
          parameters.map((parameter) => typeToken(runtime, parameter.type)),
        ),
        new ApexList(
          PRIMITIVES.String,
          parameters.map((parameter) => parameter.name),
        ),
        new ApexList(PRIMITIVES.Object, args),
      ]);
    };
  }
  return stub;
}
