import type { ApexType, SObjectInfo, SObjectRef } from '../types/index.js';
import type { AssignExpression, NewExpression, SObjectInitializer } from '../syntax/index.js';
import { report } from './context.js';
import type { Body } from './context.js';
import { checkExpression, convertTo } from './expression.js';
import { parentType } from './row-members.js';

function initializer(
  expression: NewExpression,
  body: Body,
  info: SObjectInfo,
  arg: AssignExpression,
): SObjectInitializer | undefined {
  if (arg.target.kind !== 'name' || arg.operator !== undefined) {
    report(body, expression.range, `Type requires name=value pair construction: ${info.name}`);
    return undefined;
  }
  const key = arg.target.name.toLowerCase();
  const name = { name: arg.target.name, range: arg.target.range };
  const field = info.fields.get(key);
  if (field !== undefined) {
    if (field.isCalculated && key !== 'id')
      report(body, expression.range, `Field is not writeable: ${info.name}.${field.name}`);
    convertTo(arg.value, field.type, body, expression.range);
    arg.target.target = { kind: 'sobjectField', object: info.name, field };
    arg.target.type = field.type;
    return { name, field, relationship: undefined, value: arg.value };
  }
  const parent = info.parents.get(key);
  if (parent?.relationshipName === undefined) {
    report(body, expression.range, `Field does not exist: ${arg.target.name} on ${info.name}`);
    return undefined;
  }
  arg.target.target = {
    kind: 'sobjectParent',
    object: info.name,
    relationship: parent.relationshipName,
    field: parent,
  };
  const row = parentType(body.world, parent);
  if (row.kind === 'sobject' && row.name !== 'Name') convertTo(arg.value, row, body, expression.range);
  return { name, field: parent, relationship: parent.relationshipName, value: arg.value };
}

/** `new Account(Name = 'x', ...)`: fields of the object, each once. */
export function checkNewRow(expression: NewExpression, body: Body, type: SObjectRef): ApexType {
  const info = body.world.schema.object(type.name);
  if (info === undefined) {
    report(body, expression.range, `Type cannot be constructed: ${type.name}`);
    return type;
  }
  const fields: SObjectInitializer[] = [];
  const seen = new Set<string>();
  for (const arg of expression.args) {
    if (arg.kind !== 'assign') {
      checkExpression(arg, body);
      report(body, expression.range, `Type requires name=value pair construction: ${info.name}`);
      continue;
    }
    checkExpression(arg.value, body);
    const one = initializer(expression, body, info, arg);
    if (one === undefined) continue;
    const key = (one.relationship ?? one.field.name).toLowerCase();
    if (seen.has(key)) report(body, expression.range, `Duplicate field initialization: ${one.field.name}`);
    seen.add(key);
    fields.push(one);
  }
  expression.target = { kind: 'sobject', object: info.name, fields };
  return type;
}
