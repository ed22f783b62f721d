import type {
  ConditionalExpressionContext,
  DateFormulaContext,
  FieldExpressionContext,
  LogicalExpressionContext,
  ValueContext,
  WhereConditionalExpressionContext,
  WhereFieldExpressionContext,
  WhereLogicalExpressionContext,
} from '@apexdevtools/apex-parser';
import type { SoqlComparison, SoqlCondition, SoqlOperator, SoqlValue } from './ast.js';
import { many, optional, rangeOf } from './build-common.js';
import { buildExpression } from './build-expressions.js';
import { buildSubquery, soqlPath } from './build-soql.js';
import { buildSoqlFunction } from './build-soql-functions.js';
import { stringLiteralValue } from './literals.js';

const OPERATORS: Readonly<Record<string, SoqlOperator>> = {
  '=': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  LIKE: 'LIKE',
  IN: 'IN',
  NOTIN: 'NOT IN',
  INCLUDES: 'INCLUDES',
  EXCLUDES: 'EXCLUDES',
};

function operator(text: string): SoqlOperator {
  const found = OPERATORS[text.toUpperCase()];
  if (found === undefined) throw new Error(`unknown SOQL operator ${text}`);
  return found;
}

function dateFormula(context: DateFormulaContext): SoqlValue {
  const count = optional(context.signedInteger());
  return {
    kind: 'dateLiteral',
    name: (context.start.text ?? '').toUpperCase(),
    count: count === undefined ? undefined : Number(count.getText()),
  };
}

/** The node of a value that spells itself: `null`, `true`, `'x'`, `2026-01-01` ... */
function tokenValue(context: ValueContext): SoqlValue {
  const text = context.getText();
  if (optional(context.NULL())) return { kind: 'null' };
  if (optional(context.BooleanLiteral())) return { kind: 'boolean', value: text.toLowerCase() === 'true' };
  if (optional(context.StringLiteral()) ?? optional(context.MultilineStringLiteral())) {
    return { kind: 'string', value: stringLiteralValue(text) };
  }
  if (optional(context.DateLiteral())) return { kind: 'date', text };
  if (optional(context.DateTimeLiteral())) return { kind: 'datetime', text };
  if (optional(context.TimeLiteral())) return { kind: 'time', text };
  return { kind: 'currency', text };
}

export function soqlValue(context: ValueContext): SoqlValue {
  const number = optional(context.signedNumber());
  if (number !== undefined) return { kind: 'number', text: number.getText() };
  const date = optional(context.dateFormula());
  if (date !== undefined) return dateFormula(date);
  const subquery = optional(context.subQuery());
  if (subquery !== undefined) return { kind: 'subquery', query: buildSubquery(subquery) };
  const list = optional(context.valueList());
  if (list !== undefined) return { kind: 'list', values: many(list.value_list()).map(soqlValue) };
  const bound = optional(context.boundExpression());
  if (bound !== undefined) return { kind: 'bind', expression: buildExpression(bound.expression()) };
  return tokenValue(context);
}

function comparison(context: FieldExpressionContext): SoqlComparison {
  const field = optional(context.fieldName());
  return {
    kind: 'comparison',
    left: field === undefined ? buildSoqlFunction(context.soqlFunction()) : { kind: 'path', path: soqlPath(field) },
    operator: operator(context.comparisonOperator().getText()),
    value: soqlValue(context.value()),
    range: rangeOf(context),
  };
}

/** `FORMULA('...') = value` has no field: the formula's text is the only argument. */
function whereComparison(context: WhereFieldExpressionContext): SoqlComparison {
  const plain = optional(context.fieldExpression());
  if (plain !== undefined) return comparison(plain);
  const text = stringLiteralValue(context.StringLiteral().getText());
  return {
    kind: 'comparison',
    left: { kind: 'function', name: 'FORMULA', args: [{ kind: 'word', text }], range: rangeOf(context) },
    operator: operator(context.comparisonOperator().getText()),
    value: soqlValue(context.value()),
    range: rangeOf(context),
  };
}

function conditional(context: ConditionalExpressionContext): SoqlCondition {
  const inner = optional(context.logicalExpression());
  return inner === undefined ? comparison(context.fieldExpression()) : buildLogical(inner);
}

function whereConditional(context: WhereConditionalExpressionContext): SoqlCondition {
  const inner = optional(context.whereLogicalExpression());
  return inner === undefined ? whereComparison(context.whereFieldExpression()) : buildWhere(inner);
}

function combine(operands: readonly SoqlCondition[], isNot: boolean, isOr: boolean): SoqlCondition {
  const [first] = operands;
  if (first === undefined) throw new Error('a condition is empty');
  if (isNot) return { kind: 'not', operand: first };
  return operands.length === 1 ? first : { kind: isOr ? 'or' : 'and', operands };
}

/** Condition of HAVING, WITH and RETURNING. */
export function buildLogical(context: LogicalExpressionContext): SoqlCondition {
  return combine(
    many(context.conditionalExpression_list()).map(conditional),
    optional(context.NOT()) !== undefined,
    many(context.SOQLOR_list()).length > 0,
  );
}

/** Condition of WHERE. */
export function buildWhere(context: WhereLogicalExpressionContext): SoqlCondition {
  return combine(
    many(context.whereConditionalExpression_list()).map(whereConditional),
    optional(context.NOT()) !== undefined,
    many(context.SOQLOR_list()).length > 0,
  );
}
