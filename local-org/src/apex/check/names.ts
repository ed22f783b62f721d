import { namespaceName, platformType } from '../platform-types/index.js';
import { innerType, namedType, objectType } from '../symbols/index.js';
import type { Expression, FieldExpression, NameExpression, NameTarget, SourceRange } from '../syntax/index.js';
import { ANY, PRIMITIVES, platform } from '../types/index.js';
import type { ApexType, FieldSymbol, TypeSymbol } from '../types/index.js';
import { fieldIsVisible, writeIsVisible } from './access.js';
import { checkExpression } from './expression.js';
import { report } from './context.js';
import type { Body } from './context.js';
import { platformField, staticHolder, userField } from './lookup.js';
import { rowMember, staticRowMember } from './row-members.js';
import { isQuery } from './overload.js';

/** What stands before a dot. */
export type Qualifier =
  | { readonly kind: 'value'; readonly type: ApexType }
  /** `namespace` when the name is one as well: `Database`, `Schema`. */
  | { readonly kind: 'type'; readonly type: ApexType; readonly namespace: string | undefined }
  | { readonly kind: 'namespace'; readonly name: string };

/** How a member is used: reading, writing, or both (`x += 1`). */
export type Use = 'read' | 'write';

function resolved(expression: NameExpression | FieldExpression, target: NameTarget, type: ApexType): ApexType {
  expression.target = target;
  expression.type = type;
  return type;
}

function fieldTarget(body: Body, at: SourceRange, field: FieldSymbol, use: Use): NameTarget {
  if (!fieldIsVisible(body, field) || (field.kind === 'property' && !accessorIsVisible(body, field, use))) {
    report(body, at, `Variable is not visible: ${field.owner.fullName}.${field.name}`);
  }
  return { kind: 'field', field };
}

function accessorIsVisible(body: Body, field: FieldSymbol, use: Use): boolean {
  const { property } = field;
  if (property === undefined) return true;
  if (use === 'read') return property.getter !== 'none';
  return property.setter !== 'none' && writeIsVisible(body, field);
}

/** A field that an unqualified name means: of the class, of one above it, or a static one of the outer class. */
function scopeField(body: Body, name: string): FieldSymbol | undefined {
  const own = userField(body.owner, name);
  if (own !== undefined && (own.isStatic || !body.isStatic)) return own;
  for (let at: TypeSymbol | undefined = body.owner.outer; at !== undefined; at = at.outer) {
    const found = userField(at, name);
    if (found?.isStatic === true) return found;
  }
  return undefined;
}

/** Resolves a bare name as a variable; undefined when there is none of that name. */
function variable(expression: NameExpression, body: Body, use: Use): ApexType | undefined {
  const key = expression.name.toLowerCase();
  const local = body.locals.find(key);
  if (local !== undefined) return resolved(expression, { kind: 'local', local }, local.type);
  const field = scopeField(body, key);
  if (field === undefined) return undefined;
  if (use === 'read' && body.pending.has(field))
    report(body, expression.range, `Illegal forward reference: ${expression.name}`);
  return resolved(expression, fieldTarget(body, expression.range, field, use), field.type);
}

/** A bare name that must be a variable. */
export function checkName(expression: NameExpression, body: Body, use: Use): ApexType {
  const type = variable(expression, body, use);
  if (type !== undefined) return type;
  report(body, expression.range, `Variable does not exist: ${expression.name}`);
  return ANY;
}

function nameQualifier(expression: NameExpression, body: Body): Qualifier {
  const value = variable(expression, body, 'read');
  if (value !== undefined) return { kind: 'value', type: value };
  const namespace = namespaceName(expression.name) ?? (/^page$/i.test(expression.name) ? 'Page' : undefined);
  const type = namedType(body.world, [expression.name], [], body.owner);
  if (type !== undefined) {
    resolved(expression, { kind: 'type', type }, ANY);
    return type.kind === 'any' ? { kind: 'value', type } : { kind: 'type', type, namespace };
  }
  if (namespace !== undefined) {
    resolved(expression, { kind: 'namespace', name: namespace }, ANY);
    return { kind: 'namespace', name: namespace };
  }
  report(body, expression.range, `Variable does not exist: ${expression.name}`);
  return { kind: 'value', type: ANY };
}

/** Type that a member name of a namespace means: `Schema.Account`, `Database.SaveResult`, `Flow.Interview`. */
function namespaceMember(body: Body, namespace: string, name: string): ApexType | undefined {
  const found = platformType(`${namespace}.${name}`);
  if (found !== undefined)
    return found.name === 'System.SObject' ? objectType(body.world, 'SObject') : platform(found.name);
  if (namespace === 'System' || namespace === 'Schema') return namedType(body.world, [namespace, name], [], undefined);
  return undefined;
}

