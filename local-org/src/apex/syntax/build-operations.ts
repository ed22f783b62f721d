import {
  Arth1ExpressionContext,
  Arth2ExpressionContext,
  BitAndExpressionContext,
  BitExpressionContext,
  BitNotExpressionContext,
  BitOrExpressionContext,
  CastExpressionContext,
  CmpExpressionContext,
  CoalExpressionContext,
  EqualityExpressionContext,
  ExpressionContext,
  LogAndExpressionContext,
  LogOrExpressionContext,
  PreOpExpressionContext,
} from '@apexdevtools/apex-parser';
import { ANY } from '../types/types.js';
import type { Expression, SourceRange, TypeRefNode } from './ast.js';
import { optional, rangeOf, typeRef } from './build-common.js';
import { arithmeticOperator, buildPlain, comparisonOperator, equalityOperator } from './build-expressions.js';

/**
 * `(a) - b` reads as a cast of `-b` to the type `a` as well as a subtraction. The grammar prefers the cast; the language, as Java, allows
 * `+` and `-` after a cast only for a number type. These functions find such false casts and read the operators again by precedence.
 */

const NUMBER_TYPES = new Set(['integer', 'long', 'double', 'decimal']);

function isFalseCast(context: ExpressionContext): context is CastExpressionContext {
  if (!(context instanceof CastExpressionContext)) return false;
  const operand = context.expression();
  if (!(operand instanceof PreOpExpressionContext)) return false;
  if (optional(operand.ADD()) === undefined && optional(operand.SUB()) === undefined) return false;
  const text = context.typeRef().getText();
  return /^[\w.]+$/.test(text) && !NUMBER_TYPES.has(text.toLowerCase());
}

function isOperation(context: ExpressionContext): boolean {
  return (
    context instanceof Arth2ExpressionContext ||
    context instanceof Arth1ExpressionContext ||
    context instanceof EqualityExpressionContext ||
    context instanceof CmpExpressionContext ||
    context instanceof LogAndExpressionContext ||
    context instanceof LogOrExpressionContext ||
    context instanceof CoalExpressionContext ||
    context instanceof BitExpressionContext ||
    context instanceof BitAndExpressionContext ||
    context instanceof BitNotExpressionContext ||
    context instanceof BitOrExpressionContext
  );
}

function operands(context: ExpressionContext): readonly ExpressionContext[] {
  if (!('expression_list' in context) || typeof context.expression_list !== 'function') return [];
  const list: unknown = context.expression_list();
  return Array.isArray(list) ? list : [];
}

function containsFalseCast(context: ExpressionContext): boolean {
  if (isFalseCast(context)) return true;
  return isOperation(context) && operands(context).some(containsFalseCast);
}

/** Is the node the top of a chain of binary operators with a false cast among its operands? */
export function castsThatAreOperations(context: ExpressionContext): boolean {
  const parent = context.parentCtx;
  if (parent instanceof ExpressionContext && isOperation(parent)) return false;
  return containsFalseCast(context);
}

interface Chain {
  readonly values: Expression[];
  readonly operators: string[];
}

function nameExpression(node: TypeRefNode): Expression {
  const [first, ...rest] = node.segments;
  if (first === undefined) throw new Error('a type name has no segment');
  let expression: Expression = {
    kind: 'name',
    name: first.name,
    range: first.range,
    type: ANY,
    conversion: undefined,
    target: { kind: 'unresolved' },
  };
  for (const segment of rest) {
    const range = span(expression.range, segment.range);
    expression = {
      kind: 'field',
      object: expression,
      name: segment,
      safe: false,
      range,
      type: ANY,
      conversion: undefined,
      target: { kind: 'unresolved' },
    };
  }
  return expression;
}

function span(from: SourceRange, to: SourceRange): SourceRange {
  return { ...from, endLine: to.endLine, endColumn: to.endColumn, end: to.end };
}

function flatten(context: ExpressionContext, chain: Chain): void {
  if (isFalseCast(context)) {
    const operand = context.expression();
    if (!(operand instanceof PreOpExpressionContext)) return;
    const inner = nameExpression(typeRef(context.typeRef()));
    const range = span(rangeOf(context), inner.range);
    chain.values.push({
      kind: 'parenthesized',
      inner,
      range: { ...range, end: range.end + 1, endColumn: range.endColumn + 1 },
      type: ANY,
      conversion: undefined,
    });
    chain.operators.push(optional(operand.SUB()) === undefined ? '+' : '-');
    flatten(operand.expression(), chain);
    return;
  }
  if (!isOperation(context)) {
    chain.values.push(buildPlain(context));
    return;
  }
  const [left, right] = operands(context);
  if (left === undefined || right === undefined) throw new Error('a binary operation lacks an operand');
  flatten(left, chain);
  const children = context.children ?? [];
  chain.operators.push(
    children
      .slice(1, -1)
      .map((child) => child.getText())
      .join(''),
  );
  flatten(right, chain);
}

/** Binding strength as in the grammar: a higher level binds tighter. `??` is the weakest. */
const LEVELS: readonly (readonly string[])[] = [
  ['??'],
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!=', '===', '!==', '<>'],
  ['<', '<=', '>', '>='],
  ['<<', '>>', '>>>'],
  ['+', '-'],
  ['*', '/'],
];

function combine(left: Expression, text: string, right: Expression): Expression {
  const range = span(left.range, right.range);
  const common = { range, type: ANY, conversion: undefined, left, right };
  const level = LEVELS.findIndex((operators) => operators.includes(text));
  if (level === 0) return { ...common, kind: 'coalesce' };
  if (level === 1) return { ...common, kind: 'logical', operator: '||' };
  if (level === 2) return { ...common, kind: 'logical', operator: '&&' };
  if (level === 6) return { ...common, kind: 'equality', operator: equalityOperator(text), equality: 'unresolved' };
  if (level === 7)
    return { ...common, kind: 'comparison', operator: comparisonOperator(text), comparison: 'unresolved' };
  return { ...common, kind: 'arithmetic', operator: arithmeticOperator(text), arithmetic: 'unresolved' };
}

/** Builds a chain of binary operators anew, left to right by precedence. */
export function rebuildOperations(context: ExpressionContext): Expression {
  const chain: Chain = { values: [], operators: [] };
  flatten(context, chain);
  let { values, operators } = chain;
  for (const level of LEVELS.toReversed()) {
    const nextValues: Expression[] = values.slice(0, 1);
    const nextOperators: string[] = [];
    operators.forEach((operator, index) => {
      const right = values[index + 1];
      const left = nextValues.at(-1);
      if (right === undefined || left === undefined) throw new Error('an operator lacks an operand');
      if (level.includes(operator)) {
        nextValues[nextValues.length - 1] = combine(left, operator, right);
      } else {
        nextOperators.push(operator);
        nextValues.push(right);
      }
    });
    values = nextValues;
    operators = nextOperators;
  }
  const [result] = values;
  if (result === undefined) throw new Error('an expression is empty');
  return result;
}
