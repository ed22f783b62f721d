import { PRIMITIVES, listOf, sobject } from '../types/index.js';
import type { ApexType, SObjectField, SObjectInfo } from '../types/index.js';
import type {
  Identifier,
  SoqlCondition,
  SoqlCount,
  SoqlExpression,
  SoqlFunction,
  SoqlPath,
  SoqlQuery,
  SoqlSelectItem,
  SoqlValue,
} from '../syntax/index.js';
import { isAggregateQuery, isCountQuery, soqlProblems } from '../syntax/index.js';
import { assignment } from './assign.js';
import { report } from './context.js';
import type { Body } from './context.js';
import { checkExpression } from './expression.js';
import { fromAliases, noSuchObject, noSuchRelationship, noSuchRowType, resolvePath } from './soql-paths.js';
import type { QueryScope } from './soql-paths.js';
import { checkSoqlValue } from './soql-values.js';

function checkFunction(body: Body, call: SoqlFunction, scope: QueryScope): void {
  for (const arg of call.args) {
    if (arg.kind === 'path') resolvePath(body, arg.path, scope);
    else if (arg.kind === 'function') checkFunction(body, arg, scope);
    else if (arg.kind === 'bind') checkExpression(arg.expression, body);
    else if (arg.kind === 'geolocation') {
      checkValue(body, arg.latitude);
      checkValue(body, arg.longitude);
    }
  }
}

/** Resolves what a value holds: bind expressions and semi-joins. */
function checkValue(body: Body, value: SoqlValue): void {
  if (value.kind === 'bind') checkExpression(value.expression, body);
  else if (value.kind === 'list') for (const one of value.values) checkValue(body, one);
  else if (value.kind === 'subquery') checkQuery(body, value.query, undefined);
}

const UNFILTERABLE = new Set(['LongTextArea', 'Html', 'EncryptedText']);
/** Types of custom fields that cannot stand in some clauses besides; the fields' own types in the schema say the rest when a query runs. */
const UNSORTABLE = new Set([...UNFILTERABLE, 'MultiselectPicklist', 'Location']);
const UNUSABLE = {
  filtered: UNFILTERABLE,
  sorted: UNSORTABLE,
  grouped: new Set([...UNSORTABLE, 'AutoNumber', 'Currency', 'DateTime', 'Number', 'Percent', 'Summary', 'Time']),
};

/** Can a field stand in a clause? */
function checkUsable(body: Body, path: SoqlPath, field: SObjectField | undefined, use: keyof typeof UNUSABLE): void {
  if (field === undefined || !(field.isCustom ? UNUSABLE[use] : UNFILTERABLE).has(field.fieldType)) return;
  report(body, path.range, `field '${field.name}' can not be ${use} in a query call`);
}

export function checkCondition(body: Body, condition: SoqlCondition, scope: QueryScope): void {
  if (condition.kind === 'not') {
    checkCondition(body, condition.operand, scope);
  } else if (condition.kind !== 'comparison') {
    for (const operand of condition.operands) checkCondition(body, operand, scope);
  } else {
    checkValue(body, condition.value);
    if (condition.left.kind === 'function') {
      checkFunction(body, condition.left, scope);
      return;
    }
    const field = resolvePath(body, condition.left.path, scope);
    checkUsable(body, condition.left.path, field, 'filtered');
    if (field !== undefined) checkSoqlValue(body, condition.value, field, condition.operator, condition.range);
  }
}

export function checkCount(body: Body, count: SoqlCount | undefined): void {
  if (count?.kind !== 'bind') return;
  const type = checkExpression(count.expression, body);
  if (assignment(type, PRIMITIVES.Long) === undefined)
    report(body, count.expression.range, 'Limit and offset expressions must be of type Integer or Long');
}

function checkTypeOf(body: Body, item: SoqlSelectItem & { readonly kind: 'typeOf' }, scope: QueryScope): void {
  const [relationship] = item.path.segments;
  if (relationship !== undefined && !scope.object.parents.has(relationship.name.toLowerCase())) {
    report(body, item.path.range, noSuchRelationship(relationship.name, 'field path'));
  }
  for (const { object, fields } of item.cases) {
    const info = body.world.schema.object(object.name);
    if (info === undefined) report(body, object.range, noSuchObject(object.name));
    else for (const path of fields) resolvePath(body, path, { object: info, aliases: new Map(), results: new Set() });
  }
}

