import { ApexDate, ApexDatetime, ApexDecimal, ApexTime, SObject } from '../../data/index.js';
import { FlowFault } from '../fault.js';
import { fromField } from './compare.js';
import { FlowStructure, isCollection, type FlowValue } from './value.js';

/** A value as JSON for the body of a request. @throws FlowFault for Apex-defined values of the project's own classes */
export function toJson(value: FlowValue): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (value instanceof ApexDecimal) return value.toNumber();
  if (value instanceof ApexDate || value instanceof ApexDatetime) return value.toIso();
  if (value instanceof ApexTime) return value.toString();
  if (isCollection(value)) return value.map(toJson);
  if (value instanceof FlowStructure)
    return Object.fromEntries([...value.entries()].map(([name, member]) => [name, toJson(member)]));
  if (value instanceof SObject)
    return Object.fromEntries([...value.values].map(([name, field]) => [name, toJson(fromField(field))]));
  throw new FlowFault(`A value of ${value.$class.symbol.fullName} can't be sent.`);
}

/** JSON of a response as a value. */
export function fromJson(json: unknown): FlowValue {
  if (typeof json === 'string' || typeof json === 'boolean') return json;
  if (typeof json === 'number') return ApexDecimal.ofNumber(json);
  if (Array.isArray(json)) return json.map(fromJson);
  if (typeof json !== 'object' || json === null) return null;
  return new FlowStructure(Object.entries(json).map(([name, member]): [string, FlowValue] => [name, fromJson(member)]));
}
