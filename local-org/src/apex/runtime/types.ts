import { ApexBlob, ApexDate, ApexDatetime, ApexDecimal, ApexTime, SObject, toId18 } from '../../data/index.js';
import type { ApexType, PrimitiveName } from '../types/types.js';
import type { TypeSymbol } from '../types/symbols.js';
import { ApexList, ApexMap, ApexSet } from './collections.js';
import { apexError, ApexThrowable, PlatformException } from './exceptions.js';
import { asId, toDecimal, toDouble, toInteger, toLong } from './operators.js';
import { ApexDouble, ApexEnum, ApexObject, PlatformObject } from './values.js';

/** `System.Http` is called Http, but exceptions keep their namespace (NebulaLogger: CallableLogger_Tests). */
const SHORTENED = /^System\.(?!\w+Exception$)/;

/** Name of a type as Apex writes it: `List<Account>`, `Outer.Inner`. */
export function typeName(type: ApexType): string {
  switch (type.kind) {
    case 'primitive':
    case 'sobject':
      return type.name;
    case 'list':
      return `List<${typeName(type.element)}>`;
    case 'set':
      return `Set<${typeName(type.element)}>`;
    case 'map':
      return `Map<${typeName(type.key)},${typeName(type.value)}>`;
    case 'user':
      return type.symbol.fullName;
    case 'platform':
      return (
        type.name.replace(SHORTENED, '') + (type.args.length === 0 ? '' : `<${type.args.map(typeName).join(',')}>`)
      );
    case 'parameter':
    case 'any':
      return 'Object';
    case 'void':
    case 'null':
      return type.kind;
  }
}

const PRIMITIVE_TESTS: Readonly<Record<PrimitiveName, (value: unknown) => boolean>> = {
  Boolean: (value) => typeof value === 'boolean',
  Integer: (value) => typeof value === 'number',
  // An Integer is an instance of every wider number, as on the platform.
  Long: (value) => typeof value === 'bigint' || typeof value === 'number',
  Double: (value) =>
    value instanceof ApexDouble ||
    value instanceof ApexDecimal ||
    typeof value === 'number' ||
    typeof value === 'bigint',
  Decimal: (value) =>
    value instanceof ApexDecimal ||
    value instanceof ApexDouble ||
    typeof value === 'number' ||
    typeof value === 'bigint',
  String: (value) => typeof value === 'string',
  Id: (value) => typeof value === 'string' && toId18(value) !== undefined,
  Blob: (value) => value instanceof ApexBlob,
  Date: (value) => value instanceof ApexDate,
  // A Date is an instance of Datetime too, as on the platform.
  Datetime: (value) => value instanceof ApexDatetime || value instanceof ApexDate,
  Time: (value) => value instanceof ApexTime,
  Object: () => true,
};

function sameType(left: ApexType, right: ApexType): boolean {
  return left === right || typeName(left).toLowerCase() === typeName(right).toLowerCase();
}

/** `List<Account>` is a `List<SObject>`; otherwise element types must be the same or, for Object, anything. */
function fitsElement(actual: ApexType, wanted: ApexType): boolean {
  if (sameType(actual, wanted) || wanted.kind === 'any' || (wanted.kind === 'primitive' && wanted.name === 'Object'))
    return true;
  if (actual.kind === 'sobject' && wanted.kind === 'sobject')
    return actual.name === 'SObject' || wanted.name === 'SObject';
  if (actual.kind === 'user' && wanted.kind === 'user') return isSubclass(actual.symbol, wanted);
  if (actual.kind === 'list' && wanted.kind === 'list') return fitsElement(actual.element, wanted.element);
  return actual.kind === 'primitive' && actual.name === 'Object';
}

/** True when the class is, extends or implements the type. */
export function isSubclass(symbol: TypeSymbol, wanted: ApexType): boolean {
  if (wanted.kind === 'user' && wanted.symbol === symbol) return true;
  for (const parent of [symbol.superType, ...symbol.interfaces]) {
    if (parent === undefined) continue;
    if (
      parent.kind === 'user'
        ? isSubclass(parent.symbol, wanted)
        : parent.kind === 'platform' && wanted.kind === 'platform' && samePlatform(parent.name, wanted.name)
    )
      return true;
  }
  return false;
}

/** True when the class, or one above it, implements the interface of the platform. */
export function implementsPlatform(symbol: TypeSymbol, name: string): boolean {
  return isSubclass(symbol, { kind: 'platform', name, args: [] });
}