function typeMember(expression: FieldExpression, body: Body, type: ApexType): ApexType | undefined {
  if (type.kind !== 'user' && type.kind !== 'platform') return undefined;
  const inner = type.kind === 'user' ? innerType(type.symbol, expression.name.name.toLowerCase()) : undefined;
  if (inner !== undefined) return { kind: 'user', symbol: inner };
  if (type.kind !== 'platform') return undefined;
  if (type.name === 'Flow.Interview') {
    const flow = body.world.schema.flow(expression.name.name);
    return flow === undefined ? undefined : platform(`Flow.Interview.${flow}`);
  }
  const nested = platformType(`${type.name}.${expression.name.name}`);
  return nested === undefined ? undefined : platform(nested.name);
}

/** Resolves what stands before a dot: a value, else a type, else a namespace. */
export function qualifier(expression: Expression, body: Body): Qualifier {
  if (expression.kind === 'name') return nameQualifier(expression, body);
  if (expression.kind === 'parenthesized' || expression.kind !== 'field' || expression.safe) {
    return { kind: 'value', type: checkExpression(expression, body) };
  }
  const before = qualifier(expression.object, body);
  if (before.kind === 'value') return { kind: 'value', type: valueMember(expression, body, before.type, 'read') };
  const found = before.kind === 'type' ? staticMember(expression, body, before.type, 'read') : undefined;
  if (found !== undefined) return { kind: 'value', type: found };
  const namespace = before.kind === 'type' ? before.namespace : before.name;
  const type =
    (before.kind === 'type' ? typeMember(expression, body, before.type) : undefined) ??
    (namespace === undefined ? undefined : namespaceMember(body, namespace, expression.name.name));
  if (type !== undefined) {
    resolved(expression, { kind: 'type', type }, ANY);
    return { kind: 'type', type, namespace: undefined };
  }
  return { kind: 'value', type: missing(expression, body, before) };
}

function missing(expression: FieldExpression, body: Body, before: Qualifier): ApexType {
  const { name, range } = expression.name;
  if (before.kind === 'namespace' && before.name === 'Page') {
    const page = body.world.schema.page(name);
    if (page !== undefined) return resolved(expression, { kind: 'page', name: page }, platform('System.PageReference'));
    report(body, range, `Page ${name} does not exist`);
    return ANY;
  }
  if (before.kind === 'type' && before.type.kind === 'platform' && before.type.name === 'System.Label') {
    report(body, expression.range, `External string does not exist: ${name}`);
    return ANY;
  }
  report(body, range, `Variable does not exist: ${name}`);
  return ANY;
}

function label(expression: FieldExpression, body: Body): ApexType | undefined {
  const name = body.world.schema.label(expression.name.name);
  return name === undefined
    ? undefined
    : resolved(expression, { kind: 'label', name }, namedType(body.world, ['String'], [], undefined) ?? ANY);
}

function triggerVariable(body: Body, type: ApexType): ApexType {
  const row = body.triggerObject;
  if (row === undefined) return type;
  if (type.kind === 'list') return { kind: 'list', element: row };
  return type.kind === 'map' ? { ...type, value: row } : type;
}

function platformStatic(
  expression: FieldExpression,
  body: Body,
  type: ApexType & { readonly kind: 'platform' },
): ApexType | undefined {
  if (type.name === 'System.Label') return label(expression, body);
  if (type.name === 'Schema.SObjectType') {
    const object = objectType(body.world, expression.name.name);
    if (object?.kind === 'sobject')
      return resolved(
        expression,
        { kind: 'describeObject', object: object.name },
        platform('Schema.DescribeSObjectResult'),
      );
  }
  const field = platformField(type, expression.name.name.toLowerCase());
  if (field?.isStatic !== true) return undefined;
  const fieldType = type.name === 'System.Trigger' ? triggerVariable(body, field.type) : field.type;
  return resolved(expression, { kind: 'platformField', field }, fieldType);
}

function userStatic(expression: FieldExpression, body: Body, symbol: TypeSymbol, use: Use): ApexType | undefined {
  const key = expression.name.name.toLowerCase();
  const ordinal = symbol.constants.findIndex((constant) => constant.toLowerCase() === key);
  const constant = symbol.constants[ordinal];
  if (constant !== undefined)
    return resolved(expression, { kind: 'enumConstant', owner: symbol, constant, ordinal }, { kind: 'user', symbol });
  const field = userField(symbol, key);
  if (field?.isStatic !== true) return undefined;
  return resolved(expression, fieldTarget(body, expression.name.range, field, use), field.type);
}

/** Static member of a type; undefined when it has none of that name. */
function staticMember(expression: FieldExpression, body: Body, type: ApexType, use: Use): ApexType | undefined {
  const holder = staticHolder(type);
  if (holder.kind === 'user') return userStatic(expression, body, holder.symbol, use);
  if (holder.kind === 'platform') return platformStatic(expression, body, holder);
  if (holder.kind !== 'sobject') return undefined;
  const member = staticRowMember(body.world, holder.name, expression.name.name);
  return member === undefined ? undefined : resolved(expression, member.target, member.type);
}

