import {
  Arth1ExpressionContext,
  Arth2ExpressionContext,
  ArrayExpressionContext,
  AssignExpressionContext,
  BitAndExpressionContext,
  BitExpressionContext,
  BitNotExpressionContext,
  BitOrExpressionContext,
  CastExpressionContext,
  CmpExpressionContext,
  CoalExpressionContext,
  CondExpressionContext,
  DotExpressionContext,
  EqualityExpressionContext,
  InstanceOfExpressionContext,
  LogAndExpressionContext,
  LogOrExpressionContext,
  MethodCallExpressionContext,
  NegExpressionContext,
  NewExpressionContext,
  PostOpExpressionContext,
  PreOpExpressionContext,
  PrimaryExpressionContext,
  SubExpressionContext,
} from '@apexdevtools/apex-parser';
import type { ApexParserRuleContext, ExpressionContext, ExpressionListContext } from '@apexdevtools/apex-parser';
import { ANY } from '../types/types.js';
import type { ArithmeticOperator, Expression, ExpressionBase } from './ast.js';
import { identifier, many, optional, rangeOf, typeRef } from './build-common.js';
import { buildNew } from './build-new.js';
import { buildMethodCall, buildPrimary } from './build-primary.js';

/** What a fresh expression node starts with. */
export function base(context: ApexParserRuleContext): ExpressionBase {
  return { range: rangeOf(context), type: ANY, conversion: undefined };
}

/** Text of the operator tokens between two operands: children from `from` up to the next rule node. */
function operatorText(context: ExpressionContext, from: number): string {
  let text = '';
  for (const child of (context.children ?? []).slice(from)) {
    if ('ruleIndex' in child) break;
    text += child.getText();
  }
  return text;
}

function arithmetic(
  context:
    | Arth1ExpressionContext
    | Arth2ExpressionContext
    | BitExpressionContext
    | BitAndExpressionContext
    | BitNotExpressionContext
    | BitOrExpressionContext,
): Expression {
  return {
    ...base(context),
    kind: 'arithmetic',
    operator: arithmeticOperator(operatorText(context, 1)),
    left: buildExpression(context.expression(0)),
    right: buildExpression(context.expression(1)),
    arithmetic: 'unresolved',
  };
}

const ARITHMETIC: readonly ArithmeticOperator[] = ['+', '-', '*', '/', '<<', '>>', '>>>', '&', '|', '^'];

/** The arithmetic operator that a token text spells. */
function arithmeticOperator(text: string): ArithmeticOperator {
  const found = ARITHMETIC.find((operator) => operator === text);
  if (found === undefined) throw new Error(`unknown operator ${text}`);
  return found;
}

/** `<>` is another spelling of `!=`. */
function equalityOperator(text: string): '==' | '!=' | '===' | '!==' {
  return text === '==' || text === '===' || text === '!==' ? text : '!=';
}

function comparisonOperator(text: string): '<' | '<=' | '>' | '>=' {
  return text === '<' || text === '<=' || text === '>' ? text : '>=';
}

function preOperation(context: PreOpExpressionContext): Expression {
  const operator = operatorText(context, 0);
  const operand = buildExpression(context.expression());
  if (operator === '++' || operator === '--') {
    return { ...base(context), kind: 'increment', operator, prefix: true, operand };
  }
  return { ...base(context), kind: 'unary', operator: operator === '-' ? '-' : '+', operand };
}

function dotExpression(context: DotExpressionContext): Expression {
  const object = buildExpression(context.expression());
  const safe = optional(context.QUESTIONDOT()) !== undefined;
  const call = optional(context.dotMethodCall());
  if (call === undefined) {
    return {
      ...base(context),
      kind: 'field',
      object,
      safe,
      name: identifier(context.anyId()),
      target: { kind: 'unresolved' },
    };
  }
  const args = buildArguments(optional(call.expressionList()));
  return { ...base(context), kind: 'call', object, safe, name: identifier(call.anyId()), args, target: undefined };
}

function assign(context: AssignExpressionContext): Expression {
  const text = operatorText(context, 1);
  const operator = text === '=' ? undefined : arithmeticOperator(text.slice(0, -1));
  return {
    ...base(context),
    kind: 'assign',
    operator,
    target: buildExpression(context.expression(0)),
    value: buildExpression(context.expression(1)),
    arithmetic: operator === undefined ? undefined : 'unresolved',
  };
}

