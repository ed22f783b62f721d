import { ApexDate, ApexDatetime, ApexDecimal, ApexTime, isFieldValue, SObject } from '../../data/index.js';
import {
  ApexDouble,
  ApexEnum,
  ApexList,
  ApexObject,
  ApexSet,
  ApexThrowable,
  typeName,
  Unsupported,
} from '../../apex/runtime/index.js';
import type { ApexType, PrimitiveName } from '../../apex/types/index.js';
import { FlowFault } from '../fault.js';
import { convertTo, fromField, isCollection, textOfValue, type FlowValue } from '../values/index.js';

/** An Apex value as flows see it. @throws Unsupported for values that no flow resource can hold */
export function fromApex(value: unknown): FlowValue {
  if (value === null || value === undefined) return null;
  if (value instanceof ApexDouble) return ApexDecimal.ofNumber(value.n);
  if (value instanceof ApexEnum) return value.name;
  if (value instanceof SObject) return value;
  if (value instanceof ApexList) return value.items.map(fromApex);
  if (value instanceof ApexSet) return [...value.values()].map(fromApex);
  if (isFieldValue(value)) return fromField(value);
  if (value instanceof ApexObject && !(value instanceof ApexThrowable)) return value;
  throw new Unsupported('A value of this Apex type in a flow');
}

type Primitive = (value: FlowValue, zone: string) => unknown;

const number =
  (make: (value: ApexDecimal) => unknown): Primitive =>
  (value, zone) => {
    const converted = convertTo('Number', value, zone, 'an action');
    return converted instanceof ApexDecimal ? make(converted) : null;
  };

const PRIMITIVES: Readonly<Partial<Record<PrimitiveName, Primitive>>> = {
  Boolean: (value, zone) => convertTo('Boolean', value, zone, 'an action'),
  String: textOfScalar,
  Id: textOfScalar,
  Integer: number((value) => Math.trunc(value.toNumber())),
  Long: number((value) => value.toBigInt()),
  Double: number((value) => new ApexDouble(value.toNumber())),
  Decimal: number((value) => value),
  Date: (value, zone) => convertTo('Date', value, zone, 'an action'),
  Datetime: (value, zone) => convertTo('DateTime', value, zone, 'an action'),
  Time: (value, zone) => convertTo('Time', value, zone, 'an action'),
  Object: (value) => value,
};

/** Instants and days keep the form in which Apex writes them, not the one that people read. */
function textOfScalar(value: FlowValue, zone: string): string | null {
  if (value === null) return null;
  if (value instanceof ApexDate || value instanceof ApexDatetime || value instanceof ApexTime) return value.toString();
  return textOfValue(value, zone);
}

/** A value of a flow as an Apex type takes it. @throws FlowFault when it does not fit */
export function toApex(value: FlowValue, type: ApexType, zone: string): unknown {
  if (value === null) return null;
  switch (type.kind) {
    case 'primitive':
      return PRIMITIVES[type.name]?.(value, zone) ?? misfit(value, type, zone);
    case 'list':
      return new ApexList(
        type.element,
        (isCollection(value) ? value : [value]).map((item) => toApex(item, type.element, zone)),
      );
    case 'sobject':
      if (value instanceof SObject && (type.name === 'SObject' || value.object.name === type.name))
        return value.copy(true);
      return misfit(value, type, zone);
    case 'user':
      return value instanceof ApexObject ? value : misfit(value, type, zone);
    default:
      return misfit(value, type, zone);
  }
}

function misfit(value: FlowValue, type: ApexType, zone: string): never {
  throw new FlowFault(`The value "${textOfValue(value, zone)}" can't be passed on as ${typeName(type)}.`);
}

/** Sets a field of an Apex-defined value. @throws FlowFault for names and values that do not fit */
export function toApexField(target: ApexObject, name: string, value: FlowValue, zone: string): void {
  const slot = target.$class.slots.get(name.toLowerCase());
  const type = slot === undefined ? undefined : fieldType(target, name);
  if (slot === undefined || type === undefined)
    throw new FlowFault(`${target.$class.symbol.fullName} has no member ${name}.`);
  target[slot.slot] = toApex(value, type, zone);
}

/** Declared type of a field, inherited ones included. */
function fieldType(target: ApexObject, name: string): ApexType | undefined {
  for (let at: ApexObject['$class'] | undefined = target.$class; at !== undefined; at = at.superClass) {
    const field = at.symbol.fields.get(name.toLowerCase());
    if (field !== undefined) return field.type;
  }
  return undefined;
}
