import { isFormula, SObject, type FieldSchema } from '../../data/index.js';
import { ApexObject, type ApexRuntime } from '../../apex/runtime/index.js';
import { FlowFault } from '../fault.js';
import { fromApex, toApexField } from '../actions/apex-values.js';
import { fromField, FlowStructure, isCollection, toField, type FlowValue } from '../values/index.js';

/** Value of a member of a value: a field, a parent record, an output. Nothing has no members: null. @throws FlowFault for a name that it lacks */
export function memberOf(runtime: ApexRuntime, value: FlowValue, name: string): FlowValue {
  if (value === null) return null;
  if (value instanceof SObject) return recordMember(runtime, value, name);
  if (value instanceof FlowStructure) return value.get(name) ?? null;
  if (value instanceof ApexObject) {
    const slot = value.$class.slots.get(name.toLowerCase());
    if (slot === undefined) throw new FlowFault(`${value.$class.symbol.fullName} has no member ${name}.`);
    return fromApex(value[slot.slot]);
  }
  throw new FlowFault(
    isCollection(value) ? `A collection has no member ${name}.` : `A single value has no member ${name}.`,
  );
}

function recordMember(runtime: ApexRuntime, record: SObject, name: string): FlowValue {
  const field = record.field(name);
  if (field !== undefined) return fromField(fieldValue(runtime, record, field));
  const reference = record.object.parents.get(name.toLowerCase());
  if (reference === undefined) throw new FlowFault(`The object ${record.object.name} has no field ${name}.`);
  const loaded = record.related.get(relationshipOf(reference, name));
  if (loaded instanceof SObject) return loaded;
  const id = record.get(reference.name);
  const found = typeof id === 'string' ? runtime.data.store.rowOfId(id) : undefined;
  return found === undefined ? null : runtime.data.recordOf(found.object, found.row);
}

const relationshipOf = (reference: FieldSchema, name: string): string => reference.relationshipName ?? name;

/** A calculated field of a record that was built in memory is read from the stored row. */
function fieldValue(runtime: ApexRuntime, record: SObject, field: FieldSchema): ReturnType<SObject['get']> {
  const value = record.values.get(field.name);
  if (value !== undefined || record.id === null || !isFormula(field)) return value ?? null;
  const found = runtime.data.store.rowOfId(record.id);
  return found === undefined ? null : runtime.data.formulas.valueOf(found.object, field, found.row);
}

/** Sets a field of a record or a member of a structure. @throws FlowFault for names and values that do not fit */
export function setMember(target: FlowValue, name: string, value: FlowValue, zone: string): void {
  if (target instanceof SObject) {
    const field = target.field(name);
    if (field === undefined) throw new FlowFault(`The object ${target.object.name} has no field ${name}.`);
    if (target.readOnly) throw new FlowFault(`The record in ${target.object.name} can't be changed here.`);
    target.set(field.name, toField(field, value, zone));
    return;
  }
  if (target instanceof FlowStructure) {
    target.set(name, value);
    return;
  }
  if (target instanceof ApexObject) {
    toApexField(target, name, value, zone);
    return;
  }
  throw new FlowFault(`A value can't be assigned to ${name}: nothing holds it.`);
}
