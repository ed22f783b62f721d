import { platformType } from '../platform-types/index.js';
import type { AnyConstructor, ApexType } from '../types/index.js';

const EXCEPTION = 'System.Exception';

/** The four constructors that every exception class has. */
function exceptionConstructors(): readonly AnyConstructor[] {
  return platformType('System.DmlException')?.constructors ?? [];
}

/** Constructors of a type: declared ones, and those that the platform gives to exceptions. Empty: only the implicit one. */
export function constructorsOf(type: ApexType): readonly AnyConstructor[] {
  if (type.kind === 'user') {
    if (!type.symbol.isException) return type.symbol.constructors;
    return [...type.symbol.constructors, ...exceptionConstructors()];
  }
  if (type.kind !== 'platform') return [];
  const info = platformType(type.name);
  if (info === undefined) return [];
  const isException = info.name !== EXCEPTION && /Exception$/.test(info.name);
  if (isException)
    return [
      ...info.constructors,
      ...exceptionConstructors().filter(
        (one) => !info.constructors.some((own) => own.parameters.length === one.parameters.length),
      ),
    ];
  return info.constructors;
}
