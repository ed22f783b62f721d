import { sameType } from '../types/index.js';
import type { ApexType, PrimitiveName } from '../types/index.js';
import type { Conversion } from '../syntax/index.js';
import { distanceTo, isInterface, isSubtype } from './hierarchy.js';

/** How a value gets from one type to another. `cost` ranks overloads: 0 is the same type. */
export interface Assignment {
  readonly cost: number;
  readonly conversion: Conversion | undefined;
}

const SAME: Assignment = { cost: 0, conversion: undefined };

const CONVERSIONS: Readonly<Partial<Record<PrimitiveName, Readonly<Partial<Record<PrimitiveName, Assignment>>>>>> = {
  Integer: {
    Long: { cost: 1, conversion: 'integerToLong' },
    Double: { cost: 2, conversion: 'integerToDouble' },
    Decimal: { cost: 3, conversion: 'integerToDecimal' },
  },
  Long: { Double: { cost: 1, conversion: 'longToDouble' }, Decimal: { cost: 2, conversion: 'longToDecimal' } },
  Double: { Decimal: { cost: 1, conversion: 'doubleToDecimal' } },
  Decimal: { Double: { cost: 1, conversion: 'decimalToDouble' } },
  String: { Id: { cost: 2, conversion: 'stringToId' } },
  Id: { String: { cost: 1, conversion: 'idToString' } },
  Date: { Datetime: { cost: 1, conversion: 'dateToDatetime' } },
};

/** Cost of widening to Object: more than any other way. */
const TO_OBJECT = 50;

/** Lists take whatever their elements may become; sets do not vary; maps vary in their values only. */
function elements(from: ApexType, to: ApexType): Assignment | undefined {
  if (sameType(from, to)) return SAME;
  // Lists of rows are interchangeable in both directions; the run-time type decides.
  if (from.kind === 'sobject' && to.kind === 'sobject' && (from.name === 'SObject' || to.name === 'SObject'))
    return { cost: 1, conversion: undefined };
  return inCollection(assignment(from, to));
}

/** A collection of Objects is still a better match than Object. */
function inCollection(inner: Assignment | undefined): Assignment | undefined {
  return inner === undefined ? undefined : { cost: Math.min(inner.cost + 1, TO_OBJECT - 1), conversion: undefined };
}

/** A type that is not known, which fits every other. */
function isOpen(type: ApexType): boolean {
  return type.kind === 'any';
}

function collections(from: ApexType, to: ApexType): Assignment | undefined {
  if (from.kind === 'list' && to.kind === 'list') return elements(from.element, to.element);
  if (from.kind === 'set' && to.kind === 'set') return isOpen(from.element) || isOpen(to.element) ? SAME : undefined;
  if (from.kind === 'map' && to.kind === 'map') {
    if (!sameType(from.key, to.key) && !isOpen(from.key) && !isOpen(to.key)) return undefined;
    return inCollection(assignment(from.value, to.value));
  }
  return undefined;
}

/**
 * The same platform type with assignable arguments: `Iterable<Account>` for `Iterable<SObject>`, and the other way round, because the
 * platform does not look into the arguments of its interfaces.
 */
function matchesPlatform(candidate: ApexType, to: ApexType): boolean {
  if (sameType(candidate, to)) return true;
  if (candidate.kind !== 'platform' || to.kind !== 'platform' || candidate.name !== to.name) return false;
  return candidate.args.every((arg, index) => {
    const other = to.args[index];
    return (
      other === undefined ||
      arg.kind === 'any' ||
      other.kind === 'any' ||
      elements(arg, other) !== undefined ||
      elements(other, arg) !== undefined
    );
  });
}

/** The assignment of a value of type `from` to a variable of type `to`; undefined when the language has none. */
export function assignment(from: ApexType, to: ApexType): Assignment | undefined {
  if (from.kind === 'any' || to.kind === 'any') return SAME;
  if (from.kind === 'void' || to.kind === 'void') return undefined;
  if (from.kind === 'null') return SAME;
  if (sameType(from, to)) return SAME;
  if (to.kind === 'primitive' && to.name === 'Object') return { cost: TO_OBJECT, conversion: undefined };
  if (from.kind === 'primitive' && to.kind === 'primitive') return CONVERSIONS[from.name]?.[to.name];
  if (from.kind === 'sobject' && to.kind === 'sobject')
    return to.name === 'SObject' ? { cost: 1, conversion: undefined } : undefined;
  const collected = collections(from, to);
  if (collected !== undefined) return collected;
  const distance = distanceTo(from, (candidate) => matchesPlatform(candidate, to));
  return distance === undefined ? undefined : { cost: distance, conversion: undefined };
}

const NUMBERS: ReadonlySet<string> = new Set(['Integer', 'Long', 'Double', 'Decimal']);

export function isNumeric(type: ApexType): boolean {
  return type.kind === 'any' || (type.kind === 'primitive' && NUMBERS.has(type.name));
}

function isOpenClass(type: ApexType): boolean {
  return type.kind === 'platform' || (type.kind === 'user' && type.symbol.kind !== 'enum');
}

function castableElements(from: ApexType, to: ApexType): boolean {
  return sameType(from, to) || castable(from, to) !== undefined;
}

/** How a cast works: `number` converts a number, `type` checks at run time, `none` always succeeds; undefined: it never can. */
export function castable(from: ApexType, to: ApexType): 'none' | 'type' | 'number' | undefined {
  if (isNumeric(from) && isNumeric(to) && from.kind === 'primitive' && to.kind === 'primitive')
    return from.name === to.name ? 'none' : 'number';
  const up = assignment(from, to);
  if (up !== undefined) return up.conversion === undefined && from.kind !== 'any' ? 'none' : 'type';
  if (from.kind === 'void' || to.kind === 'void') return undefined;
  if (assignment(to, from) !== undefined) return 'type';
  // The row behind a polymorphic relationship, `(User) record.Owner`.
  if (from.kind === 'sobject' && from.name === 'Name' && to.kind === 'sobject') return 'type';
  if (from.kind === 'list' && to.kind === 'list')
    return castableElements(from.element, to.element) ? 'type' : undefined;
  if (from.kind === 'set' && to.kind === 'set') return castableElements(from.element, to.element) ? 'type' : undefined;
  if (from.kind === 'map' && to.kind === 'map') {
    return castableElements(from.key, to.key) && castableElements(from.value, to.value) ? 'type' : undefined;
  }
  if (
    (isInterface(from) || isInterface(to)) &&
    (isOpenClass(from) || isInterface(from)) &&
    (isOpenClass(to) || isInterface(to))
  )
    return 'type';
  if (isInterface(from) && (to.kind === 'list' || to.kind === 'set')) return 'type';
  return isSubtype(to, from) ? 'type' : undefined;
}