function samePlatform(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** The run-time test of `instanceof`; null is an instance of nothing. */
export function isInstance(value: unknown, type: ApexType): boolean {
  if (value === null || value === undefined) return false;
  switch (type.kind) {
    case 'primitive':
      return PRIMITIVE_TESTS[type.name](value);
    case 'sobject':
      return value instanceof SObject && (type.name === 'SObject' || value.object.name === type.name);
    case 'list':
      return value instanceof ApexList && fitsElement(value.elementType, type.element);
    case 'set':
      return value instanceof ApexSet && fitsElement(value.elementType, type.element);
    case 'map':
      return (
        value instanceof ApexMap && fitsElement(value.keyType, type.key) && fitsElement(value.valueType, type.value)
      );
    case 'user':
      if (value instanceof ApexEnum) return value.symbol === type.symbol;
      return value instanceof ApexObject && value.$class !== undefined && isSubclass(value.$class.symbol, type);
    case 'platform':
      return isPlatformInstance(value, type);
    default:
      return true;
  }
}

function isPlatformInstance(value: unknown, type: ApexType & { readonly kind: 'platform' }): boolean {
  if (type.name === 'System.Exception') return value instanceof ApexThrowable;
  if (type.name === 'System.Iterable')
    return (
      value instanceof ApexList ||
      value instanceof ApexSet ||
      (value instanceof ApexObject && isSubclass(value.$class.symbol, type))
    );
  if (value instanceof PlatformException) return samePlatform(value.$typeName, type.name);
  if (value instanceof PlatformObject)
    return samePlatform(value.typeName, type.name) || value.superTypes.some((name) => samePlatform(name, type.name));
  if (value instanceof ApexEnum) return samePlatform(value.typeName, type.name);
  return value instanceof ApexObject && value.$class !== undefined && isSubclass(value.$class.symbol, type);
}

/** Name of a value's run-time type, for messages. */
export function runtimeTypeName(value: unknown): string {
  if (typeof value === 'string') return 'String';
  if (typeof value === 'number') return 'Integer';
  if (typeof value === 'bigint') return 'Long';
  if (typeof value === 'boolean') return 'Boolean';
  if (value instanceof ApexDecimal) return 'Decimal';
  if (value instanceof ApexDouble) return 'Double';
  if (value instanceof ApexDate) return 'Date';
  if (value instanceof ApexDatetime) return 'Datetime';
  if (value instanceof ApexTime) return 'Time';
  if (value instanceof ApexBlob) return 'Blob';
  if (value instanceof SObject) return value.object.name;
  if (value instanceof ApexList) return typeName({ kind: 'list', element: value.elementType });
  if (value instanceof ApexSet) return typeName({ kind: 'set', element: value.elementType });
  if (value instanceof ApexMap) return typeName({ kind: 'map', key: value.keyType, value: value.valueType });
  if (value instanceof ApexEnum || value instanceof PlatformObject) return value.typeName;
  if (value instanceof ApexThrowable) return value.$typeName;
  return value instanceof ApexObject ? value.$class.symbol.fullName : 'Object';
}

const NUMBER_CASTS: Partial<Record<PrimitiveName, (value: unknown) => unknown>> = {
  Integer: toInteger,
  Long: toLong,
  Double: toDouble,
  Decimal: toDecimal,
};

/** `(T) value`. Numbers are converted, texts become Ids; anything else must already be a T. @throws System.TypeException */
export function cast(value: unknown, type: ApexType): unknown {
  if (value === null || value === undefined) return null;
  if (type.kind === 'primitive') {
    const convert = NUMBER_CASTS[type.name];
    const isNumber =
      typeof value === 'number' ||
      typeof value === 'bigint' ||
      value instanceof ApexDecimal ||
      value instanceof ApexDouble;
    if (
      convert !== undefined &&
      isNumber &&
      !(type.name === 'Integer' && typeof value !== 'number') &&
      !(type.name === 'Long' && typeof value !== 'number' && typeof value !== 'bigint')
    )
      return convert(value);
    if (type.name === 'Id' && typeof value === 'string') return asId(value);
    if (type.name === 'Datetime' && value instanceof ApexDate) return new ApexDatetime(value.days * 86_400_000);
  }
  if (isInstance(value, type)) return value;
  throw apexError(
    'TypeException',
    `Invalid conversion from runtime type ${withAny(runtimeTypeName(value))} to ${withAny(typeName(type))}`,
  );
}

/** How the message writes collections of Objects: `List<ANY>`, `Map<String,ANY>` (amoss, apex-mockery: Argument.getTypeName). */
const withAny = (name: string): string => name.replace(/(?<=[<,])Object(?=[>,])/g, 'ANY');

/** `(Integer) someLong`: a number becomes another kind of number. */
export function castNumber(value: unknown, type: ApexType): unknown {
  if (value === null) return null;
  const convert = type.kind === 'primitive' ? NUMBER_CASTS[type.name] : undefined;
  return convert === undefined ? value : convert(value);
}
