import type {
  ArithmeticExpression,
  ArithmeticKind,
  ArithmeticOperator,
  CastExpression,
  ComparisonExpression,
  Conversion,
  EqualityExpression,
  EqualityKind,
  Expression,
  InstanceOfExpression,
  SourceRange,
} from '../syntax/index.js';
import { ANY, PRIMITIVES, typeName } from '../types/index.js';
import type { ApexType, PrimitiveName } from '../types/index.js';
import { assignment, castable, isNumeric } from './assign.js';
import { report, resolveIn } from './context.js';
import type { Body } from './context.js';
import { checkExpression } from './expression.js';
import { placeOf } from './place.js';
import { isQuery } from './overload.js';

function isPrimitive(type: ApexType, ...names: readonly PrimitiveName[]): boolean {
  return type.kind === 'primitive' && names.includes(type.name);
}

const PROMOTION: readonly PrimitiveName[] = ['Integer', 'Long', 'Double', 'Decimal'];
const KINDS: Readonly<Partial<Record<PrimitiveName, ArithmeticKind>>> = {
  Integer: 'integer',
  Long: 'long',
  Double: 'double',
  Decimal: 'decimal',
};

const TO_KIND: Readonly<Partial<Record<PrimitiveName, Readonly<Partial<Record<PrimitiveName, Conversion>>>>>> = {
  Integer: { Long: 'integerToLong', Double: 'integerToDouble', Decimal: 'integerToDecimal' },
  Long: { Double: 'longToDouble', Decimal: 'longToDecimal' },
  Double: { Decimal: 'doubleToDecimal' },
};

function convert(expression: Expression, to: PrimitiveName): void {
  if (expression.type.kind !== 'primitive') return;
  const conversion = TO_KIND[expression.type.name]?.[to];
  if (conversion !== undefined) expression.conversion = conversion;
}

/** The wider of two numeric types. */
export function promoted(left: ApexType, right: ApexType): PrimitiveName | undefined {
  if (left.kind !== 'primitive' || right.kind !== 'primitive') return undefined;
  const rank = Math.max(PROMOTION.indexOf(left.name), PROMOTION.indexOf(right.name));
  return PROMOTION[rank];
}

export interface Operation {
  readonly type: ApexType;
  readonly arithmetic: ArithmeticKind;
}

const FAILED: Operation = { type: ANY, arithmetic: 'unresolved' };

function addToDate(left: ApexType, right: Expression, at: SourceRange, body: Body): Operation | undefined {
  if (left.kind !== 'primitive') return undefined;
  const isWhole = isPrimitive(right.type, 'Integer', 'Long');
  switch (left.name) {
    case 'Date':
      if (!isWhole) return fail(body, at, 'Date expressions must use Integer or Long');
      return { type: left, arithmetic: 'dateAddDays' };
    case 'Datetime':
      if (!isNumeric(right.type)) return fail(body, at, 'Date/time expressions must use Integer or Long or Double');
      return { type: left, arithmetic: 'datetimeAddDays' };
    case 'Time':
      if (!isWhole) return fail(body, at, 'Time expressions must use Integer or Long');
      return { type: left, arithmetic: 'timeAddMillis' };
    default:
      return undefined;
  }
}

function fail(body: Body, at: SourceRange, message: string): Operation {
  report(body, at, message);
  return FAILED;
}

function bitOperation(
  operator: ArithmeticOperator,
  left: Expression,
  right: Expression,
  at: SourceRange,
  body: Body,
): Operation {
  const isShift = operator === '<<' || operator === '>>' || operator === '>>>';
  if (!isShift && isPrimitive(left.type, 'Boolean') && isPrimitive(right.type, 'Boolean'))
    return { type: PRIMITIVES.Boolean, arithmetic: 'boolean' };
  const whole = isPrimitive(left.type, 'Integer', 'Long') && isPrimitive(right.type, 'Integer', 'Long');
  if (!whole) {
    const message = isShift
      ? `${operator} operation can only be applied to Integer or Long types`
      : `${operator} operator can only be applied to Boolean expressions or to Integer or Long expressions`;
    return fail(body, at, message);
  }
  const name = isShift && left.type.kind === 'primitive' ? left.type.name : promoted(left.type, right.type);
  if (name === undefined) return FAILED;
  if (!isShift) {
    convert(left, name);
    convert(right, name);
  }
  return { type: PRIMITIVES[name], arithmetic: name === 'Long' ? 'long' : 'integer' };
}

