import { PRIMITIVES, listOf, platform, sobject } from '../types/index.js';
import type { ApexType, SObjectField } from '../types/index.js';
import type { NameTarget } from '../syntax/index.js';
import type { World } from './context.js';

/** A member of an object: what it is and its type. */
export interface RowMember {
  readonly target: NameTarget;
  readonly type: ApexType;
}

/** Object of the row that a parent relationship leads to; polymorphic ones lead to `Name`. */
export function parentType(world: World, field: SObjectField): ApexType {
  const [only] = field.referenceTo;
  if (field.referenceTo.length === 1 && only !== undefined) {
    const object = world.schema.object(only);
    return object === undefined ? sobject('SObject') : sobject(object.name);
  }
  return sobject('Name');
}

/** Custom fields carry the suffix in every spelling; `Parent__c` read through `__r` is the relationship. */
function relationship(world: World, object: string, name: string): RowMember | undefined {
  const info = world.schema.object(object);
  const parent = info?.parents.get(name);
  if (parent?.relationshipName !== undefined) {
    return {
      target: { kind: 'sobjectParent', object, relationship: parent.relationshipName, field: parent },
      type: parentType(world, parent),
    };
  }
  const child = info?.children.get(name);
  if (child === undefined) return undefined;
  const rows = world.schema.object(child.object)?.name ?? child.object;
  return {
    target: { kind: 'sobjectChildren', object, relationship: child.name, childObject: rows },
    type: listOf(sobject(rows)),
  };
}

const ID: SObjectField = {
  name: 'Id',
  type: PRIMITIVES.Id,
  fieldType: 'Id',
  isCustom: false,
  relationshipName: undefined,
  referenceTo: [],
  isCalculated: true,
};

/** Field, parent or children of a row; undefined when the object has none of that name. */
export function rowMember(world: World, object: string, name: string): RowMember | undefined {
  const key = name.toLowerCase();
  if (object === 'SObject')
    return key === 'id' ? { target: { kind: 'sobjectField', object, field: ID }, type: PRIMITIVES.Id } : undefined;
  const field = world.schema.object(object)?.fields.get(key);
  if (field !== undefined) return { target: { kind: 'sobjectField', object, field }, type: field.type };
  return relationship(world, object, key);
}

/** `Account.Name`, `Account.SObjectType`, `Account.fields`, `Order__Share.RowCause`: members of the object itself. */
export function staticRowMember(world: World, object: string, name: string): RowMember | undefined {
  const key = name.toLowerCase();
  if (key === 'sobjecttype') return { target: { kind: 'sobjectType', object }, type: platform('Schema.SObjectType') };
  const info = world.schema.object(object);
  const field = info?.fields.get(key);
  if (field !== undefined)
    return { target: { kind: 'sobjectFieldToken', object, field }, type: platform('Schema.SObjectField') };
  if (key === 'fields') return { target: { kind: 'objectFields', object }, type: platform('Schema.SObjectTypeFields') };
  return undefined;
}