function instanceField(expression: FieldExpression, body: Body, symbol: TypeSymbol, use: Use): ApexType | undefined {
  const field = userField(symbol, expression.name.name.toLowerCase());
  if (field === undefined) return undefined;
  if (field.isStatic) {
    report(
      body,
      expression.name.range,
      `Static field cannot be referenced from a non static context: ${field.name} from the type ${symbol.fullName}`,
    );
  }
  return resolved(expression, fieldTarget(body, expression.name.range, field, use), field.type);
}

function describeMember(expression: FieldExpression): ApexType | undefined {
  const { object } = expression;
  if (object.kind !== 'field') return undefined;
  const key = expression.name.name.toLowerCase();
  if (object.target.kind === 'sobjectType' && key === 'fields')
    return resolved(
      expression,
      { kind: 'objectFields', object: object.target.object },
      platform('Schema.SObjectTypeFields'),
    );
  if (object.target.kind !== 'describeObject') return undefined;
  const described = object.target.object;
  if (key === 'fields')
    return resolved(expression, { kind: 'describeFields', object: described }, platform('Schema.SObjectTypeFields'));
  if (key === 'fieldsets')
    return resolved(
      expression,
      { kind: 'describeFieldSets', object: described },
      platform('Schema.SObjectTypeFieldSets'),
    );
  return undefined;
}

const STANDARD_CAUSES = new Set([
  'manual',
  'owner',
  'rule',
  'team',
  'territory',
  'implicitchild',
  'implicitparent',
  'guestrule',
]);

/** `Order__Share.RowCause.Manual` and the sharing reasons of the object. */
function rowCause(expression: FieldExpression, body: Body): ApexType | undefined {
  const { object } = expression;
  if (object.kind !== 'field' || object.target.kind !== 'sobjectFieldToken' || !/^rowcause$/i.test(object.name.name))
    return undefined;
  const share = object.target.object;
  const { name } = expression.name;
  const cause = STANDARD_CAUSES.has(name.toLowerCase())
    ? name
    : body.world.schema.sharingReason(share.replace(/__Share$/i, '__c'), name);
  return cause === undefined
    ? undefined
    : resolved(expression, { kind: 'rowCause', object: share, cause }, PRIMITIVES.String);
}

/** `SObjectType.Account.fields.Name` and `.fieldSets.Card`, `Account.fields.Name`. */
function describedPart(expression: FieldExpression, body: Body): ApexType | undefined {
  const { object } = expression;
  if (object.kind !== 'field') return undefined;
  const { target } = object;
  if (target.kind !== 'describeFields' && target.kind !== 'objectFields' && target.kind !== 'describeFieldSets')
    return undefined;
  const info = body.world.schema.object(target.object);
  const key = expression.name.name.toLowerCase();
  if (target.kind === 'describeFieldSets') {
    const fieldSet = info?.fieldSets.get(key);
    return fieldSet === undefined
      ? undefined
      : resolved(expression, { kind: 'fieldSet', object: target.object, fieldSet }, platform('Schema.FieldSet'));
  }
  const field = info?.fields.get(key);
  if (field === undefined) return undefined;
  const kind = target.kind === 'describeFields' ? 'describeField' : 'sobjectFieldToken';
  return resolved(
    expression,
    { kind, object: target.object, field },
    platform(kind === 'describeField' ? 'Schema.DescribeFieldResult' : 'Schema.SObjectField'),
  );
}

/** Member of a value; reports one that does not exist. */
export function valueMember(expression: FieldExpression, body: Body, given: ApexType, use: Use): ApexType {
  const name = expression.name.name.toLowerCase();
  let type = given;
  if (type.kind === 'any' || type.kind === 'null') return ANY;
  if (type.kind === 'list' && isQuery(expression.object)) {
    type = type.element;
    expression.object.conversion = 'singleRow';
  }
  let found: ApexType | undefined;
  if (type.kind === 'user') found = instanceField(expression, body, type.symbol, use);
  else if (type.kind === 'platform') {
    found = describeMember(expression) ?? describedPart(expression, body) ?? rowCause(expression, body);
    const field = found === undefined ? platformField(type, name) : undefined;
    if (field !== undefined) found = resolved(expression, { kind: 'platformField', field }, field.type);
  } else if (type.kind === 'sobject') {
    const member = rowMember(body.world, type.name, expression.name.name);
    if (member !== undefined) found = resolved(expression, member.target, member.type);
  }
  if (found !== undefined) return found;
  report(body, expression.name.range, `Variable does not exist: ${expression.name.name}`);
  return ANY;
}

/** `before.name` as a value. */
export function checkField(expression: FieldExpression, body: Body, use: Use): ApexType {
  const before = qualifier(expression.object, body);
  if (before.kind === 'value') return valueMember(expression, body, before.type, use);
  const found = before.kind === 'type' ? staticMember(expression, body, before.type, use) : undefined;
  if (found !== undefined) return found;
  return missing(expression, body, before);
}