type Builder = (context: ExpressionContext) => Expression;
const builders = new Map<unknown, Builder>();

function on<T extends ExpressionContext>(
  type: abstract new (...args: never[]) => T,
  build: (context: T) => Expression,
): void {
  builders.set(type, (context) => {
    if (!(context instanceof type)) throw new Error(`unexpected ${context.constructor.name}`);
    return build(context);
  });
}

on(PrimaryExpressionContext, (context) => buildPrimary(context.primary()));
on(DotExpressionContext, dotExpression);
on(MethodCallExpressionContext, (context) => buildMethodCall(context.methodCall()));
on(ArrayExpressionContext, (context) => ({
  ...base(context),
  kind: 'index',
  list: buildExpression(context.expression(0)),
  index: buildExpression(context.expression(1)),
}));
on(NewExpressionContext, (context) => buildNew(context.creator(), base(context)));
on(CastExpressionContext, (context) => ({
  ...base(context),
  kind: 'cast',
  to: typeRef(context.typeRef()),
  value: buildExpression(context.expression()),
  check: 'type',
}));
on(SubExpressionContext, (context) => ({
  ...base(context),
  kind: 'parenthesized',
  inner: buildExpression(context.expression()),
}));
on(PostOpExpressionContext, (context) => ({
  ...base(context),
  kind: 'increment',
  operator: optional(context.INC()) === undefined ? '--' : '++',
  prefix: false,
  operand: buildExpression(context.expression()),
}));
on(PreOpExpressionContext, preOperation);
on(NegExpressionContext, (context) => ({
  ...base(context),
  kind: 'unary',
  operator: optional(context.BANG()) === undefined ? '~' : '!',
  operand: buildExpression(context.expression()),
}));
on(Arth1ExpressionContext, arithmetic);
on(Arth2ExpressionContext, arithmetic);
on(BitExpressionContext, arithmetic);
on(BitAndExpressionContext, arithmetic);
on(BitNotExpressionContext, arithmetic);
on(BitOrExpressionContext, arithmetic);
on(CmpExpressionContext, (context) => ({
  ...base(context),
  kind: 'comparison',
  operator: comparisonOperator(operatorText(context, 1)),
  left: buildExpression(context.expression(0)),
  right: buildExpression(context.expression(1)),
  comparison: 'unresolved',
}));
on(InstanceOfExpressionContext, (context) => ({
  ...base(context),
  kind: 'instanceOf',
  value: buildExpression(context.expression()),
  of: typeRef(context.typeRef()),
}));
on(EqualityExpressionContext, (context) => ({
  ...base(context),
  kind: 'equality',
  operator: equalityOperator(operatorText(context, 1)),
  left: buildExpression(context.expression(0)),
  right: buildExpression(context.expression(1)),
  equality: 'unresolved',
}));
on(LogAndExpressionContext, (context) => logical(context, '&&'));
on(LogOrExpressionContext, (context) => logical(context, '||'));
on(CoalExpressionContext, (context) => ({
  ...base(context),
  kind: 'coalesce',
  left: buildExpression(context.expression(0)),
  right: buildExpression(context.expression(1)),
}));
on(CondExpressionContext, (context) => ({
  ...base(context),
  kind: 'conditional',
  condition: buildExpression(context.expression(0)),
  whenTrue: buildExpression(context.expression(1)),
  whenFalse: buildExpression(context.expression(2)),
}));
on(AssignExpressionContext, assign);

function logical(context: LogAndExpressionContext | LogOrExpressionContext, operator: '&&' | '||'): Expression {
  return {
    ...base(context),
    kind: 'logical',
    operator,
    left: buildExpression(context.expression(0)),
    right: buildExpression(context.expression(1)),
  };
}

/** Builds one expression from its parse tree, which must be free of syntax errors. */
export function buildExpression(context: ExpressionContext): Expression {
  const build = builders.get(context.constructor);
  if (build === undefined) throw new Error(`unexpected ${context.constructor.name}`);
  return build(context);
}

export function buildArguments(context: ExpressionListContext | undefined): readonly Expression[] {
  return context === undefined ? [] : many(context.expression_list()).map(buildExpression);
}