function checkSelect(body: Body, item: SoqlSelectItem, scope: QueryScope): void {
  switch (item.kind) {
    case 'path':
      resolvePath(body, item.path, scope);
      return;
    case 'aggregate':
      checkFunction(body, item.call, scope);
      return;
    case 'subquery':
      checkQuery(body, item.query, scope.object);
      return;
    case 'typeOf':
      checkTypeOf(body, item, scope);
      return;
  }
}

/** Object of the FROM clause; in a subquery of the select list, `parent` is the object whose children are read. */
function queryObject(
  body: Body,
  query: SoqlQuery,
  parent: SObjectInfo | undefined,
  unknown: (object: Identifier) => void,
): SObjectInfo | undefined {
  const names = query.from[0]?.path ?? [];
  const last = names.at(-1);
  if (last === undefined) return undefined;
  if (parent === undefined) {
    const info = body.world.schema.object(last.name);
    if (info === undefined) unknown(last);
    return info;
  }
  const child = parent.children.get(last.name.toLowerCase());
  if (child === undefined) {
    report(body, last.range, noSuchRelationship(last.name, 'FROM part of query call'));
    return undefined;
  }
  query.relationship = child.name;
  return body.world.schema.object(child.object);
}

function checkOrder(body: Body, query: SoqlQuery, scope: QueryScope): void {
  for (const { by } of query.orderBy) {
    if (by.kind === 'function') checkFunction(body, by, scope);
    else checkUsable(body, by.path, resolvePath(body, by.path, scope), 'sorted');
  }
}

function checkGroups(body: Body, query: SoqlQuery, scope: QueryScope): void {
  for (const one of query.groupBy) {
    if (one.kind === 'function') checkFunction(body, one, scope);
    else checkUsable(body, one.path, resolvePath(body, one.path, scope), 'grouped');
  }
}

function yields(query: SoqlQuery): SoqlQuery['yields'] {
  if (isCountQuery(query)) return 'count';
  return isAggregateQuery(query) ? 'aggregates' : 'rows';
}

/** Binds of a query over an unknown object still get their types. */
function checkBindsOnly(body: Body, condition: SoqlCondition): void {
  if (condition.kind === 'comparison') checkValue(body, condition.value);
  else if (condition.kind === 'not') checkBindsOnly(body, condition.operand);
  else for (const operand of condition.operands) checkBindsOnly(body, operand);
}

function checkQuery(
  body: Body,
  query: SoqlQuery,
  parent: SObjectInfo | undefined,
  unknown = ({ name, range }: Identifier): void => report(body, range, noSuchObject(name)),
): SObjectInfo | undefined {
  const object = queryObject(body, query, parent, unknown);
  query.yields = yields(query);
  checkCount(body, query.limit);
  checkCount(body, query.offset);
  if (object === undefined) {
    if (query.where !== undefined) checkBindsOnly(body, query.where);
    return undefined;
  }
  query.object = object.name;
  const results = query.select.flatMap((item) =>
    (item.kind === 'path' || item.kind === 'aggregate') && item.alias !== undefined
      ? [item.alias.name.toLowerCase()]
      : [],
  );
  const scope: QueryScope = { object, aliases: fromAliases(body, query.from, object), results: new Set() };
  for (const item of query.select) checkSelect(body, item, scope);
  if (query.where !== undefined) checkCondition(body, query.where, scope);
  if (query.with !== undefined && query.with.kind !== 'dataCategory') checkBindsOnly(body, query.with);
  const after: QueryScope = { ...scope, results: new Set(results) };
  checkGroups(body, query, after);
  if (query.having !== undefined) checkCondition(body, query.having, after);
  checkOrder(body, query, after);
  return object;
}

/** Resolves a query's objects, fields and binds; answers the type of the expression: rows, aggregate results, or a count. */
export function checkSoql({ query, range }: SoqlExpression, body: Body): ApexType {
  const object = checkQuery(body, query, undefined, ({ name }) => report(body, range, noSuchRowType(name)));
  for (const problem of soqlProblems(query, false)) report(body, problem.range, problem.message);
  if (query.yields === 'count') return PRIMITIVES.Integer;
  if (query.yields === 'aggregates') return listOf(sobject('AggregateResult'));
  return object === undefined ? { kind: 'any' } : listOf(sobject(object.name));
}