/** Type and way of computing of `left operator right`; the operands are checked already. */
export function operation(
  operator: ArithmeticOperator,
  left: Expression,
  right: Expression,
  at: SourceRange,
  body: Body,
): Operation {
  if (left.type.kind === 'void' || right.type.kind === 'void')
    return fail(body, at, 'Arithmetic expressions are not allowed on void types');
  const isText = isPrimitive(left.type, 'String') || isPrimitive(right.type, 'String');
  if (operator === '+' && isText) return { type: PRIMITIVES.String, arithmetic: 'concat' };
  if (left.type.kind === 'any' || right.type.kind === 'any') return FAILED;
  if (operator === '+' || operator === '-') {
    const moved = addToDate(left.type, right, at, body);
    if (moved !== undefined) return moved;
  } else if (operator !== '*' && operator !== '/') {
    return bitOperation(operator, left, right, at, body);
  }
  const name = isNumeric(left.type) && isNumeric(right.type) ? promoted(left.type, right.type) : undefined;
  if (name === undefined) return fail(body, at, 'Arithmetic expressions must use numeric arguments');
  convert(left, name);
  convert(right, name);
  return { type: PRIMITIVES[name], arithmetic: KINDS[name] ?? 'unresolved' };
}

export function checkArithmetic(expression: ArithmeticExpression, body: Body): ApexType {
  checkExpression(expression.left, body);
  checkExpression(expression.right, body);
  const { type, arithmetic } = operation(
    expression.operator,
    expression.left,
    expression.right,
    placeOf(expression),
    body,
  );
  expression.arithmetic = arithmetic;
  return type;
}

function numericPair(left: Expression, right: Expression): boolean {
  const name = promoted(left.type, right.type);
  if (!isNumeric(left.type) || !isNumeric(right.type) || name === undefined) return false;
  convert(left, name);
  convert(right, name);
  return true;
}

function isDate(type: ApexType): boolean {
  return isPrimitive(type, 'Date', 'Datetime', 'Time');
}

function dateConversion(left: Expression, right: Expression): void {
  if (isPrimitive(left.type, 'Date') && isPrimitive(right.type, 'Datetime')) left.conversion = 'dateToDatetime';
  if (isPrimitive(right.type, 'Date') && isPrimitive(left.type, 'Datetime')) right.conversion = 'dateToDatetime';
}

function equalityKind(left: Expression, right: Expression): EqualityKind {
  const types = [left.type, right.type];
  if (types.some((type) => isPrimitive(type, 'Object'))) return 'value';
  const known = types.filter((type) => type.kind !== 'null' && type.kind !== 'any');
  const [first] = known;
  if (first === undefined) return 'value';
  if (known.every((type) => isNumeric(type))) {
    if (known.length === 2) numericPair(left, right);
    return 'number';
  }
  if (known.some((type) => isPrimitive(type, 'Id')) && known.every((type) => isPrimitive(type, 'Id', 'String')))
    return 'id';
  if (known.every((type) => isPrimitive(type, 'String'))) return 'text';
  if (known.every((type) => isPrimitive(type, 'Boolean'))) return 'boolean';
  if (known.every(isDate)) {
    dateConversion(left, right);
    return 'date';
  }
  return 'value';
}

function comparable(left: ApexType, right: ApexType): boolean {
  return assignment(left, right) !== undefined || assignment(right, left) !== undefined;
}

