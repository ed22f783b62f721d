import type {
  FieldNameContext,
  FieldOrderListContext,
  ForClausesContext,
  FromNameListContext,
  GroupByClauseContext,
  LimitClauseContext,
  OffsetClauseContext,
  QueryContext,
  SelectEntryContext,
  SoqlLiteralContext,
  SubFieldEntryContext,
  SubQueryContext,
  TypeOfContext,
  WithClauseContext,
} from '@apexdevtools/apex-parser';
import type { SoqlCount, SoqlFrom, SoqlFunction, SoqlOrder, SoqlPath, SoqlQuery, SoqlSelectItem } from './ast.js';
import { identifier, many, optional, rangeOf, sourceText } from './build-common.js';
import { buildExpression } from './build-expressions.js';
import { buildLogical, buildWhere } from './build-soql-conditions.js';
import { buildSoqlFunction } from './build-soql-functions.js';

export function soqlPath(context: FieldNameContext): SoqlPath {
  return { segments: many(context.soqlId_list()).map(identifier), range: rangeOf(context), resolved: undefined };
}

function typeOf(context: TypeOfContext): SoqlSelectItem {
  const cases = many(context.whenClause_list()).map((clause) => ({
    object: { name: clause.fieldName().getText(), range: rangeOf(clause.fieldName()) },
    fields: many(clause.fieldNameList().fieldName_list()).map(soqlPath),
  }));
  const otherwise = optional(context.elseClause());
  return {
    kind: 'typeOf',
    path: soqlPath(context.fieldName()),
    cases,
    otherwise: otherwise === undefined ? [] : many(otherwise.fieldNameList().fieldName_list()).map(soqlPath),
  };
}

function selectItem(context: SelectEntryContext | SubFieldEntryContext): SoqlSelectItem {
  const id = optional(context.soqlId());
  const alias = id === undefined ? undefined : identifier(id);
  const field = optional(context.fieldName());
  if (field !== undefined) return { kind: 'path', path: soqlPath(field), alias };
  const call = optional(context.soqlFunction());
  if (call !== undefined) return { kind: 'aggregate', call: buildSoqlFunction(call), alias };
  const subquery = optional(context.subQuery());
  if (subquery !== undefined) return { kind: 'subquery', query: buildSubquery(subquery) };
  return typeOf(context.typeOf());
}

/** Aliases follow their name; the grammar lists both flat, so they are matched by position. */
function fromList(context: FromNameListContext): readonly SoqlFrom[] {
  const aliases = many(context.soqlId_list()).map(identifier);
  const names = many(context.fieldName_list());
  return names.map((name, index) => {
    const next = names[index + 1];
    const end = name.stop?.stop ?? name.start.stop;
    const limit = next === undefined ? Number.POSITIVE_INFINITY : next.start.start;
    return {
      path: many(name.soqlId_list()).map(identifier),
      alias: aliases.find((alias) => alias.range.start > end && alias.range.start < limit),
    };
  });
}

export function soqlCount(context: LimitClauseContext | OffsetClauseContext | undefined): SoqlCount | undefined {
  if (context === undefined) return undefined;
  const bound = optional(context.boundExpression());
  if (bound !== undefined) return { kind: 'bind', expression: buildExpression(bound.expression()) };
  return { kind: 'literal', value: Number(context.IntegerLiteral().getText()) };
}

export function orderList(context: FieldOrderListContext | undefined): readonly SoqlOrder[] {
  if (context === undefined) return [];
  return many(context.fieldOrder_list()).map((order) => {
    const field = optional(order.fieldName());
    const first = optional(order.FIRST()) !== undefined;
    return {
      by: field === undefined ? buildSoqlFunction(order.soqlFunction()) : { kind: 'path', path: soqlPath(field) },
      descending: optional(order.DESC()) !== undefined,
      nulls: optional(order.NULLS()) === undefined ? undefined : first ? 'first' : 'last',
    };
  });
}

