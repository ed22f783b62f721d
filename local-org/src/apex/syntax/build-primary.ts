import {
  IdPrimaryContext,
  LiteralPrimaryContext,
  SoqlPrimaryContext,
  SoslPrimaryContext,
  SuperPrimaryContext,
  ThisPrimaryContext,
  TypeRefPrimaryContext,
  VoidPrimaryContext,
} from '@apexdevtools/apex-parser';
import type { LiteralContext, MethodCallContext, PrimaryContext } from '@apexdevtools/apex-parser';
import type { Expression, LiteralExpression } from './ast.js';
import { identifier, optional, typeRef } from './build-common.js';
import { base, buildArguments } from './build-expressions.js';
import { buildSoqlLiteral } from './build-soql.js';
import { buildSoslLiteral } from './build-sosl.js';
import { stringLiteralValue } from './literals.js';

/** The literal of a node, with its value. A number too large keeps its value: the checker reports it. */
export function literal(context: LiteralContext): LiteralExpression['literal'] {
  const text = context.getText();
  if (optional(context.IntegerLiteral())) return { kind: 'integer', value: Number(text) };
  if (optional(context.LongLiteral())) return { kind: 'long', value: BigInt(text.slice(0, -1)) };
  if (optional(context.NumberLiteral())) {
    return /d$/i.test(text) ? { kind: 'double', text: text.slice(0, -1) } : { kind: 'decimal', text };
  }
  if (optional(context.BooleanLiteral())) return { kind: 'boolean', value: text.toLowerCase() === 'true' };
  if (optional(context.NULL())) return { kind: 'null' };
  return { kind: 'string', value: stringLiteralValue(text) };
}

export function buildPrimary(context: PrimaryContext): Expression {
  if (context instanceof IdPrimaryContext) {
    return { ...base(context), kind: 'name', name: context.id().getText(), target: { kind: 'unresolved' } };
  }
  if (context instanceof LiteralPrimaryContext)
    return { ...base(context), kind: 'literal', literal: literal(context.literal()) };
  if (context instanceof ThisPrimaryContext) return { ...base(context), kind: 'this' };
  if (context instanceof SuperPrimaryContext) return { ...base(context), kind: 'super' };
  if (context instanceof TypeRefPrimaryContext) {
    return { ...base(context), kind: 'typeLiteral', named: typeRef(context.typeRef()) };
  }
  if (context instanceof VoidPrimaryContext) return { ...base(context), kind: 'typeLiteral', named: undefined };
  if (context instanceof SoqlPrimaryContext) {
    return { ...base(context), kind: 'soql', query: buildSoqlLiteral(context.soqlLiteral()) };
  }
  if (context instanceof SoslPrimaryContext) {
    return { ...base(context), kind: 'sosl', query: buildSoslLiteral(context.soslLiteral()) };
  }
  throw new Error(`unexpected ${context.constructor.name}`);
}

/** `name(args)`, `this(args)`, `super(args)`. */
export function buildMethodCall(context: MethodCallContext): Expression {
  const args = buildArguments(optional(context.expressionList()));
  const id = optional(context.id());
  if (id !== undefined) {
    return {
      ...base(context),
      kind: 'call',
      object: undefined,
      safe: false,
      name: identifier(id),
      args,
      target: undefined,
    };
  }
  const which = optional(context.THIS()) === undefined ? 'super' : 'this';
  return { ...base(context), kind: 'constructorCall', which, args, target: undefined };
}
