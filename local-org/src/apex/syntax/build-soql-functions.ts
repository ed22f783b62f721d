import type {
  CoordinateValueContext,
  DateFieldNameContext,
  LocationValueContext,
  SoqlFunctionContext,
} from '@apexdevtools/apex-parser';
import type { SoqlFunction, SoqlFunctionArgument, SoqlValue } from './ast.js';
import { many, optional, rangeOf } from './build-common.js';
import { buildExpression } from './build-expressions.js';
import { soqlPath } from './build-soql.js';
import { stringLiteralValue } from './literals.js';

function coordinate(context: CoordinateValueContext): SoqlValue {
  const bound = optional(context.boundExpression());
  if (bound !== undefined) return { kind: 'bind', expression: buildExpression(bound.expression()) };
  return { kind: 'number', text: context.signedNumber().getText() };
}

function location(context: LocationValueContext): SoqlFunctionArgument {
  const field = optional(context.fieldName());
  if (field !== undefined) return { kind: 'path', path: soqlPath(field) };
  const bound = optional(context.boundExpression());
  if (bound !== undefined) return { kind: 'bind', expression: buildExpression(bound.expression()) };
  return {
    kind: 'geolocation',
    latitude: coordinate(context.coordinateValue(0)),
    longitude: coordinate(context.coordinateValue(1)),
  };
}

function dateField(context: DateFieldNameContext): SoqlFunctionArgument {
  const path: SoqlFunctionArgument = { kind: 'path', path: soqlPath(context.fieldName()) };
  if (optional(context.CONVERT_TIMEZONE()) === undefined) return path;
  return { kind: 'function', name: 'CONVERTTIMEZONE', args: [path], range: rangeOf(context) };
}

function args(context: SoqlFunctionContext): readonly SoqlFunctionArgument[] {
  const field = optional(context.fieldName());
  if (field !== undefined) return [{ kind: 'path', path: soqlPath(field) }];
  const nested = optional(context.soqlFunction());
  if (nested !== undefined) return [buildSoqlFunction(nested)];
  const date = optional(context.dateFieldName());
  if (date !== undefined) return [dateField(date)];
  const group = optional(context.soqlFieldsParameter());
  if (group !== undefined) return [{ kind: 'word', text: group.getText().toUpperCase() }];
  const unit = optional(context.StringLiteral()) ?? optional(context.MultilineStringLiteral());
  const locations = many(context.locationValue_list()).map(location);
  return unit === undefined ? locations : [...locations, { kind: 'word', text: stringLiteralValue(unit.getText()) }];
}

/** A function call of SOQL. */
export function buildSoqlFunction(context: SoqlFunctionContext): SoqlFunction {
  return {
    kind: 'function',
    name: (context.start.text ?? '').toUpperCase(),
    args: args(context),
    range: rangeOf(context),
  };
}