export function checkEquality(expression: EqualityExpression, body: Body): ApexType {
  const { left, right } = expression;
  checkExpression(left, body);
  checkExpression(right, body);
  if (!comparable(left.type, right.type)) {
    report(
      body,
      expression.range,
      `Comparison arguments must be compatible types: ${printed(left.type)}, ${printed(right.type)}`,
    );
    return PRIMITIVES.Boolean;
  }
  const exact = expression.operator === '===' || expression.operator === '!==';
  const kind = equalityKind(left, right);
  expression.equality = exact ? 'identity' : kind;
  return PRIMITIVES.Boolean;
}

function printed(type: ApexType): string {
  return type.kind === 'null' ? 'NULL' : typeName(type);
}

export function checkComparison(expression: ComparisonExpression, body: Body): ApexType {
  const { left, right, range } = expression;
  checkExpression(left, body);
  checkExpression(right, body);
  if (left.type.kind === 'null' || right.type.kind === 'null') {
    report(body, range, `Comparison arguments must be compatible types: ${printed(left.type)}, ${printed(right.type)}`);
    return PRIMITIVES.Boolean;
  }
  const types = [left.type, right.type].filter((type) => type.kind !== 'any');
  if (types.length === 0) return PRIMITIVES.Boolean;
  if (types.every(isNumeric)) {
    numericPair(left, right);
    expression.comparison = 'number';
  } else if (types.every((type) => isPrimitive(type, 'String', 'Id'))) {
    expression.comparison = 'text';
  } else if (types.every(isDate) && comparable(left.type, right.type)) {
    dateConversion(left, right);
    expression.comparison = 'date';
  } else if (!comparable(left.type, right.type)) {
    report(body, range, `Comparison arguments must be compatible types: ${printed(left.type)}, ${printed(right.type)}`);
  } else {
    report(body, range, `Inequality operator not allowed for this type: ${printed(left.type)}`);
  }
  return PRIMITIVES.Boolean;
}

export function checkCast(expression: CastExpression, body: Body): ApexType {
  // `(a) - b` reads as a cast to the type `a`, as on the platform.
  const to = resolveIn(body, expression.to, expression.range);
  const from = checkExpression(expression.value, body);
  const isRow = from.kind === 'list' && isQuery(expression.value) && to.kind === 'sobject';
  if (isRow) expression.value.conversion = 'singleRow';
  const check = castable(isRow && from.kind === 'list' ? from.element : from, to);
  if (check === undefined)
    report(
      body,
      expression.range,
      `Incompatible types since an instance of ${printed(from)} is never an instance of ${typeName(to)}`,
    );
  expression.check = check ?? 'type';
  return to;
}

export function checkInstanceOf(expression: InstanceOfExpression, body: Body): ApexType {
  const of = resolveIn(body, expression.of);
  const from = checkExpression(expression.value, body);
  if (from.kind === 'any' || of.kind === 'any' || from.kind === 'null') return PRIMITIVES.Boolean;
  const up = assignment(from, of);
  const names = `${typeName(from)} is %s an instance of ${typeName(of)}`;
  if (up !== undefined && up.conversion === undefined && !isRowList(from)) {
    report(
      body,
      placeOf(expression),
      `Operation instanceof is always true since an instance of ${names.replace('%s', 'always')}`,
    );
  } else if (
    castable(from, of) === undefined ||
    (from.kind === 'primitive' &&
      of.kind === 'primitive' &&
      from.name !== 'Object' &&
      from.name !== of.name &&
      !isPrimitive(from, 'Id', 'String'))
  ) {
    report(
      body,
      placeOf(expression),
      `Operation instanceof is always false since an instance of ${names.replace('%s', 'never')}`,
    );
  }
  return PRIMITIVES.Boolean;
}

function isRowList(type: ApexType): boolean {
  return type.kind === 'list' && type.element.kind === 'sobject';
}
