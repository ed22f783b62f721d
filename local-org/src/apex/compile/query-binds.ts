import type {
  Expression,
  SoqlCondition,
  SoqlCount,
  SoqlFunction,
  SoqlFunctionArgument,
  SoqlQuery,
  SoqlValue,
  SoslQuery,
} from '../syntax/ast.js';

/** Every bind expression of a query in the order in which the platform evaluates them: as written. */
export function queryBinds(query: SoqlQuery): readonly Expression[] {
  const binds: Expression[] = [];
  collectQuery(query, binds);
  return binds;
}

/** The same for a search: its text first. */
export function searchBinds(search: SoslQuery): readonly Expression[] {
  const binds: Expression[] = search.search.kind === 'bind' ? [search.search.expression] : [];
  for (const { where, orderBy, limit, offset } of search.returning) {
    if (where !== undefined) collectCondition(where, binds);
    for (const order of orderBy) if (order.by.kind === 'function') collectFunction(order.by, binds);
    collectCounts([limit, offset], binds);
  }
  collectCounts([search.limit], binds);
  return binds;
}

function collectCounts(counts: readonly (SoqlCount | undefined)[], binds: Expression[]): void {
  for (const count of counts) if (count?.kind === 'bind') binds.push(count.expression);
}

function collectQuery(query: SoqlQuery, binds: Expression[]): void {
  for (const item of query.select) {
    if (item.kind === 'subquery') collectQuery(item.query, binds);
    else if (item.kind === 'aggregate') collectFunction(item.call, binds);
  }
  if (query.where !== undefined) collectCondition(query.where, binds);
  if (query.with !== undefined && query.with.kind !== 'dataCategory') collectCondition(query.with, binds);
  for (const group of query.groupBy) if (group.kind === 'function') collectFunction(group, binds);
  if (query.having !== undefined) collectCondition(query.having, binds);
  for (const order of query.orderBy) if (order.by.kind === 'function') collectFunction(order.by, binds);
  collectCounts([query.limit, query.offset], binds);
}

function collectFunction(call: SoqlFunction, binds: Expression[]): void {
  for (const argument of call.args) collectArgument(argument, binds);
}

function collectArgument(argument: SoqlFunctionArgument, binds: Expression[]): void {
  if (argument.kind === 'function') collectFunction(argument, binds);
  else if (argument.kind === 'bind') binds.push(argument.expression);
  else if (argument.kind === 'geolocation') {
    collectValue(argument.latitude, binds);
    collectValue(argument.longitude, binds);
  }
}

function collectCondition(condition: SoqlCondition, binds: Expression[]): void {
  if (condition.kind === 'not') collectCondition(condition.operand, binds);
  else if (condition.kind !== 'comparison') for (const operand of condition.operands) collectCondition(operand, binds);
  else {
    if (condition.left.kind === 'function') collectFunction(condition.left, binds);
    collectValue(condition.value, binds);
  }
}

function collectValue(value: SoqlValue, binds: Expression[]): void {
  if (value.kind === 'bind') binds.push(value.expression);
  else if (value.kind === 'list') for (const entry of value.values) collectValue(entry, binds);
  else if (value.kind === 'subquery') collectQuery(value.query, binds);
}
