import {
  fieldAt,
  formulaType,
  isFieldValue,
  objectScope,
  SObject,
  type FieldValue,
  type FormulaScope,
  type ObjectSchema,
} from '../../data/index.js';
import { fieldSlot, getterMember, hasGetter } from '../compile/index.js';
import { ApexObject, asFieldValue, readField, type ApexRuntime } from '../runtime/index.js';
import type { FieldSymbol, TypeSymbol } from '../types/symbols.js';
import type { ApexType } from '../types/types.js';

type Leaf = ReturnType<FormulaScope['typeOf']>;

/** Types of the formula library by primitive type of Apex. */
const LEAVES: Readonly<Record<string, NonNullable<Leaf>>> = {
  Boolean: { type: 'boolean' },
  Date: { type: 'date' },
  Datetime: { type: 'datetime' },
  Decimal: { type: 'number' },
  Double: { type: 'number' },
  Id: { type: 'id' },
  Integer: { type: 'number' },
  Long: { type: 'number' },
  String: { type: 'string' },
  Time: { type: 'time' },
};

/** A field or property that formulas see, inherited ones included: classes and members have to be global (Apex Developer Guide: Formula Evaluation in Apex). */
function globalMember(symbol: TypeSymbol, name: string): FieldSymbol | undefined {
  if (symbol.access !== 'global') return undefined;
  for (let at: TypeSymbol | undefined = symbol; at !== undefined; at = above(at)) {
    const field = at.fields.get(name.toLowerCase());
    if (field !== undefined) return field.access === 'global' && !field.isStatic ? field : undefined;
  }
  return undefined;
}

const above = ({ superType }: TypeSymbol): TypeSymbol | undefined =>
  superType?.kind === 'user' ? superType.symbol : undefined;

/** The names of a formula that is evaluated on objects of a class. */
function typeInClass(runtime: ApexRuntime, symbol: TypeSymbol, [first = '', ...rest]: readonly string[]): Leaf {
  const type = globalMember(symbol, first)?.type;
  return type === undefined ? undefined : leafOf(runtime, type, rest);
}

function leafOf(runtime: ApexRuntime, type: ApexType, rest: readonly string[]): Leaf {
  if (type.kind === 'primitive') return rest.length === 0 ? LEAVES[type.name] : undefined;
  if (rest.length === 0) return undefined;
  if (type.kind === 'user') return typeInClass(runtime, type.symbol, rest);
  const object = type.kind === 'sobject' ? runtime.schema.object(type.name) : undefined;
  return object === undefined ? undefined : typeInObject(runtime, object, rest);
}

function typeInObject(runtime: ApexRuntime, object: ObjectSchema, path: readonly string[]): Leaf {
  const field = fieldAt(object, (name) => runtime.schema.object(name), path);
  return field === undefined ? undefined : formulaType(field);
}

/** The names of a formula on an object, or on a class. */
export function scopeOf(runtime: ApexRuntime, on: ObjectSchema | TypeSymbol): FormulaScope {
  const isObject = 'parents' in on;
  const globals = objectScope(isObject ? on : runtime.object('User'), (name) => runtime.schema.object(name));
  return {
    typeOf: (path) => {
      if (path[0]?.startsWith('$') === true) return globals.typeOf(path);
      return isObject ? typeInObject(runtime, on, path) : typeInClass(runtime, on, path);
    },
  };
}

/** Value at a path of names, from a record or an object of a class in memory. */
export function valueAt(context: unknown, [first = '', ...rest]: readonly string[]): FieldValue {
  if (context instanceof SObject) return fieldOf(context, first, rest);
  if (!(context instanceof ApexObject)) return null;
  const field = globalMember(context.$class.symbol, first);
  const value = field === undefined ? null : memberOf(context, field);
  if (rest.length > 0) return valueAt(value, rest);
  return isFieldValue(value) ? value : asFieldValue(undefined, value);
}

function memberOf(context: ApexObject, field: FieldSymbol): unknown {
  if (!hasGetter(field)) return context[fieldSlot(field)] ?? null;
  const getter = context[getterMember(field)];
  return typeof getter === 'function' ? Reflect.apply(getter, context, []) : null;
}

function fieldOf(record: SObject, first: string, rest: readonly string[]): FieldValue {
  if (rest.length > 0) {
    const relationship = record.object.parents.get(first.toLowerCase())?.relationshipName;
    const parent = relationship === undefined ? undefined : record.related.get(relationship);
    return parent instanceof SObject ? valueAt(parent, rest) : null;
  }
  const value = readField(record, record.field(first)?.name ?? first);
  return isFieldValue(value) ? value : null;
}
