import type { SoqlCondition, SoqlFunction, SoqlPath, SoqlQuery, SoqlSelectItem } from '../../apex/syntax/ast.js';
import type { FieldSchema, ObjectSchema } from '../schema/index.js';
import {
  noObjectMessage,
  objectOf,
  sourceOf,
  SoqlAccessError,
  type QueryContext,
  type ReadAccess,
  type SoqlErrorCode,
} from './context.js';
import { noColumnMessage, noRelationshipMessage, resolvePath } from './paths.js';
import { childRelationshipName, noChildrenMessage } from './select.js';

/** What a query is not allowed to read: the message of the first refusal, and all fields. */
interface Refusals {
  first: string | undefined;
  code: SoqlErrorCode;
  readonly fields: Map<string, Set<string>>;
}

interface Scope {
  readonly context: QueryContext;
  readonly access: ReadAccess;
  readonly query: SoqlQuery;
  readonly object: ObjectSchema;
  readonly refusals: Refusals;
}

type Named = SoqlQuery['orderBy'][number]['by'];

const NOT_ENFORCED = 'Insufficient permissions: secure query included inaccessible field';

/**
 * Refuses a query that reads objects or fields which its user may not read. In user mode every clause counts and all refused fields are told;
 * with SECURITY_ENFORCED only SELECT and FROM count, and the message names nothing (Apex Developer Guide: Enforce User Mode for Database
 * Operations; Filter SOQL Queries Using WITH SECURITY_ENFORCED).
 * @throws SoqlAccessError
 */
export function checkReadAccess(context: QueryContext, access: ReadAccess, query: SoqlQuery): void {
  const refusals: Refusals = { first: undefined, code: 'INVALID_FIELD', fields: new Map() };
  const object = objectOf(context, query);
  checkQuery({ context, access, query, object, refusals });
  if (refusals.first === undefined) return;
  if (access.mode === 'user') throw new SoqlAccessError(refusals.first, refusals.code, refusals.fields);
  throw new SoqlAccessError(NOT_ENFORCED, 'INVALID_FIELD', new Map());
}

function checkQuery(scope: Scope): void {
  const { access, query, object, refusals } = scope;
  if (!access.canReadObject(object)) {
    refuseObject(refusals, object);
    for (const item of query.select) noteHiddenField(refusals, object, item);
    return;
  }
  for (const item of query.select) checkItem(scope, item);
  if (access.mode === 'securityEnforced') return;
  if (query.where !== undefined) checkCondition(scope, query.where);
  for (const group of query.groupBy) checkNamed(scope, group);
  if (query.having !== undefined) checkCondition(scope, query.having);
  const aliases = new Set(
    query.select.flatMap((item) =>
      'alias' in item && item.alias !== undefined ? [item.alias.name.toLowerCase()] : [],
    ),
  );
  for (const { by } of query.orderBy) {
    const alias = by.kind === 'path' && by.path.segments.length === 1 ? by.path.segments[0]?.name : undefined;
    if (alias === undefined || !aliases.has(alias.toLowerCase())) checkNamed(scope, by);
  }
}

function refuseObject(refusals: Refusals, { name }: ObjectSchema): void {
  if (refusals.first === undefined) refusals.code = 'INVALID_TYPE';
  refusals.first ??= noObjectMessage(name);
}

/** Nothing of an object that cannot be read can be read either (fflib-apex-common: fflib_SObjectSelectorTest). */
function noteHiddenField(refusals: Refusals, object: ObjectSchema, item: SoqlSelectItem): void {
  if (item.kind !== 'path') return;
  const field = object.fields.get(item.path.segments.at(-1)?.name.toLowerCase() ?? '');
  if (field === undefined || field.type === 'id' || item.path.segments.length > 1) return;
  const names = refusals.fields.get(object.name) ?? new Set<string>();
  refusals.fields.set(object.name, names.add(field.name));
}

function checkItem(scope: Scope, item: SoqlSelectItem): void {
  switch (item.kind) {
    case 'path':
      checkPath(scope, item.path);
      return;
    case 'aggregate':
      checkFunction(scope, item.call);
      return;
    case 'subquery':
      checkChildren(scope, item.query);
      return;
    case 'typeOf':
      checkTypeOf(scope, item);
  }
}

/** A subquery of the select list reads an object that the relationship names; hidden, the relationship does not exist. */
function checkChildren(scope: Scope, query: SoqlQuery): void {
  const { context, access, object, refusals } = scope;
  const name = childRelationshipName(object, query);
  const relation = object.children.get(name.toLowerCase());
  const child = relation === undefined ? undefined : context.store.schema.object(relation.object);
  if (child === undefined) return;
  if (access.canReadObject(child)) checkQuery({ ...scope, query, object: child });
  else refusals.first ??= noChildrenMessage(name);
}

function checkTypeOf(scope: Scope, item: SoqlSelectItem & { readonly kind: 'typeOf' }): void {
  const reference = scope.object.parents.get(item.path.segments[0]?.name.toLowerCase() ?? '');
  if (reference !== undefined) checkField(scope, scope.object, reference);
  for (const { object, fields } of item.cases) {
    const target = scope.context.store.schema.object(object.name);
    if (target === undefined) continue;
    if (!scope.access.canReadObject(target)) refuseObject(scope.refusals, target);
    else for (const path of fields) checkPath({ ...scope, object: target }, path);
  }
}

function checkCondition(scope: Scope, condition: SoqlCondition): void {
  if (condition.kind === 'not') checkCondition(scope, condition.operand);
  else if (condition.kind !== 'comparison') for (const operand of condition.operands) checkCondition(scope, operand);
  else {
    checkNamed(scope, condition.left);
    const { value } = condition;
    if (value.kind !== 'subquery') return;
    checkQuery({ ...scope, query: value.query, object: objectOf(scope.context, value.query) });
  }
}

function checkNamed(scope: Scope, named: Named): void {
  if (named.kind === 'path') checkPath(scope, named.path);
  else checkFunction(scope, named);
}

function checkFunction(scope: Scope, call: SoqlFunction): void {
  for (const argument of call.args) {
    if (argument.kind === 'path') checkPath(scope, argument.path);
    else if (argument.kind === 'function') checkFunction(scope, argument);
  }
}

/** The references on the way, the objects behind them, and the field at the end. */
function checkPath(scope: Scope, path: SoqlPath): void {
  const { context, access, query, object, refusals } = scope;
  const { steps, field } = resolvePath(context, sourceOf(query, object), path);
  let owners: readonly ObjectSchema[] = [object];
  for (const step of steps) {
    for (const owner of owners)
      checkField(scope, owner, step, noRelationshipMessage(step.relationshipName ?? step.name));
    const targets = step.referenceTo.flatMap((target) => context.store.schema.object(target) ?? []);
    owners = targets.filter((target) => access.canReadObject(target));
    if (targets.length > 0 && owners.length === 0) {
      refusals.first ??= noRelationshipMessage(step.relationshipName ?? step.name);
      return;
    }
  }
  for (const owner of owners) checkField(scope, owner, field);
}

function checkField({ access, refusals }: Scope, owner: ObjectSchema, declared: FieldSchema, message?: string): void {
  const field = owner.fields.get(declared.name.toLowerCase());
  if (field === undefined || access.canReadField(owner, field)) return;
  refusals.first ??= message ?? noColumnMessage(field.name, owner.name);
  const names = refusals.fields.get(owner.name) ?? new Set<string>();
  refusals.fields.set(owner.name, names.add(field.name));
}