function groupBy(
  context: GroupByClauseContext,
): readonly ({ readonly kind: 'path'; readonly path: SoqlPath } | SoqlFunction)[] {
  return many(context.fieldGroupByList().fieldGroupBy_list()).map((entry) => {
    const field = optional(entry.fieldName());
    return field === undefined
      ? buildSoqlFunction(entry.soqlFunction())
      : { kind: 'path' as const, path: soqlPath(field) };
  });
}

function grouping(context: GroupByClauseContext | undefined): SoqlQuery['grouping'] {
  if (context === undefined) return 'plain';
  if (optional(context.ROLLUP()) !== undefined) return 'rollup';
  return optional(context.CUBE()) === undefined ? 'plain' : 'cube';
}

function mode(context: WithClauseContext | undefined): SoqlQuery['mode'] {
  if (context === undefined) return undefined;
  if (optional(context.SECURITY_ENFORCED()) !== undefined) return 'securityEnforced';
  if (optional(context.SYSTEM_MODE()) !== undefined) return 'system';
  return optional(context.USER_MODE()) === undefined ? undefined : 'user';
}

function withFilter(context: WithClauseContext | undefined): SoqlQuery['with'] {
  if (context === undefined) return undefined;
  const condition = optional(context.logicalExpression());
  if (condition !== undefined) return buildLogical(condition);
  const category = optional(context.filteringExpression());
  return category === undefined ? undefined : { kind: 'dataCategory', text: sourceText(category) };
}

function forClauses(context: ForClausesContext): SoqlQuery['forClauses'] {
  return [
    ...many(context.VIEW_list()).map(() => 'view' as const),
    ...many(context.UPDATE_list()).map(() => 'update' as const),
    ...many(context.REFERENCE_list()).map(() => 'reference' as const),
  ];
}

export function buildQuery(context: QueryContext): SoqlQuery {
  const group = optional(context.groupByClause());
  const having = optional(group?.logicalExpression() ?? null);
  const condition = optional(context.whereClause());
  const filter = optional(context.withClause());
  return {
    kind: 'soqlQuery',
    select: many(context.selectList().selectEntry_list()).map(selectItem),
    from: fromList(context.fromNameList()),
    scope: optional(context.usingScope())?.soqlId().getText(),
    where: condition === undefined ? undefined : buildWhere(condition.whereLogicalExpression()),
    mode: mode(filter),
    with: withFilter(filter),
    groupBy: group === undefined ? [] : groupBy(group),
    grouping: grouping(group),
    having: having === undefined ? undefined : buildLogical(having),
    orderBy: orderList(optional(context.orderByClause())?.fieldOrderList()),
    limit: soqlCount(optional(context.limitClause())),
    offset: soqlCount(optional(context.offsetClause())),
    allRows: optional(context.allRowsClause()) !== undefined,
    forClauses: forClauses(context.forClauses()),
    range: rangeOf(context),
    object: undefined,
    relationship: undefined,
    yields: 'rows',
  };
}

export function buildSubquery(context: SubQueryContext): SoqlQuery {
  const condition = optional(context.whereClause());
  return {
    kind: 'soqlQuery',
    select: many(context.subFieldList().subFieldEntry_list()).map(selectItem),
    from: fromList(context.fromNameList()),
    scope: undefined,
    where: condition === undefined ? undefined : buildWhere(condition.whereLogicalExpression()),
    mode: undefined,
    with: undefined,
    groupBy: [],
    grouping: 'plain',
    having: undefined,
    orderBy: orderList(optional(context.orderByClause())?.fieldOrderList()),
    limit: soqlCount(optional(context.limitClause())),
    offset: undefined,
    allRows: false,
    forClauses: forClauses(context.forClauses()),
    range: rangeOf(context),
    object: undefined,
    relationship: undefined,
    yields: 'rows',
  };
}

export function buildSoqlLiteral(context: SoqlLiteralContext): SoqlQuery {
  return buildQuery(context.query());
}
