import { ApexDate, ApexDatetime, ApexDecimal, ApexTime, SObject } from '../../data/index.js';
import type { ApexObject } from '../../apex/runtime/index.js';

/**
 * A value inside a running flow. Every number is a Decimal; a collection is an array that is replaced, never changed; records and
 * Apex-defined values are shared by reference, as the item of a loop is with its collection.
 */
export type FlowValue =
  | null
  | boolean
  | string
  | ApexDecimal
  | ApexDate
  | ApexDatetime
  | ApexTime
  | SObject
  | ApexObject
  | FlowStructure
  | readonly FlowValue[];

/** A value that can be compared and shown. */
export type FlowScalar = boolean | string | ApexDecimal | ApexDate | ApexDatetime | ApexTime;

/** Named values that belong together: the outputs of an action or a subflow, a body of an external service. */
export class FlowStructure {
  private readonly members = new Map<string, { readonly name: string; value: FlowValue }>();

  constructor(entries: Iterable<readonly [string, FlowValue]> = []) {
    for (const [name, value] of entries) this.set(name, value);
  }

  /** Value of a member, its name in any case; undefined when there is none. */
  get(name: string): FlowValue | undefined {
    return this.members.get(name.toLowerCase())?.value;
  }

  set(name: string, value: FlowValue): void {
    const member = this.members.get(name.toLowerCase());
    if (member === undefined) this.members.set(name.toLowerCase(), { name, value });
    else member.value = value;
  }

  *entries(): IterableIterator<readonly [string, FlowValue]> {
    for (const { name, value } of this.members.values()) yield [name, value];
  }

  copy(): FlowStructure {
    return new FlowStructure(this.entries());
  }
}

export function isCollection(value: FlowValue): value is readonly FlowValue[] {
  return Array.isArray(value);
}

export function isScalar(value: FlowValue): value is FlowScalar {
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    value instanceof ApexDecimal ||
    value instanceof ApexDate ||
    value instanceof ApexDatetime ||
    value instanceof ApexTime
  );
}

/** A value that a collection or a variable gets for itself: later changes of the original do not reach it. */
export function detached(value: FlowValue): FlowValue {
  if (value instanceof SObject) return value.copy(true);
  if (value instanceof FlowStructure) return value.copy();
  return isCollection(value) ? value.map(detached) : value;
}
