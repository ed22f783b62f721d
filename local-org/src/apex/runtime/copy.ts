import { SObject } from '../../data/index.js';
import { ApexList, ApexMap, ApexSet } from './collections.js';
import { ApexEnum, ApexObject } from './values.js';

/** A deep copy, as an asynchronous job gets of its object: what happens later to one does not show in the other. */
export function deepCopy(value: unknown, seen = new Map<unknown, unknown>()): unknown {
  if (typeof value !== 'object' || value === null || value instanceof ApexEnum) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (value instanceof ApexList) {
    const copy = new ApexList(value.elementType);
    seen.set(value, copy);
    copy.items = value.items.map((item) => deepCopy(item, seen));
    return copy;
  }
  if (value instanceof ApexSet)
    return new ApexSet(
      value.elementType,
      [...value.values()].map((item) => deepCopy(item, seen)),
    );
  if (value instanceof ApexMap) {
    const copy = new ApexMap(value.keyType, value.valueType);
    seen.set(value, copy);
    for (const [key, item] of value.entries()) copy.put(deepCopy(key, seen), deepCopy(item, seen));
    return copy;
  }
  if (value instanceof SObject) return value.copy(true);
  return value instanceof ApexObject && value.$class !== undefined ? copyObject(value, seen) : value;
}

/** Transient fields do not travel. */
function copyObject(value: ApexObject, seen: Map<unknown, unknown>): unknown {
  const copy = value.$class.allocate();
  seen.set(value, copy);
  for (const { slot, isTransient } of value.$class.slots.values())
    copy[slot] = isTransient ? null : deepCopy(value[slot], seen);
  return copy;
}
