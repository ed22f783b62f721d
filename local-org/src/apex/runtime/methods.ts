import { methodMember, superSymbol } from '../compile/index.js';
import type { TypeSymbol } from '../types/symbols.js';
import { isInstance } from './types.js';
import { ApexObject } from './values.js';

type Callable = (...args: unknown[]) => unknown;

/**
 * The method that a user object has under `name/arity`, in the colour of the ending. Among several overloads the one whose parameters take
 * the arguments: a class may implement Queueable and Finalizer at once.
 */
export function methodOf(target: object, key: string, args: readonly unknown[], ending = ''): Callable | undefined {
  if (!(target instanceof ApexObject) || target.$class === undefined) return undefined;
  const names = target.$class.methods.get(key);
  if (names === undefined) return undefined;
  const name = names.length === 1 ? names[0] : overloadOf(target.$class.symbol, key, args);
  const member: unknown =
    name === undefined
      ? undefined
      : (Reflect.get(target, name + ending) ?? Reflect.get(target.constructor, name + ending));
  return isCallable(member) ? member : undefined;
}

function overloadOf(type: TypeSymbol, key: string, args: readonly unknown[]): string | undefined {
  const name = key.slice(0, key.indexOf('/'));
  for (let symbol: TypeSymbol | undefined = type; symbol !== undefined; symbol = superSymbol(symbol)) {
    const found = symbol.methods
      .get(name)
      ?.find(
        ({ parameters }) =>
          parameters.length === args.length &&
          parameters.every(({ type: wanted }, at) => args[at] === null || isInstance(args[at], wanted)),
      );
    if (found !== undefined) return methodMember(found);
  }
  return undefined;
}

export function isCallable(value: unknown): value is Callable {
  return typeof value === 'function';
}
